//! Papers shown at the desk: what they prove by themselves, and what a number look-up decides.

use super::Desk;
use super::ladder::Doubt;
use super::reception::{Stage, chart_of, chart_of_paper};
use crate::calendar::Jst;
use crate::message::counter::{Paper, Proof, ProofKind};
use crate::message::page::{PageMode, ReportedFault};
use crate::party::{Outbox, PartyId};
use crate::wire::{ConfirmationAnswer, SearchInfo, Validity};

impl Desk {
    pub(super) fn paper_shown(
        &mut self,
        now: Jst,
        patient: PartyId,
        proof: Proof,
        paper: &Paper,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get(&patient) else { return };
        let ladder = self.ladder(reception);
        let provisional = ladder.needs_confirmation(proof.kind, paper);
        let proves = ladder.counts(proof.kind) && ladder.is_current(proof.kind, paper);
        // A paper that carries a number is looked up; screens and notices speak for themselves.
        let looks_up =
            matches!(proof.kind, ProofKind::HealthCard | ProofKind::EligibilityCertificate);
        if provisional || (proves && looks_up) {
            self.look_up_paper(now, patient, proof, paper, out);
        } else if proves {
            let chart = chart_of_paper(paper);
            self.charge(now, patient, Some(proof.kind), Some(chart), false, out);
        } else {
            self.next_rung(now, patient, out);
        }
    }

    fn look_up_paper(
        &mut self,
        now: Jst,
        patient: PartyId,
        proof: Proof,
        paper: &Paper,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        reception.stage = Stage::LookUp;
        let mut typed = paper.clone();
        if let Some(slip) = reception.arrival.mistyped.take().filter(|_| self.powered) {
            typed.insured.insurer = slip;
            reception.printed = Some(proof.clone());
        }
        let key = typed.insured.clone();
        reception.looked_up = Some(Proof { kind: proof.kind, paper: Some(typed) });
        let search = SearchInfo {
            key,
            birth: reception.arrival.person.born,
            limit_consent: reception.arrival.limit_consent,
            person_id: None,
        };
        let date = reception.date;
        if self.powered {
            self.look_up(now, patient, date, search, out);
        } else {
            self.looked_up(now, patient, None, out);
        }
    }

    /// The question was refused, or nobody was found: staff compare with the paper and, if they
    /// had typed something else, ask again with what stands on it.
    pub(super) fn types_again(&mut self, now: Jst, patient: PartyId, out: &mut Outbox) -> bool {
        let printed = self.receptions.get_mut(&patient).and_then(|r| r.printed.take());
        let Some(proof) = printed else { return false };
        let Some(paper) = proof.paper.clone() else { return false };
        self.look_up_paper(now, patient, proof, &paper, out);
        true
    }

    /// A number look-up has ended: with an answer, or without one.
    pub(super) fn looked_up(
        &mut self,
        now: Jst,
        patient: PartyId,
        answer: Option<&ConfirmationAnswer>,
        out: &mut Outbox,
    ) {
        if answer.is_none() && self.page_instead(patient) {
            let mode = PageMode::SystemFailure(ReportedFault::Line);
            return self.search_page(now, patient, mode, out);
        }
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        let Some(proof) = reception.looked_up.take() else { return };
        let Some(paper) = proof.paper.clone() else { return };
        let body = answer.and_then(|a| a.body.as_ref());
        let person = body.and_then(|b| b.people.first());
        match (body.and_then(|b| b.validity), person) {
            (Some(Validity::Valid), Some(person)) => {
                let mut chart = chart_of(person);
                // The paper in hand is another proof of the share (ELIG-036).
                if self.lacks_rate(patient, &chart) {
                    chart.ratio_percent = paper.ratio_percent;
                }
                self.charge(now, patient, Some(proof.kind), Some(chart), true, out);
            }
            (Some(Validity::Invalid | Validity::InvalidNewer), Some(person)) => {
                reception.doubt = Doubt::Invalid(person.key.clone());
                self.next_rung(now, patient, out);
            }
            // No answer, one that does not say which of several it is, and a number that is not
            // registered yet are not a "no": a paper that is good by itself is taken at face
            // value.
            (validity, _) => {
                if validity == Some(Validity::None) {
                    reception.doubt = Doubt::NobodyFound;
                }
                let reception = &self.receptions[&patient];
                let ladder = self.ladder(reception);
                if ladder.counts(proof.kind) && ladder.is_current(proof.kind, &paper) {
                    let chart = chart_of_paper(&paper);
                    self.charge(now, patient, Some(proof.kind), Some(chart), false, out);
                } else {
                    self.next_rung(now, patient, out);
                }
            }
        }
    }
}
