//! What is wrong with claim files: finding by finding, then rule by rule.

use std::collections::BTreeMap;
use std::fmt::Write;

use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::{Register, Rule};
use madoguchi_reference::uke::{Examination, Finding, Form};
use serde::Serialize;

use super::columns::{counted, grouped, padded, right, wrapped};
use crate::Lang;

/// How many findings of one rule are written out for each file, unless all are asked for.
const FINDINGS_SHOWN: usize = 10;

/// What came of checking some claim files, for programs.
#[derive(Debug, Serialize)]
pub struct ClaimCheck<'a> {
    schema: &'static str,
    /// Digest of the register.
    register: &'a str,
    files: Vec<CheckedFile<'a>>,
    rules: Vec<RuleCount>,
}

/// One file that could be read.
#[derive(Debug, Serialize)]
pub struct CheckedFile<'a> {
    file: &'a str,
    form: Form,
    /// How many receipts could be read.
    receipts: usize,
    /// Whether there are more findings than these: the check stopped at its limit.
    cut: bool,
    findings: Vec<Told<'a>>,
}

#[derive(Debug, Serialize)]
struct Told<'a> {
    /// Whether the rule binds: only then the file is not conformant for it.
    binds: bool,
    #[serde(flatten)]
    finding: &'a Finding,
}

#[derive(Debug, Serialize)]
struct RuleCount {
    rule: &'static str,
    binds: bool,
    findings: usize,
    text: Option<Bilingual>,
}

impl<'a> ClaimCheck<'a> {
    /// What `files`, each with its name, came to under `register`.
    pub fn of(register: &'a Register, files: &'a [(String, Examination)]) -> Self {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for finding in files.iter().flat_map(|(_, examination)| &examination.findings) {
            *counts.entry(finding.rule).or_default() += 1;
        }
        let binds = |rule: &str| register.rule(rule).is_some_and(Rule::binds);
        let checked = |(file, examination): &'a (String, Examination)| CheckedFile {
            file,
            form: examination.reading.form,
            receipts: examination.reading.receipts.len(),
            cut: examination.cut,
            findings: (examination.findings.iter())
                .map(|finding| Told { binds: binds(finding.rule), finding })
                .collect(),
        };
        let count = |(rule, findings)| RuleCount {
            rule,
            binds: binds(rule),
            findings,
            text: register.rule(rule).map(|rule| rule.text.clone()),
        };
        Self {
            schema: "madoguchi-claim-check/1",
            register: register.digest(),
            files: files.iter().map(checked).collect(),
            rules: counts.into_iter().map(count).collect(),
        }
    }

    /// How many findings break a rule that binds.
    pub fn violations(&self) -> usize {
        self.rules.iter().filter(|rule| rule.binds).map(|rule| rule.findings).sum()
    }

    fn findings(&self) -> usize {
        self.rules.iter().map(|rule| rule.findings).sum()
    }
}

/// The result as text for a terminal; `all` writes out every finding.
pub fn claim_check(check: &ClaimCheck<'_>, all: bool, lang: Lang) -> String {
    let mut text = String::new();
    for file in &check.files {
        text.push_str(&one_file(file, all, lang));
    }
    if !check.rules.is_empty() {
        text.push_str(&by_rule(check, lang));
    }
    text.push_str(&verdict(check, lang));
    text
}

fn one_file(file: &CheckedFile<'_>, all: bool, lang: Lang) -> String {
    let (ja, en) = file.form.names();
    let (name, receipts, found) = (file.file, file.receipts, file.findings.len());
    let mut text = match lang {
        Lang::Ja => format!("{name}：{ja}、レセプト{receipts}件、指摘{found}件\n"),
        Lang::En => {
            let (receipts, found) = (counted(receipts, "receipt"), counted(found, "finding"));
            format!("{name}: {en}, {receipts}, {found}\n")
        }
    };
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for told in &file.findings {
        let count = shown.entry(told.finding.rule).or_default();
        *count += 1;
        if all || *count <= FINDINGS_SHOWN {
            text.push_str(&one_finding(told, lang));
        }
    }
    for (rule, count) in shown.into_iter().filter(|(_, count)| !all && *count > FINDINGS_SHOWN) {
        let more = count - FINDINGS_SHOWN;
        let _ = match lang {
            Lang::Ja => writeln!(text, "  {rule}：ほかに{more}件（--all ですべて表示）"),
            Lang::En => writeln!(text, "  {rule}: {more} more (--all shows them)"),
        };
    }
    if file.cut {
        let said = lang.pick(
            "  指摘が多いため、ここで点検を打ち切りました。先を直してからもう一度お試しください。\n",
            "  There is more: checking stopped here. Mend what is told first and check again.\n",
        );
        text.push_str(said);
    }
    text.push('\n');
    text
}

