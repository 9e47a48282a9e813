//! What staff do about claims, what insurers object to, and what goes wrong with claims, as an
//! author writes it.

use madoguchi_reference::calendar::Month;
use madoguchi_reference::desk::ClaimMistake;
use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::ids::InsurerNumber;
use madoguchi_reference::message::claim::Medium;
use madoguchi_reference::register::Bilingual;
use serde::{Deserialize, Serialize};

use crate::faults::Fault;
use crate::scenario::{Scenario, Step};

/// The most points a review or an objection may take off.
const POINTS_MAX: i64 = 10_000_000;

/// Handing in claims.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The month of service.
    pub month: Month,
    /// Whose receipts the expectations are about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// On which way.
    #[serde(default)]
    pub on: Medium,
    /// Whether the files that were taken in are handed in once more as they were, instead of
    /// what is due.
    #[serde(default, skip_serializing_if = "is_false")]
    pub again: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Something done about the claims of a month: corrected, claimed again, looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimsOf {
    /// The month of service.
    pub month: Month,
    /// Whose receipts the expectations are about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// On which way.
    #[serde(default)]
    pub on: Medium,
}

/// An insurer objects to what was paid for somebody (CLM-037).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objects {
    /// For whom.
    pub who: String,
    /// The month of service.
    pub month: Month,
    /// Which insurer objects.
    pub insurer: InsurerNumber,
    /// So many points should not have been claimed; without it, the objection is to eligibility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
}

/// What reviewers find in a receipt when they first see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewFault {
    /// Whose.
    pub who: String,
    /// The month of service.
    pub month: Month,
    /// So many points are taken off (査定); without it, the receipt goes back (返戻).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
}

/// A mistake that the receipt computer makes when the claims of a month are first handed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimFault {
    /// What.
    pub what: ClaimMistake,
    /// The month of service.
    pub month: Month,
    /// On whose receipt, where it is about one; the first of the file, if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
}

/// What is wrong with a step about claims.
pub(crate) fn check_claims(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    step: &Step,
) -> Vec<Diagnostic> {
    let at = |kind, key| [At::Key("timeline"), At::Index(index), At::Key(kind), At::Key(key)];
    let mut wrong = Vec::new();
    if let Some(objects) = &step.objection {
        let problem = objects.points.and_then(points_problem);
        wrong.extend(problem.map(|problem| text.point(&at("objection", "points"), problem)));
        let coverage = scenario.people.values().flat_map(|person| &person.coverage);
        let insurers: Vec<String> = coverage.map(|c| c.insurer.to_string()).collect();
        let insurer = objects.insurer.to_string();
        if !insurers.contains(&insurer) {
            let problem = Bilingual::new(
                format!("保険者 `{insurer}` に加入している人はここにいません"),
                format!("nobody here is insured with `{insurer}`"),
            );
            let place = at("objection", "insurer");
            wrong.push(text.point(&place, problem).expecting(&insurer, insurers));
        }
    }
    wrong
}

fn points_problem(points: i64) -> Option<Bilingual> {
    (!(1..=POINTS_MAX).contains(&points)).then(|| {
        Bilingual::new(
            format!("点数は 1 から {POINTS_MAX} までです"),
            format!("points are 1 to {POINTS_MAX}"),
        )
    })
}

/// What is wrong with a fault of claims: it is about nobody here, or means nothing.
pub(crate) fn claim_fault_problem(scenario: &Scenario, fault: &Fault) -> Option<Bilingual> {
    let of_review = fault.review.as_ref().map(|review| &review.who);
    let of_claim = fault.claim.as_ref().and_then(|claim| claim.who.as_ref());
    let who = of_review.or(of_claim).filter(|who| !scenario.people.contains_key(*who));
    let stranger = who.map(|who| {
        Bilingual::new(
            format!("`{who}` という人はここにいません"),
            format!("nobody here is called `{who}`"),
        )
    });
    let points = fault.review.as_ref().and_then(|review| review.points).and_then(points_problem);
    stranger.or(points)
}
