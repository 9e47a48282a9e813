//! Who pays, in every run: FEE-090, ELIG-055.

use madoguchi_reference::ids::PayerNumber;
use madoguchi_reference::message::{Bill, Payer};
use madoguchi_reference::register::{Policy, Register};
use madoguchi_scenario::{FactKey, Scenario};

use super::Check;
use crate::facts::Steps;

/// What patient, insurer and public payers pay is what the visit costs, nobody pays less than
/// nothing, and the public payers stand in their order.
pub(super) fn checks(scenario: &Scenario, steps: &Steps<'_>, register: &Register) -> Vec<Check> {
    let mut all = Vec::new();
    for (index, step) in scenario.timeline.iter().enumerate() {
        let Some(at) = step.at.fixed().filter(|_| step.visit.is_some()) else { continue };
        let policy = register.on(at.date());
        for bill in steps.facts(index).bills() {
            if let Some((due, seen)) = sums(bill, &policy) {
                all.push(Check::new("FEE-090", index, FactKey::Pay, &due, &seen));
            }
            let (due, seen) = orders(bill, &policy);
            all.push(Check::new("ELIG-055", index, FactKey::Payers, &due, &seen));
        }
    }
    all
}

fn sums(bill: &Bill, policy: &Policy<'_>) -> Option<(String, String)> {
    let cost = policy.tariff().ok()?.cost_yen(bill.points());
    let others: i64 = bill.payers.iter().map(|paying| paying.yen).sum();
    let negative = bill.yen < 0 || bill.payers.iter().any(|paying| paying.yen < 0);
    let told = |yen: i64, owes: bool| {
        format!("{yen} yen in all{}", if owes { ", somebody pays less than nothing" } else { "" })
    };
    Some((told(cost, false), told(bill.yen + others, negative)))
}

fn orders(bill: &Bill, policy: &Policy<'_>) -> (String, String) {
    let public = bill.payers.iter().filter_map(|paying| match &paying.payer {
        Payer::Public(number) => Some(number),
        Payer::Insurer(_) => None,
    });
    let seen: Vec<&PayerNumber> = public.collect();
    let mut due = seen.clone();
    policy.sort_payers(&mut due, |number| number);
    let told = |numbers: &[&PayerNumber]| {
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    (told(&due), told(&seen))
}
