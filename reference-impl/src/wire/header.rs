//! The header of answers that are not eligibility answers: bulk jobs and registrations
//! (sections 3.4 and 3.5). Its parts differ from message to message, so all but the frame is
//! optional.

use jiff::civil::Date;
use serde::Serialize;

use super::charset::Charset;
use super::codes::Segment;
use super::confirmation::{Notice, notice_element, read_notice};
use super::element::Element;
use super::error::ReadError;
use super::fields::{Block, Message};
use super::style::Style;
use crate::calendar::Jst;
use crate::ids::{InstitutionCode, ReceptionNumber};

/// `MessageHeader` of such an answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PlainHeader {
    /// 処理実行日時, `ProcessExecutionTime`.
    pub executed: Jst,
    /// 資格確認日, `QualificationConfirmationDate`; in the result of a bulk confirmation.
    pub confirmation_date: Option<Date>,
    /// 医療機関コード, `MedicalInstitutionCode`.
    pub institution: InstitutionCode,
    /// `ArbitraryFileIdentifier` of the request.
    pub file_id: Option<String>,
    /// 受付番号, `ReceptionNumber`; in the result of a bulk job.
    pub reception: Option<ReceptionNumber>,
    /// 処理結果区分, `SegmentOfResult` (OQSCD003).
    pub segment: Segment,
    /// `ErrorCode` and `ErrorMessage`.
    pub error: Option<Notice>,
    /// How many persons there were; in the finished result of a bulk job.
    pub counts: Option<Counts>,
    /// `CharacterCodeIdentifier` (OQSCD005). Writing puts the character code of the style here.
    pub charset: Charset,
}

/// How many persons a bulk job had.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Counts {
    /// `NumberOfProcessingResult`.
    pub all: u32,
    /// `NumberOfNormalProcessing`.
    pub normal: u32,
    /// `NumberOfError`.
    pub errors: u32,
}

impl PlainHeader {
    /// A header that says that all went well.
    pub fn new(executed: Jst, institution: InstitutionCode) -> Self {
        Self {
            executed,
            confirmation_date: None,
            institution,
            file_id: None,
            reception: None,
            segment: Segment::Normal,
            error: None,
            counts: None,
            charset: Charset::Utf8,
        }
    }

    /// The same, for a request that failed as a whole.
    #[must_use]
    pub fn failed(self, error: Notice) -> Self {
        Self { segment: Segment::Abnormal, error: Some(error), counts: None, ..self }
    }
}

pub(super) fn plain_header(header: &PlainHeader, style: &Style) -> Element {
    let element = Element::new("MessageHeader")
        .value("ProcessExecutionTime", &header.executed)
        .maybe("QualificationConfirmationDate", header.confirmation_date.as_ref())
        .value("MedicalInstitutionCode", &header.institution)
        .maybe("ArbitraryFileIdentifier", header.file_id.as_ref())
        .maybe("ReceptionNumber", header.reception.as_ref())
        .value("SegmentOfResult", &header.segment);
    let counts = header.counts.as_ref();
    notice_element(element, ["ErrorCode", "ErrorMessage"], header.error.as_ref())
        .maybe("NumberOfProcessingResult", counts.map(|c| &c.all))
        .maybe("NumberOfNormalProcessing", counts.map(|c| &c.normal))
        .maybe("NumberOfError", counts.map(|c| &c.errors))
        .value("CharacterCodeIdentifier", &style.charset)
}

pub(super) fn read_plain_header(
    header: Block<'_>,
    charset: Charset,
) -> Result<PlainHeader, ReadError> {
    check_charset(header, charset)?;
    Ok(PlainHeader {
        executed: header.required("ProcessExecutionTime")?,
        confirmation_date: header.optional("QualificationConfirmationDate")?,
        institution: header.required("MedicalInstitutionCode")?,
        file_id: header.optional("ArbitraryFileIdentifier")?,
        reception: header.optional("ReceptionNumber")?,
        // Not every source has it in the receipt of a bulk job; what is not there did not fail.
        segment: header.optional("SegmentOfResult")?.unwrap_or(Segment::Normal),
        error: read_notice(header, ["ErrorCode", "ErrorMessage"])?,
        counts: counts(header)?,
        charset,
    })
}

fn counts(header: Block<'_>) -> Result<Option<Counts>, ReadError> {
    let Some(all) = header.optional("NumberOfProcessingResult")? else { return Ok(None) };
    let number = |name| Ok::<u32, ReadError>(header.optional(name)?.unwrap_or(0));
    let (normal, errors) = (number("NumberOfNormalProcessing")?, number("NumberOfError")?);
    Ok(Some(Counts { all, normal, errors }))
}

/// What an answer repeats of the header of its request, whatever else is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Echo {
    /// `QualificationConfirmationDate`, if there is a good one.
    pub confirmation_date: Option<Date>,
    /// `ArbitraryFileIdentifier`, by which some clients find the answer to their request.
    pub file_id: Option<String>,
}

/// Reads what an answer can repeat of a request; nothing of what cannot be read.
pub fn read_echo(bytes: &[u8]) -> Echo {
    let Ok(message) = Message::read(bytes) else { return Echo::default() };
    let Ok(header) = message.header() else { return Echo::default() };
    Echo {
        confirmation_date: header.optional("QualificationConfirmationDate").unwrap_or_default(),
        file_id: header.optional("ArbitraryFileIdentifier").unwrap_or_default(),
    }
}

/// A document whose header names another character code than it is written in is refused.
pub(super) fn check_charset(header: Block<'_>, charset: Charset) -> Result<(), ReadError> {
    let declared: Charset = header.required("CharacterCodeIdentifier")?;
    if declared == charset {
        return Ok(());
    }
    Err(header.error(format!(
        "says in CharacterCodeIdentifier that the document is {}, but it is {}",
        declared.xml_name(),
        charset.xml_name()
    )))
}
