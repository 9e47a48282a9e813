//! What is written on a card, from the person it belongs to: one function for each file and each
//! data object.
//!
//! Layouts and lengths are those that public surveys of cards describe; where a survey could not
//! tell what something is, it has the right length and says TEST, and its function says so. The
//! functions work everything out anew at each call, signatures included; a card keeps what it has
//! read once.

mod common;
mod data_object;
pub(crate) mod holder;
mod jpki;
mod pictures;
mod surface;
mod text;
pub(crate) mod tlv;

use crate::pki::{Role, key};
use tlv::tlv;

pub use common::{common_record, key_reference_record};
pub use data_object::get_data;
pub use holder::{CertificateData, Holder, Sex};
pub use jpki::{certificates_present, token_info};
pub use pictures::{test_photo, test_photo_of};
pub use surface::{age_record, card_face, number_image, surface_basic_info, surface_certificate};
pub use text::{
    attributes, integrity, number, session_public_key, signed_public_key, text_basic_info,
    text_certificate,
};

/// The objects that are signed and, under the tag, the issuer's signature over them.
fn with_signature(issuer: Role, tag: u16, signed: Vec<u8>) -> Vec<u8> {
    let signature = key(issuer).sign_file(&signed);
    [signed, tlv(tag, &signature)].concat()
}
