//! The decision table of the counter, T1 to T14: each row is played through the whole pipeline, on
//! the days on which it begins and ends, up to the claim.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use jiff::civil::Date;
use madoguchi_conformance::{CaseVerdict, Scope, judge};
use madoguchi_reference::calendar::Month;
use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::register::Register;
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, run};

/// One row on its days.
struct Row {
    /// Its number, and what distinguishes it from the same row played otherwise.
    row: &'static str,
    /// Days on which it holds.
    days: &'static [&'static str],
    /// The person, as a scenario introduces one.
    person: &'static str,
    /// What is shown, and whether it is a first visit.
    visit: &'static str,
    /// Whether the centre is down that day.
    down: bool,
    /// What the patient brings two days later.
    brings: Option<&'static str>,
    /// What eligibility rests on.
    basis: &'static str,
    /// The share.
    share: &'static str,
    /// Insurer, number and how the remarks begin; none if nothing is claimed.
    claim: Option<(&'static str, &'static str, &'static str)>,
}

const UNION: &str = r#"born: 1985-04-12
    coverage: [{ insurer: "06139992", symbol: "701", number: "12345", branch: "01", from: 2019-04-01 }]"#;
/// 80 years old, with a registered share that is not the one of the age.
const OLD: &str = r#"born: 1943-02-03
    coverage: [{ insurer: "39130018", number: "12345678", from: 2018-02-03, ratio: 20 }]"#;
/// Left the old insurer in the spring of 2023; the new one is known to nobody but the person.
const MOVED: &str = r#"born: 1983-07-21
    coverage:
      - { insurer: "06139992", symbol: "701", number: "34567", branch: "01", from: 2012-04-01, to: 2023-03-31 }
      - { insurer: "01130012", symbol: "55", number: "67892", branch: "01", from: 2023-04-01, registered: { gain: never } }"#;
/// Left the insurer in the spring of 2023 without another one.
const LEFT: &str = r#"born: 1983-07-21
    coverage: [{ insurer: "06139992", symbol: "701", number: "34567", branch: "01", from: 2012-04-01, to: 2023-03-31 }]"#;
/// Insured, but registered by nobody.
const UNREGISTERED: &str = r#"born: 2002-05-30
    coverage: [{ insurer: "06139992", symbol: "702", number: "45678", branch: "01", from: 2022-04-01, registered: { gain: never } }]"#;

const CARD: &str = "card: { certificate: { expires: 2028-04-12 } }";
const ROW: Row = Row {
    row: "",
    days: &[],
    person: UNION,
    visit: "shows: card, verify: face, first: true",
    down: false,
    brings: None,
    basis: "card",
    share: "30%",
    claim: Some(("06139992", "12345", "")),
};
const UNKNOWN: Option<(&str, &str, &str)> = Some(("77777777", "777777777", "不詳"));

