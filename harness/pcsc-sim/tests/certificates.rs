//! The certificates of the test hierarchy, parsed again and compared with what test cards hold.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod people;

use der::asn1::{PrintableStringRef, Utf8StringRef};
use der::oid::ObjectIdentifier;
use der::{Decode, Encode};
use jiff::civil::date;
use pcsc_sim::content::Holder;
use pcsc_sim::pki::{
    authentication_ca, issue_authentication, issue_signature, signature_ca, signature_key, user_key,
};
use people::hanako;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::{Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectAltName, SubjectKeyIdentifier,
};

fn parsed(der: &[u8]) -> Certificate {
    Certificate::from_der(der).unwrap()
}

fn authentication() -> Certificate {
    parsed(&issue_authentication(&hanako()))
}

fn signature() -> Certificate {
    parsed(&issue_signature(&hanako()).unwrap())
}

fn public_key(certificate: &Certificate) -> RsaPublicKey {
    let info = certificate.tbs_certificate().subject_public_key_info();
    RsaPublicKey::from_pkcs1_der(info.subject_public_key.raw_bytes()).unwrap()
}

fn is_signed_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let hash = Sha256::digest(certificate.tbs_certificate().to_der().unwrap());
    let signature = certificate.signature().raw_bytes();
    public_key(issuer).verify(Pkcs1v15Sign::new::<Sha256>(), &hash, signature).is_ok()
}

/// `oid=text` of every attribute, in order; the country is a PrintableString, the rest UTF8String.
fn written(name: &x509_cert::name::Name) -> Vec<String> {
    let text = |attribute: &x509_cert::attr::AttributeTypeAndValue| match attribute
        .value
        .decode_as::<Utf8StringRef>(
    ) {
        Ok(text) => text.to_string(),
        Err(_) => attribute.value.decode_as::<PrintableStringRef>().unwrap().to_string(),
    };
    name.iter().map(|attribute| format!("{}={}", attribute.oid, text(attribute))).collect()
}

/// The OIDs of the extensions in order, with an exclamation mark on the critical ones.
fn extensions(certificate: &Certificate) -> Vec<String> {
    let all = certificate.tbs_certificate().extensions().unwrap();
    let mark = |critical| if critical { "!" } else { "" };
    all.iter().map(|one| format!("{}{}", one.extn_id, mark(one.critical))).collect()
}

fn extension<T>(certificate: &Certificate) -> T
where
    T: for<'a> Decode<'a, Error = der::Error> + der::oid::AssociatedOid,
{
    certificate.tbs_certificate().get_extension::<T>().unwrap().unwrap().1
}

#[test]
fn each_authority_signed_itself_and_what_it_issued_and_nothing_else() {
    let (auth_ca, sign_ca) = (parsed(authentication_ca()), parsed(signature_ca()));
    assert!(is_signed_by(&auth_ca, &auth_ca) && is_signed_by(&sign_ca, &sign_ca));
    assert!(is_signed_by(&authentication(), &auth_ca));
    assert!(is_signed_by(&signature(), &sign_ca));
    assert!(!is_signed_by(&authentication(), &sign_ca));
    assert!(!is_signed_by(&signature(), &auth_ca));
}

#[test]
fn authorities_are_named_as_on_test_cards() {
    let of_ca = |unit: &str| {
        vec![
            "2.5.4.6=JP".to_owned(),
            "2.5.4.10=JPKI-TEST".to_owned(),
            format!("2.5.4.11={unit}"),
            "2.5.4.11=Japan Agency for Local Authority Information Systems".to_owned(),
        ]
    };
    let authorities = [
        (parsed(authentication_ca()), "JPKI for user authentication"),
        (parsed(signature_ca()), "JPKI for digital signature"),
    ];
    for (authority, unit) in authorities {
        let body = authority.tbs_certificate();
        assert_eq!(written(body.subject()), of_ca(unit));
        assert_eq!(body.issuer(), body.subject());
        assert!(extension::<BasicConstraints>(&authority).ca);
        let usage: KeyUsage = extension(&authority);
        assert!(usage.key_cert_sign() && usage.crl_sign() && !usage.digital_signature());
        // keyUsage, subjectAltName, basicConstraints, CRL distribution points, subject key.
        let expected = ["2.5.29.15!", "2.5.29.17", "2.5.29.19!", "2.5.29.31", "2.5.29.14"];
        assert_eq!(extensions(&authority), expected);
    }
}

#[test]
fn a_user_authentication_certificate_names_nobody_and_carries_what_test_cards_carry() {
    let certificate = authentication();
    let body = certificate.tbs_certificate();
    assert_eq!(body.serial_number().as_bytes(), [0x0A, 0x1B, 0x2C]);
    // TEST, the serial in ten decimal digits (0x0A1B2C = 662316), municipality, 003A.
    assert_eq!(written(body.subject()), ["2.5.4.6=JP", "2.5.4.3=TEST000066231613999003A"]);
    // keyUsage, extKeyUsage, policies, issuerAltName, CRL, access, authority key, subject key.
    let expected = [
        "2.5.29.15!",
        "2.5.29.37",
        "2.5.29.32!",
        "2.5.29.18",
        "2.5.29.31",
        "1.3.6.1.5.5.7.1.1",
        "2.5.29.35",
        "2.5.29.14",
    ];
    assert_eq!(extensions(&certificate), expected);
    let usage: KeyUsage = extension(&certificate);
    assert!(usage.digital_signature() && !usage.non_repudiation());
    assert_eq!(public_key(&certificate), user_key(3).public());
}

