//! VERIFY and CHANGE: what they answer, and how references are blocked.

use crate::text::*;

/// VERIFY of `9999` with the user-authentication PIN.
const WRONG: &str = "00 20 00 98 04 39 39 39 39";

#[test]
fn the_attempt_that_blocks_is_answered_63c0_and_every_later_one_6984() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            (JPKI, "9000"),
            (WRONG, "63C2"),
            (WRONG, "63C1"),
            (WRONG, "63C0"),
            (WRONG, "6984"),
            // The right one is too late.
            (PIN, "6984"),
            (PIN, "6984"),
        ],
    );
}

#[test]
fn an_empty_verify_always_tells_the_counter_and_costs_nothing() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), ("00 A4 02 0C 02 00 18", "9000"), ("00 20 00 80", "63C3")]);
    talk(&mut card, &[("00 20 00 80", "63C3"), ("00 20 00 80 00", "63C3"), (WRONG, "63C2")]);
    // Also after the right entry, which fills the counter.
    talk(&mut card, &[("00 20 00 80", "63C2"), (PIN, "9000"), ("00 20 00 80", "63C3")]);
    // Also when it is blocked.
    talk(&mut card, &[(WRONG, "63C2"), (WRONG, "63C1"), (WRONG, "63C0"), ("00 20 00 80", "63C0")]);
    talk(&mut card, &[(WRONG, "6984"), ("00 20 00 80", "63C0")]);
}

#[test]
fn every_reference_has_its_own_number_of_tries() {
    let mut card = card("adult");
    let table = [
        (JPKI, "98", "63C3"),
        (JPKI, "9B", "63C5"),
        (SURFACE, "91", "63CA"),
        (SURFACE, "92", "63CA"),
        (SURFACE, "93", "63CA"),
        (TEXT, "91", "63C3"),
        (TEXT, "92", "63C0"),
        (TEXT, "94", "63CA"),
        (TEXT, "95", "63CA"),
        (RESIDENT_REGISTER, "9C", "63C3"),
        (COMMON, "9C", "63C3"),
    ];
    for (application, p2, left) in table {
        talk(&mut card, &[(application, "9000"), (&format!("00 20 00 {p2}"), left)]);
    }
}

#[test]
fn one_reference_of_the_text_application_is_blocked_from_issue() {
    let mut card = card("adult");
    talk(&mut card, &[(TEXT, "9000"), ("00 20 00 92", "63C0")]);
    talk(&mut card, &[("00 20 00 92 04 31 32 33 34", "6984")]);
}

#[test]
fn counters_of_different_applications_have_nothing_to_do_with_each_other() {
    let mut card = card("adult");
    let wrong = "00 20 00 9C 04 39 39 39 39";
    talk(&mut card, &[(RESIDENT_REGISTER, "9000"), (wrong, "63C2"), (wrong, "63C1")]);
    talk(&mut card, &[(COMMON, "9000"), ("00 20 00 9C", "63C3")]);
    talk(&mut card, &[(RESIDENT_REGISTER, "9000"), ("00 20 00 9C", "63C1")]);
}

#[test]
fn the_verification_numbers_open_with_what_is_printed() {
    let mut card = card("adult");
    // 100000000013; 1985 is the 60th year of Showa, so 600412 2033 0427.
    let code_a = "31 30 30 30 30 30 30 30 30 30 31 33";
    let code_b = "36 30 30 34 31 32 32 30 33 33 30 34 32 37";
    talk(&mut card, &[(SURFACE, "9000"), (&format!("00 20 00 93 0C {code_a}"), "9000")]);
    talk(&mut card, &[(&format!("00 20 00 92 0E {code_b}"), "9000")]);
    talk(&mut card, &[("00 20 00 91 06 36 30 30 34 31 32", "9000")]);
    talk(&mut card, &[(TEXT, "9000"), (&format!("00 20 00 94 0C {code_a}"), "9000")]);
    talk(&mut card, &[(&format!("00 20 00 95 0E {code_b}"), "9000")]);
    // The Gregorian form of the year is wrong.
    talk(&mut card, &[(SURFACE, "9000"), ("00 20 00 91 06 38 35 30 34 31 32", "63C9")]);
}

