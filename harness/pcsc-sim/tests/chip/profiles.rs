//! The profiles: each says what it should, and a card made of it is the card it names.

use jiff::civil::date;
use pcsc_sim::chip::{Chip, Secrets};
use pcsc_sim::content::CertificateData;
use pcsc_sim::profile::Algorithm;
use pcsc_sim::{Form, Pin, Profile, SmartCard};

use crate::text::*;

#[test]
fn every_profile_is_there_under_its_name() {
    let names: Vec<&str> = Profile::all().map(Profile::name).collect();
    let expected = [
        "adult",
        "face-only",
        "under-15",
        "under-1",
        "locked",
        "expired",
        "android",
        "iphone",
        "next",
    ];
    assert_eq!(names, expected);
    for name in names {
        assert_eq!(Profile::named(name).map(Profile::name), Some(name));
    }
    assert_eq!(Profile::named("senior"), None);
}

#[test]
fn every_profile_tells_people_what_it_is_in_both_languages() {
    for profile in Profile::all() {
        let texts = [Some(profile.title()), profile.limits()];
        for text in texts.into_iter().flatten() {
            assert!(!text.ja.is_ascii() || text.ja == "iPhone", "{}", text.ja);
            assert!(text.en.is_ascii() && !text.en.is_empty(), "{}", text.en);
        }
        for application in profile.applications() {
            assert!(!application.name.ja.is_ascii() && application.name.en.is_ascii());
        }
    }
}

#[test]
fn the_answers_to_reset_are_the_listed_ones_and_their_check_bytes_are_right() {
    let listed =
        ["3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F", "3B 88 80 01 00 00 41 E0 B3 81 A1 00 3B"];
    let contact = bytes("3B E0 00 FF 81 31 FE 45 14");
    for profile in Profile::all() {
        let atr = profile.atr();
        assert_eq!(Chip::of(profile).atr(), atr);
        // All bytes after the first, taken together by exclusive or, make nought.
        assert_eq!(atr[1..].iter().fold(0, |sum, byte| sum ^ byte), 0, "{}", profile.name());
        if profile.carrier() == pcsc_sim::Carrier::Card {
            assert!(listed.map(bytes).iter().any(|known| known == atr), "{}", profile.name());
            assert_eq!(profile.contact_atr(), contact);
        }
    }
}

#[test]
fn a_face_only_card_has_neither_pins_nor_a_signature_certificate() {
    let mut card = card("face-only");
    assert_eq!(card.pin(), None);
    talk(&mut card, &[(JPKI, "9000"), ("00 20 00 98", "63C0"), (PIN, "6984"), (PIN, "6984")]);
    talk(&mut card, &[("00 20 00 9B", "63C0"), (PASSWORD, "6984"), ("00 B0 8A 00 04", "9000")]);
    assert_eq!(good(&mut card, "00 B0 88 00 00"), [0x00, 0x8F, 0x00]);
    for (application, p2) in [(TEXT, "91"), (RESIDENT_REGISTER, "9C"), (COMMON, "9C")] {
        talk(&mut card, &[(application, "9000"), (&format!("00 20 00 {p2}"), "63C0")]);
    }
    // What is printed still opens the photograph.
    assert!(card.holder().photo.is_some());
    // 1938 is the 13th year of Showa.
    talk(&mut card, &[(SURFACE, "9000"), ("00 20 00 91 06 31 33 31 31 30 33", "9000")]);
}

#[test]
fn a_childs_card_has_a_pin_and_no_signature_certificate() {
    for profile in ["under-15", "under-1"] {
        let mut card = card(profile);
        talk(&mut card, &[(JPKI, "9000"), (PIN, "9000"), (SIGN, "9000"), ("00 20 00 9B", "63C0")]);
        talk(&mut card, &[(PASSWORD, "6984")]);
        assert_eq!(good(&mut card, "00 B0 88 00 00"), [0x00, 0x8F, 0x00]);
    }
    assert!(card("under-15").holder().photo.is_some());
    assert!(card("under-1").holder().photo.is_none());
}

#[test]
fn a_locked_card_is_locked_at_its_pin_only() {
    let mut card = card("locked");
    talk(&mut card, &[(JPKI, "9000"), (PIN, "6984"), (PASSWORD, "9000")]);
    talk(&mut card, &[(TEXT, "9000"), ("00 20 00 91 04 31 32 33 34", "9000")]);
}

