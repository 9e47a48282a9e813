//! What this project promises about its own text, kept by a test instead of by memory.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "tests read the checkout's own files")]

use std::path::{Path, PathBuf};

use madoguchi_conformance::unknown_citations;

/// No file of code is longer; one subject each.
const LINES_MAX: usize = 420;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(below: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(below), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((path.display().to_string(), text));
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    ["reference-impl/src", "harness"].iter().flat_map(|below| sources(below)).collect()
}

#[test]
fn madsim_is_named_in_one_file_only() {
    let uses = |text: &str| text.contains("use madsim::") || text.contains("madsim::runtime");
    let files: Vec<String> =
        sources("harness/sim/src").into_iter().filter(|(_, t)| uses(t)).map(|(f, _)| f).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(files[0].ends_with("madsim_driver.rs"));
}

#[test]
fn every_select_is_biased() {
    for (file, text) in all_sources() {
        let macro_call = concat!("select", "! {");
        for (at, _) in text.match_indices(macro_call) {
            let next = text[at + macro_call.len()..].trim_start();
            assert!(next.starts_with("biased;"), "{file}: a select without `biased;`");
        }
    }
}

#[test]
fn the_reference_knows_neither_the_simulator_nor_the_world() {
    for (file, text) in sources("reference-impl/src") {
        for word in
            ["madoguchi_sim", "pcsc_sim", "std::fs", "std::net", "SystemTime", "Instant::now"]
        {
            assert!(!text.contains(word), "{file} mentions {word}");
        }
    }
    let manifest = std::fs::read_to_string(root().join("reference-impl/Cargo.toml")).unwrap();
    for crate_name in ["madoguchi-sim", "pcsc-sim", "tokio", "madsim", "rand"] {
        assert!(!manifest.contains(crate_name), "the reference depends on {crate_name}");
    }
}

#[test]
fn dependencies_point_downwards() {
    // Each crate with the floor it stands on; it may only use crates of lower floors.
    let floors = [
        ("reference-impl", "madoguchi-reference", 0),
        ("harness/pcsc-sim", "pcsc-sim", 0),
        ("harness/scenario", "madoguchi-scenario", 1),
        ("harness/sim", "madoguchi-sim", 2),
        ("harness/conformance", "madoguchi-conformance", 3),
        ("harness/report", "madoguchi-report", 4),
        ("harness/cli", "madoguchi", 5),
    ];
    for (folder, name, floor) in floors {
        let manifest = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
        for (_, other, other_floor) in floors {
            let uses = manifest.contains(&format!("\n{other}.workspace"));
            assert!(!uses || other_floor < floor, "{name} looks up to {other}");
        }
    }
}

#[test]
fn files_keep_to_one_subject_and_carry_no_leftovers() {
    for (file, text) in all_sources() {
        let lines = text.lines().count();
        assert!(lines <= LINES_MAX, "{file} has {lines} lines");
        for word in [
            concat!("to", "do!("),
            concat!("dbg", "!("),
            concat!("#[", "ignore"),
            concat!("FIX", "ME"),
        ] {
            assert!(!text.contains(word), "{file} holds {word}");
        }
    }
}

#[test]
fn every_rule_that_code_reads_or_cites_is_in_the_register() {
    let register = madoguchi_reference::register::load(madoguchi_reference::register::PUBLISHED);
    let register = register.unwrap();
    for (file, text) in sources("reference-impl/src") {
        let unknown = unknown_citations(&file, &text, &register);
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
