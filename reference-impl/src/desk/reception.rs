//! Receiving a patient: reader, papers, ladder, charge.

use std::collections::btree_map::Entry;

use jiff::civil::Date;

use super::accepted::{Accepted, Entitlement};
use super::aid::Aid;
use super::ladder::{Doubt, Ladder};
use super::{Chart, Desk, key_of};
use crate::calendar::{Jst, MINUTE, SECOND};
use crate::fee::CardUsed;
use crate::message::Counter;
use crate::message::counter::{Arrival, Paper, Proof, ProofKind, Trouble};
use crate::message::page::PageMode;
use crate::party::{Outbox, PartyId};
use crate::subsidy::SubsidyCertificate;
use crate::wire::{ConfirmationAnswer, PersonResult, Relation};

/// How long after "the reader is done" its file may still be on the way.
const FACE_FILE_PATIENCE: i64 = 30 * SECOND;
/// How long a result without a person waits for the results of others to find their patients.
const NAMELESS_PATIENCE: i64 = 5 * SECOND;
/// How long a result may wait for a patient who is not here yet.
const UNCLAIMED_KEPT: i64 = 10 * MINUTE;

/// One patient at the desk.
#[derive(Debug)]
pub(super) struct Reception {
    pub(super) arrival: Arrival,
    /// The date of service: the day the patient came, also if midnight passes (GEN-003).
    pub(super) date: Date,
    pub(super) doubt: Doubt,
    /// What was shown or asked for, in order.
    pub(super) tried: Vec<ProofKind>,
    /// A paper that a number look-up is to confirm.
    pub(super) looked_up: Option<Proof>,
    /// The same as it is printed, where something else was typed.
    pub(super) printed: Option<Proof>,
    /// Whether the patient is done at the reader or the remote reception and its result is due.
    pub(super) result_due: bool,
    /// Whether the page for disasters and failures was tried.
    pub(super) page_tried: bool,
    /// Whether the device for マイナ在宅受付Web was tried.
    pub(super) device_tried: bool,
    /// Whether it is the patient's consent to home visits that is asked about again.
    pub(super) re_inquired: bool,
    /// What a card answered, while a photo-ID is still to be seen.
    pub(super) pending: Option<Accepted>,
    /// What a card answered without the share it should name (ELIG-036).
    pub(super) unrated: Option<Chart>,
    /// How the card was used, as its answer said.
    pub(super) card: CardUsed,
    /// The patient's medical aid, while the welfare office is asked.
    pub(super) aid: Option<Aid>,
    /// What a card has proven, while the Public Medical Hub is asked.
    pub(super) entitlement: Option<Entitlement>,
    /// Certificates of public schemes that the hub has told.
    pub(super) told: Vec<SubsidyCertificate>,
    /// The patient's medical aid with what the month's ticket leaves to pay, once that is known.
    pub(super) aided: Option<SubsidyCertificate>,
    pub(super) stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// At the reader, in its queue, or waiting for its file.
    Reader,
    /// A number is being looked up.
    LookUp,
    /// The patient is being looked up on the page for disasters and failures.
    Page,
    /// Something was asked for.
    Asking,
    /// A photo-ID was asked for; the answer by card is already here.
    PhotoId,
    /// The Public Medical Hub is asked; the answer by card is already here.
    Hub,
    /// The welfare office is on the telephone.
    Office,
    /// A proof of the share was asked for; a valid answer without it is already here.
    Rate,
    /// Charged.
    Done,
}

impl Reception {
    pub(super) fn brought(&self) -> Option<ProofKind> {
        let again = self.re_inquired.then_some(ProofKind::ReInquiry);
        self.arrival.shows.as_ref().map(|p| p.kind).or(again)
    }
}

impl Desk {
    pub(super) fn receive(
        &mut self,
        now: Jst,
        patient: PartyId,
        arrival: Arrival,
        out: &mut Outbox,
    ) {
        self.patients.insert(patient, arrival.person.clone());
        let remote = arrival.route.is_remote();
        let disaster_mode = arrival.circumstances.disaster_mode;
        let stage = Stage::Reader;
        let reception = Reception {
            arrival,
            date: now.date(),
            doubt: Doubt::Unknown,
            tried: Vec::new(),
            looked_up: None,
            printed: None,
            result_due: remote,
            page_tried: false,
            device_tried: false,
            re_inquired: false,
            pending: None,
            unrated: None,
            card: CardUsed::No,
            aid: None,
            entitlement: None,
            told: Vec::new(),
            aided: None,
            stage,
        };
        self.receptions.insert(patient, reception);
        // Whoever comes again has left the reader, even without saying so.
        self.leave_reader(patient, out);
        if disaster_mode && self.powered {
            self.search_page(now, patient, PageMode::Disaster, out);
        } else {
            self.begin(now, patient, out);
        }
    }

