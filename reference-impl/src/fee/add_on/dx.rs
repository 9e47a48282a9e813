//! 医療DX推進体制整備加算, June 2024 to May 2026: once a month at a first visit, in levels by the
//! use of the card (FEE-020…038).

use jiff::civil::Date;

use super::frequency::{charged_this_month, told as told_charged};
use super::rate::{Found, Rates};
use super::{
    AddOn, AddOnKind, Care, Charged, Months, Poster, ReceiptCode, Standing, VisitFacts, VisitKind,
};
use crate::fee::read::{FigureError, Figures, InForce};
use crate::fee::reason::Reasons;
use crate::fee::tariff::Tariff;
use crate::lang::Bilingual;

/// The most levels there ever were.
const LEVELS: usize = 6;
/// The rules that give its points, one after the other in time.
const PERIODS: [&str; 6] = ["FEE-020", "FEE-021", "FEE-022", "FEE-023", "FEE-024", "FEE-025"];

type PerLevel = [i64; LEVELS];

/// The add-on in one period. Levels stand in order; 0 points where there is no such level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::fee) struct Dx {
    rule: &'static str,
    /// Medical, dental, pharmacy.
    points: [PerLevel; 3],
    codes: [PerLevel; 3],
    rate_percent: PerLevel,
    rates: Option<Rates>,
    /// Levels from 1 that need electronic prescriptions, or advice by the portal.
    e_prescription: PerLevel,
    consultation: PerLevel,
    /// The last day on which charts need not be shared yet.
    without_charts_to: Option<Date>,
    children: Option<ForChildren>,
}

/// FEE-037: the lower rate of institutions for children.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct ForChildren {
    visits_percent: i64,
    levels: PerLevel,
    rate_percent: i64,
}

impl Dx {
    pub(in crate::fee) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some((name, rule)) = PERIODS.into_iter().find_map(|id| Some((id, figures.rule(id)?)))
        else {
            return Ok(None);
        };
        let [Some(codes), Some(standing)] = ["FEE-084", "FEE-036"].map(|id| figures.rule(id))
        else {
            return Ok(None);
        };
        let mut points =
            [rule.row("medical_points")?, rule.row("dental_points")?, rule.row("pharmacy_points")?];
        let doubtful = figures.rule("FEE-086");
        if let Some(doubtful) = &doubtful {
            points[0][LEVELS - 1] = doubtful.number("level_6_medical_points")?;
        }
        Ok(Some(Self {
            rule: name,
            points,
            codes: [codes.row("medical")?, codes.row("dental")?, codes.row("pharmacy")?],
            rate_percent: rule.row_if_there("rate_percent")?,
            rates: Rates::read(figures)?,
            e_prescription: rule.row_if_there("e_prescription_levels")?,
            consultation: standing.row_if_there("consultation_levels")?,
            without_charts_to: standing.day_if_there("without_chart_sharing_last_day")?,
            children: ForChildren::read(figures, &rule, doubtful.as_ref())?,
        }))
    }
}

impl ForChildren {
    fn read(
        figures: &Figures<'_>,
        period: &InForce<'_>,
        doubtful: Option<&InForce<'_>>,
    ) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("FEE-037") else { return Ok(None) };
        let published = period.number_if_there("children_rate_percent")?;
        let remembered = match doubtful {
            Some(rule) => rule.number_if_there("children_rate_percent")?,
            None => None,
        };
        let Some(rate_percent) = published.or(remembered) else { return Ok(None) };
        let visits_percent = rule.number("visits_percent")?;
        Ok(Some(Self { visits_percent, levels: rule.row("levels")?, rate_percent }))
    }
}

