//! What the fields of the records are made of, and how each stands in the file.

use std::ops::Deref;

use jiff::civil::Date;
use serde::Serialize;

use super::error::Problem;
use super::items::Items;
use super::layout::Field;
use super::out::Out;
use super::{Confirmation, DAYS, DayMark, Outcome, ReviewBody, Sex, Text};
use crate::calendar::{Month, date_from_compact};
use crate::ids::{
    BranchNumber, InsuredNumber, InsuredSymbol, InsurerNumber, PayerNumber, RecipientNumber,
};

const NOT_A_DECIMAL: Problem = (
    "余分な零のない数字（小数点可）ではありません",
    "the item is not a plain number, with or without a decimal point",
);
const NOT_PAIRS: Problem =
    ("2桁のコードの並びではありません", "the item is not a row of two-digit codes");
pub(super) const NOT_COLUMNS: Problem = (
    "保険者番号が8桁に右詰めされていません",
    "the insurer number is not right aligned in 8 columns",
);
const ZERO_DAY: Problem =
    ("算定しない日は空でなければなりません", "a day without the service stays empty");

/// A quantity as it is written: a plain number that may have a decimal point, such as `1.5`.
/// The file's own digits are kept, so `1.50` stays `1.50`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(transparent)]
pub struct Quantity(Text);

impl Quantity {
    /// Reads a plain number; `None` for anything else, padding and signs included.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let plain = digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0'));
        plain.then(|| Self(text.into()))
    }

    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<u32> for Quantity {
    fn from(number: u32) -> Self {
        Self(compact_str::ToCompactString::to_compact_string(&number))
    }
}

/// Values that have `N` places in the record, in their order. Those without a value behind the
/// last one are left away here and written as empty items.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Slots<T, const N: usize>(Vec<T>);

impl<T, const N: usize> Default for Slots<T, N> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default + PartialEq, const N: usize> From<Vec<T>> for Slots<T, N> {
    fn from(mut values: Vec<T>) -> Self {
        let empty = T::default();
        while values.last() == Some(&empty) {
            values.pop();
        }
        Self(values)
    }
}

impl<T: Default + PartialEq, const N: usize> FromIterator<T> for Slots<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        values.into_iter().collect::<Vec<_>>().into()
    }
}

impl<T, const N: usize> Deref for Slots<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Field + Default + PartialEq, const N: usize> Field for Slots<T, N> {
    fn read(items: &mut Items<'_, '_>) -> Self {
        let (mut values, mut empty) = (Vec::new(), 0);
        for _ in 0..N {
            let value = T::read(items);
            if value == T::default() {
                empty += 1;
            } else {
                values.extend(std::iter::repeat_with(T::default).take(empty));
                values.push(value);
                empty = 0;
            }
        }
        Self(values)
    }

    fn write(&self, out: &mut Out) {
        if self.len() > N {
            out.too_many();
        }
        self.iter().take(N).for_each(|value| value.write(out));
        let empty = T::default();
        (self.len()..N).for_each(|_| empty.write(out));
    }
}

/// A [`Field`] that is read and written by two expressions.
macro_rules! field {
    ($type:ty, $items:ident => $read:expr, $value:ident $out:ident => $write:expr) => {
        impl Field for $type {
            fn read($items: &mut Items<'_, '_>) -> Self {
                $read
            }
            fn write(&self, $out: &mut Out) {
                let $value = self;
                $write
            }
        }
    };
}

macro_rules! fields {
    (numbers $($type:ty)+) => { $(
        field!($type, items => items.number(), value out => out.number(value));
        field!(Option<$type>, items => items.optional_number(), value out => match value {
            Some(value) => out.number(value),
            None => out.empty(1),
        });
    )+ };
    (codes $($type:ty = $default:expr;)+) => { $(
        field!($type, items => items.code(<$type>::from_code).unwrap_or($default),
            value out => out.ascii(value.code()));
    )+ };
    (ids $($type:ty)+) => { $(
        field!($type, items => Self(items.text().into()), value out => out.text(value.as_str()));
    )+ };
}

