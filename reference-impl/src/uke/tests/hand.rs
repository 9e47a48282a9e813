//! The medical file written by hand, and what can be done to it.

use jiff::civil::date;

use super::*;

#[test]
fn a_file_written_by_hand_is_written_back_to_the_same_bytes() {
    let bytes = sample::bytes();
    let file = read(&bytes).unwrap();
    assert_eq!(write(&file).unwrap(), bytes);
    let marked = [bytes.as_slice(), &[0x1A]].concat();
    let file = read(&marked).unwrap();
    assert!(file.eof_mark);
    assert_eq!(write(&file).unwrap(), marked);
}

#[test]
fn the_fields_mean_what_was_written() {
    let file = sample::file();
    assert_eq!(file.form, Form::Medical);
    assert_eq!(file.institution_code().as_str(), "1319990001");
    assert_eq!(file.header.claim_month.compact(), "202506");
    let [first, second] = file.receipts.as_slice() else { panic!("two receipts") };
    assert_eq!((first.name.as_str(), first.kana.as_str()), ("見本　花子", "ﾐﾎﾝ ﾊﾅｺ"));
    let days = DayMarks::counted_on(&[date(2025, 5, 12), date(2025, 5, 20)]);
    assert_eq!(first.days(), Some(&days));
    assert_eq!(first.insured_key().unwrap().to_string(), "06139992 1234・567890 (01)");
    assert_eq!(first.services().next().unwrap().per_day[11], 1);
    assert_eq!(second.notes, ["26", "02"]);
    assert_eq!(second.insurance.as_ref().unwrap().insurer.as_str(), "138016");
    assert_eq!(second.check().unwrap().confirmation, Confirmation::NoChange);
    let ids: Vec<_> = second.ids().collect();
    let order = ["RE", "HO", "KO", "SN", "SN", "JD", "JD", "MF", "SY", "SI", "CO", "IY", "SJ"];
    assert_eq!(ids, order);
    let Entry::Drug(drug) = &second.entries[8] else { panic!("the drug") };
    assert_eq!(drug.quantity.as_ref().unwrap().as_str(), "1.5");
    let Entry::Detail(detail) = &second.entries[9] else { panic!("the detail") };
    assert_eq!((detail.class.as_str(), detail.text.as_str()), ("01", "見本の症状詳記"));
}

#[test]
fn the_order_of_services_drugs_and_comments_is_kept() {
    let (si, co) = ("SI,12,1,112007410", "CO,12,1,810000001,見本\r\nSI,12,1,112007410");
    let mixed = with(si, &sample::encode(co));
    let file = read(&mixed).unwrap();
    let ids: Vec<_> = file.receipts[0].ids().skip(6).collect();
    assert_eq!(ids, ["SI", "CO", "SI"]);
    assert_eq!(write(&file).unwrap(), mixed);
}

#[test]
fn a_wrong_item_is_named_with_its_line_and_its_own_byte() {
    let wrong = [
        ("IR,1,", "IR,3,", 1, 2),
        (",202506,00,", ",202513,00,", 1, 8),
        (",00,03-0000", ",01,03-0000", 1, 9),
        ("RE,1,", "RE,01,", 2, 2),
        (",19800115,", ",19800230,", 2, 7),
        (",19800115,70,", ",19800115,999,", 2, 8),
        (",70,,,,,,K0001", ",70,20250231,,,,,K0001", 2, 9),
        ("HO,06139992", "HO,6139992", 3, 2),
        ("HO,06139992", "HO,0613999200", 3, 2),
        ("HO,  138016", "HO,00138016", 11, 2),
        ("2,366,,,", "2,366,1,,", 3, 7),
        (",2602,", ",262,", 10, 12),
        ("SN,1,01", "SN,1,10", 4, 3),
        ("20250512,1", "20250512,5", 7, 4),
        (",291,1,", ",-291,1,", 8, 6),
        (",291,1,,,,,,,,,,,,,,,,,,1", ",291,1,,,,,,,,,,,,,,,,,,0", 8, 25),
        ("1.5", "1.5.1", 21, 5),
        ("GO,2,451,99", "GO,2,451,98", 23, 4),
    ];
    for (old, new, line, item) in wrong {
        let bytes = with(old, new.as_bytes());
        let error = read(&bytes).unwrap_err();
        assert_eq!((error.line, error.item), (line, Some(item)), "{new}: {error}");
        let name = Form::Medical.spec(&error.record).unwrap().name(item);
        assert_eq!(error.name(), name, "{new}");
        // The item begins behind as many commas of its line as there are items before it.
        let start = bytes[..error.byte].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let commas = bytes[start..error.byte].iter().filter(|&&b| b == b',').count();
        assert_eq!((commas + 1, bytes[error.byte - 1]), (item, b','), "{new}: {error}");
    }
}

#[test]
fn a_record_with_too_few_or_too_many_items_is_refused() {
    for (old, new, line) in [("MF,00", "MF,00,", 6), ("SY,4609023", "SY", 7)] {
        let (found, item, problem) = fails(&with(old, new.as_bytes()));
        assert_eq!((found, item), (line, None), "{new}: {problem}");
    }
}

#[test]
fn a_date_of_the_older_form_is_told_as_it_is_written_today() {
    let born = read(&with(",19800115,", b",3550115,")).unwrap_err();
    assert!(born.problem.en.contains("昭和55年1月15日 is written 19800115"), "{born}");
    assert!(born.problem.ja.contains("昭和55年1月15日は19800115"), "{}", born.text().ja);
    let month = read(&with(",1112,202505,", b",1112,50705,")).unwrap_err();
    assert!(month.problem.en.contains("令和7年5月 is written 202505"), "{month}");
}

