//! Results as people and programs read them. Nothing here does any I/O: text and JSON come out
//! as strings, and the caller writes them where it was told to.

mod lang;
mod text;

pub use lang::Lang;
use madoguchi_conformance::SuiteResult;
pub use text::{failure_card, summary};

/// The one JSON object of a run, pretty-printed, with a line end.
///
/// # Errors
/// None that these types can cause; JSON writing is fallible in general.
pub fn json(result: &SuiteResult) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(result).map(|text| text + "\n")
}

/// The JSON Schema of [`json`].
///
/// # Errors
/// None that these types can cause; JSON writing is fallible in general.
pub fn json_schema() -> Result<String, serde_json::Error> {
    let schema = schemars::schema_for!(SuiteResult);
    serde_json::to_string_pretty(&schema).map(|text| text + "\n")
}
