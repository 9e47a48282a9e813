//! When an insurer decides about papers, and that it sends them (CERT-050…053, FB-012,
//! FB-040…042). What it sends is decided in `papers.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::papers::{Occasion, Reissue, paper_for};
use super::{Due, Insurer};
use crate::calendar::{HOUR, Jst, end_of_month_after};
use crate::message::Registration;
use crate::message::counter::{Proof, ProofKind};
use crate::message::office::{CardStanding, CardsAsked, CardsTold};
use crate::message::registry::Entry;
use crate::party::{Outbox, PartyId};
use crate::register::Register;

/// The hour at which post is sent.
const POST_HOUR: i64 = 10;
/// The number of the question about everybody, asked when the run begins.
const EVERYBODY: u64 = 0;

/// An insurer's post room.
#[derive(Debug)]
pub(super) struct Mail {
    register: Arc<Register>,
    /// Its own choice; none for what the register says (CERT-052).
    reissue: Option<Reissue>,
    /// Nothing is sent after this day: nobody looks.
    until: Date,
    plans: Vec<Planned>,
    sent: BTreeMap<u16, Vec<Proof>>,
}

/// Something to decide about on a day.
#[derive(Clone, Debug)]
struct Planned {
    date: Date,
    occasion: Occasion,
    entry: Entry,
}

impl Mail {
    pub(super) fn new(register: Arc<Register>, reissue: Option<Reissue>, until: Date) -> Self {
        Self { register, reissue, until, plans: Vec::new(), sent: BTreeMap::new() }
    }

    /// What J-LIS says of the cards of everybody is known: everything that falls before today
    /// has long been sent, the rest is waited for.
    fn plan(&mut self, now: Jst, insured: Vec<Insured>, cards: &[CardStanding], out: &mut Outbox) {
        let mut plans: Vec<Planned> =
            insured.iter().flat_map(|person| self.occasions(person, cards)).collect();
        plans.sort_by_key(|plan| (plan.date, plan.entry.owner, plan.occasion));
        plans.retain(|plan| plan.date <= self.until);
        for plan in plans {
            let at = Jst::start_of(plan.date).plus(POST_HOUR * HOUR);
            if at <= now {
                self.decide(&plan, cards, out);
            } else {
                // 0 stands for everybody.
                self.plans.push(plan);
                out.wake(at, "post", self.plans.len() as u64);
            }
        }
    }

    fn occasions(&self, person: &Insured, cards: &[CardStanding]) -> Vec<Planned> {
        let Insured { entry, sent_from, lost } = person;
        let mut all = vec![(*sent_from, Occasion::Gain)];
        let policy = self.register.on(self.until);
        let renewals = policy.renewals(&entry.insured.insurer, *sent_from);
        all.extend(renewals.into_iter().map(|date| (date, Occasion::Renewal)));
        for card in cards.iter().filter(|card| card.owner == entry.owner) {
            let months = policy.months_until_reissue();
            all.extend(months.map(|m| (end_of_month_after(card.expires, m), Occasion::Lapse)));
        }
        let insured = |date: &Date| sent_from <= date && lost.is_none_or(|lost| *date < lost);
        let after_gain = |(date, occasion): &(Date, Occasion)| {
            insured(date) && (*occasion == Occasion::Gain || sent_from < date)
        };
        let plan = |(date, occasion)| Planned { date, occasion, entry: entry.clone() };
        all.into_iter().filter(after_gain).map(plan).collect()
    }

    fn decide(&mut self, plan: &Planned, cards: &[CardStanding], out: &mut Outbox) {
        let Planned { date, occasion, entry } = plan;
        let sent = self.sent.entry(entry.owner).or_default();
        let has_certificate = sent.iter().any(|proof| {
            let paper = proof.paper.as_ref();
            proof.kind == ProofKind::EligibilityCertificate
                && paper.is_some_and(|p| {
                    p.insured == entry.insured && p.until.is_none_or(|until| *date <= until)
                })
        });
        if *occasion == Occasion::Lapse && has_certificate {
            return;
        }
        let policy = self.register.on(*date);
        let reissue = self.reissue.unwrap_or_else(|| policy.reissue());
        let Some(proof) = paper_for(entry, *occasion, *date, cards, reissue, &policy) else {
            return;
        };
        sent.push(proof.clone());
        out.send(PartyId::Patient(entry.owner), proof);
    }
}