#[rustfmt::skip]
const TABLE: &[(Row, &[&str])] = &[
    (Row { row: "T1", days: &["2023-06-05", "2024-12-02", "2026-08-03"], person: OLD,
        share: "20%", claim: Some(("39130018", "12345678", "")), ..ROW }, &[CARD]),
    (Row { row: "T1 again", days: &["2023-06-05", "2025-12-02"],
        visit: "shows: card, verify: pin, first: false", ..ROW }, &[CARD]),
    (Row { row: "T2", days: &["2023-06-05", "2024-12-01", "2025-12-01"],
        visit: "shows: health-card", basis: "health-card", ..ROW },
        &["papers: { health-card: { until: 2025-12-01 } }"]),
    (Row { row: "T3", days: &["2025-12-02", "2026-03-31", "2026-04-01", "2026-07-31"],
        visit: "shows: health-card", basis: "health-card", ..ROW },
        &["papers: { health-card: { until: 2025-12-01 } }"]),
    (Row { row: "T3 not yet", days: &["2025-12-01"],
        visit: "shows: health-card", basis: "none", share: "100%", claim: None, ..ROW },
        &["papers: { health-card: { until: 2025-11-30 } }"]),
    (Row { row: "T4", days: &["2026-08-01", "2027-03-15"],
        visit: "shows: health-card, first: true", basis: "none", share: "100%", claim: None, ..ROW },
        &["papers: { health-card: { until: 2025-12-01 } }"]),
    (Row { row: "T5", days: &["2024-12-02", "2026-08-01"], down: true, basis: "portal-screen", ..ROW },
        &[CARD, "portal: true"]),
    (Row { row: "T6", days: &["2024-12-02", "2026-08-01"], down: true, basis: "eligibility-notice", ..ROW },
        &[CARD, "papers: { eligibility-notice: {} }"]),
    (Row { row: "T7", days: &["2024-12-02", "2026-08-01"], down: true,
        visit: "shows: card, verify: face, first: false", basis: "known-data", ..ROW }, &[CARD]),
    (Row { row: "T8, identified later", days: &["2024-12-02", "2026-08-01"], down: true,
        brings: Some("current-number"), basis: "statement", ..ROW }, &[CARD]),
    (Row { row: "T8, never identified", days: &["2024-12-02", "2026-08-01"], down: true,
        basis: "statement", claim: UNKNOWN, ..ROW }, &[CARD]),
    (Row { row: "T9, the new number is shown", days: &["2024-12-02", "2026-08-01"], person: MOVED,
        basis: "eligibility-notice", claim: Some(("01130012", "67892", "")), ..ROW },
        &[CARD, "papers: { eligibility-notice: { coverage: 1 } }"]),
    (Row { row: "T9, the new number is told later", days: &["2023-08-07", "2025-06-03"], person: MOVED,
        brings: Some("current-number"), basis: "statement", claim: Some(("01130012", "67892", "")), ..ROW },
        &[CARD]),
    (Row { row: "T9, only the old number", days: &["2023-08-07", "2025-06-03"], person: LEFT,
        basis: "statement", claim: Some(("06139992", "34567", "旧資格")), ..ROW }, &[CARD]),
    (Row { row: "T10", days: &["2023-08-07", "2025-06-03"], person: UNREGISTERED,
        basis: "statement", claim: UNKNOWN, ..ROW }, &[CARD]),
    (Row { row: "T11", days: &["2025-09-19", "2026-08-03"],
        visit: "shows: phone, verify: pin, first: true", basis: "portal-screen", ..ROW },
        &[CARD, "phone: { kind: android, certificate: { expires: 2028-02-17 }, chip: unreadable }", "portal: true"]),
    (Row { row: "T12", days: &["2024-12-02", "2025-12-01", "2026-08-01"],
        visit: "shows: eligibility-notice", basis: "none", share: "100%", claim: None, ..ROW },
        &["papers: { eligibility-notice: {} }"]),
    (Row { row: "T12, with the look-up of FB-032", days: &["2025-12-02", "2026-07-31"],
        visit: "shows: eligibility-notice", basis: "eligibility-notice", ..ROW },
        &["papers: { eligibility-notice: {} }"]),
    (Row { row: "T13", days: &["2024-12-02", "2026-08-01"],
        visit: "shows: eligibility-certificate", basis: "eligibility-certificate", ..ROW },
        &["papers: { eligibility-certificate: { until: 2028-11-30 } }"]),
    (Row { row: "T13, down", days: &["2024-12-02", "2026-08-01"], down: true,
        visit: "shows: eligibility-certificate", basis: "eligibility-certificate", ..ROW },
        &["papers: { eligibility-certificate: { until: 2028-11-30 } }"]),
    (Row { row: "T14", days: &["2024-12-01"], basis: "health-card", ..ROW },
        &["card: { certificate: { expires: 2024-11-20 } }", "papers: { health-card: { until: 2025-12-01 } }"]),
];

