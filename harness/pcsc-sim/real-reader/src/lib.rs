//! The table of PC/SC behaviour, through the real `pcsc` crate, pcscd and vpcd. It is all in
//! `tests/`; `.ci/real-reader` runs it.
