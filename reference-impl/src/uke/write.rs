//! Writes a [`ClaimFile`].

use super::error::{At, Problem};
use super::lines::{EOF_MARK, MAX_FILE_BYTES, MAX_RECORDS, TOO_LARGE, TOO_MANY_RECORDS};
use super::out::Out;
use super::read::{Reader, read};
use super::{ClaimError, ClaimFile, Form, Lines, Receipt};
use crate::lang::Bilingual;

const NO_PLACE: Problem = (
    "この形式のファイルには置けないレコードです",
    "a file of this form has no place for this record",
);
const DOES_NOT_FIT: Problem = (
    "項目に収まらない値があり、読み直すと別の値になります",
    "a value does not fit its item and would read back as another one",
);

/// The bytes of a claim file.
///
/// What it writes of a receipt it has read back and found equal, so a value that does not fit
/// its item (a note of three digits, an insurer number of nine) is an error and not a broken
/// file.
pub fn write(file: &ClaimFile) -> Result<Vec<u8>, ClaimError> {
    let form = file.form;
    let frame = form.frame();
    let mut out = Out::default();
    if let Some(record) = &file.reception {
        record.write(&mut out);
    }
    frame.header.write(&file.header, &mut out);
    if file.total_first {
        frame.total.write(&file.total, &mut out);
        if form != Form::VisitingNursing {
            out.refuse_now(NO_PLACE);
        }
    }
    let (header_records, header_bytes) = out.written();
    for receipt in &file.receipts {
        write_receipt(form, receipt, &mut out);
        let (records, bytes) = out.written();
        if bytes > MAX_FILE_BYTES {
            out.refuse_now(TOO_LARGE);
        } else if records >= MAX_RECORDS {
            out.refuse_now(TOO_MANY_RECORDS);
        }
        if let Some(error) = out.failed() {
            return Err(error.clone());
        }
    }
    let (records, end) = out.written();
    if !file.total_first {
        frame.total.write(&file.total, &mut out);
    }
    let around = [&out.since(0)[..header_bytes], out.since(end)].concat();
    if let Err(error) = around_fits(file, &around) {
        let behind = error.line > header_records;
        let (line, byte) =
            if behind { (records - header_records, end - header_bytes) } else { (0, 0) };
        out.refuse(ClaimError { line: error.line + line, byte: error.byte + byte, ..error });
    }
    if file.eof_mark {
        out.mark(EOF_MARK);
    }
    out.into_bytes()
}

/// Reads back what stands around the receipts.
fn around_fits(file: &ClaimFile, bytes: &[u8]) -> Result<(), ClaimError> {
    let again = read(bytes)?;
    let same = again.header == file.header && again.reception == file.reception;
    if same && again.total == file.total && again.form == file.form {
        return Ok(());
    }
    let id = file.form.header_id().as_bytes().try_into().ok();
    let line = 1 + usize::from(file.reception.is_some());
    Err(At { line, byte: 0, id }.error(Bilingual::new(DOES_NOT_FIT.0, DOES_NOT_FIT.1)))
}

/// Writes one receipt and reads it back.
fn write_receipt(form: Form, receipt: &Receipt, out: &mut Out) {
    let (line, start) = out.written();
    let frame = form.frame();
    frame.patient.write(receipt, out);
    if let Some(insurance) = &receipt.insurance {
        frame.insurance.write(insurance, out);
    }
    for public in &receipt.publics {
        frame.public.write(public, out);
    }
    for entry in &receipt.entries {
        if !entry.write(form, out) {
            out.begin_raw(entry.id());
            out.refuse_now(NO_PLACE);
            return;
        }
    }
    if out.failed().is_some() {
        return;
    }
    if let Err((at, fault)) = fits(form, receipt, out.since(start)) {
        let fault = fault.map(|fault| (fault.line + line, fault.byte + start, fault));
        match fault {
            Some((line, byte, fault)) => out.refuse(ClaimError { line, byte, ..fault }),
            None => {
                let place = Lines::of(out.since(start)).0.flatten().nth(at).map(|l| l.at());
                if let Some(place) = place {
                    let error = place.error(Bilingual::new(DOES_NOT_FIT.0, DOES_NOT_FIT.1));
                    let (line, byte) = (error.line + line, error.byte + start);
                    out.refuse(ClaimError { line, byte, ..error });
                }
            }
        }
    }
}

/// Reads one receipt back; which of its records, from 0, is another one, or what is wrong with
/// it.
fn fits(form: Form, receipt: &Receipt, bytes: &[u8]) -> Result<(), (usize, Option<ClaimError>)> {
    let again = Reader::receipt(form, Lines::of(bytes).0).map_err(|fault| (0, fault))?;
    if again == *receipt { Ok(()) } else { Err((first_other(receipt, &again), None)) }
}

/// The first record that is not the same, RE if all others are.
fn first_other(receipt: &Receipt, again: &Receipt) -> usize {
    let payers = usize::from(receipt.insurance.is_some());
    if receipt.insurance != again.insurance {
        return 1;
    }
    let other = |same: Option<usize>, before: usize| same.map(|at| before + at + 1);
    let public = receipt.publics.iter().zip(&again.publics).position(|(a, b)| a != b);
    let entry = receipt.entries.iter().zip(&again.entries).position(|(a, b)| a != b);
    let entry = other(entry, payers + receipt.publics.len());
    other(public, payers).or(entry).unwrap_or(0)
}
