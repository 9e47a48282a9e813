//! What the centre holds of people beside eligibility, and what will be wrong with its answers.

use jiff::civil::Date;
use madoguchi_reference::calendar::{Month, SECOND};
use madoguchi_reference::ids::InstitutionCode;
use madoguchi_reference::message::registry::Medical;
use madoguchi_reference::trouble::{Trouble, TroubleKind};
use madoguchi_reference::wire::{
    CheckUp, CheckUpItem, DrugLine, RecordsDay, RecordsMonth, RecordsSource,
};
use madoguchi_scenario::{AnsweredWith, FaultKind, Person, Scenario};

/// How many months before the first step the drugs of somebody stand whose scenario names none:
/// old enough to be registered, young enough to be seen.
const DRUGS_BEFORE: i32 = 3;

/// How far apart they stand, in months, in a scenario of many years.
const DRUGS_EVERY: usize = 12;

/// What is held of a person, in a scenario that goes from `first` to `last`.
pub(crate) fn medical(person: &Person, first: Date, last: Date) -> Medical {
    let usual = || {
        let begins = Month::of(first).plus(-DRUGS_BEFORE);
        let months = (0..).step_by(DRUGS_EVERY).map(|after| begins.plus(after));
        months.take_while(|month| *month <= Month::of(last)).collect()
    };
    let months = person.drugs.clone().unwrap_or_else(usual);
    let check_ups = person.check_ups.iter().map(|date| check_up(*date));
    Medical { months: months.into_iter().map(drugs).collect(), check_ups: check_ups.collect() }
}

/// A fictional drug on the claims of a month. What it is decides nothing, when it was does.
fn drugs(month: Month) -> RecordsMonth {
    RecordsMonth {
        source: RecordsSource::Claims,
        origin: None,
        institution: InstitutionCode::from("1349990002"),
        institution_name: Some("見本薬局".to_owned()),
        prescriber: Some(InstitutionCode::from("1319990003")),
        prescriber_name: Some("架空内科".to_owned()),
        prescribed_at: None,
        month,
        in_out: None,
        class: None,
        days: vec![RecordsDay {
            date: month.first(),
            prescribed: Some(month.first()),
            drugs: vec![DrugLine {
                code: "620000001".to_owned(),
                name: "見本錠５ｍｇ".to_owned(),
                ingredient: Some("見本成分".to_owned()),
                quantity: Some("1".to_owned()),
                unit: Some("錠".to_owned()),
                usage: Some("１日１回朝食後".to_owned()),
                instruction: None,
                times: Some("28".to_owned()),
                class: None,
            }],
            care: Vec::new(),
        }],
    }
}

fn check_up(date: Date) -> CheckUp {
    CheckUp {
        date,
        items: vec![CheckUpItem {
            code: "9N001000000000001".to_owned(),
            name: "身長".to_owned(),
            data_type: Some("PQ".to_owned()),
            value: Some("160.0".to_owned()),
            unit: Some("cm".to_owned()),
            oid: None,
            value_name: None,
        }],
    }
}

/// What will be wrong with the answers of terminal and centre.
pub(crate) fn troubles(scenario: &Scenario) -> Vec<Trouble> {
    let trouble = |fault: &madoguchi_scenario::Fault| {
        let Some(FaultKind::Answers(answers)) = fault.kind() else { return None };
        let kind = match answers.with {
            AnsweredWith::ErrFile => TroubleKind::ErrFile,
            AnsweredWith::HeaderError => TroubleKind::HeaderError,
            AnsweredWith::Late => TroubleKind::Late(i64::from(answers.seconds?) * SECOND),
            AnsweredWith::InProcess => TroubleKind::InProcess(answers.times?),
            AnsweredWith::Failed => TroubleKind::JobFails,
        };
        Some(Trouble { from: answers.from, to: answers.to, kind })
    };
    scenario.faults.iter().filter_map(trouble).collect()
}
