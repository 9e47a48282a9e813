//! How long a card remembers what it was convinced of.

use pcsc_sim::profile::{Remembered, StatusLife};
use pcsc_sim::{Profile, SmartCard};

use crate::text::*;

fn with_life(reselect: Remembered, warm_reset: Remembered) -> pcsc_sim::chip::Chip {
    card("adult").with_status_life(StatusLife { reselect, warm_reset })
}

#[test]
fn a_key_works_after_its_own_reference_was_verified_and_only_then() {
    let mut card = card("adult");
    let signature_key = SIGN.replace("80 2A 00 97", "80 2A 00 9A");
    talk(&mut card, &[(JPKI, "9000"), (SIGN, "6982"), (&signature_key, "6982")]);
    talk(&mut card, &[(PASSWORD, "9000"), (SIGN, "6982"), (&signature_key, "9000")]);
    talk(&mut card, &[(PIN, "9000"), (SIGN, "9000"), (SIGN, "9000"), (&signature_key, "9000")]);
}

#[test]
fn a_wrong_entry_takes_back_what_a_right_one_allowed() {
    let mut card = card("adult");
    let wrong = "00 20 00 98 04 30 30 30 30";
    talk(&mut card, &[(JPKI, "9000"), (PASSWORD, "9000"), (PIN, "9000"), (wrong, "63C2")]);
    talk(&mut card, &[(SIGN, "6982"), ("00 B0 81 00 04", "9000")]);
}

#[test]
fn another_application_makes_the_card_forget() {
    for other in [SURFACE, TEXT, RESIDENT_REGISTER, COMMON, CARD_MANAGER] {
        let mut card = card("adult");
        talk(&mut card, &[(JPKI, "9000"), (PIN, "9000"), (other, "9000"), (JPKI, "9000")]);
        talk(&mut card, &[(SIGN, "6982")]);
    }
}

#[test]
fn a_select_that_fails_forgets_nothing() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), (PIN, "9000"), ("00 A4 04 0C 02 A1 00", "6A82")]);
    talk(&mut card, &[(SIGN, "9000")]);
}

#[test]
fn selecting_the_same_application_again_forgets_only_where_the_profile_says_so() {
    use Remembered::{Clear, Keep};
    for (reselect, expected) in [(Keep, "9000"), (Clear, "6982")] {
        let mut card = with_life(reselect, Keep);
        talk(&mut card, &[(JPKI, "9000"), (PIN, "9000"), (JPKI, "9000"), (SIGN, expected)]);
    }
}

#[test]
fn a_warm_reset_loses_the_selection_and_forgets_only_where_the_profile_says_so() {
    use Remembered::{Clear, Keep};
    for (warm_reset, expected) in [(Keep, "9000"), (Clear, "6982")] {
        let mut card = with_life(Keep, warm_reset);
        talk(&mut card, &[(JPKI, "9000"), (PIN, "9000")]);
        card.reset();
        talk(&mut card, &[(SIGN, "6986"), (JPKI, "9000"), (SIGN, expected)]);
    }
}

#[test]
fn another_application_after_a_warm_reset_makes_the_card_forget() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), (PIN, "9000")]);
    card.reset();
    talk(&mut card, &[(SURFACE, "9000"), (JPKI, "9000"), (SIGN, "6982")]);
}

#[test]
fn losing_power_forgets_everything_but_the_counters() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), (PIN, "9000"), ("00 20 00 9B 01 41", "63C4")]);
    card.power_off();
    card.power_on();
    talk(&mut card, &[(JPKI, "9000"), (SIGN, "6982"), ("00 20 00 9B", "63C4")]);
}

#[test]
fn every_profile_keeps_the_status_as_surveyed_cards_do() {
    for profile in Profile::all() {
        let keep = StatusLife { reselect: Remembered::Keep, warm_reset: Remembered::Keep };
        assert_eq!(profile.status_life(), keep, "{}", profile.name());
    }
}
