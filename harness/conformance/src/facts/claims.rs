//! Facts about claims: what stands on the receipts, and what became of them.

use madoguchi_reference::message::Message;
use madoguchi_reference::message::PatientSays;
use madoguchi_reference::message::claim::{ClaimMessage, ReceiptResult, Utilisation};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::uke::{self, Receipt};
use madoguchi_scenario::FactValue;
use madoguchi_sim::What;

use super::{Facts, many, one};
use crate::words::outcome_word;

impl<'a> Facts<'a> {
    /// Names on the receipts that the clearing house took in, if it took any.
    pub(crate) fn handed_in(&self) -> Option<Vec<String>> {
        let taken = |m: &Message| matches!(m, Message::Claim(ClaimMessage::Received { .. }));
        let file = self.messages().any(taken).then(|| self.claim_file()).flatten()?;
        Some(file.receipts.into_iter().map(|r| r.kana.into()).collect())
    }

    /// Names on the receipts that came back, if any did.
    pub(crate) fn came_back(&self) -> Option<Vec<String>> {
        self.messages().find_map(|message| match message {
            Message::Claim(ClaimMessage::Results { receipts, .. }) => {
                Some(receipts.iter().map(|r| r.kana.clone()).collect())
            }
            _ => None,
        })
    }

    /// The kana name of the person a claim step is about, as it was said at the counter.
    fn kana(&self) -> Option<&'a str> {
        let step = self.steps.scenario.timeline.get(self.step)?;
        let who = step.claim.as_ref()?.who.as_ref()?;
        let position = self.steps.scenario.people.keys().position(|name| name == who)?;
        let patient = PartyId::Patient(u16::try_from(position).ok()?);
        self.steps.trace.events.iter().find_map(|event| match &event.what {
            What::Arrived {
                from,
                message: Message::PatientSays(PatientSays::Arrives(arrival)),
                ..
            } if *from == patient => Some(arrival.person.kana.as_str()),
            _ => None,
        })
    }

    fn claim_file(&self) -> Option<uke::ClaimFile> {
        self.messages().find_map(|message| match message {
            Message::Claim(ClaimMessage::HandIn(bytes)) => uke::read(&bytes.0).ok(),
            _ => None,
        })
    }

    /// Whether the file handed in is what a claim file has to be, read with the same eyes as a
    /// clearing house's: by one rule, or by all of them. What cannot be read at all obeys none.
    pub(super) fn claim_file_word(&self, rule: Option<&str>) -> &'static str {
        let bytes = self.messages().find_map(|message| match message {
            Message::Claim(ClaimMessage::HandIn(bytes)) => Some(&bytes.0),
            _ => None,
        });
        let Some(bytes) = bytes else { return "none" };
        let found = uke::examine(self.steps.register, bytes);
        let broken = |finding: &uke::Finding| rule.is_none_or(|rule| finding.rule == rule);
        let nothing = found.reading.header_place.is_none();
        if nothing || found.findings.iter().any(broken) { "broken" } else { "well-formed" }
    }

    /// One of the rates that came with the results, in percent with one digit after the point.
    pub(super) fn utilisation(&self, rate: impl Fn(&Utilisation) -> Option<u32>) -> Option<String> {
        let permille = self.messages().find_map(|message| match message {
            Message::Claim(ClaimMessage::Results { utilisation, .. }) => {
                utilisation.as_ref().and_then(&rate)
            }
            _ => None,
        })?;
        Some(format!("{}.{}%", permille / 10, permille % 10))
    }

    /// The day on which results came.
    pub(super) fn result_day(&self) -> Option<String> {
        let results = |m: &Message| matches!(m, Message::Claim(ClaimMessage::Results { .. }));
        self.arrived().find(|a| results(a.message)).map(|a| a.sent.date().to_string())
    }

    /// Receipts handed in for the person.
    pub(super) fn receipts(&self) -> Vec<Receipt> {
        let kana = self.kana();
        let receipts = self.claim_file().map(|f| f.receipts).unwrap_or_default();
        receipts.into_iter().filter(|r| kana.is_none_or(|k| k == r.kana)).collect()
    }

    pub(super) fn receipt_list(&self, part: impl Fn(&Receipt) -> Vec<String>) -> FactValue {
        FactValue::Many(self.receipts().iter().flat_map(part).collect())
    }

    /// What became of the person's receipts.
    fn results(&self) -> Vec<&'a ReceiptResult> {
        let kana = self.kana();
        let results = self.messages().filter_map(|message| match message {
            Message::Claim(ClaimMessage::Results { receipts, .. }) => Some(receipts),
            _ => None,
        });
        results.flatten().filter(|r| kana.is_none_or(|k| k == r.kana)).collect()
    }

    pub(super) fn outcome(&self) -> FactValue {
        let refused = self
            .messages()
            .any(|message| matches!(message, Message::Claim(ClaimMessage::Refused { .. })));
        if refused {
            return one("refused");
        }
        many(self.results().iter().map(|r| outcome_word(r.outcome)).collect())
    }

    pub(super) fn confirmation(&self) -> FactValue {
        let codes = self.results().into_iter().filter_map(|r| r.outcome.confirmation_code());
        many(codes.collect())
    }

    pub(super) fn paid_by(&self) -> FactValue {
        let mut parts: Vec<_> = self.results().iter().flat_map(|r| &r.parts).collect();
        parts.sort_by_key(|part| part.days.first().copied());
        FactValue::Many(parts.iter().map(|part| part.insured.insurer.to_string()).collect())
    }
}

pub(super) fn insurance(
    receipt: &Receipt,
    part: impl Fn(&uke::Insurance) -> String,
) -> Vec<String> {
    receipt.insurance.iter().map(part).collect()
}

/// How the remarks begin: their first word.
pub(super) fn remark(receipt: &Receipt) -> Vec<String> {
    let first = |c: &uke::Comment| c.text.split(['　', ' ']).next().unwrap_or_default().to_owned();
    receipt.comments().map(first).collect()
}

/// The notes (特記事項) of a receipt: the class of its limit, 区ア to 多キ, and all others.
pub(super) fn notes(receipt: &Receipt) -> (Vec<String>, Vec<String>) {
    let of_class =
        |note: &String| note.parse::<u8>().is_ok_and(|code| matches!(code, 26..=35 | 41..=44));
    receipt.notes.iter().map(ToString::to_string).partition(of_class)
}

pub(super) fn claimed_class(receipt: &Receipt) -> String {
    notes(receipt).0.into_iter().next().unwrap_or_else(|| "none".to_owned())
}

/// 窓口負担額区分 of a receipt (MF).
pub(super) fn charge(receipt: &Receipt) -> Option<String> {
    receipt.entries.iter().find_map(|entry| match entry {
        uke::Entry::Charge(charge) => Some(charge.class.to_string()),
        _ => None,
    })
}
