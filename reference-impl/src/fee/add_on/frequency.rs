//! How often an add-on may be charged: counted in months, and over the change of a version
//! (FEE-008, FEE-009, and where an add-on says "once a month").

use jiff::civil::Date;

use super::{AddOnKind, Charged, VisitKind};
use crate::calendar::add_months;
use crate::fee::read::{FigureError, Figures};
use crate::fee::reason::Reasons;
use crate::lang::Bilingual;

/// FEE-008, FEE-009: how charges of 医療情報取得加算 block further ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::fee) struct Frequency {
    by_day: bool,
    carried_over: bool,
    /// Whether first and repeat visits exclude each other within a month.
    exclusive: bool,
}

impl Frequency {
    pub(in crate::fee) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let [Some(counting), Some(both)] = ["FEE-008", "FEE-009"].map(|rule| figures.rule(rule))
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            by_day: counting.text("counting")? == "day",
            carried_over: counting.text("at_version_change")? == "carried_over",
            exclusive: both.text("first_and_repeat")? == "exclusive",
        }))
    }

    /// Whether 医療情報取得加算 may be charged on `date` for a visit of this kind: it may once in
    /// `months`, and what was charged before `since` may not count any more.
    pub(super) fn allows(
        &self,
        (visit, date): (VisitKind, Date),
        months: i32,
        since: Option<Date>,
        charged: &[Charged],
        reasons: &mut impl Reasons,
    ) -> bool {
        let mine = |c: &&Charged| {
            let counts = self.carried_over || since.is_none_or(|since| since <= c.date);
            c.kind == AddOnKind::Information && c.date <= date && counts
        };
        for earlier in charged.iter().filter(mine) {
            let same = earlier.visit == visit;
            let too_early = if self.by_day && months > 1 {
                date < add_months(earlier.date, months)
            } else {
                months_between(earlier.date, date) < months
            };
            if same && too_early {
                reasons.because("FEE-008", || told(earlier.date, months));
                return false;
            }
            if !same && self.exclusive && months_between(earlier.date, date) == 0 {
                reasons.because("FEE-009", || {
                    let day = earlier.date;
                    Bilingual::new(
                        format!("同じ月の {day} に初診または再診の加算を算定済み"),
                        format!("charged on {day} in the same month, with a first or repeat visit"),
                    )
                });
                return false;
            }
        }
        true
    }
}

/// Whether an add-on that may be charged once a month has been charged in the month of `date`,
/// with a visit for which `counts` says so.
pub(super) fn charged_this_month(
    kind: AddOnKind,
    date: Date,
    charged: &[Charged],
    counts: impl Fn(VisitKind) -> bool,
) -> Option<Date> {
    let is_it = |c: &&Charged| {
        c.kind == kind && c.date <= date && months_between(c.date, date) == 0 && counts(c.visit)
    };
    charged.iter().find(is_it).map(|earlier| earlier.date)
}

/// That something has been charged too short a time ago.
pub(super) fn told(earlier: Date, months: i32) -> Bilingual {
    Bilingual::new(
        format!("{earlier} に算定済み。{months}か月に1回まで"),
        format!("charged on {earlier}, and possible once in {months} months"),
    )
}

/// Calendar months from one day to a later one, whatever the days.
fn months_between(earlier: Date, later: Date) -> i32 {
    let index = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    index(later) - index(earlier)
}
