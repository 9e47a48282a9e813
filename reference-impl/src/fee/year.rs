//! Limits of a whole year (FEE-066, FEE-081) and the classes planned from August 2027 (FEE-067).

use super::Yen;
use super::limit::{Limit, LimitClass, Part, Row, Setting};
use super::read::{FigureError, Figures};
use super::reason::Reasons;
use super::tariff::Tariff;
use crate::lang::Bilingual;

/// The most that is paid from August to July; what was paid above is paid back afterwards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Years {
    /// FEE-081: outpatient care of one person: 一般, 低所得Ⅱ, 低所得Ⅰ; 0 where there is no limit.
    outpatient_yen: [Yen; 3],
    all: Option<All>,
}

/// FEE-066.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct All {
    /// ア to オ.
    income_yen: [Yen; 5],
    /// 区分エ up to this standard monthly pay pays less.
    low_pay_to_yen: Yen,
    low_pay_yen: Yen,
    /// 一般, 低所得Ⅱ, 低所得Ⅰ.
    elderly_yen: [Yen; 3],
}

impl Years {
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(elderly) = figures.rule("FEE-081") else { return Ok(None) };
        let outpatient_yen = elderly.list("outpatient_year_yen")?;
        let Some(rule) = figures.rule("FEE-066") else {
            return Ok(Some(Self { outpatient_yen, all: None }));
        };
        let all = All {
            income_yen: rule.list("year_yen")?,
            low_pay_to_yen: rule.number("low_pay_to_yen")?,
            low_pay_yen: rule.number("low_pay_year_yen")?,
            elderly_yen: rule.list("elderly_year_yen")?,
        };
        Ok(Some(Self { outpatient_yen, all: Some(all) }))
    }
}

impl Tariff {
    /// The most that is paid in a year from August to July, in yen: for outpatient care of one
    /// person, or for everything. `None` where there is no such limit.
    pub fn year_limit_yen(
        &self,
        class: LimitClass,
        setting: Setting,
        standard_pay_yen: Option<Yen>,
        reasons: &mut impl Reasons,
    ) -> Option<Yen> {
        let years = self.years.as_ref()?;
        let (rule, yen) = match (setting, class.row()) {
            (Setting::Outpatient, Row::Income(_)) => return None,
            (Setting::Outpatient, Row::Elderly(row)) => ("FEE-081", years.outpatient_yen[row]),
            (Setting::Inpatient, row) => ("FEE-066", years.all?.of(class, row, standard_pay_yen)),
        };
        let yen = Some(yen).filter(|yen| *yen > 0)?;
        reasons.because(rule, || {
            let class = class.name();
            Bilingual::new(
                format!("8月から翌年7月までの区分「{class}」の上限は{yen}円。超えた額は後から払い戻す"),
                format!("from August to July class {class} pays {yen} yen at most; what was paid above is paid back"),
            )
        });
        Some(yen)
    }
}

impl All {
    fn of(&self, class: LimitClass, row: Row, standard_pay_yen: Option<Yen>) -> Yen {
        match row {
            Row::Elderly(row) => self.elderly_yen[row],
            Row::Income(_)
                if class == LimitClass::D
                    && standard_pay_yen.is_some_and(|pay| pay <= self.low_pay_to_yen) =>
            {
                self.low_pay_yen
            }
            Row::Income(row) => self.income_yen[row],
        }
    }
}

/// How many classes the plan has beside the one without municipal tax, and how many of them have
/// a part of one percent.
const PLANNED: usize = 12;
const PLANNED_WITH_PART: usize = 9;

/// FEE-067: the limits planned by standard monthly pay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Planned {
    /// Each class but the lowest begins with this pay; the highest first.
    pay_from_yen: [Yen; PLANNED - 1],
    base_yen: [Yen; PLANNED],
    threshold_yen: [Yen; PLANNED_WITH_PART],
    not_taxed_yen: Yen,
    lowest_multiple_yen: Yen,
    multiple_from: u8,
    part: Part,
}

impl Planned {
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let [Some(rule), Some(multiple)] = ["FEE-067", "FEE-062"].map(|rule| figures.rule(rule))
        else {
            return Ok(None);
        };
        let Some(part) = Part::read(figures)? else { return Ok(None) };
        Ok(Some(Self {
            pay_from_yen: rule.list("standard_pay_from_yen")?,
            base_yen: rule.list("base_yen")?,
            threshold_yen: rule.list("threshold_yen")?,
            not_taxed_yen: rule.number("not_taxed_yen")?,
            lowest_multiple_yen: rule.number("lowest_multiple_yen")?,
            multiple_from: multiple.small("from_month")?,
            part,
        }))
    }

    fn limit_yen(&self, standard_pay_yen: Option<Yen>, nth_month: u8, cost_yen: Yen) -> Yen {
        let Some(pay) = standard_pay_yen else { return self.not_taxed_yen };
        let lowest = PLANNED - 1;
        let row = self.pay_from_yen.iter().position(|from| *from <= pay).unwrap_or(lowest);
        if row == lowest && nth_month >= self.multiple_from {
            return self.lowest_multiple_yen;
        }
        let threshold = self.threshold_yen.get(row);
        let over = threshold.map_or(0, |threshold| self.part.over_yen(*threshold, cost_yen));
        self.base_yen[row].saturating_add(over)
    }
}

impl Tariff {
    /// FEE-067: the limit planned for somebody under 70 with this standard monthly pay, or
    /// without municipal tax (`None`). `None` while the plan is not in force.
    pub fn planned_limit_yen(
        &self,
        standard_pay_yen: Option<Yen>,
        nth_month: u8,
        cost_yen: Yen,
        reasons: &mut impl Reasons,
    ) -> Option<Yen> {
        let yen = self.planned.as_ref()?.limit_yen(standard_pay_yen, nth_month, cost_yen);
        reasons.because("FEE-067", || {
            let pay = standard_pay_yen.map_or("-".to_owned(), |pay| pay.to_string());
            Bilingual::new(
                format!("予定されている区分：標準報酬月額{pay}円、費用{cost_yen}円で限度額は{yen}円"),
                format!("planned classes: standard pay {pay} yen, cost {cost_yen} yen: {yen} yen at most"),
            )
        });
        Some(yen)
    }

    /// The limit of a class in a month like any other, for a whole household.
    pub(super) fn household_limit_yen(&self, limit: Limit, cost_yen: Yen) -> Yen {
        self.limit_yen(limit, Setting::Inpatient, cost_yen, &mut ()).unwrap_or(Yen::MAX)
    }
}
