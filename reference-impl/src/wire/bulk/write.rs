//! Writing, in the order of the layout.

use super::{
    BulkContent, BulkDownload, BulkEntry, BulkReceipt, BulkResult, BulkSearch, BulkUnit,
    BulkUpload, ConsentedList, ListedBy, Reception, UnitSearch,
};
use crate::wire::confirmation::{KEY, notice_element, person_element};
use crate::wire::element::Element;
use crate::wire::fields::message;
use crate::wire::header::plain_header;
use crate::wire::style::{Padding, Style};

/// Writes `01req`.
pub fn write_bulk_upload(upload: &BulkUpload, style: &Style) -> Vec<u8> {
    let date = match &upload.content {
        BulkContent::People { date, .. } => Some(date),
        BulkContent::Consented(_) | BulkContent::Tickets(_) => None,
    };
    let header = Element::new("MessageHeader")
        .maybe("QualificationConfirmationDate", date)
        .value("MedicalInstitutionCode", &upload.institution)
        .maybe("ArbitraryFileIdentifier", upload.file_id.as_ref());
    let body = Element::new("MessageBody");
    let body = match &upload.content {
        BulkContent::People { people, .. } => {
            body.with_all(people.iter().map(|person| entry(person, style.insurer_padding)))
        }
        BulkContent::Consented(list) => body.with(consented(list)),
        BulkContent::Tickets(month) => {
            body.with(search_info().value("MedicalTreatmentMonth", month))
        }
    };
    style.document(message(header, body))
}

fn search_info() -> Element {
    Element::new("QualificationConfirmSearchInfo")
}

/// A block that could not be read is written with what is left of it.
fn entry(entry: &BulkEntry, padding: Padding) -> Element {
    match entry {
        BulkEntry::Person(person) => search(person, padding),
        BulkEntry::Unreadable { person_id, .. } => {
            search_info().maybe("ArbitraryIdentifier", person_id.as_ref())
        }
    }
}

fn search(search: &BulkSearch, padding: Padding) -> Element {
    let limit = search.known_limit.as_ref().map(|known| {
        Element::new("LimitApplicationCertificateRelatedInfo")
            .maybe("LimitApplicationCertificateClassification", known.certificate.as_ref())
            .value("LimitApplicationCertificateClassificationFlag", &known.class)
    });
    search_info()
        .key(&KEY, &search.key, padding)
        .value("Birthdate", &search.birth)
        .maybe("LimitApplicationCertificateRelatedConsFlg", search.limit_consent.as_ref())
        .with_all(limit)
        .maybe("ArbitraryIdentifier", search.person_id.as_ref())
}

fn consented(list: &ConsentedList) -> Element {
    let (from, to) = match list.by {
        ListedBy::Consent => ("ConsentDateFrom", "ConsentDateTo"),
        ListedBy::Examination => ("ExaminationDateFrom", "ExaminationDateTo"),
    };
    search_info()
        .value(from, &list.from)
        .value(to, &list.to)
        .value("MedicalTreatmentFlag", &list.treatment)
}

/// Writes `01res`.
pub fn write_bulk_receipt(receipt: &BulkReceipt, style: &Style) -> Vec<u8> {
    let body = match &receipt.reception {
        Some(Reception { number, at }) => Element::new("MessageBody")
            .value("ReceptionNumber", number)
            .value("ReceptionDateTime", at),
        None => Element::new("MessageBody"),
    };
    style.document(message(plain_header(&receipt.header, style), body))
}

/// Writes `02req`.
pub fn write_bulk_download(download: &BulkDownload, style: &Style) -> Vec<u8> {
    let header = Element::new("MessageHeader")
        .value("MedicalInstitutionCode", &download.institution)
        .maybe("ArbitraryFileIdentifier", download.file_id.as_ref());
    let body = Element::new("MessageBody").value("ReceptionNumber", &download.reception);
    style.document(message(header, body))
}

/// Writes `02res`.
pub fn write_bulk_result(result: &BulkResult, style: &Style) -> Vec<u8> {
    let units = result.units.iter().map(|one| unit(one, style.insurer_padding));
    let body = Element::new("MessageBody").with_all(units);
    style.document(message(plain_header(&result.header, style), body))
}

fn unit(unit: &BulkUnit, padding: Padding) -> Element {
    let echo = unit.search.as_ref().map(|asked| match asked {
        UnitSearch::Person(person) => search(person, padding),
        UnitSearch::Only(id) => search_info().value("ArbitraryIdentifier", id),
    });
    let element = Element::new("BulkConfirmUnit")
        .with_all(echo)
        .value("ProcessingResultStatus", &unit.status);
    let names = ["ProcessingResultCode", "ProcessingResultMessage"];
    let numbers = unit.reference_numbers.iter();
    notice_element(element, names, unit.result.as_ref())
        .maybe("QualificationValidity", unit.validity.as_ref())
        .with_all(unit.people.iter().map(|person| person_element(person, padding)))
        .with_all(numbers.map(|number| Element::leaf("ReferenceNumber", number.as_str())))
}