#[test]
fn a_signature_certificate_carries_the_four_attributes_and_their_maps() {
    let certificate = signature();
    let subject = written(certificate.tbs_certificate().subject());
    let expected = [
        "2.5.4.6=JP",
        "2.5.4.7=Tokyo-to",
        "2.5.4.7=Kaku-shi",
        "2.5.4.3=20210510TEST000A1B2D13999003A",
    ];
    assert_eq!(subject, expected);

    let attributes: Vec<(String, String)> = extension::<SubjectAltName>(&certificate)
        .0
        .iter()
        .map(|name| match name {
            GeneralName::OtherName(other) => {
                let text = other.value.decode_as::<Utf8StringRef>().unwrap();
                (other.type_id.to_string(), text.to_string())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let arc = |last: u8| format!("1.2.392.200149.8.5.5.{last}");
    let expected = [
        (arc(1), "試験　花子"),
        // 昭和 is the third era.
        (arc(4), "319850412"),
        (arc(3), "2"),
        (arc(5), "東京都架空市試験一丁目２番３号"),
        (arc(2), "00000"),
        (arc(6), "000000000000000"),
    ];
    assert_eq!(attributes, expected.map(|(oid, text)| (oid, text.to_owned())));
    let usage: KeyUsage = extension(&certificate);
    assert!(usage.digital_signature() && usage.non_repudiation());
    assert_eq!(public_key(&certificate), signature_key(5).public());
}

#[test]
fn every_certificate_ends_with_the_last_second_of_a_japanese_day() {
    for certificate in
        [authentication(), signature(), parsed(authentication_ca()), parsed(signature_ca())]
    {
        let validity = certificate.tbs_certificate().validity();
        let end = validity.not_after.to_date_time();
        assert_eq!((end.hour(), end.minutes(), end.seconds()), (14, 59, 59));
    }
    let body = authentication();
    let validity = body.tbs_certificate().validity();
    assert_eq!(validity.not_after.to_string(), "2026-04-12T14:59:59Z");
    // 10 May in Japan begins at 15:00 of 9 May in Greenwich.
    assert_eq!(validity.not_before.to_string(), "2021-05-09T15:00:00Z");
}

#[test]
fn key_identifiers_lead_from_the_certificate_to_its_authority() {
    let authority = parsed(authentication_ca());
    let below: AuthorityKeyIdentifier = extension(&authentication());
    let above: SubjectKeyIdentifier = extension(&authority);
    assert_eq!(below.key_identifier.unwrap(), above.0);
    let serial = authority.tbs_certificate().serial_number().clone();
    assert_eq!(below.authority_cert_serial_number.unwrap(), serial);
}

#[test]
fn policies_are_those_of_test_cards() {
    let policy = |certificate: &Certificate| {
        let all: x509_cert::ext::pkix::CertificatePolicies = extension(certificate);
        all.0[0].policy_identifier
    };
    let oid = ObjectIdentifier::new_unwrap;
    assert_eq!(policy(&authentication()), oid("1.2.392.200149.8.5.1.0.30"));
    assert_eq!(policy(&signature()), oid("1.2.392.200149.8.5.1.0.20"));
}

#[test]
fn sizes_are_those_of_real_certificates() {
    let near = |bytes: usize, surveyed: usize| bytes.abs_diff(surveyed) <= 40;
    assert!(near(authentication_ca().len(), 1_320) && near(signature_ca().len(), 1_320));
    assert!(near(issue_authentication(&hanako()).len(), 1_590));
    assert!(near(issue_signature(&hanako()).unwrap().len(), 1_760));
}

#[test]
fn issuing_twice_gives_the_same_bytes() {
    assert_eq!(issue_authentication(&hanako()), issue_authentication(&hanako()));
    assert_eq!(issue_signature(&hanako()), issue_signature(&hanako()));
}

#[test]
fn a_holder_without_a_signature_certificate_gets_none() {
    assert_eq!(issue_signature(&Holder { signature: None, ..hanako() }), None);
}

#[test]
fn nonsense_in_a_holder_still_makes_a_certificate() {
    let mut holder = hanako();
    holder.authentication.not_before = jiff::civil::Date::MIN;
    holder.authentication.not_after = jiff::civil::Date::MAX;
    holder.authentication.serial = u32::MAX;
    holder.municipality = "\u{0}, CN=".into();
    holder.city_roman = String::new();
    holder.born = date(-44, 3, 15);
    let certificate = parsed(&issue_authentication(&holder));
    // A leading zero keeps the INTEGER positive.
    assert_eq!(
        certificate.tbs_certificate().serial_number().as_bytes(),
        [0x00, 0xFF, 0xFF, 0xFF, 0xFF]
    );
    let begin = certificate.tbs_certificate().validity().not_before;
    assert_eq!(begin.to_string(), "1970-01-01T15:00:00Z");
    assert!(issue_signature(&holder).is_some());
}
