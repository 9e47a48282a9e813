//! A slot: the place in a reader where a card lies, with what goes wrong there and how long
//! everything takes.
//!
//! It knows power, resets, and who has noticed what; it knows neither the names of readers nor
//! the clock. Whoever holds it moves the clock by [`Transmission::took_us`] and tells the slot
//! of all time that passes with [`Slot::elapse`].
//!
//! ```
//! use pcsc_sim::slot::{Fault, FaultKind, OtherCard, Outcome, Slot};
//!
//! let mut slot = Slot::new();
//! slot.insert(OtherCard);
//! slot.arm(Fault::at(FaultKind::Mute, 2));
//!
//! assert!(slot.connect().outcome.is_ok());
//! let select = [0x00, 0xA4, 0x04, 0x0C, 0x02, 0x3F, 0x00];
//! assert_eq!(slot.transmit(&select).outcome, Outcome::Answered(vec![0x6A, 0x82]));
//! assert_eq!(slot.transmit(&select).outcome, Outcome::Never);
//! ```

mod answer;
mod connection;
mod exchange;
mod fault;
mod latency;
mod other_card;

#[cfg(test)]
mod tests;

pub use connection::Connection;
pub use fault::{Fault, FaultKind};
pub use latency::Latencies;
pub use other_card::OtherCard;

use crate::pc_sc::Error;
use crate::smart_card::SmartCard;
use answer::Held;
use connection::{Epochs, Line};
use fault::Faults;

/// What came of an exchange.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It succeeded: these bytes, which under a fault need not end with a status word. On
    /// connecting they are the answer to reset.
    Answered(Vec<u8>),
    /// It failed, with the error that PC/SC gives.
    Failed(Error),
    /// No answer, however long one waits.
    Never,
}

impl Outcome {
    /// Whether the exchange succeeded; says nothing about the status word.
    pub const fn is_ok(&self) -> bool {
        matches!(self, Self::Answered(_))
    }
}

/// An exchange with a slot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transmission {
    /// What came of it.
    pub outcome: Outcome,
    /// How long that took, in microseconds of simulated time. For [`Outcome::Never`]: how long
    /// the card worked before it fell silent.
    pub took_us: u64,
    /// The fault that struck now, if one did. What it leaves behind (a reader gone, a
    /// connection dead) is felt by later exchanges, which do not name it again.
    pub fault: Option<FaultKind>,
}

impl Transmission {
    fn failed(error: Error) -> Self {
        Self { outcome: Outcome::Failed(error), took_us: 0, fault: None }
    }

    fn by(self, fault: FaultKind) -> Self {
        Self { fault: Some(fault), ..self }
    }
}

/// What a reader sees in a slot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sight {
    /// Nothing.
    Empty,
    /// A card with this answer to reset, which may be nonsense.
    Card(Vec<u8>),
    /// Something that does not answer the reset.
    Mute,
}

/// What arrives when the answer to reset is lost in noise.
const BAD_ATR: [u8; 4] = [0xFF; 4];

/// A slot of a reader. `C` is what lies in it: one kind of card, or `Box<dyn SmartCard>`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot<C = Box<dyn SmartCard>> {
    card: Option<C>,
    next_card: Option<C>,
    pulled: Option<C>,
    power: Power,
    /// Command APDUs since power or reset.
    apdus: u32,
    held: Option<Held>,
    /// The card is gone and the reader has not noticed for so many microseconds more.
    unnoticed_us: Option<u64>,
    line: Line,
    epochs: Epochs,
    /// The connection of [`connect`](Slot::connect) and [`transmit`](Slot::transmit).
    own: Option<Connection>,
    faults: Faults,
    latencies: Latencies,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Power {
    #[default]
    Off,
    On,
    /// On, and what answers is not the card in the slot.
    OnForOther,
}

impl<C: SmartCard> Default for Slot<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: SmartCard> Slot<C> {
    /// An empty slot without faults, with the default latencies.
    pub fn new() -> Self {
        Self {
            card: None,
            next_card: None,
            pulled: None,
            power: Power::Off,
            apdus: 0,
            held: None,
            unnoticed_us: None,
            line: Line::Up,
            epochs: Epochs::default(),
            own: None,
            faults: Faults::default(),
            latencies: Latencies::default(),
        }
    }

    /// The same slot with other latencies.
    #[must_use]
    pub fn with_latencies(self, latencies: Latencies) -> Self {
        Self { latencies, ..self }
    }

    /// From now on things take so long.
    pub const fn set_latencies(&mut self, latencies: Latencies) {
        self.latencies = latencies;
    }

    /// Whether the card has power.
    pub fn is_powered(&self) -> bool {
        self.power != Power::Off
    }

    /// Adds a fault. Of several that could strike at one moment the one added first does.
    pub fn arm(&mut self, fault: Fault) {
        self.faults.arm(fault);
    }

