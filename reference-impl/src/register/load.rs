//! Reading the register: every mistake of its author is answered by file, line and column.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::check_parameters::parameter_mistakes;
use super::parameters::READ_PARAMETERS;
use super::{Bilingual, Register, Rule, Version};
use crate::calendar::day_after;
use crate::diagnostic::{Diagnostic, Step, YamlText};
use crate::fee::{FigureError, Tariffs};
use crate::ids::RuleId;

/// The parties a rule may bind.
const PARTIES: [&str; 12] = [
    "patient",
    "card",
    "reader",
    "terminal",
    "desk",
    "centre",
    "certifier",
    "insurer",
    "intermediate",
    "portal",
    "clearing",
    "remote-reception",
];
/// A rule may also bind the institution as a whole rather than one of its systems.
const FACILITY: &str = "facility";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chapter {
    #[serde(rename = "chapter")]
    _name: String,
    prefix: String,
    #[serde(rename = "title")]
    _title: Bilingual,
    rules: Vec<Rule>,
}

/// Reads a register from the texts of its chapters.
///
/// # Errors
/// Everything found wrong: unreadable YAML, missing or unknown fields, ids under the wrong
/// prefix or twice, overlapping versions, parameters the reference reads but does not find.
pub fn load(chapters: &[YamlText<'_>]) -> Result<Register, Vec<Diagnostic>> {
    let mut rules: BTreeMap<RuleId, Rule> = BTreeMap::new();
    let mut wrong = Vec::new();
    for text in chapters {
        let chapter = match text.read::<Chapter>() {
            Ok(chapter) => chapter,
            Err(error) => {
                wrong.push(error);
                continue;
            }
        };
        for (index, rule) in chapter.rules.into_iter().enumerate() {
            wrong.extend(mistakes(text, &chapter.prefix, index, &rule));
            if rules.contains_key(&rule.id) {
                let problem = Bilingual::new(
                    format!("{} は規則台帳に既にあります", rule.id),
                    format!("{} is already in the register", rule.id),
                );
                wrong.push(text.point(&[RULES, Step::Index(index), Step::Key("id")], problem));
            }
            rules.insert(rule.id.clone(), rule);
        }
    }
    if wrong.is_empty() {
        wrong.extend(missing_rules(chapters, &rules));
    }
    if wrong.is_empty() {
        let digest = digest(&rules);
        let register = Register { rules, digest, view: None, tariffs: OnceLock::new() };
        match Tariffs::of(&register) {
            Ok(_) => Ok(register),
            Err(error) => Err(vec![wrong_figure(chapters, &error)]),
        }
    } else {
        Err(wrong)
    }
}

/// A figure without which nothing can be charged, at the rule that should give it.
fn wrong_figure(chapters: &[YamlText<'_>], error: &FigureError) -> Diagnostic {
    let index_in = |text: &YamlText<'_>| {
        let rules = text.read::<Chapter>().ok()?.rules;
        rules.iter().position(|rule| rule.id.as_str() == error.rule)
    };
    let found = chapters.iter().find_map(|text| Some((text, index_in(text)?)));
    match found {
        Some((text, index)) => text.point(&[RULES, Step::Index(index)], error.problem()),
        None => YamlText::new("(register)", "").point(&[], error.problem()),
    }
}

pub(super) const RULES: Step<'static> = Step::Key("rules");

/// A problem of one rule, which it names first.
pub(super) fn about(rule: &Rule, ja: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual::new(ja, en).after(&format!("{}: ", rule.id))
}

fn mistakes(text: &YamlText<'_>, prefix: &str, index: usize, rule: &Rule) -> Vec<Diagnostic> {
    let at = |step| [RULES, Step::Index(index), step];
    let mut wrong = Vec::new();
    if !rule.id.as_str().strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-')) {
        let problem = Bilingual::new(
            format!("{} が章の接頭辞 {prefix}- で始まっていません", rule.id),
            format!("{} does not start with the chapter's prefix {prefix}-", rule.id),
        );
        wrong.push(text.point(&at(Step::Key("id")), problem));
    }
    for (field, empty) in [
        ("text", rule.text.ja.trim().is_empty() || rule.text.en.trim().is_empty()),
        ("source", rule.source.is_empty()),
        ("parties", rule.parties.is_empty()),
        ("versions", rule.versions.is_empty()),
    ] {
        if empty {
            let problem = about(rule, format!("`{field}` が空です"), format!("`{field}` is empty"));
            wrong.push(text.point(&at(Step::Key(field)), problem));
        }
    }
    if let Some(reason) = &rule.not_tested
        && (reason.ja.trim().is_empty() || reason.en.trim().is_empty())
    {
        let problem = about(rule, "`not_tested` が空です", "`not_tested` is empty");
        wrong.push(text.point(&at(Step::Key("not_tested")), problem));
    }
    for (position, party) in rule.parties.iter().enumerate() {
        if !PARTIES.contains(&party.as_str()) && party != FACILITY {
            let path = [RULES, Step::Index(index), Step::Key("parties"), Step::Index(position)];
            let problem = about(
                rule,
                format!("`{party}` という当事者はありません"),
                format!("`{party}` is not a party"),
            );
            let words = PARTIES.iter().copied().chain([FACILITY]);
            wrong.push(text.point(&path, problem).expecting(party, words));
        }
    }
    wrong.extend(version_mistakes(text, index, rule));
    wrong
}

