//! What is done in a visit, and what is charged for it.

use jiff::civil::Date;
use serde::Serialize;

use super::counter::ProofKind;
use crate::fee::{AddOnKind, Limit, ReceiptCode, Setting, VisitKind};
use crate::ids::{InstitutionCode, InsurerNumber, PayerNumber};

/// What is done in a visit, as far as the bill and the claim need it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Treatment {
    /// Points of the visit; of a stay, all of them since admission or the first of the month.
    pub points: i64,
    /// The same in parts, where not all of it falls under the same public schemes.
    pub parts: Vec<TreatmentPart>,
    /// Whether the receipt will carry day-level data (CLM-052).
    pub day_level: bool,
    /// Whether it is a visit or a stay.
    pub setting: Setting,
    /// 入院年月日; none for a visit.
    pub admitted: Option<Date>,
    /// At a pharmacy: the institution that issued the prescription (CLM-020).
    pub prescriber: Option<InstitutionCode>,
}

/// What of a treatment falls under the same public schemes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TreatmentPart {
    /// Points.
    pub points: i64,
    /// 法別番号 of the schemes; every one that the patient has, if none is named.
    pub under: Option<Vec<String>>,
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
    /// Who pays the rest, in order: the insurer, then the public payers.
    pub payers: Vec<Paying>,
    /// The limit of the month, where the class is known.
    pub limit: Option<Limit>,
    /// Why the patient pays less than the share, if so.
    pub capped: Capped,
}

impl Bill {
    /// All points together.
    pub fn points(&self) -> i64 {
        self.lines.iter().map(|line| line.points).sum()
    }
}

impl BillLine {
    /// Whether it falls under the scheme of a patient with this 法別番号.
    pub fn is_under(&self, law: &str) -> bool {
        self.under.as_ref().is_none_or(|laws| laws.iter().any(|named| named == law))
    }
}

/// Somebody other than the patient who pays a part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Paying {
    /// Who.
    pub payer: Payer,
    /// How much, in yen.
    pub yen: i64,
}

/// Who pays besides the patient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payer {
    /// An insurer; none where its number is not known.
    Insurer(Option<InsurerNumber>),
    /// A public-expense scheme, by 公費負担者番号.
    Public(PayerNumber),
}

/// One service on a bill.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BillLine {
    /// 診療識別: two digits, empty at a pharmacy.
    pub identification: &'static str,
    /// Its nine digits in the master of services (診療行為コード).
    pub code: ReceiptCode,
    /// Its points.
    pub points: i64,
    /// 法別番号 of the public schemes it falls under; every one of the patient's, if none is
    /// named.
    pub under: Option<Vec<String>>,
    /// Which add-on it is, and with what kind of visit; none for the visit itself.
    pub add_on: Option<(AddOnKind, VisitKind)>,
}

/// What made a charge less than the share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capped {
    /// Nothing: the share is paid.
    #[default]
    No,
    /// 高額療養費: the limit of the month is reached.
    Limit,
    /// 配慮措置: the relief measure for the 20 percent class.
    Relief,
}
