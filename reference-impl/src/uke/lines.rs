//! Bytes, lines and commas (CLM-060, CLM-062).

use encoding_rs::{DecoderResult, SHIFT_JIS};
use memchr::{memchr, memchr_iter};

use super::error::{At, FormRule, Problem};
use super::{ClaimError, Record};
use crate::lang::Bilingual;

/// The largest file accepted, in bytes: a limit of this module, not of the specification.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// The longest record accepted, in bytes without CR LF.
pub const MAX_LINE_BYTES: usize = 64 * 1024;
/// The most items accepted after a record id.
pub const MAX_ITEMS: usize = 512;
/// The most records accepted in one file.
pub const MAX_RECORDS: usize = 1_000_000;

/// The byte that may end a file (CLM-060).
pub(super) const EOF_MARK: u8 = 0x1A;

pub(super) const TOO_LARGE: Problem =
    ("ファイルが64MiBを超えています", "the file is larger than 64 MiB");
pub(super) const TOO_LONG: Problem =
    ("レコードが64KiBを超えています", "the record is longer than 64 KiB");
pub(super) const TOO_MANY_ITEMS: Problem =
    ("レコードの項目が512を超えています", "the record has more than 512 items");
pub(super) const TOO_MANY_RECORDS: Problem =
    ("レコードが100万件を超えています", "the file has more than a million records");
const CUT: Problem = (
    "レコードの終わりのCR LFの前でファイルが終わっています",
    "the file ends before the CR LF of this record",
);
const BARE_LF: Problem =
    ("レコードがCRなしのLFで終わっています", "the record ends in LF without CR");
const NO_ID: Problem =
    ("レコードは英大文字2字で始まらなければなりません", "a record starts with two capital letters");
const CONTROL: Problem =
    ("レコードの中に制御文字があります", "a control character stands inside the record");

/// One record as it stands in the file, without its CR LF.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line<'a> {
    /// The record's number in the file, from 1.
    pub number: usize,
    /// The byte of the file it starts at.
    pub offset: usize,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl<'a> Line<'a> {
    /// The record id, if it starts with one.
    pub fn id(&self) -> Option<[u8; 2]> {
        match *self.bytes {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] | [a @ b'A'..=b'Z', b @ b'A'..=b'Z', b',', ..] => {
                Some([a, b])
            }
            _ => None,
        }
    }

    /// The byte of the file at which item `number` starts, the record id being item 1; the end
    /// of the record if it has not so many.
    pub fn item_byte(&self, number: usize) -> usize {
        let before = number.checked_sub(2);
        let comma = before.and_then(|before| memchr_iter(b',', self.bytes).nth(before));
        let start = match (before, comma) {
            (None, _) => 0,
            (_, Some(comma)) => comma + 1,
            (_, None) => self.bytes.len(),
        };
        self.offset + start
    }

    /// The items after the id as text; those that are not Shift_JIS as `None`.
    pub fn items(&self) -> impl Iterator<Item = Option<String>> + 'a {
        self.bytes.split(|&byte| byte == b',').skip(1).map(|item| decode(item).ok())
    }

    pub(super) fn at(&self) -> At {
        At { line: self.number, byte: self.offset, id: self.id() }
    }

    /// Everything that can be wrong with a record of any kind.
    fn check(&self) -> Result<(), ClaimError> {
        let error = |problem| Err(self.error(problem));
        if self.id().is_none() {
            return error(NO_ID);
        }
        // No control byte can be the second byte of a character, so bytes can be looked at.
        if let Some(at) = self.bytes.iter().position(u8::is_ascii_control) {
            return Err(self.error_at(at, CONTROL));
        }
        if memchr_iter(b',', self.bytes).count() > MAX_ITEMS {
            return error(TOO_MANY_ITEMS);
        }
        Ok(())
    }

    fn error(&self, (ja, en): Problem) -> ClaimError {
        let id = self.bytes.get(..2).filter(|id| id.iter().all(u8::is_ascii_uppercase));
        let id = id.and_then(|id| id.try_into().ok());
        At { id, ..self.at() }.error(Bilingual::new(ja, en)).under(FormRule::Bytes)
    }

    /// An error at one byte of the record.
    pub(super) fn error_at(&self, at: usize, problem: Problem) -> ClaimError {
        let before = self.bytes.get(..at).unwrap_or(self.bytes);
        let item = Some(memchr_iter(b',', before).count() + 1);
        ClaimError { item, byte: self.offset + at, ..self.error(problem) }
    }

    /// The record with its items as text.
    pub(super) fn record(&self) -> Result<Record, ClaimError> {
        let mut start = 0;
        let mut texts = Vec::new();
        for item in self.bytes.split(|&byte| byte == b',') {
            let text = decode(item);
            texts.push(text.map_err(|(at, problem)| self.error_at(start + at, problem))?);
            start += item.len() + 1;
        }
        let mut texts = texts.into_iter();
        Ok(Record { id: texts.next().unwrap_or_default(), fields: texts.collect() })
    }
}