    /// Begins with what the patient holds out.
    pub(super) fn begin(&mut self, now: Jst, patient: PartyId, out: &mut Outbox) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        reception.stage = Stage::Reader;
        let arrival = &reception.arrival;
        let (shows, remote) = (arrival.shows.clone(), arrival.route.is_remote());
        let reader = self.readers.get(usize::from(arrival.reader)).copied();
        match shows {
            _ if remote && self.receive_remote(now, patient, out) => {}
            Some(Proof { kind: ProofKind::Card | ProofKind::Phone, .. }) => {
                match reader.filter(|_| self.powered) {
                    Some(reader) => self.send_to_reader(reader, patient, out),
                    None => self.next_rung(now, patient, out),
                }
            }
            Some(proof) => self.shown(now, patient, proof, out),
            None => self.next_rung(now, patient, out),
        }
    }

    fn send_to_reader(&mut self, reader: PartyId, patient: PartyId, out: &mut Outbox) {
        match self.at_reader.entry(reader) {
            Entry::Occupied(_) => self.queue.entry(reader).or_default().push_back(patient),
            Entry::Vacant(free) => {
                free.insert(patient);
                out.send(patient, Counter::UseReader);
            }
        }
    }

    pub(super) fn reader_done(
        &mut self,
        now: Jst,
        patient: PartyId,
        trouble: Option<Trouble>,
        out: &mut Outbox,
    ) {
        self.leave_reader(patient, out);
        let waiting = self.receptions.get(&patient).is_some_and(|r| r.stage == Stage::Reader);
        if let Some(reception) = self.receptions.get_mut(&patient) {
            reception.result_due = trouble.is_none();
        }
        match trouble.filter(|_| waiting) {
            Some(trouble) => self.without_reader(now, patient, trouble, out),
            None if waiting => self.expect_face_file(now, patient, out),
            None => {}
        }
    }

    pub(super) fn reader_of(&self, patient: PartyId) -> Option<PartyId> {
        self.at_reader.iter().find(|(_, p)| **p == patient).map(|(reader, _)| *reader)
    }

    /// Frees the reader a patient stands at, and its queue of that patient, for the next.
    fn leave_reader(&mut self, patient: PartyId, out: &mut Outbox) {
        for queue in self.queue.values_mut() {
            queue.retain(|queued| *queued != patient);
        }
        let Some(reader) = self.reader_of(patient) else { return };
        self.at_reader.remove(&reader);
        let next = self.queue.get_mut(&reader).and_then(std::collections::VecDeque::pop_front);
        if let Some(next) = next {
            self.send_to_reader(reader, next, out);
        }
    }

    /// Without power nobody is sent to a reader any more.
    pub(super) fn power_lost(&mut self, now: Jst, out: &mut Outbox) {
        self.powered = false;
        for patient in std::mem::take(&mut self.queue).into_values().flatten() {
            self.next_rung(now, patient, out);
        }
    }

    pub(super) fn expect_face_file(&self, now: Jst, patient: PartyId, out: &mut Outbox) {
        if let PartyId::Patient(number) = patient {
            out.wake_after(now, FACE_FILE_PATIENCE, "face", u64::from(number));
        }
    }

    pub(super) fn no_face_file(&mut self, now: Jst, key: u64, out: &mut Outbox) {
        let patient = PartyId::Patient(u16::try_from(key).unwrap_or(u16::MAX));
        let waiting = |r: &Reception| r.stage == Stage::Reader && r.result_due;
        if self.receptions.get(&patient).is_some_and(waiting) {
            self.next_rung(now, patient, out);
        }
    }

    /// The reader's result belongs to the waiting patient of that name and birth date, never
    /// simply to the next one.
    pub(super) fn face_result(&mut self, now: Jst, answer: ConfirmationAnswer, out: &mut Outbox) {
        let Some(body) = &answer.body else { return };
        let found = body.people.first().map(|p| (p.kana.clone(), p.birth));
        let fits = |r: &Reception| {
            let person = &r.arrival.person;
            r.stage == Stage::Reader
                && match &found {
                    Some((kana, birth)) => {
                        kana.as_deref() == Some(&person.kana) && *birth == person.born
                    }
                    None => false,
                }
        };
        let patient = self.receptions.iter().find(|(_, r)| fits(r)).map(|(p, _)| *p);
        match patient {
            Some(patient) => self.card_answered(now, patient, &answer, out),
            None => {
                self.unclaimed.retain(|(at, _)| now.since(*at) < UNCLAIMED_KEPT);
                if found.is_none() {
                    out.wake_after(now, NAMELESS_PATIENCE, "nameless", 0);
                }
                self.unclaimed.push((now, answer));
            }
        }
    }

    /// A result without a person (該当資格なし) names nobody. By now every other result has
    /// found its patient; if exactly one is still waiting, it is theirs, and otherwise nobody's.
    pub(super) fn nameless_result(&mut self, now: Jst, out: &mut Outbox) {
        let nameless =
            |answer: &ConfirmationAnswer| answer.body.as_ref().is_some_and(|b| b.people.is_empty());
        let Some(position) = self.unclaimed.iter().position(|(_, a)| nameless(a)) else { return };
        let (_, answer) = self.unclaimed.remove(position);
        let waiting = |r: &Reception| r.stage == Stage::Reader && r.result_due;
        let mut patients = self.receptions.iter().filter(|(_, r)| waiting(r)).map(|(p, _)| *p);
        if let (Some(patient), None) = (patients.next(), patients.next()) {
            self.card_answered(now, patient, &answer, out);
        }
    }

    /// A result that came before its patient did, if it is not an old one.
    pub(super) fn take_unclaimed(
        &mut self,
        now: Jst,
        patient: PartyId,
    ) -> Option<ConfirmationAnswer> {
        let person = &self.receptions.get(&patient)?.arrival.person;
        let fits =
            |p: &PersonResult| p.kana.as_deref() == Some(&person.kana) && p.birth == person.born;
        let position = self.unclaimed.iter().position(|(at, answer)| {
            now.since(*at) < UNCLAIMED_KEPT
                && answer.body.as_ref().is_some_and(|b| b.people.first().is_some_and(fits))
        })?;
        Some(self.unclaimed.remove(position).1)
    }

    pub(super) fn next_rung(&mut self, now: Jst, patient: PartyId, out: &mut Outbox) {
        let Some(reception) = self.receptions.get(&patient) else { return };
        let next = self.ladder(reception).next();
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        match next {
            Some(kind) => {
                reception.stage = Stage::Asking;
                reception.tried.push(kind);
                out.send(patient, Counter::Show(kind));
            }
            None => self.charge(now, patient, None, None, false, out),
        }
    }

    pub(super) fn ladder<'a>(&'a self, reception: &'a Reception) -> Ladder<'a> {
        let known = self.charts.contains_key(&key_of(&reception.arrival.person));
        Ladder {
            policy: self.register.on(reception.date),
            date: reception.date,
            brought: reception.brought(),
            doubt: &reception.doubt,
            tried: &reception.tried,
            known: known && !reception.arrival.first,
            victim: reception.arrival.circumstances.victim,
        }
    }

    pub(super) fn has_not(
        &mut self,
        now: Jst,
        patient: PartyId,
        kind: ProofKind,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get(&patient) else { return };
        match reception.stage {
            // Without the photo-ID the remote reception is not completed (IDV-033).
            Stage::PhotoId if kind == ProofKind::PhotoId => self.next_rung(now, patient, out),
            Stage::Asking => self.next_rung(now, patient, out),
            Stage::Rate => self.rate_shown(now, patient, None, out),
            _ => {}
        }
    }

    pub(super) fn shown(&mut self, now: Jst, patient: PartyId, proof: Proof, out: &mut Outbox) {
        let done = self.receptions.get(&patient).is_none_or(|r| r.stage == Stage::Done);
        if done {
            return self.told_later(patient, &proof);
        }
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        if !reception.tried.contains(&proof.kind) {
            reception.tried.push(proof.kind);
        }
        if reception.stage == Stage::Rate {
            return self.rate_shown(now, patient, Some(&proof), out);
        }
        match (proof.kind, &proof.paper) {
            (ProofKind::PhotoId, _) => {
                if let Some(accepted) = reception.pending.take() {
                    self.accept(now, patient, accepted, out);
                }
            }
            (ProofKind::KnownData, _) => {
                let known = self.charts.get(&key_of(&reception.arrival.person)).cloned();
                let stale = matches!((&reception.doubt, &known),
                    (Doubt::Invalid(old), Some(chart)) if chart.insured.matches(old));
                match known.filter(|_| !stale) {
                    Some(chart) => {
                        self.charge(now, patient, Some(proof.kind), Some(chart), false, out);
                    }
                    None => self.next_rung(now, patient, out),
                }
            }
            (ProofKind::Statement, _) => {
                self.charge(now, patient, Some(proof.kind), None, false, out);
            }
            (_, Some(paper)) => {
                let paper = paper.clone();
                self.paper_shown(now, patient, proof, &paper, out);
            }
            (_, None) => self.next_rung(now, patient, out),
        }
    }
}

pub(super) fn chart_of(person: &PersonResult) -> Chart {
    let elderly = person.elderly.as_ref().map(|e| e.ratio_percent);
    Chart {
        insured: person.key.clone(),
        since: person.qualification_date,
        relation: person.relation.unwrap_or(Relation::Insured),
        ratio_percent: person.ratio_percent.or(elderly),
        limit: person.limit.as_ref().map(|limit| limit.class),
    }
}

pub(super) fn chart_of_paper(paper: &Paper) -> Chart {
    let insured = paper.insured.clone();
    let (since, ratio_percent) = (Some(paper.from), paper.ratio_percent);
    Chart { insured, since, relation: paper.relation, ratio_percent, limit: None }
}
