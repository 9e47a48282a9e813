//! Files under way to the clearing house, and what comes back: receptions, results, money.
//!
//! A file that is not answered is handed in again, as it was, until it is: the clearing house
//! takes it once (CLM-032).

use std::collections::{BTreeMap, BTreeSet};

use super::ClaimState;
use crate::calendar::{HOUR, Jst, MINUTE, Month};
use crate::desk::{ClaimNumber, Desk, key_of};
use crate::message::Payment;
use crate::message::claim::{
    ClaimMessage, HandIn, NoResults, Outcome, PaymentKind, ReceiptRef, Reception, Results,
    ReturnReason,
};
use crate::party::{Outbox, PartyId};

/// How long a file may stay unanswered before it is handed in again.
pub(super) const ANSWER_PATIENCE: i64 = 10 * MINUTE;
/// How often it is handed in again by itself: for two days.
pub(super) const TRIES_MAX: u16 = 2 * 24 * 6;
/// How long the desk waits before it asks again for results that did not come.
const RESULTS_AGAIN: i64 = HOUR;

/// A file that was handed in.
#[derive(Debug)]
pub(super) struct Sent {
    /// The month of service.
    month: Month,
    /// The month in which it was handed in.
    claim_month: Month,
    hand_in: HandIn,
    /// The visits on each receipt, as places in the ledger.
    receipts: BTreeMap<u32, Vec<usize>>,
    answer: Answer,
    /// How often it went out again by itself.
    tries: u16,
    /// Whether its results were fetched, or will never be.
    settled: bool,
}

/// How a file was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Answer {
    /// Not yet.
    Open,
    /// It was taken in.
    Taken,
    /// It was not.
    Refused,
}

impl Sent {
    pub(super) fn new(
        (month, claim_month): (Month, Month),
        hand_in: HandIn,
        receipts: BTreeMap<u32, Vec<usize>>,
    ) -> Self {
        let (answer, tries, settled) = (Answer::Open, 0, false);
        Self { month, claim_month, hand_in, receipts, answer, tries, settled }
    }
}

impl Desk {
    pub(super) fn send_file(&mut self, now: Jst, sent: Sent, out: &mut Outbox) {
        let id = sent.hand_in.id;
        out.send(PartyId::Clearing, ClaimMessage::HandIn(sent.hand_in.clone()));
        out.wake_after(now, ANSWER_PATIENCE, "claim", id);
        self.claims.files.insert(id, sent);
    }

    /// The visits on files that are not answered yet: they may have been taken in.
    pub(super) fn under_way(&self) -> BTreeSet<usize> {
        let open = self.claims.files.values().filter(|file| file.answer == Answer::Open);
        open.flat_map(|file| file.receipts.values()).flatten().copied().collect()
    }

    /// Hands in again what was not answered, of one month of service.
    pub(super) fn send_unanswered(&self, now: Jst, month: Month, out: &mut Outbox) {
        let files = self.claims.files.values();
        for file in files.filter(|file| file.answer == Answer::Open && file.month == month) {
            out.send(PartyId::Clearing, ClaimMessage::HandIn(file.hand_in.clone()));
            out.wake_after(now, ANSWER_PATIENCE, "claim", file.hand_in.id);
        }
    }

    /// Hands in once more everything of a month of service that was taken in, as it was.
    pub(super) fn send_again(&self, month: Month, out: &mut Outbox) {
        let files = self.claims.files.values().filter(|file| file.month == month);
        for file in files.filter(|file| file.answer == Answer::Taken) {
            out.send(PartyId::Clearing, ClaimMessage::HandIn(file.hand_in.clone()));
        }
    }

    /// A file was not answered in time.
    pub(in crate::desk) fn claim_unanswered(&mut self, now: Jst, id: u64, out: &mut Outbox) {
        let Some(file) = self.claims.files.get_mut(&id) else { return };
        if file.answer != Answer::Open || file.tries >= TRIES_MAX {
            return;
        }
        file.tries += 1;
        if self.powered {
            out.send(PartyId::Clearing, ClaimMessage::HandIn(file.hand_in.clone()));
        }
        out.wake_after(now, ANSWER_PATIENCE, "claim", id);
    }

