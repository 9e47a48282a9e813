//! From the steps of a plan to what people are told to do.

use std::collections::BTreeMap;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::centre::ConsentWish;
use madoguchi_reference::message::counter::{Proof, ProofKind, Shows, Treatment};
use madoguchi_reference::message::file::{Bytes, File};
use madoguchi_reference::message::reader::{Carrier, Method};
use madoguchi_reference::message::{Message, Order, VisitOrder};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::wire::charset::encode_lossy_with_bullet;
use madoguchi_scenario::{
    Bring, Consent, PhoneKind, Printed, RemoteDevice, Scenario, Shown, Step, Visit,
};

use crate::people::Cast;
use crate::plan::Plan;

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
pub(crate) fn orders(plan: &Plan, cast: &BTreeMap<String, Cast<'_>>) -> Vec<Dispatch> {
    let steps = plan.scenario.timeline.iter().enumerate();
    steps.filter_map(|(index, step)| dispatch(plan, cast, index, step)).collect()
}

fn dispatch(
    plan: &Plan,
    cast: &BTreeMap<String, Cast<'_>>,
    index: usize,
    step: &Step,
) -> Option<Dispatch> {
    let at = step.at.fixed()?;
    let number = u16::try_from(index).ok()?;
    let who = step.who().and_then(|(_, who)| cast.get(who));
    let (to, message) = if let Some(visit) = &step.visit {
        let pace = plan.pace_us.get(index).copied().unwrap_or(0);
        let order = visit_order(visit, who?, at, pace);
        (PartyId::Patient(who?.number), Order::Visit(Box::new(order)).into())
    } else if let Some(again) = &step.card_again {
        let pace = plan.pace_us.get(index).copied().unwrap_or(0);
        let visit = Visit {
            verify: again.verify.clone(),
            consent: again.consent,
            ..Visit::by(&again.who, Method::Face, false)
        };
        let order = VisitOrder { again: true, ..visit_order(&visit, who?, at, pace) };
        (PartyId::Patient(who?.number), Order::Visit(Box::new(order)).into())
    } else if let Some(bring) = &step.bring {
        let proofs = brought(&plan.scenario, index, bring, who?);
        (PartyId::Patient(who?.number), Order::Bring(proofs).into())
    } else if step.look_up.is_some() {
        (PartyId::Desk(FACILITY), Order::LookUp(who?.number).into())
    } else if let Some(claim) = &step.claim {
        (PartyId::Desk(FACILITY), Order::HandIn(claim.month).into())
    } else {
        let drop = step.drop_file.as_ref()?;
        let (bytes, _) = encode_lossy_with_bullet(&drop.text, drop.charset);
        let (folder, name) = (drop.folder, drop.name.clone());
        (PartyId::Terminal(FACILITY), File { folder, name, bytes: Bytes(bytes) }.into())
    };
    Some(Dispatch { at, to, message, step: number })
}

fn visit_order(visit: &Visit, cast: &Cast<'_>, at: Jst, pace: i64) -> VisitOrder {
    let person = cast.person;
    let phone = person.phone.as_ref();
    let pin = match visit.shows {
        Shown::Phone => phone.map(|p| p.pin.clone()),
        _ => person.card.as_ref().map(|c| c.pin.clone()),
    };
    let typed = visit.pin.as_ref().map(|pins| pins.0.clone());
    let usual = if visit.first { FIRST_VISIT_POINTS } else { NEXT_VISIT_POINTS };
    VisitOrder {
        facility: FACILITY,
        reader: visit.reader,
        shows: shows(visit.shows, cast),
        methods: visit.verify.0.clone(),
        pins: typed.unwrap_or_else(|| pin.into_iter().collect()),
        face_misses: visit.face_misses,
        looks_alike: visit.looks_alike,
        consent: wish(visit),
        route: visit.route,
        own_device: visit.device == RemoteDevice::Own,
        photo_id: visit.photo_id,
        phone_too_early: visit.phone_too_early,
        again: false,
        first: visit.first,
        treatment: Treatment { points: visit.points.unwrap_or(usual), day_level: visit.day_level },
        papers: cast.papers(at.date()),
        portal: person.portal,
        unchanged: visit.unchanged,
        states_percent: cast.stated_percent(at.date()),
        pace,
    }
}

fn shows(shown: Shown, cast: &Cast<'_>) -> Shows {
    match shown {
        Shown::Card => Shows::Token { token: cast.card_number(), carrier: Carrier::Card },
        Shown::Phone => {
            let android = cast.person.phone.as_ref().is_some_and(|p| p.kind == PhoneKind::Android);
            let carrier = if android { Carrier::Android } else { Carrier::Iphone };
            Shows::Token { token: cast.phone_number(), carrier }
        }
        Shown::HealthCard => Shows::Paper(ProofKind::HealthCard),
        Shown::EligibilityCertificate => Shows::Paper(ProofKind::EligibilityCertificate),
        Shown::EligibilityNotice => Shows::Paper(ProofKind::EligibilityNotice),
        Shown::Nothing => Shows::Nothing,
    }
}

fn wish(visit: &Visit) -> ConsentWish {
    let limit = visit.limit_consent;
    let specific_disease = visit.disease_consent.unwrap_or(visit.consent == Consent::All);
    let none = ConsentWish { limit, specific_disease, ..ConsentWish::default() };
    match visit.consent {
        Consent::All => ConsentWish { limit, specific_disease, ..ConsentWish::ALL },
        Consent::None => none,
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
