//! Reading, in any order of elements and either padding.

use super::{
    BulkContent, BulkDownload, BulkEntry, BulkKind, BulkReceipt, BulkResult, BulkSearch, BulkUnit,
    BulkUpload, ConsentedList, KnownLimit, ListedBy, Reception, UnitSearch,
};
use crate::ids::ReferenceNumber;
use crate::wire::codes::TreatmentKind;
use crate::wire::confirmation::{KEY, read_notice, read_person};
use crate::wire::error::ReadError;
use crate::wire::fields::{Block, Message, Value};
use crate::wire::header::read_plain_header;

/// Reads `01req` of a kind of job, which its file name says.
pub fn read_bulk_upload(bytes: &[u8], kind: BulkKind) -> Result<BulkUpload, ReadError> {
    let message = Message::read(bytes)?;
    let header = message.header()?;
    let date = match kind {
        BulkKind::Confirmation => Some(header.required("QualificationConfirmationDate")?),
        _ => None,
    };
    let institution = header.required("MedicalInstitutionCode")?;
    let file_id = header.optional("ArbitraryFileIdentifier")?;
    let body = message.required_body()?;
    let content = match (kind, date) {
        (BulkKind::Confirmation, Some(date)) => {
            let people = body.blocks("QualificationConfirmSearchInfo").map(entry).collect();
            BulkContent::People { date, people }
        }
        (BulkKind::Tickets, _) => {
            let search = body.required_block("QualificationConfirmSearchInfo")?;
            BulkContent::Tickets(search.required("MedicalTreatmentMonth")?)
        }
        (kind, _) => {
            let search = body.required_block("QualificationConfirmSearchInfo")?;
            BulkContent::Consented(consented(search, kind)?)
        }
    };
    Ok(BulkUpload { institution, file_id, content })
}

fn entry(block: Block<'_>) -> BulkEntry {
    match search(block) {
        Ok(search) => BulkEntry::Person(search),
        Err(error) => {
            let person_id = block.optional("ArbitraryIdentifier").unwrap_or_default();
            BulkEntry::Unreadable { person_id, error }
        }
    }
}

fn search(search: Block<'_>) -> Result<BulkSearch, ReadError> {
    let limit = search.block("LimitApplicationCertificateRelatedInfo")?;
    let known = |limit: Block<'_>| {
        let certificate = limit.optional("LimitApplicationCertificateClassification")?;
        let class = limit.required("LimitApplicationCertificateClassificationFlag")?;
        Ok::<_, ReadError>(KnownLimit { certificate, class })
    };
    Ok(BulkSearch {
        key: search.key(&KEY)?,
        birth: search.required("Birthdate")?,
        limit_consent: search.optional("LimitApplicationCertificateRelatedConsFlg")?,
        known_limit: limit.map(known).transpose()?,
        person_id: search.optional("ArbitraryIdentifier")?,
    })
}

fn consented(search: Block<'_>, kind: BulkKind) -> Result<ConsentedList, ReadError> {
    let treatment: TreatmentKind = search.required("MedicalTreatmentFlag")?;
    if kind.treatment() != Some(treatment) {
        return Err(search.error("has a MedicalTreatmentFlag of another kind of care"));
    }
    // Only online care may be listed by the day of the examination.
    let examined = search.optional("ExaminationDateFrom")?.filter(|_| kind == BulkKind::OnlineCare);
    let (by, from, to) = match examined {
        Some(from) => (ListedBy::Examination, from, search.required("ExaminationDateTo")?),
        None => {
            let from = search.required("ConsentDateFrom")?;
            (ListedBy::Consent, from, search.required("ConsentDateTo")?)
        }
    };
    if to < from {
        return Err(search.error("ends before it begins"));
    }
    Ok(ConsentedList { treatment, by, from, to })
}

/// Reads `01res`.
pub fn read_bulk_receipt(bytes: &[u8]) -> Result<BulkReceipt, ReadError> {
    let message = Message::read(bytes)?;
    let header = read_plain_header(message.header()?, message.charset)?;
    let reception = match message.body()? {
        Some(body) => {
            let number = body.required("ReceptionNumber")?;
            Some(Reception { number, at: body.required("ReceptionDateTime")? })
        }
        None => None,
    };
    Ok(BulkReceipt { header, reception })
}

/// Reads `02req`.
pub fn read_bulk_download(bytes: &[u8]) -> Result<BulkDownload, ReadError> {
    let message = Message::read(bytes)?;
    let header = message.header()?;
    let institution = header.required("MedicalInstitutionCode")?;
    let file_id = header.optional("ArbitraryFileIdentifier")?;
    let reception = message.required_body()?.required("ReceptionNumber")?;
    Ok(BulkDownload { institution, file_id, reception })
}

/// Reads `02res`.
pub fn read_bulk_result(bytes: &[u8]) -> Result<BulkResult, ReadError> {
    let message = Message::read(bytes)?;
    let header = read_plain_header(message.header()?, message.charset)?;
    let units = match message.body()? {
        Some(body) => body.blocks("BulkConfirmUnit").map(unit).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    Ok(BulkResult { header, units })
}

fn unit(unit: Block<'_>) -> Result<BulkUnit, ReadError> {
    let people = unit.blocks("ResultOfQualificationConfirmation").map(read_person);
    let numbers = unit.blocks("ReferenceNumber").map(|block| {
        let number = ReferenceNumber::from_text(block.text());
        number.ok_or_else(|| block.error(format!("is not {}", ReferenceNumber::EXPECTED)))
    });
    Ok(BulkUnit {
        search: unit.block("QualificationConfirmSearchInfo")?.map(echo).transpose()?.flatten(),
        status: unit.required("ProcessingResultStatus")?,
        result: read_notice(unit, ["ProcessingResultCode", "ProcessingResultMessage"])?,
        validity: unit.optional("QualificationValidity")?,
        people: people.collect::<Result<_, _>>()?,
        reference_numbers: numbers.collect::<Result<_, _>>()?,
    })
}

/// Of a block that could not be read, only its `ArbitraryIdentifier` comes back.
fn echo(block: Block<'_>) -> Result<Option<UnitSearch>, ReadError> {
    if block.block("InsurerNumber")?.is_some() {
        return Ok(Some(UnitSearch::Person(search(block)?)));
    }
    Ok(block.optional("ArbitraryIdentifier")?.map(UnitSearch::Only))
}