#[test]
fn the_password_is_compared_byte_by_byte() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), ("00 20 00 9B 08 74 65 73 74 31 32 33 34", "63C4")]);
    talk(&mut card, &[(PASSWORD, "9000"), ("00 20 00 9B", "63C5")]);
}

#[test]
fn an_entry_that_no_pin_can_be_costs_a_try_and_one_of_more_than_16_bytes_does_not() {
    let mut card = card("adult");
    let long = format!("00 20 00 98 11 {}", "31 ".repeat(17));
    talk(&mut card, &[(JPKI, "9000"), (&long, "6700"), ("00 20 00 98", "63C3")]);
    talk(&mut card, &[("00 20 00 98 01 31", "63C2"), ("00 20 00 98 02 C3 A4", "63C1")]);
}

#[test]
fn verify_names_a_reference_or_takes_the_current_one() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            (JPKI, "9000"),
            ("00 20 00 80 04 31 32 33 34", "6986"),
            ("00 A4 02 0C 02 00 18", "9000"),
            ("00 20 00 80 04 31 32 33 34", "9000"),
            // Naming one makes it current.
            ("00 20 00 9B", "63C5"),
            ("00 20 00 80", "63C5"),
            ("00 20 00 83", "6A82"),
            ("00 20 00 9F", "6A86"),
            ("00 20 00 00", "6A86"),
            ("00 20 01 98", "6A86"),
            // A key and a certificate are no references.
            ("00 20 00 97", "6981"),
            ("00 20 00 8A 04 31 32 33 34", "6981"),
        ],
    );
}

#[test]
fn a_pin_is_changed_after_it_was_verified_and_its_form_is_kept() {
    let mut card = card("adult");
    let change = "00 24 01 80 04 35 36 37 38";
    talk(&mut card, &[(JPKI, "9000"), ("00 A4 02 0C 02 00 18", "9000"), (change, "6982")]);
    talk(&mut card, &[(PIN, "9000"), ("00 24 01 80 04 35 36 37 41", "6A80")]);
    talk(&mut card, &[("00 24 01 80 05 35 36 37 38 39", "6A80"), ("00 24 01 80", "6700")]);
    talk(&mut card, &[("00 24 00 80 04 35 36 37 38", "6A86"), (change, "9000")]);
    talk(&mut card, &[(PIN, "63C2"), ("00 20 00 98 04 35 36 37 38", "9000")]);
    // The password by its short identifier; small letters are no password.
    talk(&mut card, &[(PASSWORD, "9000"), ("00 24 01 9B 06 61 62 63 31 32 33", "6A80")]);
    talk(&mut card, &[("00 24 01 9B 06 41 42 43 31 32 33", "9000"), (PASSWORD, "63C4")]);
    talk(&mut card, &[("00 20 00 9B 06 41 42 43 31 32 33", "9000"), ("00 20 00 9B", "63C5")]);
}

#[test]
fn the_text_application_changes_its_pin_but_not_the_verification_numbers() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            (TEXT, "9000"),
            ("00 20 00 91 04 31 32 33 34", "9000"),
            ("00 24 01 80 04 30 30 30 31", "9000"),
            ("00 20 00 91 04 31 32 33 34", "63C2"),
            ("00 20 00 91 04 30 30 30 31", "9000"),
            ("00 24 01 94 04 30 30 30 31", "6985"),
            ("80 32 00 91 04 30 30 30 31", "6985"),
        ],
    );
}

#[test]
fn the_resident_register_and_the_common_application_have_a_command_of_their_own() {
    for application in [RESIDENT_REGISTER, COMMON] {
        let mut card = card("adult");
        talk(
            &mut card,
            &[
                (application, "9000"),
                ("80 32 00 9C 04 35 36 37 38", "6982"),
                ("00 20 00 9C 04 31 32 33 34", "9000"),
                ("00 24 01 80 04 35 36 37 38", "6985"),
                ("80 32 00 80 04 35 36 37 38", "9000"),
                ("00 20 00 9C 04 31 32 33 34", "63C2"),
                ("00 20 00 9C 04 35 36 37 38", "9000"),
            ],
        );
    }
}

#[test]
fn nobody_changes_what_is_blocked() {
    let mut card = card("locked");
    talk(&mut card, &[(JPKI, "9000"), ("00 20 00 98", "63C0"), (PIN, "6984")]);
    talk(&mut card, &[("00 24 01 98 04 35 36 37 38", "6984")]);
}
