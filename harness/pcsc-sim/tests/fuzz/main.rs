//! Foreign bytes in great number: whatever is sent to a card as a command, a status word comes
//! back that cards have, and a retry counter moves only for a VERIFY or a CHANGE of that very
//! reference.
//!
//! A case is its number and nothing else. `MADOGUCHI_FUZZ_CASES` says how many are played (5,000
//! if not given), `MADOGUCHI_FUZZ_FIRST` which is the first; a case that fails names itself.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "how long to go on is said from outside")]
#![expect(clippy::print_stdout, reason = "the number of cases is part of the result")]

mod commands;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arbitrary::Unstructured;
use pcsc_sim::SmartCard;
use pcsc_sim::chip::Chip;
use pcsc_sim::profile::FileId;

/// Cases in an ordinary run of the tests.
const CASES: u64 = 5_000;

/// Commands in a case, at most.
const COMMANDS_MAX: usize = 4;

/// Words that have to be met, so that nothing is green because everything was thrown out at the
/// door: one for each check that a command can get as far as.
const TO_BE_MET: [&str; 23] = [
    "9000", "63C2", "63C3", "6300", "6700", "6881", "6882", "6981", "6982", "6984", "6985", "6986",
    "6987", "6988", "69FC", "6A80", "6A82", "6A83", "6A86", "6A88", "6B00", "6D00", "6E00",
];

fn number_from(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().map_or(otherwise, |text| text.parse().unwrap())
}

/// The bytes a case draws from: SplitMix64 of its number.
fn drawn(case: u64) -> Vec<u8> {
    let mut state = case;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    (0..64).flat_map(|_| next().to_le_bytes()).collect()
}

/// Whether section 1.5 of what is known about cards has this word.
const fn is_known(word: u16) -> bool {
    matches!(
        word,
        0x9000
            | 0x6300
            | 0x63C0..=0x63CF
            | 0x6100..=0x61FF
            | 0x66F1
            | 0x6700
            | 0x6881
            | 0x6882
            | 0x6981
            | 0x6982
            | 0x6984
            | 0x6985
            | 0x6986
            | 0x6987
            | 0x6988
            | 0x69FC
            | 0x6A80
            | 0x6A81
            | 0x6A82
            | 0x6A83
            | 0x6A86
            | 0x6A88
            | 0x6B00
            | 0x6C00..=0x6CFF
            | 0x6D00
            | 0x6E00
    )
}

/// The reference whose counter a command may move: application identifier and file.
fn may_move(card: &Chip, command: &[u8]) -> Option<(&'static [u8], FileId)> {
    let [class, instruction, _, p2, ..] = command else { return None };
    // VERIFY also in a session of secure messaging.
    let moves = matches!((class, instruction), (0x00, 0x20 | 0x24) | (0x08, 0x20) | (0x80, 0x32));
    if !moves || p2 & 0xE0 != 0x80 {
        return None;
    }
    let (application, current) = card.selected()?;
    let file = match p2 & 0x1F {
        0 => current?,
        short => FileId::new(short.into())?,
    };
    Some((&application.aid, file))
}

/// Sends one command and looks at everything that may and may not come of it.
fn send(card: &mut Chip, command: &[u8]) -> u16 {
    let before: Vec<_> = card.counters().collect();
    let may_move = may_move(card, command);
    let answer = card.apdu(command);
    let (data, word) = answer.split_at_checked(answer.len().wrapping_sub(2)).unwrap();
    let word = u16::from_be_bytes(word.try_into().unwrap());
    assert!(is_known(word), "{command:02X?} is answered {word:04X}");
    assert!(data.is_empty() || word == 0x9000, "{command:02X?}: {word:04X} with data");
    for (old, new) in before.iter().zip(card.counters()) {
        let may_move = may_move == Some((old.0, old.1));
        assert!(*old == new || may_move, "{command:02X?} moves {old:02X?} to {new:02X?}");
    }
    word
}

fn play(cards: &[Chip], case: u64, met: &mut BTreeMap<u16, u64>) {
    let bytes = drawn(case);
    let mut u = Unstructured::new(&bytes);
    let mut card = cards[usize::try_from(case).unwrap() % cards.len()].clone();
    for _ in 0..COMMANDS_MAX {
        let Ok(command) = commands::one(&mut u) else { break };
        *met.entry(send(&mut card, &command)).or_default() += 1;
    }
}

#[test]
fn foreign_commands_are_answered_as_cards_answer_and_move_no_counter_of_others() {
    let cards = commands::cards();
    let first = number_from("MADOGUCHI_FUZZ_FIRST", 0);
    let cases = number_from("MADOGUCHI_FUZZ_CASES", CASES);
    let mut met = BTreeMap::new();
    for case in first..first + cases {
        let played = catch_unwind(AssertUnwindSafe(|| play(&cards, case, &mut met)));
        assert!(
            played.is_ok(),
            "case {case}: play it alone with MADOGUCHI_FUZZ_FIRST={case} MADOGUCHI_FUZZ_CASES=1"
        );
    }
    let met: BTreeMap<String, u64> =
        met.into_iter().map(|(word, times)| (format!("{word:04X}"), times)).collect();
    let sent: u64 = met.values().sum();
    println!(
        "foreign commands: {cases} cases from {first} on, {sent} commands, none failed: {met:?}"
    );
    let missed: Vec<_> = TO_BE_MET.iter().filter(|word| !met.contains_key(**word)).collect();
    assert!(cases < CASES || missed.is_empty(), "never met: {missed:?}");
}
