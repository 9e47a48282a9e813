//! What an author of a YAML file is told when it is wrong: the place, what was expected, and
//! the nearest word that would have been right.

use std::fmt::{self, Write};

use saphyr::{LoadableYamlNode, MarkedYaml, YamlData};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::lang::{Bilingual, Lang};

mod message;

/// What the YAML parser says of a key that is there already.
const DUPLICATED_KEY: &str = "duplicated key in mapping";

/// One mistake in one file. Line and column count from 1.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Diagnostic {
    /// The file as the author named it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one sentence. Boxed, because a diagnostic is what every reader of a
    /// file may return instead of its value.
    pub problem: Box<Bilingual>,
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

impl Diagnostic {
    /// The mistake as people read it in `lang`: place, problem, the line with a caret under it,
    /// and what would have been right.
    pub fn render(&self, lang: Lang) -> String {
        let problem = self.problem.pick(lang);
        let gutter = " ".repeat(self.line.to_string().len());
        let mut text = format!("{}:{}:{}: {problem}\n", self.file, self.line, self.column);
        let _ = writeln!(text, "{gutter} |");
        let _ = writeln!(text, "{} | {}", self.line, self.source_line);
        let _ = write!(text, "{gutter} | {}^", " ".repeat(self.indent()));
        if !self.expected.is_empty() {
            let label = lang.pick("書ける語", "expected");
            let _ = write!(text, "\n{gutter} = {label}: {}", self.expected.join(", "));
        }
        if let Some(nearest) = &self.nearest {
            let _ = match lang {
                Lang::Ja => write!(text, "\n{gutter} = `{nearest}` のことですか？"),
                Lang::En => write!(text, "\n{gutter} = did you mean `{nearest}`?"),
            };
        }
        text
    }

    /// How far the caret stands from the left. Full-width characters take two columns on a
    /// terminal, so the caret moves two.
    fn indent(&self) -> usize {
        let before = self.source_line.chars().take(self.column.saturating_sub(1));
        before.map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
    }
}

/// In English; [`Diagnostic::render`] knows both languages.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

