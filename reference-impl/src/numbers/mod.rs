//! The numbers on cards, tickets and claims taken apart: 保険者番号, 公費負担者番号, 公費受給者番号,
//! 医療機関コード (ELIG-050, ELIG-051).

mod kinds;

use serde::Serialize;

use crate::ids::{InstitutionCode, InsurerNumber, PayerNumber, RecipientNumber, check_digit};
use crate::lang::Bilingual;

pub use kinds::{Insurance, InsuranceGroup, InsurerKind, PayerKind, PublicExpense};

/// 都道府県番号, 1 (北海道) to 47 (沖縄県).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(transparent)]
pub struct Prefecture(u8);

impl Prefecture {
    /// Reads two digits.
    pub fn from_code(code: &str) -> Option<Self> {
        let number = are_digits(code, 2).then(|| code.parse().ok()).flatten()?;
        Self::from_number(number)
    }

    /// The prefecture with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        (1..=47).contains(&number).then_some(Self(number))
    }

    /// The number, 1 to 47.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Two digits.
    pub fn code(self) -> String {
        format!("{:02}", self.0)
    }
}

/// A 保険者番号 taken apart (ELIG-050).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct InsurerParts<'a> {
    /// What kind of insurer it is: by its 法別番号, or 国民健康保険 without one.
    pub kind: InsurerKind,
    /// 都道府県番号.
    pub prefecture: Prefecture,
    /// 保険者別番号: three digits.
    pub own: &'a str,
    /// 検証番号.
    pub check_digit: u8,
}

/// A 公費負担者番号 taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PayerParts<'a> {
    /// Which public scheme pays.
    pub kind: PayerKind,
    /// 都道府県番号.
    pub prefecture: Prefecture,
    /// 実施機関番号: three digits.
    pub own: &'a str,
    /// 検証番号.
    pub check_digit: u8,
}

/// A 医療機関コード taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct InstitutionParts<'a> {
    /// 都道府県番号; none in the form of seven digits.
    pub prefecture: Option<Prefecture>,
    /// 点数表 such as `1` for 医科; none in the form of seven digits.
    pub table: Option<&'a str>,
    /// The seven digits of claims: 郡市区番号 2, 医療機関番号 4, 検証番号 1.
    pub own: &'a str,
}

impl InstitutionParts<'_> {
    /// Whether the seven digits end in their check digit. It is told and not enforced: which
    /// digits an issuer takes into it is the issuer's affair (ELIG-051).
    pub fn has_check_digit(&self) -> bool {
        crate::ids::has_check_digit(self.own)
    }
}

/// What is wrong with a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum NumberFault {
    /// It is not made of so many digits.
    Length {
        /// The numbers of digits it may have.
        expected: &'static [usize],
    },
    /// Its last digit is not the check digit.
    CheckDigit {
        /// The digit that would fit.
        due: u8,
    },
    /// Nobody has its 法別番号.
    Law,
    /// There is no such prefecture.
    Prefecture,
}

impl NumberFault {
    /// What is wrong, for people, as the rest of a sentence that starts with the number.
    pub fn text(&self) -> Bilingual {
        match self {
            Self::Length { expected } => {
                let join = |word: &str| {
                    expected.iter().map(ToString::to_string).collect::<Vec<_>>().join(word)
                };
                Bilingual::new(
                    format!("は数字{}桁ではありません", join("桁又は")),
                    format!("does not consist of {} digits", join(" or ")),
                )
            }
            Self::CheckDigit { due } => Bilingual::new(
                format!("の検証番号が正しくありません（正しくは{due}）"),
                format!("does not end in its check digit, which is {due}"),
            ),
            Self::Law => Bilingual::new(
                "の法別番号はありません",
                "has a law number (its first two digits) nobody has",
            ),
            Self::Prefecture => Bilingual::new(
                "の都道府県番号は01から47までにありません",
                "has no prefecture from 01 to 47",
            ),
        }
    }
}

