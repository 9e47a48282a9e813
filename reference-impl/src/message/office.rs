//! With insurers and welfare offices, by telephone and by post.

use jiff::civil::Date;
use serde::Serialize;

use super::counter::ProofKind;
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

/// Whose certificate runs out when, as far as it is neither suspended nor revoked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct CardStanding {
    /// The person.
    pub owner: u16,
    /// Last day.
    pub expires: Date,
}

/// An insurer asks J-LIS about the cards of people it insures (CERT-051).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CardsAsked {
    /// The asker's own number for the question.
    pub request: u64,
    /// The people.
    pub owners: Vec<u16>,
}

/// What J-LIS says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CardsTold {
    /// The number of the question.
    pub request: u64,
    /// Their cards; nothing for who has none, or none that could be good.
    pub cards: Vec<CardStanding>,
}

/// A person asks an insurer for a paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Application {
    /// 健康保険証 or 資格確認書.
    pub kind: ProofKind,
}
