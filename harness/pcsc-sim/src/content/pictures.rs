//! The pictures of a card, drawn once and the same on every card: each says TEST.
//!
//! Their formats and sizes are those of a surveyed card: PNG of one bit a pixel for the printed
//! fields, JPEG 2000 in grey for the photograph.

/// 氏名, 216 × 12.
pub(super) const NAME: &[u8] = include_bytes!("pictures/name.png");

/// 住所, 216 × 24.
pub(super) const ADDRESS: &[u8] = include_bytes!("pictures/address.png");

/// 個人番号, 72 × 12. It does not show the holder's digits.
pub(super) const NUMBER: &[u8] = include_bytes!("pictures/number.png");

/// セキュリティコード, 24 × 12. It does not show the holder's digits.
pub(super) const SECURITY_CODE: &[u8] = include_bytes!("pictures/security-code.png");

/// A drawn face, 192 × 240, for holders who have a photograph: 1,881 bytes of JPEG 2000.
pub fn test_photo() -> Vec<u8> {
    include_bytes!("pictures/photo.jp2").to_vec()
}

/// The same picture as somebody's own: a box of XML (ISO/IEC 15444-1, I.7.1) behind the drawing
/// names whose it is, so that pictures of two people differ.
pub fn test_photo_of(name: &str) -> Vec<u8> {
    let text = format!("<TEST>{name}</TEST>");
    let length = u32::try_from(text.len() + 8).unwrap_or(u32::MAX);
    [&test_photo()[..], &length.to_be_bytes(), b"xml ", text.as_bytes()].concat()
}
