//! What a holder types to a card (暗証番号, パスワード, 照合番号) and its retry counter.
//!
//! Three consecutive wrong entries block the four-digit PIN of the user-authentication
//! certificate (利用者証明用), and a correct one resets the counter (CERT-020). Blocked is for
//! good here: a municipal office or a kiosk sets a new PIN (CERT-022), which in this crate means
//! making a new [`Pin`].

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::status::StatusWord;

/// How many consecutive wrong entries block a PIN unless a plan says otherwise.
pub const DEFAULT_TRIES: u8 = 3;

/// The counter is one hexadecimal digit of the status word.
const MOST_TRIES: u8 = 15;

/// The longest entry that a VERIFY may carry (JICSAP: 1 to 16 bytes).
pub(crate) const LONGEST_ENTRY: usize = 16;

/// What an entry consists of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Form {
    /// Four digits: every 暗証番号.
    FourDigits,
    /// 署名用パスワード: 6 to 16 capital letters and digits. Small letters are made capital by
    /// whoever sends them; the card compares bytes.
    Password,
    /// 照合番号 and the like: 1 to 16 digits.
    Code,
}

impl Form {
    /// Whether an entry can be of this form.
    pub fn fits(self, entry: &[u8]) -> bool {
        let capital = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let digits = entry.iter().all(u8::is_ascii_digit);
        match self {
            Self::FourDigits => entry.len() == 4 && digits,
            Self::Password => {
                (6..=LONGEST_ENTRY).contains(&entry.len()) && entry.iter().all(capital)
            }
            Self::Code => (1..=LONGEST_ENTRY).contains(&entry.len()) && digits,
        }
    }
}

/// A PIN that the holder has set, with what is left of its retry counter. A signature password
/// and a 照合番号 are the same thing in another [`Form`].
///
/// The digits are test data. They are serialised in the clear so that a plan can be
/// replayed from its own text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Pin {
    digits: String,
    limit: u8,
    left: u8,
}

/// What a plan or a trace says, before anybody has checked it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    digits: String,
    limit: u8,
    left: u8,
}

impl TryFrom<Parts> for Pin {
    type Error = PinError;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        let pin = Self::with_tries(&parts.digits, parts.limit)?;
        if parts.left > parts.limit {
            return Err(PinError::Counter { left: parts.left, limit: parts.limit });
        }
        Ok(Self { left: parts.left, ..pin })
    }
}

/// Why a PIN cannot exist.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum PinError {
    /// Not four ASCII digits.
    #[error("a PIN is four digits, not {0:?}")]
    Digits(String),
    /// Not a signature password.
    #[error("a signature password is 6 to 16 capital letters and digits, not {0:?}")]
    Password(String),
    /// Not a 照合番号.
    #[error("a verification number is 1 to 16 digits, not {0:?}")]
    Code(String),
    /// The limit does not fit the counter.
    #[error("a PIN allows 1 to 15 tries, not {0}")]
    Tries(u8),
    /// More entries left than the limit allows.
    #[error("{left} entries left of {limit}")]
    Counter {
        /// The entries said to be left.
        left: u8,
        /// The limit they exceed.
        limit: u8,
    },
}

/// What became of one entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Verification {
    /// Correct; the counter is full again.
    Accepted,
    /// Wrong. With `left` 0 this very entry blocked the PIN.
    Wrong {
        /// How many entries remain.
        left: u8,
    },
    /// Blocked before this entry, which was not compared.
    Locked,
}

impl Verification {
    /// How the card says it: `9000`, `63Cx` (so `63C0` exactly once), then `6984`.
    pub const fn status(self) -> StatusWord {
        match self {
            Self::Accepted => StatusWord::OK,
            Self::Wrong { left } => StatusWord::retries_left(left),
            Self::Locked => StatusWord::REFERENCE_BLOCKED,
        }
    }
}

impl Pin {
    /// A fresh PIN of four digits with [`DEFAULT_TRIES`].
    pub fn new(digits: &str) -> Result<Self, PinError> {
        Self::with_tries(digits, DEFAULT_TRIES)
    }

    /// A fresh PIN of four digits that `limit` consecutive wrong entries block.
    pub fn with_tries(digits: &str, limit: u8) -> Result<Self, PinError> {
        Self::of(Form::FourDigits, digits, limit)
    }

    /// A fresh entry of the given form that `limit` consecutive wrong entries block.
    pub fn of(form: Form, text: &str, limit: u8) -> Result<Self, PinError> {
        if !form.fits(text.as_bytes()) {
            let problem = match form {
                Form::FourDigits => PinError::Digits,
                Form::Password => PinError::Password,
                Form::Code => PinError::Code,
            };
            return Err(problem(text.to_owned()));
        }
        if !(1..=MOST_TRIES).contains(&limit) {
            return Err(PinError::Tries(limit));
        }
        Ok(Self { digits: text.to_owned(), limit, left: limit })
    }

    /// The same PIN after `wrong` more wrong entries: for holders who arrive with a counter
    /// already used or blocked.
    #[must_use]
    pub fn after_wrong_entries(self, wrong: u8) -> Self {
        Self { left: self.left.saturating_sub(wrong), ..self }
    }

    /// Compares one entry and moves the counter.
    ///
    /// The card compares bytes; no rule about form or length is public. So an entry that
    /// could never be a PIN (letters, three digits, full-width digits) is simply wrong and
    /// costs a try. A terminal that does not check the form before it sends loses the
    /// holder's tries, which is what a simulator should show. The empty entry never comes
    /// here: on the wire it is the question for the counter.
    pub fn verify(&mut self, entry: impl AsRef<[u8]>) -> Verification {
        if self.is_locked() {
            return Verification::Locked;
        }
        if entry.as_ref() == self.digits.as_bytes() {
            self.left = self.limit;
            return Verification::Accepted;
        }
        self.left -= 1;
        Verification::Wrong { left: self.left }
    }

    /// Another text in the place of this one. The counter is full again.
    pub(crate) fn change(&mut self, text: &str) {
        text.clone_into(&mut self.digits);
        self.left = self.limit;
    }

    /// The entry that is right, for whoever plays the holder.
    pub fn entry(&self) -> &str {
        &self.digits
    }

    /// How many wrong entries remain; 0 when blocked.
    pub const fn left(&self) -> u8 {
        self.left
    }

    /// How many consecutive wrong entries block this PIN.
    pub const fn limit(&self) -> u8 {
        self.limit
    }

    /// Whether the PIN is blocked.
    pub const fn is_locked(&self) -> bool {
        self.left == 0
    }
}
