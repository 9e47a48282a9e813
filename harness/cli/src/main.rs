//! `madoguchi`: arguments, files, progress, exit codes. Everything it prints is made elsewhere.

mod args;
mod check;
mod determinism;
mod exit;
mod load;
mod out;
mod pool;
mod replay;
mod rules;
mod run;
mod suite;
mod token;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, not mistakes.
            let code = if error.use_stderr() { exit::USAGE } else { exit::CONFORMANT };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let outcome = match &arguments.command {
        Command::Run(args) => run::run(args, arguments.lang),
        Command::Replay(args) => replay::replay(args, arguments.lang),
        Command::Check(args) => check::check(args, arguments.lang),
        Command::Rules(args) => rules::rules(args, arguments.lang),
        Command::Determinism(args) => determinism::determinism(args),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            out::error(&failure.to_string());
            ExitCode::from(failure.code())
        }
    }
}
