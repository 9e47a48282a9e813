//! The command line.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use madoguchi_reference::register::ParameterValue;
use madoguchi_report::Lang;
use madoguchi_sim::Driver;

use crate::fee::args::FeeArgs;

/// Where the driver vpcd waits for the card of its first slot.
const FIRST_SLOT: SocketAddr =
    SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, pcsc_sim::vpcd::PORT));
/// Where scenarios usually are.
pub(crate) const SCENARIOS: &str = "scenarios";

/// Replays situations of Japan's online eligibility verification and judges who takes part.
///
/// Exit codes: 0 conformant, 1 not conformant, 2 wrong use or wrong input, 3 wrong settings,
/// 4 undecided or an error of the harness, 5 baseline drift.
#[derive(Debug, Parser)]
#[command(name = "madoguchi", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// Language of results: ja or en.
    #[arg(long, global = true, default_value = "en", value_name = "ja|en")]
    pub(crate) lang: Lang,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run scenarios and judge what happens.
    Run(RunArgs),
    /// Run one plan again, from its token or its file.
    Replay(ReplayArgs),
    /// Say whether scenario files are well formed; run nothing.
    Check(CheckArgs),
    /// Read the rule register.
    Rules(RulesArgs),
    /// Run everything many times over and compare: the gate that keeps runs repeatable.
    Determinism(DeterminismArgs),
    /// Virtual My Number cards and phones (TEST): list them, talk to one, or put them into the
    /// slots of a real reader service.
    Card(CardArgs),
    /// What a patient pays, what an add-on or a programme comes to on a day, and by which rules.
    Fee(FeeArgs),
    /// Claim files (UKE: RECEIPTC.UKE and the like): show what is in one, and check them by the
    /// rules of the register.
    Claim(ClaimArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Files, folders, ids such as certificate/suspended-card, or chapters; everything if none.
    #[arg(value_name = "PATH or id")]
    pub(crate) what: Vec<String>,
    /// What is drawn is drawn from this.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// What moves the parties.
    #[arg(long, value_enum, default_value_t = DriverArg::EventLoop)]
    pub(crate) driver: DriverArg,
    /// Count only rules in force on this day; by default every rule counts on its own dates.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Where the report folder is made.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Keep the trace of every scenario in the report folder, not only of those that failed.
    #[arg(long)]
    pub(crate) keep_traces: bool,
    /// Also print how long it took, how much time was simulated, and the peak memory.
    #[arg(long)]
    pub(crate) timing: bool,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Where scenarios are found by id.
    #[arg(long, default_value = SCENARIOS, value_name = "DIR")]
    pub(crate) scenarios: PathBuf,
    #[command(flatten)]
    pub(crate) register: RegisterArgs,
}

/// Which register is used.
#[derive(Debug, Args)]
pub(crate) struct RegisterArgs {
    /// An edited rule register instead of the published one: a folder of YAML chapters.
    #[arg(long = "register", global = true, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// The register as it was known on this day: what was published later does not exist yet.
    #[arg(long, global = true, value_name = "DATE")]
    pub(crate) known_on: Option<Date>,
    /// Choose another reading of what the published facts leave open, such as
    /// CERT-010.end_policy=same_day; may be repeated.
    #[arg(long = "set", global = true, value_name = "RULE.NAME=VALUE", value_parser = setting)]
    pub(crate) settings: Vec<(String, ParameterValue)>,
}

/// A whole number is one, and several with commas are a row; everything else is a word or a date.
fn setting(written: &str) -> Result<(String, ParameterValue), String> {
    let (name, value) =
        written.split_once('=').ok_or("this is not written like CERT-010.end_policy=same_day")?;
    let numbers: Result<Vec<i64>, _> = value.split(',').map(|n| n.trim().parse()).collect();
    let value = match numbers.as_deref() {
        Ok([number]) => ParameterValue::Number(*number),
        Ok(row) => ParameterValue::Numbers(row.to_vec()),
        Err(_) => ParameterValue::Text(value.to_owned()),
    };
    Ok((name.to_owned(), value))
}

impl RegisterArgs {
    /// What to type to choose the same register again.
    pub(crate) fn words(&self) -> Vec<String> {
        let folder = self.folder.iter().map(|d| ["--register".to_owned(), d.display().to_string()]);
        let known_on = self.known_on.iter().map(|d| ["--known-on".to_owned(), d.to_string()]);
        let settings = self
            .settings
            .iter()
            .map(|(name, value)| ["--set".to_owned(), format!("{name}={value}")]);
        folder.chain(known_on).chain(settings).flatten().collect()
    }
}

