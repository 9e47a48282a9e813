//! What can be seen of claims over a whole run: files, how they were answered, what became of
//! their receipts, and the money. It is read off the messages and knows no party from inside.

use std::collections::BTreeMap;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::Message;
use madoguchi_reference::message::claim::{
    ClaimMessage, HandIn, Outcome, Payment, PaymentKind, PaymentLine, ReceiptRef, ReceiptResult,
    Reception, Refusal, Replaces, Results,
};
use madoguchi_reference::uke::{self, Receipt};
use madoguchi_sim::{Trace, What};

/// Everything seen of claims.
#[derive(Debug, Default)]
pub(crate) struct ClaimLife<'a> {
    /// Files that reached the clearing house, by the desk's number.
    pub(crate) files: BTreeMap<u64, FileLife<'a>>,
    /// Payments, with when they were sent.
    pub(crate) payments: Vec<(Jst, &'a Payment)>,
}

/// One file.
#[derive(Debug)]
pub(crate) struct FileLife<'a> {
    /// The step in which it first went out.
    pub(crate) step: usize,
    pub(crate) hand_in: &'a HandIn,
    /// Its receipts; none where it cannot be read.
    pub(crate) receipts: Vec<Receipt>,
    /// The first answer that took it in.
    pub(crate) reception: Option<&'a Reception>,
    /// When it was taken in.
    pub(crate) taken_at: Option<Jst>,
    /// Why it was refused, the last time.
    pub(crate) refusal: Option<&'a Refusal>,
    /// The last results that were fetched.
    pub(crate) results: Option<&'a Results>,
}

impl<'a> ClaimLife<'a> {
    pub(crate) fn of(trace: &'a Trace) -> Self {
        let mut life = Self::default();
        for event in &trace.events {
            let What::Arrived { message, sent, .. } = &event.what else { continue };
            match message {
                Message::Claim(says) => {
                    let step = event.step.map_or(0, usize::from);
                    life.claim(*sent, step, says);
                }
                Message::Payment(payment) => life.payments.push((*sent, payment)),
                _ => {}
            }
        }
        life
    }

    fn claim(&mut self, sent: Jst, step: usize, says: &'a ClaimMessage) {
        match says {
            ClaimMessage::HandIn(hand_in) => {
                self.files.entry(hand_in.id).or_insert_with(|| FileLife {
                    step,
                    hand_in,
                    receipts: uke::read(&hand_in.file.0).map(|f| f.receipts).unwrap_or_default(),
                    reception: None,
                    taken_at: None,
                    refusal: None,
                    results: None,
                });
            }
            ClaimMessage::Received(reception) => {
                if let Some(file) = self.files.get_mut(&reception.id) {
                    file.reception = file.reception.or(Some(reception));
                    file.taken_at = file.taken_at.or(Some(sent));
                }
            }
            ClaimMessage::Refused { id, refusal } => {
                if let Some(file) = self.files.get_mut(id) {
                    file.refusal = Some(refusal);
                }
            }
            ClaimMessage::Results(results) => {
                if let Some(file) = self.files.get_mut(&results.id) {
                    file.results = Some(results);
                }
            }
            _ => {}
        }
    }

    /// Every line of money about a receipt, with when it was sent.
    pub(crate) fn lines(&self, receipt: ReceiptRef) -> impl Iterator<Item = (Jst, PaymentLine)> {
        let all = self
            .payments
            .iter()
            .flat_map(move |(sent, payment)| payment.lines.iter().map(move |line| (*sent, *line)));
        all.filter(move |(_, line)| line.receipt == receipt)
    }

    /// What became of a receipt in the results of its file.
    pub(crate) fn result(&self, receipt: ReceiptRef) -> Option<&'a ReceiptResult> {
        let results = self.files.get(&receipt.file)?.results?;
        results.receipts.iter().find(|result| result.number == receipt.number)
    }

    /// Where a receipt stands at the end of the run.
    pub(crate) fn state(&self, receipt: ReceiptRef) -> State {
        let Some(file) = self.files.get(&receipt.file) else { return State::Unanswered };
        let Some(reception) = file.reception else {
            return file.refusal.map_or(State::Unanswered, |_| State::Refused);
        };
        let held = reception.findings.iter().any(|finding| finding.number == receipt.number);
        let mut state = if held { State::Held } else { State::Received };
        if let Some(result) = self.result(receipt) {
            state = match result.outcome {
                Outcome::Returned => State::Returned,
                Outcome::Replaced => state,
                _ => State::Decided,
            };
        }
        for (_, line) in self.lines(receipt) {
            state = match line.kind {
                PaymentKind::Paid => State::Paid,
                PaymentKind::TakenBack => State::TakenBack,
                PaymentKind::Adjusted => state,
            };
        }
        let taken = self.files.values().filter(|file| file.reception.is_some());
        for file in taken {
            match &file.hand_in.replaces {
                Replaces::Held(refs) if refs.contains(&receipt) => return State::Corrected,
                Replaces::Returned(refs) if refs.contains(&receipt) => return State::Resubmitted,
                _ => {}
            }
        }
        state
    }
}

/// Where a receipt can stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
    Unanswered,
    Refused,
    Held,
    Received,
    Corrected,
    Returned,
    Resubmitted,
    Decided,
    Paid,
    TakenBack,
}

impl State {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Refused => "refused",
            Self::Held => "held",
            Self::Received => "received",
            Self::Corrected => "corrected",
            Self::Returned => "returned",
            Self::Resubmitted => "resubmitted",
            Self::Decided => "decided",
            Self::Paid => "paid",
            Self::TakenBack => "taken-back",
        }
    }

    /// Whether nothing more comes of it by itself.
    pub(crate) fn is_terminal(self) -> bool {
        !matches!(self, Self::Unanswered | Self::Held | Self::Received | Self::Decided)
    }
}
