//! Which protocols a card offers in its answer to reset.

use super::flags::Protocols;
use super::kinds::Protocol;

const DIRECT_CONVENTION: u8 = 0x3B;
const INVERSE_CONVENTION: u8 = 0x3F;

/// The protocols of an answer to reset by ISO/IEC 7816-3: the low half of each TDi names one,
/// its high half tells which interface bytes follow. Nothing if it is no answer to reset.
fn offered(atr: &[u8]) -> Option<Protocols> {
    let [DIRECT_CONVENTION | INVERSE_CONVENTION, t0, interface @ ..] = atr else {
        return None;
    };
    let mut offered = Protocols::empty();
    let mut following = t0 >> 4;
    let mut rest = interface;
    while following & 0b1000 != 0 {
        // TDi stands behind those of TAi, TBi, TCi that are there.
        let before = (following & 0b0111).count_ones() as usize;
        let td = *rest.get(before)?;
        rest = &rest[before + 1..];
        following = td >> 4;
        match td & 0x0F {
            0 => offered |= Protocols::T0,
            1 => offered |= Protocols::T1,
            _ => {}
        }
    }
    Some(if offered.is_empty() { Protocols::T0 } else { offered })
}

/// The protocol that a service agrees on with a card: T=1 before T=0, RAW if nothing else is
/// wanted.
pub(super) fn agree(atr: &[u8], wanted: Protocols) -> Option<Protocol> {
    let common = offered(atr)? & wanted;
    if common.contains(Protocols::T1) {
        Some(Protocol::T1)
    } else if common.contains(Protocols::T0) {
        Some(Protocol::T0)
    } else {
        wanted.contains(Protocols::RAW).then_some(Protocol::RAW)
    }
}

/// The flag of a protocol.
pub(super) const fn flag(protocol: Protocol) -> Protocols {
    match protocol {
        Protocol::T0 => Protocols::T0,
        Protocol::T1 => Protocols::T1,
        Protocol::RAW => Protocols::RAW,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTACTLESS: [u8; 13] =
        [0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x05, 0xE0, 0xB3, 0x81, 0xA1, 0x00, 0x7F];

    #[test]
    fn a_contactless_my_number_card_speaks_t1() {
        assert_eq!(agree(&CONTACTLESS, Protocols::ANY), Some(Protocol::T1));
        assert_eq!(agree(&CONTACTLESS, Protocols::T0), Some(Protocol::T0));
        assert_eq!(agree(&CONTACTLESS, Protocols::RAW), Some(Protocol::RAW));
        assert_eq!(agree(&CONTACTLESS, Protocols::UNDEFINED), None);
    }

    #[test]
    fn the_contact_interface_offers_what_its_interface_bytes_say() {
        // TB1 00, TC1 FF, TD1 81: T=1; TD2 31: T=1 again, no TD3.
        let atr = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];
        assert_eq!(offered(&atr), Some(Protocols::T1));
        assert_eq!(offered(&[0x3B, 0x00]), Some(Protocols::T0));
    }

    #[test]
    fn nonsense_offers_nothing() {
        assert_eq!(offered(&[0xFF; 4]), None);
        assert_eq!(offered(&[0x3B]), None);
        assert_eq!(offered(&[0x3B, 0x80]), None);
    }
}
