//! Tag, length, value, as the transparent files of a card hold them.

/// One object in the shortest form: the tag in one or two bytes, then the length in one, two or
/// three.
///
/// # Panics
///
/// When the value is longer than 65,535 bytes; no file of a card is.
pub(crate) fn tlv(tag: u16, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("a card has no longer file");
    let [high, low] = length.to_be_bytes();
    let length = match length {
        0..0x80 => vec![low],
        0x80..0x100 => vec![0x81, low],
        _ => vec![0x82, high, low],
    };
    [tag_bytes(tag), length, value.to_vec()].concat()
}

fn tag_bytes(tag: u16) -> Vec<u8> {
    let [high, low] = tag.to_be_bytes();
    if high == 0 { vec![low] } else { vec![high, low] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_take_one_two_or_three_bytes() {
        assert_eq!(tlv(0x90, &[1, 0, 1]), [0x90, 3, 1, 0, 1]);
        assert_eq!(tlv(0xDF22, &[7; 127])[..4], [0xDF, 0x22, 0x7F, 7]);
        assert_eq!(tlv(0xDF22, &[7; 128])[..5], [0xDF, 0x22, 0x81, 0x80, 7]);
        assert_eq!(tlv(0xDF22, &[7; 256])[..6], [0xDF, 0x22, 0x82, 0x01, 0x00, 7]);
    }
}
