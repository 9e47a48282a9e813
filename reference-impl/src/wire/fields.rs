//! The typed values in elements, and blocks of elements that are read by name.

use jiff::civil::Date;

use super::charset::Charset;
use super::element::{Element, read_document};
use super::error::{Level, ReadError};
use super::style::Padding;
use crate::calendar::{Jst, Month, compact, date_from_compact};
use crate::era::EraDate;
use crate::ids::{
    BranchNumber, InstitutionCode, InsuredKey, InsuredNumber, InsuredSymbol, InsurerNumber,
    ReceptionNumber, ReferenceNumber,
};

/// The root of every message.
const ROOT: &str = "XmlMsg";

/// What one element holds. Text arrives here without blanks around it, and never empty.
pub trait Value: Sized {
    /// What a good value is, for the error message.
    const EXPECTED: &'static str;

    /// Reads the text of an element.
    fn from_text(text: &str) -> Option<Self>;

    /// The text to write.
    fn to_text(&self) -> String;
}

macro_rules! value {
    ($type:ty: $expected:literal, |$text:ident| $read:expr, |$value:ident| $write:expr) => {
        impl Value for $type {
            const EXPECTED: &'static str = $expected;

            fn from_text($text: &str) -> Option<Self> {
                $read
            }

            fn to_text(&self) -> String {
                let $value = self;
                $write
            }
        }
    };
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Symbols and numbers hold full-width characters as well, so characters count, not bytes.
fn within(length: usize, text: &str) -> Option<&str> {
    (text.chars().count() <= length).then_some(text)
}

value!(String: "text", |text| Some(text.to_owned()), |value| value.clone());
value!(Date: "a date (YYYYMMDD)", |text| date_from_compact(text), |value| compact(*value));
value!(
    Jst: "a date and time (YYYYMMDDHHmmss)",
    |text| Jst::from_compact(text),
    |value| value.compact()
);
value!(
    Month: "a month (YYYYMM)",
    |text| date_from_compact(&format!("{text}01")).map(Month::of),
    |value| value.compact()
);
value!(
    bool: "a code of OQSCD001, 0 or 1",
    |text| ["0", "1"].iter().position(|code| *code == text).map(|code| code == 1),
    |value| u8::from(*value).to_string()
);
value!(
    u8: "a percentage of three digits",
    |text| is_digits(text, 3).then(|| text.parse().ok()).flatten().filter(|value| *value <= 100),
    |value| format!("{value:03}")
);
value!(
    u32: "an amount in yen",
    |text| is_digits(text, text.len()).then(|| text.parse().ok()).flatten(),
    |value| value.to_string()
);
value!(
    Charset: "a code of OQSCD005",
    |text| Charset::from_code(text),
    |value| value.code().to_owned()
);
value!(
    InstitutionCode: "an institution code of 10 digits",
    |text| is_digits(text, 10).then(|| text.into()),
    |value| value.0.clone()
);
value!(
    InsurerNumber: "an insurer number of 6 or 8 digits",
    |text| Some(Self::from_columns(text)).filter(|n| is_digits(&n.0, 6) || is_digits(&n.0, 8)),
    |value| value.0.clone()
);
value!(
    InsuredSymbol: "at most 20 characters",
    |text| within(20, text).map(Into::into),
    |value| value.0.clone()
);
value!(
    InsuredNumber: "at most 20 characters",
    |text| within(20, text).map(Into::into),
    |value| value.0.clone()
);
value!(
    ReferenceNumber: "at most 50 characters",
    |text| within(50, text).map(Into::into),
    |value| value.0.clone()
);
value!(
    ReceptionNumber: "at most 50 characters",
    |text| within(50, text).map(Into::into),
    |value| value.0.clone()
);
value!(
    BranchNumber: "a branch number of 2 digits",
    |text| is_digits(text, 2).then(|| text.into()),
    |value| value.0.clone()
);

impl Element {
    /// This element with one more child that holds `value`.
    pub(super) fn value(self, name: &str, value: &impl Value) -> Self {
        self.with(Self::leaf(name, value.to_text()))
    }

    /// This element with one more child if there is a value for it.
    pub(super) fn maybe<T: Value>(self, name: &str, value: Option<&T>) -> Self {
        self.with_all(value.map(|value| Self::leaf(name, value.to_text())))
    }

    /// This element with the four parts of an [`InsuredKey`].
    pub(super) fn key(self, names: &KeyNames, key: &InsuredKey, padding: Padding) -> Self {
        let padded = (!key.insurer.is_empty()).then(|| padding.columns(&key.insurer));
        self.with_all(padded.map(|columns| Self::leaf(names.insurer, columns)))
            .value(names.symbol, &key.symbol)
            .value(names.number, &key.number)
            .value(names.branch, &key.branch)
    }
}

/// What the four parts of an [`InsuredKey`] are called, which differs between families.
pub struct KeyNames {
    /// 保険者番号.
    pub insurer: &'static str,
    /// 記号.
    pub symbol: &'static str,
    /// 番号.
    pub number: &'static str,
    /// 枝番.
    pub branch: &'static str,
}

/// An element whose children are found by name, in any order (section 1.3).
#[derive(Clone, Copy)]
pub struct Block<'a> {
    element: &'a Element,
    level: Level,
}

