//! What happens around a program: cards, cables, the service, other programs.

use super::context::Context;
use crate::smart_card::SmartCard;

/// Something that happens outside of the program's own calls. Readers are named as they were
/// given to [`Service::reader`], without the numbers behind.
///
/// [`Service::reader`]: super::Service::reader
pub enum Act {
    /// A card is put in; one that lies there is taken out first.
    Insert {
        /// Where.
        reader: String,
        /// What.
        card: Box<dyn SmartCard>,
    },
    /// The card is taken out, if there is one.
    Remove {
        /// Where.
        reader: String,
    },
    /// The reader's cable comes off.
    Unplug {
        /// Of which.
        reader: String,
    },
    /// The cable is put back. The reader gets another number in its name.
    PlugIn {
        /// Of which.
        reader: String,
    },
    /// Another program takes the card: for itself if nobody is connected, otherwise by a
    /// transaction.
    OtherHolds {
        /// Where.
        reader: String,
    },
    /// The other program lets go and leaves the card as it is.
    OtherLetsGo {
        /// Where.
        reader: String,
    },
    /// Another program resets the card.
    OtherResets {
        /// Where.
        reader: String,
    },
    /// The smart card service is killed.
    StopService,
    /// The smart card service is started. Contexts of before stay dead.
    StartService,
    /// Another thread of the program cancels what this context waits for.
    Cancel(Context),
}

impl Act {
    /// Puts a card into a reader.
    pub fn insert(reader: &str, card: impl SmartCard + 'static) -> Self {
        Self::Insert { reader: reader.to_owned(), card: Box::new(card) }
    }

    /// Takes the card out of a reader.
    pub fn remove(reader: &str) -> Self {
        Self::Remove { reader: reader.to_owned() }
    }

    /// Pulls the cable of a reader.
    pub fn unplug(reader: &str) -> Self {
        Self::Unplug { reader: reader.to_owned() }
    }

    /// Puts the cable of a reader back.
    pub fn plug_in(reader: &str) -> Self {
        Self::PlugIn { reader: reader.to_owned() }
    }

    /// Another program takes the card in a reader.
    pub fn other_holds(reader: &str) -> Self {
        Self::OtherHolds { reader: reader.to_owned() }
    }

    /// The other program lets go.
    pub fn other_lets_go(reader: &str) -> Self {
        Self::OtherLetsGo { reader: reader.to_owned() }
    }

    /// Another program resets the card in a reader.
    pub fn other_resets(reader: &str) -> Self {
        Self::OtherResets { reader: reader.to_owned() }
    }
}
