//! When insurers register what, and what they get wrong.

use jiff::civil::Date;
use madoguchi_reference::calendar::{Jst, read_some_date};
use madoguchi_reference::wire::Sex;
use serde::{Deserialize, Serialize};

/// When the two registrations of a period are made.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Filings {
    /// Of the beginning.
    pub gain: Filing,
    /// Of the end.
    pub loss: Filing,
    /// What the registration of the beginning gets wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mistaken: Option<Mistaken>,
    /// When the insurer has put it right; never, if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Jst>,
}

/// What stands in a registration instead of what is so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mistaken {
    /// Another birth date.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub born: Option<Date>,
    /// Another sex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Another name in half-width kana.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// No share and no limit (ELIG-036).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<RateMistake>,
}

/// What can be wrong with a share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RateMistake {
    /// It is missing, and so is the limit.
    Missing,
}

/// When a registration is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Filing {
    /// In time: known before the day it takes effect.
    #[default]
    InTime,
    /// On the last day the rule allows (ELIG-020).
    Latest,
    /// Never.
    Never,
    /// At a time.
    At(Jst),
}

/// What an author may write; the last two stand for any date and any date with a time.
const FILINGS: &[&str] = &["in-time", "latest", "never", "2024-12-01", "2024-12-01T10:00"];

impl Filing {
    fn read(text: &str) -> Option<Self> {
        match text {
            "in-time" => Some(Self::InTime),
            "latest" => Some(Self::Latest),
            "never" => Some(Self::Never),
            other => other.parse().ok().map(Self::At),
        }
    }
}

impl Serialize for Filing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::InTime => serializer.serialize_str("in-time"),
            Self::Latest => serializer.serialize_str("latest"),
            Self::Never => serializer.serialize_str("never"),
            Self::At(at) => at.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Filing {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Filing;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Filing, E> {
                Filing::read(text).ok_or_else(|| E::unknown_variant(text, FILINGS))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}
