//! The rule register (規則台帳): the one list of requirements. The reference obeys it,
//! scenarios cite it, verdicts name it, the ministry edits it.

mod check_parameters;
mod claims;
mod equipment;
mod figures;
mod issuing;
mod lifetimes;
mod load;
mod outages;
mod parameters;
mod policy;
mod settings;
mod value;
mod view;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{read_date, read_some_date};
use crate::diagnostic::YamlText;
use crate::fee::Tariffs;
use crate::ids::RuleId;
pub use crate::lang::Bilingual;
pub use claims::SharedBy;
pub use equipment::{AppUser, Hardship, Precedence};
pub use lifetimes::LeapBirthday;
pub use load::load;
pub use policy::{EndPolicy, Grace, Policy, Route, SuspensionScope};
pub use settings::{SettingError, Settings, no_rule};
pub use value::ParameterValue;

/// All rules, by id.
#[derive(Clone, Debug, Serialize)]
pub struct Register {
    rules: BTreeMap<RuleId, Rule>,
    #[serde(skip)]
    digest: String,
    /// What this is a view of, where it is one.
    #[serde(skip)]
    view: Option<view::View>,
    /// What its figures come to, once somebody asked.
    #[serde(skip)]
    tariffs: OnceLock<Tariffs>,
}

/// One requirement with its validity in time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Such as `CERT-010`.
    pub id: RuleId,
    /// The requirement in words.
    pub text: Bilingual,
    /// How binding it is.
    pub level: Level,
    /// How sure it is that it says what the authority says.
    pub certainty: Certainty,
    /// Where it is published.
    pub source: Vec<Source>,
    /// Whom it binds.
    pub parties: Vec<String>,
    /// Why no scenario tests it, where none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_tested: Option<Bilingual>,
    /// Its validity in time, oldest first, without overlap.
    pub versions: Vec<Version>,
}

/// How binding a rule is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// Law, ministry notice or hard format rule.
    Must,
    /// Documented operating practice.
    Should,
    /// A permitted option.
    May,
    /// A decision of this project with no authority behind it.
    Model,
}

/// How a rule is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Stated in a ministry document at hand.
    Seed,
    /// Stated on a public page of the ministry or the operator.
    Public,
    /// Stated on somebody else's public page.
    Secondary,
    /// Deduced.
    Inferred,
    /// Widely published, not checked again.
    Memory,
}

/// Where a rule is published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document.
    pub document: String,
    /// The heading or page in it.
    pub heading: String,
}

/// A rule between two dates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// First day in force; none means always.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub from: Option<Date>,
    /// Last day in force; none means until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub to: Option<Date>,
    /// The day it was published.
    #[serde(deserialize_with = "read_date")]
    pub known: Date,
    /// The day its end was published, where that came later than the version itself: until then
    /// nobody could know that it would end.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub end_known: Option<Date>,
    /// What the requirement said when this version was the newest one known; none if a later
    /// publication left the words as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Bilingual>,
    /// What the reference reads.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Parameter>,
}

/// One value of a rule that the reference reads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The value as written.
    pub value: ParameterValue,
    /// Its unit; none for a word out of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The words it may be, for a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<String>,
}

impl Register {
    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.get(id)
    }

    /// All rules in the order of their ids.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    /// A copy with one rule edited; the same again, if there is no such rule.
    #[must_use]
    pub fn edited(&self, rule: &str, edit: impl FnOnce(&mut Rule)) -> Self {
        let mut copy = self.clone();
        if let Some(rule) = copy.rules.get_mut(rule) {
            edit(rule);
            let text = serde_yaml::to_string(rule).unwrap_or_default();
            let both = format!("{} {text}", copy.digest);
            copy.digest = blake3::hash(both.as_bytes()).to_hex().to_string();
            copy.tariffs = OnceLock::new();
        }
        copy
    }

    /// What is charged, by date of service. An edit that took a figure away leaves a register
    /// under which nothing can be charged.
    pub fn tariffs(&self) -> &Tariffs {
        let read = || Tariffs::of(self).unwrap_or_else(|wrong| Tariffs::none(wrong.rule));
        self.tariffs.get_or_init(read)
    }

    /// BLAKE3 over the content of the register, in hexadecimal: two registers with the same
    /// digest demand the same.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The rules as they stand on a date of service (GEN-003).
    pub fn on(&self, date: Date) -> Policy<'_> {
        Policy::new(self, date)
    }
}

impl Rule {
    /// The version in force on `date`.
    pub fn version_on(&self, date: Date) -> Option<&Version> {
        self.versions.iter().find(|v| v.covers(date))
    }

    /// Whether a product that differs may be failed on it: what is inferred, remembered or
    /// modelled is a setting.
    pub fn binds(&self) -> bool {
        self.level != Level::Model
            && !matches!(self.certainty, Certainty::Inferred | Certainty::Memory)
    }
}

impl Version {
    /// Whether `date` lies in this version's validity; both ends belong to it (GEN-002).
    pub fn covers(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

/// The register this version was published with, chapter by chapter.
pub const PUBLISHED: &[YamlText<'static>] = &[
    YamlText::new("rules/general.yaml", include_str!("../../rules/general.yaml")),
    YamlText::new("rules/certificate.yaml", include_str!("../../rules/certificate.yaml")),
    YamlText::new("rules/identity.yaml", include_str!("../../rules/identity.yaml")),
    YamlText::new("rules/reader.yaml", include_str!("../../rules/reader.yaml")),
    YamlText::new("rules/consent.yaml", include_str!("../../rules/consent.yaml")),
    YamlText::new("rules/eligibility.yaml", include_str!("../../rules/eligibility.yaml")),
    YamlText::new("rules/fallback.yaml", include_str!("../../rules/fallback.yaml")),
    YamlText::new("rules/claim.yaml", include_str!("../../rules/claim.yaml")),
    YamlText::new("rules/fee.yaml", include_str!("../../rules/fee.yaml")),
    YamlText::new("rules/programme.yaml", include_str!("../../rules/programme.yaml")),
    YamlText::new("rules/neighbour.yaml", include_str!("../../rules/neighbour.yaml")),
    YamlText::new("rules/outage.yaml", include_str!("../../rules/outage.yaml")),
];
