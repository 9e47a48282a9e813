//! 不詳レセプト: the claim for a patient whose number could not be found (CLM-003).

use super::Insurance;

/// 保険者番号 of a claim with unknown numbers (CLM-005).
pub const UNKNOWN_INSURER: &str = "77777777";
/// The same for software that insists on the check digit (CLM-005, ELIG-052).
pub const UNKNOWN_INSURER_WITH_CHECK_DIGIT: &str = "77777779";
/// 保険者番号 of a claim for a victim of a disaster whose number is unknown (OUT-022).
pub const VICTIM_INSURER: &str = "99999999";
/// 番号 of a claim with unknown numbers; 記号 and 枝番 stay empty (CLM-006).
pub const UNKNOWN_NUMBER: &str = "777777777";

/// Whether the insurance is that of an unknown-number claim. The insurer decides alone:
/// the nine sevens of the number are an inference (CLM-006), the insurer is published.
pub fn is_unknown_number(insurance: &Insurance) -> bool {
    [UNKNOWN_INSURER, UNKNOWN_INSURER_WITH_CHECK_DIGIT].contains(&insurance.insurer.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uke::sample;

    #[test]
    fn both_published_insurer_numbers_make_an_unknown_claim_and_no_other_does() {
        let mut insurance = sample::file().receipts[0].insurance.clone().unwrap();
        assert!(!is_unknown_number(&insurance));
        for insurer in ["77777777", "77777779"] {
            insurance.insurer = insurer.into();
            assert!(is_unknown_number(&insurance), "{insurer}");
        }
        insurance.insurer = "7777777".into();
        assert!(!is_unknown_number(&insurance));
    }
}