impl<'a> Block<'a> {
    /// A block whose errors belong to `level`.
    pub fn new(element: &'a Element, level: Level) -> Self {
        Self { element, level }
    }

    /// An error at the block itself.
    pub fn error(&self, problem: impl Into<String>) -> ReadError {
        ReadError::new(self.level, &self.element.name, self.element.at, problem)
    }

    /// Every block of this name.
    pub fn blocks(&self, name: &str) -> impl Iterator<Item = Self> {
        let found = self.element.children.iter().filter(move |child| child.name == name);
        found.filter(|child| !child.is_blank()).map(|child| Self::new(child, self.level))
    }

    /// The only block of this name, if there is one that is not empty.
    pub fn block(&self, name: &str) -> Result<Option<Self>, ReadError> {
        Ok(self.only(name)?.map(|child| Self::new(child, self.level)))
    }

    /// The only block of this name.
    pub fn required_block(&self, name: &str) -> Result<Self, ReadError> {
        self.block(name)?.ok_or_else(|| self.missing(name))
    }

    /// The value of the only element of this name, if there is one that is not empty.
    pub fn optional<T: Value>(&self, name: &str) -> Result<Option<T>, ReadError> {
        let Some(child) = self.only(name)? else { return Ok(None) };
        let text = child.text.trim_ascii();
        match T::from_text(text) {
            Some(value) if child.children.is_empty() => Ok(Some(value)),
            _ => Err(self.unexpected(child, text, T::EXPECTED)),
        }
    }

    /// The value of the only element of this name.
    pub fn required<T: Value>(&self, name: &str) -> Result<T, ReadError> {
        self.optional(name)?.ok_or_else(|| self.missing(name))
    }

    /// The four parts of an [`InsuredKey`].
    pub fn key(&self, names: &KeyNames) -> Result<InsuredKey, ReadError> {
        Ok(InsuredKey {
            insurer: self.required(names.insurer)?,
            symbol: self.optional(names.symbol)?.unwrap_or_default(),
            number: self.required(names.number)?,
            branch: self.optional(names.branch)?.unwrap_or_default(),
        })
    }

    /// The same in a result, where parts may be left out; a published fragment has no number.
    pub fn shown_key(&self, names: &KeyNames) -> Result<InsuredKey, ReadError> {
        Ok(InsuredKey {
            insurer: self.optional(names.insurer)?.unwrap_or_default(),
            symbol: self.optional(names.symbol)?.unwrap_or_default(),
            number: self.optional(names.number)?.unwrap_or_default(),
            branch: self.optional(names.branch)?.unwrap_or_default(),
        })
    }

    /// The first block or element of this name anywhere below, itself included.
    pub fn descendant(&self, name: &str) -> Option<Self> {
        if self.element.name == name && !self.element.is_blank() {
            return Some(*self);
        }
        let children = self.element.children.iter();
        children.map(|child| Self::new(child, self.level)).find_map(|child| child.descendant(name))
    }

    /// The text of this element.
    pub fn text(&self) -> &'a str {
        self.element.text.trim_ascii()
    }

    fn only(&self, name: &str) -> Result<Option<&'a Element>, ReadError> {
        let mut found = self.element.children.iter().filter(|child| child.name == name);
        let first = found.next();
        match found.next() {
            Some(second) => {
                Err(ReadError::new(self.level, name, second.at, "is given more than once"))
            }
            None => Ok(first.filter(|child| !child.is_blank())),
        }
    }

    fn missing(&self, name: &str) -> ReadError {
        let problem = format!("is missing in {}", self.element.name);
        ReadError::new(self.level, name, self.element.at, problem)
    }

    fn unexpected(&self, child: &Element, text: &str, expected: &str) -> ReadError {
        // A foreign document decides how long this gets.
        let shown: String = text.chars().take(40).collect();
        let problem = if child.children.is_empty() {
            // The older form of dates is the likeliest slip; it is named, never guessed at.
            let era = EraDate::from_digits(text).filter(|_| expected == Date::EXPECTED);
            let era = era.map(|d| format!("; {d} is written {}", compact(d.date())));
            format!("holds `{shown}`, which is not {expected}{}", era.unwrap_or_default())
        } else {
            format!("holds other elements, not {expected}")
        };
        ReadError::new(self.level, &child.name, child.at, problem)
    }
}

