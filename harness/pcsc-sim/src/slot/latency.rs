//! How long things take in a slot.

use serde::{Deserialize, Serialize};

/// How long a card and its reader take, in microseconds of simulated time.
///
/// No timing of real cards is public. The defaults are ours: plausible for a contact-less card
/// at 106 kbit/s, where a byte takes about 0.1 ms on the air, and meant to be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Latencies {
    /// Power up to the answer to reset.
    pub power_on_us: u64,
    /// A warm reset.
    pub reset_us: u64,
    /// SELECT.
    pub select_us: u64,
    /// A command that reads, without its bytes.
    pub read_us: u64,
    /// Each byte of data that is read.
    pub read_byte_us: u64,
    /// VERIFY and CHANGE REFERENCE DATA.
    pub verify_us: u64,
    /// A signature, and the check of a terminal.
    pub sign_us: u64,
    /// Any other command.
    pub other_us: u64,
    /// How long a reader takes to notice that a card went while it was answering. pcsc-lite
    /// was seen to take about a second.
    pub notice_us: u64,
}

impl Default for Latencies {
    fn default() -> Self {
        Self {
            power_on_us: 50_000,
            reset_us: 30_000,
            select_us: 10_000,
            read_us: 5_000,
            read_byte_us: 100,
            verify_us: 20_000,
            sign_us: 400_000,
            other_us: 5_000,
            notice_us: 1_000_000,
        }
    }
}

impl Latencies {
    /// Nothing takes any time, and a card that goes is noticed at once.
    pub const NONE: Self = Self {
        power_on_us: 0,
        reset_us: 0,
        select_us: 0,
        read_us: 0,
        read_byte_us: 0,
        verify_us: 0,
        sign_us: 0,
        other_us: 0,
        notice_us: 0,
    };

    /// How long this command takes with an answer of `answer_bytes`, status word included.
    pub fn of(&self, command: &[u8], answer_bytes: usize) -> u64 {
        let data_bytes = answer_bytes.saturating_sub(2) as u64;
        match command.get(1) {
            Some(0xA4) => self.select_us,
            Some(0xB0 | 0xB2 | 0xC0 | 0xCA) => self.read_us + self.read_byte_us * data_bytes,
            Some(0x20 | 0x24) => self.verify_us,
            Some(0x2A | 0x82 | 0x88 | 0xA2) => self.sign_us,
            _ => self.other_us,
        }
    }
}
