//! Claims of the institution: what is due is written into one file for each review body
//! (CLM-020, CLM-033), handed in, corrected, and claimed again when it comes back.

mod dispensed;
mod frame;
mod mistakes;
mod notes;
mod publics;
mod receipt;
mod sent;

use std::collections::{BTreeMap, BTreeSet};

use self::frame::name_in_file;
use self::receipt::{placed, receipt, remark};
use super::ledger::ReceiptKey;
use super::{Desk, Encounter};
use crate::calendar::{Jst, Month};
use crate::message::claim::{HandIn, ReceiptRef, Replaces};
use crate::message::file::Bytes;
use crate::message::{ClaimAct, ClaimOrder};
use crate::party::Outbox;
use crate::uke::{ClaimFile, Entry, Header, Receipt, ReviewBody, Text, write};

pub use mistakes::{ClaimMistake, MistakeIn};
use sent::Sent;

/// Where the claim of a visit stands, as far as the desk knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ClaimState {
    /// Not claimed yet.
    #[default]
    Due,
    /// Taken in, or decided: on its way to the money.
    HandedIn(ReceiptRef),
    /// The check found an error; it can be corrected.
    Held(ReceiptRef),
    /// It came back.
    Returned(ReceiptRef),
    /// Paid.
    Paid(ReceiptRef),
}

/// The claims of an institution.
#[derive(Debug)]
pub(super) struct Claims {
    /// Files handed in, by the desk's own number.
    files: BTreeMap<u64, Sent>,
    next: u64,
    /// What the receipt computer does wrong, each once.
    mistakes: Vec<MistakeIn>,
    /// Where receipts go whose insurer is unknown (CLM-007).
    unknown_to: ReviewBody,
    /// What staff wanted while the power was gone, and how often it was tried.
    waiting: BTreeMap<u64, (ClaimOrder, u16)>,
}

impl Default for Claims {
    fn default() -> Self {
        Self {
            files: BTreeMap::new(),
            next: 0,
            mistakes: Vec::new(),
            unknown_to: ReviewBody::Siif,
            waiting: BTreeMap::new(),
        }
    }
}

/// Visits that make one receipt: one patient, month and payer (CLM-020).
type Group<'a> = Vec<(usize, &'a Encounter)>;

impl Desk {
    /// The same desk, whose receipt computer makes these mistakes, and which claims what has no
    /// known insurer from `unknown_to` (CLM-007).
    #[must_use]
    pub fn claiming(mut self, mistakes: Vec<MistakeIn>, unknown_to: ReviewBody) -> Self {
        self.claims.mistakes = mistakes;
        self.claims.unknown_to = unknown_to;
        self
    }

    /// Staff want something done about the claims of a month of service.
    pub(super) fn order_claims(&mut self, now: Jst, order: ClaimOrder, out: &mut Outbox) {
        if !self.powered {
            let key = self.claims.next;
            self.claims.next += 1;
            self.claims.waiting.insert(key, (order, 0));
            out.wake_after(now, sent::ANSWER_PATIENCE, "claims", key);
            return;
        }
        match order.act {
            ClaimAct::HandIn => {
                self.send_unanswered(now, order.month, out);
                self.claim(now, order, out);
            }
            ClaimAct::Again => self.send_again(order.month, out),
            ClaimAct::Correct | ClaimAct::Resubmit => self.claim(now, order, out),
            ClaimAct::Fetch => self.fetch_month(order.month, out),
        }
    }

    /// Staff try again what the power kept them from.
    pub(super) fn claims_tried_again(&mut self, now: Jst, key: u64, out: &mut Outbox) {
        let Some((order, tries)) = self.claims.waiting.remove(&key) else { return };
        if self.powered {
            self.order_claims(now, order, out);
        } else if tries < sent::TRIES_MAX {
            self.claims.waiting.insert(key, (order, tries + 1));
            out.wake_after(now, sent::ANSWER_PATIENCE, "claims", key);
        }
    }

