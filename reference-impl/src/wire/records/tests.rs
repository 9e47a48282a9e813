use jiff::civil::date;

use super::super::{Charset, ElementOrder};
use super::*;

fn request() -> RecordsRequest {
    RecordsRequest {
        institution: "1319990001".into(),
        key: InsuredKey {
            insurer: "139999".into(),
            symbol: "７０１".into(),
            number: "１２３４５".into(),
            branch: "01".into(),
        },
        file_id: Some("100123".to_owned()),
        from: Month::of(date(2025, 11, 1)),
        to: Month::of(date(2026, 11, 1)),
        treatment: TreatmentKind::Outpatient,
    }
}

fn drug(institution: &str, day: i8, name: &str) -> DrugLine {
    DrugLine {
        institution: institution.into(),
        month: Month::of(date(2026, 9, 1)),
        date: date(2026, 9, day),
        name: name.to_owned(),
        code: "620000001".to_owned(),
        quantity: "1".to_owned(),
        unit: "錠".to_owned(),
        usage: (day > 10).then(|| "１日１回朝食後".to_owned()),
    }
}

fn given() -> RecordsAnswer {
    RecordsAnswer::Given(Records {
        person: RecordsPerson {
            name: "見本　花子".to_owned(),
            kana: Some("ﾐﾎﾝ ﾊﾅｺ".to_owned()),
            birth: date(1985, 4, 12),
            sex: Sex::Female,
        },
        drugs: vec![
            drug("1349990002", 1, "見本錠５ｍｇ"),
            drug("1349990002", 1, "例カプセル"),
            drug("1349990002", 15, "見本錠５ｍｇ"),
            drug("1349990003", 15, "架空軟膏"),
            drug("1349990002", 15, "例カプセル"),
        ],
    })
}

fn styles() -> [Style; 3] {
    [
        Style::default(),
        Style { charset: Charset::ShiftJis, ..Style::default() },
        Style { order: ElementOrder::Scattered, ..Style::default() },
    ]
}

fn request_text() -> String {
    String::from_utf8(write_records_request(&request(), &Style::default())).unwrap()
}

#[test]
fn a_request_reads_back_in_every_style() {
    for style in styles() {
        assert_eq!(read_records_request(&write_records_request(&request(), &style)), Ok(request()));
    }
}

#[test]
fn a_request_asks_for_xml_with_prescriptions_and_pads_with_spaces() {
    let text = request_text();
    assert!(text.contains("<FileCategory>2</FileCategory>"));
    assert!(text.contains("<PrDiInfClassification>1</PrDiInfClassification>"));
    assert!(text.contains("<InsurerNumber>  139999</InsurerNumber>"));
}

#[test]
fn an_answer_reads_back_in_every_style() {
    let notice = Notice { code: "9".to_owned(), message: "同意の有効期限切れ".to_owned() };
    for answer in [given(), RecordsAnswer::Refused(notice)] {
        for style in styles() {
            assert_eq!(
                read_records_answer(&write_records_answer(&answer, &style)).unwrap(),
                answer
            );
        }
    }
}

#[test]
fn drugs_of_one_institution_and_day_share_their_blocks() {
    let text = String::from_utf8(write_records_answer(&given(), &Style::default())).unwrap();
    assert_eq!(text.matches("<MeTrMonthInf>").count(), 3);
    assert_eq!(text.matches("<DiDateInf>").count(), 4);
}

#[test]
fn a_bad_request_says_which_part_is_bad() {
    for (good, bad, level, element) in [
        ("1319990001", "131999", Level::Header, "MedicalInstitutionCode"),
        ("  139999", "139-99", Level::Header, "InsurerNumber"),
        (">202511<", ">20251<", Level::Person, "StartDate"),
        (">202511<", ">202612<", Level::Person, "MessageBody"),
        ("<FileCategory>2", "<FileCategory>1", Level::Person, "MessageBody"),
        ("Flag>1<", "Flag>7<", Level::Person, "MedicalTreatmentFlag"),
    ] {
        let error = read_records_request(request_text().replace(good, bad).as_bytes()).unwrap_err();
        assert_eq!((error.level, error.element.as_str()), (level, element), "{error}");
    }
}

#[test]
fn a_result_code_is_found_wherever_it_stands() {
    let text = "<XmlMsg><MessageBody><Error><ResultCode>8</ResultCode>\
                <MessageContents>見本</MessageContents></Error></MessageBody></XmlMsg>";
    let notice = Notice { code: "8".to_owned(), message: "見本".to_owned() };
    assert_eq!(read_records_answer(text.as_bytes()), Ok(RecordsAnswer::Refused(notice)));
    let nothing = read_records_answer(b"<XmlMsg><MessageHeader/></XmlMsg>").unwrap_err();
    assert_eq!(nothing.problem, "holds no ResultCode");
}
