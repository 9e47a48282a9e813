//! Reading and writing whole files.

mod forms;
mod generated;
mod hand;
mod hostile;

use super::*;

/// The sample with `old` replaced once by `new`, in bytes.
fn with(old: &str, new: &[u8]) -> Vec<u8> {
    replaced(&sample::bytes(), old, new)
}

/// `bytes` with `old` replaced once by `new`.
fn replaced(bytes: &[u8], old: &str, new: &[u8]) -> Vec<u8> {
    let old = sample::encode(old);
    let at = bytes.windows(old.len()).position(|window| window == old).unwrap();
    [&bytes[..at], new, &bytes[at + old.len()..]].concat()
}

/// Where reading `bytes` fails: line, item and problem.
fn fails(bytes: &[u8]) -> (usize, Option<usize>, String) {
    let error = read(bytes).unwrap_err();
    assert!(error.to_string().starts_with(&format!("Line {}", error.line)), "{error}");
    assert!(error.text().ja.starts_with(&format!("{}行目", error.line)), "{error}");
    assert!(error.byte <= bytes.len().max(MAX_FILE_BYTES), "{error}");
    (error.line, error.item, error.problem.en)
}
