//! A program written against `pcsc` 2.9.0 compiles against this crate. The same source compiles
//! against the real crate: see `real-reader/`.

extern crate pcsc_sim as pcsc;

#[path = "calls/mod.rs"]
mod calls;
