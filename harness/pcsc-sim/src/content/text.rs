//! The files of the text application (券面事項入力補助AP): what is printed, as text.

use sha2::{Digest, Sha256};

use super::holder::day;
use super::tlv::{tlv, tlv_long, with_offsets};
use super::{Holder, with_signature};
use crate::pki::{CardVerifiable, KeyId, Role, key, public_key};

/// What a file is filled with up to its size.
const FILLER: u8 = 0xFF;

/// The size of EF 0001: a header of three bytes, twelve digits, two bytes of filler.
const NUMBER_LENGTH: usize = 17;

/// Version of the specification, extended lengths, vendor, vendor's own byte: as surveyed.
const IDENTIFICATION: [u8; 4] = [0x01, 0x03, 0x0E, 0x01];

const PUBLIC_KEY_ID: KeyId = KeyId::new(*b"6999034", *b"001", 0);

const ROOT_KEY_ID: KeyId = KeyId::new(*b"6999033", *b"001", 0);

/// EF 0001: 個人番号, 17 bytes. The filler belongs to the file: its hash is signed with it.
pub fn number(holder: &Holder) -> Vec<u8> {
    let mut file = tlv(0xFF10, holder.individual_number.as_bytes());
    file.resize(NUMBER_LENGTH.max(file.len()), FILLER);
    file
}

/// EF 0002: 基本4情報. Name, address, birth, sex, behind a table of where each begins.
pub fn attributes(holder: &Holder) -> Vec<u8> {
    with_offsets(0xFF20, 0xDF21, &fields(holder))
}

fn fields(holder: &Holder) -> [Vec<u8>; 4] {
    [
        tlv(0xDF22, holder.name.as_bytes()),
        tlv(0xDF23, holder.address.as_bytes()),
        tlv(0xDF24, day(holder.born).as_bytes()),
        tlv(0xDF25, &[holder.sex.digit()]),
    ]
}

/// EF 0003: the hashes of the two files above under one signature, 336 bytes. The first hash is of
/// the whole file, the second of the four fields without header and table.
pub fn integrity(holder: &Holder) -> Vec<u8> {
    let number = Sha256::digest(number(holder));
    let attributes = Sha256::digest(fields(holder).concat());
    let signed = [tlv(0xDF31, &number), tlv(0xDF32, &attributes)].concat();
    tlv(0xFF30, &with_signature(Role::TextIssuer, 0xDF33, signed))
}

/// EF 0004: the certificate of the key that signed the files here, 568 bytes.
pub fn text_certificate(holder: &Holder) -> Vec<u8> {
    let issuer = KeyId::of_municipality(&holder.municipality, *b"31", *b"000", 0);
    let subject = (issuer, Role::TextIssuer);
    CardVerifiable { issuer: (ROOT_KEY_ID, Role::TextRoot), subject }.file()
}

/// EF 0005: what the application is, 164 bytes. The last field is 32 bytes of unknown meaning and
/// filler; here they are a hash.
pub fn text_basic_info() -> Vec<u8> {
    let mut unknown = Sha256::digest(b"TEST field of unknown meaning").to_vec();
    unknown.resize(128, FILLER);
    let fields = [
        tlv(0xDF41, &IDENTIFICATION),
        tlv(0xDF42, PUBLIC_KEY_ID.as_bytes()),
        tlv_long(0xDF43, &unknown),
    ];
    tlv_long(0xFF40, &fields.concat())
}

/// EF 0006: the key under which a terminal sends a session key, 269 bytes.
pub fn session_public_key() -> Vec<u8> {
    tlv(0xA1, &public_key(key(Role::TextSession)))
}

/// EF 0007: the public half of the application's own key under the issuer's signature, 536 bytes.
pub fn signed_public_key() -> Vec<u8> {
    let signed = tlv(0xDF51, &public_key(key(Role::Text)));
    tlv(0xFF50, &with_signature(Role::TextIssuer, 0xDF52, signed))
}
