//! The judge. It sees a plan, its trace and the register, and never the inside of a party: what
//! it knows of a product is what the product said and wrote.

mod boundary;
mod claim_life;
mod coverage;
mod difference;
mod facts;
mod hindsight;
mod impact;
mod invariants;
mod judge;
mod oracle;
mod record;
mod seen;
mod vectors;
mod verdict;
mod words;

pub use boundary::{Boundary, BoundaryCase, BoundaryResult, boundaries, cross};
pub use coverage::{
    COVERAGE_SCHEMA, Coverage, Reason, RuleCoverage, Standing, UnknownCitation, unknown_citations,
};
pub use difference::{FieldChange, RuleChange, differences};
pub use facts::{Facts, Steps};
pub use hindsight::rests_on_later;
pub use impact::{FactChange, IMPACT_SCHEMA, Impact, Rewrite, ScenarioImpact, impact};
pub use judge::{Judgement, Scope, judge};
pub use record::{
    CaseResult, Difference, Ending, LevelCount, REFERENCE, RESULT_SCHEMA, RecordedLevel,
    RuleResult, SuiteResult, Summary,
};
pub use seen::{Seen, seen};
pub use vectors::{Said, VECTORS, Vector, vectors};
pub use verdict::{CaseVerdict, Verdict};
