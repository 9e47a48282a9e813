//! **SIM-ONLY.** What the one terminal shows that every card here accepts (特定機関認証).
//!
//! Of the real certificate it is known that it is about 307 bytes long and consists of a body
//! (`5F4E`) and a signature of 256 bytes (`5F37`). With an ordinary key inside it would be longer,
//! so the body here holds none; the terminal proves itself with a hash instead, and anybody can
//! compute it. Nothing of this is an interface of a real card.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::key::{Role, key};
use crate::content::tlv::tlv;

/// 43 bytes, which with headers and signature make 307.
const BODY: &[u8; 43] = b"TEST SIM-ONLY terminal, pcsc-sim 0000000001";

const PROOF: &[u8] = b"TEST SIM-ONLY terminal proof, pcsc-sim";

/// The terminal's certificate: 307 bytes.
pub fn terminal_certificate() -> &'static [u8] {
    static CERTIFICATE: OnceLock<Vec<u8>> = OnceLock::new();
    CERTIFICATE.get_or_init(|| {
        let signature = key(Role::TerminalCa).sign_file(BODY);
        [tlv(0x5F4E, BODY), tlv(0x5F37, &signature)].concat()
    })
}

/// What the terminal answers to a card's challenge: the SHA-256 of a constant and the challenge.
pub fn terminal_proof(challenge: &[u8]) -> [u8; 32] {
    Sha256::new_with_prefix(PROOF).chain_update(challenge).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rsa::Pkcs1v15Sign;

    #[test]
    fn the_certificate_is_a_body_and_a_signature_by_the_authority_of_terminals() {
        let certificate = terminal_certificate();
        assert_eq!(certificate.len(), 307);
        assert_eq!(certificate[..3], [0x5F, 0x4E, 43]);
        assert_eq!(certificate[46..51], [0x5F, 0x37, 0x82, 0x01, 0x00]);
        let hash = Sha256::digest(&certificate[3..46]);
        let public = key(Role::TerminalCa).public();
        public.verify(Pkcs1v15Sign::new::<Sha256>(), &hash, &certificate[51..]).unwrap();
    }

    #[test]
    fn proofs_differ_from_challenge_to_challenge() {
        assert_eq!(terminal_proof(&[1; 16]), terminal_proof(&[1; 16]));
        assert_ne!(terminal_proof(&[1; 16]), terminal_proof(&[2; 16]));
        assert_ne!(terminal_proof(&[1; 16]), <[u8; 32]>::from(Sha256::digest([1; 16])));
    }
}
