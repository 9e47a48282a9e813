//! Ways to break what a scenario says of its institution.

use crate::broken::{Broken, NOTHING};

pub const TABLE: &[Broken] = &[
    Broken {
        what: "a passcode with three digits",
        from: "prefecture: 13",
        to: "prefecture: 13, settings: { passcode: \"123\" }",
        place: (4, 65),
        says: "a passcode is four digits",
        ..NOTHING
    },
    Broken {
        what: "a clinic that is not excused and has no reader",
        from: "prefecture: 13",
        to: "prefecture: 13, readers: []",
        place: (4, 52),
        says: "there is no reader",
        ..NOTHING
    },
    Broken {
        what: "an unknown reason to be excused",
        from: "prefecture: 13",
        to: "prefecture: 13, excused: { reason: no-lin }",
        place: (4, 62),
        expected: &["unfinished-system", "no-line"],
        nearest: Some("no-line"),
        says: "unknown variant `no-lin`",
    },
    Broken {
        what: "more verifications by card than verifications",
        from: "prefecture: 13",
        to: "prefecture: 13, months: { 2023-10: { verifications: 9, by_card: 12, holders: 9, receipts: 9 } }",
        place: (4, 91),
        says: "12 verifications by card are more than all 9",
        ..NOTHING
    },
    Broken {
        what: "more persons with a card than verifications by card",
        from: "prefecture: 13",
        to: "prefecture: 13, months: { 2023-10: { verifications: 9, by_card: 5, holders: 6, receipts: 9 } }",
        place: (4, 103),
        says: "6 persons cannot have used the card 5 times",
        ..NOTHING
    },
    Broken {
        what: "a figure of a month that is forgotten",
        from: "prefecture: 13",
        to: "prefecture: 13, months: { 2023-10: { verifications: 9, by_card: 5, holders: 5 } }",
        place: (4, 62),
        says: "missing field `receipts`",
        ..NOTHING
    },
    Broken {
        what: "an unknown figure of a month",
        from: "prefecture: 13",
        to: "prefecture: 13, months: { 2023-10: { verifications: 9, by_cards: 5, holders: 5, receipts: 9 } }",
        place: (4, 82),
        expected: &["verifications", "by_card", "holders", "receipts"],
        nearest: Some("by_card"),
        says: "unknown field `by_cards`",
    },
    Broken {
        what: "a month that is none",
        from: "prefecture: 13",
        to: "prefecture: 13, months: { 2023-1: { verifications: 9, by_card: 5, holders: 5, receipts: 9 } }",
        place: (4, 53),
        says: "`2023-1` is not a month",
        ..NOTHING
    },
    Broken {
        what: "an unknown word for a poster",
        from: "prefecture: 13",
        to: "prefecture: 13, standing: { poster: crd }",
        place: (4, 63),
        expected: &["none", "card", "health-card-only"],
        nearest: Some("card"),
        says: "unknown variant `crd`",
    },
    Broken {
        what: "an unknown condition of an add-on",
        from: "prefecture: 13",
        to: "prefecture: 13, standing: { posters: card }",
        place: (4, 55),
        expected: &["poster", "room_use"],
        nearest: Some("poster"),
        says: "unknown field `posters`",
    },
    Broken {
        what: "an unknown add-on that was charged before",
        from: "    card: {",
        to: "    charged_before: { add_ons: [{ kind: infomation, date: 2024-09-01 }] }\n    card: {",
        place: (11, 41),
        expected: &["information", "dx"],
        nearest: Some("information"),
        says: "unknown variant `infomation`",
    },
];
