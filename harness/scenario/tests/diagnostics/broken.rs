//! One good scenario, and the ways in which it is broken, one place at a time.

/// A scenario with nothing wrong. Every broken one differs from it in one place.
pub const GOOD: &str = r#"scenario: certificate/diagnosed
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

/// One way to break the good scenario, and what has to be said of it.
pub struct Broken {
    pub what: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    /// Line and column.
    pub place: (usize, usize),
    /// Some of the words that would have been right; none if no list is given.
    pub expected: &'static [&'static str],
    pub nearest: Option<&'static str>,
    /// A part of the English text that no other mistake has.
    pub says: &'static str,
}

pub const NOTHING: Broken =
    Broken { what: "", from: "", to: "", place: (0, 0), expected: &[], nearest: None, says: "" };

pub const TABLE: &[Broken] = &[
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
        what: "a day before the register has all figures",
        from: "2024-12-02T10:00",
        to: "2022-09-30T10:00",
        place: (13, 9),
        says: "no FEE-053 in force on 2022-09-30",
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
    Broken {
        what: "a group of consent that does not exist",
        from: "facility: { kind: clinic, prefecture: 13 }",
        to: "facility: { kind: clinic, prefecture: 13, settings: { consent_groups: [drug] } }",
        expected: &["initial", "surgery", "treatment", "drugs"],
        nearest: Some("drugs"),
        place: (4, 72),
        says: "unknown variant `drug`",
    },
    Broken {
        what: "a mistyped number that no field takes",
        from: "verify: face",
        to: "verify: face, mistyped: \"0613\"",
        place: (14, 64),
        says: "the field takes 6 or 8 digits",
        ..NOTHING
    },
    Broken {
        what: "a certificate without its last day or its day of issue",
        from: "certificate: { expires: 2026-12-01 }",
        to: "certificate: {}",
        place: (11, 39),
        says: "either `expires`, its last day, or `issued`",
        ..NOTHING
    },
    Broken {
        what: "loading a phone one does not have",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "procedure: { who: hanako, what: load }\n    expect:\n      FB",
        place: (14, 23),
        says: "hanako has not the card or phone that this needs",
        ..NOTHING
    },
    Broken {
        what: "a new PIN at a renewal",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "procedure: { who: hanako, what: renew, pin: \"1234\" }\n    expect:\n      FB",
        place: (14, 49),
        says: "`pin` is said with `reset-pin` only",
        ..NOTHING
    },
    Broken {
        what: "an opening that is known and has a period too",
        from: "network: instant\n",
        to: "network: instant\nopenings:\n  - { prefectures: [17], known: noto-2024, from: 2024-01-01T00:00 }\n",
        place: (7, 5),
        says: "an opening has either `known`, or both `from` and `to`",
        ..NOTHING
    },
    Broken {
        what: "an opening nobody knows",
        from: "network: instant\n",
        to: "network: instant\nopenings:\n  - { prefectures: [17], known: noto }\n",
        place: (7, 33),
        expected: &["rain-2023", "noto-2024"],
        nearest: Some("noto-2024"),
        says: "unknown variant `noto`",
    },
    Broken {
        what: "a limit class that is none",
        from: "from: 2019-04-01 }",
        to: "from: 2019-04-01, limit: A033 }",
        place: (10, 74),
        expected: &["A01", "A03", "B09"],
        nearest: Some("A03"),
        says: "unknown variant `A033`",
    },
    Broken {
        what: "a bulk query about nobody",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "bulk: { date: 2024-12-03 }\n    expect:\n      FB",
        place: (14, 11),
        says: "names either `who`",
        ..NOTHING
    },
    Broken {
        what: "a bulk query about a stranger",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "bulk: { who: hanakko }\n    expect:\n      FB",
        place: (14, 18),
        expected: &["hanako"],
        nearest: Some("hanako"),
        says: "nobody here is called `hanakko`",
    },
    Broken {
        what: "a list of consents without days",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "list: { of: home-visit, from: 2024-12-01 }\n    expect:\n      FB",
        place: (14, 11),
        says: "a list of consents has `from` and `to`",
        ..NOTHING
    },
    Broken {
        what: "a list that ends before it begins",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "list: { of: online-care, from: 2024-12-02, to: 2024-12-01 }\n    expect:\n      FB",
        place: (14, 11),
        says: "before it starts at 2024-12-02",
        ..NOTHING
    },
    Broken {
        what: "an answer that is late by nothing",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - answers: { with: late, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "`late` has `seconds`",
        ..NOTHING
    },
];
