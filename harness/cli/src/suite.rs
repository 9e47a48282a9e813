//! Running and judging: one scenario, and many of them.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use madoguchi_conformance::{
    CaseResult, CaseVerdict, REFERENCE, RESULT_SCHEMA, Scope, SuiteResult, Summary, judge,
    rests_on_later,
};
use madoguchi_reference::register::Register;
use madoguchi_sim::{Driver, Plan, Run, RunError, run};

use crate::args::{SCENARIOS, Sources};
use crate::exit::Failure;
use crate::token::Token;

/// One run with everything known of it.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) plan: Plan,
    pub(crate) run: Result<Run, RunError>,
    pub(crate) result: CaseResult,
}

/// Runs and judges one plan; `replay` is what to type to see it again.
pub(crate) fn case(
    plan: Plan,
    register: &Arc<Register>,
    driver: Driver,
    as_of: Option<Date>,
    replay: String,
) -> Case {
    let run = rests_on_later(&plan, register)
        .and_then(|later| Ok((run(&plan, register, driver, true)?, Scope { as_of, later })));
    let (run, scope) = run.map_or_else(|e| (Err(e), Scope::default()), |(r, s)| (Ok(r), s));
    let judgement = run.as_ref().ok().map(|run| judge(&plan, &run.trace, register, &scope));
    let result = CaseResult {
        id: plan.scenario.id.clone(),
        verdict: judgement.as_ref().map_or(CaseVerdict::HarnessError, |j| j.verdict),
        rules: judgement.as_ref().map(|j| j.rules.clone()).unwrap_or_default(),
        trace_hash: run.as_ref().map(|r| r.hash.clone()).unwrap_or_default(),
        replay,
        error: run.as_ref().err().map(ToString::to_string),
    };
    Case { plan, run, result }
}

/// What to type to run a plan again: its token where the scenario is found by its id, otherwise
/// the stored plan itself; and wherever something else than usual was used, that too.
pub(crate) fn again(
    plan: &Plan,
    driver: Driver,
    stored: Option<&Path>,
    sources: &Sources,
) -> Result<String, Failure> {
    let mut line = "madoguchi replay ".to_owned();
    match stored {
        Some(file) => {
            line.push_str(&file.display().to_string());
            if driver != Driver::default() {
                line.push_str(&format!(" --driver {driver}"));
            }
        }
        None => {
            line.push_str(&Token::of(plan, driver)?.to_string());
            if sources.scenarios != Path::new(SCENARIOS) {
                line.push_str(&format!(" --scenarios {}", sources.scenarios.display()));
            }
        }
    }
    for word in sources.register.words() {
        line.push(' ');
        line.push_str(&word);
    }
    Ok(line)
}

/// Puts results together.
pub(crate) fn suite(
    cases: Vec<CaseResult>,
    register: &Register,
    seed: u64,
    driver: Driver,
    as_of: Option<Date>,
) -> SuiteResult {
    let summary = Summary::of(&cases, REFERENCE);
    SuiteResult {
        schema: RESULT_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        register: register.digest().to_owned(),
        product: REFERENCE.to_owned(),
        seed,
        driver: driver.to_string(),
        as_of: as_of.map(|date| date.to_string()),
        known_on: register.as_known_on().map(|date| date.to_string()),
        scenarios: cases,
        summary,
    }
}

/// A panic in a party is a result of ours, not a message of the standard library's.
pub(crate) fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}
