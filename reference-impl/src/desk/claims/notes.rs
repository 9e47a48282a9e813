//! What the limit of the month leaves on a receipt: 特記事項 and 窓口負担額区分 (CLM-071, FEE-095,
//! FEE-096).

use super::Encounter;
use crate::fee::{Limit, LimitClass, Setting, Tariff};
use crate::message::Capped;
use crate::register::Policy;
use crate::uke::Text;

/// 特記事項 of a receipt, in ascending order.
pub(super) fn notes(visits: &[&Encounter], policy: &Policy<'_>) -> Vec<Text> {
    let halved = visits.iter().all(|v| v.limit.is_none_or(|limit| limit.halved));
    let birthday = policy.halved_limit_note(visits[0].person.born).filter(|_| halved);
    let class = limit_of(visits).and_then(|(limit, setting)| {
        let many = policy.tariff().is_ok_and(|tariff| tariff.is_multiple(limit, setting));
        policy.notes_limit_class().then(|| class_note(limit.class, many))
    });
    let mut notes: Vec<Text> = birthday.into_iter().chain(class).map(Text::from).collect();
    notes.sort_unstable();
    notes
}

/// 窓口負担額区分 of a receipt (MF): whether the patient paid less than the share.
pub(super) fn charge_code<'a>(visits: &[&Encounter], policy: &Policy<'a>) -> &'a str {
    if visits.iter().all(|visit| visit.capped == Capped::No) {
        return "00";
    }
    let many = |tariff: &Tariff| {
        limit_of(visits).is_some_and(|(limit, setting)| tariff.is_multiple(limit, setting))
    };
    if policy.tariff().is_ok_and(many) { policy.multiple_charge_code() } else { "01" }
}

/// The limit of the month as it was known last.
fn limit_of(visits: &[&Encounter]) -> Option<(Limit, Setting)> {
    visits.iter().rev().find_map(|visit| Some((visit.limit?, visit.setting)))
}

/// 区ア to 区キ, and for a month of 多数回該当 多ア to 多キ.
fn class_note(class: LimitClass, many: bool) -> &'static str {
    let (plain, multiple) = match class {
        LimitClass::A | LimitClass::HighIncome3 => ("26", "31"),
        LimitClass::B | LimitClass::HighIncome2 => ("27", "32"),
        LimitClass::C | LimitClass::HighIncome1 => ("28", "33"),
        LimitClass::D | LimitClass::General => ("29", "34"),
        LimitClass::E | LimitClass::Low2 | LimitClass::Low1 => ("30", "35"),
        LimitClass::General2 => ("41", "43"),
        LimitClass::General1 => ("42", "44"),
    };
    if many { multiple } else { plain }
}
