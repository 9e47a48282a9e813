//! Reads a [`ClaimFile`], and as much as there is of a file with faults.

use super::entry::Entry;
use super::error::{Faults, Problem};
use super::form::DPC_RECORDS;
use super::items::Items;
use super::reading::{Found, Place, Reading};
use super::{
    ClaimError, ClaimFile, Form, Header, Insurance, Line, Lines, PublicPayer, Receipt, Record,
    ReviewBody, Total,
};
use crate::calendar::Month;
use crate::lang::Bilingual;

/// The most faults [`read_all`] tells before it stops reading.
pub const MAX_FAULTS: usize = 1000;

const NO_HEADER: Problem = (
    "ファイルはIR、YKまたはHMのレコードで始まらなければなりません",
    "a file starts with an IR, YK or HM record",
);
const NO_TOTAL: Problem = ("GOレコードがありません", "the file ends where a GO record must stand");
const AFTER_TOTAL: Problem =
    ("GOレコードの後にレコードがあります", "the record stands after the GO record");
const BETWEEN: Problem =
    ("レセプトの間には置けないレコードです", "the record has no place between the receipts");
const NO_RECEIPT: Problem = ("REレコードの前にレコードがあります", "an RE record must stand here");
const TWICE: Problem = ("同じレコードがレセプトに2件あります", "the receipt has this record twice");
const TOO_LATE: Problem =
    ("レセプトの中でこのレコードの位置が後ろすぎます", "the record comes too late in its receipt");
const DPC: Problem = (
    "DPCレセプト（RECEIPTD.UKE）のレコードです。DPCのファイルは扱いません",
    "this is a record of a DPC file (RECEIPTD.UKE), which is not supported",
);

/// Reads a claim file of any form: the header, the receipts in the record order of CLM-063 and
/// CLM-064, and GO. The first fault is told.
pub fn read(bytes: &[u8]) -> Result<ClaimFile, ClaimError> {
    let reading = Reader::read(bytes, 1);
    match reading.faults.into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(ClaimFile {
            form: reading.form,
            reception: reading.reception,
            header: reading.header,
            receipts: reading.receipts.into_iter().map(|found| found.receipt).collect(),
            total: reading.total.map(|(total, _)| total).unwrap_or_default(),
            total_first: reading.total_first,
            eof_mark: reading.eof_mark,
        }),
    }
}

/// Reads what there is of a claim file, and tells every fault of its form. A record at fault does
/// not keep the others from being read; after [`MAX_FAULTS`] faults reading stops.
pub fn read_all(bytes: &[u8]) -> Reading {
    Reader::read(bytes, MAX_FAULTS)
}

/// A file while it is read.
pub(super) struct Reader {
    form: Form,
    faults: Faults,
    reception: Option<Record>,
    header: Option<(Header, Place)>,
    receipts: Vec<Found>,
    total: Option<(Total, Place)>,
    total_first: bool,
    /// The rank of the last record of the receipt that has one.
    rank: u8,
}

impl Reader {
    fn read(bytes: &[u8], limit: usize) -> Reading {
        let (lines, eof_mark) = Lines::of(bytes);
        let mut reader = Self::of(form_of(lines.clone()), limit);
        let (mut last, mut cut_short) = (0, false);
        for line in lines {
            match line {
                Ok(line) => {
                    last = line.number;
                    reader.take(line);
                }
                Err(fault) => {
                    last = fault.line;
                    // At the very end only a record without its line end is at fault.
                    cut_short = fault.byte + usize::from(eof_mark) == bytes.len();
                    reader.faults.push(fault);
                }
            }
            if reader.faults.full() {
                break;
            }
        }
        let end = Line { number: last + 1, offset: bytes.len(), bytes: &[] };
        if reader.header.is_none() {
            reader.fault(&end, NO_HEADER);
        } else if reader.total.is_none() && !cut_short {
            reader.fault(&end, NO_TOTAL);
        }
        reader.finish(eof_mark)
    }

    fn of(form: Form, limit: usize) -> Self {
        let (reception, header, total) = (None, None, None);
        let faults = Faults::up_to(limit);
        let (receipts, total_first, rank) = (Vec::new(), false, 0);
        Self { form, faults, reception, header, receipts, total, total_first, rank }
    }

