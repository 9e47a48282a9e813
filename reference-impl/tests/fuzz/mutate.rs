//! What is done to a message: to its elements, and to the bytes it is written in.

use arbitrary::{Arbitrary, Unstructured};
use madoguchi_reference::wire::Charset;
use madoguchi_reference::wire::charset::encode_lossy_with_bullet;
use madoguchi_reference::wire::element::{Element, read_document};

/// The longest text that repeating makes, in bytes; rarely more than a document may have.
const LONG_MAX: usize = 100_000;

/// Ways of writing that are all good.
#[derive(Arbitrary, Clone, Copy, Debug, Default)]
pub struct Form {
    /// In Shift_JIS.
    pub shift_jis: bool,
    /// In another order.
    pub scatter: bool,
    /// With CR LF.
    pub crlf: bool,
    /// With single quotes in the declaration.
    pub single_quotes: bool,
    /// With a blank before `>`.
    pub blanks: bool,
}

/// One thing done to a message. Numbers pick a place, wherever they point.
#[derive(Clone, Debug)]
pub enum Mutation {
    /// To the elements.
    Tree(TreeMutation),
    /// To the text of the document, before it is encoded.
    Text(TextMutation),
    /// To the bytes.
    Bytes(ByteMutation),
}

/// One mutation: of the elements more often than not, because what is done to bytes mostly ends
/// at the first check.
pub fn one(u: &mut Unstructured<'_>) -> arbitrary::Result<Mutation> {
    Ok(match u.int_in_range(0..=9)? {
        0..7 => Mutation::Tree(u.arbitrary()?),
        7 | 8 => Mutation::Text(u.arbitrary()?),
        _ => Mutation::Bytes(u.arbitrary()?),
    })
}

/// A mutation of the elements.
#[derive(Arbitrary, Clone, Debug)]
pub enum TreeMutation {
    Missing(u8),
    Doubled(u8),
    Reordered(u8),
    /// The text, so many times.
    OverLong(u8, u16),
    /// With the name of another one, or one of its own.
    Renamed(u8, Result<u8, Odd>),
    /// In itself, so many times.
    Nested(u8, u8),
    Emptied(u8),
    /// Another text.
    Said(u8, Odd),
    /// The text of another element.
    SaidAs(u8, u8),
    /// One digit is another one.
    Digit(u8, u8),
}

/// A mutation of the text.
#[derive(Arbitrary, Clone, Debug)]
pub enum TextMutation {
    /// Put somewhere.
    Put(u16, Odd),
    /// The declaration says something else than the bytes.
    Declares(Declared),
    /// So many levels deep, far beyond the limit at most.
    Deep(u8),
    /// Another root.
    Root,
}

/// A mutation of the bytes.
#[derive(Arbitrary, Clone, Debug)]
pub enum ByteMutation {
    Truncated(u16),
    /// In the middle of the last character of two bytes or more before a place.
    CutInCharacter(u16),
    Mark(Mark),
    Flipped(u16, u8),
    Inserted(u16, Vec<u8>),
    /// An archive with a broken directory, before or instead of the document.
    Zip(bool),
    Random(Vec<u8>),
    /// In the other character code, whatever is declared.
    Recoded,
    Nothing,
}

/// Encodings that a declaration may name.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Declared {
    Utf8,
    ShiftJis,
    Windows31j,
    EucJp,
    Utf16,
    Unknown,
    Nothing,
}

/// Marks before a document.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Mark {
    Utf8,
    Utf8Twice,
    Utf16Le,
    Utf16Be,
}

/// Texts that make trouble.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Odd {
    Nul,
    Escape,
    Control(u8),
    CharReference,
    NulReference,
    HugeReference,
    UnknownEntity,
    Doctype,
    Bomb,
    Cdata,
    OpenCdata,
    Comment,
    OpenComment,
    Instruction,
    Less,
    Ampersand,
    Attribute,
    FullWidthDigits,
    Bullet,
    RareKanji,
    Wave,
    Halves,
    NotADate,
    EraDate,
    Minus,
    Blank,
    Char(char),
}

