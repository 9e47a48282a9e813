//! Who is certified, and the certificates of the two authorities.

use std::sync::OnceLock;

use jiff::civil::{Date, date};

use super::authority::Authority;
use super::certificate::{Request, issue};
use super::extensions;
use super::key::{TestKey, signature_key, user_key};
use super::name::{COMMON_NAME, LOCALITY, japanese};
use crate::content::{CertificateData, Holder};

/// One generation of authorities serves every year that a scenario may play in. Real ones last
/// ten years, and a new key comes about every four, under the same name.
const CA_NOT_BEFORE: Date = date(2015, 10, 20);
const CA_NOT_AFTER: Date = date(2045, 10, 19);

/// What subjects end in after the municipality: seen on test cards, meaning unknown.
const TAIL: &str = "003A";

const ENCODES: &str = "a few kilobytes of names and dates have an encoding";

/// The certificate of the authority for user authentication (EF 000B), DER.
pub fn authentication_ca() -> &'static [u8] {
    static DER: OnceLock<Vec<u8>> = OnceLock::new();
    DER.get_or_init(|| self_signed(Authority::Authentication).expect(ENCODES))
}

/// The certificate of the authority for signatures (EF 0002), DER.
pub fn signature_ca() -> &'static [u8] {
    static DER: OnceLock<Vec<u8>> = OnceLock::new();
    DER.get_or_init(|| self_signed(Authority::Signature).expect(ENCODES))
}

/// The holder's user-authentication certificate (EF 000A), DER: about 1,600 bytes.
///
/// Signs anew at every call; whoever reads it often keeps it. Dates before 1970 are moved there.
pub fn issue_authentication(holder: &Holder) -> Vec<u8> {
    let data = holder.authentication;
    let key = user_key(data.key);
    let common_name = format!("TEST{:010}{}{TAIL}", data.serial, holder.municipality);
    let certificate = japanese(&[(COMMON_NAME, &common_name)]).and_then(|subject| {
        let extensions = extensions::of_authentication(holder, key)?;
        issue(request(Authority::Authentication, data, subject, key, extensions))
    });
    certificate.expect(ENCODES)
}

/// The holder's signature certificate (EF 0001), DER, where there is one: about 1,760 bytes, more
/// with a longer address.
pub fn issue_signature(holder: &Holder) -> Option<Vec<u8>> {
    let data = holder.signature?;
    let key = signature_key(data.key);
    let day = data.not_before.strftime("%Y%m%d");
    let common_name = format!("{day}TEST{:08X}{}{TAIL}", data.serial, holder.municipality);
    let subject = japanese(&[
        (LOCALITY, &holder.prefecture_roman),
        (LOCALITY, &holder.city_roman),
        (COMMON_NAME, &common_name),
    ]);
    let certificate = subject.and_then(|subject| {
        let extensions = extensions::of_signature(holder, key)?;
        issue(request(Authority::Signature, data, subject, key, extensions))
    });
    Some(certificate.expect(ENCODES))
}

fn request(
    issuer: Authority,
    data: CertificateData,
    subject: x509_cert::name::Name,
    key: &TestKey,
    extensions: Vec<x509_cert::ext::Extension>,
) -> Request<'_> {
    let CertificateData { serial, not_before, not_after, .. } = data;
    Request { issuer, serial, not_before, not_after, subject, key, extensions }
}

fn self_signed(authority: Authority) -> der::Result<Vec<u8>> {
    issue(Request {
        issuer: authority,
        serial: authority.serial(),
        not_before: CA_NOT_BEFORE,
        not_after: CA_NOT_AFTER,
        subject: japanese(&authority.name())?,
        key: authority.key(),
        extensions: extensions::of_authority(authority)?,
    })
}
