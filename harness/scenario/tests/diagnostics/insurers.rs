//! Ways to break the good scenario that are about insurers, welfare offices and what they send.

use crate::broken::{Broken, NOTHING};

pub const TABLE: &[Broken] = &[
    Broken {
        what: "putting right what is not wrong",
        from: "from: 2019-04-01",
        to: "registered: { corrected: 2024-05-13 }, from: 2019-04-01",
        place: (10, 74),
        says: "no mistake to be put right",
        ..NOTHING
    },
    Broken {
        what: "a mistake about nothing",
        from: "from: 2019-04-01",
        to: "registered: { mistaken: {} }, from: 2019-04-01",
        place: (10, 73),
        says: "nothing is registered wrongly",
        ..NOTHING
    },
    Broken {
        what: "an unknown word for what is wrong with a rate",
        from: "from: 2019-04-01",
        to: "registered: { mistaken: { rate: mising } }, from: 2019-04-01",
        place: (10, 81),
        expected: &["missing"],
        nearest: Some("missing"),
        says: "unknown variant `mising`",
    },
    Broken {
        what: "medical aid paid by an insurance",
        from: "    card: { pin",
        to: "    medical_aid: { payer: \"06139992\", recipient: \"1234566\", from: 2024-04-01 }\n    card: { pin",
        place: (11, 27),
        says: "no payer number of medical aid",
        ..NOTHING
    },
    Broken {
        what: "a recipient number without its check digit",
        from: "    card: { pin",
        to: "    medical_aid: { payer: \"12130019\", recipient: \"1234567\", from: 2024-04-01 }\n    card: { pin",
        place: (11, 50),
        says: "no recipient number",
        ..NOTHING
    },
    Broken {
        what: "medical aid that ends before it starts",
        from: "    card: { pin",
        to: "    medical_aid: { payer: \"12130019\", recipient: \"1234566\", from: 2024-04-01, to: 2024-03-31 }\n    card: { pin",
        place: (11, 83),
        says: "medical aid ends before it starts",
        ..NOTHING
    },
    Broken {
        what: "an unknown word for when a ticket is loaded",
        from: "    card: { pin",
        to: "    medical_aid: { payer: \"12130019\", recipient: \"1234566\", from: 2024-04-01, tickets: [{ month: 2025-06, registered: usally }] }\n    card: { pin",
        place: (11, 119),
        says: "unknown variant `usally`",
        expected: &["usual", "latest", "never"],
        nearest: Some("usual"),
    },
    Broken {
        what: "papers from an insurer of nobody",
        from: "network: instant",
        to: "network: instant\ninsurers: { \"138016\": {} }",
        place: (6, 13),
        expected: &["06139992"],
        says: "nobody here is insured with `138016`",
        ..NOTHING
    },
    Broken {
        what: "an unknown policy of an insurer",
        from: "network: instant",
        to: "network: instant\ninsurers: { \"06139992\": { reissue: ex-oficio } }",
        place: (6, 36),
        expected: &["ex-officio", "on-application"],
        nearest: Some("ex-officio"),
        says: "unknown variant `ex-oficio`",
    },
    Broken {
        what: "looking for papers that nobody sends",
        from: "visit: { who: hanako, shows: card, verify: face }\n    expect:\n      FB",
        to: "mail: { who: hanako }\n    expect:\n      FB",
        place: (14, 18),
        says: "no insurer sends papers to hanako",
        ..NOTHING
    },
];
