//! The page for disasters and failures in every run: OUT-011, OUT-020 and NBR-001.

use std::collections::BTreeMap;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::Message;
use madoguchi_reference::message::page::{
    PageMode, PageResult, PageSearch, ReportedFault, Said, SpokenConsent,
};
use madoguchi_reference::register::Register;
use madoguchi_scenario::{FactKey, FaultKind, OutageOf, Scenario};
use madoguchi_sim::{Trace, What};

use super::Check;

/// Nobody is found on the page outside the area and the period of an opening, or where no fault
/// was reported and lasts; and nothing medical is shown to whoever refused.
pub(super) fn checks(scenario: &Scenario, trace: &Trace, register: &Register) -> Vec<Check> {
    let mut searches: BTreeMap<u64, &PageSearch> = BTreeMap::new();
    let mut open: Option<ReportedFault> = None;
    let mut reported = None;
    let mut all = Vec::new();
    for event in &trace.events {
        let (Some(step), What::Arrived { sent, message, .. }) = (event.step, &event.what) else {
            continue;
        };
        match message {
            Message::Call(call) => match call.says {
                Said::Report(fault) => reported = Some(fault),
                Said::Opened => open = reported,
                Said::EndOfUse => (open, reported) = (None, None),
                Said::CallBack | Said::Confirm | Said::Closed => {}
            },
            Message::PageSearch(search) => {
                searches.insert(search.id, search);
            }
            Message::PageShown(shown) => {
                let PageResult::Found { records, .. } = &shown.result else { continue };
                let Some(search) = searches.get(&shown.id) else { continue };
                let step = usize::from(step);
                let (rule, may) = match search.mode {
                    PageMode::Disaster => ("OUT-020", in_opening(scenario, register, *sent)),
                    PageMode::SystemFailure(fault) => {
                        ("OUT-011", open == Some(fault) && lasts(scenario, fault, *sent))
                    }
                };
                let seen = if may { "found where open" } else { "found where not open" };
                all.push(Check::new(rule, step, FactKey::Page, "found where open", seen));
                let asked = match search.mode {
                    PageMode::Disaster => search.consent != SpokenConsent::Refused,
                    PageMode::SystemFailure(_) => search.consent == SpokenConsent::Given,
                };
                if records.is_some() {
                    let good = may && asked;
                    let seen = if good { "shown with consent" } else { "shown without consent" };
                    let must = "shown with consent";
                    all.push(Check::new("NBR-001", step, FactKey::Records, must, seen));
                }
            }
            _ => {}
        }
    }
    all
}

fn in_opening(scenario: &Scenario, register: &Register, at: Jst) -> bool {
    scenario.openings.iter().any(|opening| {
        opening.prefectures.contains(&scenario.facility.prefecture)
            && opening.span(register).is_some_and(|span| span.from <= at && at < span.to)
    })
}

/// Whether the fault that was reported is really there.
fn lasts(scenario: &Scenario, fault: ReportedFault, at: Jst) -> bool {
    let kind = match fault {
        ReportedFault::Reader => OutageOf::Reader,
        ReportedFault::Line => OutageOf::Line,
    };
    scenario.faults.iter().any(|fault| {
        matches!(fault.kind(), Some(FaultKind::Outage(outage))
            if outage.of == kind && outage.from <= at && at < outage.to)
    })
}
