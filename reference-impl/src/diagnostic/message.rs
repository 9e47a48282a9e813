//! What the YAML library and serde say, recognised by its shape and said in both languages.

use crate::lang::Bilingual;

/// A message taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Said {
    pub(super) problem: Bilingual,
    /// What the author wrote, where words are expected instead of it.
    pub(super) written: String,
    /// The words that would have been right.
    pub(super) words: Vec<String>,
}

/// How serde's own messages begin.
const BEGINNINGS: [&str; 7] = [
    "unknown field ",
    "unknown variant ",
    "missing field ",
    "duplicate field ",
    "invalid type: ",
    "invalid value: ",
    "invalid length ",
];

/// How the syntax errors of the YAML library begin.
const SYNTAX: [&str; 14] = [
    "did not find ",
    "found ",
    "could not ",
    "mapping ",
    "block ",
    "while ",
    "invalid leading ",
    "invalid trailing ",
    "invalid Unicode ",
    "invalid UTF-8 ",
    "control characters ",
    "incomplete UTF-",
    "unexpected ",
    "input ",
];

/// Messages that are always the same.
const WHOLE: [(&str, &str); 7] = [
    ("EOF while parsing a value", "ファイルに何も書かれていません"),
    (
        "deserializing from YAML containing more than one document is not supported",
        "一つのファイルに文書が二つ以上あります",
    ),
    ("recursion limit exceeded", "入れ子が深すぎます"),
    ("repetition limit exceeded", "エイリアス（*）の繰り返しが多すぎます"),
    ("unknown anchor", "エイリアス（*）の指すアンカー（&）がありません"),
    ("empty YAML tag is not allowed", "タグ（!）が空です"),
    ("failed to parse YAML number", "数として読めません"),
];

/// What serde found, by the first word of its description.
const FOUND: [(&str, &str); 8] = [
    ("boolean ", "真偽値 "),
    ("integer ", "整数 "),
    ("floating point ", "小数 "),
    ("string ", "文字列 "),
    ("character ", "文字 "),
    ("sequence", "リスト"),
    ("map", "キーと値の組"),
    ("unit value", "空の値"),
];

/// What serde wanted: its own words, and those of this project's types.
const WANTED: [(&str, &str); 17] = [
    ("a string", "文字列"),
    ("a boolean", "true または false"),
    ("a sequence", "リスト"),
    ("a map", "キーと値の組"),
    ("a whole number, a word or a date", "整数、語、または日付"),
    ("a date, or { any: FIRST..LAST }", "日付、または { any: 最初..最後 }"),
    ("one word or a list of words", "一つの語、または語のリスト"),
    ("a word or a list of words", "一つの語、または語のリスト"),
    ("variant identifier", "決められた語の一つ"),
    ("u8", "0 から 255 までの整数"),
    ("u16", "0 から 65535 までの整数"),
    ("u32", "0 から 4294967295 までの整数"),
    ("u64", "0 以上の整数"),
    ("usize", "0 以上の整数"),
    ("i32", "整数"),
    ("i64", "整数"),
    ("struct ", "キーと値の組"),
];

/// The message in both languages; one that is not recognised stays English in both.
pub(super) fn say(message: &str) -> Said {
    let plain = |problem| Said { problem, written: String::new(), words: Vec::new() };
    if let Some(both) = Bilingual::from_one_string(message) {
        return plain(both);
    }
    let (path, core) = split_path(message);
    if let Some(said) = unknown_word(core) {
        return Said { problem: said.problem.after(path), ..said };
    }
    let ja = field(core).or_else(|| mismatch(core)).or_else(|| whole(core));
    let ja = ja.or_else(|| syntax(core));
    plain(Bilingual::new(ja.unwrap_or_else(|| core.to_owned()), core).after(path))
}

/// The path to the value that the library puts in front, and the rest. A path may hold any name
/// an author gives, so it is found by what follows it.
fn split_path(message: &str) -> (&str, &str) {
    let place = |beginning: &&str| {
        let inside = || message.find(&format!(": {beginning}")).map(|at| at + 2);
        if message.starts_with(beginning) { Some(0) } else { inside() }
    };
    let known = BEGINNINGS.iter().filter_map(place).min();
    // Other messages: a path has no spaces as long as names have none.
    let at =
        known.or_else(|| message.find(": ").map(|at| at + 2).filter(|at| is_path(&message[..*at])));
    message.split_at(at.unwrap_or(0))
}

fn is_path(text: &str) -> bool {
    !text.trim_end().contains(char::is_whitespace)
}

