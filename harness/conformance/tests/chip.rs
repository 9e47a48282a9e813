//! What must hold between readers and chips, against runs that were tampered with.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use madoguchi_conformance::{Judgement, Scope, Verdict, judge};
use madoguchi_reference::ids::CertificateSerial;
use madoguchi_reference::message::token::Hex;
use madoguchi_reference::message::{Message, ReaderReport, TokenReply, Touch};
use madoguchi_sim::{Driver, Plan, Trace, What, run};

/// A run of `id`, its trace changed by `change`, and judged.
fn judged(id: &str, change: impl FnOnce(&mut Trace)) -> Judgement {
    let register = common::register();
    let plan = Plan::new(common::scenario(id, &register), 1, &register);
    let mut trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
    change(&mut trace);
    judge(&plan, &trace, &register, &Scope::default())
}

fn verdict_on(judgement: &Judgement, rule: &str) -> Verdict {
    judgement.rules.iter().find(|r| r.id == rule).unwrap().verdict
}

const FACE: &str = "identity/face-at-a-first-visit";
const WRONG_PIN: &str = "identity/locked-pin-stops-the-pin-only";

#[test]
fn a_certificate_whose_key_has_not_signed_is_seen() {
    assert_eq!(verdict_on(&judged(FACE, |_| {}), "RDR-014"), Verdict::Pass);
    let tampered = judged(FACE, |trace| {
        for event in &mut trace.events {
            if let What::Arrived {
                message: Message::ReaderReport(ReaderReport::Identified { serial, .. }),
                ..
            } = &mut event.what
            {
                *serial = CertificateSerial::from("7E00FFFF");
            }
        }
    });
    assert_eq!(verdict_on(&tampered, "RDR-014"), Verdict::Finding);
}

#[test]
fn an_identity_without_a_signature_is_seen() {
    let tampered = judged(FACE, |trace| {
        trace.events.retain(|event| {
            !matches!(&event.what, What::Arrived { message: Message::TokenReply(TokenReply::Response(bytes)), .. }
                if bytes.0.len() == 258 && !bytes.0.starts_with(&[0x30]))
        });
    });
    assert_eq!(verdict_on(&tampered, "RDR-014"), Verdict::Finding);
}

#[test]
fn a_signature_fetched_in_pieces_is_a_signature() {
    let fetched = judged("reader/a-card-that-announces-more-is-asked-for-the-rest", |_| {});
    assert_eq!(verdict_on(&fetched, "RDR-014"), Verdict::Pass);
}

#[test]
fn a_counter_that_falls_without_an_entry_is_seen() {
    assert_eq!(verdict_on(&judged(WRONG_PIN, |_| {}), "RDR-013"), Verdict::Pass);
    let tampered = judged(WRONG_PIN, |trace| {
        let typed = |what: &What| {
            matches!(what, What::Arrived { message: Message::Touch(Touch::Pin(_)), .. })
        };
        trace.events.retain(|event| !typed(&event.what));
    });
    assert_eq!(verdict_on(&tampered, "RDR-013"), Verdict::Finding);
}

#[test]
fn what_the_chip_says_decides_the_facts_about_the_pin() {
    let tampered = judged(WRONG_PIN, |trace| {
        for event in &mut trace.events {
            if let What::Arrived {
                message: Message::TokenReply(TokenReply::Response(Hex(bytes))),
                ..
            } = &mut event.what
                && bytes.len() == 2
                && bytes[0] == 0x63
            {
                *bytes = vec![0x90, 0x00];
            }
        }
    });
    let untouched = judged(WRONG_PIN, |_| {});
    assert_ne!(tampered.verdict, untouched.verdict);
}
