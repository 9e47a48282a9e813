//! The two character codes of the interface (section 1.3, OQSCD005).
//!
//! Nothing is ever replaced silently. Three characters are the trap: the Shift_JIS encoder
//! of the web turns `¥`, `‾` and `−` into look-alikes without a word, so they count here as
//! characters that Shift_JIS cannot hold.

use encoding_rs::{DecoderResult, Encoding, SHIFT_JIS, UTF_8};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::{Deserialize, Serialize};

use super::element::Position;
use super::error::ReadError;

/// The character a name carries in place of one that could not be stored (section 6.2).
pub const BULLET: char = '●';

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What the encoder would accept but a reader would get back as another character, and
/// U+0080, which only misread UTF-8 brings into Shift_JIS text.
const CHANGED_ON_THE_WAY: [char; 4] = ['\u{A5}', '\u{203E}', '\u{2212}', '\u{80}'];

/// `CharacterCodeIdentifier` and the encoding of the XML declaration (OQSCD005).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub enum Charset {
    /// `0`: UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// `1`: Shift_JIS, in Microsoft's reading (code page 932).
    #[serde(rename = "shift_jis")]
    ShiftJis,
}

impl Charset {
    /// The code in OQSCD005.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "0",
            Self::ShiftJis => "1",
        }
    }

    /// Reads a code of OQSCD005.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Utf8, Self::ShiftJis].into_iter().find(|charset| charset.code() == code)
    }

    /// The name in the XML declaration.
    pub const fn xml_name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::ShiftJis => "Shift_JIS",
        }
    }

    /// Whether a character arrives at the other end as what it was.
    pub fn holds(self, character: char) -> bool {
        if self == Self::Utf8 || character.is_ascii() {
            return true;
        }
        let mut buffer = [0; 4];
        let (_, _, replaced) = SHIFT_JIS.encode(character.encode_utf8(&mut buffer));
        !replaced && !CHANGED_ON_THE_WAY.contains(&character)
    }
}

/// A character that the wanted character code does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, thiserror::Error)]
#[error("`{character}` (U+{:04X}) does not exist in {}", u32::from(*character), charset.xml_name())]
pub struct Unencodable {
    /// The first such character.
    pub character: char,
    /// The character code it does not exist in.
    pub charset: Charset,
}

/// Encodes `text`, or names the first character that would be lost.
pub fn encode(text: &str, charset: Charset) -> Result<Vec<u8>, Unencodable> {
    match text.chars().find(|c| !charset.holds(*c)) {
        Some(character) => Err(Unencodable { character, charset }),
        None => Ok(encode_held(text, charset)),
    }
}

/// Encodes `text` with `●` for every character that would be lost, as the insurers'
/// intermediate server stores names (section 6.2), and tells which those were, in order.
pub fn encode_lossy_with_bullet(text: &str, charset: Charset) -> (Vec<u8>, Vec<char>) {
    let mut replaced = Vec::new();
    let held: String = text
        .chars()
        .map(|c| {
            if charset.holds(c) {
                return c;
            }
            replaced.push(c);
            BULLET
        })
        .collect();
    (encode_held(&held, charset), replaced)
}

fn encode_held(text: &str, charset: Charset) -> Vec<u8> {
    match charset {
        Charset::Utf8 => text.as_bytes().to_vec(),
        Charset::ShiftJis => SHIFT_JIS.encode(text).0.into_owned(),
    }
}

/// Decodes a document by its own XML declaration; without one it is UTF-8 (XML 1.0, 4.3.3).
/// A byte order mark is dropped. A document whose bytes are not what it declares is refused
/// like one that is not XML, because some consumers do the same (section 1.3).
pub fn decode(bytes: &[u8]) -> Result<(String, Charset), ReadError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(refused("is written in UTF-16, not in UTF-8 or Shift_JIS"));
    }
    let unmarked = bytes.strip_prefix(BYTE_ORDER_MARK);
    let body = unmarked.unwrap_or(bytes);
    let charset = declared(body)?;
    let text = match charset {
        Charset::Utf8 => decode_utf8(body)?,
        Charset::ShiftJis if unmarked.is_some() => {
            return Err(refused("declares Shift_JIS but starts with the byte order mark of UTF-8"));
        }
        Charset::ShiftJis => decode_shift_jis(body)?,
    };
    Ok((text, charset))
}

fn refused(problem: impl Into<String>) -> ReadError {
    ReadError::in_document(Position::START, problem)
}

fn declared(body: &[u8]) -> Result<Charset, ReadError> {
    if !body.starts_with(b"<?xml") {
        return Ok(Charset::Utf8);
    }
    let end = body.windows(2).position(|pair| pair == b"?>");
    let declaration = end
        .and_then(|end| std::str::from_utf8(body.get(..end + 2)?).ok())
        .ok_or_else(|| refused("has an XML declaration that does not end"))?;
    // Anything wrong with the rest of the declaration is found when the document is parsed.
    let Ok(Event::Decl(event)) = Reader::from_str(declaration).read_event() else {
        return Ok(Charset::Utf8);
    };
    match event.encoding() {
        None => Ok(Charset::Utf8),
        Some(Ok(name)) => charset_named(&name),
        Some(Err(error)) => {
            Err(refused(format!("has an XML declaration that is not well-formed: {error}")))
        }
    }
}

