//! Money of the review bodies, and what insurers object to afterwards.

use jiff::civil::Date;
use serde::Serialize;

use super::{Part, ReceiptRef};
use crate::calendar::Month;
use crate::ids::InsurerNumber;
use crate::uke::{Confirmation, ReviewBody};

/// An insurer's objection to a receipt that was paid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Objection {
    /// The insurer that objects.
    pub insurer: InsurerNumber,
    /// The month of service.
    pub month: Month,
    /// Kana name of the insured person.
    pub kana: String,
    /// Birth date.
    pub born: Date,
    /// To what.
    pub ground: Ground,
}

/// What an insurer objects to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The person was not insured with it (資格過誤).
    Eligibility,
    /// So many points should not have been claimed (再審査).
    Points(i64),
}

/// What came of an objection.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Objected {
    /// The receipt.
    pub receipt: Option<ReceiptRef>,
    /// What.
    pub answer: ObjectionAnswer,
    /// 確認区分 after the insurer's claim (CLM-054): 11 to 14.
    pub confirmation: Option<Confirmation>,
    /// Who pays what from now on, where that changes.
    pub parts: Vec<Part>,
    /// What is taken from the institution's next payment, in yen.
    pub set_off_yen: i64,
}

/// What can come of an objection (CLM-037).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObjectionAnswer {
    /// Nothing was paid for this person and month on behalf of this insurer.
    NotPaid,
    /// The receipt was right.
    Rejected,
    /// Other insurers pay; the institution notices nothing.
    Moved,
    /// Points are taken off.
    Adjusted,
    /// The receipt goes back, and its money is taken back.
    Returned,
}

/// Money of one review body for one month of claims, with its notice (支払額決定通知).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Payment {
    /// Who pays.
    pub body: ReviewBody,
    /// 請求月: the month in which the claims were handed in.
    pub month: Month,
    /// Receipt by receipt.
    pub lines: Vec<PaymentLine>,
    /// Their sum, in yen; negative where more is taken back than paid.
    pub yen: i64,
}

/// One line of a payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PaymentLine {
    /// The receipt.
    pub receipt: ReceiptRef,
    /// What for.
    pub kind: PaymentKind,
    /// Points that are paid, or taken off (negative).
    pub points: i64,
    /// Yen that are paid, or taken back (negative).
    pub yen: i64,
}

/// What a line of a payment is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentKind {
    /// The receipt is paid.
    Paid,
    /// Points of a paid receipt are taken off (再審査).
    Adjusted,
    /// A paid receipt is taken back and returned (過誤).
    TakenBack,
}
