//! What an answer by card or phone leads to: acceptance, a question, or the ladder.

use super::add_ons::card_used;
use super::aid::{Aid, aid_of, insurance_of};
use super::ladder::Doubt;
use super::reception::{Reception, Stage, chart_of};
use super::{Chart, Desk, key_of};
use crate::calendar::Jst;
use crate::ids::InsuredKey;
use crate::message::Counter;
use crate::message::counter::ProofKind;
use crate::party::{Outbox, PartyId};
use crate::wire::{
    AnswerBody, ConfirmationAnswer, ConsentFlag, ConsentTriple, PersonResult, Validity,
};

/// What a valid answer by card says.
#[derive(Debug)]
pub(super) struct Accepted {
    entitlement: Entitlement,
    /// The number that drug and care information may be looked at with, if it may.
    looks_at: Option<InsuredKey>,
    /// The number that check-ups may be looked at with, if they may.
    check_ups: Option<InsuredKey>,
}

#[derive(Debug)]
pub(super) enum Entitlement {
    /// To an insurance.
    Insured(Chart),
    /// To medical aid, with or without an insurance beside it.
    Aided(Aid),
}

impl Entitlement {
    /// The number by which the person is known.
    pub(super) fn key(&self) -> &InsuredKey {
        match self {
            Self::Insured(chart) => &chart.insured,
            Self::Aided(aid) => &aid.key,
        }
    }
}

impl Desk {
    pub(super) fn card_answered(
        &mut self,
        now: Jst,
        patient: PartyId,
        answer: &ConfirmationAnswer,
        out: &mut Outbox,
    ) {
        let Some(body) = &answer.body else { return self.next_rung(now, patient, out) };
        if let Some(accepted) = self.accepted(body) {
            if let Some(person) = body.people.first() {
                self.remember_home_visits(patient, person);
            }
            if let Some(reception) = self.receptions.get_mut(&patient) {
                reception.card = card_used(body);
            }
            return self.accept_identified(now, patient, accepted, out);
        }
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        match (body.validity, insurance_of(body)) {
            (Some(Validity::Invalid | Validity::InvalidNewer), Some(person)) => {
                reception.doubt = Doubt::Invalid(person.key.clone());
            }
            (Some(Validity::None), _) => reception.doubt = Doubt::NobodyFound,
            _ => {}
        }
        self.next_rung(now, patient, out);
    }

    fn accepted(&self, body: &AnswerBody) -> Option<Accepted> {
        let valid = matches!(body.validity, Some(Validity::Valid | Validity::ValidUnregistered));
        let aid = aid_of(body).filter(|_| valid && self.handles_aid);
        let insurance = insurance_of(body).filter(|_| body.validity == Some(Validity::Valid));
        let given = |consent: Option<ConsentTriple>| {
            consent.is_some_and(|c| matches!(c.flag, ConsentFlag::Yes | ConsentFlag::Unobtainable))
        };
        let key_where = |consented: &dyn Fn(&PersonResult) -> bool| {
            body.people.iter().find(|person| consented(person)).map(|person| person.key.clone())
        };
        let looks_at = key_where(&|person| given(person.drugs));
        let check_ups = key_where(&|person| given(person.checkup));
        let entitlement = match (aid, insurance) {
            (Some(aid), insurance) => {
                Entitlement::Aided(Aid { insurance: insurance.map(chart_of), ..aid })
            }
            (None, Some(person)) => Entitlement::Insured(chart_of(person)),
            (None, None) => return None,
        };
        Some(Accepted { entitlement, looks_at, check_ups })
    }

    /// Accepts, unless a photo-ID is to be seen first.
    fn accept_identified(
        &mut self,
        now: Jst,
        patient: PartyId,
        accepted: Accepted,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        let known = self.charts.contains_key(&key_of(&reception.arrival.person));
        // Unless identity is self-evident (IDV-033).
        let policy = self.register.on(reception.date);
        let photo_id = reception.arrival.own_device
            && policy.photo_id_after(reception.arrival.route)
            && !known;
        if photo_id {
            // Until then nothing of the answer counts, and nothing is looked at.
            reception.pending = Some(accepted);
            reception.stage = Stage::PhotoId;
            reception.tried.push(ProofKind::PhotoId);
            out.send(patient, Counter::Show(ProofKind::PhotoId));
        } else {
            self.accept(now, patient, accepted, out);
        }
    }

    /// Eligibility is proven by card or phone: look at what may be looked at, and charge.
    pub(super) fn accept(
        &mut self,
        now: Jst,
        patient: PartyId,
        accepted: Accepted,
        out: &mut Outbox,
    ) {
        if let Some(key) = accepted.looks_at {
            self.ask_for_records(now, patient, key, out);
        }
        if let Some(key) = accepted.check_ups {
            self.ask_for_check_ups(now, patient, key, out);
        }
        if self.uses_hub(patient) {
            self.ask_hub(now, patient, accepted.entitlement, out);
        } else {
            self.serve(now, patient, accepted.entitlement, out);
        }
    }

    /// Everything is known that the card can tell.
    pub(super) fn serve(
        &mut self,
        now: Jst,
        patient: PartyId,
        entitlement: Entitlement,
        out: &mut Outbox,
    ) {
        match entitlement {
            Entitlement::Aided(aid) => self.aid_answered(now, patient, aid, out),
            Entitlement::Insured(chart) if self.lacks_rate(patient, &chart) => {
                self.ask_for_rate(now, patient, chart, out);
            }
            Entitlement::Insured(chart) => self.charge_accepted(now, patient, chart, out),
        }
    }

    pub(super) fn charge_accepted(
        &mut self,
        now: Jst,
        patient: PartyId,
        chart: Chart,
        out: &mut Outbox,
    ) {
        let basis = self.receptions.get(&patient).and_then(Reception::brought);
        self.charge(now, patient, basis, Some(chart), true, out);
    }
}
