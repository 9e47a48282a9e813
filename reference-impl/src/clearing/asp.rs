//! 受付・事務点検 (ASP): the check of a file on reception (CLM-022, CLM-031).

use crate::lang::Bilingual;
use crate::message::claim::{CheckFinding, ReturnReason};
use crate::register::{Policy, Register};
use crate::uke::{self, ClaimFile, Receipt, ReceiptKind, ReviewBody};

use super::reading::service_dates;

/// What the check finds, receipt by receipt, and what it finds in the file as a whole.
pub(super) struct Found {
    pub(super) receipts: Vec<CheckFinding>,
    pub(super) file: Vec<Bilingual>,
}

/// Checks a file handed in at `to`.
pub(super) fn examine(
    bytes: &[u8],
    file: &ClaimFile,
    to: ReviewBody,
    (register, policy): (&Register, &Policy<'_>),
) -> Found {
    let mut found = Found { receipts: Vec::new(), file: Vec::new() };
    let held = |finding: &uke::Finding| policy.holds_for(finding.rule);
    for finding in uke::examine(register, bytes).findings.into_iter().filter(held) {
        let place = finding.receipt.and_then(|place| usize::try_from(place).ok());
        match place.and_then(|place| file.receipts.get(place.checked_sub(1)?)) {
            // A receipt without data by day has no days to be counted (CLM-052).
            Some(receipt) if counts_days(&finding) && service_dates(receipt).is_empty() => {}
            Some(receipt) => {
                let (number, rule, text) = (receipt.number, finding.rule, finding.text);
                found.receipts.push(CheckFinding { number, rule, text });
            }
            None => found.file.push(finding.text),
        }
    }
    for receipt in &file.receipts {
        let insurance = receipt.insurance.as_ref();
        let body = insurance.and_then(|insurance| policy.review_body(&insurance.insurer));
        if body.is_some_and(|body| body != to) && policy.holds_for("CLM-033") {
            found.receipts.push(CheckFinding {
                number: receipt.number,
                rule: "CLM-033",
                text: Bilingual::new(
                    "この保険者のレセプトは、もう一方の審査支払機関に請求するものです",
                    "receipts for this insurer are claimed from the other review body",
                ),
            });
        }
    }
    found
}

/// Whether it is about the number of days of a payer.
fn counts_days(finding: &uke::Finding) -> bool {
    let name = finding.name.as_ref().map(|name| name.ja.as_str());
    finding.rule == "CLM-074" && name.is_some_and(|name| name.contains("実日数"))
}

/// Why a receipt goes back whose errors nobody corrected in time.
pub(super) fn return_reason(receipt: &Receipt, findings: &[CheckFinding]) -> ReturnReason {
    let breaks = |rule: &str| findings.iter().any(|finding| finding.rule == rule);
    let payers = receipt.publics.len() + usize::from(receipt.insurance.is_some());
    let kind = ReceiptKind::from_code(&receipt.kind);
    if breaks("ELIG-051") {
        ReturnReason::CheckDigit
    } else if kind.is_some_and(|kind| usize::from(kind.payers) > payers) {
        ReturnReason::MissingPublicPayer
    } else if breaks("CLM-020") {
        ReturnReason::Duplicate
    } else {
        ReturnReason::Content
    }
}
