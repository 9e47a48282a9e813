//! The forms of what is said about the register: coverage, and the impact of an edit.

use madoguchi_conformance::RecordedLevel::{Model, Must};
use madoguchi_conformance::{
    BoundaryCase, BoundaryResult, Coverage, Difference, FactChange, FieldChange, Impact, Reason,
    Rewrite, RuleChange, RuleCoverage, ScenarioImpact, UnknownCitation,
};
use madoguchi_report::{Lang, coverage, impact, json, json_schema};

fn rule(id: &str, level: madoguchi_conformance::RecordedLevel, scenarios: &[&str]) -> RuleCoverage {
    RuleCoverage {
        id: id.to_owned(),
        level,
        binds: true,
        scenarios: scenarios.iter().map(|s| (*s).to_owned()).collect(),
        not_tested: None,
    }
}

fn covered() -> Coverage {
    let reason = Reason { ja: "郵便である".to_owned(), en: "it is a letter".to_owned() };
    let letter = RuleCoverage { not_tested: Some(reason.clone()), ..rule("CERT-004", Must, &[]) };
    let in_vain = RuleCoverage { not_tested: Some(reason), ..rule("FB-001", Must, &["a/one"]) };
    let case = |at: &str, differences: &[Difference]| BoundaryCase {
        at: at.to_owned(),
        differences: differences.to_vec(),
    };
    let late = Difference {
        step: 0,
        fact: "card".to_owned(),
        expected: "accepted".to_owned(),
        received: "rejected".to_owned(),
    };
    Coverage {
        schema: "madoguchi-coverage/1".to_owned(),
        register: "0123456789abcdef".to_owned(),
        scenarios: 3,
        rules: vec![
            rule("CERT-001", Must, &["a/one", "a/two", "b/three"]),
            letter,
            rule("CERT-017", Model, &[]),
            in_vain,
        ],
        boundaries: vec![BoundaryResult {
            rule: "CERT-001".to_owned(),
            day: "2024-12-02".to_owned(),
            scenario: "a/one".to_owned(),
            step: 0,
            felt: true,
            cases: vec![case("2024-12-01T23:59:59", &[]), case("2024-12-02T00:00:00", &[late])],
        }],
        unknown: vec![UnknownCitation {
            file: "src/x.rs".to_owned(),
            line: 7,
            rule: concat!("CERT", "-998").to_owned(),
        }],
    }
}

fn changed() -> Impact {
    let field = |field: &str, before: Option<&str>, after: Option<&str>| FieldChange {
        field: field.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let rewrite = |rule: &str, rule_in_force| Rewrite {
        step: 0,
        rule: rule.to_owned(),
        fact: "card".to_owned(),
        expected: "rejected".to_owned(),
        after: "accepted".to_owned(),
        rule_in_force,
    };
    Impact {
        schema: "madoguchi-rules-diff/1".to_owned(),
        before: "0123".to_owned(),
        after: "4567".to_owned(),
        rules: vec![
            RuleChange::Added { rule: concat!("CERT", "-998").to_owned() },
            RuleChange::Changed {
                rule: "CERT-010".to_owned(),
                fields: vec![
                    field("from 2024-12-02 / grace_months", Some("3 month"), Some("6 month")),
                    field("from 2024-12-02 / to", None, Some("2027-03-31")),
                ],
            },
            RuleChange::Removed { rule: "CERT-011".to_owned() },
        ],
        scenarios_run: 2,
        scenarios: vec![
            ScenarioImpact {
                id: "certificate/one".to_owned(),
                changes: vec![FactChange {
                    step: 0,
                    at: "2025-04-01T10:00:00".to_owned(),
                    fact: "card".to_owned(),
                    before: "rejected".to_owned(),
                    after: "accepted".to_owned(),
                }],
                rewrite: vec![rewrite("CERT-013", true), rewrite("CERT-011", false)],
                error: None,
            },
            ScenarioImpact {
                id: "visit/two".to_owned(),
                changes: Vec::new(),
                rewrite: Vec::new(),
                error: Some(Reason {
                    ja: "二つ目の規則台帳に、2025-04-01 に有効な FEE-051 がありません".to_owned(),
                    en: "the second register has no FEE-051 in force on 2025-04-01".to_owned(),
                }),
            },
        ],
    }
}

#[test]
fn coverage_is_the_reviewed_text_in_both_languages() {
    assert!(!covered().is_whole());
    for lang in [Lang::Ja, Lang::En] {
        insta::assert_snapshot!(format!("coverage_{lang:?}"), coverage(&covered(), lang));
    }
}

#[test]
fn impact_is_the_reviewed_text_in_both_languages() {
    for lang in [Lang::Ja, Lang::En] {
        insta::assert_snapshot!(format!("impact_{lang:?}"), impact(&changed(), lang));
    }
}

#[test]
fn the_json_objects_and_their_schemas_are_the_reviewed_ones() {
    insta::assert_snapshot!("coverage_json", json(&covered()).unwrap());
    insta::assert_snapshot!("impact_json", json(&changed()).unwrap());
    insta::assert_snapshot!("coverage_schema", json_schema::<Coverage>().unwrap());
    insta::assert_snapshot!("impact_schema", json_schema::<Impact>().unwrap());
}
