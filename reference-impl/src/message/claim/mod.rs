//! Between the desk and the clearing house, and between insurers and the clearing house.

mod money;
mod result;

use serde::Serialize;

use super::file::Bytes;
use crate::lang::Bilingual;
use crate::uke::ReviewBody;

pub use money::{Ground, Objected, Objection, ObjectionAnswer, Payment, PaymentKind, PaymentLine};
pub use result::{
    NoResults, Outcome, Part, PublicPart, ReceiptResult, Results, ReturnReason, Utilisation,
};

/// A claim file and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimMessage {
    /// Desk: here are claims.
    HandIn(HandIn),
    /// Clearing house: taken in.
    Received(Reception),
    /// Clearing house: not taken in.
    Refused {
        /// The desk's number of the file.
        id: u64,
        /// Why.
        refusal: Refusal,
    },
    /// Desk: the results of a file, please.
    Fetch {
        /// The desk's number of the file.
        id: u64,
    },
    /// Clearing house: what became of the receipts of a file.
    Results(Results),
    /// Clearing house: there is nothing to be fetched.
    NoResults {
        /// The desk's number of the file.
        id: u64,
        /// Why.
        why: NoResults,
    },
    /// Insurer: this receipt, which you paid on my behalf, is not right (再審査・過誤).
    Objection(Objection),
    /// Clearing house to insurer: what came of it.
    Objected(Objected),
}

/// A claim file on its way to a review body.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HandIn {
    /// The desk's own number of the file: repeated, it is the same file.
    pub id: u64,
    /// The review body whose counter it is handed in at.
    pub to: ReviewBody,
    /// On which way.
    pub medium: Medium,
    /// Which receipts of earlier files these stand for.
    pub replaces: Replaces,
    /// The file (`RECEIPTC.UKE`).
    pub file: Bytes,
}

/// The way a claim takes (CLM-025, CLM-027).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// オンライン請求.
    #[default]
    Online,
    /// 紙レセプト.
    Paper,
}

/// What a file stands for beside its own receipts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Replaces {
    /// Nothing: a claim.
    #[default]
    Nothing,
    /// Receipts in which the check found errors (ASP エラーの訂正).
    Held(Vec<ReceiptRef>),
    /// Receipts that came back (返戻再請求).
    Returned(Vec<ReceiptRef>),
}

/// A receipt of a file of one desk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct ReceiptRef {
    /// The desk's number of the file.
    pub file: u64,
    /// レセプト番号 in it.
    pub number: u32,
}

/// A file was taken in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reception {
    /// The desk's number of the file.
    pub id: u64,
    /// Receipts in it.
    pub receipts: usize,
    /// What the check (受付・事務点検ASP) found; a receipt with a finding is held until it is
    /// corrected.
    pub findings: Vec<CheckFinding>,
    /// Whether this very file had been taken in before: once is enough.
    pub again: bool,
}

/// Something the check found in a receipt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CheckFinding {
    /// レセプト番号.
    pub number: u32,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// What it is, for people.
    pub text: Bilingual,
}

/// Why a file is not taken in. Nothing of it is, and nothing taken in before is touched.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The counter is not open (CLM-021, CLM-022).
    Closed,
    /// It cannot be read, or does not agree with itself: where and why, place by place.
    Broken(Vec<Bilingual>),
    /// Its header names the other review body (CLM-033).
    WrongBody,
    /// Its header names another month than this one (CLM-039).
    WrongMonth,
    /// On paper, which is no longer taken (CLM-025, CLM-027).
    Paper,
    /// What it would replace is not there to be replaced (CLM-031, CLM-032).
    NothingToReplace,
}
