//! What a reader can do with whatever lies on it.

/// A card or phone as a reader sees it: power, reset, bytes in, bytes out.
///
/// Everything on both sides of this trait is pure. Time, distance and accidents belong to the
/// reader that holds the card, not to the card.
pub trait SmartCard: std::fmt::Debug + Send {
    /// The answer to reset, 2 to 33 bytes.
    fn atr(&self) -> &[u8];

    /// Gives it power: nothing is selected, nothing is verified, retry counters stay.
    fn power_on(&mut self);

    /// Takes its power away.
    fn power_off(&mut self);

    /// A warm reset. What it clears differs from a cold one on surveyed cards; the card decides.
    fn reset(&mut self);

    /// Answers one command APDU: data, then two bytes of status word. Any bytes may come in;
    /// some status word always goes out.
    fn apdu(&mut self, command: &[u8]) -> Vec<u8>;
}

impl<C: SmartCard + ?Sized> SmartCard for Box<C> {
    fn atr(&self) -> &[u8] {
        (**self).atr()
    }

    fn power_on(&mut self) {
        (**self).power_on();
    }

    fn power_off(&mut self) {
        (**self).power_off();
    }

    fn reset(&mut self) {
        (**self).reset();
    }

    fn apdu(&mut self, command: &[u8]) -> Vec<u8> {
        (**self).apdu(command)
    }
}