/// A person with the day from which papers are due.
struct Insured {
    entry: Entry,
    sent_from: Date,
    lost: Option<Date>,
}

impl Insurer {
    /// Lets the insurer send papers, up to `until`.
    #[must_use]
    pub fn with_mail(mut self, reissue: Option<Reissue>, until: Date) -> Self {
        self.mail = Some(Mail::new(Arc::clone(&self.register), reissue, until));
        self
    }

    /// Asks J-LIS about the cards of everybody who is insured here.
    pub(super) fn begin_mail(&self, out: &mut Outbox) {
        if self.mail.is_some() {
            let owners = self.insured().iter().map(|person| person.entry.owner).collect();
            out.send(PartyId::Certifier, CardsAsked { request: EVERYBODY, owners });
        }
    }

    pub(super) fn post_due(&self, key: u64, out: &mut Outbox) {
        let plan = usize::try_from(key).ok().and_then(|key| self.plan(key));
        if let Some(plan) = plan {
            let owners = vec![plan.entry.owner];
            out.send(PartyId::Certifier, CardsAsked { request: key, owners });
        }
    }

    fn plan(&self, key: usize) -> Option<&Planned> {
        self.mail.as_ref()?.plans.get(key.checked_sub(1)?)
    }

    pub(super) fn cards_told(&mut self, now: Jst, told: &CardsTold, out: &mut Outbox) {
        if told.request == EVERYBODY {
            let insured = self.insured();
            if let Some(mail) = &mut self.mail {
                mail.plan(now, insured, &told.cards, out);
            }
            return;
        }
        let key = usize::try_from(told.request).unwrap_or(usize::MAX);
        let plan = self.plan(key).cloned();
        if let (Some(plan), Some(mail)) = (plan, &mut self.mail) {
            mail.decide(&plan, &told.cards, out);
        }
    }

    /// Somebody asks for a paper; who is not insured here gets none.
    pub(super) fn applied(&mut self, now: Jst, from: PartyId, kind: ProofKind, out: &mut Outbox) {
        let PartyId::Patient(owner) = from else { return };
        let date = now.date();
        let covers = |p: &Insured| p.entry.from <= date && p.lost.is_none_or(|lost| date < lost);
        let person = self.insured().into_iter().rev().find(|p| p.entry.owner == owner && covers(p));
        if let (Some(person), Some(mail)) = (person, &mut self.mail) {
            let occasion = Occasion::Application(kind);
            mail.plans.push(Planned { date, occasion, entry: person.entry });
            let request = mail.plans.len() as u64;
            out.send(PartyId::Certifier, CardsAsked { request, owners: vec![owner] });
        }
    }

    /// Everybody who is or will be insured here, as first registered.
    fn insured(&self) -> Vec<Insured> {
        let mut all: Vec<Insured> = Vec::new();
        for (due, registration) in &self.filings {
            let Registration::Gain(entry) = registration else { continue };
            let same = |p: &Insured| p.entry.insured == entry.insured && p.entry.from == entry.from;
            if all.iter().any(|p| p.entry.owner == entry.owner && same(p)) {
                continue;
            }
            let registered = match due {
                Due::InTime => entry.from,
                due => self.due_at(*due).map_or(entry.from, Jst::date),
            };
            let lost = self.filings.iter().find_map(|(_, registration)| match registration {
                Registration::Loss { insured, owner, lost, .. }
                    if *insured == entry.insured && *owner == entry.owner && entry.from < *lost =>
                {
                    Some(*lost)
                }
                _ => None,
            });
            let sent_from = registered.max(entry.from);
            all.push(Insured { entry: entry.as_ref().clone(), sent_from, lost });
        }
        all
    }
}
