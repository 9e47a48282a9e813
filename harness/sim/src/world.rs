//! The world of a plan: every party, wired up.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use madoguchi_reference::calendar::{DAY, Jst, Micros, SECOND};
use madoguchi_reference::centre::{Centre, Link, Opening, Operations};
use madoguchi_reference::certifier::Certifier;
use madoguchi_reference::clearing::Clearing;
use madoguchi_reference::desk::{Chart, Desk, Institution};
use madoguchi_reference::ids::InsurerNumber;
use madoguchi_reference::insurer::{Insurer, Intermediate};
use madoguchi_reference::message::centre::ConsentGroups;
use madoguchi_reference::party::{Party, PartyId};
use madoguchi_reference::patient::Patient;
use madoguchi_reference::portal::Portal;
use madoguchi_reference::reader::Reader;
use madoguchi_reference::register::{Policy, Register};
use madoguchi_reference::remote_reception::RemoteReception;
use madoguchi_reference::residents::Residents;
use madoguchi_reference::terminal::Terminal;
use madoguchi_reference::wire::Style;
use madoguchi_scenario::{
    CertificateState, ChairSettings, ClockOf, ConsentGroup, FacilityKind, FaultKind, OutageOf,
    ReaderKind, Scenario, Step, Streams,
};

use crate::medical::{medical, troubles};
use crate::orders::{Dispatch, institution_code, orders};
use crate::outages::Outages;
use crate::people::Cast;
use crate::plan::Plan;
use crate::tokens::{SERIES, serial};
use crate::wire::Wire;

/// How long before the first step a run begins: registrations of the day before are still on
/// their way through the nightly batch.
const LEAD: Micros = 2 * DAY;

/// Everything a driver moves.
pub struct World {
    pub(crate) start: Jst,
    pub(crate) parties: BTreeMap<PartyId, Box<dyn Party>>,
    pub(crate) clocks: BTreeMap<PartyId, Micros>,
    pub(crate) wire: Wire,
    pub(crate) orders: Vec<Dispatch>,
    /// Insurers and welfare offices by number.
    insurers: BTreeMap<InsurerNumber, PartyId>,
}

impl World {
    /// Builds the world of `plan` under `register`, with the settings of its scenario.
    pub fn new(plan: &Plan, register: &Arc<Register>) -> Self {
        let register = &plan.register_of(register);
        let scenario = &plan.scenario;
        let span = scenario.span();
        let first = span.map_or(Jst::from_micros(0), |s| s.from);
        let start = first.plus(-LEAD);
        let people = (0u16..).zip(&scenario.people);
        let cast: BTreeMap<String, Cast<'_>> =
            people.map(|(n, (name, person))| (name.clone(), Cast::new(n, person))).collect();
        let mut world = Self {
            start,
            parties: BTreeMap::new(),
            clocks: clocks(scenario),
            wire: Wire::new(plan.links, Outages::new(&scenario.faults), Streams::new(plan.seed)),
            orders: Vec::new(),
            insurers: BTreeMap::new(),
        };
        world.add_systems(scenario, &cast, register, first.date());
        world.orders = orders(plan, &cast, &world.insurers);
        world.add_institution(scenario, &cast, register, first.date());
        for cast in cast.values() {
            let log_ins = cast.log_ins(register, first.date());
            world.add(PartyId::Patient(cast.number), Patient::new(cast.identity.clone(), log_ins));
        }
        world
    }

    fn add(&mut self, id: PartyId, party: impl Party + 'static) {
        self.parties.insert(id, Box::new(party));
    }

