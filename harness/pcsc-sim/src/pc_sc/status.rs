//! What a program is told of the card that it is connected to.

use std::ffi::{CStr, CString};

use super::ffi::DWORD;
use super::flags::Status;
use super::kinds::Protocol;

const DIRECT: &str = "a direct connection has no protocol; ask with protocol2()";

/// The names of readers, one after the other in a caller's buffer.
#[derive(Clone, Debug)]
pub struct ReaderNames<'buf> {
    buf: &'buf [u8],
}

impl<'buf> ReaderNames<'buf> {
    /// Names, each ended by a zero byte.
    pub(super) const fn new(buf: &'buf [u8]) -> Self {
        Self { buf }
    }
}

impl<'buf> Iterator for ReaderNames<'buf> {
    type Item = &'buf CStr;

    fn next(&mut self) -> Option<&'buf CStr> {
        let name = CStr::from_bytes_until_nul(self.buf).ok().filter(|name| !name.is_empty())?;
        self.buf = &self.buf[name.count_bytes() + 1..];
        Some(name)
    }
}

/// The state of a card, in the caller's buffers.
#[derive(Clone, Debug)]
pub struct CardStatus<'names_buf, 'atr_buf> {
    pub(super) reader_names: ReaderNames<'names_buf>,
    pub(super) state: DWORD,
    pub(super) protocol: Option<Protocol>,
    pub(super) atr: &'atr_buf [u8],
}

impl<'names_buf, 'atr_buf> CardStatus<'names_buf, 'atr_buf> {
    /// The names of the reader.
    pub fn reader_names(&self) -> ReaderNames<'names_buf> {
        self.reader_names.clone()
    }

    /// The state of the card.
    pub fn status(&self) -> Status {
        Status::from_bits_truncate(self.state)
    }

    /// The protocol in use, if there is one.
    pub fn protocol2(&self) -> Option<Protocol> {
        self.protocol
    }

    /// The protocol in use.
    ///
    /// # Panics
    ///
    /// On a direct connection that has none.
    pub fn protocol(&self) -> Protocol {
        self.protocol.expect(DIRECT)
    }

    /// The answer to reset.
    pub fn atr(&self) -> &'atr_buf [u8] {
        self.atr
    }
}

/// The state of a card, in buffers of its own.
#[derive(Clone, Debug)]
pub struct CardStatusOwned {
    pub(super) reader_names: Vec<CString>,
    pub(super) state: DWORD,
    pub(super) protocol: Option<Protocol>,
    pub(super) atr: Vec<u8>,
}

impl CardStatusOwned {
    /// The names of the reader.
    pub fn reader_names(&self) -> &[CString] {
        &self.reader_names
    }

    /// The state of the card.
    pub fn status(&self) -> Status {
        Status::from_bits_truncate(self.state)
    }

    /// The protocol in use, if there is one.
    pub fn protocol2(&self) -> Option<Protocol> {
        self.protocol
    }

    /// The protocol in use.
    ///
    /// # Panics
    ///
    /// On a direct connection that has none.
    pub fn protocol(&self) -> Protocol {
        self.protocol.expect(DIRECT)
    }

    /// The answer to reset.
    pub fn atr(&self) -> &[u8] {
        &self.atr
    }
}
