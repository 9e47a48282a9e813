//! Signatures: every mode checked with a library against the key of the certificate.

use pcsc_sim::chip::Chip;
use pcsc_sim::pki::{self, Role};
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::{Digest, Sha256};

use crate::text::*;

const MESSAGE: &[u8] = b"TEST visit 17";

fn user_key() -> RsaPublicKey {
    pki::user_key(card("adult").holder().authentication.key).public()
}

fn after_pin() -> Chip {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), (PIN, "9000")]);
    card
}

fn command(p1: &str, p2: &str, data: &[u8]) -> String {
    let digits: Vec<String> = data.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("80 2A {p1} {p2} {:02X} {} 00", data.len(), digits.join(" "))
}

fn signed(p1: &str, data: &[u8]) -> Vec<u8> {
    let signature = good(&mut after_pin(), &command(p1, "97", data));
    assert_eq!(signature.len(), 256);
    signature
}

#[test]
fn mode_00_pads_the_data_as_they_are() {
    user_key().verify(Pkcs1v15Sign::new_unprefixed(), MESSAGE, &signed("00", MESSAGE)).unwrap();
}

#[test]
fn mode_01_pads_the_bare_hash_of_the_data() {
    let hash = Sha256::digest(MESSAGE);
    user_key().verify(Pkcs1v15Sign::new_unprefixed(), &hash, &signed("01", MESSAGE)).unwrap();
}

#[test]
fn mode_02_takes_a_hash_and_says_which_hash_it_is() {
    let hash = Sha256::digest(MESSAGE);
    user_key().verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &signed("02", &hash)).unwrap();
}

#[test]
fn mode_03_hashes_the_data_and_says_so() {
    let hash = Sha256::digest(MESSAGE);
    user_key().verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &signed("03", MESSAGE)).unwrap();
}

#[test]
fn modes_04_and_05_are_pss_over_a_hash_and_over_data() {
    let hash = Sha256::digest(MESSAGE);
    user_key().verify(Pss::new::<Sha256>(), &hash, &signed("04", &hash)).unwrap();
    user_key().verify(Pss::new::<Sha256>(), &hash, &signed("05", MESSAGE)).unwrap();
}

#[test]
fn what_clients_send_is_an_ordinary_signature() {
    let mut card = after_pin();
    // A hash of noughts, in the DigestInfo that they put around it themselves.
    let signature = good(&mut card, SIGN);
    user_key().verify(Pkcs1v15Sign::new::<Sha256>(), &[0; 32], &signature).unwrap();
    // The same with the key as the current file, and without Le.
    talk(&mut card, &[("00 A4 02 0C 02 00 17", "9000")]);
    let current = SIGN.replace("00 97 33", "00 80 33");
    assert_eq!(good(&mut card, &current[..current.len() - 3]), signature);
}

#[test]
fn the_signature_key_is_another_one_and_wants_the_password() {
    let mut card = after_pin();
    let command = command("03", "9A", MESSAGE);
    talk(&mut card, &[(&command, "6982"), (PASSWORD, "9000")]);
    let signature = good(&mut card, &command);
    let key = pki::signature_key(card.holder().signature.unwrap().key).public();
    let hash = Sha256::digest(MESSAGE);
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &signature).unwrap();
    assert!(user_key().verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &signature).is_err());
}

#[test]
fn the_two_surface_applications_sign_with_their_own_key_without_any_pin() {
    for (application, role) in [(SURFACE, Role::Surface), (TEXT, Role::Text)] {
        let mut card = card("adult");
        talk(&mut card, &[(application, "9000")]);
        let signature = good(&mut card, &command("00", "00", MESSAGE));
        let key = pki::key(role).public();
        key.verify(Pkcs1v15Sign::new_unprefixed(), MESSAGE, &signature).unwrap();
    }
}

#[test]
fn the_other_applications_have_no_key_of_their_own() {
    let mut card = card("adult");
    for application in [JPKI, RESIDENT_REGISTER, COMMON] {
        talk(&mut card, &[(application, "9000"), (&command("00", "00", MESSAGE), "6A86")]);
    }
    talk(&mut card, &[(CARD_MANAGER, "9000"), (&command("00", "00", MESSAGE), "6986")]);
}

#[test]
fn internal_authenticate_signs_with_the_key_of_the_common_application_alone() {
    let mut card = card("adult");
    let ask = "00 88 00 99 04 01 02 03 04 00";
    talk(&mut card, &[(ask, "6986"), (COMMON, "9000")]);
    let signature = good(&mut card, ask);
    let key = pki::key(Role::Common).public();
    let hash = Sha256::digest([1, 2, 3, 4]);
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &signature).unwrap();
    // It is for nothing else.
    talk(&mut card, &[("80 2A 00 99 04 01 02 03 04 00", "6985"), ("00 88 00 99 00", "6700")]);
    talk(&mut card, &[("00 88 01 99 01 00 00", "6A86"), ("00 88 00 9C 01 00 00", "6981")]);
    let user_key = "00 88 00 97 04 01 02 03 04 00";
    talk(&mut card, &[(JPKI, "9000"), (user_key, "6982"), (PIN, "9000"), (user_key, "6985")]);
}

#[test]
fn the_data_have_to_have_the_length_of_the_mode() {
    let mut card = after_pin();
    let long = [7; 245];
    good(&mut card, &command("00", "97", &long));
    good(&mut card, &command("03", "97", &[7; 255]));
    talk(
        &mut card,
        &[
            (&command("00", "97", &[7; 246]), "6700"),
            (&command("02", "97", &[7; 31]), "6985"),
            (&command("04", "97", &[7; 33]), "6985"),
            ("80 2A 00 97 00", "6700"),
            ("80 2A 03 97", "6700"),
        ],
    );
}

#[test]
fn parameters_that_name_no_mode_and_no_key_are_refused() {
    let mut card = after_pin();
    talk(
        &mut card,
        &[
            (&command("06", "97", MESSAGE), "6A86"),
            (&command("FF", "97", MESSAGE), "6A86"),
            (&command("00", "17", MESSAGE), "6A86"),
            (&command("00", "9F", MESSAGE), "6A86"),
            (&command("00", "83", MESSAGE), "6A82"),
            (&command("00", "98", MESSAGE), "6981"),
            (&command("00", "8A", MESSAGE), "6981"),
            // What a terminal's certificate is checked with is nobody's key.
            (&command("00", "96", MESSAGE), "6982"),
        ],
    );
}

#[test]
fn a_le_that_is_too_short_is_answered_with_the_right_one() {
    let mut card = after_pin();
    // 256 is written 00.
    talk(&mut card, &[("80 2A 00 97 01 07 80", "6C00"), ("80 2A 00 97 01 07 00", "9000")]);
}

#[test]
fn the_same_card_signs_the_same_bytes_in_the_same_way() {
    for p1 in ["00", "01", "03", "05"] {
        assert_eq!(signed(p1, MESSAGE), signed(p1, MESSAGE), "{p1}");
    }
}