    /// Hands in what the order is about, one file for each review body.
    fn claim(&mut self, now: Jst, order: ClaimOrder, out: &mut Outbox) {
        let under_way = self.under_way();
        let policy = self.register.on(order.month.last());
        let mut groups: BTreeMap<ReceiptKey, Group<'_>> = BTreeMap::new();
        for (index, encounter) in self.ledger.iter().enumerate() {
            let wanted = Month::of(encounter.date) == order.month
                && is_wanted(encounter.claim, order.act)
                && !under_way.contains(&index);
            if let Some(receipt) = encounter.receipt().filter(|_| wanted) {
                groups.entry(receipt).or_default().push((index, encounter));
            }
        }
        let mut groups: Vec<(ReviewBody, Group<'_>)> = groups
            .into_iter()
            .map(|(receipt, visits)| (receipt.review_body(self.claims.unknown_to, &policy), visits))
            .collect();
        groups.sort_by_key(|(_, visits)| visits.first().map(|(_, e)| e.date));
        let everything_to_one = order.act == ClaimAct::HandIn
            && self.claims.mistakes.iter().any(|m| m.is(ClaimMistake::OneBodyForAll, order.month));
        let mut files = Vec::new();
        for body in ReviewBody::ALL.iter().copied() {
            let here = |of: ReviewBody| {
                if everything_to_one { body == ReviewBody::Siif } else { of == body }
            };
            let mine: Vec<&Group<'_>> =
                groups.iter().filter(|(of, _)| here(*of)).map(|(_, visits)| visits).collect();
            if mine.is_empty() {
                continue;
            }
            let file = self.claim_file(now, order.month, body, &mine);
            let receipts = (1..).zip(&mine);
            let encounters: BTreeMap<u32, Vec<usize>> = receipts
                .map(|(number, visits)| (number, visits.iter().map(|(i, _)| *i).collect()))
                .collect();
            let replaces = replaces(order.act, &mine);
            files.push((body, file, encounters, replaces));
        }
        for (to, file, encounters, replaces) in files {
            let Some(bytes) = bytes_of(file) else { continue };
            let bytes = if order.act == ClaimAct::HandIn {
                self.mistaken(order.month, bytes)
            } else {
                bytes
            };
            let id = self.claims.next;
            self.claims.next += 1;
            let file = Bytes(bytes);
            let hand_in = HandIn { id, to, medium: order.medium, replaces, file };
            let months = (order.month, Month::of(now.date()));
            self.send_file(now, Sent::new(months, hand_in, encounters), out);
        }
        if order.act == ClaimAct::HandIn {
            self.claims.mistakes.retain(|m| m.month != order.month);
        }
    }

    /// The bytes with what the receipt computer does wrong in them.
    fn mistaken(&self, month: Month, bytes: Vec<u8>) -> Vec<u8> {
        let mine = self.claims.mistakes.iter().filter(|mistake| mistake.month == month);
        mine.fold(bytes, |bytes, mistake| mistake.make(bytes))
    }

    fn claim_file(
        &self,
        now: Jst,
        month: Month,
        body: ReviewBody,
        groups: &[&Group<'_>],
    ) -> ClaimFile {
        let policy = self.register.on(month.last());
        let strict = self.institution.insists_on_check_digits;
        let form = self.institution.form();
        let receipts: Vec<Receipt> = (1..)
            .zip(groups)
            .map(|(number, group)| {
                let visits: Vec<&Encounter> = group.iter().map(|(_, visit)| *visit).collect();
                let contact = self.contact_of(visits[0]);
                let mut receipt = receipt(form, number, month, &visits, &policy, strict);
                let remark = remark(&visits, &contact, &policy).map(|it| placed(form, it));
                receipt.entries.extend(remark);
                receipt.entries.sort_by_key(|entry| matches!(entry, Entry::Management(_)));
                receipt
            })
            .collect();
        let header = Header {
            prefecture: format!("{:02}", self.institution.prefecture).into(),
            institution: self.institution.code.as_str().get(3..).unwrap_or_default().into(),
            name: name_in_file(form, &self.institution.name),
            phone: self.institution.phone.as_str().into(),
            ..Header::blank(body, Month::of(now.date()))
        };
        ClaimFile::new(form, header, receipts)
    }
}

/// The bytes of a file. A name that the format cannot hold must not cost the month: it is sent
/// with ●, which is accepted (ELIG-035).
fn bytes_of(file: ClaimFile) -> Option<Vec<u8>> {
    write(&file).or_else(|_| write(&with_bullets(file))).ok()
}

/// Whether a visit is what staff want to hand in.
fn is_wanted(claim: ClaimState, act: ClaimAct) -> bool {
    match act {
        ClaimAct::HandIn => claim == ClaimState::Due,
        ClaimAct::Correct => matches!(claim, ClaimState::Held(_)),
        ClaimAct::Resubmit => matches!(claim, ClaimState::Returned(_)),
        ClaimAct::Again | ClaimAct::Fetch => false,
    }
}

/// What the receipts of a file stand for.
fn replaces(act: ClaimAct, groups: &[&Group<'_>]) -> Replaces {
    let refs: BTreeSet<ReceiptRef> = groups
        .iter()
        .flat_map(|visits| visits.iter())
        .filter_map(|(_, visit)| match visit.claim {
            ClaimState::Held(receipt) | ClaimState::Returned(receipt) => Some(receipt),
            _ => None,
        })
        .collect();
    let refs = refs.into_iter().collect();
    match act {
        ClaimAct::Correct => Replaces::Held(refs),
        ClaimAct::Resubmit => Replaces::Returned(refs),
        ClaimAct::HandIn | ClaimAct::Again | ClaimAct::Fetch => Replaces::Nothing,
    }
}

fn with_bullets(mut file: ClaimFile) -> ClaimFile {
    let held = |c: char| crate::wire::Charset::ShiftJis.holds(c);
    let clean = |text: &mut Text| {
        *text =
            text.chars().map(|c| if held(c) { c } else { crate::wire::charset::BULLET }).collect();
    };
    clean(&mut file.header.name);
    for receipt in &mut file.receipts {
        clean(&mut receipt.name);
        clean(&mut receipt.kana);
        for entry in &mut receipt.entries {
            match entry {
                Entry::Comment(comment) => clean(&mut comment.text),
                Entry::Remark(comment) => clean(&mut comment.text),
                _ => {}
            }
        }
    }
    file
}
