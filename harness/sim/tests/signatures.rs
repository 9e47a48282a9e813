//! What a reader was given by a card, checked by independent means: the certificate and the
//! signature that went over the wire.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "tests read the checkout's own files")]

use std::path::Path;
use std::sync::Arc;

use der::Decode;
use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::message::{Message, ReaderReport, TokenCommand, TokenReply};
use madoguchi_reference::register::{PUBLISHED, load};
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, What, run};
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::{Pkcs1v15Sign, RsaPublicKey};
use x509_cert::Certificate;

/// Every message between readers and tokens of a scenario, in order.
fn spoken(id: &str, driver: Driver) -> Vec<Message> {
    let register = Arc::new(load(PUBLISHED).unwrap());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(id);
    let text = std::fs::read_to_string(file.with_extension("yaml")).unwrap();
    let scenario = Scenario::read(&YamlText::new(id, &text), &register).unwrap();
    let plan = Plan::new(scenario, 1, &register);
    let trace = run(&plan, &register, driver, true).unwrap().trace;
    let arrived = trace.events.into_iter().filter_map(|event| match event.what {
        What::Arrived { message, .. } => Some(message),
        _ => None,
    });
    arrived.collect()
}

fn key_of(certificate: &Certificate) -> RsaPublicKey {
    let key = certificate.tbs_certificate().subject_public_key_info();
    RsaPublicKey::from_pkcs1_der(key.subject_public_key.raw_bytes()).unwrap()
}

/// How many signatures there were in a scenario, each checked with the certificate that was read
/// last before it.
fn checked(id: &str, driver: Driver) -> usize {
    let (mut read, mut command, mut signatures) = (Vec::new(), Vec::new(), 0);
    for message in spoken(id, driver) {
        match message {
            Message::TokenCommand(TokenCommand::Transmit(bytes)) => command = bytes.0,
            Message::TokenReply(TokenReply::Response(bytes)) => match command.get(1) {
                // A new file begins at offset 0.
                Some(0xB0) if command[2..4] == [0, 0] => {
                    read = bytes.0[..bytes.0.len() - 2].to_vec()
                }
                Some(0xB0) => read.extend_from_slice(&bytes.0[..bytes.0.len() - 2]),
                Some(0x2A) => {
                    let (signature, status) = bytes.0.split_at(256);
                    assert_eq!(status, [0x90, 0x00]);
                    let data = &command[5..command.len() - 1];
                    let length = 4 + usize::from(u16::from_be_bytes([read[2], read[3]]));
                    let certificate = Certificate::from_der(&read[..length]).unwrap();
                    let verified = key_of(&certificate).verify(
                        Pkcs1v15Sign::new_unprefixed(),
                        data,
                        signature,
                    );
                    assert!(verified.is_ok(), "{id}");
                    signatures += 1;
                }
                _ => {}
            },
            Message::ReaderReport(ReaderReport::Identified { .. }) => assert!(signatures > 0),
            _ => {}
        }
    }
    signatures
}

#[test]
fn every_identity_rests_on_a_signature_that_the_certificate_read_verifies() {
    for driver in [Driver::EventLoop, Driver::Madsim] {
        assert_eq!(checked("identity/face-at-a-first-visit", driver), 1);
        assert_eq!(checked("identity/android-types-the-pin-on-the-reader", driver), 1);
        assert_eq!(checked("identity/iphone-needs-no-pin-on-the-reader", driver), 1);
    }
}
