//! Public-expense schemes (公費) as an author writes them: who is entitled to what, and what of a
//! visit falls under which.

use jiff::civil::Date;
use madoguchi_reference::calendar::{read_date, read_some_date};
use madoguchi_reference::ids::{PayerNumber, RecipientNumber};
use madoguchi_reference::subsidy::{SubsidyCertificate, Terms};
use serde::{Deserialize, Serialize};

/// An entitlement to a public-expense scheme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subsidy {
    /// 公費負担者番号: 8 digits.
    pub payer: PayerNumber,
    /// 公費受給者番号: 7 digits.
    pub recipient: RecipientNumber,
    /// First day.
    #[serde(deserialize_with = "read_date")]
    pub from: Date,
    /// Last day; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub to: Option<Date>,
    /// What its certificate leaves to the patient.
    pub pays: Pays,
    /// The day from which its payer takes part in the Public Medical Hub; never, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub pmh: Option<Date>,
}

impl Subsidy {
    /// 法別番号.
    pub fn law(&self) -> &str {
        self.payer.as_str().get(..2).unwrap_or_default()
    }

    /// Its certificate.
    pub fn certificate(&self) -> SubsidyCertificate {
        SubsidyCertificate {
            payer: self.payer.clone(),
            recipient: self.recipient.clone(),
            from: self.from,
            until: self.to,
            terms: self.pays.terms(),
        }
    }

    /// Whether both hold on some day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.to.is_some_and(|to| to < b.from);
        !before(self, other) && !before(other, self)
    }
}

/// What a certificate leaves to the patient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pays {
    /// `nothing`.
    Nothing,
    /// The least of these amounts.
    Amounts(Amounts),
}

/// The one word that stands for amounts.
const NOTHING: &str = "nothing";

impl Serialize for Pays {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_str(NOTHING),
            Self::Amounts(amounts) => amounts.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Pays {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Pays;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("`nothing`, or amounts such as { percent: 20, per_month: 2500 }")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Pays, E> {
                let known = (word == NOTHING).then_some(Pays::Nothing);
                known.ok_or_else(|| E::unknown_variant(word, &[NOTHING]))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Pays, A::Error> {
                let amounts = serde::de::value::MapAccessDeserializer::new(map);
                Amounts::deserialize(amounts).map(Pays::Amounts)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Amounts on a certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amounts {
    /// A share of the cost, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// For each visit, in yen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_visit: Option<u32>,
    /// How many visits of a month are paid for so; the further ones are free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<u16>,
    /// The most in a month, in yen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_month: Option<u32>,
}

impl Pays {
    /// The same as the desk has it.
    pub fn terms(self) -> Terms {
        match self {
            Self::Nothing => Terms::NOTHING,
            Self::Amounts(amounts) => Terms {
                percent: amounts.percent.unwrap_or(100),
                visit_yen: amounts.per_visit.map(i64::from),
                visits: amounts.visits,
                month_yen: amounts.per_month.map(i64::from),
            },
        }
    }
}

/// Services of a visit that fall under the same schemes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Points.
    pub points: i64,
    /// 法別番号 of the schemes; every one that the patient has, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Vec<String>>,
}
