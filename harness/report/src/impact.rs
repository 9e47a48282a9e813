//! What another register would change, on a terminal.

use std::fmt::Write;

use madoguchi_conformance::{FieldChange, Impact, RuleChange, ScenarioImpact};

use crate::Lang;

/// How long a value may be before it is cut; the JSON has all of it.
const VALUE_CHARS: usize = 100;

/// The whole page: rules, scenarios, one sentence.
pub fn impact(impact: &Impact, lang: Lang) -> String {
    let mut text = String::new();
    for change in &impact.rules {
        text.push_str(&rule(change, lang));
    }
    if !impact.rules.is_empty() && !impact.scenarios.is_empty() {
        text.push('\n');
    }
    for scenario in &impact.scenarios {
        text.push_str(&one(scenario, lang));
    }
    text.push_str(&sum(impact, lang));
    text
}

fn rule(change: &RuleChange, lang: Lang) -> String {
    match change {
        RuleChange::Added { rule } => {
            format!("+ {rule}  {}\n", lang.pick("追加された規則", "a new rule"))
        }
        RuleChange::Removed { rule } => {
            format!("- {rule}  {}\n", lang.pick("なくなった規則", "no longer there"))
        }
        RuleChange::Changed { rule, fields } => {
            let mut text = format!("~ {rule}\n");
            for field in fields {
                let _ = writeln!(text, "    {}", self::field(field, lang));
            }
            text
        }
    }
}

fn field(change: &FieldChange, lang: Lang) -> String {
    let none = lang.pick("（なし）", "(none)");
    let side = |value: &Option<String>| value.as_deref().map_or(none.to_owned(), short);
    format!("{}: {} → {}", change.field, side(&change.before), side(&change.after))
}

fn short(value: &str) -> String {
    if value.chars().count() <= VALUE_CHARS {
        return value.to_owned();
    }
    value.chars().take(VALUE_CHARS).collect::<String>() + "…"
}

fn one(scenario: &ScenarioImpact, lang: Lang) -> String {
    let mut text = format!("{}\n", scenario.id);
    if let Some(error) = &scenario.error {
        let _ = writeln!(
            text,
            "    {}: {}",
            lang.pick("実行できません", "cannot be run"),
            lang.pick(&error.ja, &error.en)
        );
    }
    for change in &scenario.changes {
        let step = change.step + 1;
        let _ = writeln!(
            text,
            "    {} {step} ({}) {}: {} → {}",
            lang.pick("段階", "step"),
            change.at,
            change.fact,
            change.before,
            change.after
        );
    }
    for rewrite in &scenario.rewrite {
        let (step, rule, fact) = (rewrite.step + 1, &rewrite.rule, &rewrite.fact);
        let (expected, after) = (&rewrite.expected, &rewrite.after);
        let _ = match (rewrite.rule_in_force, lang) {
            (true, Lang::Ja) => writeln!(
                text,
                "    書き直し: 段階 {step} の {rule} {fact}（{expected} とあるが {after} になる）"
            ),
            (true, Lang::En) => writeln!(
                text,
                "    to rewrite: step {step}, {rule} {fact} says {expected}, comes out {after}"
            ),
            (false, Lang::Ja) => writeln!(
                text,
                "    書き直し: 段階 {step} の {rule} はその日に有効でなくなる（{fact} は {after}）"
            ),
            (false, Lang::En) => writeln!(
                text,
                "    to rewrite: step {step}, {rule} is not in force on that day ({fact}: {after})"
            ),
        };
    }
    text
}

fn sum(impact: &Impact, lang: Lang) -> String {
    let (rules, run) = (impact.rules.len(), impact.scenarios_run);
    let changed = impact.scenarios.iter().filter(|s| !s.changes.is_empty()).count();
    let broken = impact.scenarios.iter().filter(|s| s.error.is_some()).count();
    let (expectations, files) = impact.to_rewrite();
    let cited: Vec<&str> = impact.rules_to_rewrite().into_iter().collect();
    let under = if cited.is_empty() { String::new() } else { format!(" ({})", cited.join(", ")) };
    match lang {
        Lang::Ja => format!(
            "規則 {rules} 件が異なる · {run} シナリオ中 {changed} の結果が変わる · 実行不能 {broken} · \
             書き直しの要る期待 {expectations} 件、{files} シナリオ{under}\n"
        ),
        Lang::En => format!(
            "{rules} rules differ · {changed} of {run} scenarios come out differently · {broken} \
             cannot be run · {expectations} expectations in {files} scenarios to be rewritten\
             {under}\n"
        ),
    }
}
