//! Why a document could not be read, and how the answer has to say so.

use serde::Serialize;

use super::element::Position;

/// Which of the three error channels an unreadable document belongs to (section 6.4:
/// the three exist side by side and are not interchangeable).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The file as such: it is answered with an `.err` file (section 1.5).
    File,
    /// The request as a whole: `SegmentOfResult` 9 (OQSCD003).
    Header,
    /// This person or document: `ProcessingResultStatus` 2 (OQSCD004).
    Person,
}

/// A document that does not follow the interface: the first thing found wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, thiserror::Error)]
#[error("{element} at line {line}, column {column} {problem}")]
pub struct ReadError {
    /// The error channel this belongs to.
    pub level: Level,
    /// The name of the element at fault; `document` if it is none in particular.
    pub element: String,
    /// The line the element starts on, counted from 1. A missing element is reported
    /// where the block starts that should hold it.
    pub line: usize,
    /// The column the element starts at, counted from 1.
    pub column: usize,
    /// What is wrong, as the rest of a sentence that starts with the element.
    pub problem: String,
}

impl ReadError {
    /// An error of the file as such.
    pub(super) fn in_document(at: Position, problem: impl Into<String>) -> Self {
        Self::new(Level::File, "document", at, problem)
    }

    /// An error at a named element.
    pub(super) fn new(
        level: Level,
        element: &str,
        at: Position,
        problem: impl Into<String>,
    ) -> Self {
        let Position { line, column } = at;
        Self { level, element: element.to_owned(), line, column, problem: problem.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_as_one_sentence() {
        let at = Position { line: 12, column: 7 };
        let error = ReadError::new(Level::Person, "Birthdate", at, "is missing");
        assert_eq!(error.to_string(), "Birthdate at line 12, column 7 is missing");
    }
}
