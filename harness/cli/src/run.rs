//! `madoguchi run`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use madoguchi_conformance::{CaseResult, CaseVerdict, Ending, SuiteResult, Verdict};
use madoguchi_reference::calendar::{Micros, SECOND};
use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::register::Register;
use madoguchi_report::{Lang, failure_card, json, summary};
use madoguchi_scenario::Scenario;
use madoguchi_sim::{Driver, Plan, RunError};

use crate::args::{Format, RunArgs};
use crate::exit::{CONFORMANT, Failure, NOT_CONFORMANT, UNDECIDED};
use crate::{load, out, pool, suite};

pub(crate) fn run(args: &RunArgs, lang: Lang) -> Result<u8, Failure> {
    let register = load::register(&args.sources.register)?;
    let scenarios = load::scenarios(&args.what, &args.sources.scenarios, &register)?;
    let driver = Driver::from(args.driver);
    let folder = args.out.clone().unwrap_or_else(default_folder);
    check_folder(&folder)?;
    let by_id = |scenario: &Scenario| {
        args.what.is_empty() || load::is_known(scenario, &args.sources.scenarios, &register)
    };
    suite::quiet_panics();
    // Shown on a terminal only; indicatif hides itself where there is none.
    let progress = ProgressBar::new(scenarios.len() as u64).with_style(style());
    let began = Instant::now();
    let cases = pool::map(&scenarios, pool::threads(), |_, scenario| {
        let plan = Plan::new(scenario.clone(), args.seed, &register);
        let stored = (!by_id(scenario)).then(|| plan_file(&folder, &scenario.id));
        let again = suite::again(&plan, driver, stored.as_deref(), &args.sources)?;
        let case = suite::case(plan, &register, driver, args.as_of, again);
        progress.inc(1);
        finished(case, args.keep_traces)
    });
    let took = began.elapsed();
    progress.finish_and_clear();
    let cases = cases.into_iter().collect::<Result<Vec<_>, _>>()?;
    let simulated = cases.iter().map(|c| c.simulated).sum();
    let results: Vec<CaseResult> = cases.iter().map(|c| c.result.clone()).collect();
    let result = suite::suite(results, &register, args.seed, driver, args.as_of);
    let errors: Vec<_> = cases.iter().map(|c| c.error.clone()).collect();
    let text = page(&result, &errors, &register, lang);
    write(&folder, &result, &text, &cases)?;
    match args.format {
        Format::Json => out::print(&json(&result).map_err(harness)?),
        Format::Text => {
            out::print(&text);
            if args.timing {
                out::print(&timing(took, simulated, lang));
            }
            out::print(&format!("{}\n", folder.join(RESULTS).display()));
        }
    }
    Ok(code(&result))
}

/// The exit code a result deserves.
pub(crate) fn code(result: &SuiteResult) -> u8 {
    match result.summary.ending() {
        Ending::Conformant => CONFORMANT,
        Ending::NotConformant => NOT_CONFORMANT,
        Ending::Undecided => UNDECIDED,
    }
}

/// What is kept of a run for the report folder: everything else is dropped at once, so that
/// memory stays flat however many scenarios there are.
struct Finished {
    result: CaseResult,
    plan: String,
    trace: Option<String>,
    simulated: Micros,
    error: Option<Bilingual>,
}

fn finished(case: suite::Case, keep_trace: bool) -> Result<Finished, Failure> {
    let keep = keep_trace || needs_a_look(&case.result);
    let error = case.run.as_ref().err().map(RunError::text);
    let run = case.run.ok();
    let trace = run.as_ref().filter(|_| keep).map(|r| r.trace.to_json_lines());
    Ok(Finished {
        plan: case.plan.to_yaml().map_err(|e| Failure::Harness(e.to_string()))?,
        trace: trace.transpose().map_err(harness)?,
        simulated: run.map_or(0, |r| r.simulated),
        error,
        result: case.result,
    })
}

fn needs_a_look(case: &CaseResult) -> bool {
    !matches!(case.verdict, CaseVerdict::Pass | CaseVerdict::NotApplicable)
        || case.rules.iter().any(|r| r.verdict > Verdict::Pass)
}

