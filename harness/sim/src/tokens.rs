//! The cards and phones of the people of a scenario: chips, certificates, and what the certifier
//! has on its books about them.

use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_reference::certificate::{card_last_day, certificate_last_day};
use madoguchi_reference::certifier::{Issued, State, serial_number};
use madoguchi_reference::ids::CertificateSerial;
use madoguchi_reference::message::procedure::RevocationReason;
use madoguchi_reference::message::reader::{Carrier, FaceTemplate};
use madoguchi_reference::patient::LogIn;
use madoguchi_reference::register::Register;
use madoguchi_reference::wire::Sex;
use madoguchi_scenario::{
    Card, CardKind, Certificate, CertificateState, Chip, Holder, Person, Phone, PhoneKind, Scenario,
};
use pcsc_sim::chip::{Chip as Token, Secrets};
use pcsc_sim::content::{self, CertificateData};
use pcsc_sim::pin::{Form, Pin};
use pcsc_sim::profile::Profile;

use crate::device::Device;
use crate::mishaps::DeviceFaults;
use crate::people::Cast;

/// What the serial numbers of the simulation begin with, out of four bytes.
pub(crate) const SERIES: u8 = 0x7E;

/// What sets the serial number of a 署名用電子証明書 apart from that of the other one.
const SIGNATURE_SERIES: u32 = 0x0080_0000;
/// How long a certificate was valid before its last day, where nobody says when it was issued.
const VALIDITY_YEARS: i64 = 5;
/// How many entries of 照合番号 block it.
const CODE_TRIES: u8 = 10;

/// A card or phone of the plan.
pub(crate) struct TokenOf<'a> {
    pub(crate) number: u16,
    pub(crate) device: Device,
    /// What is on it, and how the certifier has it; none on a phone not loaded yet.
    pub(crate) certificate: Option<(&'a Certificate, Issued)>,
}

/// A phone before it is loaded.
#[derive(Clone, Debug)]
pub(crate) struct Blank {
    profile: &'static Profile,
    holder: content::Holder,
    /// The PIN that the holder chooses for an Android phone when it is loaded.
    pub(crate) pin: Option<Pin>,
}

impl Blank {
    /// The phone with a certificate on it.
    pub(crate) fn load(&self, data: CertificateData) -> Token {
        self.with(data, self.pin.clone())
    }

    fn with(&self, data: CertificateData, pin: Option<Pin>) -> Token {
        let holder = content::Holder { authentication: data, ..self.holder.clone() };
        Token::new(self.profile, holder, secrets(pin, None))
    }
}

/// What a token compares entries with. A municipality sets one number for all of its PINs.
fn secrets(pin: Option<Pin>, signature_password: Option<Pin>) -> Secrets {
    Secrets { card_pin: pin.clone(), pin, signature_password, code_tries: CODE_TRIES }
}

/// Replaces every day of issue by the last day that `register` counts from it, so that a plan
/// says what it means. A card keeps its own day, which caps what it is given later.
pub(crate) fn close_certificates(person: &mut Person, register: &Register) {
    let born = person.born.earliest();
    let card = person.card.as_ref().and_then(|card| last_day_of_card(card, born, register));
    for (holder, certificate) in person.certificates_mut() {
        let Some(issued) = certificate.issued.take() else { continue };
        let card = card.filter(|_| holder == "card");
        let last = certificate_last_day(issued, born, card, &register.on(issued));
        certificate.expires = Some(madoguchi_scenario::Open::Fixed(last));
    }
}

/// The last day of a card whose day of issue is given (CERT-003).
fn last_day_of_card(card: &Card, born: Date, register: &Register) -> Option<Date> {
    let issued = card.issued?;
    let applied = card.applied.unwrap_or(issued);
    Some(card_last_day(issued, born, &register.on(applied)))
}

impl<'a> Cast<'a> {
    /// The number of one of the person's tokens among all tokens.
    pub(crate) fn token_number(&self, holder: Holder) -> u16 {
        let place = match holder {
            Holder::Card => 0,
            Holder::Phone => 1,
            Holder::NewPhone => 2,
        };
        self.number * 4 + place
    }

