//! The calls of the service that go over a connection to a card.

use std::time::Duration;

use super::atr;
use super::error::Error;
use super::flags::Protocols;
use super::kinds::{Disposition, Protocol, ShareMode};
use super::service::Step;
use super::world::World;
use crate::slot::{Connection, Outcome, Sight};

/// An open connection.
pub(super) struct Handle {
    pub(super) context: u64,
    /// The reader's place in the list.
    pub(super) reader: usize,
    pub(super) connection: Connection,
    pub(super) share: ShareMode,
    /// The service that it was opened with is gone.
    pub(super) dead: bool,
}

/// What [`World::status`] tells of a card.
pub(super) struct Told {
    pub(super) name: std::ffi::CString,
    pub(super) sight: Sight,
    pub(super) powered: bool,
    pub(super) events: u32,
    pub(super) protocol: Option<Protocol>,
}

impl World {
    /// Opens a connection to a reader, whose place in the list is known.
    ///
    /// # Errors
    ///
    /// The errors of connecting.
    pub(super) fn open(
        &mut self,
        context: u64,
        reader: usize,
        share: ShareMode,
        wanted: Protocols,
    ) -> Result<u64, Error> {
        let mut shares = self.handles.values().filter(|h| h.reader == reader).map(|h| h.share);
        if shares.clone().any(|share| share == ShareMode::Exclusive)
            || (share == ShareMode::Exclusive && shares.next().is_some())
        {
            return Err(Error::SharingViolation);
        }
        let mut connection = self.readers[reader].slot.open();
        if share != ShareMode::Direct {
            self.power(reader, &mut connection, wanted)?;
        }
        let id = self.new_id();
        self.handles.insert(id, Handle { context, reader, connection, share, dead: false });
        Ok(id)
    }

    /// Gives the card power and agrees on a protocol.
    fn power(
        &mut self,
        reader: usize,
        connection: &mut Connection,
        wanted: Protocols,
    ) -> Result<(), Error> {
        let transmission = self.readers[reader].slot.connect_as(connection);
        self.settle(transmission.fault);
        self.advance_to(self.now() + Duration::from_micros(transmission.took_us));
        let atr = match transmission.outcome {
            Outcome::Answered(atr) => atr,
            Outcome::Failed(error) => return Err(error),
            Outcome::Never => return Err(Error::UnresponsiveCard),
        };
        let agreed = match self.readers[reader].protocol() {
            Some(protocol) => Some(protocol).filter(|p| wanted.contains(atr::flag(*p))),
            None => atr::agree(&atr, wanted),
        };
        let protocol = agreed.ok_or(Error::ProtoMismatch)?;
        self.readers[reader].agree_on(Some(protocol));
        Ok(())
    }

    /// Closes a connection and does this to the card.
    pub(super) fn close(&mut self, id: u64, disposition: Disposition) {
        let Some(mut handle) = self.handles.remove(&id) else {
            return;
        };
        let reader = &mut self.readers[handle.reader];
        if reader.transaction == Some(id) {
            reader.transaction = None;
        }
        let reaches =
            matches!(reader.slot.check(&handle.connection), Ok(()) | Err(Error::ResetCard));
        if !handle.dead && reaches {
            self.dispose(&mut handle, disposition);
        }
    }

    /// A connection that is dropped resets the card, unless another has a transaction with it.
    pub(super) fn drop_handle(&mut self, id: u64) {
        let kept_out = self.kept_out_by(id).is_some();
        self.close(id, if kept_out { Disposition::LeaveCard } else { Disposition::ResetCard });
    }

    /// The protocol that was agreed with the card of this handle.
    pub(super) fn protocol_of(&self, id: u64) -> Option<Protocol> {
        self.handles.get(&id).and_then(|handle| self.readers[handle.reader].protocol())
    }

    fn dispose(&mut self, handle: &mut Handle, disposition: Disposition) {
        let reader = &mut self.readers[handle.reader];
        let took_us = match disposition {
            Disposition::LeaveCard | Disposition::EjectCard => return,
            Disposition::ResetCard => reader.slot.reset_as(&mut handle.connection),
            Disposition::UnpowerCard => {
                reader.slot.power_off_as(&mut handle.connection);
                0
            }
        };
        reader.agree_on(None);
        self.advance_to(self.now() + Duration::from_micros(took_us));
    }

    /// The handle, unless its service is gone.
    fn alive(&self, id: u64) -> Result<&Handle, Error> {
        let handle = self.handles.get(&id).ok_or(Error::InvalidHandle)?;
        if handle.dead { Err(Error::NoService) } else { Ok(handle) }
    }

    /// Who keeps this handle from the card by a transaction.
    fn kept_out_by(&self, id: u64) -> Option<u64> {
        let reader = self.handles.get(&id).map(|handle| handle.reader)?;
        self.readers[reader].transaction.filter(|holder| *holder != id)
    }

    /// A handle that may go on; or how long to wait for that.
    pub(super) fn enter(&self, id: u64, gives_up_at: Duration) -> Result<(), Step<Error>> {
        self.alive(id).map_err(Step::Done)?;
        match self.kept_out_by(id) {
            Some(holder) => Err(self.wait_for(holder, gives_up_at)),
            None => Ok(()),
        }
    }