impl Odd {
    fn text(self) -> String {
        match self {
            Self::Nul => "\0".to_owned(),
            Self::Escape => "\u{1b}$B".to_owned(),
            Self::Control(c) => char::from(c % 0x20).to_string(),
            Self::CharReference => "&#x3042;".to_owned(),
            Self::NulReference => "&#0;".to_owned(),
            Self::HugeReference => "&#x110000;".to_owned(),
            Self::UnknownEntity => "&nbsp;".to_owned(),
            Self::Doctype => "<!DOCTYPE XmlMsg SYSTEM \"file:///etc/passwd\">".to_owned(),
            Self::Bomb => "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>&b;".to_owned(),
            Self::Cdata => "<![CDATA[<a>&amp;]]>".to_owned(),
            Self::OpenCdata => "<![CDATA[".to_owned(),
            Self::Comment => "<!-- -- -->".to_owned(),
            Self::OpenComment => "<!--".to_owned(),
            Self::Instruction => "<?php echo 1 ?>".to_owned(),
            Self::Less => "<".to_owned(),
            Self::Ampersand => "&".to_owned(),
            Self::Attribute => "<a b=c d='1' d='2'/>".to_owned(),
            Self::FullWidthDigits => "２０２５０１２０".to_owned(),
            Self::Bullet => "●".to_owned(),
            Self::RareKanji => "𠮷野家".to_owned(),
            Self::Wave => "〜－‖".to_owned(),
            Self::Halves => "ｶﾞｷﾞｸﾞ".to_owned(),
            Self::NotADate => "20250231".to_owned(),
            Self::EraDate => "3600412".to_owned(),
            Self::Minus => "-1".to_owned(),
            Self::Blank => "\u{3000} \t".to_owned(),
            Self::Char(c) => c.to_string(),
        }
    }
}

/// `sample`, written in `form`, after `mutations`: first those of the elements, then those of the
/// text, then those of the bytes.
pub fn document(sample: &[u8], form: &Form, mutations: &[Mutation]) -> Vec<u8> {
    let (mut root, _) = read_document(sample).unwrap();
    if form.scatter {
        root.scatter();
    }
    for mutation in mutations {
        if let Mutation::Tree(mutation) = mutation {
            change_tree(&mut root, mutation);
        }
    }
    let charset = if form.shift_jis { Charset::ShiftJis } else { Charset::Utf8 };
    let code = if form.shift_jis { "1" } else { "0" };
    each(&mut root, &mut |element| {
        if element.name == "CharacterCodeIdentifier" && matches!(&*element.text, "0" | "1") {
            element.text = code.to_owned();
        }
    });
    let mut text = written(&root, form, charset.xml_name());
    for mutation in mutations {
        if let Mutation::Text(mutation) = mutation {
            change_text(&mut text, mutation, charset);
        }
    }
    let mut bytes = encode_lossy_with_bullet(&text, charset).0;
    for mutation in mutations {
        if let Mutation::Bytes(mutation) = mutation {
            change_bytes(&mut bytes, mutation, &text, charset);
        }
    }
    bytes
}

fn each(element: &mut Element, change: &mut impl FnMut(&mut Element)) {
    change(element);
    for child in &mut element.children {
        each(child, change);
    }
}

/// The parents of all elements but the root, and where in them they stand, counted through.
fn at(root: &mut Element, number: u8, change: impl FnOnce(&mut Vec<Element>, usize)) {
    let total = count(root) - 1;
    if total == 0 {
        return;
    }
    let mut left = usize::from(number) % total;
    let mut change = Some(change);
    find(root, &mut left, &mut |children, index| {
        if let Some(change) = change.take() {
            change(children, index);
        }
    });
}

fn count(element: &Element) -> usize {
    1 + element.children.iter().map(count).sum::<usize>()
}

fn find(
    element: &mut Element,
    left: &mut usize,
    change: &mut impl FnMut(&mut Vec<Element>, usize),
) -> bool {
    for index in 0..element.children.len() {
        if *left == 0 {
            change(&mut element.children, index);
            return true;
        }
        *left -= 1;
        if find(&mut element.children[index], left, change) {
            return true;
        }
    }
    false
}

fn copy_of(root: &mut Element, number: u8) -> Option<Element> {
    let mut copy = None;
    at(root, number, |children, index| copy = Some(children[index].clone()));
    copy
}

fn change_tree(root: &mut Element, mutation: &TreeMutation) {
    use TreeMutation::*;
    match mutation {
        Missing(n) => at(root, *n, |children, i| drop(children.remove(i))),
        Doubled(n) => at(root, *n, |children, i| children.insert(i, children[i].clone())),
        Reordered(n) => at(root, *n, |children, i| {
            let length = children.len();
            children.swap(i, (i + 1) % length);
        }),
        OverLong(n, times) => at(root, *n, |children, i| {
            // Twice over-long would be more than a machine holds.
            let times = usize::from(*times).min(LONG_MAX / children[i].text.len().max(1));
            children[i].text = children[i].text.repeat(times);
        }),
        Renamed(n, to) => {
            let name = match to {
                Ok(other) => copy_of(root, *other).map(|other| other.name),
                Err(odd) => Some(odd.text()),
            };
            at(root, *n, |children, i| children[i].name = name.unwrap_or_default());
        }
        Nested(n, times) => at(root, *n, |children, i| {
            for _ in 0..*times {
                let inner = children[i].clone();
                children[i] = Element::new(&inner.name).with(inner);
            }
        }),
        Emptied(n) => at(root, *n, |children, i| {
            children[i].text.clear();
            children[i].children.clear();
        }),
        Said(n, odd) => at(root, *n, |children, i| children[i].text = odd.text()),
        SaidAs(n, other) => {
            let text = copy_of(root, *other).map(|other| other.text).unwrap_or_default();
            at(root, *n, |children, i| children[i].text = text);
        }
        Digit(n, digit) => at(root, *n, |children, i| {
            let text = &mut children[i].text;
            if text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty() {
                let place = usize::from(*digit) % text.len();
                let other = char::from(b'0' + digit / 26).to_string();
                text.replace_range(place..=place, &other);
            }
        }),
    }
}

