//! The command line of `madoguchi fee`: facts as options.

use clap::{Args, Subcommand};
use jiff::civil::Date;
use madoguchi_reference::calendar::Month;
use madoguchi_reference::fee::{
    AddOnKind, CardUse, CardUsed, Care, Charged, LimitClass, Poster, VisitKind,
};
use madoguchi_reference::programme::{Period, Recipient};
use serde::de::DeserializeOwned;

use crate::args::{Format, RegisterArgs};

/// The most points or yen that are worked with; far above any real figure.
const AMOUNT_MAX: i64 = 100_000_000_000;

const EXAMPLES: &str = "\
Examples:
  madoguchi fee share --on 2025-01-01 --points 291 --percent 30
  madoguchi fee limit --on 2026-08-01 --class c --cost 1000000
  madoguchi fee counter --on 2025-09-10 --percent 20 --class general-2 30000 20000
  madoguchi fee add-ons --on 2024-10-01 --has dx,room-use,consultation --poster card \\
      --month 2024-07=900,120,110,730
  madoguchi fee rates --month 2023-10=300,12,10,280
  madoguchi fee support-money --on 2024-07-22 --period first --month 2023-10=1000,100,90,900 \\
      --month 2024-01=1000,150,120,900
  madoguchi fee lump-sum --on 2024-06-20 --poster --leaflet --month 2023-10=300,12,12,280 \\
      --month 2024-07=320,52,45,290
  madoguchi fee reader-subsidy --on 2024-09-02 --kind clinic --free-units 1 --cost 550000 \\
      --month 2024-07=3000,500,400,2500
  madoguchi fee subsidy home-consent --on 2024-11-01 --kind clinic --device 41000 --software 130000

A month is written MONTH=VERIFICATIONS,BY CARD,PERSONS,RECEIPTS.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FeeArgs {
    #[command(subcommand)]
    pub(crate) command: FeeCommand,
    /// The date of service, or for programme money the day on which it is decided.
    #[arg(long, global = true, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) register: RegisterArgs,
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FeeCommand {
    /// The patient's share of some points, rounded.
    Share {
        #[arg(long, value_parser = amount)]
        points: i64,
        /// The share in percent.
        #[arg(long, value_parser = clap::value_parser!(u8).range(0..=100), required_unless_present = "born")]
        percent: Option<u8>,
        /// Instead of it the day of birth: the share by age.
        #[arg(long, conflicts_with = "percent", value_name = "DATE")]
        born: Option<Date>,
    },
    /// The limit of a month (高額療養費).
    Limit {
        #[command(flatten)]
        limit: LimitArgs,
        /// The whole cost of the month, in yen.
        #[arg(long, value_parser = amount, value_name = "YEN")]
        cost: i64,
        /// Inpatient care, or a household.
        #[arg(long)]
        inpatient: bool,
    },
    /// What is paid at each visit to one counter in one month, up to its limit.
    Counter {
        /// The share in percent.
        #[arg(long, value_parser = clap::value_parser!(u8).range(0..=100))]
        percent: u8,
        /// The class of the limit (適用区分), where it is known; as for `fee limit`.
        #[arg(long, value_parser = word::<LimitClass>)]
        class: Option<LimitClass>,
        /// It is the month of the 75th birthday.
        #[arg(long)]
        halved: bool,
        /// The how-manieth month with benefit within twelve it is.
        #[arg(long, default_value_t = 1)]
        nth_month: u8,
        /// Inpatient care.
        #[arg(long)]
        inpatient: bool,
        /// The whole cost of each visit in yen, in order.
        #[arg(required = true, value_parser = amount, value_name = "YEN")]
        costs: Vec<i64>,
    },
    /// The add-ons of a visit that depend on the card.
    AddOns(AddOnArgs),
    /// Both rates of the card's use (GEN-010) in each month.
    Rates {
        #[command(flatten)]
        months: MonthArgs,
    },
    /// Support money for a rising use of the card (支援金).
    SupportMoney {
        /// Which period: first or second.
        #[arg(long, value_parser = word::<Period>)]
        period: Period,
        #[command(flatten)]
        months: MonthArgs,
    },
    /// The lump sum of the campaign months of 2024 (一時金).
    LumpSum {
        #[command(flatten)]
        kind: KindArgs,
        /// The common poster is up at the counter.
        #[arg(long)]
        poster: bool,
        /// Patients are spoken to and handed the leaflet.
        #[arg(long)]
        leaflet: bool,
        /// A small institution at the top of its table chooses the normal one.
        #[arg(long)]
        normal_table: bool,
        #[command(flatten)]
        months: MonthArgs,
    },
    /// The subsidy for adding face readers (増設).
    ReaderSubsidy {
        #[command(flatten)]
        kind: KindArgs,
        /// Units received free of charge.
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..=3), value_name = "1-3")]
        free_units: u8,
        /// The cost of an added unit in yen; once for each.
        #[arg(long = "cost", required = true, value_parser = amount, value_name = "YEN")]
        costs: Vec<i64>,
        #[command(flatten)]
        months: MonthArgs,
    },
    /// Other subsidies for equipment.
    #[command(subcommand)]
    Subsidy(SubsidyCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum SubsidyCommand {
    /// Reception away from the counter (居宅同意取得型).
    HomeConsent {
        #[command(flatten)]
        kind: KindArgs,
        /// The mobile device, in yen.
        #[arg(long, value_parser = amount, value_name = "YEN")]
        device: i64,
        /// The change of the receipt computer, in yen.
        #[arg(long, value_parser = amount, value_name = "YEN")]
        software: i64,
    },
    /// The app for eligibility only (資格確認限定型).
    EligibilityApp {
        /// The equipment, in yen.
        #[arg(long, value_parser = amount, value_name = "YEN")]
        cost: i64,
    },
    /// General readers for phones.
    PhoneReaders {
        #[command(flatten)]
        kind: KindArgs,
        /// The price of a unit in yen; once for each.
        #[arg(long = "cost", required = true, value_parser = amount, value_name = "YEN")]
        costs: Vec<i64>,
    },
    /// The standard of electronic records (電子カルテ情報標準規格準拠対応事業).
    RecordStandard {
        #[arg(long)]
        beds: u32,
        /// There is a check-up department.
        #[arg(long)]
        check_ups: bool,
        /// Online verification is in use.
        #[arg(long)]
        online_verification: bool,
        /// Electronic prescriptions are in use or announced.
        #[arg(long)]
        e_prescription: bool,
        /// The cost, in yen.
        #[arg(long, value_parser = amount, value_name = "YEN")]
        cost: i64,
    },
}

#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// The class (適用区分): a to e (ア to オ), high-income-3, high-income-2, high-income-1,
    /// general, general-2, general-1, low-2, low-1.
    #[arg(long, value_parser = word::<LimitClass>)]
    pub(crate) class: LimitClass,
    /// It is the month of the 75th birthday.
    #[arg(long)]
    pub(crate) halved: bool,
    /// The how-manieth month with benefit within twelve it is.
    #[arg(long, default_value_t = 1)]
    pub(crate) nth_month: u8,
}

