//! How much the card is used at one institution in one month, and the two rates of GEN-010 that
//! follow from it.

use serde::{Deserialize, Serialize};

/// What SIIF counts of one institution in one month. Both rates of an institution are made of it;
/// they must not be mixed (GEN-010).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardUse {
    /// All verifications online (オンライン資格確認の件数), whatever was shown.
    pub verifications: u32,
    /// Those by card or phone (マイナ保険証の利用件数); a part of `verifications`.
    pub by_card: u32,
    /// Persons who used card or phone (利用人数), each counted once; at most `by_card`.
    pub holders: u32,
    /// Receipts of the month (レセプト件数).
    pub receipts: u32,
}

impl CardUse {
    /// 件数ベース: verifications by card in all verifications.
    pub fn rate_by_count(&self) -> Rate {
        Rate { part: self.by_card.into(), whole: self.verifications.into() }
    }

    /// レセプト件数ベース: persons with a card for the receipts of the month.
    pub fn rate_by_receipt(&self) -> Rate {
        Rate { part: self.holders.into(), whole: self.receipts.into() }
    }
}

/// A rate as the fraction it is, so that comparing it never rounds (PROG-001).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rate {
    /// What is counted.
    pub part: u64,
    /// In how many; with 0 there is no rate.
    pub whole: u64,
}

impl Rate {
    /// Whether there is a rate at all.
    pub fn exists(self) -> bool {
        self.whole > 0
    }

    /// Whether it is `permille` thousandths or more; never, where there is no rate.
    pub fn at_least_permille(self, permille: u64) -> bool {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        self.exists() && part * 1_000 >= u128::from(permille) * whole
    }
}

/// In percent with two digits after the point, cut off and not rounded, so that a rate below a
/// step never reads as if it reached it; `–` where there is none.
impl std::fmt::Display for Rate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        let Some(hundredths) = (part * 10_000).checked_div(whole) else {
            return f.write_str("–");
        };
        write!(f, "{}.{:02} %", hundredths / 100, hundredths % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_compared_exactly_and_never_rounded_upward() {
        let rate = |part, whole| Rate { part, whole };
        assert!(rate(15, 100).at_least_permille(150));
        // 14.999 % is not 15 %, and 1/3 is more than 33.3 %.
        assert!(!rate(14_999, 100_000).at_least_permille(150));
        assert!(rate(1, 3).at_least_permille(333));
        assert!(!rate(1, 3).at_least_permille(334));
        assert!(!rate(0, 0).at_least_permille(0), "no rate reaches nothing");
        assert_eq!(rate(14_999, 100_000).to_string(), "14.99 %");
        assert_eq!(
            (rate(2, 3).to_string(), rate(0, 0).to_string()),
            ("66.66 %".into(), "–".into())
        );
    }

    #[test]
    fn the_two_rates_of_a_month_have_different_denominators() {
        let month = CardUse { verifications: 300, by_card: 12, holders: 10, receipts: 200 };
        assert_eq!(month.rate_by_count().to_string(), "4.00 %");
        assert_eq!(month.rate_by_receipt().to_string(), "5.00 %");
    }
}
