//! The judge: holds what was seen against what is demanded, rule by rule.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use madoguchi_reference::ids::RuleId;
use madoguchi_reference::register::{Level, Register, Rule};
use madoguchi_scenario::{FactKey, FactValue};
use madoguchi_sim::{Plan, Trace};

use crate::facts::Steps;
use crate::invariants::checks;
use crate::record::{Difference, RuleResult};
use crate::verdict::{CaseVerdict, Verdict};

/// The verdicts on one run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// On the whole.
    pub verdict: CaseVerdict,
    /// Rule by rule.
    pub rules: Vec<RuleResult>,
    /// Every fact that a step asks for, in order: together with the rules, what two drivers must
    /// agree on.
    pub outcome: Vec<(usize, FactKey, FactValue)>,
}

/// Which of the demands count.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// With a day, only rules in force on that day.
    pub as_of: Option<Date>,
    /// Facts, by step, that rest on what was published later than the register was known
    /// ([`rests_on_later`](crate::rests_on_later)): nobody could be asked for them.
    pub later: BTreeSet<(usize, FactKey)>,
}

/// Judges the run that left `trace`.
pub fn judge(plan: &Plan, trace: &Trace, register: &Arc<Register>, scope: &Scope) -> Judgement {
    let scenario = &plan.scenario;
    let register = &plan.register_of(register);
    let mut rules = Rules { register, scope, plan, results: BTreeMap::new() };
    let mut outcome = Vec::new();
    let steps = Steps::new(scenario, trace, register);
    for (index, step) in scenario.timeline.iter().enumerate() {
        let facts = steps.facts(index);
        for (id, demanded) in &step.expect {
            for (key, expected) in demanded {
                let received = facts.under(id, *key);
                rules.hold(id, index, *key, expected, &received);
                outcome.push((index, *key, received));
            }
        }
    }
    for check in checks(scenario, trace, &steps, register) {
        let id = RuleId::from(check.rule);
        rules.hold(&id, check.step, check.fact, &check.expected, &check.received);
        if check.unfinished {
            rules.leave_open(&id);
        }
    }
    let rules: Vec<RuleResult> = rules.results.into_values().collect();
    // An invariant under a setting, such as GEN-020, holds in nearly every run: it can spoil a
    // scenario, but nothing is passed by it alone.
    let cited = |id: &str| scenario.timeline.iter().any(|s| s.expect.contains_key(id));
    let counts = |r: &&RuleResult| {
        let binds = register.whole().rule(&r.id).is_some_and(Rule::binds);
        binds || r.verdict != Verdict::Pass || cited(&r.id)
    };
    let counted = rules.iter().filter(counts);
    let verdict = CaseVerdict::of(counted.map(|r| (r.level.into(), &r.verdict)));
    Judgement { verdict, rules, outcome }
}

struct Rules<'a> {
    register: &'a Register,
    scope: &'a Scope,
    plan: &'a Plan,
    results: BTreeMap<RuleId, RuleResult>,
}

impl Rules<'_> {
    /// Whether the rule is in force on the day of the step, by this register: an edited one, or
    /// one as it was known on some day, may not have it there.
    fn in_force(&self, id: &RuleId, step: usize) -> bool {
        let date = self.plan.scenario.date_of(step);
        date.is_none_or(|date| self.register.on(date).in_force(id.as_str()))
    }

    /// Where the run came to no end, nothing is decided, whatever the rule binds.
    fn leave_open(&mut self, id: &RuleId) {
        if let Some(result) = self.results.get_mut(id) {
            result.verdict = result.verdict.and(Verdict::Undecided);
        }
    }

    fn hold(
        &mut self,
        id: &RuleId,
        step: usize,
        fact: FactKey,
        expected: &FactValue,
        received: &FactValue,
    ) {
        let rule = self.register.whole().rule(id.as_str());
        let on = |date| self.register.on(date).in_force(id.as_str());
        let chosen = self.scope.as_of.is_none_or(on);
        let applies =
            chosen && self.in_force(id, step) && !self.scope.later.contains(&(step, fact));
        let same = expected.same(received);
        let verdict = match rule {
            _ if !applies => Verdict::NotApplicable,
            _ if same => Verdict::Pass,
            Some(rule) => Verdict::of_difference(rule),
            // A rule that is not in this register can demand nothing of anybody.
            None => Verdict::Finding,
        };
        let level = rule.map_or(Level::Model, |r| r.level);
        let result = self.results.entry(id.clone()).or_insert_with(|| RuleResult {
            id: id.to_string(),
            level: level.into(),
            verdict,
            differences: Vec::new(),
        });
        result.verdict = result.verdict.and(verdict);
        if !same && applies {
            result.differences.push(Difference {
                step,
                fact: fact.word().to_owned(),
                expected: expected.to_string(),
                received: received.to_string(),
            });
        }
    }
}
