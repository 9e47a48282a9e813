//! The determinism gate against a program that is not deterministic: it must fail, and name the
//! first event that differs.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_madoguchi");

/// A folder with one scenario in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../scenarios/visit/adult-pays-thirty-percent.yaml");
    let chapter = folder.path().join("scenarios/visit");
    fs::create_dir_all(&chapter).unwrap();
    fs::copy(from, chapter.join("adult-pays-thirty-percent.yaml")).unwrap();
    folder
}

/// A program that does what ours does, but for what `sed` changes in its output.
fn altered(folder: &TempDir, sed: &str) -> String {
    let script = folder.path().join("altered");
    fs::write(&script, format!("#!/bin/sh\n'{PROGRAM}' \"$@\" | sed '{sed}'\n")).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    script.display().to_string()
}

fn gate(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder.path()).args(["determinism", "--seeds", "2"]).args(arguments);
    command.output().unwrap()
}

#[test]
fn a_program_that_agrees_passes_the_gate() {
    let folder = folder();
    let same = altered(&folder, "");
    let output = gate(&folder, &["--with", &same]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn the_first_differing_event_is_named_in_either_form() {
    let folder = folder();
    // Every hash differs in its last digit, and every charge is a yen off.
    let other = altered(&folder, "s/[0-9a-f]$/x/; s/\"yen\":870/\"yen\":871/");
    for format in ["text", "json"] {
        let output = gate(&folder, &["--with", &other, "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("visit/adult-pays-thirty-percent seed 1: event "), "{text}");
        assert!(text.contains("870") && text.contains("871"), "{text}");
    }
}

#[test]
fn a_program_that_stops_short_is_seen() {
    let folder = folder();
    let other = altered(&folder, "s/[0-9a-f]$/x/; 5,$d");
    let output = gate(&folder, &["--with", &other]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("one trace ends after 4 of"));
}

#[test]
fn a_program_that_is_not_there_is_a_matter_of_settings() {
    let folder = folder();
    let output = gate(&folder, &["--with", "./no-such-program"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no-such-program"));
}
