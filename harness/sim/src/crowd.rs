//! Ordinary patients drawn from the seed, for opening days.

use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_reference::ids::{BranchNumber, InsuredNumber, InsuredSymbol, InsurerNumber};
use madoguchi_reference::message::reader::Method;
use madoguchi_reference::wire::{CardClass, Relation, Sex};
use madoguchi_scenario::{
    Card, CardKind, Certificate, CertificateState, Chip, Coverage, Crowd, Filings, Open, Papers,
    Person, Scenario, Step, Streams, Visit,
};

/// Replaces the crowd of a scenario by its people and their visits.
pub(crate) fn expand(mut scenario: Scenario, streams: &Streams) -> Scenario {
    let Some(crowd) = scenario.crowd.take() else { return scenario };
    for number in 0..crowd.patients {
        let name = format!("crowd-{number:04}");
        let draw = |what: &str, below: u64| streams.draw(&format!("crowd/{number}/{what}"), below);
        scenario.people.insert(name.clone(), person(number, crowd, &draw));
        scenario.timeline.push(visit(&name, crowd, &draw));
    }
    scenario.timeline.sort_by_key(|step| step.at.earliest());
    scenario
}

fn person(number: u16, crowd: Crowd, draw: &dyn Fn(&str, u64) -> u64) -> Person {
    let today = crowd.from.date();
    let days = |what, below| i64::try_from(draw(what, below)).unwrap_or(0).days();
    let born: Date = today.saturating_sub(20.years()).saturating_sub(days("born", 16_000));
    let expires = today.saturating_add(120.days()).saturating_add(days("expires", 1_500));
    Person {
        born: Open::Fixed(born),
        sex: if draw("sex", 2) == 0 { Sex::Female } else { Sex::Male },
        name: None,
        coverage: vec![Coverage {
            insurer: InsurerNumber::from("06139992"),
            symbol: InsuredSymbol::from("900"),
            number: InsuredNumber(format!("{}", 10_000 + u32::from(number))),
            branch: BranchNumber::from("00"),
            from: today.saturating_sub(5.years()),
            to: None,
            relation: Relation::Insured,
            ratio: None,
            limit: None,
            class: CardClass::General,
            specific_disease: None,
            loss_reason: None,
            collected: None,
            registered: Filings::default(),
        }],
        medical_aid: None,
        public: Vec::new(),
        card: Some(Card {
            issued: None,
            applied: None,
            certificate: Certificate {
                expires: Some(Open::Fixed(expires)),
                issued: None,
                state: CertificateState::Active,
                seen: true,
            },
            kind: CardKind::Standard,
            pin: format!("{:04}", draw("pin", 10_000)),
            wrong_pins: 0,
            signature_password: "TEST1234".to_owned(),
            chip: Chip::Working,
        }),
        drugs: None,
        check_ups: Vec::new(),
        phone: None,
        new_phone: None,
        papers: Papers::default(),
        employer: None,
        charged_before: None,
        portal: false,
        signed_up: true,
    }
}

fn visit(name: &str, crowd: Crowd, draw: &dyn Fn(&str, u64) -> u64) -> Step {
    let length = u64::try_from(crowd.to.since(crowd.from)).unwrap_or(0);
    let at = crowd.from.plus(i64::try_from(draw("at", length)).unwrap_or(0));
    let method = if draw("method", 5) == 0 { Method::Pin } else { Method::Face };
    Step { visit: Some(Visit::by(name, method, draw("first", 4) == 0)), ..Step::at(at) }
}
