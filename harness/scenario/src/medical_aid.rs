//! Medical aid (医療扶助) as an author writes it.

use jiff::civil::Date;
use madoguchi_reference::calendar::{Jst, Month, read_date, read_some_date};
use madoguchi_reference::ids::{InsuredNumber, InsurerNumber};
use serde::{Deserialize, Serialize};

use crate::filings::Filing;

/// A person on public assistance (生活保護).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MedicalAid {
    /// 公費負担者番号: 8 digits that begin with 12.
    pub payer: InsurerNumber,
    /// 公費受給者番号: 7 digits.
    pub recipient: InsuredNumber,
    /// First day.
    #[serde(deserialize_with = "read_date")]
    pub from: Date,
    /// Last day; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub to: Option<Date>,
    /// The day from which the municipality takes part; from the start, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub linked_from: Option<Date>,
    /// When the welfare office registers the person.
    #[serde(default)]
    pub registered: Filing,
    /// Tickets, month by month.
    #[serde(default)]
    pub tickets: Vec<Ticket>,
}

impl MedicalAid {
    /// Whether `date` lies in it.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// A ticket of one month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// 診療年月.
    pub month: Month,
    /// Which institution it names.
    #[serde(default)]
    pub institution: Named,
    /// 医療券 or 調剤券.
    #[serde(default)]
    pub kind: TicketFor,
    /// 本人支払額 for the month, in yen.
    #[serde(default)]
    pub self_pay: u32,
    /// When it is loaded.
    #[serde(default)]
    pub registered: Loading,
}

/// Which institution a ticket names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// The one of the scenario.
    #[default]
    Here,
    /// Another one.
    Elsewhere,
}

/// What a ticket is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TicketFor {
    /// 医療券.
    #[default]
    Medical,
    /// 調剤券.
    Dispensing,
}

/// When a ticket is loaded (ELIG-061).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Loading {
    /// On the first of the usual days of its month.
    #[default]
    Usual,
    /// On the last of them.
    Latest,
    /// Never.
    Never,
    /// At a time.
    At(Jst),
}

/// What an author may write; the last two stand for any date and any date with a time.
const LOADINGS: &[&str] = &["usual", "latest", "never", "2025-06-02", "2025-06-02T10:00"];

impl Loading {
    fn read(text: &str) -> Option<Self> {
        match text {
            "usual" => Some(Self::Usual),
            "latest" => Some(Self::Latest),
            "never" => Some(Self::Never),
            other => other.parse().ok().map(Self::At),
        }
    }
}

impl Serialize for Loading {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Usual => serializer.serialize_str("usual"),
            Self::Latest => serializer.serialize_str("latest"),
            Self::Never => serializer.serialize_str("never"),
            Self::At(at) => at.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Loading {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Loading;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Loading, E> {
                Loading::read(text).ok_or_else(|| E::unknown_variant(text, LOADINGS))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}
