//! Reading and writing whole files.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::calendar::Month;

/// Where reading `bytes` fails: line, item and problem.
fn fails(bytes: &[u8]) -> (usize, Option<usize>, String) {
    let error = read(bytes).unwrap_err();
    assert!(error.to_string().starts_with(&format!("Line {}", error.line)), "{error}");
    assert!(error.byte <= bytes.len().max(MAX_FILE_BYTES), "{error}");
    (error.line, error.field, error.problem)
}

/// The sample with `old` replaced once by `new`, in bytes.
fn with(old: &str, new: &[u8]) -> Vec<u8> {
    let (bytes, old) = (sample::bytes(), sample::encode(old));
    let at = bytes.windows(old.len()).position(|window| window == old).unwrap();
    [&bytes[..at], new, &bytes[at + old.len()..]].concat()
}

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
    assert_eq!(file.header.institution_code().as_str(), "1319990001");
    assert_eq!(file.header.claim_month.compact(), "202506");
    let [first, second] = file.receipts.as_slice() else { panic!("two receipts") };
    assert_eq!((first.name.as_str(), first.kana.as_str()), ("見本　花子", "ﾐﾎﾝ ﾊﾅｺ"));
    assert_eq!(first.days, DayMarks::counted_on(&[date(2025, 5, 12), date(2025, 5, 20)]));
    assert_eq!(first.insured_key().unwrap().to_string(), "06139992 1234・567890 (01)");
    assert_eq!(first.services[0].per_day[11], 1);
    assert_eq!(second.notes, ["26", "02"]);
    assert_eq!(second.insurance.as_ref().unwrap().insurer.as_str(), "138016");
    assert_eq!(second.check.as_ref().unwrap().confirmation, Confirmation::NoChange);
    let other: Vec<_> = second.other.iter().map(|record| record.id.as_str()).collect();
    assert_eq!(other, ["SN", "JD", "IY", "SJ"]);
}

#[test]
fn a_wrong_item_is_named_with_its_line() {
    let wrong = [
        ("IR,1,", "IR,3,", 1, 2),
        (",202506,00,", ",202513,00,", 1, 8),
        (",00,03-0000", ",01,03-0000", 1, 9),
        ("RE,1,", "RE,01,", 2, 2),
        (",19800115,", ",19800230,", 2, 7),
        (",19800115,70,", ",19800115,999,", 2, 8),
        (",70,,,,,,K0001", ",70,20250501,,,,,K0001", 2, 9),
        ("HO,06139992", "HO,6139992", 3, 2),
        ("HO,06139992", "HO,0613999200", 3, 2),
        ("HO,  138016", "HO,00138016", 11, 2),
        (",2602,", ",262,", 10, 12),
        ("SN,1,01", "SN,1,10", 4, 3),
        ("MF,00", "MF,00,1", 6, 0),
        ("20250512,1", "20250512,5", 7, 4),
        (",291,1,", ",-291,1,", 8, 6),
        ("GO,2,451,99", "GO,2,451,98", 23, 4),
    ];
    for (old, new, line, item) in wrong {
        let (found, field, problem) = fails(&with(old, new.as_bytes()));
        assert_eq!((found, field), (line, Some(item).filter(|&i| i > 0)), "{new}: {problem}");
    }
}

