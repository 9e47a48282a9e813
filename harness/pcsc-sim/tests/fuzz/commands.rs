//! The commands that are sent, and the cards that they are sent to.

use arbitrary::{Arbitrary, Unstructured};
use pcsc_sim::chip::Chip;
use pcsc_sim::{Profile, SmartCard, pki};
use rsa::rand_core::{CryptoRng, Error, RngCore};
use sha2::Sha256;

const APPLICATIONS: [&[u8]; 5] = [
    b"\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01",
    b"\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x02",
    b"\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x08",
    b"\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x01",
    b"\xD3\x92\x10\x00\x31\x00\x01\x01\x01\x00",
];

/// Commands that a card takes somewhere, to be sent as they are or with something done to them.
const GOOD: [&[u8]; 28] = [
    b"\x00\xA4\x02\x0C\x02\x00\x18",
    b"\x00\xA4\x02\x0C\x02\x00\x17",
    b"\x00\xA4\x02\x0C\x02\x00\x0A",
    b"\x00\xA4\x04\x0C\x07\xA0\x00\x00\x01\x51\x00\x00",
    b"\x00\xB0\x00\x00\x00",
    b"\x00\xB0\x8A\x00\x00",
    b"\x00\xB0\x07\x00\x10",
    b"\x00\xB2\x01\x0C\x00",
    b"\x00\xB2\x02\x0C\x00",
    b"\x00\xB0\x88\x10\x00",
    b"\x00\x20\x00\x80",
    b"\x00\x20\x00\x98\x041234",
    b"\x00\x20\x00\x98\x049999",
    b"\x00\x20\x00\x9B\x08TEST1234",
    b"\x00\x20\x00\x92\x0E60041220330427",
    b"\x00\x24\x01\x80\x045678",
    b"\x00\x24\x01\x9B\x06ABC123",
    b"\x80\x32\x00\x9C\x045678",
    b"\x80\x2A\x00\x97\x04TEST\x00",
    b"\x80\x2A\x00\x00\x04TEST\x00",
    b"\x00\x88\x00\x99\x04TEST\x00",
    b"\x00\x82\x00\x96\x04TEST",
    b"\x00\x84\x00\x00\x10",
    b"\x00\xCA\x00\xF0\x00",
    b"\x80\xAE\x00\x00\x02\xA0\x00",
    b"\x80\xFC\x00\x00",
    b"\x08\xB0\x00\x00\x05\x96\x03\x00\x00\x04\x00",
    b"\x08\x20\x00\x91\x13\x86\x11\x010123456789ABCDEF",
];

/// One thing done to a good command. Numbers pick a place, wherever they point.
#[derive(Arbitrary, Debug)]
enum Mutation {
    Nothing,
    Flipped(u8, u8),
    Set(u8, u8),
    Truncated(u8),
    Inserted(u8, u8),
    Appended(u8),
}

/// A command put together from its parts.
#[derive(Arbitrary, Debug)]
struct Shaped {
    class: Class,
    instruction: Instruction,
    p1: Parameter,
    p2: Parameter,
    data: Vec<u8>,
    expected: Option<u8>,
    extended: bool,
}

#[derive(Arbitrary, Debug)]
enum Class {
    First,
    Own,
    Any(u8),
}

#[derive(Arbitrary, Debug)]
enum Instruction {
    /// One that the card knows.
    Known(u8),
    Any(u8),
}

#[derive(Arbitrary, Debug)]
enum Parameter {
    Nought,
    One,
    Current,
    Short(u8),
    Any(u8),
}

const INSTRUCTIONS: [u8; 14] =
    [0xA4, 0xB0, 0xB2, 0x20, 0x24, 0x32, 0x2A, 0x88, 0x82, 0x84, 0xCA, 0xAE, 0xA2, 0xFC];

