//! What people and programs read, kept as snapshots.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use madoguchi_conformance::{
    CaseResult, CaseVerdict, Difference, REFERENCE, RESULT_SCHEMA, RuleResult, SuiteResult,
    Summary, Verdict,
};
use madoguchi_reference::register::{Level, PUBLISHED, load};
use madoguchi_report::{Lang, failure_card, json, json_schema, summary};

fn rule(id: &str, verdict: Verdict) -> RuleResult {
    let differences = match verdict {
        Verdict::Pass | Verdict::NotApplicable => Vec::new(),
        _ => vec![Difference {
            step: 0,
            fact: "share".to_owned(),
            expected: "30%".to_owned(),
            received: "100%".to_owned(),
        }],
    };
    RuleResult { id: id.to_owned(), level: Level::Must.into(), verdict, differences }
}

fn case(id: &str, verdict: CaseVerdict, rules: Vec<RuleResult>) -> CaseResult {
    CaseResult {
        id: id.to_owned(),
        verdict,
        rules,
        trace_hash: "00".repeat(32),
        replay: format!("madoguchi replay mdg1-e-1-{}-00000000", id.replace('/', ".")),
        error: None,
    }
}

fn result() -> SuiteResult {
    let scenarios = vec![
        case("certificate/one", CaseVerdict::Pass, vec![rule("CERT-010", Verdict::Pass)]),
        case("fallback/two", CaseVerdict::Fail, vec![rule("FB-005", Verdict::Fail)]),
        case("fallback/three", CaseVerdict::Pass, vec![rule("FB-006", Verdict::Finding)]),
        CaseResult {
            error: Some("the run met the limit EVENTS_MAX (5000000); it was stopped".to_owned()),
            ..case("outage/four", CaseVerdict::HarnessError, Vec::new())
        },
    ];
    SuiteResult {
        schema: RESULT_SCHEMA.to_owned(),
        version: "0.0.0".to_owned(),
        register: "0123456789abcdef".to_owned(),
        product: REFERENCE.to_owned(),
        seed: 1,
        driver: "event-loop".to_owned(),
        as_of: None,
        known_on: None,
        summary: Summary::of(&scenarios, "some product"),
        scenarios,
    }
}

#[test]
fn the_schema_of_the_json_object_is_the_reviewed_one() {
    insta::assert_snapshot!(json_schema::<SuiteResult>().unwrap());
}

/// Everything a schema calls required, by the name of the definition.
fn required(schema: &serde_json::Value, definition: &str) -> Vec<String> {
    let list = schema["$defs"][definition]["required"].as_array().unwrap();
    list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_the_schema_calls_required_is_always_there() {
    let schema: serde_json::Value =
        serde_json::from_str(&json_schema::<SuiteResult>().unwrap()).unwrap();
    let object: serde_json::Value = serde_json::from_str(&json(&result()).unwrap()).unwrap();
    for case in object["scenarios"].as_array().unwrap() {
        for name in required(&schema, "CaseResult") {
            assert!(case.get(&name).is_some(), "{name} is missing");
        }
        for rule in case["rules"].as_array().unwrap() {
            for name in required(&schema, "RuleResult") {
                assert!(rule.get(&name).is_some(), "{name} is missing");
            }
        }
    }
}

#[test]
fn the_json_object_is_the_reviewed_one() {
    insta::assert_snapshot!(json(&result()).unwrap());
}

#[test]
fn the_text_is_the_reviewed_one_in_both_languages() {
    let register = load(PUBLISHED).unwrap();
    for lang in [Lang::Ja, Lang::En] {
        let mut text = summary(&result(), lang);
        for case in &result().scenarios {
            text.push_str(&failure_card(case, &register, lang));
        }
        insta::assert_snapshot!(format!("text_{lang:?}"), text);
    }
}

#[test]
fn nothing_run_or_nothing_applicable_is_not_conformant() {
    assert!(!Summary::of(&[], REFERENCE).conformant);
    let none = [case("a/b", CaseVerdict::NotApplicable, Vec::new())];
    assert!(!Summary::of(&none, REFERENCE).conformant);
}

#[test]
fn a_finding_is_a_defect_of_the_suite_but_fails_no_vendor() {
    let cases = [
        case("a/b", CaseVerdict::Pass, vec![rule("FB-005", Verdict::Pass)]),
        case("a/c", CaseVerdict::NotApplicable, vec![rule("FB-006", Verdict::Finding)]),
    ];
    assert!(Summary::of(&cases, "some product").conformant);
    assert!(!Summary::of(&cases, REFERENCE).conformant);
}
