//! Reads the items of one record as the types they stand for.

use std::str::FromStr;

use jiff::civil::Date;

use super::layout::Layout;
use super::{ClaimError, Line};
use crate::calendar::{Month, compact, date_from_compact};
use crate::era::EraDate;
use crate::ids::InsurerNumber;

/// A record whose shape has been checked; items are numbered as in the specification.
pub(super) struct Items<'a> {
    line: &'a Line,
}

impl<'a> Items<'a> {
    /// The items of `line`, if it has the id and number of items of `layout` and nothing
    /// in the items that have no place in the types.
    pub fn new(line: &'a Line, layout: &Layout) -> Result<Self, ClaimError> {
        let record = &line.record;
        if record.id != layout.id {
            return Err(error(line, None, format!("an {} record must stand here", layout.id)));
        }
        let found = record.fields.len() + 1;
        if found != layout.items {
            let problem = format!("the record has {found} items but must have {}", layout.items);
            return Err(error(line, None, problem));
        }
        let items = Self { line };
        for item in layout.blank.iter().cloned().flatten() {
            if !items.text(item).is_empty() {
                return Err(items.error(item, "this item is not supported and must be empty"));
            }
        }
        Ok(items)
    }

    /// The item as text.
    pub fn text(&self, item: usize) -> &'a str {
        // The layout has been checked, so an item that is not there is a slip in this module;
        // it reads as empty.
        self.line.record.fields.get(item.wrapping_sub(2)).map_or("", String::as_str)
    }

    /// The item as owned text.
    pub fn string(&self, item: usize) -> String {
        self.text(item).to_owned()
    }

    /// Nothing, if the item is exactly `text`.
    pub fn fixed(&self, item: usize, text: &str) -> Result<(), ClaimError> {
        if self.text(item) == text {
            return Ok(());
        }
        Err(self.error(item, &format!("the item must be {text}")))
    }

    /// A plain decimal without padding (CLM-062).
    pub fn number<T: FromStr>(&self, item: usize) -> Result<T, ClaimError> {
        let text = self.text(item);
        let plain = text.bytes().all(|byte| byte.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'));
        let number = if plain { text.parse().ok() } else { None };
        number.ok_or_else(|| self.error(item, "the item is not a plain number in range"))
    }

    /// A plain decimal, or nothing.
    pub fn optional_number<T: FromStr>(&self, item: usize) -> Result<Option<T>, ClaimError> {
        if self.text(item).is_empty() { Ok(None) } else { self.number(item).map(Some) }
    }

    /// `YYYYMMDD` (CLM-061).
    pub fn date(&self, item: usize) -> Result<Date, ClaimError> {
        let text = self.text(item);
        date_from_compact(text).ok_or_else(|| {
            // Older files wrote the era, in seven digits.
            let era = EraDate::from_digits(text);
            let era = era.map(|d| format!("; {d} is written {}", compact(d.date())));
            let problem = "the item is not a date written YYYYMMDD";
            self.error(item, &format!("{problem}{}", era.unwrap_or_default()))
        })
    }

    /// `YYYYMM` (CLM-061).
    pub fn month(&self, item: usize) -> Result<Month, ClaimError> {
        date_from_compact(&format!("{}01", self.text(item)))
            .map(Month::of)
            .ok_or_else(|| self.error(item, "the item is not a month written YYYYMM"))
    }

    /// A code, looked up by `from_code`.
    pub fn code<T>(
        &self,
        item: usize,
        from_code: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ClaimError> {
        from_code(self.text(item))
            .ok_or_else(|| self.error(item, "the item is not one of its published codes"))
    }

    /// 保険者番号: right aligned in 8 columns, filled with spaces (ELIG-050).
    pub fn insurer(&self, item: usize) -> Result<InsurerNumber, ClaimError> {
        let text = self.text(item);
        let insurer = InsurerNumber::from_columns(text);
        if text.len() == 8 && insurer.padded(' ') == text {
            return Ok(insurer);
        }
        Err(self.error(item, "the insurer number is not right aligned in 8 columns"))
    }

    /// Codes of two digits each, joined.
    pub fn pairs(&self, item: usize) -> Result<Vec<String>, ClaimError> {
        let bytes = self.text(item).as_bytes();
        if !bytes.len().is_multiple_of(2) || !bytes.iter().all(u8::is_ascii_digit) {
            return Err(self.error(item, "the item is not a row of two-digit codes"));
        }
        let code = |pair: &[u8]| pair.iter().copied().map(char::from).collect();
        Ok(bytes.chunks(2).map(code).collect())
    }

    /// An error about one item.
    pub fn error(&self, item: usize, problem: &str) -> ClaimError {
        error(self.line, Some(item), problem.to_owned())
    }
}

/// An error about a record, or one item of it.
pub(super) fn error(line: &Line, field: Option<usize>, problem: String) -> ClaimError {
    let record = line.record.id.clone();
    ClaimError { line: line.number, record, field, byte: line.offset, problem }
}
