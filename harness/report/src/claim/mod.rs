//! Claim files as people read them: what is in one, and what is wrong with it.

mod check;
mod columns;
mod lines;
mod show;

pub use check::{CheckedFile, ClaimCheck, claim_check};
pub use show::{ClaimShow, claim_show};
