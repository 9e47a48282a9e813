//! The published shapes of the interface, as files: each is read, written back in both character
//! codes, and says the same.
//!
//! The people, numbers and institutions in `samples` are fictional.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::fmt::Debug;

use jiff::civil::date;
use madoguchi_reference::wire::element::{Element, read_document};
use madoguchi_reference::wire::{
    BulkContent, BulkEntry, BulkKind, CardClass, Charset, CheckUpAnswer, Disease, LimitChange,
    LimitClass, ReadError, RecordsAnswer, RegistrationForm, Segment, Status, Style, UnitSearch,
    Validity, read_answer, read_bulk_download, read_bulk_receipt, read_bulk_result,
    read_bulk_upload, read_check_up_answer, read_records_answer, read_records_request,
    read_registration_answer, read_registration_request, read_request, write_answer,
    write_bulk_download, write_bulk_receipt, write_bulk_result, write_bulk_upload,
    write_check_up_answer, write_records_answer, write_records_request, write_registration_answer,
    write_registration_request, write_request,
};

/// Every leaf of a document with the path to it, sorted: what it says, without how.
fn leaves(bytes: &[u8]) -> Vec<String> {
    fn collect(element: &Element, path: &str, all: &mut Vec<String>) {
        let path = format!("{path}/{}", element.name);
        // The character code is what the two versions are meant to differ in.
        if element.name == "CharacterCodeIdentifier" {
            return;
        }
        if element.children.is_empty() {
            // Where a value begins with spaces, they are columns of the layout.
            all.push(format!("{path} = {:?}", element.text));
        }
        for child in &element.children {
            collect(child, &path, all);
        }
    }
    let (root, _) = read_document(bytes).unwrap();
    let mut all = Vec::new();
    collect(&root, "", &mut all);
    all.sort();
    all
}

/// Reads `text`, writes it in both character codes, and reads that: nothing of it is lost.
fn kept<T: Debug + PartialEq>(
    text: &str,
    read: impl Fn(&[u8]) -> Result<T, ReadError>,
    write: impl Fn(&T, &Style) -> Vec<u8>,
    style: Style,
) -> T {
    let first = read(text.as_bytes()).unwrap();
    for charset in [Charset::Utf8, Charset::ShiftJis] {
        let written = write(&first, &Style { charset, ..style });
        assert_eq!(leaves(&written), leaves(text.as_bytes()), "{charset:?}");
        let again = read(&written).unwrap();
        let back = write(&again, &style);
        assert_eq!(read(&back).unwrap(), first, "{charset:?}");
    }
    first
}

fn plain() -> Style {
    Style::default()
}

#[test]
fn a_single_request() {
    let request =
        kept(include_str!("samples/single-request.xml"), read_request, write_request, plain());
    assert_eq!(request.search.key.insurer.as_str(), "06139992");
    assert_eq!(request.search.birth, date(1985, 4, 12));
    assert!(request.search.limit_consent);
}

#[test]
fn a_result_with_a_limit_class_and_a_name_with_a_bullet() {
    let text = include_str!("samples/result-with-limit.xml");
    let answer = kept(text, read_answer, write_answer, plain());
    let person = &answer.body.unwrap().people[0];
    assert_eq!(person.limit.as_ref().unwrap().class, LimitClass::B05);
    assert_eq!(person.elderly.as_ref().unwrap().ratio_percent, 20);
    assert_eq!(person.name, "架空　●子");
}

#[test]
fn a_result_of_the_reader_with_a_reference_number() {
    let answer = kept(include_str!("samples/face-result.xml"), read_answer, write_answer, plain());
    let person = &answer.body.unwrap().people[0];
    assert_eq!(person.reference_number.as_ref().unwrap().as_str(), "100123");
}

