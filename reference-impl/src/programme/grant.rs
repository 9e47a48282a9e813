//! What a scheme gives, and the one word for why.

use serde::{Deserialize, Serialize, Serializer};

use crate::fee::Yen;

/// What an institution gets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Grant {
    /// How much.
    pub granted: Granted,
    /// Why it is this, and not more or less.
    pub reason: GrantReason,
    /// Where in the published table it stands: which table or period, where the row begins, where
    /// the column begins. Empty where there is no table, or it was not come to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub step: Vec<String>,
    /// How many units of equipment are paid for, where there are units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u8>,
}

/// How much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Granted {
    /// So many yen.
    Yen(Yen),
    /// The amount is not published; it is not less and not more than this.
    NotPublished {
        /// In yen.
        least_yen: Yen,
        /// In yen.
        most_yen: Yen,
    },
}

impl std::fmt::Display for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Yen(yen) => write!(f, "{yen}"),
            Self::NotPublished { .. } => f.write_str("not-published"),
        }
    }
}

/// The number, or the word `not-published`.
impl Serialize for Granted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Yen(yen) => serializer.serialize_i64(*yen),
            Self::NotPublished { .. } => serializer.collect_str(self),
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// Why a grant is what it is.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        pub enum GrantReason { $($(#[$doc])* #[serde(rename = $word)] $name),* }

        impl GrantReason {
            /// As scenarios and examples write it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

reasons! {
    /// It is paid.
    Paid = "paid",
    /// The rise, or the increase, is below the first step that is paid for.
    BelowSteps = "below-steps",
    /// Another scheme has taken its place (PROG-002).
    Replaced = "replaced",
    /// The poster is not up (PROG-011).
    PosterMissing = "poster-missing",
    /// The leaflet is not handed out (PROG-011).
    LeafletMissing = "leaflet-missing",
    /// Nothing is known of the month that is compared with.
    NoBaseMonth = "no-base-month",
    /// Nothing is known of any month that counts.
    NoMonths = "no-months",
    /// The amount is not published (PROG-013).
    NotPublished = "not-published",
    /// The card was used too little in every month that counts (PROG-020).
    TooFewUses = "too-few-uses",
    /// No unit may be added (PROG-020).
    NoUnits = "no-units",
    /// Nothing was bought.
    NothingBought = "nothing-bought",
    /// Applications have ended.
    ApplicationsEnded = "applications-ended",
    /// The scheme does not exist on that day.
    NotOpen = "not-open",
    /// What has to be in use is not (PROG-036).
    ConditionsMissing = "conditions-missing",
    /// The hospital has fewer beds than the scheme is for (PROG-036).
    TooFewBeds = "too-few-beds",
}

impl Grant {
    /// So many yen.
    pub(super) fn paid(yen: Yen) -> Self {
        Self {
            reason: GrantReason::Paid,
            granted: Granted::Yen(yen),
            ..Self::nothing(GrantReason::Paid)
        }
    }

    /// Nothing, and why.
    pub(super) fn nothing(reason: GrantReason) -> Self {
        Self { granted: Granted::Yen(0), reason, step: Vec::new(), units: None }
    }

    /// The same, at a step of a table.
    pub(super) fn at<const N: usize>(self, step: [String; N]) -> Self {
        Self { step: step.into(), ..self }
    }

    /// The same, for so many units.
    pub(super) fn for_units(self, units: usize) -> Self {
        Self { units: u8::try_from(units).ok(), ..self }
    }
}
