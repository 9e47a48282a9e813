//! `madoguchi determinism`: the same plan must leave the same trace on a fresh thread, on a busy
//! pool, in another process and in another build, and the same outcome under the other driver.
//! Where it does not, the first differing event is named.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use madoguchi_conformance::{Scope, judge};
use madoguchi_reference::register::Register;
use madoguchi_report::Lang;
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, Run, run};
use serde::Serialize;

use crate::args::{DeterminismArgs, Format};
use crate::exit::{CONFORMANT, Failure, NOT_CONFORMANT};
use crate::token::Token;
use crate::{load, out, pool};

/// How many differences are described to people: more would bury the first.
const DESCRIBED_MAX: usize = 10;

/// One scenario with one seed.
struct Cell {
    plan: Plan,
    id: String,
    seed: u64,
}

/// One comparison: with what, and what differed.
#[derive(Serialize)]
struct Comparison {
    with: String,
    agree: usize,
    differences: Vec<String>,
}

#[derive(Serialize)]
struct Compared {
    schema: &'static str,
    runs: usize,
    comparisons: Vec<Comparison>,
}

pub(crate) fn determinism(args: &DeterminismArgs, lang: Lang) -> Result<u8, Failure> {
    let register = load::register(&args.sources.register)?;
    let scenarios = load::scenarios(&[], &args.sources.scenarios, &register)?;
    let cells = cells(&scenarios, args.seeds, &register);
    if args.emit {
        let hashes = pool::map(&cells, pool::threads(), |_, cell| hash(cell, &register));
        out::print(&lines(&cells, &hashes));
        return Ok(CONFORMANT);
    }
    let fresh = pool::map(&cells, pool::threads(), |_, cell| on_a_fresh_thread(cell, &register));
    let mut comparisons = Vec::new();
    let mut compare = |with: String, differences: Vec<String>| {
        let agree = cells.len() - differences.len();
        let comparison = Comparison { with, agree, differences };
        if args.format == Format::Text {
            out::print(&text(&comparison, lang));
        }
        comparisons.push(comparison);
    };
    compare(BUSY_POOL.pick(lang), busy_pool(&cells, &fresh, &register));
    for program in &args.with {
        let differing = other_process(program, args, &cells, &fresh)?;
        compare(program.display().to_string(), differing);
    }
    let outcomes = pool::map(&cells, pool::threads(), |_, cell| other_driver(cell, &register));
    compare(OTHER_DRIVER.pick(lang), outcomes.into_iter().flatten().collect());
    let agreed = comparisons.iter().all(|c| c.differences.is_empty());
    if args.format == Format::Json {
        let (schema, runs) = ("madoguchi-determinism/1", cells.len());
        let json = serde_json::to_string_pretty(&Compared { schema, runs, comparisons });
        out::print(&(json.map_err(|e| Failure::Harness(e.to_string()))? + "\n"));
    }
    Ok(if agreed { CONFORMANT } else { NOT_CONFORMANT })
}

/// A fixed text in both languages.
struct Words(&'static str, &'static str);

impl Words {
    fn pick(&self, lang: Lang) -> String {
        lang.pick(self.0, self.1).to_owned()
    }
}

const BUSY_POOL: Words = Words("順序を変えた混雑したプール", "a busy, shuffled pool");
const OTHER_DRIVER: Words = Words("madsim（結果の比較）", "madsim (outcomes rather than hashes)");

fn text(comparison: &Comparison, lang: Lang) -> String {
    let Comparison { with, agree, differences } = comparison;
    let mut text = match lang {
        Lang::Ja => format!("{agree} 回の実行が一致: {with}\n"),
        Lang::En => format!("{agree} runs agree with {with}\n"),
    };
    for difference in differences.iter().take(DESCRIBED_MAX) {
        let _ = writeln!(text, "\n{difference}");
    }
    let more = differences.len().saturating_sub(DESCRIBED_MAX);
    if more > 0 {
        let _ = match lang {
            Lang::Ja => writeln!(text, "\nほかに {more} 件（--format json ですべて）"),
            Lang::En => writeln!(text, "\nand {more} more (all of them: --format json)"),
        };
    }
    text
}

fn cells(scenarios: &[Scenario], seeds: u64, register: &Register) -> Vec<Cell> {
    let mut cells = Vec::new();
    for scenario in scenarios {
        for seed in 1..=seeds {
            let plan = Plan::new(scenario.clone(), seed, register);
            cells.push(Cell { plan, id: scenario.id.clone(), seed });
        }
    }
    cells
}

/// The hash of a run, or what stopped it.
fn hash(cell: &Cell, register: &Arc<Register>) -> String {
    let run = run(&cell.plan, register, Driver::EventLoop, false);
    run.map_or_else(|error| error.to_string(), |run| run.hash)
}

fn on_a_fresh_thread(cell: &Cell, register: &Arc<Register>) -> String {
    std::thread::scope(|scope| {
        scope.spawn(|| hash(cell, register)).join().unwrap_or_else(|_| "panicked".to_owned())
    })
}

