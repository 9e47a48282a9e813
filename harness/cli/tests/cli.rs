//! The program as its users meet it: exit codes, what is printed, and what is left on disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const SCENARIO: &str = "certificate/suspended-card-fails-in-every-mode";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn scenarios() -> String {
    repository().join("scenarios").display().to_string()
}

fn scenario_file() -> PathBuf {
    repository().join("scenarios").join(format!("{SCENARIO}.yaml"))
}

/// How a call of the program ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Calls the program in `folder`.
fn call(folder: &TempDir, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
    let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Calls the program with the scenarios of the repository.
fn call_here(folder: &TempDir, arguments: &[&str]) -> Ended {
    let scenarios = scenarios();
    let mut all = arguments.to_vec();
    all.extend(["--scenarios", &scenarios]);
    call(folder, &all)
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A folder of scenarios that holds only [`SCENARIO`], with `from` replaced by `to` once.
fn edited(folder: &TempDir, from: &str, to: &str) -> String {
    let text = fs::read_to_string(scenario_file()).unwrap();
    assert!(text.contains(from), "nothing to edit");
    let scenarios = folder.path().join("edited");
    let file = scenarios.join(format!("{SCENARIO}.yaml"));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
    scenarios.display().to_string()
}

/// A copy of the published register with `from` replaced by `to` once in one chapter.
fn edited_register(folder: &TempDir, chapter: &str, from: &str, to: &str) -> String {
    let copy = folder.path().join("rules");
    fs::create_dir_all(&copy).unwrap();
    for entry in fs::read_dir(repository().join("reference-impl/rules")).unwrap() {
        let path = entry.unwrap().path();
        let mut text = fs::read_to_string(&path).unwrap();
        if path.ends_with(chapter) {
            assert!(text.contains(from), "nothing to edit");
            text = text.replacen(from, to, 1);
        }
        fs::write(copy.join(path.file_name().unwrap()), text).unwrap();
    }
    copy.display().to_string()
}

fn json(text: &str) -> Value {
    // Fails on anything before or after the one object.
    serde_json::from_str(text).unwrap()
}

fn is_japanese(text: &str) -> bool {
    text.contains(|c| ('\u{3040}'..='\u{30ff}').contains(&c))
}

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
    let mut again: Vec<&str> = line.split_whitespace().collect();
    again.extend(["--scenarios", &edited]);
    let again = call(&folder, &again);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.out.contains("CERT-018"), "{}", again.out);
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
fn a_broken_scenario_ends_with_2_and_nothing_is_written() {
    let folder = folder();
    let edited = edited(&folder, "verify: face", "verify: fase");
    let ended = call(&folder, &["run", "--scenarios", &edited, "--out", "out"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains(".yaml:19:47: "), "{}", ended.err);
    assert!(ended.err.contains("did you mean `face`?"), "{}", ended.err);
    assert_eq!(ended.out, "");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn an_unknown_id_ends_with_2_and_the_nearest_id() {
    let folder = folder();
    let wrong = "certificate/suspended-card-fails-in-every-mood";
    let ended = call_here(&folder, &["run", wrong, "--out", "out"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains(&format!("did you mean `{SCENARIO}`?")), "{}", ended.err);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn an_unknown_flag_ends_with_2_and_the_nearest_flag() {
    let folder = folder();
    let ended = call(&folder, &["run", "--sed", "3"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("--seed"), "{}", ended.err);
    let ended = call(&folder, &["--lang", "ja", "run", "--sed", "3"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("`--seed` のことですか"), "{}", ended.err);
}

#[test]
fn no_scenarios_at_all_ends_with_2_and_says_where_they_could_be() {
    let folder = folder();
    let ended = call(&folder, &["run"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("--scenarios DIR"), "{}", ended.err);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
}

#[test]
fn a_broken_register_ends_with_3() {
    let folder = folder();
    let rules = edited_register(&folder, "certificate.yaml", "level: MUST", "level: MUTS");
    let ended = call_here(&folder, &["run", SCENARIO, "--register", &rules, "--out", "out"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("did you mean `MUST`?"), "{}", ended.err);
    assert!(!folder.path().join("out").exists());
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let ended = call_here(&folder, &["run", "--register", &empty.display().to_string()]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
}

#[test]
fn a_plan_made_under_another_register_ends_with_3() {
    let folder = folder();
    let rules = edited_register(
        &folder,
        "certificate.yaml",
        "grace_months: { value: 3,",
        "grace_months: { value: 4,",
    );
    let run = ["run", SCENARIO, "--register", &rules, "--out", "out"];
    assert_eq!(call_here(&folder, &run).code, Some(0));
    let plan = format!("out/plans/{SCENARIO}.yaml");
    let ended = call_here(&folder, &["replay", &plan]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("--register"), "{}", ended.err);
    let ended = call_here(&folder, &["replay", &plan, "--register", &rules]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn a_token_of_another_version_of_the_scenario_ends_with_3() {
    let folder = folder();
    let token = format!("mdg1-e-1-{}-00000000", SCENARIO.replace('/', "."));
    let ended = call_here(&folder, &["replay", &token]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("another version"), "{}", ended.err);
}

#[test]
fn a_day_on_which_no_rule_applies_ends_with_4() {
    let folder = folder();
    // Rules without a first day are always in force, and every visit is held to some of them; so
    // a dated rule is all that may be expected here, and of something else than a visit.
    let text = fs::read_to_string(scenario_file()).unwrap();
    let timeline = &text[text.find("timeline:").unwrap()..];
    let dated = "timeline:\n  - at: 2025-05-12T09:30\n    drop_file: { folder: req, name: \
                 notes.txt, text: none }\n    expect:\n      FB-005: { answer: none }\n";
    let edited = edited(&folder, timeline, dated);
    let run = ["run", "--as-of", "1990-01-01", "--out", "out", "--scenarios", &edited];
    let ended = call(&folder, &run);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.out.contains("Not decided"), "{}", ended.out);
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
fn an_unknown_rule_ends_with_2_and_the_nearest_id() {
    let ended = call(&folder(), &["rules", "show", "cert010"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("did you mean `CERT-010`?"), "{}", ended.err);
}

#[test]
fn every_scenario_of_the_repository_is_well_formed() {
    let ended = call(&folder(), &["check", &scenarios()]);
    assert_eq!(ended.code, Some(0), "{}", ended.out);
    assert!(ended.out.ends_with(" files, 0 mistakes\n"), "{}", ended.out);
}

#[test]
fn a_check_as_json_tells_every_mistake_with_its_place_in_both_languages() {
    let folder = folder();
    let edited = edited(&folder, "verify: face", "verify: fase");
    let ended = call(&folder, &["check", &edited, "--format", "json"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    let checked = json(&ended.out);
    let wrong = &checked["wrong"][0];
    assert_eq!((&wrong["line"], &wrong["column"]), (&19.into(), &47.into()));
    assert_eq!(wrong["nearest"], "face");
    assert!(is_japanese(wrong["problem"]["ja"].as_str().unwrap()));
    assert!(wrong["problem"]["en"].as_str().unwrap().contains("unknown variant"));
}

#[test]
fn a_check_of_a_folder_without_scenarios_ends_with_2() {
    let folder = folder();
    let ended = call(&folder, &["check", "."]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("no *.yaml"), "{}", ended.err);
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

#[test]
fn every_early_ending_speaks_the_language_asked_for() {
    let folder = folder();
    let broken = edited(&folder, "verify: face", "verify: fase");
    let rules = edited_register(&folder, "certificate.yaml", "level: MUST", "level: MUTS");
    let token = format!("mdg1-e-1-{}-00000000", SCENARIO.replace('/', "."));
    let scenarios = scenarios();
    fs::write(folder.path().join("a-file"), "").unwrap();
    let calls: [&[&str]; 9] = [
        &["run", "--scenarios", &broken],
        &["run", "--scenarios", &scenarios, "certificate/no-such-card"],
        &["run", "--scenarios", "nowhere"],
        &["run", "--register", &rules],
        &["run", "--register", "nowhere"],
        &["run", "--scenarios", &scenarios, SCENARIO, "--out", "a-file"],
        &["replay", &token, "--scenarios", &scenarios],
        &["replay", "no-such-plan.yaml"],
        &["rules", "show", "cert010"],
    ];
    for call_of in calls {
        let in_lang = |lang| {
            let mut all = vec!["--lang", lang];
            all.extend(call_of);
            call(&folder, &all)
        };
        let (ja, en) = (in_lang("ja"), in_lang("en"));
        assert_eq!(ja.code, en.code, "{call_of:?}");
        assert!(matches!(en.code, Some(2 | 3)), "{call_of:?}: {en:?}");
        assert!(is_japanese(&ja.err), "{call_of:?}: {}", ja.err);
        assert!(!is_japanese(&en.err) && !en.err.is_empty(), "{call_of:?}: {}", en.err);
    }
}

#[test]
fn a_report_folder_that_cannot_be_made_ends_with_3() {
    let folder = folder();
    fs::write(folder.path().join("out"), "a file stands here").unwrap();
    let ended = call_here(&folder, &["run", SCENARIO, "--out", "out"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
}
