//! 支援金: a unit price for every use of the card, decided by the rise of the rate against October
//! 2023 (PROG-001, PROG-002).

use super::figures::Support;
use super::grant::{Grant, GrantReason};
use super::{Application, Period, Schemes};
use crate::calendar::Month;
use crate::fee::{CardUse, Rate, Reasons, Yen};
use crate::lang::Bilingual;

impl Schemes {
    pub(super) fn support_money(
        &self,
        period: Period,
        application: &Application,
        reasons: &mut impl Reasons,
    ) -> Grant {
        let Some(scheme) = &self.support else { return Grant::nothing(GrantReason::NotOpen) };
        if period == Period::Second && scheme.replaced {
            reasons.because("PROG-002", || {
                Bilingual::new(
                    "後半期の支援金は支払われず、一時金に見直された",
                    "the second period is not paid; the lump sum has taken its place",
                )
            });
            return Grant::nothing(GrantReason::Replaced);
        }
        let Some(base) = application.months.get(&scheme.base) else {
            return no_month(scheme.base, "PROG-001", reasons);
        };
        let Some(base) = self.base_rate(base.rate_by_count(), scheme.base, reasons) else {
            return Grant::nothing(GrantReason::NoBaseMonth);
        };
        scheme.pay(period, base, application, reasons)
    }

    /// PROG-084: the rate of the month that is compared with, where it has one or is taken to have
    /// had one.
    pub(super) fn base_rate(
        &self,
        rate: Rate,
        month: Month,
        reasons: &mut impl Reasons,
    ) -> Option<Rate> {
        if rate.exists() {
            return Some(rate);
        }
        let zero = self.zero_without_verifications;
        reasons.because("PROG-084", || {
            if zero {
                Bilingual::new(
                    format!("{month} には件数がなく、利用率を0％とみなす"),
                    format!("nothing was counted in {month}: its rate is taken to be 0 percent"),
                )
            } else {
                Bilingual::new(
                    format!("{month} には件数がなく、利用率がない"),
                    format!("nothing was counted in {month}: it has no rate"),
                )
            }
        });
        zero.then_some(Rate { part: 0, whole: 1 })
    }
}

/// Nothing is known of the month that is compared with.
pub(super) fn no_month(month: Month, rule: &'static str, reasons: &mut impl Reasons) -> Grant {
    reasons.because(rule, || {
        Bilingual::new(
            format!("比べる月 {month} の利用状況が示されていない"),
            format!("nothing is known of {month}, the month that is compared with"),
        )
    });
    Grant::nothing(GrantReason::NoBaseMonth)
}

impl Support {
    fn pay(
        &self,
        period: Period,
        base: Rate,
        application: &Application,
        reasons: &mut impl Reasons,
    ) -> Grant {
        let (months, prices_yen, name) = match period {
            Period::First => (&self.first, &self.first_prices_yen, "first"),
            Period::Second => (&self.second, &self.second_prices_yen, "second"),
        };
        let mut known = application.months.range(months.clone()).peekable();
        if known.peek().is_none() {
            return Grant::nothing(GrantReason::NoMonths);
        }
        let average = average(known.map(|(_, month)| month));
        reasons.because("PROG-080", || {
            let Rate { part, whole } = average;
            Bilingual::new(
                format!("期間の利用件数 {part} 件 ÷ 全件数 {whole} 件 = {average}"),
                format!("uses in the period {part} ÷ verifications {whole} = {average}"),
            )
        });
        let steps = self.steps_percent.iter().zip(prices_yen);
        let Some((step, price_yen)) = steps.rev().find(|(step, _)| rose_by(base, average, **step))
        else {
            reasons.because("PROG-001", || {
                let least = self.steps_percent[0];
                Bilingual::new(
                    format!("{} の {base} からの上昇が {least} ポイントに満たない", self.base),
                    format!("the rise from {base} in {} is below {least} points", self.base),
                )
            });
            return Grant::nothing(GrantReason::BelowSteps);
        };
        let uses = Yen::try_from(average.part).unwrap_or(Yen::MAX);
        let yen = price_yen.saturating_mul(uses);
        reasons.because("PROG-001", || {
            Bilingual::new(
                format!(
                    "{} の {base} から {step} ポイント以上の上昇。単価 {price_yen} 円 × {uses} 件 = {yen} 円",
                    self.base
                ),
                format!(
                    "a rise of {step} points or more from {base} in {}: {price_yen} yen × {uses} \
                     uses = {yen} yen",
                    self.base
                ),
            )
        });
        let step = [name.to_owned(), format!("+{step}"), price_yen.to_string()];
        let grant =
            if yen > 0 { Grant::paid(yen) } else { Grant::nothing(GrantReason::BelowSteps) };
        grant.at(step)
    }
}

/// PROG-080: all uses in all verifications.
fn average<'a>(months: impl Iterator<Item = &'a CardUse>) -> Rate {
    months.fold(Rate::default(), |sum, month| {
        let Rate { part, whole } = month.rate_by_count();
        Rate { part: sum.part.saturating_add(part), whole: sum.whole.saturating_add(whole) }
    })
}

/// Whether a rate is `points` percentage points or more above another, compared as the fractions
/// they are. Never, where there is no rate.
fn rose_by(from: Rate, to: Rate, points: i64) -> bool {
    let wide = |n: u64| i128::from(n);
    let rise = wide(to.part) * wide(from.whole) - wide(from.part) * wide(to.whole);
    let step = i128::from(points) * wide(to.whole) * wide(from.whole);
    from.exists() && to.exists() && rise.saturating_mul(100) >= step
}
