//! The virtual card as an independent client of real cards sees it: the crate `myna-card`, which
//! decodes every file strictly and checks every signature, talks to it without a reader between.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use myna_card::ap::common::CommonAp;
use myna_card::ap::jpki::{JpkiAp, SignatureScheme, TokenType};
use myna_card::ap::juki::JukiAp;
use myna_card::ap::surface::SurfaceAp;
use myna_card::ap::text::{self, TextAp};
use myna_card::data::{
    CardVerifiableCertificate, Date, ImageFormat, RsaPublicKey, Sex, sha256, verification_code_b,
};
use myna_card::mf::{MasterFile, tag};
use myna_card::{Card, Certificate, Error, Pin, Retries, Transmit};
use pcsc_sim::chip::Chip;
use pcsc_sim::content::Holder;
use pcsc_sim::pki::{Role, key};
use pcsc_sim::{Profile, SmartCard};

/// The chip where the client expects a reader.
struct Bare(Chip);

impl Transmit for Bare {
    fn transmit(&mut self, command: &[u8]) -> myna_card::Result<Vec<u8>> {
        Ok(self.0.apdu(command))
    }
}

fn card(profile: &str) -> Card<Bare> {
    let mut chip = Chip::of(Profile::named(profile).unwrap());
    chip.power_on();
    Card::new(Bare(chip))
}

fn holder(profile: &str) -> Holder {
    Profile::named(profile).unwrap().sample().clone()
}

fn pin(text: &str) -> Pin {
    Pin::new(text).unwrap()
}

fn day(day: jiff::civil::Date) -> Date {
    Date {
        year: day.year().unsigned_abs(),
        month: day.month().unsigned_abs(),
        day: day.day().unsigned_abs(),
    }
}

/// A root as whoever verifies cards has it from elsewhere.
fn root(role: Role) -> RsaPublicKey {
    RsaPublicKey { exponent: key(role).exponent(), modulus: key(role).modulus() }
}

#[test]
fn the_master_file_answers_with_a_chain_that_leads_to_the_test_root() {
    let mut card = card("adult");
    let mut master = MasterFile::new(&mut card);
    let chain = master.certificate_chain().unwrap();
    assert_eq!(chain.len(), 2);
    chain[0].verify_with(&root(Role::CardRoot)).unwrap();
    chain[1].verify_with(&chain[0].public_key).unwrap();
    assert_eq!(chain[0].subject_key_id, chain[1].issuer_key_id);
    // The client carries the roots of real cards and knows that this is none of them.
    let unknown = CardVerifiableCertificate::verify_chain(&chain);
    assert!(matches!(unknown, Err(Error::UnknownCertificateAuthority(_))));

    let number = master.data_object(tag::CARD_IDENTIFICATION).unwrap();
    let municipality = master.data_object(tag::MUNICIPALITY_CODE).unwrap();
    let info = CommonAp::select(&mut card).unwrap().read_card_info().unwrap();
    assert_eq!(info.serial.as_bytes(), number);
    assert_eq!(info.municipality_code.as_bytes(), municipality);
    assert_eq!(info.expiry, day(holder("adult").card_expires));
}

#[test]
fn the_common_application_names_its_atr_and_signs_challenges() {
    let mut card = card("adult");
    let mut common = CommonAp::select(&mut card).unwrap();
    assert_eq!(common.card().contact_atr().unwrap()[0], 0x3B);
    let signature = common.internal_authenticate(b"a challenge").unwrap();
    root(Role::Common).verify_pkcs1_sha256(b"a challenge", &signature).unwrap();
    let juki = JukiAp::select(&mut card).unwrap().read_record(0x0002, 1).unwrap();
    let common = CommonAp::select(&mut card).unwrap().read_record(0x0002, 1).unwrap();
    assert_eq!(juki, common);
}

