//! The face of the card (券面, surface application EF 0002): where in it the photograph is.

/// Tag of the card face.
const CARD_FACE: [u8; 2] = [0xFF, 0x20];
/// Tag of the photograph in it, JPEG 2000.
const PHOTO: [u8; 2] = [0xDF, 0x27];

/// How many bytes a file has that begins with its own tag and length, both included; `None` if
/// what is there is no such beginning. Certificates and the card face are such files.
pub(super) fn length(beginning: &[u8]) -> Option<usize> {
    let (header, content) = header(beginning)?;
    Some(header + content)
}

/// The photograph in a card face; none where the card has none. `None` if it is no card face.
pub(super) fn photo(file: &[u8]) -> Option<Option<Vec<u8>>> {
    let (start, _) = header(file).filter(|_| file.starts_with(&CARD_FACE))?;
    let mut rest = file.get(start..)?;
    while !rest.is_empty() {
        let (before, content) = header(rest)?;
        let value = rest.get(before..before + content)?;
        if rest.starts_with(&PHOTO) {
            return Some(Some(value.to_vec()).filter(|photo| !photo.is_empty()));
        }
        rest = rest.get(before + content..)?;
    }
    Some(None)
}

/// The length of tag and length field together, and of the content they announce.
fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    // A tag whose low five bits are set has a second byte.
    let tag = if bytes.first()? & 0x1F == 0x1F { 2 } else { 1 };
    let first = *bytes.get(tag)?;
    if first < 0x80 {
        return Some((tag + 1, usize::from(first)));
    }
    let count = usize::from(first & 0x7F);
    let digits = bytes.get(tag + 1..tag + 1 + count).filter(|_| (1..=2).contains(&count))?;
    let content = digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit));
    Some((tag + 1 + count, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_one_two_or_three_bytes() {
        assert_eq!(length(&[0x30, 0x05]), Some(7));
        assert_eq!(length(&[0x30, 0x81, 0x80]), Some(131));
        assert_eq!(length(&[0x30, 0x82, 0x05, 0xDC]), Some(1504));
        assert_eq!(length(&[0xFF, 0x20, 0x82, 0x0B, 0xF9]), Some(5 + 0x0BF9));
        for short in [&[][..], &[0x30], &[0x30, 0x80], &[0x30, 0x82, 5], &[0x30, 0x83, 0, 0, 1]] {
            assert_eq!(length(short), None, "{short:?}");
        }
    }

    #[test]
    fn the_photograph_is_found_among_the_other_parts() {
        let face = [0xFF, 0x20, 0x0A, 0xDF, 0x22, 0x01, 0x58, 0xDF, 0x27, 0x03, 1, 2, 3];
        assert_eq!(photo(&face), Some(Some(vec![1, 2, 3])));
        let without = [0xFF, 0x20, 0x07, 0xDF, 0x22, 0x01, 0x58, 0xDF, 0x27, 0x00];
        assert_eq!(photo(&without), Some(None));
        assert_eq!(photo(&[0x30, 0x03, 1, 2, 3]), None);
        assert_eq!(photo(&face[..9]), None, "cut off in the middle");
    }
}
