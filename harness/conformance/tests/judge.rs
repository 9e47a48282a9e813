//! The judge against runs that were tampered with: it must see each of these.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::sync::Arc;

use madoguchi_conformance::{CaseVerdict, Judgement, Scope, Verdict, judge};
use madoguchi_reference::calendar::DAY;
use madoguchi_reference::certificate::Standing;
use madoguchi_reference::message::centre::Reply;
use madoguchi_reference::message::claim::ClaimMessage;
use madoguchi_reference::message::{Counter, Message, Screen};
use madoguchi_reference::register::Register;
use madoguchi_sim::{Driver, Event, Plan, Trace, What, run};

struct Played {
    register: Arc<Register>,
    plan: Plan,
    trace: Trace,
}

fn play(id: &str) -> Played {
    let register = common::register();
    let plan = Plan::new(common::scenario(id, &register), 1, &register);
    let trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
    Played { register, plan, trace }
}

impl Played {
    fn judged(&self) -> Judgement {
        judge(&self.plan, &self.trace, &self.register, &Scope::default())
    }

    /// Changes every message for which `change` says so.
    fn tamper(&mut self, mut change: impl FnMut(&mut Event) -> bool) {
        let changed = self.trace.events.iter_mut().filter_map(|e| change(e).then_some(())).count();
        assert!(changed > 0, "nothing was tampered with");
    }
}

fn message(event: &mut Event) -> Option<&mut Message> {
    match &mut event.what {
        What::Arrived { message, .. } => Some(message),
        _ => None,
    }
}

fn verdict_on(judgement: &Judgement, rule: &str) -> Verdict {
    let found = judgement.rules.iter().find(|r| r.id == rule);
    found.unwrap_or_else(|| panic!("{rule} was not judged")).verdict
}

#[test]
fn a_card_holder_who_is_charged_everything_fails_the_run() {
    let mut played = play("certificate/suspended-card-fails-in-every-mode");
    assert_eq!(verdict_on(&played.judged(), "FB-005"), Verdict::Pass);
    played.tamper(|event| {
        if let Some(Message::Counter(Counter::Charge(bill))) = message(event) {
            bill.percent = 100;
            return true;
        }
        false
    });
    let judgement = played.judged();
    assert_eq!(verdict_on(&judgement, "FB-005"), Verdict::Fail);
    assert_eq!(judgement.verdict, CaseVerdict::Fail);
}

#[test]
fn medical_information_after_the_window_is_seen() {
    let mut played = play("visit/first-and-repeat-by-face");
    let before = verdict_on(&played.judged(), "NBR-001");
    assert_eq!(before, Verdict::Pass);
    played.tamper(|event| match &mut event.what {
        What::Arrived { sent, message: Message::CentreAnswer(answer), .. }
            if matches!(answer.reply, Reply::Records(_)) =>
        {
            *sent = sent.plus(2 * DAY);
            true
        }
        _ => false,
    });
    assert!(verdict_on(&played.judged(), "NBR-001") > Verdict::Pass);
}

#[test]
fn medical_information_after_a_refusal_is_seen() {
    let mut played = play("consent/a-second-visit-replaces-the-consent");
    let refused = |event: &Event| {
        matches!(&event.what, What::Arrived { message: Message::CentreAnswer(answer), .. }
            if matches!(&answer.reply, Reply::Confirmation(answer)
                if answer.body.iter().flat_map(|b| &b.people).any(|p| p.drugs.as_ref()
                    .is_some_and(|d| d.flag == madoguchi_reference::wire::ConsentFlag::No))))
    };
    let late = played.trace.events.iter().rev().find(|e| refused(e)).map(|e| e.at);
    let late = late.unwrap_or_else(|| panic!("nobody refuses in this scenario"));
    // Everything given before is given again, a second after the refusal.
    let given = |e: &Event| {
        matches!(&e.what, What::Arrived { message: Message::CentreAnswer(answer), .. }
            if matches!(answer.reply, Reply::Records(_)))
    };
    let mut leak = played.trace.events.iter().find(|e| given(e)).cloned().unwrap();
    if let What::Arrived { sent, .. } = &mut leak.what {
        *sent = late.plus(1_000_000);
    }
    played.trace.events.push(leak);
    assert!(verdict_on(&played.judged(), "NBR-001") > Verdict::Pass);
}

