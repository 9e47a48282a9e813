//! `madoguchi fee`: what somebody pays, what an add-on or a programme comes to, and why.

pub(crate) mod args;
mod print;

use std::collections::BTreeMap;

use jiff::civil::Date;
use madoguchi_reference::calendar::Month;
use madoguchi_reference::fee::{
    CardUse, Children, Limit, Question, Reason, Setting, Standing, answer,
};
use madoguchi_reference::lang::{Bilingual, Lang};
use madoguchi_reference::programme::{Application, LumpSum, Recipient, RecordStandard, Scheme};
use madoguchi_reference::register::Register;

use crate::exit::{CONFORMANT, Failure};
use crate::load;
use args::{AddOnArgs, FeeArgs, FeeCommand, Has, MonthArgs, SubsidyCommand};
use print::{Told, first_day_after, print_rates, print_told};

pub(crate) fn fee(args: &FeeArgs, lang: Lang) -> Result<u8, Failure> {
    let register = load::register(&args.register)?;
    if let FeeCommand::Rates { months } = &args.command {
        print_rates(&by_month(months)?, args.format, lang)?;
        return Ok(CONFORMANT);
    }
    let on = args.on.ok_or_else(|| {
        Failure::Author(Bilingual::new(
            "--on 日付 がありません。--on 2024-06-20 のように書きます",
            "--on DATE is missing: write it like --on 2024-06-20",
        ))
    })?;
    let question = question(&args.command, &register, on)?;
    let mut reasons: Vec<Reason> = Vec::new();
    let answer = answer(register.tariffs(), on, &question, &mut reasons).map_err(|missing| {
        let Bilingual { ja, en } = missing.problem();
        let (from_ja, from_en) = first_day_after(&register, missing.rule, on);
        Failure::Author(Bilingual::new(format!("{ja}{from_ja}"), format!("{en}{from_en}")))
    })?;
    print_told(&Told { on, question, answer, reasons }, &register, args.format, lang)?;
    Ok(CONFORMANT)
}

fn question(command: &FeeCommand, register: &Register, on: Date) -> Result<Question, Failure> {
    let setting = |inpatient| if inpatient { Setting::Inpatient } else { Setting::Outpatient };
    Ok(match command {
        FeeCommand::Share { points, percent, born } => {
            let by_age = |born: Date| {
                let tariff = register.tariffs().on(on).ok()?;
                Some(tariff.share_percent(born, on, &mut ()))
            };
            let percent = percent.or_else(|| born.and_then(by_age)).unwrap_or_default();
            Question::Share { points: *points, percent }
        }
        FeeCommand::Limit { limit, cost, inpatient } => Question::Limit {
            class: limit.class,
            setting: setting(*inpatient),
            cost_yen: *cost,
            halved: limit.halved,
            nth_month: limit.nth_month,
        },
        FeeCommand::Counter { percent, class, halved, nth_month, inpatient, costs } => {
            let limit = class.map(|class| Limit { class, halved: *halved, nth_month: *nth_month });
            let setting = setting(*inpatient);
            Question::AtCounter { percent: *percent, setting, limit, costs_yen: costs.clone() }
        }
        FeeCommand::AddOns(args) => add_ons(args)?,
        FeeCommand::Rates { .. } => Question::ClassYear {},
        programme => Question::Programme(application(programme)?),
    })
}

fn add_ons(args: &AddOnArgs) -> Result<Question, Failure> {
    let has = |word| args.has.contains(&word);
    let children = match args.children[..] {
        [visits, of] => Some(Children { visits, of }),
        _ => None,
    };
    let standing = Standing {
        information: has(Has::Information),
        dx: has(Has::Dx),
        home_dx: has(Has::HomeDx),
        sharing: has(Has::Sharing),
        room_use: has(Has::RoomUse),
        poster: args.poster,
        e_prescription: has(Has::EPrescription),
        chart_sharing: has(Has::ChartSharing),
        consultation: has(Has::Consultation),
        children,
    };
    Ok(Question::AddOns {
        care: args.care,
        visit: args.visit,
        card: args.card,
        standing,
        months: by_month(&args.months)?,
        charged: args.charged.clone(),
    })
}

fn application(command: &FeeCommand) -> Result<Application, Failure> {
    let none = MonthArgs { given: Vec::new() };
    let (kind, months, scheme) = match command {
        FeeCommand::LumpSum { kind, poster, leaflet, normal_table, months } => {
            let told = LumpSum { poster: *poster, leaflet: *leaflet, normal_table: *normal_table };
            (kind.kind, months, Scheme::LumpSum(told))
        }
        FeeCommand::ReaderSubsidy { kind, free_units, costs, months } => {
            let (free_units, costs_yen) = (*free_units, costs.clone());
            (kind.kind, months, Scheme::AddedReaders { free_units, costs_yen })
        }
        FeeCommand::SupportMoney { period, months } => {
            (Recipient::Clinic, months, Scheme::SupportMoney { period: *period })
        }
        FeeCommand::Subsidy(subsidy) => {
            let (kind, scheme) = self::subsidy(subsidy);
            (kind, &none, scheme)
        }
        // What is no programme money was answered before.
        _ => return Err(Failure::Harness("no programme".to_owned())),
    };
    Ok(Application { kind, months: by_month(months)?, scheme })
}

fn subsidy(command: &SubsidyCommand) -> (Recipient, Scheme) {
    match command {
        SubsidyCommand::HomeConsent { kind, device, software } => {
            let (device_yen, software_yen) = (*device, *software);
            (kind.kind, Scheme::HomeConsent { device_yen, software_yen })
        }
        SubsidyCommand::EligibilityApp { cost } => {
            (Recipient::Clinic, Scheme::EligibilityApp { cost_yen: *cost })
        }
        SubsidyCommand::PhoneReaders { kind, costs } => {
            (kind.kind, Scheme::PhoneReaders { costs_yen: costs.clone() })
        }
        SubsidyCommand::RecordStandard {
            beds,
            check_ups,
            online_verification,
            e_prescription,
            cost,
        } => {
            let told = RecordStandard {
                beds: *beds,
                check_ups: *check_ups,
                online_verification: *online_verification,
                e_prescription: *e_prescription,
                cost_yen: *cost,
            };
            (Recipient::Hospital, Scheme::RecordStandard(told))
        }
    }
}

/// The months by month; none may be given twice.
fn by_month(months: &MonthArgs) -> Result<BTreeMap<Month, CardUse>, Failure> {
    let mut all = BTreeMap::new();
    for (month, figures) in &months.given {
        if all.insert(*month, *figures).is_some() {
            return Err(Failure::Author(Bilingual::new(
                format!("--month {month} が二度書かれています"),
                format!("--month {month} is given twice"),
            )));
        }
    }
    Ok(all)
}
