//! 高額療養費の自己負担限度額: the most somebody pays in a month, by class (FEE-060…065,
//! FEE-080…082).

use serde::{Deserialize, Serialize};

use super::Yen;
use super::read::{FigureError, Figures};
use super::reason::Reasons;
use super::share::rounded;
use super::tariff::Tariff;
use crate::lang::Bilingual;
use crate::wire;

/// 適用区分: the class of the limit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitClass {
    /// 区分ア, under 70.
    #[serde(alias = "ア")]
    A,
    /// 区分イ, under 70.
    #[serde(alias = "イ")]
    B,
    /// 区分ウ, under 70.
    #[serde(alias = "ウ")]
    C,
    /// 区分エ, under 70.
    #[serde(alias = "エ")]
    D,
    /// 区分オ, under 70: no municipal tax.
    #[serde(alias = "オ")]
    E,
    /// 現役並みⅢ, 70 and over.
    #[serde(rename = "high-income-3")]
    HighIncome3,
    /// 現役並みⅡ.
    #[serde(rename = "high-income-2")]
    HighIncome2,
    /// 現役並みⅠ.
    #[serde(rename = "high-income-1")]
    HighIncome1,
    /// 一般, 70 to 74.
    General,
    /// 一般Ⅱ, 75 and over: the 20 percent class.
    #[serde(rename = "general-2")]
    General2,
    /// 一般Ⅰ, 75 and over: the 10 percent class.
    #[serde(rename = "general-1")]
    General1,
    /// 低所得Ⅱ.
    #[serde(rename = "low-2")]
    Low2,
    /// 低所得Ⅰ.
    #[serde(rename = "low-1")]
    Low1,
}

impl LimitClass {
    /// Every class.
    pub const ALL: [Self; 13] = [
        Self::A,
        Self::B,
        Self::C,
        Self::D,
        Self::E,
        Self::HighIncome3,
        Self::HighIncome2,
        Self::HighIncome1,
        Self::General,
        Self::General2,
        Self::General1,
        Self::Low2,
        Self::Low1,
    ];

    /// Whether it is a class of people of 70 and over.
    pub fn is_elderly(self) -> bool {
        self > Self::E
    }

    /// The class of somebody of 70 or over whose answer names a share in percent but no class.
    pub fn of_elderly_share(percent: u8, late_elderly: bool) -> Self {
        match (percent, late_elderly) {
            (30.., _) => Self::HighIncome3,
            (_, false) => Self::General,
            (20.., true) => Self::General2,
            (_, true) => Self::General1,
        }
    }

    /// Its name in Japanese.
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "ア",
            Self::B => "イ",
            Self::C => "ウ",
            Self::D => "エ",
            Self::E => "オ",
            Self::HighIncome3 => "現役並みⅢ",
            Self::HighIncome2 => "現役並みⅡ",
            Self::HighIncome1 => "現役並みⅠ",
            Self::General => "一般",
            Self::General2 => "一般Ⅱ",
            Self::General1 => "一般Ⅰ",
            Self::Low2 => "低所得Ⅱ",
            Self::Low1 => "低所得Ⅰ",
        }
    }

    /// Where its figures stand in the lists of the register.
    pub(super) fn row(self) -> Row {
        match self {
            Self::A | Self::HighIncome3 => Row::Income(0),
            Self::B | Self::HighIncome2 => Row::Income(1),
            Self::C | Self::HighIncome1 => Row::Income(2),
            Self::D => Row::Income(3),
            Self::E => Row::Income(4),
            Self::General | Self::General2 | Self::General1 => Row::Elderly(0),
            Self::Low2 => Row::Elderly(1),
            Self::Low1 => Row::Elderly(2),
        }
    }
}

/// A row of FEE-080 (ア to オ, and high incomes of 70 and over like ア to ウ) or of FEE-081 (一般,
/// 低所得Ⅱ, 低所得Ⅰ).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Row {
    Income(usize),
    Elderly(usize),
}

impl From<wire::LimitClass> for LimitClass {
    fn from(code: wire::LimitClass) -> Self {
        use wire::LimitClass as Code;
        match code {
            Code::A01 => Self::A,
            Code::A02 => Self::B,
            Code::A03 => Self::C,
            Code::A04 => Self::D,
            Code::A05 | Code::A06 => Self::E,
            Code::B01 => Self::HighIncome3,
            Code::B02 => Self::HighIncome2,
            Code::B03 => Self::HighIncome1,
            Code::B04 => Self::General,
            Code::B05 => Self::Low2,
            Code::B06 | Code::B07 | Code::B08 => Self::Low1,
            Code::B09 => Self::General2,
            Code::B10 => Self::General1,
        }
    }
}

