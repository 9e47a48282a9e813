//! The records of the common and the resident-register application (共通カードAP, 住基AP).

use super::Holder;
use super::holder::day;
use crate::pki::KeyId;

/// Names a key of both applications; which one is not known.
pub(super) const KEY_ID: KeyId = KeyId::new(*b"6999010", *b"001", 0);

/// Record 1 of EF 0001 of the common application, 30 bytes: tag, length, and digits for the card's
/// number (15), the municipality (5) and the expiry (8).
pub fn common_record(holder: &Holder) -> Vec<u8> {
    let digits =
        [holder.card_number(), holder.municipality.clone(), day(holder.card_expires)].concat();
    record(digits.as_bytes())
}

/// Record 1 of EF 0002 of either application: a key identifier of 16 bytes. That it has a tag and
/// a length before it, as the other record has, is a guess.
pub fn key_reference_record() -> Vec<u8> {
    record(KEY_ID.as_bytes())
}

/// Records are tag 01, one byte of length, value; longer than 254 bytes none is.
fn record(value: &[u8]) -> Vec<u8> {
    let length = value.len().min(0xFE);
    [&[0x01, length as u8], &value[..length]].concat()
}
