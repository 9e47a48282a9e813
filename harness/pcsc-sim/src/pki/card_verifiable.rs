//! Card-verifiable certificates: a key, who certifies it, a signature, and nothing else.
//!
//! Chains hang together by key identifiers. These consist of digits, so they cannot say TEST; the
//! numbers of the authorities here begin with 69, where production begins with 5 and the test
//! cards of the issuer are known to have 6000.

use super::key::{Role, TestKey, key};
use crate::content::tlv::tlv;

/// 鍵ID: seven digits that name a key, three that name its group, and filler. 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct KeyId([u8; 16]);

impl KeyId {
    /// The identifier with these two groups of digits. The last byte is 0 but for keys of the
    /// master file's chain; what it says there is not known.
    pub(crate) const fn new(number: [u8; 7], group: [u8; 3], last: u8) -> Self {
        let [a, b, c, d, e, f, g] = number;
        let [x, y, z] = group;
        Self([a, b, c, d, e, f, g, 0x08, 0x05, x, y, z, 0, 0, 0, last])
    }

    /// A key of a municipality: its five digits, then two for what the key does. Whatever is not
    /// a digit becomes 0, so that a card made of nonsense has an identifier too.
    pub(crate) fn of_municipality(code: &str, purpose: [u8; 2], group: [u8; 3], last: u8) -> Self {
        let mut number = [b'0'; 7];
        for (place, byte) in number.iter_mut().zip(code.bytes().take(5)) {
            *place = if byte.is_ascii_digit() { byte } else { b'0' };
        }
        [number[5], number[6]] = purpose;
        Self::new(number, group, last)
    }

    /// The 16 bytes.
    pub(crate) const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// A certificate for the public half of one key, signed by another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CardVerifiable {
    /// 証明者鍵ID.
    pub(crate) issuer: (KeyId, Role),
    /// 被証明者鍵ID.
    pub(crate) subject: (KeyId, Role),
}

impl CardVerifiable {
    /// As an elementary file holds it: `7F21` around body and signature, 568 bytes.
    pub(crate) fn file(&self) -> Vec<u8> {
        tlv(0x7F21, &self.body_and_signature())
    }

    /// As GET DATA returns it, 575 bytes: without the `7F21`, with the list of what the body
    /// consists of in front of it.
    pub(crate) fn data_object(&self) -> Vec<u8> {
        // Issuer 16 bytes, subject 16 bytes, public key 265 bytes.
        const HEADER_LIST: [u8; 10] = [0x42, 16, 0x5F, 0x20, 16, 0x5F, 0x49, 0x82, 0x01, 0x09];
        [tlv(0x4D, &HEADER_LIST), self.body_and_signature()].concat()
    }

    /// The signature is PKCS #1 v1.5 with SHA-256 over the contents of the body.
    fn body_and_signature(&self) -> Vec<u8> {
        let ((issuer, signer), (subject, certified)) = (self.issuer, self.subject);
        let body = [&issuer.0[..], &subject.0, &public_key(key(certified))].concat();
        [tlv(0x5F4E, &body), tlv(0x5F37, &key(signer).sign_file(&body))].concat()
    }
}

/// A public key as the files of a card hold it: `90` exponent, `91` modulus, 265 bytes.
pub(crate) fn public_key(key: &TestKey) -> Vec<u8> {
    [tlv(0x90, &key.exponent()), tlv(0x91, &key.modulus())].concat()
}
