//! Phones: one application, and other conditions in it.

use pcsc_sim::SmartCard;

use crate::text::*;

const CERTIFICATE: &str = "00 B0 8A 00 04";

#[test]
fn a_phone_has_the_jpki_application_only() {
    for phone in ["android", "iphone"] {
        let mut phone = card(phone);
        talk(&mut phone, &[(JPKI, "9000")]);
        for application in [SURFACE, TEXT, RESIDENT_REGISTER, COMMON, CARD_MANAGER] {
            talk(&mut phone, &[(application, "6A82")]);
        }
    }
}

#[test]
fn an_android_phone_wants_its_pin_before_it_shows_its_certificate() {
    let mut phone = card("android");
    talk(&mut phone, &[(JPKI, "9000"), (CERTIFICATE, "6982"), (SIGN, "6982")]);
    talk(&mut phone, &[("00 20 00 98 04 30 30 30 30", "63C2"), (CERTIFICATE, "6982")]);
    talk(&mut phone, &[(PIN, "9000"), (CERTIFICATE, "9000"), (SIGN, "9000")]);
}

#[test]
fn an_iphone_wants_its_holder_and_no_pin() {
    let mut phone = card("iphone");
    talk(&mut phone, &[(JPKI, "9000"), (CERTIFICATE, "6982"), (SIGN, "6982")]);
    talk(&mut phone, &[("00 20 00 98", "63C0"), (PIN, "6984")]);
    phone.confirm_holder();
    talk(&mut phone, &[(CERTIFICATE, "9000"), (SIGN, "9000")]);
}

#[test]
fn the_holder_of_an_iphone_confirms_before_or_after_it_has_power_and_for_as_long() {
    let mut phone = card("iphone");
    phone.confirm_holder();
    phone.power_on();
    talk(&mut phone, &[(JPKI, "9000"), (SIGN, "9000")]);
    phone.power_off();
    phone.power_on();
    talk(&mut phone, &[(JPKI, "9000"), (SIGN, "6982")]);
}

#[test]
fn nobody_confirms_anything_to_a_card_or_an_android_phone() {
    for profile in ["adult", "android"] {
        let mut card = card(profile);
        card.confirm_holder();
        talk(&mut card, &[(JPKI, "9000"), (SIGN, "6982")]);
    }
}

#[test]
fn an_iphone_takes_the_mark_of_the_last_command_and_a_card_refuses_it() {
    let mut phone = card("iphone");
    talk(&mut phone, &[(JPKI, "9000"), ("80 FC 00 00", "9000"), ("80 FC 00 01", "6A86")]);
    let mut card = card("adult");
    talk(&mut card, &[(JPKI, "9000"), ("80 FC 00 00", "6700")]);
}

#[test]
fn phones_have_no_data_objects() {
    for phone in ["android", "iphone"] {
        let mut phone = card(phone);
        for tag in ["00 F0", "5F 51", "00 45"] {
            talk(&mut phone, &[(&format!("00 CA {tag} 00"), "6A88")]);
        }
    }
}

#[test]
fn the_password_of_a_phone_opens_its_signature_certificate_like_that_of_a_card() {
    for phone in ["android", "iphone"] {
        let mut phone = card(phone);
        talk(&mut phone, &[(JPKI, "9000"), ("00 B0 81 00 04", "6982"), (PASSWORD, "9000")]);
        talk(&mut phone, &[("00 B0 81 00 04", "9000")]);
    }
}
