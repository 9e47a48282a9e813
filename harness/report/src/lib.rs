//! Results as people and programs read them. Nothing here does any I/O: text and JSON come out
//! as strings, and the caller writes them where it was told to.

mod claim;
mod coverage;
mod impact;
mod lang;
mod text;

pub use claim::{CheckedFile, ClaimCheck, ClaimShow, claim_check, claim_show};
pub use coverage::coverage;
pub use impact::impact;
pub use lang::Lang;
pub use text::{failure_card, summary};

/// A result as one JSON object, pretty-printed, with a line end.
///
/// # Errors
/// None that these types can cause; JSON writing is fallible in general.
pub fn json(result: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(result).map(|text| text + "\n")
}

/// The JSON Schema of a result, such as that of a run.
///
/// # Errors
/// None that these types can cause; JSON writing is fallible in general.
pub fn json_schema<T: schemars::JsonSchema>() -> Result<String, serde_json::Error> {
    let schema = schemars::schema_for!(T);
    serde_json::to_string_pretty(&schema).map(|text| text + "\n")
}
