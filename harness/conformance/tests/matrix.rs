//! Which way of identification works in which situation: every cell of the matrix that follows
//! from the chapters CERT and IDV, written down by hand and run through the whole pipeline.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::sync::Arc;

use madoguchi_conformance::{Scope, judge};
use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::register::Register;
use madoguchi_scenario::{FactKey, Scenario};
use madoguchi_sim::{Driver, Plan, run};

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cell {
    /// Eligibility, and with consent medical information.
    Y,
    /// Eligibility only.
    E,
    /// Neither.
    N,
}

use Cell::{E, N, Y};

/// One way of identification: its name, the institution, and how the patient goes about it.
struct Way {
    name: &'static str,
    facility: &'static str,
    visit: &'static str,
}

const COUNTER: &str = "kind: clinic, prefecture: 13, readers: [face-with-phone]";

const WAYS: [Way; 7] = [
    Way { name: "face", facility: COUNTER, visit: "shows: card, verify: face" },
    Way { name: "PIN", facility: COUNTER, visit: "shows: card, verify: pin" },
    Way { name: "visual", facility: COUNTER, visit: "shows: card, verify: visual" },
    Way {
        name: "remote reception",
        facility: COUNTER,
        visit: "shows: card, route: drive-through, device: facility",
    },
    // What the PIN does not do, sight does.
    Way {
        name: "eligibility-only app",
        facility: "kind: therapist, prefecture: 13, readers: [app]",
        visit: "shows: card, verify: [pin, visual]",
    },
    Way { name: "Android", facility: COUNTER, visit: "shows: phone" },
    Way { name: "iPhone", facility: COUNTER, visit: "shows: phone" },
];

/// One situation: its name, the card, what is on the phone (nothing, if it was not loaded),
/// whether the card is registered as health card, what is down, and the seven cells.
struct Situation {
    name: &'static str,
    card: &'static str,
    phone: &'static str,
    registered: bool,
    faults: &'static str,
    cells: [Cell; 7],
}

const CARD: &str = "certificate: { expires: 2028-04-12 }";
const PHONE: &str = CARD;

/// The day of every visit is 2025-10-06. A certificate to 2025-09-30 is in its grace then, one to
/// 2025-06-30 is past it.
const MATRIX: &[Situation] = &[
    Situation {
        name: "an ordinary card of an adult",
        card: CARD,
        phone: PHONE,
        registered: true,
        faults: "",
        cells: [Y, Y, Y, Y, E, Y, Y],
    },
    Situation {
        name: "a phone that was not loaded",
        card: CARD,
        phone: "",
        registered: true,
        faults: "",
        cells: [Y, Y, Y, Y, E, N, N],
    },
    // The phone has a PIN of its own; here the one of the carrier concerned is locked.
    Situation {
        name: "the PIN is locked",
        card: "certificate: { expires: 2028-04-12 }, wrong_pins: 3",
        phone: "certificate: { expires: 2028-04-12 }, wrong_pins: 3",
        registered: true,
        faults: "",
        cells: [Y, N, Y, N, E, N, Y],
    },
    Situation {
        name: "a face-only card, which loads no phone",
        card: "certificate: { expires: 2028-04-12 }, kind: face-only",
        phone: "",
        registered: true,
        faults: "",
        cells: [Y, N, Y, N, E, N, N],
    },
    Situation {
        name: "a card without photograph, of a holder too young for a phone",
        card: "certificate: { expires: 2028-04-12 }, kind: without-photo",
        phone: "",
        registered: true,
        faults: "",
        cells: [N, Y, N, Y, E, N, N],
    },
    Situation {
        name: "in grace",
        card: "certificate: { expires: 2025-09-30 }",
        phone: PHONE,
        registered: true,
        faults: "",
        cells: [E, E, E, E, E, N, N],
    },
    Situation {
        name: "after the grace",
        card: "certificate: { expires: 2025-06-30 }",
        phone: PHONE,
        registered: true,
        faults: "",
        cells: [N, N, N, N, N, N, N],
    },
    Situation {
        name: "revoked",
        card: "certificate: { expires: 2028-04-12, state: revoked }",
        phone: PHONE,
        registered: true,
        faults: "",
        cells: [N, N, N, N, N, N, N],
    },
    Situation {
        name: "suspended, the phone as well",
        card: "certificate: { expires: 2028-04-12, state: suspended }",
        phone: "certificate: { expires: 2028-04-12, state: suspended }",
        registered: true,
        faults: "",
        cells: [N, N, N, N, N, N, N],
    },
    // At the reader it is registered on the spot; everything else needs the portal first.
    Situation {
        name: "not registered as health card",
        card: CARD,
        phone: PHONE,
        registered: false,
        faults: "",
        cells: [Y, Y, Y, N, N, N, N],
    },
    Situation {
        name: "the face reader is down",
        card: CARD,
        phone: PHONE,
        registered: true,
        faults: "outage: { of: reader, from: 2025-10-06T00:00, to: 2025-10-07T00:00 }",
        cells: [N, N, N, Y, E, N, N],
    },
];

