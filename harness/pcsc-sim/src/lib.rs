//! Virtual My Number cards and phones, the slots they lie in, and the calls of PC/SC.
//!
//! * [`chip`] is the card core: command APDU in, response APDU out, pure.
//! * [`profile`] holds the kinds of card as data; [`content`] and [`pki`] what is written on them.
//! * [`slot`] is the place in a reader where a card lies, with its faults and latencies.
//! * [`pc_sc`] has the call surface of the crate `pcsc`, all of it at the root of this crate too.
//! * [`vpcd`] is the wire protocol by which a card appears in a real pcscd.
//!
//! # Where it comes from
//!
//! No card specification of J-LIS is public. This is modelled on public reverse engineering
//! (open-source clients and published surveys of cards), not on the J-LIS specification.
//! What is inferred or invented is said so where it is decided.

pub mod carrier;
pub mod chip;
pub mod content;
pub mod pc_sc;
pub mod pin;
pub mod pki;
pub mod profile;
pub mod selection;
pub mod slot;
pub mod smart_card;
pub mod status;
pub mod transcript;
pub mod vpcd;

pub use carrier::Carrier;
pub use pc_sc::*;
pub use pin::{DEFAULT_TRIES, Form, Pin, PinError, Verification};
pub use profile::Profile;
pub use smart_card::SmartCard;
pub use status::{StatusWord, StatusWordError};

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
