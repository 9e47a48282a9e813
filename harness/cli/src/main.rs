//! `madoguchi`: arguments, files, progress, exit codes. Everything it prints is made elsewhere.

mod args;
mod card;
mod check;
mod claim;
mod coverage;
mod determinism;
mod diff;
mod exit;
mod fee;
mod load;
mod out;
mod pool;
mod replay;
mod rules;
mod run;
mod serve;
mod suite;
mod token;
mod usage;

use std::process::ExitCode;

use clap::Parser;
use madoguchi_reference::lang::Lang;

use args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, not mistakes.
            let code = if error.use_stderr() { exit::USAGE } else { exit::CONFORMANT };
            complain(&error);
            return ExitCode::from(code);
        }
    };
    let outcome = match &arguments.command {
        Command::Run(args) => run::run(args, arguments.lang),
        Command::Replay(args) => replay::replay(args, arguments.lang),
        Command::Check(args) => check::check(args, arguments.lang),
        Command::Rules(args) => rules::rules(args, arguments.lang),
        Command::Determinism(args) => determinism::determinism(args, arguments.lang),
        Command::Card(args) => card::card(args, arguments.lang),
        Command::Fee(args) => fee::fee(args, arguments.lang),
        Command::Claim(args) => claim::claim(args, arguments.lang),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            out::error(&failure.render(arguments.lang));
            ExitCode::from(failure.code())
        }
    }
}

/// Help, version, or what is wrong with the command line.
fn complain(error: &clap::Error) {
    let japanese = match usage::lang(std::env::args_os()) {
        Lang::Ja => usage::japanese(error),
        Lang::En => None,
    };
    match japanese {
        Some(text) => out::error(&text),
        None => {
            let _ = error.print();
        }
    }
}
