//! Any request and answer, in any style, and documents that were damaged.

use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::calendar::{Jst, Month, SECOND};
use crate::ids::{InstitutionCode, InsuredKey, ReferenceNumber};
use crate::wire::{
    CardClass, CareSetting, CertificateKind, Charset, ConsentFlag, Disease, ElementOrder,
    InstitutionMatch, Level, LimitChange, LimitClass, LossReason, Padding, PrescriptionForm,
    PrescriptionPlace, Reference, Relation, Segment, Sex, Status, Style, TicketKind, TicketUse,
    Validity, YesNo,
};

fn style() -> impl Strategy<Value = Style> {
    (
        select(vec![Charset::Utf8, Charset::ShiftJis]),
        select(vec![Padding::Spaces, Padding::Zeros]),
        select(vec![ElementOrder::Layout, ElementOrder::Scattered]),
        select(vec![PrescriptionPlace::Body, PrescriptionPlace::Person]),
    )
        .prop_map(|(charset, insurer_padding, order, prescription_place)| Style {
            charset,
            insurer_padding,
            order,
            prescription_place,
            ..Style::default()
        })
}

/// Text that both character codes hold, with everything that XML has to escape.
///
/// Boxed, like everything larger here: otherwise the tree of one person fills the stack.
fn text() -> BoxedStrategy<String> {
    "[a-z<>&\"'あ-ん一二三見本花子髙﨑①ｱ-ﾝ●　\\]]([ -~\r\n\t見本　ｱ-ﾝ]{0,8}[a-z見本ﾊﾅｺ&])?".boxed()
}

fn date() -> impl Strategy<Value = Date> {
    (1868i16..2100, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d))
}

fn at() -> impl Strategy<Value = Jst> {
    (0i64..4_000_000_000).prop_map(|seconds| Jst::from_micros(seconds * SECOND))
}

fn institution() -> impl Strategy<Value = InstitutionCode> {
    "[0-9]{10}".prop_map(InstitutionCode)
}

fn key() -> impl Strategy<Value = InsuredKey> {
    let insurer = prop_oneof!["[0-9]{6}", "0[1-9][0-9]{6}", "[1-9][0-9]{7}"];
    let symbol = "([0-9０-９見本・-]{1,20})?";
    (insurer, symbol, "[0-9０-９]{1,20}", "([0-9]{2})?").prop_map(
        |(insurer, symbol, number, branch)| InsuredKey {
            insurer: insurer.as_str().into(),
            symbol: symbol.as_str().into(),
            number: number.as_str().into(),
            branch: branch.as_str().into(),
        },
    )
}

prop_compose! {
    fn search()(
        key in key(), birth in date(), limit_consent: bool, person_id in of(text()),
    ) -> SearchInfo {
        SearchInfo { key, birth, limit_consent, person_id }
    }
}

prop_compose! {
    fn request()(
        confirmation_date in date(), institution in institution(), file_id in of(text()),
        search in search().boxed(),
    ) -> ConfirmationRequest {
        ConfirmationRequest { confirmation_date, institution, file_id, search }
    }
}

fn notice() -> impl Strategy<Value = Notice> {
    let code_or_text = prop_oneof![
        (text(), text()),
        (text(), Just(String::new())),
        (Just(String::new()), text()),
    ];
    code_or_text.prop_map(|(code, message)| Notice { code, message })
}

prop_compose! {
    fn triple()(
        flag in select(ConsentFlag::ALL), at in of(at()), until in of(at()),
    ) -> ConsentTriple {
        ConsentTriple { flag, at, until }
    }
}

prop_compose! {
    fn elderly()(
        issued in of(date()), from in of(date()), to in of(date()), ratio_percent in 0u8..=100,
    ) -> ElderlyRecipient {
        ElderlyRecipient { issued, from, to, ratio_percent }
    }
}

prop_compose! {
    fn limit()(
        certificate in of(select(CertificateKind::ALL)), class in select(LimitClass::ALL),
        issued in of(date()), from in of(date()), to in of(date()), long_term in of(date()),
    ) -> LimitInfo {
        LimitInfo { certificate, class, issued, from, to, long_term }
    }
}

prop_compose! {
    fn disease()(
        disease in select(Disease::ALL), issued in of(date()), from in of(date()),
        to in of(date()), self_pay: Option<u32>,
    ) -> SpecificDisease {
        SpecificDisease { disease, issued, from, to, self_pay }
    }
}

