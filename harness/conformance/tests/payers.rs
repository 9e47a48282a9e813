//! What the judge sees of bills with public payers that do not add up.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use madoguchi_conformance::{Scope, Verdict, judge};
use madoguchi_reference::message::{Bill, Counter, Message};
use madoguchi_sim::{Driver, Plan, What, run};

/// The verdict on `rule` once every bill of a scenario with two schemes is changed. The scenario
/// expects its figures, too, so the rule is one that only the invariants are about.
fn verdict_after(rule: &str, change: impl Fn(&mut Bill)) -> Verdict {
    let register = common::register();
    let scenario = common::scenario("claim/two-schemes-stand-in-the-order-of-payment", &register);
    let mut bare = scenario.clone();
    bare.timeline.iter_mut().for_each(|step| step.expect.clear());
    let plan = Plan::new(bare, 1, &register);
    let mut trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
    for event in &mut trace.events {
        if let What::Arrived { message: Message::Counter(Counter::Charge(bill)), .. } =
            &mut event.what
        {
            change(bill);
        }
    }
    let judgement = judge(&plan, &trace, &register, &Scope::default());
    judgement.rules.iter().find(|r| r.id == rule).unwrap().verdict
}

#[test]
fn a_bill_whose_payers_do_not_add_up_to_the_cost_is_seen() {
    assert_eq!(verdict_after("FEE-090", |_| ()), Verdict::Pass);
    assert!(verdict_after("FEE-090", |bill| bill.yen += 10) > Verdict::Pass);
    assert!(verdict_after("FEE-090", |bill| bill.payers[1].yen -= 1) > Verdict::Pass);
    // As much in all, but somebody is paid.
    let owing = |bill: &mut Bill| {
        bill.payers[1].yen -= 1_000;
        bill.payers[0].yen += 1_000;
    };
    assert!(verdict_after("FEE-090", owing) > Verdict::Pass);
}

#[test]
fn public_payers_out_of_their_order_are_seen() {
    assert_eq!(verdict_after("ELIG-055", |_| ()), Verdict::Pass);
    assert!(verdict_after("ELIG-055", |bill| bill.payers.swap(1, 2)) > Verdict::Pass);
}
