//! The judge. It sees a plan, its trace and the register, and never the inside of a party: what
//! it knows of a product is what the product said and wrote.

mod facts;
mod hindsight;
mod invariants;
mod judge;
mod oracle;
mod record;
mod verdict;
mod words;

pub use facts::{Facts, Steps};
pub use hindsight::rests_on_later;
pub use judge::{Judgement, Scope, judge};
pub use record::{
    CaseResult, Difference, Ending, LevelCount, REFERENCE, RESULT_SCHEMA, RuleResult, SuiteResult,
    Summary,
};
pub use verdict::{CaseVerdict, Verdict};
