//! Tag, length, value, read by code that shares nothing with what writes them.

use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

/// One object of a file.
#[derive(Clone, Debug)]
pub struct Object {
    /// One or two bytes of tag as a number.
    pub tag: u16,
    /// Where the object begins in what was walked.
    pub at: usize,
    /// The object with its header.
    pub whole: Vec<u8>,
    /// What it holds.
    pub value: Vec<u8>,
}

/// All objects in a row; nothing may be left over.
pub fn walk(bytes: &[u8]) -> Vec<Object> {
    let mut objects = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let mut next = at;
        let mut byte = || {
            next += 1;
            bytes[next - 1]
        };
        let first = byte();
        let tag = match first & 0x1F {
            0x1F => u16::from_be_bytes([first, byte()]),
            _ => u16::from(first),
        };
        let length = match byte() {
            0x81 => usize::from(byte()),
            0x82 => usize::from(u16::from_be_bytes([byte(), byte()])),
            short => usize::from(short),
        };
        let (value, end) = (bytes[next..next + length].to_vec(), next + length);
        objects.push(Object { tag, at, whole: bytes[at..end].to_vec(), value });
        at = end;
    }
    objects
}

/// The objects inside the one object that the file consists of.
pub fn inside(file: &[u8], tag: u16) -> Vec<Object> {
    let [outer] = &walk(file)[..] else { panic!("more than one object") };
    assert_eq!(outer.tag, tag, "{:04X}", outer.tag);
    let header = outer.whole.len() - outer.value.len();
    let objects = walk(&outer.value).into_iter();
    objects.map(|object| Object { at: object.at + header, ..object }).collect()
}

/// The tags of a row of objects.
pub fn tags(objects: &[Object]) -> Vec<u16> {
    objects.iter().map(|object| object.tag).collect()
}

/// The key between `90` (exponent) and `91` (modulus).
pub fn key_in(bytes: &[u8]) -> RsaPublicKey {
    let [exponent, modulus] = &walk(bytes)[..] else { panic!("not a key") };
    assert_eq!((exponent.tag, modulus.tag), (0x90, 0x91));
    let number = |object: &Object| BigUint::from_bytes_be(&object.value);
    RsaPublicKey::new(number(modulus), number(exponent)).unwrap()
}

/// Whether the signature is the key's over the SHA-256 of the data.
pub fn has_signed(key: &RsaPublicKey, data: &[u8], signature: &[u8]) -> bool {
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(data), signature).is_ok()
}
