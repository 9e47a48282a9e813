//! The commands: READ BINARY and READ RECORD in their forms, GET DATA, GET CHALLENGE, and what is
//! asked of a card that has nothing to do with it.

use pcsc_sim::SmartCard;

use crate::text::*;

#[test]
fn read_binary_counts_from_the_offset_and_gives_what_is_left() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), ("00 A4 02 0C 02 00 06", "9000")]);
    let whole = good(&mut card, "00 B0 00 00 00");
    assert_eq!(whole.len(), 160);
    assert_eq!(good(&mut card, "00 B0 00 10 10"), whole[0x10..0x20]);
    assert_eq!(good(&mut card, "00 B0 00 90 00"), whole[0x90..]);
    assert_eq!(good(&mut card, "00 B0 00 9F 01"), whole[0x9F..]);
    talk(&mut card, &[("00 B0 00 A0 01", "6B00"), ("00 B0 7F FF 00", "6B00")]);
}

#[test]
fn le_00_asks_for_256_bytes() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), ("00 A4 02 0C 02 00 0A", "9000")]);
    let first = good(&mut card, "00 B0 00 00 00");
    let second = good(&mut card, "00 B0 01 00 00");
    assert_eq!((first.len(), second.len()), (256, 256));
    assert_ne!(first, second);
    // An answer of 258 bytes fits the buffer of 264 that readers use for short commands.
    assert_eq!(card.apdu(&bytes("00 B0 00 00 00")).len(), 258);
}

#[test]
fn a_short_identifier_selects_and_reads_in_one() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000")]);
    let by_name = good(&mut card, "00 B0 8A 04 20");
    // It is current now.
    assert_eq!(good(&mut card, "00 B0 00 04 20"), by_name);
    // 00 names the current one.
    assert_eq!(good(&mut card, "00 B0 80 04 20"), by_name);
    talk(&mut card, &[("00 B0 83 00 00", "6A82"), ("00 B0 9F 00 00", "6A86")]);
    talk(&mut card, &[("00 B0 A6 00 00", "6A86"), ("00 B0 C6 00 00", "6A86")]);
    // None of these made another file current.
    assert_eq!(good(&mut card, "00 B0 00 04 20"), by_name);
}

#[test]
fn read_binary_wants_a_length_and_no_data() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), ("00 B0 86 00", "6700"), ("00 B0 86 00 01 00 00", "6700")]);
}

#[test]
fn records_are_read_one_at_a_time() {
    let mut card = card("adult");
    talk(&mut card, &[(COMMON, "9000"), ("00 B2 01 04 00", "6986")]);
    let by_name = good(&mut card, "00 B2 01 0C 00");
    assert_eq!(good(&mut card, "00 B2 01 04 00"), by_name);
    talk(&mut card, &[("00 A4 02 0C 02 00 01", "9000"), ("00 B2 01 04 00", "9000")]);
    talk(
        &mut card,
        &[
            ("00 B2 02 04 00", "6A83"),
            // The current record, which there is none of.
            ("00 B2 00 04 00", "6A83"),
            ("00 B2 01 05 00", "6A81"),
            ("00 B2 01 00 00", "6A86"),
            ("00 B2 01 1C 00", "6A82"),
            ("00 B2 01 FC 00", "6A86"),
            ("00 B2 01 04", "6700"),
            // 30 bytes are there, so 1E.
            ("00 B2 01 04 1E", "9000"),
            ("00 B2 01 04 1D", "6C1E"),
        ],
    );
}

#[test]
fn the_resident_register_has_the_same_key_reference_as_the_common_application() {
    let mut card = card("adult");
    talk(&mut card, &[(COMMON, "9000")]);
    let common = good(&mut card, "00 B2 01 14 00");
    talk(&mut card, &[(RESIDENT_REGISTER, "9000")]);
    assert_eq!(good(&mut card, "00 B2 01 14 00"), common);
}

#[test]
fn a_file_of_one_structure_is_not_read_as_one_of_the_other() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), ("00 B2 01 34 00", "6981"), (COMMON, "9000")]);
    talk(&mut card, &[("00 B0 81 00 00", "6981")]);
}