#[test]
fn a_visit_that_is_never_charged_decides_nothing_and_a_second_charge_is_seen() {
    let id = "visit/adult-pays-thirty-percent";
    let charge = |e: &Event| {
        matches!(&e.what, What::Arrived { message: Message::Counter(Counter::Charge(_)), .. })
    };
    let mut never = play(id);
    for step in &mut never.plan.scenario.timeline {
        step.expect.clear();
    }
    let mut twice = Played {
        register: Arc::clone(&never.register),
        plan: never.plan.clone(),
        trace: never.trace.clone(),
    };
    never.trace.events.retain(|e| !charge(e));
    assert_eq!(never.judged().verdict, CaseVerdict::Undecided);
    let again = twice.trace.events.iter().find(|e| charge(e)).cloned().unwrap();
    twice.trace.events.push(again);
    assert_eq!(verdict_on(&twice.judged(), "GEN-020"), Verdict::Finding);
}

#[test]
fn a_receipt_without_an_outcome_is_seen() {
    let mut played = play("claim/two-insurers-known-at-the-counter-make-two-receipts");
    played.tamper(|event| {
        if let Some(Message::Claim(ClaimMessage::Results(results))) = message(event) {
            results.receipts.pop();
            return true;
        }
        false
    });
    let judgement = played.judged();
    assert_eq!(verdict_on(&judgement, "CLM-050"), Verdict::Fail);
}

/// Every way to break the conservation of claims in a stored run, and the rule that must see it.
#[test]
fn a_claim_that_is_lost_doubled_or_mispaid_is_seen() {
    type Change = fn(&mut Message) -> bool;
    let ways: [(&str, &str, Change); 6] = [
        ("a part has a point too few", "CLM-050", |message| {
            let Message::Claim(ClaimMessage::Results(results)) = message else { return false };
            results.receipts[0].parts[0].points -= 1;
            true
        }),
        ("an insurer pays a yen too much", "CLM-035", |message| {
            let Message::Claim(ClaimMessage::Results(results)) = message else { return false };
            results.receipts[0].parts[0].yen += 1;
            true
        }),
        ("the money is not what was decided", "CLM-035", |message| {
            let Message::Payment(payment) = message else { return false };
            payment.lines[0].yen -= 10;
            payment.yen -= 10;
            true
        }),
        ("the sum of a payment is wrong", "CLM-035", |message| {
            let Message::Payment(payment) = message else { return false };
            payment.yen += 1;
            true
        }),
        ("a receipt is never paid", "CLM-024", |message| {
            let Message::Payment(payment) = message else { return false };
            payment.yen -= payment.lines.remove(0).yen;
            true
        }),
        ("the desk charged for more than it claims", "CLM-020", |message| {
            let Message::Counter(Counter::Charge(bill)) = message else { return false };
            bill.lines[0].points += 1;
            true
        }),
    ];
    for (what, rule, change) in ways {
        let mut played = play("claim/a-split-receipt-is-followed-to-the-money");
        assert_eq!(verdict_on(&played.judged(), rule), Verdict::Pass, "{what}");
        played.tamper(|event| message(event).is_some_and(change));
        assert!(verdict_on(&played.judged(), rule) > Verdict::Pass, "{what}");
    }
}

#[test]
fn a_visit_on_no_receipt_and_a_visit_on_two_are_seen() {
    let id = "claim/two-visits-in-a-month-make-one-receipt";
    assert_eq!(verdict_on(&play(id).judged(), "CLM-020"), Verdict::Pass);
    // A visit more at the counter, of which no receipt knows.
    let mut lost = play(id);
    let visit = |e: &Event| match &e.what {
        What::Arrived { message: Message::PatientSays(says), .. } => {
            matches!(says, madoguchi_reference::message::PatientSays::Arrives(_))
        }
        What::Arrived { message: Message::Counter(Counter::Charge(_)), .. } => true,
        _ => false,
    };
    let mut more: Vec<Event> =
        lost.trace.events.iter().filter(|e| visit(e)).take(2).cloned().collect();
    more.iter_mut().for_each(|event| event.at = event.at.plus(DAY));
    lost.trace.events.splice(0..0, more);
    assert_eq!(verdict_on(&lost.judged(), "CLM-020"), Verdict::Fail);
    // The same file taken in under another number as well.
    let mut twice = play(id);
    let of_claims = |e: &Event| {
        matches!(&e.what, What::Arrived { message: Message::Claim(_) | Message::Payment(_), .. })
    };
    let mut again: Vec<Event> =
        twice.trace.events.iter().filter(|e| of_claims(e)).cloned().collect();
    for event in &mut again {
        match message(event) {
            Some(Message::Claim(ClaimMessage::HandIn(hand_in))) => hand_in.id += 100,
            Some(Message::Claim(ClaimMessage::Received(reception))) => reception.id += 100,
            Some(Message::Claim(ClaimMessage::Results(results))) => results.id += 100,
            Some(Message::Payment(payment)) => {
                payment.lines.iter_mut().for_each(|line| line.receipt.file += 100);
            }
            _ => {}
        }
    }
    twice.trace.events.extend(again);
    assert_eq!(verdict_on(&twice.judged(), "CLM-020"), Verdict::Fail);
}

