//! The claim file (レセプト電算処理, UKE) of medical, dental, pharmacy and visiting nursing claims.
//!
//! One item table for each kind of record ([`RecordSpec`], from [`Form::spec`]) says which items
//! it has; reading, writing, checking and messages use the same table. [`read()`] and [`write()`]
//! know what the items mean ([`ClaimFile`]) and stop at the first fault; [`read_all`] goes on
//! behind a fault and tells all. [`examine`] also looks for what a well-formed file can still get
//! wrong.
//!
//! Nothing is dropped silently, and the order of the records is kept: reading and writing a file
//! gives the same bytes. A record without a table stays as it is ([`Entry::Other`]); an item that
//! is reserved must be empty.

mod burden;
mod check;
mod codes;
mod dental;
mod entry;
mod error;
mod fields;
mod form;
mod forms;
mod items;
mod kind;
mod layout;
mod lines;
mod medical;
mod nursing;
mod out;
mod payers;
mod pharmacy;
mod pharmacy_items;
mod read;
mod reading;
mod receipt;
pub mod sample;
mod spec;
mod write;

#[cfg(test)]
mod tests;

/// A short text of the file: most are codes, which take no memory of their own.
pub type Text = compact_str::CompactString;

pub use burden::{burden_of, payers_of};
pub use check::{Examination, Finding, MAX_FINDINGS, examine};
pub use codes::{Confirmation, DayMark, Outcome, ReviewBody, Sex};
pub use dental::{Addition, ToothDisease, Treatment};
pub use entry::{Entry, Record};
pub use error::{ClaimError, FormRule};
pub use fields::{Quantity, Slots};
pub use form::Form;
pub use kind::{MainPayer, PAYERS_MAX, Person, ReceiptKind, receipt_kind};
pub use lines::{Line, Lines, MAX_FILE_BYTES, MAX_ITEMS, MAX_LINE_BYTES, MAX_RECORDS};
pub use medical::{
    Comment, Detail, Disease, Drug, Material, MaterialAddition, Reason, Service, ServiceComment,
};
pub use nursing::{
    Care, Condition, Course, LaterPlace, NursedDisease, Order, Orderer, OtherStation, VisitPlace,
};
pub use payers::{Charge, Check, DAYS, DayMarks, Insurance, PublicPayer};
pub use pharmacy::{
    AssignedFee, CountedFee, DispensedDrug, DispensedMaterial, Dispensing, Fee, Management,
    OrderedSplit, Prescriber, Prescription, SplitFees, SplitPoints,
};
pub use read::{MAX_FAULTS, read, read_all};
pub use reading::{Found, Place, Reading};
pub use receipt::{ClaimFile, Department, Header, Receipt, Total};
pub use spec::{Item, Kind, RecordSpec, Row};
pub use write::write;
