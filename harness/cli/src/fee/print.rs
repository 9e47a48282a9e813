//! What `madoguchi fee` prints: the figure first, then why, rule by rule, with the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::civil::Date;
use madoguchi_reference::calendar::Month;
use madoguchi_reference::fee::{Answer, CardUse, Question, Reason};
use madoguchi_reference::lang::{Bilingual, Lang};
use madoguchi_reference::programme::{Grant, GrantReason, Granted, Scheme};
use madoguchi_reference::register::{Register, Source};
use madoguchi_report::json;
use serde::Serialize;

use crate::args::Format;
use crate::exit::Failure;
use crate::out;

/// A question and what the register says to it.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) on: Date,
    pub(super) question: Question,
    pub(super) answer: Answer,
    pub(super) reasons: Vec<Reason>,
}

#[derive(Serialize)]
struct Printed<'a> {
    schema: &'static str,
    register: &'a str,
    on: String,
    question: &'a Question,
    answer: &'a Answer,
    figure: Bilingual,
    reasons: Vec<PrintedReason<'a>>,
}

#[derive(Serialize)]
struct PrintedReason<'a> {
    rule: &'a str,
    says: &'a Bilingual,
    sources: &'a [Source],
}

pub(super) fn print_told(
    told: &Told,
    register: &Register,
    format: Format,
    lang: Lang,
) -> Result<(), Failure> {
    let figure = figure(told, register);
    let sources = |rule: &str| register.rule(rule).map_or(&[][..], |rule| &rule.source);
    let text = match format {
        Format::Json => {
            let reasons = told.reasons.iter().map(|reason| {
                let sources = sources(&reason.rule);
                PrintedReason { rule: &reason.rule, says: &reason.says, sources }
            });
            let printed = Printed {
                schema: "madoguchi-fee/1",
                register: register.digest(),
                on: told.on.to_string(),
                question: &told.question,
                answer: &told.answer,
                figure,
                reasons: reasons.collect(),
            };
            json(&printed).map_err(|error| Failure::Harness(error.to_string()))? + "\n"
        }
        Format::Text => {
            let mut text = format!("{}\n", figure.pick(lang));
            let mut named = BTreeSet::new();
            for reason in &told.reasons {
                let _ = writeln!(text, "  {:<9} {}", reason.rule, reason.says.pick(lang));
                if !named.insert(&reason.rule) {
                    continue;
                }
                for source in sources(&reason.rule) {
                    let label = lang.pick("出典", "source");
                    let (document, heading) = (&source.document, &source.heading);
                    let _ = writeln!(text, "            {label}: {document} — {heading}");
                }
            }
            text
        }
    };
    out::print(&text);
    Ok(())
}

/// Both rates of GEN-010 for each month.
pub(super) fn print_rates(
    months: &BTreeMap<Month, CardUse>,
    format: Format,
    lang: Lang,
) -> Result<(), Failure> {
    if months.is_empty() {
        return Err(Failure::Author(Bilingual::new(
            "--month がありません。--month 2023-10=300,12,10,280 のように書きます",
            "--month is missing: write it like --month 2023-10=300,12,10,280",
        )));
    }
    let rates = months.iter().map(|(month, figures)| {
        let (count, receipt) = (figures.rate_by_count(), figures.rate_by_receipt());
        (month.to_string(), [count.to_string(), receipt.to_string()])
    });
    let text = match format {
        Format::Json => {
            let named = |(month, [by_count, by_receipt]): (String, [String; 2])| {
                (month, BTreeMap::from([("by_count", by_count), ("by_receipt", by_receipt)]))
            };
            let all: BTreeMap<_, _> = rates.map(named).collect();
            json(&all).map_err(|error| Failure::Harness(error.to_string()))? + "\n"
        }
        Format::Text => {
            let mut text = String::new();
            for (month, [count, receipt]) in rates {
                let _ = match lang {
                    Lang::Ja => writeln!(
                        text,
                        "{month}: 件数による率 {count}、レセプト件数による率 {receipt}"
                    ),
                    Lang::En => writeln!(text, "{month}: {count} by count, {receipt} by receipt"),
                };
            }
            text + "  GEN-010\n"
        }
    };
    out::print(&text);
    Ok(())
}