    /// What the clearing house says. A computer without power hears nothing.
    pub(in crate::desk) fn clearing_says(
        &mut self,
        now: Jst,
        says: ClaimMessage,
        out: &mut Outbox,
    ) {
        if !self.powered {
            return;
        }
        match says {
            ClaimMessage::Received(reception) => self.claims_received(now, &reception, out),
            ClaimMessage::Refused { id, .. } => {
                if let Some(file) = self.claims.files.get_mut(&id) {
                    file.answer = Answer::Refused;
                }
            }
            ClaimMessage::Results(results) => self.results_came(&results),
            ClaimMessage::NoResults { id, why } => {
                // What is gone will not come back.
                let gone = why != NoResults::NotYet;
                if let Some(file) = self.claims.files.get_mut(&id).filter(|_| gone) {
                    file.settled = true;
                }
            }
            _ => {}
        }
    }

    fn claims_received(&mut self, now: Jst, reception: &Reception, out: &mut Outbox) {
        let id = reception.id;
        let Some(file) = self.claims.files.get_mut(&id) else { return };
        if file.answer == Answer::Taken {
            return;
        }
        file.answer = Answer::Taken;
        let month = file.claim_month;
        for (number, visits) in &file.receipts {
            let receipt = ReceiptRef { file: id, number: *number };
            let held = reception.findings.iter().any(|finding| finding.number == *number);
            let claim =
                if held { ClaimState::Held(receipt) } else { ClaimState::HandedIn(receipt) };
            for visit in visits {
                if let Some(encounter) = self.ledger.get_mut(*visit) {
                    encounter.claim = claim;
                }
            }
        }
        let (first, _) = self.register.on(now.date()).results_kept(month);
        out.wake(first, "results", id);
    }

    /// The results of a file should be there.
    pub(in crate::desk) fn fetch_results(&mut self, now: Jst, id: u64, out: &mut Outbox) {
        let Some(file) = self.claims.files.get(&id).filter(|file| !file.settled) else { return };
        let (_, gone) = self.register.on(now.date()).results_kept(file.claim_month);
        if self.powered {
            out.send(PartyId::Clearing, ClaimMessage::Fetch { id });
        }
        if now < gone {
            out.wake_after(now, RESULTS_AGAIN, "results", id);
        }
    }

    /// Staff fetch the results of a month of service, whether or not they were fetched before.
    pub(super) fn fetch_month(&self, month: Month, out: &mut Outbox) {
        let files = self.claims.files.values().filter(|file| file.month == month);
        for file in files.filter(|file| file.answer == Answer::Taken) {
            out.send(PartyId::Clearing, ClaimMessage::Fetch { id: file.hand_in.id });
        }
    }

    fn results_came(&mut self, results: &Results) {
        let Some(file) = self.claims.files.get_mut(&results.id) else { return };
        file.settled = true;
        for result in &results.receipts {
            let receipt = ReceiptRef { file: results.id, number: result.number };
            if result.outcome == Outcome::Returned {
                self.came_back(receipt, result.reason);
            }
        }
    }

    /// Money came: what was paid is paid, and what was taken back is due again.
    pub(in crate::desk) fn paid(&mut self, payment: &Payment) {
        for line in &payment.lines {
            match line.kind {
                PaymentKind::Paid => {
                    for encounter in &mut self.ledger {
                        if encounter.claim == ClaimState::HandedIn(line.receipt) {
                            encounter.claim = ClaimState::Paid(line.receipt);
                        }
                    }
                }
                PaymentKind::TakenBack => {
                    self.came_back(line.receipt, Some(ReturnReason::NoSuccessor));
                }
                PaymentKind::Adjusted => {}
            }
        }
    }

    /// A receipt came back: its visits can be claimed again, with the number known now.
    fn came_back(&mut self, receipt: ReceiptRef, reason: Option<ReturnReason>) {
        for encounter in &mut self.ledger {
            let (ClaimState::HandedIn(of) | ClaimState::Held(of) | ClaimState::Paid(of)) =
                encounter.claim
            else {
                continue;
            };
            if of != receipt {
                continue;
            }
            encounter.claim = ClaimState::Returned(receipt);
            let ClaimNumber::Current(number) = encounter.number.clone() else { continue };
            let chart = self.charts.get(&key_of(&encounter.person));
            let newer = chart.filter(|chart| {
                !chart.insured.matches(&number)
                    && chart.since.is_none_or(|since| since <= encounter.date)
            });
            if let Some(chart) = newer {
                encounter.number = ClaimNumber::Current(chart.insured.clone());
                encounter.relation = chart.relation;
            } else if reason == Some(ReturnReason::NoSuccessor) {
                // It was a past number after all; a better one may still be told (CLM-002).
                encounter.number = ClaimNumber::Lost(number);
            }
        }
    }
}
