//! 負担割合: which share somebody pays, and how it is rounded (FEE-050…056, FB-006).

use jiff::civil::Date;

use super::Yen;
use super::age::AgeClass;
use super::read::{Figures, Unread};
use super::reason::Reasons;
use super::tariff::Tariff;
use crate::lang::Bilingual;

/// The shares of one period, in percent, and how they are rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shares {
    /// GEN-008.
    pub(super) yen_per_point: Yen,
    /// FEE-056: amounts are rounded to this many yen.
    pub(super) unit_yen: Yen,
    /// FEE-050.
    preschool: u8,
    /// FEE-051.
    standard: u8,
    /// FEE-052: plain, high income.
    pub(super) recipient: [u8; 2],
    /// FEE-053: plain, middle income, high income.
    pub(super) late: [u8; 3],
    /// FB-006: where nothing shows the rate, of adults and of children before school.
    unknown: [u8; 2],
    /// FEE-091: shares that a certificate of a public scheme names are rounded to this many yen.
    public_unit_yen: Yen,
}

impl Shares {
    pub(super) fn read(figures: &Figures<'_>) -> Result<Self, Unread> {
        let unit_yen = figures.need("FEE-056")?.number("unit_yen")?.max(1);
        let to_one_yen = match figures.rule("FEE-091") {
            Some(rule) => rule.text("rounding")? == "one_yen",
            None => false,
        };
        let percent = |rule, name| Ok::<u8, Unread>(figures.need(rule)?.small(name)?);
        Ok(Self {
            yen_per_point: figures.need("GEN-008")?.number("yen_per_point")?,
            unit_yen,
            preschool: percent("FEE-050", "share_percent")?,
            standard: percent("FEE-051", "share_percent")?,
            recipient: [
                percent("FEE-052", "share_percent")?,
                percent("FEE-052", "high_income_percent")?,
            ],
            late: [
                percent("FEE-053", "share_percent")?,
                percent("FEE-053", "middle_income_percent")?,
                percent("FEE-053", "high_income_percent")?,
            ],
            unknown: [
                percent("FB-006", "share_percent")?,
                percent("FB-006", "preschool_share_percent")?,
            ],
            public_unit_yen: if to_one_yen { 1 } else { unit_yen },
        })
    }
}

impl Tariff {
    /// GEN-008: what `points` cost, in yen.
    pub fn cost_yen(&self, points: i64) -> Yen {
        points.saturating_mul(self.shares.yen_per_point)
    }

    /// FEE-056: the share of `points` at `percent`, rounded.
    pub fn share_yen(&self, points: i64, percent: u8) -> Yen {
        self.share_of_yen(self.cost_yen(points), percent, &mut ())
    }

    /// FEE-091: the share of `points` that a certificate of a public scheme leaves to the
    /// patient, rounded.
    pub fn public_share_yen(&self, points: i64, percent: u8) -> Yen {
        let exact = self.cost_yen(points).saturating_mul(i64::from(percent));
        rounded(exact, 100, self.shares.public_unit_yen)
    }

    /// FEE-056: the share of a cost in yen at `percent`, rounded.
    pub fn share_of_yen(&self, cost_yen: Yen, percent: u8, reasons: &mut impl Reasons) -> Yen {
        let exact = cost_yen.saturating_mul(i64::from(percent));
        let unit = self.shares.unit_yen;
        let share = rounded(exact, 100, unit);
        reasons.because("FEE-056", || {
            let plain = hundredths(exact);
            Bilingual::new(
                format!("{cost_yen}円の{percent}％は{plain}円。{unit}円未満を四捨五入して{share}円"),
                format!("{percent} percent of {cost_yen} yen is {plain} yen; rounded to {unit} yen, half up: {share} yen"),
            )
        });
        share
    }

    /// FEE-050…053: the share in percent of a person for whom no answer names another one.
    pub fn share_percent(&self, born: Date, on: Date, reasons: &mut impl Reasons) -> u8 {
        let shares = &self.shares;
        let (rule, percent, ja, en) = match self.age_class(born, on) {
            AgeClass::Preschool => ("FEE-050", shares.preschool, "未就学", "before school age"),
            AgeClass::Standard => {
                ("FEE-051", shares.standard, "就学後70歳未満", "from school age to 69")
            }
            AgeClass::ElderlyRecipient => {
                ("FEE-052", shares.recipient[0], "70歳から74歳", "70 to 74")
            }
            AgeClass::LateElderly => ("FEE-053", shares.late[0], "後期高齢者", "75 or over"),
        };
        reasons.because(rule, || {
            Bilingual::new(
                format!("{born} 生まれは {on} に{ja}。答えに割合がなければ{percent}％"),
                format!(
                    "born on {born}, on {on} {en}: {percent} percent where no answer names a share"
                ),
            )
        });
        percent
    }

    /// FB-006: the share in percent where nothing shows the rate.
    pub fn share_percent_unknown(&self, born: Date, on: Date) -> u8 {
        let [adult, preschool] = self.shares.unknown;
        if self.age_class(born, on) == AgeClass::Preschool { preschool } else { adult }
    }
}

/// `numerator / denominator`, of which neither is negative, rounded to multiples of `unit`, half
/// up.
pub fn rounded(numerator: i64, denominator: i64, unit: i64) -> i64 {
    let step = denominator.saturating_mul(unit).max(1);
    numerator.saturating_add(step / 2).div_euclid(step).saturating_mul(unit)
}

/// Hundredths as a decimal number without trailing zeros.
fn hundredths(exact: i64) -> String {
    let (whole, part) = (exact.div_euclid(100), exact.rem_euclid(100));
    let text = format!("{whole}.{part:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
