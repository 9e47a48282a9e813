//! Days: those the payers count, those JD marks, and those on which services were given
//! (CLM-074, CLM-081, CLM-082, CLM-087).

use super::One;
use super::points::per_day;
use super::report::Report;
use crate::uke::{DAYS, DayMark, Form};

pub(super) fn check(one: &One<'_>, report: &mut Report<'_>) {
    marks(one, report);
    counted(one, report);
    services(one, report);
}

/// The last day of the month, from 1.
fn last_day(one: &One<'_>) -> usize {
    usize::from(one.receipt().month.last().day().unsigned_abs())
}

/// CLM-082, CLM-087: marks stand on days of the month, and not before the admission.
fn marks(one: &One<'_>, report: &mut Report<'_>) {
    if one.patient().is_none() {
        return;
    }
    let (last, month) = (last_day(one), one.receipt().month);
    let admitted = one.receipt().admitted.filter(|admitted| *admitted > month.first());
    for (entry, spot) in one.entries() {
        let Some(days) = entry.days() else { continue };
        let marked = (1..).zip(&days.marks).filter(|(_, mark)| **mark != DayMark::None);
        let marked: Vec<usize> = marked.map(|(day, _)| day).collect();
        if let Some(day) = marked.iter().find(|day| **day > last) {
            let ja = format!("{month}に{day}日はありません");
            report.add("CLM-082", spot.nth("#日の情報", *day), ja, no_such_day(month, *day));
        }
        let Some(admitted) = admitted.filter(|admitted| *admitted <= month.last()) else {
            continue;
        };
        let from = usize::from(admitted.day().unsigned_abs());
        if let Some(day) = marked.iter().find(|day| **day < from) {
            let ja = format!("{day}日は入院年月日{admitted}より前です");
            let en = format!("day {day} lies before the admission on {admitted}");
            report.add("CLM-087", spot.nth("#日の情報", *day), ja, en);
        }
    }
}

fn no_such_day(month: crate::calendar::Month, day: usize) -> String {
    format!("{month} has no day {day}")
}

/// CLM-074: HO and KO count the days that their JD counts. Pharmacies count prescriptions there.
fn counted(one: &One<'_>, report: &mut Report<'_>) {
    if one.form == Form::Pharmacy {
        return;
    }
    let receipt = one.receipt();
    let insurance = receipt.insurance.as_ref().zip(one.insurance());
    let insurance = insurance.map(|(ho, spot)| (1, ho.days, spot)).into_iter();
    let publics = (2..).zip(receipt.publics.iter().enumerate());
    let publics = publics
        .filter_map(|(kind, (index, ko))| one.public(index).map(|spot| (kind, ko.days, spot)));
    for (kind, said, spot) in insurance.chain(publics) {
        let marks =
            one.entries().find_map(|(entry, _)| entry.days().filter(|d| d.payer_kind == kind));
        let Some(counted) = marks.map(crate::uke::DayMarks::counted) else { continue };
        if usize::from(said) != counted {
            let ja = format!("{said}日です。JDで計上される日は{counted}日です");
            let en = format!("it is {said}; JD counts {counted}");
            report.add("CLM-074", spot.item("診療実日数"), ja, en);
        }
    }
}

/// CLM-081: counts by day add up to the count. CLM-082: they stand on days of visits.
fn services(one: &One<'_>, report: &mut Report<'_>) {
    let last = last_day(one);
    let visits = visits(one);
    for (entry, spot) in one.entries() {
        let Some((count, days)) = per_day(entry) else { continue };
        let sum: u32 = days.iter().map(|&times| u32::from(times)).sum();
        if sum != 0 && sum != u32::from(count) {
            let ja = format!("{count}回です。日ごとの回数の合計は{sum}回です");
            let en = format!("it is {count}; the counts by day make {sum}");
            report.add("CLM-081", spot.item("回数"), ja, en);
        }
        if one.patient().is_none() {
            continue;
        }
        let on = (1..).zip(days).filter(|(_, times)| **times > 0).map(|(day, _)| day);
        for day in on {
            if day > last {
                let month = one.receipt().month;
                let ja = format!("{month}に{day}日はありません");
                report.add("CLM-082", spot.nth("#日の情報", day), ja, no_such_day(month, day));
                break;
            }
            if visits.is_some_and(|visits| visits.get(day - 1) == Some(&false)) {
                let ja = format!("{day}日はJDに受診の印がありません");
                let en = format!("JD has no mark on day {day}");
                report.add("CLM-082", spot.nth("#日の情報", day), ja, en);
                break;
            }
        }
    }
}

/// The days that any JD marks; none where no day is marked or a JD cannot be relied on.
fn visits(one: &One<'_>) -> Option<[bool; DAYS]> {
    if !one.all(|entry| entry.days().is_some()) {
        return None;
    }
    let mut visits = [false; DAYS];
    for marks in one.receipt().entries.iter().filter_map(crate::uke::Entry::days) {
        for (visit, mark) in visits.iter_mut().zip(&marks.marks) {
            *visit |= *mark != DayMark::None;
        }
    }
    visits.contains(&true).then_some(visits)
}
