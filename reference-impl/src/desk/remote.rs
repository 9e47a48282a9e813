//! What comes with a list instead of a reader: remote receptions (IDV-035), home visits from the
//! second on (IDV-041), and what a bulk confirmation says of numbers the desk has.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::jobs::Row;
use super::reception::{Stage, chart_of};
use super::{ClaimNumber, Desk, key_of};
use crate::calendar::Jst;
use crate::ids::InsuredKey;
use crate::message::counter::{Person, ProofKind};
use crate::party::{Outbox, PartyId};
use crate::register::Route;
use crate::wire::{
    AnswerBody, AnswerHeader, BulkKind, BulkResult, BulkUnit, ConfirmationAnswer, Family,
    PersonResult, Reference, RegistrationRequest, TreatmentKind, UnitSearch, Validity,
    write_registration_request,
};

impl Desk {
    /// A patient who comes by another way than the reader: with a card or phone used at a remote
    /// reception, or at a home visit with nothing, if the consent given once still holds.
    /// Returns whether there is a result to wait for.
    pub(super) fn receive_remote(&mut self, now: Jst, patient: PartyId, out: &mut Outbox) -> bool {
        let Some(reception) = self.receptions.get(&patient) else { return false };
        let (route, date) = (reception.arrival.route, reception.date);
        let brought = reception.arrival.shows.as_ref().map(|proof| proof.kind);
        let by_token = matches!(brought, Some(ProofKind::Card | ProofKind::Phone));
        let policy = self.register.on(date);
        let consented = self.home.get(&key_of(&reception.arrival.person)).copied();
        match (route, brought, consented) {
            (Route::HomeVisit, None, Some(day)) if policy.asks_again_without_card() => {
                if let Some(reception) = self.receptions.get_mut(&patient) {
                    reception.re_inquired = true;
                    reception.result_due = true;
                }
                self.list_for(now, patient, TreatmentKind::HomeVisit, day, out);
                true
            }
            _ if !by_token => false,
            _ if policy.lists_remote_results(route) => {
                let home = route == Route::HomeVisit;
                let treatment = if home { TreatmentKind::HomeVisit } else { TreatmentKind::Online };
                self.list_for(now, patient, treatment, date, out);
                true
            }
            _ => {
                match self.take_unclaimed(now, patient) {
                    Some(answer) => self.card_answered(now, patient, &answer, out),
                    // The file may still be on its way from the terminal.
                    None => self.expect_face_file(now, patient, out),
                }
                true
            }
        }
    }

    /// The list a patient waited for is there, or will not come. Whoever is not on it has not
    /// consented.
    pub(super) fn list_came(
        &mut self,
        now: Jst,
        patient: PartyId,
        result: Option<&BulkResult>,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get(&patient) else { return };
        if reception.stage != Stage::Reader || !reception.result_due {
            return;
        }
        let person = &reception.arrival.person;
        let unit = result.and_then(|r| r.units.iter().find(|unit| is_of(unit, person)));
        match result.zip(unit) {
            Some((result, unit)) => {
                let answer = single(result, unit);
                self.card_answered(now, patient, &answer, out);
            }
            None => self.next_rung(now, patient, out),
        }
    }

    /// Somebody on a list: what is known of a patient is brought up to date.
    pub(super) fn listed(&mut self, kind: BulkKind, unit: &BulkUnit) {
        let Some(person) = unit.people.first() else { return };
        let Some(kana) = person.kana.clone() else { return };
        let key = (kana, person.birth);
        let triples = [person.drugs, person.checkup, person.diagnosis, person.operation];
        let consented = triples.into_iter().flatten().find_map(|consent| consent.at);
        if let Some(at) = consented.filter(|_| kind == BulkKind::HomeVisit) {
            self.home.insert(key.clone(), at.date());
        }
        if unit.validity == Some(Validity::Valid) && self.charts.contains_key(&key) {
            self.settle(&key, chart_of(person));
        }
    }

    /// What a bulk confirmation says of one number.
    pub(super) fn row_answered(&mut self, rows: &BTreeMap<String, Row>, unit: &BulkUnit) {
        let id = match &unit.search {
            Some(UnitSearch::Person(search)) => search.person_id.as_ref(),
            Some(UnitSearch::Only(id)) => Some(id),
            None => None,
        };
        let Some(row) = id.and_then(|id| rows.get(id)) else { return };
        match (unit.validity, unit.people.first()) {
            (Some(Validity::Valid), Some(person)) => {
                if let Some(visit) = row.encounter.and_then(|index| self.ledger.get_mut(index)) {
                    visit.number = ClaimNumber::Current(person.key.clone());
                    visit.confirmed = true;
                }
                self.settle(&row.person, chart_of(person));
            }
            // The old number is known to be worth nothing now; at the next visit the patient is
            // asked for the new insurance instead.
            (Some(Validity::Invalid | Validity::InvalidNewer), Some(person)) => {
                let known = self.charts.get(&row.person);
                if known.is_some_and(|chart| chart.insured.matches(&person.key)) {
                    self.charts.remove(&row.person);
                }
            }
            _ => {}
        }
    }

    /// The number a visit would be claimed with, where there is one.
    pub(super) fn claim_key(&self, encounter: usize) -> Option<InsuredKey> {
        match &self.ledger.get(encounter)?.number {
            ClaimNumber::Current(key) => Some(key.clone()),
            _ => None,
        }
    }

    /// Remembers on which day a patient consented to home visits.
    pub(super) fn remember_home_visits(&mut self, patient: PartyId, person: &PersonResult) {
        let Some(reception) = self.receptions.get(&patient) else { return };
        if reception.arrival.route == Route::HomeVisit && !reception.re_inquired {
            let day: Date = person.drugs.and_then(|c| c.at).map_or(reception.date, Jst::date);
            self.home.insert(key_of(&reception.arrival.person), day);
        }
    }

    /// Registers what the institution calls a patient, for the insurance in the chart (NBR-080).
    pub(super) fn register_number(
        &mut self,
        now: Jst,
        person: &Person,
        number: crate::ids::ReferenceNumber,
        out: &mut Outbox,
    ) {
        let chart = self.charts.get(&key_of(person)).filter(|_| self.powered);
        let Some(key) = chart.map(|chart| chart.insured.clone()) else { return };
        let (name, _) = self.next_name(now, Family::ReferenceNumber);
        let request = RegistrationRequest {
            institution: self.institution.code.clone(),
            file_id: Some(name.free.clone()),
            number,
            key,
        };
        self.put(&name, write_registration_request(&request, &self.style), out);
    }
}

fn is_of(unit: &BulkUnit, person: &Person) -> bool {
    let fits = |p: &PersonResult| p.kana.as_deref() == Some(&person.kana) && p.birth == person.born;
    unit.people.iter().any(fits)
}

/// One person of a list, in the form of a single answer by card.
fn single(result: &BulkResult, unit: &BulkUnit) -> ConfirmationAnswer {
    let header = &result.header;
    ConfirmationAnswer {
        header: AnswerHeader {
            executed: header.executed,
            confirmation_date: header.confirmation_date.unwrap_or_else(|| header.executed.date()),
            institution: header.institution.clone(),
            file_id: header.file_id.clone(),
            reference: Reference::Card,
            segment: header.segment,
            error: header.error.clone(),
            charset: header.charset,
        },
        body: Some(AnswerBody {
            status: unit.status,
            result: unit.result.clone(),
            validity: unit.validity,
            prescription: None,
            search: None,
            people: unit.people.clone(),
        }),
    }
}
