//! Pharmacy claims: dispensing belongs to a prescription (CLM-093).

use jiff::civil::Date;

use super::One;
use super::report::{Report, Spot};
use crate::calendar::Month;
use crate::uke::{Dispensing, Entry, Form};

pub(super) fn check(one: &One<'_>, report: &mut Report<'_>) {
    if one.form != Form::Pharmacy {
        return;
    }
    prescriber(one, report);
    if !one.lost {
        belonging(one, report);
    }
    for (entry, spot) in one.entries() {
        if let Entry::Dispensing(dispensing) = entry {
            day(one, dispensing, spot, report);
            doctor(one, dispensing, spot, report);
        }
    }
}

/// CLM-020: the receipt is that of one prescribing institution, which RE names.
fn prescriber(one: &One<'_>, report: &mut Report<'_>) {
    let Some(re) = one.patient() else { return };
    if one.receipt().prescriber.as_ref().is_none_or(|by| by.institution.is_empty()) {
        let ja = "処方箋を交付した医療機関がありません。レセプトは医療機関ごとに分けます";
        let en = "the prescribing institution is missing; receipts are made for each of them";
        report.add("CLM-020", re.item("医療機関コード"), ja, en);
    }
}

/// A prescription comes before what is dispensed by it, and is not left without.
fn belonging(one: &One<'_>, report: &mut Report<'_>) {
    let mut open: Option<(Spot, bool)> = None;
    let mut told = false;
    for (entry, spot) in one.entries() {
        match entry {
            Entry::Prescription(_) => {
                left_alone(open, report);
                open = Some((spot, false));
            }
            Entry::Dispensing(_) | Entry::DispensedDrug(_) | Entry::DispensedMaterial(_) => {
                if open.is_none() && !told {
                    told = true;
                    let ja = format!("{}の前に処方（SH）がありません", entry.id());
                    let en = format!("no prescription (SH) stands before this {}", entry.id());
                    report.add("CLM-093", spot, ja, en);
                }
                let dispensed = matches!(entry, Entry::Dispensing(_));
                open = open.map(|(spot, before)| (spot, before || dispensed));
            }
            _ => {}
        }
    }
    left_alone(open, report);
}

fn left_alone(open: Option<(Spot, bool)>, report: &mut Report<'_>) {
    if let Some((spot, false)) = open {
        let ja = "この処方の調剤（CZ）がありません";
        report.add("CLM-093", spot, ja, "nothing was dispensed (CZ) by this prescription");
    }
}

/// The day of dispensing lies in the month and not before the prescription.
fn day(one: &One<'_>, it: &Dispensing, spot: Spot, report: &mut Report<'_>) {
    let Some(dispensed) = it.dispensed.filter(|_| one.patient().is_some()) else { return };
    let month = one.receipt().month;
    let spot = spot.item("調剤年月日");
    if Month::of(dispensed) != month {
        let ja = format!("{dispensed}です。調剤年月{month}の日でなければなりません");
        let en = format!("it is {dispensed}; the day has to lie in {month}");
        report.add("CLM-093", spot, ja, en);
    } else if let Some(prescribed) = it.prescribed.filter(|day: &Date| *day > dispensed) {
        let ja = format!("{dispensed}です。処方箋の交付{prescribed}より前に調剤はできません");
        let en = format!("it is {dispensed}, before the prescription of {prescribed}");
        report.add("CLM-093", spot, ja, en);
    }
}

/// The doctor is one of those that RE lists.
fn doctor(one: &One<'_>, it: &Dispensing, spot: Spot, report: &mut Report<'_>) {
    let Some(by) = one.receipt().prescriber.as_ref().filter(|_| one.patient().is_some()) else {
        return;
    };
    let Ok(number) = it.doctor.parse::<usize>() else { return };
    let named = number.checked_sub(1).and_then(|index| by.doctors.get(index));
    if named.is_none_or(|name| name.is_empty()) {
        let ja = format!("{number}番目の保険医はREに記録されていません");
        let en = format!("RE names no doctor number {number}");
        report.add("CLM-093", spot.item("医師番号"), ja, en);
    }
}
