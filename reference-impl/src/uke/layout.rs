//! How many items each record has and which of them this module has no place for.

use std::ops::RangeInclusive;

/// The shape of one kind of record, in the item numbers of the specification (the record
/// id is item 1).
pub(super) struct Layout {
    /// The record id.
    pub id: &'static str,
    /// Items with the id; trailing empty ones are written as commas (CLM-062).
    pub items: usize,
    /// Items without a place in the types: reserved ones, and those of inpatient care.
    pub blank: &'static [RangeInclusive<usize>],
}

pub(super) const IR: Layout = Layout { id: "IR", items: 10, blank: &[6..=6] };
pub(super) const RE: Layout =
    Layout { id: "RE", items: 38, blank: &[9..=11, 13..=13, 15..=36, 38..=38] };
pub(super) const HO: Layout = Layout { id: "HO", items: 15, blank: &[7..=11, 13..=15] };
pub(super) const KO: Layout = Layout { id: "KO", items: 12, blank: &[4..=4, 9..=12] };
pub(super) const SN: Layout = Layout { id: "SN", items: 9, blank: &[9..=9] };
pub(super) const JD: Layout = Layout { id: "JD", items: 33, blank: &[] };
pub(super) const MF: Layout = Layout { id: "MF", items: 33, blank: &[3..=33] };
pub(super) const SY: Layout = Layout { id: "SY", items: 8, blank: &[] };
pub(super) const SI: Layout = Layout { id: "SI", items: 44, blank: &[] };
pub(super) const CO: Layout = Layout { id: "CO", items: 5, blank: &[] };
pub(super) const GO: Layout = Layout { id: "GO", items: 4, blank: &[] };

/// JD item of the 1st of the month; the others follow.
pub(super) const JD_FIRST_DAY: usize = 3;
/// SI item of the first of three pairs of comment code and text.
pub(super) const SI_FIRST_COMMENT: usize = 8;
/// SI item of the 1st of the month; the others follow.
pub(super) const SI_FIRST_DAY: usize = 14;

/// Where a record stands in its receipt (CLM-063); `None` for kinds the order does not name.
pub(super) fn rank(id: &str) -> Option<u8> {
    Some(match id {
        "HO" => 1,
        "KO" => 2,
        "SN" => 3,
        "JD" => 4,
        "MF" => 5,
        "GR" => 6,
        "SY" => 7,
        "SI" | "IY" | "TO" | "CO" => 8,
        "SJ" => 9,
        _ => return None,
    })
}

/// Records without a type that have a place before the services, in the order in which
/// they are written; all others follow the typed records.
pub(super) const EARLY: [&str; 3] = ["SN", "JD", "GR"];

/// Where a record without a type stands among those of its receipt.
pub(super) fn early_rank(id: &str) -> usize {
    EARLY.iter().position(|early| *early == id).unwrap_or(EARLY.len())
}
