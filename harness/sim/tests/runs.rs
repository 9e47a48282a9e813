//! Runs as pure functions of their plans: repeatable, replayable, bounded.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read the checkout's own files and use threads"
)]

use std::path::Path;
use std::sync::Arc;

use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::register::{PUBLISHED, Register, load};
use madoguchi_scenario::{Open, Scenario, Streams, close};
use madoguchi_sim::{Driver, Plan, PlanError, Run, What, run};

fn register() -> Arc<Register> {
    Arc::new(load(PUBLISHED).unwrap())
}

fn scenario(id: &str, register: &Register) -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(id);
    let file = file.with_extension("yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    Scenario::read(&YamlText::new(id, &text), register).unwrap()
}

fn played(id: &str, seed: u64, driver: Driver) -> Run {
    let register = register();
    let plan = Plan::new(scenario(id, &register), seed, &register);
    run(&plan, &register, driver, true).unwrap()
}

const DAY: &str = "visit/a-clinics-opening-day";
const LOSSY: &str = "outage/a-bad-line-delays-the-answer-but-does-not-change-it";

#[test]
fn the_same_plan_leaves_the_same_hash_and_another_seed_another_one() {
    for driver in [Driver::EventLoop, Driver::Madsim] {
        let first = played(DAY, 7, driver);
        assert_eq!(played(DAY, 7, driver).hash, first.hash);
        assert_ne!(played(DAY, 8, driver).hash, first.hash);
    }
}

#[test]
fn a_fresh_thread_and_a_used_one_leave_the_same_hash() {
    let first = played(LOSSY, 3, Driver::Madsim).hash;
    let threads = [(); 2].map(|()| {
        std::thread::spawn(|| {
            // The second run on a thread is where per-thread state would show.
            played(DAY, 1, Driver::Madsim);
            played(LOSSY, 3, Driver::Madsim).hash
        })
    });
    for thread in threads {
        assert_eq!(thread.join().unwrap(), first);
    }
}

#[test]
fn keeping_the_trace_does_not_change_the_hash() {
    let register = register();
    let plan = Plan::new(scenario(LOSSY, &register), 1, &register);
    let kept = run(&plan, &register, Driver::EventLoop, true).unwrap();
    let hashed = run(&plan, &register, Driver::EventLoop, false).unwrap();
    assert_eq!((kept.hash, kept.events), (hashed.hash, hashed.events));
    assert!(hashed.trace.events.is_empty());
    assert_eq!(kept.trace.events.len(), usize::try_from(kept.events).unwrap());
}

#[test]
fn a_stored_plan_replays_the_run_it_came_from() {
    let register = register();
    for id in [DAY, LOSSY, "certificate/any-expiry-from-december-2024-to-june-2025"] {
        let plan = Plan::new(scenario(id, &register), 5, &register);
        let yaml = plan.to_yaml().unwrap();
        let stored = Plan::read(&YamlText::new("plan.yaml", &yaml), &register).unwrap();
        assert_eq!(stored, plan, "{id}");
        let first = run(&plan, &register, Driver::EventLoop, false).unwrap();
        let second = run(&stored, &register, Driver::EventLoop, false).unwrap();
        assert_eq!(first.hash, second.hash, "{id}");
    }
}

#[test]
fn the_plan_of_the_largest_crowd_can_be_stored_and_read() {
    let register = register();
    let mut scenario = scenario(DAY, &register);
    scenario.crowd.as_mut().unwrap().patients = 2_000;
    let plan = Plan::new(scenario, 1, &register);
    let yaml = plan.to_yaml().unwrap();
    let stored = Plan::read(&YamlText::new("plan.yaml", &yaml), &register).unwrap();
    assert_eq!(stored, plan);
}

