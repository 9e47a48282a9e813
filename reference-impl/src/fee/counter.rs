//! What is paid at one counter: the share, up to the limit of the month, and for the 20 percent
//! class up to what the relief measure (配慮措置) left (FEE-056, FEE-064, FEE-070…073).

use serde::{Deserialize, Serialize};

use super::Yen;
use super::limit::{Limit, LimitClass, Setting};
use super::read::{FigureError, Figures};
use super::reason::Reasons;
use super::share::rounded;
use super::tariff::Tariff;
use crate::lang::Bilingual;

/// What one patient has cost and paid at one facility in one month so far. Outpatient and
/// inpatient care, medical and dental care are counted each for itself (FEE-064).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthSoFar {
    /// The cost, in yen.
    pub cost_yen: Yen,
    /// What the patient paid of it, in yen.
    pub paid_yen: Yen,
}

impl MonthSoFar {
    /// The month after one more charge.
    #[must_use]
    pub fn and(self, cost_yen: Yen, paid_yen: Yen) -> Self {
        Self {
            cost_yen: self.cost_yen.saturating_add(cost_yen),
            paid_yen: self.paid_yen.saturating_add(paid_yen),
        }
    }
}

/// What is to be charged now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Charge {
    /// The cost of the visit, or of the inpatient days, in yen.
    pub cost_yen: Yen,
    /// The share, in percent.
    pub percent: u8,
    /// Outpatient care is rounded by visit, inpatient care by month.
    pub setting: Setting,
    /// The limit of the month; none where nobody knows the class.
    pub limit: Option<Limit>,
}

/// FEE-070: the relief measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Relief {
    /// The share it compares with, and the share it is for, in percent.
    base_percent: u8,
    class_percent: u8,
    /// The most that the higher share may cost more in a month.
    increase_yen: Yen,
    /// FEE-072: what the amount is divided by in the month of the 75th birthday.
    divisor: i64,
}

impl Relief {
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let [Some(relief), Some(halves)] = ["FEE-070", "FEE-072"].map(|rule| figures.rule(rule))
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            base_percent: relief.small("base_percent")?,
            class_percent: relief.small("class_percent")?,
            increase_yen: relief.number("increase_yen")?,
            divisor: halves.number("divisor")?.max(1),
        }))
    }

    /// The most that is paid for a month's outpatient cost; no limit where the share of the
    /// class by itself costs no more.
    fn cap_yen(&self, cost_yen: Yen, halved: bool, reasons: &mut impl Reasons) -> Yen {
        let increase =
            if halved { rounded(self.increase_yen, self.divisor, 1) } else { self.increase_yen };
        let base = rounded(cost_yen.saturating_mul(i64::from(self.base_percent)), 100, 1);
        let cap = base.saturating_add(increase);
        if cost_yen.saturating_mul(i64::from(self.class_percent)) <= cap.saturating_mul(100) {
            return Yen::MAX;
        }
        reasons.because(if halved { "FEE-072" } else { "FEE-070" }, || {
            let percent = self.base_percent;
            Bilingual::new(
                format!("配慮措置：{percent}％の{base}円からの増加を{increase}円までに抑え、{cap}円まで"),
                format!("relief: {percent} percent is {base} yen; the increase is limited to {increase} yen, so {cap} yen at most"),
            )
        });
        cap
    }
}

impl Tariff {
    /// What the patient pays now, in yen: never more than the share, never so much that the
    /// month goes over its limit, never less than nothing.
    pub fn at_counter(
        &self,
        so_far: &MonthSoFar,
        charge: &Charge,
        reasons: &mut impl Reasons,
    ) -> Yen {
        let month = so_far.and(charge.cost_yen, 0);
        let due = match charge.setting {
            Setting::Outpatient => {
                let share = self.share_of_yen(charge.cost_yen, charge.percent, reasons);
                so_far.paid_yen.saturating_add(share)
            }
            Setting::Inpatient => self.share_of_yen(month.cost_yen, charge.percent, reasons),
        };
        let now = due.min(self.cap_yen(&month, charge, reasons)).saturating_sub(so_far.paid_yen);
        let now = now.max(0);
        if charge.limit.is_some() || *so_far != MonthSoFar::default() {
            reasons.because("FEE-064", || {
                let MonthSoFar { cost_yen, paid_yen } = *so_far;
                let total = month.cost_yen;
                Bilingual::new(
                    format!("この施設のこの月の費用は{total}円（うち今回まで{cost_yen}円、支払い済み{paid_yen}円）。今回支払うのは{now}円"),
                    format!("this facility's month costs {total} yen ({cost_yen} yen before, of which {paid_yen} yen were paid): {now} yen now"),
                )
            });
        }
        now
    }

    /// The most that may be paid for the month up to now.
    fn cap_yen(&self, month: &MonthSoFar, charge: &Charge, reasons: &mut impl Reasons) -> Yen {
        let Some(limit) = charge.limit else { return Yen::MAX };
        let cost_yen = month.cost_yen;
        let cap = self.limit_yen(limit, charge.setting, cost_yen, reasons).unwrap_or(Yen::MAX);
        match &self.relief {
            Some(relief)
                if limit.class == LimitClass::General2
                    && charge.setting == Setting::Outpatient
                    && charge.percent == relief.class_percent =>
            {
                cap.min(relief.cap_yen(cost_yen, limit.halved, reasons))
            }
            _ => cap,
        }
    }
}
