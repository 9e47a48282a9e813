//! Tag, length, value, as the transparent files of a card hold them.

/// One object in the shortest form: the tag in one or two bytes, then the length in one, two or
/// three, or five where something is longer than any file of a card.
pub(crate) fn tlv(tag: u16, value: &[u8]) -> Vec<u8> {
    let length = value.len();
    let [high, low] = (length as u16).to_be_bytes();
    let length = match length {
        0..0x80 => vec![low],
        0x80..0x100 => vec![0x81, low],
        0x100..0x1_0000 => vec![0x82, high, low],
        _ => [&[0x84][..], &(length as u32).to_be_bytes()].concat(),
    };
    [tag_bytes(tag), length, value.to_vec()].concat()
}

/// The same with the length always in three bytes, which some fields have on surveyed cards
/// whatever their length is.
pub(crate) fn tlv_long(tag: u16, value: &[u8]) -> Vec<u8> {
    match u16::try_from(value.len()) {
        Ok(length) => {
            let [high, low] = length.to_be_bytes();
            [tag_bytes(tag), vec![0x82, high, low], value.to_vec()].concat()
        }
        Err(_) => tlv(tag, value),
    }
}

/// `outer` around a table and the objects. The table holds two bytes an object: where it starts,
/// counted from the first byte of the file, or FFFF if that is further away than a card is large.
pub(crate) fn with_offsets(outer: u16, table: u16, objects: &[Vec<u8>]) -> Vec<u8> {
    let rest: usize = objects.iter().map(Vec::len).sum();
    let table_length = tlv(table, &vec![0; 2 * objects.len()]).len();
    let body_length = table_length + rest;
    let header_length = tlv(outer, &vec![0; body_length]).len() - body_length;

    let mut at = header_length + table_length;
    let mut offsets = Vec::with_capacity(2 * objects.len());
    for object in objects {
        let offset = u16::try_from(at).unwrap_or(u16::MAX);
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
    fn what_no_card_could_hold_still_has_a_length() {
        let large = vec![7; 0x0001_0203];
        assert_eq!(tlv(0xDF27, &large)[..8], [0xDF, 0x27, 0x84, 0, 1, 2, 3, 7]);
        assert_eq!(tlv_long(0xDF27, &large), tlv(0xDF27, &large));
        let file = with_offsets(0xFF20, 0xDF21, &[large, vec![9]]);
        // Header 7, table 3 + 4; then the second object, out of reach.
        assert_eq!(file[7..14], [0xDF, 0x21, 4, 0, 14, 0xFF, 0xFF]);
    }

    #[test]
    fn a_table_of_offsets_counts_from_the_first_byte_of_the_file() {
        let objects = [vec![0xC1, 1, 9], vec![0xC2, 2, 8, 8]];
        // Header 3, table 3 + 4: the first object is at 10, the second at 13.
        let expected = [0xFF, 0x20, 14, 0xDF, 0x21, 4, 0, 10, 0, 13, 0xC1, 1, 9, 0xC2, 2, 8, 8];
        assert_eq!(with_offsets(0xFF20, 0xDF21, &objects), expected);
    }
}
