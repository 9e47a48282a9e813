//! A run on a terminal: chapters, one sentence of verdict, and a card for each failure.

use std::collections::BTreeMap;
use std::fmt::Write;

use madoguchi_conformance::{
    CaseResult, CaseVerdict, Ending, LevelCount, RuleResult, SuiteResult, Verdict,
};
use madoguchi_reference::register::Register;

use crate::Lang;

/// Width of a full bar, in characters.
const BAR: usize = 20;
/// How much of a digest is shown to people.
const DIGEST: usize = 12;

/// The run in a screenful: head, chapters, verdict.
pub fn summary(result: &SuiteResult, lang: Lang) -> String {
    let mut text = head(result, lang);
    for (chapter, (passed, all)) in chapters(result) {
        let filled = (passed * BAR).checked_div(all).unwrap_or(0);
        let bar = format!("{}{}", "█".repeat(filled), "░".repeat(BAR - filled));
        let _ = writeln!(text, "  {chapter:<12} {bar} {passed:>4}/{all}");
    }
    text.push_str(&verdict(result, lang));
    text
}

fn head(result: &SuiteResult, lang: Lang) -> String {
    let digest: String = result.register.chars().take(DIGEST).collect();
    let (count, seed) = (result.scenarios.len(), result.seed);
    let product = match (result.product.as_str(), lang) {
        ("reference", Lang::Ja) => "参照実装",
        (product, _) => product,
    };
    match lang {
        Lang::Ja => format!(
            "窓口 Madoguchi {} · 規則台帳 {digest} · {count} シナリオ · 対象: {product} · \
             シード {seed} · {}\n",
            result.version, result.driver
        ),
        Lang::En => format!(
            "Madoguchi {} · register {digest} · {count} {} · product: {product} · seed {seed} · \
             {}\n",
            result.version,
            if count == 1 { "scenario" } else { "scenarios" },
            result.driver
        ),
    }
}

/// Passed and all scenarios of each chapter; what does not apply is not counted.
fn chapters(result: &SuiteResult) -> BTreeMap<&str, (usize, usize)> {
    let mut chapters = BTreeMap::new();
    for case in &result.scenarios {
        if case.verdict == CaseVerdict::NotApplicable {
            continue;
        }
        let chapter = case.id.split('/').next().unwrap_or_default();
        let (passed, all) = chapters.entry(chapter).or_insert((0, 0));
        *all += 1;
        if case.verdict == CaseVerdict::Pass {
            *passed += 1;
        }
    }
    chapters
}

fn verdict(result: &SuiteResult, lang: Lang) -> String {
    let summary = &result.summary;
    let word = match summary.ending() {
        Ending::Conformant => lang.pick("適合", "Conformant"),
        Ending::NotConformant => lang.pick("不適合", "Not conformant"),
        Ending::Undecided => lang.pick("判定できません", "Not decided"),
    };
    let rules = match (&result.as_of, lang) {
        (Some(date), Lang::Ja) => format!("{date} 現在の規則"),
        (Some(date), Lang::En) => format!("the rules of {date}"),
        (None, _) => lang.pick("各診療日の規則", "the rules of each date of service").to_owned(),
    };
    let known = match (&result.known_on, lang) {
        (Some(date), Lang::Ja) => format!("、{date} までに公表されたもの"),
        (Some(date), Lang::En) => format!(", as known on {date}"),
        (None, _) => String::new(),
    };
    let when = match lang {
        Lang::Ja => format!("（{rules}{known}）"),
        Lang::En => format!(" by {rules}{known}"),
    };
    let first = |c: &LevelCount| {
        let (pass, fail, undecided) = match lang {
            Lang::Ja => ("適合", "不適合", "未判定"),
            Lang::En => ("pass", "fail", "undecided"),
        };
        format!("{} {pass} · {} {fail} · {} {undecided}", c.pass, c.fail, c.undecided)
    };
    let brief = |c: &LevelCount| format!("{} · {} · {}", c.pass, c.fail, c.undecided);
    let mut text = format!(
        "{word}{when}: MUST {}   SHOULD {}   MAY {}\n",
        first(&summary.must),
        brief(&summary.should),
        brief(&summary.may),
    );
    let counts = [&summary.must, &summary.should, &summary.may, &summary.model];
    let findings: usize = counts.iter().map(|c| c.finding).sum();
    if findings > 0 {
        let _ = match lang {
            Lang::Ja => writeln!(
                text,
                "設定事項・任意事項の相違 {findings} 件（製品を不適合とはしません。\
                 参照実装の相違はこの道具の誤りです）"
            ),
            Lang::En => writeln!(
                text,
                "findings, differences on settings and options: {findings} (no product is failed \
                 on them; on the reference they are defects of the suite)"
            ),
        };
    }
    if summary.not_applicable > 0 {
        let (skipped, all) = (summary.not_applicable, summary.scenarios);
        let _ = match lang {
            Lang::Ja => {
                writeln!(text, "{all} シナリオ中 {skipped} 件には、対象を拘束する規則がありません")
            }
            Lang::En => writeln!(text, "{skipped} of {all} scenarios hold no rule that binds here"),
        };
    }
    text
}

fn word(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::NotApplicable => lang.pick("対象外", "not applicable"),
        Verdict::Pass => lang.pick("適合", "pass"),
        Verdict::Finding => lang.pick("相違", "finding"),
        Verdict::Undecided => lang.pick("判定できません", "undecided"),
        Verdict::Fail => lang.pick("不適合", "fail"),
    }
}

/// One failure, always in the same order: rule and its text, expected and received, how to see
/// it again.
pub fn failure_card(case: &CaseResult, register: &Register, lang: Lang) -> String {
    let mut text = String::new();
    if let Some(error) = &case.error {
        let whose = lang.pick("ハーネスの誤り", "error of the harness");
        let _ = writeln!(text, "✗ {} · {whose}\n  {error}", case.id);
    }
    let bad = |rule: &&RuleResult| rule.verdict > Verdict::Pass;
    for rule in case.rules.iter().filter(bad) {
        let mark = if rule.verdict == Verdict::Fail { "✗" } else { "!" };
        let _ = writeln!(text, "{mark} {} · {} ({})", case.id, rule.id, word(rule.verdict, lang));
        if let Some(known) = register.rule(&rule.id) {
            let _ = writeln!(text, "  {}", lang.pick(&known.text.ja, &known.text.en));
        }
        for difference in &rule.differences {
            let step = difference.step + 1;
            let place = match lang {
                Lang::Ja => format!("第{step}段階 {}", difference.fact),
                Lang::En => format!("step {step}, {}", difference.fact),
            };
            let (expected, received) =
                (lang.pick("期待", "expected"), lang.pick("実際", "received"));
            let _ = writeln!(
                text,
                "  {place}: {expected} {} | {received} {}",
                difference.expected, difference.received
            );
        }
    }
    if !text.is_empty() {
        let again = lang.pick("再現", "replay");
        let _ = writeln!(text, "  {again}: {}", case.replay);
    }
    text
}
