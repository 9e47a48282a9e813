//! Everything that can be seen of a run, whether anybody demands it or not: what two registers
//! are compared by.

use std::sync::Arc;

use madoguchi_reference::register::Register;
use madoguchi_scenario::{FactKey, FactValue};
use madoguchi_sim::{Driver, Plan, RunError, run};

use crate::facts::Steps;

/// One fact of one step, counted from 0.
pub type Seen = (usize, FactKey, FactValue);

/// Runs `plan` under `register` on the event loop and lists every fact of every step.
///
/// # Errors
/// The run came to no end.
pub fn seen(plan: &Plan, register: &Arc<Register>) -> Result<Vec<Seen>, RunError> {
    let run = run(plan, register, Driver::EventLoop, true)?;
    let register = plan.register_of(register);
    let steps = Steps::new(&plan.scenario, &run.trace, &register);
    let facts = (0..plan.scenario.timeline.len()).flat_map(|step| {
        let facts = steps.facts(step);
        FactKey::ALL.iter().map(move |key| (step, *key, facts.get(*key)))
    });
    Ok(facts.collect())
}
