//! The source that uses the whole public surface, against the real crate `pcsc`.

#[path = "../../tests/calls/mod.rs"]
mod calls;
