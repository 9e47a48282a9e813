//! The worked table of certificates, row by row: what a certificate is good for on every boundary
//! day, asked of the functions and of the whole pipeline.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use madoguchi_conformance::{CaseVerdict, Scope, judge};
use madoguchi_reference::calendar::{add_months, day_after, day_before, end_of_month_after};
use madoguchi_reference::certificate::{Carrier, Standing, grace_end, standing};
use madoguchi_reference::diagnostic::YamlText;
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, run};

/// The first day of the grace (CERT-010, CERT-014).
const GRACE_FROM: Date = date(2024, 12, 2);

/// One row, as it is published; nothing in it is computed.
struct Row {
    expires: &'static str,
    alert_from: &'static str,
    full_to: &'static str,
    /// How long eligibility goes on after that.
    grace: Grace,
    /// The end by the naive reading, and by how many days it is shorter.
    naive: Option<(&'static str, i32)>,
}

enum Grace {
    /// Its end, computed, lies before the first day of any grace.
    None { computed: &'static str },
    /// Nothing up to 2024-12-01, then to the end.
    AfterGap { to: &'static str },
    /// From the day after expiry to the end.
    To(&'static str),
}

use Grace::{AfterGap, To};

const fn row(
    expires: &'static str,
    alert_from: &'static str,
    full_to: &'static str,
    grace: Grace,
    naive: Option<(&'static str, i32)>,
) -> Row {
    Row { expires, alert_from, full_to, grace, naive }
}

#[rustfmt::skip]
const TABLE: [Row; 20] = [
    row("2024-02-29", "2023-11-29", "2024-02-29", Grace::None { computed: "2024-05-31" }, Some(("2024-05-29", 2))),
    row("2024-07-15", "2024-04-15", "2024-07-15", Grace::None { computed: "2024-10-31" }, None),
    row("2024-08-31", "2024-05-31", "2024-08-31", Grace::None { computed: "2024-11-30" }, None),
    row("2024-09-01", "2024-06-01", "2024-09-01", AfterGap { to: "2024-12-31" }, Some(("2024-12-01", 30))),
    row("2024-11-29", "2024-08-29", "2024-11-29", AfterGap { to: "2025-02-28" }, Some(("2025-02-28", 0))),
    row("2024-11-30", "2024-08-30", "2024-11-30", AfterGap { to: "2025-02-28" }, Some(("2025-02-28", 0))),
    row("2024-12-01", "2024-09-01", "2024-12-01", To("2025-03-31"), Some(("2025-03-01", 30))),
    row("2024-12-02", "2024-09-02", "2024-12-02", To("2025-03-31"), Some(("2025-03-02", 29))),
    row("2024-12-31", "2024-09-30", "2024-12-31", To("2025-03-31"), Some(("2025-03-31", 0))),
    row("2025-01-31", "2024-10-31", "2025-01-31", To("2025-04-30"), Some(("2025-04-30", 0))),
    row("2025-05-31", "2025-02-28", "2025-05-31", To("2025-08-31"), Some(("2025-08-31", 0))),
    row("2025-08-30", "2025-05-30", "2025-08-30", To("2025-11-30"), Some(("2025-11-30", 0))),
    row("2025-08-31", "2025-05-31", "2025-08-31", To("2025-11-30"), Some(("2025-11-30", 0))),
    row("2025-11-10", "2025-08-10", "2025-11-10", To("2026-02-28"), Some(("2026-02-10", 18))),
    row("2025-11-30", "2025-08-30", "2025-11-30", To("2026-02-28"), Some(("2026-02-28", 0))),
    row("2025-12-01", "2025-09-01", "2025-12-01", To("2026-03-31"), Some(("2026-03-01", 30))),
    row("2025-12-31", "2025-09-30", "2025-12-31", To("2026-03-31"), Some(("2026-03-31", 0))),
    row("2026-02-28", "2025-11-28", "2026-02-28", To("2026-05-31"), Some(("2026-05-28", 3))),
    row("2027-11-30", "2027-08-30", "2027-11-30", To("2028-02-29"), Some(("2028-02-29", 0))),
    row("2028-02-29", "2027-11-29", "2028-02-29", To("2028-05-31"), Some(("2028-05-29", 2))),
];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Row {
    /// The last day of the grace as the rule computes it, whether or not there is one.
    fn computed_end(&self) -> Date {
        match self.grace {
            Grace::None { computed: end } | AfterGap { to: end } | To(end) => day(end),
        }
    }

    /// What the row says of a day. With the naive reading only the end differs.
    fn says(&self, today: Date, naive: bool) -> Standing {
        let naive_end = self.naive.filter(|_| naive).map(|(end, _)| day(end));
        let end = naive_end.unwrap_or(self.computed_end());
        let graced = match self.grace {
            Grace::None { .. } => false,
            AfterGap { .. } => today >= GRACE_FROM && today <= end,
            To(_) => today <= end,
        };
        if today < day(self.alert_from) {
            Standing::Full
        } else if today <= day(self.full_to) {
            Standing::FullWithAlert
        } else if graced {
            Standing::Grace
        } else {
            Standing::Lapsed
        }
    }

    /// Every day on which something begins or ends, and the day before it.
    fn boundaries(&self) -> BTreeSet<Date> {
        let naive = self.naive.map(|(end, _)| day_after(day(end)));
        let first_days =
            [day(self.alert_from), day_after(day(self.full_to)), day_after(self.computed_end())];
        let gap = matches!(self.grace, AfterGap { .. } | Grace::None { .. }).then_some(GRACE_FROM);
        let firsts = first_days.into_iter().chain(naive).chain(gap);
        firsts.flat_map(|first| [day_before(first), first]).collect()
    }
}

#[test]
fn the_functions_say_what_the_table_says_on_every_single_day() {
    let register = common::register();
    for row in &TABLE {
        let expires = day(row.expires);
        let last = day_after(row.computed_end()).max(date(2024, 12, 5));
        let mut today = day_before(day(row.alert_from));
        while today <= last {
            let found = standing(expires, today, Carrier::Card, &register.on(today));
            assert_eq!(found, row.says(today, false), "{} on {today}", row.expires);
            today = day_after(today);
        }
    }
}

#[test]
fn the_ends_of_both_readings_and_their_difference_are_those_of_the_table() {
    let month_end = common::register();
    let naive =
        common::edited(&[("end_policy: { value: month_end,", "end_policy: { value: same_day,")]);
    for row in &TABLE {
        let expires = day(row.expires);
        assert_eq!(end_of_month_after(expires, 3), row.computed_end(), "{}", row.expires);
        let end = |register: &madoguchi_reference::register::Register| {
            grace_end(expires, Carrier::Card, &register.on(GRACE_FROM)).unwrap()
        };
        assert_eq!(end(&month_end), row.computed_end());
        let Some((naive_end, shorter)) = row.naive else { continue };
        assert_eq!(end(&naive), day(naive_end), "{}", row.expires);
        assert_eq!(add_months(expires, 3), day(naive_end));
        assert_eq!((end(&month_end) - end(&naive)).get_days(), shorter, "{}", row.expires);
    }
}

/// A visit in the first and in the last second of every boundary day, with what the row says.
fn scenario(row: &Row, naive: bool) -> String {
    let settings = if naive { "settings: { \"CERT-010.end_policy\": same_day }\n" } else { "" };
    let mut text = format!(
        "scenario: certificate/worked-table\n\
         title: {{ ja: 表の一行, en: a row of the table }}\n\
         why: {{ ja: 境目の日を確かめる, en: it looks at the boundary days }}\n\
         {settings}\
         facility: {{ kind: clinic, prefecture: 13 }}\n\
         network: instant\n\
         people:\n\
         \x20 hanako:\n\
         \x20   born: 1985-04-12\n\
         \x20   coverage: [{{ insurer: \"06139992\", symbol: \"701\", number: \"12345\", branch: \"01\", from: 2019-04-01 }}]\n\
         \x20   card: {{ certificate: {{ expires: {} }} }}\n\
         timeline:\n",
        row.expires
    );
    for today in row.boundaries() {
        for time in ["00:00:00", "23:59:59"] {
            let expect = expectation(row.says(today, naive), today);
            text.push_str(&format!(
                "  - at: {today}T{time}\n    \
                 visit: {{ who: hanako, shows: card, verify: face, consent: all }}\n    \
                 expect: {{ {expect} }}\n"
            ));
        }
    }
    text
}

fn expectation(standing: Standing, today: Date) -> String {
    let refused = if today < GRACE_FROM { "CERT-008" } else { "CERT-013" };
    match standing {
        Standing::Full => full("none"),
        Standing::FullWithAlert => full("renew"),
        Standing::Grace => "CERT-010: { card: accepted, eligibility: valid, alert: renew }, \
                            CERT-012: { records: withheld }"
            .to_owned(),
        Standing::Lapsed => format!(
            "{refused}: {{ card: rejected, eligibility: not-asked, records: withheld, alert: none }}"
        ),
    }
}

fn full(alert: &str) -> String {
    format!(
        "CERT-002: {{ card: accepted, eligibility: valid, records: shown }}, \
         CERT-006: {{ alert: {alert} }}"
    )
}

#[test]
fn the_pipeline_does_what_the_table_says_in_the_first_and_last_second_of_each_boundary_day() {
    let register = common::register();
    let mut visits = 0;
    for row in &TABLE {
        // The naive reading is a setting; the program has to follow it just as well.
        for naive in [false, true].into_iter().filter(|naive| !naive || row.naive.is_some()) {
            let text = scenario(row, naive);
            let scenario = Scenario::read(&YamlText::new("row.yaml", &text), &register);
            let plan =
                Plan::new(scenario.unwrap_or_else(|e| panic!("{e:?}\n{text}")), 1, &register);
            let trace = run(&plan, &register, Driver::EventLoop, true).unwrap().trace;
            let judgement = judge(&plan, &trace, &register, &Scope::default());
            let wrong = judgement.rules.iter().flat_map(|r| &r.differences).collect::<Vec<_>>();
            assert_eq!(judgement.verdict, CaseVerdict::Pass, "{} {wrong:#?}\n{text}", row.expires);
            assert!(wrong.is_empty(), "{} {wrong:#?}\n{text}", row.expires);
            visits += plan.scenario.timeline.len();
        }
    }
    assert!(visits > 400, "only {visits} visits");
}
