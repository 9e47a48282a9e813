//! Secure messaging of the text application, as the client `myna-card` speaks it, which was made
//! with real cards.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use myna_card::ap::text::{TextAp, ef};
use myna_card::sm::SecureSession;
use myna_card::{Card, Error, Pin, Transmit};
use pcsc_sim::chip::Chip;
use pcsc_sim::{Profile, SmartCard};

/// The chip where the client expects a reader.
#[derive(Debug)]
struct Bare(Chip);

impl Transmit for Bare {
    fn transmit(&mut self, command: &[u8]) -> myna_card::Result<Vec<u8>> {
        Ok(self.0.apdu(command))
    }
}

/// TEST: no session here is worth a secret.
const SEED: [u8; 32] = [0x5A; 32];

/// The client's answer where the card said this word.
fn refused<T: std::fmt::Debug>(result: myna_card::Result<T>) -> String {
    match result.unwrap_err() {
        Error::Status(word) => format!("{:04X}", word.value()),
        other => format!("{other:?}"),
    }
}

/// What follows in a session of the text application after the PIN.
fn in_session(follows: impl FnOnce(&mut SecureSession<'_, Bare>)) {
    let mut card = Card::new(Bare(Chip::of(Profile::named("adult").unwrap())));
    let mut text = TextAp::select(&mut card).unwrap();
    text.verify_pin(&Pin::numeric("1234").unwrap()).unwrap();
    follows(&mut text.open_secure_session(&SEED).unwrap());
}

/// Sends bytes past the client.
fn send(session: &mut SecureSession<'_, Bare>, command: &[u8]) -> Vec<u8> {
    session.card().transport_mut().0.apdu(command)
}

#[test]
fn files_read_in_a_session_are_those_read_in_the_clear() {
    in_session(|session| {
        for file in [ef::MY_NUMBER, ef::ATTRIBUTES, ef::INTEGRITY, ef::CERTIFICATE] {
            let secret = session.read_ef_physical(file).unwrap();
            session.card().select_ef(file).unwrap();
            assert_eq!(session.card().read_binary_physical().unwrap(), secret, "{file:04X}");
        }
        // Four files with a SELECT and a READ each; commands in the clear do not count.
        assert_eq!(session.counter(), 9);
    });
}

#[test]
fn a_part_of_a_file_is_read_from_an_offset() {
    in_session(|session| {
        session.select_ef(ef::MY_NUMBER).unwrap();
        // FF10 0C, and the number from the fourth byte on.
        assert_eq!(session.read_binary(3, 12).unwrap(), b"100000000013");
        assert_eq!(refused(session.read_binary(17, 0)), "6B00");
        // Refused, but counted.
        assert_eq!(session.read_binary(3, 4).unwrap(), b"1000");
    });
}

#[test]
fn an_entry_in_a_session_counts_like_one_in_the_clear() {
    in_session(|session| {
        session.verify(ef::CODE_A, &Pin::numeric("100000000013").unwrap()).unwrap();
        let wrong = Pin::numeric("9999").unwrap();
        for left in [2, 1, 0] {
            let answer = session.verify(ef::PIN, &wrong).unwrap_err();
            match answer {
                Error::PinIncorrect { retries } => assert_eq!(retries, Some(left)),
                Error::PinBlocked => assert_eq!(left, 0),
                other => panic!("{other:?}"),
            }
        }
        // The reference that is blocked from issue is refused without ending the session.
        assert!(session.verify(ef::BLOCKED_0012, &wrong).is_err());
        assert!(!session.is_broken());
        assert_eq!(session.read_ef(ef::CERTIFICATE).unwrap()[..2], [0x7F, 0x21]);
    });
}

#[test]
fn a_session_wants_the_pin_first() {
    let mut card = Card::new(Bare(Chip::of(Profile::named("adult").unwrap())));
    let mut text = TextAp::select(&mut card).unwrap();
    text.verify_code_a(&Pin::numeric("100000000013").unwrap()).unwrap();
    assert_eq!(refused(text.open_secure_session(&SEED)), "6982");
}

#[test]
fn wrong_objects_are_answered_6988_and_end_the_session() {
    // The object of the other command, two objects, no padding indicator, half a block, an object
    // that is none, a cryptogram under a number that is not due.
    let wrong: [&[u8]; 7] = [
        b"\x08\x20\x00\x91\x05\x96\x03\x00\x00\x00",
        b"\x08\xB0\x00\x00\x03\x86\x01\x01\x00",
        b"\x08\xB0\x00\x00\x0A\x96\x03\x00\x00\x00\x96\x03\x00\x00\x00\x00",
        b"\x08\x20\x00\x91\x03\x86\x01\x02",
        b"\x08\x20\x00\x91\x05\x86\x03\x01\x00\x00",
        b"\x08\x20\x00\x91",
        b"\x08\x20\x00\x91\x13\x86\x11\x010123456789ABCDEF",
    ];
    for command in wrong {
        in_session(|session| {
            assert_eq!(send(session, command), [0x69, 0x88], "{command:02X?}");
            assert_eq!(refused(session.select_ef(ef::MY_NUMBER)), "69FC");
        });
    }
}

#[test]
fn other_commands_have_no_place_in_a_session() {
    in_session(|session| {
        assert_eq!(send(session, b"\x08\x84\x00\x00\x08"), [0x69, 0x88]);
        assert_eq!(send(session, b"\x08\x84\x00\x00\x08"), [0x69, 0xFC]);
    });
}

#[test]
fn a_session_ends_with_the_status_of_the_application() {
    in_session(|session| {
        let other = b"\x00\xA4\x04\x0C\x0A\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x02";
        let text = b"\x00\xA4\x04\x0C\x0A\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x08";
        assert_eq!(send(session, other), [0x90, 0x00]);
        assert_eq!(send(session, text), [0x90, 0x00]);
        assert_eq!(refused(session.select_ef(ef::MY_NUMBER)), "69FC");
    });
    in_session(|session| {
        session.card().transport_mut().0.power_on();
        let text = b"\x00\xA4\x04\x0C\x0A\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x08";
        assert_eq!(send(session, text), [0x90, 0x00]);
        assert_eq!(refused(session.select_ef(ef::MY_NUMBER)), "69FC");
    });
}
