//! What GET DATA answers while no application is selected.

use super::Holder;
use super::common::KEY_ID;
use super::holder::day;
use super::tlv::tlv;
use crate::pki::{CardVerifiable, KeyId, Role};

const ROOT_KEY_ID: KeyId = KeyId::new(*b"6999020", *b"001", 0xA8);

const LOWER_KEY_ID: KeyId = KeyId::new(*b"6999050", *b"001", 0x40);

/// Card recognition data of GlobalPlatform (card specification 2.1.1, appendix F): under the arc
/// 1.2.840.114283 the version of card management, the way of identifying the card, and secure
/// channel protocol 02.
const RECOGNITION: [u8; 47] = [
    0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x01, // GlobalPlatform
    0x60, 0x0C, 0x06, 0x0A, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x02, 0x02, 0x01,
    0x01, // 2.1.1
    0x63, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x03, // identification
    0x64, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x04, 0x02, // SCP 02 …
    0x15, // … option 15
];

/// The value of a data object without its tag, or nothing where the card answers 6A88.
///
/// The answer to reset at the contacts (5F51) is a matter of the chip, not of the holder, and is
/// not among them.
pub fn get_data(tag: u16, holder: &Holder) -> Option<Vec<u8>> {
    Some(match tag {
        0x0042 => KEY_ID.as_bytes().to_vec(),
        0x0045 => holder.card_number().into_bytes(),
        0x0066 => tlv(0x73, &RECOGNITION),
        0x00F0 => holder.municipality.clone().into_bytes(),
        0x00F2 => day(holder.card_expires).into_bytes(),
        0x00F7 => intermediate(holder).as_bytes().to_vec(),
        0x00F8 => upper(holder).data_object(),
        0x7F21 => lower(holder).data_object(),
        _ => return None,
    })
}

/// The root certifies the municipality's intermediate key.
fn upper(holder: &Holder) -> CardVerifiable {
    let subject = (intermediate(holder), Role::CardIntermediate);
    CardVerifiable { issuer: (ROOT_KEY_ID, Role::CardRoot), subject }
}

/// The intermediate certifies one more key.
fn lower(holder: &Holder) -> CardVerifiable {
    let issuer = (intermediate(holder), Role::CardIntermediate);
    CardVerifiable { issuer, subject: (LOWER_KEY_ID, Role::CardLower) }
}

fn intermediate(holder: &Holder) -> KeyId {
    KeyId::of_municipality(&holder.municipality, *b"30", *b"002", 0x98)
}
