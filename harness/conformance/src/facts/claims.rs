//! Facts about claims: what stands on the receipts, and what became of them.

use std::collections::BTreeMap;

use madoguchi_reference::message::Message;
use madoguchi_reference::message::PatientSays;
use madoguchi_reference::message::claim::{
    ClaimMessage, HandIn, Part, ReceiptRef, ReceiptResult, Results, Utilisation,
};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::uke::{self, Confirmation, DayMark, Receipt};
use madoguchi_scenario::FactValue;
use madoguchi_sim::What;

use super::{Facts, many, one};
use crate::words::outcome_word;

impl<'a> Facts<'a> {
    /// The files handed in at this step, each once, in the order of their numbers.
    fn hand_ins(&self) -> Vec<&'a HandIn> {
        let mut all: BTreeMap<u64, &HandIn> = BTreeMap::new();
        for message in self.messages() {
            if let Message::Claim(ClaimMessage::HandIn(hand_in)) = message {
                all.entry(hand_in.id).or_insert(hand_in);
            }
        }
        all.into_values().collect()
    }

    /// The kana name of the person a step about claims is about, as it was said at the counter.
    fn kana(&self) -> Option<&'a str> {
        let step = self.steps.scenario.timeline.get(self.step)?;
        let (_, who) = step.about_claims()?;
        let who = who?;
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

    /// Whether the files handed in are what claim files have to be, read with the same eyes as a
    /// clearing house's: by one rule, or by all of them. What cannot be read at all obeys none.
    pub(super) fn claim_file_word(&self, rule: Option<&str>) -> &'static str {
        let files = self.hand_ins();
        let broken = |hand_in: &&HandIn| {
            let found = uke::examine(self.steps.register, &hand_in.file.0);
            let broken = |finding: &uke::Finding| rule.is_none_or(|rule| finding.rule == rule);
            found.reading.header_place.is_none() || found.findings.iter().any(broken)
        };
        if files.is_empty() {
            "none"
        } else if files.iter().any(broken) {
            "broken"
        } else {
            "well-formed"
        }
    }

    /// One of the rates that came with the results, in percent with one digit after the point.
    pub(super) fn utilisation(&self, rate: impl Fn(&Utilisation) -> Option<u32>) -> Option<String> {
        let permille = self.all_results().find_map(|r| r.utilisation.as_ref().and_then(&rate))?;
        Some(format!("{}.{}%", permille / 10, permille % 10))
    }

    /// The day on which results came.
    pub(super) fn result_day(&self) -> Option<String> {
        let results = |m: &Message| matches!(m, Message::Claim(ClaimMessage::Results { .. }));
        self.arrived().find(|a| results(a.message)).map(|a| a.sent.date().to_string())
    }

    /// Receipts handed in for the person, with what names them.
    pub(super) fn named_receipts(&self) -> Vec<(ReceiptRef, Receipt)> {
        let kana = self.kana();
        let receipts = self.hand_ins().into_iter().flat_map(|hand_in| {
            let file = self.steps.claims.files.get(&hand_in.id);
            let receipts = file.map(|file| file.receipts.clone()).unwrap_or_default();
            receipts.into_iter().map(move |receipt| {
                (ReceiptRef { file: hand_in.id, number: receipt.number }, receipt)
            })
        });
        let mine = receipts.filter(|(_, r)| kana.is_none_or(|k| &*r.kana == k));
        let mut mine: Vec<_> = mine.collect();
        // One person's receipts may go to two review bodies, in a file each.
        mine.sort_by_key(|(_, receipt)| first_day(receipt));
        mine
    }

    /// Receipts handed in for the person.
    pub(super) fn receipts(&self) -> Vec<Receipt> {
        self.named_receipts().into_iter().map(|(_, receipt)| receipt).collect()
    }

    pub(super) fn receipt_list(&self, part: impl Fn(&Receipt) -> Vec<String>) -> FactValue {
        FactValue::Many(self.receipts().iter().flat_map(part).collect())
    }

    /// Results that were fetched in this step.
    fn all_results(&self) -> impl Iterator<Item = &'a Results> {
        self.messages().filter_map(|message| match message {
            Message::Claim(ClaimMessage::Results(results)) => Some(results),
            _ => None,
        })
    }

    /// What became of the person's receipts.
    pub(super) fn results(&self) -> Vec<&'a ReceiptResult> {
        let kana = self.kana();
        let results = self.all_results().flat_map(|results| &results.receipts);
        results.filter(|r| kana.is_none_or(|k| &*r.kana == k)).collect()
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

    /// 確認区分 of the person's receipts, or what an objection came to.
    pub(super) fn confirmation(&self) -> FactValue {
        let objected = self.objected().and_then(|objected| objected.confirmation);
        let codes = self.results().into_iter().filter_map(|r| r.confirmation);
        many(codes.chain(objected).map(Confirmation::code).collect())
    }

    pub(super) fn paid_by(&self) -> FactValue {
        let insurer = |part: &&Part| part.insured.insurer.to_string();
        let parts = self.parts();
        let insurers = parts.iter().map(insurer).filter(|number| !number.is_empty());
        FactValue::Many(insurers.collect())
    }
}

/// The first day of service on a receipt, if it tells.
fn first_day(receipt: &Receipt) -> Option<usize> {
    let marks = receipt.days()?.marks;
    marks.iter().position(|mark| *mark == DayMark::Counted)
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

/// 給付割合 of a receipt, or `none`.
pub(super) fn benefit(receipt: &Receipt) -> String {
    receipt.benefit_percent.map_or_else(|| "none".to_owned(), |percent| format!("{percent}%"))
}

/// 一部負担金等の区分 of a receipt, or `none`.
pub(super) fn reduced(receipt: &Receipt) -> String {
    if receipt.reduced.is_empty() { "none".to_owned() } else { receipt.reduced.to_string() }
}

/// Who prescribed, on a pharmacy's receipt.
pub(super) fn prescriber(receipt: &Receipt) -> Option<String> {
    let it = receipt.prescriber.as_deref()?;
    Some(format!("{}{}{}", it.prefecture, it.table, it.institution))
}
