//! What an answer by card or phone leads to: acceptance, a question, or the ladder.

use super::aid::{aid_of, insurance_of};
use super::ladder::Doubt;
use super::reception::{Reception, Stage, chart_of};
use super::{Chart, Desk, key_of};
use crate::calendar::Jst;
use crate::message::Counter;
use crate::message::counter::ProofKind;
use crate::party::{Outbox, PartyId};
use crate::wire::{ConfirmationAnswer, ConsentFlag, ConsentTriple, Validity};

/// What a valid answer by card says.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) chart: Chart,
    /// Whether drug and care information may be looked at.
    consented: bool,
    /// Whether check-ups may be looked at.
    check_ups: bool,
}

impl Desk {
    pub(super) fn card_answered(
        &mut self,
        now: Jst,
        patient: PartyId,
        answer: &ConfirmationAnswer,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        let Some(body) = &answer.body else { return self.next_rung(now, patient, out) };
        let valid = matches!(body.validity, Some(Validity::Valid | Validity::ValidUnregistered));
        if let Some(aid) = aid_of(body).filter(|_| valid && self.handles_aid) {
            return self.aid_answered(now, patient, aid, out);
        }
        let person = insurance_of(body);
        match (body.validity, person) {
            (Some(Validity::Valid), Some(person)) => {
                self.remember_home_visits(patient, person);
                let Some(reception) = self.receptions.get_mut(&patient) else { return };
                let given = |consent: Option<ConsentTriple>| {
                    consent.is_some_and(|c| {
                        matches!(c.flag, ConsentFlag::Yes | ConsentFlag::Unobtainable)
                    })
                };
                let (consented, check_ups) = (given(person.drugs), given(person.checkup));
                let accepted = Accepted { chart: chart_of(person), consented, check_ups };
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
            (Some(Validity::Invalid | Validity::InvalidNewer), Some(person)) => {
                reception.doubt = Doubt::Invalid(person.key.clone());
                self.next_rung(now, patient, out);
            }
            (Some(Validity::None), _) => {
                reception.doubt = Doubt::NobodyFound;
                self.next_rung(now, patient, out);
            }
            _ => self.next_rung(now, patient, out),
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
        if accepted.consented {
            self.ask_for_records(now, patient, accepted.chart.insured.clone(), out);
        }
        if accepted.check_ups {
            self.ask_for_check_ups(now, patient, accepted.chart.insured.clone(), out);
        }
        if self.lacks_rate(patient, &accepted.chart) {
            self.ask_for_rate(now, patient, accepted, out);
        } else {
            self.charge_accepted(now, patient, accepted, out);
        }
    }

    pub(super) fn charge_accepted(
        &mut self,
        now: Jst,
        patient: PartyId,
        accepted: Accepted,
        out: &mut Outbox,
    ) {
        let basis = self.receptions.get(&patient).and_then(Reception::brought);
        self.charge(now, patient, basis, Some(accepted.chart), true, out);
    }
}
