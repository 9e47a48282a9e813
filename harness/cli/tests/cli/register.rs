//! The register on the command line: in time, with other readings, covered, and edited.

use crate::calls::{call, call_here, edited_register, folder, is_japanese, json, repository};

const EXTENSION: &str = "fallback/the-extension-carries-expired-cards-past-march-2026";

#[test]
fn an_amendment_is_there_from_the_day_it_was_published() {
    let versions = |day: &str| {
        let show = ["rules", "show", "FB-033", "--known-on", day, "--format", "json"];
        let ended = call(&folder(), &show);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        json(&ended.out)["rules"][0]["versions"].as_array().unwrap().len()
    };
    assert_eq!((versions("2026-03-18"), versions("2026-03-19")), (1, 2));
    let ended = call(&folder(), &["rules", "show", "FB-033", "--known-on", "2024-01-01"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("was not published yet on 2024-01-01"), "{}", ended.err);
}

#[test]
fn both_axes_of_time_choose_what_is_listed_and_shown() {
    let listed = |arguments: &[&str]| call(&folder(), arguments).out;
    let by_2024 = listed(&["rules", "list", "--as-of", "2024-11-30"]);
    assert!(by_2024.contains("CERT-008 ") && !by_2024.contains("CERT-010 "));
    let by_2025 = listed(&["rules", "list", "--as-of", "2025-01-10"]);
    assert!(!by_2025.contains("CERT-008 ") && by_2025.contains("CERT-010 "));
    // On the first of June 2024 nobody knew that there would be a grace.
    let known = ["rules", "list", "--as-of", "2025-01-10", "--known-on", "2024-06-01"];
    let unknown = listed(&known);
    assert!(unknown.contains("CERT-008 ") && !unknown.contains("CERT-010 "));
    let ended = call(&folder(), &["rules", "show", "CERT-008", "--as-of", "2025-01-10"]);
    assert!(ended.err.contains("CERT-008 is not in force on 2025-01-10"), "{ended:?}");
}

#[test]
fn a_replay_line_chooses_the_same_register_again() {
    let folder = folder();
    let run = ["run", EXTENSION, "--known-on", "2026-03-18", "--format", "json", "--out", "out"];
    let ended = call_here(&folder, &run);
    let result = json(&ended.out);
    assert_eq!(result["known_on"], "2026-03-18");
    let verdicts = result["scenarios"][0]["rules"].as_array().unwrap();
    assert!(verdicts.iter().all(|r| r["verdict"] == "pass" || r["verdict"] == "not-applicable"));
    let line = result["scenarios"][0]["replay"].as_str().unwrap().to_owned();
    assert!(line.contains("--known-on 2026-03-18"), "{line}");
    let words: Vec<&str> = line.split(' ').skip(1).chain(["--format", "json"]).collect();
    let again = json(&call(&folder, &words).out);
    assert_eq!(again["scenarios"][0]["trace_hash"], result["scenarios"][0]["trace_hash"]);
}

#[test]
fn another_reading_is_chosen_with_set_and_a_published_value_is_not() {
    let folder = folder();
    let id = "certificate/expires-2025-11-10-the-published-example";
    let run = |set: &str| call_here(&folder, &["run", id, "--set", set, "--out", "out"]);
    let same_day = run("CERT-010.end_policy=same_day");
    assert_eq!(same_day.code, Some(1), "{same_day:?}");
    assert!(same_day.out.contains("--set CERT-010.end_policy=same_day"), "{}", same_day.out);
    for (set, word) in [
        ("CERT-010.end_policy=same_dya", "did you mean `same_day`?"),
        ("CERT-010.end=same_day", "has no parameter"),
        ("CERT-010.grace_months=4", "use --register"),
        ("end_policy", "CERT-010.end_policy=same_day"),
    ] {
        let ended = run(set);
        assert_eq!(ended.code, Some(2), "{set}: {ended:?}");
        assert!(ended.err.contains(word), "{set}: {}", ended.err);
    }
}

#[test]
fn a_diff_tells_what_changes_and_which_expectations_go() {
    let folder = folder();
    let (from, to) = ("grace_months: { value: 3,", "grace_months: { value: 4,");
    let edited = edited_register(&folder, "certificate.yaml", from, to);
    let diff = ["rules", "diff", "published", &edited];
    let text = call_here(&folder, &diff);
    assert_eq!(text.code, Some(0), "{text:?}");
    assert!(text.out.contains("grace_months: 3 month → 4 month"), "{}", text.out);
    assert!(text.out.contains("to rewrite: step"), "{}", text.out);
    let japanese = call_here(&folder, &[&["--lang", "ja"], &diff[..]].concat());
    assert!(is_japanese(&japanese.out) && japanese.out.contains("書き直し"));
    let object = json(&call_here(&folder, &[&diff[..], &["--format", "json"]].concat()).out);
    assert_eq!(object["schema"], "madoguchi-rules-diff/1");
    assert_eq!(object["rules"][0]["rule"], "CERT-010");
    assert_ne!(object["before"], object["after"]);
    let odd = call_here(&folder, &["rules", "diff", "published", "nowhere"]);
    assert_eq!(odd.code, Some(3), "{odd:?}");
}

#[test]
fn coverage_fails_on_a_rule_nobody_tests_and_on_code_that_cites_nothing() {
    let folder = folder();
    let code = repository().join("reference-impl/src").display().to_string();
    let whole = call_here(&folder, &["rules", "coverage", "--code", &code]);
    assert_eq!(whole.code, Some(0), "{}", whole.out);
    assert!(whole.out.contains("boundaries: "), "{}", whole.out);
    let stray = folder.path().join("src");
    std::fs::create_dir_all(&stray).unwrap();
    std::fs::write(stray.join("x.rs"), concat!("// CERT", "-998\n")).unwrap();
    let stray = stray.display().to_string();
    let ended = call_here(&folder, &["rules", "coverage", "--code", &stray]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("x.rs:1: "), "{}", ended.out);
    // One scenario alone leaves nearly everything untested.
    let one = crate::calls::edited(&folder, "verify: face", "verify: face");
    let ended = call(&folder, &["rules", "coverage", "--scenarios", &one, "--code", &code]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("no scenario cites it"), "{}", ended.out);
}

#[test]
fn an_edited_register_runs_even_where_a_cited_rule_is_gone() {
    let folder = folder();
    let (from, to) = ("      - from: 2025-08-04\n", "      - from: 2026-08-04\n");
    let edited = edited_register(&folder, "fallback.yaml", from, to);
    let id = "fallback/late-stage-cards-are-provisionally-accepted-from-4-august-2025";
    let run = ["run", id, "--register", &edited, "--format", "json", "--out", "out"];
    let ended = call_here(&folder, &run);
    let object = json(&ended.out);
    let rules = object["scenarios"][0]["rules"].as_array().unwrap();
    let gone = rules.iter().find(|r| r["id"] == "FB-031").unwrap();
    assert_eq!(gone["verdict"], "not-applicable", "{object}");
}
