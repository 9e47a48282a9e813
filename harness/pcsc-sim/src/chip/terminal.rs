//! **SIM-ONLY.** Terminal authentication (特定機関認証).
//!
//! Law and practice are public: an approved terminal shows its card-verifiable certificate to the
//! JPKI application, and the user-authentication key then signs without a PIN. The commands are
//! not public. Known are the instruction `80 A2`, the length of what it takes, that junk is
//! answered with `6700`, and four pairs of parameters that are answered with `6A86`. The rest of
//! the exchange is made up, and this module is all of it, so that it can be replaced as a whole:
//!
//! 1. `80 A2 00 C1`, extended, with the terminal's certificate → `9000`;
//! 2. `00 84 00 00 10` → a challenge of 16 bytes;
//! 3. `00 82 00 96 20` with the proof, [`crate::pki::terminal_proof`] of the challenge → `9000`,
//!    or `6300`; there is no counter. A challenge is good for one attempt.
//!
//! The surface application takes part as well, for terminals that have a right of their own to the
//! photograph; how a real one gets at it is not public. An application that has nothing for a
//! terminal, which is every application of a phone, refuses with `6985`: there is no face or visual mode with a phone (IDV-024). A card
//! without a photograph accepts; that nothing can be compared with the face is for the terminal
//! to see (IDV-014).

use super::apdu::Apdu;
use super::{Answer, Chip};
use crate::pki;
use crate::profile::{Condition, File};
use crate::status::StatusWord;

/// The challenge that a terminal asks for, bytes.
const CHALLENGE_LENGTH: usize = 16;

/// How far a terminal has come in the selected application.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Terminal {
    certified: bool,
    challenge: Option<[u8; CHALLENGE_LENGTH]>,
    authenticated: bool,
}

impl Terminal {
    pub(super) const fn is_authenticated(&self) -> bool {
        self.authenticated
    }

    /// Every challenge takes the place of the one before it.
    pub(super) fn challenged(&mut self, challenge: &[u8]) {
        self.challenge = challenge.try_into().ok();
    }

    fn certify(&mut self, certificate: &[u8]) -> Answer {
        *self = Self::default();
        if certificate != pki::terminal_certificate() {
            return Err(StatusWord::WRONG_LENGTH);
        }
        self.certified = true;
        Ok(Vec::new())
    }

    fn prove(&mut self, proof: &[u8]) -> Answer {
        let challenge = self.challenge.take().filter(|_| self.certified);
        let challenge = challenge.ok_or(StatusWord::CONDITIONS_NOT_SATISFIED)?;
        self.authenticated = proof == pki::terminal_proof(&challenge);
        if self.authenticated { Ok(Vec::new()) } else { Err(StatusWord::NOT_VERIFIED) }
    }
}

impl Chip {
    pub(super) fn terminal_certificate(&mut self, apdu: &Apdu<'_>) -> Answer {
        self.knows_terminals()?;
        if (apdu.p1, apdu.p2) != (0x00, 0xC1) {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        self.security.terminal.certify(apdu.data)
    }

    pub(super) fn external_authenticate(&mut self, apdu: &Apdu<'_>) -> Answer {
        self.knows_terminals()?;
        if (apdu.p1, apdu.p2) != (0x00, 0x96) {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        self.security.terminal.prove(apdu.data)
    }

    fn knows_terminals(&self) -> Result<(), StatusWord> {
        let mut files = self.application()?.files.values();
        let known = files.any(|file| match file {
            File::Key { access, .. } | File::Transparent { read: access, .. } => {
                access.is_met_by(Condition::Terminal)
            }
            File::Records { .. } | File::Secret { .. } => false,
        });
        if known { Ok(()) } else { Err(StatusWord::CONDITIONS_NOT_SATISFIED) }
    }
}
