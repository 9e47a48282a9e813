//! Reads a [`ClaimFile`].

use super::items::{Items, error};
use super::{
    Check, ClaimError, ClaimFile, Comment, Confirmation, DAYS, DayMark, DayMarks, Disease, Header,
    Insurance, Line, Outcome, PublicPayer, Receipt, Record, ReviewBody, Service, ServiceComment,
    Sex, Total, layout, read_records,
};
use crate::ids::InsurerNumber;

/// Reads a claim file: IR, the receipts in the record order of CLM-063, GO.
pub fn read(bytes: &[u8]) -> Result<ClaimFile, ClaimError> {
    let raw = read_records(bytes)?;
    let too_few = || ClaimError {
        line: raw.lines.len() + 1,
        record: String::new(),
        field: None,
        byte: bytes.len(),
        problem: "the file ends where an IR or a GO record must stand".to_owned(),
    };
    let (first, rest) = raw.lines.split_first().ok_or_else(too_few)?;
    let (last, middle) = rest.split_last().ok_or_else(too_few)?;
    let header = header(first)?;
    let total = total(last)?;
    let chunks = middle.chunk_by(|_, next| next.record.id != layout::RE.id);
    let receipts = chunks.filter_map(|chunk| chunk.split_first());
    Ok(ClaimFile {
        header,
        receipts: receipts.map(|(first, rest)| receipt(first, rest)).collect::<Result<_, _>>()?,
        total,
        eof_mark: raw.eof_mark,
    })
}

fn header(line: &Line) -> Result<Header, ClaimError> {
    let items = Items::new(line, &layout::IR)?;
    items.fixed(9, "00")?;
    Ok(Header {
        payer: items.code(2, ReviewBody::from_code)?,
        prefecture: items.string(3),
        table: items.string(4),
        institution: items.string(5),
        name: items.string(7),
        claim_month: items.month(8)?,
        phone: items.string(10),
    })
}

fn total(line: &Line) -> Result<Total, ClaimError> {
    let items = Items::new(line, &layout::GO)?;
    items.fixed(4, "99")?;
    Ok(Total { receipts: items.number(2)?, points: items.number(3)? })
}

/// One receipt from its lines, of which the first must be RE.
fn receipt(first: &Line, rest: &[Line]) -> Result<Receipt, ClaimError> {
    let items = Items::new(first, &layout::RE)?;
    let mut parts = Parts::default();
    in_order(rest)?;
    for line in rest {
        parts.take(line)?;
    }
    parts.other.sort_by_key(|record| layout::early_rank(&record.id));
    let missing = |id: &str| error(first, None, format!("the receipt has no {id} record"));
    Ok(Receipt {
        number: items.number(2)?,
        kind: items.string(3),
        month: items.month(4)?,
        name: items.string(5),
        sex: items.code(6, Sex::from_code)?,
        born: items.date(7)?,
        benefit_percent: items.optional_number(8)?,
        notes: items.pairs(12)?,
        chart_number: items.string(14),
        kana: items.string(37),
        insurance: parts.insurance,
        publics: parts.publics,
        check: parts.check,
        days: parts.days.ok_or_else(|| missing(layout::JD.id))?,
        charge: parts.charge.ok_or_else(|| missing(layout::MF.id))?,
        diseases: parts.diseases,
        services: parts.services,
        comments: parts.comments,
        other: parts.other,
    })
}

/// Whether the records that have a place in the order stand in it.
fn in_order(lines: &[Line]) -> Result<(), ClaimError> {
    let mut highest = 0;
    for line in lines {
        let Some(rank) = layout::rank(&line.record.id) else { continue };
        if rank < highest {
            return Err(error(line, None, "the record comes too late in its receipt".to_owned()));
        }
        highest = rank;
    }
    Ok(())
}

/// What has been read of a receipt after its RE record.
#[derive(Default)]
struct Parts {
    insurance: Option<Insurance>,
    publics: Vec<PublicPayer>,
    check: Option<Check>,
    days: Option<DayMarks>,
    charge: Option<String>,
    diseases: Vec<Disease>,
    services: Vec<Service>,
    comments: Vec<Comment>,
    other: Vec<Record>,
}

