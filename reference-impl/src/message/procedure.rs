//! What a person asks of the hotline, of the counter of a municipality or of the phone's own
//! application, and what comes of it (手続). All of it ends at the certifier.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reader::Carrier;
use crate::ids::CertificateSerial;

/// Why a certificate was revoked (CERT-019).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevocationReason {
    /// The holder moved or changed the name.
    AffiliationChanged,
    /// A new one took its place.
    Superseded,
    /// Returned, or the holder died.
    #[default]
    Ceased,
}

/// Something to be done about the certificate on one token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ProcedureAsked {
    /// The card or phone it is about.
    pub token: u16,
    /// Birth date of the person who asks.
    pub born: Date,
    /// What.
    pub what: Procedure,
}

/// What can be asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// 一時停止: lost or stolen, at any hour (CERT-018).
    Suspend,
    /// 一時停止の解除, at the municipality.
    Resume,
    /// 失効.
    Revoke(RevocationReason),
    /// 更新: a new certificate on the same card (CERT-005).
    Renew,
    /// A new PIN, and none of the wrong entries (CERT-022).
    ResetPin(String),
    /// スマホ用電子証明書: puts a certificate on a phone (CERT-041).
    LoadPhone {
        /// The card behind it.
        card: u16,
        /// The signature password typed.
        password: String,
        /// The kind of phone.
        carrier: Carrier,
    },
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcedureResult {
    /// Done.
    Done {
        /// The certificate that is on the token now.
        serial: CertificateSerial,
        /// The kind of token.
        carrier: Carrier,
    },
    /// Not done.
    Refused(ProcedureRefusal),
}

/// Why something was not done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcedureRefusal {
    /// There is no certificate in the state that this wants.
    WrongState,
    /// It is too early to renew (CERT-005).
    TooEarly,
    /// The signature password is wrong, locked, or there is none (CERT-022, CERT-033).
    Signature,
    /// This kind of phone cannot be loaded yet (CERT-040).
    PhoneNotYet,
    /// The chip did not take it.
    Chip,
}
