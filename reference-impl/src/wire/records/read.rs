//! Reading, in any order of elements.

use super::names::{LineNames, Names, names};
use super::{
    CareLine, DrugLine, PERSON, Records, RecordsAnswer, RecordsDay, RecordsMonth, RecordsRequest,
    RecordsSource,
};
use crate::calendar::Month;
use crate::wire::error::ReadError;
use crate::wire::fields::{Block, Message, Value};
use crate::wire::single::{check_in_xml, read_person, read_refusal, read_request_header};

/// Reads a request. Only the XML form of the answer is simulated, so a request for the
/// PDF form is an error of this document.
pub fn read_records_request(bytes: &[u8]) -> Result<RecordsRequest, ReadError> {
    let message = Message::read(bytes)?;
    let (institution, key, file_id) = read_request_header(message.header()?)?;
    let body = message.required_body()?;
    check_in_xml(body)?;
    let (from, to): (Month, Month) = (body.required("StartDate")?, body.required("EndDate")?);
    if to < from {
        return Err(body.error("has an EndDate before its StartDate"));
    }
    let prescriptions = body.optional("PrDiInfClassification")?.unwrap_or(true);
    let treatment = body.required("MedicalTreatmentFlag")?;
    Ok(RecordsRequest { institution, key, file_id, from, to, prescriptions, treatment })
}

/// Reads an answer.
pub fn read_records_answer(bytes: &[u8]) -> Result<RecordsAnswer, ReadError> {
    let message = Message::read(bytes)?;
    if let Some(notice) = read_refusal(&message)? {
        return Ok(RecordsAnswer::Refused(notice));
    }
    let person = read_person(&PERSON, message.header()?)?;
    let mut all = Vec::new();
    for source in RecordsSource::ALL {
        let names = names(*source);
        let Some(body) = message.body()? else { continue };
        let around = match names.outer {
            Some(outer) => body.block(outer)?,
            None => Some(body),
        };
        for block in around.iter().flat_map(|around| around.blocks(names.month_block)) {
            all.push(month(*source, names, block)?);
        }
    }
    Ok(RecordsAnswer::Given(Records { person, months: all }))
}

fn month(
    source: RecordsSource,
    names: &Names,
    month: Block<'_>,
) -> Result<RecordsMonth, ReadError> {
    let days = listed(month, names.days, names.day)?;
    Ok(RecordsMonth {
        source,
        origin: month.optional(names.origin)?,
        institution: month.required(names.institution)?,
        institution_name: month.optional(names.institution_name)?,
        prescriber: month.optional(names.prescriber)?,
        prescriber_name: month.optional(names.prescriber_name)?,
        prescribed_at: month.optional(names.prescribed_at)?,
        month: month.required(names.month)?,
        in_out: named(month, names.in_out)?,
        class: named(month, names.class)?,
        days: days.into_iter().map(|one| day(names, one)).collect::<Result<_, _>>()?,
    })
}

fn day(names: &Names, day: Block<'_>) -> Result<RecordsDay, ReadError> {
    let drugs = listed(day, names.drugs, names.drug)?;
    let care = listed(day, "MeTrInfs", "MeTrInf")?;
    Ok(RecordsDay {
        date: day.required(names.date)?,
        prescribed: named(day, names.prescribed)?,
        drugs: drugs.into_iter().map(|one| drug(&names.line, one)).collect::<Result<_, _>>()?,
        care: care.into_iter().map(self::care).collect::<Result<_, _>>()?,
    })
}

fn listed<'a>(block: Block<'a>, list: &str, item: &str) -> Result<Vec<Block<'a>>, ReadError> {
    let list = block.block(list)?;
    Ok(list.iter().flat_map(|list| list.blocks(item)).collect())
}

/// A value that not every list has.
fn named<T: Value>(block: Block<'_>, name: Option<&str>) -> Result<Option<T>, ReadError> {
    match name {
        Some(name) => block.optional(name),
        None => Ok(None),
    }
}

fn drug(names: &LineNames, line: Block<'_>) -> Result<DrugLine, ReadError> {
    Ok(DrugLine {
        code: line.required(names.code)?,
        name: line.required(names.name)?,
        ingredient: line.optional(names.ingredient)?,
        quantity: line.optional(names.quantity)?,
        unit: line.optional(names.unit)?,
        usage: line.optional(names.usage)?,
        instruction: line.optional(names.instruction)?,
        times: line.optional(names.times)?,
        class: line.optional(names.class)?,
    })
}

fn care(line: Block<'_>) -> Result<CareLine, ReadError> {
    Ok(CareLine {
        code: line.required("SinInfCd")?,
        name: line.required("SinInfN")?,
        class: line.optional("MeTrIdCl")?,
        quantity: line.optional("Qua1")?,
        unit: line.optional("Unit")?,
        times: line.optional("Times")?,
    })
}