#[test]
fn a_plan_that_leaves_something_open_is_refused_and_a_wrong_one_at_its_place() {
    let register = register();
    let plan = Plan::new(scenario("visit/adult-pays-thirty-percent", &register), 1, &register);
    let yaml = plan.to_yaml().unwrap();
    let read = |text: &str| Plan::read(&YamlText::new("plan.yaml", text), &register);
    let born = yaml.lines().find(|l| l.trim_start().starts_with("born:")).unwrap();
    let indent = &born[..born.len() - born.trim_start().len()];
    let open = yaml.replace(born, &format!("{indent}born: {{ any: 1960-01-01..1961-01-01 }}"));
    assert!(matches!(read(&open), Err(PlanError::Wrong(_))));
    let who = yaml.lines().position(|l| l.trim_start().starts_with("who:")).unwrap();
    let line = yaml.lines().nth(who).unwrap();
    let indent = &line[..line.len() - line.trim_start().len()];
    let nobody = yaml.replacen(line, &format!("{indent}who: nobody"), 1);
    let Err(PlanError::Wrong(wrong)) = read(&nobody) else { panic!("nobody was accepted") };
    assert_eq!(wrong[0].line, who + 1);
}

#[test]
fn a_plan_of_another_register_or_version_is_refused() {
    let register = register();
    let plan = Plan::new(scenario(LOSSY, &register), 5, &register);
    let yaml = plan.to_yaml().unwrap();
    let read = |text: &str| Plan::read(&YamlText::new("plan.yaml", text), &register);
    let other = yaml.replace(register.digest(), "0000");
    assert!(matches!(read(&other), Err(PlanError::Register { .. })));
    let other = yaml.replace("plan: 1\n", "plan: 2\n");
    assert!(matches!(read(&other), Err(PlanError::Version { found: 2 })));
    assert!(matches!(read("plan: [1"), Err(PlanError::Wrong(_))));
}

#[test]
fn a_seed_closes_what_is_open_inside_its_range_and_always_the_same_way() {
    let register = register();
    let open = scenario("certificate/any-expiry-from-december-2024-to-june-2025", &register);
    let mut drawn = std::collections::BTreeSet::new();
    for seed in 0..50 {
        let closed = close(open.clone(), &Streams::new(seed));
        assert_eq!(closed, close(open.clone(), &Streams::new(seed)));
        for (before, after) in open.people.values().zip(closed.people.values()) {
            let expires =
                |p: &madoguchi_scenario::Person| p.card.as_ref().unwrap().certificate.expires;
            let Some(Open::Any(first, last)) = expires(before) else { continue };
            let day = expires(after).unwrap().fixed().unwrap();
            assert!((first..=last).contains(&day));
            drawn.insert(day);
        }
    }
    assert!(drawn.len() > 20, "fifty seeds drew only {} days", drawn.len());
}

#[test]
fn every_event_but_what_the_plan_brings_about_has_a_cause_before_it() {
    let power = "outage/overlapping-power-failures-end-with-the-last-one";
    let runs = [DAY, LOSSY, power].map(|id| played(id, 1, Driver::EventLoop));
    for event in runs.iter().flat_map(|run| &run.trace.events) {
        // What the plan itself brings about: starts, orders, outages and what they switch off.
        let opening =
            matches!(event.what, What::Started { .. } | What::Outage { .. } | What::Power { .. })
                || matches!(&event.what, What::Arrived { from, .. }
                if *from == madoguchi_reference::party::PartyId::Stage);
        match event.cause {
            Some(cause) => assert!(cause < event.seq),
            None => assert!(opening, "{event:?}"),
        }
    }
}

#[test]
fn a_lossy_line_loses_doubles_and_reorders() {
    let lost = |run: &Run| {
        let lost = |w: &What| matches!(w, What::Lost { why: madoguchi_sim::Loss::Line, .. });
        run.trace.events.iter().filter(|e| lost(&e.what)).count()
    };
    let lossy: usize = (1..=5).map(|seed| lost(&played(LOSSY, seed, Driver::EventLoop))).sum();
    assert!(lossy > 5);
    assert_eq!(lost(&played(DAY, 1, Driver::EventLoop)), 0);
}
