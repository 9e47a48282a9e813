//! What must hold in every run, whatever its scenario expects.

mod chip;
mod claims;
mod medical;
mod page;
mod payers;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::register::Register;
use madoguchi_scenario::{FactKey, FactValue, Scenario, Shown};
use madoguchi_sim::Trace;

use crate::facts::Steps;
use crate::oracle::{card_before, card_is_good};

/// Something that must hold, held against a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Check {
    /// The rule that demands it.
    pub(crate) rule: &'static str,
    /// The step it was seen in.
    pub(crate) step: usize,
    /// The fact it is about.
    pub(crate) fact: FactKey,
    /// What must be seen.
    pub(crate) expected: FactValue,
    /// What was seen.
    pub(crate) received: FactValue,
    /// Whether the run simply did not come to an end there, so that nothing is decided.
    pub(crate) unfinished: bool,
}

impl Check {
    fn new(rule: &'static str, step: usize, fact: FactKey, expected: &str, received: &str) -> Self {
        let word = |text: &str| FactValue::One(text.to_owned());
        let (expected, received) = (word(expected), word(received));
        Self { rule, step, fact, expected, received, unfinished: false }
    }
}

/// Everything that must hold, held against the run; each under a rule in force on the day.
pub(crate) fn checks(
    scenario: &Scenario,
    trace: &Trace,
    steps: &Steps<'_>,
    register: &Register,
) -> Vec<Check> {
    let mut all = charges(scenario, steps);
    all.extend(visits(scenario, steps));
    all.extend(medical::checks(scenario, trace, register));
    all.extend(page::checks(scenario, trace, register));
    all.extend(claims::checks(trace, steps, register));
    all.extend(payers::checks(scenario, steps, register));
    all.extend(chip::checks(scenario, steps));
    all.extend(cards(scenario, steps, register));
    all.retain(|check| {
        let date = scenario.date_of(check.step);
        let rule = register.rule(check.rule);
        rule.zip(date).is_some_and(|(rule, date)| rule.version_on(date).is_some())
    });
    all
}

/// FB-005: an insured person who brought a card never pays everything.
fn charges(scenario: &Scenario, steps: &Steps<'_>) -> Vec<Check> {
    let mut all = Vec::new();
    for (index, step) in scenario.timeline.iter().enumerate() {
        let Some(visit) = step.visit.as_ref().filter(|v| v.shows == Shown::Card) else { continue };
        let insured = is_insured(scenario, &visit.who, step.at.fixed());
        for bill in steps.facts(index).bills().filter(|_| insured) {
            let seen = if bill.percent == 100 { "100%" } else { "a share" };
            all.push(Check::new("FB-005", index, FactKey::Share, "a share", seen));
        }
    }
    all
}

fn is_insured(scenario: &Scenario, who: &str, at: Option<Jst>) -> bool {
    let person = scenario.people.get(who);
    person.zip(at).is_some_and(|(person, at)| {
        let date = at.date();
        let aid = person.medical_aid.as_ref();
        person.coverage.iter().any(|period| period.covers(date))
            || aid.is_some_and(|aid| aid.covers(date))
    })
}

/// GEN-020: every visit ends with exactly one charge. A visit without an end decides nothing.
fn visits(scenario: &Scenario, steps: &Steps<'_>) -> Vec<Check> {
    let of_visits = scenario.timeline.iter().enumerate().filter(|(_, s)| s.visit.is_some());
    let check = |index: usize| {
        let seen = match steps.facts(index).bills().count() {
            0 => "no charge".to_owned(),
            1 => "one charge".to_owned(),
            more => format!("{more} charges"),
        };
        let check = Check::new("GEN-020", index, FactKey::Pay, "one charge", &seen);
        Check { unfinished: seen == "no charge", ..check }
    };
    of_visits.map(|(index, _)| check(index)).collect()
}

/// CERT-013 (before it, CERT-008) by the oracle: a card is taken exactly while its certificate
/// is good on the day the centre judged it.
fn cards(scenario: &Scenario, steps: &Steps<'_>, register: &Register) -> Vec<Check> {
    let mut all = Vec::new();
    for (index, step) in scenario.timeline.iter().enumerate() {
        let Some(visit) = step.visit.as_ref().filter(|v| v.shows == Shown::Card) else { continue };
        let card = card_before(scenario, &visit.who, index);
        // Where the certifier was silent, what is already linked decides (OUT-030).
        let judged = steps.facts(index).certificate_judged();
        let (Some(card), Some((at, taken))) = (card, judged) else { continue };
        let Some(good) = card_is_good(&card, at.date(), register) else { continue };
        let word = |taken| if taken { "accepted" } else { "rejected" };
        let in_force = register.on(at.date()).in_force("CERT-013");
        let rule = if in_force { "CERT-013" } else { "CERT-008" };
        all.push(Check::new(rule, index, FactKey::Card, word(good), word(taken)));
    }
    all
}
