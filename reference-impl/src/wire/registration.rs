//! Registration of a reference number for one patient (照会番号登録, `OQSsiimm01`, section 3.5).

use serde::{Deserialize, Serialize};

use super::codes::Status;
use super::confirmation::{KEY, Notice, notice_element, read_notice};
use super::element::Element;
use super::error::ReadError;
use super::fields::{Message, message};
use super::header::{PlainHeader, plain_header, read_plain_header};
use super::style::Style;
use crate::ids::{InstitutionCode, InsuredKey, ReferenceNumber};

/// Sources disagree on whether the single form has this wrapper, so both are read.
const WRAPPER: &str = "ReferenceNumberRegistrationInfo";

/// Whether the person of a single registration stands in a block of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RegistrationForm {
    /// In `ReferenceNumberRegistrationInfo`, as in the bulk form.
    #[default]
    Wrapped,
    /// Directly in the message body.
    Bare,
}

/// The registration of a reference number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RegistrationRequest {
    /// 医療機関コード.
    pub institution: InstitutionCode,
    /// `ArbitraryFileIdentifier`, which the answer repeats.
    pub file_id: Option<String>,
    /// 照会番号.
    pub number: ReferenceNumber,
    /// The qualification it is registered for: the one that was just confirmed.
    pub key: InsuredKey,
}

/// The answer to a registration.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RegistrationAnswer {
    /// `MessageHeader`.
    pub header: PlainHeader,
    /// What became of it; none if the request as a whole failed.
    pub body: Option<RegistrationBody>,
}

/// What became of a registration.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RegistrationBody {
    /// 処理結果状況, `ProcessingResultStatus` (OQSCD004).
    pub status: Status,
    /// `ProcessingResultCode` and `ProcessingResultMessage`.
    pub result: Option<Notice>,
    /// `ReferenceNumber`, which may be repeated.
    pub number: Option<ReferenceNumber>,
}

/// Writes a request.
pub fn write_registration_request(request: &RegistrationRequest, style: &Style) -> Vec<u8> {
    let header = Element::new("MessageHeader")
        .value("MedicalInstitutionCode", &request.institution)
        .maybe("ArbitraryFileIdentifier", request.file_id.as_ref());
    let person = |element: Element| {
        element.value("ReferenceNumber", &request.number).key(
            &KEY,
            &request.key,
            style.insurer_padding,
        )
    };
    let body = Element::new("MessageBody");
    let body = match style.registration {
        RegistrationForm::Wrapped => body.with(person(Element::new(WRAPPER))),
        RegistrationForm::Bare => person(body),
    };
    style.document(message(header, body))
}

/// Reads a request, with the wrapper or without.
pub fn read_registration_request(bytes: &[u8]) -> Result<RegistrationRequest, ReadError> {
    let message = Message::read(bytes)?;
    let header = message.header()?;
    let institution = header.required("MedicalInstitutionCode")?;
    let file_id = header.optional("ArbitraryFileIdentifier")?;
    let body = message.required_body()?;
    let person = body.block(WRAPPER)?.unwrap_or(body);
    let (number, key) = (person.required("ReferenceNumber")?, person.key(&KEY)?);
    Ok(RegistrationRequest { institution, file_id, number, key })
}

/// Writes an answer.
pub fn write_registration_answer(answer: &RegistrationAnswer, style: &Style) -> Vec<u8> {
    let body = Element::new("MessageBody");
    let body = match &answer.body {
        Some(answer) => {
            let names = ["ProcessingResultCode", "ProcessingResultMessage"];
            let body = body.value("ProcessingResultStatus", &answer.status);
            notice_element(body, names, answer.result.as_ref())
                .maybe("ReferenceNumber", answer.number.as_ref())
        }
        None => body,
    };
    style.document(message(plain_header(&answer.header, style), body))
}

/// Reads an answer.
pub fn read_registration_answer(bytes: &[u8]) -> Result<RegistrationAnswer, ReadError> {
    let message = Message::read(bytes)?;
    let header = read_plain_header(message.header()?, message.charset)?;
    let body = match message.body()? {
        Some(body) => Some(RegistrationBody {
            status: body.required("ProcessingResultStatus")?,
            result: read_notice(body, ["ProcessingResultCode", "ProcessingResultMessage"])?,
            number: body.optional("ReferenceNumber")?,
        }),
        None => None,
    };
    Ok(RegistrationAnswer { header, body })
}