#[derive(Debug, Args)]
pub(crate) struct AddOnArgs {
    /// Whose fees: medical, dental, pharmacy or nursing.
    #[arg(long, value_parser = word::<Care>, default_value = "medical")]
    pub(crate) care: Care,
    /// The visit: first, repeat, dispensing, home or admission.
    #[arg(long, value_parser = word::<VisitKind>, default_value = "first")]
    pub(crate) visit: VisitKind,
    /// How the card was used: no, yes, refused or not-fetched.
    #[arg(long, value_parser = word::<CardUsed>, default_value = "no")]
    pub(crate) card: CardUsed,
    /// What is notified or in use, with commas: information, dx, home-dx, sharing, room-use,
    /// e-prescription, chart-sharing, consultation.
    #[arg(long, value_delimiter = ',', value_name = "WORDS")]
    pub(crate) has: Vec<Has>,
    /// What the poster asks for: none, card or health-card-only.
    #[arg(long, value_parser = word::<Poster>, default_value = "none")]
    pub(crate) poster: Poster,
    /// Visits of the year before by children under six, of all.
    #[arg(long, num_args = 2, value_names = ["VISITS", "OF"])]
    pub(crate) children: Vec<u32>,
    /// An add-on charged to the patient before, such as information:repeat=2024-09-05.
    #[arg(long, value_parser = charged, value_name = "KIND:VISIT=DATE")]
    pub(crate) charged: Vec<Charged>,
    #[command(flatten)]
    pub(crate) months: MonthArgs,
}

/// What an institution has notified or in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Has {
    Information,
    Dx,
    HomeDx,
    Sharing,
    RoomUse,
    EPrescription,
    ChartSharing,
    Consultation,
}

#[derive(Debug, Args)]
pub(crate) struct MonthArgs {
    /// The card's use in a month: verifications, those by card, persons with a card, receipts;
    /// may be repeated.
    #[arg(long = "month", value_parser = month, value_name = "MONTH=ALL,CARD,PERSONS,RECEIPTS")]
    pub(crate) given: Vec<(Month, CardUse)>,
}

#[derive(Debug, Args)]
pub(crate) struct KindArgs {
    /// The institution: clinic, dental, hospital, pharmacy or chain-pharmacy.
    #[arg(long, value_parser = word::<Recipient>, default_value = "clinic")]
    pub(crate) kind: Recipient,
}

/// A word out of a list, as the worked examples write it.
fn word<T: DeserializeOwned>(written: &str) -> Result<T, String> {
    serde_json::from_value(written.into()).map_err(|error| error.to_string())
}

fn amount(written: &str) -> Result<i64, String> {
    let number = written.parse().ok().filter(|number| (0..=AMOUNT_MAX).contains(number));
    number.ok_or_else(|| format!("a whole number from 0 to {AMOUNT_MAX} is wanted"))
}

fn month(written: &str) -> Result<(Month, CardUse), String> {
    let form = "a month is written like 2023-10=300,12,10,280";
    let (month, figures) = written.split_once('=').ok_or(form)?;
    let month = month.parse().map_err(|_| format!("`{month}` is not a month: {form}"))?;
    let figures: Result<Vec<u32>, _> = figures.split(',').map(str::parse).collect();
    let figures = figures.map_err(|_| form)?;
    let [verifications, by_card, holders, receipts] = figures[..] else {
        return Err(format!("four numbers are wanted: {form}"));
    };
    if by_card > verifications || holders > by_card {
        return Err(format!(
            "{by_card} by card cannot be more than all {verifications}, nor {holders} persons \
             more than {by_card}"
        ));
    }
    Ok((month, CardUse { verifications, by_card, holders, receipts }))
}

fn charged(written: &str) -> Result<Charged, String> {
    let form = "an add-on charged before is written like information:repeat=2024-09-05";
    let (what, date) = written.split_once('=').ok_or(form)?;
    let (kind, visit) = what.split_once(':').unwrap_or((what, "first"));
    let date = date.parse().map_err(|_| format!("`{date}` is not a date: {form}"))?;
    Ok(Charged { kind: word::<AddOnKind>(kind)?, visit: word::<VisitKind>(visit)?, date })
}
