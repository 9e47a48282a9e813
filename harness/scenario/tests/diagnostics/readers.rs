//! Ways to break the good scenario that are about what goes wrong at a reader.

use crate::broken::{Broken, NOTHING};

pub const TABLE: &[Broken] = &[
    Broken {
        what: "a fault of a reader nobody knows",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: sleeve, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 21),
        says: "unknown variant `sleeve`",
        expected: &["card-in-sleeve"],
        ..NOTHING
    },
    Broken {
        what: "a command number for what the camera sees",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: back-light, at_apdu: 3, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "belongs to faults of chip or device",
        ..NOTHING
    },
    Broken {
        what: "a command number for what keeps a card from being connected",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: bad-atr, at_apdu: 3, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "strikes when the card is connected",
        ..NOTHING
    },
    Broken {
        what: "a command counted from 0",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: mute, at_apdu: 0, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "counted from 1",
        ..NOTHING
    },
    Broken {
        what: "a slot for what staff forget",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: visual-mode-left-on, slot: face, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "`slot` belongs to faults of chip or device",
        ..NOTHING
    },
    Broken {
        what: "a swapped card of nobody in particular",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: swapped, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "belongs to swapped and to nothing else",
        ..NOTHING
    },
    Broken {
        what: "a swapped card of somebody unknown",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: swapped, with: taro, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "nobody here with a card is called `taro`",
        ..NOTHING
    },
    Broken {
        what: "a slow card without its delay",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: slow, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "`delay_ms` belongs to slow",
        ..NOTHING
    },
    Broken {
        what: "a card slower than an hour",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: slow, delay_ms: 3600001, from: 2024-12-02T10:00, to: 2024-12-02T11:00 }\n",
        place: (7, 5),
        says: "delay_ms is at most 3600000",
        ..NOTHING
    },
    Broken {
        what: "a fault of a reader that ends before it begins",
        from: "network: instant\n",
        to: "network: instant\nfaults:\n  - reader: { what: mute, from: 2024-12-02T11:00, to: 2024-12-02T10:00 }\n",
        place: (7, 5),
        says: "ends after it begins",
        ..NOTHING
    },
];
