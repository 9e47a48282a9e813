//! 公費負担医療: certificates of public-expense schemes (公費受給者証), and what they leave to the
//! patient. The amounts are facts of each certificate, not of the register.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{PayerNumber, RecipientNumber};

/// A certificate of a public-expense scheme, on paper or as the Public Medical Hub tells it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SubsidyCertificate {
    /// 公費負担者番号: 8 digits.
    pub payer: PayerNumber,
    /// 公費受給者番号: 7 digits.
    pub recipient: RecipientNumber,
    /// First day.
    pub from: Date,
    /// Last day; none where none is printed.
    pub until: Option<Date>,
    /// What the patient pays under it.
    pub terms: Terms,
}

impl SubsidyCertificate {
    /// 法別番号: the first two digits of the payer's number.
    pub fn law(&self) -> &str {
        self.payer.as_str().get(..2).unwrap_or_default()
    }

    /// Whether `date` lies in it.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

/// 自己負担: what a certificate leaves to the patient, as the least of everything that stands on
/// it. What it leaves is never more than what would be paid without it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// The share of the cost that falls under the scheme, in percent; 100 where the certificate
    /// names no share.
    pub percent: u8,
    /// 一部負担金 for each visit, in yen.
    pub visit_yen: Option<i64>,
    /// How many visits of a month are paid for in this way; the further ones are free.
    pub visits: Option<u16>,
    /// 自己負担上限月額: the most in one calendar month, in yen.
    pub month_yen: Option<i64>,
}

impl Terms {
    /// Nothing is paid.
    pub const NOTHING: Self = Self { percent: 0, visit_yen: None, visits: None, month_yen: None };

    /// So much in a month and no more, as a ticket of medical aid says (本人支払額).
    pub fn up_to(month_yen: i64) -> Self {
        Self { percent: 100, visit_yen: None, visits: None, month_yen: Some(month_yen) }
    }
}
