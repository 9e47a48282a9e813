//! The number types and sizes of the C interface. The C functions themselves do not exist
//! here: there is no C library behind this crate.

#![allow(clippy::upper_case_acronyms, reason = "these are the names of the C interface")]

/// Flags and codes: 64 bits where a C `long` has them, as with pcsc-lite on Linux.
#[cfg(not(target_os = "macos"))]
pub type DWORD = std::os::raw::c_ulong;
/// Flags and codes.
#[cfg(target_os = "macos")]
pub type DWORD = u32;

/// Results of the C functions.
#[cfg(not(target_os = "macos"))]
pub type LONG = std::os::raw::c_long;
/// Results of the C functions.
#[cfg(target_os = "macos")]
pub type LONG = i32;

/// Sizes.
pub type ULONG = DWORD;

/// The longest answer to reset, in bytes.
pub const MAX_ATR_SIZE: usize = 33;
/// The longest short command or answer, in bytes.
pub const MAX_BUFFER_SIZE: usize = 264;
/// The longest extended command or answer, in bytes: header 4, Lc 3, data 65536, Le 3, status 2.
pub const MAX_BUFFER_SIZE_EXTENDED: usize = 4 + 3 + 65_536 + 3 + 2;
/// The timeout that never ends, in milliseconds.
pub const INFINITE: DWORD = 0xFFFF_FFFF;
