//! `madoguchi rules`: reading the register.

use std::fmt::Write;

use jiff::civil::Date;
use madoguchi_reference::diagnostic::nearest;
use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::{ParameterValue, Register, Rule, Version};
use madoguchi_report::Lang;
use serde::Serialize;

use crate::args::{Format, RulesArgs, RulesCommand};
use crate::exit::{CONFORMANT, Failure};
use crate::{load, out};

#[derive(Serialize)]
struct Listed<'a> {
    schema: &'static str,
    register: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Date>,
    rules: Vec<&'a Rule>,
}

pub(crate) fn rules(args: &RulesArgs, lang: Lang) -> Result<u8, Failure> {
    let register = load::register(args.register.as_deref())?;
    let (rules, as_of) = match &args.command {
        RulesCommand::List { as_of } => {
            let on = |rule: &&Rule| as_of.is_none_or(|date| rule.version_on(date).is_some());
            (register.rules().filter(on).collect::<Vec<_>>(), *as_of)
        }
        RulesCommand::Show { id } => (vec![one(&register, id)?], None),
    };
    let text = match (args.format, &args.command) {
        (Format::Json, _) => {
            let (schema, register) = ("madoguchi-rules/1", register.digest());
            let text = serde_json::to_string_pretty(&Listed { schema, register, as_of, rules });
            text.map_err(|e| Failure::Harness(e.to_string()))? + "\n"
        }
        (Format::Text, RulesCommand::List { .. }) => list(&rules, lang),
        (Format::Text, RulesCommand::Show { .. }) => {
            rules.iter().map(|rule| show(rule, lang)).collect()
        }
    };
    out::print(&text);
    Ok(CONFORMANT)
}

fn one<'a>(register: &'a Register, id: &str) -> Result<&'a Rule, Failure> {
    register.rule(id).ok_or_else(|| {
        let ids: Vec<String> = register.rules().map(|r| r.id.to_string()).collect();
        let near = nearest(&id.to_uppercase(), &ids);
        Failure::Author(load::with_nearest(
            Bilingual::new(
                format!("規則台帳に `{id}` という規則はありません"),
                format!("the register has no rule `{id}`"),
            ),
            near.as_deref(),
        ))
    })
}

fn list(rules: &[&Rule], lang: Lang) -> String {
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
    for (name, parameter) in &version.parameters {
        let value = match &parameter.value {
            ParameterValue::Number(number) => number.to_string(),
            ParameterValue::Text(word) => word.clone(),
        };
        let unit = match &parameter.unit {
            Some(unit) => unit.clone(),
            None => format!("[{}]", parameter.one_of.join(" | ")),
        };
        let _ = writeln!(text, "  {name} = {value} {unit}");
    }
    text
}