    pub(crate) fn phone(&self, holder: Holder) -> Option<&'a Phone> {
        match holder {
            Holder::Card => None,
            Holder::Phone => self.person.phone.as_ref(),
            Holder::NewPhone => self.person.new_phone.as_ref(),
        }
    }

    /// Every token the person owns, as `scenario` treats it.
    pub(crate) fn tokens(
        &self,
        scenario: &Scenario,
        register: &Register,
        today: Date,
    ) -> Vec<TokenOf<'a>> {
        let card = self.person.card.as_ref();
        let card = card.map(|card| self.card_token(card, scenario, register, today));
        let phones = [Holder::Phone, Holder::NewPhone];
        let phones = phones.into_iter();
        let phones = phones.filter_map(|h| self.phone_token(h, scenario, register, today));
        card.into_iter().chain(phones).collect()
    }

    fn card_token(
        &self,
        card: &'a Card,
        scenario: &Scenario,
        register: &Register,
        today: Date,
    ) -> TokenOf<'a> {
        let number = self.token_number(Holder::Card);
        let policy = register.on(today);
        let born = self.identity.born;
        let signs = card.kind == CardKind::Standard && policy.signature_certificate(born);
        let profile = match card.kind {
            CardKind::Standard if signs => "adult",
            CardKind::Standard => "under-15",
            CardKind::WithoutPhoto => "under-1",
            CardKind::FaceOnly => "face-only",
        };
        let pin = pin(&card.pin, card.wrong_pins, register, today);
        let secrets = secrets(
            pin.filter(|_| card.kind != CardKind::FaceOnly),
            password(&card.signature_password, policy.signature_attempts()).filter(|_| signs),
        );
        let chip = on_chip(number, &card.certificate).and_then(|data| {
            // The second certificate has a number of its own; the reception never reads it.
            let signature = CertificateData { serial: data.serial | SIGNATURE_SERIES, ..data };
            let signature = Some(signature).filter(|_| signs);
            let holder = content::Holder { signature, ..self.holder(Some(card), data) };
            Some(Token::new(Profile::named(profile)?, holder, secrets))
        });
        let issued = Issued {
            card_expires: last_day_of_card(card, born, register),
            ..self.issued(number, Carrier::Card, &card.certificate)
        };
        let faults = DeviceFaults::new(scenario, self.number, Carrier::Card, card.chip);
        let certificate = Some((&card.certificate, issued));
        TokenOf { number, device: Device::new(chip, None, faults), certificate }
    }

    fn phone_token(
        &self,
        holder: Holder,
        scenario: &Scenario,
        register: &Register,
        today: Date,
    ) -> Option<TokenOf<'a>> {
        let phone = self.phone(holder)?;
        let number = self.token_number(holder);
        let carrier = carrier(phone.kind);
        let chosen = |wrong| {
            pin(&phone.pin, wrong, register, today).filter(|_| phone.kind == PhoneKind::Android)
        };
        let profile = match phone.kind {
            PhoneKind::Android => "android",
            PhoneKind::Iphone => "iphone",
        };
        let loaded = phone.certificate.as_ref().and_then(|c| on_chip(number, c));
        let card = self.person.card.as_ref();
        let behind = || card.and_then(|card| on_chip(number, &card.certificate));
        let blank = Blank {
            profile: Profile::named(profile)?,
            holder: self.holder(None, loaded.or_else(behind)?),
            pin: chosen(0),
        };
        let chip = loaded.map(|data| blank.with(data, chosen(phone.wrong_pins)));
        let behind = card.map(|_| serial(self.token_number(Holder::Card)));
        let certificate = phone.certificate.as_ref().map(|certificate| {
            (certificate, Issued { behind, ..self.issued(number, carrier, certificate) })
        });
        let faults = DeviceFaults::new(scenario, self.number, carrier, phone.chip);
        let device = Device::new(chip, Some(blank), faults);
        Some(TokenOf { number, device, certificate })
    }

    /// The person as the holder of a card, or of a phone with `certificate`: what the files say.
    fn holder(&self, card: Option<&Card>, certificate: CertificateData) -> content::Holder {
        let photo = card.filter(|card| shows_a_face(card));
        content::Holder {
            name: self.identity.name.clone(),
            address: self.identity.address.clone(),
            born: self.identity.born,
            sex: match self.identity.sex {
                Sex::Male => content::Sex::Male,
                Sex::Female => content::Sex::Female,
                _ => content::Sex::Other,
            },
            individual_number: format!("9{:011}", self.number),
            municipality: "13999".to_owned(),
            prefecture_roman: "Tokyo-to".to_owned(),
            city_roman: "Mihon-ku".to_owned(),
            card_expires: certificate.not_after,
            security_code: format!("{:04}", self.number % 10_000),
            photo: photo.map(|_| photo_of(self.number)),
            authentication: certificate,
            signature: None,
        }
    }

    /// 照合番号B as it is printed on the person's card.
    pub(crate) fn code_b(&self) -> Option<String> {
        let card = self.person.card.as_ref()?;
        let data = on_chip(self.token_number(Holder::Card), &card.certificate)?;
        Some(self.holder(Some(card), data).code_b())
    }

    /// Whether there is a photograph on the person's card to compare a face with.
    pub(crate) fn has_photo(&self) -> bool {
        self.person.card.as_ref().is_some_and(shows_a_face)
    }

    /// What a camera makes of the person's face.
    pub(crate) fn face(&self) -> FaceTemplate {
        FaceTemplate::of(&photo_of(self.number))
    }

    fn issued(&self, token: u16, carrier: Carrier, certificate: &Certificate) -> Issued {
        Issued {
            owner: self.number,
            token,
            carrier,
            expires: last_day(certificate),
            card_expires: None,
            state: match certificate.state {
                CertificateState::Active => State::Active,
                CertificateState::Suspended => State::Suspended,
                CertificateState::Revoked => State::Revoked(RevocationReason::default()),
            },
            behind: None,
        }
    }

    /// What may open the portal for this person, in the order it is tried: tokens that can be
    /// read and whose PIN works.
    pub(crate) fn log_ins(&self, register: &Register, today: Date) -> Vec<LogIn> {
        let tries = register.on(today).pin_attempts();
        let works = |c: &&Card| {
            c.kind != CardKind::FaceOnly && c.wrong_pins < tries && c.chip == Chip::Working
        };
        let phones = [Holder::Phone, Holder::NewPhone].into_iter().filter_map(|holder| {
            let phone = self.phone(holder).filter(|phone| phone.certificate.is_some())?;
            let serial = serial(self.token_number(holder));
            Some(LogIn { serial, carrier: carrier(phone.kind) })
        });
        let card = self.person.card.as_ref().filter(works).map(|_| LogIn {
            serial: serial(self.token_number(Holder::Card)),
            carrier: Carrier::Card,
        });
        phones.chain(card).collect()
    }
}

