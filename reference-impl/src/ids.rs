//! Identifiers as text newtypes: leading zeros matter, so none of them is ever a number.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether nothing was given.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        // So that maps can be asked with borrowed text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id! {
    /// 保険者番号: 8 digits, or 6 for 国民健康保険 (ELIG-050), without any padding.
    InsurerNumber
}
text_id! {
    /// 公費負担者番号: 8 digits.
    PayerNumber
}
text_id! {
    /// 公費受給者番号: 7 digits.
    RecipientNumber
}
text_id! {
    /// 被保険者証記号; empty for 後期高齢者 and some 国保 (ELIG-053).
    InsuredSymbol
}
text_id! {
    /// 被保険者証番号.
    InsuredNumber
}
text_id! {
    /// 枝番: two digits, empty where there is none (後期高齢者) or it is not known.
    BranchNumber
}
text_id! {
    /// 医療機関コード with prefecture and kind: 10 digits (2 + 1 + 7); on claims the last 7.
    InstitutionCode
}
text_id! {
    /// 照会番号: what an institution calls a patient, at most 50 characters.
    ReferenceNumber
}
text_id! {
    /// 受付番号 of a bulk job, as the centre gave it.
    ReceptionNumber
}
text_id! {
    /// Serial number of a 利用者証明用電子証明書.
    CertificateSerial
}
text_id! {
    /// A rule of the register, such as `CERT-010`.
    RuleId
}

impl InstitutionCode {
    /// 点数表: the third digit, `1` 医科, `3` 歯科, `4` 調剤, `6` 訪問看護.
    pub fn points_table(&self) -> Option<char> {
        self.0.chars().nth(2)
    }
}

impl InsurerNumber {
    /// The number in the 8 columns of the interface, padded on the left with `pad`.
    pub fn padded(&self, pad: char) -> String {
        let missing = 8usize.saturating_sub(self.0.chars().count());
        std::iter::repeat_n(pad, missing).chain(self.0.chars()).collect()
    }

    /// Reads an 8-column field: leading spaces are dropped, and so are two leading zeros,
    /// which is how some clients pad the six digits of 国民健康保険 (no 法別番号 is `00`).
    pub fn from_columns(text: &str) -> Self {
        let text = text.trim();
        let unpadded = if text.len() == 8 { text.strip_prefix("00").unwrap_or(text) } else { text };
        Self(unpadded.to_owned())
    }

    /// 法別番号, empty for 国民健康保険.
    pub fn law_number(&self) -> &str {
        if self.0.len() == 8 { self.0.get(..2).unwrap_or_default() } else { "" }
    }

    /// Whether this is a 後期高齢者医療 (法別番号 39) number.
    pub fn is_late_elderly(&self) -> bool {
        self.law_number() == "39"
    }

    /// Whether its people leave no trace in the receipts from which medical information is made:
    /// 自衛官 (法別番号 07) and 日雇 (03 and 04; CONS-031).
    pub fn has_no_records(&self) -> bool {
        matches!(self.law_number(), "03" | "04" | "07")
    }

    /// Whether this is a 国民健康保険 number (6 digits).
    pub fn is_national_health(&self) -> bool {
        self.0.len() == 6
    }
}

/// What a card, a paper or an answer says about who is insured where: the key of a
/// number look-up (番号による照会) and of a claim.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct InsuredKey {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 記号.
    pub symbol: InsuredSymbol,
    /// 番号.
    pub number: InsuredNumber,
    /// 枝番.
    pub branch: BranchNumber,
}

impl InsuredKey {
    /// Whether both name the same insured person; a missing 枝番 on either side is no
    /// difference (ELIG-054).
    pub fn matches(&self, other: &Self) -> bool {
        self.insurer == other.insurer
            && self.symbol == other.symbol
            && self.number == other.number
            && (self.branch == other.branch || self.branch.is_empty() || other.branch.is_empty())
    }
}

impl fmt::Display for InsuredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}・{}", self.insurer, self.symbol, self.number)?;
        if self.branch.is_empty() { Ok(()) } else { write!(f, " ({})", self.branch) }
    }
}

/// Whether `digits` ends in its check digit: weights 2, 1, 2, 1 … from the right, digit sums of
/// the products, ten minus the last digit of the sum (ELIG-051).
pub fn has_check_digit(digits: &str) -> bool {
    let Some((last, body)) = digits.as_bytes().split_last() else { return false };
    last.is_ascii_digit() && check_digit(body) == Some(last - b'0')
}

/// The check digit of `body` (ELIG-051); `None` if it holds anything but ASCII digits.
pub fn check_digit(body: &[u8]) -> Option<u8> {
    let mut sum = 0u32;
    for (position, byte) in body.iter().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return None;
        }
        let product = u32::from(byte - b'0') * if position % 2 == 0 { 2 } else { 1 };
        sum += product / 10 + product % 10;
    }
    u8::try_from((10 - sum % 10) % 10).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_carry_their_check_digit() {
        // The vectors of ELIG-052.
        for number in [
            "33120015", "81136244", "81137242", "88138243", "88131248", "89131247", "01130012",
            "06139992", "39130018", "33130006", "12130019", "54130018", "138016", "010017",
            "31130016", "67138016", "21130018", "06130017", "77777779",
        ] {
            assert!(has_check_digit(number), "{number}");
        }
        assert!(!has_check_digit("77777777"));
        assert!(!has_check_digit(""));
        assert!(!has_check_digit("0613999x"));
    }

    #[test]
    fn a_padded_insurer_number_reads_back() {
        let national = InsurerNumber::from("138016");
        assert_eq!(national.padded(' '), "  138016");
        assert_eq!(InsurerNumber::from_columns("  138016"), national);
        assert_eq!(InsurerNumber::from_columns("00138016"), national);
        let union = InsurerNumber::from("06139992");
        assert_eq!(InsurerNumber::from_columns(&union.padded(' ')), union);
    }
}
