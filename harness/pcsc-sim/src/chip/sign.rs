//! Signatures: COMPUTE DIGITAL SIGNATURE with the key of a file or the application's own, and
//! INTERNAL AUTHENTICATE.

use super::apdu::Apdu;
use super::{Answer, Chip};
use crate::pki::{self, Role, SignError, SignatureMode, TestKey};
use crate::profile::{Algorithm, File, Key};
use crate::status::StatusWord;

/// The bytes of a signature with RSA-2048, and the `00` in which a short Le says so.
const SIGNATURE_LENGTH: usize = 256;

impl Chip {
    /// P1 says how, P2 with which key: `80` the one of the current file, `80` with a short
    /// identifier, or `00` the application's own, which asks for no PIN.
    pub(super) fn compute_signature(&mut self, apdu: &Apdu<'_>) -> Answer {
        let mode = SignatureMode::from_p1(apdu.p1).ok_or(StatusWord::WRONG_PARAMETERS)?;
        let application = self.application()?;
        let key = match (apdu.p2, application.signs_with) {
            (0x00, Some(own)) => own,
            (p2, _) => self.key_by_p2(p2)?,
        };
        // What signs with this key is INTERNAL AUTHENTICATE, and the terminal's is no private one.
        if matches!(key, Key::Common | Key::TerminalCa) {
            return Err(StatusWord::CONDITIONS_NOT_SATISFIED);
        }
        self.signed(key, mode, apdu)
    }

    /// Signs the SHA-256 of the data with the key of the common application (EF 0019), without a
    /// PIN. Every other key refuses: `6982` behind a PIN that is missing, `6985` otherwise.
    pub(super) fn internal_authenticate(&mut self, apdu: &Apdu<'_>) -> Answer {
        if apdu.p1 != 0x00 {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        let key = self.key_by_p2(apdu.p2)?;
        if key != Key::Common {
            return Err(StatusWord::CONDITIONS_NOT_SATISFIED);
        }
        self.signed(key, SignatureMode::HashDigestInfo, apdu)
    }

    /// The key in the file that P2 names, if it may be used now.
    fn key_by_p2(&mut self, p2: u8) -> Result<Key, StatusWord> {
        let (_, file) = self.file_by_p2(p2)?;
        let File::Key { key, access } = file else {
            return Err(StatusWord::FILE_STRUCTURE);
        };
        self.allow(access)?;
        Ok(*key)
    }

    /// Whether Le is there at all is not looked at: what cards do without it is not known.
    fn signed(&self, key: Key, mode: SignatureMode, apdu: &Apdu<'_>) -> Answer {
        if apdu.data.is_empty() {
            return Err(StatusWord::WRONG_LENGTH);
        }
        if self.profile.algorithm() != Algorithm::Rsa2048 {
            return Err(StatusWord::FUNCTION_NOT_SUPPORTED);
        }
        if apdu.expected.is_some_and(|most| most < SIGNATURE_LENGTH) {
            return Err(StatusWord::exact_length(0x00));
        }
        let key = self.test_key(key).ok_or(StatusWord::CONDITIONS_NOT_SATISFIED)?;
        key.sign(mode, apdu.data).map_err(|error| match error {
            SignError::Length { .. } if mode == SignatureMode::Verbatim => StatusWord::WRONG_LENGTH,
            SignError::Length { .. } | SignError::Rsa(_) => StatusWord::CONDITIONS_NOT_SATISFIED,
        })
    }

    fn test_key(&self, key: Key) -> Option<&'static TestKey> {
        Some(match key {
            Key::Authentication => pki::user_key(self.holder.authentication.key),
            Key::Signature => pki::signature_key(self.holder.signature.as_ref()?.key),
            Key::Surface => pki::key(Role::Surface),
            Key::Text => pki::key(Role::Text),
            Key::Common => pki::key(Role::Common),
            Key::TerminalCa => return None,
        })
    }
}
