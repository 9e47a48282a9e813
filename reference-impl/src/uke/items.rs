//! Reads the items of one record, one after the other.

use std::str::FromStr;

use jiff::civil::Date;

use super::error::{Faults, FormRule, Problem};
use super::fields::NOT_COLUMNS;
use super::lines::{Line, decode};
use super::spec::RecordSpec;
use super::{ClaimError, Text};
use crate::calendar::compact;
use crate::era::EraDate;
use crate::lang::Bilingual;

pub(super) const NOT_A_NUMBER: Problem =
    ("余分な零のない範囲内の数字ではありません", "the item is not a plain number in range");
const NOT_A_CODE: Problem =
    ("公表されたコードではありません", "the item is not one of its published codes");
const NOT_A_MONTH: Problem =
    ("YYYYMMの年月ではありません", "the item is not a month written YYYYMM");
const NOT_EMPTY: Problem = ("この項目は空でなければなりません", "the item must stay empty");

/// The items of a record.
pub(super) struct Items<'a, 'f> {
    line: Line<'a>,
    spec: Option<&'static RecordSpec>,
    rest: Option<&'a [u8]>,
    /// The number of the item read last, and where it starts in the record.
    item: usize,
    start: usize,
    faults: &'f mut Faults,
}

impl<'a, 'f> Items<'a, 'f> {
    pub fn of(line: Line<'a>, faults: &'f mut Faults) -> Self {
        let rest = line.bytes.get(3..);
        Self { line, spec: None, rest, item: 1, start: 0, faults }
    }

    /// Whether the record has as many items as it must.
    pub fn begin(&mut self, spec: &'static RecordSpec) -> bool {
        self.spec = Some(spec);
        let found = memchr::memchr_iter(b',', self.line.bytes).count() + 1;
        if found == spec.items {
            return true;
        }
        let must = spec.items;
        let ja = format!("項目が{found}個ですが、{must}個でなければなりません");
        let en = format!("the record has {found} items but must have {must}");
        self.faults.push(self.line.at().error(Bilingual::new(ja, en)));
        false
    }

