//! Distinguished names, in the order and with the string types of the test cards.

use der::asn1::{Any, PrintableStringRef, Utf8StringRef};
use der::oid::ObjectIdentifier;
use der::{Decode, Encode};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

pub(super) const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
pub(super) const LOCALITY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.7");
pub(super) const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
pub(super) const UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");

/// `C=JP` as PrintableString, then the given attributes as UTF8String, one to a level.
pub(super) fn japanese(attributes: &[(ObjectIdentifier, &str)]) -> der::Result<Name> {
    let mut sequence = RdnSequence::default();
    let country = Any::encode_from(&PrintableStringRef::new("JP")?)?;
    sequence.push(level(COUNTRY, country)?);
    for (oid, text) in attributes {
        sequence.push(level(*oid, Any::encode_from(&Utf8StringRef::new(text)?)?)?);
    }
    Name::from_der(&sequence.to_der()?)
}

/// The name where a list of alternatives wants one.
pub(super) fn directory(attributes: &[(ObjectIdentifier, &str)]) -> der::Result<GeneralName> {
    Ok(GeneralName::DirectoryName(japanese(attributes)?))
}

fn level(oid: ObjectIdentifier, value: Any) -> der::Result<RelativeDistinguishedName> {
    vec![AttributeTypeAndValue { oid, value }].try_into()
}
