//! Documents like those of section 5, and what is wrong with documents.

use jiff::civil::date;

use super::*;
use crate::calendar::Jst;
use crate::ids::InsuredKey;
use crate::wire::{
    CertificateKind, Charset, ConsentFlag, ElementOrder, Level, LimitClass, Padding,
    PrescriptionForm, PrescriptionPlace, Reference, Relation, Segment, Sex, Status, Style,
    Validity,
};

const REQUEST: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<XmlMsg>
  <MessageHeader>
    <QualificationConfirmationDate>20261120</QualificationConfirmationDate>
    <MedicalInstitutionCode>1319990001</MedicalInstitutionCode>
    <ArbitraryFileIdentifier>HZ-000123</ArbitraryFileIdentifier>
  </MessageHeader>
  <MessageBody>
    <QualificationConfirmSearchInfo>
      <InsurerNumber>  139999</InsurerNumber>
      <InsuredCardSymbol>見７０１</InsuredCardSymbol>
      <InsuredIdentificationNumber>１２３４５</InsuredIdentificationNumber>
      <InsuredBranchNumber>01</InsuredBranchNumber>
      <Birthdate>19850412</Birthdate>
      <LimitApplicationCertificateRelatedConsFlg>1</LimitApplicationCertificateRelatedConsFlg>
      <ArbitraryIdentifier>100123_1</ArbitraryIdentifier>
    </QualificationConfirmSearchInfo>
  </MessageBody>
</XmlMsg>
"#;

fn at(text: &str) -> Jst {
    Jst::from_compact(text).unwrap()
}

fn key(branch: &str) -> InsuredKey {
    InsuredKey {
        insurer: "139999".into(),
        symbol: "見７０１".into(),
        number: "１２３４５".into(),
        branch: branch.into(),
    }
}

fn request() -> ConfirmationRequest {
    ConfirmationRequest {
        confirmation_date: date(2026, 11, 20),
        institution: "1319990001".into(),
        file_id: Some("HZ-000123".to_owned()),
        search: SearchInfo {
            key: key("01"),
            birth: date(1985, 4, 12),
            limit_consent: true,
            person_id: Some("100123_1".to_owned()),
        },
    }
}

fn header(reference: Reference) -> AnswerHeader {
    AnswerHeader {
        executed: at("20261120090214"),
        confirmation_date: date(2026, 11, 20),
        institution: "1319990001".into(),
        file_id: Some("HZ-000124".to_owned()),
        reference,
        segment: Segment::Normal,
        error: None,
        charset: Charset::Utf8,
    }
}

fn nobody_found() -> ConfirmationAnswer {
    let body = AnswerBody {
        status: Status::Normal,
        result: None,
        validity: Some(Validity::None),
        prescription: None,
        search: Some(request().search),
        people: Vec::new(),
    };
    ConfirmationAnswer { header: header(Reference::Number), body: Some(body) }
}

/// As in section 5.2: valid, 72 years old, with a limit class.
fn elderly_answer() -> ConfirmationAnswer {
    let mut answer = nobody_found();
    let body = answer.body.as_mut().unwrap();
    body.validity = Some(Validity::Valid);
    let born = date(1954, 3, 1);
    body.people = vec![PersonResult {
        relation: Some(Relation::Family),
        insured_name: Some("架空　一郎".to_owned()),
        kana: Some("ｶｸｳ ﾖｼｺ".to_owned()),
        address: Some("東京都見本区例町１－２－３".to_owned()),
        post: Some("100-0000".to_owned()),
        qualification_date: Some(date(2020, 4, 1)),
        valid_to: Some(date(2027, 7, 31)),
        elderly: Some(ElderlyRecipient {
            issued: Some(date(2026, 8, 1)),
            from: Some(date(2026, 8, 1)),
            to: Some(date(2027, 7, 31)),
            ratio_percent: 20,
        }),
        limit_consent: Some(ConsentMark { given: true, at: Some(at("20261120090214")) }),
        limit: Some(LimitInfo {
            certificate: Some(CertificateKind::LimitAndMeals),
            class: LimitClass::B05,
            issued: Some(date(2026, 8, 1)),
            from: Some(date(2026, 8, 1)),
            to: Some(date(2027, 7, 31)),
            long_term: None,
        }),
        ..PersonResult::new(key("02"), "見本区", "架空　●子", Sex::Female, born)
    }];
    answer
}

