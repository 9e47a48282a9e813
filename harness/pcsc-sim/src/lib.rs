//! A simulated My Number card for the reception of a clinic or pharmacy.
//!
//! A [`Card`] owns a [`Token`] and its state, and answers one [`Command`] at a time with a
//! [`Reply`]. It is pure: no clock, no randomness, no files, and the same commands always
//! give the same replies.
//!
//! ```
//! use jiff::civil::date;
//! use pcsc_sim::{Card, Certificate, Command, Photo, Pin, StatusWord, Token};
//!
//! let certificate = Certificate { serial: "0A1B2C".into(), expires: date(2027, 5, 1) };
//! let mut card = Card::new(Token::card(certificate, Pin::new("1234")?, Photo("Hanako".into())));
//! card.insert();
//!
//! let sign = Command::Sign { challenge: "visit 17".into() };
//! let refused = card.command(sign.clone());
//! assert_eq!(refused.status(), Some(StatusWord::SECURITY_STATUS_NOT_SATISFIED));
//!
//! card.command(Command::Verify { entry: "1234".into() });
//! assert!(card.command(sign).is_ok());
//! # Ok::<(), pcsc_sim::PinError>(())
//! ```
//!
//! # What it models
//!
//! * the three carriers (card, Android, iPhone) and the kinds of card that differ at a
//!   reader: standard, 顔認証 (no PIN), applied for under the age of one (no photograph);
//! * what a municipality does to it: a new certificate, a new PIN; and the check of the
//!   signature password when a phone is loaded;
//! * the user-authentication PIN with its counter and the status words that cards give;
//! * the security status: gained by PIN, terminal authentication or, on an iPhone, the
//!   holder's own confirmation, and lost with the power or on selecting another application;
//! * terminal authentication (特定機関認証) by its outcome only, marked SIM-ONLY:
//!   see [`terminal`].
//!
//! # What it does not model
//!
//! * Revocation, suspension, expiry. They are known to the certification authority; the
//!   chip signs regardless, and that is what makes the question to the authority needed.
//! * APDUs and files, the reader, and the PC/SC calls. They come later and go below
//!   [`Card::command`], on the same state.
//! * Cryptography. A [`Proof`] is a label, marked `TEST`.
//! * The key to the photograph (照合番号B or a right of the terminal), the text and
//!   resident-register applications, the signature certificate beyond its existence.
//!
//! # Where it comes from
//!
//! No card specification of J-LIS is public. This is modelled on public reverse engineering
//! (open-source clients and published surveys of cards), not on the J-LIS specification.
//! What is inferred or invented is said so where it is decided.

pub mod card;
pub mod carrier;
pub mod chip;
pub mod command;
pub mod content;
pub mod pcsc;
pub mod pin;
pub mod pki;
pub mod profile;
pub mod signature;
pub mod slot;
pub mod smart_card;
pub mod status;
pub mod terminal;
pub mod token;
pub mod transcript;
pub mod vpcd;

pub use card::Card;
pub use carrier::Carrier;
pub use command::{Application, Command, Data, Marker, Proof, Reply, TokenInfo};
pub use pin::{DEFAULT_TRIES, Form, Pin, PinError, Verification};
pub use profile::Profile;
pub use signature::{
    DEFAULT_SIGNATURE_TRIES, SignaturePassword, SignaturePasswordError, is_signature_password,
};
pub use smart_card::SmartCard;
pub use status::{StatusWord, StatusWordError};
pub use terminal::SimOnly;
pub use token::{Certificate, Chip, Kind, Photo, Token, TokenError};

/// Compiles and runs the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
