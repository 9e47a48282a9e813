//! Writes the items of records straight into the bytes of the file.

use std::io::Write;

use encoding_rs::SHIFT_JIS;

use super::ClaimError;
use super::error::{At, Problem};
use super::lines::{MAX_ITEMS, MAX_LINE_BYTES, TOO_LONG, TOO_MANY_ITEMS, decode};
use super::spec::RecordSpec;
use crate::lang::Bilingual;

const COMMA: Problem = ("項目にコンマは書けません", "an item cannot hold a comma");
const CONTROL: Problem = (
    "項目に改行などの制御文字は書けません",
    "an item cannot hold a control character such as CR or LF",
);
const NOT_SHIFT_JIS: Problem =
    ("Shift_JISで表せない文字があります", "the item has a character that Shift_JIS cannot hold");
const TOO_MANY_VALUES: Problem =
    ("値が項目の数より多くあります", "there are more values than items for them");

/// The bytes of a file as it grows, and the first thing that could not be written.
#[derive(Default)]
pub(super) struct Out {
    bytes: Vec<u8>,
    /// The record being written, from 1, and where it starts.
    line: usize,
    start: usize,
    item: usize,
    spec: Option<&'static RecordSpec>,
    fault: Option<ClaimError>,
}

impl Out {
    /// Starts a record of a known kind.
    pub fn begin(&mut self, spec: &'static RecordSpec) {
        self.spec = Some(spec);
        self.start_line(spec.id);
    }

    /// Starts a record of any kind.
    pub fn begin_raw(&mut self, id: &str) {
        self.spec = None;
        self.start_line(id);
    }

    fn start_line(&mut self, id: &str) {
        (self.line, self.start, self.item) = (self.line + 1, self.bytes.len(), 1);
        self.bytes.extend_from_slice(id.as_bytes());
    }

    /// Ends the record.
    pub fn end(&mut self) {
        if self.bytes.len() - self.start > MAX_LINE_BYTES {
            self.fault(None, TOO_LONG);
        }
        if self.item - 1 > MAX_ITEMS {
            self.fault(None, TOO_MANY_ITEMS);
        }
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// An item of ASCII without comma and control characters.
    pub fn ascii(&mut self, text: &str) {
        self.next();
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A whole number.
    pub fn number(&mut self, number: impl std::fmt::Display) {
        self.next();
        // Writing into memory cannot fail.
        let _ = write!(self.bytes, "{number}");
    }

    /// Empty items.
    pub fn empty(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    /// An item of any text.
    pub fn text(&mut self, text: &str) {
        self.next();
        if text.contains(',') {
            self.fault(Some(self.item), COMMA);
        } else if text.bytes().any(|byte| byte.is_ascii_control()) {
            self.fault(Some(self.item), CONTROL);
        } else if text.is_ascii() {
            self.bytes.extend_from_slice(text.as_bytes());
        } else {
            let (bytes, _, _) = SHIFT_JIS.encode(text);
            self.bytes.extend_from_slice(&bytes);
            // Reading back also finds the characters the encoder replaces by similar ones, such
            // as the yen sign by the backslash.
            if decode(&bytes).as_deref() != Ok(text) {
                self.fault(Some(self.item), NOT_SHIFT_JIS);
            }
        }
    }

    /// Notes that a list is longer than the record has room for.
    pub fn too_many(&mut self) {
        self.fault(Some(self.item), TOO_MANY_VALUES);
    }

    fn next(&mut self) {
        self.item += 1;
        self.bytes.push(b',');
    }

    fn fault(&mut self, item: Option<usize>, problem: Problem) {
        let error = self.error(problem);
        let byte = if item.is_some() { self.bytes.len() } else { error.byte };
        self.refuse(ClaimError { item, spec: self.spec, byte, ..error });
    }

    /// An error about the record written last.
    pub fn error(&self, (ja, en): Problem) -> ClaimError {
        let id = self.bytes.get(self.start..self.start + 2).and_then(|id| id.try_into().ok());
        At { line: self.line, byte: self.start, id }.error(Bilingual::new(ja, en))
    }

    /// Notes that the record written last has no place here.
    pub fn refuse_now(&mut self, problem: Problem) {
        let error = self.error(problem);
        self.refuse(error);
    }

    /// Notes what could not be written; the first time counts.
    pub fn refuse(&mut self, error: ClaimError) {
        self.fault.get_or_insert(error);
    }

    /// How many records and bytes there are.
    pub fn written(&self) -> (usize, usize) {
        (self.line, self.bytes.len())
    }

    /// The bytes from `start`.
    pub fn since(&self, start: usize) -> &[u8] {
        self.bytes.get(start..).unwrap_or_default()
    }

    /// What could not be written so far.
    pub fn failed(&self) -> Option<&ClaimError> {
        self.fault.as_ref()
    }

    /// One byte behind all records.
    pub fn mark(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// The bytes, if everything could be written.
    pub fn into_bytes(self) -> Result<Vec<u8>, ClaimError> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.bytes),
        }
    }
}