/// The records of a file, one after the other. A record at fault is told and passed over.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    /// The file without its last byte 1Ah.
    body: &'a [u8],
    offset: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    /// The records of `bytes`, and whether the byte 1Ah ends them.
    pub fn of(bytes: &'a [u8]) -> (Self, bool) {
        let (body, eof_mark) = match bytes.strip_suffix(&[EOF_MARK]) {
            Some(body) => (body, true),
            None => (bytes, false),
        };
        (Self { body, offset: 0, number: 0 }, eof_mark)
    }

    fn refuse(&mut self, at: usize, (ja, en): Problem) -> Option<Result<Line<'a>, ClaimError>> {
        self.offset = self.body.len();
        let at = At { line: self.number, byte: at, id: None };
        Some(Err(at.error(Bilingual::new(ja, en)).under(FormRule::Bytes)))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Result<Line<'a>, ClaimError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.body.get(self.offset..).filter(|rest| !rest.is_empty())?;
        self.number += 1;
        if self.body.len() > MAX_FILE_BYTES {
            return self.refuse(MAX_FILE_BYTES, TOO_LARGE);
        }
        if self.number > MAX_RECORDS {
            return self.refuse(self.offset, TOO_MANY_RECORDS);
        }
        let line = |bytes| Line { number: self.number, offset: self.offset, bytes };
        let Some(end) = memchr(b'\n', rest) else {
            // Nothing is kept of what follows, however long it is.
            let shown = rest.get(..MAX_LINE_BYTES).unwrap_or(rest);
            let problem = if rest.len() > MAX_LINE_BYTES { TOO_LONG } else { CUT };
            let error = line(shown).error(problem);
            let byte = self.offset + shown.len();
            self.offset = self.body.len();
            return Some(Err(ClaimError { byte, ..error }));
        };
        let line = match rest[..end].strip_suffix(b"\r") {
            Some(bytes) if bytes.len() > MAX_LINE_BYTES => {
                let error = line(&bytes[..MAX_LINE_BYTES]).error(TOO_LONG);
                Err(ClaimError { byte: self.offset + MAX_LINE_BYTES, ..error })
            }
            Some(bytes) => line(bytes).check().map(|()| line(bytes)),
            None => {
                let error = line(&rest[..end.min(MAX_LINE_BYTES)]).error(BARE_LF);
                Err(ClaimError { byte: self.offset + end, ..error })
            }
        };
        self.offset += end + 1;
        Some(line)
    }
}

/// The text of Shift_JIS bytes, or the position of the first byte at fault.
pub(super) fn decode(bytes: &[u8]) -> Result<String, (usize, Problem)> {
    if bytes.is_ascii() {
        return Ok(bytes.iter().copied().map(char::from).collect());
    }
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if let DecoderResult::Malformed(bad, after) = result {
        let at = read.saturating_sub(usize::from(bad) + usize::from(after));
        return Err((at, ("Shift_JISではないバイトがあります", "the bytes are not Shift_JIS")));
    }
    // Some characters have two codes. Taking only the one that is written keeps reading and
    // writing exact; it also turns away characters private to one vendor (外字).
    let (again, _, _) = SHIFT_JIS.encode(&text);
    if *again == *bytes {
        return Ok(text);
    }
    let at = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
    let ja = "Shift_JISの標準の文字コードではありません（外字など）";
    Err((at, (ja, "the bytes are not the standard Shift_JIS code of a character")))
}
