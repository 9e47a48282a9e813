//! The raw layer: bytes, lines and commas (CLM-060, CLM-062).

use encoding_rs::{DecoderResult, SHIFT_JIS};
use serde::Serialize;

use super::ClaimError;

/// The largest file accepted, in bytes: a limit of this module, not of the specification.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// The longest record accepted, in bytes without CR LF.
pub const MAX_LINE_BYTES: usize = 64 * 1024;
/// The most fields accepted after a record id.
pub const MAX_FIELDS: usize = 512;

const EOF_MARK: u8 = 0x1A;

/// One record: its id and the fields after it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Record {
    /// レコード識別情報: two capital letters.
    pub id: String,
    /// The fields after the id, so that `fields[0]` is item 2 of the specification.
    pub fields: Vec<String>,
}

/// A record and where it stood.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// The record's number in the file, from 1.
    pub number: usize,
    /// The byte of the file the record starts at.
    pub offset: usize,
    /// The record.
    pub record: Record,
}

/// A claim file as its records.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RawFile {
    /// The records in the order of the file.
    pub lines: Vec<Line>,
    /// Whether the byte 1Ah stood after the last record (CLM-060).
    pub eof_mark: bool,
}

/// Splits a claim file into records.
///
/// Only bytes that [`write_records`] would write are accepted, so reading and writing gives
/// the same bytes.
pub fn read_records(bytes: &[u8]) -> Result<RawFile, ClaimError> {
    if bytes.len() > MAX_FILE_BYTES {
        let start = RawLine { number: 1, offset: 0, bytes: &[] };
        return Err(start.error(None, MAX_FILE_BYTES, "the file is larger than 64 MiB"));
    }
    let (body, eof_mark) = match bytes.strip_suffix(&[EOF_MARK]) {
        Some(body) => (body, true),
        None => (bytes, false),
    };
    let mut lines = Vec::new();
    let mut offset = 0;
    while let Some(rest) = body.get(offset..).filter(|rest| !rest.is_empty()) {
        let raw = RawLine::first_of(rest, lines.len() + 1, offset)?;
        offset += raw.bytes.len() + b"\r\n".len();
        lines.push(raw.parse()?);
    }
    Ok(RawFile { lines, eof_mark })
}

/// Joins records to a claim file, each ended by CR LF, with the byte 1Ah last if wanted.
pub fn write_records<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    eof_mark: bool,
) -> Result<Vec<u8>, ClaimError> {
    let mut out = Vec::new();
    for (index, record) in records.into_iter().enumerate() {
        write_record(record, index + 1, &mut out)?;
    }
    if eof_mark {
        out.push(EOF_MARK);
    }
    if out.len() > MAX_FILE_BYTES {
        let start = RawLine { number: 1, offset: 0, bytes: &[] };
        return Err(start.error(None, MAX_FILE_BYTES, "the file would be larger than 64 MiB"));
    }
    Ok(out)
}

