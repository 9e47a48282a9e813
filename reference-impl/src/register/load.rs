//! Reading the register: every mistake of its author is answered by file, line and column.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::parameters::{ParameterKind, READ_PARAMETERS};
use super::{Bilingual, Parameter, ParameterValue, Register, Rule, Version};
use crate::diagnostic::{Diagnostic, Step, YamlText, nearest};
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
        Ok(Register { rules, digest, view: None })
    } else {
        Err(wrong)
    }
}

const RULES: Step<'static> = Step::Key("rules");

/// A problem of one rule, which it names first.
fn about(rule: &Rule, ja: impl Into<String>, en: impl Into<String>) -> Bilingual {
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
            && version.to.is_none_or(|to| end_known < version.known || to < end_known)
        {
            wrong.push(point(about(
                rule,
                "`end_known` は、`known` から `to` までの日でなければなりません",
                "`end_known` must lie between `known` and `to`",
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

/// What a number in a unit can be.
pub(super) fn range(unit: &str) -> std::ops::RangeInclusive<i64> {
    match unit {
        "percent" => 0..=100,
        "hour" => 0..=8_784,
        "year" => 0..=150,
        "month" => 0..=1_200,
        "day" => 0..=366,
        "count" => 0..=100,
        _ => 0..=1_000_000_000,
    }
}

/// What is wrong with the parameters of one version, each at its own place.
fn parameter_mistakes(
    text: &YamlText<'_>,
    (index, position): (usize, usize),
    rule: &Rule,
    version: &Version,
) -> Vec<Diagnostic> {
    let at = |last| {
        let versions = [RULES, Step::Index(index), Step::Key("versions"), Step::Index(position)];
        let [a, b, c, d] = versions;
        [a, b, c, d, Step::Key("parameters"), last]
    };
    let mut wrong = Vec::new();
    for (name, parameter) in &version.parameters {
        if let Some(problem) = parameter_mistake(parameter) {
            let problem = about(
                rule,
                format!("パラメータ `{name}` {}", problem.ja),
                format!("parameter `{name}` {}", problem.en),
            );
            wrong.push(text.point(&at(Step::Key(name)), problem));
        }
    }
    for read in READ_PARAMETERS.iter().filter(|r| r.rule == rule.id.as_str()) {
        let (name, kind) = (read.name, read.kind.describe());
        match version.parameters.get(name) {
            None => {
                let problem = about(
                    rule,
                    format!("参照実装が読むパラメータ `{name}`（{}）がありません", kind.ja),
                    format!("parameter `{name}`, {}, is missing: the reference reads it", kind.en),
                );
                let written: Vec<String> = version.parameters.keys().cloned().collect();
                let mut diagnostic = text.point(&at(Step::KeyItself(name)), problem);
                diagnostic.nearest = nearest(name, &written);
                wrong.push(diagnostic);
            }
            Some(found) if !read.kind.accepts(&found.value) => {
                let problem = about(
                    rule,
                    format!("パラメータ `{name}` は{}でなければなりません", kind.ja),
                    format!("parameter `{name}` must be {}", kind.en),
                );
                wrong.push(text.point(&at(Step::Key(name)), problem));
            }
            Some(_) => {}
        }
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

/// What is wrong with a parameter, to follow its name.
fn parameter_mistake(parameter: &Parameter) -> Option<Bilingual> {
    if parameter.one_of.is_empty() { unit_mistake(parameter) } else { choice_mistake(parameter) }
}

fn choice_mistake(parameter: &Parameter) -> Option<Bilingual> {
    let ParameterValue::Text(word) = &parameter.value else {
        return Some(Bilingual::new(
            "は選択肢から選ぶので、値は語でなければなりません",
            "is a choice, so its value must be a word",
        ));
    };
    let words = parameter.one_of.join(", ");
    (!parameter.one_of.contains(word)).then(|| {
        Bilingual::new(
            format!("が `{word}` です。選べるのは {words} です"),
            format!("is `{word}`, not one of {words}"),
        )
    })
}

fn unit_mistake(parameter: &Parameter) -> Option<Bilingual> {
    match (&parameter.value, parameter.unit.as_deref()) {
        (_, None) => Some(Bilingual::new("に単位（unit）がありません", "has no unit")),
        (ParameterValue::Text(text), Some("date")) if text.parse::<Date>().is_err() => {
            Some(Bilingual::new(
                format!("が `{text}` で、日付ではありません"),
                format!("is `{text}`, which is not a date"),
            ))
        }
        (ParameterValue::Text(text), Some(unit)) if unit != "date" && unit != "text" => {
            Some(Bilingual::new(
                format!("が文字列 `{text}` ですが、単位 {unit} には数を書きます"),
                format!("is the text `{text}`, but its unit {unit} wants a number"),
            ))
        }
        (ParameterValue::Number(number), Some(unit)) if !range(unit).contains(number) => {
            let (least, most) = (*range(unit).start(), *range(unit).end());
            Some(Bilingual::new(
                format!("が {number} ですが、単位 {unit} は {least} から {most} までです"),
                format!("is {number}, but in the unit {unit} it is {least} to {most}"),
            ))
        }
        (ParameterValue::Number(number), Some("date" | "text")) => Some(Bilingual::new(
            format!("が数 {number} です。文字列なので引用符で囲みます"),
            format!("is the number {number}: put it in quotes, it is a text"),
        )),
        _ => None,
    }
}

fn missing_rules(chapters: &[YamlText<'_>], rules: &BTreeMap<RuleId, Rule>) -> Vec<Diagnostic> {
    let missing = READ_PARAMETERS.iter().filter(|r| !rules.contains_key(&RuleId::from(r.rule)));
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

impl ParameterKind {
    fn accepts(self, value: &ParameterValue) -> bool {
        match (self, value) {
            (Self::Number, ParameterValue::Number(_)) => true,
            (Self::Text, ParameterValue::Text(_)) => true,
            (Self::Date, ParameterValue::Text(text)) => text.parse::<Date>().is_ok(),
            _ => false,
        }
    }

    fn describe(self) -> Bilingual {
        match self {
            Self::Number => Bilingual::new("整数", "a whole number"),
            Self::Text => Bilingual::new("文字列", "a text"),
            Self::Date => Bilingual::new("日付", "a date"),
        }
    }
}
