//! One receipt on the desk of the clearing house, from hand-in to payment (6.2 of the claim
//! calendar as a state machine).

use crate::calendar::Month;
use crate::ids::{InstitutionCode, InsuredKey};
use crate::message::claim::{
    CheckFinding, Medium, Outcome, ReceiptResult, Reception, Replaces, ReturnReason,
};
use crate::uke::{Prescriber, Receipt, ReviewBody};

use super::eligibility::Verdict;
use super::money::settle;
use super::reading;
use crate::register::Register;

/// Where a receipt stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// The check found an error; it can still be corrected (CLM-022, CLM-031).
    Held,
    /// Taken in (受付); eligibility has not been checked yet.
    Received,
    /// Eligibility has been checked; in review.
    Checked,
    /// The review is over, and it will be paid.
    Decided,
    /// Back at the institution (返戻).
    Returned,
    /// Another receipt has taken its place: corrected, or claimed again.
    Replaced,
    /// Paid.
    Paid,
    /// Paid, and taken back and returned after an insurer's objection (過誤).
    TakenBack,
}

/// A receipt and what has become of it so far.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) receipt: Receipt,
    pub(super) state: State,
    pub(super) findings: Vec<CheckFinding>,
    /// What the check of eligibility said, once it did.
    pub(super) verdict: Option<Verdict>,
    pub(super) result: ReceiptResult,
}

impl Case {
    pub(super) fn new(receipt: Receipt, findings: Vec<CheckFinding>) -> Self {
        let result = ReceiptResult {
            number: receipt.number,
            kana: receipt.kana.to_string(),
            outcome: Outcome::Kept,
            confirmation: None,
            reason: None,
            adjusted_points: 0,
            parts: Vec::new(),
            publics: Vec::new(),
        };
        let state = if findings.is_empty() { State::Received } else { State::Held };
        Self { receipt, state, findings, verdict: None, result }
    }

    /// Sends it back.
    pub(super) fn give_back(&mut self, reason: ReturnReason) {
        self.state = State::Returned;
        self.result.outcome = Outcome::Returned;
        self.result.reason = Some(reason);
        self.result.parts.clear();
        self.result.publics.clear();
    }

    /// Another receipt takes its place.
    pub(super) fn replace(&mut self) {
        self.state = State::Replaced;
        // What came back stays what it was in the results of its month.
        if self.result.outcome != Outcome::Returned {
            self.result.outcome = Outcome::Replaced;
        }
    }

    /// Takes down what the check of eligibility says.
    pub(super) fn checked(&mut self, verdict: Verdict) {
        self.state = State::Checked;
        self.result.confirmation = verdict.confirmation;
        self.verdict = Some(verdict);
    }

    /// Ends the review: it is returned or will be paid, with so many points taken off.
    pub(super) fn decide(&mut self, adjusted_points: i64, register: &Register) {
        // What could not be checked stays as it was claimed: no answer is not a "no".
        let verdict = self.verdict.clone().unwrap_or_else(|| Verdict::unchecked(&self.receipt));
        if let Some(reason) = verdict.reason {
            return self.give_back(reason);
        }
        self.state = State::Decided;
        self.result.outcome = verdict.outcome;
        self.result.adjusted_points =
            adjusted_points.clamp(0, verdict.shares.iter().map(|share| share.points).sum());
        let policy = register.on(self.receipt.month.last());
        (self.result.parts, self.result.publics) =
            settle(&self.receipt, &verdict.shares, self.result.adjusted_points, &policy);
    }

    /// Whether it counts as claimed: nothing has taken its place, and it is not back at the
    /// institution.
    pub(super) fn is_live(&self) -> bool {
        !matches!(self.state, State::Returned | State::Replaced | State::TakenBack)
    }

    /// What makes two receipts the same claim (CLM-040).
    pub(super) fn identity(&self) -> Identity<'_> {
        let receipt = &self.receipt;
        Identity {
            kana: &receipt.kana,
            born: receipt.born,
            month: receipt.month,
            inpatient: reading::is_inpatient(receipt),
            insured: receipt.insured_key().map(|key| InsuredKey { branch: <_>::default(), ..key }),
            publics: receipt.publics.iter().map(|public| public.payer.to_string()).collect(),
            prescriber: receipt.prescriber.as_deref(),
        }
    }
}

/// Patient, month of service, setting and payers of a receipt, and at a pharmacy who prescribed
/// (CLM-020).
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Identity<'a> {
    kana: &'a str,
    born: jiff::civil::Date,
    month: Month,
    inpatient: bool,
    insured: Option<InsuredKey>,
    publics: Vec<String>,
    prescriber: Option<&'a Prescriber>,
}

/// A file that was taken in.
#[derive(Debug)]
pub(super) struct Taken {
    /// What makes it the same file when it is handed in again.
    pub(super) digest: Digest,
    /// The month of claiming and the body, as the number of their round.
    pub(super) round: u64,
    pub(super) institution: InstitutionCode,
    pub(super) reception: Reception,
    pub(super) cases: Vec<Case>,
}

impl Taken {
    /// The month of service of its first receipt.
    pub(super) fn month(&self) -> Option<Month> {
        self.cases.first().map(|case| case.receipt.month)
    }
}

/// What makes a file the same file: where it went, what it stood for, and its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Digest {
    pub(super) to: ReviewBody,
    pub(super) medium: Medium,
    pub(super) replaces: Replaces,
    pub(super) bytes: blake3::Hash,
}
