//! From the steps of a plan to what people are told to do.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madoguchi_reference::calendar::Jst;
use madoguchi_reference::fee::Setting;
use madoguchi_reference::ids::{InstitutionCode, InsurerNumber};
use madoguchi_reference::message::centre::ConsentWish;
use madoguchi_reference::message::counter::{
    Circumstances, Mishap, MishapKind, Proof, ProofKind, Shows,
};
use madoguchi_reference::message::file::{Bytes, File};
use madoguchi_reference::message::page::SpokenConsent;
use madoguchi_reference::message::reader::{Carrier, Method};
use madoguchi_reference::message::statement::Contact;
use madoguchi_reference::message::{
    BulkOrder, Message, Order, Treatment, TreatmentPart, VisitOrder,
};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::wire::charset::encode_lossy_with_bullet;
use madoguchi_reference::wire::{ExpiryReason, TreatmentKind};
use madoguchi_scenario::{
    Bring, Bulk, Consent, ConsentBy, Facility, FacilityKind, Holder, List, ListOf, Part, Printed,
    RemoteDevice, Scenario, Shown, Step, Visit, WantedBy,
};

use crate::mishaps::mishaps;
use crate::people::Cast;
use crate::plan::Plan;
use crate::procedures::{self, card_pin};
use crate::subsidies::brought_along;
use crate::tokens::carrier;

/// Points of a visit whose scenario names none: 初診料 and 再診料.
const FIRST_VISIT_POINTS: i64 = 291;
const NEXT_VISIT_POINTS: i64 = 75;
/// The one institution of a scenario.
const FACILITY: u16 = 0;

/// One order: when, to whom, what, and the step it comes from.
pub(crate) struct Dispatch {
    pub(crate) at: Jst,
    pub(crate) to: PartyId,
    pub(crate) message: Message,
    pub(crate) step: u16,
}

/// The orders of a plan.
pub(crate) fn orders(
    plan: &Plan,
    cast: &BTreeMap<String, Cast<'_>>,
    insurers: &BTreeMap<InsurerNumber, PartyId>,
) -> Vec<Dispatch> {
    let steps = plan.scenario.timeline.iter().enumerate();
    steps.filter_map(|(index, step)| dispatch(plan, cast, insurers, index, step)).collect()
}

fn dispatch(
    plan: &Plan,
    cast: &BTreeMap<String, Cast<'_>>,
    insurers: &BTreeMap<InsurerNumber, PartyId>,
    index: usize,
    step: &Step,
) -> Option<Dispatch> {
    let at = step.at.fixed()?;
    let number = u16::try_from(index).ok()?;
    let who = step.who().and_then(|(_, who)| cast.get(who));
    let (to, message) = if let Some(visit) = &step.visit {
        let pace = plan.pace_us.get(index).copied().unwrap_or(0);
        let pin = card_pin(&plan.scenario, index, &visit.who, who?);
        let mut order = visit_order(&plan.scenario.facility, visit, who?, at, pace, pin);
        order.mishaps.extend(mishaps(&plan.scenario, cast, at));
        (PartyId::Patient(who?.number), Order::Visit(Box::new(order)).into())
    } else if let Some(again) = &step.card_again {
        let pace = plan.pace_us.get(index).copied().unwrap_or(0);
        let visit = Visit {
            verify: again.verify.clone(),
            consent: again.consent,
            ..Visit::by(&again.who, Method::Face, false)
        };
        let pin = card_pin(&plan.scenario, index, &visit.who, who?);
        let facility = &plan.scenario.facility;
        let order = visit_order(facility, &visit, who?, at, pace, pin);
        let mut order = VisitOrder { again: true, ..order };
        order.mishaps.extend(mishaps(&plan.scenario, cast, at));
        (PartyId::Patient(who?.number), Order::Visit(Box::new(order)).into())
    } else if let Some(portal) = &step.portal {
        let wish = procedures::portal_wish(portal, &plan.scenario.facility);
        (PartyId::Patient(who?.number), Order::Portal(wish).into())
    } else if let Some(call) = &step.call_centre {
        (PartyId::Desk(FACILITY), Order::CallCentre(call.about).into())
    } else if let Some(care) = &step.end_of_care {
        let by = match care.wanted_by {
            WantedBy::Institution => ExpiryReason::Institution,
            WantedBy::Patient => ExpiryReason::Patient,
        };
        (PartyId::Desk(FACILITY), Order::EndOfCare(who?.number, by).into())
    } else if let Some(bring) = &step.bring {
        let proofs = brought(&plan.scenario, index, bring, who?);
        (PartyId::Patient(who?.number), Order::Bring(proofs).into())
    } else if let Some(procedure) = &step.procedure {
        let order = procedures::order(procedure, who?);
        (PartyId::Patient(who?.number), order.into())
    } else if let Some(apply) = &step.apply {
        // To whom the person belongs on that day.
        let coverage = who?.coverage_on(at.date())?;
        let (insurer, kind) = (*insurers.get(&coverage.insurer)?, apply.kind.proof());
        (PartyId::Patient(who?.number), Order::Apply { insurer, kind }.into())
    } else if step.look_up.is_some() {
        (PartyId::Desk(FACILITY), Order::LookUp(who?.number).into())
    } else if let Some(bulk) = &step.bulk {
        (PartyId::Desk(FACILITY), Order::Bulk(bulk_order(bulk, cast)).into())
    } else if let Some(list) = &step.list {
        (PartyId::Desk(FACILITY), Order::Bulk(list_order(list)?).into())
    } else if let Some(register) = &step.register_number {
        let (person, number) = (who?.identity.clone(), register.number.clone());
        (PartyId::Desk(FACILITY), Order::RegisterNumber { person, number }.into())
    } else if let Some(programme) = &step.programme {
        let application = Box::new(programme.application(&plan.scenario.facility)?);
        let institution = PartyId::Desk(FACILITY);
        (PartyId::Clearing, Order::Programme { institution, application }.into())
    } else if step.about_claims().is_some() {
        crate::claims::order(step, who, insurers)?
    } else {
        let drop = step.drop_file.as_ref()?;
        let (bytes, _) = encode_lossy_with_bullet(&drop.text, drop.charset);
        let (folder, name) = (drop.folder, drop.name.clone());
        (PartyId::Terminal(FACILITY), File { folder, name, bytes: Bytes(bytes) }.into())
    };
    Some(Dispatch { at, to, message, step: number })
}

