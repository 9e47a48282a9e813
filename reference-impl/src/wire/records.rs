//! Drug and care information of one patient (`YZKsiquc01`, section 3.7): the request and
//! the XML form of its answer, as far as drugs from claims go.

use jiff::civil::Date;
use serde::Serialize;

use super::codes::{Sex, TreatmentKind};
use super::confirmation::Notice;
use super::element::Element;
use super::error::{Level, ReadError};
use super::fields::{Block, KeyNames, Message, message};
use super::style::Style;
use crate::calendar::Month;
use crate::ids::{InstitutionCode, InsuredKey};

/// What the parts of the key are called in this family.
const KEY: KeyNames = KeyNames {
    insurer: "InsurerNumber",
    symbol: "InsuranceCardSymbol",
    number: "InsuredPersonIdentificationNumber",
    branch: "BranchNumber",
};
/// `FileCategory` of an answer in XML; `1` asks for a PDF.
const XML: &str = "2";
/// `ResultCode` of a success. What else it may be is not known.
const SUCCESS: &str = "1";

/// A request for drug and care information, with the answer in XML.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecordsRequest {
    /// 医療機関コード.
    pub institution: InstitutionCode,
    /// 保険者番号, 記号, 番号 and 枝番, which stand in the header here.
    pub key: InsuredKey,
    /// `ArbitraryFileIdentifier`.
    pub file_id: Option<String>,
    /// First month, `StartDate`.
    pub from: Month,
    /// Last month, `EndDate`.
    pub to: Month,
    /// `MedicalTreatmentFlag` (OQSCD028).
    pub treatment: TreatmentKind,
}

/// The answer to a [`RecordsRequest`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordsAnswer {
    /// The information (`ResultCode` 1).
    Given(Records),
    /// `ResultCode` and `MessageContents` of a refusal, such as consent that has expired.
    Refused(Notice),
}

/// Whose information, and the drugs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Records {
    /// Whose it is, `QuaInf`.
    pub person: RecordsPerson,
    /// The drugs in the order of the document.
    pub drugs: Vec<DrugLine>,
}

/// `QuaInf`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecordsPerson {
    /// `Name`.
    pub name: String,
    /// `KanaName`.
    pub kana: Option<String>,
    /// `Birth`.
    pub birth: Date,
    /// `AdmGendCode` (OQSCD007).
    pub sex: Sex,
}

/// `DrugInf`, with the month and date blocks it stands in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DrugLine {
    /// The institution that dispensed it, `MeTrDiHCd`.
    pub institution: InstitutionCode,
    /// 診療年月, `MeTrMonth`.
    pub month: Month,
    /// The day, `DiDate`.
    pub date: Date,
    /// `DrugN`.
    pub name: String,
    /// `DrugC`: 9 digits of the claims master.
    pub code: String,
    /// `Qua1`.
    pub quantity: String,
    /// `Unit`.
    pub unit: String,
    /// `UsageN`.
    pub usage: Option<String>,
}

/// Writes a request.
pub fn write_records_request(request: &RecordsRequest, style: &Style) -> Vec<u8> {
    let header = Element::new("MessageHeader")
        .value("MedicalInstitutionCode", &request.institution)
        .key(&KEY, &request.key, style.insurer_padding)
        .maybe("ArbitraryFileIdentifier", request.file_id.as_ref());
    let body = Element::new("MessageBody")
        .value("StartDate", &request.from)
        .value("EndDate", &request.to)
        .with(Element::leaf("FileCategory", XML))
        .value("PrDiInfClassification", &true)
        .value("MedicalTreatmentFlag", &request.treatment);
    style.document(message(header, body))
}

/// Reads a request. Only the XML form of the answer is simulated, so a request for the
/// PDF form is an error of this document.
pub fn read_records_request(bytes: &[u8]) -> Result<RecordsRequest, ReadError> {
    let message = Message::read(bytes)?;
    let header = message.header()?;
    let institution = header.required("MedicalInstitutionCode")?;
    let key = header.key(&KEY)?;
    let file_id = header.optional("ArbitraryFileIdentifier")?;
    let body = message.required_body()?;
    if body.required::<String>("FileCategory")? != XML {
        return Err(body.error("asks in FileCategory for another form than XML (2)"));
    }
    let (from, to): (Month, Month) = (body.required("StartDate")?, body.required("EndDate")?);
    if to < from {
        return Err(body.error("has an EndDate before its StartDate"));
    }
    let treatment = body.required("MedicalTreatmentFlag")?;
    Ok(RecordsRequest { institution, key, file_id, from, to, treatment })
}