/// As the interface writes documents; texts and names of trouble go in unescaped.
fn written(root: &Element, form: &Form, encoding: &str) -> String {
    let quote = if form.single_quotes { '\'' } else { '"' };
    let line = if form.crlf { "\r\n" } else { "\n" };
    let mut out = format!(
        "<?xml version={quote}1.0{quote} encoding={quote}{encoding}{quote} \
         standalone={quote}no{quote}?>{line}"
    );
    write(root, if form.blanks { " " } else { "" }, line, &mut out);
    out
}

fn write(element: &Element, blank: &str, line: &str, out: &mut String) {
    let Element { name, text, children, .. } = element;
    let text = if children.is_empty() { text.as_str() } else { text.trim() };
    out.push_str(&format!("<{name}{blank}>{text}"));
    if !children.is_empty() {
        out.push_str(line);
        children.iter().for_each(|child| write(child, blank, line, out));
    }
    out.push_str(&format!("</{name}>{line}"));
}

fn change_text(text: &mut String, mutation: &TextMutation, charset: Charset) {
    match mutation {
        TextMutation::Put(at, odd) => {
            let mut at = usize::from(*at) % (text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, &odd.text());
        }
        TextMutation::Declares(declared) => {
            let name = match declared {
                Declared::Utf8 => "utf-8",
                Declared::ShiftJis => "shift_jis",
                Declared::Windows31j => "Windows-31J",
                Declared::EucJp => "EUC-JP",
                Declared::Utf16 => "UTF-16",
                Declared::Unknown => "x-nothing",
                Declared::Nothing => "",
            };
            *text = text.replacen(charset.xml_name(), name, 1);
        }
        TextMutation::Deep(levels) => {
            let (open, close) =
                ("<a>".repeat(usize::from(*levels)), "</a>".repeat((*levels).into()));
            *text = text.replacen("<MessageBody>", &format!("<MessageBody>{open}{close}"), 1);
        }
        TextMutation::Root => *text = text.replace("XmlMsg", "Message"),
    }
}

fn change_bytes(bytes: &mut Vec<u8>, mutation: &ByteMutation, text: &str, charset: Charset) {
    let place = |at: u16, bytes: &[u8]| usize::from(at) % (bytes.len() + 1);
    match mutation {
        ByteMutation::Truncated(at) => bytes.truncate(place(*at, bytes)),
        ByteMutation::CutInCharacter(at) => {
            let end = place(*at, bytes);
            // The first of two bytes of Shift_JIS, or the first of three of UTF-8.
            let lead = bytes[..end].iter().rposition(|byte| *byte >= 0x81);
            bytes.truncate(lead.map_or(end, |lead| lead + 1));
        }
        ByteMutation::Mark(mark) => {
            let mark: &[u8] = match mark {
                Mark::Utf8 => b"\xEF\xBB\xBF",
                Mark::Utf8Twice => b"\xEF\xBB\xBF\xEF\xBB\xBF",
                Mark::Utf16Le => b"\xFF\xFE",
                Mark::Utf16Be => b"\xFE\xFF",
            };
            bytes.splice(0..0, mark.iter().copied());
        }
        ByteMutation::Flipped(at, by) => {
            let at = place(*at, bytes);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= by;
            }
        }
        ByteMutation::Inserted(at, more) => {
            let at = place(*at, bytes);
            bytes.splice(at..at, more.iter().copied());
        }
        ByteMutation::Zip(instead) => {
            let mut archive = b"PK\x03\x04\x14\0\x01\0\x63\0".to_vec();
            archive.extend_from_slice(&[0xFF; 16]);
            if !instead {
                archive.append(bytes);
            }
            *bytes = archive;
        }
        ByteMutation::Random(random) => bytes.clone_from(random),
        ByteMutation::Recoded => {
            let other = if charset == Charset::Utf8 { Charset::ShiftJis } else { Charset::Utf8 };
            *bytes = encode_lossy_with_bullet(text, other).0;
        }
        ByteMutation::Nothing => {}
    }
}
