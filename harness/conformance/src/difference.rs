//! In which rules two registers differ, and how.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_reference::ids::RuleId;
use madoguchi_reference::register::{Register, Rule};
use schemars::JsonSchema;
use serde::Serialize;

/// A rule that is not the same in both registers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum RuleChange {
    /// Only the second register has it.
    Added {
        /// Its id.
        rule: String,
    },
    /// Only the first register has it.
    Removed {
        /// Its id.
        rule: String,
    },
    /// Both have it, with other content.
    Changed {
        /// Its id.
        rule: String,
        /// What is different.
        fields: Vec<FieldChange>,
    },
}

/// One field of a rule that is different.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct FieldChange {
    /// Which, such as `level` or `from 2024-12-02 / grace_months`.
    pub field: String,
    /// In the first register; none if it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// In the second register; none if it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// The rules in which two registers differ, in the order of their ids.
pub fn differences(before: &Register, after: &Register) -> Vec<RuleChange> {
    let ids: BTreeSet<&RuleId> = before.rules().chain(after.rules()).map(|rule| &rule.id).collect();
    let change = |id: &RuleId| {
        let rule = id.to_string();
        match (before.rule(id.as_str()), after.rule(id.as_str())) {
            (None, _) => Some(RuleChange::Added { rule }),
            (_, None) => Some(RuleChange::Removed { rule }),
            (Some(before), Some(after)) => {
                let fields = fields(before, after);
                (!fields.is_empty()).then_some(RuleChange::Changed { rule, fields })
            }
        }
    };
    ids.into_iter().filter_map(change).collect()
}

/// Every field of both that is not the same, named as a person would.
fn fields(before: &Rule, after: &Rule) -> Vec<FieldChange> {
    let (before, after) = (flat(before), flat(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (before.get(name), after.get(name));
        (before != after).then(|| FieldChange {
            field: name.clone(),
            before: before.cloned(),
            after: after.cloned(),
        })
    };
    names.into_iter().filter_map(change).collect()
}

/// A rule as named texts. Versions are told apart by their first day, which is what stays when
/// the rest of a version is edited.
fn flat(rule: &Rule) -> BTreeMap<String, String> {
    let mut flat = BTreeMap::new();
    let mut put = |name: &str, value: String| flat.insert(name.to_owned(), value);
    put("text.ja", rule.text.ja.clone());
    put("text.en", rule.text.en.clone());
    put("level", format!("{:?}", rule.level).to_uppercase());
    put("certainty", format!("{:?}", rule.certainty).to_lowercase());
    put("parties", rule.parties.join(", "));
    if let Some(reason) = &rule.not_tested {
        put("not_tested.ja", reason.ja.clone());
        put("not_tested.en", reason.en.clone());
    }
    let source = rule.source.iter().map(|s| format!("{} — {}", s.document, s.heading));
    put("source", source.collect::<Vec<_>>().join("; "));
    for version in &rule.versions {
        let start = version.from.map_or("always".to_owned(), |from| format!("from {from}"));
        put(&start, "in force".to_owned());
        put(&format!("{start} / known"), version.known.to_string());
        if let Some(text) = &version.text {
            put(&format!("{start} / text.ja"), text.ja.clone());
            put(&format!("{start} / text.en"), text.en.clone());
        }
        if let Some(to) = version.to {
            put(&format!("{start} / to"), to.to_string());
        }
        if let Some(day) = version.end_known {
            put(&format!("{start} / end_known"), day.to_string());
        }
        for (name, parameter) in &version.parameters {
            let unit = parameter.unit.as_deref().unwrap_or_default();
            let value = format!("{} {unit}", parameter.value);
            put(&format!("{start} / {name}"), value.trim_end().to_owned());
            if !parameter.one_of.is_empty() {
                put(&format!("{start} / {name} one of"), parameter.one_of.join(", "));
            }
        }
    }
    flat
}
