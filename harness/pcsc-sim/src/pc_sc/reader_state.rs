//! What a program knows and hears of a reader.

use std::ffi::{CStr, CString};

use super::ffi::DWORD;
use super::flags::State;

/// A reader with what the program knows of it and what it was last told.
pub struct ReaderState {
    name: CString,
    current: DWORD,
    event: DWORD,
    atr: Vec<u8>,
}

impl ReaderState {
    /// A reader of this name, of which the program believes this.
    pub fn new<T: Into<CString>>(name: T, current_state: State) -> ReaderState {
        let (name, current) = (name.into(), current_state.bits());
        ReaderState { name, current, event: State::UNAWARE.bits(), atr: Vec::new() }
    }

    /// The reader's name.
    pub fn name(&self) -> &CStr {
        &self.name
    }

    /// The answer to reset of the card in it; empty without one.
    pub fn atr(&self) -> &[u8] {
        &self.atr
    }

    /// What the program believes.
    pub fn current_state(&self) -> State {
        State::from_bits_truncate(self.current)
    }

    /// What it was last told.
    pub fn event_state(&self) -> State {
        State::from_bits_truncate(self.event)
    }

    /// How often a card was put in or taken out, modulo 65,536. It tells a card from another
    /// one that came while nobody looked.
    pub fn event_count(&self) -> u32 {
        u32::from(count(self.event))
    }

    /// Makes the program believe what it was last told.
    pub fn sync_current_state(&mut self) {
        self.current = self.event;
    }

    /// The count that the program knows.
    pub(super) fn known_count(&self) -> u16 {
        count(self.current)
    }

    /// Tells the program.
    pub(super) fn tell(&mut self, state: State, count: u16, atr: Vec<u8>) {
        self.event = state.bits() | DWORD::from(count) << 16;
        self.atr = atr;
    }
}

fn count(bits: DWORD) -> u16 {
    (bits >> 16) as u16
}
