//! Charging a patient, and putting the visit into the ledger with the number that is known.

use jiff::civil::Date;

use super::ladder::Doubt;
use super::rate::names_a_share;
use super::reception::{Stage, chart_of_paper};
use super::{Chart, ClaimNumber, Desk, Encounter, PersonKey, key_of, share_yen, shows_a_number};
use crate::calendar::Jst;
use crate::message::Counter;
use crate::message::counter::{Bill, Proof, ProofKind};
use crate::party::{Outbox, PartyId};
use crate::register::Policy;
use crate::wire::Relation;

impl Desk {
    pub(super) fn charge(
        &mut self,
        now: Jst,
        patient: PartyId,
        basis: Option<ProofKind>,
        chart: Option<Chart>,
        confirmed: bool,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        reception.stage = Stage::Done;
        let date = reception.date;
        let policy = self.register.on(date);
        let arrival = reception.arrival.clone();
        let born = arrival.person.born;
        let percent = match (basis, &chart) {
            // Nothing proves anything, and there is no card: everything is paid (FB-010).
            (None, _) => 100,
            (Some(_), Some(chart)) => {
                let stated = arrival.states_percent.filter(|_| {
                    policy.asks_for_missing_rate() && names_a_share(chart, born, &policy)
                });
                registered_share(chart, born, &policy)
                    .or(stated)
                    .unwrap_or_else(|| policy.share_by_age(born))
            }
            // At 70 and over as the patient states, otherwise as FB-006 says.
            (Some(_), None) => arrival
                .states_percent
                .filter(|_| policy.is_elderly_recipient(born) || policy.is_late_elderly(born))
                .unwrap_or_else(|| policy.share_when_unknown(born)),
        };
        let yen = share_yen(arrival.treatment.points, percent, &policy);
        out.send(patient, Counter::Charge(Bill { percent, yen, basis }));
        let number = match (basis, &chart, &reception.doubt) {
            (None, _, _) => ClaimNumber::SelfPaid,
            (Some(_), Some(chart), _) => ClaimNumber::Current(chart.insured.clone()),
            (Some(_), None, Doubt::Invalid(old)) => ClaimNumber::Lost(old.clone()),
            (Some(_), None, _) if arrival.circumstances.victim => {
                ClaimNumber::Victim(policy.victim_key())
            }
            (Some(_), None, _) => ClaimNumber::Unknown,
        };
        let relation = chart.as_ref().map_or(Relation::Insured, |c| c.relation);
        if let Some(chart) = chart.clone() {
            self.settle(&key_of(&arrival.person), chart);
        }
        let encounter = self.ledger.len();
        self.ledger.push(Encounter {
            date,
            person: arrival.person,
            number,
            relation,
            points: arrival.treatment.points,
            day_level: arrival.treatment.day_level,
            percent,
            yen,
            first: arrival.first,
            confirmed,
            claimed: false,
        });
        if let Some(chart) = chart.filter(|_| !confirmed) {
            self.confirm_later(now, encounter, chart.insured, out);
        }
    }

    /// What a patient tells or brings after the visit improves the number of the claim.
    pub(super) fn told_later(&mut self, patient: PartyId, proof: &Proof) {
        let Some(paper) = proof.paper.as_ref().filter(|_| shows_a_number(proof.kind)) else {
            return;
        };
        let Some(key) = self.patients.get(&patient).map(key_of) else { return };
        self.settle(&key, chart_of_paper(paper));
    }

    /// A number that has become known also serves earlier visits that had none, as far as it
    /// was valid then (CLM-001).
    pub(super) fn settle(&mut self, key: &PersonKey, chart: Chart) {
        for encounter in self.ledger.iter_mut().filter(|e| key_of(&e.person) == *key) {
            let unsettled = matches!(
                encounter.number,
                ClaimNumber::Unknown | ClaimNumber::Victim(_) | ClaimNumber::Lost(_)
            );
            let lost = matches!(&encounter.number, ClaimNumber::Lost(old)
                if old.matches(&chart.insured));
            if unsettled && !lost && chart.since.is_none_or(|since| since <= encounter.date) {
                encounter.number = ClaimNumber::Current(chart.insured.clone());
                encounter.relation = chart.relation;
            }
        }
        self.charts.insert(key.clone(), chart);
    }
}

/// The share an insurer registered, where one counts: from 70 on (ELIG-042, FEE-052, FEE-053).
fn registered_share(chart: &Chart, born: Date, policy: &Policy<'_>) -> Option<u8> {
    chart.ratio_percent.filter(|_| names_a_share(chart, born, policy))
}
