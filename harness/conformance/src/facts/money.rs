//! Facts about the life of claims: how they were answered, why they came back, what was paid.

use std::collections::BTreeMap;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::Message;
use madoguchi_reference::message::claim::{
    ClaimMessage, NoResults, Objected, ObjectionAnswer, Outcome, Part, PaymentKind, PaymentLine,
    ReceiptRef, Refusal, ReturnReason,
};
use madoguchi_reference::uke::ReviewBody;

use super::Facts;

impl<'a> Facts<'a> {
    /// How each file was answered in this step, the last time.
    pub(super) fn hand_in_words(&self) -> Vec<&'static str> {
        let mut words: BTreeMap<u64, &'static str> = BTreeMap::new();
        for message in self.messages() {
            let (id, word) = match message {
                Message::Claim(ClaimMessage::HandIn(hand_in)) => {
                    words.entry(hand_in.id).or_insert("unanswered");
                    continue;
                }
                Message::Claim(ClaimMessage::Received(reception)) => {
                    let word = if reception.again {
                        "received-before"
                    } else if reception.findings.is_empty() {
                        "received"
                    } else {
                        "held"
                    };
                    (reception.id, word)
                }
                Message::Claim(ClaimMessage::Refused { id, refusal }) => {
                    (*id, refusal_word(refusal))
                }
                _ => continue,
            };
            words.insert(id, word);
        }
        words.into_values().collect()
    }

    /// The review bodies to which the person's receipts went.
    pub(super) fn claim_bodies(&self) -> Vec<&'static str> {
        let body = |receipt: ReceiptRef| {
            let file = self.steps.claims.files.get(&receipt.file)?;
            Some(match file.hand_in.to {
                ReviewBody::Siif => "siif",
                ReviewBody::Kkr => "kkr",
            })
        };
        self.refs().into_iter().filter_map(body).collect()
    }

    fn refs(&self) -> Vec<ReceiptRef> {
        self.named_receipts().into_iter().map(|(receipt, _)| receipt).collect()
    }

    /// The rules that the check on reception found broken.
    pub(super) fn asp(&self) -> Vec<String> {
        let refs = self.refs();
        let findings = self.messages().filter_map(|message| match message {
            Message::Claim(ClaimMessage::Received(reception)) => Some(reception),
            _ => None,
        });
        let of = findings.flat_map(|reception| {
            reception.findings.iter().map(move |finding| {
                (ReceiptRef { file: reception.id, number: finding.number }, finding.rule)
            })
        });
        let mine = of.filter(|(receipt, _)| refs.contains(receipt));
        let mut rules: Vec<String> = mine.map(|(_, rule)| rule.to_owned()).collect();
        rules.dedup();
        rules
    }

    /// Where the receipts of this step stand at the end of the run.
    pub(super) fn claim_states(&self) -> Vec<&'static str> {
        let life = &self.steps.claims;
        self.refs().into_iter().map(|receipt| life.state(receipt).word()).collect()
    }

    pub(super) fn return_reasons(&self) -> Vec<&'static str> {
        self.results().iter().filter_map(|r| r.reason).map(ReturnReason::word).collect()
    }

    /// Points taken off, of every receipt that was decided.
    pub(super) fn adjusted(&self) -> Vec<i64> {
        let results = self.results();
        let decided = |outcome| !matches!(outcome, Outcome::Returned | Outcome::Replaced);
        results.iter().filter(|r| decided(r.outcome)).map(|r| r.adjusted_points).collect()
    }

    /// The parts of the receipts, or what an objection made of them, in order of the days.
    pub(super) fn parts(&self) -> Vec<&'a Part> {
        let objected = self.objected().map(|objected| &objected.parts);
        let results = self.results();
        let mut parts: Vec<&Part> =
            results.iter().flat_map(|r| &r.parts).chain(objected.into_iter().flatten()).collect();
        parts.sort_by_key(|part| part.days.first().copied());
        parts
    }

    pub(super) fn part_yen(&self) -> Vec<i64> {
        let publics = self.results().into_iter().flat_map(|r| r.publics.iter().map(|p| p.yen));
        self.parts().iter().map(|part| part.yen).chain(publics).collect()
    }

    /// Lines of money about the receipts of this step, or the one an objection is about.
    fn lines(&self, wanted: impl Fn(PaymentKind) -> bool) -> Vec<(Jst, PaymentLine)> {
        let objected = self.objected().and_then(|objected| objected.receipt);
        let refs = self.refs().into_iter().chain(objected);
        let lines = refs.flat_map(|receipt| self.steps.claims.lines(receipt));
        lines.filter(|(_, line)| wanted(line.kind)).collect()
    }

    pub(super) fn paid_yen(&self) -> Vec<i64> {
        let lines = self.lines(|kind| kind == PaymentKind::Paid);
        lines.iter().map(|(_, line)| line.yen).collect()
    }

    pub(super) fn paid_on(&self) -> Vec<String> {
        days(self.lines(|kind| kind == PaymentKind::Paid))
    }

    /// What was taken back, as positive amounts.
    pub(super) fn set_off_yen(&self) -> Vec<i64> {
        let lines = self.lines(|kind| kind != PaymentKind::Paid);
        lines.iter().map(|(_, line)| -line.yen).collect()
    }

    pub(super) fn set_off_on(&self) -> Vec<String> {
        days(self.lines(|kind| kind != PaymentKind::Paid))
    }

    /// The sums of the payments that hold one of the receipts.
    pub(super) fn payment_yen(&self) -> Vec<i64> {
        let objected = self.objected().and_then(|objected| objected.receipt);
        let refs: Vec<ReceiptRef> = self.refs().into_iter().chain(objected).collect();
        let payments = self.steps.claims.payments.iter().map(|(_, payment)| payment);
        let mine = payments.filter(|p| p.lines.iter().any(|line| refs.contains(&line.receipt)));
        mine.map(|payment| payment.yen).collect()
    }

    /// What came of fetching results, the last time.
    pub(super) fn results_word(&self) -> &'static str {
        let words = self.messages().filter_map(|message| match message {
            Message::Claim(ClaimMessage::Results(_)) => Some("fetched"),
            Message::Claim(ClaimMessage::NoResults { why, .. }) => Some(match why {
                NoResults::NotYet => "not-yet",
                NoResults::Gone => "gone",
                NoResults::Unknown => "none",
            }),
            _ => None,
        });
        words.last().unwrap_or("none")
    }

    /// What an insurer's objection of this step came to.
    pub(super) fn objected(&self) -> Option<&'a Objected> {
        self.messages().find_map(|message| match message {
            Message::Claim(ClaimMessage::Objected(objected)) => Some(objected),
            _ => None,
        })
    }

    pub(super) fn objection(&self) -> &'static str {
        match self.objected().map(|objected| objected.answer) {
            None => "none",
            Some(ObjectionAnswer::NotPaid) => "not-paid",
            Some(ObjectionAnswer::Rejected) => "rejected",
            Some(ObjectionAnswer::Moved) => "moved",
            Some(ObjectionAnswer::Adjusted) => "adjusted",
            Some(ObjectionAnswer::Returned) => "returned",
        }
    }
}

fn days(lines: Vec<(Jst, PaymentLine)>) -> Vec<String> {
    let mut days: Vec<String> = lines.iter().map(|(at, _)| at.date().to_string()).collect();
    days.dedup();
    days
}

fn refusal_word(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Closed => "closed",
        Refusal::Broken(_) => "broken",
        Refusal::WrongBody => "wrong-body",
        Refusal::WrongMonth => "wrong-month",
        Refusal::Paper => "paper",
        Refusal::NothingToReplace => "nothing-to-replace",
    }
}
