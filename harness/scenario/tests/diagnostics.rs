//! What the author of a broken scenario is told: the place, the words that would have been
//! right, and the nearest of them, in both languages.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use madoguchi_reference::diagnostic::{Diagnostic, YamlText};
use madoguchi_reference::lang::Lang;
use madoguchi_reference::register::{PUBLISHED, Register, load};
use madoguchi_scenario::{FactKey, FactValue, Scenario};

/// A scenario with nothing wrong. Every broken one differs from it in one place.
const GOOD: &str = r#"scenario: certificate/diagnosed
title: { ja: 正しいシナリオ, en: a good scenario }
why: { ja: これを一か所ずつ壊す, en: it is broken in one place after the other }
facility: { kind: clinic, prefecture: 13 }
network: instant
people:
  hanako:
    born: 1985-12-01
    coverage:
      - { insurer: "06139992", number: "12345", from: 2019-04-01 }
    card: { pin: "1234", certificate: { expires: 2026-12-01 } }
timeline:
  - at: 2024-12-02T10:00
    visit: { who: hanako, shows: card, verify: face }
    expect:
      FB-001: { basis: card }
  - at: 2024-12-03T10:00
    visit: { who: hanako, shows: card, verify: face }
    expect:
      FEE-051: { share: 30%, pay: 1 }
"#;

fn register() -> Register {
    load(PUBLISHED).unwrap()
}

fn read(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    Scenario::read(&YamlText { file: "diagnosed.yaml", text }, &register())
}

/// One way to break the good scenario, and what has to be said of it.
struct Broken {
    what: &'static str,
    from: &'static str,
    to: &'static str,
    /// Line and column.
    place: (usize, usize),
    /// Some of the words that would have been right; none if no list is given.
    expected: &'static [&'static str],
    nearest: Option<&'static str>,
    /// A part of the English text that no other mistake has.
    says: &'static str,
}

const NOTHING: Broken =
    Broken { what: "", from: "", to: "", place: (0, 0), expected: &[], nearest: None, says: "" };