/// 入院・外来の別: the two are charged, capped and claimed apart (CLM-020, FEE-064).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// 外来, and everything else that is no stay.
    #[default]
    Outpatient,
    /// 入院: a stay, or what of it lies in one month. Its limit is also that of a household.
    Inpatient,
}

/// Which limit of the month applies to somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub struct Limit {
    /// 適用区分.
    pub class: LimitClass,
    /// Whether it is the month of the 75th birthday (FEE-065).
    #[serde(default)]
    pub halved: bool,
    /// The how-manieth month with benefit within the last twelve this one is (FEE-062); 1 where
    /// nothing is known of others.
    #[serde(default = "first_month")]
    pub nth_month: u8,
}

pub(super) fn first_month() -> u8 {
    1
}

impl Limit {
    /// The limit of a class in a month like any other.
    pub fn of(class: LimitClass) -> Self {
        Self { class, halved: false, nth_month: first_month() }
    }
}

/// How many classes of FEE-080 have a part of one percent: ア, イ, ウ.
const WITH_PART: usize = 3;

/// The limits of one period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Limits {
    /// FEE-080: ア to オ.
    base_yen: [Yen; 5],
    threshold_yen: [Yen; WITH_PART],
    multiple_yen: [Yen; 5],
    /// FEE-081: 一般, 低所得Ⅱ, 低所得Ⅰ.
    outpatient_yen: [Yen; 3],
    household_yen: [Yen; 3],
    household_multiple_yen: [Yen; 3],
    /// FEE-060.
    part: Part,
    /// FEE-062.
    multiple_from: u8,
    pub(super) multiple_within_months: i32,
    /// FEE-065.
    divisor: i64,
    /// FEE-082.
    halved_unit_yen: Yen,
    halves_multiple: bool,
}

/// FEE-060: the part of the limit that grows with the cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    percent: i64,
    unit_yen: Yen,
}

impl Part {
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("FEE-060") else { return Ok(None) };
        let unit_yen = rule.number("unit_yen")?.max(1);
        Ok(Some(Self { percent: rule.number("part_percent")?, unit_yen }))
    }

    /// The part of a cost above a threshold; nothing below it.
    pub(super) fn over_yen(&self, threshold_yen: Yen, cost_yen: Yen) -> Yen {
        let over = cost_yen.saturating_sub(threshold_yen).max(0);
        rounded(over.saturating_mul(self.percent), 100, self.unit_yen)
    }
}

impl Limits {
    /// The limits of a period; none where one of the rules that give them is not in force.
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let rules = ["FEE-062", "FEE-065", "FEE-080", "FEE-081", "FEE-082"];
        let [Some(multiple), Some(halves), Some(income), Some(elderly), Some(rounding)] =
            rules.map(|rule| figures.rule(rule))
        else {
            return Ok(None);
        };
        let Some(part) = Part::read(figures)? else { return Ok(None) };
        Ok(Some(Self {
            base_yen: income.list("base_yen")?,
            threshold_yen: income.list("threshold_yen")?,
            multiple_yen: income.list("multiple_yen")?,
            outpatient_yen: elderly.list("outpatient_yen")?,
            household_yen: elderly.list("household_yen")?,
            household_multiple_yen: elderly.list("multiple_yen")?,
            part,
            multiple_from: multiple.small("from_month")?,
            multiple_within_months: multiple.small("within_months")?,
            divisor: halves.number("divisor")?.max(1),
            halved_unit_yen: rounding.number("halved_unit_yen")?.max(1),
            halves_multiple: rounding.text("multiple_in_birthday_month")? == "halved",
        }))
    }

    fn halved_yen(&self, yen: Yen, halved: bool) -> Yen {
        if halved { rounded(yen, self.divisor, self.halved_unit_yen) } else { yen }
    }
}

