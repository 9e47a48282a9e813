//! Claim files: shown, and checked rule by rule.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::calls::{Ended, call, folder, is_japanese, json};

/// One receipt, by hand, in ASCII so that it is Shift_JIS as it stands. The check digit of
/// 06139992 is published (ELIG-052); 291 and 75 points make 366.
const CLAIM: &str = "\
IR,1,13,1,9990001,,TEST CLINIC,202506,00,03-0000-0000
RE,1,1112,202505,TEST HANAKO,2,19800115,70,,,,,,K0001,,,,,,,,,,,,,,,,,,,,,,,TEST,
HO,06139992,1234,567890,2,366,,,,,,1100,,,
SN,1,01,,,,01,,
JD,1,,,,,,,,,,,,1,,,,,,,,1,,,,,,,,,,,
MF,00,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
SY,4609023,20250512,1,,,01,
SI,11,1,111000110,,291,1,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,,,,,,,,,
SI,12,1,112007410,,75,1,,,,,,,,,,,,,,,,,,,,,,,,,,1,,,,,,,,,,,
GO,1,366,99
";

/// A folder with the claim in `RECEIPTC.UKE`, `old` replaced by `new`.
fn claim(old: &str, new: &str) -> TempDir {
    assert!(CLAIM.contains(old));
    let folder = folder();
    let text = CLAIM.replacen(old, new, 1).replace('\n', "\r\n");
    fs::write(folder.path().join("RECEIPTC.UKE"), text).unwrap();
    folder
}

fn checked(folder: &TempDir, more: &[&str]) -> Ended {
    let mut arguments = vec!["claim", "check", "RECEIPTC.UKE"];
    arguments.extend(more);
    call(folder, &arguments)
}

fn no_line_is_too_wide(text: &str) {
    // Japanese characters are counted as two columns, everything else as one.
    let wide =
        |c: char| if c >= '\u{1100}' && !('\u{ff61}'..='\u{ff9f}').contains(&c) { 2 } else { 1 };
    let width = |line: &str| line.chars().map(wide).sum::<usize>();
    for line in text.lines() {
        assert!(width(line) <= 80, "{line}");
    }
}

#[test]
fn a_good_file_is_conformant() {
    let ended = checked(&claim("", ""), &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended.out.starts_with("RECEIPTC.UKE: medical, 1 receipt, 0 findings\n"),
        "{}",
        ended.out
    );
}

#[test]
fn a_violation_of_what_is_published_fails_and_is_told_with_its_place() {
    let ended = checked(&claim("HO,06139992", "HO,06139991"), &[]);
    assert_eq!(ended.code, Some(1));
    let told = "line 3  HO item 2 “insurer number”  ELIG-051 violation\n      \
                06139991 does not end in its check digit, which is 2";
    assert!(ended.out.contains(told), "{}", ended.out);
    no_line_is_too_wide(&ended.out);
}

#[test]
fn what_is_only_inferred_is_a_notice_and_fails_nobody() {
    let ended = checked(&claim("567890,2,366", "567890,3,366"), &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("CLM-074 notice"), "{}", ended.out);
    assert!(ended.out.contains("0 violations, 1 notice: conformant"), "{}", ended.out);
}

#[test]
fn programs_get_rule_place_and_both_languages() {
    let ended = checked(&claim("HO,06139992", "HO,06139991"), &["--format", "json"]);
    let result = json(&ended.out);
    assert_eq!(result["schema"], "madoguchi-claim-check/1");
    let finding = &result["files"][0]["findings"][0];
    assert_eq!(finding["rule"], "ELIG-051");
    assert_eq!(finding["binds"], true);
    assert_eq!((&finding["line"], &finding["item"]), (&3.into(), &2.into()));
    let byte = usize::try_from(finding["byte"].as_u64().unwrap()).unwrap();
    let bytes = CLAIM.replace("06139992", "06139991").replace('\n', "\r\n");
    assert!(bytes[byte..].starts_with("06139991"));
    assert!(is_japanese(finding["text"]["ja"].as_str().unwrap()));
    assert_eq!(result["rules"][0]["findings"], 1);
}

