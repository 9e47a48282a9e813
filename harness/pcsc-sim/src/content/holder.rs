//! The person a card belongs to, and what was issued to them.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Whose card it is and what it says: everything that the files of a card are made from.
///
/// The people are fictional. Nothing is checked here; a card can be made of nonsense, for whoever
/// wants to see what a terminal does with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// 氏名, with U+3000 between family and given name.
    pub name: String,
    /// 住所, house numbers in full-width digits.
    pub address: String,
    /// 生年月日.
    pub born: Date,
    /// 性別.
    pub sex: Sex,
    /// 個人番号, 12 digits; also 照合番号A.
    pub individual_number: String,
    /// 全国地方公共団体コード without its check digit, 5 digits.
    pub municipality: String,
    /// The prefecture as certificates spell it, for example `Tokyo-to`.
    pub prefecture_roman: String,
    /// The municipality as certificates spell it, for example `Kiyose-shi`.
    pub city_roman: String,
    /// The last day of the card itself.
    pub card_expires: Date,
    /// The four digits printed beside the expiry (セキュリティコード).
    pub security_code: String,
    /// 顔写真, JPEG 2000. None on a card applied for before the first birthday (CERT-032).
    pub photo: Option<Vec<u8>>,
    /// 利用者証明用電子証明書.
    pub authentication: CertificateData,
    /// 署名用電子証明書. None under the age of 15 and on a 顔認証 card (CERT-033, CERT-030).
    pub signature: Option<CertificateData>,
}

/// What an authority decides when it issues a certificate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateData {
    /// 発行番号.
    pub serial: u32,
    /// The first day, from its beginning in Japan.
    pub not_before: Date,
    /// The last day, to its end in Japan: 14:59:59Z in the certificate.
    pub not_after: Date,
    /// Which key of the test hierarchy's pool, modulo the size of the pool.
    pub key: u16,
}

/// 性別 as the files of a card say it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Sex {
    /// `1`.
    Male,
    /// `2`.
    Female,
    /// `9`.
    Other,
}

impl Sex {
    /// The one ASCII digit.
    pub const fn digit(self) -> u8 {
        match self {
            Self::Male => b'1',
            Self::Female => b'2',
            Self::Other => b'9',
        }
    }
}

impl Holder {
    /// 照合番号A: the individual number.
    pub fn code_a(&self) -> &str {
        &self.individual_number
    }

    /// 照合番号B, 14 digits: birth as [`Self::birth_code`], expiry year, security code.
    pub fn code_b(&self) -> String {
        format!("{}{:04}{}", self.birth_code(), self.card_expires.year(), self.security_code)
    }

    /// The number of the card itself, 15 digits beginning with 999. It is made up from what belongs
    /// to this card and no other, so a new certificate leaves it as it is.
    pub fn card_number(&self) -> String {
        let hash = Sha256::new_with_prefix(&self.individual_number)
            .chain_update(day(self.card_expires))
            .chain_update(&self.security_code)
            .finalize();
        let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("999{:012}", number % 1_000_000_000_000)
    }

    /// The birth date as the surface application takes it: `YYMMDD`, the year being that of the
    /// Japanese era. Other public notes have the last two digits of the Gregorian year; the
    /// surveyed card opened with the era's.
    pub fn birth_code(&self) -> String {
        let born = self.born;
        format!("{:02}{:02}{:02}", Era::of(born).year(born), born.month(), born.day())
    }
}

/// `YYYYMMDD`, as the files of a card write days.
pub(super) fn day(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A Japanese era (元号).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Era {
    Meiji,
    Taisho,
    Showa,
    Heisei,
    Reiwa,
}

/// The first day of each era. Nobody alive was born before the first of them.
const ERAS: [(Date, Era); 5] = [
    (date(1868, 1, 25), Era::Meiji),
    (date(1912, 7, 30), Era::Taisho),
    (date(1926, 12, 25), Era::Showa),
    (date(1989, 1, 8), Era::Heisei),
    (date(2019, 5, 1), Era::Reiwa),
];

impl Era {
    /// The era of a day; of the days before the eras it knows, the first of them.
    pub(crate) fn of(day: Date) -> Self {
        let begun = ERAS.iter().rev().find(|(first, _)| *first <= day);
        begun.map_or(Self::Meiji, |(_, era)| *era)
    }

    /// How signature certificates number the eras: 1 for Meiji to 5 for Reiwa.
    pub(crate) const fn code(self) -> u8 {
        self as u8 + 1
    }

    /// The year of the era that a day lies in, from 1.
    fn year(self, day: Date) -> i16 {
        let first = ERAS[self as usize].0;
        day.year() - first.year() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    fn holder(born: Date) -> Holder {
        Holder {
            born,
            card_expires: date(2031, 4, 12),
            security_code: "0427".into(),
            ..Profile::named("adult").unwrap().sample().clone()
        }
    }

    #[test]
    fn code_b_is_birth_in_era_years_then_expiry_year_then_security_code() {
        // 1985 is 昭和60.
        assert_eq!(holder(date(1985, 4, 12)).code_b(), "60041220310427");
    }

    #[test]
    fn eras_change_on_their_day_and_not_with_the_year() {
        // 昭和64 ended on 7 January 1989, 平成31 on 30 April 2019.
        assert_eq!(holder(date(1989, 1, 7)).birth_code(), "640107");
        assert_eq!(holder(date(1989, 1, 8)).birth_code(), "010108");
        assert_eq!(holder(date(2019, 4, 30)).birth_code(), "310430");
        assert_eq!(holder(date(2019, 5, 1)).birth_code(), "010501");
        // 大正15 and 昭和1 are both 1926.
        assert_eq!(holder(date(1926, 12, 24)).birth_code(), "151224");
        assert_eq!(holder(date(1926, 12, 25)).birth_code(), "011225");
    }

    #[test]
    fn a_holder_is_the_same_after_a_trip_through_text() {
        let before = holder(date(1985, 4, 12));
        let text = serde_json::to_string(&before).unwrap();
        assert_eq!(serde_json::from_str::<Holder>(&text).unwrap(), before);
    }
}
