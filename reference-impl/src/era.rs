//! Dates of the Japanese calendar (和暦), as they stand on papers and in files of the older form.
//!
//! The interface and today's claim files write Gregorian dates only (CLM-061); what arrives in
//! the older form is recognised here, so that it can be refused by its name.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::calendar::day_before;
use crate::coded::coded;
use crate::lang::Bilingual;

coded! {
    /// 元号, with the digit of the older claim files (CLM-061).
    Era {
        /// 明治, from 1868-10-23.
        Meiji = "1",
        /// 大正, from 1912-07-30.
        Taisho = "2",
        /// 昭和, from 1926-12-25.
        Showa = "3",
        /// 平成, from 1989-01-08.
        Heisei = "4",
        /// 令和, from 2019-05-01.
        Reiwa = "5",
    }
}

/// The first day of the Gregorian calendar in Japan, 明治6年1月1日. Before it days and months
/// were counted by the moon, so the same day has another number.
const GREGORIAN_FROM: Date = date(1873, 1, 1);

impl Era {
    /// 明治, 大正, 昭和, 平成, 令和.
    pub const fn kanji(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The letter that forms print for it.
    pub const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The name in both languages.
    pub fn name(self) -> Bilingual {
        let en = match self {
            Self::Meiji => "Meiji",
            Self::Taisho => "Taisho",
            Self::Showa => "Showa",
            Self::Heisei => "Heisei",
            Self::Reiwa => "Reiwa",
        };
        Bilingual::new(self.kanji(), en)
    }

    /// The day on which it began. That day counts to the new era alone.
    pub const fn first_day(self) -> Date {
        match self {
            Self::Meiji => date(1868, 10, 23),
            Self::Taisho => date(1912, 7, 30),
            Self::Showa => date(1926, 12, 25),
            Self::Heisei => date(1989, 1, 8),
            Self::Reiwa => date(2019, 5, 1),
        }
    }

    /// Its last day; none for the present one.
    pub fn last_day(self) -> Option<Date> {
        let next = Self::ALL.iter().find(|era| era.first_day() > self.first_day())?;
        Some(day_before(next.first_day()))
    }
}

/// A date of the Japanese calendar. Only days that were, or will be, called so can be made: no
/// 平成31年5月1日.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct EraDate {
    date: Date,
    era: Era,
}

impl EraDate {
    /// What a Gregorian date is called; none before 1873-01-01.
    pub fn of(date: Date) -> Option<Self> {
        let era = Era::ALL.iter().rev().find(|era| era.first_day() <= date)?;
        (date >= GREGORIAN_FROM).then_some(Self { date, era: *era })
    }

    /// The day called so, if there is one. `year` 1 is 元年.
    pub fn new(era: Era, year: i16, month: i8, day: i8) -> Option<Self> {
        let first = era.first_day().year();
        let gregorian = first.checked_add(year)?.checked_sub(1)?;
        let found = Self::of(Date::new(gregorian, month, day).ok()?)?;
        (found.era == era).then_some(found)
    }

    /// The Gregorian date.
    pub fn date(self) -> Date {
        self.date
    }

    /// The era.
    pub fn era(self) -> Era {
        self.era
    }

    /// The year of the era, from 1.
    pub fn year(self) -> i16 {
        self.date.year() - self.era.first_day().year() + 1
    }

    /// Seven digits, as older files wrote dates: era 1, year 2, month 2, day 2.
    pub fn digits(self) -> String {
        let (era, date) = (self.era.code(), self.date);
        format!("{era}{:02}{:02}{:02}", self.year(), date.month(), date.day())
    }

    /// Reads seven digits.
    pub fn from_digits(text: &str) -> Option<Self> {
        if text.len() != 7 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i8>().ok();
        let era = Era::from_code(text.get(..1)?)?;
        Self::new(era, part(1..3)?.into(), part(3..5)?, part(5..7)?)
    }
}

/// 令和元年5月1日.
impl fmt::Display for EraDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.era.kanji())?;
        match self.year() {
            1 => f.write_str("元")?,
            year => write!(f, "{year}")?,
        }
        write!(f, "年{}月{}日", self.date.month(), self.date.day())
    }
}

impl FromStr for EraDate {
    type Err = Bilingual;

    /// Reads 令和元年5月1日, 昭和60年4月12日, and S60.4.12 with the letter of the era.
    fn from_str(text: &str) -> Result<Self, Bilingual> {
        from_kanji(text).or_else(|| from_letter(text)).ok_or_else(|| {
            Bilingual::new(
                format!("`{text}` は和暦の日付ではありません。令和元年5月1日のように書きます"),
                format!(
                    "`{text}` is no date of the Japanese calendar: write it like 令和元年5月1日"
                ),
            )
        })
    }
}