    /// A holder on another thread lets go when that thread runs; another program's by plan, or
    /// not at all.
    pub(super) fn wait_for(&self, holder: u64, gives_up_at: Duration) -> Step<Error> {
        if !self.is_of_others(holder) {
            Step::Wait(None)
        } else if self.now() >= gives_up_at {
            Step::Done(Error::SharingViolation)
        } else {
            Step::Wait(Some(gives_up_at))
        }
    }

    /// What has become of a connection.
    pub(super) fn check(&self, id: u64) -> Result<&Handle, Error> {
        let handle = self.alive(id)?;
        self.readers[handle.reader].slot.check(&handle.connection)?;
        Ok(handle)
    }

    /// Sends one command. The time it takes passes, with all that is planned in it.
    pub(super) fn transmit(&mut self, id: u64, command: &[u8]) -> Outcome {
        let Ok(handle) = self.alive(id) else {
            return Outcome::Failed(Error::NoService);
        };
        let (reader, connection) = (handle.reader, handle.connection);
        let transmission = self.readers[reader].slot.transmit_as(&connection, command);
        self.settle(transmission.fault);
        self.advance_to(self.now() + Duration::from_micros(transmission.took_us));
        match transmission.outcome {
            Outcome::Answered(answer) => self.cut_off(id).unwrap_or(Outcome::Answered(answer)),
            outcome => outcome,
        }
    }

    /// What a command gives whose card or reader went while it ran. A card that dies so gives
    /// no bytes and no error: that is what was measured.
    pub(super) fn cut_off(&self, id: u64) -> Option<Outcome> {
        match self.check(id).err()? {
            Error::RemovedCard => Some(Outcome::Answered(Vec::new())),
            // The other program had to wait: its reset came after this command.
            Error::ResetCard => None,
            Error::NoService => Some(Outcome::Failed(Error::CommError)),
            error => Some(Outcome::Failed(error)),
        }
    }

    pub(super) fn begin_transaction(&mut self, id: u64) -> Result<(), Error> {
        let reader = self.check(id)?.reader;
        self.readers[reader].transaction = Some(id);
        Ok(())
    }

    /// Ends a transaction. A reset is news to everybody, the handle itself included.
    pub(super) fn end_transaction(
        &mut self,
        id: u64,
        disposition: Disposition,
    ) -> Result<(), Error> {
        let reader = self.alive(id)?.reader;
        let reader = &mut self.readers[reader];
        if reader.transaction == Some(id) {
            reader.transaction = None;
        }
        self.check(id)?;
        let reader = self.alive(id)?.reader;
        let reader = &mut self.readers[reader];
        match disposition {
            Disposition::ResetCard => reader.slot.reset_for_all(),
            Disposition::UnpowerCard => reader.slot.power_off_for_all(),
            Disposition::LeaveCard | Disposition::EjectCard => return Ok(()),
        }
        reader.agree_on(None);
        Ok(())
    }

    pub(super) fn reconnect(
        &mut self,
        id: u64,
        share: ShareMode,
        wanted: Protocols,
        disposition: Disposition,
    ) -> Result<(), Error> {
        match self.check(id).map(|_| ()) {
            Ok(()) | Err(Error::RemovedCard | Error::ResetCard) => {}
            Err(error) => return Err(error),
        }
        let reader = self.alive(id)?.reader;
        if self.readers[reader].slot.sight() == Sight::Empty {
            return Err(Error::NoSmartcard);
        }
        if let Some(mut handle) = self.handles.remove(&id) {
            self.dispose(&mut handle, disposition);
            self.handles.insert(id, handle);
        }
        let mut connection = self.readers[reader].slot.open();
        if share != ShareMode::Direct {
            self.power(reader, &mut connection, wanted)?;
        }
        if let Some(handle) = self.handles.get_mut(&id) {
            (handle.connection, handle.share) = (connection, share);
        }
        Ok(())
    }

    /// Another handle to the same card, if there is one.
    pub(super) fn sharer(&self, id: u64) -> Option<u64> {
        let reader = self.handles.get(&id)?.reader;
        let sharer = self.handles.iter().find(|(other, h)| **other != id && h.reader == reader);
        sharer.map(|(other, _)| *other)
    }

    pub(super) fn status(&self, id: u64) -> Result<Told, Error> {
        let reader = &self.readers[self.check(id)?.reader];
        Ok(Told {
            name: reader.shown_name(),
            sight: reader.slot.sight(),
            powered: reader.slot.is_powered(),
            events: reader.slot.events(),
            protocol: reader.protocol(),
        })
    }

    /// Calls that do not wait for a transaction to end, and need a card.
    pub(super) fn reach_card(&self, id: u64) -> Result<(), Error> {
        self.reach_reader(id)?;
        self.check(id).map(|_| ())
    }

    /// Calls that do not wait for a transaction to end, and need no card.
    pub(super) fn reach_reader(&self, id: u64) -> Result<(), Error> {
        self.alive(id)?;
        if self.kept_out_by(id).is_some() {
            return Err(Error::SharingViolation);
        }
        match self.check(id) {
            Err(Error::ReaderUnavailable) => Err(Error::ReaderUnavailable),
            _ => Ok(()),
        }
    }
}
