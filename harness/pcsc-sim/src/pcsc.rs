//! The call surface of the crate `pcsc` 2.9, with a simulated smart card service behind it.

mod error;

pub use error::Error;