#[test]
fn every_way_of_identification_works_exactly_where_it_should() {
    let register = common::register();
    let mut wrong = Vec::new();
    for situation in MATRIX {
        for (way, expected) in WAYS.iter().zip(situation.cells) {
            let found = cell(situation, way, &register);
            if found != expected {
                let (name, way) = (situation.name, way.name);
                wrong.push(format!("{name}, {way}: expected {expected:?}, found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cell(situation: &Situation, way: &Way, register: &Arc<Register>) -> Cell {
    let text = scenario_text(situation, way);
    let name = format!("{}, {}", situation.name, way.name);
    let read = Scenario::read(&YamlText::new(&name, &text), register);
    let scenario = read.unwrap_or_else(|wrong| panic!("{name}: {wrong:?}\n{text}"));
    let plan = Plan::new(scenario, 1, register);
    let trace = run(&plan, register, Driver::EventLoop, true).unwrap().trace;
    let judgement = judge(&plan, &trace, register, &Scope::default());
    let fact = |key: FactKey| {
        let found = judgement.outcome.iter().find(|(_, k, _)| *k == key);
        found.unwrap_or_else(|| panic!("no fact {key:?}")).2.to_string()
    };
    let accepted = fact(FactKey::Card) == "accepted" && fact(FactKey::Eligibility) == "valid";
    match (accepted, fact(FactKey::Records) == "shown") {
        (true, true) => Y,
        (true, false) => E,
        (false, false) => N,
        (false, true) => panic!("{name}: records without eligibility"),
    }
}

/// The three facts are asked for; what they are held against does not matter here.
fn scenario_text(situation: &Situation, way: &Way) -> String {
    let kind = if way.name == "Android" { "android" } else { "iphone" };
    let on_it = situation.phone;
    let loaded = if on_it.is_empty() { String::new() } else { format!(", {on_it}") };
    let signed_up = if situation.registered { "" } else { "    signed_up: false\n" };
    let faults = if situation.faults.is_empty() {
        String::new()
    } else {
        format!("faults:\n  - {}\n", situation.faults)
    };
    format!(
        r#"scenario: identity/matrix
title: {{ ja: 対応表, en: matrix }}
why: {{ ja: 対応表, en: matrix }}
facility: {{ {facility} }}
people:
  hanako:
    born: 1985-04-12
    coverage:
      - {{ insurer: "06139992", symbol: "701", number: "43999", branch: "01", from: 2019-04-01 }}
    card: {{ {card} }}
    phone: {{ kind: {kind}{loaded} }}
{signed_up}{faults}timeline:
  - at: 2025-10-06T10:00
    visit: {{ who: hanako, {visit}, consent: all }}
    expect:
      GEN-002: {{ card: accepted, eligibility: valid, records: shown }}
"#,
        facility = way.facility,
        card = situation.card,
        visit = way.visit,
    )
}
