//! What a card does on the reader, one sentence at a time.

use jiff::civil::date;
use pcsc_sim::{
    Application, Card, Certificate, Chip, Command, Data, Marker, Photo, Pin, Proof, Reply, SimOnly,
    StatusWord, Token,
};

fn certificate() -> Certificate {
    Certificate { serial: "0A1B2C".into(), expires: date(2020, 1, 31) }
}

fn pin() -> Pin {
    Pin::new("1234").expect("four digits")
}

fn photo() -> Photo {
    Photo("Hanako".into())
}

fn standard() -> Token {
    Token::card(certificate(), pin(), photo())
}

fn on_reader(token: Token) -> Card {
    let mut card = Card::new(token);
    card.insert();
    card
}

fn verify(card: &mut Card, entry: &str) -> String {
    status(card.command(Command::Verify { entry: entry.into() }))
}

fn sign(card: &mut Card) -> Reply {
    card.command(Command::Sign { challenge: "visit 17".into() })
}

fn status(reply: Reply) -> String {
    reply.status().expect("an answer").to_string()
}

fn proof() -> Reply {
    Reply::with(Data::Proof(Proof {
        marker: Marker::Test,
        serial: "0A1B2C".into(),
        challenge: "visit 17".into(),
    }))
}

#[test]
fn three_wrong_pins_lock_the_card_and_later_ones_are_not_compared() {
    let mut card = on_reader(standard());
    let answers = ["0000", "9999", "4321", "0000", "1234"].map(|entry| verify(&mut card, entry));
    assert_eq!(answers, ["63C2", "63C1", "63C0", "6984", "6984"]);
}

#[test]
fn a_correct_pin_resets_the_counter() {
    let mut card = on_reader(standard());
    let answers = ["0000", "0000", "1234", "0000"].map(|entry| verify(&mut card, entry));
    assert_eq!(answers, ["63C2", "63C1", "9000", "63C2"]);
}

#[test]
fn asking_for_the_counter_costs_nothing_in_any_state() {
    let mut card = on_reader(standard());
    for (entry, left) in [("1234", "63C3"), ("0", "63C2"), ("0", "63C1"), ("0", "63C0")] {
        verify(&mut card, entry);
        for _ in 0..3 {
            assert_eq!(status(card.command(Command::AskRetries)), left);
            assert_eq!(verify(&mut card, ""), left);
        }
    }
    assert_eq!(verify(&mut card, "0"), "6984");
    assert_eq!(status(card.command(Command::AskRetries)), "63C0");
}

#[test]
fn asking_for_the_counter_keeps_the_security_status() {
    let mut card = on_reader(standard());
    verify(&mut card, "1234");
    verify(&mut card, "");
    assert_eq!(sign(&mut card), proof());
}

#[test]
fn an_entry_that_could_never_be_a_pin_costs_a_try_like_any_other() {
    for entry in ["abcd", "123", "12345", "１２３４", " 1234"] {
        assert_eq!(verify(&mut on_reader(standard()), entry), "63C2", "{entry}");
    }
}

#[test]
fn an_entry_too_long_for_a_short_apdu_costs_no_try() {
    let mut card = on_reader(standard());
    assert_eq!(verify(&mut card, &"1".repeat(256)), "6700");
    assert_eq!(verify(&mut card, ""), "63C3");
}

#[test]
fn the_number_of_tries_can_be_chosen() {
    let pin = Pin::with_tries("1234", 5).unwrap().after_wrong_entries(3);
    let mut card = on_reader(Token::card(certificate(), pin, photo()));
    assert_eq!(verify(&mut card, ""), "63C2");
    assert_eq!(verify(&mut card, "1234"), "9000");
    assert_eq!(verify(&mut card, ""), "63C5");
}

#[test]
fn a_face_only_card_refuses_the_pin() {
    let mut card = on_reader(Token::face_only(certificate(), photo()));
    assert_eq!(status(card.command(Command::AskRetries)), "63C0");
    assert_eq!(verify(&mut card, "1234"), "6984");
    assert_eq!(card.command(Command::ReadPhoto), Reply::with(Data::Photo(photo())));
    card.command(Command::AuthenticateTerminal);
    assert_eq!(sign(&mut card), proof());
}

#[test]
fn a_card_applied_for_under_the_age_of_one_has_no_photo_and_takes_the_pin() {
    let mut card = on_reader(Token::without_photo(certificate(), pin()));
    assert_eq!(status(card.command(Command::ReadPhoto)), "6A88");
    assert_eq!(verify(&mut card, "1234"), "9000");
    assert_eq!(sign(&mut card), proof());
}

#[test]
fn a_phone_has_no_photo_and_no_terminal_authentication() {
    for token in [Token::android(certificate(), pin()), Token::iphone(certificate())] {
        let mut card = on_reader(token);
        assert_eq!(status(card.command(Command::ReadPhoto)), "6A82");
        assert_eq!(status(card.command(Command::AuthenticateTerminal)), "6985");
        assert_eq!(status(sign(&mut card)), "6982");
    }
}

#[test]
fn signing_without_security_status_is_refused() {
    assert_eq!(status(sign(&mut on_reader(standard()))), "6982");
}

#[test]
fn a_wrong_pin_takes_back_what_a_correct_one_allowed() {
    let mut card = on_reader(standard());
    verify(&mut card, "1234");
    verify(&mut card, "0000");
    assert_eq!(status(sign(&mut card)), "6982");
}

