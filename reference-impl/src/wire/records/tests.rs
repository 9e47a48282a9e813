use jiff::civil::date;

use super::super::{Charset, ElementOrder, Level, Sex, Style};
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
        prescriptions: true,
        treatment: TreatmentKind::Outpatient,
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn drug(name: &str, full: bool) -> DrugLine {
    let maybe = |value: &str| text(value).filter(|_| full);
    DrugLine {
        code: "620000001".to_owned(),
        name: name.to_owned(),
        ingredient: maybe("見本成分"),
        quantity: text("1"),
        unit: text("錠"),
        usage: maybe("１日１回朝食後"),
        instruction: maybe("粉砕"),
        times: maybe("28"),
        class: maybe("21"),
    }
}

fn month(source: RecordsSource, institution: &str, full: bool) -> RecordsMonth {
    let maybe = |value: &str| text(value).filter(|_| full);
    let of_claims = source == RecordsSource::Claims;
    let care = CareLine {
        code: "160000001".to_owned(),
        name: "見本検査".to_owned(),
        class: text("60"),
        quantity: None,
        unit: None,
        times: text("1"),
    };
    let day = |day: i8, full: bool| RecordsDay {
        date: date(2026, 9, day),
        prescribed: (full && source != RecordsSource::Prescribing).then(|| date(2026, 9, day)),
        drugs: vec![drug("見本錠５ｍｇ", full), drug("例カプセル", !full)],
        care: if of_claims && full { vec![care.clone()] } else { Vec::new() },
    };
    RecordsMonth {
        source,
        origin: maybe("2"),
        institution: institution.into(),
        institution_name: maybe("見本薬局"),
        prescriber: full.then(|| "1319990003".into()),
        prescriber_name: maybe("架空内科"),
        prescribed_at: maybe("2"),
        month: Month::of(date(2026, 9, 1)),
        in_out: maybe("2").filter(|_| of_claims),
        class: maybe("1").filter(|_| !of_claims),
        days: vec![day(1, full), day(15, !full)],
    }
}

fn given() -> RecordsAnswer {
    RecordsAnswer::Given(Records {
        person: RecordsPerson {
            name: "見本　花子".to_owned(),
            kana: text("ﾐﾎﾝ ﾊﾅｺ"),
            birth: date(1985, 4, 12),
            sex: Sex::Female,
        },
        months: vec![
            month(RecordsSource::Claims, "1349990002", true),
            month(RecordsSource::Claims, "1349990003", false),
            month(RecordsSource::Dispensing, "1349990002", true),
            month(RecordsSource::Prescribing, "1319990001", true),
            month(RecordsSource::Prescribing, "1319990003", false),
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
fn the_three_lists_have_names_of_their_own() {
    let text = String::from_utf8(write_records_answer(&given(), &Style::default())).unwrap();
    for (block, count) in [
        ("<MeTrMonthInf>", 2),
        ("<CzDiMonthInf>", 1),
        ("<ShPrMonthInf>", 2),
        ("<MeTrInf>", 2),
        ("<CzPrDate>", 1),
        ("<ShPrDate>", 4),
        ("<ShDrugC>", 8),
    ] {
        assert_eq!(text.matches(block).count(), count, "{block}");
    }
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
