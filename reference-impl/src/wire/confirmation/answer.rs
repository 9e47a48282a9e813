//! What comes back, from the `res` folder or from the card reader's `face` folder.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::person::PersonResult;
use super::request::SearchInfo;
use crate::calendar::Jst;
use crate::ids::InstitutionCode;
use crate::wire::charset::Charset;
use crate::wire::codes::{PrescriptionForm, Reference, Segment, Status, Validity};

/// 資格確認結果 (section 3.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ConfirmationAnswer {
    /// `MessageHeader`.
    pub header: AnswerHeader,
    /// `MessageBody`; absent when the request as a whole failed.
    pub body: Option<AnswerBody>,
}

/// The header of an answer (section 3.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AnswerHeader {
    /// 処理実行日時, `ProcessExecutionTime`.
    pub executed: Jst,
    /// 資格確認日, `QualificationConfirmationDate`.
    pub confirmation_date: Date,
    /// 医療機関コード, `MedicalInstitutionCode`.
    pub institution: InstitutionCode,
    /// `ArbitraryFileIdentifier`: that of the request, or one the card reader made up.
    pub file_id: Option<String>,
    /// 照会区分, `ReferenceClassification` (OQSCD002).
    pub reference: Reference,
    /// 処理結果区分, `SegmentOfResult` (OQSCD003).
    pub segment: Segment,
    /// `ErrorCode` and `ErrorMessage`, only if the segment is not normal.
    pub error: Option<Notice>,
    /// `CharacterCodeIdentifier` (OQSCD005). Writing puts the character code of the style
    /// here, so that it never disagrees with the declaration.
    pub charset: Charset,
}

/// A code and its text. The official list of codes (別紙6-1) is not public.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Notice {
    /// The code; empty if only a text came.
    pub code: String,
    /// The text; empty if only a code came.
    pub message: String,
}

/// The body of an answer (section 3.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AnswerBody {
    /// 処理結果状況, `ProcessingResultStatus` (OQSCD004).
    pub status: Status,
    /// `ProcessingResultCode` and `ProcessingResultMessage`: an error, or a remark beside a
    /// normal status, such as a card certificate that is about to expire.
    pub result: Option<Notice>,
    /// 資格有効性, `QualificationValidity` (OQSCD006).
    pub validity: Option<Validity>,
    /// `PrescriptionIssueSelect` (OQSCD017), from wherever it stood.
    pub prescription: Option<PrescriptionForm>,
    /// The search of the request, repeated in answers to look-ups by number.
    pub search: Option<SearchInfo>,
    /// `ResultList`: the qualifications found.
    pub people: Vec<PersonResult>,
}
