//! The retry counters as a state machine: whatever happens to a card, each of them moves as the
//! rules say, and no other one does.

use std::collections::BTreeMap;

use pcsc_sim::SmartCard;
use pcsc_sim::chip::Chip;
use proptest::prelude::*;

use crate::text::*;

/// An application with its references: short identifier, tries, the right entry at first, and how
/// the entry is changed if it can be.
type Known = (&'static str, &'static [(u8, u8, &'static str, Option<[u8; 3]>)]);

const CHANGE_REFERENCE_DATA: Option<[u8; 3]> = Some([0x00, 0x24, 0x01]);
const CHANGE_KEY: Option<[u8; 3]> = Some([0x80, 0x32, 0x00]);

/// Those of the adult's card. 100000000013, 600412, 60041220330427: see `references`.
const KNOWN: [Known; 5] = [
    (
        JPKI,
        &[(0x18, 3, "1234", CHANGE_REFERENCE_DATA), (0x1B, 5, "TEST1234", CHANGE_REFERENCE_DATA)],
    ),
    (
        SURFACE,
        &[
            (0x11, 10, "600412", None),
            (0x12, 10, "60041220330427", None),
            (0x13, 10, "100000000013", None),
        ],
    ),
    (
        TEXT,
        &[
            (0x11, 3, "1234", CHANGE_REFERENCE_DATA),
            (0x12, 0, "", None),
            (0x14, 10, "100000000013", None),
            (0x15, 10, "60041220330427", None),
        ],
    ),
    (RESIDENT_REGISTER, &[(0x1C, 3, "1234", CHANGE_KEY)]),
    (COMMON, &[(0x1C, 3, "1234", CHANGE_KEY)]),
];

/// Something that happens to a card. Numbers pick an application or a reference of the selected
/// one, wherever they point.
#[derive(Clone, Debug)]
enum Step {
    Select(usize),
    Right(usize),
    Wrong(usize),
    Ask(usize),
    Change(usize, u8),
    Reset,
    PowerCycle,
    Sign,
    Read(u8),
    Other(Vec<u8>),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..5_usize).prop_map(Step::Select),
        3 => (0..4_usize).prop_map(Step::Right),
        5 => (0..4_usize).prop_map(Step::Wrong),
        2 => (0..4_usize).prop_map(Step::Ask),
        2 => ((0..4_usize), 0..10_u8).prop_map(|(at, digit)| Step::Change(at, digit)),
        1 => Just(Step::Reset),
        1 => Just(Step::PowerCycle),
        1 => Just(Step::Sign),
        1 => any::<u8>().prop_map(Step::Read),
        // Neither VERIFY nor CHANGE.
        2 => prop::collection::vec(any::<u8>(), 0..12)
            .prop_filter("no VERIFY, no CHANGE", |bytes| !matches!(bytes.get(1), Some(0x20 | 0x24 | 0x32)))
            .prop_map(Step::Other),
    ]
}

/// What should be, told without the card's own code.
struct Model {
    selected: Option<usize>,
    /// Whose references are verified, and which; kept over a warm reset.
    verified: (Option<usize>, Vec<u8>),
    /// By application and reference: the entry and what is left.
    references: BTreeMap<(usize, u8), (String, u8)>,
}

impl Model {
    fn new() -> Self {
        let all = KNOWN.iter().enumerate().flat_map(|(application, (_, references))| {
            references.iter().map(move |(id, tries, entry, _)| {
                ((application, *id), ((*entry).to_owned(), *tries))
            })
        });
        Self { selected: None, verified: (None, vec![]), references: all.collect() }
    }

    /// The reference of the selected application that a number points at.
    fn pick(&self, at: usize) -> Option<(usize, u8, u8, Option<[u8; 3]>)> {
        let application = self.selected?;
        let references = KNOWN[application].1;
        let (id, tries, _, change) = references[at % references.len()];
        Some((application, id, tries, change))
    }

    fn select(&mut self, application: usize) {
        if self.verified.0 != Some(application) {
            self.verified = (Some(application), vec![]);
        }
        self.selected = Some(application);
    }

    fn forget(&mut self) {
        self.selected = None;
        self.verified = (None, vec![]);
    }
}

/// Sends VERIFY or a CHANGE with an entry, and gives the status word.
fn enter(card: &mut Chip, head: [u8; 3], id: u8, entry: &str) -> String {
    let mut command = [&head[..], &[0x80 | id]].concat();
    command.push(u8::try_from(entry.len()).unwrap());
    command.extend(entry.bytes());
    card.apdu(&command).iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Does the step to both, and says what the card should have answered to an entry.
fn play(card: &mut Chip, model: &mut Model, step: &Step) -> Option<(String, String)> {
    const VERIFY: [u8; 3] = [0x00, 0x20, 0x00];
    match step {
        Step::Select(application) => {
            talk(card, &[(KNOWN[*application].0, "9000")]);
            model.select(*application);
        }
        Step::Right(at) | Step::Wrong(at) => {
            let (application, id, tries, _) = model.pick(*at)?;
            let (right, left) = model.references.get_mut(&(application, id))?;
            let entry = if matches!(step, Step::Right(_)) && *left > 0 { right } else { "WRONG" };
            let answer = enter(card, VERIFY, id, entry);
            let expected = if *left == 0 {
                "6984".to_owned()
            } else if entry == "WRONG" {
                *left -= 1;
                format!("63C{left:X}")
            } else {
                *left = tries;
                "9000".to_owned()
            };
            model.verified.1.retain(|known| *known != id);
            if expected == "9000" {
                model.verified.1.push(id);
            }
            return Some((answer, expected));
        }
        Step::Ask(at) => {
            let (application, id, ..) = model.pick(*at)?;
            let left = model.references[&(application, id)].1;
            let answer = status(card, &format!("00 20 00 {:02X}", 0x80 | id));
            return Some((answer, format!("63C{left:X}")));
        }
        Step::Change(at, digit) => {
            let (application, id, tries, change) = model.pick(*at)?;
            let (entry, left) = model.references.get_mut(&(application, id))?;
            let new = if id == 0x1B { format!("PASS{digit}WORD") } else { format!("{digit}000") };
            let answer = enter(card, change?, id, &new);
            let expected = match (*left, model.verified.1.contains(&id)) {
                (0, _) => "6984",
                (_, false) => "6982",
                (_, true) => {
                    (*entry, *left) = (new, tries);
                    "9000"
                }
            };
            return Some((answer, expected.to_owned()));
        }
        Step::Reset => {
            card.reset();
            model.selected = None;
        }
        Step::PowerCycle => {
            card.power_off();
            card.power_on();
            model.forget();
        }
        Step::Sign => drop(card.apdu(&bytes(SIGN))),
        Step::Read(file) => drop(card.apdu(&[0x00, 0xB0, 0x80 | file & 0x1F, 0x00, 0x00])),
        Step::Other(command) => {
            let selects = command.get(1) == Some(&0xA4);
            if !selects {
                card.apdu(command);
            }
        }
    }
    None
}

proptest! {
    #[test]
    fn counters_move_as_the_rules_say_and_no_other_one_does(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut card = card("adult");
        let mut model = Model::new();
        for step in &steps {
            if let Some((answer, expected)) = play(&mut card, &mut model, step) {
                prop_assert_eq!(answer, expected, "{:?}", step);
            }
            for (aid, file, left) in card.counters() {
                let is = |place: &usize| bytes(KNOWN[*place].0)[5..] == *aid;
                let application = (0..KNOWN.len()).find(is).unwrap();
                let known = &model.references[&(application, file.short())];
                prop_assert_eq!(left, known.1, "{} {:?} after {:?}", application, file, step);
            }
        }
    }
}