    /// The bytes of the next item.
    fn next(&mut self) -> &'a [u8] {
        self.item += 1;
        let Some(rest) = self.rest else { return &[] };
        self.start = self.line.bytes.len() - rest.len();
        // Most items of most records are empty.
        if let [b',', behind @ ..] = rest {
            self.rest = Some(behind);
            return &[];
        }
        match rest.iter().position(|&byte| byte == b',') {
            Some(comma) => {
                self.rest = rest.get(comma + 1..);
                rest.get(..comma).unwrap_or_default()
            }
            None => {
                self.rest = None;
                rest
            }
        }
    }

    /// The next item as text.
    pub fn text(&mut self) -> Text {
        let bytes = self.next();
        if bytes.is_empty() {
            return Text::default();
        }
        match std::str::from_utf8(bytes) {
            Ok(text) if bytes.is_ascii() => Text::from(text),
            _ => self.decoded(bytes).into(),
        }
    }

    fn decoded(&mut self, bytes: &[u8]) -> String {
        decode(bytes).unwrap_or_else(|(at, problem)| {
            let byte = self.line.offset + self.start + at;
            let error = self.error(problem).under(FormRule::Bytes);
            self.faults.push(ClaimError { byte, ..error });
            String::new()
        })
    }

    /// The next item if it is ASCII, else an empty text.
    fn ascii(&mut self) -> &'a str {
        let bytes = self.next();
        if bytes.is_empty() {
            return "";
        }
        std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii()).unwrap_or("\u{FFFD}")
    }

    /// Notes a fault unless the next item is exactly `text`.
    pub fn fixed(&mut self, text: &str) {
        if self.next() != text.as_bytes() {
            let ja = format!("この項目は「{text}」でなければなりません");
            self.fault(FormRule::Items, Bilingual::new(ja, format!("the item must be {text}")));
        }
    }

    /// Notes a fault for each of the next `count` items that is not empty.
    pub fn reserved(&mut self, count: usize) {
        for _ in 0..count {
            if !self.next().is_empty() {
                self.problem(NOT_EMPTY);
            }
        }
    }

    /// A plain decimal without padding (CLM-062), or nothing.
    pub fn optional_number<T: FromStr>(&mut self) -> Option<T> {
        let text = self.ascii();
        if text.is_empty() { None } else { self.parsed(text, NOT_A_NUMBER, plain_number) }
    }

    /// A plain decimal without padding.
    pub fn number<T: FromStr + Default>(&mut self) -> T {
        let text = self.ascii();
        self.parsed(text, NOT_A_NUMBER, plain_number).unwrap_or_default()
    }

    /// A text with a form of its own, or nothing.
    pub fn optional<T>(&mut self, problem: Problem, parse: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.ascii();
        if text.is_empty() { None } else { self.parsed(text, problem, parse) }
    }

    /// A text with a form of its own.
    pub fn required<T>(&mut self, problem: Problem, parse: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.ascii();
        self.parsed(text, problem, parse)
    }

    /// A published code.
    pub fn code<T>(&mut self, parse: fn(&str) -> Option<T>) -> Option<T> {
        self.required(NOT_A_CODE, parse)
    }

    /// A published code, or nothing.
    pub fn optional_code<T>(&mut self, parse: fn(&str) -> Option<T>) -> Option<T> {
        self.optional(NOT_A_CODE, parse)
    }

    /// `YYYYMM` (CLM-061).
    pub fn month<T>(&mut self, parse: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.ascii();
        let month = parse(text);
        if month.is_none() {
            self.no_date(text, NOT_A_MONTH, |text| EraDate::from_digits(&format!("{text}01")), 6);
        }
        month
    }

    /// `YYYYMMDD` (CLM-061), or nothing.
    pub fn optional_date(&mut self) -> Option<Date> {
        let text = self.ascii();
        if text.is_empty() { None } else { self.dated(text) }
    }

    /// `YYYYMMDD` (CLM-061).
    pub fn date(&mut self) -> Option<Date> {
        let text = self.ascii();
        self.dated(text)
    }

    fn dated(&mut self, text: &str) -> Option<Date> {
        let date = plain_date(text);
        if date.is_none() {
            const NOT_A_DATE: Problem =
                ("YYYYMMDDの年月日ではありません", "the item is not a date written YYYYMMDD");
            self.no_date(text, NOT_A_DATE, EraDate::from_digits, 8);
        }
        date
    }

    /// Older files wrote the era (元号) and its year; how that is written today is told.
    fn no_date(
        &mut self,
        text: &str,
        (ja, en): Problem,
        read: impl Fn(&str) -> Option<EraDate>,
        digits: usize,
    ) {
        let (mut ja, mut en) = (ja.to_owned(), en.to_owned());
        if let Some(era) = read(text) {
            let today = compact(era.date());
            let today = today.get(..digits).unwrap_or_default();
            let era = era.to_string();
            let era = if digits == 6 { era.trim_end_matches("1日") } else { &era };
            ja = format!("{ja}。和暦の{era}は{today}と書きます");
            en = format!("{en}; {era} is written {today}");
        }
        self.fault(FormRule::Dates, Bilingual::new(ja, en));
    }

    fn parsed<T>(
        &mut self,
        text: &str,
        problem: Problem,
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = parse(text);
        if value.is_none() {
            self.problem(problem);
        }
        value
    }

    /// Notes a fault of the item read last.
    pub fn problem(&mut self, problem: Problem) {
        let error = self.error(problem);
        self.faults.push(error);
    }

    fn fault(&mut self, rule: FormRule, problem: Bilingual) {
        let error = ClaimError { problem, ..self.error(("", "")) };
        self.faults.push(error.under(rule));
    }

    fn error(&self, (ja, en): Problem) -> ClaimError {
        let byte = self.line.offset + self.start;
        let error = self.line.at().error(Bilingual::new(ja, en));
        // No other item has columns.
        let rule = if (ja, en) == NOT_COLUMNS { FormRule::Columns } else { error.rule };
        ClaimError { rule, item: Some(self.item), spec: self.spec, byte, ..error }
    }
}

/// A plain decimal without padding.
pub(super) fn plain_number<T: FromStr>(text: &str) -> Option<T> {
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

/// A date of eight digits.
fn plain_date(text: &str) -> Option<Date> {
    let &[a, b, c, d, e, f, g, h] = text.as_bytes() else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let year = digit(a)? * 1000 + digit(b)? * 100 + digit(c)? * 10 + digit(d)?;
    let pair = |tens, ones| i8::try_from(digit(tens)? * 10 + digit(ones)?).ok();
    Date::new(year, pair(e, f)?, pair(g, h)?).ok()
}
