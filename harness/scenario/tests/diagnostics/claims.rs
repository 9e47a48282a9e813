//! Ways to break what a scenario says of claims.

use crate::broken::{Broken, NOTHING};

const VISIT: &str = "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB";

pub const TABLE: &[Broken] = &[
    Broken {
        what: "an unknown way to hand in claims",
        from: VISIT,
        to: "claim: { month: 2024-11, on: papper }\n    expect:\n      FB",
        place: (14, 34),
        expected: &["online", "paper"],
        nearest: Some("paper"),
        says: "unknown variant `papper`",
    },
    Broken {
        what: "correcting the receipts of a stranger",
        from: VISIT,
        to: "correct: { month: 2024-11, who: hanaco }\n    expect:\n      FB",
        place: (14, 37),
        expected: &["hanako"],
        nearest: Some("hanako"),
        says: "nobody here is called `hanaco`",
    },
    Broken {
        what: "an objection of a strange insurer",
        from: VISIT,
        to: "objection: { who: hanako, month: 2024-11, insurer: \"138016\" }\n    expect:\n      FB",
        place: (14, 56),
        expected: &["06139992"],
        says: "nobody here is insured with `138016`",
        ..NOTHING
    },
    Broken {
        what: "an objection to no points",
        from: VISIT,
        to: "objection: { who: hanako, month: 2024-11, insurer: \"06139992\", points: 0 }\n    expect:\n      FB",
        place: (14, 76),
        says: "points are 1 to",
        ..NOTHING
    },
    Broken {
        what: "an unknown mistake of the receipt computer",
        from: "network: instant",
        to: "network: instant\nfaults:\n  - claim: { what: wrong-chek-digit, month: 2024-11 }",
        place: (7, 20),
        expected: &[
            "wrong-check-digit",
            "wrong-number",
            "wrong-symbol",
            "no-branch",
            "no-sn",
            "no-payer",
            "no-public-payer",
            "wrong-kind",
            "wrong-points",
            "wrong-days",
            "month-to-come",
            "wrong-receipt-number",
            "duplicate-receipt",
            "wrong-total",
            "last-months-file",
            "other-body",
            "one-body-for-all",
            "truncated",
            "not-shift-jis",
            "bare-line-feeds",
            "wrong-order",
            "nul-bytes",
        ],
        nearest: Some("wrong-check-digit"),
        says: "unknown variant `wrong-chek-digit`",
    },
    Broken {
        what: "a review of a stranger",
        from: "network: instant",
        to: "network: instant\nfaults:\n  - review: { who: hanaco, month: 2024-11 }",
        place: (7, 5),
        says: "nobody here is called `hanaco`",
        ..NOTHING
    },
];