/// The whole text of a run: summary, then a card for each scenario that needs a look.
/// `errors` says in both languages what the result says in English, scenario by scenario.
pub(crate) fn page(
    result: &SuiteResult,
    errors: &[Option<Bilingual>],
    register: &Register,
    lang: Lang,
) -> String {
    let mut text = summary(result, lang);
    for (index, case) in result.scenarios.iter().enumerate() {
        let error = errors.get(index).and_then(Option::as_ref);
        let card = match error.map(|error| error.pick(lang).to_owned()) {
            None => failure_card(case, register, lang),
            error => failure_card(&CaseResult { error, ..case.clone() }, register, lang),
        };
        if !card.is_empty() {
            text.push('\n');
            text.push_str(&card);
        }
    }
    text
}

fn write(
    folder: &Path,
    result: &SuiteResult,
    text: &str,
    cases: &[Finished],
) -> Result<(), Failure> {
    clear(folder)?;
    put(&folder.join(RESULTS), &json(result).map_err(harness)?)?;
    put(&folder.join("summary.txt"), text)?;
    for case in cases {
        let id = &case.result.id;
        put(&plan_file(folder, id), &case.plan)?;
        if let Some(trace) = &case.trace {
            put(&folder.join(TRACES).join(format!("{id}.jsonl")), trace)?;
        }
    }
    Ok(())
}

/// The parts of a report folder.
pub(crate) const RESULTS: &str = "results.json";
const PLANS: &str = "plans";
const TRACES: &str = "traces";

fn plan_file(folder: &Path, id: &str) -> PathBuf {
    folder.join(PLANS).join(format!("{id}.yaml"))
}

/// A report goes into a folder of its own: a new one, an empty one, or that of an earlier run.
fn check_folder(folder: &Path) -> Result<(), Failure> {
    let Ok(mut entries) = fs::read_dir(folder) else { return Ok(()) };
    if entries.next().is_none() || folder.join(RESULTS).is_file() {
        return Ok(());
    }
    let problem = Bilingual::new(
        "空でも、以前の報告フォルダーでもありません。別の場所を --out で指定してください",
        "this is neither empty nor the folder of an earlier run: choose another with --out",
    );
    Err(Failure::Settings(load::named(folder, problem)))
}

/// Takes away what an earlier run left, so that one folder is one run.
fn clear(folder: &Path) -> Result<(), Failure> {
    for part in [PLANS, TRACES] {
        let part = folder.join(part);
        if part.is_dir() {
            fs::remove_dir_all(&part)
                .map_err(|error| Failure::Settings(load::named(&part, load::io_problem(&error))))?;
        }
    }
    Ok(())
}

/// Writes a file with the folders it needs.
pub(crate) fn put(file: &Path, text: &str) -> Result<(), Failure> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .map_err(|error| Failure::Settings(load::named(file, load::io_problem(&error))))
}

fn default_folder() -> PathBuf {
    let now = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%.3fZ").to_string();
    Path::new("reports").join("runs").join(now)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn timing(took: Duration, simulated: Micros, lang: Lang) -> String {
    let wall_ms = took.as_millis();
    let simulated_s = simulated / SECOND;
    let ratio = u128::try_from(simulated).unwrap_or(0) / took.as_micros().max(1);
    let memory = peak_memory_mib().map_or("?".to_owned(), |mib| mib.to_string());
    match lang {
        Lang::Ja => format!(
            "所要 {wall_ms} ms · 模擬時間 {simulated_s} 秒 · 実時間の {ratio} 倍 · \
             最大メモリ {memory} MiB\n"
        ),
        Lang::En => format!(
            "took {wall_ms} ms · simulated {simulated_s} s · {ratio} times real time · \
             peak memory {memory} MiB\n"
        ),
    }
}

/// The most memory this process has held, where the system tells.
fn peak_memory_mib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}

fn harness(error: serde_json::Error) -> Failure {
    Failure::Harness(error.to_string())
}
