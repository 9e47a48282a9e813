//! Writes a [`ClaimFile`].

use super::layout::{self, Layout};
use super::{
    Check, ClaimError, ClaimFile, Comment, DayMarks, Disease, Header, Insurance, PublicPayer,
    Receipt, Record, Service, read, write_records,
};
use crate::calendar::compact;

/// The bytes of a claim file.
///
/// What it writes it has read back and found equal, so a value that does not fit its field
/// (a note of three digits, an insurer number of nine) is an error and not a broken file.
pub fn write(file: &ClaimFile) -> Result<Vec<u8>, ClaimError> {
    let mut records = vec![header(&file.header)];
    records.extend(file.receipts.iter().flat_map(receipt_records));
    records.push(total(file));
    let bytes = write_records(&records, file.eof_mark)?;
    let again = read(&bytes)?;
    if again == *file {
        return Ok(bytes);
    }
    Err(does_not_fit(file, &again, &bytes))
}

/// Names the first receipt that reads back differently, or else the header.
fn does_not_fit(file: &ClaimFile, again: &ClaimFile, bytes: &[u8]) -> ClaimError {
    let mut line = 1;
    let mut record = layout::IR.id;
    if file.header == again.header {
        let same = file.receipts.iter().zip(&again.receipts).take_while(|(a, b)| a == b);
        line += 1 + same.map(|(receipt, _)| receipt_records(receipt).len()).sum::<usize>();
        record = layout::RE.id;
    }
    let before = bytes.split_inclusive(|&byte| byte == b'\n').take(line - 1);
    ClaimError {
        line,
        record: record.to_owned(),
        field: None,
        byte: before.map(<[u8]>::len).sum(),
        problem: "a value does not fit its field and would read back as another one".to_owned(),
    }
}

/// The records of one receipt in the order of CLM-063.
pub(super) fn receipt_records(receipt: &Receipt) -> Vec<Record> {
    let mut records = vec![patient(receipt)];
    records.extend(receipt.insurance.as_ref().map(insurance));
    records.extend(receipt.publics.iter().map(public));
    records.extend(receipt.check.as_ref().map(check));
    records.extend(others(receipt, "SN"));
    records.push(days(&receipt.days));
    records.extend(others(receipt, "JD"));
    records.push(record(&layout::MF, [(2, receipt.charge.clone())]));
    records.extend(others(receipt, "GR"));
    records.extend(receipt.diseases.iter().map(disease));
    records.extend(receipt.services.iter().map(service));
    records.extend(receipt.comments.iter().map(comment));
    let early = |record: &&Record| layout::EARLY.contains(&record.id.as_str());
    records.extend(receipt.other.iter().filter(|record| !early(record)).cloned());
    records
}

fn others<'a>(receipt: &'a Receipt, id: &'a str) -> impl Iterator<Item = Record> + 'a {
    receipt.other.iter().filter(move |record| record.id == id).cloned()
}

fn header(header: &Header) -> Record {
    record(
        &layout::IR,
        [
            (2, header.payer.code().to_owned()),
            (3, header.prefecture.clone()),
            (4, header.table.clone()),
            (5, header.institution.clone()),
            (7, header.name.clone()),
            (8, header.claim_month.compact()),
            (9, "00".to_owned()),
            (10, header.phone.clone()),
        ],
    )
}

fn total(file: &ClaimFile) -> Record {
    let total = &file.total;
    record(
        &layout::GO,
        [(2, total.receipts.to_string()), (3, total.points.to_string()), (4, "99".to_owned())],
    )
}

fn patient(receipt: &Receipt) -> Record {
    record(
        &layout::RE,
        [
            (2, receipt.number.to_string()),
            (3, receipt.kind.clone()),
            (4, receipt.month.compact()),
            (5, receipt.name.clone()),
            (6, receipt.sex.code().to_owned()),
            (7, compact(receipt.born)),
            (8, optional(receipt.benefit_percent)),
            (12, receipt.notes.concat()),
            (14, receipt.chart_number.clone()),
            (37, receipt.kana.clone()),
        ],
    )
}

fn insurance(insurance: &Insurance) -> Record {
    record(
        &layout::HO,
        [
            (2, insurance.insurer.padded(' ')),
            (3, insurance.symbol.to_string()),
            (4, insurance.number.to_string()),
            (5, insurance.days.to_string()),
            (6, insurance.points.to_string()),
            (12, optional(insurance.charged_yen)),
        ],
    )
}

fn public(public: &PublicPayer) -> Record {
    record(
        &layout::KO,
        [
            (2, public.payer.to_string()),
            (3, public.recipient.to_string()),
            (5, public.days.to_string()),
            (6, public.points.to_string()),
            (7, optional(public.charged_yen)),
            (8, optional(public.outpatient_yen)),
        ],
    )
}

fn check(check: &Check) -> Record {
    let insurer = &check.insurer;
    record(
        &layout::SN,
        [
            (2, check.payer_kind.to_string()),
            (3, check.confirmation.code().to_owned()),
            (4, if insurer.is_empty() { String::new() } else { insurer.padded(' ') }),
            (5, check.symbol.to_string()),
            (6, check.number.to_string()),
            (7, check.branch.to_string()),
            (8, check.recipient.clone()),
        ],
    )
}

fn days(days: &DayMarks) -> Record {
    let marks = days.marks.iter().map(|mark| mark.code().to_owned());
    let kind = (2, days.payer_kind.to_string());
    record(&layout::JD, std::iter::once(kind).chain((layout::JD_FIRST_DAY..).zip(marks)))
}

fn disease(disease: &Disease) -> Record {
    record(
        &layout::SY,
        [
            (2, disease.code.clone()),
            (3, compact(disease.started)),
            (4, disease.outcome.code().to_owned()),
            (5, disease.modifiers.clone()),
            (6, disease.name.clone()),
            (7, if disease.main { "01".to_owned() } else { String::new() }),
            (8, disease.comment.clone()),
        ],
    )
}

fn service(service: &Service) -> Record {
    let first = [
        (2, service.identification.clone()),
        (3, service.burden.clone()),
        (4, service.code.clone()),
        (5, optional(service.quantity)),
        (6, optional(service.points)),
        (7, service.count.to_string()),
    ];
    let comments = service.comments.iter().flat_map(|c| [c.code.clone(), c.text.clone()]);
    let per_day = service.per_day.iter().map(|&n| optional((n > 0).then_some(n)));
    record(
        &layout::SI,
        first
            .into_iter()
            .chain((layout::SI_FIRST_COMMENT..).zip(comments))
            .chain((layout::SI_FIRST_DAY..).zip(per_day)),
    )
}

fn comment(comment: &Comment) -> Record {
    record(
        &layout::CO,
        [
            (2, comment.identification.clone()),
            (3, comment.burden.clone()),
            (4, comment.code.clone()),
            (5, comment.text.clone()),
        ],
    )
}

/// A record with the given items and every other one of its layout empty (CLM-062).
fn record(layout: &Layout, values: impl IntoIterator<Item = (usize, String)>) -> Record {
    let mut fields = vec![String::new(); layout.items - 1];
    for (item, value) in values {
        fields[item - 2] = value;
    }
    Record { id: layout.id.to_owned(), fields }
}

fn optional(number: Option<impl ToString>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
