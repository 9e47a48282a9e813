//! Calls that end before there is a verdict: whose fault it is, in which words, and that nothing
//! is lost.

use std::fs;
use std::process::Command;

use crate::calls::{
    SCENARIO, call, call_here, edited, edited_register, folder, is_japanese, json, scenario_file,
    scenarios,
};

#[test]
fn a_folder_is_one_run_and_a_strangers_folder_is_left_alone() {
    let folder = folder();
    call_here(&folder, &["run", SCENARIO, "--out", "out"]);
    call_here(&folder, &["run", "visit/adult-pays-thirty-percent", "--out", "out"]);
    assert!(!folder.path().join("out/plans").join(format!("{SCENARIO}.yaml")).exists());
    // The plans of that run are no scenarios of whoever runs everything in this folder.
    let ended = call_here(&folder, &["run", "."]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("no scenario was chosen"), "{ended:?}");
    let stranger = folder.path().join("mine");
    fs::create_dir_all(&stranger).unwrap();
    fs::write(stranger.join("letter.txt"), "mine").unwrap();
    let ended = call_here(&folder, &["run", SCENARIO, "--out", "mine"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert_eq!(fs::read_dir(&stranger).unwrap().count(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn results_that_could_not_be_printed_are_no_success() {
    let folder = folder();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
    command.current_dir(folder.path()).args(["rules", "list"]).stdout(full);
    assert_eq!(command.output().unwrap().status.code(), Some(4));
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
fn an_unknown_rule_ends_with_2_and_the_nearest_id() {
    let ended = call(&folder(), &["rules", "show", "cert010"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("did you mean `CERT-010`?"), "{}", ended.err);
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
