//! The files of the surface application (券面事項確認AP): what is printed on the card.

use sha2::{Digest, Sha256};

use super::holder::day;
use super::pictures;
use super::tlv::{tlv, tlv_long, with_offsets};
use super::{Holder, with_signature};
use crate::pki::{CardVerifiable, KeyId, Role, SignatureMode, key, public_key};

/// Version of the specification, extended lengths, vendor, vendor's own byte: as surveyed.
const IDENTIFICATION: [u8; 4] = [0x06, 0x03, 0x0E, 0x01];

/// Named in the basic information; it is not the key that EF 0004 certifies.
const PUBLIC_KEY_ID: KeyId = KeyId::new(*b"6999024", *b"001", 0);

/// Names the key of the block whose meaning is not known.
const BLOCK_KEY_ID: KeyId = KeyId::new(*b"6999025", *b"001", 0);

const ROOT_KEY_ID: KeyId = KeyId::new(*b"6999023", *b"001", 0);

/// EF 0001: the birth date alone, for a terminal that only needs an age. 547 bytes.
pub fn age_record(holder: &Holder) -> Vec<u8> {
    let signed = [tlv(0xDF11, day(holder.born).as_bytes()), own_key(0xDF12)].concat();
    tlv(0xFF10, &with_signature(Role::SurfaceIssuer, 0xDF13, signed))
}

/// EF 0002: the face of the card, about 3,070 bytes with a photograph.
///
/// The signature is over three hashes, of text and key, of the pictures of text, and of the
/// photograph, so that a terminal can check one part without reading the others. Expiry and
/// security code come after it and are not signed. A card without a photograph has an empty one,
/// which is a guess.
pub fn card_face(holder: &Holder) -> Vec<u8> {
    let photo = holder.photo.as_deref().unwrap_or_default();
    let groups = [
        vec![
            tlv(0xDF22, day(holder.born).as_bytes()),
            tlv(0xDF23, &[holder.sex.digit()]),
            own_key(0xDF24),
        ],
        vec![tlv_long(0xDF25, pictures::NAME), tlv_long(0xDF26, pictures::ADDRESS)],
        vec![tlv_long(0xDF27, photo)],
    ];
    let signature = signature_of(&groups);
    let mut objects = groups.into_iter().flatten().collect::<Vec<_>>();
    objects.push(tlv(0xDF28, &signature));
    objects.push(tlv(0xDF29, day(holder.card_expires).as_bytes()));
    objects.push(tlv(0xDF2A, pictures::SECURITY_CODE));
    with_offsets(0xFF20, 0xDF21, &objects)
}

/// EF 0003: what the application is and who issued it, 320 bytes. The last field is a block of
/// 256 bytes under a key identifier; its meaning is not known, and here it is a hash repeated.
pub fn surface_basic_info(holder: &Holder) -> Vec<u8> {
    let block = Sha256::digest(b"TEST block of unknown meaning").repeat(8);
    let fields = [
        tlv(0xDF31, &IDENTIFICATION),
        tlv(0xDF32, PUBLIC_KEY_ID.as_bytes()),
        tlv(0xDF33, &[0]),
        tlv(0xDF34, holder.municipality.as_bytes()),
        tlv(0xDF35, &[&BLOCK_KEY_ID.as_bytes()[..], &block].concat()),
    ];
    tlv(0xFF30, &fields.concat())
}

/// EF 0004: the certificate of the key that signed the files here, 568 bytes.
pub fn surface_certificate(holder: &Holder) -> Vec<u8> {
    let issuer = KeyId::of_municipality(&holder.municipality, *b"21", *b"000", 0);
    let subject = (issuer, Role::SurfaceIssuer);
    CardVerifiable { issuer: (ROOT_KEY_ID, Role::SurfaceRoot), subject }.file()
}

/// EF 0005: the individual number as printed, under a signature of its own. The picture is the same
/// on every card, so this needs no holder.
pub fn number_image() -> Vec<u8> {
    let signed = [tlv_long(0xDF41, pictures::NUMBER), own_key(0xDF42)].concat();
    tlv(0xFF40, &with_signature(Role::SurfaceIssuer, 0xDF43, signed))
}

/// The public half of the application's own key, for whoever asks the card to prove itself.
fn own_key(tag: u16) -> Vec<u8> {
    tlv(tag, &public_key(key(Role::Surface)))
}

/// One DigestInfo around the hashes of all groups: 115 bytes for three. It says SHA-256 and is
/// three times as long as that.
fn signature_of(groups: &[Vec<Vec<u8>>; 3]) -> Vec<u8> {
    // SEQUENCE { SEQUENCE { OID sha256, NULL }, OCTET STRING of 96 bytes }
    const AROUND: [u8; 19] = [
        0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x60,
    ];
    let mut block = AROUND.to_vec();
    for group in groups {
        block.extend(Sha256::digest(group.concat()));
    }
    let issuer = key(Role::SurfaceIssuer);
    issuer.sign(SignatureMode::Verbatim, &block).expect("115 bytes are fewer than 245")
}