prop_compose! {
    fn ticket()(
        kind in select(TicketKind::ALL), dates in (date(), of(date()), date()),
        institution_match in select(InstitutionMatch::ALL),
        institutions in [of(institution()), of(institution())],
        texts in [of(text()), of(text()), of(text()), of(text()), of(text())],
        injuries in [of(text()), of(text()), of(text())],
        remarks in [of(text()), of(text()), of(text())],
        care in of(select(CareSetting::ALL)), self_pay: Option<u32>,
        use_with in of(select(TicketUse::ALL)), inconsistent: bool,
        marks in [
            of(select(YesNo::ALL)), of(select(YesNo::ALL)), of(select(YesNo::ALL)),
            of(select(YesNo::ALL)),
        ],
    ) -> MedicalTicket {
        let (from, to, month) = (dates.0, dates.1, Month::of(dates.2));
        let [institution, prescriber] = institutions;
        let [number, institution_name, prescriber_name, district_contact, handling_contact] = texts;
        let [social_insurance, infection, elderly_care, prefectural] = marks;
        MedicalTicket {
            to, number, institution, institution_name, prescriber, prescriber_name, injuries, care,
            self_pay, district_contact, handling_contact, use_with, social_insurance, inconsistent,
            infection, elderly_care, prefectural, remarks,
            ..MedicalTicket::new(kind, month, from, institution_match)
        }
    }
}

prop_compose! {
    fn identity()(
        key in key(), insurer_name in text(), name in text(), sex in select(Sex::ALL),
        birth in date(), card_class in select(CardClass::ALL), relation in of(select(Relation::ALL)),
        names in [of(text()), of(text()), of(text()), of(text())],
        sex_on_back in of(select(Sex::ALL)), address in of(text()), post in of("[0-9]{3}-[0-9]{4}"),
    ) -> PersonResult {
        let [insured_name, other_name, kana, other_kana] = names;
        PersonResult {
            card_class, relation, insured_name, other_name, kana, other_kana, sex_on_back, address,
            post, ..PersonResult::new(key, insurer_name, name, sex, birth)
        }
    }
}

prop_compose! {
    fn person()(
        identity in identity().boxed(),
        dates in [of(date()), of(date()), of(date()), of(date()), of(date())],
        ratio_percent in of(0u8..=100), preschool: bool,
        loss_reason in of(select(LossReason::ALL)), elderly in of(elderly().boxed()),
        limit_consent in of((any::<bool>(), of(at()))), limit in of(limit().boxed()),
        disease_consent in of((select(ConsentFlag::ALL), of(at()))),
        diseases in vec(disease().boxed(), 0..3), tickets in vec(ticket().boxed(), 0..3),
        triples in [of(triple().boxed()), of(triple().boxed()), of(triple().boxed()), of(triple().boxed())],
        limit_changed in of(select(LimitChange::ALL)), ids in [of(text()), of(text())],
    ) -> PersonResult {
        let [qualification_date, disqualification_date, issued, valid_from, valid_to] = dates;
        let [checkup, drugs, diagnosis, operation] = triples;
        let [person_id, reference_number] = ids;
        PersonResult {
            qualification_date, disqualification_date, issued, valid_from, valid_to,
            ratio_percent, preschool, loss_reason, elderly, limit, diseases, tickets,
            limit_consent: limit_consent.map(|(given, at)| ConsentMark { given, at }),
            disease_consent: disease_consent.map(|(flag, at)| ConsentStamp { flag, at }),
            checkup, drugs, diagnosis, operation, person_id, limit_changed,
            reference_number: reference_number.map(ReferenceNumber),
            ..identity
        }
    }
}

prop_compose! {
    fn body()(
        status in select(Status::ALL), result in of(notice()),
        validity in of(select(Validity::ALL)), prescription in of(select(PrescriptionForm::ALL)),
        search in of(search().boxed()), people in vec(person().boxed(), 0..3),
    ) -> AnswerBody {
        AnswerBody { status, result, validity, prescription, search, people }
    }
}

prop_compose! {
    fn header()(
        executed in at(), confirmation_date in date(), institution in institution(),
        file_id in of(text()), reference in select(Reference::ALL),
        segment in select(Segment::ALL), error in of(notice()),
    ) -> AnswerHeader {
        let charset = Charset::Utf8;
        AnswerHeader {
            executed, confirmation_date, institution, file_id, reference, segment, error, charset,
        }
    }
}

prop_compose! {
    /// An answer, and a style whose character code it names.
    fn answer()(
        mut header in header().boxed(), body in of(body().boxed()), style in style(),
    ) -> (ConfirmationAnswer, Style) {
        header.charset = style.charset;
        (ConfirmationAnswer { header, body }, style)
    }
}

