//! The call surface of the crate `pcsc` 2.9, with a simulated smart card service behind it.
//!
//! A program written against `pcsc` compiles against this crate by renaming the dependency:
//!
//! ```toml
//! [dependencies]
//! pcsc = { package = "pcsc-sim", path = "…" }
//! ```
//!
//! A test installs a [`Service`] with readers and cards; without one, [`Context::establish`]
//! gives `NoService`, as without a daemon. The behaviour is that of pcsc-lite 1.9.9 with the
//! driver of vpcd, call by call: the same table of tests runs through both.
//!
//! ```
//! use std::time::Duration;
//! use pcsc_sim::slot::OtherCard;
//! use pcsc_sim::{Act, Context, Protocols, ReaderState, Scope, Service, ShareMode, State};
//!
//! let service = Service::new().reader("Desk Reader").install();
//! service.after(Duration::from_secs(5), Act::insert("Desk Reader", OtherCard));
//!
//! let context = Context::establish(Scope::User)?;
//! let mut readers = [ReaderState::new(c"Desk Reader 00 00", State::EMPTY)];
//! context.get_status_change(None, &mut readers)?;
//! assert!(readers[0].event_state().contains(State::PRESENT));
//! assert_eq!(service.now(), Duration::from_secs(5), "the wait took no real time");
//!
//! let card = context.connect(readers[0].name(), ShareMode::Shared, Protocols::ANY)?;
//! let mut buffer = [0; pcsc_sim::MAX_BUFFER_SIZE];
//! assert_eq!(card.transmit(&[0x00, 0xA4, 0x04, 0x00], &mut buffer)?, [0x6A, 0x82]);
//! # Ok::<(), pcsc_sim::Error>(())
//! ```
//!
//! # Time
//!
//! Time is the service's. A call that waits moves it to the next thing that the test has
//! planned, or to the call's timeout; a command moves it by what the card takes. Nothing sleeps.
//! Only a call that waits for ever, with nothing planned, blocks its thread, until another
//! thread of the program acts (`cancel`, the end of a transaction).

mod atr;
mod card;
mod connected;
mod context;
mod error;
pub mod ffi;
mod flags;
mod kinds;
mod plan;
mod reader_state;
mod service;
mod status;
mod transaction;
mod watch;
mod world;

use std::ffi::CStr;

pub use card::Card;
pub use context::Context;
pub use error::Error;
pub use flags::{Protocols, State, Status};
pub use kinds::{Attribute, AttributeClass, Disposition, Protocol, Scope, ShareMode};
pub use plan::Act;
pub use reader_state::ReaderState;
pub use service::{Installed, Service};
pub use status::{CardStatus, CardStatusOwned, ReaderNames};
pub use transaction::Transaction;

/// The longest answer to reset, in bytes.
pub const MAX_ATR_SIZE: usize = ffi::MAX_ATR_SIZE;
/// The longest short command or answer, in bytes.
pub const MAX_BUFFER_SIZE: usize = ffi::MAX_BUFFER_SIZE;
/// The longest extended command or answer, in bytes.
pub const MAX_BUFFER_SIZE_EXTENDED: usize = ffi::MAX_BUFFER_SIZE_EXTENDED;

/// The name of the reader that does not exist: its state changes when readers come and go.
#[allow(non_snake_case, reason = "the real crate calls it so")]
pub fn PNP_NOTIFICATION() -> &'static CStr {
    c"\\\\?PnP?\\Notification"
}

/// A control code in the form that the platform wants for [`Card::control`].
pub const fn ctl_code(code: ffi::DWORD) -> ffi::DWORD {
    if cfg!(target_os = "windows") { 0x0031_0000 | code << 2 } else { 0x4200_0000 + code }
}
