//! The reference implementation of Japan's online eligibility verification
//! (オンライン資格確認), as pure state machines.
//!
//! Every party of the pipeline has the same shape: [`party::Party::handle`] takes the
//! time and one input and returns what it wants sent, written and woken. Nothing here
//! reads a clock, a random number, a file or a socket, and nothing here knows that it
//! is simulated. What a party does is decided by the rule register
//! ([`register::Register`]), whose text lives in `rules/*.yaml`.

pub mod aid;
pub mod calendar;
pub mod centre;
pub mod certificate;
pub mod certifier;
pub mod clearing;
mod coded;
pub mod desk;
pub mod diagnostic;
pub mod era;
pub mod fee;
pub mod ids;
pub mod insurer;
pub mod lang;
pub mod message;
pub mod numbers;
pub mod party;
pub mod patient;
pub mod portal;
pub mod programme;
pub mod reader;
pub mod register;
pub mod registry;
pub mod remote_reception;
pub mod residents;
pub mod subsidy;
pub mod terminal;
pub mod token;
pub mod trouble;
pub mod uke;
pub mod wire;
