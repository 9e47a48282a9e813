//! What is written on a card, from the person it belongs to.

mod holder;

pub use holder::{CertificateData, Holder, Sex};