fn charset_named(name: &str) -> Result<Charset, ReadError> {
    match Encoding::for_label(name.as_bytes()) {
        Some(encoding) if encoding == UTF_8 => Ok(Charset::Utf8),
        Some(encoding) if encoding == SHIFT_JIS => Ok(Charset::ShiftJis),
        _ => {
            let problem = format!("declares the encoding `{name}`, not UTF-8 or Shift_JIS");
            Err(refused(problem))
        }
    }
}

fn decode_utf8(body: &[u8]) -> Result<String, ReadError> {
    let text = std::str::from_utf8(body).map_err(|error| {
        malformed(body, error.valid_up_to(), "holds bytes that are not UTF-8, as it is declared")
    })?;
    Ok(text.to_owned())
}

fn decode_shift_jis(body: &[u8]) -> Result<String, ReadError> {
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(body.len());
    let mut text = String::with_capacity(room.unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(body, &mut text, true);
    if let DecoderResult::Malformed(..) = result {
        return Err(malformed(body, read, "holds bytes that are not Shift_JIS, as it declares"));
    }
    if text.contains('\u{80}') || is_japanese_utf8(body) {
        return Err(refused("declares Shift_JIS but its bytes are UTF-8"));
    }
    Ok(text)
}

/// Whether bytes are UTF-8 with Japanese text in it. Some of that passes for Shift_JIS too,
/// but as the unlikeliest of kanji; the other way round only a level 2 kanji followed by
/// half-width kana, with no other character in the whole document, would be mistaken.
fn is_japanese_utf8(body: &[u8]) -> bool {
    let japanese = |c| matches!(c, '\u{3000}'..='\u{30FF}' | '一'..='\u{9FFF}' | '！'..='￮');
    std::str::from_utf8(body).is_ok_and(|text| text.contains(japanese))
}

fn malformed(body: &[u8], at: usize, problem: &str) -> ReadError {
    let before = body.get(..at).unwrap_or(body);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    ReadError::in_document(Position { line, column }, problem)
}

#[cfg(test)]
mod tests {
    use super::super::error::Level;
    use super::*;

    fn document(encoding: &str, body: &[u8]) -> Vec<u8> {
        let declaration = format!("<?xml version='1.0' encoding='{encoding}'?>\n<a>");
        [declaration.as_bytes(), body, b"</a>"].concat()
    }

    #[test]
    fn the_declaration_decides_the_encoding() {
        let kanji = encode("見本　花子", Charset::ShiftJis).unwrap();
        let (text, charset) = decode(&document("Shift_JIS", &kanji)).unwrap();
        assert_eq!(charset, Charset::ShiftJis);
        assert!(text.ends_with("<a>見本　花子</a>"));
        assert_eq!(decode("<a>見本</a>".as_bytes()).unwrap().1, Charset::Utf8);
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>").unwrap(), ("<a/>".to_owned(), Charset::Utf8));
        assert_eq!(decode(&document("windows-31j", b"x")).unwrap().1, Charset::ShiftJis);
    }

    #[test]
    fn bytes_that_disagree_with_the_declaration_are_refused() {
        let kanji = encode("見本", Charset::ShiftJis).unwrap();
        let documents = [
            document("UTF-8", &kanji),
            document("Shift_JIS", "見本".as_bytes()),
            document("Shift_JIS", "見本　花子".as_bytes()),
            document("EUC-JP", b"x"),
            document("nonsense", b"x"),
            [b"\xEF\xBB\xBF", &document("Shift_JIS", b"x")[..]].concat(),
            b"\xFF\xFE<\0a\0".to_vec(),
            b"<?xml version='1.0'".to_vec(),
        ];
        for bytes in documents {
            assert_eq!(decode(&bytes).unwrap_err().level, Level::File);
        }
    }

    #[test]
    fn malformed_bytes_are_reported_where_they_are() {
        let error = decode(&document("UTF-8", b"x\x81y")).unwrap_err();
        assert_eq!((error.line, error.column), (2, 5));
    }

    #[test]
    fn characters_outside_shift_jis_become_a_bullet_only_on_request() {
        let (bytes, replaced) = encode_lossy_with_bullet("𠮷田　¥子", Charset::ShiftJis);
        assert_eq!(replaced, ['𠮷', '¥']);
        assert_eq!(SHIFT_JIS.decode(&bytes).0, "●田　●子");
        let error = encode("𠮷田", Charset::ShiftJis).unwrap_err();
        assert_eq!(error.character, '𠮷');
        assert_eq!(error.to_string(), "`𠮷` (U+20BB7) does not exist in Shift_JIS");
        assert_eq!(encode_lossy_with_bullet("𠮷", Charset::Utf8), ("𠮷".into(), vec![]));
    }

    #[test]
    fn every_character_shift_jis_holds_comes_back_as_itself() {
        for character in ('\0'..=char::MAX).filter(|c| Charset::ShiftJis.holds(*c)) {
            let bytes = encode(&character.to_string(), Charset::ShiftJis).unwrap();
            assert_eq!(SHIFT_JIS.decode_without_bom_handling(&bytes).0, character.to_string());
        }
    }

    #[test]
    fn every_charset_code_reads_back() {
        for charset in [Charset::Utf8, Charset::ShiftJis] {
            assert_eq!(Charset::from_code(charset.code()), Some(charset));
        }
        assert_eq!(Charset::from_code("2"), None);
    }
}
