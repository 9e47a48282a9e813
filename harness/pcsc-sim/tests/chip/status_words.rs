//! Every status word that a card gives of its own accord, each where it belongs, in the order of
//! the table. `6988` is in `secure_messaging`; `61xx` is given by none, because no answer is longer
//! than what was asked for.

use crate::text::*;

/// Sends the commands, of which the last one has to be answered with the word.
fn gives(word: &str, commands: &[&str]) {
    let mut card = card("adult");
    let (last, before) = commands.split_last().unwrap();
    for command in before {
        good(&mut card, command);
    }
    assert_eq!(status(&mut card, last), word, "{commands:?}");
}

#[test]
fn word_9000_for_what_is_done() {
    gives("9000", &[JPKI]);
}

#[test]
fn word_63cx_for_a_wrong_entry_and_for_none() {
    gives("63C2", &[JPKI, "00 20 00 98 04 30 30 30 30"]);
    gives("63C5", &[JPKI, "00 20 00 9B"]);
}

#[test]
fn words_63c0_and_6984_for_a_reference_that_is_blocked() {
    let mut card = card("locked");
    talk(&mut card, &[(JPKI, "9000"), ("00 20 00 98", "63C0"), (PIN, "6984")]);
}

#[test]
fn word_6300_for_a_proof_without_a_counter() {
    let terminal = crate::terminal::certificate();
    let proof = format!("00 82 00 96 20 {}", "00 ".repeat(32));
    gives("6300", &[JPKI, &terminal, "00 84 00 00 10", &proof]);
}

#[test]
fn word_6700_for_a_length_that_fits_nothing() {
    gives("6700", &["00 A4 04"]);
    gives("6700", &["00"]);
    gives("6700", &[""]);
    gives("6700", &["00 A4 04 0C 0A D3 92 F0"]);
    gives("6700", &["00 A4 04 0C 02 D3 92 F0 00 26"]);
    gives("6700", &["00 A4 04 0C 00 00"]);
    gives("6700", &["00 A4 04 0C 00 00 00 00"]);
    gives("6700", &["00 A4 04 0C 00 00 03 D3 92 F0 00"]);
}

#[test]
fn words_6881_and_6882_for_other_channels_and_other_secure_messaging() {
    for class in ["01", "02", "03", "81", "83", "05", "0F"] {
        gives("6881", &[&JPKI.replacen("00", class, 1)]);
    }
    for class in ["04", "84"] {
        gives("6882", &[&JPKI.replacen("00", class, 1)]);
    }
}

#[test]
fn words_6987_and_69fc_for_secure_messaging_that_nobody_opened() {
    gives("69FC", &[JPKI, "08 B0 86 00 00"]);
    gives("6987", &[JPKI, "0C B0 86 00 00"]);
}

#[test]
fn word_6981_for_the_wrong_structure() {
    gives("6981", &[COMMON, "00 B0 81 00 00"]);
    gives("6981", &[JPKI, "00 B2 01 34 00"]);
    gives("6981", &[JPKI, "00 20 00 97 04 31 32 33 34"]);
}

#[test]
fn word_6982_for_what_nobody_allowed() {
    gives("6982", &[JPKI, "00 B0 81 00 00"]);
    gives("6982", &[JPKI, SIGN]);
    gives("6982", &[JPKI, "00 24 01 98 04 31 32 33 34"]);
}

#[test]
fn word_6985_for_what_this_card_or_moment_has_no_part_in() {
    gives("6985", &[SURFACE, "00 24 01 91 04 31 32 33 34"]);
    gives("6985", &[JPKI, "00 B0 86 00 00 01 00"]);
    gives("6985", &[JPKI, "00 82 00 96 01 00"]);
}

#[test]
fn word_6986_without_an_application_or_a_file() {
    gives("6986", &["00 A4 02 0C 02 00 06"]);
    gives("6986", &[JPKI, "00 B0 00 00 00"]);
    gives("6986", &[JPKI, "00 20 00 80"]);
}

#[test]
fn word_6a80_for_an_entry_of_the_wrong_form() {
    gives("6A80", &[JPKI, PIN, "00 24 01 80 04 31 32 33 41"]);
}

#[test]
fn word_6a81_for_several_records_at_once() {
    gives("6A81", &[COMMON, "00 B2 01 0D 00"]);
}

#[test]
fn words_6a82_and_6a83_for_what_is_not_there() {
    gives("6A82", &[JPKI, "00 A4 02 0C 02 00 1E"]);
    gives("6A82", &["00 A4 04 0C 05 A0 00 00 00 03"]);
    gives("6A83", &[COMMON, "00 B2 02 0C 00"]);
}

#[test]
fn word_6a86_for_parameters() {
    gives("6A86", &[JPKI, "00 20 00 01"]);
    gives("6A86", &["00 A4 00 00"]);
}

#[test]
fn word_6a88_for_a_data_object_that_is_not_there() {
    gives("6A88", &["00 CA 12 34 00"]);
}

#[test]
fn word_6b00_past_the_end() {
    gives("6B00", &[JPKI, "00 B0 86 A0 00"]);
}

#[test]
fn word_6cxx_for_a_length_that_is_too_short() {
    gives("6C05", &["00 CA 00 F0 01"]);
}

#[test]
fn words_6d00_and_6e00_for_what_is_not_known_at_all() {
    for unknown in ["00 00", "00 D6", "00 FC", "00 2A", "80 20", "80 A4", "80 84", "00 C0"] {
        gives("6D00", &[JPKI, &format!("{unknown} 00 00 00")]);
    }
    for class in ["10", "20", "40", "60", "90", "A0", "C0", "E0", "F0", "FF"] {
        gives("6E00", &[JPKI, &format!("{class} A4 00 00")]);
    }
}

#[test]
fn word_66f1_where_no_session_key_can_be_set() {
    gives("66F1", &[COMMON, "80 AE 00 00 01 00"]);
}

#[test]
fn the_class_is_looked_at_before_the_instruction_and_both_before_the_length() {
    gives("6E00", &["FF 00 00 00 05"]);
    gives("6881", &["01 00 00 00 05"]);
    gives("6D00", &["00 00 00 00 05"]);
    gives("6700", &["00 A4 04 0C 05"]);
}
