//! What is wanted of a token, and what can come of it.

use sha2::{Digest, Sha256};

use crate::calendar::Jst;
use crate::certificate::Carrier;
use crate::ids::CertificateSerial;

/// What is wanted of a token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// What is it: EF 0006.
    Identify,
    /// The photograph.
    ReadPhoto(PhotoKey),
    /// The 利用者証明用 certificate; a phone may want its PIN first.
    ReadCertificate,
    /// Compares an entry with the 4-digit PIN.
    VerifyPin(String),
    /// Compares an entry with the 署名用パスワード.
    VerifySignature(String),
    /// 特定機関認証, so that the key may be used without a PIN. **SIM-ONLY.**
    AuthenticateTerminal,
    /// A signature over a SHA-256 digest with the key of 利用者証明用.
    Sign([u8; 32]),
}

/// What opens the photograph. Which of the two readers really use is not public.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PhotoKey {
    /// 照合番号B, read off the print by the reader's camera.
    CodeB(String),
    /// The terminal's own right. **SIM-ONLY.**
    Terminal,
}

/// What came of a wish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is a token of this kind.
    Identified {
        /// Card or phone.
        carrier: Carrier,
        /// Its serial number, by which it is known again.
        token: [u8; 16],
    },
    /// It answers, and is no My Number card.
    Foreign,
    /// The photograph, or none where there is none to read.
    Photo(Option<Vec<u8>>),
    /// Its certificate.
    Certificate(CertificateSerial),
    /// The entry is right.
    Accepted,
    /// The entry is wrong.
    Wrong {
        /// Entries left, at least 1.
        left: u8,
    },
    /// The reference is locked, or there is none on this kind of token.
    Unusable,
    /// The terminal may use the key without a PIN.
    Trusted,
    /// The signature.
    Signed(Vec<u8>),
    /// The token refuses; a status word of ISO 7816.
    Refused(u16),
    /// What came back cannot be a response, or not to what was asked. Nothing is known.
    Garbled,
}

/// What a terminal shows to a token: **SIM-ONLY**, the real commands are not public.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Its card-verifiable certificate.
    pub certificate: Vec<u8>,
    /// Its answer to a challenge of 16 bytes.
    pub prove: fn(&[u8]) -> [u8; 32],
}

/// What a chip with this certificate is to sign now. How the real challenge comes about is not
/// public; this one differs from visit to visit, so that no signature serves twice.
pub fn challenge(serial: &CertificateSerial, now: Jst) -> [u8; 32] {
    let text = format!("{serial} {}", now.as_micros());
    Sha256::digest(text.as_bytes()).into()
}
