//! The days on which the register changes, and cases made from them: the day before, its last
//! second, the first second of the day, the day, the day after.
//!
//! What has to happen needs no author. Before the day, nothing may tell this register from one
//! in which the change comes later; from the first second of the day on, nothing may tell it
//! from one in which the change came earlier.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Span;
use jiff::civil::{Date, date};
use madoguchi_reference::calendar::{HOUR, Jst, SECOND, day_after, day_before};
use madoguchi_reference::ids::RuleId;
use madoguchi_reference::register::{ParameterValue, Register, Rule};
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Plan, RunError};
use schemars::JsonSchema;
use serde::Serialize;

use crate::record::Difference;
use crate::seen::{Seen, seen};

/// How far a change is moved to ask what would be without it.
const MOVED_DAYS: i64 = 3;
/// How many scenarios are tried as a probe of one change.
const PROBES_MAX: usize = 8;
/// The same for a change of a rule that none of them cites: nothing is to be seen of it anyway.
const UNCITED_PROBES_MAX: usize = 1;
/// Before this day the register has no figures; what is older counts as having always been.
const FIRST_DAY: Date = date(2022, 10, 1);

/// A day on which one rule changes: the first day of the new state.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Boundary {
    /// The rule.
    pub rule: RuleId,
    /// The day.
    pub day: Date,
}

/// What came of the cases of one boundary.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct BoundaryResult {
    /// The rule.
    pub rule: String,
    /// The first day of the new state.
    pub day: String,
    /// The scenario that was moved there, and its step.
    pub scenario: String,
    /// The step, from 0.
    pub step: usize,
    /// Whether the change can be seen in it at all.
    pub felt: bool,
    /// The cases.
    pub cases: Vec<BoundaryCase>,
}

/// One case.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct BoundaryCase {
    /// The moment of the step, in JST.
    pub at: String,
    /// What was seen and should not have been, because the change came too early or too late.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
}

/// Every day on which a rule begins, ends or changes, or which one of its parameters names.
pub fn boundaries(register: &Register) -> Vec<Boundary> {
    let of = |rule: &Rule| {
        let versions = rule.versions.iter();
        let from = versions.clone().filter_map(|v| v.from);
        let to = versions.clone().filter_map(|v| v.to).map(day_after);
        let named = versions.flat_map(|v| &v.parameters).filter_map(|(name, parameter)| {
            let day = day_of(&parameter.value)?;
            Some(if names_last_day(name) { day_after(day) } else { day })
        });
        let days: BTreeSet<Date> = from.chain(to).chain(named).collect();
        let days = days.into_iter().filter(|day| FIRST_DAY < *day);
        days.map(|day| Boundary { rule: rule.id.clone(), day }).collect::<Vec<_>>()
    };
    register.rules().flat_map(of).collect()
}

fn day_of(value: &ParameterValue) -> Option<Date> {
    match value {
        ParameterValue::Text(text) => text.parse().ok(),
        ParameterValue::Number(_) | ParameterValue::Numbers(_) => None,
    }
}

/// A date parameter is the first day of something unless its name says that it is the last.
fn names_last_day(name: &str) -> bool {
    name.ends_with("last_day")
}

/// Makes and runs the cases of one boundary. `None` if no scenario can be moved there.
///
/// # Errors
/// A run came to no end.
pub fn cross(
    boundary: &Boundary,
    register: &Arc<Register>,
    scenarios: &[Scenario],
) -> Result<Option<BoundaryResult>, RunError> {
    let earlier = Arc::new(shifted(register, boundary, -MOVED_DAYS));
    let later = Arc::new(shifted(register, boundary, MOVED_DAYS));
    let mut chosen: Option<BoundaryResult> = None;
    for probe in probes(boundary, register, scenarios) {
        let felt = feels(&probe, boundary, &earlier, &later)?;
        if chosen.is_some() && !felt {
            continue;
        }
        let mut cases = Vec::new();
        for at in moments(boundary.day) {
            let Some(plan) = probe.at(at, register) else { continue };
            let same_as = if at.date() < boundary.day { &later } else { &earlier };
            let differences = differences(&seen(&plan, register)?, &seen(&plan, same_as)?);
            cases.push(BoundaryCase { at: at.to_string(), differences });
        }
        let (rule, day) = (boundary.rule.to_string(), boundary.day.to_string());
        let (scenario, step) = (probe.scenario.id.clone(), probe.step);
        let result = BoundaryResult { rule, day, scenario, step, felt, cases };
        // Such a difference says nothing of the moment of the step.
        if !result.holds() && has_days_near(probe.scenario, boundary.day) {
            continue;
        }
        chosen = Some(result);
        if felt {
            break;
        }
    }
    Ok(chosen)
}

