//! The RSA keys of the test hierarchy, one for each [`Role`].

use std::fmt;
use std::sync::OnceLock;

use rsa::traits::PublicKeyParts;
use rsa::{BigUint, Oaep, RsaPrivateKey, RsaPublicKey};
use sha2::Sha256;

/// How many primes make one modulus of 2048 bits.
///
/// A real key has two. Eight make a signature in about a third of the time, and nobody who
/// verifies can see a difference: the public key is an ordinary one with the exponent 65537. They
/// are also easy to factor, which does not matter for keys that are published with their primes.
pub const PRIMES_PER_KEY: usize = 8;

/// How many cards can have user-authentication keys of their own before keys repeat.
const USER_KEYS: u16 = 16;

/// The same for signature keys.
const SIGNATURE_KEYS: u16 = 8;

const PUBLIC_EXPONENT: u32 = 65_537;

/// `name hexadecimal`, one line a prime.
const PRIMES: &str = include_str!("../../test-pki/keys.txt");

/// What a key of the hierarchy is for. The application's own keys are one each for all cards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// 利用者証明用: EF 0017 of the JPKI application. The number wraps at the size of the pool.
    User(u16),
    /// 署名用: EF 001A of the JPKI application. The number wraps at the size of the pool.
    Signature(u16),
    /// The authority above the user-authentication certificates.
    AuthenticationCa,
    /// The authority above the signature certificates.
    SignatureCa,
    /// The root of the chain of card-verifiable certificates at the level of the master file.
    CardRoot,
    /// The link of that chain below the root.
    CardIntermediate,
    /// The link below the intermediate. What it is for is not known.
    CardLower,
    /// The authority above the issuer of the surface application's files.
    SurfaceRoot,
    /// Signs the files of the surface application (券面事項確認AP); its EF 0004 certifies it.
    SurfaceIssuer,
    /// The surface application's own key: proves that the card is there.
    Surface,
    /// The authority above the issuer of the text application's files.
    TextRoot,
    /// Signs the files of the text application (券面事項入力補助AP); its EF 0004 certifies it.
    TextIssuer,
    /// The text application's own key.
    Text,
    /// The key under which a terminal sends a session key to the text application.
    TextSession,
    /// EF 0019 of the common application, which answers INTERNAL AUTHENTICATE.
    Common,
    /// SIM-ONLY: the authority above the one terminal that cards accept. Cards know it as EF 0016.
    TerminalCa,
}

/// The roles that have one key.
const SINGLE: [Role; 14] = [
    Role::AuthenticationCa,
    Role::SignatureCa,
    Role::CardRoot,
    Role::CardIntermediate,
    Role::CardLower,
    Role::SurfaceRoot,
    Role::SurfaceIssuer,
    Role::Surface,
    Role::TextRoot,
    Role::TextIssuer,
    Role::Text,
    Role::TextSession,
    Role::Common,
    Role::TerminalCa,
];

const KEYS: usize = USER_KEYS as usize + SIGNATURE_KEYS as usize + SINGLE.len();

impl Role {
    /// Every role once, in the order of the committed file.
    pub fn all() -> impl Iterator<Item = Self> {
        let pools = (0..USER_KEYS).map(Self::User).chain((0..SIGNATURE_KEYS).map(Self::Signature));
        pools.chain(SINGLE)
    }

    /// The place of this role in [`Role::all`].
    fn index(self) -> usize {
        let pools = USER_KEYS + SIGNATURE_KEYS;
        match self {
            Self::User(n) => usize::from(n % USER_KEYS),
            Self::Signature(n) => usize::from(USER_KEYS + n % SIGNATURE_KEYS),
            single => {
                let at = SINGLE.iter().position(|role| *role == single);
                usize::from(pools) + at.expect("every role that is not a pool is listed")
            }
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::User(n) => return write!(f, "user-{:02}", n % USER_KEYS),
            Self::Signature(n) => return write!(f, "signature-{:02}", n % SIGNATURE_KEYS),
            Self::AuthenticationCa => "authentication-ca",
            Self::SignatureCa => "signature-ca",
            Self::CardRoot => "card-root",
            Self::CardIntermediate => "card-intermediate",
            Self::CardLower => "card-lower",
            Self::SurfaceRoot => "surface-root",
            Self::SurfaceIssuer => "surface-issuer",
            Self::Surface => "surface",
            Self::TextRoot => "text-root",
            Self::TextIssuer => "text-issuer",
            Self::Text => "text",
            Self::TextSession => "text-session",
            Self::Common => "common",
            Self::TerminalCa => "terminal-ca",
        };
        f.write_str(name)
    }
}

