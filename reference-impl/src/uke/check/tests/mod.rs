//! Each planted fault is found where it is, and nothing else.

mod planted;

use encoding_rs::SHIFT_JIS;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use planted::{PLANTED, PLANTED_DENTAL, PLANTED_NURSING, PLANTED_PHARMACY, Where};

use super::*;
use crate::register::{PUBLISHED, load};
use crate::uke::{read, sample, write};

fn register() -> &'static Register {
    static REGISTER: std::sync::OnceLock<Register> = std::sync::OnceLock::new();
    REGISTER.get_or_init(|| load(PUBLISHED).unwrap())
}

/// What is found in `bytes`; every finding is complete, and its byte is where it says.
fn found_in(bytes: &[u8]) -> Vec<Where> {
    let examination = examine(register(), bytes);
    for finding in &examination.findings {
        assert!(register().rule(finding.rule).is_some(), "{finding:?}");
        assert!(!finding.text.ja.is_empty() && !finding.text.en.is_empty(), "{finding:?}");
        assert!(finding.item.is_none_or(|item| item == 1) || finding.name.is_some(), "{finding:?}");
        let before = &bytes[..finding.byte.min(bytes.len())];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        assert_eq!(line, finding.line, "{finding:?}");
        let record = before.rsplit(|&byte| byte == b'\n').next().unwrap();
        if let Some(item) = finding.item {
            let commas = record.iter().filter(|&&byte| byte == b',').count();
            assert_eq!(commas + 1, item, "{finding:?}");
        }
    }
    examination.findings.iter().map(|it| (it.rule, it.line, it.item)).collect()
}

/// The medical sample with each text replaced once.
fn edited(edits: &[(&str, &str)]) -> Vec<u8> {
    edited_of(Form::Medical, edits)
}

fn edited_of(form: Form, edits: &[(&str, &str)]) -> Vec<u8> {
    let mut text = SHIFT_JIS.decode(&sample::bytes_of(form)).0.into_owned();
    for (old, new) in edits {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    sample::encode(&text)
}

fn found(edits: &[(&str, &str)]) -> Vec<Where> {
    found_in(&edited(edits))
}

#[test]
fn nothing_is_found_in_valid_files_of_every_form() {
    for &form in Form::ALL {
        assert_eq!(found_in(&edited_of(form, &[])), [], "{form:?}");
        let month = write(&sample::month(form, 70)).unwrap();
        assert_eq!(found_in(&month), [], "{form:?}");
    }
}

#[test]
fn what_was_cut_off_is_not_missed_record_by_record() {
    let bytes = sample::bytes();
    // In the middle of the 14th record: the first JD of the second receipt.
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let thirteenth = ends.map(|(at, _)| at + 1).nth(12).unwrap();
    let found = found_in(&bytes[..thirteenth + 8]);
    assert_eq!(found, [("CLM-060", 14, None)]);
}

#[test]
fn each_planted_fault_is_found_where_it_is_and_nothing_else() {
    let mut wrong = Vec::new();
    for (what, edits, expected) in PLANTED {
        let found = found(edits);
        if found != *expected {
            wrong.push(format!("{what}: {found:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_planted_fault_of_the_other_forms_is_found_where_it_is() {
    let planted = [
        (Form::Pharmacy, PLANTED_PHARMACY),
        (Form::Dental, PLANTED_DENTAL),
        (Form::VisitingNursing, PLANTED_NURSING),
    ];
    let mut wrong = Vec::new();
    for (form, planted) in planted {
        for (what, edits, expected) in planted {
            let found = found_in(&edited_of(form, edits));
            if found != *expected {
                wrong.push(format!("{form:?}, {what}: {found:?} instead of {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_month_with_its_own_mistake_at_every_receipt_is_told_up_to_a_limit() {
    let mut file = sample::month(Form::Medical, 12_000);
    for receipt in &mut file.receipts {
        receipt.kind = "1512".into();
    }
    let examination = examine(register(), &write(&file).unwrap());
    assert_eq!(examination.findings.len(), MAX_FINDINGS);
    assert!(examination.cut);
}

#[test]
fn the_ages_and_the_unknown_numbers_are_the_registers() {
    let other = register().edited("CLM-005", |rule| {
        for version in &mut rule.versions {
            let number = version.parameters.get_mut("insurer_number").unwrap();
            number.value = crate::register::ParameterValue::Text("66666666".to_owned());
        }
    });
    let edits =
        [("HO,06139992,1234,567890", "HO,66666666,,777777777"), ("SN,1,01,,,,01,", "SN,1,03,,,,,")];
    let found = |register: &Register| {
        let found = examine(register, &edited(&edits)).findings;
        found.iter().map(|finding| finding.rule).collect::<Vec<_>>()
    };
    // No insurer has the number 66666666, unless it stands for an unknown one.
    assert_eq!(found(register()), ["CLM-005", "ELIG-051"]);
    assert_eq!(found(&other), ["CLM-003"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn files_of_any_size_have_no_findings(form in select(Form::ALL), receipts in 0u32..40) {
        let bytes = write(&sample::month(form, receipts)).unwrap();
        prop_assert_eq!(found_in(&bytes), []);
    }

    #[test]
    fn whatever_is_put_into_one_item_is_told_at_its_place_or_is_valid(
        form in select(Form::ALL),
        at in any::<Index>(),
        item in any::<Index>(),
        text in "[0-9]{0,12}|[A-Z]{1,3}|-1|[ -~&&[^,]]{0,8}",
    ) {
        let good = write(&sample::month(form, 3)).unwrap();
        let lines: Vec<&[u8]> = good.split_inclusive(|&byte| byte == b'\n').collect();
        let at = at.index(lines.len());
        let end = lines[at].len() - b"\r\n".len();
        let mut items: Vec<&[u8]> = lines[at][..end].split(|&byte| byte == b',').collect();
        let item = item.index(items.len());
        items[item] = text.as_bytes();
        let mut bytes = lines[..at].concat();
        bytes.extend(items.join(&b','));
        bytes.extend(b"\r\n");
        bytes.extend(lines[at + 1..].concat());
        // That each finding is complete and its place right, the function itself asserts.
        let found = found_in(&bytes);
        prop_assert!(read(&bytes).is_ok() || !found.is_empty());
    }
}
