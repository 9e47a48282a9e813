//! What can be wrong with the parameters of a rule.

use jiff::civil::Date;

use super::load::{RULES, about};
use super::parameters::{ParameterKind, READ_PARAMETERS};
use super::{Bilingual, Parameter, ParameterValue, Rule, Version};
use crate::diagnostic::{Diagnostic, Step, YamlText, nearest};

/// What a number in a unit can be.
pub(super) fn range(unit: &str) -> std::ops::RangeInclusive<i64> {
    match unit {
        "percent" => 0..=100,
        "permille" => 0..=1_000,
        "hour" => 0..=8_784,
        "year" => 0..=150,
        "month" => 0..=1_200,
        "day" => 0..=366,
        "count" => 0..=100,
        // Yen of a budget, points of a service, persons, pieces.
        _ => 0..=1_000_000_000_000,
    }
}

/// The first number of a value that its unit cannot have.
pub(super) fn out_of(range: &std::ops::RangeInclusive<i64>, value: &ParameterValue) -> Option<i64> {
    let numbers = match value {
        ParameterValue::Number(number) => std::slice::from_ref(number),
        ParameterValue::Numbers(numbers) => numbers,
        ParameterValue::Text(_) => &[],
    };
    numbers.iter().copied().find(|number| !range.contains(number))
}

/// What is wrong with the parameters of one version, each at its own place.
pub(super) fn parameter_mistakes(
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
        (ParameterValue::Numbers(numbers), _) if numbers.is_empty() => {
            Some(Bilingual::new("が空の並びです", "is an empty list"))
        }
        (ParameterValue::Text(text), Some(unit)) if unit != "date" && unit != "text" => {
            Some(Bilingual::new(
                format!("が文字列 `{text}` ですが、単位 {unit} には数を書きます"),
                format!("is the text `{text}`, but its unit {unit} wants a number"),
            ))
        }
        (value, Some(unit)) if out_of(&range(unit), value).is_some() => {
            let number = out_of(&range(unit), value).unwrap_or_default();
            let (least, most) = (*range(unit).start(), *range(unit).end());
            Some(Bilingual::new(
                format!("が {number} ですが、単位 {unit} は {least} から {most} までです"),
                format!("is {number}, but in the unit {unit} it is {least} to {most}"),
            ))
        }
        (ParameterValue::Numbers(_), Some("date" | "text")) => Some(Bilingual::new(
            "が数の並びです。文字列なので引用符で囲みます",
            "is a list of numbers: put it in quotes, it is a text",
        )),
        (ParameterValue::Number(number), Some("date" | "text")) => Some(Bilingual::new(
            format!("が数 {number} です。文字列なので引用符で囲みます"),
            format!("is the number {number}: put it in quotes, it is a text"),
        )),
        _ => None,
    }
}

impl ParameterKind {
    fn accepts(self, value: &ParameterValue) -> bool {
        match (self, value) {
            (Self::Number, ParameterValue::Number(_)) => true,
            (Self::Numbers(length), ParameterValue::Numbers(numbers)) => numbers.len() == length,
            (Self::Text, ParameterValue::Text(_)) => true,
            (Self::Date, ParameterValue::Text(text)) => text.parse::<Date>().is_ok(),
            _ => false,
        }
    }

    fn describe(self) -> Bilingual {
        match self {
            Self::Number => Bilingual::new("整数", "a whole number"),
            Self::Numbers(length) => Bilingual::new(
                format!("{length}個の整数の並び"),
                format!("a list of {length} whole numbers"),
            ),
            Self::Text => Bilingual::new("文字列", "a text"),
            Self::Date => Bilingual::new("日付", "a date"),
        }
    }
}