    fn finish(self, eof_mark: bool) -> Reading {
        // Without a receipt there is no first and last.
        let total_first = self.total_first && !self.receipts.is_empty();
        let cut = self.faults.full();
        let blank = || Header::blank(ReviewBody::Siif, Month::of(jiff::civil::Date::ZERO));
        let (header, header_place) = self.header.unzip();
        Reading {
            form: self.form,
            reception: self.reception,
            header: header.unwrap_or_else(blank),
            header_place,
            receipts: self.receipts,
            total: self.total,
            total_first,
            eof_mark,
            faults: self.faults.into_list(),
            cut,
        }
    }

    fn fault(&mut self, line: &Line<'_>, (ja, en): Problem) {
        let error = line.at().error(Bilingual::new(ja, en));
        self.faults.push(error.under(self.form.order_rule()));
    }

    fn take(&mut self, line: Line<'_>) {
        let id = line.id().unwrap_or_default();
        if self.total.is_some() && !self.total_first {
            return self.fault(&line, AFTER_TOTAL);
        }
        if id == self.form.header_id().as_bytes() {
            return self.header(line);
        }
        match &id {
            b"UK" if self.header.is_none() && self.reception.is_none() => {
                self.reception = self.raw(line);
            }
            _ if self.header.is_none() => {
                self.fault(&line, NO_HEADER);
                // What follows is read all the same; one fault is enough for the header.
                let header = Header::blank(ReviewBody::Siif, Month::of(jiff::civil::Date::ZERO));
                self.header =
                    Some((header, Place { line: line.number, byte: line.offset, faulty: true }));
                self.take(line);
            }
            b"GO" => self.total(line),
            b"IR" | b"YK" | b"HM" | b"UK" => self.fault(&line, BETWEEN),
            b"RE" => self.patient(line),
            id if DPC_RECORDS.contains(&id) => self.fault(&line, DPC),
            _ if self.receipts.is_empty() => self.fault(&line, NO_RECEIPT),
            _ => self.record(line, id),
        }
    }