/// As in section 5.3: pushed by the card reader, with consents.
fn face_answer() -> ConfirmationAnswer {
    let consent = ConsentTriple {
        flag: ConsentFlag::Yes,
        at: Some(at("20261120091458")),
        until: Some(at("20261121091458")),
    };
    let refusal = ConsentTriple { flag: ConsentFlag::No, at: None, until: None };
    let born = date(1985, 4, 12);
    let person = PersonResult {
        kana: Some("ﾐﾎﾝ ﾊﾅｺ".to_owned()),
        relation: Some(Relation::Insured),
        limit_consent: Some(ConsentMark { given: false, at: None }),
        disease_consent: Some(ConsentStamp { flag: ConsentFlag::No, at: None }),
        checkup: Some(consent),
        drugs: Some(consent),
        diagnosis: Some(refusal),
        operation: Some(refusal),
        reference_number: Some("100123".into()),
        ..PersonResult::new(key("01"), "見本健康保険組合", "見本　花子", Sex::Female, born)
    };
    let body = AnswerBody {
        status: Status::Normal,
        result: None,
        validity: Some(Validity::Valid),
        prescription: Some(PrescriptionForm::Paper),
        search: None,
        people: vec![person],
    };
    ConfirmationAnswer { header: header(Reference::Card), body: Some(body) }
}

fn text(answer: &ConfirmationAnswer, style: &Style) -> String {
    String::from_utf8(write_answer(answer, style)).unwrap()
}

#[test]
fn a_request_reads_and_is_written_back_byte_by_byte() {
    assert_eq!(read_request(REQUEST.as_bytes()), Ok(request()));
    let written = write_request(&request(), &Style::default());
    assert_eq!(String::from_utf8(written).unwrap(), REQUEST);
}

#[test]
fn a_request_with_blanks_in_tags_single_quotes_and_empty_elements_reads() {
    let published = REQUEST
        .replace('"', "'")
        .replace("<ArbitraryFileIdentifier>", "<ArbitraryFileIdentifier >")
        .replace("<QualificationConfirmSearchInfo>", "<QualificationConfirmSearchInfo >")
        .replace("<InsuredBranchNumber>01", "<InsuredBranchNumber>");
    let mut expected = request();
    expected.search.key.branch = "".into();
    assert_eq!(read_request(published.as_bytes()), Ok(expected));
}

#[test]
fn a_request_padded_with_zeros_reads_the_same() {
    let style = Style { insurer_padding: Padding::Zeros, ..Style::default() };
    let written = String::from_utf8(write_request(&request(), &style)).unwrap();
    assert!(written.contains("<InsurerNumber>00139999</InsurerNumber>"));
    assert_eq!(read_request(written.as_bytes()), Ok(request()));
}

#[test]
fn answers_read_back_in_the_order_of_the_layout_and_scattered() {
    for answer in [nobody_found(), elderly_answer(), face_answer()] {
        for order in [ElementOrder::Layout, ElementOrder::Scattered] {
            let written = write_answer(&answer, &Style { order, ..Style::default() });
            assert_eq!(read_answer(&written).as_ref(), Ok(&answer));
        }
    }
}

#[test]
fn a_scattered_answer_has_the_results_before_the_status_and_the_header_first() {
    let scattered = Style { order: ElementOrder::Scattered, ..Style::default() };
    let written = text(&face_answer(), &scattered);
    let place = |name: &str| written.find(name).unwrap();
    assert!(place("<ResultList>") < place("<ProcessingResultStatus>"));
    assert!(place("<MessageHeader>") < place("<MessageBody>"));
    assert_ne!(written, text(&face_answer(), &Style::default()));
}

