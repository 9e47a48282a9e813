//! Civil dates and times in Japan Standard Time, and the date arithmetic of the register.
//!
//! GEN-001: every date and time is JST, which has no daylight saving, so a civil date and
//! time *is* the instant and no time zone database is needed.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lang::Bilingual;

/// A moment in JST, in microseconds since 1970-01-01T00:00:00 JST.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Jst(i64);

/// A length of time in microseconds; never negative where a party uses it.
pub type Micros = i64;

/// One second in [`Micros`].
pub const SECOND: Micros = 1_000_000;
/// One minute in [`Micros`].
pub const MINUTE: Micros = 60 * SECOND;
/// One hour in [`Micros`].
pub const HOUR: Micros = 60 * MINUTE;
/// One day in [`Micros`].
pub const DAY: Micros = 24 * HOUR;

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

impl Jst {
    /// The moment `micros` microseconds after 1970-01-01T00:00:00 JST.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00 JST.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The moment a civil date and time names.
    pub fn from_datetime(at: DateTime) -> Self {
        let span = at.duration_since(EPOCH);
        Self(i64::try_from(span.as_micros()).unwrap_or(i64::MAX))
    }

    /// 00:00:00 of `date` (GEN-002: a rule "from day D" applies from here).
    pub fn start_of(date: Date) -> Self {
        Self::from_datetime(date.to_datetime(Time::midnight()))
    }

    /// The civil date and time of this moment.
    pub fn datetime(self) -> DateTime {
        // A moment out of jiff's range can only come from arithmetic on a plan's limits;
        // it saturates, and the run's limits end the run long before.
        EPOCH.checked_add(Span::new().microseconds(self.0)).unwrap_or(if self.0 < 0 {
            DateTime::MIN
        } else {
            DateTime::MAX
        })
    }

    /// The civil date of this moment.
    pub fn date(self) -> Date {
        self.datetime().date()
    }

    /// This moment, `micros` later (earlier if negative), saturating.
    pub fn plus(self, micros: Micros) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to this moment.
    pub fn since(self, earlier: Self) -> Micros {
        self.0.saturating_sub(earlier.0)
    }

    /// The start of the second this moment lies in. The interface's times have a
    /// resolution of one second, so windows are counted from here.
    pub fn to_second(self) -> Self {
        Self(self.0 - self.0.rem_euclid(SECOND))
    }

    /// `YYYYMMDDHHmmss`, as the interface writes date-times.
    pub fn compact(self) -> String {
        let t = self.datetime();
        format!("{}{:02}{:02}{:02}", compact(t.date()), t.hour(), t.minute(), t.second())
    }

    /// Reads `YYYYMMDDHHmmss`.
    pub fn from_compact(text: &str) -> Option<Self> {
        if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let date = date_from_compact(text.get(..8)?)?;
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i8>().ok();
        let time = Time::new(part(8..10)?, part(10..12)?, part(12..14)?, 0).ok()?;
        Some(Self::from_datetime(date.to_datetime(time)))
    }
}

impl fmt::Display for Jst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.datetime().fmt(f)
    }
}

impl FromStr for Jst {
    type Err = Bilingual;

    /// Reads `2024-12-01T10:00`, with seconds if wanted, or a bare date (its first moment).
    fn from_str(text: &str) -> Result<Self, Bilingual> {
        if let Ok(at) = text.parse::<DateTime>() {
            return Ok(Self::from_datetime(at));
        }
        text.parse::<Date>().map(Self::start_of).map_err(|_| {
            Bilingual::new(
                format!(
                    "`{text}` は日本時間の日時ではありません。2024-12-01T10:00 のように書きます"
                ),
                format!("`{text}` is not a date and time in JST: write it like 2024-12-01T10:00"),
            )
        })
    }
}

impl Serialize for Jst {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Text for people, the bare number for the compact form that is hashed.
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_i64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Jst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, str::parse)
    }
}

/// Says that `text` is no date, and how one is written.
pub fn no_date(text: &str) -> Bilingual {
    Bilingual::new(
        format!("`{text}` は暦にある日付ではありません。2024-12-01 のように書きます"),
        format!("`{text}` is not a date of the calendar: write it like 2024-12-01"),
    )
}

/// Reads a text that a file holds. The mistake is raised while the reader of the file still
/// stands at the text, so that it is told there and not at what surrounds it.
fn read_text<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    read: fn(&str) -> Result<T, Bilingual>,
) -> Result<T, D::Error> {
    struct Text<T>(fn(&str) -> Result<T, Bilingual>);
    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.0)(text).map_err(|problem| E::custom(problem.to_one_string()))
        }
    }
    deserializer.deserialize_str(Text(read))
}

/// A date as files hold it.
#[derive(Deserialize)]
struct Day(#[serde(deserialize_with = "read_date")] Date);

/// For `#[serde(deserialize_with)]`: a date whose mistakes are told in both languages.
///
/// # Errors
/// The text is no date.
pub fn read_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    read_text(deserializer, |text| text.parse().map_err(|_| no_date(text)))
}

/// Reads dates as a person writes them, in a list.
///
/// # Errors
/// One of them is no date.
pub fn read_dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Date>, D::Error> {
    let days = Vec::<Day>::deserialize(deserializer)?;
    Ok(days.into_iter().map(|day| day.0).collect())
}

/// The same for a date that may be missing; it needs `#[serde(default)]` beside it.
///
/// # Errors
/// The text is no date.
pub fn read_some_date<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Date>, D::Error> {
    Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
}

