//! How fast the drivers are: a clinic's opening day with 120 patients, and a single visit.
#![expect(clippy::disallowed_methods, reason = "a bench reads the checkout's own files")]

use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::register::{PUBLISHED, Register, load};
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, run};

fn plan(id: &str, register: &Arc<Register>) -> Plan {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(id);
    let text = std::fs::read_to_string(file.with_extension("yaml")).unwrap_or_default();
    let scenario = Scenario::read(&YamlText::new(id, &text), register);
    Plan::new(scenario.unwrap_or_else(|wrong| panic!("{wrong:?}")), 1, register)
}

fn drivers(criterion: &mut Criterion) {
    let register = Arc::new(load(PUBLISHED).unwrap_or_else(|wrong| panic!("{wrong:?}")));
    for (name, id) in [
        ("opening-day", "visit/a-clinics-opening-day"),
        ("one-visit", "identity/face-at-a-first-visit"),
    ] {
        let plan = plan(id, &register);
        for driver in [Driver::EventLoop, Driver::Madsim] {
            criterion.bench_function(&format!("{name}/{driver}"), |bencher| {
                bencher.iter(|| run(&plan, &register, driver, false));
            });
        }
    }
}

criterion_group!(benches, drivers);
criterion_main!(benches);
