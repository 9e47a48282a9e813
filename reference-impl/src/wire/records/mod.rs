//! Drug and care information of one patient (`YZKsiquc01`, section 3.7): the request and the
//! XML form of its answer.
//!
//! The answer has three lists with the same shape and different names: what claims say, what
//! pharmacies dispensed and what was prescribed electronically.

mod names;
mod read;
mod write;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::TreatmentKind;
use super::confirmation::Notice;
use super::single::PersonNames;
pub use super::single::RecordsPerson;
use crate::calendar::Month;
use crate::ids::{InstitutionCode, InsuredKey};

pub use read::{read_records_answer, read_records_request};
pub use write::{write_records_answer, write_records_request};

/// What the parts of a person are called in this family.
const PERSON: PersonNames = PersonNames {
    block: "QuaInf",
    name: "Name",
    kana: "KanaName",
    birth: "Birth",
    sex: "AdmGendCode",
};

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
    /// Whether what was prescribed and dispensed electronically is wanted too,
    /// `PrDiInfClassification` (OQSCD030).
    pub prescriptions: bool,
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

/// Whose information, and what there is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Records {
    /// Whose it is, `QuaInf`.
    pub person: RecordsPerson,
    /// Month by month: first all of the claims, then dispensed, then prescribed.
    pub months: Vec<RecordsMonth>,
}

impl Records {
    /// Whether it names neither a drug nor anything else that was done.
    pub fn is_empty(&self) -> bool {
        let days = self.months.iter().flat_map(|month| &month.days);
        days.into_iter().all(|day| day.drugs.is_empty() && day.care.is_empty())
    }
}

/// Where information comes from.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum RecordsSource {
    /// Claims, `MeTrMonthInf`: registered once a month.
    #[default]
    Claims,
    /// Dispensed, from electronic prescriptions, `CzDiMonthInf`: at once.
    Dispensing,
    /// Prescribed, from electronic prescriptions, `ShPrMonthInf`: at once.
    Prescribing,
}

impl RecordsSource {
    /// Every source, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Claims, Self::Dispensing, Self::Prescribing];
}

/// What one institution did in one month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecordsMonth {
    /// Where it comes from.
    pub source: RecordsSource,
    /// `…DiOrg`; its codes are not known.
    pub origin: Option<String>,
    /// The institution, `MeTrDiHCd`.
    pub institution: InstitutionCode,
    /// Its name, `MeTrDiHNm`.
    pub institution_name: Option<String>,
    /// The institution that prescribed, `PrlsHCd`.
    pub prescriber: Option<InstitutionCode>,
    /// Its name, `PrlsHNm`.
    pub prescriber_name: Option<String>,
    /// `PrIsOrg`: 1 own institution, 2 another one.
    pub prescribed_at: Option<String>,
    /// 診療年月, `MeTrMonth`.
    pub month: Month,
    /// `InOut`, of claims; its codes are not known.
    pub in_out: Option<String>,
    /// `PrCl`, of prescriptions; its codes are not known.
    pub class: Option<String>,
    /// Day by day.
    pub days: Vec<RecordsDay>,
}

/// What was done on one day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RecordsDay {
    /// The day, `DiDate`.
    pub date: Date,
    /// The day of the prescription, `PrDate`.
    pub prescribed: Option<Date>,
    /// Drugs.
    pub drugs: Vec<DrugLine>,
    /// Care (診療情報), `MeTrInf`; of claims only.
    pub care: Vec<CareLine>,
}

/// `DrugInf`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DrugLine {
    /// `DrugC`: 9 digits of the claims master.
    pub code: String,
    /// `DrugN`.
    pub name: String,
    /// 成分, `IngreN`.
    pub ingredient: Option<String>,
    /// `Qua1`.
    pub quantity: Option<String>,
    /// `Unit`.
    pub unit: Option<String>,
    /// `UsageN`.
    pub usage: Option<String>,
    /// 特別な指示, `SpInst`.
    pub instruction: Option<String>,
    /// 回数 or days, `Times`.
    pub times: Option<String>,
    /// `MeTrIdCl` of claims, `UsageCl` of prescriptions.
    pub class: Option<String>,
}

/// `MeTrInf`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CareLine {
    /// `SinInfCd`.
    pub code: String,
    /// `SinInfN`.
    pub name: String,
    /// 診療識別, `MeTrIdCl`.
    pub class: Option<String>,
    /// `Qua1`.
    pub quantity: Option<String>,
    /// `Unit`.
    pub unit: Option<String>,
    /// `Times`.
    pub times: Option<String>,
}

#[cfg(test)]
mod tests;
