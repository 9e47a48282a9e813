//! A program's connection to a card.

use std::time::Duration;

use super::connected::Told;
use super::context::Context;
use super::error::Error;
use super::ffi::{DWORD, MAX_BUFFER_SIZE_EXTENDED};
use super::flags::{Protocols, Status};
use super::kinds::{Attribute, Disposition, Protocol, ShareMode};
use super::service::Step;
use super::status::{CardStatus, CardStatusOwned, ReaderNames};
use super::transaction::Transaction;
use super::world::World;
use crate::slot::{Outcome, Sight};

const DIRECT: &str = "a direct connection has no protocol to transmit by";

/// A connection to a card. When it is dropped the card is reset, as in the real crate.
pub struct Card {
    context: Context,
    handle: u64,
    protocol: Option<Protocol>,
}

impl Card {
    pub(super) const fn new(context: Context, handle: u64, protocol: Option<Protocol>) -> Self {
        Self { context, handle, protocol }
    }

    /// Keeps all others from the card until the transaction ends. Waits while another has one.
    ///
    /// # Errors
    ///
    /// `ResetCard`, `RemovedCard`, `ReaderUnavailable`, `NoService`.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, Error> {
        self.begin()?;
        Ok(Transaction::begun(self))
    }

    /// As [`transaction`](Self::transaction), and an error gives the card back.
    ///
    /// # Errors
    ///
    /// As [`transaction`](Self::transaction).
    pub fn transaction2(&mut self) -> Result<Transaction<'_>, (&mut Self, Error)> {
        match self.begin() {
            Ok(()) => Ok(Transaction::begun(self)),
            Err(error) => Err((self, error)),
        }
    }

    fn begin(&self) -> Result<(), Error> {
        self.enter(|world, handle| Step::Done(world.begin_transaction(handle)))
    }

    /// Connects again after the card was reset or replaced, or to share it otherwise.
    ///
    /// # Errors
    ///
    /// As [`Context::connect`]; a mode that the others do not allow is waited for.
    pub fn reconnect(
        &mut self,
        share_mode: ShareMode,
        preferred_protocols: Protocols,
        initialization: Disposition,
    ) -> Result<(), Error> {
        let gives_up_at = self.gives_up_at();
        self.enter(|world, handle| {
            if share_mode == ShareMode::Exclusive
                && let Some(sharer) = world.sharer(handle)
            {
                return match world.wait_for(sharer, gives_up_at) {
                    Step::Done(error) => Step::Done(Err(error)),
                    Step::Wait(until) => Step::Wait(until),
                };
            }
            Step::Done(world.reconnect(handle, share_mode, preferred_protocols, initialization))
        })?;
        self.protocol = self.context.shared().now(|world| world.protocol_of(self.handle));
        Ok(())
    }

    /// Ends the connection and does this to the card.
    ///
    /// # Errors
    ///
    /// Gives the card back with `NoService` if the service has gone.
    pub fn disconnect(self, disposition: Disposition) -> Result<(), (Card, Error)> {
        let closed = self.enter(|world, handle| {
            world.close(handle, disposition);
            Step::Done(Ok(()))
        });
        // Dropping it now finds the handle closed.
        closed.map_err(|error| (self, error))
    }

    /// The state of the card and its protocol.
    ///
    /// # Errors
    ///
    /// As [`status2`](Self::status2).
    ///
    /// # Panics
    ///
    /// On a direct connection that has no protocol.
    #[deprecated(since = "2.3.0", note = "Use status2() or status2_owned() instead.")]
    pub fn status(&self) -> Result<(Status, Protocol), Error> {
        let status = self.status2_owned()?;
        Ok((status.status(), status.protocol2().expect(DIRECT)))
    }

    /// The state of the card, in the caller's buffers.
    ///
    /// # Errors
    ///
    /// `InsufficientBuffer`, `ResetCard`, `RemovedCard`, `ReaderUnavailable`, `NoService`.
    pub fn status2<'names_buf, 'atr_buf>(
        &self,
        names_buffer: &'names_buf mut [u8],
        atr_buffer: &'atr_buf mut [u8],
    ) -> Result<CardStatus<'names_buf, 'atr_buf>, Error> {
        let status = self.status2_owned()?;
        let names: Vec<u8> =
            status.reader_names.iter().flat_map(|name| name.to_bytes_with_nul().to_vec()).collect();
        Ok(CardStatus {
            reader_names: ReaderNames::new(copied(&names, names_buffer)?),
            state: status.state,
            protocol: status.protocol,
            atr: copied(&status.atr, atr_buffer)?,
        })
    }

    /// How many bytes [`status2`](Self::status2) needs for names and answer to reset.
    ///
    /// # Errors
    ///
    /// As [`status2`](Self::status2).
    pub fn status2_len(&self) -> Result<(usize, usize), Error> {
        let status = self.status2_owned()?;
        let names = status.reader_names.iter().map(|name| name.count_bytes() + 1).sum();
        Ok((names, status.atr.len()))
    }

    /// The state of the card, in buffers of its own.
    ///
    /// # Errors
    ///
    /// As [`status2`](Self::status2).
    pub fn status2_owned(&self) -> Result<CardStatusOwned, Error> {
        let told = self.enter(|world, handle| Step::Done(world.status(handle)))?;
        Ok(owned(told))
    }

    /// An attribute, in the caller's buffer.
    ///
    /// # Errors
    ///
    /// `UnsupportedFeature`: the simulated reader knows none. `SharingViolation` during
    /// another's transaction.
    pub fn get_attribute<'buf>(
        &self,
        attribute: Attribute,
        buffer: &'buf mut [u8],
    ) -> Result<&'buf [u8], Error> {
        copied(&self.get_attribute_owned(attribute)?, buffer)
    }

    /// How long an attribute is.
    ///
    /// # Errors
    ///
    /// As [`get_attribute`](Self::get_attribute).
    pub fn get_attribute_len(&self, attribute: Attribute) -> Result<usize, Error> {
        Ok(self.get_attribute_owned(attribute)?.len())
    }

    /// An attribute.
    ///
    /// # Errors
    ///
    /// As [`get_attribute`](Self::get_attribute).
    pub fn get_attribute_owned(&self, _attribute: Attribute) -> Result<Vec<u8>, Error> {
        self.context.shared().now(|world| world.reach_card(self.handle))?;
        Err(Error::UnsupportedFeature)
    }

    /// Sets an attribute.
    ///
    /// # Errors
    ///
    /// `NotTransacted`: the simulated reader knows none.
    pub fn set_attribute(&self, _attribute: Attribute, _data: &[u8]) -> Result<(), Error> {
        self.context.shared().now(|world| world.reach_card(self.handle))?;
        Err(Error::NotTransacted)
    }

    /// Sends one command to the card.
    ///
    /// # Errors
    ///
    /// As [`transmit2`](Self::transmit2).
    pub fn transmit<'buf>(
        &self,
        send_buffer: &[u8],
        receive_buffer: &'buf mut [u8],
    ) -> Result<&'buf [u8], Error> {
        self.transmit2(send_buffer, receive_buffer).map_err(|(error, _)| error)
    }

    /// Sends one command to the card. A success may have any length, even none: whoever reads
    /// the status word has to look first.
    ///
    /// # Errors
    ///
    /// `InsufficientBuffer` with the length that is needed (the card has executed the command
    /// all the same), `ResetCard`, `RemovedCard`, `NotTransacted`, `ReaderUnavailable`,
    /// `NoService`; `CommError` if the service dies meanwhile.
    ///
    /// # Panics
    ///
    /// On a direct connection that has no protocol.
    pub fn transmit2<'buf>(
        &self,
        send_buffer: &[u8],
        receive_buffer: &'buf mut [u8],
    ) -> Result<&'buf [u8], (Error, usize)> {
        let _protocol = self.protocol.expect(DIRECT);
        if send_buffer.len() > MAX_BUFFER_SIZE_EXTENDED {
            return Err((Error::InsufficientBuffer, receive_buffer.len()));
        }
        let answer = self.exchange(send_buffer).map_err(|error| (error, receive_buffer.len()))?;
        copied(&answer, receive_buffer).map_err(|error| (error, answer.len()))
    }

    /// One exchange, waited for to its end.
    fn exchange(&self, command: &[u8]) -> Result<Vec<u8>, Error> {
        let mut silent_until = None;
        self.enter(|world, handle| {
            let outcome = match silent_until {
                None => world.transmit(handle, command),
                Some(_) => world.cut_off(handle).unwrap_or(Outcome::Never),
            };
            match outcome {
                Outcome::Answered(answer) => Step::Done(Ok(answer)),
                Outcome::Failed(error) => Step::Done(Err(error)),
                Outcome::Never => {
                    let until = *silent_until.get_or_insert(world.now() + world.patience);
                    if world.now() >= until {
                        Step::Done(Err(Error::NotTransacted))
                    } else {
                        Step::Wait(Some(until))
                    }
                }
            }
        })
    }

    /// Sends a command to the reader's driver.
    ///
    /// # Errors
    ///
    /// `UnsupportedFeature`: the simulated reader knows none. `SharingViolation` during
    /// another's transaction.
    pub fn control<'buf>(
        &self,
        _control_code: DWORD,
        _send_buffer: &[u8],
        _receive_buffer: &'buf mut [u8],
    ) -> Result<&'buf [u8], Error> {
        self.context.shared().now(|world| world.reach_reader(self.handle))?;
        Err(Error::UnsupportedFeature)
    }

    pub(super) fn end_transaction(&self, disposition: Disposition) -> Result<(), Error> {
        self.context.shared().now(|world| world.end_transaction(self.handle, disposition))
    }

    /// A call that waits while another has a transaction.
    fn enter<T>(
        &self,
        mut call: impl FnMut(&mut World, u64) -> Step<Result<T, Error>>,
    ) -> Result<T, Error> {
        let gives_up_at = self.gives_up_at();
        self.context.shared().call(|world| match world.enter(self.handle, gives_up_at) {
            Ok(()) => call(world, self.handle),
            Err(Step::Done(error)) => Step::Done(Err(error)),
            Err(Step::Wait(until)) => Step::Wait(until),
        })
    }

    fn gives_up_at(&self) -> Duration {
        self.context.shared().now(|world| world.now() + world.patience)
    }
}

impl Drop for Card {
    /// Resets the card, but does not wait for a transaction of another to end: then it is left
    /// as it is.
    fn drop(&mut self) {
        self.context.shared().now(|world| world.drop_handle(self.handle));
    }
}

fn owned(told: Told) -> CardStatusOwned {
    let (status, atr) = match told.sight {
        Sight::Empty => (Status::ABSENT, Vec::new()),
        Sight::Card(atr) if told.powered => {
            (Status::PRESENT | Status::POWERED | Status::NEGOTIABLE, atr)
        }
        Sight::Card(atr) => (Status::PRESENT, atr),
        Sight::Mute => (Status::PRESENT | Status::SWALLOWED, Vec::new()),
    };
    CardStatusOwned {
        reader_names: vec![told.name],
        state: status.bits() | DWORD::from(told.events as u16) << 16,
        protocol: told.protocol,
        atr,
    }
}

fn copied<'buf>(data: &[u8], buffer: &'buf mut [u8]) -> Result<&'buf [u8], Error> {
    let filled = buffer.get_mut(..data.len()).ok_or(Error::InsufficientBuffer)?;
    filled.copy_from_slice(data);
    Ok(filled)
}