/// A document with the root of the interface, which holds one header and at most one body.
pub struct Message {
    root: Element,
    /// The encoding the document was read in.
    pub charset: Charset,
}

impl Message {
    /// Reads the document and checks its outline.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        let (root, charset) = read_document(bytes)?;
        if root.name != ROOT {
            let problem = format!("is the root element instead of {ROOT}");
            return Err(ReadError::new(Level::File, &root.name, root.at, problem));
        }
        let outline = Block::new(&root, Level::File);
        outline.only("MessageHeader")?;
        outline.only("MessageBody")?;
        Ok(Self { root, charset })
    }

    /// The whole message.
    pub fn whole(&self, level: Level) -> Block<'_> {
        Block::new(&self.root, level)
    }

    /// `MessageHeader`.
    pub fn header(&self) -> Result<Block<'_>, ReadError> {
        self.whole(Level::Header).required_block("MessageHeader")
    }

    /// `MessageBody`, if there is anything in it.
    pub fn body(&self) -> Result<Option<Block<'_>>, ReadError> {
        self.whole(Level::Person).block("MessageBody")
    }

    /// `MessageBody`.
    pub fn required_body(&self) -> Result<Block<'_>, ReadError> {
        self.whole(Level::Person).required_block("MessageBody")
    }
}

/// A message of this header and body.
pub fn message(header: Element, body: Element) -> Element {
    Element::new(ROOT).with(header).with(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Value>(text: &str) -> Option<T> {
        T::from_text(text)
    }

    #[test]
    fn values_have_the_width_of_the_layout() {
        assert_eq!(read::<InsurerNumber>("06139994").unwrap().as_str(), "06139994");
        assert_eq!(read::<InsurerNumber>("00139999").unwrap().as_str(), "139999");
        for text in ["1399999", "061399941", "0613999x", "０６１３９９９４", "1"] {
            assert_eq!(read::<InsurerNumber>(text), None, "{text}");
        }
        assert_eq!(read::<InstitutionCode>("131999000"), None);
        assert_eq!(read::<BranchNumber>("1"), None);
        assert_eq!(read::<InsuredNumber>(&"１".repeat(21)), None);
        assert!(read::<InsuredNumber>(&"１".repeat(20)).is_some());
        assert_eq!(read::<u8>("020"), Some(20));
        assert_eq!(read::<u8>("200"), None);
        assert_eq!(read::<u32>("+1"), None);
        assert_eq!(read::<bool>("2"), None);
        assert_eq!(read::<Month>("202613"), None);
        assert_eq!(read::<Month>("2026１"), None);
    }

    #[test]
    fn an_element_is_found_once_or_not_at_all() {
        let element = Element::new("Person")
            .with(Element::leaf("Twice", "1"))
            .with(Element::leaf("Twice", ""))
            .with(Element::leaf("Blank", " \n"))
            .with(Element::new("Nested").with(Element::leaf("Birthdate", "1")));
        let block = Block::new(&element, Level::Person);
        let problem = |name| block.required::<Date>(name).unwrap_err().problem;
        assert_eq!(problem("Twice"), "is given more than once");
        assert_eq!(problem("Blank"), "is missing in Person");
        assert_eq!(problem("Nested"), "holds other elements, not a date (YYYYMMDD)");
        let nested = block.required_block("Nested").unwrap();
        let error = nested.required::<Date>("Birthdate").unwrap_err();
        assert_eq!(error.problem, "holds `1`, which is not a date (YYYYMMDD)");
    }

    #[test]
    fn a_date_of_the_japanese_calendar_is_refused_by_its_name() {
        let element = Element::new("Person").with(Element::leaf("Birthdate", "3600412"));
        let block = Block::new(&element, Level::Person);
        let problem = block.required::<Date>("Birthdate").unwrap_err().problem;
        assert!(problem.contains("昭和60年4月12日") && problem.contains("19850412"), "{problem}");
        assert!(!block.required::<Jst>("Birthdate").unwrap_err().problem.contains("昭和"));
    }
}
