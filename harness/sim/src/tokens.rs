//! The cards and phones of the people of a scenario: chips, certificates, and what the certifier
//! has on its books about them.

use jiff::civil::Date;
use madoguchi_reference::certificate::{card_last_day, certificate_last_day};
use madoguchi_reference::certifier::{Issued, State};
use madoguchi_reference::ids::CertificateSerial;
use madoguchi_reference::message::procedure::RevocationReason;
use madoguchi_reference::message::reader::Carrier;
use madoguchi_reference::patient::LogIn;
use madoguchi_reference::register::Register;
use madoguchi_scenario::{
    Card, CardKind, Certificate, CertificateState, Chip, Holder, Person, Phone, PhoneKind,
};

use crate::device::Device;
use crate::people::Cast;

/// What serial numbers begin with; it says that nobody has such a certificate.
pub(crate) const SERIES: &str = "TEST";

/// A card or phone of the plan.
pub(crate) struct TokenOf<'a> {
    pub(crate) number: u16,
    pub(crate) device: Device,
    /// What is on it, and how the certifier has it; none on a phone not loaded yet.
    pub(crate) certificate: Option<(&'a Certificate, Issued)>,
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

    /// Every token the person owns.
    pub(crate) fn tokens(&self, register: &Register, today: Date) -> Vec<TokenOf<'a>> {
        let card = self.person.card.as_ref().map(|card| self.card_token(card, register, today));
        let phones = [Holder::Phone, Holder::NewPhone];
        let phones = phones.into_iter().filter_map(|h| self.phone_token(h, register, today));
        card.into_iter().chain(phones).collect()
    }

    fn card_token(&self, card: &'a Card, register: &Register, today: Date) -> TokenOf<'a> {
        let number = self.token_number(Holder::Card);
        let certificate = on_chip(number, &card.certificate);
        let photo = pcsc_sim::Photo(format!("photograph of {}", self.number));
        let born = self.identity.born;
        let token = match (card.kind, pin(&card.pin, card.wrong_pins, register, today)) {
            (CardKind::Standard, Some(pin)) if register.on(today).signature_certificate(born) => {
                pcsc_sim::Token::card(certificate, pin, photo)
            }
            (CardKind::Standard, Some(pin)) => pcsc_sim::Token::child_card(certificate, pin, photo),
            (CardKind::WithoutPhoto, Some(pin)) => pcsc_sim::Token::without_photo(certificate, pin),
            (CardKind::FaceOnly, _) | (_, None) => pcsc_sim::Token::face_only(certificate, photo),
        };
        let mut chip = pcsc_sim::Card::new(token.with_chip(condition(card.chip)));
        let tries = register.on(today).signature_attempts();
        let password = &card.signature_password;
        if let Ok(password) = pcsc_sim::SignaturePassword::with_tries(password, tries) {
            chip = chip.with_signature_password(password);
        }
        let issued = Issued {
            card_expires: last_day_of_card(card, born, register),
            ..self.issued(number, Carrier::Card, &card.certificate)
        };
        let certificate = Some((&card.certificate, issued));
        TokenOf { number, device: Device::card(chip), certificate }
    }

    fn phone_token(&self, holder: Holder, register: &Register, today: Date) -> Option<TokenOf<'a>> {
        let phone = self.phone(holder)?;
        let number = self.token_number(holder);
        let carrier = carrier(phone.kind);
        let chosen = |wrong| pin(&phone.pin, wrong, register, today);
        let token = phone.certificate.as_ref().map(|certificate| {
            let certificate = on_chip(number, certificate);
            let token = match (phone.kind, chosen(phone.wrong_pins)) {
                (PhoneKind::Android, Some(pin)) => pcsc_sim::Token::android(certificate, pin),
                (PhoneKind::Android, None) | (PhoneKind::Iphone, _) => {
                    pcsc_sim::Token::iphone(certificate)
                }
            };
            token.with_chip(condition(phone.chip))
        });
        let behind = self.person.card.as_ref().map(|_| serial(self.token_number(Holder::Card)));
        let certificate = phone.certificate.as_ref().map(|certificate| {
            (certificate, Issued { behind, ..self.issued(number, carrier, certificate) })
        });
        let fresh = chosen(0).filter(|_| phone.kind == PhoneKind::Android);
        Some(TokenOf { number, device: Device::phone(token, carrier, fresh), certificate })
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
    CertificateSerial(format!("{SERIES}-{token:05}"))
}

/// The last day of a certificate of a plan, which leaves nothing open.
fn last_day(certificate: &Certificate) -> Date {
    certificate.last_day().unwrap_or(Date::MIN)
}

fn on_chip(token: u16, certificate: &Certificate) -> pcsc_sim::Certificate {
    pcsc_sim::Certificate { serial: serial(token).0, expires: last_day(certificate) }
}

fn pin(digits: &str, wrong: u8, register: &Register, today: Date) -> Option<pcsc_sim::Pin> {
    let tries = register.on(today).pin_attempts().max(1);
    // The scenario's check has seen that it is four digits.
    let pin = pcsc_sim::Pin::with_tries(digits, tries);
    pin.map(|p| p.after_wrong_entries(wrong)).ok()
}

fn condition(chip: Chip) -> pcsc_sim::Chip {
    match chip {
        Chip::Working => pcsc_sim::Chip::Working,
        Chip::Unreadable => pcsc_sim::Chip::Unreadable,
    }
}
