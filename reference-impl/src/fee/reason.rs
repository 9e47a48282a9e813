//! Why an amount is what it is, rule by rule: for people who ask, at no cost to who does not.

use serde::{Deserialize, Serialize};

use crate::lang::Bilingual;

/// One step on the way to an amount.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reason {
    /// The rule that demands the step, such as `FEE-056`.
    pub rule: String,
    /// What it comes to here, with the figures used.
    pub says: Bilingual,
}

/// Takes reasons. `()` throws them away unmade; a vector keeps them.
pub trait Reasons {
    /// Takes the reason that `rule` gives; `says` is called only where somebody listens.
    fn because(&mut self, rule: &'static str, says: impl FnOnce() -> Bilingual);
}

impl Reasons for () {
    fn because(&mut self, _: &'static str, _: impl FnOnce() -> Bilingual) {}
}

impl Reasons for Vec<Reason> {
    fn because(&mut self, rule: &'static str, says: impl FnOnce() -> Bilingual) {
        self.push(Reason { rule: rule.to_owned(), says: says() });
    }
}
