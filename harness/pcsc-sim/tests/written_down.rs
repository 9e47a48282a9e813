//! How plans and traces write a card, and what they cannot write.

use jiff::civil::date;
use pcsc_sim::{
    Certificate, Command, Data, Marker, Photo, Pin, PinError, Proof, Reply, SimOnly, StatusWord,
    Token,
};
use serde_json::{Value, json};

fn certificate() -> Certificate {
    Certificate { serial: "0A1B2C".into(), expires: date(2027, 5, 1) }
}

fn token() -> Token {
    Token::card(certificate(), Pin::new("1234").expect("four digits"), Photo("Hanako".into()))
}

fn changed(token: Token, field: &str, value: Value) -> Result<Token, serde_json::Error> {
    let mut written = serde_json::to_value(token).expect("a token serialises");
    written[field] = value;
    serde_json::from_value(written)
}

#[test]
fn a_reply_is_written_with_its_status_word_in_hexadecimal() {
    let proof =
        Proof { marker: Marker::Test, serial: "0A1B2C".into(), challenge: "visit 17".into() };
    assert_eq!(
        serde_json::to_value(Reply::with(Data::Proof(proof))).unwrap(),
        json!({"Answer": {"status": "9000", "data": {"Proof": {
            "marker": "TEST", "serial": "0A1B2C", "challenge": "visit 17"
        }}}}),
    );
    assert_eq!(
        serde_json::to_value(Data::SimOnly(SimOnly::TerminalAuthenticated)).unwrap(),
        json!({"SimOnly": "SIM-ONLY terminal authenticated"}),
    );
    assert_eq!(serde_json::to_value(Command::AskRetries).unwrap(), json!("AskRetries"));
}

#[test]
fn a_status_word_is_exactly_four_hexadecimal_digits() {
    assert_eq!("63c2".parse(), Ok(StatusWord::retries_left(2)));
    assert_eq!(StatusWord::retries_left(200).retries(), Some(15));
    assert_eq!(StatusWord::REFERENCE_BLOCKED.retries(), None);
    for text in ["", "900", "+900", "90000", "９０"] {
        assert!(text.parse::<StatusWord>().is_err(), "{text}");
    }
}

#[test]
fn a_token_comes_back_as_it_was_written() {
    let written = serde_json::to_string(&token()).unwrap();
    assert_eq!(serde_json::from_str::<Token>(&written).unwrap(), token());
}

#[test]
fn a_combination_that_nobody_issues_cannot_be_read() {
    let phone = || Token::iphone(certificate());
    let pin = json!({"digits": "1234", "limit": 3, "left": 3});
    for (impossible, why) in [
        (changed(token(), "kind", json!("FaceOnly")), "has a PIN"),
        (changed(token(), "kind", json!("WithoutPhoto")), "has a photograph"),
        (changed(token(), "pin", Value::Null), "lacks one"),
        (changed(token(), "photo", Value::Null), "photograph"),
        (changed(token(), "carrier", json!("Android")), "photograph"),
        (changed(phone(), "kind", json!("FaceOnly")), "standard token only"),
        (changed(phone(), "signature_certificate", json!(false)), "signature certificate"),
        (changed(phone(), "pin", pin), "PIN"),
        (changed(phone(), "colour", json!("red")), "unknown field"),
    ] {
        let error = impossible.expect_err(why).to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn a_pin_is_four_digits_with_a_counter_that_fits() {
    for digits in ["", "123", "12345", "12a4", "１２３４"] {
        assert_eq!(Pin::new(digits), Err(PinError::Digits(digits.into())));
    }
    for limit in [0, 16] {
        assert_eq!(Pin::with_tries("1234", limit), Err(PinError::Tries(limit)));
    }
    let overfull = json!({"digits": "1234", "limit": 3, "left": 4});
    assert!(serde_json::from_value::<Pin>(overfull).is_err());
}
