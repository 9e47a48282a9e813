//! What an expectation rests on: a scenario is written with everything published so far, but may
//! be replayed as of a day on which some of it was not known (GEN-011).

use std::collections::BTreeSet;
use std::sync::Arc;

use madoguchi_reference::register::Register;
use madoguchi_scenario::FactKey;
use madoguchi_sim::{Plan, RunError};

use crate::seen::seen;

/// The facts, by step, that come out differently under `register` and under everything published
/// since: an expectation of one of them cannot be held against anybody who knew `register` only.
/// Empty where `register` is whole.
///
/// # Errors
/// A run came to no end.
pub fn rests_on_later(
    plan: &Plan,
    register: &Arc<Register>,
) -> Result<BTreeSet<(usize, FactKey)>, RunError> {
    if register.as_known_on().is_none() {
        return Ok(BTreeSet::new());
    }
    let (then, now) = (seen(plan, register)?, seen(plan, &register.shared_whole())?);
    let differing = then.into_iter().zip(now).filter(|(then, now)| then != now);
    Ok(differing.map(|((step, fact, _), _)| (step, fact)).collect())
}
