//! Between the desk and the clearing house.

use jiff::civil::Date;
use serde::Serialize;

use super::file::Bytes;
use crate::calendar::Month;
use crate::ids::InsuredKey;
use crate::message::centre::VerificationCount;

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
        /// How much the card was used; none where the centre did not say.
        utilisation: Option<Utilisation>,
    },
}

/// How much the card was used at an institution in a month, in two ways that must not be mixed
/// (GEN-010). The third, by estimated persons, is one of the nation and not of an institution.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Utilisation {
    /// 件数ベース: verifications by card in a thousand of all; none if there were none.
    pub by_count_permille: Option<u32>,
    /// レセプト件数ベース: persons who used the card for a thousand receipts; none if there were
    /// no receipts.
    pub by_receipt_permille: Option<u32>,
}

impl Utilisation {
    /// The rates that follow from what was counted, rounded half up.
    pub fn of(count: VerificationCount, receipts: u32) -> Self {
        let permille = |part: u32, whole: u32| {
            let (part, whole) = (u64::from(part), u64::from(whole));
            let rate = (part * 2_000 + whole).checked_div(whole * 2)?;
            u32::try_from(rate).ok()
        };
        Self {
            by_count_permille: permille(count.by_card, count.all),
            by_receipt_permille: permille(count.holders, receipts),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_half_up_and_nothing_has_no_rate() {
        let of = |by_card, all, holders, receipts| {
            let rates = Utilisation::of(VerificationCount { by_card, all, holders }, receipts);
            (rates.by_count_permille, rates.by_receipt_permille)
        };
        assert_eq!(of(2, 3, 1, 3), (Some(667), Some(333)));
        assert_eq!(of(0, 0, 0, 0), (None, None));
        assert_eq!(of(1, 2_000, 1, 2_001), (Some(1), Some(0)));
        // More persons with a card than receipts: some paid everything themselves.
        assert_eq!(of(3, 3, 3, 2), (Some(1_000), Some(1_500)));
    }
}