#[test]
fn a_run_that_ends_before_the_money_decides_nothing() {
    let mut played = play("claim/two-visits-in-a-month-make-one-receipt");
    let paid = played
        .trace
        .events
        .iter()
        .position(|e| matches!(&e.what, What::Arrived { message: Message::Payment(_), .. }));
    played.trace.events.truncate(paid.unwrap());
    played.trace.events.retain(|event| event.at.date() < jiff::civil::date(2025, 8, 10));
    assert_eq!(verdict_on(&played.judged(), "CLM-024"), Verdict::Undecided);
}

#[test]
fn a_missing_alert_and_a_wrong_yen_fail_their_own_rules() {
    let mut played = play("certificate/expires-2025-05-31-alert-from-the-last-of-february");
    played.trace.events.retain(|event| {
        !matches!(&event.what, What::Arrived { message: Message::Screen(s), .. }
            if matches!(s, Screen::RenewalNotice { .. }))
    });
    assert_eq!(verdict_on(&played.judged(), "CERT-006"), Verdict::Fail);

    let mut played = play("visit/adult-pays-thirty-percent");
    played.tamper(|event| {
        if let Some(Message::Counter(Counter::Charge(bill))) = message(event) {
            bill.yen += 1;
            return true;
        }
        false
    });
    let judgement = played.judged();
    let failed: Vec<&str> = judgement
        .rules
        .iter()
        .filter(|r| r.verdict == Verdict::Fail)
        .map(|r| r.id.as_str())
        .collect();
    assert!(failed.iter().all(|id| id.starts_with("FEE-")), "{failed:?}");
    assert!(!failed.is_empty());
}

#[test]
fn a_reader_that_takes_a_lapsed_card_is_caught_by_the_oracle_alone() {
    let mut played = play("certificate/expires-2025-01-31-alert-from-a-31st");
    for step in &mut played.plan.scenario.timeline {
        step.expect.clear();
    }
    assert_eq!(played.judged().verdict, CaseVerdict::Pass);
    played.tamper(|event| {
        if let Some(Message::CentreAnswer(answer)) = message(event)
            && matches!(answer.reply, Reply::CertificateRefused(_))
        {
            let (standing, expires) = (Standing::Grace, jiff::civil::date(2025, 1, 31));
            let specific_disease = false;
            answer.reply = Reply::CertificateGood {
                standing,
                expires,
                specific_disease,
                subsidies: false,
                defaults: None,
            };
            return true;
        }
        false
    });
    assert_eq!(verdict_on(&played.judged(), "CERT-013"), Verdict::Fail);
}

#[test]
fn a_rule_not_in_force_on_the_chosen_day_is_not_applicable() {
    let played = play("fallback/provisional-acceptance-ends-with-july-2026");
    let day = jiff::civil::date(2026, 11, 20);
    let scope = Scope { as_of: Some(day), ..Scope::default() };
    let judgement = judge(&played.plan, &played.trace, &played.register, &scope);
    assert_eq!(verdict_on(&judgement, "FB-033"), Verdict::NotApplicable);
}

#[test]
fn a_difference_on_a_setting_is_a_finding_and_fails_nobody() {
    let register = common::register();
    let model = register.rule("CERT-014").unwrap();
    assert_eq!(Verdict::of_difference(model), Verdict::Finding);
    let must = register.rule("CERT-010").unwrap();
    assert_eq!(Verdict::of_difference(must), Verdict::Fail);
}
