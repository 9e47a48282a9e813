//! What staff ask about many patients at once, as an author writes it, and what can be wrong with
//! it.

use jiff::civil::Date;
use madoguchi_reference::calendar::{Month, read_some_date};
use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::ids::ReferenceNumber;
use madoguchi_reference::register::Bilingual;
use serde::{Deserialize, Serialize};

use crate::scenario::{Scenario, Step};
use crate::visit::OneOrMore;

/// The most characters a reference number may have.
const REFERENCE_NUMBER_MAX: usize = 50;

/// 資格確認一括照会: the eligibility of many patients in one file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bulk {
    /// Patients the institution knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<OneOrMore<String>>,
    /// Instead: every number that could not be confirmed at a visit, as of the day of the visit.
    #[serde(default)]
    pub unconfirmed: bool,
    /// The day the eligibility is asked for; the day of the question, if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub date: Option<Date>,
}

/// A list that staff fetch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What of.
    pub of: ListOf,
    /// First day of consent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub from: Option<Date>,
    /// Last day of consent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub to: Option<Date>,
    /// Month of treatment, for tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
}

/// What can be listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListOf {
    /// Consents to home visits.
    HomeVisit,
    /// Consents to online care.
    OnlineCare,
    /// Tickets of medical aid.
    Tickets,
}

/// 照会番号登録: what the institution calls a patient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterNumber {
    /// Whom.
    pub who: String,
    /// The number in the institution.
    pub number: ReferenceNumber,
}

/// Everything wrong with a step that asks about many patients.
pub(crate) fn check_jobs(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    step: &Step,
) -> Vec<Diagnostic> {
    let at = |kind| [At::Key("timeline"), At::Index(index), At::Key(kind)];
    let mut wrong = Vec::new();
    if let Some(bulk) = &step.bulk {
        wrong.extend(check_bulk(text, scenario, &at("bulk"), bulk));
    }
    if let Some(problem) = step.list.as_ref().and_then(list_problem) {
        wrong.push(text.point(&at("list"), problem));
    }
    let number = step.register_number.as_ref().map(|r| r.number.as_str().chars().count());
    if number.is_some_and(|length| !(1..=REFERENCE_NUMBER_MAX).contains(&length)) {
        let [timeline, step, kind] = at("register_number");
        let problem = Bilingual::new(
            format!("照会番号は 1 文字から {REFERENCE_NUMBER_MAX} 文字までです"),
            format!("a reference number has 1 to {REFERENCE_NUMBER_MAX} characters"),
        );
        wrong.push(text.point(&[timeline, step, kind, At::Key("number")], problem));
    }
    wrong
}

fn check_bulk(
    text: &YamlText<'_>,
    scenario: &Scenario,
    at: &[At<'_>; 3],
    bulk: &Bulk,
) -> Vec<Diagnostic> {
    let who = bulk.who.as_ref().map(|who| who.0.as_slice()).unwrap_or_default();
    if who.is_empty() != bulk.unconfirmed || (bulk.unconfirmed && bulk.date.is_some()) {
        let problem = Bilingual::new(
            "bulk には、who（照会する患者。date を添えてもよい）か unconfirmed: true のどちらか一方を書きます",
            "a bulk query names either `who` (with a `date`, if wanted) or `unconfirmed: true`",
        );
        return vec![text.point(at, problem)];
    }
    let stranger = |name: &&String| !scenario.people.contains_key(*name);
    let names: Vec<String> = scenario.people.keys().cloned().collect();
    who.iter()
        .filter(stranger)
        .map(|name| {
            let problem = Bilingual::new(
                format!("`{name}` という人はここにいません"),
                format!("nobody here is called `{name}`"),
            );
            let path = [at[0], at[1], at[2], At::Key("who")];
            text.point(&path, problem).expecting(name, names.clone())
        })
        .collect()
}

fn list_problem(list: &List) -> Option<Bilingual> {
    let of_tickets = list.of == ListOf::Tickets;
    let days = list.from.zip(list.to);
    let whole = if of_tickets {
        list.month.is_some() && list.from.is_none() && list.to.is_none()
    } else {
        list.month.is_none() && days.is_some()
    };
    if !whole {
        return Some(Bilingual::new(
            "同意の一覧には from と to（同意日）、医療券の一覧には month（診療月）を書きます",
            "a list of consents has `from` and `to` (days of consent), a list of tickets `month`",
        ));
    }
    days.filter(|(from, to)| to < from).map(|(from, to)| {
        Bilingual::new(
            format!("{from} に始まる前に、{to} に終わっています"),
            format!("this ends at {to}, before it starts at {from}"),
        )
    })
}
