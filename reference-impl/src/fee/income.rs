//! Classes by income (FEE-052…054, FEE-061). An insurer works them out once a year; at the
//! counter the answer names the class and nobody computes it (FEE-055).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Yen;
use super::age::AgeClass;
use super::limit::LimitClass;
use super::read::{FigureError, Figures};
use super::reason::Reasons;
use super::tariff::Tariff;
use crate::lang::Bilingual;

/// What is known of the income of a person of 70 or over, in yen a year but for the pay.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Income {
    /// 課税所得.
    #[serde(default)]
    pub taxable_yen: Yen,
    /// 標準報酬月額 of an employee, a month.
    #[serde(default)]
    pub standard_pay_yen: Option<Yen>,
    /// 収入 of those of 70 or over in the household, before anything is deducted.
    #[serde(default)]
    pub receipts_yen: Yen,
    /// 年金収入とその他の合計所得 of those of 75 or over in the household.
    #[serde(default)]
    pub pension_and_other_yen: Yen,
    /// How many of the household are of that age.
    #[serde(default = "alone")]
    pub people: u8,
}

fn alone() -> u8 {
    1
}

/// From which income on somebody pays like the active generation (現役並み).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct High {
    taxable_yen: Yen,
    standard_pay_yen: Option<Yen>,
    /// Below these receipts the class is not applied: alone, several.
    relief_yen: [Yen; 2],
}

impl High {
    fn includes(&self, income: &Income) -> bool {
        let high = match (income.standard_pay_yen, self.standard_pay_yen) {
            (Some(pay), Some(from)) => from <= pay,
            _ => self.taxable_yen <= income.taxable_yen,
        };
        high && self.relief_yen[usize::from(income.people > 1)] <= income.receipts_yen
    }
}

/// The thresholds of one period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Incomes {
    recipient: High,
    late: High,
    /// FEE-053, the 20 percent class.
    middle_taxable_yen: Yen,
    middle_income_yen: [Yen; 2],
    /// FEE-054.
    first_month: i8,
    /// FEE-061: ア, イ, ウ.
    pay_from_yen: [Yen; 3],
    income_above_yen: [Yen; 3],
}

impl Incomes {
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let [Some(recipient), Some(late), Some(yearly), Some(classes)] =
            ["FEE-052", "FEE-053", "FEE-054", "FEE-061"].map(|rule| figures.rule(rule))
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            recipient: High {
                taxable_yen: recipient.number("high_taxable_yen")?,
                standard_pay_yen: Some(recipient.number("high_standard_pay_yen")?),
                relief_yen: recipient.list("relief_receipts_yen")?,
            },
            late: High {
                taxable_yen: late.number("high_taxable_yen")?,
                standard_pay_yen: None,
                relief_yen: late.list("relief_receipts_yen")?,
            },
            middle_taxable_yen: late.number("middle_taxable_yen")?,
            middle_income_yen: late.list("middle_income_yen")?,
            first_month: yearly.small("first_month")?,
            pay_from_yen: classes.list("standard_pay_from_yen")?,
            income_above_yen: classes.list("income_above_yen")?,
        }))
    }
}

impl Tariff {
    /// FEE-052, FEE-053: the share in percent that an insurer registers for a person of 70 or
    /// over; `None` for younger ones.
    pub fn percent_by_income(
        &self,
        age: AgeClass,
        income: &Income,
        reasons: &mut impl Reasons,
    ) -> Option<u8> {
        let incomes = self.incomes.as_ref()?;
        let (rule, percent) = match age {
            AgeClass::ElderlyRecipient => {
                let high = incomes.recipient.includes(income);
                ("FEE-052", self.shares.recipient[usize::from(high)])
            }
            AgeClass::LateElderly => {
                let several = usize::from(income.people > 1);
                let middle = incomes.middle_taxable_yen <= income.taxable_yen
                    && incomes.middle_income_yen[several] <= income.pension_and_other_yen;
                let row = if incomes.late.includes(income) { 2 } else { usize::from(middle) };
                ("FEE-053", self.shares.late[row])
            }
            AgeClass::Preschool | AgeClass::Standard => return None,
        };
        reasons.because(rule, || {
            let Income { taxable_yen, receipts_yen, pension_and_other_yen, people, .. } = income;
            let ja = format!("対象者{people}人、課税所得{taxable_yen}円、収入{receipts_yen}円、年金収入とその他の所得{pension_and_other_yen}円：{percent}％");
            let en = format!("{people} of that age, taxable income {taxable_yen} yen, receipts {receipts_yen} yen, pension and other income {pension_and_other_yen} yen: {percent} percent");
            Bilingual::new(ja, en)
        });
        Some(percent)
    }

    /// FEE-061: the class of somebody under 70 insured through work, by standard monthly pay.
    pub fn class_by_pay(&self, pay_yen: Yen, taxed: bool) -> Option<LimitClass> {
        let from = self.incomes.as_ref()?.pay_from_yen;
        Some(class(taxed, from.iter().position(|from| *from <= pay_yen)))
    }

    /// FEE-061: the class of somebody under 70 in national health insurance, by the income of
    /// the proviso (旧ただし書き所得).
    pub fn class_by_income(&self, income_yen: Yen, taxed: bool) -> Option<LimitClass> {
        let above = self.incomes.as_ref()?.income_above_yen;
        Some(class(taxed, above.iter().position(|above| *above < income_yen)))
    }

    /// FEE-054: the first day of the year of classes in which `on` lies.
    pub fn class_year_start(&self, on: Date) -> Option<Date> {
        year_start(self.incomes.as_ref()?.first_month, on)
    }
}

fn class(taxed: bool, row: Option<usize>) -> LimitClass {
    match (taxed, row) {
        (true, Some(0)) => LimitClass::A,
        (true, Some(1)) => LimitClass::B,
        (true, Some(_)) => LimitClass::C,
        (true, None) => LimitClass::D,
        (false, _) => LimitClass::E,
    }
}

/// The first day of the year that begins with `month` and holds `on`.
pub(super) fn year_start(month: i8, on: Date) -> Option<Date> {
    let year = if month <= on.month() { on.year() } else { on.year().checked_sub(1)? };
    Date::new(year, month, 1).ok()
}
