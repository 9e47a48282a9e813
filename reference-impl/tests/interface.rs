//! Files that are not what the interface says are answered as the interface answers: an error in
//! the header, an error for the person, or an `.err` file. Never by a crash, never by silence.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use arbitrary::{Arbitrary, Unstructured};
use jiff::civil::date;
use madoguchi_reference::calendar::Jst;
use madoguchi_reference::ids::{InstitutionCode, InsuredKey};
use madoguchi_reference::message::centre::{CentreAnswer, Question, Reply};
use madoguchi_reference::message::file::Bytes;
use madoguchi_reference::message::{File, Folder, Message};
use madoguchi_reference::party::{Input, Outbox, Output, Party, PartyId};
use madoguchi_reference::terminal::Terminal;
use madoguchi_reference::wire::{
    BulkKind, ConfirmationRequest, Family, RequestName, SearchInfo, Segment, Status, Style,
    read_answer, read_request, write_request,
};
use proptest::prelude::*;

const DESK: PartyId = PartyId::Desk(0);

/// One thing done to a good request before it is put into the folder.
#[derive(Arbitrary, Clone, Debug)]
enum Mutation {
    Truncate(u16),
    Flip { at: u16, by: u8 },
    Insert { at: u16, bytes: Vec<u8> },
    DropLine(u8),
    DoubleLine(u8),
    SwapLines(u8, u8),
    Stretch { line: u8, times: u8 },
    OtherEncoding,
}

fn request() -> Vec<u8> {
    let request = ConfirmationRequest {
        confirmation_date: date(2025, 1, 20),
        institution: InstitutionCode::from("1319990001"),
        file_id: Some("T-1".to_owned()),
        search: SearchInfo {
            key: InsuredKey {
                insurer: "06139992".into(),
                symbol: "７０１".into(),
                number: "12345".into(),
                branch: "01".into(),
            },
            birth: date(1985, 4, 12),
            limit_consent: true,
            person_id: None,
        },
    };
    write_request(&request, &Style::default())
}

fn mutated(mut bytes: Vec<u8>, mutations: &[Mutation]) -> Vec<u8> {
    for mutation in mutations {
        let place = |at: u16, bytes: &[u8]| usize::from(at) % bytes.len().max(1);
        let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
        let line = |n: u8, lines: &[Vec<u8>]| usize::from(n) % lines.len().max(1);
        match mutation {
            Mutation::Truncate(at) => bytes.truncate(place(*at, &bytes)),
            Mutation::Flip { at, by } => {
                let at = place(*at, &bytes);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= by;
                }
            }
            Mutation::Insert { at, bytes: more } => {
                let at = place(*at, &bytes);
                bytes.splice(at..at, more.iter().copied());
            }
            Mutation::DropLine(n) => {
                lines.remove(line(*n, &lines));
                bytes = lines.join(&b'\n');
            }
            Mutation::DoubleLine(n) => {
                let n = line(*n, &lines);
                lines.insert(n, lines[n].clone());
                bytes = lines.join(&b'\n');
            }
            Mutation::SwapLines(a, b) => {
                let (a, b) = (line(*a, &lines), line(*b, &lines));
                lines.swap(a, b);
                bytes = lines.join(&b'\n');
            }
            Mutation::Stretch { line: n, times } => {
                let n = line(*n, &lines);
                lines[n] = lines[n].repeat(usize::from(*times));
                bytes = lines.join(&b'\n');
            }
            Mutation::OtherEncoding => {
                let text = String::from_utf8_lossy(&bytes).replace("UTF-8", "Shift_JIS");
                bytes = text.into_bytes();
            }
        }
    }
    bytes
}

/// What the terminal does with a request for one patient: what it sends, to whom.
fn outputs(bytes: Vec<u8>) -> Vec<(PartyId, Message)> {
    outputs_of(Family::Confirmation, bytes)
}

/// Whether the outputs are one of the four things the interface knows.
fn is_answered(sent: &[(PartyId, Message)]) -> bool {
    match sent {
        // Whatever is passed on is a whole request of this institution: written again it reads
        // back the same.
        [(PartyId::Centre, Message::CentreRequest(asked))] => match &asked.question {
            Question::ByNumber(request) => {
                let again = read_request(&write_request(request, &Style::default()));
                again.as_ref() == Ok(&**request) && request.institution.as_str() == "1319990001"
            }
            _ => false,
        },
        [(DESK, Message::File(answer))] => {
            let answer = read_answer(&answer.bytes.0).unwrap();
            let header =
                answer.header.segment == Segment::Abnormal && answer.header.error.is_some();
            let person = answer.body.is_some_and(|b| b.status == Status::Error);
            header || person
        }
        [(DESK, Message::File(request)), (DESK, Message::File(err))] => {
            request.name.contains("req_") && err.name.ends_with(".err")
        }
        _ => false,
    }
}

