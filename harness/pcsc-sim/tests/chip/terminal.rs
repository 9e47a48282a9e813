//! SIM-ONLY: the terminal that a card trusts to have looked at its holder.

use pcsc_sim::chip::Chip;
use pcsc_sim::pki;

use crate::text::*;

const ASK: &str = "00 84 00 00 10";

/// The tag of the card face, the first two bytes of EF 0002.
const READ_FACE: &str = "00 B0 82 00 02";

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X} ")).collect()
}

/// The command that shows the terminal's certificate, with a length of two bytes.
pub fn certificate() -> String {
    let certificate = pki::terminal_certificate();
    format!("80 A2 00 C1 00 {:04X} {}", certificate.len(), digits(certificate))
}

/// Asks for a challenge and makes the command that answers it.
fn proof(card: &mut Chip) -> String {
    let challenge = good(card, ASK);
    format!("00 82 00 96 20 {}", digits(&pki::terminal_proof(&challenge)))
}

fn authenticate(card: &mut Chip) {
    authenticate_in(JPKI, card);
}

fn authenticate_in(application: &str, card: &mut Chip) {
    talk(card, &[(application, "9000"), (&certificate(), "9000")]);
    let proof = proof(card);
    talk(card, &[(&proof, "9000")]);
}

#[test]
fn an_approved_terminal_has_the_card_sign_without_a_pin() {
    for profile in ["adult", "face-only", "under-15", "under-1", "locked", "expired"] {
        let mut card = card(profile);
        talk(&mut card, &[(JPKI, "9000"), (SIGN, "6982")]);
        authenticate(&mut card);
        talk(&mut card, &[(SIGN, "9000"), ("00 A4 02 0C 02 00 17", "9000")]);
        talk(&mut card, &[(&SIGN.replace("00 97 33", "00 80 33"), "9000")]);
        assert_eq!(good(&mut card, SIGN).len(), 256);
    }
}

#[test]
fn it_opens_nothing_but_the_user_authentication_key() {
    let mut card = card("adult");
    authenticate(&mut card);
    talk(&mut card, &[(&SIGN.replace("00 97 33", "00 9A 33"), "6982"), ("00 B0 81 00 04", "6982")]);
    talk(&mut card, &[("00 24 01 98 04 31 31 31 31", "6982")]);
}

#[test]
fn another_application_makes_the_card_forget_the_terminal_too() {
    let mut card = card("adult");
    authenticate(&mut card);
    talk(&mut card, &[(SURFACE, "9000"), (JPKI, "9000"), (SIGN, "6982")]);
}

#[test]
fn what_is_no_certificate_of_the_terminal_is_answered_as_cards_answer_junk() {
    let mut card = card("adult");
    let mut broken = certificate();
    broken.replace_range(broken.len() - 3.., "00 ");
    talk(&mut card, &[(JPKI, "9000"), ("80 A2 00 C1 02 01 02", "6700"), (&broken, "6700")]);
    talk(&mut card, &[("80 A2 00 C1", "6700")]);
    for parameters in ["00 00", "00 AE", "80 00", "00 B6"] {
        let command = certificate().replacen("00 C1", parameters, 1);
        talk(&mut card, &[(&command, "6A86")]);
    }
}

#[test]
fn a_proof_wants_a_certificate_and_a_challenge_of_its_own() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000")]);
    let early = proof(&mut card);
    talk(&mut card, &[(&early, "6985"), (&certificate(), "9000")]);
    let right = proof(&mut card);
    // A wrong one is not counted, and uses the challenge up.
    talk(&mut card, &[("00 82 00 96 01 00", "6300"), (&right, "6985"), (SIGN, "6982")]);
    let other = proof(&mut card);
    talk(&mut card, &[(ASK, "9000"), (&other, "6300"), (SIGN, "6982")]);
    let good = proof(&mut card);
    talk(&mut card, &[(&good.replace("00 96 20", "00 97 20"), "6A86"), (&good, "9000")]);
    talk(&mut card, &[(SIGN, "9000")]);
}

#[test]
fn a_challenge_of_another_length_is_none_for_a_terminal() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), (&certificate(), "9000")]);
    let right = proof(&mut card);
    talk(&mut card, &[("00 84 00 00 08", "9000"), (&right, "6985")]);
}

#[test]
fn only_what_has_something_for_a_terminal_knows_terminals() {
    let mut adult = card("adult");
    talk(&mut adult, &[(&certificate(), "6986")]);
    for application in [TEXT, RESIDENT_REGISTER, COMMON] {
        talk(&mut adult, &[(application, "9000"), (&certificate(), "6985")]);
    }
    for phone in ["android", "iphone"] {
        let mut phone = card(phone);
        talk(&mut phone, &[(JPKI, "9000"), (&certificate(), "6985")]);
        talk(&mut phone, &[("00 A4 02 0C 02 00 16", "6A82")]);
    }
}

/// How a reader of the health insurance gets at the photograph is not public; this is the one of
/// two readings in which the terminal has a right of its own.
#[test]
fn the_photograph_opens_to_a_terminal_but_its_right_ends_with_the_application() {
    let mut adult = card("adult");
    talk(&mut adult, &[(SURFACE, "9000"), (READ_FACE, "6982")]);
    authenticate_in(SURFACE, &mut adult);
    assert_eq!(good(&mut adult, READ_FACE), [0xFF, 0x20]);
    talk(&mut adult, &[(JPKI, "9000"), (SURFACE, "9000"), (READ_FACE, "6982")]);
}

#[test]
fn a_terminal_does_not_move_any_counter() {
    let mut card = card("adult");
    authenticate(&mut card);
    talk(&mut card, &[("00 20 00 98", "63C3"), ("00 20 00 9B", "63C5")]);
}
