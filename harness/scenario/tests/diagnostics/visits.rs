//! Ways to break what a scenario says of what is done at a visit.

use crate::broken::{Broken, NOTHING};

pub const TABLE: &[Broken] = &[
    Broken {
        what: "a stay without points",
        from: "verify: face",
        to: "verify: face, setting: inpatient",
        place: (14, 12),
        says: "must say its `points`",
        ..NOTHING
    },
    Broken {
        what: "an unknown setting",
        from: "verify: face",
        to: "verify: face, setting: inpatent",
        place: (14, 63),
        expected: &["outpatient", "inpatient"],
        nearest: Some("inpatient"),
        says: "unknown variant `inpatent`",
    },
    Broken {
        what: "a day of admission without a stay",
        from: "verify: face",
        to: "verify: face, admitted: 2024-12-01",
        place: (14, 64),
        says: "`admitted` is said with `setting: inpatient` only",
        ..NOTHING
    },
    Broken {
        what: "a stay that begins after it is charged",
        from: "verify: face",
        to: "verify: face, admitted: 2024-12-03, setting: inpatient, points: 9",
        place: (14, 64),
        says: "begins after the day on which it is charged",
        ..NOTHING
    },
    Broken {
        what: "a prescription at a clinic",
        from: "verify: face",
        to: "verify: face, prescriber: \"1319990003\"",
        place: (14, 66),
        says: "`prescriber` is said at a `pharmacy` only",
        ..NOTHING
    },
    Broken {
        what: "no points at a dentist",
        from: "kind: clinic",
        to: "kind: dental",
        place: (14, 12),
        says: "must say its `points`",
        ..NOTHING
    },
];

/// A visit that can only be at a pharmacy or a dentist, and what is wrong with it.
pub const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("pharmacy", "points: 9, prescriber: \"1349990003\"", "is no institution that prescribes"),
    ("pharmacy", "points: 9, prescriber: \"13199\"", "is no institution that prescribes"),
    ("dental", "points: 9, setting: inpatient", "nobody stays at this kind of institution"),
];
