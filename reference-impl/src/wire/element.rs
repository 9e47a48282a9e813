//! A small XML tree: what the interface uses of XML, and nothing else.
//!
//! Attributes are ignored, comments and processing instructions skipped, document type
//! definitions refused. Reading is bounded, because requests come from foreign programs.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::charset::{BULLET, Charset, decode, encode_lossy_with_bullet};
use super::error::ReadError;

/// The largest document that is read, in bytes (a published client uses the same limit).
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The deepest nesting that is read; the layouts need seven levels.
pub const MAX_DEPTH: usize = 32;
/// The most elements of one document.
pub const MAX_ELEMENTS: usize = 100_000;

/// A place in a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

impl Position {
    /// The first character.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// One element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its own text, with references resolved.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
    /// Where it was read; the first character for an element that was not.
    pub at: Position,
}

impl Element {
    /// An element that holds nothing yet.
    pub fn new(name: &str) -> Self {
        Self::read_at(name.to_owned(), Position::START)
    }

    fn read_at(name: String, at: Position) -> Self {
        Self { name, text: String::new(), children: Vec::new(), at }
    }

    /// An element that holds text only.
    pub fn leaf(name: &str, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::new(name) }
    }

    /// This element with one more child.
    #[must_use]
    pub fn with(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// This element with more children.
    #[must_use]
    pub fn with_all(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// Whether there is nothing in it, which the interface treats as its absence.
    pub fn is_blank(&self) -> bool {
        self.text.trim_ascii().is_empty() && self.children.iter().all(Self::is_blank)
    }

    /// Orders the children of this element and of all below it by falling name, which
    /// leaves elements of the same name in their order.
    pub fn scatter(&mut self) {
        self.children.sort_by(|a, b| b.name.cmp(&a.name));
        self.children.iter_mut().for_each(Self::scatter);
    }

    /// The document with this root: declaration, indented elements, and `●` for what the
    /// character code cannot hold. Empty elements are left out.
    pub fn to_document(&self, charset: Charset) -> Vec<u8> {
        let encoding = charset.xml_name();
        let mut out =
            format!("<?xml version=\"1.0\" encoding=\"{encoding}\" standalone=\"no\"?>\n");
        self.write_to(&mut out, 0);
        encode_lossy_with_bullet(&out, charset).0
    }

    fn write_to(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let name = &self.name;
        out.push_str(&format!("{indent}<{name}>"));
        push_escaped(out, &self.text);
        if !self.children.is_empty() {
            out.push('\n');
            for child in self.children.iter().filter(|child| !child.is_blank()) {
                child.write_to(out, depth + 1);
            }
            out.push_str(&indent);
        }
        out.push_str(&format!("</{name}>\n"));
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A bare carriage return would be read back as a line feed.
            '\r' => out.push_str("&#13;"),
            // What XML cannot carry is treated like what the character code cannot.
            _ => out.push(if is_xml(character) { character } else { BULLET }),
        }
    }
}

/// XML 1.0, production 2.
fn is_xml(character: char) -> bool {
    let control = matches!(character, '\0'..='\u{1F}') && !matches!(character, '\t' | '\n' | '\r');
    !control && !matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

/// Reads a document into its root element.
pub fn read_document(bytes: &[u8]) -> Result<(Element, Charset), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::in_document(Position::START, "is larger than 4 MiB"));
    }
    let (text, charset) = decode(bytes)?;
    let root = TreeReader::new(&text).read()?;
    Ok((root, charset))
}

struct TreeReader<'a> {
    reader: Reader<&'a [u8]>,
    cursor: Cursor<'a>,
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl<'a> TreeReader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            reader: Reader::from_str(text),
            cursor: Cursor { rest: text, offset: 0, at: Position::START },
            open: Vec::new(),
            root: None,
            elements: 0,
        }
    }

    fn read(mut self) -> Result<Element, ReadError> {
        loop {
            self.cursor.advance_to(self.reader.buffer_position());
            let event = self.reader.read_event().map_err(|error| {
                self.cursor.advance_to(self.reader.error_position());
                self.refused(format!("is not well-formed XML: {error}"))
            })?;
            match event {
                Event::Start(start) => self.start(&start)?,
                Event::Empty(start) => {
                    self.start(&start)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => self.reference(&reference)?,
                Event::DocType(_) => {
                    return Err(self.refused("holds a document type definition"));
                }
                Event::Decl(_) if self.cursor.offset > 0 => {
                    return Err(self.refused("holds an XML declaration after its start"));
                }
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => return self.finish(),
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = start.name().into_inner().to_owned();
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.refused("holds more than one root element"));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(self.refused(format!("is nested deeper than {MAX_DEPTH} elements")));
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(self.refused(format!("holds more than {MAX_ELEMENTS} elements")));
        }
        if !is_name(&name) || start.attributes().any(|attribute| attribute.is_err()) {
            return Err(self.refused("is not well-formed XML: a start tag is malformed"));
        }
        self.open.push(Element::read_at(name, self.cursor.at));
        Ok(())
    }

    /// The end tags match the start tags: the event reader has checked that.
    fn end(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), ReadError> {
        let text = match reference.resolve_char_ref() {
            Ok(Some(character)) => Some(character.to_string()),
            Ok(None) => resolve_xml_entity(reference).map(str::to_owned),
            Err(_) => None,
        };
        match text {
            Some(text) => self.text(&text),
            None => {
                let name: &str = reference;
                Err(self.refused(format!("refers to `&{name};`, which XML does not define")))
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if !text.chars().all(is_xml) {
            return Err(self.refused("holds a control character that XML does not allow"));
        }
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim_ascii().is_empty() => {}
            None => return Err(self.refused("holds text outside its root element")),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Element, ReadError> {
        match (self.open.last(), self.root.take()) {
            (None, Some(root)) => Ok(root),
            (None, None) => Err(self.refused("holds no element")),
            (Some(open), _) => {
                let problem = format!("ends before `{}` is closed", open.name);
                Err(self.refused(problem))
            }
        }
    }

    fn refused(&self, problem: impl Into<String>) -> ReadError {
        ReadError::in_document(self.cursor.at, problem)
    }
}

fn is_name(name: &str) -> bool {
    let starts = |c: char| c.is_alphabetic() || c == '_';
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    name.starts_with(starts) && name.chars().all(goes_on)
}

/// Follows the reader and counts lines, each character once.
struct Cursor<'a> {
    rest: &'a str,
    offset: u64,
    at: Position,
}

impl Cursor<'_> {
    fn advance_to(&mut self, offset: u64) {
        let length = usize::try_from(offset.saturating_sub(self.offset)).unwrap_or(usize::MAX);
        let Some((passed, rest)) = self.rest.split_at_checked(length) else { return };
        for character in passed.chars() {
            if character == '\n' {
                self.at = Position { line: self.at.line + 1, column: 1 };
            } else {
                self.at.column += 1;
            }
        }
        self.rest = rest;
        self.offset = self.offset.max(offset);
    }
}

#[cfg(test)]
mod tests;
