//! What must hold between readers and chips, whatever goes wrong on the way.

use madoguchi_reference::message::{Message, ReaderReport, TokenCommand, TokenReply};
use madoguchi_reference::party::PartyId;
use madoguchi_scenario::{FactKey, Scenario};

use super::Check;
use crate::facts::{Facts, Steps};

const COMPUTE_SIGNATURE: u8 = 0x2A;
const GET_RESPONSE: u8 = 0xC0;

/// Every check of one run.
pub(super) fn checks(scenario: &Scenario, steps: &Steps<'_>) -> Vec<Check> {
    let facts = (0..scenario.timeline.len()).map(|step| (step, steps.facts(step)));
    facts.flat_map(|(step, facts)| [counter(step, facts), signer(step, facts)]).flatten().collect()
}

/// RDR-013: a counter never goes down more often than somebody has typed.
fn counter(step: usize, facts: Facts<'_>) -> Option<Check> {
    let (typed, counted) = facts.typed_and_counted();
    let expected = format!("at most {typed} of {typed} entries compared");
    let received = format!("{counted} of {typed} entries compared");
    let received = if counted <= typed { expected.clone() } else { received };
    (typed + counted > 0).then(|| Check::new("RDR-013", step, FactKey::Pin, &expected, &received))
}

/// RDR-014: whose certificate a reader reports, their key has signed, and nobody else's since.
fn signer(step: usize, facts: Facts<'_>) -> Option<Check> {
    let mut signing = None;
    let mut signed = None;
    let mut checks = Vec::new();
    for arrival in facts.arrived() {
        match arrival.message {
            Message::TokenCommand(TokenCommand::Transmit(command)) => {
                signing = match command.0.get(1) {
                    Some(&COMPUTE_SIGNATURE) => Some(arrival.to),
                    // The rest of what was announced with 61xx.
                    Some(&GET_RESPONSE) => signing.filter(|token| *token == arrival.to),
                    _ => None,
                };
            }
            Message::TokenReply(TokenReply::Response(response))
                if signing == Some(arrival.from) && response.0.ends_with(&[0x90, 0x00]) =>
            {
                signed = Some(arrival.from);
            }
            Message::ReaderReport(ReaderReport::Identified { serial, .. }) => {
                // The last four digits of a serial number are those of its token.
                let digits = serial.0.get(4..).and_then(|text| u16::from_str_radix(text, 16).ok());
                let reported = digits.map(PartyId::Token);
                checks.push((reported, signed));
            }
            _ => {}
        }
    }
    let name = |token: Option<PartyId>| token.map_or("nobody".to_owned(), |id| id.to_string());
    let wrong = checks.iter().find(|(reported, signed)| reported != signed);
    let (reported, signed) = *wrong.or(checks.first())?;
    let (expected, received) = (name(reported), name(signed));
    Some(Check::new("RDR-014", step, FactKey::Verified, &expected, &received))
}
