//! A terminal with its centre, and a desk: just enough of the pipeline for one file.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, OnceLock};

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::centre::{Centre, Operations};
use madoguchi_reference::desk::{Desk, Institution};
use madoguchi_reference::ids::InstitutionCode;
use madoguchi_reference::message::file::Bytes;
use madoguchi_reference::message::{File, Folder, Message};
use madoguchi_reference::party::{Input, Outbox, Output, Party, PartyId};
use madoguchi_reference::register::{PUBLISHED, Register, load};
use madoguchi_reference::residents::Residents;
use madoguchi_reference::terminal::Terminal;
use madoguchi_reference::wire::Style;
use madoguchi_reference::wire::element::{Element, read_document};

use crate::messages::Kind;

const TERMINAL: PartyId = PartyId::Terminal(0);
const DESK: PartyId = PartyId::Desk(0);
/// The institution of the samples.
const INSTITUTION: &str = "1319990001";
/// Nothing here takes more inputs to come to an end.
const INPUTS_MAX: usize = 500;

pub fn register() -> Arc<Register> {
    static REGISTER: OnceLock<Arc<Register>> = OnceLock::new();
    Arc::clone(REGISTER.get_or_init(|| Arc::new(load(PUBLISHED).unwrap())))
}

fn now() -> Jst {
    "2026-11-20T10:00".parse().unwrap()
}

/// Parties that hear each other at once; what is meant for anybody else is lost.
struct World {
    parties: BTreeMap<PartyId, Box<dyn Party>>,
    /// Inputs under way: messages before alarms, alarms by their time.
    messages: VecDeque<(PartyId, Input)>,
    alarms: Vec<(Jst, PartyId, Input)>,
    now: Jst,
    /// The files the desk was given.
    files: Vec<File>,
}

impl World {
    fn run(mut self) -> Vec<File> {
        for _ in 0..INPUTS_MAX {
            let (to, input) = match self.messages.pop_front() {
                Some(next) => next,
                None => {
                    let first = self.alarms.iter().map(|(at, _, _)| *at).min();
                    let Some(at) = first else { return self.files };
                    let position = self.alarms.iter().position(|(due, _, _)| *due == at).unwrap();
                    let (_, to, input) = self.alarms.remove(position);
                    self.now = self.now.max(at);
                    (to, input)
                }
            };
            self.give(to, input);
        }
        panic!("one file took more than {INPUTS_MAX} inputs");
    }

    fn give(&mut self, to: PartyId, input: Input) {
        let mut out = Outbox::default();
        let Some(party) = self.parties.get_mut(&to) else { return };
        party.handle(self.now, input, &mut out);
        for output in out.drain() {
            match output {
                Output::Send { to: DESK, message: Message::File(file) } => self.files.push(file),
                Output::Send { to: other, message } => {
                    self.messages.push_back((other, Input::Message { from: to, message }));
                }
                Output::Wake { at, alarm } => self.alarms.push((at, to, Input::Alarm(alarm))),
            }
        }
    }
}

/// What comes to the desk after a file was dropped into the folder of requests.
pub fn drop_request(name: &str, bytes: &[u8]) -> Vec<File> {
    let institution = InstitutionCode::from(INSTITUTION);
    let terminal = Terminal::new(institution, DESK, Style::default());
    let residents = Arc::new(Residents::default());
    let centre = Centre::new(register(), BTreeMap::new(), residents, Operations::default());
    let file = File { folder: Folder::Req, name: name.to_owned(), bytes: Bytes(bytes.to_vec()) };
    let dropped = Input::Message { from: DESK, message: Message::File(file) };
    let parties: [(PartyId, Box<dyn Party>); 2] =
        [(TERMINAL, Box::new(terminal)), (PartyId::Centre, Box::new(centre))];
    let world = World {
        parties: parties.into(),
        messages: VecDeque::from([(TERMINAL, dropped)]),
        alarms: Vec::new(),
        now: now(),
        files: Vec::new(),
    };
    world.run()
}

/// Puts an answer into both folders a desk watches. It was asked for by nobody, so all that
/// counts is that the desk goes on.
pub fn hand_to_desk(kind: &Kind, bytes: Vec<u8>) {
    let code = InstitutionCode::from(INSTITUTION);
    let institution = Institution { code, ..Institution::default() };
    let readers = vec![PartyId::Reader(0)];
    let desk = Desk::new(register(), institution, TERMINAL, readers, Style::default());
    let file = |folder, name: &str| {
        let file = File { folder, name: name.to_owned(), bytes: Bytes(bytes.clone()) };
        (DESK, Input::Message { from: TERMINAL, message: Message::File(file) })
    };
    let answer = format!("{}res_202611200001.xml", kind.prefix);
    let face = "OQSsiquc01res_face_131999000100000000000000000001_20261120100000.xml";
    let parties: [(PartyId, Box<dyn Party>); 1] = [(DESK, Box::new(desk))];
    let world = World {
        parties: parties.into(),
        messages: VecDeque::from([file(Folder::Res, &answer), file(Folder::Face, face)]),
        alarms: Vec::new(),
        now: now(),
        files: Vec::new(),
    };
    world.run();
}

/// Whether an answer says that something was wrong: with the whole, or with the person.
pub fn says_error(answer: &[u8]) -> bool {
    fn says(element: &Element) -> bool {
        match (element.name.as_str(), element.text.trim()) {
            ("SegmentOfResult", "9") | ("ProcessingResultStatus", "2") => true,
            ("ResultCode", code) => code != "1",
            _ => element.children.iter().any(says),
        }
    }
    let (root, _) = read_document(answer).unwrap();
    says(&root)
}
