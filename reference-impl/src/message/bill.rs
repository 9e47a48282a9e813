//! What is done in a visit, and what is charged for it.

use jiff::civil::Date;
use serde::Serialize;

use super::counter::ProofKind;
pub use crate::fee::Setting;
use crate::ids::InstitutionCode;

/// What is done in a visit, as far as the bill and the claim need it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Treatment {
    /// Points of the visit; of a stay, all of them since admission or the first of the month.
    pub points: i64,
    /// Whether the receipt will carry day-level data (CLM-052).
    pub day_level: bool,
    /// Whether it is a visit or a stay.
    pub setting: Setting,
    /// 入院年月日; none for a visit.
    pub admitted: Option<Date>,
    /// At a pharmacy: the institution that issued the prescription (CLM-020).
    pub prescriber: Option<InstitutionCode>,
}

/// What is charged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Bill {
    /// The share in percent.
    pub percent: u8,
    /// In yen, rounded (FEE-056).
    pub yen: i64,
    /// What eligibility rests on; none if it is not proven.
    pub basis: Option<ProofKind>,
    /// What it consists of, in points.
    pub lines: Vec<BillLine>,
}

impl Bill {
    /// All points together.
    pub fn points(&self) -> i64 {
        self.lines.iter().map(|line| line.points).sum()
    }
}

/// One service on a bill.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BillLine {
    /// 診療識別: two digits, empty at a pharmacy.
    pub identification: &'static str,
    /// Its nine digits in the master of services (診療行為コード).
    pub code: &'static str,
    /// Its points.
    pub points: i64,
}
