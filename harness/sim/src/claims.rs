//! From what a plan says of claims to what staff, insurers, the receipt computer and reviewers do.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_reference::calendar::Month;
use madoguchi_reference::clearing::{ReviewEvent, ReviewFinding};
use madoguchi_reference::desk::MistakeIn;
use madoguchi_reference::ids::{InstitutionCode, InsurerNumber};
use madoguchi_reference::message::claim::{Ground, Medium, Objection};
use madoguchi_reference::message::{ClaimAct, ClaimOrder, Message, Order};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::uke::ReviewBody;
use madoguchi_scenario::{Facility, FacilityKind, FaultKind, Scenario, Step};

use crate::institution::code_of;
use crate::people::Cast;

/// What a step about claims tells whom to do; nothing, if nobody can be told.
pub(crate) fn order(
    step: &Step,
    who: Option<&Cast<'_>>,
    insurers: &BTreeMap<InsurerNumber, PartyId>,
) -> Option<(PartyId, Message)> {
    let desk = |month: Month, act, medium| {
        (PartyId::Desk(0), Order::Claims(ClaimOrder { month, act, medium }).into())
    };
    if let Some(claim) = &step.claim {
        let act = if claim.again { ClaimAct::Again } else { ClaimAct::HandIn };
        return Some(desk(claim.month, act, claim.on));
    }
    if let Some(correct) = &step.correct {
        return Some(desk(correct.month, ClaimAct::Correct, correct.on));
    }
    if let Some(resubmit) = &step.resubmit {
        return Some(desk(resubmit.month, ClaimAct::Resubmit, resubmit.on));
    }
    if let Some(results) = &step.results {
        return Some(desk(results.month, ClaimAct::Fetch, Medium::Online));
    }
    let objects = step.objection.as_ref()?;
    let person = &who?.identity;
    let objection = Objection {
        insurer: objects.insurer.clone(),
        month: objects.month,
        kana: person.kana.clone(),
        born: person.born,
        ground: objects.points.map_or(Ground::Eligibility, Ground::Points),
    };
    Some((*insurers.get(&objects.insurer)?, Order::Object(objection).into()))
}

/// Who may claim on paper: institutions without the duty to verify online (CLM-027).
pub(crate) fn on_paper(scenario: &Scenario) -> BTreeSet<InstitutionCode> {
    let exempt = scenario.facility.kind == FacilityKind::ExemptClinic;
    exempt.then(|| code_of(&scenario.facility)).into_iter().collect()
}

/// Where receipts go whose insurer is unknown (CLM-007).
pub(crate) fn unknown_to(facility: &Facility) -> ReviewBody {
    facility.settings.unknown_to.unwrap_or(ReviewBody::Siif)
}

/// What reviewers will find.
pub(crate) fn review(scenario: &Scenario, cast: &BTreeMap<String, Cast<'_>>) -> Vec<ReviewEvent> {
    let found = scenario.faults.iter().filter_map(|fault| {
        let Some(FaultKind::Review(review)) = fault.kind() else { return None };
        let person = &cast.get(&review.who)?.identity;
        let finding = review.points.map_or(ReviewFinding::Return, ReviewFinding::Points);
        let (kana, born) = (person.kana.clone(), person.born);
        Some(ReviewEvent { kana, born, month: review.month, finding })
    });
    found.collect()
}

/// What the receipt computer will do wrong.
pub(crate) fn mistakes(scenario: &Scenario, cast: &BTreeMap<String, Cast<'_>>) -> Vec<MistakeIn> {
    let made = scenario.faults.iter().filter_map(|fault| {
        let Some(FaultKind::Claim(claim)) = fault.kind() else { return None };
        let person = claim.who.as_ref().and_then(|who| cast.get(who));
        let of = person.map(|cast| (cast.identity.kana.clone(), cast.identity.born));
        Some(MistakeIn { what: claim.what, month: claim.month, of })
    });
    made.collect()
}