#[test]
fn terminal_authentication_allows_signing_without_pin_even_when_the_pin_is_locked() {
    let locked = pin().after_wrong_entries(3);
    let mut card = on_reader(Token::card(certificate(), locked, photo()));
    assert_eq!(verify(&mut card, "1234"), "6984");
    assert_eq!(
        card.command(Command::AuthenticateTerminal),
        Reply::with(Data::SimOnly(SimOnly::TerminalAuthenticated)),
    );
    assert_eq!(sign(&mut card), proof());
    assert_eq!(verify(&mut card, "1234"), "6984", "the PIN stays locked");
}

#[test]
fn removal_forgets_the_security_status_and_keeps_the_counter() {
    let mut card = on_reader(standard());
    verify(&mut card, "0000");
    card.command(Command::AuthenticateTerminal);
    assert_eq!(sign(&mut card), proof());
    card.remove();
    card.insert();
    assert_eq!(status(sign(&mut card)), "6982");
    assert_eq!(verify(&mut card, ""), "63C2");
}

#[test]
fn a_card_removed_in_mid_conversation_is_no_card_and_loses_no_try() {
    let mut card = on_reader(standard());
    verify(&mut card, "1234");
    card.remove();
    assert_eq!(sign(&mut card), Reply::NoCard);
    assert_eq!(card.command(Command::Verify { entry: "0000".into() }), Reply::NoCard);
    assert_eq!(card.into_token(), standard());
}

#[test]
fn reading_the_photo_forgets_the_pin_because_it_selects_another_application() {
    let mut card = on_reader(standard());
    verify(&mut card, "1234");
    card.command(Command::ReadToken);
    assert_eq!(sign(&mut card), proof(), "the same application keeps it");
    card.command(Command::ReadPhoto);
    assert_eq!(status(sign(&mut card)), "6982");
}

#[test]
fn the_certificate_of_a_card_is_free_to_read() {
    let mut card = on_reader(standard());
    let reply = card.command(Command::ReadCertificate);
    assert_eq!(reply, Reply::with(Data::Certificate(certificate())));
}

#[test]
fn the_certificate_of_an_android_phone_needs_the_pin() {
    let mut phone = on_reader(Token::android(certificate(), pin()));
    assert_eq!(status(phone.command(Command::ReadCertificate)), "6982");
    verify(&mut phone, "1234");
    assert!(phone.command(Command::ReadCertificate).is_ok());
    assert_eq!(sign(&mut phone), proof());
}

#[test]
fn an_iphone_gives_certificate_and_signature_once_its_holder_has_confirmed() {
    let mut phone = Card::new(Token::iphone(certificate()));
    phone.confirm_holder();
    phone.insert();
    assert!(phone.command(Command::ReadCertificate).is_ok());
    assert_eq!(sign(&mut phone), proof());
    assert_eq!(verify(&mut phone, "1234"), "6984", "there is no PIN at the reader");

    phone.remove();
    phone.insert();
    assert_eq!(status(phone.command(Command::ReadCertificate)), "6982");
    assert_eq!(status(sign(&mut phone)), "6982");
}

#[test]
fn confirming_means_nothing_on_a_card_or_an_android_phone() {
    for token in [standard(), Token::android(certificate(), pin())] {
        let mut card = on_reader(token);
        card.confirm_holder();
        assert_eq!(status(sign(&mut card)), "6982");
    }
}

#[test]
fn an_unreadable_chip_answers_nothing() {
    let mut card = on_reader(standard().with_chip(Chip::Unreadable));
    assert_eq!(card.command(Command::ReadToken), Reply::Silence);
    assert_eq!(card.command(Command::Verify { entry: "0000".into() }), Reply::Silence);
    assert_eq!(sign(&mut card), Reply::Silence);
    assert_eq!(card.token().pin().unwrap().left(), 3);
}

#[test]
fn a_challenge_must_fit_the_key() {
    let mut card = on_reader(standard());
    verify(&mut card, "1234");
    for (length, expected) in [(0, "6700"), (1, "9000"), (245, "9000"), (246, "6700")] {
        let challenge = "x".repeat(length);
        assert_eq!(status(card.command(Command::Sign { challenge })), expected, "{length}");
    }
}

#[test]
fn a_token_says_what_it_is() {
    for (token, label, certificates, applications) in [
        (standard(), "JPKIAPICCTOKEN2", [0x8F, 0x8F, 0], 5),
        (Token::child_card(certificate(), pin(), photo()), "JPKIAPICCTOKEN2", [0, 0x8F, 0], 5),
        (Token::face_only(certificate(), photo()), "JPKIAPICCTOKEN2", [0, 0x8F, 0], 5),
        (Token::without_photo(certificate(), pin()), "JPKIAPICCTOKEN2", [0, 0x8F, 0], 5),
        (Token::android(certificate(), pin()), "JPKIAPGPSETOKEN", [0x8F, 0x8F, 0], 1),
        (Token::iphone(certificate()), "JPKIAPIOSTOKEN", [0x8F, 0x8F, 0], 1),
    ] {
        let reply = on_reader(token).command(Command::ReadToken);
        assert_eq!(reply.status(), Some(StatusWord::OK));
        let Some(Data::Token(info)) = reply.data() else { panic!("no token: {reply:?}") };
        assert_eq!(info.label, label);
        assert_eq!(info.certificates, certificates, "{label}");
        assert_eq!(info.applications.len(), applications);
        assert_eq!(info.applications[0], Application::Jpki);
    }
}
