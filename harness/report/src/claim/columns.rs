//! Text in columns of a terminal, in which a Japanese character takes two.

use unicode_width::UnicodeWidthStr;

/// How many columns a terminal is taken to have.
pub(super) const COLUMNS: usize = 80;

/// `text` filled with spaces to `width` columns; left as it is if it is wider.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The same with the spaces in front.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// `text` in lines no wider than the terminal, each behind `indent` spaces. It is broken at
/// spaces, and inside a word that has no room in a line, as Japanese text is.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    // One mark that does not begin a line finds room at the end of the one before.
    let hanging = if text.is_ascii() { 0 } else { 2 };
    let room = COLUMNS.saturating_sub(indent + hanging).max(1);
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let full = |lines: &[String], more: &str| {
            let line = lines.last().map_or(0, |line| line.width());
            line + more.trim_end().width() > room
        };
        let breaks = word.trim_end().width() > room || !word.is_ascii();
        let pieces: Vec<String> =
            if breaks { word.chars().map(String::from).collect() } else { vec![word.to_owned()] };
        for piece in pieces {
            // These marks do not begin a line.
            let hangs = ["、", "。", "）", "」"].contains(&piece.as_str());
            if full(&lines, &piece) && !hangs {
                lines.push(String::new());
            }
            let Some(line) = lines.last_mut() else { continue };
            line.push_str(&piece);
        }
    }
    let indent = " ".repeat(indent);
    lines.iter().map(|line| format!("{indent}{}\n", line.trim_end())).collect()
}

/// A number with a comma between every three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things in English.
pub(super) fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_characters_take_two_columns() {
        assert_eq!(padded("診療", 6), "診療  ");
        assert_eq!(right("1", 3), "  1");
        assert_eq!(padded("診療識別", 6), "診療識別");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let ja = "レセプトの記録は互いに一致しなければならない。".repeat(9);
        let en = "the records have to agree with each other ".repeat(9);
        for text in [ja.as_str(), en.as_str()] {
            let wrapped = wrapped(text, 4);
            assert!(wrapped.lines().all(|line| line.width() <= COLUMNS), "{wrapped}");
            let joined: String = wrapped.split_whitespace().collect();
            assert_eq!(joined, text.split_whitespace().collect::<String>());
        }
    }

    #[test]
    fn every_three_digits_have_a_comma() {
        let written = [0, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(written, ["0", "999", "1,000", "1,234,567"]);
    }
}
