//! The extensions of the certificates, as they were seen on test cards.

use der::Encode;
use der::asn1::{Any, Ia5String, Utf8StringRef};
use der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::certpolicy::{PolicyInformation, PolicyQualifierInfo};
use x509_cert::ext::pkix::crl::dp::DistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName, OtherName};
use x509_cert::ext::pkix::{
    AccessDescription, AuthorityInfoAccessSyntax, AuthorityKeyIdentifier, BasicConstraints,
    CertificatePolicies, CrlDistributionPoints, ExtendedKeyUsage, IssuerAltName, KeyUsage,
    KeyUsages, SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::serial_number::SerialNumber;

use super::authority::{Authority, SERVICE, TEST};
use super::certificate::key_identifier;
use super::key::TestKey;
use super::name::{COMMON_NAME, ORGANIZATION, UNIT, directory, japanese};
use crate::content::Holder;
use crate::content::holder::Era;

const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");
const CPS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.2.1");
const OCSP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1");

/// Where the real policy is published.
const CPS_URI: &str = "http://www.jpki.go.jp/cps.html";

/// As long as the host of the real test service. Nobody can own a name under `invalid`, so no
/// software under test asks a real responder about a card that does not exist.
const OCSP_URI: &str = "http://test-ocspauthnorm.jpki.invalid";

const CRL_UNIT: &str = "CRL Distribution Points";

/// The arc of the holder's attributes in a signature certificate.
const ATTRIBUTES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5");

/// One mark a character: 0, it is the character itself and stands for no other.
const NOT_SUBSTITUTED: &str = "0";

/// Of a self-signed authority.
pub(super) fn of_authority(authority: Authority) -> der::Result<Vec<Extension>> {
    let usage = KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign);
    let constraints = BasicConstraints { ca: true, path_len_constraint: None };
    let names = SubjectAltName(vec![in_japanese(authority)?]);
    let crl = japanese(&authority.name())?;
    Ok(vec![
        critical(&usage)?,
        plain(&names)?,
        critical(&constraints)?,
        plain(&distribution(GeneralName::DirectoryName(crl)))?,
        plain(&SubjectKeyIdentifier(key_identifier(authority.key())?))?,
    ])
}

/// Of a user-authentication certificate: it names nobody.
pub(super) fn of_authentication(holder: &Holder, key: &TestKey) -> der::Result<Vec<Extension>> {
    let issuer = Authority::Authentication;
    let access = AccessDescription {
        access_method: OCSP,
        access_location: GeneralName::UniformResourceIdentifier(Ia5String::new(OCSP_URI)?),
    };
    Ok(vec![
        critical(&KeyUsage(KeyUsages::DigitalSignature.into()))?,
        plain(&ExtendedKeyUsage(vec![CLIENT_AUTH]))?,
        critical(&policies(issuer)?)?,
        plain(&issuer_names(issuer)?)?,
        plain(&distribution(crl_of(issuer, holder)?))?,
        plain(&AuthorityInfoAccessSyntax(vec![access]))?,
        plain(&authority_key(issuer)?)?,
        plain(&SubjectKeyIdentifier(key_identifier(key)?))?,
    ])
}

/// Of a signature certificate: it carries the four attributes (基本4情報).
pub(super) fn of_signature(holder: &Holder, key: &TestKey) -> der::Result<Vec<Extension>> {
    let issuer = Authority::Signature;
    let usage = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation);
    Ok(vec![
        critical(&usage)?,
        plain(&attributes(holder)?)?,
        critical(&policies(issuer)?)?,
        plain(&issuer_names(issuer)?)?,
        plain(&distribution(crl_of(issuer, holder)?))?,
        plain(&authority_key(issuer)?)?,
        plain(&SubjectKeyIdentifier(key_identifier(key)?))?,
    ])
}

fn critical<T: AssociatedOid + Encode>(value: &T) -> der::Result<Extension> {
    Ok(Extension { critical: true, ..plain(value)? })
}

fn plain<T: AssociatedOid + Encode>(value: &T) -> der::Result<Extension> {
    let extn_value = der::asn1::OctetString::new(value.to_der()?)?;
    Ok(Extension { extn_id: T::OID, critical: false, extn_value })
}

fn policies(issuer: Authority) -> der::Result<CertificatePolicies> {
    let qualifier = PolicyQualifierInfo {
        policy_qualifier_id: CPS,
        qualifier: Some(Any::encode_from(&Ia5String::new(CPS_URI)?)?),
    };
    Ok(CertificatePolicies(vec![PolicyInformation {
        policy_identifier: issuer.policy(),
        policy_qualifiers: Some(vec![qualifier]),
    }]))
}

fn issuer_names(issuer: Authority) -> der::Result<IssuerAltName> {
    Ok(IssuerAltName(vec![in_japanese(issuer)?]))
}

/// The authority's second name.
fn in_japanese(authority: Authority) -> der::Result<GeneralName> {
    directory(&[
        (ORGANIZATION, SERVICE),
        (UNIT, authority.unit_in_japanese()),
        (UNIT, "地方公共団体情報システム機構"),
    ])
}

/// The list of revocations is kept by municipality.
fn crl_of(issuer: Authority, holder: &Holder) -> der::Result<GeneralName> {
    directory(&[
        (ORGANIZATION, TEST),
        (UNIT, issuer.unit()),
        (UNIT, CRL_UNIT),
        (UNIT, &holder.prefecture_roman),
        (COMMON_NAME, &format!("{} CRLDP", holder.city_roman)),
    ])
}

fn distribution(at: GeneralName) -> CrlDistributionPoints {
    CrlDistributionPoints(vec![DistributionPoint {
        distribution_point: Some(DistributionPointName::FullName(vec![at])),
        reasons: None,
        crl_issuer: None,
    }])
}

fn authority_key(issuer: Authority) -> der::Result<AuthorityKeyIdentifier> {
    Ok(AuthorityKeyIdentifier {
        key_identifier: Some(key_identifier(issuer.key())?),
        authority_cert_issuer: Some(vec![directory(&issuer.name())?]),
        authority_cert_serial_number: Some(SerialNumber::from(issuer.serial())),
    })
}

/// Name, birth, sex, address, then for name and address which characters stand for others.
fn attributes(holder: &Holder) -> der::Result<SubjectAltName> {
    let marks = |text: &str| NOT_SUBSTITUTED.repeat(text.chars().count());
    let born = holder.born;
    let birth = format!("{}{}", Era::of(born).code(), born.strftime("%Y%m%d"));
    let sex = char::from(holder.sex.digit()).to_string();
    let names = [
        (1, holder.name.as_str()),
        (4, &birth),
        (3, &sex),
        (5, &holder.address),
        (2, &marks(&holder.name)),
        (6, &marks(&holder.address)),
    ];
    let names = names.map(|(arc, text)| other_name(arc, text));
    Ok(SubjectAltName(names.into_iter().collect::<der::Result<_>>()?))
}

fn other_name(arc: u32, text: &str) -> der::Result<GeneralName> {
    let type_id = ATTRIBUTES.push_arc(arc).map_err(|_| der::ErrorKind::OidMalformed)?;
    let value = Any::encode_from(&Utf8StringRef::new(text)?)?;
    Ok(GeneralName::OtherName(OtherName { type_id, value }))
}
