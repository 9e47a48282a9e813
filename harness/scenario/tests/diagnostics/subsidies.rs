//! Ways to break the good scenario that are about public-expense schemes.

use crate::broken::{Broken, NOTHING};

pub const TABLE: &[Broken] = &[
    Broken {
        what: "a scheme paid by an insurance",
        from: "    card: { pin",
        to: "    public: [{ payer: \"06139992\", recipient: \"1234566\", from: 2024-04-01, pays: nothing }]\n    card: { pin",
        place: (11, 23),
        says: "no number of a public payer",
        ..NOTHING
    },
    Broken {
        what: "medical aid among the other schemes",
        from: "    card: { pin",
        to: "    public: [{ payer: \"12130019\", recipient: \"1234566\", from: 2024-04-01, pays: nothing }]\n    card: { pin",
        place: (11, 23),
        says: "written under `medical_aid`",
        ..NOTHING
    },
    Broken {
        what: "a recipient of a scheme without the check digit",
        from: "    card: { pin",
        to: "    public: [{ payer: \"54130018\", recipient: \"1234567\", from: 2024-04-01, pays: nothing }]\n    card: { pin",
        place: (11, 46),
        says: "no recipient number",
        ..NOTHING
    },
    Broken {
        what: "a certificate that ends before it starts",
        from: "    card: { pin",
        to: "    public: [{ payer: \"54130018\", recipient: \"1234566\", from: 2024-04-01, to: 2024-03-31, pays: nothing }]\n    card: { pin",
        place: (11, 79),
        says: "certificate ends before it starts",
        ..NOTHING
    },
    Broken {
        what: "a certificate that says no amount",
        from: "    card: { pin",
        to: "    public: [{ payer: \"54130018\", recipient: \"1234566\", from: 2024-04-01, pays: {} }]\n    card: { pin",
        place: (11, 81),
        says: "write `nothing`",
        ..NOTHING
    },
    Broken {
        what: "more than the whole",
        from: "    card: { pin",
        to: "    public: [{ payer: \"54130018\", recipient: \"1234566\", from: 2024-04-01, pays: { percent: 120 } }]\n    card: { pin",
        place: (11, 81),
        says: "0 to 100 percent",
        ..NOTHING
    },
    Broken {
        what: "a number of visits without an amount for each",
        from: "    card: { pin",
        to: "    public: [{ payer: \"54130018\", recipient: \"1234566\", from: 2024-04-01, pays: { visits: 2 } }]\n    card: { pin",
        place: (11, 81),
        says: "with `per_visit` only",
        ..NOTHING
    },
    Broken {
        what: "two schemes of one kind at once",
        from: "    card: { pin",
        to: "    public: [{ payer: \"54130018\", recipient: \"1234566\", from: 2024-04-01, pays: nothing }, { payer: \"54130018\", recipient: \"0000018\", from: 2024-05-01, pays: nothing }]\n    card: { pin",
        place: (11, 101),
        says: "cannot hold at once",
        ..NOTHING
    },
    Broken {
        what: "a certificate that nobody holds",
        from: "verify: face }\n    expect:\n      FB-001",
        to: "verify: face, certificates: [\"54\"] }\n    expect:\n      FB-001",
        place: (14, 68),
        says: "has no scheme of law number `54`",
        ..NOTHING
    },
    Broken {
        what: "a part under a scheme that nobody has",
        from: "verify: face }\n    expect:\n      FB-001",
        to: "verify: face, parts: [{ points: 75, under: [\"54\"] }] }\n    expect:\n      FB-001",
        place: (14, 61),
        says: "has no scheme of law number `54`",
        ..NOTHING
    },
    Broken {
        what: "points beside parts",
        from: "verify: face }\n    expect:\n      FB-001",
        to: "verify: face, points: 75, parts: [{ points: 75 }] }\n    expect:\n      FB-001",
        place: (14, 62),
        says: "exclude each other",
        ..NOTHING
    },
    Broken {
        what: "a part without points",
        from: "verify: face }\n    expect:\n      FB-001",
        to: "verify: face, parts: [{ points: 0 }] }\n    expect:\n      FB-001",
        place: (14, 61),
        says: "one point or more",
        ..NOTHING
    },
    Broken {
        what: "an unknown amount of a certificate",
        from: "    card: { pin",
        to: "    public: [{ payer: \"54130018\", recipient: \"1234566\", from: 2024-04-01, pays: { per_year: 1 } }]\n    card: { pin",
        place: (11, 83),
        expected: &["percent", "per_visit", "visits", "per_month"],
        says: "unknown field `per_year`",
        ..NOTHING
    },
];
