//! What the parser of the command line says, in Japanese. Its English is its own.

use std::ffi::OsString;

use clap::error::{ContextKind, ErrorKind};
use madoguchi_reference::lang::Lang;

/// The language asked for on a command line that could not be read as a whole.
pub(crate) fn lang(arguments: impl Iterator<Item = OsString>) -> Lang {
    let words: Vec<OsString> = arguments.collect();
    let ja = words.iter().any(|word| word == "--lang=ja")
        || words.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "ja");
    if ja { Lang::Ja } else { Lang::En }
}

/// A mistake on the command line in Japanese; `None` for what is no mistake, such as help.
pub(crate) fn japanese(error: &clap::Error) -> Option<String> {
    let told = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = told(ContextKind::InvalidArg);
    let value = told(ContextKind::InvalidValue);
    let problem = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion => return None,
        ErrorKind::UnknownArgument => format!("`{argument}` という引数はありません"),
        ErrorKind::InvalidSubcommand => {
            format!("`{}` というコマンドはありません", told(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} に値がありません"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} に `{value}` は使えません")
        }
        ErrorKind::MissingRequiredArgument => format!("引数が足りません: {argument}"),
        ErrorKind::MissingSubcommand => "コマンドがありません".to_owned(),
        ErrorKind::ArgumentConflict => format!("{argument} は一緒に使えないか、二度書かれています"),
        _ => format!("コマンドの書き方に誤りがあります\n{error}"),
    };
    let mut text = format!("誤り: {problem}");
    let words = told(ContextKind::ValidValue);
    if !words.is_empty() {
        text.push_str(&format!("\n  書ける語: {words}"));
    }
    let near =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().map(told).find(|near| !near.is_empty()) {
        text.push_str(&format!("\n  `{near}` のことですか？"));
    }
    text.push_str("\n\n詳しくは --help をご覧ください。");
    Some(text)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::Arguments;

    fn told(line: &str) -> Option<String> {
        let error = Arguments::try_parse_from(line.split(' ')).expect_err("a mistake");
        japanese(&error)
    }

    #[test]
    fn a_mistake_on_the_command_line_is_told_in_japanese() {
        for (line, expected) in [
            ("madoguchi run --sed 3", "`--sed` という引数はありません"),
            ("madoguchi run --sed 3", "`--seed` のことですか"),
            ("madoguchi rum", "`rum` というコマンドはありません"),
            ("madoguchi run --driver magic", "書ける語: event-loop, madsim"),
            ("madoguchi run --seed many", "`many` は使えません"),
            ("madoguchi check", "引数が足りません"),
            ("madoguchi claim check", "引数が足りません"),
        ] {
            let text = told(line).expect("a text");
            assert!(text.contains(expected), "{line}: {text}");
        }
        assert_eq!(told("madoguchi --help"), None);
    }

    #[test]
    fn the_language_is_found_on_a_line_that_is_wrong_elsewhere() {
        let of = |line: &str| lang(line.split(' ').map(OsString::from));
        assert_eq!(of("madoguchi --lang ja run --sed 3"), Lang::Ja);
        assert_eq!(of("madoguchi run --sed 3 --lang=ja"), Lang::Ja);
        assert_eq!(of("madoguchi run ja --sed 3"), Lang::En);
    }
}
