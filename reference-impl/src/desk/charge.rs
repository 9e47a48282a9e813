//! Charging a patient, and putting the visit into the ledger with the number that is known.

use jiff::civil::Date;

use super::cap::Due;
use super::ladder::Doubt;
use super::payers::{Earlier, Insured, PublicShare, Split, split};
use super::rate::names_a_share;
use super::reception::{Reception, Stage};
use super::{Chart, ClaimNumber, ClaimState, Desk, Encounter, key_of};
use crate::calendar::{Jst, Month};
use crate::fee::Tariff;
use crate::message::counter::ProofKind;
use crate::message::{Bill, Capped, Counter, Payer, Paying};
use crate::party::{Outbox, PartyId};
use crate::register::Policy;
use crate::subsidy::SubsidyCertificate;
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
        let reception = &self.receptions[&patient];
        let (date, arrival) = (reception.date, &reception.arrival);
        let policy = self.register.on(date);
        // No scenario goes to a day without figures.
        let Ok(tariff) = policy.tariff() else { return };
        let percent = percent(reception, basis, chart.as_ref(), &policy, tariff);
        let lines = self.lines(reception, basis, tariff);
        let number = claim_number(reception, basis, chart.as_ref(), &policy);
        let visit = Encounter {
            date,
            person: arrival.person.clone(),
            number,
            relation: chart.as_ref().map_or(Relation::Insured, |c| c.relation),
            lines,
            setting: arrival.treatment.setting,
            admitted: arrival.treatment.admitted,
            prescriber: arrival.treatment.prescriber.clone(),
            day_level: arrival.treatment.day_level,
            percent,
            left_yen: 0,
            limit: None,
            capped: Capped::No,
            publics: Vec::new(),
            yen: 0,
            first: arrival.first,
            confirmed,
            claim: ClaimState::Due,
        };
        let Due { yen, limit, capped } = self.due(&visit, chart.as_ref(), tariff);
        // What the insurance leaves; the public payers come after it (FEE-090).
        let insured = match visit.number {
            ClaimNumber::PublicAlone => None,
            _ => Some(Insured { percent, leaves_yen: yen }),
        };
        let certificates = match visit.number {
            ClaimNumber::SelfPaid => Vec::new(),
            _ => reception.certificates(),
        };
        let earlier = |certificate: &SubsidyCertificate| earlier(&self.ledger, certificate, date);
        let mut split = split(&visit.lines, insured, &certificates, earlier, &policy, tariff);
        for share in &mut split.publics {
            share.confirmed = reception.was_told_of(share, confirmed);
        }
        let payers = paying(&visit.number, &split);
        let encounter = Encounter {
            left_yen: split.left_by_insurer_yen,
            limit,
            capped,
            publics: split.publics,
            yen: split.patient_yen,
            ..visit
        };
        // Beside medical aid nobody pays a share.
        let percent = if reception.aided.is_some() { 0 } else { percent };
        let (yen, lines) = (encounter.yen, encounter.lines.clone());
        let bill = Bill { percent, yen, basis, lines, payers, limit, capped };
        out.send(patient, Counter::Charge(bill));
        if let Some(chart) = chart.clone() {
            self.settle(&key_of(&encounter.person), chart);
        }
        self.ledger.push(encounter);
        if let Some(chart) = chart.filter(|_| !confirmed) {
            self.confirm_later(now, self.ledger.len() - 1, chart.insured, out);
        }
    }
}

/// What came under a certificate in the month of `date`, up to now (FEE-092).
fn earlier(ledger: &[Encounter], certificate: &SubsidyCertificate, date: Date) -> Earlier {
    let in_month = ledger.iter().filter(|e| Month::of(e.date) == Month::of(date));
    let own = |share: &&PublicShare| {
        (&share.payer, &share.recipient) == (&certificate.payer, &certificate.recipient)
    };
    let mut found = Earlier::default();
    for share in in_month.flat_map(|encounter| &encounter.publics).filter(own) {
        found.left_yen += share.leaves_yen;
        found.visits += u16::from(share.leaves_yen > 0);
    }
    found
}

/// Who pays besides the patient, in order.
fn paying(number: &ClaimNumber, split: &Split) -> Vec<Paying> {
    let insurer = match number {
        ClaimNumber::Current(key) | ClaimNumber::Lost(key) => Some(Some(key.insurer.clone())),
        ClaimNumber::Unknown | ClaimNumber::Victim(_) => Some(None),
        ClaimNumber::SelfPaid | ClaimNumber::PublicAlone => None,
    };
    let insurer = insurer.map(Payer::Insurer).map(|payer| Paying { payer, yen: split.insurer_yen });
    let publics = split
        .publics
        .iter()
        .map(|share| Paying { payer: Payer::Public(share.payer.clone()), yen: share.pays_yen });
    insurer.into_iter().chain(publics).collect()
}

/// The share in percent that a patient pays.
fn percent(
    reception: &Reception,
    basis: Option<ProofKind>,
    chart: Option<&Chart>,
    policy: &Policy<'_>,
    tariff: &Tariff,
) -> u8 {
    let (arrival, date) = (&reception.arrival, reception.date);
    let born = arrival.person.born;
    match (basis, chart) {
        // Nothing proves anything, and there is no card: everything is paid (FB-010).
        (None, _) => 100,
        (Some(_), Some(chart)) => {
            let stated = arrival
                .states_percent
                .filter(|_| policy.asks_for_missing_rate() && names_a_share(chart, born, policy));
            registered_share(chart, born, policy)
                .or(stated)
                .unwrap_or_else(|| tariff.share_percent(born, date, &mut ()))
        }
        // At 70 and over as the patient states, otherwise as FB-006 says.
        (Some(_), None) => arrival
            .states_percent
            .filter(|_| policy.age_class(born).is_elderly())
            .unwrap_or_else(|| tariff.share_percent_unknown(born, date)),
    }
}

/// The share an insurer registered, where one counts: from 70 on (ELIG-042, FEE-052, FEE-053).
fn registered_share(chart: &Chart, born: Date, policy: &Policy<'_>) -> Option<u8> {
    chart.ratio_percent.filter(|_| names_a_share(chart, born, policy))
}

/// Which number the visit can be claimed with as things stand (CLM-001…003).
fn claim_number(
    reception: &Reception,
    basis: Option<ProofKind>,
    chart: Option<&Chart>,
    policy: &Policy<'_>,
) -> ClaimNumber {
    match (basis, chart, &reception.doubt) {
        (None, _, _) => ClaimNumber::SelfPaid,
        (Some(_), None, _) if reception.aided.is_some() => ClaimNumber::PublicAlone,
        (Some(_), Some(chart), _) => ClaimNumber::Current(chart.insured.clone()),
        (Some(_), None, Doubt::Invalid(old)) => ClaimNumber::Lost(old.clone()),
        (Some(_), None, _) if reception.arrival.circumstances.victim => {
            ClaimNumber::Victim(policy.victim_key())
        }
        (Some(_), None, _) => ClaimNumber::Unknown,
    }
}