/// The day before, its last second, the first second of the day, the day, the day after.
fn moments(day: Date) -> [Jst; 5] {
    let noon = |day| Jst::start_of(day).plus(12 * HOUR);
    let first = Jst::start_of(day);
    [noon(day_before(day)), first.plus(-SECOND), first, noon(day), noon(day_after(day))]
}

/// The register with the change of `boundary` moved by some days.
fn shifted(register: &Register, boundary: &Boundary, days: i64) -> Register {
    let by = |day: Date| day.saturating_add(Span::new().days(days));
    let last = day_before(boundary.day);
    register.edited(boundary.rule.as_str(), |rule| {
        for version in &mut rule.versions {
            version.from = version.from.map(|d| if d == boundary.day { by(d) } else { d });
            version.to = version.to.map(|d| if d == last { by(d) } else { d });
            for (name, parameter) in &mut version.parameters {
                let stands = if names_last_day(name) { last } else { boundary.day };
                if day_of(&parameter.value) == Some(stands) {
                    parameter.value = ParameterValue::Text(by(stands).to_string());
                }
            }
        }
    })
}

/// A scenario to be moved to a boundary, by one of its steps.
#[derive(Clone, Copy, Debug)]
struct Probe<'a> {
    scenario: &'a Scenario,
    step: usize,
}

impl Probe<'_> {
    fn at(&self, at: Jst, register: &Register) -> Option<Plan> {
        let moved = self.scenario.moved(self.step, at)?;
        let has_figures = register.on(at.date()).missing_figure().is_none();
        has_figures.then(|| Plan::new(moved, 1, register))
    }
}

/// Scenarios that cite the rule, the nearest in time first; any, where none cites it.
fn probes<'a>(
    boundary: &Boundary,
    register: &Register,
    scenarios: &'a [Scenario],
) -> Vec<Probe<'a>> {
    let first = Jst::start_of(boundary.day);
    let steps = |cited: bool| {
        let of = move |scenario: &'a Scenario| {
            let steps =
                scenario.timeline.iter().enumerate().filter(move |(_, step)| {
                    step.visit.is_some() || (cited && step.claim.is_none())
                });
            let steps =
                steps.filter(move |(_, step)| !cited || step.expect.contains_key(&boundary.rule));
            let closed = scenario.crowd.is_none() && scenario.is_closed();
            steps.filter(move |_| closed).filter_map(move |(index, step)| {
                // Another reading of the rule is where its first day shows best; then the nearest.
                let named = |name: &String| name.starts_with(boundary.rule.as_str());
                let plain = !scenario.settings.keys().any(named);
                let away = step.at.fixed()?.since(first).abs();
                Some(((plain, away), Probe { scenario, step: index }))
            })
        };
        let mut all: Vec<_> = scenarios.iter().flat_map(of).collect();
        all.sort_by(|(a, x), (b, y)| (a, &x.scenario.id, x.step).cmp(&(b, &y.scenario.id, y.step)));
        let all = all.into_iter().map(|(_, probe)| probe);
        let fits = |probe: &Probe<'_>| probe.at(first, register).is_some();
        let most = if cited { PROBES_MAX } else { UNCITED_PROBES_MAX };
        all.filter(fits).take(most).collect::<Vec<_>>()
    };
    let citing = steps(true);
    if citing.is_empty() { steps(false) } else { citing }
}

/// Whether something of the people's own, such as a registration or an expiry, happens while
/// the change is moved: that, too, would fall on the other side of it.
fn has_days_near(scenario: &Scenario, day: Date) -> bool {
    let people = serde_yaml::to_string(&scenario.people).unwrap_or_default();
    let away = Span::new().days(MOVED_DAYS);
    let near = day.saturating_sub(away)..day.saturating_add(away);
    let words = people.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    words.filter_map(|word| word.parse::<Date>().ok()).any(|date| near.contains(&date))
}

/// Whether anything can be seen of the change just before or just after it.
fn feels(
    probe: &Probe<'_>,
    boundary: &Boundary,
    earlier: &Arc<Register>,
    later: &Arc<Register>,
) -> Result<bool, RunError> {
    let first = Jst::start_of(boundary.day);
    for at in [first.plus(-SECOND), first] {
        if let Some(plan) = probe.at(at, earlier)
            && seen(&plan, earlier)? != seen(&plan, later)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn differences(seen: &[Seen], wanted: &[Seen]) -> Vec<Difference> {
    let pairs = seen.iter().zip(wanted).filter(|(seen, wanted)| seen != wanted);
    let tell = |((step, key, received), (_, _, expected)): (&Seen, &Seen)| Difference {
        step: *step,
        fact: key.word().to_owned(),
        expected: expected.to_string(),
        received: received.to_string(),
    };
    pairs.map(tell).collect()
}
