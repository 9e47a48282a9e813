//! The five applications and how they are selected.

use pcsc_sim::SmartCard;

use crate::text::*;

#[test]
fn a_card_has_five_applications_under_their_identifiers() {
    let mut card = card("adult");
    for application in [JPKI, SURFACE, TEXT, RESIDENT_REGISTER, COMMON] {
        talk(&mut card, &[(application, "9000")]);
    }
}

#[test]
fn p2_asks_for_control_information_and_none_comes() {
    let mut card = card("adult");
    let answer = send(&mut card, "00 A4 04 00 0A D3 92 F0 00 26 01 00 00 00 01 00");
    assert_eq!(answer, (vec![], "9000".into()));
    talk(
        &mut card,
        &[
            ("00 A4 04 00 0A D3 92 F0 00 26 01 00 00 00 01", "9000"),
            ("00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01 00", "9000"),
        ],
    );
}

#[test]
fn the_beginning_of_an_identifier_selects_the_first_application_that_has_it() {
    let mut card = card("adult");
    // Only JPKI begins with D392F0 and only the common application with D3921000310001010 1.
    talk(&mut card, &[("00 A4 04 0C 03 D3 92 F0", "9000"), ("00 20 00 98", "63C3")]);
    talk(&mut card, &[("00 A4 04 0C 09 D3 92 10 00 31 00 01 01 01", "9000")]);
    assert_eq!(status(&mut card, "00 B2 01 0C 00"), "9000");
    // JPKI is the first of all that begin with D392.
    talk(&mut card, &[("00 A4 04 0C 02 D3 92", "9000"), ("00 20 00 98", "63C3")]);
}

#[test]
fn an_unknown_identifier_changes_nothing() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            (JPKI, "9000"),
            ("00 A4 02 0C 02 00 18", "9000"),
            ("00 A4 04 0C 07 A0 00 00 00 03 10 10", "6A82"),
            // One byte more than JPKI has.
            ("00 A4 04 0C 0B D3 92 F0 00 26 01 00 00 00 01 00", "6A82"),
            ("00 20 00 80", "63C3"),
        ],
    );
}

#[test]
fn an_identifier_has_one_to_sixteen_bytes() {
    let mut card = card("adult");
    let long = format!("00 A4 04 0C 11 {}", "D3 ".repeat(17));
    talk(&mut card, &[("00 A4 04 0C", "6700"), ("00 A4 04 0C 00", "6700"), (&long, "6700")]);
}

#[test]
fn no_application_is_selected_at_first_and_after_every_reset() {
    let mut card = card("adult");
    talk(&mut card, &[("00 A4 02 0C 02 00 06", "6986"), ("00 B0 00 00 00", "6986")]);
    talk(&mut card, &[(JPKI, "9000"), ("00 B0 86 00 20", "9000")]);
    card.reset();
    talk(&mut card, &[("00 B0 86 00 20", "6986"), (JPKI, "9000"), ("00 B0 86 00 20", "9000")]);
    card.power_off();
    card.power_on();
    talk(&mut card, &[("00 B0 86 00 20", "6986")]);
}

#[test]
fn the_card_manager_leads_back_to_the_power_on_state() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), (CARD_MANAGER, "9000"), ("00 B0 86 00 20", "6986")]);
    talk(&mut card, &[("00 A4 04 00 08 A0 00 00 01 51 00 00 00 00", "9000")]);
}

#[test]
fn the_master_file_cannot_be_selected_again() {
    let mut card = card("adult");
    talk(&mut card, &[("00 A4 00 00", "6A86"), ("00 A4 00 00 02 3F 00", "6A82")]);
    talk(
        &mut card,
        &[
            (JPKI, "9000"),
            ("00 A4 00 00", "9000"),
            ("00 A4 00 00 02 3F 00", "6A82"),
            // It stayed where it was.
            ("00 B0 86 00 20", "9000"),
        ],
    );
}

#[test]
fn files_are_selected_by_two_bytes_and_unknown_ones_are_refused() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            (JPKI, "9000"),
            ("00 A4 02 0C 02 00 06", "9000"),
            ("00 A4 02 00 02 00 06 00", "9000"),
            ("00 A4 02 0C 02 00 03", "6A82"),
            ("00 A4 02 0C 02 2F 00", "6A82"),
            ("00 A4 02 0C 01 06", "6700"),
            ("00 A4 02 0C", "6700"),
            // An EF keeps being current when another one is not found.
            ("00 B0 00 00 20", "9000"),
        ],
    );
}

#[test]
fn other_ways_to_select_are_not_known() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            (JPKI, "9000"),
            ("00 A4 01 0C 02 00 06", "6A86"),
            ("00 A4 08 0C 02 00 06", "6A86"),
            ("00 A4 04 02 02 D3 92", "6A86"),
        ],
    );
}

#[test]
fn what_is_selected_has_no_file_yet() {
    let mut card = card("adult");
    talk(
        &mut card,
        &[
            (JPKI, "9000"),
            ("00 B0 00 00 00", "6986"),
            ("00 20 00 80", "6986"),
            ("00 A4 02 0C 02 00 06", "9000"),
            // Selecting the application again forgets the file.
            (JPKI, "9000"),
            ("00 B0 00 00 00", "6986"),
        ],
    );
}
