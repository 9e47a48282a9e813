//! A conversation with a chip, answered by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use madoguchi_reference::message::token::{CardFailure, Hex};
use madoguchi_reference::message::{Message, TokenCommand, TokenReply};
use madoguchi_reference::party::{Outbox, Output, PartyId};
use madoguchi_reference::token::{Heard, Line, Outcome, Wish};

const TOKEN: PartyId = PartyId::Token(3);

/// A line whose other end is played by the test.
struct Played {
    line: Line,
    out: Outbox,
}

impl Played {
    fn wishing(wish: Wish) -> Self {
        let (mut line, mut out) = (Line::new(TOKEN, None), Outbox::default());
        line.say(wish, &mut out);
        Self { line, out }
    }

    /// What has been sent since the last call, in hexadecimal; `on` for power.
    fn sent(&mut self) -> Vec<String> {
        let sent = self.out.drain().filter_map(|output| match output {
            Output::Send { to: TOKEN, message: Message::TokenCommand(command) } => Some(command),
            _ => None,
        });
        let word = |command| match command {
            TokenCommand::Transmit(bytes) => bytes.to_string(),
            TokenCommand::PowerOn => "on".to_owned(),
            other => format!("{other:?}"),
        };
        sent.map(word).collect()
    }

    fn power(&mut self) -> Option<Heard> {
        self.line.heard(TokenReply::Powered(Hex(vec![0x3B, 0x80])), &mut self.out)
    }

    fn hear(&mut self, hex: &str) -> Option<Heard> {
        let digits = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        let bytes = (0..hex.len()).step_by(2).map(digits).collect();
        self.line.heard(TokenReply::Response(Hex(bytes)), &mut self.out)
    }

    fn fail(&mut self, failure: CardFailure) -> Option<Heard> {
        self.line.heard(TokenReply::Failed(failure), &mut self.out)
    }
}

const SELECT_JPKI: &str = "00A4040C0AD392F000260100000001";
const SELECT_PIN: &str = "00A4020C020018";
const COUNTER: &str = "00200080";
const ENTRY: &str = "002000800431323334";

fn entered(wish: Wish) -> Played {
    let mut played = Played::wishing(wish);
    assert_eq!(played.sent(), ["on"]);
    assert_eq!(played.power(), None);
    assert_eq!(played.sent(), [SELECT_JPKI]);
    assert_eq!(played.hear("9000"), None);
    assert_eq!(played.sent(), [SELECT_PIN]);
    assert_eq!(played.hear("9000"), None);
    assert_eq!(played.sent(), [COUNTER]);
    played
}

fn pin() -> Wish {
    Wish::VerifyPin("1234".to_owned())
}

#[test]
fn a_pin_is_compared_after_the_counter_was_read() {
    let mut played = entered(pin());
    assert_eq!(played.hear("63C3"), None);
    assert_eq!(played.sent(), [ENTRY]);
    assert_eq!(played.hear("9000"), Some(Heard::Outcome(Outcome::Accepted)));
}

#[test]
fn a_counter_at_its_end_costs_no_entry() {
    let mut played = entered(pin());
    assert_eq!(played.hear("63C0"), Some(Heard::Outcome(Outcome::Unusable)));
    assert!(played.sent().is_empty());
}

#[test]
fn the_entry_that_blocks_and_the_one_after_it_are_unusable() {
    for status in ["63C0", "6984"] {
        let mut played = entered(pin());
        played.hear("63C1");
        assert_eq!(played.hear(status), Some(Heard::Outcome(Outcome::Unusable)), "{status}");
    }
}

/// An entry was sent and its answer lost; the conversation is begun anew up to the counter.
fn lost(answer: &str) -> Played {
    let mut played = entered(pin());
    played.hear("63C3");
    assert_eq!(played.sent(), [ENTRY]);
    assert_eq!(played.hear(answer), None);
    assert_eq!(played.sent(), ["on"]);
    assert_eq!(played.power(), None);
    played.hear("9000");
    played.hear("9000");
    assert_eq!(played.sent(), [SELECT_JPKI, SELECT_PIN, COUNTER]);
    played
}

#[test]
fn an_entry_whose_answer_was_lost_is_not_made_again_if_it_was_compared() {
    for answer in ["", "90", "3082"] {
        let mut played = lost(answer);
        assert_eq!(played.hear("63C2"), Some(Heard::Outcome(Outcome::Wrong { left: 2 })));
        assert!(played.sent().is_empty());
    }
}

