//! The card down to the APDU, against the public facts about it: files, commands, status words.
//! Everything expected here was worked out by hand from them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod applications;
mod commands;
mod counters;
mod files;
mod phones;
mod profiles;
mod references;
mod security;
mod signatures;
mod status_words;
mod terminal;
mod text;