/// The scenario of a row on one of its days: the visit, what is brought two days later, and the
/// claim of the month. Everything is expected under GEN-020, which is always in force; the point
/// here is the table, not the rules it sums up.
fn scenario(row: &Row, belongings: &[&str], day: &str) -> String {
    let Row { person, visit, basis, share, .. } = row;
    let reader = if visit.contains("phone") { ", readers: [face-with-phone]" } else { "" };
    let owned: String = belongings.iter().map(|thing| format!("    {thing}\n")).collect();
    let fault =
        format!("faults: [{{ outage: {{ of: centre, from: {day}T09:00, to: {day}T12:00 }} }}]\n");
    let faults = if row.down { fault } else { String::new() };
    let date: Date = day.parse().unwrap();
    let after = |days: i64| date.checked_add(jiff::Span::new().days(days)).unwrap();
    let brings = row.brings.map(|what| {
        format!("  - {{ at: {}T15:00, bring: {{ who: hanako, what: {what} }} }}\n", after(2))
    });
    let month = Month::of(date);
    let claimed = match row.claim {
        None => "claim-receipts: 0".to_owned(),
        Some((insurer, number, remark)) => {
            let remark = if remark.is_empty() { "[]" } else { remark };
            format!(
                "claim-receipts: 1, claim-insurer: \"{insurer}\", claim-number: \"{number}\", \
                 claim-remark: {remark}"
            )
        }
    };
    format!(
        "scenario: fallback/decision-table\n\
         title: {{ ja: 判定表の一行, en: a row of the decision table }}\n\
         why: {{ ja: 判定表を確かめる, en: it plays the decision table }}\n\
         facility: {{ kind: clinic, prefecture: 13{reader} }}\n\
         people:\n  hanako:\n    {person}\n{owned}{faults}\
         timeline:\n  \
         - at: {day}T10:00\n    visit: {{ who: hanako, {visit} }}\n    \
         expect: {{ GEN-020: {{ basis: {basis}, share: {share} }} }}\n{}  \
         - at: {}-08T10:00\n    claim: {{ month: {month}, who: hanako }}\n    \
         expect: {{ GEN-020: {{ {claimed} }} }}\n",
        brings.unwrap_or_default(),
        month.plus(1),
    )
}

fn differences(text: &str, register: &std::sync::Arc<Register>, seed: u64) -> Vec<String> {
    let scenario = Scenario::read(&YamlText::new("row.yaml", text), register);
    let plan = Plan::new(scenario.unwrap_or_else(|e| panic!("{e:?}\n{text}")), seed, register);
    let trace = run(&plan, register, Driver::EventLoop, true).unwrap().trace;
    let judgement = judge(&plan, &trace, register, &Scope::default());
    let mut wrong: Vec<String> = judgement
        .rules
        .iter()
        .flat_map(|rule| &rule.differences)
        .map(|d| {
            format!("step {} {}: {} expected, {} came", d.step, d.fact, d.expected, d.received)
        })
        .collect();
    if wrong.is_empty() && judgement.verdict != CaseVerdict::Pass {
        wrong.push(format!("{:?}", judgement.verdict));
    }
    wrong
}

#[test]
fn the_counter_decides_as_the_table_says() {
    let register = common::register();
    let mut wrong = Vec::new();
    for (row, belongings) in TABLE {
        for (seed, day) in (1..).zip(row.days) {
            let found = differences(&scenario(row, belongings, day), &register, seed);
            wrong.extend(found.iter().map(|what| format!("{} on {day}: {what}", row.row)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_table_that_says_something_else_is_contradicted() {
    let register = common::register();
    let claim = Some(("01130012", "12345", ""));
    let other = [
        Row { basis: "known-data", ..ROW },
        Row { share: "20%", ..ROW },
        Row { claim, ..ROW },
        Row { claim: None, ..ROW },
    ];
    for row in &other {
        let found = differences(&scenario(row, &[CARD], "2025-06-03"), &register, 1);
        assert_eq!(found.len(), 1, "{found:?}");
    }
    assert!(differences(&scenario(&ROW, &[CARD], "2025-06-03"), &register, 1).is_empty());
}

#[test]
fn every_row_of_the_table_is_played() {
    for number in 1..=14 {
        let name = format!("T{number}");
        let mut named = TABLE.iter().map(|(row, _)| row.row.split([',', ' ']).next().unwrap());
        assert!(named.any(|row| row == name), "{name} is missing");
    }
}
