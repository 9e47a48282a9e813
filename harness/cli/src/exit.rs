//! Exit codes: one for each class of ending, so that a script can tell whose turn it is.

use madoguchi_reference::diagnostic::Diagnostic;
use madoguchi_reference::lang::{Bilingual, Lang};

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
    Author(Bilingual),
    /// Whoever set this up has to mend something.
    Settings(Bilingual),
    /// The harness failed. What a library said of it is a technical text without translation.
    Harness(String),
}

impl Failure {
    /// Several diagnostics at once.
    pub(crate) fn author(wrong: &[Diagnostic]) -> Self {
        Self::Author(together(wrong))
    }

    /// The same for the register.
    pub(crate) fn settings(wrong: &[Diagnostic]) -> Self {
        Self::Settings(together(wrong))
    }

    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Author(_) => USAGE,
            Self::Settings(_) => SETTINGS,
            Self::Harness(_) => UNDECIDED,
        }
    }

    /// The text for people, in `lang`.
    pub(crate) fn render(&self, lang: Lang) -> String {
        match self {
            Self::Author(text) => text.pick(lang).to_owned(),
            Self::Settings(text) => {
                format!("{}: {}", lang.pick("設定の誤り", "settings"), text.pick(lang))
            }
            Self::Harness(text) => {
                format!("{}: {text}", lang.pick("ハーネスの誤り", "harness"))
            }
        }
    }
}

fn together(wrong: &[Diagnostic]) -> Bilingual {
    let all = |lang| wrong.iter().map(|d| d.render(lang)).collect::<Vec<_>>().join("\n\n");
    Bilingual::new(all(Lang::Ja), all(Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_speaks_both_languages() {
        let text = || Bilingual::new("誤り", "wrong");
        for (failure, ja, en) in [
            (Failure::Author(text()), "誤り", "wrong"),
            (Failure::Settings(text()), "設定の誤り: 誤り", "settings: wrong"),
            (Failure::Harness("io".to_owned()), "ハーネスの誤り: io", "harness: io"),
        ] {
            assert_eq!(
                (failure.render(Lang::Ja).as_str(), failure.render(Lang::En).as_str()),
                (ja, en)
            );
        }
    }
}
