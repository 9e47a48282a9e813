//! Plans: a scenario with everything decided, ready to be stored and replayed by itself.
//!
//! Seeds do not survive a change of the code that draws from them; plans do.

use std::sync::Arc;

use madoguchi_reference::calendar::Micros;
use madoguchi_reference::diagnostic::{Diagnostic, YamlText};
use madoguchi_reference::lang::{Bilingual, Lang};
use madoguchi_reference::register::Register;
use madoguchi_scenario::{Network, Scenario, Streams, check, close};
use serde::{Deserialize, Serialize};

use crate::crowd;
use crate::tokens::close_certificates;

/// The version of the plan format.
pub const PLAN_VERSION: u32 = 1;

/// Everything a run depends on, but for the text of the register, which is named by its digest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of this format.
    pub plan: u32,
    /// Version of the harness that made it.
    pub harness: String,
    /// Digest of the register it was made under.
    pub register: String,
    /// The seed: it still orders what is drawn message by message (latency, loss).
    pub seed: u64,
    /// How long messages take.
    pub links: Links,
    /// How long the person of each step takes for one action, in microseconds, step by step.
    pub pace_us: Vec<Micros>,
    /// The scenario with nothing left open.
    pub scenario: Scenario,
}

/// Latency by kind of link.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Reader or phone to chip and back, each way, for each command.
    pub chip: Span,
    /// Reader to terminal.
    pub cable: Span,
    /// Desk to terminal, through shared folders.
    pub folder: Span,
    /// Institution to centre.
    pub line: Span,
    /// A person's phone to portal or remote reception.
    pub mobile: Span,
    /// Between the large systems.
    pub backbone: Span,
}

/// A range of microseconds, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The shortest.
    pub min_us: u32,
    /// The longest.
    pub max_us: u32,
}

const fn span(min_us: u32, max_us: u32) -> Span {
    Span { min_us, max_us }
}

/// Ordinary latencies. They are modelled: an order of magnitude, not a measurement.
const ORDINARY: Links = Links {
    chip: span(2_000, 12_000),
    cable: span(1_000, 5_000),
    folder: span(100_000, 900_000),
    line: span(15_000, 90_000),
    mobile: span(50_000, 400_000),
    backbone: span(5_000, 40_000),
};
const INSTANT: Links = {
    let none = span(0, 0);
    Links { chip: none, cable: none, folder: none, line: none, mobile: none, backbone: none }
};
/// The slowest a person may be, in microseconds: an hour for one action.
const PACE_US_MAX: Micros = 3_600_000_000;
/// How long a person takes for one action.
const PACE: Span = span(800_000, 4_000_000);

/// Why a plan cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PlanError {
    /// It is not a plan, or its scenario is wrong.
    Wrong(Vec<Diagnostic>),
    /// It was made by another version of the format.
    Version {
        /// The version it says.
        found: u32,
    },
    /// It was made under another register.
    Register {
        /// The digest in the plan.
        wanted: String,
        /// The digest of the register in use.
        found: String,
    },
}

/// In English; [`PlanError::text`] has both languages.
impl std::fmt::Display for PlanError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl PlanError {
    /// What is wrong, for people.
    pub fn text(&self) -> Bilingual {
        match self {
            Self::Wrong(wrong) => {
                let all =
                    |lang| wrong.iter().map(|d| d.render(lang)).collect::<Vec<_>>().join("\n");
                Bilingual::new(all(Lang::Ja), all(Lang::En))
            }
            Self::Version { found } => Bilingual::new(
                format!(
                    "この計画の書式は第 {found} 版です。このプログラムが読むのは第 {PLAN_VERSION} 版です"
                ),
                format!(
                    "this plan has format version {found}; this program reads version \
                     {PLAN_VERSION}"
                ),
            ),
            Self::Register { wanted, found } => Bilingual::new(
                format!(
                    "この計画は規則台帳 {wanted} のもとで作られましたが、使用中の規則台帳は \
                     {found} です。--register で正しい台帳を選ぶか、シナリオとシードから計画を\
                     作り直してください"
                ),
                format!(
                    "this plan was made under register {wanted}, but the register in use is \
                     {found}: choose the right one with --register, or make a new plan from the \
                     scenario and the seed"
                ),
            ),
        }
    }
}

