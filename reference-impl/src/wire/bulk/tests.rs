use jiff::civil::date;

use super::*;
use crate::wire::{Counts, ElementOrder, Level, Padding, Segment, Sex, Style};

fn styles() -> [Style; 3] {
    [
        Style::default(),
        Style { charset: crate::wire::Charset::ShiftJis, ..Style::default() },
        Style {
            order: ElementOrder::Scattered,
            insurer_padding: Padding::Zeros,
            ..Style::default()
        },
    ]
}

fn person(number: &str, id: &str) -> BulkSearch {
    BulkSearch {
        key: InsuredKey {
            insurer: "138016".into(),
            symbol: "12-34".into(),
            number: number.into(),
            branch: "02".into(),
        },
        birth: date(1954, 3, 1),
        limit_consent: Some(true),
        known_limit: None,
        person_id: Some(id.to_owned()),
    }
}

fn upload() -> BulkUpload {
    let people = ["5678", "5679"].into_iter().zip(["A", "B"]);
    let people = people.map(|(number, id)| BulkEntry::Person(person(number, id))).collect();
    BulkUpload {
        institution: "1319990001".into(),
        file_id: Some("BULK-1".to_owned()),
        content: BulkContent::People { date: date(2026, 11, 21), people },
    }
}

fn text(upload: &BulkUpload) -> String {
    String::from_utf8(write_bulk_upload(upload, &Style::default())).unwrap()
}

fn list(treatment: TreatmentKind, by: ListedBy) -> BulkUpload {
    let (from, to) = (date(2026, 11, 18), date(2026, 11, 20));
    BulkUpload {
        content: BulkContent::Consented(ConsentedList { treatment, by, from, to }),
        ..upload()
    }
}

#[test]
fn every_kind_of_upload_reads_back_in_every_style() {
    let tickets = BulkContent::Tickets(Month::of(date(2026, 11, 1)));
    for upload in [
        upload(),
        list(TreatmentKind::HomeVisit, ListedBy::Consent),
        list(TreatmentKind::Online, ListedBy::Consent),
        list(TreatmentKind::Online, ListedBy::Examination),
        BulkUpload { content: tickets, ..upload() },
    ] {
        for style in styles() {
            let bytes = write_bulk_upload(&upload, &style);
            assert_eq!(read_bulk_upload(&bytes, upload.content.kind()), Ok(upload.clone()));
        }
    }
}

#[test]
fn a_person_who_cannot_be_read_leaves_the_others_alone() {
    let text = text(&upload()).replacen("<Birthdate>19540301", "<Birthdate>S290301", 1);
    let read = read_bulk_upload(text.as_bytes(), BulkKind::Confirmation).unwrap();
    let BulkContent::People { people, .. } = read.content else { panic!("no people") };
    let [BulkEntry::Unreadable { person_id, error }, BulkEntry::Person(second)] = &people[..]
    else {
        panic!("{people:?}")
    };
    assert_eq!(person_id.as_deref(), Some("A"));
    assert_eq!((error.element.as_str(), error.level), ("Birthdate", Level::Person));
    assert_eq!(second.person_id.as_deref(), Some("B"));
}

#[test]
fn an_upload_that_is_wrong_as_a_whole_is_refused() {
    let home = list(TreatmentKind::HomeVisit, ListedBy::Consent);
    for (upload, good, bad, element) in [
        (upload(), "1319990001", "131999", "MedicalInstitutionCode"),
        (upload(), ">20261121<", "><", "QualificationConfirmationDate"),
        (home.clone(), "Flag>2<", "Flag>3<", "QualificationConfirmSearchInfo"),
        (home.clone(), ">20261120<", ">20261117<", "QualificationConfirmSearchInfo"),
        (home.clone(), "ConsentDateFrom>", "ExaminationDateFrom>", "ConsentDateFrom"),
        (home, ">20261118<", ">2026-11-18<", "ConsentDateFrom"),
    ] {
        let text = text(&upload).replace(good, bad);
        let error = read_bulk_upload(text.as_bytes(), upload.content.kind()).unwrap_err();
        assert_eq!(error.element, element, "{bad}: {error}");
    }
}

fn header(segment: Segment) -> PlainHeader {
    let at = Jst::from_compact("20261120180412").unwrap();
    PlainHeader {
        confirmation_date: Some(date(2026, 11, 21)),
        file_id: Some("BULK-1".to_owned()),
        reception: Some("131999000120261120180005001".into()),
        segment,
        ..PlainHeader::new(at, "1319990001".into())
    }
}

#[test]
fn every_end_of_a_job_reads_back_in_every_style() {
    let found = PersonResult::new(
        person("5678", "A").key,
        "見本区",
        "架空　良子",
        Sex::Female,
        date(1954, 3, 1),
    );
    let notice = Notice { code: "9".to_owned(), message: "見本".to_owned() };
    let unit = |search, status, people: Vec<PersonResult>| BulkUnit {
        search: Some(search),
        status,
        result: (status == Status::Error).then(|| notice.clone()),
        validity: (!people.is_empty()).then_some(Validity::Valid),
        reference_numbers: people.iter().map(|_| "100123".into()).collect(),
        people,
    };
    let done = PlainHeader {
        counts: Some(Counts { all: 2, normal: 1, errors: 1 }),
        ..header(Segment::Normal)
    };
    let units = vec![
        unit(UnitSearch::Person(person("5678", "A")), Status::Normal, vec![found.clone(), found]),
        unit(UnitSearch::Only("B".to_owned()), Status::Error, Vec::new()),
    ];
    let nothing = Vec::new;
    for mut result in [
        BulkResult { header: done, units },
        BulkResult { header: header(Segment::InProcess), units: nothing() },
        BulkResult { header: header(Segment::Normal).failed(notice.clone()), units: nothing() },
    ] {
        for style in styles() {
            result.header.charset = style.charset;
            let bytes = write_bulk_result(&result, &style);
            assert_eq!(read_bulk_result(&bytes).as_ref(), Ok(&result));
        }
    }
}

#[test]
fn a_receipt_without_a_segment_did_not_fail() {
    let at = Jst::from_compact("20261120180005").unwrap();
    let receipt = BulkReceipt {
        header: PlainHeader::new(at, "1319990001".into()),
        reception: Some(Reception { number: "1".into(), at }),
    };
    let text = String::from_utf8(write_bulk_receipt(&receipt, &Style::default())).unwrap();
    let without = text.replace("<SegmentOfResult>1</SegmentOfResult>", "");
    assert_ne!(text, without);
    assert_eq!(read_bulk_receipt(without.as_bytes()), Ok(receipt));
}