const TABLE: &[Broken] = &[
    Broken {
        what: "an unknown key",
        from: "verify: face",
        to: "verfy: face",
        place: (14, 40),
        expected: &["who", "shows", "verify", "pin"],
        nearest: Some("verify"),
        says: "unknown field `verfy`",
    },
    Broken {
        what: "an unknown word for verify",
        from: "verify: face",
        to: "verify: fase",
        place: (14, 48),
        expected: &["face", "pin", "visual"],
        nearest: Some("face"),
        says: "unknown variant `fase`",
    },
    Broken {
        what: "an unknown word in a list for verify",
        from: "verify: face",
        to: "verify: [face, pim]",
        place: (14, 55),
        expected: &["face", "pin", "visual"],
        nearest: Some("pin"),
        says: "unknown variant `pim`",
    },
    Broken {
        what: "a visit by nobody",
        from: "{ who: hanako, shows",
        to: "{ shows",
        place: (14, 12),
        says: "missing field `who`",
        ..NOTHING
    },
    Broken {
        what: "a visit by a person who is not there",
        from: "who: hanako",
        to: "who: hanakko",
        place: (14, 19),
        expected: &["hanako"],
        nearest: Some("hanako"),
        says: "nobody here is called `hanakko`",
    },
    Broken {
        what: "an unknown rule",
        from: "FB-001",
        to: "FB-0001",
        place: (16, 7),
        nearest: Some("FB-001"),
        says: "has no rule `FB-0001`",
        ..NOTHING
    },
    Broken {
        what: "a rule that is not in force on the day",
        from: "FB-001",
        to: "FB-033",
        place: (16, 7),
        says: "FB-033 is not in force on 2024-12-02",
        ..NOTHING
    },
    Broken {
        what: "a rule that demands nothing",
        from: "{ basis: card }",
        to: "{}",
        place: (16, 7),
        says: "FB-001 demands nothing here",
        ..NOTHING
    },
    Broken {
        what: "a value that the fact never has",
        from: "basis: card",
        to: "basis: crad",
        place: (16, 24),
        expected: &["card", "phone", "health-card", "none"],
        nearest: Some("card"),
        says: "`basis` is never `crad`",
    },
    Broken {
        what: "a share without its sign",
        from: "share: 30%",
        to: "share: 30",
        place: (20, 25),
        says: "`30` is no percentage",
        ..NOTHING
    },
    Broken {
        what: "steps out of order",
        from: "2024-12-03T10:00",
        to: "2024-12-01T10:00",
        place: (17, 9),
        says: "earlier than the step before",
        ..NOTHING
    },
    Broken {
        what: "two kinds of step in one",
        from: "verify: face }\n",
        to: "verify: face }\n    look_up: { who: hanako }\n",
        place: (13, 5),
        says: "this one does 2",
        ..NOTHING
    },
    Broken {
        what: "an insurer number with a wrong check digit",
        from: "06139992",
        to: "06139991",
        place: (10, 20),
        says: "`06139991` is no insurer number",
        ..NOTHING
    },
    Broken {
        what: "a PIN with three digits",
        from: "\"1234\"",
        to: "\"123\"",
        place: (11, 18),
        says: "a PIN is four digits",
        ..NOTHING
    },
    Broken {
        what: "a range that ends before it starts",
        from: "expires: 2026-12-01",
        to: "expires: { any: 2026-12-01..2026-11-30 }",
        place: (11, 50),
        says: "ends before it starts",
        ..NOTHING
    },
    Broken {
        what: "a range with a day that does not exist",
        from: "expires: 2026-12-01",
        to: "expires: { any: 2026-11-31..2026-12-01 }",
        place: (11, 50),
        says: "`2026-11-31` is not a date",
        ..NOTHING
    },
    Broken {
        what: "a period from a day that does not exist",
        from: "from: 2019-04-01",
        to: "from: 2019-04-31",
        place: (10, 55),
        says: "`2019-04-31` is not a date",
        ..NOTHING
    },
    Broken {
        what: "a time that does not exist",
        from: "2024-12-02T10:00",
        to: "2024-12-02T25:00",
        place: (13, 9),
        says: "is not a date and time in JST",
        ..NOTHING
    },
    Broken {
        what: "a month that does not exist",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "claim: { month: 2025-13 }\n    expect:\n      FB",
        place: (14, 21),
        says: "`2025-13` is not a month",
        ..NOTHING
    },
    Broken {
        what: "a word for a registration that means nothing",
        from: "from: 2019-04-01",
        to: "registered: { gain: latst }, from: 2019-04-01",
        place: (10, 69),
        expected: &["in-time", "latest", "never"],
        nearest: Some("latest"),
        says: "unknown variant `latst`",
    },
    Broken {
        what: "a key of the scenario written twice",
        from: "network: instant\n",
        to: "network: instant\nnetwork: ordinary\n",
        place: (6, 1),
        says: "`network` is written twice",
        ..NOTHING
    },
    Broken {
        what: "a person written twice",
        from: "people:\n",
        to: "people:\n  hanako: { born: 1985-12-01 }\n",
        place: (8, 3),
        says: "`hanako` is written twice",
        ..NOTHING
    },
    Broken {
        what: "a rule written twice in one step",
        from: "      FB-001: { basis: card }\n",
        to: "      FB-001: { basis: card }\n      FB-001: { basis: phone }\n",
        place: (17, 7),
        says: "`FB-001` is written twice",
        ..NOTHING
    },
    Broken {
        what: "a file that is not YAML",
        from: "network: instant",
        to: "network: instant: ordinary",
        place: (5, 17),
        says: "mapping values are not allowed",
        ..NOTHING
    },
    Broken {
        what: "a list where a mapping belongs",
        from: "facility: { kind: clinic, prefecture: 13 }",
        to: "facility: [clinic, 13]",
        place: (4, 11),
        says: "invalid type: sequence",
        ..NOTHING
    },
    Broken {
        what: "a prefecture beyond 47",
        from: "prefecture: 13",
        to: "prefecture: 48",
        place: (4, 39),
        says: "a prefecture code is 1 to 47",
        ..NOTHING
    },
    Broken {
        what: "a prefecture beyond what a byte holds",
        from: "prefecture: 13",
        to: "prefecture: 300",
        place: (4, 39),
        says: "invalid value: integer `300`",
        ..NOTHING
    },
    Broken {
        what: "showing a phone one does not have",
        from: "shows: card",
        to: "shows: phone",
        place: (14, 34),
        says: "hanako has no phone to show",
        ..NOTHING
    },
    Broken {
        what: "showing a card one does not have",
        from: "    card: { pin: \"1234\", certificate: { expires: 2026-12-01 } }\n",
        to: "",
        place: (13, 34),
        says: "hanako has no card to show",
        ..NOTHING
    },
    Broken {
        what: "a reader the institution does not have",
        from: "verify: face",
        to: "verify: face, reader: 1",
        place: (14, 62),
        says: "no such reader",
        ..NOTHING
    },
];

fn break_one(broken: &Broken) -> Diagnostic {
    assert!(GOOD.contains(broken.from), "{}: nothing to break", broken.what);
    let text = GOOD.replacen(broken.from, broken.to, 1);
    let wrong = read(&text).expect_err(broken.what);
    wrong.into_iter().next().unwrap()
}

#[test]
fn the_scenario_that_is_broken_below_is_good() {
    assert_eq!(read(GOOD).map(|scenario| scenario.id), Ok("certificate/diagnosed".to_owned()));
}

#[test]
fn every_mistake_is_answered_with_its_line_and_column() {
    for broken in TABLE {
        let found = break_one(broken);
        assert_eq!((found.line, found.column), broken.place, "{}\n{found}", broken.what);
        assert!(found.problem.en.contains(broken.says), "{}: {found}", broken.what);
    }
}

#[test]
fn every_mistake_shows_the_line_it_stands_on() {
    for broken in TABLE {
        let found = break_one(broken);
        let text = GOOD.replacen(broken.from, broken.to, 1);
        let line = text.lines().nth(found.line - 1).unwrap();
        assert_eq!(found.source_line, line, "{}", broken.what);
        assert!(found.render(Lang::Ja).contains(line), "{}", broken.what);
    }
}

#[test]
fn where_words_are_expected_they_are_listed_and_the_nearest_is_named() {
    for broken in TABLE {
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
    for broken in TABLE {
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