fn bulk_order(bulk: &Bulk, cast: &BTreeMap<String, Cast<'_>>) -> BulkOrder {
    let Some(who) = &bulk.who else { return BulkOrder::Unconfirmed };
    let people = who.0.iter().filter_map(|name| cast.get(name));
    let people = people.map(|person| person.identity.clone()).collect();
    BulkOrder::Known { people, date: bulk.date }
}

fn list_order(list: &List) -> Option<BulkOrder> {
    let treatment = match list.of {
        ListOf::Tickets => return list.month.map(BulkOrder::Tickets),
        ListOf::HomeVisit => TreatmentKind::HomeVisit,
        ListOf::OnlineCare => TreatmentKind::Online,
    };
    Some(BulkOrder::Consented { treatment, from: list.from?, to: list.to? })
}

fn visit_order(
    facility: &Facility,
    visit: &Visit,
    cast: &Cast<'_>,
    at: Jst,
    pace: i64,
    card_pin: Option<String>,
) -> VisitOrder {
    let person = cast.person;
    let pin = match holder(visit.shows) {
        Some(phone @ (Holder::Phone | Holder::NewPhone)) => {
            cast.phone(phone).map(|p| p.pin.clone())
        }
        _ => card_pin,
    };
    let typed = visit.pin.as_ref().map(|pins| pins.0.clone());
    let times = Some(u16::from(visit.face_misses));
    let not_found =
        (visit.face_misses > 0).then_some(Mishap { what: MishapKind::FaceNotFound, times });
    VisitOrder {
        facility: FACILITY,
        reader: visit.reader,
        shows: shows(visit.shows, cast),
        methods: visit.verify.0.clone(),
        pins: typed.unwrap_or_else(|| pin.into_iter().collect()),
        code_b: cast.code_b(),
        face: cast.face(),
        mishaps: not_found.into_iter().collect(),
        looks_alike: visit.looks_alike && cast.has_photo(),
        consent: wish(visit),
        consent_as_shown: visit.consent == Consent::AsShown,
        consent_orally: visit.consent_by == ConsentBy::Staff,
        route: visit.route,
        own_device: visit.device == RemoteDevice::Own,
        photo_id: visit.photo_id,
        phone_too_early: visit.phone_too_early,
        pin_on_phone: visit.pin_on_phone,
        card_instead: visit.card_instead.then(|| cast.token_number(Holder::Card)),
        signs_up: visit.signs_up,
        again: false,
        first: visit.first,
        treatment: treatment(visit, facility, at.date()),
        papers: cast.papers(at.date()),
        portal: person.portal,
        unchanged: visit.unchanged,
        circumstances: circumstances(visit),
        contact: Contact {
            phone: format!("090-0000-{:04}", cast.number),
            insurer: cast.insurer_known(at.date()),
            employer: person.employer.clone(),
            forgets_to_sign: visit.forgets_to_sign,
        },
        states_percent: cast.stated_percent(at.date()),
        mistyped: visit.mistyped.clone(),
        certificates: brought_along(visit, person),
        pace,
    }
}

