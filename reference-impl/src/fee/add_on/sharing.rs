//! 電子的診療情報連携体制整備加算, at pharmacies 電子的調剤情報連携体制整備加算, from June 2026
//! (FEE-040…043).

use jiff::civil::Date;

use super::frequency::{charged_this_month, told};
use super::rate::Rates;
use super::{
    AddOn, AddOnKind, Care, Charged, Months, ReceiptCode, Standing, VisitFacts, VisitKind,
};
use crate::fee::read::{FigureError, Figures};
use crate::fee::reason::Reasons;
use crate::fee::tariff::Tariff;
use crate::lang::Bilingual;

/// The add-on in one period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::fee) struct Sharing {
    medical_first: [(i64, i64); 3],
    medical_repeat: (i64, i64),
    dental_first: [(i64, i64); 2],
    dental_repeat: (i64, i64),
    pharmacy: (i64, i64),
    admission: (i64, i64),
    rate_percent: i64,
    rates: Rates,
    /// FEE-088: up to which day charts count as shared, in the reading that says so.
    charts_deemed_to: Option<Date>,
    /// FEE-088: whether one of prescriptions and charts is enough for the dental level 1.
    dental_either: bool,
    /// FEE-088: whether first and repeat visits exclude each other within a month.
    exclusive: bool,
}

impl Sharing {
    pub(in crate::fee) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let rules = ["FEE-040", "FEE-041", "FEE-042", "FEE-085", "FEE-088"];
        let [Some(medical), Some(others), Some(needs), Some(codes), Some(open)] =
            rules.map(|id| figures.rule(id))
        else {
            return Ok(None);
        };
        let deemed = open.text("charts_in_transition")? == "deemed_shared";
        let transition = needs.day_if_there("chart_sharing_transition_last_day")?;
        Ok(Some(Self {
            medical_first: zip(medical.list("first_points")?, medical.list("first_codes")?),
            medical_repeat: (medical.number("repeat_points")?, medical.number("repeat_code")?),
            dental_first: zip(
                others.list("dental_first_points")?,
                codes.list("sharing_dental_first")?,
            ),
            dental_repeat: (
                others.number("dental_repeat_points")?,
                codes.number("sharing_dental_repeat")?,
            ),
            pharmacy: (others.number("pharmacy_points")?, codes.number("sharing_pharmacy")?),
            admission: (medical.number("admission_points")?, codes.number("sharing_admission")?),
            rate_percent: needs.number("rate_percent")?,
            rates: Rates::best_of("FEE-042", needs.list("months_before")?),
            charts_deemed_to: transition.filter(|_| deemed),
            dental_either: open.text("dental_level_1")? == "either",
            exclusive: open.text("first_and_repeat")? == "exclusive",
        }))
    }

    /// FEE-043: the level at a first visit, from 0.
    fn level(&self, standing: &Standing, date: Date) -> usize {
        let charts = standing.chart_sharing || self.charts_deemed_to.is_some_and(|to| date <= to);
        match (standing.e_prescription, charts) {
            (true, true) => 0,
            (false, false) => 2,
            _ => 1,
        }
    }

    /// Points and code of a visit, and its level from 1, where there are levels.
    fn of(&self, facts: &VisitFacts, level: usize) -> Option<(i64, i64, usize)> {
        let of_level = |(points, code), level| Some((points, code, level + 1));
        let plain = |(points, code)| Some((points, code, 0));
        match (facts.care, facts.visit) {
            (Care::Medical, VisitKind::First) => of_level(self.medical_first[level], level),
            (Care::Medical, VisitKind::Repeat) => plain(self.medical_repeat),
            // Lower levels of a stay are not known.
            (Care::Medical, VisitKind::Admission) if level == 0 => of_level(self.admission, level),
            (Care::Dental, VisitKind::First) => {
                let reached = if self.dental_either { level < 2 } else { level == 0 };
                let level = usize::from(!reached);
                of_level(self.dental_first[level], level)
            }
            (Care::Dental, VisitKind::Repeat) => plain(self.dental_repeat),
            (Care::Pharmacy, VisitKind::Dispensing) => plain(self.pharmacy),
            _ => None,
        }
    }

    /// Whether something charged in this month stands in the way.
    fn blocked(&self, facts: &VisitFacts, charged: &[Charged], reasons: &mut impl Reasons) -> bool {
        let statement = AddOnKind::DetailedStatement;
        if let Some(day) = charged_this_month(statement, facts.date, charged, |_| true) {
            reasons.because("FEE-042", || {
                Bilingual::new(
                    format!("同じ月の {day} に明細書発行体制等加算を算定済み"),
                    format!("明細書発行体制等加算 was charged on {day} in the same month"),
                )
            });
            return true;
        }
        let counts = |visit| visit == facts.visit || self.exclusive;
        let earlier = charged_this_month(AddOnKind::Sharing, facts.date, charged, counts);
        if let Some(day) = earlier {
            reasons.because("FEE-040", || told(day, 1));
        }
        earlier.is_some()
    }
}

impl Tariff {
    pub(super) fn sharing_add_on(
        &self,
        facts: &VisitFacts,
        standing: &Standing,
        months: &Months,
        charged: &[Charged],
        reasons: &mut impl Reasons,
    ) -> Option<AddOn> {
        let sharing = self.sharing.as_ref()?;
        if !standing.sharing {
            return None;
        }
        let level = sharing.level(standing, facts.date);
        let (points, code, level) = sharing.of(facts, level)?;
        if sharing.blocked(facts, charged, reasons) {
            return None;
        }
        let rates = sharing.rates.on(facts.date, months);
        rates.tell(reasons);
        if !rates.reach(sharing.rate_percent) {
            reasons.because("FEE-042", || {
                let percent = sharing.rate_percent;
                Bilingual::new(
                    format!("利用率が{percent}％に届かない"),
                    format!("no rate reaches {percent} percent"),
                )
            });
            return None;
        }
        let rule = if facts.care == Care::Medical { "FEE-040" } else { "FEE-041" };
        reasons.because(rule, || told_level(level, points));
        let code = ReceiptCode::of(code);
        AddOn::in_points(AddOnKind::Sharing, u8::try_from(level).unwrap_or(0), points, code)
    }
}

fn told_level(level: usize, points: i64) -> Bilingual {
    if level == 0 {
        return Bilingual::new(format!("{points}点"), format!("{points} points"));
    }
    Bilingual::new(format!("加算{level}：{points}点"), format!("level {level}: {points} points"))
}

fn zip<const N: usize>(points: [i64; N], codes: [i64; N]) -> [(i64, i64); N] {
    std::array::from_fn(|level| (points[level], codes[level]))
}