#[test]
fn the_text_application_gives_number_and_attributes_under_one_signature() {
    let mut card = card("adult");
    let mut text = TextAp::select(&mut card).unwrap();
    let issuer = text.read_certificate().unwrap();
    issuer.verify_with(&root(Role::TextRoot)).unwrap();
    assert!(matches!(text.read_my_number(), Err(Error::Status(_))), "not without the PIN");

    text.verify_pin(&pin("1234")).unwrap();
    let holder = holder("adult");
    assert_eq!(text.read_my_number().unwrap().as_str(), holder.individual_number);
    let attributes = text.read_attributes().unwrap();
    assert_eq!((&attributes.name, &attributes.address), (&holder.name, &holder.address));
    assert_eq!(attributes.birth_date, day(holder.born));

    let integrity = text.read_integrity_record().unwrap();
    integrity.verify(&issuer.public_key).unwrap();
    assert!(integrity.matches_my_number_file(&text.read_my_number_file().unwrap()));
    let file = text.read_ef(text::ef::ATTRIBUTES).unwrap();
    assert!(integrity.matches_attributes_file(&file).unwrap());

    let own = text.read_signed_public_key().unwrap();
    own.verify(&issuer.public_key).unwrap();
    let signature = text.sign(b"is it there?").unwrap();
    own.public_key.verify_pkcs1_sha256(b"is it there?", &signature).unwrap();
    assert_eq!(text.read_session_key_public_key().unwrap().public_key.bits(), 2048);
    assert_eq!(text.read_ap_basic_data().unwrap().trailing.len(), 128);
}

#[test]
fn code_a_opens_the_number_and_code_b_the_attributes_and_neither_both() {
    let holder = holder("adult");
    let code_b = verification_code_b(
        day(holder.born),
        holder.card_expires.year().unsigned_abs(),
        holder.security_code.as_bytes(),
    );
    let mut first = card("adult");
    let mut text = TextAp::select(&mut first).unwrap();
    text.verify_code_b(&code_b.unwrap()).unwrap();
    assert!(text.read_attributes().is_ok() && text.read_my_number().is_err());

    let mut second = card("adult");
    let mut text = TextAp::select(&mut second).unwrap();
    text.verify_code_a(&pin(holder.code_a())).unwrap();
    assert!(text.read_my_number().is_ok() && text.read_attributes().is_err());
    assert_eq!(text.retries(text::ef::BLOCKED_0012).unwrap(), Retries::Blocked);
}

#[test]
fn the_surface_application_shows_a_signed_face_and_proves_that_the_card_is_there() {
    let mut card = card("adult");
    let holder = holder("adult");
    let mut surface = SurfaceAp::select(&mut card).unwrap();
    let issuer = surface.read_certificate().unwrap();
    issuer.verify_with(&root(Role::SurfaceRoot)).unwrap();
    let basic = surface.read_ap_basic_data().unwrap();
    assert_eq!(basic.municipality_code, holder.municipality);

    surface.verify_birth_date(&pin(&holder.birth_code())).unwrap();
    let age = surface.read_age_record().unwrap();
    age.verify(&issuer.public_key).unwrap();
    assert_eq!(age.birth_date, day(holder.born));
    assert!(surface.read_card_face().is_err(), "the birth date opens no more than that");

    surface.verify_code_b(&pin(&holder.code_b())).unwrap();
    let face = surface.read_card_face().unwrap();
    face.verify(&issuer.public_key).unwrap();
    assert_eq!(face.expiry, day(holder.card_expires));
    assert_eq!(face.photo.format, ImageFormat::Jpeg2000);
    assert_eq!(face.name_image.format, ImageFormat::Png);
    assert!(surface.read_my_number_image().is_err(), "code B does not open the number");

    surface.verify_code_a(&pin(holder.code_a())).unwrap();
    surface.read_my_number_image().unwrap().verify(&issuer.public_key).unwrap();

    let challenge = surface.card().get_challenge(16).unwrap();
    let signature = surface.sign(&challenge).unwrap();
    face.public_key.verify_pkcs1_sha256(&challenge, &signature).unwrap();
}

