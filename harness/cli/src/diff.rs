//! `madoguchi rules diff`: a register tried before it is released.

use std::path::Path;
use std::sync::Arc;

use madoguchi_conformance::{Impact, impact};
use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::Register;
use madoguchi_report::{Lang, json};

use crate::args::{Format, RegisterArgs};
use crate::exit::{CONFORMANT, Failure};
use crate::{load, out, pool, suite};

/// The word for the register that this program was built with.
const PUBLISHED: &str = "published";

/// The two registers, the scenarios and the seed.
pub(crate) struct Tried<'a> {
    pub(crate) before: &'a Path,
    pub(crate) after: &'a Path,
    pub(crate) scenarios: &'a Path,
    pub(crate) seed: u64,
    /// Settings and `--known-on` count for both.
    pub(crate) chosen: &'a RegisterArgs,
}

pub(crate) fn diff(tried: &Tried<'_>, format: Format, lang: Lang) -> Result<u8, Failure> {
    if tried.chosen.folder.is_some() {
        return Err(Failure::Author(Bilingual::new(
            "rules diff は二つの規則台帳を引数に取ります。--register は使いません",
            "rules diff takes its two registers as arguments: --register has no place here",
        )));
    }
    let (before, after) = (one(tried.before, tried)?, one(tried.after, tried)?);
    // A scenario may have been written for the second register already.
    let scenarios = load::scenarios_of_any(&[], tried.scenarios, &[before.clone(), after.clone()])?;
    suite::quiet_panics();
    let found = pool::map(&scenarios, pool::threads(), |_, scenario| {
        impact(scenario, tried.seed, &before, &after)
    });
    let found = found.into_iter().flatten().collect();
    let result = Impact::of(&before, &after, scenarios.len(), found);
    match format {
        Format::Json => {
            out::print(&json(&result).map_err(|e| Failure::Harness(e.to_string()))?);
        }
        Format::Text => out::print(&madoguchi_report::impact(&result, lang)),
    }
    Ok(CONFORMANT)
}

fn one(folder: &Path, tried: &Tried<'_>) -> Result<Arc<Register>, Failure> {
    let folder = Some(folder).filter(|folder| *folder != Path::new(PUBLISHED));
    load::chosen(load::register_in(folder)?, tried.chosen)
}