/// Writes an answer.
pub fn write_records_answer(answer: &RecordsAnswer, style: &Style) -> Vec<u8> {
    let header = Element::new("MessageHeader");
    let body = Element::new("MessageBody");
    style.document(match answer {
        RecordsAnswer::Given(records) => message(
            header.with(Element::leaf("ResultCode", SUCCESS)).with(person(&records.person)),
            body.with_all(months(&records.drugs)),
        ),
        RecordsAnswer::Refused(notice) => message(
            header.value("ResultCode", &notice.code).value("MessageContents", &notice.message),
            body,
        ),
    })
}

fn person(person: &RecordsPerson) -> Element {
    Element::new("QuaInf")
        .value("Name", &person.name)
        .maybe("KanaName", person.kana.as_ref())
        .value("Birth", &person.birth)
        .value("AdmGendCode", &person.sex)
}

/// Neighbours of the same institution and month share a block, so the order stays.
fn months(drugs: &[DrugLine]) -> impl Iterator<Item = Element> {
    let same = |a: &DrugLine, b: &DrugLine| a.institution == b.institution && a.month == b.month;
    drugs.chunk_by(same).filter_map(|drugs| {
        let first = drugs.first()?;
        let days = Element::new("DiDateInfs").with_all(days(drugs));
        let month = Element::new("MeTrMonthInf")
            .value("MeTrDiHCd", &first.institution)
            .value("MeTrMonth", &first.month);
        Some(month.with(days))
    })
}

fn days(drugs: &[DrugLine]) -> impl Iterator<Item = Element> {
    drugs.chunk_by(|a, b| a.date == b.date).filter_map(|drugs| {
        let lines = Element::new("DrugInfs").with_all(drugs.iter().map(line));
        Some(Element::new("DiDateInf").value("DiDate", &drugs.first()?.date).with(lines))
    })
}

fn line(drug: &DrugLine) -> Element {
    Element::new("DrugInf")
        .value("DrugC", &drug.code)
        .value("DrugN", &drug.name)
        .value("Qua1", &drug.quantity)
        .value("Unit", &drug.unit)
        .maybe("UsageN", drug.usage.as_ref())
}

/// Reads an answer. The parents of `ResultCode` and `MessageContents` are not known, so
/// they are looked for everywhere, as a published client does.
pub fn read_records_answer(bytes: &[u8]) -> Result<RecordsAnswer, ReadError> {
    let message = Message::read(bytes)?;
    let whole = message.whole(Level::Header);
    let text = |name| whole.descendant(name).map(|block| block.text().to_owned());
    let code = text("ResultCode").ok_or_else(|| whole.error("holds no ResultCode"))?;
    if code != SUCCESS {
        let message = text("MessageContents").unwrap_or_default();
        return Ok(RecordsAnswer::Refused(Notice { code, message }));
    }
    let person = read_person(message.header()?.required_block("QuaInf")?)?;
    let drugs = match message.body()? {
        Some(body) => read_drugs(body)?,
        None => Vec::new(),
    };
    Ok(RecordsAnswer::Given(Records { person, drugs }))
}

fn read_person(person: Block<'_>) -> Result<RecordsPerson, ReadError> {
    Ok(RecordsPerson {
        name: person.required("Name")?,
        kana: person.optional("KanaName")?,
        birth: person.required("Birth")?,
        sex: person.required("AdmGendCode")?,
    })
}

fn read_drugs(body: Block<'_>) -> Result<Vec<DrugLine>, ReadError> {
    let mut drugs = Vec::new();
    for month in body.blocks("MeTrMonthInf") {
        for day in listed(month, "DiDateInfs", "DiDateInf")? {
            for line in listed(day, "DrugInfs", "DrugInf")? {
                drugs.push(read_line(month, day, line)?);
            }
        }
    }
    Ok(drugs)
}

fn listed<'a>(block: Block<'a>, list: &str, item: &str) -> Result<Vec<Block<'a>>, ReadError> {
    let list = block.block(list)?;
    Ok(list.iter().flat_map(|list| list.blocks(item)).collect())
}

fn read_line(month: Block<'_>, day: Block<'_>, line: Block<'_>) -> Result<DrugLine, ReadError> {
    Ok(DrugLine {
        institution: month.required("MeTrDiHCd")?,
        month: month.required("MeTrMonth")?,
        date: day.required("DiDate")?,
        name: line.required("DrugN")?,
        code: line.required("DrugC")?,
        quantity: line.required("Qua1")?,
        unit: line.required("Unit")?,
        usage: line.optional("UsageN")?,
    })
}

#[cfg(test)]
mod tests;
