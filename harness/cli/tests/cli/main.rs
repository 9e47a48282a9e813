//! The program as its users meet it: exit codes, what is printed, and what is left on disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod calls;
mod card;
mod claim;
mod early;
mod fee;
mod register;
mod runs;
