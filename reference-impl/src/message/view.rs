//! Looking at medical information: why it is refused, how it is withdrawn, and who has looked.

use serde::{Deserialize, Serialize};

use crate::calendar::Jst;
use crate::ids::{InstitutionCode, InsuredKey};
use crate::subsidy::SubsidyCertificate;
use crate::wire::{ConsentFlag, ExpiryReason};

/// Why medical information is not shown, as far as consent goes (CONS-004).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ConsentRefusal {
    /// 同意区分 as it stands now.
    pub flag: ConsentFlag,
    /// Why it is no longer good, if it once was.
    pub reason: Option<ExpiryReason>,
}

/// Withdrawing the consent to home visits (閲覧同意取り消し, CONS-051).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Withdrawal {
    /// Whose consent.
    pub whose: Whose,
    /// Who withdraws it.
    pub by: ExpiryReason,
}

/// How a person is named to the centre.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// By whoever is logged in to the portal.
    Owner(u16),
    /// By insurer and number.
    Number(InsuredKey),
}

/// Desk and terminal: the end of home care is entered, or a patient asks for it at a visit. The
/// form of the file (`OQSsihvd…`) is not published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndOfCare {
    /// Desk: withdraw the consent of this person.
    Enter {
        /// Whose.
        insured: InsuredKey,
        /// On whose behalf.
        by: ExpiryReason,
    },
    /// Terminal: whether there was one to withdraw.
    Entered(bool),
}

/// Desk and terminal: the public subsidies of a patient (医療費助成). The form of the files
/// (`PMHsimsm…`, and `publicmedicalhub…` of the reader) is not published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subsidies {
    /// Desk: which are known of this person?
    Ask {
        /// Who.
        insured: InsuredKey,
    },
    /// Terminal: these, or none.
    Told {
        /// Who.
        insured: InsuredKey,
        /// Certificates.
        certificates: Vec<SubsidyCertificate>,
    },
}

/// One look at somebody's medical information, as the person sees it in the portal (閲覧履歴).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct View {
    /// When.
    pub at: Jst,
    /// Which institution.
    pub institution: InstitutionCode,
    /// Under which right.
    pub right: ViewRight,
}

/// The right under which medical information was looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewRight {
    /// Consent at the reader or a remote reception.
    Consent,
    /// 救急時医療情報閲覧: consent could not be obtained (CONS-041).
    Emergency,
    /// 災害時, with spoken consent (OUT-020).
    Disaster,
    /// 災害時, of somebody who could not be asked: recorded as 「同意なし」.
    DisasterWithoutConsent,
    /// システム障害時, with spoken consent (OUT-011).
    SystemFailure,
}
