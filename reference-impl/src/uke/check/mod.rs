//! What a claim file can get wrong: every fault of its form, and whether its records agree with
//! each other and with the register (CLM-003…006, CLM-020, CLM-060…064, CLM-070…075,
//! CLM-080…097, ELIG-041, ELIG-050…055).
//!
//! Each finding names the rule it breaks; whether that rule binds, the register says. A record
//! whose form is at fault is told by that fault, and nothing is concluded from it.

mod days;
mod details;
mod file;
mod lengths;
mod notes;
mod payers;
mod person;
mod pharmacy;
mod points;
mod report;
mod unknown;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::kind::ReceiptKind;
use super::{Entry, Form, Found, Place, Reading, Receipt, read_all};
use crate::register::{Policy, Register};

pub use report::Finding;
use report::{Report, Spot};

/// The most findings that are told of one file; the reading's own limit is
/// [`MAX_FAULTS`](super::MAX_FAULTS).
pub const MAX_FINDINGS: usize = 10_000;

/// The most 公費 that a receipt can have (CLM-063).
const PUBLICS_MAX: usize = 4;

/// What a file holds, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Examination {
    /// What could be read.
    pub reading: Reading,
    /// Everything found, in the order of the file.
    pub findings: Vec<Finding>,
    /// Whether there is more: reading or checking stopped at its limit.
    pub cut: bool,
}

/// Reads `bytes` and checks them by the rules of `register`, each receipt by those of the last
/// day of its month.
pub fn examine(register: &Register, bytes: &[u8]) -> Examination {
    let reading = read_all(bytes);
    let mut report = Report::of(bytes, reading.form);
    lengths::check(bytes, &mut report);
    file::check(register, &reading, &mut report);
    let receipts = &reading.receipts;
    for (index, found) in receipts.iter().enumerate() {
        let next = receipts.get(index + 1).and_then(|next| next.places.first());
        let last = reading.total.as_ref().map(|(_, place)| place);
        let policy = register.on(found.receipt.month.last());
        // The last receipt of a file without its end may go on in what was cut off.
        let cut_off = next.is_none() && reading.total.is_none();
        let lost = cut_off || lost(found, next.or(last.filter(|_| !reading.total_first)));
        One { form: reading.form, found, policy, lost }.check(&mut report);
        if report.is_full() {
            break;
        }
    }
    let cut = reading.cut || report.is_full();
    let findings = report.into_findings(&reading);
    Examination { reading, findings, cut }
}

/// Whether a record between this receipt and the record behind it could not be kept.
fn lost(found: &Found, behind: Option<&Place>) -> bool {
    let (first, last) = (found.places.first(), found.places.last());
    let (Some(first), Some(last)) = (first, last) else { return true };
    let end = behind.map_or(last.line + 1, |place| place.line);
    end - first.line != found.places.len()
}

/// A receipt and by which rules it is checked.
struct One<'a> {
    form: Form,
    found: &'a Found,
    policy: Policy<'a>,
    /// Whether one of its records could not be kept.
    lost: bool,
}

impl<'a> One<'a> {
    fn check(&self, report: &mut Report<'_>) {
        self.mandatory(report);
        if let Some(re) = self.patient() {
            person::check(self, re, report);
            notes::check(self, re, report);
        }
        payers::check(self, report);
        unknown::check(self, report);
        days::check(self, report);
        points::check(self, report);
        details::check(self, report);
        pharmacy::check(self, report);
    }

    fn receipt(&self) -> &'a Receipt {
        &self.found.receipt
    }

    /// The kind, if it is one.
    fn kind(&self) -> Option<ReceiptKind> {
        ReceiptKind::from_code(&self.receipt().kind)
    }

    /// RE, if what was read of it can be relied on.
    fn patient(&self) -> Option<Spot> {
        self.re().reliable()
    }

    /// RE in any case: where a fault of the whole receipt is told.
    fn re(&self) -> Spot {
        Spot::of("RE", self.found.places.first().copied())
    }

    /// HO in the same way.
    fn insurance(&self) -> Option<Spot> {
        Spot::of("HO", self.found.insurance_place()).reliable()
    }

    /// KO number `index`, from 0.
    fn public(&self, index: usize) -> Option<Spot> {
        let place = self.receipt().publics.get(index).and(self.found.public_place(index));
        Spot::of("KO", place).reliable()
    }

    /// Every record behind the payers that can be relied on, and where it stands.
    fn entries(&self) -> impl Iterator<Item = (&'a Entry, Spot)> {
        let found = self.found;
        let entries = found.receipt.entries.iter().enumerate();
        entries.filter_map(|(index, entry)| {
            let spot = Spot::of(entry.id(), found.entry_place(index)).reliable()?;
            Some((entry, spot))
        })
    }

    /// Whether every record of these kinds is there and was read without a fault, so that what
    /// they say together means something.
    fn all(&self, these: impl Fn(&Entry) -> bool) -> bool {
        let entries = self.receipt().entries.iter().enumerate();
        let faulty = |index| self.found.entry_place(index).is_none_or(|place| place.faulty);
        let mut wrong = entries.filter(|(index, entry)| these(entry) && faulty(*index));
        !self.lost && wrong.next().is_none()
    }

    /// CLM-063, CLM-064: the records that no receipt is without, and those it has once.
    fn mandatory(&self, report: &mut Report<'_>) {
        let receipt = self.receipt();
        let re = self.re();
        let publics = receipt.publics.len();
        if receipt.insurance.is_none() && publics == 0 && !self.lost {
            let ja = "HOもKOもありません。どちらか1件は要ります";
            report.add(
                self.form.order_rule().code(),
                re,
                ja,
                "neither HO nor KO is there; one is needed",
            );
        }
        if let Some(fifth) = self.public(PUBLICS_MAX) {
            let ja = format!("KOが{publics}件あります。{PUBLICS_MAX}件までです");
            let en = format!("there are {publics} KO records; {PUBLICS_MAX} are the most");
            report.add(self.form.order_rule().code(), fifth, ja, en);
        }
        let there: BTreeSet<&str> = receipt.entries.iter().map(Entry::id).collect();
        // A record that could not be read at all may be the one that is missing.
        let missing = self.needed().iter().find(|id| !there.contains(*id) && !self.lost);
        if let Some(id) = missing {
            let ja = format!("{id}がありません。レセプトには1件以上要ります");
            let en = format!("{id} is missing; every receipt has one");
            report.add(self.form.order_rule().code(), re, ja, en);
        }
        let mut charges = self.entries().filter(|(entry, _)| entry.id() == "MF").skip(1);
        if let Some((_, second)) = charges.next() {
            let ja = "MFが2件あります。1件だけ記録します";
            report.add(
                self.form.order_rule().code(),
                second,
                ja,
                "there is a second MF; a receipt has one",
            );
        }
    }

    fn needed(&self) -> &'static [&'static str] {
        match self.form {
            Form::Medical => &["JD", "MF", "SY"],
            Form::Dental => &["JD", "MF", "HS"],
            Form::Pharmacy => &["JD", "MF", "SH", "CZ", "KI"],
            Form::VisitingNursing => &["JD", "MF", "SY", "KA"],
        }
    }
}
