//! Settings: other readings of what the published facts leave open.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::check_parameters::{out_of, range};
use super::{Parameter, ParameterValue, Register, Rule};
use crate::diagnostic::nearest;
use crate::ids::RuleId;
use crate::lang::Bilingual;

/// Values chosen instead of those of the register, by parameter: `CERT-010.end_policy`.
pub type Settings = BTreeMap<String, ParameterValue>;

/// Why a value cannot be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingError {
    /// The parameter, as it was written.
    pub name: String,
    /// What is wrong.
    pub problem: Bilingual,
    /// The nearest word that would do.
    pub nearest: Option<String>,
}

impl Register {
    /// The register with other readings chosen, in every version of the rules concerned.
    ///
    /// # Errors
    /// The parameter does not exist, is not open to choice, or cannot have this value.
    pub fn with(&self, settings: &Settings) -> Result<Self, SettingError> {
        let mut chosen = self.clone();
        for (written, value) in settings {
            let fail =
                |(problem, nearest)| SettingError { name: written.clone(), problem, nearest };
            let (rule, name) = self.parameter(written, value).map_err(fail)?;
            // A rule that was not known yet has nothing to choose.
            let versions = chosen.rules.get_mut(&rule).map(|r| &mut r.versions);
            for version in versions.into_iter().flatten() {
                if let Some(parameter) = version.parameters.get_mut(name) {
                    parameter.value = value.clone();
                }
            }
        }
        if let Some(view) = &mut chosen.view {
            view.whole = Arc::new(view.whole.with(settings)?);
        }
        if !settings.is_empty() {
            let text = serde_yaml::to_string(settings).unwrap_or_default();
            let both = format!("{} {text}", self.digest);
            chosen.digest = blake3::hash(both.as_bytes()).to_hex().to_string();
            chosen.tariffs = OnceLock::new();
        }
        Ok(chosen)
    }

    /// The rule and the parameter that `written` names, if it may have this value.
    fn parameter<'a>(&self, written: &'a str, value: &ParameterValue) -> Chosen<'a> {
        let Some((id, name)) = written.split_once('.') else {
            return Err((not_a_name(written), None));
        };
        let Some(rule) = self.whole().rule(id) else {
            let ids = self.whole().rules().map(|r| r.id.to_string()).collect::<Vec<_>>();
            return Err((no_rule(id), nearest(id, &ids)));
        };
        let found: Vec<_> = rule.versions.iter().filter_map(|v| v.parameters.get(name)).collect();
        if found.is_empty() {
            let problem = Bilingual::new(
                format!("{id} に `{name}` というパラメータはありません"),
                format!("{id} has no parameter `{name}`"),
            );
            let there = rule.versions.iter().flat_map(|v| v.parameters.keys().cloned());
            return Err((problem, nearest(name, &there.collect::<Vec<_>>())));
        }
        found.into_iter().try_for_each(|p| may_be(rule, written, p, value))?;
        Ok((rule.id.clone(), name))
    }
}

type Problem = (Bilingual, Option<String>);
type Chosen<'a> = Result<(RuleId, &'a str), Problem>;

fn not_a_name(written: &str) -> Bilingual {
    Bilingual::new(
        format!(
            "`{written}` は CERT-010.end_policy のような、規則とパラメータの名前ではありません"
        ),
        format!("`{written}` does not name a rule and a parameter, like CERT-010.end_policy"),
    )
}

/// That the register does not hold a rule.
pub fn no_rule(id: &str) -> Bilingual {
    Bilingual::new(
        format!("規則台帳に `{id}` という規則はありません"),
        format!("the register has no rule `{id}`"),
    )
}

/// Whether a parameter may be given this value: one of its words, or, under a rule that binds
/// nobody, anything of its kind.
fn may_be(
    rule: &Rule,
    name: &str,
    parameter: &Parameter,
    value: &ParameterValue,
) -> Result<(), Problem> {
    if let ParameterValue::Text(word) = value
        && !parameter.one_of.is_empty()
    {
        if parameter.one_of.contains(word) {
            return Ok(());
        }
        let words = parameter.one_of.join(", ");
        let problem = Bilingual::new(
            format!("`{name}` に選べるのは {words} です。`{word}` は選べません"),
            format!("`{name}` is one of {words}, not `{word}`"),
        );
        return Err((problem, nearest(word, &parameter.one_of)));
    }
    if rule.binds() {
        let problem = Bilingual::new(
            format!(
                "`{name}` は公表された値です。変えて試すには、規則台帳の写しを直して \
                 --register で指定してください"
            ),
            format!(
                "`{name}` is a published value: to try another, edit a copy of the register and \
                 use --register"
            ),
        );
        return Err((problem, None));
    }
    if is_of_its_kind(parameter, value) {
        return Ok(());
    }
    let problem = Bilingual::new(
        format!("`{name}` にこの値は使えません。単位と種類は規則台帳のとおりにします"),
        format!("`{name}` cannot have this value: kind and unit are those of the register"),
    );
    Err((problem, None))
}

fn is_of_its_kind(parameter: &Parameter, value: &ParameterValue) -> bool {
    match (&parameter.value, value, parameter.unit.as_deref()) {
        (ParameterValue::Number(_), ParameterValue::Number(_), Some(unit)) => {
            out_of(&range(unit), value).is_none()
        }
        (ParameterValue::Numbers(old), ParameterValue::Numbers(new), Some(unit)) => {
            old.len() == new.len() && out_of(&range(unit), value).is_none()
        }
        (ParameterValue::Text(_), ParameterValue::Text(text), Some("date")) => {
            text.parse::<Date>().is_ok()
        }
        (ParameterValue::Text(_), ParameterValue::Text(_), _) => parameter.one_of.is_empty(),
        _ => false,
    }
}
