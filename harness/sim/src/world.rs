//! The world of a plan: every party, wired up.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use madoguchi_reference::calendar::{DAY, Jst, Micros, SECOND};
use madoguchi_reference::centre::{Centre, Link, Opening, Operations};
use madoguchi_reference::certifier::Certifier;
use madoguchi_reference::clearing::Clearing;
use madoguchi_reference::desk::{Chart, Desk, History};
use madoguchi_reference::ids::InsurerNumber;
use madoguchi_reference::insurer::{Insurer, Intermediate};
use madoguchi_reference::party::{Party, PartyId};
use madoguchi_reference::patient::Patient;
use madoguchi_reference::portal::Portal;
use madoguchi_reference::reader::Reader;
use madoguchi_reference::register::Register;
use madoguchi_reference::remote_reception::RemoteReception;
use madoguchi_reference::residents::Residents;
use madoguchi_reference::terminal::Terminal;
use madoguchi_scenario::{
    CertificateState, ClockOf, FacilityKind, FaultKind, OutageOf, Scenario, Step, Streams,
};

use crate::claims;
use crate::institution::{
    code_of, credential, institution, offered, reader_setup, style, visual_switch,
};
use crate::medical::{medical, troubles};
use crate::mishaps::left_in_visual_mode;
use crate::orders::{Dispatch, orders};
use crate::outages::Outages;
use crate::people::Cast;
use crate::plan::Plan;
use crate::subsidies::hub;
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
            wire: Wire::new(
                plan.links,
                Outages::new(&scenario.faults, &scenario.facility.readers),
                Streams::new(plan.seed),
            ),
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
        let facility = &scenario.facility;
        let mut links = BTreeMap::new();
        let mut issued = BTreeMap::new();
        let mut insurers: BTreeMap<InsurerNumber, Vec<_>> = BTreeMap::new();
        for person in cast.values() {
            for token in person.tokens(scenario, register, today) {
                if let Some((certificate, book)) = token.certificate {
                    // What was revoked or suspended before the run is no longer linked.
                    let good = certificate.state == CertificateState::Active;
                    if certificate.seen && good && person.person.signed_up {
                        let (owner, expires) = (person.number, book.expires);
                        links.insert(serial(token.number), Link { owner, expires });
                    }
                    issued.insert(serial(token.number), book);
                }
                self.add(PartyId::Token(token.number), token.device);
            }
            for filing in person.filings(&code_of(facility)) {
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
        let not_signed_up = cast.values().filter(|p| !p.person.signed_up).map(|p| p.number);
        let pilot = facility.pilot.then(|| code_of(facility));
        let last = scenario.span().map_or(today, |span| span.to.date());
        let held = cast.values().map(|cast| (cast.number, medical(cast.person, today, last)));
        let operations = operations(scenario, register);
        let centre = Centre::new(Arc::clone(register), links, Arc::clone(&residents), operations)
            .holding(held.collect(), troubles(scenario))
            .without_sign_up(not_signed_up.collect())
            .with_pilots(pilot.into_iter().collect())
            .with_hub(hub(facility, cast.values()));
        self.add(PartyId::Centre, centre);
        self.add(PartyId::Certifier, Certifier::new(Arc::clone(register), SERIES, issued));
        self.add(PartyId::Portal, Portal::new(Arc::clone(register), residents));
        let clearing = Clearing::new(Arc::clone(register)).exempting(claims::on_paper(scenario));
        self.add(PartyId::Clearing, clearing.reviewing(claims::review(scenario, cast)));
    }

    fn add_institution(
        &mut self,
        scenario: &Scenario,
        cast: &BTreeMap<String, Cast<'_>>,
        register: &Arc<Register>,
        today: Date,
    ) {
        let facility = &scenario.facility;
        let (institution, style) = (institution(facility), style(facility));
        let (terminal, desk) = (PartyId::Terminal(0), PartyId::Desk(0));
        let mut readers = Vec::new();
        let credential = Arc::new(credential());
        let offered = offered(&facility.settings, &register.on(today));
        for (number, kind) in (0u16..).zip(&facility.readers) {
            let setup = reader_setup(facility, *kind, offered);
            let reader = Reader::new(Arc::clone(register), terminal, setup);
            self.add(PartyId::Reader(number), reader.with_credential(Arc::clone(&credential)));
            readers.push(PartyId::Reader(number));
        }
        let code = institution.code.clone();
        let here = facility.remote_reception.then(|| (0, (code.clone(), offered)));
        let institutions = here.into_iter().collect();
        let page = RemoteReception::new(Arc::clone(register), institutions);
        self.add(PartyId::RemoteReception, page);
        let troubles = troubles(scenario);
        self.add(terminal, Terminal::new(code, desk, style).in_trouble(troubles));
        let mut staff = Desk::new(Arc::clone(register), institution, terminal, readers, style)
            .with_visual_switch(visual_switch(facility))
            .forgetting_to_switch_back(left_in_visual_mode(scenario))
            .claiming(claims::mistakes(scenario, cast), claims::unknown_to(facility));
        if facility.medical_aid {
            staff = staff.with_medical_aid(self.insurers.clone());
        }
        for (name, person) in cast {
            if let Some(chart) = known_before(scenario, name, person, today) {
                staff.remember(&person.identity, chart);
            }
            if let Some(before) = &person.person.charged_before {
                let benefit_months = before.benefit_months.clone();
                let add_ons = before.add_ons.clone();
                staff.recall(&person.identity, History { benefit_months, add_ons });
            }
        }
        self.add(desk, staff);
    }
}

/// What the operator of the centre has set down for this scenario.
fn operations(scenario: &Scenario, register: &Register) -> Operations {
    let hospital = scenario.facility.kind == FacilityKind::Hospital;
    let code = code_of(&scenario.facility);
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

/// What the institution knows of somebody who comes as a known patient without having been here
/// in this scenario.
fn known_before(scenario: &Scenario, name: &str, cast: &Cast<'_>, today: Date) -> Option<Chart> {
    let coverage = cast.coverage_before(today).filter(|_| comes_known(scenario, name))?;
    Some(Chart {
        insured: coverage.key(),
        since: Some(coverage.from),
        relation: coverage.relation,
        ratio_percent: coverage.ratio,
        limit: None,
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
