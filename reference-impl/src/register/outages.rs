//! What the register says of disasters and failures.

use jiff::civil::Date;

use super::Policy;
use crate::ids::{InsuredKey, InsuredNumber, InsurerNumber};

impl Policy<'_> {
    /// OUT-020: whether there is a disaster mode at all.
    pub fn disaster_mode(&self) -> bool {
        self.in_force("OUT-020")
    }

    /// OUT-011: whether there is a function for system failures at all.
    pub fn system_failure_mode(&self) -> bool {
        self.in_force("OUT-011")
    }

    /// OUT-021: first and last day of a known opening of the disaster mode.
    pub fn known_opening(&self, name: &str) -> Option<(Date, Date)> {
        let day = |end: &str| self.text("OUT-021", &format!("{name}_{end}_day"))?.parse().ok();
        Some((day("first")?, day("last")?))
    }

    /// OUT-022: the number under which a victim of a disaster is claimed whose number is not
    /// known.
    pub fn victim_key(&self) -> InsuredKey {
        let text = |name| self.text("OUT-022", name).unwrap_or_default();
        InsuredKey {
            insurer: InsurerNumber::from(text("insurer_number")),
            number: InsuredNumber::from(text("insured_number")),
            ..InsuredKey::default()
        }
    }
}