impl Parts {
    fn take(&mut self, line: &Line) -> Result<(), ClaimError> {
        match line.record.id.as_str() {
            "HO" => once(&mut self.insurance, line, insurance(line)?)?,
            "KO" => self.publics.push(public(line)?),
            "SN" if self.check.is_none() => self.check = Some(check(line)?),
            "JD" if self.days.is_none() => self.days = Some(days(line)?),
            "MF" => once(&mut self.charge, line, Items::new(line, &layout::MF)?.string(2))?,
            "SY" => self.diseases.push(disease(line)?),
            "SI" => self.services.push(service(line)?),
            "CO" => self.comments.push(comment(line)?),
            "IR" | "GO" => {
                let problem = "the record stands between the receipts".to_owned();
                return Err(error(line, None, problem));
            }
            _ => self.other.push(line.record.clone()),
        }
        Ok(())
    }
}

fn once<T>(slot: &mut Option<T>, line: &Line, value: T) -> Result<(), ClaimError> {
    if slot.replace(value).is_none() {
        return Ok(());
    }
    Err(error(line, None, "the receipt has this record twice".to_owned()))
}

fn insurance(line: &Line) -> Result<Insurance, ClaimError> {
    let items = Items::new(line, &layout::HO)?;
    Ok(Insurance {
        insurer: items.insurer(2)?,
        symbol: items.text(3).into(),
        number: items.text(4).into(),
        days: items.number(5)?,
        points: items.number(6)?,
        charged_yen: items.optional_number(12)?,
    })
}

fn public(line: &Line) -> Result<PublicPayer, ClaimError> {
    let items = Items::new(line, &layout::KO)?;
    Ok(PublicPayer {
        payer: items.text(2).into(),
        recipient: items.text(3).into(),
        days: items.number(5)?,
        points: items.number(6)?,
        charged_yen: items.optional_number(7)?,
        outpatient_yen: items.optional_number(8)?,
    })
}

fn check(line: &Line) -> Result<Check, ClaimError> {
    let items = Items::new(line, &layout::SN)?;
    let named = !items.text(4).is_empty();
    Ok(Check {
        payer_kind: items.number(2)?,
        confirmation: items.code(3, Confirmation::from_code)?,
        insurer: if named { items.insurer(4)? } else { InsurerNumber::default() },
        symbol: items.text(5).into(),
        number: items.text(6).into(),
        branch: items.text(7).into(),
        recipient: items.string(8),
    })
}

fn days(line: &Line) -> Result<DayMarks, ClaimError> {
    let items = Items::new(line, &layout::JD)?;
    let mut marks = [DayMark::None; DAYS];
    for (mark, item) in marks.iter_mut().zip(layout::JD_FIRST_DAY..) {
        *mark = items.code(item, DayMark::from_code)?;
    }
    Ok(DayMarks { payer_kind: items.number(2)?, marks })
}

fn disease(line: &Line) -> Result<Disease, ClaimError> {
    let items = Items::new(line, &layout::SY)?;
    let main = |code: &str| match code {
        "" => Some(false),
        "01" => Some(true),
        _ => None,
    };
    Ok(Disease {
        code: items.string(2),
        started: items.date(3)?,
        outcome: items.code(4, Outcome::from_code)?,
        modifiers: items.string(5),
        name: items.string(6),
        main: items.code(7, main)?,
        comment: items.string(8),
    })
}

fn service(line: &Line) -> Result<Service, ClaimError> {
    let items = Items::new(line, &layout::SI)?;
    let mut per_day = [0; DAYS];
    for (count, item) in per_day.iter_mut().zip(layout::SI_FIRST_DAY..) {
        *count = match items.optional_number(item)? {
            Some(0) => return Err(items.error(item, "a day without the service stays empty")),
            count => count.unwrap_or(0),
        };
    }
    let mut comments = <[ServiceComment; 3]>::default();
    for (comment, item) in comments.iter_mut().zip((layout::SI_FIRST_COMMENT..).step_by(2)) {
        *comment = ServiceComment { code: items.string(item), text: items.string(item + 1) };
    }
    Ok(Service {
        identification: items.string(2),
        burden: items.string(3),
        code: items.string(4),
        quantity: items.optional_number(5)?,
        points: items.optional_number(6)?,
        count: items.number(7)?,
        comments,
        per_day,
    })
}

fn comment(line: &Line) -> Result<Comment, ClaimError> {
    let items = Items::new(line, &layout::CO)?;
    Ok(Comment {
        identification: items.string(2),
        burden: items.string(3),
        code: items.string(4),
        text: items.string(5),
    })
}
