//! What the card has been convinced of, and by whom. It belongs to one application.

use super::Chip;
use super::secure_messaging::Session;
use super::terminal::Terminal;
use crate::profile::{Access, Condition, FileId};
use crate::status::StatusWord;

/// The security status of the application that was selected last. It can outlive the selection:
/// see [`crate::profile::StatusLife`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Security {
    /// Whose status it is, by its place in the profile.
    pub(super) of: Option<usize>,
    /// One bit for the short identifier of each reference that was verified.
    verified: u32,
    pub(super) terminal: Terminal,
    pub(super) session: Option<Session>,
}

impl Security {
    /// The status of an application in which nothing was verified yet.
    pub(super) fn fresh(application: usize) -> Self {
        Self { of: Some(application), ..Self::default() }
    }

    pub(super) fn set_verified(&mut self, reference: FileId, verified: bool) {
        let bit = 1 << reference.short();
        self.verified = if verified { self.verified | bit } else { self.verified & !bit };
    }

    pub(super) const fn is_verified(&self, reference: FileId) -> bool {
        self.verified & 1 << reference.short() != 0
    }
}

impl Chip {
    /// Whether a file may be read or a key used now: `6982` if not.
    pub(super) fn allow(&self, access: &Access) -> Result<(), StatusWord> {
        let met = |condition: &Condition| match condition {
            Condition::Verified(reference) => self.security.is_verified(*reference),
            Condition::Terminal => self.security.terminal.is_authenticated(),
            Condition::Holder => self.holder_confirmed,
        };
        let allowed = match access {
            Access::Free => true,
            Access::Never => false,
            Access::AnyOf(conditions) => conditions.iter().any(met),
        };
        if allowed { Ok(()) } else { Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED) }
    }
}
