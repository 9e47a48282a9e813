//! Connections to a slot: what each program has noticed of what happened there.

use super::{FaultKind, Outcome, Power, Slot, Transmission};
use crate::pc_sc::Error;
use crate::smart_card::SmartCard;

/// How often each thing has happened to a slot since it was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Epochs {
    pub(super) insertions: u32,
    pub(super) removals: u32,
    pub(super) resets: u32,
    pub(super) unplugs: u32,
    pub(super) service_stops: u32,
}

/// What stands between the card and the programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Line {
    Up,
    Unplugged,
    NoService,
}

/// One program's connection to a slot. Several may be open at once; each finds out on its own
/// that the card was reset or taken away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Connection {
    pub(super) noticed: Epochs,
}

impl<C: SmartCard> Slot<C> {
    /// A connection that has noticed everything up to now. It does not touch the card.
    pub fn open(&self) -> Connection {
        Connection { noticed: self.epochs }
    }

    /// Connects, or connects again: gives the card power if it has none, and the connection
    /// has noticed everything. Answers with the answer to reset.
    pub fn connect_as(&mut self, connection: &mut Connection) -> Transmission {
        let refused = match self.line {
            Line::NoService => Some(Error::NoService),
            Line::Unplugged => Some(Error::UnknownReader),
            Line::Up => None,
        };
        if let Some(error) = refused {
            return Transmission::failed(error);
        }
        if let Some(kind) = self.faults.at_connection() {
            return Transmission::failed(self.refuse_connection(kind)).by(kind);
        }
        if self.card.is_none() || self.unnoticed_us.is_some() {
            return Transmission::failed(Error::NoSmartcard);
        }
        let took_us = self.power_on();
        *connection = self.open();
        let other = took_us > 0 && self.power == Power::OnForOther;
        let fault = other.then_some(FaultKind::NotAMyNumberCard);
        Transmission { outcome: Outcome::Answered(self.atr()), took_us, fault }
    }

    /// Sends one command over this connection.
    pub fn transmit_as(&mut self, connection: &Connection, command: &[u8]) -> Transmission {
        if let Err(error) = self.check(connection) {
            return Transmission::failed(error);
        }
        if self.unnoticed_us.is_some() {
            return Transmission::failed(Error::NotTransacted);
        }
        self.power_on();
        self.apdus += 1;
        if let Some(kind) = self.faults.before_command(self.apdus) {
            return Transmission::failed(self.refuse_command(kind)).by(kind);
        }
        self.exchange(command)
    }

    /// Resets the card in the name of this connection: the others learn of it by `ResetCard`.
    /// Gives how long it took, in microseconds.
    pub fn reset_as(&mut self, connection: &mut Connection) -> u64 {
        let took_us = self.warm_reset();
        connection.noticed.resets = self.epochs.resets;
        took_us
    }

    /// Takes the power from the card in the name of this connection; to the others it is a reset.
    pub fn power_off_as(&mut self, connection: &mut Connection) {
        self.cut_power();
        self.epochs.resets += 1;
        connection.noticed.resets = self.epochs.resets;
    }

    /// Resets the card as by somebody with no connection: all others learn of it.
    pub fn reset_for_all(&mut self) {
        self.warm_reset();
    }

    /// Takes the power from the card; to all connections it is a reset.
    pub fn power_off_for_all(&mut self) {
        self.cut_power();
        self.epochs.resets += 1;
    }

    /// What has become of a connection.
    ///
    /// # Errors
    ///
    /// What every call over it gives until the program connects again.
    pub fn check(&self, connection: &Connection) -> Result<(), Error> {
        let (noticed, now) = (connection.noticed, self.epochs);
        if self.line == Line::NoService || noticed.service_stops != now.service_stops {
            Err(Error::NoService)
        } else if noticed.unplugs != now.unplugs {
            Err(Error::ReaderUnavailable)
        } else if noticed.removals != now.removals {
            Err(Error::RemovedCard)
        } else if noticed.resets != now.resets {
            Err(Error::ResetCard)
        } else {
            Ok(())
        }
    }

    /// The cable comes off: the card loses its power, all connections are dead.
    pub fn unplug(&mut self) {
        self.cut_power();
        self.epochs.unplugs += 1;
        self.line = Line::Unplugged;
    }

    /// The cable is put back.
    pub fn plug_in(&mut self) {
        if self.line == Line::Unplugged {
            self.line = Line::Up;
        }
    }

    /// The smart card service ends: the card loses its power, all connections are dead.
    pub fn stop_service(&mut self) {
        self.cut_power();
        self.epochs.service_stops += 1;
        self.line = Line::NoService;
    }

    /// The smart card service runs again.
    pub fn start_service(&mut self) {
        if self.line == Line::NoService {
            self.line = Line::Up;
        }
    }

    /// Whether the fault `no-service` keeps a program from reaching the service now.
    pub fn refuses_service(&mut self) -> bool {
        self.faults.at_service()
    }

    /// How often cards were put in and taken out, as the reader noticed it.
    pub const fn events(&self) -> u32 {
        self.epochs.insertions + self.epochs.removals
    }

    /// How often the cable came off: a reader gets another number in its name each time.
    pub const fn unplugs(&self) -> u32 {
        self.epochs.unplugs
    }

    /// Whether the cable is in.
    pub fn is_plugged_in(&self) -> bool {
        self.line != Line::Unplugged
    }

    fn refuse_connection(&mut self, kind: FaultKind) -> Error {
        match kind {
            FaultKind::PowerUpFails => Error::UnpoweredCard,
            FaultKind::Unresponsive => Error::UnresponsiveCard,
            FaultKind::BadAtr => Error::ProtoMismatch,
            FaultKind::ReaderUnplugged => Error::UnknownReader,
            FaultKind::ReaderRenamed => {
                self.unplug();
                self.plug_in();
                Error::UnknownReader
            }
            FaultKind::ServiceRestarted => {
                self.stop_service();
                self.start_service();
                Error::NoService
            }
            FaultKind::NoService => Error::NoService,
            _ => Error::SharingViolation,
        }
    }

    fn refuse_command(&mut self, kind: FaultKind) -> Error {
        match kind {
            FaultKind::PulledAndReturned => {
                if let Some(card) = self.remove() {
                    self.insert(card);
                }
                Error::RemovedCard
            }
            FaultKind::Swapped => {
                let taken = self.remove();
                if let Some(card) = std::mem::replace(&mut self.next_card, taken) {
                    self.insert(card);
                }
                Error::RemovedCard
            }
            FaultKind::ResetByAnother => {
                self.warm_reset();
                Error::ResetCard
            }
            FaultKind::ReaderUnplugged => {
                self.unplug();
                Error::ReaderUnavailable
            }
            FaultKind::ReaderRenamed => {
                self.unplug();
                self.plug_in();
                Error::ReaderUnavailable
            }
            FaultKind::ServiceRestarted => {
                self.stop_service();
                self.start_service();
                Error::NoService
            }
            _ => {
                self.stop_service();
                Error::NoService
            }
        }
    }
}