/// A YAML text with its name, able to point at any value in it.
#[derive(Clone, Copy, Debug)]
pub struct YamlText<'a> {
    /// The file as the author named it.
    pub file: &'a str,
    /// The text of the file.
    pub text: &'a str,
    /// The key of the file's mapping below which paths start; the whole file if none.
    within: Option<&'a str>,
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
    /// A text with the name of its file.
    pub const fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, within: None }
    }

    /// The part of the file below one key: paths start there, as in a stored plan, which holds
    /// its scenario one level down.
    #[must_use]
    pub const fn within(self, key: &'a str) -> Self {
        Self { within: Some(key), ..self }
    }

    /// Reads the text into `T`, or says where it does not fit.
    ///
    /// # Errors
    /// The first place that is not YAML, or not what `T` wants.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Diagnostic> {
        if let Some(twice) = self.key_written_twice() {
            return Err(twice);
        }
        serde_yaml::from_str(self.text).map_err(|error| {
            let place = error.location().map_or((1, 1), |l| (l.line(), l.column()));
            let said = message::say(&without_place(&error.to_string(), place));
            let diagnostic = self.at(place, said.problem);
            if said.words.is_empty() {
                diagnostic
            } else {
                diagnostic.expecting(&said.written, said.words)
            }
        })
    }

    /// The first key that a mapping holds twice. Left to serde, the last of the two would win
    /// without a word wherever keys are names, such as people or rules.
    fn key_written_twice(&self) -> Option<Diagnostic> {
        let error = MarkedYaml::load_from_str(self.text).err()?;
        if error.info() != DUPLICATED_KEY {
            return None;
        }
        let place = (error.marker().line(), error.marker().col() + 1);
        let line = self.text.lines().nth(place.0.saturating_sub(1)).unwrap_or_default();
        let rest: String = line.chars().skip(place.1 - 1).collect();
        let key = rest.split(':').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        let problem = Bilingual::new(
            format!("`{key}` が二度書かれています"),
            format!("`{key}` is written twice"),
        );
        Some(self.at(place, problem))
    }

    /// A diagnostic at the value that `path` leads to, or as far as it leads.
    pub fn point(&self, path: &[Step<'_>], problem: Bilingual) -> Diagnostic {
        self.at(self.locate(path), problem)
    }

    fn at(&self, (line, column): (usize, usize), problem: Bilingual) -> Diagnostic {
        let source_line = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        Diagnostic {
            file: self.file.to_owned(),
            line,
            column,
            problem: Box::new(problem),
            expected: Vec::new(),
            nearest: None,
            source_line: source_line.to_owned(),
        }
    }

    fn locate(&self, path: &[Step<'_>]) -> (usize, usize) {
        let documents = MarkedYaml::load_from_str(self.text).unwrap_or_default();
        let Some(mut node) = documents.first() else { return (1, 1) };
        let within = self.within.map(Step::Key);
        for step in within.iter().chain(path) {
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

/// The message without the place at its end, which a diagnostic tells by itself.
fn without_place(message: &str, (line, column): (usize, usize)) -> String {
    let place = format!(" at line {line} column {column}");
    // A syntax error goes on after its place with what was being read.
    let head = message.strip_suffix(&place).or_else(|| message.split(&place).next());
    head.unwrap_or(message).to_owned()
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
        let text = YamlText::new("a.yaml", "who: hanako\nverfy: face\n");
        let error = text.read::<Visit>().unwrap_err();
        assert_eq!((error.line, error.column), (2, 1));
        assert_eq!(error.expected, ["who", "verify"]);
        assert_eq!(error.nearest.as_deref(), Some("verify"));
    }

    #[test]
    fn a_key_written_twice_is_refused_where_it_stands_the_second_time() {
        type Names = std::collections::BTreeMap<String, String>;
        let text = YamlText::new("a.yaml", "hanako: a\ntaro: b\nhanako: c\n");
        let error = text.read::<Names>().unwrap_err();
        assert_eq!((error.line, error.column), (3, 1));
        assert_eq!(error.problem.en, "`hanako` is written twice");
        let text = YamlText::new("a.yaml", "hanako: a\ntaro: b\n");
        assert_eq!(text.read::<Names>().unwrap().len(), 2);
    }

    fn wrong() -> Bilingual {
        Bilingual::new("誤り", "wrong")
    }

    #[test]
    fn every_line_of_a_diagnostic_is_in_the_language_asked_for() {
        let text = YamlText::new("a.yaml", "who: hanako\nverfy: face\n");
        let error = text.read::<Visit>().unwrap_err();
        let (ja, en) = (error.render(Lang::Ja), error.render(Lang::En));
        assert!(ja.contains("書ける語: who, verify") && ja.contains("`verify` のことですか"));
        assert!(en.contains("expected: who, verify") && en.contains("did you mean `verify`?"));
        assert_eq!(en, error.to_string());
    }

    #[test]
    fn a_path_leads_to_the_line_and_column_of_a_value() {
        let text = YamlText::new("a.yaml", "a:\n  - b: 1\n  - b: 2\n");
        let path = [Step::Key("a"), Step::Index(1), Step::Key("b")];
        let error = text.point(&path, wrong());
        assert_eq!((error.line, error.column), (3, 8));
        let path = [Step::Key("a"), Step::Index(1), Step::KeyItself("b")];
        assert_eq!(text.point(&path, wrong()).column, 5);
    }

    #[test]
    fn the_caret_stands_under_the_place_even_after_full_width_characters() {
        let text = YamlText::new("a.yaml", "{ 名: x, b: y }");
        let shown = text.point(&[Step::KeyItself("b")], wrong()).to_string();
        assert!(shown.ends_with("|          ^"), "{shown}");
    }
}