fn version_mistakes(text: &YamlText<'_>, index: usize, rule: &Rule) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for (position, version) in rule.versions.iter().enumerate() {
        let point = |problem: Bilingual| {
            let path = [RULES, Step::Index(index), Step::Key("versions"), Step::Index(position)];
            text.point(&path, problem)
        };
        if let (Some(from), Some(to)) = (version.from, version.to)
            && to < from
        {
            wrong.push(point(about(
                rule,
                format!("始まり {from} より前の {to} に終わっています"),
                format!("ends on {to}, before it starts on {from}"),
            )));
        }
        if let Some(end_known) = version.end_known
            && version.to.is_none_or(|to| end_known < version.known || day_after(to) < end_known)
        {
            wrong.push(point(about(
                rule,
                "`end_known` は、`known` から `to` の翌日までの日でなければなりません",
                "`end_known` must lie between `known` and the day after `to`",
            )));
        }
        if let Some(text) = &version.text
            && (text.ja.trim().is_empty() || text.en.trim().is_empty())
        {
            wrong.push(point(about(
                rule,
                "版の `text` が空です",
                "the `text` of a version is empty",
            )));
        }
        if let Some(before) = position.checked_sub(1).and_then(|p| rule.versions.get(p))
            && overlaps(before, version)
        {
            let problem =
                about(rule, "前の版と期間が重なっています", "overlaps the version before it");
            wrong.push(point(problem));
        }
        wrong.extend(parameter_mistakes(text, (index, position), rule, version));
    }
    wrong
}

/// Two versions overlap unless the earlier ends before the later starts.
fn overlaps(earlier: &Version, later: &Version) -> bool {
    match (earlier.to, later.from) {
        (Some(to), Some(from)) => from <= to,
        _ => true,
    }
}

fn missing_rules(chapters: &[YamlText<'_>], rules: &BTreeMap<RuleId, Rule>) -> Vec<Diagnostic> {
    let missing = READ_PARAMETERS.iter().filter(|r| !rules.contains_key(r.rule));
    let nowhere = YamlText::new("(register)", "");
    let place = chapters.first().unwrap_or(&nowhere);
    let point = |read: &super::parameters::ReadParameter| {
        let (rule, name) = (read.rule, read.name);
        let problem = Bilingual::new(
            format!("規則台帳に {rule} がありません。参照実装はそのパラメータ `{name}` を読みます"),
            format!(
                "the register has no rule {rule}, whose parameter `{name}` the reference reads"
            ),
        );
        Diagnostic { file: "(register)".to_owned(), ..place.point(&[], problem) }
    };
    missing.map(point).collect()
}

pub(super) fn digest(rules: &BTreeMap<RuleId, Rule>) -> String {
    // The canonical text of the content, so that comments and layout do not count.
    let canonical = serde_yaml::to_string(rules).unwrap_or_default();
    blake3::hash(canonical.as_bytes()).to_hex().to_string()
}