impl Tariff {
    pub(super) fn dx_add_on(
        &self,
        facts: &VisitFacts,
        standing: &Standing,
        months: &Months,
        charged: &[Charged],
        reasons: &mut impl Reasons,
    ) -> Option<AddOn> {
        let dx = self.dx.as_ref()?;
        let column = column(facts)?;
        if !standing.dx {
            return None;
        }
        if let Some(day) = charged_this_month(AddOnKind::Dx, facts.date, charged, |_| true) {
            reasons.because("FEE-038", || told_charged(day, 1));
            return None;
        }
        if !dx.facility_may(standing, facts.date, reasons) {
            return None;
        }
        let rates = dx.rates.map(|rates| rates.on(facts.date, months));
        if let Some(rates) = &rates {
            rates.tell(reasons);
        }
        let level = dx.level(column, standing, rates.as_ref());
        let points = level.map_or(0, |level| dx.points[column][level]);
        reasons.because(dx.rule, || dx.told(level, points));
        let level = level?;
        let code = ReceiptCode::of(dx.codes[column][level]);
        let number = if dx.rates.is_some() { u8::try_from(level + 1).unwrap_or(0) } else { 0 };
        AddOn::in_points(AddOnKind::Dx, number, points, code)
    }
}

/// Where the points of a visit stand: only first visits and dispensing have the add-on.
fn column(facts: &VisitFacts) -> Option<usize> {
    match (facts.care, facts.visit) {
        (Care::Medical, VisitKind::First) => Some(0),
        (Care::Dental, VisitKind::First) => Some(1),
        (Care::Pharmacy, VisitKind::Dispensing) => Some(2),
        _ => None,
    }
}

impl Dx {
    /// FEE-036: what every level needs.
    fn facility_may(&self, standing: &Standing, date: Date, reasons: &mut impl Reasons) -> bool {
        let charts = standing.chart_sharing || self.without_charts_to.is_none_or(|to| date <= to);
        let wrong = if !standing.room_use {
            (
                "取得した情報を診察室で使えない",
                "what was fetched cannot be used in the consulting room",
            )
        } else if standing.poster != Poster::Card {
            (
                "マイナ保険証を求める掲示がない（保険証だけを求める掲示では足りない）",
                "no poster asks for the card; one that asks for the health card only does not do",
            )
        } else if !charts {
            ("電子カルテ情報共有サービスを使っていない", "charts are not shared")
        } else {
            return true;
        };
        reasons.because("FEE-036", || {
            let (ja, en) = wrong;
            Bilingual::new(format!("{ja}ので、算定できない"), format!("{en}: no add-on"))
        });
        false
    }

    /// The first level, from 0, of which everything is fulfilled.
    fn level(&self, column: usize, standing: &Standing, rates: Option<&Found>) -> Option<usize> {
        let fulfilled = |level: &usize| {
            let needs = |list: &PerLevel| list.contains(&number(*level));
            let rate = || rates.is_none_or(|rates| rates.reach(self.percent(*level, standing)));
            self.points[column][*level] > 0
                && (standing.e_prescription || !needs(&self.e_prescription))
                && (standing.consultation || !needs(&self.consultation))
                && rate()
        };
        (0..LEVELS).find(fulfilled)
    }

    /// The rate that a level needs.
    fn percent(&self, level: usize, standing: &Standing) -> i64 {
        let lower = self.children.filter(|for_children| {
            for_children.levels.contains(&number(level))
                && standing.children.is_some_and(|c| c.reach_percent(for_children.visits_percent))
        });
        lower.map_or(self.rate_percent[level], |for_children| for_children.rate_percent)
    }

    fn told(&self, level: Option<usize>, points: i64) -> Bilingual {
        match (level, &self.rates) {
            (None, _) => Bilingual::new("どの区分にも届かない", "no level is reached"),
            (Some(_), None) => Bilingual::new(format!("{points}点"), format!("{points} points")),
            (Some(level), Some(_)) => {
                let (level, percent) = (number(level), self.rate_percent[level]);
                Bilingual::new(
                    format!("加算{level}（利用率{percent}％以上）：{points}点"),
                    format!("level {level} (a rate of {percent} percent or more): {points} points"),
                )
            }
        }
    }
}

/// Levels are counted from 1.
fn number(level: usize) -> i64 {
    i64::try_from(level + 1).unwrap_or(0)
}