/// The answer in one line.
fn figure(told: &Told, register: &Register) -> Bilingual {
    let yen = |yen: i64| Bilingual::new(format!("{yen} 円"), format!("{yen} yen"));
    match &told.answer {
        Answer::Yen(amount) => yen(*amount),
        Answer::YenEach(amounts) => {
            let each = amounts.iter().map(i64::to_string).collect::<Vec<_>>().join(" + ");
            let sum: i64 = amounts.iter().sum();
            Bilingual::new(format!("{each} = {sum} 円"), format!("{each} = {sum} yen"))
        }
        Answer::AddOns(add_ons) => {
            let each = add_ons.iter().map(|add_on| match add_on.yen {
                Some(yen) => format!("{add_on} {yen} yen"),
                None => format!("{add_on} {}", add_on.points),
            });
            let (each, points) = (each.collect::<Vec<_>>().join(", "), add_ons.points());
            if each.is_empty() {
                Bilingual::new("加算なし", "no add-on")
            } else {
                Bilingual::new(format!("{points} 点 ({each})"), format!("{points} points ({each})"))
            }
        }
        Answer::Grant(grant) => granted(grant, told, register),
        Answer::Percent(percent) => Bilingual::same(format!("{percent}%")),
        Answer::Class(class) => Bilingual::same(class.name()),
        Answer::Day(day) => Bilingual::same(day.to_string()),
        Answer::Nth(nth) => Bilingual::same(nth.to_string()),
        Answer::Nothing => Bilingual::new(
            format!("{} にはこの額がありません", told.on),
            format!("there is no such amount on {}", told.on),
        ),
    }
}

fn granted(grant: &Grant, told: &Told, register: &Register) -> Bilingual {
    match grant.granted {
        Granted::NotPublished { least_yen, most_yen } => Bilingual::new(
            format!("公表されていない（{least_yen} 円から {most_yen} 円まで）"),
            format!("not published: from {least_yen} to {most_yen} yen"),
        ),
        Granted::Yen(yen) if grant.reason == GrantReason::Paid => {
            Bilingual::new(format!("{yen} 円"), format!("{yen} yen"))
        }
        Granted::Yen(yen) => {
            let word = grant.reason.word();
            let (ja, en) = if grant.reason == GrantReason::NotOpen {
                first_day_after(register, rule_of(&told.question), told.on)
            } else {
                (String::new(), String::new())
            };
            Bilingual::new(format!("{yen} 円 ({word}){ja}"), format!("{yen} yen ({word}){en}"))
        }
    }
}

/// The rule without which a scheme does not exist.
fn rule_of(question: &Question) -> &'static str {
    let Question::Programme(application) = question else { return "" };
    match application.scheme {
        Scheme::SupportMoney { .. } => "PROG-001",
        Scheme::LumpSum(_) => "PROG-010",
        Scheme::AddedReaders { .. } => "PROG-020",
        Scheme::HomeConsent { .. } => "PROG-030",
        Scheme::EligibilityApp { .. } => "PROG-034",
        Scheme::PhoneReaders { .. } => "PROG-035",
        Scheme::RecordStandard(_) => "PROG-036",
    }
}

/// From which later day the register has a rule, in words to be added.
pub(super) fn first_day_after(register: &Register, rule: &str, on: Date) -> (String, String) {
    let versions = register.rule(rule).map_or(&[][..], |rule| &rule.versions);
    let later = versions.iter().filter_map(|version| version.from).filter(|from| on < *from).min();
    later.map_or_else(Default::default, |from| {
        (
            format!("。規則台帳に {rule} があるのは {from} からです"),
            format!("; the register has {rule} from {from}"),
        )
    })
}