/// What is done: a stay began at the latest on the day it is charged, and a prescription that
/// says nothing of its origin comes from a clinic nearby.
fn treatment(visit: &Visit, facility: &Facility, date: Date) -> Treatment {
    let usual = if visit.first { FIRST_VISIT_POINTS } else { NEXT_VISIT_POINTS };
    let of_parts = visit.parts.iter().map(|part| part.points).sum();
    let stays = visit.setting == Setting::Inpatient;
    let dispenses = facility.kind == FacilityKind::Pharmacy;
    let nearby = || InstitutionCode(format!("{:02}19990002", facility.prefecture));
    Treatment {
        points: visit.points.unwrap_or(if visit.parts.is_empty() { usual } else { of_parts }),
        parts: visit.parts.iter().map(part).collect(),
        day_level: visit.day_level,
        setting: visit.setting,
        admitted: stays.then(|| visit.admitted.unwrap_or(date)),
        prescriber: dispenses.then(|| visit.prescriber.clone().unwrap_or_else(nearby)),
    }
}

fn part(part: &Part) -> TreatmentPart {
    TreatmentPart { points: part.points, under: part.under.clone() }
}

fn shows(shown: Shown, cast: &Cast<'_>) -> Shows {
    match (holder(shown), shown) {
        (Some(holder), _) => {
            let phone = cast.phone(holder).map(|phone| carrier(phone.kind));
            let carrier = phone.unwrap_or(Carrier::Card);
            Shows::Token { token: cast.token_number(holder), carrier }
        }
        (_, Shown::HealthCard) => Shows::Paper(ProofKind::HealthCard),
        (_, Shown::EligibilityCertificate) => Shows::Paper(ProofKind::EligibilityCertificate),
        (_, Shown::EligibilityNotice) => Shows::Paper(ProofKind::EligibilityNotice),
        (_, Shown::Nothing | Shown::Card | Shown::Phone | Shown::NewPhone) => Shows::Nothing,
    }
}

fn holder(shown: Shown) -> Option<Holder> {
    match shown {
        Shown::Card => Some(Holder::Card),
        Shown::Phone => Some(Holder::Phone),
        Shown::NewPhone => Some(Holder::NewPhone),
        _ => None,
    }
}

fn circumstances(visit: &Visit) -> Circumstances {
    let spoken = match visit.consent {
        _ if !visit.conscious => SpokenConsent::Unobtainable,
        Consent::All | Consent::Treatment => SpokenConsent::Given,
        Consent::None | Consent::CheckUp | Consent::Surgery | Consent::AsShown => {
            SpokenConsent::Refused
        }
    };
    Circumstances { disaster_mode: visit.disaster_mode, spoken, victim: visit.victim }
}

pub(crate) fn wish(visit: &Visit) -> ConsentWish {
    let limit = visit.limit_consent;
    let specific_disease = visit.disease_consent.unwrap_or(visit.consent == Consent::All);
    let subsidy = visit.subsidy_consent;
    let none = ConsentWish { limit, specific_disease, subsidy, ..ConsentWish::default() };
    match visit.consent {
        Consent::All => ConsentWish { limit, specific_disease, subsidy, ..ConsentWish::ALL },
        Consent::None | Consent::AsShown => none,
        Consent::Treatment => ConsentWish { treatment: true, drugs: true, ..none },
        Consent::CheckUp => ConsentWish { check_up: true, ..none },
        Consent::Surgery => ConsentWish { surgery: true, ..none },
    }
}

/// What is brought later shows the period of the day of the last visit.
fn brought(scenario: &Scenario, index: usize, bring: &Bring, cast: &Cast<'_>) -> Vec<Proof> {
    let mut before = scenario.timeline.iter().take(index).rev();
    let last = before.find(|s| s.visit.as_ref().is_some_and(|v| v.who == bring.who));
    let date = last.and_then(|s| s.at.fixed()).map(Jst::date);
    let paper = date.and_then(|date| cast.paper(Printed::default(), date));
    vec![Proof { kind: bring.what.proof(), paper }]
}