impl Plan {
    /// The plan that `seed` makes of `scenario` under `register`.
    pub fn new(scenario: Scenario, seed: u64, register: &Register) -> Self {
        let streams = Streams::new(seed);
        let mut scenario = crowd::expand(close(scenario, &streams), &streams);
        let chosen = chosen(&scenario, register);
        let counted_by = chosen.as_ref().unwrap_or(register);
        scenario.people.values_mut().for_each(|person| close_certificates(person, counted_by));
        let instant = scenario.network == Network::Instant;
        let pace = |step: usize| {
            let width = u64::from(PACE.max_us - PACE.min_us) + 1;
            let drawn = streams.draw(&format!("pace/{step}"), width);
            i64::from(PACE.min_us) + i64::try_from(drawn).unwrap_or(0)
        };
        let steps = 0..scenario.timeline.len();
        let pace_us = steps.map(|step| if instant { 0 } else { pace(step) }).collect();
        Self {
            plan: PLAN_VERSION,
            harness: env!("CARGO_PKG_VERSION").to_owned(),
            register: register.digest().to_owned(),
            seed,
            links: if instant { INSTANT } else { ORDINARY },
            pace_us,
            scenario,
        }
    }

    /// Reads a stored plan and checks that it fits the register in use.
    ///
    /// # Errors
    /// The plan is broken, of another version, or made under another register.
    pub fn read(text: &YamlText<'_>, register: &Register) -> Result<Self, PlanError> {
        let plan: Self = text.read().map_err(|error| PlanError::Wrong(vec![error]))?;
        if plan.plan != PLAN_VERSION {
            return Err(PlanError::Version { found: plan.plan });
        }
        if plan.register != register.digest() {
            let (wanted, found) = (plan.register, register.digest().to_owned());
            return Err(PlanError::Register { wanted, found });
        }
        if !plan.scenario.is_closed() || plan.pace_us.len() != plan.scenario.timeline.len() {
            let problem = Bilingual::new(
                "計画には未定の値がなく、段階ごとに一つの pace_us があります",
                "a plan leaves nothing open and has one pace for each step",
            );
            return Err(PlanError::Wrong(vec![text.point(&[], problem)]));
        }
        let links = plan.links;
        let spans =
            [links.chip, links.cable, links.folder, links.line, links.mobile, links.backbone];
        let slow = plan.pace_us.iter().any(|pace| !(0..=PACE_US_MAX).contains(pace));
        if slow || spans.iter().any(|span| span.max_us < span.min_us) {
            let problem = Bilingual::new(
                "pace_us は 0 から 1 時間まで、max_us は min_us 以上です",
                "pace_us is 0 to an hour, and max_us is not below min_us",
            );
            return Err(PlanError::Wrong(vec![text.point(&[], problem)]));
        }
        // What a scenario may not say, a plan may not say either.
        let wrong = check(&text.within("scenario"), &plan.scenario, register);
        if wrong.is_empty() { Ok(plan) } else { Err(PlanError::Wrong(wrong)) }
    }

    /// The register this plan runs under: `register` with the settings of the scenario chosen.
    #[must_use]
    pub fn register_of(&self, register: &Arc<Register>) -> Arc<Register> {
        chosen(&self.scenario, register).map_or_else(|| Arc::clone(register), Arc::new)
    }

    /// The plan as YAML, to be stored.
    ///
    /// # Errors
    /// None that a plan of this type can cause; YAML writing is fallible in general.
    pub fn to_yaml(&self) -> Result<String, serde_yaml::Error> {
        serde_yaml::to_string(self)
    }
}

/// The register with the settings of `scenario` chosen, if it has any.
fn chosen(scenario: &Scenario, register: &Register) -> Option<Register> {
    // A setting that cannot be chosen is refused when the scenario is read.
    Some(&scenario.settings).filter(|s| !s.is_empty()).and_then(|s| register.with(s).ok())
}
