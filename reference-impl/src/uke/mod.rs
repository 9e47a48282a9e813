//! The claim file (レセプト電算処理, UKE) of medical outpatient claims.
//!
//! Two layers: [`read_records`] and [`write_records`] know bytes, lines and commas and keep
//! every record of any kind; [`read()`] and [`write()`] know what the fields mean
//! ([`ClaimFile`]). [`check()`] then looks for what a well-formed file can still get wrong.
//!
//! Nothing is dropped silently. A record this module has no type for stays in
//! [`Receipt::other`]; a value in a field it has no place for is an error. To carry one more
//! field, take it out of the `blank` list of its layout and read and write it.
//!
//! [`write()`] puts the records of a receipt in one fixed order: RE HO KO SN JD MF GR SY SI CO
//! and then the other ones. A file that mixes SI, CO, IY and TO, as CLM-063 allows, is read
//! with nothing lost, but comes back in that fixed order; only the raw layer keeps the mix.

mod check;
mod codes;
mod form;
mod items;
mod kind;
mod layout;
mod read;
mod receipt;
mod record;
mod write;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use check::{Finding, check};
pub use codes::{Confirmation, DayMark, Outcome, ReviewBody, Sex};
pub use form::Form;
pub use kind::{MainPayer, PAYERS_MAX, Person, ReceiptKind, receipt_kind};
pub use read::read;
pub use receipt::{
    Check, ClaimFile, Comment, DAYS, DayMarks, Disease, Header, Insurance, PublicPayer, Receipt,
    Service, ServiceComment, Total,
};
pub use record::{
    Line, MAX_FIELDS, MAX_FILE_BYTES, MAX_LINE_BYTES, RawFile, Record, read_records, write_records,
};
pub use write::write;

/// Why bytes are not a claim file, or why a claim file cannot become bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, thiserror::Error)]
#[error("Line {line}{} (byte {byte}): {problem}.", place(.record, *.field))]
pub struct ClaimError {
    /// The record's number in the file, from 1.
    pub line: usize,
    /// The record id (`HO`), empty where the line has none.
    pub record: String,
    /// The item number as the specification counts, the record id being item 1.
    pub field: Option<usize>,
    /// The byte of the file: the one at fault if it is a matter of bytes, else the first
    /// one of the record.
    pub byte: usize,
    /// What is wrong, as a clause without a full stop.
    pub problem: String,
}

fn place(record: &str, field: Option<usize>) -> String {
    match (record, field) {
        ("", None) => String::new(),
        ("", Some(field)) => format!(", item {field}"),
        (record, None) => format!(", record {record}"),
        (record, Some(field)) => format!(", record {record}, item {field}"),
    }
}
