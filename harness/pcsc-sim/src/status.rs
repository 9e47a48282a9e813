//! Status words: the two bytes that end every answer of a card.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The status word of an answer. Written as four hexadecimal digits, in text and in serde,
/// because that is how everybody reads them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct StatusWord(u16);

impl StatusWord {
    /// `9000`: done.
    pub const OK: Self = Self(0x9000);
    /// `6300`: not convinced, and there is no counter to say how often one may try.
    pub const NOT_VERIFIED: Self = Self(0x6300);
    /// `66F1`: no key delivery is set up here, so no session key can be set.
    pub const NO_KEY_DELIVERY: Self = Self(0x66F1);
    /// `6700`: the data sent has a length that the command cannot take.
    pub const WRONG_LENGTH: Self = Self(0x6700);
    /// `6881`: another logical channel than the first.
    pub const CHANNEL_NOT_SUPPORTED: Self = Self(0x6881);
    /// `6882`: secure messaging of a kind that is not known here.
    pub const SECURE_MESSAGING_NOT_SUPPORTED: Self = Self(0x6882);
    /// `6981`: the command does not fit the structure of the file.
    pub const FILE_STRUCTURE: Self = Self(0x6981);
    /// `6982`: neither a PIN nor a terminal authentication allows this.
    pub const SECURITY_STATUS_NOT_SATISFIED: Self = Self(0x6982);
    /// `6984`: the reference is blocked. Cards answer this one, not the `6983` of the
    /// standard.
    pub const REFERENCE_BLOCKED: Self = Self(0x6984);
    /// `6985`: this token, file or moment never takes part in that command.
    pub const CONDITIONS_NOT_SATISFIED: Self = Self(0x6985);
    /// `6986`: no file is current.
    pub const NO_CURRENT_FILE: Self = Self(0x6986);
    /// `6987`: secure messaging without the data objects it needs.
    pub const SECURE_MESSAGING_OBJECTS_MISSING: Self = Self(0x6987);
    /// `6988`: the data objects of secure messaging are wrong, and the session is over.
    pub const SECURE_MESSAGING_OBJECTS_WRONG: Self = Self(0x6988);
    /// `69FC`: secure messaging without a session.
    pub const NO_SECURE_SESSION: Self = Self(0x69FC);
    /// `6A80`: the data sent has a content that the command cannot take.
    pub const WRONG_DATA: Self = Self(0x6A80);
    /// `6A81`: this form of the command is not provided.
    pub const FUNCTION_NOT_SUPPORTED: Self = Self(0x6A81);
    /// `6A82`: no such application or file.
    pub const FILE_NOT_FOUND: Self = Self(0x6A82);
    /// `6A83`: no such record.
    pub const RECORD_NOT_FOUND: Self = Self(0x6A83);
    /// `6A86`: P1 or P2 is wrong.
    pub const WRONG_PARAMETERS: Self = Self(0x6A86);
    /// `6A88`: the file is there, the data object is not.
    pub const DATA_NOT_FOUND: Self = Self(0x6A88);
    /// `6B00`: the offset is past the end of the file.
    pub const WRONG_OFFSET: Self = Self(0x6B00);
    /// `6D00`: no such instruction.
    pub const INSTRUCTION_NOT_SUPPORTED: Self = Self(0x6D00);
    /// `6E00`: no such class.
    pub const CLASS_NOT_SUPPORTED: Self = Self(0x6E00);

    const RETRIES: u16 = 0x63C0;

    /// A status word from its number.
    pub const fn new(word: u16) -> Self {
        Self(word)
    }

    /// `63Cx`: `left` entries remain. The counter has one hexadecimal digit, so more than
    /// fifteen reads as fifteen.
    pub const fn retries_left(left: u8) -> Self {
        let digit = if left > 15 { 15 } else { left };
        Self(Self::RETRIES | digit as u16)
    }

    /// The counter in a `63Cx`, and nothing for any other word.
    pub const fn retries(self) -> Option<u8> {
        if self.0 & 0xFFF0 == Self::RETRIES { Some((self.0 & 0x000F) as u8) } else { None }
    }

    /// `6Cxx`: ask again with the length `xx`; 256 is written `00`.
    pub const fn exact_length(length: u8) -> Self {
        Self(0x6C00 | length as u16)
    }

    /// Whether this is `9000`.
    pub const fn is_ok(self) -> bool {
        self.0 == Self::OK.0
    }

    /// The word as a number.
    pub const fn value(self) -> u16 {
        self.0
    }

    /// The word as the two bytes that a card sends.
    pub const fn to_bytes(self) -> [u8; 2] {
        self.0.to_be_bytes()
    }
}

impl fmt::Display for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

impl fmt::Debug for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatusWord({self})")
    }
}

/// A text that is not four hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{0:?} is not a status word: four hexadecimal digits expected")]
pub struct StatusWordError(String);

impl FromStr for StatusWord {
    type Err = StatusWordError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The number parser alone would also take a sign and fewer digits.
        if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(StatusWordError(text.to_owned()));
        }
        u16::from_str_radix(text, 16).map(Self).map_err(|_| StatusWordError(text.to_owned()))
    }
}

impl TryFrom<String> for StatusWord {
    type Error = StatusWordError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<StatusWord> for String {
    fn from(word: StatusWord) -> Self {
        word.to_string()
    }
}
