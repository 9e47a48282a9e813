//! What the author of a broken scenario is told: the place, the words that would have been
//! right, and the nearest of them, in both languages.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod broken;
mod claims;
mod facility;
mod insurers;
mod programme;
mod readers;
mod subsidies;
mod visits;

use madoguchi_reference::diagnostic::{Diagnostic, YamlText};
use madoguchi_reference::lang::Lang;
use madoguchi_reference::register::{PUBLISHED, Register, load};
use madoguchi_scenario::{FactKey, FactValue, Scenario};

use crate::broken::{Broken, GOOD, TABLE};

fn register() -> Register {
    load(PUBLISHED).unwrap()
}

fn read(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    Scenario::read(&YamlText::new("diagnosed.yaml", text), &register())
}

fn break_one(broken: &Broken) -> Diagnostic {
    assert!(GOOD.contains(broken.from), "{}: nothing to break", broken.what);
    let text = GOOD.replacen(broken.from, broken.to, 1);
    let wrong = read(&text).expect_err(broken.what);
    wrong.into_iter().next().unwrap()
}

fn all() -> impl Iterator<Item = &'static Broken> {
    let people = TABLE.iter().chain(insurers::TABLE).chain(visits::TABLE).chain(claims::TABLE);
    let institution = facility::TABLE.iter().chain(readers::TABLE).chain(programme::TABLE);
    people.chain(institution).chain(subsidies::TABLE)
}

#[test]
fn the_scenario_that_is_broken_below_is_good() {
    assert_eq!(read(GOOD).map(|scenario| scenario.id), Ok("certificate/diagnosed".to_owned()));
}

#[test]
fn every_mistake_is_answered_with_its_line_and_column() {
    for broken in all() {
        let found = break_one(broken);
        assert_eq!((found.line, found.column), broken.place, "{}\n{found}", broken.what);
        assert!(found.problem.en.contains(broken.says), "{}: {found}", broken.what);
    }
}

#[test]
fn every_mistake_shows_the_line_it_stands_on() {
    for broken in all() {
        let found = break_one(broken);
        let text = GOOD.replacen(broken.from, broken.to, 1);
        let line = text.lines().nth(found.line - 1).unwrap();
        assert_eq!(found.source_line, line, "{}", broken.what);
        assert!(found.render(Lang::Ja).contains(line), "{}", broken.what);
    }
}

#[test]
fn where_words_are_expected_they_are_listed_and_the_nearest_is_named() {
    for broken in all() {
        let found = break_one(broken);
        for word in broken.expected {
            assert!(found.expected.iter().any(|w| w == word), "{}: {word}", broken.what);
        }
        assert_eq!(found.expected.is_empty(), broken.expected.is_empty(), "{}", broken.what);
        assert_eq!(found.nearest.as_deref(), broken.nearest, "{}", broken.what);
        let (ja, en) = (found.render(Lang::Ja), found.render(Lang::En));
        assert_eq!(en.contains("= expected: "), !broken.expected.is_empty(), "{en}");
        assert_eq!(ja.contains("= 書ける語: "), !broken.expected.is_empty(), "{ja}");
        assert_eq!(en.contains("did you mean"), broken.nearest.is_some(), "{en}");
        assert_eq!(ja.contains("のことですか"), broken.nearest.is_some(), "{ja}");
    }
}

#[test]
fn every_mistake_is_told_in_japanese_and_in_english() {
    for broken in all() {
        let problem = break_one(broken).problem;
        let japanese = |c: char| ('\u{3040}'..='\u{30ff}').contains(&c);
        assert!(problem.ja.contains(japanese), "{}: {}", broken.what, problem.ja);
        assert!(problem.en.is_ascii() && !problem.en.is_empty(), "{}", broken.what);
        assert!(!problem.ja.contains('\u{1f}') && !problem.en.contains('\u{1f}'));
    }
}

#[test]
fn an_empty_timeline_is_refused() {
    let frame = &GOOD[..GOOD.find("timeline:").unwrap()];
    let wrong = read(&format!("{frame}timeline: []\n")).unwrap_err();
    assert_eq!(wrong.len(), 1);
    assert_eq!((wrong[0].line, wrong[0].column), (12, 11));
    assert!(wrong[0].problem.en.contains("nothing happens"));
    assert!(wrong[0].problem.ja.contains("何も起こりません"));
}

#[test]
fn an_empty_file_and_two_documents_in_one_are_refused() {
    assert!(read("").unwrap_err()[0].problem.ja.contains("`scenario` がありません"));
    let twice = format!("{GOOD}---\n{GOOD}");
    assert!(read(&twice).unwrap_err()[0].problem.ja.contains("文書が二つ以上"));
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let text = GOOD.replace("06139992", "06139991").replace("prefecture: 13", "prefecture: 0");
    let text = text.replace("FB-001", "FB-0001");
    assert_eq!(read(&text).unwrap_err().len(), 3);
}

#[test]
fn leading_zeros_survive_with_and_without_quotes() {
    for insurer in ["\"06139992\"", "06139992"] {
        let scenario = read(&GOOD.replace("\"06139992\"", insurer)).unwrap();
        assert_eq!(scenario.people["hanako"].coverage[0].insurer.as_str(), "06139992");
    }
    let pin = read(&GOOD.replace("\"1234\"", "0123")).unwrap();
    assert_eq!(pin.people["hanako"].card.as_ref().map(|card| card.pin.as_str()), Some("0123"));
    let scenario = read(&GOOD.replace("pay: 1", "claim-number: 012, pay: [007, 8]")).unwrap();
    let facts = scenario.timeline[1].expect.values().next().unwrap();
    assert_eq!(facts[&FactKey::ClaimNumber], FactValue::One("012".to_owned()));
    assert_eq!(facts[&FactKey::Pay].words(), ["007", "8"]);
}

#[test]
fn a_diagnostic_read_by_a_program_holds_its_problem_in_both_languages() {
    let written = serde_yaml::to_value(break_one(&TABLE[0])).unwrap();
    for lang in ["ja", "en"] {
        assert!(written["problem"][lang].as_str().is_some_and(|text| text.contains("verfy")));
    }
}

#[test]
fn what_a_pharmacy_or_a_dentist_cannot_do_is_said_as_well() {
    for (kind, visit, says) in visits::ELSEWHERE {
        let text = GOOD
            .replace("kind: clinic", &format!("kind: {kind}"))
            .replace("verify: face", &format!("verify: face, {visit}"));
        let wrong = read(&text).expect_err(visit);
        assert!(wrong.iter().any(|found| found.problem.en.contains(says)), "{visit}: {wrong:?}");
    }
}
