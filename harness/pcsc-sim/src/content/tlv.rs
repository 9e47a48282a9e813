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

/// The same with the length always in three bytes, which some fields have on surveyed cards
/// whatever their length is.
pub(crate) fn tlv_long(tag: u16, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("a card has no longer file");
    [tag_bytes(tag), vec![0x82], length.to_be_bytes().to_vec(), value.to_vec()].concat()
}

/// `outer` around a table and the objects. The table holds two bytes an object: where it starts,
/// counted from the first byte of the file.
pub(crate) fn with_offsets(outer: u16, table: u16, objects: &[Vec<u8>]) -> Vec<u8> {
    let rest: usize = objects.iter().map(Vec::len).sum();
    let table_length = tlv(table, &vec![0; 2 * objects.len()]).len();
    let body_length = table_length + rest;
    let header_length = tlv(outer, &vec![0; body_length]).len() - body_length;

    let mut at = header_length + table_length;
    let mut offsets = Vec::with_capacity(2 * objects.len());
    for object in objects {
        let offset = u16::try_from(at).expect("a card has no longer file");
        offsets.extend(offset.to_be_bytes());
        at += object.len();
    }
    tlv(outer, &[tlv(table, &offsets), objects.concat()].concat())
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
        assert_eq!(tlv_long(0xDF25, &[7])[..6], [0xDF, 0x25, 0x82, 0x00, 0x01, 7]);
    }

    #[test]
    fn a_table_of_offsets_counts_from_the_first_byte_of_the_file() {
        let objects = [vec![0xC1, 1, 9], vec![0xC2, 2, 8, 8]];
        // Header 3, table 3 + 4: the first object is at 10, the second at 13.
        let expected = [0xFF, 0x20, 14, 0xDF, 0x21, 4, 0, 10, 0, 13, 0xC1, 1, 9, 0xC2, 2, 8, 8];
        assert_eq!(with_offsets(0xFF20, 0xDF21, &objects), expected);
    }
}
