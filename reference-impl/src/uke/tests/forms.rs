//! Files of every form: written by hand, made for a month, and what their fields mean.

use jiff::civil::date;

use super::*;

fn by_hand(form: Form) -> ClaimFile {
    read(&sample::bytes_of(form)).unwrap()
}

#[test]
fn every_form_is_recognised_and_written_back_to_the_same_bytes() {
    for &form in Form::ALL {
        let bytes = sample::bytes_of(form);
        let file = read(&bytes).unwrap();
        assert_eq!(file.form, form);
        assert_eq!(write(&file).unwrap(), bytes, "{form:?}");
        assert_eq!(file.total, Total::of(form, &file.receipts), "{form:?}");
    }
}

#[test]
fn a_months_file_reads_back_equal_and_adds_up() {
    for &form in Form::ALL {
        let file = sample::month(form, 40);
        let bytes = write(&file).unwrap();
        assert_eq!(read(&bytes).as_ref(), Ok(&file));
        for receipt in &file.receipts {
            let days = receipt.insurance.as_ref().unwrap().days;
            assert_eq!(usize::from(days), receipt.days().unwrap().counted());
            let sum: u32 = receipt.entries.iter().map(points).sum();
            assert_eq!(sum, receipt.points(), "{form:?} {}", receipt.number);
        }
    }
}

/// What an entry adds to the sum of its receipt.
fn points(entry: &Entry) -> u32 {
    match entry {
        Entry::Dispensing(it) => {
            let fees = [it.preparation.points, it.drug_points, it.management.points];
            fees.iter().flatten().sum()
        }
        Entry::Management(it) => it.base.points.unwrap_or(0),
        Entry::Care(it) => it.yen,
        other => other.charged().map_or(0, |(_, points, count)| points * u32::from(count)),
    }
}

#[test]
fn a_dental_file_means_what_was_written() {
    let file = by_hand(Form::Dental);
    assert_eq!(file.reception.as_ref().unwrap().fields[5], "見本歯科");
    assert_eq!((file.header.name.as_str(), file.header.notified.as_str()), ("", "0102"));
    let receipt = &file.receipts[0];
    assert_eq!(receipt.started, Some(date(2025, 5, 12)));
    assert_eq!(receipt.outcome, Some(Outcome::Continuing));
    let Entry::ToothDisease(teeth) = &receipt.entries[3] else { panic!("HS") };
    assert_eq!((teeth.teeth.as_str(), teeth.concurrent), ("101600101700", Some(1)));
    assert_eq!(teeth.comment_teeth, "101600");
    let Entry::Treatment(treatment) = &receipt.entries[4] else { panic!("SS") };
    let codes: Vec<_> = treatment.additions.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["CB023", "DM015"]);
    assert_eq!((treatment.points, treatment.count, treatment.per_day[11]), (Some(267), 1, 1));
    let Entry::Treatment(treatment) = &receipt.entries[9] else { panic!("SS") };
    let quantities: Vec<_> = treatment.quantities.iter().flatten().map(Quantity::as_str).collect();
    assert_eq!(quantities, ["1", "2"]);
    let Entry::Material(material) = &receipt.entries[7] else { panic!("TO") };
    assert_eq!((material.product.as_str(), material.points), ("見本材料", Some(63)));
    // 267 + 70 + 12 + 63 + 402 twice
    assert_eq!(receipt.entries.iter().map(points).sum::<u32>(), 1216);
}

#[test]
fn a_pharmacy_file_means_what_was_written() {
    let file = by_hand(Form::Pharmacy);
    assert_eq!(file.header.payer, ReviewBody::Kkr);
    assert_eq!(file.institution_code().as_str(), "1349990001");
    let receipt = &file.receipts[0];
    let prescriber = receipt.prescriber.as_ref().unwrap();
    assert_eq!((prescriber.doctors.len(), prescriber.narcotics_licence.as_str()), (2, "1234"));
    assert_eq!((receipt.reduced.as_str(), receipt.kana.as_str()), ("1", "ミホンハナコ"));
    let Entry::Dispensing(first) = &receipt.entries[5] else { panic!("CZ") };
    assert_eq!((first.preparation.points, first.additions[0].points), (Some(24), Some(8)));
    assert_eq!((first.one_dose_days, first.elsewhere.as_str()), (Some(7), "1"));
    assert_eq!((first.support.points, first.management.points), (Some(34), Some(28)));
    let Entry::Management(fees) = &receipt.entries[12] else { panic!("KI") };
    assert_eq!((fees.base.points, fees.fees[0].points), (Some(45), Some(18)));
    assert_eq!((fees.earlier, fees.additions[0].points), (Some(date(2025, 4, 28)), Some(4)));
    let Entry::SplitFees(split) = &receipt.entries[14] else { panic!("ST") };
    assert_eq!((split.parts, split.points[2].part), (Some(3), Some(10)));
}

