//! Conversations with tokens whose answers are torn or never end.

use super::dialogue::{Dialogue, Next};
use super::{Outcome, Wish};

const OK: [u8; 2] = [0x90, 0x00];

/// A conversation in which the signature has been asked for.
fn signing() -> Dialogue {
    let mut dialogue = Dialogue::new(None);
    dialogue.begin(&Wish::Sign([7; 32]), None);
    for _ in ["JPKI", "EF 0017"] {
        assert!(matches!(dialogue.answered(&OK), Next::Send(_)));
    }
    dialogue
}

#[test]
fn a_torn_signature_that_ends_like_a_status_word_is_no_refusal() {
    let torn = [&[0xAB; 127][..], &[0x6A, 0x82]].concat();
    assert_eq!(signing().answered(&torn), Next::Done(Outcome::Garbled));
    assert_eq!(signing().answered(&[0x69, 0x82]), Next::Done(Outcome::Refused(0x6982)));
}

#[test]
fn a_torn_signature_that_seems_to_announce_more_is_found_out() {
    let mut dialogue = signing();
    let torn = [&[0xAB; 127][..], &[0x61, 0x05]].concat();
    assert_eq!(dialogue.answered(&torn), Next::Send(vec![0x00, 0xC0, 0x00, 0x00, 0x05]));
    assert_eq!(dialogue.answered(&[0x69, 0x85]), Next::Done(Outcome::Garbled));
}

#[test]
fn a_token_that_names_the_same_length_for_ever_is_given_up() {
    let mut dialogue = Dialogue::new(None);
    dialogue.begin(&Wish::Identify, None);
    dialogue.answered(&OK);
    dialogue.answered(&OK);
    let read = Next::Send(vec![0x00, 0xB0, 0x00, 0x00, 0xA0]);
    assert_eq!(dialogue.answered(&[0x6C, 0xA0]), read);
    assert_eq!(dialogue.answered(&[0x6C, 0xA0]), Next::Done(Outcome::Garbled));
    let mut dialogue = signing();
    assert_eq!(dialogue.answered(&[0x61, 0x00]), Next::Send(vec![0x00, 0xC0, 0x00, 0x00, 0x00]));
    assert_eq!(dialogue.answered(&[0x61, 0x00]), Next::Done(Outcome::Garbled));
}