#[test]
fn an_answer_in_shift_jis_says_so_twice_and_reads_back() {
    let style = Style { charset: Charset::ShiftJis, ..Style::default() };
    let written = write_answer(&elderly_answer(), &style);
    assert!(
        written.starts_with(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>")
    );
    let mut expected = elderly_answer();
    expected.header.charset = Charset::ShiftJis;
    assert_eq!(read_answer(&written), Ok(expected));
}

#[test]
fn a_name_outside_shift_jis_arrives_with_a_bullet() {
    let mut answer = face_answer();
    answer.body.as_mut().unwrap().people[0].name = "𠮷野　花子".to_owned();
    let name = |charset| {
        let written = write_answer(&answer, &Style { charset, ..Style::default() });
        read_answer(&written).unwrap().body.unwrap().people.remove(0).name
    };
    assert_eq!(name(Charset::ShiftJis), "●野　花子");
    assert_eq!(name(Charset::Utf8), "𠮷野　花子");
}

#[test]
fn a_failed_request_has_a_header_and_no_body() {
    let notice = Notice { code: "X0001E".to_owned(), message: "見本の誤り".to_owned() };
    let failed = AnswerHeader {
        segment: Segment::Abnormal,
        error: Some(notice),
        ..header(Reference::Number)
    };
    let answer = ConfirmationAnswer { header: failed, body: None };
    let written = text(&answer, &Style::default());
    assert!(!written.contains("MessageBody"));
    assert_eq!(read_answer(written.as_bytes()), Ok(answer));
}

#[test]
fn the_prescription_form_is_found_in_the_body_and_in_a_person() {
    let place = PrescriptionPlace::Person;
    let style = Style { prescription_place: place, ..Style::default() };
    let written = text(&face_answer(), &style);
    assert!(written.contains("        <PrescriptionIssueSelect>2<"));
    assert_eq!(read_answer(written.as_bytes()), Ok(face_answer()));
    let mut nobody = nobody_found();
    nobody.body.as_mut().unwrap().prescription = Some(PrescriptionForm::Electronic);
    assert_eq!(read_answer(&write_answer(&nobody, &style)), Ok(nobody));
}

#[test]
fn elements_that_are_not_known_are_passed_over() {
    let newer = text(&face_answer(), &Style::default()).replace(
        "<Name>",
        "<QualificationConfirmationKey x='1'>1</QualificationConfirmationKey><Name>",
    );
    assert_eq!(read_answer(newer.as_bytes()), Ok(face_answer()));
}

#[test]
fn a_bad_request_is_refused_on_the_right_channel() {
    let twice = "<MessageHeader></MessageHeader><MessageHeader>";
    let long = format!("<InsuredCardSymbol>{}", "１".repeat(20));
    for (good, bad, level, element) in [
        ("XmlMsg", "Message", Level::File, "Message"),
        ("</XmlMsg>", "", Level::File, "document"),
        ("UTF-8", "EUC-JP", Level::File, "document"),
        ("UTF-8", "Shift_JIS", Level::File, "document"),
        ("<MessageHeader>", twice, Level::File, "MessageHeader"),
        ("MessageHeader", "Header", Level::Header, "MessageHeader"),
        ("1319990001", "131999000", Level::Header, "MedicalInstitutionCode"),
        ("1319990001", "", Level::Header, "MedicalInstitutionCode"),
        ("20261120", "20261131", Level::Header, "QualificationConfirmationDate"),
        ("MessageBody", "Body", Level::Person, "MessageBody"),
        ("SearchInfo", "Info", Level::Person, "QualificationConfirmSearchInfo"),
        ("  139999", "13999", Level::Person, "InsurerNumber"),
        ("  139999", "061399941", Level::Person, "InsurerNumber"),
        ("  139999", "見本", Level::Person, "InsurerNumber"),
        ("１２３４５", "", Level::Person, "InsuredIdentificationNumber"),
        ("<InsuredCardSymbol>", &long, Level::Person, "InsuredCardSymbol"),
        ("Number>01<", "Number>1<", Level::Person, "InsuredBranchNumber"),
        ("19850412", "1985-04-12", Level::Person, "Birthdate"),
        ("<Birthdate>", "<Birthdate>1</Birthdate><Birthdate>", Level::Person, "Birthdate"),
        ("Flg>1<", "Flg>2<", Level::Person, "LimitApplicationCertificateRelatedConsFlg"),
    ] {
        let error = read_request(REQUEST.replace(good, bad).as_bytes()).unwrap_err();
        assert_eq!((error.level, error.element.as_str()), (level, element), "{error}");
    }
}

#[test]
fn an_error_names_the_place_and_what_stands_there() {
    let error = read_request(REQUEST.replace("19850412", "19850432").as_bytes()).unwrap_err();
    let expected = "Birthdate at line 14, column 7 \
                    holds `19850432`, which is not a date (YYYYMMDD)";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_answer_whose_header_names_another_character_code_is_refused() {
    let written = text(&face_answer(), &Style::default());
    let wrong = written.replace("CodeIdentifier>0<", "CodeIdentifier>1<");
    let error = read_answer(wrong.as_bytes()).unwrap_err();
    assert_eq!((error.level, error.element.as_str()), (Level::Header, "MessageHeader"));
}