impl Tariff {
    /// The most that somebody pays in a month whose cost is `cost_yen`, in yen: of one facility's
    /// own receipt at the counter, of a whole household in the later benefit. `None` where no
    /// limits are in force.
    pub fn limit_yen(
        &self,
        limit: Limit,
        setting: Setting,
        cost_yen: Yen,
        reasons: &mut impl Reasons,
    ) -> Option<Yen> {
        let limits = self.limits.as_ref()?;
        let many = limit.nth_month >= limits.multiple_from;
        Some(match limit.class.row() {
            Row::Income(row) if many => limits.multiple(limit, limits.multiple_yen[row], reasons),
            Row::Income(row) => limits.by_income(limit, row, cost_yen, reasons),
            Row::Elderly(row) if setting == Setting::Outpatient => {
                limits.flat("FEE-081", limit, limits.outpatient_yen[row], reasons)
            }
            // A class without such an amount pays the plain one every month.
            Row::Elderly(row) if many && limits.household_multiple_yen[row] > 0 => {
                limits.multiple(limit, limits.household_multiple_yen[row], reasons)
            }
            Row::Elderly(row) => limits.flat("FEE-081", limit, limits.household_yen[row], reasons),
        })
    }

    /// FEE-062: whether a month like this has the amount for many months with benefit (多数回該当).
    pub fn is_multiple(&self, limit: Limit, setting: Setting) -> bool {
        let Some(limits) = &self.limits else { return false };
        let many = limit.nth_month >= limits.multiple_from;
        many && match limit.class.row() {
            Row::Income(_) => true,
            Row::Elderly(_) if setting == Setting::Outpatient => false,
            Row::Elderly(row) => limits.household_multiple_yen[row] > 0,
        }
    }

    /// FEE-062: the how-manieth month with benefit `month` is, if `earlier` were others.
    pub fn nth_month(
        &self,
        month: crate::calendar::Month,
        earlier: &[crate::calendar::Month],
    ) -> u8 {
        let within = self.limits.as_ref().map_or(1, |limits| limits.multiple_within_months);
        let first = month.plus(1 - within);
        let others = earlier.iter().filter(|m| first <= **m && **m < month).count();
        u8::try_from(others).unwrap_or(u8::MAX).saturating_add(1)
    }
}

impl Limits {
    fn by_income(
        &self,
        limit: Limit,
        row: usize,
        cost_yen: Yen,
        reasons: &mut impl Reasons,
    ) -> Yen {
        let base = self.flat("FEE-080", limit, self.base_yen[row], reasons);
        let Some(threshold) = self.threshold_yen.get(row) else { return base };
        let threshold = self.halved_yen(*threshold, limit.halved);
        let over = self.part.over_yen(threshold, cost_yen);
        let yen = base.saturating_add(over);
        reasons.because("FEE-060", || {
            let Part { percent, .. } = self.part;
            Bilingual::new(
                format!("{base}円＋（{cost_yen}円－{threshold}円）×{percent}％（負にはしない）＝{base}円＋{over}円＝{yen}円"),
                format!("{base} yen + {percent} percent of ({cost_yen} - {threshold}) yen, never negative = {base} + {over} = {yen} yen"),
            )
        });
        yen
    }

    fn flat(
        &self,
        rule: &'static str,
        limit: Limit,
        plain: Yen,
        reasons: &mut impl Reasons,
    ) -> Yen {
        reasons.because(rule, || {
            let class = limit.class.name();
            Bilingual::new(
                format!("区分「{class}」の限度額は{plain}円"),
                format!("the limit of class {class} is {plain} yen"),
            )
        });
        self.after_birthday(limit.halved, plain, reasons)
    }

    fn multiple(&self, limit: Limit, plain: Yen, reasons: &mut impl Reasons) -> Yen {
        reasons.because("FEE-062", || {
            let (class, nth) = (limit.class.name(), limit.nth_month);
            Bilingual::new(
                format!("直近の期間で{nth}回目なので、区分「{class}」の多数回該当の額は{plain}円"),
                format!("the {nth}th month with benefit: class {class} pays {plain} yen at most"),
            )
        });
        self.after_birthday(limit.halved && self.halves_multiple, plain, reasons)
    }

    fn after_birthday(&self, halved: bool, plain: Yen, reasons: &mut impl Reasons) -> Yen {
        let yen = self.halved_yen(plain, halved);
        if halved {
            reasons.because("FEE-065", || {
                let divisor = self.divisor;
                Bilingual::new(
                    format!("75歳の誕生月なので{divisor}分の1の{yen}円"),
                    format!("the month of the 75th birthday: divided by {divisor}, {yen} yen"),
                )
            });
        }
        yen
    }
}
