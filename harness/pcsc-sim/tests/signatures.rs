//! What a card signs, opened again with the public key.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use pcsc_sim::pki::{Role, SignError, SignatureMode, key, user_key};
use proptest::prelude::*;
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, Pss};
use sha2::{Digest, Sha256};

/// The DigestInfo of a SHA-256 up to the hash itself, from RFC 8017 section 9.2, note 1.
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// SHA-256 of "abc", from FIPS 180-2, appendix B.1.
const HASH_OF_ABC: [u8; 32] = [
    0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23,
    0xB0, 0x03, 0x61, 0xA3, 0x96, 0x17, 0x7A, 0x9C, 0xB4, 0x10, 0xFF, 0x61, 0xF2, 0x00, 0x15, 0xAD,
];

/// What is left of a signature under the public key: the padded block, 256 bytes.
fn opened(signature: &[u8]) -> Vec<u8> {
    assert_eq!(signature.len(), 256);
    let public = user_key(0).public();
    let block = BigUint::from_bytes_be(signature).modpow(public.e(), public.n()).to_bytes_be();
    // The library leaves the leading zero out.
    [vec![0; 256 - block.len()], block].concat()
}

/// `00 01 FF … FF 00` and the payload.
fn padded(payload: &[u8]) -> Vec<u8> {
    let filler = vec![0xFF; 256 - 3 - payload.len()];
    [&[0x00, 0x01], filler.as_slice(), &[0x00], payload].concat()
}

fn signed(mode: SignatureMode, data: &[u8]) -> Vec<u8> {
    user_key(0).sign(mode, data).unwrap()
}

#[test]
fn mode_00_pads_the_data_as_they_are() {
    assert_eq!(opened(&signed(SignatureMode::Verbatim, b"abc")), padded(b"abc"));
}

#[test]
fn mode_01_pads_the_bare_hash() {
    assert_eq!(opened(&signed(SignatureMode::HashBare, b"abc")), padded(&HASH_OF_ABC));
}

#[test]
fn modes_02_and_03_wrap_the_hash_in_a_digest_info() {
    let block = padded(&[DIGEST_INFO.as_slice(), &HASH_OF_ABC].concat());
    assert_eq!(opened(&signed(SignatureMode::PrehashedDigestInfo, &HASH_OF_ABC)), block);
    assert_eq!(opened(&signed(SignatureMode::HashDigestInfo, b"abc")), block);
}

#[test]
fn a_client_that_sends_its_own_digest_info_gets_the_same_signature() {
    let sent = [DIGEST_INFO.as_slice(), &HASH_OF_ABC].concat();
    assert_eq!(
        signed(SignatureMode::Verbatim, &sent),
        signed(SignatureMode::HashDigestInfo, b"abc")
    );
}

#[test]
fn modes_04_and_05_are_pss_with_a_salt_as_long_as_the_hash() {
    for signature in
        [signed(SignatureMode::PrehashedPss, &HASH_OF_ABC), signed(SignatureMode::HashPss, b"abc")]
    {
        let scheme = Pss::new_with_salt::<Sha256>(32);
        user_key(0).public().verify(scheme, &HASH_OF_ABC, &signature).unwrap();
    }
}

#[test]
fn pss_signatures_repeat_for_the_same_hash_and_differ_in_salt_for_another() {
    let of = |data: &[u8]| signed(SignatureMode::HashPss, data);
    assert_eq!(of(b"abc"), of(b"abc"));
    assert_ne!(of(b"abc"), of(b"abd"));
    let other_key = user_key(1).sign(SignatureMode::HashPss, b"abc").unwrap();
    assert_ne!(of(b"abc"), other_key);
}

#[test]
fn only_the_six_surveyed_modes_exist() {
    let known: Vec<u8> = (0..=u8::MAX).filter(|p1| SignatureMode::from_p1(*p1).is_some()).collect();
    assert_eq!(known, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn data_of_a_length_that_a_mode_does_not_take_are_refused() {
    let refused = |mode, bytes| {
        let data = vec![0x5A; bytes];
        assert_eq!(user_key(0).sign(mode, &data), Err(SignError::Length { mode, bytes }));
    };
    refused(SignatureMode::Verbatim, 0);
    refused(SignatureMode::Verbatim, 246);
    refused(SignatureMode::PrehashedDigestInfo, 31);
    refused(SignatureMode::PrehashedPss, 33);
    refused(SignatureMode::HashBare, 0);
    assert_eq!(opened(&signed(SignatureMode::Verbatim, &[0x5A; 245])), padded(&[0x5A; 245]));
}

#[test]
fn every_key_signs_what_its_public_half_verifies() {
    for role in Role::all() {
        let signature = key(role).sign(SignatureMode::HashDigestInfo, b"abc").unwrap();
        let scheme = rsa::Pkcs1v15Sign::new::<Sha256>();
        key(role).public().verify(scheme, &HASH_OF_ABC, &signature).unwrap();
    }
}

proptest! {
    #[test]
    fn any_message_verifies_in_the_mode_that_clients_use(message in prop::collection::vec(any::<u8>(), 1..300)) {
        let signature = signed(SignatureMode::HashDigestInfo, &message);
        let hash = Sha256::digest(&message);
        let scheme = rsa::Pkcs1v15Sign::new::<Sha256>();
        prop_assert!(user_key(0).public().verify(scheme, &hash, &signature).is_ok());
    }
}
