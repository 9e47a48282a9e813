//! The file as a whole: who claims, the numbering, the sums, and receipts that are there twice
//! (CLM-020, CLM-026, CLM-074, CLM-096).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::report::{Report, Spot};
use crate::calendar::Month;
use crate::numbers::Prefecture;
use crate::register::Register;
use crate::uke::{Form, Found, Place, Reading, Receipt, ReceiptKind};

pub(super) fn check(register: &Register, reading: &Reading, report: &mut Report<'_>) {
    if let Some(header) = header(reading) {
        institution(reading, header, report);
        months(register, reading, report);
    }
    numbers(reading, report);
    total(reading, report);
    twice(register, reading, report);
}

/// The header, if it can be relied on.
fn header(reading: &Reading) -> Option<Spot> {
    Spot::of(reading.form.header_id(), reading.header_place).reliable()
}

fn institution(reading: &Reading, header: Spot, report: &mut Report<'_>) {
    let says = &reading.header;
    if Prefecture::from_code(&says.prefecture).is_none() {
        let ja = format!("都道府県「{}」はありません。01から47です", says.prefecture);
        let en = format!("there is no prefecture “{}”; they are 01 to 47", says.prefecture);
        report.add("CLM-096", header.item("都道府県"), ja, en);
    }
    let code = says.institution.as_bytes();
    if code.len() != 7 || !code.iter().all(u8::is_ascii_digit) {
        let ja = format!("医療機関コード「{}」は数字7桁ではありません", says.institution);
        let en = format!("the institution code “{}” does not have seven digits", says.institution);
        report.add("CLM-096", header.item("医療機関コード"), ja, en);
    }
}

/// CLM-074, CLM-026: the month of service lies before that of claiming, and not so far back that
/// the right to claim has lapsed.
fn months(register: &Register, reading: &Reading, report: &mut Report<'_>) {
    let claim = reading.header.claim_month;
    let policy = register.on(claim.first());
    for found in &reading.receipts {
        let Some(re) = patient(found) else { continue };
        let month = found.receipt.month;
        let spot = re.item("診療年月");
        if month >= claim {
            let latest = claim.plus(-1);
            let ja =
                format!("請求年月{claim}に対して{month}です。{latest}以前でなければなりません");
            let en =
                format!("it is {month} in a claim of {claim}; it has to be {latest} or earlier");
            report.add("CLM-074", spot, ja, en);
        } else if policy.claim_has_lapsed(month) {
            let ja = format!("{month}です。請求年月{claim}には請求権が時効により消滅しています");
            let en = format!("it is {month}; by {claim} the right to claim has lapsed");
            report.add("CLM-026", spot, ja, en);
        }
    }
}

fn patient(found: &Found) -> Option<Spot> {
    Spot::of("RE", found.places.first().copied()).reliable()
}

/// CLM-074: consecutive from 1. A number that is left out is told once, where it is due.
fn numbers(reading: &Reading, report: &mut Report<'_>) {
    let mut due = Some(1);
    for found in &reading.receipts {
        let number = found.receipt.number;
        let Some(re) = patient(found) else {
            due = due.and_then(|due| u32::checked_add(due, 1));
            continue;
        };
        if let Some(due) = due.filter(|due| *due != number) {
            let ja = format!("{number}です。{due}でなければなりません（1からの連番）");
            let en = format!("it is {number} where {due} is due; they count from 1");
            report.add("CLM-074", re.item("レセプト番号"), ja, en);
        }
        due = number.checked_add(1);
    }
}

/// CLM-074: GO says how many receipts there are and what they add up to.
fn total(reading: &Reading, report: &mut Report<'_>) {
    let Some((said, place)) = &reading.total else { return };
    let lost = |fault: &crate::uke::ClaimError| ["RE", "HO", "KO", ""].contains(&&*fault.record);
    if reading.cut || reading.form == Form::VisitingNursing || reading.faults.iter().any(lost) {
        return;
    }
    let Some(go) = Spot::of("GO", Some(*place)).reliable() else { return };
    let count = reading.receipts.len();
    let points: u64 = reading.receipts.iter().map(|f| u64::from(f.receipt.points())).sum();
    let item = match (u32::try_from(count) == Ok(said.receipts), points == said.points) {
        (true, true) => return,
        (false, _) => "総件数",
        (true, false) => "総合計点数",
    };
    let ja = format!(
        "{}件・{}点です。レセプトの合計は{count}件・{points}点です",
        said.receipts, said.points
    );
    let en = format!(
        "it says {} receipts and {} points; the receipts make {count} and {points}",
        said.receipts, said.points
    );
    report.add("CLM-074", go.item(item), ja, en);
}

/// What makes a receipt the only one of its kind (CLM-020).
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    /// Insurer, symbol, number and branch, or payer and recipient.
    who: [&'a str; 4],
    born: Date,
    /// The name, where many people share one number.
    name: &'a str,
    month: Month,
    inpatient: bool,
    prescriber: [&'a str; 3],
}

impl<'a> Key<'a> {
    fn of(register: &Register, receipt: &'a Receipt) -> Option<Self> {
        let policy = register.on(receipt.month.last());
        let unknown = |insurer| policy.is_unknown_insurer(insurer);
        let (who, shared) = match (&receipt.insurance, receipt.publics.first()) {
            (Some(ho), _) => {
                let branch = receipt.check().map_or("", |check| check.branch.as_str());
                let who = [ho.insurer.as_str(), ho.symbol.as_str(), ho.number.as_str(), branch];
                (who, unknown(&ho.insurer))
            }
            (None, Some(ko)) => ([ko.payer.as_str(), ko.recipient.as_str(), "", ""], false),
            (None, None) => return None,
        };
        let by = receipt.prescriber.as_deref();
        Some(Self {
            who,
            born: receipt.born,
            name: if shared { &receipt.name } else { "" },
            month: receipt.month,
            inpatient: ReceiptKind::from_code(&receipt.kind).is_some_and(|kind| kind.inpatient),
            prescriber: by.map_or([""; 3], |by| [&*by.prefecture, &*by.table, &*by.institution]),
        })
    }
}

fn twice(register: &Register, reading: &Reading, report: &mut Report<'_>) {
    let mut first: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for found in &reading.receipts {
        let faulty = |place: &Place| place.faulty;
        let Some(re) = patient(found).filter(|_| !found.places.iter().any(faulty)) else {
            continue;
        };
        let Some(key) = Key::of(register, &found.receipt) else { continue };
        let line = *first.entry(key).or_insert(re.line());
        if line != re.line() {
            let ja = format!(
                "{line}行目のレセプトと患者・負担者・診療年月・入外が同じです。1件にまとめます"
            );
            let en = format!(
                "patient, payer, month and setting are those of the receipt on line {line}; \
                 they make one receipt"
            );
            report.add("CLM-020", re, ja, en);
        }
    }
}
