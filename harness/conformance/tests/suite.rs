//! The whole suite against the reference: it must pass, on both drivers, and notice an edited
//! register.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use madoguchi_conformance::{CaseVerdict, Judgement, Scope, Verdict, judge};
use madoguchi_reference::ids::RuleId;
use madoguchi_reference::message::Message;
use madoguchi_reference::message::claim::ClaimMessage;
use madoguchi_reference::register::Register;
use madoguchi_reference::uke;
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, What, run};

fn judged(scenario: &Scenario, seed: u64, register: &Arc<Register>, driver: Driver) -> Judgement {
    let plan = Plan::new(scenario.clone(), seed, register);
    let run = run(&plan, register, driver, true).unwrap();
    judge(&plan, &run.trace, register, &Scope::default())
}

#[test]
fn the_reference_does_what_every_scenario_expects() {
    let register = common::register();
    let mut wrong = Vec::new();
    for scenario in common::scenarios(&register) {
        for seed in 1..=3 {
            let judgement = judged(&scenario, seed, &register, Driver::EventLoop);
            // The reference is held to settings as well: a finding would be a defect of ours.
            let clean = judgement.rules.iter().all(|r| r.verdict == Verdict::Pass);
            if judgement.verdict != CaseVerdict::Pass || !clean {
                wrong.push(format!("{} seed {seed}: {:?}", scenario.id, judgement.rules));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn both_drivers_come_to_the_same_outcome() {
    let register = common::register();
    for scenario in common::scenarios(&register) {
        let first = judged(&scenario, 1, &register, Driver::EventLoop);
        let second = judged(&scenario, 1, &register, Driver::Madsim);
        assert_eq!(first, second, "{}", scenario.id);
    }
}

#[test]
fn there_are_enough_scenarios_and_each_demands_something() {
    let register = common::register();
    let all = common::scenarios(&register);
    assert!(all.len() >= 60);
    for scenario in all {
        let demands = scenario.timeline.iter().any(|s| !s.expect.is_empty());
        assert!(demands, "{} expects nothing", scenario.id);
    }
}

fn cites(scenario: &Scenario, rule: &str) -> bool {
    let rule = RuleId::from(rule);
    scenario.timeline.iter().any(|step| step.expect.contains_key(&rule))
}

/// The scenarios whose outcome is another one under `other`.
fn changed(register: &Arc<Register>, other: &Arc<Register>) -> BTreeSet<String> {
    let scenarios = common::scenarios(register);
    let outcome = |scenario: &Scenario, register: &Arc<Register>| {
        let plan = Plan::new(scenario.clone(), 1, register);
        let run = run(&plan, register, Driver::EventLoop, true).unwrap();
        judge(&plan, &run.trace, register, &Scope::default()).outcome
    };
    let differs = |s: &&Scenario| outcome(s, register) != outcome(s, other);
    scenarios.iter().filter(differs).map(|s| s.id.clone()).collect()
}

#[test]
fn taking_the_grace_away_changes_exactly_the_scenarios_that_cite_it() {
    let register = common::register();
    // No months, and counted from the day: there is nothing left of the grace.
    let other = common::edited(&[
        ("grace_months: { value: 3,", "grace_months: { value: 0,"),
        ("end_policy: { value: month_end,", "end_policy: { value: same_day,"),
    ]);
    let cited: BTreeSet<String> = common::scenarios(&register)
        .into_iter()
        .filter(|scenario| cites(scenario, "CERT-010"))
        .map(|scenario| scenario.id)
        .collect();
    assert!(cited.len() >= 20);
    assert_eq!(changed(&register, &other), cited);
}

#[test]
fn counting_the_grace_from_the_day_is_noticed_where_the_two_readings_differ() {
    let register = common::register();
    let other =
        common::edited(&[("end_policy: { value: month_end,", "end_policy: { value: same_day,")]);
    let changed = changed(&register, &other);
    // The worked table: 30 days of difference for one, none for the other.
    assert!(changed.contains("certificate/expires-2024-12-01-first-of-a-month"));
    assert!(!changed.contains("certificate/expires-2025-01-31-alert-from-a-31st"));
}

#[test]
fn other_parameters_of_the_register_change_what_happens_too() {
    let register = common::register();
    for (what, from, to, scenario) in [
        (
            "the look-up window",
            "window_hours: { value: 24,",
            "window_hours: { value: 23,",
            "route/remote-consent-lasts-twenty-four-hours-to-the-second",
        ),
        (
            "the alert",
            "alert_months: { value: 3,",
            "alert_months: { value: 2,",
            "certificate/expires-2025-01-31-alert-from-a-31st",
        ),
        (
            "the days to register",
            "insurer_days: { value: 5,",
            "insurer_days: { value: 15,",
            "eligibility/registration-on-the-last-allowed-day-ends-the-lag",
        ),
        (
            "the attempts at a PIN",
            "pin_attempts: { value: 3,",
            "pin_attempts: { value: 5,",
            "certificate/three-wrong-pins-lock-but-face-and-visual-work",
        ),
    ] {
        let other = common::edited(&[(from, to)]);
        assert!(changed(&register, &other).contains(scenario), "{what} is noticed by nobody");
    }
}

#[test]
fn every_claim_of_the_reference_is_well_formed() {
    let register = common::register();
    let mut files = 0;
    for scenario in common::scenarios(&register) {
        // A receipt computer that makes mistakes is another matter.
        if scenario.faults.iter().any(|fault| fault.claim.is_some()) {
            continue;
        }
        // A receipt without day-level data cannot have its days counted.
        let days = scenario.timeline.iter().all(|s| s.visit.as_ref().is_none_or(|v| v.day_level));
        let plan = Plan::new(scenario.clone(), 1, &register);
        let trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
        for event in &trace.events {
            let What::Arrived { message: Message::Claim(ClaimMessage::HandIn(hand_in)), .. } =
                &event.what
            else {
                continue;
            };
            let bytes = &hand_in.file;
            files += 1;
            let file = uke::read(&bytes.0).unwrap();
            assert_eq!(uke::write(&file).unwrap(), bytes.0, "{}", scenario.id);
            let mut found = uke::examine(&register, &bytes.0).findings;
            // What is handed in years too late is well formed all the same.
            found.retain(|finding| finding.rule != "CLM-026");
            let findings = if days { found } else { Vec::new() };
            assert!(findings.is_empty(), "{}: {findings:?}", scenario.id);
        }
    }
    assert!(files > 40);
}
