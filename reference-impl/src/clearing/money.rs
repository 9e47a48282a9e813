//! What a receipt is worth, and who pays it (CLM-035, CLM-036, CLM-009).

use super::eligibility::Share;
use super::reading::{points_on, written_liability};
use crate::fee::Tariff;
use crate::ids::InsuredKey;
use crate::message::claim::{Part, PublicPart};
use crate::register::Policy;
use crate::uke::Receipt;

/// What each insurer and each public-expense payer pays for a receipt, with so many points taken
/// off. Points of parts and points taken off add up to those of the receipt; yen of all parts and
/// what the patient bears add up to their price.
pub(super) fn settle(
    receipt: &Receipt,
    shares: &[Share],
    adjusted_points: i64,
    policy: &Policy<'_>,
) -> (Vec<Part>, Vec<PublicPart>) {
    let prices = Prices { receipt, tariff: policy.tariff().ok() };
    let mut off = adjusted_points;
    let mut parts = Vec::new();
    let mut of_patient = 0;
    for (share, liability) in shares.iter().zip(prices.liabilities(shares)) {
        let taken = off.min(share.points);
        off -= taken;
        let points = share.points - taken;
        // The patient's share in what was taken off is not the insurer's.
        of_patient += prices.part_of(share, taken);
        let yen = prices.cost(points) - (liability - prices.part_of(share, taken));
        parts.push(Part { insured: share.insured.clone(), days: share.days.clone(), points, yen });
    }
    (parts, publics(receipt, of_patient))
}

/// The prices of the month of a receipt. Where the register has none, nothing is worth anything.
struct Prices<'a> {
    receipt: &'a Receipt,
    tariff: Option<&'a Tariff>,
}

impl Prices<'_> {
    fn cost(&self, points: i64) -> i64 {
        self.tariff.map_or(0, |tariff| tariff.cost_yen(points))
    }

    /// The share in percent that an insurer asks of the patient; without one, that of the age.
    fn percent(&self, share: &Share) -> u8 {
        let on = self.receipt.month.last();
        let by_age =
            || self.tariff.map_or(0, |tariff| tariff.share_percent(self.receipt.born, on, &mut ()));
        share.percent.unwrap_or_else(by_age)
    }

    /// The patient's part in so many points, not rounded: a share is a whole number of tenths, and
    /// a point ten yen.
    fn part_of(&self, share: &Share, points: i64) -> i64 {
        self.cost(points) * i64::from(self.percent(share)) / 100
    }

    /// What is not the insurer's, part by part: the patient's, or a public-expense payer's in
    /// place of the patient.
    fn liabilities(&self, shares: &[Share]) -> Vec<i64> {
        let exact = |share: &Share| self.part_of(share, share.points);
        let Some(written) = written_liability(self.receipt) else {
            return shares.iter().map(exact).collect();
        };
        // Each visit was charged and rounded by itself; what limits and rounding leave over goes
        // to the last part, so that all of it adds up to what is written.
        let mut left = written;
        let mut all = Vec::new();
        for (index, share) in shares.iter().enumerate() {
            let last = index + 1 == shares.len();
            let own = if last { left } else { self.charged(share).min(left) };
            left -= own;
            all.push(own);
        }
        all
    }

    /// What was charged for the days of a part.
    fn charged(&self, share: &Share) -> i64 {
        let Some(tariff) = self.tariff else { return 0 };
        let percent = self.percent(share);
        let of_day =
            |day: &jiff::civil::Date| tariff.share_yen(points_on(self.receipt, *day), percent);
        share.days.iter().map(of_day).sum()
    }
}

/// Each public-expense payer bears what the patient would pay without it, less what it leaves
/// (CLM-075). Of what review took off, the patient's part is the first one's.
fn publics(receipt: &Receipt, off_yen: i64) -> Vec<PublicPart> {
    let mut off = off_yen;
    let mut all = Vec::new();
    for public in &receipt.publics {
        let yen = |written: Option<u32>| i64::from(written.unwrap_or(0));
        let found = yen(public.outpatient_yen) + yen(public.inpatient_yen);
        let borne = (found - yen(public.charged_yen)).max(0);
        let less = off.min(borne);
        off -= less;
        all.push(PublicPart { payer: public.payer.to_string(), yen: borne - less });
    }
    all
}

/// Shares points and yen of a receipt among insurers, by their weights: each gets what is due to
/// it rounded down, and what is left goes to the heaviest.
pub(super) fn share_among(whole: &Part, mut weights: Vec<(InsuredKey, i64)>) -> Vec<Part> {
    weights.retain(|(_, weight)| *weight > 0);
    let sum: i64 = weights.iter().map(|(_, weight)| weight).sum();
    // The heaviest first; among equals the order of their numbers.
    weights.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    let of = |amount: i64, weight: i64| amount * weight / sum.max(1);
    let mut parts: Vec<Part> = weights
        .into_iter()
        .map(|(insured, weight)| Part {
            insured,
            days: whole.days.clone(),
            points: of(whole.points, weight),
            yen: of(whole.yen, weight),
        })
        .collect();
    let points = whole.points - parts.iter().map(|part| part.points).sum::<i64>();
    let yen = whole.yen - parts.iter().map(|part| part.yen).sum::<i64>();
    match parts.first_mut() {
        Some(first) => {
            first.points += points;
            first.yen += yen;
        }
        // Nobody to share it with: it stands with the review body.
        None => parts.push(whole.clone()),
    }
    parts
}
