//! What a person has done about card or phone, as an author writes it (手続).

use madoguchi_reference::message::procedure::RevocationReason;
use serde::{Deserialize, Serialize};

/// Something a person has done about card or phone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Who.
    pub who: String,
    /// What.
    pub what: ProcedureKind,
    /// About what; a phone for `load`, the card for everything else, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Holder>,
    /// Why, where a certificate is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevocationReason>,
    /// The new PIN; the old one again, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// The signature password typed to load a phone; the right one, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcedureKind {
    /// Report a loss by hotline: 一時停止.
    Suspend,
    /// Take the suspension back, at the municipality.
    Resume,
    /// 失効.
    Revoke,
    /// 電子証明書の更新, at the municipality.
    Renew,
    /// 暗証番号の初期化・再設定, at the municipality.
    ResetPin,
    /// Put a certificate on a phone.
    Load,
}

/// What a certificate is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The card.
    Card,
    /// The phone.
    Phone,
    /// The second handset.
    NewPhone,
}

impl Procedure {
    /// What it is about.
    pub fn holder(&self) -> Holder {
        let usual = if self.what == ProcedureKind::Load { Holder::Phone } else { Holder::Card };
        self.of.unwrap_or(usual)
    }
}