#[test]
fn a_record_out_of_place_is_named_with_its_line() {
    let misplaced = [
        ("IR,1,", "XX,1,", 1),
        ("RE,1,", "ZZ,1,", 2),
        ("GO,2,451,99\r\n", "", 22),
        ("MF,00,", "GO,00,", 6),
        ("JD,1,,,,,,,,,,,,1,", "JE,1,,,,,,,,,,,,1,", 2),
        ("SI,11,1", "SJ,1\r\nHO,1,1", 9),
        ("SY,4609023", "SY\r\nSY,4609023", 7),
        ("SI,11", "GR\r\nSI,11", 8),
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
fn every_truncation_is_an_error() {
    let bytes = sample::bytes();
    for length in 0..bytes.len() {
        let (line, _, _) = fails(&bytes[..length]);
        let ends = bytes[..length].iter().filter(|&&byte| byte == b'\n').count();
        assert!((1..=ends + 1).contains(&line), "{length}");
    }
}

#[test]
fn bytes_that_are_not_text_are_named_by_line_and_byte() {
    for bad in [&b"\x81"[..], b"\xFF", b"\0", b"\x1A", b"\xED\x40", b"\xF0\x40", b"\r"] {
        let bytes = with("見本医院", bad);
        let error = read(&bytes).unwrap_err();
        assert_eq!((error.line, error.field), (1, Some(7)), "{bad:x?}: {error}");
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
fn too_many_fields_and_too_long_lines_are_errors_of_their_line() {
    let fields = ",".repeat(100_000);
    let (line, _, problem) = fails(&with("GO,2", format!("SJ{fields}\r\nGO,2").as_bytes()));
    assert_eq!((line, problem.as_str()), (23, "the record is longer than 64 KiB"));
    let fields = ",".repeat(MAX_FIELDS + 1);
    let (line, _, problem) = fails(&with("GO,2", format!("SJ{fields}\r\nGO,2").as_bytes()));
    assert_eq!((line, problem.as_str()), (23, "the record has more than 512 fields"));
    for length in [MAX_LINE_BYTES, MAX_LINE_BYTES + 1] {
        let long = format!("SJ,{}\r\n", "x".repeat(length - 3));
        assert_eq!(read_records(long.as_bytes()).is_ok(), length == MAX_LINE_BYTES);
        let record = Record { id: "SJ".into(), fields: vec!["x".repeat(length - 3)] };
        assert_eq!(write_records([&record], false).is_ok(), length == MAX_LINE_BYTES);
    }
    assert!(read_records(&vec![b'\n'; MAX_FILE_BYTES + 1]).is_err());
}

#[test]
fn what_shift_jis_cannot_hold_is_named_with_record_and_item() {
    for bad in ["€", "¥", "‾", "−", "😀", ",", "\r", "\n", "\0"] {
        let mut file = sample::file();
        file.receipts[0].diseases[0].name = bad.to_owned();
        let error = write(&file).unwrap_err();
        let place = (error.line, error.record.as_str(), error.field);
        assert_eq!(place, (7, "SY", Some(6)), "{bad:?}: {error}");
    }
}

#[test]
fn a_value_that_does_not_fit_its_field_is_not_written() {
    type Break = fn(&mut ClaimFile);
    let broken: [(Break, usize); 5] = [
        (|file| file.receipts[1].notes = vec!["260".into()], 10),
        (|file| file.receipts[1].notes = vec!["2".into(), "602".into()], 10),
        (|file| file.receipts[0].born = Date::MIN, 2),
        (|file| file.receipts[1].other.reverse(), 22),
        (|file| file.receipts[0].insurance.as_mut().unwrap().insurer = "0613999200".into(), 3),
    ];
    for (breaking, line) in broken {
        let mut file = sample::file();
        breaking(&mut file);
        let error = write(&file).unwrap_err();
        assert_eq!(error.line, line, "{error}");
        assert!(error.byte > 0, "{error}");
    }
}

#[test]
fn an_error_is_one_sentence() {
    let error = read(&with("SN,1,01", b"SN,1,10")).unwrap_err();
    let place = format!("Line 4, record SN, item 3 (byte {}): ", error.byte);
    assert_eq!(error.to_string(), format!("{place}the item is not one of its published codes."));
}

fn text() -> impl Strategy<Value = String> {
    "[0-9A-Z ]{0,6}|[見本花子　ﾐﾎﾝ表ソ能・]{0,6}"
}

fn dates() -> impl Strategy<Value = Date> {
    (0..80_000i64).prop_map(|days| date(1900, 1, 1).saturating_add(days.days()))
}

fn insurers() -> impl Strategy<Value = crate::ids::InsurerNumber> {
    "[1-9][0-9]{5}|[1-9][0-9]{7}|0[1-9][0-9]{6}".prop_map(crate::ids::InsurerNumber)
}

prop_compose! {
    fn insurances()(insurer in insurers(), symbol in text(), number in text(), days: u8,
        points: u32, charged_yen: Option<u32>) -> Insurance {
        let (symbol, number) = (symbol.as_str().into(), number.as_str().into());
        Insurance { insurer, symbol, number, days, points, charged_yen }
    }
}

prop_compose! {
    fn publics()(payer in text(), recipient in text(), days: u8, points: u32,
        charged_yen: Option<u32>, outpatient_yen: Option<u32>) -> PublicPayer {
        let (payer, recipient) = (payer.as_str().into(), recipient.as_str().into());
        PublicPayer { payer, recipient, days, points, charged_yen, outpatient_yen }
    }
}

prop_compose! {
    fn checks()(payer_kind: u8, confirmation in select(Confirmation::ALL),
        insurer in proptest::option::of(insurers()), [symbol, number, branch, recipient] in
        [text(), text(), text(), text()]) -> Check {
        Check {
            payer_kind, confirmation, insurer: insurer.unwrap_or_default(), recipient,
            symbol: symbol.as_str().into(), number: number.as_str().into(),
            branch: branch.as_str().into(),
        }
    }
}

prop_compose! {
    fn diseases()([code, modifiers, name, comment] in [text(), text(), text(), text()],
        started in dates(), outcome in select(Outcome::ALL), main: bool) -> Disease {
        Disease { code, started, outcome, modifiers, name, main, comment }
    }
}

prop_compose! {
    fn services()([identification, burden, code, remark] in [text(), text(), text(), text()],
        quantity: Option<u32>, points: Option<u32>, count: u16, per_day: [u16; DAYS]) -> Service {
        let comments = [1, 2, 3].map(|n| ServiceComment { code: n.to_string(), text: remark.clone() });
        Service { identification, burden, code, quantity, points, count, comments, per_day }
    }
}

prop_compose! {
    fn comments()([identification, burden, code, text] in [text(), text(), text(), text()])
        -> Comment {
        Comment { identification, burden, code, text }
    }
}

prop_compose! {
    fn records(id: &'static str)(fields in vec(text(), 0..4)) -> Record {
        Record { id: id.to_owned(), fields }
    }
}

prop_compose! {
    fn receipts()(
        (number, sex, born, month, benefit_percent) in
            (any::<u32>(), select(Sex::ALL), dates(), dates(), any::<Option<u8>>()),
        [kind, name, chart_number, kana, charge] in [text(), text(), text(), text(), text()],
        notes in vec("[0-9]{2}", 0..5),
        insurance in proptest::option::of(insurances()), publics in vec(publics(), 0..3),
        check in proptest::option::of(checks()),
        days in (any::<u8>(), proptest::array::uniform31(select(DayMark::ALL))),
        diseases in vec(diseases(), 0..3), services in vec(services(), 0..3),
        comments in vec(comments(), 0..3),
        other in (vec(records("GR"), 0..2), vec(records("IY"), 0..2), vec(records("SJ"), 0..2)),
    ) -> Receipt {
        Receipt {
            number, kind, month: Month::of(month), name, sex, born, benefit_percent, notes,
            chart_number, kana, insurance, publics, check,
            days: DayMarks { payer_kind: days.0, marks: days.1 },
            charge, diseases, services, comments, other: [other.0, other.1, other.2].concat(),
        }
    }
}

prop_compose! {
    fn files()(payer in select(ReviewBody::ALL), month in dates(), eof_mark: bool,
        [prefecture, table, institution, name, phone] in [text(), text(), text(), text(), text()],
        total in any::<(u32, u64)>(), receipts in vec(receipts(), 0..3)) -> ClaimFile {
        let claim_month = Month::of(month);
        ClaimFile {
            header: Header { payer, prefecture, table, institution, name, claim_month, phone },
            receipts, total: Total { receipts: total.0, points: total.1 }, eof_mark,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_reads_back_equal_and_writes_the_same_bytes(file in files()) {
        let bytes = write(&file).unwrap();
        let again = read(&bytes).unwrap();
        prop_assert_eq!(&again, &file);
        prop_assert_eq!(write(&again).unwrap(), bytes);
        let register = crate::register::load(crate::register::PUBLISHED).unwrap();
        let _ = check(&register, &file);
    }

    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_damaged_file_never_panics_and_raw_records_write_back(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = sample::bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(raw) = read_records(&bytes) {
            let records = raw.lines.iter().map(|line| &line.record);
            prop_assert_eq!(write_records(records, raw.eof_mark).unwrap(), bytes.clone());
        }
        if let Ok(file) = read(&bytes) {
            // A record of a new kind may move behind the known ones, but is never lost.
            let again = write(&file).unwrap();
            prop_assert_eq!(again.len(), bytes.len());
            prop_assert_eq!(read(&again).unwrap(), file);
        }
    }
}
