//! What the frame of a receipt (RE) says beside the person: admission or start of treatment,
//! the class of low incomes in hospital, and the share the insurer pays (FEE-097, FEE-098).

use crate::desk::Encounter;
use crate::fee::{LimitClass, Setting};
use crate::ids::InsurerNumber;
use crate::message::Capped;
use crate::numbers::InsuranceGroup;
use crate::register::Policy;
use crate::uke::{Form, Outcome, Receipt, Text};

/// `receipt` with what its visits put into its frame.
pub(super) fn framed(
    form: Form,
    receipt: Receipt,
    visits: &[&Encounter],
    policy: &Policy<'_>,
) -> Receipt {
    let first = visits[0];
    let dental = form == Form::Dental && first.setting == Setting::Outpatient;
    let insurer = receipt.insurance.as_ref().map(|insurance| &insurance.insurer);
    Receipt {
        admitted: visits.iter().find_map(|visit| visit.admitted),
        started: dental.then_some(first.date),
        outcome: dental.then_some(Outcome::Continuing),
        reduced: reduced(visits, policy).into(),
        benefit_percent: insurer.and_then(|insurer| benefit(insurer, first, policy)),
        ..receipt
    }
}

/// The name of the institution as the header has it; a dental file has no place for it.
pub(super) fn name_in_file(form: Form, name: &str) -> Text {
    if form == Form::Dental { Text::default() } else { name.into() }
}

/// FEE-097: 一部負担金区分 of a stay whose limit is one of low incomes, from 70 on.
fn reduced(visits: &[&Encounter], policy: &Policy<'_>) -> &'static str {
    let stays = visits.iter().filter(|visit| visit.setting == Setting::Inpatient);
    let reached = stays.filter(|visit| visit.capped == Capped::Limit);
    let class = reached.filter_map(|visit| visit.limit).map(|limit| limit.class).next_back();
    match class.filter(|_| policy.notes_low_income()) {
        Some(LimitClass::Low2) => "1",
        Some(LimitClass::Low1) => "3",
        _ => "",
    }
}

/// FEE-098: 給付割合 of a receipt of national health insurance.
fn benefit(insurer: &InsurerNumber, visit: &Encounter, policy: &Policy<'_>) -> Option<u8> {
    let noted = policy.notes_benefit() && insurer.group() == InsuranceGroup::NationalHealth;
    noted.then(|| 100u8.saturating_sub(visit.percent))
}
