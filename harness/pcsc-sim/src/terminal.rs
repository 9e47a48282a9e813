//! **SIM-ONLY.** Terminal authentication (特定機関認証).
//!
//! Law and practice are public: an approved terminal shows its card-verifiable certificate
//! to the JPKI application, and the user-authentication key then signs without a PIN. The
//! commands are not public. So this module models the outcome and nothing else, and marks
//! it in the answer. It is a module of its own so that it can be replaced as a whole.
//!
//! What is modelled:
//!
//! * every card accepts the terminal, with or without a PIN, blocked or not (CERT-021,
//!   CERT-030);
//! * a phone refuses, because there is no face or visual mode with a phone (IDV-024). The
//!   `6985` for that is invented;
//! * a card without a photograph accepts too. That nothing can be compared with the face
//!   then (IDV-014) is for the terminal to see; the chip has no opinion about faces.

use serde::{Deserialize, Serialize};

use crate::status::StatusWord;
use crate::token::Token;

/// Marks an answer that no public document describes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum SimOnly {
    /// The terminal is accepted.
    #[serde(rename = "SIM-ONLY terminal authenticated")]
    TerminalAuthenticated,
}

/// Whether the token accepts an approved terminal, and with which word it refuses.
pub(crate) fn authenticate(token: &Token) -> Result<SimOnly, StatusWord> {
    if token.is_phone() {
        return Err(StatusWord::CONDITIONS_NOT_SATISFIED);
    }
    Ok(SimOnly::TerminalAuthenticated)
}