    /// Takes all faults away. What they have done so far stays done.
    pub fn disarm(&mut self) {
        self.faults.clear();
    }

    /// Puts a card into the slot, without power. Gives back the one that lay there.
    pub fn insert(&mut self, card: C) -> Option<C> {
        let old = self.remove();
        self.epochs.insertions += 1;
        self.card = Some(card);
        old
    }

    /// Takes the card out; the reader notices at once.
    pub fn remove(&mut self) -> Option<C> {
        self.cut_power();
        let unnoticed = self.unnoticed_us.take().is_some();
        if self.card.is_some() || unnoticed {
            self.epochs.removals += 1;
        }
        self.card.take()
    }

    /// The card that takes the place of the one in the slot when `swapped` strikes; that one is
    /// then the next.
    pub fn next_card(&mut self, card: C) {
        self.next_card = Some(card);
    }

    /// The card that `pulled` took out of the slot, for who wants to put it back.
    pub fn take_pulled(&mut self) -> Option<C> {
        self.pulled.take()
    }

    /// The card in the slot.
    pub const fn card(&self) -> Option<&C> {
        self.card.as_ref()
    }

    /// The card in the slot, for what its holder does to it rather than the reader.
    pub const fn card_mut(&mut self) -> Option<&mut C> {
        self.card.as_mut()
    }

    /// Tells that time has passed, including what exchanges took.
    pub fn elapse(&mut self, us: u64) {
        match self.unnoticed_us {
            Some(left_us) if left_us > us => self.unnoticed_us = Some(left_us - us),
            Some(_) => drop(self.remove()),
            None => {}
        }
    }

    /// Connects, giving the card power if it has none. Answers with the answer to reset.
    pub fn connect(&mut self) -> Transmission {
        let mut connection = self.open();
        let transmission = self.connect_as(&mut connection);
        if transmission.outcome.is_ok() {
            self.own = Some(connection);
        }
        transmission
    }

    /// Sends one command over the connection made by [`connect`](Self::connect). Without one:
    /// `InvalidHandle`.
    pub fn transmit(&mut self, command: &[u8]) -> Transmission {
        match self.own {
            Some(connection) => self.transmit_as(&connection, command),
            None => Transmission::failed(Error::InvalidHandle),
        }
    }

    /// Resets the card (warm) without closing the connection. Nothing else is lost but what
    /// the card itself forgets. Gives how long it took, in microseconds.
    pub fn reset(&mut self) -> u64 {
        let took_us = self.warm_reset();
        if let Some(connection) = &mut self.own {
            connection.noticed.resets = self.epochs.resets;
        }
        took_us
    }

    /// Ends the connection and takes the power from the card. The next
    /// [`connect`](Self::connect) gives it again.
    pub fn power_off(&mut self) {
        self.own = None;
        self.cut_power();
        self.epochs.resets += 1;
    }

    fn cut_power(&mut self) {
        if self.power == Power::Off {
            return;
        }
        if self.power == Power::On
            && let Some(card) = &mut self.card
        {
            card.power_off();
        }
        self.power = Power::Off;
        self.forget_exchange();
    }

    fn forget_exchange(&mut self) {
        self.apdus = 0;
        self.held = None;
    }

    fn warm_reset(&mut self) -> u64 {
        if self.power == Power::Off {
            return 0;
        }
        if self.power == Power::On
            && let Some(card) = &mut self.card
        {
            card.reset();
        }
        self.forget_exchange();
        self.epochs.resets += 1;
        self.latencies.reset_us
    }

    fn power_on(&mut self) -> u64 {
        let Some(card) = self.card.as_mut().filter(|_| self.power == Power::Off) else {
            return 0;
        };
        if self.faults.other_card() {
            self.power = Power::OnForOther;
        } else {
            card.power_on();
            self.power = Power::On;
        }
        self.latencies.power_on_us
    }

    /// What the reader makes of what lies there, before anybody connects.
    pub fn sight(&self) -> Sight {
        let unnoticed = self.pulled.as_ref().filter(|_| self.unnoticed_us.is_some());
        let Some(card) = self.card.as_ref().or(unnoticed) else {
            return Sight::Empty;
        };
        match self.faults.at_next_power() {
            Some(FaultKind::BadAtr) => Sight::Card(BAD_ATR.to_vec()),
            Some(FaultKind::Unresponsive) => Sight::Mute,
            Some(FaultKind::NotAMyNumberCard) => Sight::Card(OtherCard.atr().to_vec()),
            _ if self.power == Power::OnForOther => Sight::Card(OtherCard.atr().to_vec()),
            _ => Sight::Card(card.atr().to_vec()),
        }
    }

    /// The answer to reset of whatever answers.
    fn atr(&self) -> Vec<u8> {
        match (&self.card, self.power) {
            (None, _) => Vec::new(),
            (Some(_), Power::OnForOther) => OtherCard.atr().to_vec(),
            (Some(card), _) => card.atr().to_vec(),
        }
    }
}
