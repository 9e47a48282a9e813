//! Flags of readers, cards and protocols, with the values of pcsc-lite.

use bitflags::bitflags;

use super::ffi::DWORD;

bitflags! {
    /// What is known of a reader, as [`Context::get_status_change`] reports it.
    ///
    /// [`Context::get_status_change`]: super::Context::get_status_change
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Clone, Copy)]
    pub struct State: DWORD {
        /// The program knows nothing yet: any state is news.
        const UNAWARE = 0x0000;
        /// The program does not want to hear of this reader.
        const IGNORE = 0x0001;
        /// This differs from what the program knew.
        const CHANGED = 0x0002;
        /// No such reader any more.
        const UNKNOWN = 0x0004;
        /// The reader cannot be used.
        const UNAVAILABLE = 0x0008;
        /// No card.
        const EMPTY = 0x0010;
        /// A card.
        const PRESENT = 0x0020;
        /// A card of the wanted kind (Windows).
        const ATRMATCH = 0x0040;
        /// A program holds the card for itself.
        const EXCLUSIVE = 0x0080;
        /// Programs are connected to the card.
        const INUSE = 0x0100;
        /// The card does not answer.
        const MUTE = 0x0200;
        /// The card has no power.
        const UNPOWERED = 0x0400;
    }
}

bitflags! {
    /// What is known of a card, as [`Card::status2`] reports it.
    ///
    /// [`Card::status2`]: super::Card::status2
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Clone, Copy)]
    pub struct Status: DWORD {
        /// Unknown.
        const UNKNOWN = 0x0001;
        /// No card.
        const ABSENT = 0x0002;
        /// A card.
        const PRESENT = 0x0004;
        /// A card that does not answer.
        const SWALLOWED = 0x0008;
        /// It has power.
        const POWERED = 0x0010;
        /// Its protocol can be chosen.
        const NEGOTIABLE = 0x0020;
        /// Its protocol is fixed.
        const SPECIFIC = 0x0040;
    }
}

bitflags! {
    /// Protocols that a program can speak.
    #[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Clone, Copy)]
    pub struct Protocols: DWORD {
        /// None: for a direct connection.
        const UNDEFINED = 0x0000;
        /// T=0, byte by byte.
        const T0 = 0x0001;
        /// T=1, block by block. Contact-less cards appear with it.
        const T1 = 0x0002;
        /// What the reader makes of it.
        #[cfg(not(target_os = "windows"))]
        const RAW = 0x0004;
        /// What the reader makes of it.
        #[cfg(target_os = "windows")]
        const RAW = 0x0001_0000;
        /// T=0 or T=1.
        const ANY = 0x0003;
    }
}

/// The real crate keeps these for programs of its first version. There they are `unsafe`; a
/// program's `unsafe` block around them compiles here too.
///
/// ```
/// # #![allow(deprecated, unused_unsafe)]
/// let present = unsafe { pcsc_sim::State::from_bits_unchecked(0x20) };
/// assert_eq!(present, pcsc_sim::State::PRESENT);
/// ```
impl State {
    /// The same as `from_bits_retain`.
    #[deprecated = "use the safe `from_bits_retain` method instead"]
    pub fn from_bits_unchecked(bits: DWORD) -> Self {
        Self::from_bits_retain(bits)
    }
}

impl Status {
    /// The same as `from_bits_retain`.
    #[deprecated = "use the safe `from_bits_retain` method instead"]
    pub fn from_bits_unchecked(bits: DWORD) -> Self {
        Self::from_bits_retain(bits)
    }
}

impl Protocols {
    /// The same as `from_bits_retain`.
    #[deprecated = "use the safe `from_bits_retain` method instead"]
    pub fn from_bits_unchecked(bits: DWORD) -> Self {
        Self::from_bits_retain(bits)
    }
}
