//! The files of the surface application, taken apart again.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod people;
mod walk;

use pcsc_sim::content::{
    Holder, age_record, card_face, number_image, surface_basic_info, surface_certificate,
};
use pcsc_sim::pki::{Role, key};
use people::hanako;
use rsa::{Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};
use walk::{Object, has_signed, inside, key_in, tags};

/// The body of a certificate and whether the key signed it.
fn body(certificate: &[Object], signer: &RsaPublicKey) -> Vec<u8> {
    assert_eq!(tags(certificate), [0x5F4E, 0x5F37]);
    assert!(has_signed(signer, &certificate[0].value, &certificate[1].value));
    certificate[0].value.clone()
}

/// The key that EF 0004 certifies: the one that signs the other files.
fn issuer() -> RsaPublicKey {
    let root = key(Role::SurfaceRoot).public();
    key_in(&body(&inside(&surface_certificate(&hanako()), 0x7F21), &root)[32..])
}

#[test]
fn the_certificate_names_its_root_and_the_municipality() {
    let file = surface_certificate(&hanako());
    assert_eq!(file.len(), 568);
    let body = body(&inside(&file, 0x7F21), &key(Role::SurfaceRoot).public());
    assert_eq!(body.len(), 16 + 16 + 265);
    assert_eq!(&body[..16], b"6999023\x08\x05001\0\0\0\0");
    assert_eq!(&body[16..32], b"1399921\x08\x05000\0\0\0\0");
}

#[test]
fn the_age_record_is_a_birth_date_a_key_and_a_signature() {
    let file = age_record(&hanako());
    assert_eq!(file.len(), 547);
    let objects = inside(&file, 0xFF10);
    assert_eq!(tags(&objects), [0xDF11, 0xDF12, 0xDF13]);
    assert_eq!(objects[0].value, b"19850412");
    assert_eq!(key_in(&objects[1].value), key(Role::Surface).public());
    let signed = [objects[0].whole.as_slice(), &objects[1].whole].concat();
    assert!(has_signed(&issuer(), &signed, &objects[2].value));
}

#[test]
fn the_face_of_the_card_has_nine_objects_behind_a_table_of_offsets() {
    let file = card_face(&hanako());
    assert!(file.len().abs_diff(3_070) <= 40, "{} bytes", file.len());
    let objects = inside(&file, 0xFF20);
    let expected = [0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25, 0xDF26, 0xDF27, 0xDF28, 0xDF29, 0xDF2A];
    assert_eq!(tags(&objects), expected);

    let table: Vec<usize> = objects[0]
        .value
        .chunks_exact(2)
        .map(|offset| usize::from(offset[0]) * 256 + usize::from(offset[1]))
        .collect();
    let begins: Vec<usize> = objects[1..].iter().map(|object| object.at).collect();
    assert_eq!(table, begins);

    assert_eq!(objects[1].value, b"19850412");
    assert_eq!(objects[2].value, b"2");
    assert_eq!(key_in(&objects[3].value), key(Role::Surface).public());
    assert_eq!(objects[8].value, b"20310412");
}

#[test]
fn the_signature_of_the_face_holds_three_hashes_in_one_digest_info() {
    let objects = inside(&card_face(&hanako()), 0xFF20);
    let hash = |from: usize, to: usize| {
        let group: Vec<u8> = objects[from..to].iter().flat_map(|o| o.whole.clone()).collect();
        Sha256::digest(group)
    };
    // SEQUENCE 71 { SEQUENCE 0D { OID sha256, NULL }, OCTET STRING 60 … }: 115 bytes.
    let mut block = vec![
        0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x60,
    ];
    block.extend([hash(1, 4), hash(4, 6), hash(6, 7)].concat());
    assert_eq!(block.len(), 115);
    let signature = &objects[7].value;
    issuer().verify(Pkcs1v15Sign::new_unprefixed(), &block, signature).unwrap();
}

/// Width, height, bits and colour type of a PNG, from its first chunk.
fn png(bytes: &[u8]) -> (u32, u32, u8, u8) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1A\n");
    assert_eq!(&bytes[12..16], b"IHDR");
    assert_eq!(&bytes[bytes.len() - 8..bytes.len() - 4], b"IEND");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20), bytes[24], bytes[25])
}

#[test]
fn printed_fields_are_png_of_one_bit_and_the_photograph_is_jpeg_2000() {
    let objects = inside(&card_face(&hanako()), 0xFF20);
    assert_eq!(png(&objects[4].value), (216, 12, 1, 0));
    assert_eq!(png(&objects[5].value), (216, 24, 1, 0));
    assert_eq!(png(&objects[9].value), (24, 12, 1, 0));
    let photo = &objects[6].value;
    assert_eq!(photo[..12], [0, 0, 0, 12, b'j', b'P', b' ', b' ', 13, 10, 0x87, 10]);
    // The code stream ends with its end marker.
    assert_eq!(photo[photo.len() - 2..], [0xFF, 0xD9]);
    assert!(photo.len() < 2_000);
}

#[test]
fn pictures_have_a_length_of_two_bytes_even_when_they_are_short() {
    let without = Holder { photo: None, ..hanako() };
    let objects = inside(&card_face(&without), 0xFF20);
    assert_eq!(objects[4].whole[..3], [0xDF, 0x25, 0x82]);
    assert_eq!(objects[6].whole, [0xDF, 0x27, 0x82, 0, 0]);
}

#[test]
fn the_printed_number_is_signed_with_the_key_beside_it() {
    let objects = inside(&number_image(), 0xFF40);
    assert_eq!(tags(&objects), [0xDF41, 0xDF42, 0xDF43]);
    assert_eq!(png(&objects[0].value), (72, 12, 1, 0));
    let signed = [objects[0].whole.as_slice(), &objects[1].whole].concat();
    assert!(has_signed(&issuer(), &signed, &objects[2].value));
}

#[test]
fn the_basic_information_repeats_the_municipality() {
    let file = surface_basic_info(&hanako());
    assert_eq!(file.len(), 320);
    let objects = inside(&file, 0xFF30);
    assert_eq!(tags(&objects), [0xDF31, 0xDF32, 0xDF33, 0xDF34, 0xDF35]);
    assert_eq!(objects[0].value, [0x06, 0x03, 0x0E, 0x01]);
    assert_eq!(objects[3].value, b"13999");
    assert_eq!(objects[4].value.len(), 16 + 256);
}