fn one_finding(told: &Told<'_>, lang: Lang) -> String {
    let Told { binds, finding } = told;
    let Finding { rule, line, byte, .. } = finding;
    let (mark, item) = (mark(*binds, lang), item(finding, lang));
    let receipt = finding.receipt.map(|number| match lang {
        Lang::Ja => format!("レセプト{number}、"),
        Lang::En => format!("receipt {number}, "),
    });
    let receipt = receipt.unwrap_or_default();
    let text = finding.text.pick(lang);
    let (head, text) = match lang {
        Lang::Ja => (
            format!("{line}行目 {item} {rule} {mark}"),
            format!("{text}（{receipt}{byte}バイト目）"),
        ),
        Lang::En => (
            format!("line {line}  {item}  {rule} {mark}"),
            format!("{text} ({receipt}byte {byte})"),
        ),
    };
    wrapped(&head, 2) + &wrapped(&text, 6)
}

fn mark(binds: bool, lang: Lang) -> &'static str {
    match binds {
        true => lang.pick("違反", "violation"),
        false => lang.pick("注意", "notice"),
    }
}

fn item(finding: &Finding, lang: Lang) -> String {
    let item = finding.item.map(|item| {
        let name = finding.name.as_ref().map(|name| name.pick(lang)).unwrap_or_default();
        match (lang, name) {
            (Lang::Ja, "") => format!(" 項目{item}"),
            (Lang::Ja, name) => format!(" 項目{item}「{name}」"),
            (Lang::En, "") => format!(" item {item}"),
            (Lang::En, name) => format!(" item {item} “{name}”"),
        }
    });
    let record = if finding.record.is_empty() { "--" } else { &finding.record };
    format!("{record}{}", item.unwrap_or_default())
}

fn by_rule(check: &ClaimCheck<'_>, lang: Lang) -> String {
    let mut text = format!("{}\n", lang.pick("規則ごと", "By rule"));
    for rule in &check.rules {
        let count = right(&grouped(rule.findings as u64), 7);
        let _ = writeln!(
            text,
            "  {} {} {count}",
            padded(rule.rule, 9),
            padded(mark(rule.binds, lang), 9)
        );
        if let Some(words) = &rule.text {
            text.push_str(&wrapped(first_sentence(words.pick(lang)), 6));
        }
    }
    let more = lang.pick(
        "規則の全文：madoguchi --lang ja rules show CLM-074 など",
        "The whole of a rule: madoguchi rules show CLM-074, for example",
    );
    let _ = writeln!(text, "  {more}\n");
    text
}

/// A rule in short.
fn first_sentence(text: &str) -> &str {
    let end = |mark: &str| text.find(mark).map(|at| at + mark.trim_end().len());
    let end = end("。").into_iter().chain(end(". ")).min();
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn verdict(check: &ClaimCheck<'_>, lang: Lang) -> String {
    let (files, violations) = (check.files.len(), check.violations());
    let notices = check.findings() - violations;
    let sentence = match lang {
        Lang::Ja => {
            let verdict = if violations == 0 { "適合" } else { "不適合" };
            format!(
                "{files} ファイル：違反 {violations} 件、注意 {notices} 件。{verdict}（注意は公表された義務では\
                 ないので、不適合としません）"
            )
        }
        Lang::En => {
            let verdict = if violations == 0 { "conformant" } else { "not conformant" };
            let (files, violations) = (counted(files, "file"), counted(violations, "violation"));
            let notices = counted(notices, "notice");
            format!(
                "{files}: {violations}, {notices}: {verdict}. A notice is no published duty, so \
                 nobody is failed for it."
            )
        }
    };
    wrapped(&sentence, 0)
}
