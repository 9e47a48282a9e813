//! What insurers send, and what people ask them for, as an author writes it.

use madoguchi_reference::insurer::Reissue;
use madoguchi_reference::message::counter::ProofKind;
use serde::{Deserialize, Serialize};

/// An insurer that sends papers to its insured people in this scenario.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InsurerOffice {
    /// Whether it replaces lapsed certificates by itself; what CERT-052 says, if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reissue: Option<ReissuePolicy>,
}

/// Whether a lapsed certificate is replaced without application (CERT-052).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReissuePolicy {
    /// 職権交付.
    ExOfficio,
    /// Only on application.
    OnApplication,
}

impl From<ReissuePolicy> for Reissue {
    fn from(policy: ReissuePolicy) -> Self {
        match policy {
            ReissuePolicy::ExOfficio => Self::ExOfficio,
            ReissuePolicy::OnApplication => Self::OnApplication,
        }
    }
}

/// A look at the papers that insurers have sent to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// To whom.
    pub who: String,
}

/// Somebody asks the insurer for a paper.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    /// Who.
    pub who: String,
    /// For what.
    #[serde(rename = "for")]
    pub kind: AppliedFor,
}

/// What can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppliedFor {
    /// 健康保険証.
    HealthCard,
    /// 資格確認書.
    EligibilityCertificate,
}

impl AppliedFor {
    /// The kind of proof it is at the desk.
    pub fn proof(self) -> ProofKind {
        match self {
            Self::HealthCard => ProofKind::HealthCard,
            Self::EligibilityCertificate => ProofKind::EligibilityCertificate,
        }
    }
}
