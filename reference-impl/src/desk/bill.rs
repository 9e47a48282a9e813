//! What a patient pays (FEE-050…056).

use crate::register::Policy;

/// The share of `points` at `percent`, in yen, rounded as FEE-056 says.
pub fn share_yen(points: i64, percent: u8, policy: &Policy<'_>) -> i64 {
    let yen = points.saturating_mul(policy.yen_per_point()).saturating_mul(i64::from(percent));
    rounded_share(yen, 100, policy.rounding_yen())
}

/// `numerator / denominator` rounded to multiples of `unit`, half up.
pub fn rounded_share(numerator: i64, denominator: i64, unit: i64) -> i64 {
    let step = denominator.saturating_mul(unit).max(1);
    (numerator.saturating_add(step / 2)).div_euclid(step).saturating_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_ten_yen_half_up() {
        // The vectors of FEE-056.
        let vectors = [
            (291, 30, 870),
            (288, 30, 860),
            (75, 30, 230),
            (1, 30, 0),
            (3, 30, 10),
            (5, 30, 20),
            (15, 30, 50),
            (292, 10, 290),
            (1005, 10, 1010),
            (125, 20, 250),
        ];
        for (points, percent, yen) in vectors {
            assert_eq!(rounded_share(points * 10 * percent, 100, 10), yen, "{points} at {percent}");
        }
    }
}