#[test]
fn a_good_request_goes_to_the_centre() {
    assert!(matches!(outputs(request()).as_slice(), [(PartyId::Centre, _)]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_mutated_request_is_answered_as_the_interface_answers(seed in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = Unstructured::new(&seed);
        let mutations = Vec::<Mutation>::arbitrary(&mut bytes).unwrap_or_default();
        let sent = outputs(mutated(request(), &mutations));
        prop_assert!(is_answered(&sent), "{mutations:?} was answered by {sent:?}");
    }

    #[test]
    fn any_bytes_at_all_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(is_answered(&outputs(bytes)));
    }
}

#[test]
fn a_request_cut_short_anywhere_never_reaches_the_centre() {
    let whole = request();
    // The last bytes are the end of the root element and a line end.
    for length in 0..whole.len() - 2 {
        let sent = outputs(whole[..length].to_vec());
        assert!(!sent.iter().any(|(to, _)| *to == PartyId::Centre), "cut to {length}");
        assert!(is_answered(&sent), "cut to {length}");
    }
}

#[test]
fn a_centre_that_stays_silent_is_an_error_in_the_header_and_not_a_no() {
    let mut terminal = Terminal::new(InstitutionCode::from("1319990001"), DESK, Style::default());
    let mut now: Jst = "2025-01-20T10:00".parse().unwrap();
    let name = "OQSsiquc01req_202501200001.xml".to_owned();
    let file = File { folder: Folder::Req, name, bytes: Bytes(request()) };
    let mut out = Outbox::default();
    let mut input = Input::Message { from: DESK, message: Message::File(file) };
    for _ in 0..100 {
        terminal.handle(now, input, &mut out);
        let mut alarm = None;
        for output in out.drain() {
            match output {
                Output::Send { to: DESK, message: Message::File(answer) } => {
                    let answer = read_answer(&answer.bytes.0).unwrap();
                    assert_eq!(answer.header.segment, Segment::Abnormal);
                    assert_eq!(answer.header.file_id.as_deref(), Some("T-1"));
                    return;
                }
                Output::Wake { at, alarm: rings } => alarm = Some((at, rings)),
                Output::Send { .. } => {}
            }
        }
        let Some((at, rings)) = alarm else { break };
        (now, input) = (at, Input::Alarm(rings));
    }
    panic!("the desk was never told");
}

#[test]
fn an_answer_nobody_asked_for_is_passed_over() {
    let mut terminal = Terminal::new(InstitutionCode::from("1319990001"), DESK, Style::default());
    let now: Jst = "2025-01-20T10:00".parse().unwrap();
    let mut out = Outbox::default();
    let answer = CentreAnswer { id: 99, reply: Reply::CannotTell };
    let message = Message::CentreAnswer(answer);
    terminal.handle(now, Input::Message { from: PartyId::Centre, message }, &mut out);
    assert!(out.is_empty());
}

/// What the terminal does with a file of any family.
fn outputs_of(family: Family, bytes: Vec<u8>) -> Vec<(PartyId, Message)> {
    let mut terminal = Terminal::new(InstitutionCode::from("1319990001"), DESK, Style::default());
    let now: Jst = "2025-01-20T10:00".parse().unwrap();
    let name = RequestName { family, free: "202501200001".to_owned() }.file_name();
    let file = File { folder: Folder::Req, name, bytes: Bytes(bytes) };
    let mut out = Outbox::default();
    let message = Message::File(file);
    terminal.handle(now, Input::Message { from: DESK, message }, &mut out);
    let sends = out.drain().filter_map(|output| match output {
        Output::Send { to, message } => Some((to, message)),
        Output::Wake { .. } => None,
    });
    sends.collect()
}

/// A good request of each of the other families.
fn others() -> Vec<(Family, Vec<u8>)> {
    let sample = |text: &str| text.as_bytes().to_vec();
    let bulk = |kind, text| (Family::BulkUpload(kind), sample(text));
    let download = sample(include_str!("samples/bulk-download.xml"));
    let online = include_str!("samples/home-visit-list-request.xml").replace("Flag>2<", "Flag>3<");
    let tickets = online.replace("ConsentDateFrom>20261118", "MedicalTreatmentMonth>202611");
    let tickets = tickets.replace("/ConsentDateFrom>", "/MedicalTreatmentMonth>");
    vec![
        (Family::Records, sample(include_str!("samples/records-request.xml"))),
        (Family::CheckUps, sample(include_str!("samples/records-request.xml"))),
        (Family::ReferenceNumber, sample(include_str!("samples/registration-bare.xml"))),
        (Family::ReferenceNumber, sample(include_str!("samples/registration-wrapped.xml"))),
        bulk(BulkKind::Confirmation, include_str!("samples/bulk-upload.xml")),
        bulk(BulkKind::HomeVisit, include_str!("samples/home-visit-list-request.xml")),
        bulk(BulkKind::OnlineCare, &online),
        bulk(BulkKind::Tickets, &tickets),
        (Family::BulkDownload(BulkKind::HomeVisit), download),
    ]
}

/// Whether a request is passed on, answered in its own family, or put back beside an error file.
fn is_answered_in(family: Family, sent: &[(PartyId, Message)]) -> bool {
    match sent {
        [(PartyId::Centre, Message::CentreRequest(asked))] => asked.question.is_file(),
        [(DESK, Message::File(answer))] => Family::of_answer(&answer.name) == Some(family),
        [(DESK, Message::File(request)), (DESK, Message::File(err))] => {
            request.name.contains("req_") && err.name.ends_with(".err")
        }
        _ => false,
    }
}

#[test]
fn a_good_request_of_every_family_goes_to_the_centre() {
    for (family, bytes) in others() {
        let sent = outputs_of(family, bytes);
        assert!(matches!(sent.as_slice(), [(PartyId::Centre, _)]), "{family:?}: {sent:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_mutated_request_of_every_family_is_answered_in_that_family(seed in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = Unstructured::new(&seed);
        let mutations = Vec::<Mutation>::arbitrary(&mut bytes).unwrap_or_default();
        for (family, request) in others() {
            let sent = outputs_of(family, mutated(request, &mutations));
            prop_assert!(is_answered_in(family, &sent), "{family:?} {mutations:?}: {sent:?}");
        }
    }
}