#[test]
fn an_expired_card_does_not_know_it_and_signs() {
    let mut card = card("expired");
    assert!(card.holder().authentication.not_after < date(2026, 4, 1));
    assert!(card.holder().card_expires < date(2026, 4, 1));
    talk(&mut card, &[(JPKI, "9000"), (PIN, "9000"), (SIGN, "9000")]);
}

#[test]
fn the_next_card_is_experimental_and_says_what_it_does_not_do() {
    let next = Profile::named("next").unwrap();
    assert_eq!(next.algorithm(), Algorithm::EcdsaP384);
    assert!(next.limits().is_some());
    assert_eq!(next.applications().len(), 2);
    let mut card = Chip::of(next);
    let authentication = "00 A4 04 0C 0A F0 4D 41 44 4F 47 55 43 48 01";
    talk(&mut card, &[(JPKI, "6A82"), (authentication, "9000"), (SIGN, "6982"), (PIN, "9000")]);
    talk(&mut card, &[(SIGN, "6A81"), ("00 20 00 9B", "63C5"), ("00 B0 8A 00 00", "6A82")]);
    // Only the experiment has limits of its own.
    assert_eq!(Profile::all().filter(|profile| profile.limits().is_some()).count(), 1);
}

#[test]
fn whoever_makes_a_card_says_how_many_tries_there_are() {
    let profile = Profile::named("adult").unwrap();
    let secrets = Secrets {
        pin: Some(Pin::with_tries("0000", 5).unwrap().after_wrong_entries(1)),
        signature_password: Some(Pin::of(Form::Password, "ABC123", 2).unwrap()),
        card_pin: None,
        code_tries: 7,
    };
    let mut card = Chip::new(profile, profile.sample().clone(), secrets);
    talk(&mut card, &[(JPKI, "9000"), ("00 20 00 98", "63C4"), ("00 20 00 9B", "63C2")]);
    talk(&mut card, &[("00 20 00 98 04 30 30 30 30", "9000"), ("00 20 00 98", "63C5")]);
    talk(&mut card, &[(SURFACE, "9000"), ("00 20 00 92", "63C7"), (TEXT, "9000")]);
    talk(&mut card, &[("00 20 00 91", "63C0")]);
}

#[test]
fn a_municipality_sets_a_new_pin_where_there_was_one() {
    let new = || Pin::new("5678").unwrap();
    let mut locked = card("locked");
    assert!(locked.set_pin(new()));
    assert_eq!(locked.pin().map(Pin::left), Some(3));
    talk(&mut locked, &[(JPKI, "9000"), (PIN, "63C2"), ("00 20 00 98 04 35 36 37 38", "9000")]);
    assert!(!card("face-only").set_pin(new()));
    assert!(!card("iphone").set_pin(new()));
}

#[test]
fn a_new_certificate_takes_the_place_of_the_old_one_and_its_key_signs() {
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), (PIN, "9000")]);
    let (certificate, signature) = (good(&mut card, "00 B0 8A 00 00"), good(&mut card, SIGN));
    let renewed = CertificateData {
        serial: 7,
        not_before: date(2028, 3, 1),
        not_after: date(2033, 4, 12),
        key: 9,
    };
    card.install(renewed);
    assert_eq!(card.holder().authentication, renewed);
    assert_ne!(good(&mut card, "00 B0 8A 00 00"), certificate);
    assert_ne!(good(&mut card, SIGN), signature);
}

#[test]
fn two_cards_that_lived_through_the_same_are_the_same() {
    let mut one = card("adult");
    let mut other = card("adult");
    assert_eq!(one, other);
    talk(&mut one, &[(JPKI, "9000"), ("00 20 00 98 01 31", "63C2")]);
    assert_ne!(one, other);
    talk(&mut other, &[(JPKI, "9000"), ("00 20 00 98 01 31", "63C2")]);
    assert_eq!(one, other);
    // What was read makes no difference.
    talk(&mut one, &[("00 A4 02 0C 02 00 0A", "9000"), ("00 B0 00 00 00", "9000")]);
    talk(&mut other, &[("00 A4 02 0C 02 00 0A", "9000")]);
    assert_eq!(one, other);
    assert_eq!(one.clone(), one);
}
