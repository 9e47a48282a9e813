//! The six ways in which a card signs (COMPUTE DIGITAL SIGNATURE, P1 00 to 05).
//!
//! Known from surveys of cards. What a card does with an empty message is not, and is refused
//! here in every mode.

use rsa::hazmat::rsa_decrypt;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::pss::Pss;
use rsa::{BigUint, rand_core};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::TestKey;

/// What a modulus of 256 bytes leaves for the data beside the padding of PKCS #1 v1.5.
const VERBATIM_MAX: usize = MODULUS_BYTES - 11;

const MODULUS_BYTES: usize = 256;

/// How the data given becomes the block that is signed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SignatureMode {
    /// `00`: PKCS #1 v1.5 around the data as they are, 1 to 245 bytes. Clients send a DigestInfo.
    Verbatim,
    /// `01`: PKCS #1 v1.5 around the bare SHA-256 of the data.
    HashBare,
    /// `02`: the data are a SHA-256; PKCS #1 v1.5 with DigestInfo.
    PrehashedDigestInfo,
    /// `03`: PKCS #1 v1.5 with DigestInfo over the SHA-256 of the data.
    HashDigestInfo,
    /// `04`: the data are a SHA-256; PSS.
    PrehashedPss,
    /// `05`: PSS over the SHA-256 of the data.
    HashPss,
}

/// Why nothing was signed.
#[derive(PartialEq, Eq, Debug, Error)]
pub enum SignError {
    /// The mode does not take so many bytes.
    #[error("{mode:?} does not sign {bytes} bytes")]
    Length {
        /// The mode asked for.
        mode: SignatureMode,
        /// How many bytes there were.
        bytes: usize,
    },
    /// The library refused. With these keys and lengths it has no reason to.
    #[error("RSA: {0}")]
    Rsa(rsa::Error),
}

impl SignatureMode {
    /// The mode that P1 names; the card answers 6A86 to every other value.
    pub const fn from_p1(p1: u8) -> Option<Self> {
        Some(match p1 {
            0x00 => Self::Verbatim,
            0x01 => Self::HashBare,
            0x02 => Self::PrehashedDigestInfo,
            0x03 => Self::HashDigestInfo,
            0x04 => Self::PrehashedPss,
            0x05 => Self::HashPss,
            _ => return None,
        })
    }

    const fn takes(self, bytes: usize) -> bool {
        match self {
            Self::Verbatim => bytes >= 1 && bytes <= VERBATIM_MAX,
            Self::PrehashedDigestInfo | Self::PrehashedPss => bytes == 32,
            Self::HashBare | Self::HashDigestInfo | Self::HashPss => bytes >= 1,
        }
    }
}

impl TestKey {
    /// Signs the data, always the same 256 bytes for the same input.
    ///
    /// # Errors
    ///
    /// [`SignError::Length`] when the mode does not take data of this length.
    pub fn sign(&self, mode: SignatureMode, data: &[u8]) -> Result<Vec<u8>, SignError> {
        if !mode.takes(data.len()) {
            return Err(SignError::Length { mode, bytes: data.len() });
        }
        match mode {
            SignatureMode::Verbatim => self.pad_and_sign(data),
            SignatureMode::HashBare => self.pad_and_sign(&Sha256::digest(data)),
            SignatureMode::PrehashedDigestInfo => self.sign_hash(data),
            SignatureMode::HashDigestInfo => self.sign_hash(&Sha256::digest(data)),
            SignatureMode::PrehashedPss => self.sign_hash_pss(data),
            SignatureMode::HashPss => self.sign_hash_pss(&Sha256::digest(data)),
        }
    }

    /// The signature under certificates and files: PKCS #1 v1.5 over the SHA-256 of the data, which
    /// are not empty.
    pub(crate) fn sign_file(&self, data: &[u8]) -> Vec<u8> {
        self.sign(SignatureMode::HashDigestInfo, data).expect("this mode takes any length but 0")
    }

    /// PKCS #1 v1.5 around the data (RFC 8017, 9.2, from step 3) and the bare private operation.
    /// The library's own signature checks each result with the public key, against faults in
    /// hardware that would give a key away. These keys are public, and the check costs as much as
    /// the signature.
    fn pad_and_sign(&self, data: &[u8]) -> Result<Vec<u8>, SignError> {
        let mut block = vec![0xFF; MODULUS_BYTES];
        let end = MODULUS_BYTES - data.len();
        (block[0], block[1], block[end - 1]) = (0x00, 0x01, 0x00);
        block[end..].copy_from_slice(data);
        let block = BigUint::from_bytes_be(&block);
        let signed = rsa_decrypt(None::<&mut DerivedSalt>, &self.private, &block);
        let signed = signed.map_err(SignError::Rsa)?.to_bytes_be();
        Ok([&vec![0; MODULUS_BYTES - signed.len()][..], &signed].concat())
    }

    fn sign_hash(&self, hash: &[u8]) -> Result<Vec<u8>, SignError> {
        let digest_info = Pkcs1v15Sign::new::<Sha256>().prefix;
        self.pad_and_sign(&[&digest_info, hash].concat())
    }

    fn sign_hash_pss(&self, hash: &[u8]) -> Result<Vec<u8>, SignError> {
        let mut salt = DerivedSalt::of(self, hash);
        let scheme = Pss::new::<Sha256>();
        self.private.sign_with_rng(&mut salt, scheme, hash).map_err(SignError::Rsa)
    }
}

/// A salt computed from the key and the hash, behind the trait by which the library asks for
/// salts. A real card draws one; here two signatures of the same hash must be the same.
struct DerivedSalt {
    seed: Sha256,
    blocks: u64,
}

impl DerivedSalt {
    fn of(key: &TestKey, hash: &[u8]) -> Self {
        let seed = Sha256::new_with_prefix(b"pcsc-sim TEST salt ");
        Self { seed: seed.chain_update(key.modulus()).chain_update(hash), blocks: 0 }
    }
}

impl rand_core::RngCore for DerivedSalt {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, salt: &mut [u8]) {
        for chunk in salt.chunks_mut(32) {
            let block = self.seed.clone().chain_update(self.blocks.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
            self.blocks += 1;
        }
    }

    fn try_fill_bytes(&mut self, salt: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(salt);
        Ok(())
    }
}

/// What the library demands of a source of salts. Nothing here is to be kept secret.
impl rand_core::CryptoRng for DerivedSalt {}