#[test]
fn data_objects_are_there_in_the_power_on_state() {
    let mut card = card("adult");
    assert_eq!(good(&mut card, "00 CA 00 F0 00"), b"13999");
    assert_eq!(good(&mut card, "00 CA 00 F2 00"), b"20330412");
    for tag in ["00 42", "00 45", "00 66", "00 F7"] {
        assert!(!good(&mut card, &format!("00 CA {tag} 00")).is_empty(), "{tag}");
    }
    talk(&mut card, &[("00 CA DF 30 00", "6A88"), ("00 CA 00 00 00", "6A88")]);
    // The contact answer to reset goes without its first byte.
    let atr = [0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];
    assert_eq!(good(&mut card, "00 CA 5F 51 00"), atr);
    talk(&mut card, &[("00 CA 00 F0", "6700"), ("00 CA 00 F0 04", "6C05")]);
    talk(&mut card, &[(JPKI, "9000"), ("00 CA 00 F0 00", "6A88")]);
    assert_eq!(good(&mut card, "00 CA 5F 51 00"), atr);
    talk(&mut card, &[(CARD_MANAGER, "9000")]);
    assert_eq!(good(&mut card, "00 CA 00 F0 00"), b"13999");
}

#[test]
fn long_data_objects_want_an_extended_length() {
    let mut card = card("adult");
    for tag in ["00 F8", "7F 21"] {
        talk(&mut card, &[(&format!("00 CA {tag} 00"), "6700")]);
        let object = good(&mut card, &format!("00 CA {tag} 00 00 00"));
        assert!(object.len() > 256, "{tag}");
    }
}

#[test]
fn a_challenge_has_the_length_asked_for_and_is_never_the_same() {
    let mut card = card("adult");
    let eight = good(&mut card, "00 84 00 00 08");
    assert_eq!(eight.len(), 8);
    assert_eq!(good(&mut card, "00 84 00 00 01").len(), 1);
    assert_eq!(good(&mut card, "00 84 00 00 00").len(), 256);
    assert_ne!(good(&mut card, "00 84 00 00 08"), eight);
    card.power_off();
    card.power_on();
    talk(&mut card, &[(JPKI, "9000")]);
    assert_ne!(good(&mut card, "00 84 00 00 08"), eight);
    talk(&mut card, &[("00 84 00 01 08", "6A86"), ("00 84 00 00", "6700")]);
    talk(&mut card, &[("00 84 00 00 01 00 08", "6700"), ("00 84 00 00 00 00 08", "6985")]);
}

#[test]
fn the_same_card_asked_the_same_gives_the_same_challenge_and_another_card_another() {
    let ask = |profile| good(&mut card(profile), "00 84 00 00 10");
    assert_eq!(ask("adult"), ask("adult"));
    assert_ne!(ask("adult"), ask("locked"));
}

#[test]
fn a_session_key_is_refused_in_the_words_of_each_application() {
    let mut card = card("adult");
    let set = "80 AE 00 00 02 A0 00";
    talk(&mut card, &[(set, "6986"), (JPKI, "9000"), (set, "6982"), (PIN, "9000"), (set, "6982")]);
    talk(&mut card, &[(RESIDENT_REGISTER, "9000"), (set, "6982")]);
    talk(&mut card, &[(COMMON, "9000"), (set, "66F1"), (SURFACE, "9000"), (set, "66F1")]);
    // The text application takes one, but not this one.
    talk(&mut card, &[(TEXT, "9000"), (set, "6982"), ("00 20 00 91 04 31 32 33 34", "9000")]);
    talk(&mut card, &[(set, "6A80"), (&set.replace("00 00 02", "00 01 02"), "6A86")]);
}

#[test]
fn what_opensc_asks_before_it_knows_the_card_is_answered_quietly() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            ("00 A4 04 00 0C A0 00 00 00 63 50 4B 43 53 2D 31 35", "6A82"),
            ("00 A4 04 00 09 A0 00 00 03 08 00 00 10 00", "6A82"),
            ("00 A4 00 0C 02 3F 00", "6A82"),
            ("00 CA DF 30 00", "6A88"),
            ("00 CB 3F FF 04 5C 02 DF 30 00", "6D00"),
            ("80 CA 9F 7F 00", "6D00"),
            ("00 CA 01 81 00", "6A88"),
        ],
    );
    // It is as if nothing had been asked.
    talk(&mut card, &[(JPKI, "9000"), ("00 20 00 98", "63C3")]);
}
