//! Bulk jobs (sections 3.4 and 3.6): confirmation of many persons, the lists of consented
//! persons, and the tickets of medical aid. All four have the same four messages.
//!
//! `01req` hands a job in and `01res` gives its reception number; `02req` asks for the result
//! and `02res` is either "in process", after which a *new* `02req` is written, or the result.

mod read;
mod write;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::{CertificateKind, LimitClass, Status, TreatmentKind, Validity};
use super::confirmation::{Notice, PersonResult};
use super::error::ReadError;
use super::header::PlainHeader;
use crate::calendar::{Jst, Month};
use crate::ids::{InstitutionCode, InsuredKey, ReceptionNumber, ReferenceNumber};

pub use read::{read_bulk_download, read_bulk_receipt, read_bulk_result, read_bulk_upload};
pub use write::{write_bulk_download, write_bulk_receipt, write_bulk_result, write_bulk_upload};

/// What a bulk job is about; each has its own file names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulkKind {
    /// 資格確認一括照会, `OQSmuquc`.
    Confirmation,
    /// 同意済資格情報一括取得 for home visits, `OQSmuhvq`.
    HomeVisit,
    /// The same for online care, `OQSmuonq`.
    OnlineCare,
    /// 委託先資格情報の一括取得, the month's tickets of medical aid, `OQSmutic`.
    Tickets,
}

impl BulkKind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Confirmation, Self::HomeVisit, Self::OnlineCare, Self::Tickets];

    /// The kind of care whose consents are listed.
    pub fn treatment(self) -> Option<TreatmentKind> {
        match self {
            Self::HomeVisit => Some(TreatmentKind::HomeVisit),
            Self::OnlineCare => Some(TreatmentKind::Online),
            Self::Confirmation | Self::Tickets => None,
        }
    }
}

/// `01req`: a job.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BulkUpload {
    /// 医療機関コード.
    pub institution: InstitutionCode,
    /// `ArbitraryFileIdentifier`, which every answer of the job repeats.
    pub file_id: Option<String>,
    /// What is asked.
    pub content: BulkContent,
}

/// What a job asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulkContent {
    /// The eligibility of these persons on a day.
    People {
        /// 資格確認日.
        date: Date,
        /// Whom; a person whose block cannot be read does not spoil the others.
        people: Vec<BulkEntry>,
    },
    /// Who consented.
    Consented(ConsentedList),
    /// The tickets of a month of treatment.
    Tickets(Month),
}

impl BulkContent {
    /// The kind of job this is.
    pub fn kind(&self) -> BulkKind {
        match self {
            Self::People { .. } => BulkKind::Confirmation,
            Self::Consented(list) if list.treatment == TreatmentKind::Online => {
                BulkKind::OnlineCare
            }
            Self::Consented(_) => BulkKind::HomeVisit,
            Self::Tickets(_) => BulkKind::Tickets,
        }
    }
}

/// One `QualificationConfirmSearchInfo` of a bulk confirmation, or why it is none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulkEntry {
    /// A person to look for.
    Person(BulkSearch),
    /// A block that cannot be read.
    Unreadable {
        /// `ArbitraryIdentifier`, if at least that could be read.
        person_id: Option<String>,
        /// What is wrong with it.
        error: ReadError,
    },
}

/// A person to look for, in bulk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BulkSearch {
    /// 保険者番号, 記号, 番号 and 枝番.
    pub key: InsuredKey,
    /// 生年月日, `Birthdate`.
    pub birth: Date,
    /// 限度額適用認定証提供同意フラグ (OQSCD001), which not every client sends in bulk.
    pub limit_consent: Option<bool>,
    /// The limit class the institution knows, to be told whether it has changed.
    pub known_limit: Option<KnownLimit>,
    /// `ArbitraryIdentifier`, which the answer repeats.
    pub person_id: Option<String>,
}

/// A limit class that the institution knows already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct KnownLimit {
    /// `LimitApplicationCertificateClassification` (OQSCD011).
    pub certificate: Option<CertificateKind>,
    /// `LimitApplicationCertificateClassificationFlag` (OQSCD012).
    pub class: LimitClass,
}

/// Which consents to list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ConsentedList {
    /// `MedicalTreatmentFlag`: home visits (2) or online care (3).
    pub treatment: TreatmentKind,
    /// What the two days are days of.
    pub by: ListedBy,
    /// First day, included.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
}

/// What a consented list goes by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListedBy {
    /// `ConsentDateFrom` and `ConsentDateTo`.
    Consent,
    /// `ExaminationDateFrom` and `ExaminationDateTo`; online care only.
    Examination,
}

/// `01res`: what became of a job that was handed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BulkReceipt {
    /// `MessageHeader`.
    pub header: PlainHeader,
    /// 受付番号 and 受付日時; none if the job was refused.
    pub reception: Option<Reception>,
}

/// A job that was taken in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reception {
    /// `ReceptionNumber`.
    pub number: ReceptionNumber,
    /// `ReceptionDateTime`.
    pub at: Jst,
}

/// `02req`: asks for the result of a job.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BulkDownload {
    /// 医療機関コード.
    pub institution: InstitutionCode,
    /// `ArbitraryFileIdentifier`; not every client sends one here.
    pub file_id: Option<String>,
    /// The job.
    pub reception: ReceptionNumber,
}

/// `02res`: in process, failed, or the result.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BulkResult {
    /// `MessageHeader`.
    pub header: PlainHeader,
    /// One block for each person of the job.
    pub units: Vec<BulkUnit>,
}

/// `BulkConfirmUnit`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BulkUnit {
    /// Whom this answers; lists have none.
    pub search: Option<UnitSearch>,
    /// 処理結果状況, `ProcessingResultStatus` (OQSCD004).
    pub status: Status,
    /// `ProcessingResultCode` and `ProcessingResultMessage`.
    pub result: Option<Notice>,
    /// 資格有効性, `QualificationValidity` (OQSCD006).
    pub validity: Option<Validity>,
    /// The qualifications found.
    pub people: Vec<PersonResult>,
    /// 照会番号 that this institution registered for the person.
    pub reference_numbers: Vec<ReferenceNumber>,
}

/// The echo of the question in a result.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitSearch {
    /// The whole of it.
    Person(BulkSearch),
    /// `ArbitraryIdentifier` only: the rest could not be read.
    Only(String),
}

#[cfg(test)]
mod tests;
