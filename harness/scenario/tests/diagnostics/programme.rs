//! Ways to break a step about programme money.

use crate::broken::{Broken, NOTHING};

/// The visit of the good scenario's first step, for which each of these puts something else.
const VISIT: &str = "visit: { who: hanako, shows: card, verify: face }";

const fn instead(
    what: &'static str,
    to: &'static str,
    column: usize,
    says: &'static str,
) -> Broken {
    Broken { what, from: VISIT, to, place: (14, column), says, ..NOTHING }
}

pub const TABLE: &[Broken] = &[
    instead("no scheme", "programme: {}", 16, "exactly one scheme is named (support_money"),
    instead(
        "two schemes",
        "programme: { eligibility_app: { cost_yen: 1 }, phone_readers: { costs_yen: [1] } }",
        16,
        "here are 2",
    ),
    instead(
        "support money without any month",
        "programme: { support_money: { period: first } }",
        16,
        "write `months` in `facility`",
    ),
    instead(
        "a cost below nothing",
        "programme: { eligibility_app: { cost_yen: -1 } }",
        47,
        "a cost is 0 to 1000000000 yen",
    ),
    instead(
        "a clinic in a chain of pharmacies",
        "programme: { home_consent: { device_yen: 1, software_yen: 1, large_chain: true } }",
        79,
        "only a pharmacy (`kind: pharmacy`)",
    ),
    instead(
        "a condition that is not told",
        "programme: { lump_sum: { poster: true } }",
        28,
        "missing field `leaflet`",
    ),
    Broken {
        what: "an unknown scheme",
        from: VISIT,
        to: "programme: { lumpsum: { poster: true, leaflet: true } }",
        place: (14, 18),
        expected: &["support_money", "lump_sum", "record_standard"],
        nearest: Some("lump_sum"),
        says: "unknown field `lumpsum`",
    },
    Broken {
        what: "an unknown period",
        from: VISIT,
        to: "programme: { support_money: { period: third } }",
        place: (14, 43),
        expected: &["first", "second"],
        nearest: None,
        says: "unknown variant `third`",
    },
];