    /// Reads with `read` and says where, and whether without a fault.
    fn placed<T>(
        &mut self,
        line: Line<'_>,
        read: impl FnOnce(&mut Self, Line<'_>) -> T,
    ) -> (T, Place) {
        let before = self.faults.count();
        let value = read(self, line);
        let faulty = self.faults.count() > before;
        (value, Place { line: line.number, byte: line.offset, faulty })
    }

    fn header(&mut self, line: Line<'_>) {
        if self.header.is_some() {
            return self.fault(&line, BETWEEN);
        }
        self.header = Some(self.placed(line, |reader, line| {
            let mut header = Header::blank(ReviewBody::Siif, Month::of(jiff::civil::Date::ZERO));
            reader.form.frame().header.read_into(Items::of(line, &mut reader.faults), &mut header);
            header
        }));
    }

    fn total(&mut self, line: Line<'_>) {
        if self.total.is_some() {
            return self.fault(&line, AFTER_TOTAL);
        }
        self.total_first = self.form == Form::VisitingNursing && self.receipts.is_empty();
        self.total = Some(self.placed(line, |reader, line| {
            let mut total = Total::default();
            reader.form.frame().total.read_into(Items::of(line, &mut reader.faults), &mut total);
            total
        }));
    }

    /// Starts a receipt.
    fn patient(&mut self, line: Line<'_>) {
        self.rank = 0;
        let (receipt, place) = self.placed(line, |reader, line| {
            let mut receipt = Receipt::blank(0, Month::of(jiff::civil::Date::ZERO));
            reader
                .form
                .frame()
                .patient
                .read_into(Items::of(line, &mut reader.faults), &mut receipt);
            receipt
        });
        self.receipts.push(Found { receipt, places: vec![place] });
    }

    /// Reads one more record of the last receipt.
    fn record(&mut self, line: Line<'_>, id: [u8; 2]) {
        let before = self.faults.count();
        self.in_order(&line, id);
        let frame = self.form.frame();
        let payers_closed =
            self.receipts.last().is_some_and(|found| !found.receipt.entries.is_empty());
        let items = Items::of(line, &mut self.faults);
        let read = match &id {
            b"HO" if !payers_closed => {
                let mut insurance = Insurance::default();
                frame.insurance.read_into(items, &mut insurance);
                Some(Piece::Insurance(insurance))
            }
            b"KO" if !payers_closed => {
                let mut public = PublicPayer::default();
                frame.public.read_into(items, &mut public);
                Some(Piece::Public(public))
            }
            _ => Entry::read(self.form, id, items).map(Piece::Entry),
        };
        let read = read.or_else(|| self.raw(line).map(Entry::Other).map(Piece::Entry));
        let Some(found) = self.receipts.last_mut() else { return };
        let twice = match read {
            Some(Piece::Insurance(insurance)) if found.receipt.insurance.is_none() => {
                found.receipt.insurance = Some(insurance);
                false
            }
            Some(Piece::Public(public)) => {
                found.receipt.publics.push(public);
                false
            }
            Some(Piece::Entry(entry)) => {
                found.receipt.entries.push(entry);
                false
            }
            Some(Piece::Insurance(_)) => true,
            None => return,
        };
        if twice {
            return self.fault(&line, TWICE);
        }
        let faulty = self.faults.count() > before;
        let place = Place { line: line.number, byte: line.offset, faulty };
        found.places.push(place);
    }

    fn in_order(&mut self, line: &Line<'_>, id: [u8; 2]) {
        let Some(rank) = self.form.rank(id) else { return };
        let entries = self.receipts.last().map_or(0, |found| found.receipt.entries.len());
        // HO and KO stand right behind RE, also where a record without a rank came first.
        if rank < self.rank || (rank <= 2 && entries > 0) {
            self.fault(line, TOO_LATE);
        }
        self.rank = self.rank.max(rank);
    }

    fn raw(&mut self, line: Line<'_>) -> Option<Record> {
        line.record().map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Reads the lines of one receipt back. `Err(None)` if they are something else.
    pub fn receipt(form: Form, lines: Lines<'_>) -> Result<Receipt, Option<ClaimError>> {
        let mut reader = Self::of(form, 1);
        let header = Header::blank(ReviewBody::Siif, Month::of(jiff::civil::Date::ZERO));
        reader.header = Some((header, Place { line: 0, byte: 0, faulty: false }));
        for line in lines {
            reader.take(line.map_err(Some)?);
        }
        if let Some(fault) = reader.faults.into_list().into_iter().next() {
            return Err(Some(fault));
        }
        let one = reader.receipts.len() == 1 && reader.total.is_none();
        reader.receipts.pop().filter(|_| one).map(|found| found.receipt).ok_or(None)
    }
}

/// A record of a receipt behind RE.
enum Piece {
    Insurance(Insurance),
    Public(PublicPayer),
    Entry(Entry),
}

/// The form of the file, by its header or else by the records only one form has. Only the first
/// hundred records are looked at.
fn form_of(lines: Lines<'_>) -> Form {
    let mut likely = None;
    for line in lines.take(100).flatten() {
        match &line.id().unwrap_or_default() {
            b"YK" => return Form::Pharmacy,
            b"HM" => return Form::VisitingNursing,
            b"IR" => {
                let mut items = line.bytes.split(|&byte| byte == b',');
                let (table, after) = (items.nth(3), items.count());
                // Where the fee table cannot be read, the number of items tells.
                let dental = match table {
                    Some(b"1") => false,
                    Some(b"3") => true,
                    _ => 4 + after == Form::Dental.frame().header.spec.items,
                };
                return if dental { Form::Dental } else { Form::Medical };
            }
            b"SH" | b"CZ" | b"KI" => likely = likely.or(Some(Form::Pharmacy)),
            b"HS" | b"SS" => likely = likely.or(Some(Form::Dental)),
            b"KA" | b"HJ" | b"RJ" => likely = likely.or(Some(Form::VisitingNursing)),
            _ => {}
        }
    }
    likely.unwrap_or(Form::Medical)
}
