//! `madoguchi rules`: reading the register.

use std::fmt::Write;

use jiff::civil::Date;
use madoguchi_reference::diagnostic::nearest;
use madoguchi_reference::ids::RuleId;
use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::{Register, Rule, Version, no_rule};
use madoguchi_report::{Lang, json};
use serde::Serialize;

use crate::args::{Format, RulesArgs, RulesCommand};
use crate::coverage::{Wanted, coverage};
use crate::diff::{Tried, diff};
use crate::exit::{CONFORMANT, Failure};
use crate::{load, out};

#[derive(Serialize)]
struct Listed<'a> {
    schema: &'static str,
    register: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<Date>,
    rules: Vec<Rule>,
}

pub(crate) fn rules(args: &RulesArgs, lang: Lang) -> Result<u8, Failure> {
    let chosen = &args.register;
    match &args.command {
        RulesCommand::List => {
            let register = load::register(chosen)?;
            let rules = register.rules().filter_map(|rule| on(rule, args.as_of)).collect();
            print(args, &register, rules, |rules| list(rules, lang))
        }
        RulesCommand::Show { id } => {
            let register = load::register(chosen)?;
            let rule = one(&register, id)?;
            let rule = on(rule, args.as_of).ok_or_else(|| not_in_force(&rule.id, args.as_of))?;
            let text = |rules: &[Rule]| rules.iter().map(|rule| show(rule, lang)).collect();
            print(args, &register, vec![rule], text)
        }
        RulesCommand::Coverage { scenarios, code } => {
            let (register, as_of) = (&load::register(chosen)?, args.as_of);
            coverage(&Wanted { register, as_of, scenarios, code }, args.format, lang)
        }
        RulesCommand::Diff { before, after, scenarios, seed } => {
            let tried = Tried { before, after, scenarios, seed: *seed, chosen };
            diff(&tried, args.format, lang)
        }
    }
}

fn print(
    args: &RulesArgs,
    register: &Register,
    rules: Vec<Rule>,
    text: impl Fn(&[Rule]) -> String,
) -> Result<u8, Failure> {
    let text = match args.format {
        Format::Json => {
            let listed = Listed {
                schema: "madoguchi-rules/1",
                register: register.digest(),
                as_of: args.as_of,
                known_on: args.register.known_on,
                rules,
            };
            json(&listed).map_err(|e| Failure::Harness(e.to_string()))?
        }
        Format::Text => text(&rules),
    };
    out::print(&text);
    Ok(CONFORMANT)
}

/// The rule with the versions in force on a day, if there are any; with all of them without a day.
fn on(rule: &Rule, day: Option<Date>) -> Option<Rule> {
    let in_force = |v: &&Version| day.is_none_or(|day| v.covers(day));
    let versions: Vec<Version> = rule.versions.iter().filter(in_force).cloned().collect();
    (!versions.is_empty()).then(|| Rule { versions, ..rule.clone() })
}

fn not_in_force(id: &RuleId, day: Option<Date>) -> Failure {
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    Failure::Author(Bilingual::new(
        format!("{id} は {day} に有効ではありません"),
        format!("{id} is not in force on {day}"),
    ))
}

fn one<'a>(register: &'a Register, id: &str) -> Result<&'a Rule, Failure> {
    register.rule(id).ok_or_else(|| match (register.whole().rule(id), register.as_known_on()) {
        (Some(rule), Some(day)) => {
            let known = rule.versions.first().map_or(day, |v| v.known);
            Failure::Author(Bilingual::new(
                format!("{id} は {day} にはまだ公表されていません（公表 {known}）"),
                format!("{id} was not published yet on {day}, only on {known}"),
            ))
        }
        _ => {
            let ids: Vec<String> = register.rules().map(|r| r.id.to_string()).collect();
            let near = nearest(&id.to_uppercase(), &ids);
            Failure::Author(load::with_nearest(no_rule(id), near.as_deref()))
        }
    })
}

fn list(rules: &[Rule], lang: Lang) -> String {
    let mut text = String::new();
    for rule in rules {
        let level = level(rule);
        let words = lang.pick(&rule.text.ja, &rule.text.en);
        let _ = writeln!(text, "{:<9} {level:<6} {words}", rule.id.as_str());
    }
    text
}

fn level(rule: &Rule) -> String {
    format!("{:?}", rule.level).to_uppercase()
}

fn show(rule: &Rule, lang: Lang) -> String {
    let mut text = format!("{} · {} · {:?}\n", rule.id, level(rule), rule.certainty);
    let _ = writeln!(text, "  {}\n  {}", rule.text.ja, rule.text.en);
    let setting = lang.pick(
        "設定事項: 異なる動作をしても不適合とはしません",
        "a setting: nobody is failed for doing otherwise",
    );
    if !rule.binds() {
        let _ = writeln!(text, "  ({setting})");
    }
    let _ = writeln!(text, "{}: {}", lang.pick("当事者", "parties"), rule.parties.join(", "));
    for source in &rule.source {
        let label = lang.pick("出典", "source");
        let _ = writeln!(text, "{label}: {} — {}", source.document, source.heading);
    }
    if let Some(reason) = &rule.not_tested {
        let label = lang.pick("試験しない理由", "not tested because");
        let _ = writeln!(text, "{label}: {}", lang.pick(&reason.ja, &reason.en));
    }
    for version in &rule.versions {
        text.push_str(&show_version(version, lang));
    }
    text
}

fn show_version(version: &Version, lang: Lang) -> String {
    let open = lang.pick("(期限なし)", "(open)");
    let date = |date: Option<Date>| date.map_or(open.to_owned(), |d| d.to_string());
    let mut text = format!(
        "{}: {} – {} · {} {}\n",
        lang.pick("有効期間", "in force"),
        date(version.from),
        date(version.to),
        lang.pick("公表", "known from"),
        version.known
    );
    if let Some(day) = version.end_known {
        let _ = writeln!(text, "  {} {day}", lang.pick("終了の公表", "its end known from"));
    }
    if let Some(words) = &version.text {
        let label = lang.pick("当時の文", "then in the words");
        let _ = writeln!(text, "  {label}: {}", lang.pick(&words.ja, &words.en));
    }
    for (name, parameter) in &version.parameters {
        let value = &parameter.value;
        let unit = match &parameter.unit {
            Some(unit) => unit.clone(),
            None => format!("[{}]", parameter.one_of.join(" | ")),
        };
        let _ = writeln!(text, "  {name} = {value} {unit}");
    }
    text
}
