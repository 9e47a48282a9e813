//! The program called as a process, in a folder of its own with the scenarios of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

pub const SCENARIO: &str = "certificate/suspended-card-fails-in-every-mode";

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn scenarios() -> String {
    repository().join("scenarios").display().to_string()
}

pub fn scenario_file() -> PathBuf {
    repository().join("scenarios").join(format!("{SCENARIO}.yaml"))
}

/// How a call of the program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Calls the program in `folder`.
pub fn call(folder: &TempDir, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
    let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Calls the program with the scenarios of the repository.
pub fn call_here(folder: &TempDir, arguments: &[&str]) -> Ended {
    let scenarios = scenarios();
    let mut all = arguments.to_vec();
    all.extend(["--scenarios", &scenarios]);
    call(folder, &all)
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A folder of scenarios that holds only [`SCENARIO`], with `from` replaced by `to` once.
pub fn edited(folder: &TempDir, from: &str, to: &str) -> String {
    let text = fs::read_to_string(scenario_file()).unwrap();
    assert!(text.contains(from), "nothing to edit");
    let scenarios = folder.path().join("edited");
    let file = scenarios.join(format!("{SCENARIO}.yaml"));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text.replacen(from, to, 1)).unwrap();
    scenarios.display().to_string()
}

/// A copy of the published register with `from` replaced by `to` once in one chapter.
pub fn edited_register(folder: &TempDir, chapter: &str, from: &str, to: &str) -> String {
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

pub fn json(text: &str) -> Value {
    // Fails on anything before or after the one object.
    serde_json::from_str(text).unwrap()
}

pub fn is_japanese(text: &str) -> bool {
    text.contains(|c| ('\u{3040}'..='\u{30ff}').contains(&c))
}
