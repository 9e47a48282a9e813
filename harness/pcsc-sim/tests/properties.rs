//! What holds for every sequence of commands.

use jiff::civil::date;
use pcsc_sim::{Card, Certificate, Chip, Command, Photo, Pin, Reply, Token};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Insert,
    Remove,
    ConfirmHolder,
    Command(Command),
}

fn command() -> impl Strategy<Value = Command> {
    let entry = prop_oneof![Just("1234".to_owned()), Just(String::new()), ".{0,6}", "[0-9]{4}"];
    prop_oneof![
        1 => Just(Command::ReadToken),
        1 => Just(Command::ReadCertificate),
        4 => entry.prop_map(|entry| Command::Verify { entry }),
        1 => Just(Command::AskRetries),
        1 => Just(Command::ReadPhoto),
        1 => Just(Command::AuthenticateTerminal),
        2 => ".{0,300}".prop_map(|challenge| Command::Sign { challenge }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Insert),
        1 => Just(Step::Remove),
        1 => Just(Step::ConfirmHolder),
        10 => command().prop_map(Step::Command),
    ]
}

fn token() -> impl Strategy<Value = Token> {
    let certificate = || Certificate { serial: "0A1B2C".into(), expires: date(2027, 5, 1) };
    let photo = || Photo("Hanako".into());
    let pin = (1_u8..=15, 0_u8..=15).prop_map(|(limit, wrong)| {
        Pin::with_tries("1234", limit).expect("a valid PIN").after_wrong_entries(wrong)
    });
    let made = (0..6_u8, pin).prop_map(move |(which, pin)| match which {
        0 => Token::card(certificate(), pin, photo()),
        1 => Token::child_card(certificate(), pin, photo()),
        2 => Token::face_only(certificate(), photo()),
        3 => Token::without_photo(certificate(), pin),
        4 => Token::android(certificate(), pin),
        _ => Token::iphone(certificate()),
    });
    (made, prop_oneof![9 => Just(Chip::Working), 1 => Just(Chip::Unreadable)])
        .prop_map(|(token, chip)| token.with_chip(chip))
}

fn left(card: &Card) -> Option<u8> {
    card.token().pin().map(Pin::left)
}

/// What the counter must be after a step, told without the card's own code.
fn expected_left(card: &Card, step: &Step) -> Option<u8> {
    let pin = card.token().pin()?;
    let answers = card.is_inserted() && card.token().chip() == Chip::Working;
    match step {
        Step::Command(Command::Verify { entry }) if answers && !entry.is_empty() => {
            if pin.is_locked() {
                Some(0)
            } else if entry == "1234" {
                Some(pin.limit())
            } else {
                Some(pin.left() - 1)
            }
        }
        _ => Some(pin.left()),
    }
}

proptest! {
    #[test]
    fn no_sequence_panics_and_only_a_verify_moves_the_counter(
        token in token(),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut card = Card::new(token);
        for step in steps {
            let expected = expected_left(&card, &step);
            match step {
                Step::Insert => card.insert(),
                Step::Remove => card.remove(),
                Step::ConfirmHolder => card.confirm_holder(),
                Step::Command(command) => {
                    let present = card.is_inserted();
                    let reply = card.command(command);
                    prop_assert_eq!(reply == Reply::NoCard, !present);
                    prop_assert!(reply.data().is_none() || reply.is_ok());
                }
            }
            prop_assert_eq!(left(&card), expected);
        }
    }

    #[test]
    fn nothing_signs_before_it_was_convinced(
        token in token(),
        commands in prop::collection::vec(command(), 0..20),
    ) {
        let mut card = Card::new(token);
        card.insert();
        for command in commands {
            let harmless = match &command {
                Command::Verify { entry } => entry != "1234",
                other => *other != Command::AuthenticateTerminal,
            };
            if !harmless {
                continue;
            }
            let signing = matches!(command, Command::Sign { .. });
            let reply = card.command(command);
            prop_assert!(!(signing && reply.is_ok()));
        }
    }

    #[test]
    fn a_card_survives_being_written_down_at_any_moment(
        token in token(),
        commands in prop::collection::vec(command(), 0..10),
        next in command(),
    ) {
        let mut card = Card::new(token);
        card.insert();
        for command in commands {
            card.command(command);
        }
        let text = serde_json::to_string(&card).expect("a card serialises");
        let mut restored: Card = serde_json::from_str(&text).expect("and comes back");
        prop_assert_eq!(&restored, &card);
        prop_assert_eq!(restored.command(next.clone()), card.command(next));
    }
}