/// Damage to a document: a stretch of bytes goes missing, comes twice, or all after it is lost.
#[derive(Clone, Debug)]
enum Damage {
    Remove(Index, usize),
    Double(Index, usize),
    Truncate(Index),
    Overwrite(Index, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), 1usize..80).prop_map(|(at, length)| Damage::Remove(at, length)),
        (any::<Index>(), 1usize..80).prop_map(|(at, length)| Damage::Double(at, length)),
        any::<Index>().prop_map(Damage::Truncate),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Overwrite(at, byte)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        match damage {
            Damage::Remove(at, count) => {
                let start = at.index(length);
                bytes.drain(start..length.min(start + count));
            }
            Damage::Double(at, count) => {
                let start = at.index(length);
                let end = length.min(start + count);
                let copy = bytes[start..end].to_vec();
                bytes.splice(end..end, copy);
            }
            Damage::Truncate(at) => bytes.truncate(at.index(length)),
            Damage::Overwrite(at, byte) => bytes[at.index(length)] = *byte,
        }
    }
    bytes
}

/// What is read may be right or wrong, but a problem is always put into words.
fn reads_without_panic(bytes: &[u8]) {
    for error in [read_request(bytes).err(), read_answer(bytes).err()].into_iter().flatten() {
        assert!(!error.problem.is_empty() && error.line > 0 && error.column > 0, "{error}");
    }
}

/// Whether a line holds both tags of one element.
fn is_leaf(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.starts_with(b"</") && line.windows(2).any(|pair| pair == b"</")
}

fn xml_has(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

proptest! {
    #[test]
    fn any_request_reads_back_in_any_style(request in request(), style in style()) {
        prop_assert_eq!(read_request(&write_request(&request, &style)), Ok(request));
    }

    #[test]
    fn any_answer_reads_back_in_any_style((answer, style) in answer()) {
        prop_assert_eq!(read_answer(&write_answer(&answer, &style)), Ok(answer));
    }

    #[test]
    fn any_text_reads_back_with_bullets_for_what_is_lost(
        mut request in request(),
        name in "[^ \t\r\n\x0C](.{0,10}[^ \t\r\n\x0C])?",
        style in style(),
    ) {
        request.search.person_id = Some(name.clone());
        let read = read_request(&write_request(&request, &style)).unwrap();
        let kept = |c| if style.charset.holds(c) && xml_has(c) { c } else { '●' };
        prop_assert_eq!(read.search.person_id, Some(name.chars().map(kept).collect()));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..400)) {
        reads_without_panic(&bytes);
    }

    #[test]
    fn damaged_documents_never_panic(
        (answer, style) in answer(), request in request(), damages in vec(damage(), 1..4),
    ) {
        reads_without_panic(&damaged(write_answer(&answer, &style), &damages));
        reads_without_panic(&damaged(write_request(&request, &style), &damages));
    }

    #[test]
    fn a_truncated_request_is_an_error_of_the_file(
        request in request(), style in style(), at: Index,
    ) {
        let bytes = write_request(&request, &style);
        // The last byte is the line feed after the root element.
        let cut = &bytes[..at.index(bytes.len() - 1)];
        prop_assert_eq!(read_request(cut).map_err(|error| error.level), Err(Level::File));
    }

    #[test]
    fn a_lost_or_doubled_element_is_never_an_error_of_the_file(
        request in request(), style in style(), at: Index, twice: bool,
    ) {
        // Free text might hold line feeds; without, every leaf of a document is one line.
        let person_id = request.search.person_id.as_ref().map(|_| "100123".to_owned());
        let search = SearchInfo { person_id, ..request.search };
        let request = ConfirmationRequest { file_id: None, search, ..request };
        let text = write_request(&request, &style);
        let lines: Vec<_> = text.split_inclusive(|byte| *byte == b'\n').collect();
        let leaves: Vec<_> = (0..lines.len()).filter(|index| is_leaf(lines[*index])).collect();
        let chosen = leaves[at.index(leaves.len())];
        let copies = |index| if index != chosen { 1 } else if twice { 2 } else { 0 };
        let changed: Vec<u8> =
            (0..lines.len()).flat_map(|index| lines[index].repeat(copies(index))).collect();
        let level = read_request(&changed).map_err(|error| error.level);
        prop_assert_ne!(&level, &Err(Level::File));
        prop_assert!(!twice || level.is_err());
    }
}
