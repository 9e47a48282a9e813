//! Writing, in the order of the layout.

use super::names::{LineNames, Names, names};
use super::{
    CareLine, DrugLine, PERSON, Records, RecordsAnswer, RecordsDay, RecordsMonth, RecordsRequest,
    RecordsSource,
};
use crate::wire::element::Element;
use crate::wire::fields::message;
use crate::wire::single::{in_xml, refusal, request_header, success};
use crate::wire::style::Style;

/// Writes a request.
pub fn write_records_request(request: &RecordsRequest, style: &Style) -> Vec<u8> {
    let RecordsRequest { institution, key, file_id, .. } = request;
    let header = request_header(institution, key, file_id.as_ref(), style);
    let body =
        Element::new("MessageBody").value("StartDate", &request.from).value("EndDate", &request.to);
    let body = in_xml(body)
        .value("PrDiInfClassification", &request.prescriptions)
        .value("MedicalTreatmentFlag", &request.treatment);
    style.document(message(header, body))
}

/// Writes an answer.
pub fn write_records_answer(answer: &RecordsAnswer, style: &Style) -> Vec<u8> {
    style.document(match answer {
        RecordsAnswer::Given(records) => success(&PERSON, &records.person, body(records)),
        RecordsAnswer::Refused(notice) => refusal(notice),
    })
}

fn body(records: &Records) -> Element {
    RecordsSource::ALL.iter().fold(Element::new("MessageBody"), |body, source| {
        let names = names(*source);
        let months = records.months.iter().filter(|month| month.source == *source);
        let months = months.map(|one| month(names, one));
        match names.outer {
            Some(outer) => body.with(Element::new(outer).with_all(months)),
            None => body.with_all(months),
        }
    })
}

fn month(names: &Names, month: &RecordsMonth) -> Element {
    let text = |name: Option<&'static str>, value: &Option<String>| {
        name.zip(value.clone()).map(|(name, value)| Element::leaf(name, value))
    };
    let days = month.days.iter().map(|one| day(names, one));
    Element::new(names.month_block)
        .maybe(names.origin, month.origin.as_ref())
        .value(names.institution, &month.institution)
        .maybe(names.institution_name, month.institution_name.as_ref())
        .maybe(names.prescriber, month.prescriber.as_ref())
        .maybe(names.prescriber_name, month.prescriber_name.as_ref())
        .maybe(names.prescribed_at, month.prescribed_at.as_ref())
        .value(names.month, &month.month)
        .with_all(text(names.in_out, &month.in_out))
        .with_all(text(names.class, &month.class))
        .with(Element::new(names.days).with_all(days))
}

fn day(names: &Names, day: &RecordsDay) -> Element {
    let prescribed = names.prescribed.map(|name| (name, day.prescribed.as_ref()));
    let element = Element::new(names.day).value(names.date, &day.date);
    let element = match prescribed {
        Some((name, date)) => element.maybe(name, date),
        None => element,
    };
    let drugs = day.drugs.iter().map(|one| drug(names.drug, &names.line, one));
    element
        .with(Element::new(names.drugs).with_all(drugs))
        .with(Element::new("MeTrInfs").with_all(day.care.iter().map(care)))
}

fn drug(block: &str, names: &LineNames, drug: &DrugLine) -> Element {
    Element::new(block)
        .value(names.code, &drug.code)
        .value(names.name, &drug.name)
        .maybe(names.ingredient, drug.ingredient.as_ref())
        .maybe(names.quantity, drug.quantity.as_ref())
        .maybe(names.unit, drug.unit.as_ref())
        .maybe(names.usage, drug.usage.as_ref())
        .maybe(names.instruction, drug.instruction.as_ref())
        .maybe(names.times, drug.times.as_ref())
        .maybe(names.class, drug.class.as_ref())
}

fn care(care: &CareLine) -> Element {
    Element::new("MeTrInf")
        .value("SinInfCd", &care.code)
        .value("SinInfN", &care.name)
        .maybe("MeTrIdCl", care.class.as_ref())
        .maybe("Qua1", care.quantity.as_ref())
        .maybe("Unit", care.unit.as_ref())
        .maybe("Times", care.times.as_ref())
}
