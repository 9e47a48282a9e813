//! What of the register is tested: rule by rule, by which scenarios, and why not where by none.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_reference::ids::RuleId;
use madoguchi_reference::register::{Bilingual, Register, Rule};
use madoguchi_scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

use crate::boundary::BoundaryResult;
use crate::record::RecordedLevel;

/// Name and version of the form of [`Coverage`].
pub const COVERAGE_SCHEMA: &str = "madoguchi-coverage/1";

/// Digits of a rule id, after its prefix.
const DIGITS: usize = 3;

/// What of the register is tested.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// The form of this object.
    pub schema: String,
    /// Digest of the register.
    pub register: String,
    /// How many scenarios there are.
    pub scenarios: usize,
    /// Rule by rule.
    pub rules: Vec<RuleCoverage>,
    /// The cases made from the days on which rules change.
    pub boundaries: Vec<BoundaryResult>,
    /// What code cites and the register does not hold.
    pub unknown: Vec<UnknownCitation>,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct RuleCoverage {
    /// Its id.
    pub id: String,
    /// Its level.
    pub level: RecordedLevel,
    /// Whether a product may be failed on it.
    pub binds: bool,
    /// The scenarios that cite it.
    pub scenarios: Vec<String>,
    /// Why none does, in Japanese and English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_tested: Option<Reason>,
}

/// A reason in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Reason {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl From<&Bilingual> for Reason {
    fn from(text: &Bilingual) -> Self {
        Self { ja: text.ja.clone(), en: text.en.clone() }
    }
}

/// A rule that code names and the register does not hold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct UnknownCitation {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What it names.
    pub rule: String,
}

/// What is said of one rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// A scenario cites it.
    Tested,
    /// None does, and the register says why.
    Excused,
    /// None does, and nobody says why.
    Forgotten,
    /// A scenario cites it, and the register still says why none can.
    ExcusedInVain,
}

impl RuleCoverage {
    /// What is said of it.
    pub fn standing(&self) -> Standing {
        match (self.scenarios.is_empty(), &self.not_tested) {
            (false, None) => Standing::Tested,
            (false, Some(_)) => Standing::ExcusedInVain,
            (true, Some(_)) => Standing::Excused,
            (true, None) => Standing::Forgotten,
        }
    }

    /// The chapter: what stands before the number.
    pub fn chapter(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }
}

impl Coverage {
    /// What `scenarios` test of `register`; the rest is added by whoever finds it out.
    pub fn of<'a>(
        register: &Register,
        rules: impl IntoIterator<Item = &'a Rule>,
        scenarios: &[Scenario],
    ) -> Self {
        let mut citing: BTreeMap<&RuleId, Vec<String>> = BTreeMap::new();
        for scenario in scenarios {
            for rule in scenario.timeline.iter().flat_map(|step| step.expect.keys()) {
                let list = citing.entry(rule).or_default();
                if list.last() != Some(&scenario.id) {
                    list.push(scenario.id.clone());
                }
            }
        }
        let of = |rule: &Rule| RuleCoverage {
            id: rule.id.to_string(),
            level: rule.level.into(),
            binds: rule.binds(),
            scenarios: citing.get(&rule.id).cloned().unwrap_or_default(),
            not_tested: rule.not_tested.as_ref().map(Reason::from),
        };
        Self {
            schema: COVERAGE_SCHEMA.to_owned(),
            register: register.digest().to_owned(),
            scenarios: scenarios.len(),
            rules: rules.into_iter().map(of).collect(),
            boundaries: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Whether everything is either tested or excused, every case of a boundary came out as it
    /// should, and code cites nothing unknown.
    pub fn is_whole(&self) -> bool {
        let settled =
            |r: &RuleCoverage| matches!(r.standing(), Standing::Tested | Standing::Excused);
        self.rules.iter().all(settled)
            && !self.rules.is_empty()
            && self.unknown.is_empty()
            && self.boundaries.iter().all(BoundaryResult::holds)
    }
}

impl BoundaryResult {
    /// Whether every case came out as it should.
    pub fn holds(&self) -> bool {
        self.cases.iter().all(|case| case.differences.is_empty())
    }
}

/// Every rule that `text` names, such as the source code in `file`, and the register does not
/// hold. Only ids with a prefix of the register are looked at.
pub fn unknown_citations(file: &str, text: &str, register: &Register) -> Vec<UnknownCitation> {
    let register = register.whole();
    let prefixes: BTreeSet<&str> =
        register.rules().filter_map(|rule| rule.id.as_str().split('-').next()).collect();
    let is_id = |word: &&str| {
        word.split_once('-').is_some_and(|(prefix, digits)| {
            prefixes.contains(prefix)
                && digits.len() == DIGITS
                && digits.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let of_line = |(index, line): (usize, &str)| {
        let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let unknown = words.filter(is_id).filter(|word| register.rule(word).is_none());
        let cited = unknown.map(|word| UnknownCitation {
            file: file.to_owned(),
            line: index + 1,
            rule: word.to_owned(),
        });
        cited.collect::<Vec<_>>()
    };
    text.lines().enumerate().flat_map(of_line).collect()
}

#[cfg(test)]
mod tests {

    use madoguchi_reference::register::{PUBLISHED, load};

    use super::*;

    #[test]
    fn a_rule_that_does_not_exist_is_found_with_its_line() {
        let register = load(PUBLISHED).unwrap();
        // In two halves, so that this file does not cite it.
        let gone = concat!("CERT", "-998");
        let text = format!("// CERT-010, UTF-008 and CERT-0100\nlet x = \"{gone}\";");
        let found = unknown_citations("x.rs", &text, &register);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].rule.as_str()), (2, gone));
    }

    #[test]
    fn nothing_is_whole_by_emptiness() {
        let register = load(PUBLISHED).unwrap();
        assert!(!Coverage::of(&register, [], &[]).is_whole());
        let rule = register.rule("CERT-010").unwrap();
        let forgotten = Coverage::of(&register, [rule], &[]);
        assert_eq!(forgotten.rules[0].standing(), Standing::Forgotten);
        assert!(!forgotten.is_whole());
        let reason = Some(Bilingual::new("人の手続", "a human's business"));
        let excused = Rule { not_tested: reason, ..rule.clone() };
        assert!(Coverage::of(&register, [&excused], &[]).is_whole());
    }
}
