//! The files of the JPKI application, one test for each row of what is known about them, and the
//! conditions under which those of the other applications can be read.

use pcsc_sim::Carrier;
use pcsc_sim::chip::Chip;
use pcsc_sim::pki;

use crate::text::*;

/// Reads the current file to its end, 256 bytes at a time, until the card says `6B00`.
fn read_all(card: &mut Chip) -> Vec<u8> {
    let mut file = Vec::new();
    loop {
        let [high, low] = u16::try_from(file.len()).unwrap().to_be_bytes();
        let (part, status) = send(card, &format!("00 B0 {high:02X} {low:02X} 00"));
        if status == "6B00" {
            return file;
        }
        assert_eq!(status, "9000");
        file.extend(part);
    }
}

/// Reads a certificate as OpenSC does: its first four bytes say how long it is.
fn certificate(card: &mut Chip, file: &str) -> Vec<u8> {
    talk(card, &[(&format!("00 A4 02 0C 02 {file}"), "9000")]);
    let head = good(card, "00 B0 00 00 04");
    assert_eq!(head[..2], [0x30, 0x82], "{file}");
    let length = usize::from(u16::from_be_bytes([head[2], head[3]])) + 4;
    let mut file = read_all(card);
    let filler = file.split_off(length);
    assert!(!filler.is_empty() && filler.iter().all(|byte| *byte == 0xFF), "{filler:02X?}");
    file
}

fn jpki() -> Chip {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000")]);
    card
}

#[test]
fn file_0001_is_the_signature_certificate_behind_the_password() {
    let mut card = jpki();
    talk(&mut card, &[("00 B0 81 00 04", "6982"), (PIN, "9000"), ("00 B0 81 00 04", "6982")]);
    talk(&mut card, &[(PASSWORD, "9000")]);
    let read = certificate(&mut card, "00 01");
    assert_eq!(Some(read), pki::issue_signature(card.holder()));
}

#[test]
fn file_0002_is_the_certificate_of_its_authority() {
    assert_eq!(certificate(&mut jpki(), "00 02"), pki::signature_ca());
}

#[test]
fn file_0006_is_the_token_information_in_160_bytes() {
    let mut card = jpki();
    talk(&mut card, &[("00 A4 02 0C 02 00 06", "9000")]);
    let info = read_all(&mut card);
    assert_eq!(info.len(), 160);
    assert_eq!(info[..32], *b"JPKIAPICCTOKEN2                 ");
    // Some clients read the label right after SELECT.
    assert_eq!(good(&mut card, "00 B0 86 00 20"), info[..32]);
}

#[test]
fn file_0008_says_which_certificates_there_are() {
    let mut card = jpki();
    assert_eq!(good(&mut card, "00 B0 88 00 00"), [0x8F, 0x8F, 0x00]);
}

#[test]
fn file_0009_is_protected_against_everybody() {
    let mut card = jpki();
    talk(&mut card, &[(PIN, "9000"), (PASSWORD, "9000"), ("00 B0 89 00 00", "6982")]);
}

#[test]
fn file_000a_is_the_user_authentication_certificate_for_everybody() {
    let mut card = jpki();
    let read = certificate(&mut card, "00 0A");
    assert_eq!(read, pki::issue_authentication(card.holder()));
    // Seven or eight commands, with one for the length.
    assert!((1_500..1_792).contains(&read.len()), "{}", read.len());
}

#[test]
fn file_000b_is_the_certificate_of_its_authority() {
    assert_eq!(certificate(&mut jpki(), "00 0B"), pki::authentication_ca());
}

#[test]
fn files_of_keys_and_references_can_be_selected_and_not_read() {
    let mut card = jpki();
    talk(&mut card, &[(PIN, "9000"), (PASSWORD, "9000")]);
    for file in ["16", "17", "18", "1A", "1B"] {
        talk(&mut card, &[(&format!("00 A4 02 0C 02 00 {file}"), "9000")]);
        talk(&mut card, &[("00 B0 00 00 00", "6981"), ("00 B2 01 04 00", "6981")]);
    }
}

