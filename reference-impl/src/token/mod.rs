//! How a reader, a page or an office talks to a card or phone: commands, conversations, and what
//! is done where they are interrupted.
//!
//! No bytes leave this crate by themselves: a [`Line`] sends them as messages and is handed the
//! answers. That the other end is simulated is not known here. The commands are those of public
//! reverse engineering, not of a specification of J-LIS, which is not public.

mod apdu;
mod dialogue;
mod face;
mod line;
mod wish;
mod x509;

pub use line::{Heard, Line};
pub use wish::{Credential, Outcome, PhotoKey, Wish, challenge};

#[cfg(test)]
mod tests;