    fn add_systems(
        &mut self,
        scenario: &Scenario,
        cast: &BTreeMap<String, Cast<'_>>,
        register: &Arc<Register>,
        today: Date,
    ) {
        let institution = &institution_code(scenario);
        let mut links = BTreeMap::new();
        let mut issued = BTreeMap::new();
        let mut insurers: BTreeMap<InsurerNumber, Vec<_>> = BTreeMap::new();
        for person in cast.values() {
            for token in person.tokens(register, today) {
                if let Some((certificate, book)) = token.certificate {
                    // What was revoked or suspended before the run is no longer linked.
                    let good = certificate.state == CertificateState::Active;
                    if certificate.seen && good {
                        let (owner, expires) = (person.number, book.expires);
                        links.insert(serial(token.number), Link { owner, expires });
                    }
                    issued.insert(serial(token.number), book);
                }
                self.add(PartyId::Token(token.number), token.device);
            }
            for filing in person.filings(institution) {
                insurers.entry(filing.1.insurer().clone()).or_default().push(filing);
            }
        }
        for (number, (insurer, filings)) in (0u16..).zip(insurers) {
            let office = scenario.insurers.get(&insurer);
            let mut party = Insurer::new(Arc::clone(register), filings);
            if let (Some(office), Some(span)) = (office, scenario.span()) {
                party = party.with_mail(office.reissue.map(Into::into), span.to.date());
            }
            self.insurers.insert(insurer, PartyId::Insurer(number));
            self.add(PartyId::Insurer(number), party);
        }
        let residents = cast.values().map(|person| (person.number, person.resident()));
        let residents = Arc::new(Residents::new(residents.collect()));
        let intermediate = Intermediate::new(Arc::clone(register), Arc::clone(&residents));
        self.add(PartyId::Intermediate, intermediate);
        let last = scenario.span().map_or(today, |span| span.to.date());
        let held = cast.values().map(|cast| (cast.number, medical(cast.person, today, last)));
        let operations = operations(scenario, register);
        let centre = Centre::new(Arc::clone(register), links, Arc::clone(&residents), operations)
            .holding(held.collect(), troubles(scenario));
        self.add(PartyId::Centre, centre);
        self.add(PartyId::Certifier, Certifier::new(Arc::clone(register), SERIES, issued));
        self.add(PartyId::Portal, Portal::new(Arc::clone(register), residents));
        self.add(PartyId::Clearing, Clearing::new(Arc::clone(register)));
    }

    fn add_institution(
        &mut self,
        scenario: &Scenario,
        cast: &BTreeMap<String, Cast<'_>>,
        register: &Arc<Register>,
        today: Date,
    ) {
        let facility = &scenario.facility;
        let institution = Institution {
            code: institution_code(scenario),
            name: match facility.kind {
                FacilityKind::Clinic => "見本クリニック".to_owned(),
                FacilityKind::Hospital => "見本病院".to_owned(),
            },
            prefecture: facility.prefecture,
            phone: "00-0000-0000".to_owned(),
            remote_device: facility.remote_device,
            insists_on_check_digits: facility.settings.insists_on_check_digits,
        };
        let style = Style {
            charset: facility.settings.charset,
            insurer_padding: facility.settings.insurer_padding,
            order: facility.settings.element_order,
            registration: facility.settings.registration_form,
            ..Style::default()
        };
        let (terminal, desk) = (PartyId::Terminal(0), PartyId::Desk(0));
        let mut readers = Vec::new();
        let offered = offered(&facility.settings, &register.on(today));
        for (number, kind) in (0u16..).zip(&facility.readers) {
            let takes_phones = *kind == ReaderKind::FaceWithPhone;
            let reader = Reader::new(Arc::clone(register), terminal, takes_phones, offered);
            self.add(PartyId::Reader(number), reader);
            readers.push(PartyId::Reader(number));
        }
        let code = institution.code.clone();
        let institutions = BTreeMap::from([(0, (code.clone(), offered))]);
        let page = RemoteReception::new(Arc::clone(register), institutions);
        self.add(PartyId::RemoteReception, page);
        let troubles = troubles(scenario);
        self.add(terminal, Terminal::new(code, desk, style).in_trouble(troubles));
        let mut staff = Desk::new(Arc::clone(register), institution, terminal, readers, style);
        if facility.medical_aid {
            staff = staff.with_medical_aid(self.insurers.clone());
        }
        for (name, person) in cast {
            if let Some(chart) = known_before(scenario, name, person, today) {
                staff.remember(&person.identity, chart);
            }
        }
        self.add(desk, staff);
    }
}