impl InsurerNumber {
    /// The number taken apart.
    ///
    /// # Errors
    /// It is not an insurer number. Both numbers that stand for an unknown insurer (CLM-005)
    /// are none: no insurer has them.
    pub fn parts(&self) -> Result<InsurerParts<'_>, NumberFault> {
        let digits = checked(self.as_str(), &[6, 8])?;
        let (law, rest) = digits.split_at(digits.len() - 6);
        let (prefecture, own, check_digit) = prefecture_and_own(rest)?;
        let kind = match law {
            // 国保組合 have a 3 in front of their own number.
            "" if own.starts_with('3') => InsurerKind::NationalHealthUnion,
            "" => InsurerKind::NationalHealth,
            law => InsurerKind::ByLaw(Insurance::from_code(law).ok_or(NumberFault::Law)?),
        };
        Ok(InsurerParts { kind, prefecture, own, check_digit })
    }

    /// To which of the three groups of FB-030…032 the insurer belongs. A number nobody has is
    /// told by its length and 法別番号 all the same.
    pub fn group(&self) -> InsuranceGroup {
        match Insurance::from_code(self.law_number()) {
            Some(law) => law.group(),
            None if self.is_national_health() => InsuranceGroup::NationalHealth,
            None => InsuranceGroup::Employees,
        }
    }
}

impl PayerNumber {
    /// The number taken apart.
    ///
    /// # Errors
    /// It is not the number of a public-expense payer.
    pub fn parts(&self) -> Result<PayerParts<'_>, NumberFault> {
        let digits = checked(self.as_str(), &[8])?;
        let (law, rest) = digits.split_at(2);
        let (prefecture, own, check_digit) = prefecture_and_own(rest)?;
        let kind = PayerKind::from_law(law).ok_or(NumberFault::Law)?;
        Ok(PayerParts { kind, prefecture, own, check_digit })
    }
}

impl RecipientNumber {
    /// Nothing, if the number has seven digits and the last fits.
    ///
    /// # Errors
    /// It is not the number of a recipient.
    pub fn check(&self) -> Result<(), NumberFault> {
        checked(self.as_str(), &[7]).map(|_| ())
    }
}

impl InstitutionCode {
    /// The code taken apart: the ten digits of the interface, or the seven of claims.
    ///
    /// # Errors
    /// It is neither, or there is no such prefecture.
    pub fn parts(&self) -> Result<InstitutionParts<'_>, NumberFault> {
        let digits = self.as_str();
        if are_digits(digits, 7) {
            return Ok(InstitutionParts { prefecture: None, table: None, own: digits });
        }
        if !are_digits(digits, 10) {
            return Err(NumberFault::Length { expected: &[7, 10] });
        }
        let (prefecture, rest) = digits.split_at(2);
        let (table, own) = rest.split_at(1);
        let prefecture = Prefecture::from_code(prefecture).ok_or(NumberFault::Prefecture)?;
        Ok(InstitutionParts { prefecture: Some(prefecture), table: Some(table), own })
    }
}

/// `text`, if it has one of these lengths and ends in its check digit (ELIG-051).
fn checked<'a>(text: &'a str, expected: &'static [usize]) -> Result<&'a str, NumberFault> {
    if !expected.iter().any(|length| are_digits(text, *length)) {
        return Err(NumberFault::Length { expected });
    }
    let (body, last) = text.split_at(text.len() - 1);
    match check_digit(body.as_bytes()) {
        Some(due) if last.parse() == Ok(due) => Ok(text),
        due => Err(NumberFault::CheckDigit { due: due.unwrap_or_default() }),
    }
}

/// Prefecture 2, own number 3, check digit 1.
fn prefecture_and_own(six: &str) -> Result<(Prefecture, &str, u8), NumberFault> {
    let (prefecture, rest) = six.split_at(2);
    let (own, last) = rest.split_at(3);
    let prefecture = Prefecture::from_code(prefecture).ok_or(NumberFault::Prefecture)?;
    Ok((prefecture, own, last.parse().unwrap_or_default()))
}

fn are_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
