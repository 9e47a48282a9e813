//! The register as published, and what its loader says of a broken one.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::sync::Arc;

use jiff::civil::date;
use madoguchi_reference::diagnostic::{Diagnostic, YamlText};
use madoguchi_reference::ids::PayerNumber;
use madoguchi_reference::numbers::PublicExpense;
use madoguchi_reference::register::{
    EndPolicy, PUBLISHED, ParameterValue, Register, SettingError, load,
};

#[test]
fn the_published_register_is_whole() {
    let register = load(PUBLISHED).unwrap_or_else(|wrong| {
        panic!("{}", wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    assert!(register.rules().count() >= 140);
    for rule in register.rules() {
        for version in &rule.versions {
            let known_late = version.from.is_some_and(|from| from < version.known);
            assert!(!known_late, "{} is known only after it is in force", rule.id);
        }
    }
}

#[test]
fn the_extension_of_the_provisional_acceptance_follows_without_a_gap() {
    let register = load(PUBLISHED).unwrap();
    let in_force = |day| register.on(day).in_force("FB-033");
    assert!(!in_force(date(2025, 7, 31)));
    assert!(in_force(date(2025, 8, 1)));
    assert!(in_force(date(2026, 3, 31)));
    assert!(in_force(date(2026, 4, 1)));
    assert!(in_force(date(2026, 7, 31)));
    assert!(!in_force(date(2026, 8, 1)));
}

#[test]
fn an_amendment_does_not_exist_before_it_is_published() {
    let register = Arc::new(load(PUBLISHED).unwrap());
    let before = Arc::new(register.known_on(date(2026, 3, 18)));
    let after = Arc::new(register.known_on(date(2026, 3, 19)));
    let extended = date(2026, 4, 1);
    assert!(before.on(date(2026, 3, 31)).in_force("FB-033"));
    assert!(!before.on(extended).in_force("FB-033"));
    assert!(after.on(extended).in_force("FB-033"));
    assert_ne!(before.digest(), after.digest());
    // Nor does anything speak of it.
    let text = |register: &Register| register.rule("FB-033").unwrap().text.en.clone();
    assert!(text(&before).contains("31 March 2026") && !text(&before).contains("July"));
    assert!(text(&after).contains("31 July 2026"));
    assert_eq!(before.whole().digest(), register.digest());
    // Looking back from a view leads to the same view as looking back from the whole.
    assert_eq!(after.known_on(date(2026, 3, 18)).digest(), before.digest());
}

#[test]
fn a_version_whose_end_was_not_known_yet_goes_on() {
    let register = Arc::new(load(PUBLISHED).unwrap());
    // The grace was announced on 2024-08-30; until then "no grace" had no end in sight.
    let before = register.known_on(date(2024, 8, 29));
    let after = register.known_on(date(2024, 8, 30));
    let later = date(2025, 1, 10);
    assert!(before.on(later).in_force("CERT-008") && before.on(later).grace().is_none());
    assert!(!after.on(later).in_force("CERT-008") && after.on(later).grace().is_some());
    // Whole rules can be unknown, too.
    assert!(before.rule("CERT-010").is_none());
}

fn chosen(name: &str, value: ParameterValue) -> Result<Register, SettingError> {
    load(PUBLISHED).unwrap().with(&[(name.to_owned(), value)].into())
}

#[test]
fn another_reading_can_be_chosen_where_one_is_open() {
    let word = |word: &str| ParameterValue::Text(word.to_owned());
    let same_day = chosen("CERT-010.end_policy", word("same_day")).unwrap();
    let grace = same_day.on(date(2025, 1, 1)).grace().unwrap();
    assert_eq!(grace.end, EndPolicy::SameDay);
    assert_ne!(same_day.digest(), load(PUBLISHED).unwrap().digest());
    // A rule that binds nobody may have any value of its kind.
    let hour = chosen("ELIG-080.batch_hour", ParameterValue::Number(5)).unwrap();
    assert_eq!(hour.on(date(2025, 1, 1)).batch_hour(), Some(5));
}

#[test]
fn what_is_published_or_does_not_exist_cannot_be_chosen() {
    let word = |word: &str| ParameterValue::Text(word.to_owned());
    for (name, value, near) in [
        ("CERT-010.end_policy", word("same_dya"), Some("same_day")),
        ("CERT-010.end_polcy", word("same_day"), Some("end_policy")),
        ("CERT-0100.end_policy", word("same_day"), Some("CERT-010")),
        ("CERT-010", word("same_day"), None),
        ("CERT-010.grace_months", ParameterValue::Number(4), None),
        ("ELIG-080.batch_hour", ParameterValue::Number(-1), None),
        ("ELIG-080.batch_hour", word("six"), None),
    ] {
        let error = chosen(name, value).unwrap_err();
        assert_eq!(error.nearest.as_deref(), near, "{name}: {}", error.problem.en);
        assert_eq!(error.name, name);
    }
}

/// The published certificate chapter with `from` replaced by `to`, and what the loader says.
fn broken(from: &str, to: &str) -> Vec<Diagnostic> {
    let mut chapters = PUBLISHED.to_vec();
    let chapter = chapters.iter_mut().find(|c| c.file.ends_with("certificate.yaml")).unwrap();
    assert!(chapter.text.contains(from), "nothing to break");
    let text = chapter.text.replacen(from, to, 1);
    *chapter = YamlText::new("certificate.yaml", &text);
    load(&chapters).unwrap_err()
}

#[test]
fn a_row_of_numbers_is_held_to_its_unit_and_is_not_empty() {
    let from = "grace_months: { value: 3, unit: month }";
    let row = |row: &str| {
        broken(from, &format!("{from}\n          steps: {{ value: {row}, unit: percent }}"))
    };
    for (written, told) in [("[30, 101]", "101"), ("[]", "empty"), ("[30, x]", "i64")] {
        let wrong = row(written);
        assert!(wrong[0].problem.en.contains(told), "{written}: {}", wrong[0].problem.en);
        assert!(!wrong[0].problem.ja.is_empty() && wrong[0].line > 1);
    }
}

#[test]
fn an_unknown_level_is_answered_with_the_nearest_one() {
    let wrong = broken("level: MUST", "level: MUTS");
    assert_eq!(wrong[0].nearest.as_deref(), Some("MUST"));
    assert!(wrong[0].line > 1);
}

#[test]
fn a_missing_field_a_double_id_and_an_unknown_party_are_refused() {
    assert!(broken("    certainty: public\n", "")[0].problem.en.contains("certainty"));
    let twice = broken("id: CERT-011", "id: CERT-010");
    assert!(twice.iter().any(|d| d.problem.en.contains("already")), "{twice:?}");
    let party = broken("parties: [", "parties: [raeder, ");
    assert_eq!(party[0].nearest.as_deref(), Some("reader"));
}

#[test]
fn a_parameter_the_reference_reads_must_be_there_and_of_its_kind() {
    let gone = broken("grace_months:", "grace_weeks:");
    assert!(gone.iter().any(|d| d.problem.en.contains("grace_months")), "{gone:?}");
    let odd = broken("grace_months: { value: 3,", "grace_months: { value: three,");
    assert!(odd.iter().any(|d| d.problem.en.contains("wants a number")), "{odd:?}");
    let word = broken("value: month_end, one_of", "value: month_edn, one_of");
    assert!(word.iter().any(|d| d.problem.en.contains("month_edn")), "{word:?}");
}

#[test]
fn every_mistake_in_the_register_is_told_in_japanese_and_in_english() {
    for (from, to) in [
        ("level: MUST", "level: MUTS"),
        ("    certainty: public\n", ""),
        ("id: CERT-011", "id: CERT-010"),
        ("id: CERT-011", "id: CRET-011"),
        ("parties: [", "parties: [raeder, "),
        ("grace_months:", "grace_weeks:"),
        ("grace_months: { value: 3,", "grace_months: { value: three,"),
        ("value: month_end, one_of", "value: month_edn, one_of"),
        ("value: month_end, one_of", "value: 7, one_of"),
        ("known: 20", "known: the 20"),
        ("end_known: 2024-08-30", "end_known: 2024-12-31"),
        ("    versions:", "    not_tested: { ja: \"\", en: \"\" }\n    versions:"),
        ("chapter:", "chapter: twice\nchapter:"),
        ("title:", "title: : "),
    ] {
        for wrong in broken(from, to) {
            let problem = wrong.problem;
            let kana = problem.ja.contains(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
            assert!(kana, "{to}: {}", problem.ja);
            assert!(problem.en.is_ascii() && !problem.en.is_empty(), "{to}: {}", problem.en);
        }
    }
}

#[test]
fn overlapping_versions_are_refused() {
    let mut chapters = PUBLISHED.to_vec();
    let chapter = chapters.iter_mut().find(|c| c.file.ends_with("fallback.yaml")).unwrap();
    let text = chapter.text.replace("from: 2026-04-01", "from: 2026-03-31");
    *chapter = YamlText::new("fallback.yaml", &text);
    let wrong = load(&chapters).unwrap_err();
    assert!(wrong.iter().any(|d| d.problem.en.contains("overlaps")), "{wrong:?}");
}

#[test]
fn the_digest_counts_content_and_not_layout() {
    let register = load(PUBLISHED).unwrap();
    let mut chapters = PUBLISHED.to_vec();
    let text = format!("# a comment\n{}", chapters[0].text);
    chapters[0] = YamlText::new(chapters[0].file, &text);
    assert_eq!(load(&chapters).unwrap().digest(), register.digest());
    let mut chapters = PUBLISHED.to_vec();
    let chapter = chapters.iter_mut().find(|c| c.file.ends_with("certificate.yaml")).unwrap();
    let text = chapter.text.replace("grace_months: { value: 3,", "grace_months: { value: 4,");
    *chapter = YamlText::new("certificate.yaml", &text);
    assert_ne!(load(&chapters).unwrap().digest(), register.digest());
}

/// The order of the published catalogue: first 13, 14, 18, last 12, then local schemes.
#[test]
fn public_payers_pay_in_the_order_of_the_register() {
    let register = load(PUBLISHED).unwrap();
    let policy = register.on(date(2025, 6, 1));
    let sorted = |numbers: &[&str]| {
        let mut payers: Vec<PayerNumber> = numbers.iter().map(|n| PayerNumber::from(*n)).collect();
        policy.sort_payers(&mut payers, |payer| payer);
        payers.iter().map(|payer| payer.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(sorted(&["12130019", "54130018", "21130018"]), ["21130018", "54130018", "12130019"]);
    // Local schemes come after medical aid and keep their order among themselves.
    assert_eq!(sorted(&["89131247", "12130019", "81136244"]), ["12130019", "89131247", "81136244"]);
    // What is no public payer at all comes last.
    assert_eq!(sorted(&["06139992", "81136244", "13130018"]), ["13130018", "81136244", "06139992"]);
    // Every scheme of the state has its place, and each once.
    let mut schemes: Vec<PayerNumber> =
        PublicExpense::ALL.iter().map(|s| PayerNumber(format!("{}130010", s.code()))).collect();
    policy.sort_payers(&mut schemes, |payer| payer);
    let laws: Vec<&str> = schemes.iter().map(|payer| &payer.as_str()[..2]).collect();
    let published = [
        "13", "14", "18", "29", "30", "10", "11", "20", "21", "15", "16", "24", "22", "28", "17",
        "79", "19", "23", "52", "54", "51", "38", "53", "66", "62", "25", "12",
    ];
    assert_eq!(laws, published);
}

#[test]
fn an_edited_order_of_payers_is_obeyed() {
    let mut chapters = PUBLISHED.to_vec();
    let chapter = chapters.iter_mut().find(|c| c.file.ends_with("eligibility.yaml")).unwrap();
    let text = chapter.text.replace("value: \"13 14 18", "value: \"12 13 14 18");
    *chapter = YamlText::new("eligibility.yaml", &text);
    let register = load(&chapters).unwrap();
    let mut payers = ["54130018", "12130019"].map(PayerNumber::from);
    register.on(date(2025, 6, 1)).sort_payers(&mut payers, |payer| payer);
    assert_eq!(payers[0].as_str(), "12130019");
}
