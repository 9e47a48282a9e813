//! マイナ保険証利用率: which months' rates an add-on of one month may rest on (FEE-030…035).

use jiff::civil::Date;

use super::Months;
use crate::calendar::Month;
use crate::fee::card_use::Rate;
use crate::fee::read::{FigureError, Figures};
use crate::fee::reason::Reasons;
use crate::lang::Bilingual;

/// How many months the best of which counts (FEE-032, FEE-042).
pub(super) const BEST_OF: usize = 3;

/// Which rates count in one period; the best of them is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Rates {
    /// FEE-030, or FEE-032 and FEE-042, with so many months before; 0 for none.
    by_receipt: (&'static str, [i32; BEST_OF]),
    /// FEE-031.
    by_count: Option<i32>,
}

impl Rates {
    /// The rates for 医療DX推進体制整備加算; none while no rate was asked for.
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let by_count = match figures.rule("FEE-031") {
            Some(rule) => Some(rule.small("months_before")?),
            None => None,
        };
        if let Some(best) = figures.rule("FEE-032") {
            let by_receipt = ("FEE-032", months(best.list("months_before")?));
            return Ok(Some(Self { by_receipt, by_count }));
        }
        let Some(rule) = figures.rule("FEE-030") else { return Ok(None) };
        let by_receipt = ("FEE-030", [rule.small("months_before")?, 0, 0]);
        Ok(Some(Self { by_receipt, by_count }))
    }

    /// The best of some months, by receipts.
    pub(super) fn best_of(rule: &'static str, before: [i64; BEST_OF]) -> Self {
        Self { by_receipt: (rule, months(before)), by_count: None }
    }

    /// The rates that count for a charge on `date`.
    pub(super) fn on(&self, date: Date, used: &Months) -> Found {
        let month = Month::of(date);
        let (rule, before) = self.by_receipt;
        let [a, b, c] = before.map(|before| {
            let used = (before > 0).then(|| used.get(&month.plus(-before))).flatten()?;
            Some((rule, used.rate_by_receipt()))
        });
        let by_count = self.by_count.and_then(|before| used.get(&month.plus(-before)));
        Found([a, b, c, by_count.map(|used| ("FEE-031", used.rate_by_count()))])
    }
}

/// Rates, each with the rule that lets it count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Found([Option<(&'static str, Rate)>; BEST_OF + 1]);

impl Found {
    /// Whether one of them reaches `percent`. Compared exactly, and a month without receipts has
    /// no rate (FEE-034, FEE-035).
    pub(super) fn reach(&self, percent: i64) -> bool {
        let permille = u64::try_from(percent.saturating_mul(10)).unwrap_or(u64::MAX);
        self.0.iter().flatten().any(|(_, rate)| rate.at_least_permille(permille))
    }

    /// Says which they are.
    pub(super) fn tell(&self, reasons: &mut impl Reasons) {
        let mut none = true;
        for (rule, rate) in self.0.into_iter().flatten() {
            none = none && !rate.exists();
            reasons.because(if rate.exists() { rule } else { "FEE-035" }, || told(rate));
        }
        if none {
            reasons.because("FEE-035", || {
                Bilingual::new("使える利用率がない", "there is no rate to rest on")
            });
        }
    }
}

fn told(rate: Rate) -> Bilingual {
    let Rate { part, whole } = rate;
    Bilingual::new(
        format!("利用率 {part}／{whole}＝{rate}"),
        format!("rate {part} in {whole} = {rate}"),
    )
}

/// Numbers of months; what is no such number counts for none.
fn months(before: [i64; BEST_OF]) -> [i32; BEST_OF] {
    before.map(|months| i32::try_from(months).unwrap_or(0))
}