/// What the operator of the centre has set down for this scenario.
fn operations(scenario: &Scenario, register: &Register) -> Operations {
    let hospital = scenario.facility.kind == FacilityKind::Hospital;
    let code = institution_code(scenario);
    let opening = |opening: &madoguchi_scenario::Opening| {
        let span = opening.span(register)?;
        let prefectures = opening.prefectures.clone();
        Some(Opening { prefectures, from: span.from, to: span.to })
    };
    let down = |fault: &madoguchi_scenario::Fault| match fault.kind() {
        Some(FaultKind::Outage(outage)) if outage.of == OutageOf::MedicalInformation => {
            Some((outage.from, outage.to))
        }
        _ => None,
    };
    Operations {
        hospitals: hospital.then(|| code.clone()).into_iter().collect(),
        desks: BTreeMap::from([(code, PartyId::Desk(0))]),
        records_down: scenario.faults.iter().filter_map(down).collect(),
        openings: scenario.openings.iter().filter_map(opening).collect(),
    }
}

/// The groups for which the institution asks consent.
fn offered(settings: &ChairSettings, policy: &Policy<'_>) -> ConsentGroups {
    let Some(groups) = &settings.consent_groups else { return ConsentGroups::ALL };
    if groups.0.contains(&ConsentGroup::Initial) {
        return policy.initial_consent_groups();
    }
    let on = |group| groups.0.contains(&group);
    ConsentGroups {
        surgery: on(ConsentGroup::Surgery),
        treatment: on(ConsentGroup::Treatment),
        drugs: on(ConsentGroup::Drugs),
        check_up: on(ConsentGroup::CheckUp),
        specific_disease: on(ConsentGroup::SpecificDisease),
    }
}

/// What the institution knows of somebody who comes as a known patient without having been here
/// in this scenario.
fn known_before(scenario: &Scenario, name: &str, cast: &Cast<'_>, today: Date) -> Option<Chart> {
    let coverage = cast.coverage_before(today).filter(|_| comes_known(scenario, name))?;
    Some(Chart {
        insured: coverage.key(),
        since: Some(coverage.from),
        relation: coverage.relation,
        ratio_percent: coverage.ratio,
    })
}

/// Whether the first thing that happens with a person is something one does with known patients.
fn comes_known(scenario: &Scenario, name: &str) -> bool {
    let known = |step: &Step| {
        let visit = step.visit.as_ref().filter(|visit| visit.who == name);
        let bulk = step.bulk.as_ref().and_then(|bulk| bulk.who.as_ref());
        let asked = bulk.is_some_and(|who| who.0.iter().any(|who| who == name));
        let named = step.register_number.as_ref().is_some_and(|r| r.who == name);
        visit.map(|visit| !visit.first).or((asked || named).then_some(true))
    };
    scenario.timeline.iter().find_map(known).unwrap_or(false)
}

fn clocks(scenario: &Scenario) -> BTreeMap<PartyId, Micros> {
    let clock = |fault: &madoguchi_scenario::Fault| match fault.kind() {
        Some(FaultKind::Clock(clock)) => Some((clock.of, clock.ahead_s)),
        _ => None,
    };
    let faults = scenario.faults.iter().filter_map(clock);
    faults
        .map(|(of, ahead_s)| {
            let party = match of {
                ClockOf::Desk => PartyId::Desk(0),
                ClockOf::Terminal => PartyId::Terminal(0),
                ClockOf::Reader => PartyId::Reader(0),
            };
            (party, ahead_s.saturating_mul(SECOND))
        })
        .collect()
}
