//! What another register would change: every scenario under both, fact by fact.

use std::collections::BTreeSet;
use std::sync::Arc;

use madoguchi_reference::register::Register;
use madoguchi_scenario::{FactKey, Scenario};
use madoguchi_sim::{Plan, RunError};
use schemars::JsonSchema;
use serde::Serialize;

use crate::coverage::Reason;
use crate::difference::RuleChange;
use crate::seen::{Seen, seen};

/// Name and version of the form of [`Impact`].
pub const IMPACT_SCHEMA: &str = "madoguchi-rules-diff/1";

/// What one register would change against another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Impact {
    /// The form of this object.
    pub schema: String,
    /// Digest of the first register.
    pub before: String,
    /// Digest of the second register.
    pub after: String,
    /// The rules that differ.
    pub rules: Vec<RuleChange>,
    /// How many scenarios were run under both.
    pub scenarios_run: usize,
    /// The scenarios that come out differently, cannot be run under one of them, or cite what is
    /// no longer there.
    pub scenarios: Vec<ScenarioImpact>,
}

/// What changes for one scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ScenarioImpact {
    /// Its id.
    pub id: String,
    /// What comes out differently, whether anybody demands it or not.
    pub changes: Vec<FactChange>,
    /// The expectations that would have to be rewritten.
    pub rewrite: Vec<Rewrite>,
    /// Why it cannot be run under one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Reason>,
}

/// One fact that comes out differently.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct FactChange {
    /// The step, from 0.
    pub step: usize,
    /// When it happens, in JST.
    pub at: String,
    /// Which fact.
    pub fact: String,
    /// Under the first register.
    pub before: String,
    /// Under the second register.
    pub after: String,
}

/// One expectation that does not hold any more, or under a rule that is not there any more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Rewrite {
    /// The step, from 0.
    pub step: usize,
    /// The rule it stands under.
    pub rule: String,
    /// The fact.
    pub fact: String,
    /// What is expected now.
    pub expected: String,
    /// What comes out under the second register.
    pub after: String,
    /// Whether the rule is in force under the second register on that day.
    pub rule_in_force: bool,
}

/// What changes for `scenario`, if anything does.
pub fn impact(
    scenario: &Scenario,
    seed: u64,
    before: &Arc<Register>,
    after: &Arc<Register>,
) -> Option<ScenarioImpact> {
    let run = |register: &Arc<Register>| -> Result<(Plan, Vec<Seen>), RunError> {
        let plan = Plan::new(scenario.clone(), seed, register);
        let seen = seen(&plan, register)?;
        Ok((plan, seen))
    };
    let id = scenario.id.clone();
    if let Some(error) = without_figures(scenario, after) {
        return Some(ScenarioImpact {
            id,
            changes: Vec::new(),
            rewrite: Vec::new(),
            error: Some(error),
        });
    }
    match (run(before), run(after)) {
        (Ok((plan, first)), Ok((_, second))) => {
            let changes = changes(&plan, &first, &second);
            let rewrite = rewrite(&plan, &second, after);
            let nothing = changes.is_empty() && rewrite.is_empty();
            (!nothing).then_some(ScenarioImpact { id, changes, rewrite, error: None })
        }
        (Err(error), _) | (_, Err(error)) => Some(ScenarioImpact {
            id,
            changes: Vec::new(),
            rewrite: Vec::new(),
            error: Some(Reason::from(&error.text())),
        }),
    }
}

/// Nothing sensible can be charged on a day on which a figure is missing.
fn without_figures(scenario: &Scenario, register: &Register) -> Option<Reason> {
    let days = scenario.timeline.iter().map(|step| step.at.earliest().date());
    let missing = |day| Some((day, register.on(day).missing_figure()?));
    let (day, rule) = days.into_iter().find_map(missing)?;
    Some(Reason {
        ja: format!("二つ目の規則台帳に、{day} に有効な {rule} がありません"),
        en: format!("the second register has no {rule} in force on {day}"),
    })
}

fn changes(plan: &Plan, before: &[Seen], after: &[Seen]) -> Vec<FactChange> {
    let differing = before.iter().zip(after).filter(|(before, after)| before != after);
    let tell = |((step, fact, before), (_, _, after)): (&Seen, &Seen)| FactChange {
        step: *step,
        at: plan
            .scenario
            .timeline
            .get(*step)
            .map(|s| s.at.earliest().to_string())
            .unwrap_or_default(),
        fact: fact.word().to_owned(),
        before: before.to_string(),
        after: after.to_string(),
    };
    differing.map(tell).collect()
}

/// The expectations that do not hold under `register`, or stand under a rule that is not in
/// force there on the day.
fn rewrite(plan: &Plan, seen: &[Seen], register: &Register) -> Vec<Rewrite> {
    let received = |step: usize, key: FactKey| {
        seen.iter().find(|(s, k, _)| (*s, *k) == (step, key)).map(|(_, _, value)| value)
    };
    let mut rewrite = Vec::new();
    for (index, step) in plan.scenario.timeline.iter().enumerate() {
        let date = step.at.earliest().date();
        for (id, demanded) in &step.expect {
            let rule_in_force = register.on(date).in_force(id.as_str());
            for (key, expected) in demanded {
                let Some(after) = received(index, *key) else { continue };
                if expected.same(after) && rule_in_force {
                    continue;
                }
                rewrite.push(Rewrite {
                    step: index,
                    rule: id.to_string(),
                    fact: key.word().to_owned(),
                    expected: expected.to_string(),
                    after: after.to_string(),
                    rule_in_force,
                });
            }
        }
    }
    rewrite
}

impl Impact {
    /// Puts together what was found.
    pub fn of(
        before: &Register,
        after: &Register,
        scenarios_run: usize,
        scenarios: Vec<ScenarioImpact>,
    ) -> Self {
        Self {
            schema: IMPACT_SCHEMA.to_owned(),
            before: before.digest().to_owned(),
            after: after.digest().to_owned(),
            rules: crate::difference::differences(before, after),
            scenarios_run,
            scenarios,
        }
    }

    /// How many expectations would have to be rewritten, in how many scenarios.
    pub fn to_rewrite(&self) -> (usize, usize) {
        let counts: Vec<usize> = self.scenarios.iter().map(|s| s.rewrite.len()).collect();
        (counts.iter().sum(), counts.iter().filter(|count| **count > 0).count())
    }

    /// The rules under which expectations would have to be rewritten.
    pub fn rules_to_rewrite(&self) -> BTreeSet<&str> {
        self.scenarios.iter().flat_map(|s| &s.rewrite).map(|r| r.rule.as_str()).collect()
    }
}