pub(crate) fn carrier(kind: PhoneKind) -> Carrier {
    match kind {
        PhoneKind::Android => Carrier::Android,
        PhoneKind::Iphone => Carrier::Iphone,
    }
}

/// The serial number of the first certificate on a token.
pub(crate) fn serial(token: u16) -> CertificateSerial {
    serial_number(SERIES, 0, token)
}

/// The last day of a certificate of a plan, which leaves nothing open.
fn last_day(certificate: &Certificate) -> Date {
    certificate.last_day().unwrap_or(Date::MIN)
}

fn on_chip(token: u16, certificate: &Certificate) -> Option<CertificateData> {
    let last_day = last_day(certificate);
    let first = last_day.saturating_sub(VALIDITY_YEARS.years());
    self::certificate(&serial(token).0, first, last_day)
}

/// What a certificate says whose serial number is given in hexadecimal; the token's own number
/// in it chooses its key. None if that is no serial number of ours.
pub(crate) fn certificate(
    serial: &str,
    not_before: Date,
    not_after: Date,
) -> Option<CertificateData> {
    let serial = u32::from_str_radix(serial, 16).ok()?;
    let key = u16::try_from(serial & 0xFFFF).ok()?;
    Some(CertificateData { serial, not_before, not_after, key })
}

/// Whether a card bears a photograph, in the chip and in print.
fn shows_a_face(card: &Card) -> bool {
    card.kind != CardKind::WithoutPhoto
}

/// The photograph of a person: the same picture for everybody, with the person's number in it.
fn photo_of(person: u16) -> Vec<u8> {
    content::test_photo_of(&format!("{person:05}"))
}

fn pin(digits: &str, wrong: u8, register: &Register, today: Date) -> Option<Pin> {
    let tries = register.on(today).pin_attempts().max(1);
    // The scenario's check has seen that it is four digits.
    Pin::with_tries(digits, tries).map(|pin| pin.after_wrong_entries(wrong)).ok()
}

fn password(text: &str, tries: u8) -> Option<Pin> {
    Pin::of(Form::Password, text, tries.max(1)).ok()
}
