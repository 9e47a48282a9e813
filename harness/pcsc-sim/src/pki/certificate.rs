//! The frame of an X.509 certificate (RFC 5280, section 4.1) and the signature under it.
//!
//! The fields are the library's. The sequence around them is written out, because the library
//! makes it only for signers of a later generation than our RSA.

use der::asn1::{Any, BitString, OctetString, Uint};
use der::oid::ObjectIdentifier;
use der::{DateTime, Encode, Sequence};
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use x509_cert::certificate::Version;
use x509_cert::ext::Extension;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use x509_cert::time::{Time, Validity};

use super::authority::Authority;
use super::key::TestKey;
use super::name::japanese;

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// Dates that DER can hold, with a day to spare on either side.
const EARLIEST: Date = date(1970, 1, 2);
const LATEST: Date = date(9999, 12, 30);

/// What differs from one certificate to the next.
pub(super) struct Request<'a> {
    pub(super) issuer: Authority,
    pub(super) serial: u32,
    pub(super) not_before: Date,
    pub(super) not_after: Date,
    pub(super) subject: Name,
    pub(super) key: &'a TestKey,
    pub(super) extensions: Vec<Extension>,
}

#[derive(Sequence)]
struct TbsCertificate {
    #[asn1(context_specific = "0", default = "Default::default")]
    version: Version,
    serial_number: SerialNumber,
    signature: AlgorithmIdentifierOwned,
    issuer: Name,
    validity: Validity,
    subject: Name,
    subject_public_key_info: SubjectPublicKeyInfoOwned,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT")]
    extensions: Vec<Extension>,
}

#[derive(Sequence)]
struct Certificate {
    tbs_certificate: TbsCertificate,
    signature_algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

/// RFC 8017, appendix A.1.1.
#[derive(Sequence)]
struct RsaPublicKey {
    modulus: Uint,
    public_exponent: Uint,
}

/// Signs the request with the issuer's key and returns the certificate as DER.
pub(super) fn issue(request: Request) -> der::Result<Vec<u8>> {
    let tbs_certificate = TbsCertificate {
        version: Version::V3,
        serial_number: SerialNumber::from(request.serial),
        signature: algorithm(SHA256_WITH_RSA),
        issuer: japanese(&request.issuer.name())?,
        validity: validity(request.not_before, request.not_after)?,
        subject: request.subject,
        subject_public_key_info: public_key_info(request.key)?,
        extensions: request.extensions,
    };
    let signed = tbs_certificate.to_der()?;
    let signature = request.issuer.key().sign_file(&signed);
    Certificate {
        tbs_certificate,
        signature_algorithm: algorithm(SHA256_WITH_RSA),
        signature: BitString::from_bytes(&signature)?,
    }
    .to_der()
}

/// The identifier of a key: the first 160 bits of the SHA-256 of its encoding (RFC 7093, section
/// 2, method 1). Cards are of the age of SHA-1; nobody can tell, and it saves a hash function.
pub(super) fn key_identifier(key: &TestKey) -> der::Result<OctetString> {
    let hash = Sha256::digest(encoded_key(key)?);
    OctetString::new(&hash[..20])
}

fn public_key_info(key: &TestKey) -> der::Result<SubjectPublicKeyInfoOwned> {
    Ok(SubjectPublicKeyInfoOwned {
        algorithm: algorithm(RSA_ENCRYPTION),
        subject_public_key: BitString::from_bytes(&encoded_key(key)?)?,
    })
}

fn encoded_key(key: &TestKey) -> der::Result<Vec<u8>> {
    let modulus = Uint::new(&key.modulus())?;
    let public_exponent = Uint::new(&key.exponent())?;
    RsaPublicKey { modulus, public_exponent }.to_der()
}

fn algorithm(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid, parameters: Some(Any::null()) }
}

/// From the beginning of the first day in Japan (15:00:00Z of the day before) to the last second
/// of the last day there (14:59:59Z).
fn validity(first: Date, last: Date) -> der::Result<Validity> {
    let (first, last) = (first.clamp(EARLIEST, LATEST), last.clamp(EARLIEST, LATEST));
    let eve = first.yesterday().unwrap_or(first);
    Ok(Validity::new(Time::from(utc(eve, 15, 0, 0)?), Time::from(utc(last, 14, 59, 59)?)))
}

fn utc(day: Date, hour: u8, minute: u8, second: u8) -> der::Result<DateTime> {
    // Within the range of `validity` none of these is negative.
    let [year, month, day] =
        [day.year(), day.month().into(), day.day().into()].map(i16::unsigned_abs);
    DateTime::new(year, month as u8, day as u8, hour, minute, second)
}
