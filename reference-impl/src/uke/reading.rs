//! What there is of a file that may have faults, and where it stands.

use super::{ClaimError, Form, Header, Receipt, Record, Total};

/// What could be read of a file, and what is wrong with its form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The form; without a header the one that its records speak for.
    pub form: Form,
    /// UK, where it stands before the header.
    pub reception: Option<Record>,
    /// The header; items that could not be read hold some value.
    pub header: Header,
    /// Where the header stands, if there is one.
    pub header_place: Option<Place>,
    /// The receipts.
    pub receipts: Vec<Found>,
    /// The sums, if there is a GO record, and where it stands.
    pub total: Option<(Total, Place)>,
    /// Whether GO follows the header.
    pub total_first: bool,
    /// Whether the byte 1Ah ends the file.
    pub eof_mark: bool,
    /// Every fault, in the order of the file.
    pub faults: Vec<ClaimError>,
    /// Whether reading stopped at [`super::MAX_FAULTS`]: what follows was not looked at.
    pub cut: bool,
}

/// A receipt and where its records stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The receipt; items that could not be read hold some value.
    pub receipt: Receipt,
    /// The places of its records in the order of the file: RE, HO if there is one, KO, entries.
    pub places: Vec<Place>,
}

/// Where a record stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The record's number in the file, from 1.
    pub line: usize,
    /// The byte of the file it starts at.
    pub byte: usize,
    /// Whether something in the record or about its place is at fault, so that what was read of
    /// it cannot be relied on.
    pub faulty: bool,
}

impl Found {
    /// Where the HO record stands.
    pub fn insurance_place(&self) -> Option<Place> {
        self.receipt.insurance.as_ref().and(self.places.get(1)).copied()
    }

    /// Where the KO record `index` stands.
    pub fn public_place(&self, index: usize) -> Option<Place> {
        let before = 1 + usize::from(self.receipt.insurance.is_some());
        self.places.get(before + index).copied()
    }

    /// Where the entry `index` stands.
    pub fn entry_place(&self, index: usize) -> Option<Place> {
        self.public_place(self.receipt.publics.len() + index)
    }
}
