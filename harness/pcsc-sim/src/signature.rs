//! The password of the signature certificate (署名用パスワード) with its counter.
//!
//! Nothing at a reception uses it (CERT-001). It is wanted when a phone is loaded (CERT-041).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::pin::{Form, Verification};

/// How many consecutive wrong entries lock it unless a plan says otherwise (CERT-022).
pub const DEFAULT_SIGNATURE_TRIES: u8 = 5;

/// A signature password as its holder has set it, with what is left of its counter. Like a PIN
/// it is test data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignaturePassword {
    text: String,
    limit: u8,
    left: u8,
}

/// Why a signature password cannot exist.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("a signature password is 6 to 16 capital letters and digits, not {0:?}")]
pub struct SignaturePasswordError(pub String);

impl SignaturePassword {
    /// A fresh password that `limit` consecutive wrong entries lock.
    pub fn with_tries(text: &str, limit: u8) -> Result<Self, SignaturePasswordError> {
        if !is_signature_password(text) {
            return Err(SignaturePasswordError(text.to_owned()));
        }
        Ok(Self { text: text.to_owned(), limit, left: limit })
    }

    /// Compares one entry and moves the counter, as a PIN does.
    pub fn verify(&mut self, entry: &str) -> Verification {
        if self.left == 0 {
            return Verification::Locked;
        }
        if entry == self.text {
            self.left = self.limit;
            return Verification::Accepted;
        }
        self.left -= 1;
        Verification::Wrong { left: self.left }
    }
}

/// Whether a text can be a signature password: 6 to 16 capital letters and digits.
pub fn is_signature_password(text: &str) -> bool {
    Form::Password.fits(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_entry_forgets_the_wrong_ones_and_the_last_wrong_one_locks() {
        let mut password = SignaturePassword::with_tries("TEST1234", 5).unwrap();
        for left in (1..5).rev() {
            assert_eq!(password.verify("TEST0000"), Verification::Wrong { left });
        }
        assert_eq!(password.verify("TEST1234"), Verification::Accepted);
        for left in (0..5).rev() {
            assert_eq!(password.verify("test1234"), Verification::Wrong { left });
        }
        assert_eq!(password.verify("TEST1234"), Verification::Locked);
    }

    #[test]
    fn it_has_six_to_sixteen_capital_letters_and_digits() {
        for good in ["ABC123", "0123456789ABCDEF"] {
            assert!(is_signature_password(good), "{good}");
        }
        for bad in ["ABC12", "0123456789ABCDEFG", "abc123", "ABC-123", "ＡＢＣ１２３"] {
            assert!(SignaturePassword::with_tries(bad, 5).is_err(), "{bad}");
        }
    }
}
