//! What became of receipts.

use jiff::civil::Date;
use serde::Serialize;

use crate::ids::InsuredKey;
use crate::message::centre::VerificationCount;
use crate::uke::Confirmation;

/// Why results cannot be fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoResults {
    /// Not yet.
    NotYet,
    /// No longer (CLM-023).
    Gone,
    /// There is no such file.
    Unknown,
}

/// What became of the receipts of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Results {
    /// The desk's number of the file.
    pub id: u64,
    /// One for each receipt, in the order of the file.
    pub receipts: Vec<ReceiptResult>,
    /// How much the card was used; none where the centre did not say.
    pub utilisation: Option<Utilisation>,
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
    /// 確認区分 after the check of eligibility (CLM-054); none where it was not checked.
    pub confirmation: Option<Confirmation>,
    /// Why it came back, if it did.
    pub reason: Option<ReturnReason>,
    /// Points taken off at review (査定).
    pub adjusted_points: i64,
    /// Which insurer pays what.
    pub parts: Vec<Part>,
    /// What public-expense payers pay beside them, in yen, in their order.
    pub publics: Vec<PublicPart>,
}

impl ReceiptResult {
    /// What the institution gets for it, in yen.
    pub fn yen(&self) -> i64 {
        let parts = self.parts.iter().map(|part| part.yen);
        parts.chain(self.publics.iter().map(|part| part.yen)).sum()
    }
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
    /// Another receipt has taken its place: it was corrected or claimed again.
    Replaced,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// Why a receipt comes back (CLM-055).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum ReturnReason { $($(#[$doc])* $name),* }

        impl ReturnReason {
            /// The words, as scenarios write them.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// As written in a scenario.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

reasons! {
    /// No insured person has this number, symbol and birth date.
    WrongNumber = "wrong-number",
    /// Several people have them, and no branch number tells which one.
    SeveralPeople = "several-people",
    /// Eligibility was lost, and nobody else insures the day.
    NoSuccessor = "no-successor",
    /// The insurer changed within the month, and there are no data by day.
    NoDayData = "no-day-data",
    /// The insurer changed, and the two ask different shares (CLM-053).
    UnequalShare = "unequal-share",
    /// The insurer changed during a stay in hospital (CLM-053).
    Inpatient = "inpatient",
    /// The insurer changed, and a public-expense payer stands on the receipt (CLM-051).
    PublicPayer = "public-payer",
    /// The same receipt was taken in before.
    Duplicate = "duplicate",
    /// A check digit is wrong, and nobody corrected it in time.
    CheckDigit = "check-digit",
    /// The kind of receipt counts a public-expense payer that is not there.
    MissingPublicPayer = "missing-public-payer",
    /// Something else on it does not agree.
    Content = "content",
    /// The review body wants the institution to look at it again.
    Review = "review",
    /// The right to claim has lapsed (CLM-026).
    Lapsed = "lapsed",
}

/// The part of a receipt that one insurer pays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Part {
    /// Who pays; nobody's number where a shared receipt finds no insurer to share it.
    pub insured: InsuredKey,
    /// For which days; none where the receipt does not tell.
    pub days: Vec<Date>,
    /// Points.
    pub points: i64,
    /// Yen that the institution gets from this insurer.
    pub yen: i64,
}

/// What a public-expense payer pays of a receipt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PublicPart {
    /// 公費負担者番号.
    pub payer: String,
    /// Yen that the institution gets from it.
    pub yen: i64,
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