/// One RSA-2048 key of the test hierarchy, with what speeds up its use worked out.
pub struct TestKey {
    role: Role,
    pub(super) private: RsaPrivateKey,
}

impl TestKey {
    /// Which key this is.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The public half, as anybody who verifies holds it.
    pub fn public(&self) -> RsaPublicKey {
        self.private.to_public_key()
    }

    /// The modulus, 256 bytes with the first bit set.
    pub fn modulus(&self) -> Vec<u8> {
        self.private.n().to_bytes_be()
    }

    /// The public exponent 65537, three bytes.
    pub fn exponent(&self) -> Vec<u8> {
        self.private.e().to_bytes_be()
    }

    /// Takes off OAEP with SHA-256, or says that it is none.
    pub(crate) fn decrypt(&self, encrypted: &[u8]) -> Option<Vec<u8>> {
        self.private.decrypt(Oaep::new::<Sha256>(), encrypted).ok()
    }

    fn of(role: Role) -> Self {
        let name = role.to_string();
        let lines = PRIMES.lines().filter_map(|line| line.split_once(' '));
        let primes = lines
            .filter(|(of, _)| *of == name)
            .filter_map(|(_, digits)| BigUint::parse_bytes(digits.as_bytes(), 16))
            .collect();
        let private = RsaPrivateKey::from_primes(primes, BigUint::from(PUBLIC_EXPONENT))
            .unwrap_or_else(|error| panic!("test-pki/keys.txt, {name}: {error}"));
        Self { role, private }
    }
}

/// Without the key: it would fill a screen and say nothing.
impl fmt::Debug for TestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TestKey({})", self.role)
    }
}

/// The key for this role. It is worked out at its first use and then shared.
///
/// # Panics
///
/// When the committed file lacks the key or holds a broken one. A test keeps it whole.
pub fn key(role: Role) -> &'static TestKey {
    static MADE: [OnceLock<TestKey>; KEYS] = [const { OnceLock::new() }; KEYS];
    MADE[role.index()].get_or_init(|| TestKey::of(role))
}

/// The user-authentication key with this number, modulo the size of the pool.
pub fn user_key(n: u16) -> &'static TestKey {
    key(Role::User(n % USER_KEYS))
}

/// The signature key with this number, modulo the size of the pool.
pub fn signature_key(n: u16) -> &'static TestKey {
    key(Role::Signature(n % SIGNATURE_KEYS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_place_of_its_own_and_a_key_of_2048_bits() {
        for (place, role) in Role::all().enumerate() {
            assert_eq!(role.index(), place, "{role}");
            assert_eq!(key(role).role(), role);
            assert_eq!(key(role).public().n().bits(), 2048, "{role}");
            assert_eq!(key(role).exponent(), [0x01, 0x00, 0x01], "{role}");
        }
        assert_eq!(Role::all().count(), KEYS);
    }

    #[test]
    fn no_two_roles_share_a_key() {
        let moduli: std::collections::BTreeSet<_> =
            Role::all().map(|role| key(role).modulus()).collect();
        assert_eq!(moduli.len(), KEYS);
    }

    #[test]
    fn keys_repeat_after_the_pool_is_used_up() {
        assert!(std::ptr::eq(user_key(3), user_key(3 + 16)));
        assert!(std::ptr::eq(signature_key(7), signature_key(7 + 8)));
        assert!(!std::ptr::eq(user_key(0), user_key(1)));
    }
}