fn write_record(record: &Record, number: usize, out: &mut Vec<u8>) -> Result<(), ClaimError> {
    let offset = out.len();
    let error = |field, problem: &str| ClaimError {
        line: number,
        record: record.id.clone(),
        field,
        byte: offset,
        problem: problem.to_owned(),
    };
    if !is_record_id(record.id.as_bytes()) {
        return Err(error(None, NO_ID));
    }
    if record.fields.len() > MAX_FIELDS {
        return Err(error(None, TOO_MANY_FIELDS));
    }
    out.extend_from_slice(record.id.as_bytes());
    for (index, field) in record.fields.iter().enumerate() {
        out.push(b',');
        let bytes = encode(field).map_err(|problem| error(Some(index + 2), problem))?;
        out.extend_from_slice(&bytes);
    }
    if out.len() - offset > MAX_LINE_BYTES {
        return Err(error(None, TOO_LONG));
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

const NO_ID: &str = "a record starts with two capital letters";
const TOO_LONG: &str = "the record is longer than 64 KiB";
const TOO_MANY_FIELDS: &str = "the record has more than 512 fields";

/// The bytes of one record, without CR LF.
struct RawLine<'a> {
    number: usize,
    offset: usize,
    bytes: &'a [u8],
}

impl<'a> RawLine<'a> {
    fn first_of(rest: &'a [u8], number: usize, offset: usize) -> Result<Self, ClaimError> {
        // Never looks further than the longest record, so that a file without any line
        // end costs no more than one record.
        let window = &rest[..rest.len().min(MAX_LINE_BYTES + b"\r\n".len())];
        let line = |bytes| Self { number, offset, bytes };
        let Some(end) = window.iter().position(|&byte| byte == b'\n') else {
            let problem = if rest.len() > MAX_LINE_BYTES {
                TOO_LONG
            } else {
                "the file ends before the CR LF of this record"
            };
            return Err(line(window).error(None, offset + window.len(), problem));
        };
        match window[..end].strip_suffix(b"\r") {
            Some(bytes) => Ok(line(bytes)),
            None => Err(line(&window[..end]).error(
                None,
                offset + end,
                "the record ends in LF without CR",
            )),
        }
    }

    fn parse(&self) -> Result<Line, ClaimError> {
        if self.bytes.iter().filter(|&&byte| byte == b',').count() > MAX_FIELDS {
            return Err(self.error(None, self.offset, TOO_MANY_FIELDS));
        }
        // No control byte can be the second byte of a character, so bytes can be looked at.
        if let Some(at) = self.bytes.iter().position(u8::is_ascii_control) {
            return Err(self.error_at(at, "a control character stands inside the record"));
        }
        let text = decode(self.bytes).map_err(|(at, problem)| self.error_at(at, problem))?;
        let mut parts = text.split(',').map(str::to_owned);
        let id = parts.next().filter(|id| is_record_id(id.as_bytes()));
        let id = id.ok_or_else(|| self.error(None, self.offset, NO_ID))?;
        let record = Record { id, fields: parts.collect() };
        Ok(Line { number: self.number, offset: self.offset, record })
    }

    fn error_at(&self, at: usize, problem: &str) -> ClaimError {
        let commas = self.bytes.iter().take(at).filter(|&&byte| byte == b',').count();
        self.error(Some(commas + 1), self.offset + at, problem)
    }

    fn error(&self, field: Option<usize>, byte: usize, problem: &str) -> ClaimError {
        let id = self.bytes.get(..2).filter(|id| is_record_id(id)).unwrap_or_default();
        ClaimError {
            line: self.number,
            record: id.iter().copied().map(char::from).collect(),
            field,
            byte,
            problem: problem.to_owned(),
        }
    }
}

fn is_record_id(id: &[u8]) -> bool {
    id.len() == 2 && id.iter().all(u8::is_ascii_uppercase)
}

/// The text of Shift_JIS bytes, or the position of the first byte at fault.
fn decode(bytes: &[u8]) -> Result<String, (usize, &'static str)> {
    let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if let DecoderResult::Malformed(bad, after) = result {
        let at = read.saturating_sub(usize::from(bad) + usize::from(after));
        return Err((at, "the bytes are not Shift_JIS"));
    }
    // Some characters have two codes. Taking only the one that is written keeps reading and
    // writing exact; it also turns away characters private to one vendor (外字).
    let (again, _, _) = SHIFT_JIS.encode(&text);
    if *again == *bytes {
        return Ok(text);
    }
    let at = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
    Err((at, "the bytes are not the standard Shift_JIS code of a character"))
}

/// The Shift_JIS bytes of a field, or why it has none.
fn encode(field: &str) -> Result<Vec<u8>, &'static str> {
    if field.contains(',') {
        return Err("a field cannot hold a comma");
    }
    if field.contains(|c: char| c.is_ascii_control()) {
        return Err("a field cannot hold a control character such as CR or LF");
    }
    let (bytes, _, _) = SHIFT_JIS.encode(field);
    // Reading back also finds the characters the encoder replaces by similar ones, such as
    // the yen sign by the backslash.
    match decode(&bytes) {
        Ok(text) if text == field => Ok(bytes.into_owned()),
        _ => Err("the field has a character that Shift_JIS cannot hold"),
    }
}
