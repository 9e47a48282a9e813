//! What is done to a card or phone, and what comes back: power, command APDUs, responses.

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::ids::CertificateSerial;

/// What a reader has done to the token on it. `sim` carries it to the device; the reference does
/// not know what is at the other end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenCommand {
    /// Gives it power; selections and rights are lost, counters stay.
    PowerOn,
    /// Sends it a command APDU.
    Transmit(Hex),
    /// Takes its power away.
    PowerOff,
    /// At the municipality or on the phone: put a new certificate on it. How that is done is not
    /// public, so it is no APDU here.
    Install {
        /// Its serial number.
        serial: CertificateSerial,
        /// Its last day.
        expires: Date,
    },
    /// At the municipality: set a new PIN, with no wrong entries.
    SetPin(String),
}

/// What comes back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenReply {
    /// It has power; its answer to reset.
    Powered(Hex),
    /// What it answered: data and status word, if nothing was lost on the way.
    Response(Hex),
    /// It could not be reached.
    Failed(CardFailure),
    /// The new certificate or PIN is on it.
    Written,
    /// It is not.
    NotWritten,
}

/// Why a token could not be reached, as far as it makes a difference to what is done about it.
/// The PC/SC errors behind each are those of `pcsc-sim`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardFailure {
    /// It was taken away, or there is none.
    Removed,
    /// It was reset by somebody else, or the transmission was lost; it is still there.
    Interrupted,
    /// Another program has it to itself.
    Busy,
    /// The reader is unplugged, or its service is not running.
    Unavailable,
    /// It is there and does not come up.
    Unresponsive,
}

/// Bytes that a trace shows in hexadecimal.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Hex(pub Vec<u8>);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_bytes(&self.0)
        }
    }
}
