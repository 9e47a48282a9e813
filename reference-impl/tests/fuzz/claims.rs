//! Claim files from outside: whatever is handed in is received or refused, once.

use std::sync::OnceLock;

use arbitrary::Unstructured;
use madoguchi_reference::calendar::Jst;
use madoguchi_reference::clearing::Clearing;
use madoguchi_reference::message::Message;
use madoguchi_reference::message::claim::{ClaimMessage, HandIn, Medium, Replaces};
use madoguchi_reference::message::file::Bytes;
use madoguchi_reference::party::{Input, Outbox, Output, Party, PartyId};
use madoguchi_reference::uke::{self, Form};
use madoguchi_reference::wire::Charset;
use madoguchi_reference::wire::charset::encode;

use crate::world::register;

/// One medical receipt, by hand; everything in it is invented.
const CLAIM: &str = "\
IR,1,13,1,9990001,,見本医院,202506,00,03-0000-0000
RE,1,1112,202505,見本　花子,2,19800115,70,,,,,,K0001,,,,,,,,,,,,,,,,,,,,,,,ﾐﾎﾝ ﾊﾅｺ,
HO,06139992,1234,567890,2,366,,,,,,,,,
KO,54130018,1234566,,2,366,,,,,,
SN,1,01,,,,01,,
JD,1,,,,,,,,,,,,1,,,,,,,,1,,,,,,,,,,,
MF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
SY,4609023,20250512,1,,,01,
SI,11,2,111000110,,291,1,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,,,,,,,,,
SI,12,2,112007410,,75,1,,,,,,,,,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,
CO,99,1,810000001,見本のコメント
GO,1,366,99
";

fn claim() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| encode(&CLAIM.replace('\n', "\r\n"), Charset::ShiftJis).unwrap())
}

/// One thing done to the records of a claim.
fn change(lines: &mut Vec<Vec<u8>>, u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let line = u.choose_index(lines.len().max(1))?;
    let Some(record) = lines.get_mut(line) else { return Ok(()) };
    let mut items: Vec<Vec<u8>> = record.split(|b| *b == b',').map(<[u8]>::to_vec).collect();
    let item = u.choose_index(items.len())?;
    match u.int_in_range(0..=9)? {
        0 => drop(lines.remove(line)),
        1 => lines.insert(line, lines[line].clone()),
        2 => {
            let other = u.choose_index(lines.len())?;
            lines.swap(line, other);
        }
        3 => drop(items.remove(item)),
        4 => items.insert(item, Vec::new()),
        5 => items[item].clear(),
        6 => items[item] = items[item].repeat(u.int_in_range(2..=60)?),
        7 => items[item] = u.arbitrary()?,
        8 => {
            items[item] = u
                .choose(&["-1", "99999999999", "00", "20250231", "3600412", "\u{0}"])?
                .as_bytes()
                .to_vec()
        }
        // In the middle of a character as well.
        _ => {
            let cut = u.choose_index(items[item].len() + 1)?;
            items[item].truncate(cut);
        }
    }
    if let Some(record) = lines.get_mut(line).filter(|_| !items.is_empty()) {
        *record = items.join(&b',');
    }
    Ok(())
}

/// A month's file of each form, in the order of the forms.
fn months() -> &'static [Vec<u8>] {
    static BYTES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let month = |form: &Form| uke::write(&uke::sample::month(*form, 2)).unwrap();
    BYTES.get_or_init(|| Form::ALL.iter().map(month).collect())
}

fn mutated(u: &mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>> {
    if u.ratio(1u8, 20u8)? {
        return u.arbitrary();
    }
    let from = if u.arbitrary()? { claim() } else { u.choose(months())? };
    let mut lines: Vec<Vec<u8>> = from.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    for _ in 0..u.int_in_range(0..=4)? {
        change(&mut lines, u)?;
    }
    let mut bytes = lines.join(&b'\n');
    if u.ratio(1u8, 10u8)? {
        let end = u.choose_index(bytes.len() + 1)?;
        bytes.truncate(end);
    }
    Ok(bytes)
}

fn play(u: &mut Unstructured<'_>) -> arbitrary::Result<&'static str> {
    let bytes = mutated(u)?;
    let read = uke::read(&bytes);
    let examined = uke::examine(&register(), &bytes);
    for finding in &examined.findings {
        assert!(!finding.text.ja.is_empty() && !finding.text.en.is_empty());
        assert!(finding.line > 0 && finding.byte <= bytes.len(), "{finding:?}");
    }
    assert_eq!(read.as_ref().err(), examined.reading.faults.first());
    if let Ok(file) = &read {
        assert_eq!(uke::write(file).as_ref(), Ok(&bytes));
    }
    let mut clearing = Clearing::new(register());
    let mut out = Outbox::default();
    let now: Jst = "2025-06-09T10:00".parse().unwrap();
    let hand_in = HandIn {
        id: 1,
        to: uke::ReviewBody::Siif,
        medium: Medium::Online,
        replaces: Replaces::Nothing,
        file: Bytes(bytes),
    };
    let message = Message::Claim(ClaimMessage::HandIn(hand_in));
    clearing.handle(now, Input::Message { from: PartyId::Desk(0), message }, &mut out);
    let mut received = None;
    let mut due = Vec::new();
    for output in out.drain() {
        match output {
            Output::Send { message: Message::Claim(answer), .. } => {
                let taken = matches!(answer, ClaimMessage::Received { .. });
                assert!(received.replace(taken).is_none(), "a second answer");
            }
            Output::Wake { at, alarm } => due.push((at, alarm)),
            Output::Send { .. } => {}
        }
    }
    let received = received.unwrap();
    // What cannot be read is refused; what can be read may be refused for what it says.
    assert!(read.is_ok() || !received);
    // What was taken in has its result, whether the centre answers or not.
    due.sort_by_key(|(at, _)| *at);
    for (at, alarm) in due {
        clearing.handle(at, Input::Alarm(alarm), &mut out);
    }
    out.drain().for_each(drop);
    let later: Jst = "2025-07-06T10:00".parse().unwrap();
    let message = Message::Claim(ClaimMessage::Fetch { id: 1 });
    clearing.handle(later, Input::Message { from: PartyId::Desk(0), message }, &mut out);
    let told = |o: &Output| {
        matches!(o, Output::Send { message: Message::Claim(ClaimMessage::Results(_)), .. })
    };
    assert_eq!(out.drain().filter(told).count(), usize::from(received));
    Ok(if received { "received" } else { "refused" })
}

#[test]
fn every_foreign_claim_is_received_or_refused() {
    crate::play_all("claims", &["received", "refused"], play);
}

#[test]
fn the_claim_is_good_before_anything_is_done_to_it() {
    assert!(uke::read(claim()).is_ok());
    assert!(months().iter().all(|bytes| uke::read(bytes).is_ok()));
}
