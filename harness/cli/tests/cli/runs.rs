//! Runs and replays that come to an end: what they print, keep and find again.

use std::fs;

use serde_json::Value;

use crate::calls::{
    SCENARIO, call, call_here, edited, folder, is_japanese, json, repository, scenarios,
};

#[test]
fn a_conformant_run_ends_with_0_and_leaves_results_summary_and_plans() {
    let folder = folder();
    let ended = call_here(&folder, &["run", SCENARIO, "--out", "out"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("Conformant by the rules"), "{}", ended.out);
    let out = folder.path().join("out");
    let results = json(&fs::read_to_string(out.join("results.json")).unwrap());
    assert_eq!(results["scenarios"][0]["id"], SCENARIO);
    let summary = fs::read_to_string(out.join("summary.txt")).unwrap();
    assert!(ended.out.starts_with(&summary), "{summary}");
    assert!(out.join("plans").join(format!("{SCENARIO}.yaml")).is_file());
    assert!(!out.join("traces").exists(), "a trace is kept only of what failed");
}

#[test]
fn a_trace_is_kept_when_it_is_asked_for() {
    let folder = folder();
    call_here(&folder, &["run", SCENARIO, "--out", "out", "--keep-traces"]);
    let trace = folder.path().join("out/traces").join(format!("{SCENARIO}.jsonl"));
    let lines = fs::read_to_string(trace).unwrap();
    assert!(lines.lines().count() > 10);
    lines.lines().for_each(|line| assert!(json(line).is_object()));
}

#[test]
fn a_failed_rule_ends_with_1_and_is_shown_with_expected_received_and_replay() {
    let folder = folder();
    let edited = edited(&folder, "CERT-018: { card: rejected }", "CERT-018: { card: accepted }");
    let ended = call(&folder, &["run", "--scenarios", &edited, "--out", "out"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for part in ["Not conformant", "CERT-018", "expected accepted", "received rejected"] {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
    assert!(folder.path().join("out/traces").join(format!("{SCENARIO}.jsonl")).is_file());
    let line = ended.out.lines().find_map(|l| l.trim().strip_prefix("replay: madoguchi ")).unwrap();
    // The line as it stands is enough.
    let again: Vec<&str> = line.split_whitespace().collect();
    let again = call(&folder, &again);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.out.contains("CERT-018"), "{}", again.out);
}

#[test]
fn the_replay_line_of_a_file_from_elsewhere_names_its_stored_plan_and_the_register() {
    let folder = folder();
    let edited = edited(&folder, "CERT-018: { card: rejected }", "CERT-018: { card: accepted }");
    let file = format!("{edited}/{SCENARIO}.yaml");
    let register = repository().join("reference-impl/rules").display().to_string();
    let run = ["run", &file, "--out", "out", "--register", &register, "--driver", "madsim"];
    let ended = call_here(&folder, &run);
    let line = ended.out.lines().find_map(|l| l.trim().strip_prefix("replay: madoguchi ")).unwrap();
    let again: Vec<&str> = line.split_whitespace().collect();
    assert!(again[1].ends_with(".yaml") && again.contains(&"madsim"), "{again:?}");
    let again = call(&folder, &again);
    assert_eq!(again.code, Some(1), "{again:?}");
}

#[test]
fn a_failure_is_shown_in_japanese_if_that_is_asked_for() {
    let folder = folder();
    let edited = edited(&folder, "CERT-018: { card: rejected }", "CERT-018: { card: accepted }");
    let ended = call(&folder, &["--lang", "ja", "run", "--scenarios", &edited, "--out", "out"]);
    assert_eq!(ended.code, Some(1));
    for part in ["不適合", "CERT-018", "期待 accepted", "実際 rejected", "再現: madoguchi replay"]
    {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
}

#[test]
fn a_stored_plan_leaves_the_same_trace_as_the_run_it_came_from() {
    let folder = folder();
    let run = ["run", SCENARIO, "--seed", "77", "--format", "json", "--out", "out"];
    let first = json(&call_here(&folder, &run).out);
    let plan = format!("out/plans/{SCENARIO}.yaml");
    let second = json(&call_here(&folder, &["replay", &plan, "--format", "json"]).out);
    let hash = |result: &Value| result["scenarios"][0]["trace_hash"].as_str().unwrap().to_owned();
    assert_eq!(hash(&first), hash(&second));
    assert_eq!(hash(&first).len(), 64);
    assert_eq!(second["seed"], 77);
    let other = ["run", SCENARIO, "--seed", "78", "--format", "json", "--out", "other"];
    assert_ne!(hash(&first), hash(&json(&call_here(&folder, &other).out)));
}

#[test]
fn json_is_exactly_one_object_with_the_promised_keys() {
    let folder = folder();
    let run = ["run", SCENARIO, "--format", "json", "--out", "out"];
    let ended = call_here(&folder, &run);
    let result = json(&ended.out);
    for key in
        ["schema", "version", "register", "product", "seed", "driver", "scenarios", "summary"]
    {
        assert!(result.get(key).is_some_and(|value| !value.is_null()), "{key}");
    }
    assert_eq!(result["product"], "reference");
    assert_eq!(result["driver"], "event-loop");
    let scenario = &result["scenarios"][0];
    for key in ["id", "verdict", "rules", "trace_hash", "replay"] {
        assert!(scenario.get(key).is_some_and(|value| !value.is_null()), "{key}");
    }
    let written = fs::read_to_string(folder.path().join("out/results.json")).unwrap();
    assert_eq!(ended.out, written);
}

#[test]
fn a_rule_is_shown_as_json() {
    let ended = call(&folder(), &["rules", "show", "CERT-010", "--format", "json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let shown = json(&ended.out);
    let rule = &shown["rules"][0];
    assert_eq!(rule["id"], "CERT-010");
    assert_eq!(rule["versions"][0]["parameters"]["grace_months"]["value"], 3);
    assert!(is_japanese(rule["text"]["ja"].as_str().unwrap()));
}

#[test]
fn every_scenario_of_the_repository_is_well_formed() {
    let ended = call(&folder(), &["check", &scenarios()]);
    assert_eq!(ended.code, Some(0), "{}", ended.out);
    assert!(ended.out.ends_with(" files, 0 mistakes\n"), "{}", ended.out);
}

#[test]
fn both_drivers_come_to_the_same_verdict() {
    let folder = folder();
    let run = |driver: &str| {
        let out = format!("out-{driver}");
        let run = ["run", SCENARIO, "--driver", driver, "--format", "json", "--out", &out];
        json(&call_here(&folder, &run).out)
    };
    let (first, second) = (run("event-loop"), run("madsim"));
    assert_eq!(second["driver"], "madsim");
    assert_eq!(first["scenarios"][0]["verdict"], second["scenarios"][0]["verdict"]);
    assert_eq!(first["scenarios"][0]["rules"], second["scenarios"][0]["rules"]);
    assert_eq!(first["scenarios"][0]["verdict"], "pass");
}

#[test]
fn no_progress_is_drawn_where_there_is_no_terminal() {
    let folder = folder();
    let ended = call_here(&folder, &["run", "certificate", "--out", "out"]);
    assert_eq!(ended.err, "");
    assert!(!ended.out.contains('\u{1b}') && !ended.out.contains('\r'));
}
