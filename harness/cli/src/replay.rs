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
    let register = load::register(&args.sources.register)?;
    // What was copied may have come with the command in front of it.
    let what = args.what.trim().trim_start_matches("madoguchi replay ").trim();
    let (plan, told, stored) = match Token::parse(what) {
        Some(token) => {
            let base = &args.sources.scenarios;
            let loaded = load::scenarios(std::slice::from_ref(&token.id), base, &register)?;
            let scenario = loaded.into_iter().next();
            let scenario = scenario.ok_or_else(|| Failure::Author(load::nothing_chosen()))?;
            let plan = Plan::new(scenario, token.seed, &register);
            token.check(&plan)?;
            (plan, token.driver, None)
        }
        None => (read_stored(what, &register)?, Driver::EventLoop, Some(Path::new(what))),
    };
    let driver = args.driver.map_or(told, Driver::from);
    let both = [&args.plan, &args.trace].into_iter().flatten().filter(|f| *f == Path::new("-"));
    if both.count() > 1 {
        return Err(Failure::Author(Bilingual::new(
            "標準出力に書けるのは --plan と --trace の一方だけです",
            "only one of --plan and --trace can go to standard output",
        )));
    }
    suite::quiet_panics();
    let again = suite::again(&plan, driver, stored, &args.sources)?;
    let case = suite::case(plan, &register, driver, None, again);
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
        _ if taken => {
            if let Some(error) = errors.iter().flatten().next() {
                out::error(error.pick(lang));
            }
        }
        Format::Json => {
            out::print(&json(&result).map_err(|e| Failure::Harness(e.to_string()))?);
        }
        Format::Text => out::print(&run::page(&result, &errors, &register, lang)),
    }
    Ok(run::code(&result))
}

fn read_stored(what: &str, register: &Register) -> Result<Plan, Failure> {
    let wrong = |ja: String, en: String| Failure::Author(Bilingual::new(ja, en));
    if what.starts_with("mdg") && !Path::new(what).exists() {
        return Err(wrong(
            format!("再現トークン `{what}` は壊れています。末尾まで写したか確かめてください"),
            format!("the token `{what}` is damaged: was it copied to its end?"),
        ));
    }
    let content = load::text(Path::new(what)).map_err(|problem| {
        wrong(
            format!(
                "`{what}` は再現トークン（mdg1-…）でも、読める計画でもありません: {}",
                problem.ja
            ),
            format!(
                "`{what}` is neither a token (mdg1-…) nor a plan that can be read: {}",
                problem.en
            ),
        )
    })?;
    let is_scenario = content.lines().any(|l| l.starts_with("scenario: "))
        && !content.lines().any(|l| l.starts_with("plan:"));
    if is_scenario {
        return Err(wrong(
            format!("`{what}` は計画ではなくシナリオです。`madoguchi run {what}` を使ってください"),
            format!("`{what}` is a scenario, not a plan: use `madoguchi run {what}`"),
        ));
    }
    let text = YamlText::new(what, &content);
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
