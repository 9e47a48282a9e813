//! The two authorities of the test hierarchy.

use der::oid::ObjectIdentifier;

use super::key::{Role, TestKey, key};
use super::name::{ORGANIZATION, UNIT};

/// Who issues a certificate: 利用者証明用 or 署名用. Each is self-signed; neither knows the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Authority {
    Authentication,
    Signature,
}

/// The organisation of test cards. On cards of real people it is `JPKI`.
pub(super) const TEST: &str = "JPKI-TEST";

/// 公的個人認証サービス, the name of the service in alternative names.
pub(super) const SERVICE: &str = "公的個人認証サービス";

impl Authority {
    pub(super) fn key(self) -> &'static TestKey {
        match self {
            Self::Authentication => key(Role::AuthenticationCa),
            Self::Signature => key(Role::SignatureCa),
        }
    }

    /// The serial of its own certificate: `TES` in ASCII and a number.
    pub(super) const fn serial(self) -> u32 {
        match self {
            Self::Authentication => 0x5445_5301,
            Self::Signature => 0x5445_5302,
        }
    }

    pub(super) const fn unit(self) -> &'static str {
        match self {
            Self::Authentication => "JPKI for user authentication",
            Self::Signature => "JPKI for digital signature",
        }
    }

    pub(super) const fn unit_in_japanese(self) -> &'static str {
        match self {
            Self::Authentication => "公的個人認証サービス利用者証明用",
            Self::Signature => "公的個人認証サービス署名用",
        }
    }

    /// The attributes of its distinguished name after the country.
    pub(super) const fn name(self) -> [(ObjectIdentifier, &'static str); 3] {
        [
            (ORGANIZATION, TEST),
            (UNIT, self.unit()),
            (UNIT, "Japan Agency for Local Authority Information Systems"),
        ]
    }

    /// The certificate policy, as seen on test cards. Those of real cards are not confirmed.
    pub(super) const fn policy(self) -> ObjectIdentifier {
        match self {
            Self::Authentication => ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.0.30"),
            Self::Signature => ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.0.20"),
        }
    }
}
