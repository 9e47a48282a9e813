//! The free files of the JPKI application. Its certificates are issued in [`crate::pki`].

use super::Holder;
use crate::Carrier;

/// What EF 0008 says of a certificate that is there.
const PRESENT: u8 = 0x8F;

/// What it says of one that is not: a guess, only cards with both have been surveyed.
const ABSENT: u8 = 0x00;

const MANUFACTURER: &str = "PCSC-SIM TEST";
const MODEL: &str = "TEST CARD";

/// Random numbers, login required, PIN initialised, token initialised.
const FLAGS: u32 = 0x0000_040D;

/// Sessions at most, sessions now, the same for writing, then PIN lengths at most and at least.
const COUNTS: [u32; 6] = [1, 0, 1, 0, 16, 6];

/// Public and private memory, total and free: not said.
const MEMORY: [u32; 4] = [u32::MAX; 4];

/// EF 0006, 160 bytes: a CK_TOKEN_INFO of PKCS #11 with integers of four bytes, the highest first.
///
/// `serial` is cut or filled to 16 characters. The rest is as surveyed but for the texts: versions
/// `03` and `01` in ASCII, a time of nines.
pub fn token_info(carrier: Carrier, serial: &str) -> [u8; 160] {
    let mut file = [b' '; 160];
    put_text(&mut file[0..32], carrier.label());
    put_text(&mut file[32..64], MANUFACTURER);
    put_text(&mut file[64..80], MODEL);
    put_text(&mut file[80..96], serial);
    let words = [FLAGS].into_iter().chain(COUNTS).chain(MEMORY);
    for (place, word) in file[96..140].chunks_exact_mut(4).zip(words) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    put_text(&mut file[140..144], "0301");
    file[144..160].fill(b'9');
    file
}

fn put_text(field: &mut [u8], text: &str) {
    for (place, byte) in field.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
}

/// EF 0008, 3 bytes: whether there is a signature certificate, whether there is one for user
/// authentication, and a zero.
pub fn certificates_present(holder: &Holder) -> [u8; 3] {
    let signature = if holder.signature.is_some() { PRESENT } else { ABSENT };
    [signature, PRESENT, 0x00]
}
