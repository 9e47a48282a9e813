//! `madoguchi replay`: exactly one run, from a token or a stored plan.

use std::path::Path;

use madoguchi_reference::diagnostic::YamlText;
use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::Register;
use madoguchi_report::{Lang, json};
use madoguchi_sim::{Driver, Plan, PlanError};

use crate::args::{Format, ReplayArgs};
use crate::exit::Failure;
use crate::token::Token;
use crate::{load, out, run, suite};

pub(crate) fn replay(args: &ReplayArgs, lang: Lang) -> Result<u8, Failure> {
    let register = load::register(args.sources.register.as_deref())?;
    let (plan, told) = match Token::parse(&args.what) {
        Some(token) => {
            let base = &args.sources.scenarios;
            let loaded = load::scenarios(std::slice::from_ref(&token.id), base, &register)?;
            let scenario = loaded.into_iter().next();
            let scenario = scenario.ok_or_else(|| Failure::Author(load::nothing_chosen()))?;
            let plan = Plan::new(scenario, token.seed, &register);
            token.check(&plan)?;
            (plan, token.driver)
        }
        None => (stored(&args.what, &register)?, Driver::EventLoop),
    };
    let driver = args.driver.map_or(told, Driver::from);
    suite::quiet_panics();
    let case = suite::case(plan, &register, driver, None)?;
    if let Some(file) = &args.plan {
        let yaml = case.plan.to_yaml().map_err(|e| Failure::Harness(e.to_string()))?;
        put(file, &yaml)?;
    }
    if let (Some(file), Ok(run)) = (&args.trace, &case.run) {
        let lines = run.trace.to_json_lines().map_err(|e| Failure::Harness(e.to_string()))?;
        put(file, &lines)?;
    }
    let (seed, errors) = (case.plan.seed, [case.run.err().map(|error| error.text())]);
    let result = suite::suite(vec![case.result], &register, seed, driver, None);
    // What was asked for on standard output stands there alone.
    let taken = [&args.plan, &args.trace].into_iter().flatten().any(|f| f == Path::new("-"));
    match args.format {
        _ if taken => {}
        Format::Json => {
            out::print(&json(&result).map_err(|e| Failure::Harness(e.to_string()))?);
        }
        Format::Text => out::print(&run::page(&result, &errors, &register, lang)),
    }
    Ok(run::code(&result))
}

fn stored(what: &str, register: &Register) -> Result<Plan, Failure> {
    let content = load::text(Path::new(what)).map_err(|problem| {
        Failure::Author(Bilingual::new(
            format!(
                "`{what}` は再現トークン（mdg1-…）でも、読める計画でもありません: {}",
                problem.ja
            ),
            format!(
                "`{what}` is neither a token (mdg1-…) nor a plan that can be read: {}",
                problem.en
            ),
        ))
    })?;
    let text = YamlText { file: what, text: &content };
    Plan::read(&text, register).map_err(|error| match error {
        PlanError::Register { .. } => Failure::Settings(error.text()),
        PlanError::Wrong(_) | PlanError::Version { .. } => Failure::Author(error.text()),
    })
}

fn put(file: &Path, text: &str) -> Result<(), Failure> {
    if file == Path::new("-") {
        out::print(text);
        return Ok(());
    }
    run::put(file, text)
}
