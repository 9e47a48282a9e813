//! Reading the scenarios and the register of this checkout.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "tests read the checkout's own files")]
#![allow(dead_code, reason = "each test program uses its own part of these")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::register::{PUBLISHED, Register, load};
use madoguchi_scenario::Scenario;

/// The published register.
pub fn register() -> Arc<Register> {
    Arc::new(load(PUBLISHED).unwrap())
}

/// The published register with every `from` in it replaced by `to`; it must hold some.
pub fn edited(edits: &[(&str, &str)]) -> Arc<Register> {
    let texts: Vec<(&str, String)> = PUBLISHED
        .iter()
        .map(|chapter| {
            let edit = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
            (chapter.file, edits.iter().fold(chapter.text.to_owned(), edit))
        })
        .collect();
    let changed = PUBLISHED.iter().zip(&texts).any(|(before, (_, after))| before.text != *after);
    assert!(changed, "nothing was edited");
    let chapters: Vec<YamlText<'_>> =
        texts.iter().map(|(file, text)| YamlText::new(file, text)).collect();
    Arc::new(load(&chapters).unwrap())
}

/// All scenarios of this checkout, in the order of their ids.
pub fn scenarios(register: &Register) -> Vec<Scenario> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        let name = file.display().to_string();
        Scenario::read(&YamlText::new(&name, &text), register).unwrap()
    };
    files.iter().map(read).collect()
}

/// One scenario by its id.
pub fn scenario(id: &str, register: &Register) -> Scenario {
    let all = scenarios(register);
    all.into_iter().find(|s| s.id == id).unwrap_or_else(|| panic!("no scenario {id}"))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "yaml") {
            files.push(path);
        }
    }
}
