//! The second axis of time: the register as it was known on a day (GEN-011).

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::load::digest;
use super::{Register, Rule, Version};

/// What a view leaves out of a register, and which register that is.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) known_on: Date,
    pub(super) whole: Arc<Register>,
}

impl Register {
    /// The register as it was known at the end of `date`: versions published later do not exist,
    /// and a version whose end was published later goes on. What an amendment replaces is thus
    /// still in force wherever the amendment was not known.
    #[must_use]
    pub fn known_on(self: &Arc<Self>, date: Date) -> Self {
        let known = |rule: &Rule| {
            let versions: Vec<Version> =
                rule.versions.iter().filter_map(|v| v.known_on(date)).collect();
            // The words of a rule are the newest ones; those of that day may have been others.
            let text = versions.last()?.text.clone().unwrap_or_else(|| rule.text.clone());
            Some(Rule { versions, text, ..rule.clone() })
        };
        let rules = self.rules.iter().filter_map(|(id, rule)| Some((id.clone(), known(rule)?)));
        let rules = rules.collect();
        let digest = digest(&rules);
        let view = Some(View { known_on: date, whole: self.shared_whole() });
        Self { rules, digest, view, tariffs: OnceLock::new() }
    }

    /// The day on which this register was known so, if it is such a view.
    pub fn as_known_on(&self) -> Option<Date> {
        self.view.as_ref().map(|view| view.known_on)
    }

    /// The register with everything published since; itself, if it is no view. Scenarios are
    /// written for this one.
    pub fn whole(&self) -> &Self {
        self.view.as_ref().map_or(self, |view| &view.whole)
    }

    /// The same, to be kept.
    #[must_use]
    pub fn shared_whole(self: &Arc<Self>) -> Arc<Self> {
        self.view.as_ref().map_or_else(|| Arc::clone(self), |view| Arc::clone(&view.whole))
    }
}

impl Version {
    fn known_on(&self, date: Date) -> Option<Self> {
        if date < self.known {
            return None;
        }
        let to = self.to.filter(|_| self.end_known.unwrap_or(self.known) <= date);
        Some(Self { to, end_known: self.end_known.filter(|_| to.is_some()), ..self.clone() })
    }
}
