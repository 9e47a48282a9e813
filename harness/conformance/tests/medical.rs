//! Medical information that reaches somebody it must not reach: the judge sees it, whatever the
//! scenario expects.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use madoguchi_conformance::{Scope, Verdict, judge};
use madoguchi_reference::message::centre::Reply;
use madoguchi_reference::message::page::SpokenConsent;
use madoguchi_reference::message::{EndOfCare, Message};
use madoguchi_reference::wire::{ConfirmationAnswer, ConsentFlag, Disease, SpecificDisease};
use madoguchi_sim::{Driver, Event, Plan, What, run};

/// The verdict on `rule` when the trace of a scenario that expects nothing was changed.
fn verdict_after(id: &str, rule: &str, change: impl FnOnce(&mut Vec<Event>)) -> Verdict {
    let register = common::register();
    let mut plan = Plan::new(common::scenario(id, &register), 1, &register);
    let mut trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
    for step in &mut plan.scenario.timeline {
        step.expect.clear();
    }
    change(&mut trace.events);
    let judgement = judge(&plan, &trace, &register, &Scope::default());
    let found = judgement.rules.iter().find(|r| r.id == rule);
    found.unwrap_or_else(|| panic!("{rule} was not judged")).verdict
}

fn reply(event: &mut Event) -> Option<&mut Reply> {
    match &mut event.what {
        What::Arrived { message: Message::CentreAnswer(answer), .. } => Some(&mut answer.reply),
        _ => None,
    }
}

fn confirmation(event: &mut Event) -> Option<&mut ConfirmationAnswer> {
    match reply(event)? {
        Reply::Confirmation(answer) => Some(answer),
        _ => None,
    }
}

#[test]
fn a_specific_disease_given_by_number_is_seen() {
    let id = "consent/the-specific-disease-certificate-needs-card-and-consent";
    assert_eq!(verdict_after(id, "CONS-022", |_| {}), Verdict::Pass);
    let verdict = verdict_after(id, "CONS-022", |events| {
        let person = events.iter_mut().find_map(|e| confirmation(e)?.body.as_mut()?.people.pop());
        let mut person = person.unwrap();
        person.diseases.push(SpecificDisease {
            disease: Disease::RenalFailure,
            issued: None,
            from: None,
            to: None,
            self_pay: None,
        });
        let body = events.iter_mut().find_map(|e| confirmation(e)?.body.as_mut()).unwrap();
        body.people.push(person);
    });
    assert_eq!(verdict, Verdict::Fail);
}

#[test]
fn consent_reported_to_a_group_that_was_refused_is_seen() {
    let id = "consent/refusing-everything-keeps-eligibility";
    assert_eq!(verdict_after(id, "CONS-002", |_| {}), Verdict::Pass);
    let verdict = verdict_after(id, "CONS-002", |events| {
        let mut people =
            events.iter_mut().filter_map(|e| confirmation(e)?.body.as_mut()?.people.first_mut());
        let operation = people.next().unwrap().operation.as_mut().unwrap();
        operation.flag = ConsentFlag::Yes;
    });
    assert_eq!(verdict, Verdict::Fail);
}

#[test]
fn eligibility_withheld_from_who_refuses_is_seen() {
    let id = "consent/refusing-everything-keeps-eligibility";
    let verdict = verdict_after(id, "CONS-003", |events| {
        let body = events.iter_mut().find_map(|e| confirmation(e)?.body.as_mut()).unwrap();
        body.validity = None;
    });
    // An inferred rule: a finding, not a failure.
    assert_eq!(verdict, Verdict::Finding);
}

#[test]
fn records_after_a_withdrawal_are_seen() {
    let id = "consent/home-consent-ends-with-care-or-at-the-patients-word";
    assert_eq!(verdict_after(id, "NBR-001", |_| {}), Verdict::Pass);
    let verdict = verdict_after(id, "NBR-001", |events| {
        let ended = |e: &&Event| {
            matches!(
                &e.what,
                What::Arrived { message: Message::EndOfCare(EndOfCare::Entered(true)), .. }
            )
        };
        let at = events.iter().find(ended).unwrap().at.plus(60_000_000);
        let given = |e: &&Event| {
            matches!(&e.what, What::Arrived { message: Message::CentreAnswer(answer), .. }
                if matches!(answer.reply, Reply::Records(_)))
        };
        let mut leak = events.iter().find(given).cloned().unwrap();
        if let What::Arrived { sent, .. } = &mut leak.what {
            *sent = at;
        }
        events.push(leak);
    });
    assert!(verdict > Verdict::Pass);
}

#[test]
fn a_search_outside_its_area_is_seen() {
    let id = "outage/disaster-mode-in-noto-to-the-second";
    let register = common::register();
    let mut plan = Plan::new(common::scenario(id, &register), 1, &register);
    let trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
    let on = |plan: &Plan, rule: &str| {
        let judgement = judge(plan, &trace, &register, &Scope::default());
        judgement.rules.iter().find(|r| r.id == rule).unwrap().verdict
    };
    assert_eq!(on(&plan, "OUT-020"), Verdict::Pass);
    for step in &mut plan.scenario.timeline {
        step.expect.clear();
    }
    // The same searches, had the opening been for the neighbouring prefecture.
    plan.scenario.openings[0].prefectures = vec![16];
    assert_eq!(on(&plan, "OUT-020"), Verdict::Fail);
    assert!(on(&plan, "NBR-001") > Verdict::Pass);
}

#[test]
fn records_of_somebody_who_refused_aloud_are_seen() {
    let id = "outage/in-a-disaster-consent-is-spoken-or-recorded-as-none";
    assert_eq!(verdict_after(id, "NBR-001", |_| {}), Verdict::Pass);
    let verdict = verdict_after(id, "NBR-001", |events| {
        for event in events {
            if let What::Arrived { message: Message::PageSearch(search), .. } = &mut event.what {
                search.consent = SpokenConsent::Refused;
            }
        }
    });
    assert!(verdict > Verdict::Pass);
}

#[test]
fn a_page_used_when_its_fault_is_over_is_seen() {
    let id = "outage/the-page-serves-the-reported-fault-only";
    let register = common::register();
    let mut plan = Plan::new(common::scenario(id, &register), 1, &register);
    let trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
    for step in &mut plan.scenario.timeline {
        step.expect.clear();
    }
    // The same uses, had the line been back after a quarter of an hour.
    plan.scenario.faults[0].outage.as_mut().unwrap().to = "2025-03-04T09:15".parse().unwrap();
    let judgement = judge(&plan, &trace, &register, &Scope::default());
    let on = judgement.rules.iter().find(|r| r.id == "OUT-011").unwrap().verdict;
    assert!(on > Verdict::Pass);
}

#[test]
fn an_emergency_view_at_a_clinic_is_seen() {
    let id = "consent/an-emergency-view-ends-after-a-day-and-serves-nothing-else";
    let register = common::register();
    let mut plan = Plan::new(common::scenario(id, &register), 1, &register);
    let trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
    let on = |plan: &Plan| {
        let judgement = judge(plan, &trace, &register, &Scope::default());
        judgement.rules.iter().find(|r| r.id == "NBR-001").unwrap().verdict
    };
    assert_eq!(on(&plan), Verdict::Pass);
    // The same views, had the institution been a clinic.
    plan.scenario.facility.kind = madoguchi_scenario::FacilityKind::Clinic;
    assert!(on(&plan) > Verdict::Pass);
}
