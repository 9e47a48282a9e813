//! With insurers and welfare offices, by telephone and by post.

use jiff::civil::Date;
use serde::Serialize;

use crate::ids::{InstitutionCode, InsuredNumber};
use crate::party::PartyId;

/// A desk telephones a welfare office (福祉事務所) about a person on medical aid (ELIG-061).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OfficeAsked {
    /// Whose reception it is, for the answer.
    pub patient: PartyId,
    /// 公費受給者番号.
    pub recipient: InsuredNumber,
    /// The institution that asks.
    pub institution: InstitutionCode,
    /// The date of service.
    pub date: Date,
}

/// What the welfare office says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct OfficeSays {
    /// Whose reception it is.
    pub patient: PartyId,
    /// Whether the person is on medical aid on the day.
    pub entitled: bool,
    /// 本人支払額 for the month, in yen.
    pub self_pay_yen: i64,
}