#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    /// A token such as mdg1-e-1-chapter.name-0123abcd, or a stored plan.
    #[arg(value_name = "TOKEN or PLAN.yaml")]
    pub(crate) what: String,
    /// Overrules the driver of the token.
    #[arg(long, value_enum)]
    pub(crate) driver: Option<DriverArg>,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write the plan to a file; - for standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) plan: Option<PathBuf>,
    /// Write the trace, one JSON object a line, to a file; - for standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files or folders.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
    #[command(flatten)]
    pub(crate) register: RegisterArgs,
    /// Only rules in force on this day.
    #[arg(long, global = true, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List the rules, one a line.
    List,
    /// Show one rule with its sources, versions and parameters.
    Show {
        /// Such as CERT-010.
        id: String,
    },
    /// Say in which rules two registers differ, run every scenario under both, and list what
    /// comes out differently and which expectations would have to be rewritten.
    Diff {
        /// A folder of YAML chapters, or the word `published`.
        #[arg(value_name = "DIR_A")]
        before: PathBuf,
        /// The same, with the changes.
        #[arg(value_name = "DIR_B")]
        after: PathBuf,
        /// Where scenarios are.
        #[arg(long, default_value = SCENARIOS, value_name = "DIR")]
        scenarios: PathBuf,
        /// What is drawn is drawn from this.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Say which scenarios test which rule, and run the cases made from the days on which rules
    /// change. Ends with 1 if a rule is neither tested nor excused.
    Coverage {
        /// Where scenarios are.
        #[arg(long, default_value = SCENARIOS, value_name = "DIR")]
        scenarios: PathBuf,
        /// Source code in which rules are cited; if none is named, that of this checkout.
        #[arg(long, value_name = "DIR")]
        code: Vec<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DeterminismArgs {
    /// How many seeds for each scenario.
    #[arg(long, default_value_t = 20)]
    pub(crate) seeds: u64,
    /// Other builds of this program to compare with, such as the debug build.
    #[arg(long, value_name = "PROGRAM")]
    pub(crate) with: Vec<PathBuf>,
    /// Only print scenario, seed and hash, for another process to compare.
    #[arg(long)]
    pub(crate) emit: bool,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Debug, Args)]
pub(crate) struct CardArgs {
    #[command(subcommand)]
    pub(crate) command: CardCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CardCommand {
    /// List the kinds of card, what each is for, and its TEST passwords.
    List {
        /// How results are printed.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Send commands to a fresh card and print what it answers.
    Send {
        /// Which card, as `card list` names it.
        #[arg(long, value_name = "NAME")]
        profile: String,
        /// The holder confirms with face or finger, as an iPhone asks.
        #[arg(long)]
        confirm: bool,
        /// Command APDUs in hexadecimal digits, one each, such as 00A4040C0AD392F000260100000001.
        #[arg(required = true, value_name = "HEX")]
        commands: Vec<String>,
        /// How results are printed.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Write the certificates of the authorities that have issued the certificates on these cards
    /// (TEST), in DER, for software that has to verify them.
    Authorities {
        /// Where they are written.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Put fresh cards into the slots of a reader service that has the driver vpcd, until it
    /// goes away or Ctrl-C.
    Serve(ServeArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Which card, as `card list` names it; given twice, the second goes into the second slot,
    /// whose port is one higher.
    #[arg(long = "profile", required = true, value_name = "NAME")]
    pub(crate) profiles: Vec<String>,
    /// The first slot of the driver, or with --listen the place where we wait for it.
    #[arg(long, default_value_t = FIRST_SLOT, value_name = "IP:PORT")]
    pub(crate) address: SocketAddr,
    /// Wait for a driver in client mode to connect, instead of connecting to one in server mode.
    #[arg(long)]
    pub(crate) listen: bool,
    /// Allow an address outside this machine. Nothing protects the card there.
    #[arg(long)]
    pub(crate) any_address: bool,
    /// How long the reader service may take to appear.
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    pub(crate) wait: u64,
    /// Print every command and answer, with its name, on standard error; passwords are masked.
    #[arg(long)]
    pub(crate) log: bool,
    /// The holder confirms with face or finger each time the card gets power, as an iPhone asks.
    #[arg(long)]
    pub(crate) confirm: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ClaimArgs {
    #[command(subcommand)]
    pub(crate) command: ClaimCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClaimCommand {
    /// Say what is wrong in claim files: rule, file, line, item and byte. Ends with 1 if a rule
    /// that binds is broken, and with 2 if something is no claim file at all.
    Check {
        /// Claim files of any form: medical, dental, pharmacy, visiting nursing; - for standard
        /// input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        /// Write out every finding, not only the first ones of each rule.
        #[arg(long)]
        all: bool,
        /// How results are printed.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        register: RegisterArgs,
    },
    /// Show what is in a claim file, receipt by receipt.
    Show {
        /// A claim file of any form; - for standard input.
        #[arg(value_name = "FILE")]
        file: String,
        /// How results are printed.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        register: RegisterArgs,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum DriverArg {
    EventLoop,
    Madsim,
}

impl From<DriverArg> for Driver {
    fn from(driver: DriverArg) -> Self {
        match driver {
            DriverArg::EventLoop => Self::EventLoop,
            DriverArg::Madsim => Self::Madsim,
        }
    }
}
