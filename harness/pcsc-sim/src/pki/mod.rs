//! The test hierarchy: keys, certificates and signatures of cards that do not exist.
//!
//! Everything here is public and says TEST. The primes are committed in `test-pki/keys.txt`, made
//! by `examples/test-keys.rs`; whatever follows from them is computed at its first use and then
//! kept. Nothing draws a random number: the same card signs the same bytes in the same way.

mod authority;
mod card_verifiable;
mod certificate;
mod extensions;
mod issue;
mod key;
mod name;
mod sign;
mod terminal;

pub(crate) use card_verifiable::{CardVerifiable, KeyId, public_key};
pub use issue::{authentication_ca, issue_authentication, issue_signature, signature_ca};
pub use key::{PRIMES_PER_KEY, Role, TestKey, key, signature_key, user_key};
pub use sign::{SignError, SignatureMode};
pub use terminal::{terminal_certificate, terminal_proof};