fn from_kanji(text: &str) -> Option<EraDate> {
    let era = *Era::ALL.iter().find(|era| text.starts_with(era.kanji()))?;
    let rest = text.strip_prefix(era.kanji())?;
    let (year, rest) = rest.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let year = if year == "元" { 1 } else { number(year)? };
    EraDate::new(era, year.into(), number(month)?, number(day)?)
}

fn from_letter(text: &str) -> Option<EraDate> {
    let letter = text.chars().next()?;
    let era = *Era::ALL.iter().find(|era| era.letter() == letter)?;
    let mut parts = text.strip_prefix(letter)?.split('.').map(number);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(())?;
    EraDate::new(era, year.into(), month, day)
}

/// One or two digits.
fn number(text: &str) -> Option<i8> {
    let digits = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The day before each change and the day of it, both ways.
    #[test]
    fn eras_change_to_the_day() {
        for (gregorian, text, digits) in [
            (date(1873, 1, 1), "明治6年1月1日", "1060101"),
            (date(1912, 7, 29), "明治45年7月29日", "1450729"),
            (date(1912, 7, 30), "大正元年7月30日", "2010730"),
            (date(1926, 12, 24), "大正15年12月24日", "2151224"),
            (date(1926, 12, 25), "昭和元年12月25日", "3011225"),
            (date(1927, 1, 1), "昭和2年1月1日", "3020101"),
            (date(1985, 4, 12), "昭和60年4月12日", "3600412"),
            (date(1989, 1, 7), "昭和64年1月7日", "3640107"),
            (date(1989, 1, 8), "平成元年1月8日", "4010108"),
            (date(2019, 4, 30), "平成31年4月30日", "4310430"),
            (date(2019, 5, 1), "令和元年5月1日", "5010501"),
            (date(2024, 2, 29), "令和6年2月29日", "5060229"),
            (date(2026, 11, 20), "令和8年11月20日", "5081120"),
        ] {
            let era_date = EraDate::of(gregorian).unwrap();
            assert_eq!((era_date.to_string().as_str(), era_date.digits().as_str()), (text, digits));
            assert_eq!(text.parse::<EraDate>().unwrap().date(), gregorian);
            assert_eq!(EraDate::from_digits(digits).unwrap().date(), gregorian);
        }
        assert_eq!("S60.4.12".parse::<EraDate>().unwrap().date(), date(1985, 4, 12));
        assert_eq!("R1.5.1".parse::<EraDate>().unwrap().date(), date(2019, 5, 1));
    }

    #[test]
    fn days_that_were_never_called_so_are_refused() {
        for text in [
            "平成31年5月1日",
            "令和元年4月30日",
            "昭和64年1月8日",
            "平成元年1月7日",
            "明治45年7月30日",
            "大正15年12月25日",
            "明治元年10月23日",
            "明治5年12月31日",
            "令和0年5月1日",
            "令和7年2月29日",
            "令和七年5月1日",
            "昭和060年4月12日",
            "昭和60年4月12日頃",
            "S60.4",
            "S60.4.12.1",
            "X1.1.1",
            "2024-12-01",
            "",
        ] {
            assert!(text.parse::<EraDate>().is_err(), "{text}");
        }
        for digits in ["4310501", "0600412", "6010101", "360041", "19850412", "３６００４１２"]
        {
            assert_eq!(EraDate::from_digits(digits), None, "{digits}");
        }
        assert_eq!(EraDate::of(date(1872, 12, 31)), None);
        assert_eq!(EraDate::new(Era::Reiwa, i16::MAX, 1, 1), None);
        assert_eq!(EraDate::new(Era::Showa, -5, 1, 1), None);
    }

    #[test]
    fn eras_follow_each_other_without_a_gap() {
        for pair in Era::ALL.windows(2) {
            let last = pair[0].last_day().unwrap();
            assert_eq!(crate::calendar::day_after(last), pair[1].first_day());
            assert_eq!(pair[0].name().ja, pair[0].kanji());
        }
        assert_eq!(Era::Reiwa.last_day(), None);
    }

    #[test]
    fn every_day_of_two_hundred_years_has_one_name_and_comes_back() {
        let mut day = date(1900, 1, 1);
        while day <= date(2100, 12, 31) {
            let called = EraDate::of(day).unwrap();
            assert_eq!(called.to_string().parse(), Ok(called));
            // Two digits hold the 99th year at most: 令和99年 is 2117.
            assert_eq!(EraDate::from_digits(&called.digits()), Some(called));
            let again = EraDate::new(called.era(), called.year(), day.month(), day.day());
            assert_eq!(again, Some(called));
            day = crate::calendar::day_after(day);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([明大昭平令MTSHR][治正和成]?)?[0-9元]{0,3}[年.]?[0-9]{0,3}[月.]?[0-9]{0,3}日?") {
            if let Ok(read) = text.parse::<EraDate>() {
                prop_assert_eq!(EraDate::of(read.date()), Some(read));
            }
            if let Some(read) = EraDate::from_digits(&text) {
                prop_assert_eq!(read.digits(), text);
            }
        }
    }
}
