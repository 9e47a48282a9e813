//! What of the register is tested, on a terminal: rules, chapters, boundaries, one verdict.

use std::collections::BTreeMap;
use std::fmt::Write;

use madoguchi_conformance::{BoundaryResult, Coverage, RuleCoverage, Standing};
use madoguchi_reference::register::Level;

use crate::Lang;

/// How many scenarios of a rule are named.
const NAMED: usize = 2;

/// The whole page.
pub fn coverage(coverage: &Coverage, lang: Lang) -> String {
    let mut text = String::new();
    for rule in &coverage.rules {
        let _ = writeln!(text, "{}", line(rule, lang));
    }
    text.push('\n');
    text.push_str(&chapters(coverage, lang));
    text.push('\n');
    text.push_str(&boundaries(&coverage.boundaries, lang));
    for unknown in &coverage.unknown {
        let says = lang.pick("規則台帳にない規則を引いています", "cites a rule that is not there");
        let _ = writeln!(text, "{}:{}: {}: {says}", unknown.file, unknown.line, unknown.rule);
    }
    text.push_str(&verdict(coverage, lang));
    text
}

fn line(rule: &RuleCoverage, lang: Lang) -> String {
    let level = format!("{:?}", rule.level).to_uppercase();
    let what = match (rule.standing(), &rule.not_tested) {
        (Standing::Tested, _) => {
            let named = rule.scenarios.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = if rule.scenarios.len() > NAMED { ", …" } else { "" };
            format!("{:>3}  {named}{more}", rule.scenarios.len())
        }
        (Standing::Excused, Some(reason)) => {
            format!("  –  {}", lang.pick(&reason.ja, &reason.en))
        }
        (Standing::ExcusedInVain, _) => {
            let says = lang.pick(
                "シナリオがあるのに not_tested が残っています",
                "is tested: take `not_tested` away",
            );
            format!("  ✗  {says}")
        }
        (Standing::Forgotten | Standing::Excused, _) => {
            let says = lang.pick(
                "引くシナリオがなく、理由（not_tested）も書かれていません",
                "no scenario cites it, and `not_tested` gives no reason",
            );
            format!("  ✗  {says}")
        }
    };
    format!("{:<9} {level:<6} {what}", rule.id)
}

/// Rules by chapter: how many, tested, excused, neither.
fn chapters(coverage: &Coverage, lang: Lang) -> String {
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for rule in &coverage.rules {
        let [all, tested, excused, neither] = counts.entry(rule.chapter()).or_default();
        *all += 1;
        match rule.standing() {
            Standing::Tested => *tested += 1,
            Standing::Excused => *excused += 1,
            Standing::Forgotten | Standing::ExcusedInVain => *neither += 1,
        }
    }
    let mut text = match lang {
        Lang::Ja => "章      規則   試験  理由付き  未整理\n".to_owned(),
        Lang::En => "chapter  rules  tested  excused  unsettled\n".to_owned(),
    };
    for (chapter, [all, tested, excused, neither]) in counts {
        let _ = writeln!(text, "  {chapter:<6} {all:>5} {tested:>7} {excused:>8} {neither:>8}");
    }
    text
}

fn boundaries(results: &[BoundaryResult], lang: Lang) -> String {
    let cases: usize = results.iter().map(|r| r.cases.len()).sum();
    let felt = results.iter().filter(|r| r.felt).count();
    let rules: std::collections::BTreeSet<&str> = results.iter().map(|r| r.rule.as_str()).collect();
    let (days, rules) = (results.len(), rules.len());
    let mut text = match lang {
        Lang::Ja => format!(
            "境界: {rules} 規則の {days} 日 · 生成した事例 {cases} 件 · 変化が外から見える境界 {felt}\n"
        ),
        Lang::En => format!(
            "boundaries: {days} days on which {rules} rules change · {cases} cases made and run · \
             {felt} changes can be seen\n"
        ),
    };
    for result in results.iter().filter(|r| !r.holds()) {
        for case in result.cases.iter().filter(|c| !c.differences.is_empty()) {
            let place = format!("{} {} {}", result.rule, case.at, result.scenario);
            let (expected, received) =
                (lang.pick("期待", "expected"), lang.pick("実際", "received"));
            for d in &case.differences {
                let _ = writeln!(
                    text,
                    "  ✗ {place} {}: {expected} {} | {received} {}",
                    d.fact, d.expected, d.received
                );
            }
        }
    }
    text
}

fn verdict(coverage: &Coverage, lang: Lang) -> String {
    let must = coverage.rules.iter().filter(|r| Level::from(r.level) == Level::Must);
    let (mut all, mut tested, mut excused) = (0usize, 0usize, 0usize);
    for rule in must {
        all += 1;
        match rule.standing() {
            Standing::Tested => tested += 1,
            Standing::Excused => excused += 1,
            Standing::Forgotten | Standing::ExcusedInVain => {}
        }
    }
    let whole = coverage.is_whole();
    match lang {
        Lang::Ja => format!(
            "{}: 義務（MUST）の規則 {all} 件のうち、シナリオで試験 {tested} 件、理由を付けて除外 \
             {excused} 件（シナリオ {} 件）\n",
            if whole { "網羅" } else { "不足あり" },
            coverage.scenarios
        ),
        Lang::En => format!(
            "{}: of {all} MUST rules {tested} are tested, {excused} excused with a reason ({} \
             scenarios)\n",
            if whole { "Covered" } else { "Not covered" },
            coverage.scenarios
        ),
    }
}
