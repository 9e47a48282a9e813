//! What must hold in every run, whatever its scenario expects.

use std::collections::BTreeMap;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::claim::ClaimMessage;
use madoguchi_reference::message::counter::ProofKind;
use madoguchi_reference::message::{Counter, Message, PatientSays};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::register::{Register, Route};
use madoguchi_reference::wire::{RecordsAnswer, read_records_answer};
use madoguchi_scenario::{FactKey, FactValue, OutageOf, Scenario, Shown};
use madoguchi_sim::{Trace, What};

use crate::facts::{Steps, look_up_right};
use crate::oracle::card_is_good;

/// Something that must hold, held against a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Check {
    /// The rule that demands it.
    pub(crate) rule: &'static str,
    /// The step it was seen in.
    pub(crate) step: usize,
    /// The fact it is about.
    pub(crate) fact: FactKey,
    /// What must be seen.
    pub(crate) expected: FactValue,
    /// What was seen.
    pub(crate) received: FactValue,
}

impl Check {
    fn new(rule: &'static str, step: u16, fact: FactKey, expected: &str, received: &str) -> Self {
        let word = |text: &str| FactValue::One(text.to_owned());
        let (expected, received) = (word(expected), word(received));
        Self { rule, step: usize::from(step), fact, expected, received }
    }
}

/// Everything that must hold, held against the run.
pub(crate) fn checks(
    scenario: &Scenario,
    trace: &Trace,
    steps: &Steps<'_>,
    register: &Register,
) -> Vec<Check> {
    let mut all = charges(scenario, trace);
    all.extend(records(trace));
    all.extend(claims(trace));
    all.extend(cards(scenario, steps, register));
    all
}

/// FB-005: an insured person who brought a card never pays everything.
fn charges(scenario: &Scenario, trace: &Trace) -> Vec<Check> {
    let mut brought = BTreeMap::new();
    let mut all = Vec::new();
    for event in &trace.events {
        let (Some(step), What::Arrived { from, to, message, .. }) = (event.step, &event.what)
        else {
            continue;
        };
        match message {
            Message::PatientSays(PatientSays::Arrives(arrival)) => {
                let card = arrival.shows.as_ref().is_some_and(|p| p.kind == ProofKind::Card);
                brought.insert(*from, card);
            }
            Message::Counter(Counter::Charge(bill)) if brought.get(to) == Some(&true) => {
                if is_insured(scenario, *to, event.at) {
                    let full = if bill.percent == 100 { "100%" } else { "a share" };
                    all.push(Check::new("FB-005", step, FactKey::Share, "a share", full));
                }
            }
            _ => {}
        }
    }
    all
}

fn is_insured(scenario: &Scenario, patient: PartyId, at: Jst) -> bool {
    let PartyId::Patient(number) = patient else { return false };
    let person = scenario.people.values().nth(usize::from(number));
    person.is_some_and(|p| p.coverage.iter().any(|c| c.covers(at.date())))
}

/// NBR-001: medical information reaches an institution only through card, consent and an open
/// window. Every look-up that succeeded must follow an answer that allowed it.
fn records(trace: &Trace) -> Vec<Check> {
    let mut rights: BTreeMap<String, Option<Jst>> = BTreeMap::new();
    let mut all = Vec::new();
    for event in &trace.events {
        let (Some(step), What::Arrived { to: PartyId::Desk(_), message: Message::File(file), .. }) =
            (event.step, &event.what)
        else {
            continue;
        };
        if let Some((kana, until)) = look_up_right(file) {
            rights.insert(kana, until);
        }
        let given = file.name.starts_with("YZKsiquc01res");
        if let Some(Ok(RecordsAnswer::Given(records))) =
            given.then(|| read_records_answer(&file.bytes.0))
        {
            let right = records.person.kana.and_then(|kana| rights.get(&kana));
            // The answer may arrive a moment after the window closed; it was given before.
            let allowed =
                right.is_some_and(|until| until.is_none_or(|until| event.at < until.plus(SLACK)));
            let seen = if allowed { "shown with consent" } else { "shown without consent" };
            let must = "shown with consent";
            all.push(Check::new("NBR-001", step, FactKey::Records, must, seen));
        }
    }
    all
}

/// How long an answer may be under way.
const SLACK: i64 = 60 * madoguchi_reference::calendar::SECOND;

/// CLM-050: every receipt that was taken in comes back with exactly one outcome.
fn claims(trace: &Trace) -> Vec<Check> {
    let mut taken = BTreeMap::new();
    let mut all = Vec::new();
    for event in &trace.events {
        let (Some(step), What::Arrived { message: Message::Claim(claim), .. }) =
            (event.step, &event.what)
        else {
            continue;
        };
        match claim {
            ClaimMessage::Received { receipts } => {
                taken.insert(step, receipts.to_string());
            }
            ClaimMessage::Results { receipts, .. } => {
                let must = taken.get(&step).map_or("0", String::as_str);
                let seen = receipts.len().to_string();
                all.push(Check::new("CLM-050", step, FactKey::ClaimReceipts, must, &seen));
            }
            _ => {}
        }
    }
    all
}

/// CERT-010 and CERT-013 by the oracle: a card is taken exactly while its certificate is good.
fn cards(scenario: &Scenario, steps: &Steps<'_>, register: &Register) -> Vec<Check> {
    let mut all = Vec::new();
    for (index, step) in scenario.timeline.iter().enumerate() {
        let Some(visit) = &step.visit else { continue };
        let Some(at) = step.at.fixed() else { continue };
        let card = scenario.people.get(&visit.who).and_then(|p| p.card.as_ref());
        let Some(card) = card else { continue };
        let plain = visit.shows == Shown::Card && visit.route == Route::Counter;
        let certifier_down = scenario.faults.iter().any(|f| {
            f.outage.is_some_and(|o| o.of == OutageOf::Certifier && o.from <= at && at < o.to)
        });
        // A first use while the certifier is down is OUT-030's business.
        if !plain || (certifier_down && !card.certificate.seen) {
            continue;
        }
        let Some(good) = card_is_good(card, at.date(), register) else { continue };
        let seen = steps.facts(index).get(FactKey::Card).to_string();
        if !matches!(seen.as_str(), "accepted" | "rejected") {
            continue;
        }
        let must = if good { "accepted" } else { "rejected" };
        let rule = oracle_rule(register, at);
        let step = u16::try_from(index).unwrap_or(u16::MAX);
        all.push(Check::new(rule, step, FactKey::Card, must, &seen));
    }
    all
}

fn oracle_rule(register: &Register, at: Jst) -> &'static str {
    if register.on(at.date()).in_force("CERT-013") { "CERT-013" } else { "CERT-008" }
}
