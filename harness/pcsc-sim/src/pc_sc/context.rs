//! A program's way to the service.

use std::ffi::{CStr, CString};
use std::sync::Arc;
use std::time::Duration;

use super::card::Card;
use super::error::Error;
use super::flags::Protocols;
use super::kinds::{Protocol, Scope, ShareMode};
use super::reader_state::ReaderState;
use super::service::{Shared, Step};
use super::status::ReaderNames;
use super::watch::Watch;
use super::world::{Client, Reader, World};

/// A program's connection to the smart card service. Clones are the same connection.
#[derive(Clone)]
pub struct Context {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    id: u64,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shared.now(|world| world.contexts.remove(&self.id));
    }
}

impl Context {
    /// Connects to the service that is installed for this thread or process.
    ///
    /// # Errors
    ///
    /// `NoService` if there is none, or it does not run.
    pub fn establish(_scope: Scope) -> Result<Context, Error> {
        let shared = Shared::installed().ok_or(Error::NoService)?;
        let id = shared.now(World::establish)?;
        Ok(Context { inner: Arc::new(Inner { shared, id }) })
    }

    /// Ends the connection.
    ///
    /// # Errors
    ///
    /// Gives the context back with `CantDispose` while clones of it or cards live, and with
    /// `NoService` if the service has gone.
    pub fn release(self) -> Result<(), (Context, Error)> {
        if Arc::strong_count(&self.inner) > 1 {
            return Err((self, Error::CantDispose));
        }
        match self.alive() {
            Ok(()) => Ok(()),
            Err(error) => Err((self, error)),
        }
    }

    /// Whether the context is one. It does not ask whether the service still runs.
    ///
    /// # Errors
    ///
    /// None: a context that can be asked is valid.
    pub fn is_valid(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Ends what another thread waits for with this context; nothing happens if none does.
    ///
    /// # Errors
    ///
    /// None: not even without a service.
    pub fn cancel(&self) -> Result<(), Error> {
        self.inner.shared.now(|world| world.cancel(self.inner.id));
        Ok(())
    }

    /// Writes the names of all readers into the buffer.
    ///
    /// # Errors
    ///
    /// `InsufficientBuffer`, `NoService`.
    pub fn list_readers<'buf>(&self, buffer: &'buf mut [u8]) -> Result<ReaderNames<'buf>, Error> {
        let names = self.names()?;
        if names.is_empty() {
            return Ok(ReaderNames::new(b"\0"));
        }
        let filled = buffer.get_mut(..names.len()).ok_or(Error::InsufficientBuffer)?;
        filled.copy_from_slice(&names);
        Ok(ReaderNames::new(filled))
    }

    /// How many bytes [`list_readers`](Self::list_readers) needs; 0 if there are no readers.
    ///
    /// # Errors
    ///
    /// `NoService`.
    pub fn list_readers_len(&self) -> Result<usize, Error> {
        Ok(self.names()?.len())
    }

    /// The names of all readers.
    ///
    /// # Errors
    ///
    /// `NoService`.
    pub fn list_readers_owned(&self) -> Result<Vec<CString>, Error> {
        Ok(ReaderNames::new(&self.names()?).map(ToOwned::to_owned).collect())
    }

    /// Connects to the card in a reader, or with [`ShareMode::Direct`] to the reader itself.
    ///
    /// # Errors
    ///
    /// `UnknownReader`, `NoSmartcard`, `SharingViolation`, `ProtoMismatch`, `UnpoweredCard`,
    /// `UnresponsiveCard`, `NoService`.
    pub fn connect(
        &self,
        reader: &CStr,
        share_mode: ShareMode,
        preferred_protocols: Protocols,
    ) -> Result<Card, Error> {
        let shared = Arc::clone(&self.inner.shared);
        let gives_up_at = shared.now(|world| world.now() + world.patience);
        let connect = |world: &mut World| {
            world.connect(self.inner.id, reader, share_mode, preferred_protocols, gives_up_at)
        };
        let (handle, protocol) = shared.call(connect)?;
        Ok(Card::new(self.clone(), handle, protocol))
    }

    /// Waits until one of the readers is not as the program believes, and tells of all. It
    /// moves the simulated time; without a timeout and with nothing planned, it blocks.
    ///
    /// # Errors
    ///
    /// `Timeout`, `Cancelled`, `UnknownReader`, `NoService`; `CommError` if the service dies
    /// meanwhile.
    pub fn get_status_change<D>(&self, timeout: D, readers: &mut [ReaderState]) -> Result<(), Error>
    where
        D: Into<Option<Duration>>,
    {
        // The service counts in milliseconds.
        let whole_ms = |timeout: Duration| {
            Duration::from_millis(u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX))
        };
        let timeout = timeout.into().map(whole_ms);
        let shared = &self.inner.shared;
        let mut watch = shared.now(|world| Watch::new(world, self.inner.id, timeout));
        shared.call(|world| watch.look(world, readers))
    }

    pub(super) fn id(&self) -> u64 {
        self.inner.id
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.inner.shared
    }

    fn alive(&self) -> Result<(), Error> {
        self.inner.shared.now(|world| world.alive_context(self.inner.id))
    }

    /// The names, each with its zero byte, and one zero byte more; nothing without readers.
    fn names(&self) -> Result<Vec<u8>, Error> {
        self.alive()?;
        let mut names: Vec<u8> = self.inner.shared.now(|world| {
            world.shown().flat_map(|(_, r)| r.shown_name().into_bytes_with_nul()).collect()
        });
        if !names.is_empty() {
            names.push(0);
        }
        Ok(names)
    }
}

impl World {
    fn establish(&mut self) -> Result<u64, Error> {
        let refused = self.readers.iter_mut().any(|reader| reader.slot.refuses_service());
        if !self.running || refused {
            return Err(Error::NoService);
        }
        let id = self.new_id();
        self.contexts.insert(id, Client::default());
        Ok(id)
    }

    pub(super) fn alive_context(&self, id: u64) -> Result<(), Error> {
        match self.contexts.get(&id) {
            Some(client) if !client.dead => Ok(()),
            _ => Err(Error::NoService),
        }
    }

    fn connect(
        &mut self,
        context: u64,
        name: &CStr,
        share: ShareMode,
        wanted: Protocols,
        gives_up_at: Duration,
    ) -> Step<Result<(u64, Option<Protocol>), Error>> {
        if let Err(error) = self.alive_context(context) {
            return Step::Done(Err(error));
        }
        if share != ShareMode::Direct && wanted.is_empty() {
            return Step::Done(Err(Error::ProtoMismatch));
        }
        let named = |(_, reader): &(usize, &Reader)| reader.shown_name().as_c_str() == name;
        let Some(place) = self.shown().find(named).map(|(place, _)| place) else {
            return Step::Done(Err(Error::UnknownReader));
        };
        if let Some(holder) = self.readers[place].transaction {
            return match self.wait_for(holder, gives_up_at) {
                Step::Done(error) => Step::Done(Err(error)),
                Step::Wait(until) => Step::Wait(until),
            };
        }
        let opened = self.open(context, place, share, wanted);
        Step::Done(opened.map(|handle| (handle, self.readers[place].protocol())))
    }
}
