//! What is written on a card, from the person it belongs to.

pub(crate) mod holder;
pub(crate) mod tlv;

pub use holder::{CertificateData, Holder, Sex};
