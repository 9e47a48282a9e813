//! A program alone with a card for a while.

use std::ops::Deref;

use super::card::Card;
use super::error::Error;
use super::flags::Protocols;
use super::kinds::{Disposition, ShareMode};

/// The right to be alone with a card. When it is dropped the card is left as it is.
pub struct Transaction<'tx> {
    card: &'tx mut Card,
}

impl<'tx> Transaction<'tx> {
    pub(super) const fn begun(card: &'tx mut Card) -> Self {
        Self { card }
    }

    /// Ends it and does this to the card. A reset is news to this connection too: its next
    /// call gives `ResetCard`.
    ///
    /// # Errors
    ///
    /// Gives the transaction back with `RemovedCard`, `ResetCard`, `ReaderUnavailable` or
    /// `NoService`.
    pub fn end(self, disposition: Disposition) -> Result<(), (Transaction<'tx>, Error)> {
        // Dropping it now finds the transaction ended.
        self.card.end_transaction(disposition).map_err(|error| (self, error))
    }

    /// As [`Card::reconnect`].
    ///
    /// # Errors
    ///
    /// As [`Card::reconnect`].
    pub fn reconnect(
        &mut self,
        share_mode: ShareMode,
        preferred_protocols: Protocols,
        initialization: Disposition,
    ) -> Result<(), Error> {
        self.card.reconnect(share_mode, preferred_protocols, initialization)
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        let _it_cannot_be_told = self.card.end_transaction(Disposition::LeaveCard);
    }
}

impl Deref for Transaction<'_> {
    type Target = Card;

    fn deref(&self) -> &Card {
        self.card
    }
}