/// `YYYYMMDD`.
pub fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Reads `YYYYMMDD`.
pub fn date_from_compact(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

/// `date` moved by `months`, clamped to the last day of a shorter month (GEN-004), and to the
/// ends of the calendar.
pub fn add_months(date: Date, months: i32) -> Date {
    moved(date, Span::new().try_months(months), months < 0)
}

/// `date` moved by a span; one that no calendar holds leads to its first or last day.
fn moved(date: Date, by: Result<Span, jiff::Error>, backwards: bool) -> Date {
    let end = if backwards { Date::MIN } else { Date::MAX };
    by.map_or(end, |by| date.saturating_add(by))
}

/// The last day of the month `months` after the month of `date` (GEN-005).
pub fn end_of_month_after(date: Date, months: i32) -> Date {
    add_months(date.first_of_month(), months).last_of_month()
}

/// The day after `date`.
pub fn day_after(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}

/// The day before `date`.
pub fn day_before(date: Date) -> Date {
    date.yesterday().unwrap_or(Date::MIN)
}

/// The day on which a person born on `born` reaches `age`: the day before the birthday,
/// at 24:00 (GEN-006, 年齢計算ニ関スル法律). A person born on 29 February reaches an age
/// on 28 February in every year (GEN-007).
pub fn age_reached_on(born: Date, age: i16) -> Date {
    // 29 February plus years is clamped to 28 February outside leap years, which is
    // already the day on which the age is reached.
    let there = Date::new(born.year().saturating_add(age), born.month(), born.day());
    let birthday = there.unwrap_or_else(|_| moved(born, Span::new().try_years(age), age < 0));
    if birthday.day() == born.day() { day_before(birthday) } else { birthday }
}

/// The birthday on which a status that starts "on the birthday" starts (GEN-007:
/// 1 March in a common year for a person born on 29 February).
pub fn birthday(born: Date, age: i16) -> Date {
    day_after(age_reached_on(born, age))
}

/// `YYYYMM`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month(Date);

impl Month {
    /// The month `date` lies in.
    pub fn of(date: Date) -> Self {
        Self(date.first_of_month())
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.0
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// The month `months` later; the first or last one of the calendar, if there is none.
    pub fn plus(self, months: i32) -> Self {
        let index = i32::from(self.0.year()) * 12 + i32::from(self.0.month()) - 1;
        let index = index.saturating_add(months);
        let year = i16::try_from(index.div_euclid(12)).ok();
        let month = i8::try_from(index.rem_euclid(12) + 1).ok();
        let first = year.zip(month).and_then(|(year, month)| Date::new(year, month, 1).ok());
        first.map_or_else(|| Self::of(add_months(self.0, months)), Self)
    }

    /// `YYYYMM`, as claim files write months.
    pub fn compact(self) -> String {
        format!("{:04}{:02}", self.0.year(), self.0.month())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = Bilingual;

    fn from_str(text: &str) -> Result<Self, Bilingual> {
        let shape = text.len() == 7 && text.as_bytes()[4] == b'-';
        let date = shape.then(|| format!("{text}-01").parse::<Date>().ok()).flatten();
        date.map(Self).ok_or_else(|| {
            Bilingual::new(
                format!("`{text}` は月ではありません。2025-06 のように書きます"),
                format!("`{text}` is not a month: write it like 2025-06"),
            )
        })
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, str::parse)
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn three_months_before_clamps_to_the_last_day_of_february() {
        assert_eq!(add_months(date(2025, 5, 31), -3), date(2025, 2, 28));
        assert_eq!(add_months(date(2024, 5, 31), -3), date(2024, 2, 29));
    }

    #[test]
    fn a_period_counted_from_the_month_end_ends_on_a_month_end() {
        assert_eq!(end_of_month_after(date(2024, 12, 1), 3), date(2025, 3, 31));
        assert_eq!(end_of_month_after(date(2027, 11, 30), 3), date(2028, 2, 29));
    }

    #[test]
    fn an_age_is_reached_on_the_day_before_the_birthday() {
        assert_eq!(age_reached_on(date(1955, 5, 1), 70), date(2025, 4, 30));
        assert_eq!(age_reached_on(date(1950, 4, 15), 75), date(2025, 4, 14));
        assert_eq!(age_reached_on(date(2000, 2, 29), 25), date(2025, 2, 28));
        assert_eq!(age_reached_on(date(2000, 2, 29), 24), date(2024, 2, 28));
        assert_eq!(birthday(date(2000, 2, 29), 25), date(2025, 3, 1));
        assert_eq!(birthday(date(2000, 2, 29), 24), date(2024, 2, 29));
    }

    #[test]
    fn utc_afternoon_is_already_the_next_day_in_japan() {
        // GEN-001: 2024-12-01T15:00Z. The difference to JST is nine hours.
        let utc: Jst = "2024-12-01T15:00".parse().unwrap();
        assert_eq!(utc.plus(9 * HOUR).date(), date(2024, 12, 2));
    }

    proptest! {
        #[test]
        fn compact_times_read_back(seconds in -2_000_000_000i64..4_000_000_000) {
            let at = Jst::from_micros(seconds * SECOND);
            prop_assert_eq!(Jst::from_compact(&at.compact()), Some(at));
            prop_assert_eq!(at.to_string().parse::<Jst>(), Ok(at));
        }

        #[test]
        fn no_date_between_1900_and_2100_panics(year in 1900i16..2100, day in 1i16..=365, months in -1200i32..1200) {
            let date = date(year, 1, 1).saturating_add(i32::from(day).days());
            let moved = add_months(date, months);
            prop_assert!(moved.day() <= date.day());
            prop_assert!(end_of_month_after(date, months) >= moved);
            prop_assert!(age_reached_on(date, 75) < birthday(date, 75));
        }
    }
}