fields!(numbers u8 u16 u32 u64);
fields!(codes
    ReviewBody = Self::Siif;
    Sex = Self::Male;
    Confirmation = Self::Unconfirmed;
    Outcome = Self::Continuing;
    DayMark = Self::None;
);
fields!(ids PayerNumber RecipientNumber InsuredSymbol InsuredNumber BranchNumber);

field!(Text, items => items.text(), value out => out.text(value));
field!(Option<Quantity>, items => items.optional(NOT_A_DECIMAL, Quantity::parse),
    value out => out.ascii(value.as_ref().map_or("", Quantity::as_str)));
field!(Option<Outcome>, items => items.optional_code(Outcome::from_code),
    value out => out.ascii(value.map_or("", Outcome::code)));
field!(Month, items => items.month(month).unwrap_or(Month::of(Date::ZERO)),
value out => {
    let first = value.first();
    out.number(format_args!("{:04}{:02}", first.year(), first.month()));
});
field!(Date, items => items.date().unwrap_or(Date::ZERO), value out => date(*value, out));
field!(Option<Date>, items => items.optional_date(), value out => match value {
    Some(value) => date(*value, out),
    None => out.empty(1),
});
// 主傷病: `01` for the main one.
field!(bool, items => items.optional_code(|code| (code == "01").then_some(true)).unwrap_or(false),
    value out => out.ascii(if *value { "01" } else { "" }));
// 特記事項: codes of two digits, joined.
field!(Vec<Text>, items => items.optional(NOT_PAIRS, pairs).unwrap_or_default(),
    value out => out.text(&value.concat()));
// 保険者番号: right aligned in 8 columns, filled with spaces (ELIG-050).
field!(InsurerNumber, items => items.required(NOT_COLUMNS, insurer).unwrap_or_default(),
    value out => out.text(&value.padded(' ')));
field!(Option<InsurerNumber>, items => items.optional(NOT_COLUMNS, insurer),
value out => match value {
    Some(value) => out.text(&value.padded(' ')),
    None => out.empty(1),
});
field!([DayMark; DAYS], items => std::array::from_fn(|_| Field::read(items)),
    value out => value.iter().for_each(|mark| mark.write(out)));
// 算定日情報: how often on each day; a day without the service is empty, and not zero.
field!([u16; DAYS], items => std::array::from_fn(|_| match items.optional_number() {
    Some(0) => { items.problem(ZERO_DAY); 0 }
    count => count.unwrap_or(0),
}),
value out => value.iter().for_each(|&count| match count {
    0 => out.empty(1),
    count => out.number(count),
}));

fn date(date: Date, out: &mut Out) {
    out.number(format_args!("{:04}{:02}{:02}", date.year(), date.month(), date.day()));
}

fn month(text: &str) -> Option<Month> {
    let whole = text.len() == 6;
    whole.then(|| date_from_compact(&format!("{text}01"))).flatten().map(Month::of)
}

fn pairs(text: &str) -> Option<Vec<Text>> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let pair = |at: usize| text.get(at..at + 2).map(Text::from);
    if digits { (0..text.len()).step_by(2).map(pair).collect() } else { None }
}

fn insurer(text: &str) -> Option<InsurerNumber> {
    let insurer = InsurerNumber::from_columns(text);
    (text.len() == 8 && insurer.padded(' ') == text).then_some(insurer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uke::items::plain_number;

    #[test]
    fn a_quantity_is_a_plain_number_as_it_was_written() {
        for text in ["0", "1", "1.5", "0.25", "1.50", "12345.12345"] {
            assert_eq!(Quantity::parse(text).unwrap().as_str(), text);
        }
        for text in ["", ".", "1.", ".5", "01", "00.5", "-1", "+1", "1e3", "1.5.2", "１"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
        assert_eq!(Quantity::from(28).as_str(), "28");
        assert_eq!(plain_number::<u8>("256"), None);
    }

    #[test]
    fn places_behind_the_last_value_are_left_away() {
        let slots: Slots<Text, 3> = vec!["".into(), "a".into(), "".into()].into();
        assert_eq!(&slots[..], ["", "a"]);
    }
}