/// All cells again, out of order, on threads that are used over and over.
fn busy_pool(cells: &[Cell], fresh: &[String], register: &Arc<Register>) -> Vec<String> {
    let order: Vec<usize> = (0..cells.len()).map(|i| (i * 7919) % cells.len()).collect();
    let distinct: std::collections::BTreeSet<_> = order.iter().collect();
    // A stride that shares a factor with the length would leave cells out.
    let order =
        if distinct.len() == cells.len() { order } else { (0..cells.len()).rev().collect() };
    let again = pool::map(&order, pool::threads(), |_, index| {
        let cell = &cells[*index];
        (hash(cell, register) != fresh[*index]).then(|| {
            let first = run(&cell.plan, register, Driver::EventLoop, true);
            let second = run(&cell.plan, register, Driver::EventLoop, true);
            match (first, second) {
                (Ok(first), Ok(second)) => describe(cell, &events(&first), &events(&second)),
                _ => format!("{} seed {}: one of two runs failed", cell.id, cell.seed),
            }
        })
    });
    again.into_iter().flatten().collect()
}

fn lines(cells: &[Cell], hashes: &[String]) -> String {
    let mut text = String::new();
    for (cell, hash) in cells.iter().zip(hashes) {
        let _ = writeln!(text, "{} {} {hash}", cell.id, cell.seed);
    }
    text
}

/// The same cells in another process, perhaps of another build.
fn other_process(
    program: &Path,
    args: &DeterminismArgs,
    cells: &[Cell],
    fresh: &[String],
) -> Result<Vec<String>, Failure> {
    let seeds = args.seeds.to_string();
    let printed = ask(program, args, &["determinism", "--emit", "--seeds", &seeds])?;
    let mine = lines(cells, fresh);
    let mut wrong = Vec::new();
    let mut theirs = printed.lines();
    for (line, cell) in mine.lines().zip(cells) {
        if theirs.next() == Some(line) {
            continue;
        }
        let token = Token::of(&cell.plan, Driver::EventLoop)?.to_string();
        let theirs = ask(program, args, &["replay", &token, "--trace", "-"]);
        let me = std::env::current_exe().map_err(|e| Failure::Harness(e.to_string()))?;
        let mine = ask(&me, args, &["replay", &token, "--trace", "-"]);
        wrong.push(match (mine, theirs) {
            (Ok(mine), Ok(theirs)) => describe(cell, &split(&mine), &split(&theirs)),
            _ => format!("{} seed {}: the other process made no trace", cell.id, cell.seed),
        });
    }
    Ok(wrong)
}

fn ask(program: &Path, args: &DeterminismArgs, what: &[&str]) -> Result<String, Failure> {
    let mut command = Command::new(program);
    command.args(what).arg("--scenarios").arg(&args.sources.scenarios);
    command.args(args.sources.register.words());
    let output = command
        .output()
        .map_err(|error| Failure::Settings(load::named(program, load::io_problem(&error))))?;
    String::from_utf8(output.stdout).map_err(|e| Failure::Harness(e.to_string()))
}

fn split(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn events(run: &Run) -> Vec<String> {
    split(&run.trace.to_json_lines().unwrap_or_default())
}

/// Names the first event in which two traces of one cell differ.
fn describe(cell: &Cell, first: &[String], second: &[String]) -> String {
    let head = format!("{} seed {}", cell.id, cell.seed);
    let differing = first.iter().zip(second).position(|(a, b)| a != b);
    match differing {
        Some(index) => {
            format!("{head}: event {index} differs\n  {}\n  {}", first[index], second[index])
        }
        None if first.len() != second.len() => {
            let (shorter, longer) = (first.len().min(second.len()), first.len().max(second.len()));
            let extra = if first.len() > second.len() { first } else { second };
            format!(
                "{head}: one trace ends after {shorter} of {longer} events\n  {}",
                extra[shorter]
            )
        }
        None => format!("{head}: the hashes differed, the traces do not; a third run differs"),
    }
}

/// The outcome under madsim, if it is another one.
fn other_driver(cell: &Cell, register: &Arc<Register>) -> Option<String> {
    let outcome = |driver| {
        let run = run(&cell.plan, register, driver, true).map_err(|e| e.to_string())?;
        Ok::<_, String>((judge(&cell.plan, &run.trace, register, &Scope::default()), run))
    };
    let (first, second) = (outcome(Driver::EventLoop), outcome(Driver::Madsim));
    match (first, second) {
        (Ok((first, _)), Ok((second, _))) if first == second => None,
        (Ok((first, _)), Ok((second, _))) => {
            let pairs = first.outcome.iter().zip(&second.outcome);
            let differing = pairs.into_iter().find(|(a, b)| a != b);
            let differing = differing
                .map(|(a, b)| format!("step {}, {}: {} | {}", a.0 + 1, a.1.word(), a.2, b.2));
            let what = differing.unwrap_or_else(|| "the verdict on an invariant".to_owned());
            Some(format!("{} seed {}: event loop | madsim\n  {what}", cell.id, cell.seed))
        }
        (first, second) => {
            let error = first.err().or(second.err()).unwrap_or_default();
            Some(format!("{} seed {}: {error}", cell.id, cell.seed))
        }
    }
}
