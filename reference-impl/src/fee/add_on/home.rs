//! 在宅医療DX情報活用加算: once a month for care at the patient's home (FEE-039).

use super::frequency::{charged_this_month, told};
use super::{AddOn, AddOnKind, Care, Charged, ReceiptCode, Standing, VisitFacts, VisitKind};
use crate::fee::Yen;
use crate::fee::read::{FigureError, Figures};
use crate::fee::reason::Reasons;
use crate::fee::tariff::Tariff;
use crate::lang::Bilingual;

/// The add-on in one period: with electronic prescriptions, and without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::fee) struct HomeDx {
    medical_points: [i64; 2],
    dental_points: [i64; 2],
    nursing_yen: Yen,
    /// Medical, dental.
    codes: [[i64; 2]; 2],
    nursing_code: i64,
    /// Whether there are two levels.
    levels: bool,
}

impl HomeDx {
    pub(in crate::fee) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let [Some(rule), Some(codes)] = ["FEE-039", "FEE-085"].map(|id| figures.rule(id)) else {
            return Ok(None);
        };
        // The medical points of the two levels are remembered only.
        let remembered = figures.rule("FEE-087");
        let medical = remembered.unwrap_or(rule).list_if_there("medical_points")?;
        Ok(Some(Self {
            medical_points: medical.unwrap_or_default(),
            dental_points: rule.list("dental_points")?,
            nursing_yen: rule.number("nursing_yen")?,
            codes: [codes.list("home_medical")?, codes.list("home_dental")?],
            nursing_code: codes.number("home_nursing")?,
            levels: remembered.is_some(),
        }))
    }
}

impl Tariff {
    pub(super) fn home_dx_add_on(
        &self,
        facts: &VisitFacts,
        standing: &Standing,
        charged: &[Charged],
        reasons: &mut impl Reasons,
    ) -> Option<AddOn> {
        let home = self.home_dx.as_ref()?;
        if !standing.home_dx || facts.visit != VisitKind::Home {
            return None;
        }
        if let Some(day) = charged_this_month(AddOnKind::HomeDx, facts.date, charged, |_| true) {
            reasons.because("FEE-039", || told(day, 1));
            return None;
        }
        let column = usize::from(!standing.e_prescription);
        let (points, code) = match facts.care {
            Care::Medical => (home.medical_points[column], home.codes[0][column]),
            Care::Dental => (home.dental_points[column], home.codes[1][column]),
            Care::Nursing => return Some(home.nursing(reasons)),
            Care::Pharmacy => return None,
        };
        let level = if home.levels { u8::try_from(column + 1).unwrap_or(0) } else { 0 };
        reasons.because("FEE-039", || {
            Bilingual::new(format!("在宅：{points}点"), format!("at home: {points} points"))
        });
        AddOn::in_points(AddOnKind::HomeDx, level, points, ReceiptCode::of(code))
    }
}

impl HomeDx {
    fn nursing(&self, reasons: &mut impl Reasons) -> AddOn {
        let yen = self.nursing_yen;
        reasons.because("FEE-039", || {
            Bilingual::new(format!("訪問看護：{yen}円"), format!("home nursing: {yen} yen"))
        });
        let code = ReceiptCode::of(self.nursing_code);
        AddOn { kind: AddOnKind::HomeDx, level: 0, points: 0, yen: Some(yen), code }
    }
}
