//! Between the desk and the clearing house.

use jiff::civil::Date;
use serde::Serialize;

use super::file::Bytes;
use crate::calendar::Month;
use crate::ids::InsuredKey;

/// A claim file and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimMessage {
    /// Desk: here are the claims of a month (`RECEIPTC.UKE`).
    HandIn(Bytes),
    /// Clearing house: taken in.
    Received {
        /// The month of service.
        month: Month,
        /// Receipts in the file.
        receipts: usize,
    },
    /// Clearing house: this very file was taken in before; once is enough.
    AlreadyReceived,
    /// Clearing house: not taken in.
    Refused {
        /// Why, for a person.
        reason: String,
    },
    /// Clearing house: what became of the receipts of a month.
    Results {
        /// The month of service.
        month: Month,
        /// One for each receipt, in the order of the file.
        receipts: Vec<ReceiptResult>,
    },
}

/// What became of one receipt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReceiptResult {
    /// Its number in the file.
    pub number: u32,
    /// Kana name on it.
    pub kana: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Who pays what.
    pub parts: Vec<Part>,
}

/// What can become of a receipt (CLM-050…054).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Left as it is.
    Kept,
    /// 振替: another insurer pays.
    Transferred,
    /// 分割: two insurers pay for their own days.
    Split,
    /// 返戻: back to the institution.
    Returned,
    /// An unknown receipt whose person was not found: shared among insurers (CLM-009).
    Shared,
}

impl Outcome {
    /// 確認区分 of CLM-054, where the outcome has one.
    pub fn confirmation_code(self) -> Option<&'static str> {
        match self {
            Self::Transferred => Some("04"),
            Self::Split => Some("05"),
            Self::Kept | Self::Returned | Self::Shared => None,
        }
    }
}

/// The part of a receipt that one insurer pays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Part {
    /// Who pays.
    pub insured: InsuredKey,
    /// For which days.
    pub days: Vec<Date>,
    /// Points.
    pub points: i64,
}