#[test]
fn both_certificates_verify_against_the_authorities_on_the_card() {
    let mut card = card("adult");
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    assert_eq!(jpki.read_token_type().unwrap(), TokenType::Card);
    let present = jpki.read_certificate_availability().unwrap();
    assert!(present.has_auth_certificate() && present.has_sign_certificate());

    let authentication =
        [jpki.read_auth_certificate().unwrap(), jpki.read_auth_ca_certificate().unwrap()];
    let (issued, _) = authentication[0].validity();
    Certificate::verify_chain(&authentication, issued).unwrap();

    assert!(jpki.read_sign_certificate().is_err(), "not without the password");
    jpki.verify_sign_pin(&pin("TEST1234")).unwrap();
    let signature =
        [jpki.read_sign_certificate().unwrap(), jpki.read_sign_ca_certificate().unwrap()];
    Certificate::verify_chain(&signature, issued).unwrap();
}

#[test]
fn all_six_ways_of_signing_verify_under_the_certificate() {
    let mut card = card("adult");
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    let public = jpki.read_auth_certificate().unwrap().public_key().unwrap();
    let hash = sha256(b"visit 17");
    assert!(jpki.sign_with_auth_key(SignatureScheme::Sha256DigestInfo, &hash).is_err());
    jpki.verify_auth_pin(&pin("1234")).unwrap();
    for scheme in [
        SignatureScheme::Verbatim,
        SignatureScheme::Sha256Bare,
        SignatureScheme::PreHashedDigestInfo,
        SignatureScheme::Sha256DigestInfo,
        SignatureScheme::PreHashedPss,
        SignatureScheme::Sha256Pss,
    ] {
        let signature = jpki.sign_with_auth_key(scheme, &hash).unwrap();
        scheme.verify(&public, &hash, &signature).unwrap();
    }
}

#[test]
fn counters_count_down_block_and_are_seen_as_blocked() {
    let mut card = card("adult");
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    let mut wrong = || jpki.verify_auth_pin(&pin("9999"));
    assert!(matches!(wrong(), Err(Error::PinIncorrect { retries: Some(2) })));
    assert!(matches!(wrong(), Err(Error::PinIncorrect { retries: Some(1) })));
    assert!(matches!(wrong(), Err(Error::PinBlocked)));
    assert!(matches!(jpki.verify_auth_pin(&pin("1234")), Err(Error::PinBlocked)));
    assert_eq!(jpki.auth_pin_retries().unwrap(), Retries::Blocked);
    assert_eq!(jpki.sign_pin_retries().unwrap(), Retries::Remaining(5));
}

#[test]
fn a_changed_pin_is_the_one_that_counts() {
    let mut card = card("adult");
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    jpki.change_auth_pin(&pin("1234"), &pin("4321")).unwrap();
    assert!(jpki.verify_auth_pin(&pin("1234")).is_err());
    jpki.verify_auth_pin(&pin("4321")).unwrap();
}

#[test]
fn a_child_has_no_signature_certificate_and_an_infant_no_photograph() {
    let mut child = card("under-15");
    let mut jpki = JpkiAp::select(&mut child).unwrap();
    let present = jpki.read_certificate_availability().unwrap();
    assert!(present.has_auth_certificate() && !present.has_sign_certificate());

    let mut infant = card("under-1");
    let mut surface = SurfaceAp::select(&mut infant).unwrap();
    surface.verify_code_a(&pin(holder("under-1").code_a())).unwrap();
    let issuer = surface.read_certificate().unwrap().public_key;
    let face = surface.read_card_face().unwrap();
    face.verify(&issuer).unwrap();
    assert!(face.photo.data.is_empty());
    assert!([Sex::Male, Sex::Female, Sex::NotApplicable].contains(&face.sex));
}

#[test]
fn phones_are_told_apart_by_their_token() {
    for (profile, token) in [("android", TokenType::Android), ("iphone", TokenType::IPhone)] {
        let mut phone = card(profile);
        let mut jpki = JpkiAp::select(&mut phone).unwrap();
        assert_eq!(jpki.read_token_info().unwrap().token_type, token);
        assert!(TextAp::select(&mut phone).is_err(), "a phone has the JPKI application alone");
    }
}