#[test]
fn several_files_are_checked_and_one_that_is_none_is_told_apart() {
    let folder = claim("", "");
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n\0\0").unwrap();
    let ended = checked(&folder, &["picture.png", "missing.UKE"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.out.contains("RECEIPTC.UKE: medical, 1 receipt, 0 findings"), "{}", ended.out);
    assert!(ended.err.contains("picture.png: no claim file (UKE)"), "{}", ended.err);
    assert!(ended.err.contains("missing.UKE: cannot be read"), "{}", ended.err);
}

#[test]
fn hostile_files_end_with_an_error() {
    let folder = folder();
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("a line without end", vec![b'A'; 1_000_000]),
        ("commas", vec![b','; 1_000_000]),
        ("zeros", vec![0; 100_000]),
        ("line ends", b"\r\n".repeat(100_000)),
    ] {
        fs::write(folder.path().join("RECEIPTC.UKE"), bytes).unwrap();
        let ended = checked(&folder, &[]);
        assert_eq!(ended.code, Some(2), "{what}: {ended:?}");
        assert!(ended.err.contains("no claim file"), "{what}: {}", ended.err);
    }
}

#[test]
fn ten_thousand_faults_are_told_in_short() {
    let comment = "CO,99,1,110000001,\r\n".repeat(3_000);
    let folder = claim("GO,1,366,99\n", &format!("{comment}GO,1,366,99\n").replace("\r\n", "\n"));
    let short = checked(&folder, &[]);
    assert!(short.out.contains("CLM-089: 2990 more (--all shows them)"), "{}", short.out);
    let all = checked(&folder, &["--all"]);
    assert_eq!(all.out.matches("CLM-089 notice").count(), 3_000);
}

#[test]
fn standard_input_is_a_file_too() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
    command.args(["claim", "check", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let text = CLAIM.replace('\n', "\r\n");
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.starts_with("standard input: medical, 1 receipt"), "{out}");
}

#[test]
fn a_file_is_shown_receipt_by_receipt_in_both_languages() {
    let folder = claim("", "");
    let english = call(&folder, &["claim", "show", "RECEIPTC.UKE"]);
    assert_eq!(english.code, Some(0));
    for told in [
        "1112 (medical · insurance · insured person · outpatient)",
        "HO 06139992 1234・567890 (01)  Health insurance society",
        "days 2  366 points  charged 1,100 yen",
        "...........#.......#...........",
        "SI  11 1 111000110    291 × 1  =      291  on 12",
    ] {
        assert!(english.out.contains(told), "{told}\n{}", english.out);
    }
    let japanese = call(&folder, &["--lang", "ja", "claim", "show", "RECEIPTC.UKE"]);
    assert!(japanese.out.contains("日数 2  366 点  負担金額 1,100 円"), "{}", japanese.out);
    assert!(is_japanese(&japanese.out));
    no_line_is_too_wide(&english.out);
}

#[test]
fn what_cannot_be_relied_on_is_shown_as_it_stands() {
    let folder = claim("4609023,20250512", "4609023,5070512");
    let ended = call(&folder, &["claim", "show", "RECEIPTC.UKE"]);
    assert!(ended.out.contains("start of treatment: 5070512"), "{}", ended.out);
    assert!(
        ended.out.contains("1 finding; see madoguchi claim check RECEIPTC.UKE"),
        "{}",
        ended.out
    );
}

#[test]
fn a_show_for_programs_holds_the_receipts() {
    let ended = call(&claim("", ""), &["claim", "show", "RECEIPTC.UKE", "--format", "json"]);
    let shown = json(&ended.out);
    assert_eq!(shown["schema"], "madoguchi-claim-show/1");
    assert_eq!(shown["receipts"][0]["insurance"]["points"], 366);
    assert_eq!(shown["findings"], 0);
}
