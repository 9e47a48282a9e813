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
];
