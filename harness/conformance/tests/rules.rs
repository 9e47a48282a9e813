//! The register in time and under edits: boundary cases, what rests on later publications, and
//! what another register would change.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, date};
use madoguchi_conformance::{
    Impact, RuleChange, Scope, Verdict, boundaries, cross, impact, judge, rests_on_later,
};
use madoguchi_reference::register::Register;
use madoguchi_sim::{Driver, Plan, run};

#[test]
fn every_day_on_which_a_rule_changes_is_crossed_by_three_cases_or_more() {
    let register = common::register();
    let scenarios = common::scenarios(&register);
    let all = boundaries(&register);
    let mut felt = BTreeSet::new();
    for boundary in &all {
        let result = cross(boundary, &register, &scenarios).unwrap();
        let result = result.unwrap_or_else(|| panic!("{boundary:?} cannot be crossed"));
        assert!(result.cases.len() >= 3, "{boundary:?}: {} cases", result.cases.len());
        assert!(result.holds(), "{result:#?}");
        if result.felt {
            felt.insert(result.rule);
        }
    }
    // Every dated rule is among them, and where the text turns something on or off that can be
    // seen, the cases see it.
    for rule in register.rules() {
        let dated = |day: &Option<Date>| day.is_some_and(|d| d > date(2022, 10, 1));
        if rule.versions.iter().any(|v| dated(&v.from) || dated(&v.to)) {
            assert!(all.iter().any(|b| b.rule == rule.id), "{} is dated", rule.id);
        }
    }
    for rule in [
        "CERT-010", "CERT-043", "CONS-011", "CONS-020", "FB-003", "FB-030", "FB-031", "FB-032",
        "IDV-030", "IDV-033",
    ] {
        assert!(felt.contains(rule), "the change of {rule} is seen by nobody: {felt:?}");
    }
}

/// The steps of `scenario` whose demands rest on what was published after `day`, and the verdict
/// on `rule`.
fn as_known_on(day: Date, scenario: &str, rule: &str) -> (BTreeSet<usize>, Vec<Verdict>) {
    let register = common::register();
    let scenario = common::scenario(scenario, &register);
    let known = Arc::new(register.known_on(day));
    let plan = Plan::new(scenario, 1, &known);
    let scope = Scope { later: rests_on_later(&plan, &known).unwrap(), ..Scope::default() };
    let trace = run(&plan, &known, Driver::EventLoop, true).unwrap().trace;
    let judgement = judge(&plan, &trace, &known, &scope);
    let steps = scope.later.iter().map(|(step, _)| *step).collect();
    let verdicts = judgement.rules.into_iter().filter(|r| r.id == rule).map(|r| r.verdict);
    (steps, verdicts.collect())
}

#[test]
fn what_was_not_published_yet_is_demanded_of_nobody() {
    let scenario = "fallback/the-extension-carries-expired-cards-past-march-2026";
    // Step 0 is on 2026-03-31, which the first publication covered; step 1 on the day after.
    let (steps, verdicts) = as_known_on(date(2026, 3, 18), scenario, "FB-033");
    assert_eq!((steps, verdicts), ([1].into(), vec![Verdict::Pass]));
    let (steps, verdicts) = as_known_on(date(2026, 3, 19), scenario, "FB-033");
    assert_eq!((steps, verdicts), ([].into(), vec![Verdict::Pass]));
    // A rule all of whose steps lie after it was known is demanded of nobody.
    let grace = "certificate/expires-2024-12-01-first-of-a-month";
    let (_, verdicts) = as_known_on(date(2024, 8, 29), grace, "CERT-010");
    assert_eq!(verdicts, [Verdict::NotApplicable]);
}

#[test]
fn the_suite_holds_as_known_on_any_day() {
    let register = common::register();
    let scenarios = common::scenarios(&register);
    for day in
        [date(2023, 1, 1), date(2024, 6, 1), date(2024, 9, 29), date(2025, 6, 1), date(2026, 3, 18)]
    {
        let known = Arc::new(register.known_on(day));
        let mut applicable = 0;
        for scenario in &scenarios {
            let plan = Plan::new(scenario.clone(), 1, &known);
            let scope = Scope { later: rests_on_later(&plan, &known).unwrap(), as_of: None };
            let trace = run(&plan, &known, Driver::EventLoop, true).unwrap().trace;
            for rule in judge(&plan, &trace, &known, &scope).rules {
                let fine = matches!(rule.verdict, Verdict::Pass | Verdict::NotApplicable);
                assert!(fine, "{} as known on {day}: {rule:?}", scenario.id);
                applicable += usize::from(rule.verdict == Verdict::Pass);
            }
        }
        assert!(applicable > 300, "as known on {day} only {applicable} demands are left");
    }
}

fn impact_of(register: &Arc<Register>, edited: &Arc<Register>) -> Impact {
    let scenarios = common::scenarios(register);
    let found = scenarios.iter().filter_map(|s| impact(s, 1, register, edited)).collect();
    Impact::of(register, edited, scenarios.len(), found)
}

#[test]
fn the_same_register_changes_nothing() {
    let register = common::register();
    let none = impact_of(&register, &common::register());
    assert_eq!((none.rules.len(), none.scenarios.len()), (0, 0));
}

#[test]
fn a_longer_grace_names_the_steps_and_the_expectations_that_would_change() {
    let register = common::register();
    let longer = common::edited(&[("grace_months: { value: 3,", "grace_months: { value: 4,")]);
    let found = impact_of(&register, &longer);
    let RuleChange::Changed { rule, fields } = &found.rules[0] else { panic!("{found:?}") };
    assert_eq!((rule.as_str(), found.rules.len(), fields.len()), ("CERT-010", 1, 1));
    assert_eq!(fields[0].field, "from 2024-12-02 / grace_months");
    assert_eq!(fields[0].before.as_deref(), Some("3 month"));
    // SCN-006: expires 2024-12-01, rejected on 2025-04-01, which is a fourth month's first day.
    let id = "certificate/expires-2024-12-01-first-of-a-month";
    let scenario = found.scenarios.iter().find(|s| s.id == id).unwrap();
    let card = scenario.changes.iter().find(|c| c.fact == "card").unwrap();
    assert_eq!((card.before.as_str(), card.after.as_str()), ("rejected", "accepted"));
    assert!(scenario.rewrite.iter().any(|r| r.rule == "CERT-013" && r.rule_in_force));
    // Nobody has to rewrite what stays as it is.
    assert!(!found.scenarios.iter().any(|s| s.id == "visit/adult-pays-thirty-percent"));
}

#[test]
fn an_expectation_under_a_rule_that_ends_would_have_to_go() {
    let register = common::register();
    let ended = Arc::new(register.edited("FB-011", |rule| {
        for version in &mut rule.versions {
            version.to = Some(date(2024, 12, 2));
        }
    }));
    let found = impact_of(&register, &ended);
    let gone: BTreeSet<&str> = found.rules_to_rewrite();
    assert!(gone.contains("FB-011"));
    let rewrite = found.scenarios.iter().flat_map(|s| &s.rewrite).find(|r| r.rule == "FB-011");
    assert!(!rewrite.unwrap().rule_in_force);
}
