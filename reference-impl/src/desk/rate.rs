//! A valid answer that does not name the share it should (ELIG-036): another proof of the share
//! is asked for, and without one the patient's own word counts. Nobody is charged everything.

use super::reception::Stage;
use super::{Chart, Desk};
use crate::calendar::Jst;
use crate::fee::AgeClass;
use crate::message::Counter;
use crate::message::counter::{Proof, ProofKind};
use crate::party::{Outbox, PartyId};
use crate::register::Policy;

/// What shows a share besides the answer; whoever does not have it shows any other paper.
const PROOF_OF_RATE: ProofKind = ProofKind::EligibilityCertificate;

impl Desk {
    /// Whether the answer should have named a share and did not.
    pub(super) fn lacks_rate(&self, patient: PartyId, chart: &Chart) -> bool {
        self.receptions.get(&patient).is_some_and(|reception| {
            let policy = self.register.on(reception.date);
            let born = reception.arrival.person.born;
            policy.asks_for_missing_rate()
                && chart.ratio_percent.is_none()
                && names_a_share(chart, born, &policy)
        })
    }

    pub(super) fn ask_for_rate(
        &mut self,
        now: Jst,
        patient: PartyId,
        chart: Chart,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        if reception.tried.contains(&PROOF_OF_RATE) {
            return self.charge_accepted(now, patient, chart, out);
        }
        reception.unrated = Some(chart);
        reception.stage = Stage::Rate;
        reception.tried.push(PROOF_OF_RATE);
        out.send(patient, Counter::Show(PROOF_OF_RATE));
    }

    /// A paper was shown as proof of the share: it counts if it shows the very number and is
    /// current.
    pub(super) fn rate_shown(
        &mut self,
        now: Jst,
        patient: PartyId,
        proof: Option<&Proof>,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        let Some(mut chart) = reception.unrated.take() else { return };
        let reception = &self.receptions[&patient];
        let ladder = self.ladder(reception);
        let paper = proof.and_then(|proof| Some((proof.kind, proof.paper.as_ref()?)));
        chart.ratio_percent = paper
            .filter(|(kind, paper)| {
                paper.insured.matches(&chart.insured) && ladder.is_current(*kind, paper)
            })
            .and_then(|(_, paper)| paper.ratio_percent);
        self.charge_accepted(now, patient, chart, out);
    }
}

/// Whether an insurer registers a share for this person: from 70 on (ELIG-042, FEE-052,
/// FEE-053).
pub(super) fn names_a_share(chart: &Chart, born: jiff::civil::Date, policy: &Policy<'_>) -> bool {
    chart.insured.insurer.is_late_elderly() || policy.age_class(born) == AgeClass::ElderlyRecipient
}
