//! 緊急時医療情報・資格確認機能: the page on which an institution looks people up in a disaster or
//! when its system has failed (OUT-011, OUT-020), and the telephone calls that open it.
//!
//! It is a page in a browser; no file of the interface was found for it. It is reached over any
//! connection there is, not only the institution's own line.

use serde::{Deserialize, Serialize};

use super::counter::Person;
use crate::ids::{InstitutionCode, InsuredKey};
use crate::wire::{ConfirmationAnswer, Records};
use jiff::civil::Date;

/// A search on the page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PageSearch {
    /// The desk's own number for it.
    pub id: u64,
    /// The institution.
    pub institution: InstitutionCode,
    /// Under which function.
    pub mode: PageMode,
    /// Who is looked for.
    pub whom: Searched,
    /// What the patient said to being looked up.
    pub consent: SpokenConsent,
}

/// The two functions of the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageMode {
    /// 災害時.
    Disaster,
    /// システム障害時, for the fault that was reported.
    SystemFailure(ReportedFault),
}

/// What an institution reports to the call centre as broken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportedFault {
    /// The reader shows nothing.
    Reader,
    /// The terminal does not reach the centre.
    Line,
}

/// Who is looked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Searched {
    /// By number and birth date.
    Number(InsuredKey, Date),
    /// By name, birth date, sex and address.
    Person(Box<Person>),
}

/// What a patient said when asked aloud.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpokenConsent {
    /// Yes.
    #[default]
    Given,
    /// No.
    Refused,
    /// Nothing: unconscious. 「同意なし」 is recorded.
    Unobtainable,
}

/// What the page shows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PageShown {
    /// The number of the search.
    pub id: u64,
    /// What was found.
    pub result: PageResult,
}

/// What a search finds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageResult {
    /// The function is not open for this institution now.
    NotOpen,
    /// Nobody, or more than one.
    NotFound,
    /// Somebody.
    Found {
        /// Eligibility, and what comes with it.
        answer: Box<ConfirmationAnswer>,
        /// Drug and care information, where it may be shown.
        records: Option<Box<Records>>,
    },
}

/// A telephone call between an institution and the call centre.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Call {
    /// The institution that calls or is called.
    pub institution: InstitutionCode,
    /// What is said.
    pub says: Said,
}

/// What is said on the telephone (OUT-011).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Institution: this has failed; please open the function.
    Report(ReportedFault),
    /// Call centre, on the registered number: did you report it?
    CallBack,
    /// Institution: yes.
    Confirm,
    /// Call centre: it is open.
    Opened,
    /// Institution: we have finished using it.
    EndOfUse,
    /// Call centre: it is closed.
    Closed,
}

/// What staff call the call centre about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallAbout {
    /// The reader has failed.
    ReaderFault,
    /// The line has failed.
    LineFault,
    /// The function is no longer used.
    EndOfUse,
}
