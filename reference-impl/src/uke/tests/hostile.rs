//! Files meant to do harm, and what is left of a file with faults.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// How many receipts and faults are found, and whether reading stopped.
fn found(bytes: &[u8]) -> (usize, usize, bool) {
    let reading = read_all(bytes);
    assert_eq!(read(bytes).err().as_ref(), reading.faults.first());
    (reading.receipts.len(), reading.faults.len(), reading.cut)
}

#[test]
fn reading_goes_on_behind_every_kind_of_fault() {
    let faults: [(&str, &[u8], usize); 12] = [
        (",19800115,", b",19800230,", 1),
        ("HO,06139992", b"HO,0613999200", 1),
        ("MF,00", b"MF,00,", 1),
        ("SY,4609023", b"SY\0,4609023", 1),
        ("SI,11,1", b"no record\r\nSI,11,1", 1),
        ("SI,11,1", b"\r\nSI,11,1", 1),
        ("SI,11,1", b"ZZ,\n\xFF\r\nSI,11,1", 2),
        ("SI,11,1", b"SI,11,1,,,,,,,,", 1),
        ("SN,1,01", b"SN,x,77", 2),
        ("SI,11,1", b"HO,1\r\nSI,11,1", 1),
        ("SI,11,1", b"IR,1\r\nSI,11,1", 1),
        ("GO,2,451,99\r\n", b"", 1),
    ];
    for (old, new, count) in faults {
        let bytes = with(old, new);
        assert_eq!(found(&bytes), (2, count, false), "{old} {:?}", read_all(&bytes).faults);
    }
}

#[test]
fn a_faulty_record_is_told_apart_from_the_good_ones() {
    let reading = read_all(&with("20250512,1", b"20250512,5"));
    let [first, second] = reading.receipts.as_slice() else { panic!("two receipts") };
    let faulty: Vec<_> = first.places.iter().filter(|place| place.faulty).collect();
    assert_eq!(faulty.len(), 1);
    assert_eq!(Some(*faulty[0]), first.entry_place(3));
    assert_eq!(faulty[0].line, 7);
    assert!(second.places.iter().all(|place| !place.faulty));
    assert_eq!(first.insurance_place().unwrap().line, 3);
    assert_eq!(second.public_place(0).unwrap().line, 12);
    assert_eq!(reading.total.unwrap().1.line, 23);
}

#[test]
fn a_file_without_its_header_is_read_by_its_records() {
    for &form in Form::ALL {
        let bytes = sample::bytes_of(form);
        let from = bytes.windows(3).position(|window| window == b"RE,").unwrap();
        let reading = read_all(&bytes[from..]);
        assert_eq!((reading.form, reading.faults.len()), (form, 1), "{:?}", reading.faults);
        assert_eq!(reading.receipts.len(), read(&bytes).unwrap().receipts.len());
        assert_eq!(reading.header_place.unwrap().line, 1);
    }
    assert_eq!(found(b""), (0, 1, false));
}

#[test]
fn every_truncation_is_an_error_within_the_file() {
    for &form in Form::ALL {
        let bytes = sample::bytes_of(form);
        for length in 0..bytes.len() {
            let (line, _, _) = fails(&bytes[..length]);
            let ends = bytes[..length].iter().filter(|&&byte| byte == b'\n').count();
            assert!((1..=ends + 1).contains(&line), "{form:?} {length}");
        }
    }
}

#[test]
fn a_line_of_any_length_costs_no_more_than_its_own_error() {
    // Without an end, and with one behind which the file goes on.
    let endless = [&b"IR,1,"[..], &vec![b'9'; 50_000_000]].concat();
    assert_eq!(found(&endless), (0, 2, false));
    assert_eq!(fails(&endless).2, "the record is longer than 64 KiB");
    let long = [b"SJ,", vec![b'x'; 50_000_000].as_slice(), b"\r\nGO,2"].concat();
    let bytes = with("GO,2", &long);
    assert_eq!(found(&bytes), (2, 1, false));
    assert_eq!(fails(&bytes).0, 23);
    assert_eq!(read(&bytes).unwrap_err().byte, bytes.len() - long.len() - 9 + MAX_LINE_BYTES);
}

#[test]
fn a_file_above_the_limit_is_refused_unread() {
    for byte in *b"\n,\0\x81A" {
        let bytes = vec![byte; 100_000_000];
        let error = read(&bytes).unwrap_err();
        assert_eq!((error.line, error.byte), (1, MAX_FILE_BYTES));
        assert_eq!(read_all(&bytes).faults[0], error);
    }
}

#[test]
fn a_million_items_are_refused_at_their_record() {
    let items = [b"SJ", vec![b','; 1_000_000].as_slice(), b"\r\nGO,2"].concat();
    assert_eq!(fails(&with("GO,2", &items)), (23, None, "the record is longer than 64 KiB".into()));
    let items = [b"SJ", vec![b','; 1000].as_slice(), b"\r\nGO,2"].concat();
    let problem = "the record has more than 512 items";
    assert_eq!(fails(&with("GO,2", &items)), (23, None, problem.into()));
    for length in [MAX_LINE_BYTES, MAX_LINE_BYTES + 1] {
        let fields = vec!["x".repeat(length - 3)];
        let record = Record { id: "ZZ".into(), fields };
        let mut file = sample::file();
        file.receipts[0].entries.push(Entry::Other(record));
        assert_eq!(write(&file).is_ok(), length == MAX_LINE_BYTES);
    }
}

#[test]
fn more_records_than_the_limit_are_refused_where_they_begin() {
    let tiny = [b"ZZ\r\n".repeat(MAX_RECORDS), b"GO,2".to_vec()].concat();
    let (line, _, problem) = fails(&with("GO,2", &tiny));
    assert_eq!(
        (line, problem.as_str()),
        (MAX_RECORDS + 1, "the file has more than a million records")
    );
}

#[test]
fn faults_are_counted_up_to_their_limit_and_the_cut_is_said() {
    let bad = b"no record\r\n".repeat(MAX_FAULTS * 10);
    let bytes = with("SI,11,1", &[&bad[..], b"SI,11,1"].concat());
    assert_eq!(found(&bytes), (1, MAX_FAULTS, true));
    let none = vec![0; 1_000_000];
    assert_eq!(found(&none).1, 2);
    let lines = b"\0\r\n".repeat(300_000);
    assert_eq!(found(&lines), (0, MAX_FAULTS, true));
}

/// What a record of four bytes can at most take: the bound on the memory of a file is this times
/// the limit on records, beside a small multiple of its bytes.
#[test]
fn a_record_takes_little_room() {
    assert!(size_of::<Entry>() <= 256, "{}", size_of::<Entry>());
    assert!(size_of::<Found>() <= 1024, "{}", size_of::<Found>());
    assert!(size_of::<Place>() <= 24);
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..300)) {
        let reading = read_all(&bytes);
        prop_assert_eq!(read(&bytes).is_ok(), reading.faults.is_empty());
    }

    #[test]
    fn records_in_any_order_never_panic(
        form in proptest::sample::select(Form::ALL), order in vec(any::<proptest::sample::Index>(), 0..40),
    ) {
        let bytes = sample::bytes_of(form);
        let lines: Vec<_> = bytes.split_inclusive(|&byte| byte == b'\n').collect();
        let mixed: Vec<u8> = order.iter().flat_map(|at| lines[at.index(lines.len())]).copied().collect();
        let reading = read_all(&mixed);
        if let Ok(file) = read(&mixed) {
            prop_assert_eq!(write(&file).unwrap(), mixed);
        } else {
            prop_assert!(!reading.faults.is_empty());
        }
    }
}
