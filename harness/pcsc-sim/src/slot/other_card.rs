//! A card that is not a My Number card.

use crate::smart_card::SmartCard;

/// Some other contact-less card: no application of a My Number card is on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OtherCard;

/// What a reader makes up for a contact-less card without historical bytes: `80 01` are the
/// interface bytes of PC/SC part 3, the last byte is the checksum.
const ATR: [u8; 5] = [0x3B, 0x80, 0x80, 0x01, 0x01];

const SELECT: u8 = 0xA4;

impl SmartCard for OtherCard {
    fn atr(&self) -> &[u8] {
        &ATR
    }

    fn power_on(&mut self) {}

    fn power_off(&mut self) {}

    fn reset(&mut self) {}

    /// `6A82` to every SELECT, `6D00` to everything else.
    fn apdu(&mut self, command: &[u8]) -> Vec<u8> {
        match command.get(1) {
            Some(&SELECT) => vec![0x6A, 0x82],
            _ => vec![0x6D, 0x00],
        }
    }
}