#[test]
fn the_jpki_application_has_no_other_files() {
    let mut card = jpki();
    let known = [0x01, 0x02, 0x06, 0x08, 0x09, 0x0A, 0x0B, 0x16, 0x17, 0x18, 0x1A, 0x1B];
    for file in 0x00..=0xFF {
        let expected = if known.contains(&file) { "9000" } else { "6A82" };
        talk(&mut card, &[(&format!("00 A4 02 0C 02 00 {file:02X}"), expected)]);
    }
}

const CODE_A: &str = "0C 31 30 30 30 30 30 30 30 30 30 31 33";
const CODE_B: &str = "0E 36 30 30 34 31 32 32 30 33 33 30 34 32 37";

/// Tries each file before and after each of three references was verified: whether everybody may
/// read it, and whether the reference opens it.
fn opens(application: &str, references: [(&str, &str); 3], table: &[(&str, bool, [bool; 3])]) {
    let word = |opens| if opens { "9000" } else { "6982" };
    for (file, free, opened) in table {
        let read = format!("00 B0 {file} 00 00");
        for ((p2, entry), opened) in references.into_iter().zip(opened) {
            let mut card = card("adult");
            talk(&mut card, &[(application, "9000"), (&read, word(*free))]);
            let verify = format!("00 20 00 {p2} {entry}");
            talk(&mut card, &[(&verify, "9000"), (&read, word(*free || *opened))]);
        }
    }
}

#[test]
fn the_files_of_the_surface_application_open_to_birth_date_number_b_and_number_a() {
    let table = [
        ("81", false, [true, false, false]),
        ("82", false, [false, true, true]),
        ("83", true, [false, false, false]),
        ("84", true, [false, false, false]),
        ("85", false, [false, false, true]),
        ("86", false, [false, true, true]),
    ];
    opens(SURFACE, [("91", "06 36 30 30 34 31 32"), ("92", CODE_B), ("93", CODE_A)], &table);
}

#[test]
fn the_files_of_the_text_application_open_to_pin_number_a_and_number_b() {
    let table = [
        ("81", false, [true, true, false]),
        ("82", false, [true, false, true]),
        ("83", false, [true, true, false]),
        ("84", true, [false, false, false]),
        ("85", true, [false, false, false]),
        ("86", false, [true, true, true]),
        ("87", false, [true, true, true]),
        ("88", true, [false, false, false]),
    ];
    opens(TEXT, [("91", "04 31 32 33 34"), ("94", CODE_A), ("95", CODE_B)], &table);
}

#[test]
fn the_number_has_two_bytes_of_filler_in_its_17() {
    let mut card = card("adult");
    talk(&mut card, &[(TEXT, "9000"), ("00 20 00 91 04 31 32 33 34", "9000")]);
    let number = good(&mut card, "00 B0 81 00 00");
    let expected = [&[0xFF, 0x10, 0x0C][..], b"100000000013", &[0xFF, 0xFF]].concat();
    assert_eq!(number, expected);
}

#[test]
fn the_common_application_says_which_card_it_is_in_its_first_record() {
    let mut card = card("adult");
    talk(&mut card, &[(COMMON, "9000")]);
    let record = good(&mut card, "00 B2 01 0C 00");
    assert_eq!(record[..2], [0x01, 0x1C]);
    assert_eq!(record.len(), 30);
    // The municipality and the last day of the card, after 15 digits of number.
    assert_eq!(&record[17..], b"1399920330412");
}

#[test]
fn every_carrier_names_itself_in_the_token_information() {
    for (profile, label) in
        [("adult", "JPKIAPICCTOKEN2"), ("android", "JPKIAPGPSETOKEN"), ("iphone", "JPKIAPIOSTOKEN")]
    {
        let mut card = card(profile);
        talk(&mut card, &[(JPKI, "9000")]);
        assert_eq!(good(&mut card, "00 B0 86 00 20"), format!("{label:32}").as_bytes());
    }
    assert_eq!(Carrier::Android.label(), "JPKIAPGPSETOKEN");
}
