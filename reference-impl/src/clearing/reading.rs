//! What the clearing house reads off a receipt.

use jiff::civil::Date;

use crate::uke::{Confirmation, DAYS, DayMark, Entry, Receipt};

/// The days on which the patient came; none where the receipt does not tell.
pub(super) fn service_dates(receipt: &Receipt) -> Vec<Date> {
    let marks = receipt.days().into_iter().flat_map(|days| days.marks).zip(1i8..);
    let counted = marks.filter(|(mark, _)| *mark == DayMark::Counted);
    counted.filter_map(|(_, day)| receipt.month.first().with().day(day).build().ok()).collect()
}

/// The points of one day.
pub(super) fn points_on(receipt: &Receipt, date: Date) -> i64 {
    let day = usize::from(date.day().unsigned_abs()).saturating_sub(1);
    let times = |points: Option<u32>, per_day: &[u16; DAYS]| {
        i64::from(points.unwrap_or(0)) * i64::from(per_day.get(day).copied().unwrap_or(0))
    };
    let of_day = |entry: &Entry| match entry {
        Entry::Service(it) => times(it.points, &it.per_day),
        Entry::Drug(it) => times(it.points, &it.per_day),
        Entry::Material(it) => times(it.points, &it.per_day),
        Entry::Treatment(it) => times(it.points, &it.per_day),
        Entry::Management(it) if it.on == Some(date) => i64::from(it.base.points.unwrap_or(0)),
        _ => 0,
    };
    receipt.entries.iter().map(of_day).sum()
}

/// Whether it is a receipt of a stay in hospital: the odd ones of the last digit of its kind
/// (CLM-070).
pub(super) fn is_inpatient(receipt: &Receipt) -> bool {
    receipt
        .kind
        .bytes()
        .last()
        .is_some_and(|digit| matches!(digit, b'1' | b'3' | b'5' | b'7' | b'9'))
}

/// What the receipt says the patient bears of the insurance, in yen.
pub(super) fn written_liability(receipt: &Receipt) -> Option<i64> {
    receipt.insurance.as_ref()?.charged_yen.map(i64::from)
}

/// What the institution wrote of its own check (SN).
pub(super) fn confirmation_written(receipt: &Receipt) -> Option<Confirmation> {
    receipt.check().map(|check| check.confirmation)
}
