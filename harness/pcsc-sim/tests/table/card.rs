//! The card of the table.

use pcsc_sim::SmartCard;

/// A small card: READ BINARY gives four bytes once something is selected, `6986` before;
/// SELECT gives `9000`, everything else `6D00`. A reset forgets the selection.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TestCard {
    selected: bool,
}

/// What a reader makes up for a contact-less My Number card.
pub const ATR: [u8; 13] =
    [0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x05, 0xE0, 0xB3, 0x81, 0xA1, 0x00, 0x7F];

impl SmartCard for TestCard {
    fn atr(&self) -> &[u8] {
        &ATR
    }

    fn power_on(&mut self) {
        self.selected = false;
    }

    fn power_off(&mut self) {
        self.selected = false;
    }

    fn reset(&mut self) {
        self.selected = false;
    }

    fn apdu(&mut self, command: &[u8]) -> Vec<u8> {
        match command.get(1) {
            Some(0xA4) => {
                self.selected = true;
                vec![0x90, 0x00]
            }
            Some(0xB0) if self.selected => vec![1, 2, 3, 4, 0x90, 0x00],
            Some(0xB0) => vec![0x69, 0x86],
            _ => vec![0x6D, 0x00],
        }
    }
}