#[test]
fn a_bulk_job_from_upload_to_result() {
    let upload = kept(
        include_str!("samples/bulk-upload.xml"),
        |bytes| read_bulk_upload(bytes, BulkKind::Confirmation),
        write_bulk_upload,
        plain(),
    );
    let BulkContent::People { people, .. } = upload.content else { panic!("no people") };
    let [BulkEntry::Person(asked)] = &people[..] else { panic!("not one person") };
    assert_eq!(asked.known_limit.unwrap().class, LimitClass::B09);

    let text = include_str!("samples/bulk-receipt.xml");
    let receipt = kept(text, read_bulk_receipt, write_bulk_receipt, plain());
    let text = include_str!("samples/bulk-download.xml");
    let download = kept(text, read_bulk_download, write_bulk_download, plain());
    assert_eq!(receipt.reception.unwrap().number, download.reception);

    let text = include_str!("samples/bulk-result.xml");
    let result = kept(text, read_bulk_result, write_bulk_result, plain());
    assert_eq!(result.header.reception, Some(download.reception));
    assert_eq!(result.header.segment, Segment::Normal);
    let unit = &result.units[0];
    assert!(matches!(&unit.search, Some(UnitSearch::Person(echo)) if echo.key == asked.key));
    assert_eq!(unit.validity, Some(Validity::Valid));
    assert_eq!(unit.people[0].limit_changed, Some(LimitChange::Unchanged));
    assert_eq!(unit.reference_numbers[0].as_str(), "200045");
}

#[test]
fn a_registration_of_a_reference_number_with_the_wrapper_and_without() {
    let form = |registration| Style { registration, ..Style::default() };
    let wrapped = kept(
        include_str!("samples/registration-wrapped.xml"),
        read_registration_request,
        write_registration_request,
        form(RegistrationForm::Wrapped),
    );
    let bare = kept(
        include_str!("samples/registration-bare.xml"),
        read_registration_request,
        write_registration_request,
        form(RegistrationForm::Bare),
    );
    assert_eq!(wrapped, bare);
    let answer = kept(
        include_str!("samples/registration-result.xml"),
        read_registration_answer,
        write_registration_answer,
        plain(),
    );
    assert_eq!(answer.body.unwrap().number, Some(wrapped.number));
}

#[test]
fn drug_information() {
    let text = include_str!("samples/records-request.xml");
    kept(text, read_records_request, write_records_request, plain());
    let text = include_str!("samples/records-answer.xml");
    let answer = kept(text, read_records_answer, write_records_answer, plain());
    let RecordsAnswer::Given(records) = answer else { panic!("refused") };
    assert_eq!(records.months[0].days[0].drugs[0].times.as_deref(), Some("28"));
}

#[test]
fn a_health_check_up() {
    let text = include_str!("samples/check-up-answer.xml");
    let answer = kept(text, read_check_up_answer, write_check_up_answer, plain());
    let CheckUpAnswer::Given(given) = answer else { panic!("refused") };
    assert_eq!(given.check_ups[0].date, date(2026, 6, 10));
    assert_eq!(given.check_ups[0].items[0].value.as_deref(), Some("154.2"));
}

#[test]
fn a_list_of_consents_to_home_visits() {
    let upload = kept(
        include_str!("samples/home-visit-list-request.xml"),
        |bytes| read_bulk_upload(bytes, BulkKind::HomeVisit),
        write_bulk_upload,
        plain(),
    );
    let BulkContent::Consented(list) = upload.content else { panic!("no list") };
    assert_eq!((list.from, list.to), (date(2026, 11, 18), date(2026, 11, 20)));
}

#[test]
fn nobody_found_is_a_normal_end_without_a_list() {
    let answer = kept(include_str!("samples/nobody-found.xml"), read_answer, write_answer, plain());
    let body = answer.body.unwrap();
    assert_eq!((body.status, body.validity), (Status::Normal, Some(Validity::None)));
    assert!(body.people.is_empty());
}

#[test]
fn a_certificate_for_a_specific_disease() {
    let text = include_str!("samples/specific-disease.xml");
    let answer = kept(text, read_answer, write_answer, plain());
    let person = &answer.body.unwrap().people[0];
    assert_eq!(person.card_class, CardClass::General);
    assert_eq!(person.diseases[0].disease, Disease::RenalFailure);
    assert_eq!(person.diseases[0].self_pay, Some(10_000));
}
