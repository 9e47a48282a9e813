//! A program of its own, so that no other test's memory is counted.
#![expect(clippy::disallowed_methods, reason = "tests read the checkout's own files")]

use std::path::Path;
use std::sync::Arc;

use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::register::{PUBLISHED, load};
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, run};

#[test]
fn many_runs_under_madsim_leave_nothing_behind() {
    let memory = || {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:"))?.to_owned();
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    let register = Arc::new(load(PUBLISHED).unwrap());
    let file = "../../scenarios/outage/a-bad-line-delays-the-answer-but-does-not-change-it.yaml";
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let scenario = Scenario::read(&YamlText::new(file, &text), &register).unwrap();
    let plan = Plan::new(scenario, 1, &register);
    let play = |times: u32| {
        for _ in 0..times {
            run(&plan, &register, Driver::Madsim, false).unwrap();
        }
    };
    play(50);
    // Where the system does not tell, there is nothing to hold against.
    let Some(before) = memory() else { return };
    play(500);
    let after = memory().unwrap_or(before);
    // Without the killing at the end, 500 runs hold on to well over 100 MiB.
    assert!(after < before + 20 * 1024, "{before} KiB grew to {after} KiB");
}
