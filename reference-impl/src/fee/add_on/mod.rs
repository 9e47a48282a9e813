//! Add-ons to the fee (加算) that depend on the card: for fetching information (医療情報取得加算
//! and what it was called before), for digital care (医療DX推進体制整備加算), and the one that took
//! the place of both in June 2026 (電子的診療情報連携体制整備加算).

mod code;
mod dx;
mod frequency;
mod home;
mod information;
mod rate;
mod sharing;
mod standing;

use std::fmt;

use jiff::civil::Date;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

pub use code::ReceiptCode;
pub(super) use dx::Dx;
pub(super) use frequency::Frequency;
pub(super) use home::HomeDx;
pub(super) use information::Information;
pub(super) use sharing::Sharing;
pub use standing::{Children, Months, Poster, Standing};

use super::Yen;
use super::reason::Reasons;
use super::tariff::Tariff;

/// 医科・歯科・調剤・訪問看護: whose fees are charged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Care {
    /// 医科.
    #[default]
    Medical,
    /// 歯科.
    Dental,
    /// 調剤.
    Pharmacy,
    /// 訪問看護, which is charged in yen.
    Nursing,
}

/// What kind of visit is charged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitKind {
    /// 初診.
    #[default]
    First,
    /// 再診.
    Repeat,
    /// 調剤.
    Dispensing,
    /// 在宅: at the patient's home.
    Home,
    /// 入院の初日: the first day of a stay.
    Admission,
}

/// How the card was used in the visit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardUsed {
    /// Not at all.
    #[default]
    No,
    /// Used, and information was fetched.
    Yes,
    /// Used, and the patient did not consent.
    Refused,
    /// Used, and nothing could be fetched, as under the grace of an expired certificate.
    NotFetched,
}

/// What add-ons depend on in one visit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VisitFacts {
    /// The date of service.
    pub date: Date,
    /// Whose fees.
    pub care: Care,
    /// What kind of visit.
    pub visit: VisitKind,
    /// How the card was used.
    pub card: CardUsed,
}

/// Which add-on it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddOnKind {
    /// 医療情報・システム基盤整備体制充実加算, from 2024-06 医療情報取得加算.
    Information,
    /// 医療DX推進体制整備加算.
    Dx,
    /// 在宅医療DX情報活用加算.
    HomeDx,
    /// 電子的診療情報連携体制整備加算, at pharmacies 電子的調剤情報連携体制整備加算.
    Sharing,
    /// 明細書発行体制等加算. It is not worked out here, but excludes `Sharing` (FEE-042).
    DetailedStatement,
}

impl AddOnKind {
    /// Its word, as in [`AddOn`]'s own.
    pub fn word(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Dx => "dx",
            Self::HomeDx => "home-dx",
            Self::Sharing => "sharing",
            Self::DetailedStatement => "detailed-statement",
        }
    }
}

/// What a patient was charged at this institution before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charged {
    /// The add-on.
    pub kind: AddOnKind,
    /// With what kind of visit.
    #[serde(default)]
    pub visit: VisitKind,
    /// The date of service.
    pub date: Date,
}

/// An add-on that is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AddOn {
    /// Which one.
    pub kind: AddOnKind,
    /// Its level, from 1; 0 for one without levels.
    pub level: u8,
    /// Its points; 0 for home nursing.
    pub points: i64,
    /// What it costs in home nursing, in yen.
    pub yen: Option<Yen>,
    /// Its code on the receipt.
    pub code: ReceiptCode,
}

impl AddOn {
    fn in_points(kind: AddOnKind, level: u8, points: i64, code: ReceiptCode) -> Option<Self> {
        (points > 0).then_some(Self { kind, level, points, yen: None, code })
    }
}

/// A word such as `information` or `dx-4`.
impl fmt::Display for AddOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.word())?;
        if self.level > 0 { write!(f, "-{}", self.level) } else { Ok(()) }
    }
}

impl Serialize for AddOn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("AddOn", 3)?;
        fields.serialize_field("add_on", &self.to_string())?;
        match self.yen {
            Some(yen) => fields.serialize_field("yen", &yen)?,
            None => fields.serialize_field("points", &self.points)?,
        }
        fields.serialize_field("code", &self.code)?;
        fields.end()
    }
}

/// The add-ons of one visit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AddOns([Option<AddOn>; 4]);

impl AddOns {
    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &AddOn> {
        self.0.iter().flatten()
    }

    /// All their points.
    pub fn points(&self) -> i64 {
        self.iter().map(|add_on| add_on.points).sum()
    }
}

impl Serialize for AddOns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl Tariff {
    /// The add-ons of a visit to an institution of this `standing`, whose patients used the card
    /// in `months` as counted there, for a patient who was `charged` these before.
    pub fn add_ons(
        &self,
        facts: &VisitFacts,
        standing: &Standing,
        months: &Months,
        charged: &[Charged],
        reasons: &mut impl Reasons,
    ) -> AddOns {
        // A pharmacy has one kind of visit only, and nobody else has it.
        let pharmacy = facts.care == Care::Pharmacy;
        let visit = if pharmacy { VisitKind::Dispensing } else { facts.visit };
        if !pharmacy && visit == VisitKind::Dispensing {
            return AddOns::default();
        }
        let facts = &VisitFacts { visit, ..*facts };
        AddOns([
            self.information_add_on(facts, standing, charged, reasons),
            self.dx_add_on(facts, standing, months, charged, reasons),
            self.home_dx_add_on(facts, standing, charged, reasons),
            self.sharing_add_on(facts, standing, months, charged, reasons),
        ])
    }
}
