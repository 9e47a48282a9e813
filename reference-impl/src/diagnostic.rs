//! What an author of a YAML file is told when it is wrong: the place, what was expected, and
//! the nearest word that would have been right.

use std::fmt;

use saphyr::{LoadableYamlNode, MarkedYaml, YamlData};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One mistake in one file. Line and column count from 1.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Diagnostic {
    /// The file as the author named it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub problem: String,
    /// The words that would have been right, if there is a list of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expected: Vec<String>,
    /// The one of `expected` that is most like what was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
    /// The line of the file, for the caret under it.
    pub source_line: String,
}

impl Diagnostic {
    /// Adds the words that would have been right and picks the one nearest to `written`.
    #[must_use]
    pub fn expecting<I>(mut self, written: &str, words: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.expected = words.into_iter().map(Into::into).collect();
        self.nearest = nearest(written, &self.expected);
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.problem)?;
        let gutter = self.line.to_string().len();
        writeln!(f, "{:gutter$} |", "")?;
        writeln!(f, "{} | {}", self.line, self.source_line)?;
        // Full-width characters take two columns on a terminal, so the caret moves two.
        let before = self.source_line.chars().take(self.column.saturating_sub(1));
        let indent: usize = before.map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        write!(f, "{:gutter$} | {:indent$}^", "", "")?;
        if !self.expected.is_empty() {
            write!(f, "\n{:gutter$} = expected: {}", "", self.expected.join(", "))?;
        }
        if let Some(nearest) = &self.nearest {
            write!(f, "\n{:gutter$} = did you mean `{nearest}`?", "")?;
        }
        Ok(())
    }
}

/// A YAML text with its name, able to point at any value in it.
#[derive(Clone, Copy, Debug)]
pub struct YamlText<'a> {
    /// The file as the author named it.
    pub file: &'a str,
    /// The text of the file.
    pub text: &'a str,
}

/// One step on the way to a value: a key of a mapping or an index of a sequence.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// The value under this key.
    Key(&'a str),
    /// The key itself rather than its value; only as the last step.
    KeyItself(&'a str),
    /// The item at this index, from 0.
    Index(usize),
}

impl<'a> YamlText<'a> {
    /// Reads the text into `T`, or says where it does not fit.
    ///
    /// # Errors
    /// The first place that is not YAML, or not what `T` wants.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Diagnostic> {
        serde_yaml::from_str(self.text).map_err(|error| {
            let place = error.location().map_or((1, 1), |l| (l.line(), l.column()));
            let message = error.to_string();
            let problem = message.split(" at line ").next().unwrap_or(&message);
            let (problem, written, words) = split_expectation(problem);
            let diagnostic = self.at(place, problem.to_owned());
            if words.is_empty() { diagnostic } else { diagnostic.expecting(&written, words) }
        })
    }

    /// A diagnostic at the value that `path` leads to, or as far as it leads.
    pub fn point(&self, path: &[Step<'_>], problem: impl Into<String>) -> Diagnostic {
        self.at(self.locate(path), problem.into())
    }

    fn at(&self, (line, column): (usize, usize), problem: String) -> Diagnostic {
        let source_line = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        Diagnostic {
            file: self.file.to_owned(),
            line,
            column,
            problem,
            expected: Vec::new(),
            nearest: None,
            source_line: source_line.to_owned(),
        }
    }

    fn locate(&self, path: &[Step<'_>]) -> (usize, usize) {
        let documents = MarkedYaml::load_from_str(self.text).unwrap_or_default();
        let Some(mut node) = documents.first() else { return (1, 1) };
        for step in path {
            let next = match (step, &node.data) {
                (Step::Key(key), YamlData::Mapping(map)) => {
                    map.iter().find(|(k, _)| k.data.as_str() == Some(key)).map(|(_, v)| v)
                }
                (Step::KeyItself(key), YamlData::Mapping(map)) => {
                    map.iter().find(|(k, _)| k.data.as_str() == Some(key)).map(|(k, _)| k)
                }
                (Step::Index(index), YamlData::Sequence(items)) => items.get(*index),
                _ => None,
            };
            match next {
                Some(found) => node = found,
                None => break,
            }
        }
        (node.span.start.line(), node.span.start.col() + 1)
    }
}

/// The word of `words` most like `written`, if any is like it at all.
pub fn nearest(written: &str, words: &[String]) -> Option<String> {
    let likeness = |word: &String| strsim::jaro_winkler(written, word);
    let best = words.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) > 0.7).then(|| best.clone())
}

/// Takes the list of expected words out of a message such as
/// "unknown field `verfy`, expected one of `who`, `verify`".
fn split_expectation(message: &str) -> (&str, String, Vec<String>) {
    let quoted = |text: &str| -> Vec<String> {
        text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    match message.split_once(", expected ") {
        Some((problem, rest)) if problem.contains("unknown ") => {
            let written = quoted(problem).pop().unwrap_or_default();
            (problem, written, quoted(rest))
        }
        _ => (message, String::new(), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Visit {
        #[serde(rename = "who")]
        _who: String,
        #[serde(rename = "verify")]
        _verify: String,
    }

    #[test]
    fn an_unknown_key_is_answered_with_its_place_and_the_nearest_key() {
        let text = YamlText { file: "a.yaml", text: "who: hanako\nverfy: face\n" };
        let error = text.read::<Visit>().unwrap_err();
        assert_eq!((error.line, error.column), (2, 1));
        assert_eq!(error.expected, ["who", "verify"]);
        assert_eq!(error.nearest.as_deref(), Some("verify"));
    }

    #[test]
    fn a_path_leads_to_the_line_and_column_of_a_value() {
        let text = YamlText { file: "a.yaml", text: "a:\n  - b: 1\n  - b: 2\n" };
        let path = [Step::Key("a"), Step::Index(1), Step::Key("b")];
        let error = text.point(&path, "wrong");
        assert_eq!((error.line, error.column), (3, 8));
        let path = [Step::Key("a"), Step::Index(1), Step::KeyItself("b")];
        assert_eq!(text.point(&path, "wrong").column, 5);
    }

    #[test]
    fn the_caret_stands_under_the_place_even_after_full_width_characters() {
        let text = YamlText { file: "a.yaml", text: "{ 名: x, b: y }" };
        let shown = text.point(&[Step::KeyItself("b")], "wrong").to_string();
        assert!(shown.ends_with("|          ^"), "{shown}");
    }
}