#[test]
fn a_visiting_nursing_file_means_what_was_written() {
    let file = by_hand(Form::VisitingNursing);
    let receipt = &file.receipts[0];
    // 5,550 and 6,330 yen
    assert_eq!(receipt.points(), 11_880);
    let Entry::Course(course) = &receipt.entries[7] else { panic!("RJ") };
    assert_eq!(course.later_places[0].place.text, "見本の家");
    assert_eq!((course.ended_at.as_str(), course.information.as_str()), ("1030", "01"));
    assert_eq!(course.other_stations[0].name, "第二見本");
    let Entry::Other(record) = &receipt.entries[8] else { panic!("TJ") };
    assert_eq!(record.fields, ["01", "20250512", "見本"]);
    let Entry::Care(care) = &receipt.entries[11] else { panic!("KA") };
    assert_eq!((care.yen, care.order_kind.as_str()), (6330, "02"));
}

#[test]
fn the_sums_of_visiting_nursing_may_stand_behind_the_header() {
    let bytes = sample::bytes_of(Form::VisitingNursing);
    let moved = replaced(&replaced(&bytes, "GO\r\n", b""), "RE,1", b"GO\r\nRE,1");
    let file = read(&moved).unwrap();
    assert!(file.total_first);
    assert_eq!(write(&file).unwrap(), moved);
    let medical = with("RE,1,", b"GO,2,451,99\r\nRE,1,");
    assert_eq!(fails(&medical).0, 3);
}

#[test]
fn the_records_of_one_form_have_no_place_in_another() {
    for &form in Form::ALL {
        for &other in Form::ALL {
            let mut file = sample::month(form, 3);
            file.form = other;
            assert_eq!(write(&file).is_ok(), form == other, "{form:?} as {other:?}");
        }
    }
}

#[test]
fn a_dpc_file_is_refused_by_its_name() {
    let error = read(&with("SY,4609023", b"BU,1\r\nSY,4609023")).unwrap_err();
    assert!(error.problem.en.contains("DPC"), "{error}");
    assert!(error.problem.ja.contains("DPC"), "{error}");
}

/// The numbers of items are those of public parsers and sample files.
#[test]
fn every_record_has_as_many_items_as_its_specification() {
    let expected = [
        (
            Form::Medical,
            "IR 10, RE 38, HO 15, KO 12, SN 9, JD 33, MF 33, GR 3, SY 8, SI 44, IY 44, TO 48, CO 5, SJ 3, GO 4",
        ),
        (
            Form::Dental,
            "IR 9, RE 27, HO 14, KO 10, SN 9, JD 33, MF 33, HS 13, SS 109, SI 38, IY 39, TO 45, CO 11, SJ 3, GO 4",
        ),
        (
            Form::Pharmacy,
            "YK 9, RE 42, HO 14, KO 10, SN 9, JD 33, MF 33, SH 10, CZ 71, IY 10, TO 7, CO 3, TK 3, KI 114, ST 16, GO 4",
        ),
        (
            Form::VisitingNursing,
            "HM 8, RE 15, HO 12, KO 8, SN 9, JD 33, MF 33, IH 7, HJ 4, JS 6, SY 5, RJ 29, CO 4, KA 9, GO 1",
        ),
    ];
    for (form, records) in expected {
        for record in records.split(", ") {
            let (id, items) = record.split_once(' ').unwrap();
            let spec = form.spec(id).unwrap();
            assert_eq!(spec.items.to_string(), items, "{form:?} {id}");
            assert_eq!(spec.each().count() + 1, spec.items);
            for (number, item) in spec.each() {
                let (same, name) = spec.item(number).unwrap();
                assert_eq!(same, item);
                assert!(!name.ja.is_empty() && !name.en.is_empty() && !name.ja.contains('#'));
            }
            assert_eq!(spec.item(spec.items + 1), None);
        }
    }
    assert_eq!(Form::Medical.spec("SS"), None);
    let day = Form::Medical.spec("SI").unwrap().name(44).unwrap();
    assert_eq!((day.ja.as_str(), day.en.as_str()), ("31日の情報", "day 31"));
}
