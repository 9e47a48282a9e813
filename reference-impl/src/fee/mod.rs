//! Money at the counter: what the card is used for is counted here as well, because fees and
//! programme money depend on it.

mod card_use;

pub use card_use::{CardUse, Rate};
