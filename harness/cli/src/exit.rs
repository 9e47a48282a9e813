//! Exit codes: one for each class of ending, so that a script can tell whose turn it is.

use std::fmt;

use madoguchi_reference::diagnostic::Diagnostic;

/// The product conforms, or the question was answered.
pub(crate) const CONFORMANT: u8 = 0;
/// The product does not conform.
pub(crate) const NOT_CONFORMANT: u8 = 1;
/// The command or an input file of its author is wrong.
pub(crate) const USAGE: u8 = 2;
/// The settings are wrong: the register, a plan that does not fit, a folder that cannot be used.
pub(crate) const SETTINGS: u8 = 3;
/// Nothing could be decided, or the harness failed.
pub(crate) const UNDECIDED: u8 = 4;

/// Why a command ended early. Nothing was written.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The author of a scenario or plan, or of the command line, has to mend something.
    Author(String),
    /// Whoever set this up has to mend something.
    Settings(String),
    /// The harness failed.
    Harness(String),
}

impl Failure {
    /// Several diagnostics at once.
    pub(crate) fn author(wrong: &[Diagnostic]) -> Self {
        Self::Author(lines(wrong))
    }

    /// The same for the register.
    pub(crate) fn settings(wrong: &[Diagnostic]) -> Self {
        Self::Settings(lines(wrong))
    }

    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Author(_) => USAGE,
            Self::Settings(_) => SETTINGS,
            Self::Harness(_) => UNDECIDED,
        }
    }
}

fn lines(wrong: &[Diagnostic]) -> String {
    wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Author(text) => write!(f, "{text}"),
            Self::Settings(text) => write!(f, "settings: {text}"),
            Self::Harness(text) => write!(f, "harness: {text}"),
        }
    }
}
