//! Health check-ups of one patient (特定健診, `TKKsiquc01`, section 3.7): the request and the
//! core of the XML answer.

use jiff::civil::Date;
use serde::Serialize;

use super::codes::TreatmentKind;
use super::confirmation::Notice;
use super::element::Element;
use super::error::ReadError;
use super::fields::{Block, Message, message};
use super::single::{
    PersonNames, RecordsPerson, check_in_xml, in_xml, read_person, read_refusal,
    read_request_header, refusal, request_header, success,
};
use super::style::Style;
use crate::ids::{InstitutionCode, InsuredKey};

/// What the parts of a person are called in this family.
const PERSON: PersonNames = PersonNames {
    block: "QualificationsInfo",
    name: "Name",
    kana: "KanasName",
    birth: "Birthday",
    sex: "AdministrativeGenderCode",
};

/// A request for check-ups, with the answer in XML.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CheckUpRequest {
    /// 医療機関コード.
    pub institution: InstitutionCode,
    /// 保険者番号, 記号, 番号 and 枝番, which stand in the header here.
    pub key: InsuredKey,
    /// `ArbitraryFileIdentifier`.
    pub file_id: Option<String>,
    /// `MedicalTreatmentFlag` (OQSCD028).
    pub treatment: TreatmentKind,
}

/// The answer to a [`CheckUpRequest`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckUpAnswer {
    /// The check-ups (`ResultCode` 1).
    Given(CheckUps),
    /// `ResultCode` and `MessageContents` of a refusal.
    Refused(Notice),
}

/// Whose check-ups, and what they found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CheckUps {
    /// Whose, `QualificationsInfo`.
    pub person: RecordsPerson,
    /// `SpecificHealthCheckupInfo`, in the order of the document.
    pub check_ups: Vec<CheckUp>,
}

/// One check-up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CheckUp {
    /// The day, `EffectiveTime`.
    pub date: Date,
    /// Findings and answers.
    pub items: Vec<CheckUpItem>,
}

/// `HealthCheckupResultAndQuestionInfo`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CheckUpItem {
    /// `ItemCode`: 17 characters of the JLAC10 list.
    pub code: String,
    /// `ItemName`.
    pub name: String,
    /// `DataType`, such as `PQ`.
    pub data_type: Option<String>,
    /// `DataValue`.
    pub value: Option<String>,
    /// `Unit`.
    pub unit: Option<String>,
    /// `Oid` of the list that a coded value is from.
    pub oid: Option<String>,
    /// `DataValueName`: what a coded value means.
    pub value_name: Option<String>,
}

/// Writes a request.
pub fn write_check_up_request(request: &CheckUpRequest, style: &Style) -> Vec<u8> {
    let CheckUpRequest { institution, key, file_id, treatment } = request;
    let header = request_header(institution, key, file_id.as_ref(), style);
    let body = in_xml(Element::new("MessageBody")).value("MedicalTreatmentFlag", treatment);
    style.document(message(header, body))
}

/// Reads a request. Only the XML form of the answer is simulated.
pub fn read_check_up_request(bytes: &[u8]) -> Result<CheckUpRequest, ReadError> {
    let message = Message::read(bytes)?;
    let (institution, key, file_id) = read_request_header(message.header()?)?;
    let body = message.required_body()?;
    check_in_xml(body)?;
    // A client that knows one kind of care only does not send it with check-ups.
    let treatment = body.optional("MedicalTreatmentFlag")?.unwrap_or(TreatmentKind::Outpatient);
    Ok(CheckUpRequest { institution, key, file_id, treatment })
}

/// Writes an answer.
pub fn write_check_up_answer(answer: &CheckUpAnswer, style: &Style) -> Vec<u8> {
    style.document(match answer {
        CheckUpAnswer::Given(given) => {
            let check_ups = given.check_ups.iter().map(check_up);
            success(&PERSON, &given.person, Element::new("MessageBody").with_all(check_ups))
        }
        CheckUpAnswer::Refused(notice) => refusal(notice),
    })
}

fn check_up(check_up: &CheckUp) -> Element {
    let items = check_up.items.iter().map(|item| {
        Element::new("HealthCheckupResultAndQuestionInfo")
            .value("ItemCode", &item.code)
            .value("ItemName", &item.name)
            .maybe("DataType", item.data_type.as_ref())
            .maybe("DataValue", item.value.as_ref())
            .maybe("Unit", item.unit.as_ref())
            .maybe("Oid", item.oid.as_ref())
            .maybe("DataValueName", item.value_name.as_ref())
    });
    Element::new("SpecificHealthCheckupInfo")
        .value("EffectiveTime", &check_up.date)
        .with(Element::new("HealthCheckupResultAndQuestionInfos").with_all(items))
}

/// Reads an answer. The parent of `SpecificHealthCheckupInfo` is not known; the body is taken.
pub fn read_check_up_answer(bytes: &[u8]) -> Result<CheckUpAnswer, ReadError> {
    let message = Message::read(bytes)?;
    if let Some(notice) = read_refusal(&message)? {
        return Ok(CheckUpAnswer::Refused(notice));
    }
    let person = read_person(&PERSON, message.header()?)?;
    let check_ups = match message.body()? {
        Some(body) => {
            let blocks = body.blocks("SpecificHealthCheckupInfo");
            blocks.map(read_check_up).collect::<Result<_, _>>()?
        }
        None => Vec::new(),
    };
    Ok(CheckUpAnswer::Given(CheckUps { person, check_ups }))
}

fn read_check_up(block: Block<'_>) -> Result<CheckUp, ReadError> {
    let list = block.block("HealthCheckupResultAndQuestionInfos")?;
    let items = list.iter().flat_map(|list| list.blocks("HealthCheckupResultAndQuestionInfo"));
    let read = |item: Block<'_>| {
        Ok(CheckUpItem {
            code: item.required("ItemCode")?,
            name: item.required("ItemName")?,
            data_type: item.optional("DataType")?,
            value: item.optional("DataValue")?,
            unit: item.optional("Unit")?,
            oid: item.optional("Oid")?,
            value_name: item.optional("DataValueName")?,
        })
    };
    let items = items.map(read).collect::<Result<_, ReadError>>()?;
    Ok(CheckUp { date: block.required("EffectiveTime")?, items })
}
