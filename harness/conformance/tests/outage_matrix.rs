//! The outage matrix of the rules on outages, cell by cell: what is down, and what then becomes
//! of a card, a paper, a phone, the portal's screen, medical information and the claim.
//!
//! Written by hand from the matrix. Where a cell leaves it open ("ok/unknown"), either is right.

mod common;

use madoguchi_conformance::{Scope, judge};
use madoguchi_reference::diagnostic::YamlText;
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, run};

/// One row: what is down, and its six cells in the order of [`COLUMNS`].
struct Row {
    down: &'static str,
    /// The outage, as in a scenario; `backlog` for insurers who have not registered yet.
    outage: &'static str,
    /// Facts and what they must be, alternatives separated by `|`.
    cells: [&'static [(&'static str, &'static str)]; 6],
}

/// The columns: what is tried, as the visit of a scenario.
const COLUMNS: [(&str, &str); 6] = [
    ("card", "{ who: holder, shows: card, verify: face, consent: all }"),
    ("資格確認書", "{ who: paper, shows: eligibility-certificate }"),
    ("phone", "{ who: phone, shows: phone, consent: all }"),
    // A card whose chip cannot be read, so that all depends on the screen.
    ("portal screen", "{ who: unreadable, shows: card, verify: face }"),
    ("medical information", "{ who: holder, shows: card, verify: pin, consent: all }"),
    // A card holder without portal and papers; the claim is handed in the month after.
    ("later claim", "{ who: bare, shows: card, verify: face }"),
];

const PORTAL: &[(&str, &str)] =
    &[("asked-for", "portal-screen"), ("basis", "portal-screen"), ("share", "30%")];
const AT_FACE_VALUE: &[(&str, &str)] = &[
    ("eligibility", "unknown"),
    ("asked-for", ""),
    ("basis", "eligibility-certificate"),
    ("share", "30%"),
];
const LOOKED_UP: &[(&str, &str)] =
    &[("eligibility", "valid"), ("asked-for", ""), ("basis", "eligibility-certificate")];
const BY_CARD: &[(&str, &str)] =
    &[("card", "accepted"), ("eligibility", "valid"), ("asked-for", ""), ("basis", "card")];
const BY_PHONE: &[(&str, &str)] =
    &[("card", "accepted"), ("eligibility", "valid"), ("asked-for", ""), ("basis", "phone")];
const WITHHELD: &[(&str, &str)] = &[("records", "withheld")];
const SHOWN: &[(&str, &str)] = &[("records", "shown")];
/// 申立書, and an unknown receipt that finds its insurer (CLM-003, CLM-009).
const STATEMENT: &[(&str, &str)] = &[
    ("basis", "statement"),
    ("claim-insurer", "77777777"),
    ("outcome", "transferred"),
    ("paid-by", "06139992"),
];
const NORMAL_CLAIM: &[(&str, &str)] =
    &[("basis", "card"), ("claim-insurer", "06139992"), ("outcome", "kept")];

const ROWS: [Row; 7] = [
    Row {
        down: "OQS centre",
        outage: "centre",
        cells: [PORTAL, AT_FACE_VALUE, PORTAL, PORTAL, WITHHELD, STATEMENT],
    },
    Row {
        down: "facility line",
        outage: "line",
        cells: [PORTAL, AT_FACE_VALUE, PORTAL, PORTAL, WITHHELD, STATEMENT],
    },
    Row {
        down: "power",
        outage: "power",
        cells: [
            PORTAL,
            &[("eligibility", "not-asked"), ("basis", "eligibility-certificate"), ("share", "30%")],
            PORTAL,
            PORTAL,
            WITHHELD,
            STATEMENT,
        ],
    },
    Row {
        down: "reader only",
        outage: "reader",
        cells: [
            // OUT-040 without a device: as FB-003. The terminal works, so the number that the
            // screen shows is that of the claim.
            PORTAL,
            LOOKED_UP,
            // No phone without the reader.
            &[("card", "not-read"), ("basis", "portal-screen")],
            PORTAL,
            WITHHELD,
            STATEMENT,
        ],
    },
    Row {
        down: "J-LIS",
        outage: "certifier",
        cells: [
            BY_CARD,
            LOOKED_UP,
            BY_PHONE,
            &[("basis", "portal-screen|statement"), ("share", "30%")],
            SHOWN,
            NORMAL_CLAIM,
        ],
    },
    Row {
        down: "portal",
        outage: "portal",
        cells: [
            BY_CARD,
            LOOKED_UP,
            BY_PHONE,
            // The ladder goes on without the screen.
            &[("asked-for", "portal-screen,eligibility-notice,statement"), ("basis", "statement")],
            SHOWN,
            NORMAL_CLAIM,
        ],
    },
    Row {
        down: "insurer backlog",
        outage: "backlog",
        cells: [
            // 無効: the old number is answered, and the portal shows the same old data.
            &[("eligibility", "invalid"), ("basis", "statement"), ("share", "30%")],
            // なし: a good paper is not refuted by it.
            &[("eligibility", "none"), ("basis", "eligibility-certificate"), ("share", "30%")],
            &[("eligibility", "invalid"), ("basis", "statement"), ("share", "30%")],
            // Old data on the portal, too.
            &[("asked-for", "portal-screen,eligibility-notice,statement"), ("basis", "statement")],
            &[("records", "shown|withheld")],
            // CLM-002: the past number, and nobody else to pay yet.
            &[("basis", "statement"), ("claim-insurer", "01130012"), ("outcome", "returned")],
        ],
    },
];

/// The scenario of a cell. It expects the first of the alternatives, so that the judge looks.
fn scenario(row: &Row, column: usize) -> String {
    let backlog = row.outage == "backlog";
    let faults = if backlog {
        String::new()
    } else {
        let (from, to) = ("2025-10-06T08:00", "2025-10-06T20:00");
        format!("faults:\n  - outage: {{ of: {}, from: {from}, to: {to} }}\n", row.outage)
    };
    let gain = if backlog { "never" } else { "in-time" };
    let person = |name: &str, number: u16, rest: &str| {
        // Whoever has a token was insured elsewhere before; the old period is known as lost.
        let new = format!(
            "      - {{ insurer: \"06139992\", symbol: \"701\", number: \"{number}\", \
             branch: \"01\", from: 2025-09-01, registered: {{ gain: {gain} }} }}\n"
        );
        let old = format!(
            "      - {{ insurer: \"01130012\", symbol: \"21\", number: \"{number}\", \
             branch: \"01\", from: 2019-04-01, to: 2025-08-31 }}\n"
        );
        let old = if name == "paper" { String::new() } else { old };
        format!("  {name}:\n    born: 1985-04-12\n    coverage:\n{old}{new}{rest}")
    };
    let card = "    card: { certificate: { expires: 2028-04-12 } }\n";
    let people = [
        person("holder", 60_001, &format!("{card}    portal: true\n")),
        person("paper", 60_002, "    papers: { eligibility-certificate: { until: 2027-03-31 } }\n"),
        person(
            "phone",
            60_003,
            "    phone: { kind: iphone, certificate: { expires: 2028-04-12 } }\n    portal: true\n",
        ),
        person(
            "unreadable",
            60_004,
            "    card: { chip: unreadable, certificate: { expires: 2028-04-12 } }\n    phone: { \
             kind: iphone, certificate: { expires: 2028-04-12 } }\n    portal: true\n",
        ),
        person("bare", 60_005, card),
    ];
    let (_, visit) = COLUMNS[column];
    let (claimed, seen): (Vec<_>, Vec<_>) = row.cells[column]
        .iter()
        .partition(|(fact, _)| ["claim-insurer", "outcome", "paid-by"].contains(fact));
    let expect = |facts: &[&(&str, &str)]| {
        let one = |(fact, values): &&(&str, &str)| {
            let first = values.split('|').next().unwrap_or_default();
            let list = fact == &"asked-for";
            if list { format!("{fact}: [{first}]") } else { format!("{fact}: \"{first}\"") }
        };
        facts.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!(
        "scenario: outage/matrix\ntitle: {{ ja: 表, en: matrix }}\nwhy: {{ ja: 表, en: matrix }}\n\
         facility: {{ kind: clinic, prefecture: 13, readers: [face-with-phone] }}\n\
         people:\n{}{faults}timeline:\n  - at: 2025-10-06T10:00\n    visit: {visit}\n    \
         expect:\n      OUT-003: {{ {} }}\n",
        people.concat(),
        expect(&seen)
    );
    if !claimed.is_empty() {
        text.push_str(&format!(
            "  - at: 2025-11-06T10:00\n    claim: {{ month: 2025-10, who: bare }}\n    expect:\n      \
             OUT-003: {{ {} }}\n",
            expect(&claimed)
        ));
    }
    text
}

#[test]
fn every_cell_of_the_outage_matrix_is_as_it_says() {
    let register = common::register();
    let mut wrong = Vec::new();
    for row in &ROWS {
        for (column, (name, _)) in COLUMNS.iter().enumerate() {
            let text = scenario(row, column);
            let scenario = Scenario::read(&YamlText::new("matrix.yaml", &text), &register);
            let scenario = scenario.unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"));
            let plan = Plan::new(scenario, 1, &register);
            for driver in [Driver::EventLoop, Driver::Madsim] {
                let trace = run(&plan, &register, driver, true).unwrap().trace;
                let judgement = judge(&plan, &trace, &register, &Scope::default());
                for (fact, allowed) in row.cells[column] {
                    let seen = judgement.outcome.iter().find(|(_, key, _)| key.word() == *fact);
                    let (_, _, value) = seen.unwrap_or_else(|| panic!("{fact} was not looked at"));
                    let seen = value.words().join(",");
                    if !allowed.split('|').any(|word| word == seen) {
                        let cell = format!("{} down, {name}", row.down);
                        wrong.push(format!("{cell}: {fact} is {seen}, not {allowed}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