/// "unknown field `verfy`, expected one of `who`, `verify`", and the same of a variant.
fn unknown_word(core: &str) -> Option<Said> {
    let is_field = core.starts_with("unknown field ");
    if !is_field && !core.starts_with("unknown variant ") {
        return None;
    }
    let (head, rest) = core.rsplit_once(", ").map_or((core, ""), |_| {
        core.rsplit_once(", expected ")
            .or_else(|| core.rsplit_once(", there are "))
            .unwrap_or((core, ""))
    });
    let written = in_backticks(head)?;
    let ja = if is_field {
        format!("`{written}` というキーはありません")
    } else {
        format!("`{written}` という語は使えません")
    };
    let words = rest.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Some(Said { problem: Bilingual::new(ja, head), written: written.to_owned(), words })
}

/// "missing field `who`" and "duplicate field `who`".
fn field(core: &str) -> Option<String> {
    let name = in_backticks(core)?;
    if core.starts_with("missing field ") {
        return Some(format!("`{name}` がありません"));
    }
    core.starts_with("duplicate field ").then(|| format!("`{name}` が二度書かれています"))
}

/// "invalid type: integer `1234`, expected a string" and its like.
fn mismatch(core: &str) -> Option<String> {
    let (found, wanted) = core.rsplit_once(", expected ")?;
    let wanted = in_table(&WANTED, wanted);
    let found = found
        .strip_prefix("invalid type: ")
        .or_else(|| found.strip_prefix("invalid value: "))
        .map(|found| in_table(&FOUND, found));
    match found {
        Some(found) => Some(format!("ここには{wanted}を書きます（書かれているのは{found}）")),
        None => {
            let length = core.strip_prefix("invalid length ")?.split(',').next()?;
            Some(format!("ここには{wanted}を書きます（個数は {length}）"))
        }
    }
}

fn whole(core: &str) -> Option<String> {
    WHOLE.iter().find(|(en, _)| *en == core).map(|(_, ja)| (*ja).to_owned())
}

fn syntax(core: &str) -> Option<String> {
    let is_syntax = SYNTAX.iter().any(|beginning| core.starts_with(beginning));
    is_syntax.then(|| format!("YAML として読めません（{core}）"))
}

/// The Japanese of `text`, by its beginning; `text` itself if the table does not hold it.
fn in_table(table: &[(&str, &str)], text: &str) -> String {
    let whole = table.iter().find(|(en, _)| *en == text).map(|(_, ja)| (*ja).to_owned());
    whole
        .or_else(|| {
            let open = table.iter().filter(|(en, _)| en.ends_with(' '));
            let (en, ja) = open.into_iter().find(|(en, _)| text.starts_with(en))?;
            // A type's name says nothing to an author; a value says what was written.
            let rest = if *en == "struct " { "" } else { &text[en.len()..] };
            Some(format!("{ja}{rest}"))
        })
        .unwrap_or_else(|| format!(" {text} "))
}

/// What stands between the first and the last backtick.
fn in_backticks(text: &str) -> Option<&str> {
    let (first, last) = (text.find('`')?, text.rfind('`')?);
    text.get(first + 1..last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ja(message: &str) -> String {
        say(message).problem.ja
    }

    #[test]
    fn every_message_of_serde_has_a_japanese_form() {
        for (message, japanese) in [
            ("visit: missing field `who`", "visit: `who` がありません"),
            ("duplicate field `who`", "`who` が二度書かれています"),
            ("unknown field `a`, there are no fields", "`a` というキーはありません"),
            (
                "a.b: invalid type: integer `12`, expected a string",
                "a.b: ここには文字列を書きます（書かれているのは整数 `12`）",
            ),
            (
                "invalid value: integer `300`, expected u8",
                "ここには0 から 255 までの整数を書きます（書かれているのは整数 `300`）",
            ),
            (
                "invalid type: sequence, expected struct Person",
                "ここにはキーと値の組を書きます（書かれているのはリスト）",
            ),
            ("invalid length 2, expected a sequence", "ここにはリストを書きます（個数は 2）"),
        ] {
            assert_eq!(ja(message), japanese);
            assert_eq!(say(message).problem.en, message.split(", there").next().unwrap());
        }
    }

    #[test]
    fn a_name_with_spaces_in_the_path_is_no_obstacle() {
        let said = say("people.a b: c.card: unknown field `pni`, expected `pin` or `kind`");
        assert_eq!(said.problem.ja, "people.a b: c.card: `pni` というキーはありません");
        assert_eq!(said.problem.en, "people.a b: c.card: unknown field `pni`");
        assert_eq!((said.written.as_str(), said.words.len()), ("pni", 2));
    }

    #[test]
    fn what_is_not_recognised_keeps_its_english_in_both() {
        let said = say("a message nobody has seen before");
        assert_eq!(said.problem, Bilingual::same("a message nobody has seen before"));
    }
}
