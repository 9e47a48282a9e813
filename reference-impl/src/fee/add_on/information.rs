//! 医療情報取得加算, before June 2024 医療情報・システム基盤整備体制充実加算 (FEE-001…011).

use jiff::civil::Date;

use super::{
    AddOn, AddOnKind, CardUsed, Care, Charged, ReceiptCode, Standing, VisitFacts, VisitKind,
};
use crate::fee::read::{FigureError, Figures, InForce};
use crate::fee::reason::Reasons;
use crate::fee::tariff::Tariff;
use crate::lang::Bilingual;

/// The rules that give its points, one after the other in time.
const PERIODS: [&str; 5] = ["FEE-001", "FEE-002", "FEE-003", "FEE-004", "FEE-005"];

/// The add-on in one period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::fee) struct Information {
    rule: &'static str,
    since: Option<Date>,
    first: Option<Line>,
    repeat: Option<Line>,
    dispensing: Option<Line>,
    codes: Codes,
    /// FEE-010: whether the card counts as used where nothing was fetched.
    empty_card_counts: bool,
}

/// Points without and with the card, and in how many months it may be charged once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Line {
    points: [i64; 2],
    months: i32,
}

/// FEE-083, without and with the card; 0 where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Codes {
    first: [[i64; 2]; 2],
    repeat: [[i64; 2]; 2],
    dispensing: [i64; 2],
}

impl Information {
    pub(in crate::fee) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some((name, rule)) = PERIODS.into_iter().find_map(|id| Some((id, figures.rule(id)?)))
        else {
            return Ok(None);
        };
        let [Some(codes), Some(empty)] = ["FEE-083", "FEE-010"].map(|id| figures.rule(id)) else {
            return Ok(None);
        };
        Ok(Some(Self {
            rule: name,
            since: rule.since(),
            first: Line::read(&rule, "first_points", "first_months")?,
            repeat: Line::read(&rule, "repeat_points", "repeat_months")?,
            dispensing: Line::read(&rule, "dispensing_points", "dispensing_months")?,
            codes: Codes::read(&codes)?,
            empty_card_counts: empty.text("card_without_data")? == "card",
        }))
    }

    fn line(&self, visit: VisitKind) -> Option<Line> {
        match visit {
            VisitKind::First => self.first,
            VisitKind::Repeat => self.repeat,
            VisitKind::Dispensing => self.dispensing,
            VisitKind::Home | VisitKind::Admission => None,
        }
    }
}

impl Line {
    fn read(
        rule: &InForce<'_>,
        points: &'static str,
        months: &'static str,
    ) -> Result<Option<Self>, FigureError> {
        let Some(points) = rule.list_if_there(points)? else { return Ok(None) };
        Ok(Some(Self { points, months: rule.small(months)? }))
    }
}

impl Codes {
    fn read(rule: &InForce<'_>) -> Result<Self, FigureError> {
        let none = |name| Ok::<_, FigureError>(rule.list_if_there(name)?.unwrap_or_default());
        Ok(Self {
            first: [rule.list("medical_first")?, rule.list("dental_first")?],
            repeat: [none("medical_repeat")?, none("dental_repeat")?],
            dispensing: rule.list("dispensing")?,
        })
    }

    fn of(&self, care: Care, visit: VisitKind, column: usize) -> ReceiptCode {
        let row = usize::from(care == Care::Dental);
        let codes = match visit {
            VisitKind::First => self.first[row],
            VisitKind::Repeat => self.repeat[row],
            _ => self.dispensing,
        };
        ReceiptCode::of(codes[column])
    }
}

impl Tariff {
    pub(super) fn information_add_on(
        &self,
        facts: &VisitFacts,
        standing: &Standing,
        charged: &[Charged],
        reasons: &mut impl Reasons,
    ) -> Option<AddOn> {
        let (period, frequency) = (self.information.as_ref()?, self.frequency.as_ref()?);
        if !standing.information || facts.care == Care::Nursing {
            return None;
        }
        let line = period.line(facts.visit)?;
        let visit = (facts.visit, facts.date);
        if !frequency.allows(visit, line.months, period.since, charged, reasons) {
            return None;
        }
        let with_card = period.card_counts(facts.card, reasons);
        let points = line.points[usize::from(with_card)];
        reasons.because(period.rule, || told(facts.visit, with_card, points));
        let code = period.codes.of(facts.care, facts.visit, usize::from(with_card));
        AddOn::in_points(AddOnKind::Information, 0, points, code)
    }
}

impl Information {
    /// FEE-010.
    fn card_counts(&self, card: CardUsed, reasons: &mut impl Reasons) -> bool {
        match card {
            CardUsed::Yes => true,
            CardUsed::No => false,
            CardUsed::Refused | CardUsed::NotFetched => {
                reasons.because("FEE-010", || {
                    Bilingual::new(
                        "カードを使ったが、情報を取得していない",
                        "the card was used, but no information was fetched",
                    )
                });
                self.empty_card_counts
            }
        }
    }
}

fn told(visit: VisitKind, with_card: bool, points: i64) -> Bilingual {
    let (ja, en) = match visit {
        VisitKind::First => ("初診", "first visit"),
        VisitKind::Repeat => ("再診", "repeat visit"),
        _ => ("調剤", "dispensing"),
    };
    let (used_ja, used_en) = if with_card {
        ("マイナ保険証あり", "with the card")
    } else {
        ("マイナ保険証なし", "without the card")
    };
    Bilingual::new(
        format!("{ja}、{used_ja}：{points}点"),
        format!("{en} {used_en}: {points} points"),
    )
}