#[test]
fn a_record_out_of_place_is_named_with_its_line() {
    let misplaced = [
        ("IR,1,", "XX,1,", 1),
        ("RE,1,", "ZZ,1,", 2),
        ("GO,2,451,99\r\n", "", 23),
        ("MF,00,", "GO,00,", 6),
        ("SI,11,1", "SJ,1,x\r\nSI,11,1", 9),
        ("SY,4609023", "HO,1\r\nSY,4609023", 7),
        ("HO,06139992", "ZZ\r\nHO,06139992", 4),
        ("SY,4609023", "RE,1\r\nSY,4609023", 7),
        ("SN,1,01", "BU,1\r\nSN,1,01", 4),
        ("SY,4609023", "IR,1\r\nSY,4609023", 7),
    ];
    for (old, new, line) in misplaced {
        let (found, _, problem) = fails(&with(old, new.as_bytes()));
        assert_eq!(found, line, "{new}: {problem}");
    }
}

#[test]
fn a_second_insurer_is_refused() {
    let ho = "HO,06139992,1234,567890,2,366,,,,,,,,,\r\n";
    assert_eq!(fails(&with(ho, ho.repeat(2).as_bytes())).0, 4);
}

#[test]
fn a_record_of_an_unknown_kind_stays_where_it_is() {
    let bytes = with("SI,11,1", b"ZZ,\x8C\xA9\x96\x7B,,1\r\nSI,11,1");
    let file = read(&bytes).unwrap();
    let Entry::Other(record) = &file.receipts[0].entries[4] else { panic!("the record") };
    assert_eq!((record.id.as_str(), record.fields.len()), ("ZZ", 3));
    assert_eq!(write(&file).unwrap(), bytes);
}

#[test]
fn bytes_that_are_not_text_are_named_by_line_item_and_byte() {
    for bad in [&b"\x81"[..], b"\xFF", b"\0", b"\x1A", b"\xED\x40", b"\xF0\x40", b"\r"] {
        let bytes = with("見本医院", bad);
        let error = read(&bytes).unwrap_err();
        assert_eq!((error.line, error.item), (1, Some(7)), "{bad:x?}: {error}");
        assert_eq!(error.byte, "IR,1,13,1,9990001,,".len(), "{bad:x?}: {error}");
    }
    assert_eq!(fails("見本,1\r\n".as_bytes()).0, 1);
    assert_eq!(fails(b"\r\n").0, 1);
}

#[test]
fn a_line_without_cr_is_an_error() {
    let bytes: Vec<u8> = sample::bytes().into_iter().filter(|&byte| byte != b'\r').collect();
    assert_eq!(fails(&bytes), (1, None, "the record ends in LF without CR".to_owned()));
}

#[test]
fn what_shift_jis_cannot_hold_is_named_with_record_and_item() {
    for bad in ["€", "¥", "‾", "−", "😀", ",", "\r", "\n", "\0"] {
        let mut file = sample::file();
        let Entry::Disease(disease) = &mut file.receipts[0].entries[3] else { panic!("SY") };
        disease.name = bad.into();
        let error = write(&file).unwrap_err();
        let place = (error.line, &*error.record, error.item);
        assert_eq!(place, (7, "SY", Some(6)), "{bad:?}: {error}");
        assert_eq!(error.name().unwrap().en, "name of the disease");
    }
}

#[test]
fn a_value_that_would_read_back_as_another_one_is_not_written() {
    type Breaking = fn(&mut ClaimFile);
    let broken: [(Breaking, usize); 9] = [
        (|file| file.header.payer = ReviewBody::Siif, 0),
        (|file| file.header.institution = ",".into(), 1),
        (|file| file.receipts[0].notes = vec!["262".into()], 2),
        (|file| file.receipts[1].notes = vec!["".into()], 10),
        (|file| file.receipts[1].entries.reverse(), 14),
        (|file| file.receipts[0].insurance.as_mut().unwrap().insurer = "0613999200".into(), 3),
        (|file| file.receipts[0].insurance = None, 0),
        (|file| file.receipts[0].prescriber = Some(Box::default()), 2),
        (|file| file.receipts[0].entries.push(Treatment::default().into()), 10),
    ];
    for (breaking, line) in broken {
        let mut file = sample::file();
        breaking(&mut file);
        match write(&file) {
            Ok(_) => assert_eq!(line, 0),
            Err(error) => assert_eq!(error.line, line, "{error}"),
        }
    }
}

#[test]
fn no_record_of_the_frame_hides_among_the_entries() {
    for id in ["GO", "IR", "RE", "HO", "UK", "BU", "SI", "re", "R", ""] {
        let mut file = sample::file();
        let record = Record { id: id.into(), fields: vec!["1".into()] };
        file.receipts[1].entries.push(Entry::Other(record));
        assert!(write(&file).is_err(), "{id}");
    }
}

#[test]
fn an_error_is_one_sentence_in_each_language() {
    let error = read(&with("SN,1,01", b"SN,1,10")).unwrap_err();
    let byte = error.byte;
    let en = "the item is not one of its published codes.";
    assert_eq!(
        error.to_string(),
        format!("Line 4, record SN, item 3 “check code” (byte {byte}): {en}")
    );
    let ja = "公表されたコードではありません。";
    assert_eq!(
        error.text().ja,
        format!("4行目 SNレコード項目3「確認区分」（{byte}バイト目）：{ja}")
    );
}
