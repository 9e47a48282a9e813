//! What carries the chip.

use serde::{Deserialize, Serialize};

/// What carries the chip.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Carrier {
    /// The plastic card.
    Card,
    /// An Android phone (from 2023-05-11; at equipped facilities from 2025-09-19).
    Android,
    /// An iPhone (from 2025-06-24).
    IPhone,
}

impl Carrier {
    /// The token label in EF 0006, by which a terminal tells the three apart behind one
    /// application identifier.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Card => "JPKIAPICCTOKEN2",
            Self::Android => "JPKIAPGPSETOKEN",
            Self::IPhone => "JPKIAPIOSTOKEN",
        }
    }
}