#[test]
fn an_entry_that_never_arrived_or_was_right_is_made_again() {
    let mut played = lost("");
    assert_eq!(played.hear("63C3"), None);
    assert_eq!(played.sent(), [ENTRY]);
    assert_eq!(played.hear("9000"), Some(Heard::Outcome(Outcome::Accepted)));
}

#[test]
fn after_two_restarts_a_chip_that_makes_no_sense_is_unreadable() {
    let mut played = Played::wishing(Wish::Identify);
    for _ in 0..2 {
        played.power();
        assert_eq!(played.hear(""), None);
    }
    played.power();
    assert_eq!(played.hear(""), Some(Heard::Unreadable));
}

#[test]
fn another_length_and_a_rest_are_fetched() {
    let mut played = Played::wishing(Wish::Identify);
    played.power();
    played.hear("9000");
    played.hear("9000");
    assert_eq!(played.sent().last().unwrap(), "00B00000A0");
    assert_eq!(played.hear("6C10"), None);
    assert_eq!(played.sent(), ["00B0000010"]);
    assert_eq!(played.hear(&format!("{}9000", "4A".repeat(16))), None);
    // What is missing is read from where it stopped: 160 − 16 bytes from 16 on.
    assert_eq!(played.sent(), ["00B0001090"]);
    assert_eq!(played.hear("4B610F"), None);
    assert_eq!(played.sent(), ["00C000000F"]);
    assert_eq!(played.hear(&format!("{}9000", "4C".repeat(15))), None);
    assert_eq!(played.sent(), ["00B0002080"]);
}

/// EF 0006 of a card with this serial number.
fn token_info(serial: char) -> String {
    let text = format!(
        "{:<32}{:<32}{:<16}{}{:<64}",
        "JPKIAPICCTOKEN2",
        "",
        "",
        serial.to_string().repeat(16),
        ""
    );
    text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>() + "9000"
}

/// A line that knows card `1` and has its PIN accepted; a signature was just asked for.
fn signing() -> Played {
    let mut played = Played::wishing(Wish::Identify);
    played.power();
    played.hear("9000");
    played.hear("9000");
    let heard = played.hear(&token_info('1'));
    assert!(matches!(heard, Some(Heard::Outcome(Outcome::Identified { .. }))), "{heard:?}");
    played.line.say(pin(), &mut played.out);
    played.hear("9000");
    played.hear("63C3");
    assert_eq!(played.hear("9000"), Some(Heard::Outcome(Outcome::Accepted)));
    played.line.say(Wish::Sign([7; 32]), &mut played.out);
    played.sent();
    played
}

#[test]
fn after_a_reset_the_same_card_is_asked_again_for_what_it_had_allowed() {
    let mut played = signing();
    assert_eq!(played.fail(CardFailure::Interrupted), None);
    assert_eq!(played.sent(), ["on"]);
    played.power();
    played.hear("9000");
    played.hear("9000");
    assert_eq!(played.hear(&token_info('1')), None);
    played.hear("9000");
    played.hear("63C3");
    assert_eq!(played.sent().last().unwrap(), ENTRY);
    assert_eq!(played.hear("9000"), None);
    assert_eq!(played.sent(), ["00A4020C020017"]);
    assert_eq!(played.hear("9000"), None);
    let signature = format!("{}9000", "AA".repeat(256));
    assert_eq!(played.hear(&signature), Some(Heard::Outcome(Outcome::Signed(vec![0xAA; 256]))));
}

#[test]
fn another_card_in_the_same_place_is_never_asked_for_the_first_ones_pin() {
    let mut played = signing();
    played.fail(CardFailure::Interrupted);
    played.power();
    played.hear("9000");
    played.hear("9000");
    assert_eq!(played.hear(&token_info('2')), Some(Heard::Gone));
    assert!(!played.sent().iter().any(|command| command.starts_with("00200080")));
}

#[test]
fn each_failure_means_what_it_says() {
    let heard = |failure| Played::wishing(Wish::Identify).fail(failure);
    assert_eq!(heard(CardFailure::Removed), Some(Heard::Gone));
    assert_eq!(heard(CardFailure::Busy), Some(Heard::Blocked));
    assert_eq!(heard(CardFailure::Unavailable), Some(Heard::Blocked));
    assert_eq!(heard(CardFailure::Unresponsive), Some(Heard::Unreadable));
    assert_eq!(heard(CardFailure::Interrupted), None);
}

#[test]
fn what_is_no_my_number_card_is_known_by_its_lack_of_the_application() {
    let mut played = Played::wishing(Wish::Identify);
    played.power();
    assert_eq!(played.hear("6A82"), Some(Heard::Outcome(Outcome::Foreign)));
}
