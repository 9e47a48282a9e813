//! `madoguchi rules coverage`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use madoguchi_conformance::{BoundaryResult, Coverage, boundaries, cross, unknown_citations};
use madoguchi_reference::register::Register;
use madoguchi_report::{Lang, json};
use madoguchi_scenario::Scenario;
use madoguchi_sim::RunError;

use crate::args::Format;
use crate::exit::{CONFORMANT, Failure, NOT_CONFORMANT};
use crate::{load, out, pool, suite};

/// Where code that cites rules is, in a checkout.
const CODE: [&str; 2] = ["reference-impl/src", "harness"];

/// What is to be covered, and where what covers it is.
pub(crate) struct Wanted<'a> {
    pub(crate) register: &'a Arc<Register>,
    /// Only rules in force on this day.
    pub(crate) as_of: Option<Date>,
    pub(crate) scenarios: &'a Path,
    pub(crate) code: &'a [PathBuf],
}

pub(crate) fn coverage(wanted: &Wanted<'_>, format: Format, lang: Lang) -> Result<u8, Failure> {
    let register = wanted.register;
    let scenarios = load::scenarios(&[], wanted.scenarios, register)?;
    let in_force = |day: Date| register.on(day);
    let counts = |id: &str| wanted.as_of.is_none_or(|day| in_force(day).in_force(id));
    let rules = register.rules().filter(|rule| counts(rule.id.as_str()));
    let mut result = Coverage::of(register, rules, &scenarios);
    suite::quiet_panics();
    result.boundaries = crossed(register, &scenarios)?;
    result.boundaries.retain(|boundary| counts(&boundary.rule));
    for folder in code(wanted.code) {
        for (file, text) in load::sources(&folder)? {
            result.unknown.extend(unknown_citations(&file, &text, register));
        }
    }
    match format {
        Format::Json => {
            out::print(&json(&result).map_err(|e| Failure::Harness(e.to_string()))?);
        }
        Format::Text => out::print(&madoguchi_report::coverage(&result, lang)),
    }
    Ok(if result.is_whole() { CONFORMANT } else { NOT_CONFORMANT })
}

/// Every boundary of the register, crossed.
fn crossed(
    register: &Arc<Register>,
    scenarios: &[Scenario],
) -> Result<Vec<BoundaryResult>, Failure> {
    let all = boundaries(register);
    let results =
        pool::map(&all, pool::threads(), |_, boundary| cross(boundary, register, scenarios));
    let harness = |error: RunError| Failure::Harness(error.to_string());
    let results = results.into_iter().collect::<Result<Vec<_>, _>>().map_err(harness)?;
    Ok(results.into_iter().flatten().collect())
}

/// The folders named, or those of the checkout this is run in, as far as there are any.
fn code(named: &[PathBuf]) -> Vec<PathBuf> {
    if !named.is_empty() {
        return named.to_vec();
    }
    CODE.iter().map(PathBuf::from).filter(|folder| folder.is_dir()).collect()
}
