//! Files made for tests and measurements. The people, the institutions and the numbers in them
//! are invented; what a file says agrees with itself.

#[cfg(test)]
mod hand;
mod month;

#[cfg(test)]
pub(crate) use hand::{bytes, bytes_of, encode, file};
pub use month::month;
