//! The record of a run of many scenarios: what `--format json` prints and `results.json` holds.

use madoguchi_reference::register::Level;
use schemars::JsonSchema;
use serde::Serialize;

use crate::verdict::{CaseVerdict, Verdict};

/// Name and version of the form of [`SuiteResult`].
pub const RESULT_SCHEMA: &str = "madoguchi-result/1";
/// The product that is judged while nobody else sits in a chair.
pub const REFERENCE: &str = "reference";

/// The results of one run of the harness.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct SuiteResult {
    /// The form of this object.
    pub schema: String,
    /// Version of the harness.
    pub version: String,
    /// Digest of the register in use.
    pub register: String,
    /// Who was judged.
    pub product: String,
    /// The seed.
    pub seed: u64,
    /// The driver.
    pub driver: String,
    /// The day whose rules count, if one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The day on which the register was known so, if one was chosen: what was published later
    /// did not exist, and what rests on it is not applicable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_on: Option<String>,
    /// One for each scenario, in order of their ids.
    pub scenarios: Vec<CaseResult>,
    /// All in numbers.
    pub summary: Summary,
}

/// The result of one scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct CaseResult {
    /// Its id.
    pub id: String,
    /// The verdict.
    pub verdict: CaseVerdict,
    /// Rule by rule.
    pub rules: Vec<RuleResult>,
    /// BLAKE3 over every event of the run; empty if the run did not come to an end.
    pub trace_hash: String,
    /// What to type to see it again.
    pub replay: String,
    /// What went wrong in the harness, if anything did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// The result of one rule in one scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct RuleResult {
    /// Its id.
    pub id: String,
    /// Its level.
    pub level: RecordedLevel,
    /// The verdict.
    pub verdict: Verdict,
    /// Where something else was seen than demanded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
}

/// Something else was seen than demanded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// The step of the timeline, from 0.
    pub step: usize,
    /// The fact.
    pub fact: String,
    /// What the rule demands.
    pub expected: String,
    /// What was seen.
    pub received: String,
}

/// The level of a rule, as recorded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordedLevel {
    /// Law, notice or hard format rule.
    Must,
    /// Documented practice.
    Should,
    /// Option.
    May,
    /// Decision of this project.
    Model,
}

impl From<Level> for RecordedLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Must => Self::Must,
            Level::Should => Self::Should,
            Level::May => Self::May,
            Level::Model => Self::Model,
        }
    }
}

impl From<RecordedLevel> for Level {
    fn from(level: RecordedLevel) -> Self {
        match level {
            RecordedLevel::Must => Self::Must,
            RecordedLevel::Should => Self::Should,
            RecordedLevel::May => Self::May,
            RecordedLevel::Model => Self::Model,
        }
    }
}

/// All in numbers. A rule counts once for each scenario that demands it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Scenarios run.
    pub scenarios: usize,
    /// Of them: passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Not decided, or stopped by an error of the harness.
    pub undecided: usize,
    /// None of their rules in force on the chosen day.
    pub not_applicable: usize,
    /// Rules of level MUST.
    pub must: LevelCount,
    /// Rules of level SHOULD.
    pub should: LevelCount,
    /// Rules of level MAY.
    pub may: LevelCount,
    /// Rules of level MODEL.
    pub model: LevelCount,
    /// Whether the product conforms: something was decided, and no binding MUST was broken. The
    /// reference is also held to everything else: a finding on it is a defect of the suite.
    pub conformant: bool,
}

/// Verdicts on the rules of one level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct LevelCount {
    /// Passed.
    pub pass: usize,
    /// Failed.
    pub fail: usize,
    /// Different, but nobody is failed on it.
    pub finding: usize,
    /// Not decided.
    pub undecided: usize,
}

/// How a run ends for whoever asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// The product conforms.
    Conformant,
    /// It does not.
    NotConformant,
    /// That could not be decided, or there was nothing to decide.
    Undecided,
}

impl Summary {
    /// How the run ends.
    pub fn ending(&self) -> Ending {
        if self.conformant {
            Ending::Conformant
        } else if self.failed == 0 && (self.undecided > 0 || self.passed == 0) {
            Ending::Undecided
        } else {
            Ending::NotConformant
        }
    }

    /// Counts the results of `product`.
    pub fn of(cases: &[CaseResult], product: &str) -> Self {
        let mut summary = Self { scenarios: cases.len(), ..Self::default() };
        for case in cases {
            match case.verdict {
                CaseVerdict::Pass => summary.passed += 1,
                CaseVerdict::Fail => summary.failed += 1,
                CaseVerdict::NotApplicable => summary.not_applicable += 1,
                CaseVerdict::Undecided | CaseVerdict::HarnessError => summary.undecided += 1,
            }
            for rule in &case.rules {
                summary.count(rule.level, rule.verdict);
            }
        }
        // Nothing is green by emptiness.
        summary.conformant = summary.passed > 0 && summary.failed == 0 && summary.undecided == 0;
        if product == REFERENCE {
            let levels = [summary.must, summary.should, summary.may, summary.model];
            summary.conformant &= levels.iter().all(|l| l.fail == 0 && l.finding == 0);
        }
        summary
    }

    fn count(&mut self, level: RecordedLevel, verdict: Verdict) {
        let count = match level {
            RecordedLevel::Must => &mut self.must,
            RecordedLevel::Should => &mut self.should,
            RecordedLevel::May => &mut self.may,
            RecordedLevel::Model => &mut self.model,
        };
        match verdict {
            Verdict::Pass => count.pass += 1,
            Verdict::Fail => count.fail += 1,
            Verdict::Finding => count.finding += 1,
            Verdict::Undecided => count.undecided += 1,
            Verdict::NotApplicable => {}
        }
    }
}