/// One command: good with something done to it, put together, or any bytes.
pub fn one(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>> {
    Ok(match u.int_in_range(0..=9)? {
        0..=4 => mutated(u)?,
        5..=7 => u.arbitrary::<Shaped>()?.bytes(),
        8 => select(u)?,
        _ => {
            let length = u.int_in_range(0..=40)?;
            u.bytes(length)?.to_vec()
        }
    })
}

/// SELECT of an application by its identifier or the beginning of it, or of any file.
fn select(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>> {
    if u.ratio(1, 3)? {
        return Ok(vec![0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, u.int_in_range(0..=0x1F)?]);
    }
    let identifier = u.choose(&APPLICATIONS)?;
    let length = u.int_in_range(1..=identifier.len())?;
    let mut command = vec![0x00, 0xA4, 0x04, 0x0C, u8::try_from(length).unwrap()];
    command.extend(&identifier[..length]);
    Ok(command)
}

fn mutated(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>> {
    let mut command = match u.int_in_range(0..=30)? {
        0 => show_terminal(),
        _ => u.choose(&GOOD)?.to_vec(),
    };
    for _ in 0..u.int_in_range(0..=2)? {
        change(&mut command, &u.arbitrary()?);
    }
    Ok(command)
}

fn change(command: &mut Vec<u8>, mutation: &Mutation) {
    let place = |at: u8, command: &[u8]| usize::from(at) % (command.len() + 1);
    match *mutation {
        Mutation::Nothing => {}
        Mutation::Flipped(at, by) => {
            let at = place(at, command);
            if let Some(byte) = command.get_mut(at) {
                *byte ^= by;
            }
        }
        Mutation::Set(at, to) => {
            let at = place(at, command);
            if let Some(byte) = command.get_mut(at) {
                *byte = to;
            }
        }
        Mutation::Truncated(at) => command.truncate(place(at, command)),
        Mutation::Inserted(at, byte) => command.insert(place(at, command), byte),
        Mutation::Appended(byte) => command.push(byte),
    }
}

impl Shaped {
    fn bytes(&self) -> Vec<u8> {
        let class = match self.class {
            Class::First => 0x00,
            Class::Own => 0x80,
            Class::Any(class) => class,
        };
        let instruction = match self.instruction {
            Instruction::Known(at) => INSTRUCTIONS[usize::from(at) % INSTRUCTIONS.len()],
            Instruction::Any(instruction) => instruction,
        };
        let parameter = |parameter: &Parameter| match parameter {
            Parameter::Nought => 0x00,
            Parameter::One => 0x01,
            Parameter::Current => 0x80,
            Parameter::Short(file) => 0x80 | file & 0x1F,
            Parameter::Any(parameter) => *parameter,
        };
        let mut bytes = vec![class, instruction, parameter(&self.p1), parameter(&self.p2)];
        if self.extended {
            bytes.push(0x00);
        }
        if !self.data.is_empty() {
            let length = u16::try_from(self.data.len()).unwrap().to_be_bytes();
            bytes.extend(if self.extended { &length[..] } else { &length[1..] });
            bytes.extend(&self.data);
        }
        if let Some(expected) = self.expected {
            bytes.extend(self.extended.then_some(0x00));
            bytes.push(expected);
        }
        bytes
    }
}

fn show_terminal() -> Vec<u8> {
    let certificate = pki::terminal_certificate();
    let length = u16::try_from(certificate.len()).unwrap().to_be_bytes();
    [&[0x80, 0xA2, 0x00, 0xC1, 0x00][..], &length, certificate].concat()
}

/// What the padding of a session key takes for random.
struct Noughts;

impl RngCore for Noughts {
    fn next_u32(&mut self) -> u32 {
        0
    }

    fn next_u64(&mut self) -> u64 {
        0
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        bytes.fill(0);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        bytes.fill(0);
        Ok(())
    }
}

impl CryptoRng for Noughts {}

/// SET SESSION KEY with a key of noughts.
fn set_session_key() -> Vec<u8> {
    let message = [&[0xA0, 0x22, 0x80, 0x20][..], &[0; 32]].concat();
    let key = pki::key(pki::Role::TextSession).public();
    let delivered = key.encrypt(&mut Noughts, rsa::Oaep::new::<Sha256>(), &message).unwrap();
    [&[0x80, 0xAE, 0x00, 0x00, 0x00, 0x01, 0x00][..], &delivered].concat()
}

fn good(card: &mut Chip, command: &[u8]) {
    let answer = card.apdu(command);
    assert!(answer.ends_with(&[0x90, 0x00]), "{command:02X?} is answered {answer:02X?}");
}

fn open(card: &mut Chip, application: &[u8]) {
    let length = u8::try_from(application.len()).unwrap();
    good(card, &[&[0x00, 0xA4, 0x04, 0x0C, length], application].concat());
}

/// Every kind of card as it comes, in each of its applications, and after the right entries; one
/// before a terminal that has shown its certificate, and one in a session of secure messaging.
pub fn cards() -> Vec<Chip> {
    let mut cards = Vec::new();
    for profile in Profile::all() {
        let mut card = Chip::of(profile);
        card.confirm_holder();
        cards.push(card.clone());
        for application in profile.applications() {
            open(&mut card, &application.aid);
            // What everybody may read is read once and not in every case.
            (0x01..=0x1E).for_each(|file| drop(card.apdu(&[0x00, 0xB0, 0x80 | file, 0x00, 0x00])));
            cards.push(card.clone());
        }
        for entry in [&b"\x00\x20\x00\x98\x041234"[..], b"\x00\x20\x00\x9B\x08TEST1234"] {
            open(&mut card, &profile.applications()[0].aid);
            card.apdu(entry);
            card.apdu(b"\x00\xB0\x81\x00\x00");
            card.apdu(b"\x00\xB0\x8A\x00\x00");
            cards.push(card.clone());
        }
    }
    let mut convinced = Chip::of(Profile::named("adult").unwrap());
    open(&mut convinced, APPLICATIONS[0]);
    good(&mut convinced, &show_terminal());
    good(&mut convinced, b"\x00\x84\x00\x00\x10");
    cards.push(convinced);
    let mut secret = Chip::of(Profile::named("adult").unwrap());
    open(&mut secret, APPLICATIONS[2]);
    good(&mut secret, b"\x00\x20\x00\x91\x041234");
    good(&mut secret, &set_session_key());
    good(&mut secret, b"\x00\xB0\x81\x00\x00");
    cards.push(secret);
    cards
}
