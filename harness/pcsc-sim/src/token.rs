//! What a patient presents: a card or a phone, and what its chip holds.
//!
//! A [`Token`] can only be made in combinations that exist. There is, for example, no
//! phone without a signature certificate behind it and no face-only card with a PIN.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::carrier::Carrier;
use crate::pin::Pin;

/// What was issued.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// With photograph and PIN; on a phone, with neither photograph nor other applications.
    Standard,
    /// 顔認証マイナンバーカード: with photograph, no PIN was ever set (CERT-030).
    FaceOnly,
    /// Applied for before the first birthday: with PIN, no photograph (CERT-032).
    WithoutPhoto,
}

/// Whether the chip can be talked to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Chip {
    /// It answers.
    Working,
    /// It is broken, or it is in a sleeve: no answer to anything.
    Unreadable,
}

/// The user-authentication certificate (利用者証明用), as far as the reception needs it.
///
/// There is no status in it. A certificate cannot know that it was revoked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Certificate {
    /// 発行番号.
    pub serial: String,
    /// The last day on which it is valid.
    pub expires: Date,
}

/// Stands for the photograph: a name, so that whoever plays the camera can tell whether
/// the face before it is the face on the card.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Photo(pub String);

/// What is presented at the reader.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Token {
    carrier: Carrier,
    kind: Kind,
    certificate: Certificate,
    signature_certificate: bool,
    pin: Option<Pin>,
    photo: Option<Photo>,
    chip: Chip,
}

/// What a plan or a trace says, before anybody has checked it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    carrier: Carrier,
    kind: Kind,
    certificate: Certificate,
    signature_certificate: bool,
    pin: Option<Pin>,
    photo: Option<Photo>,
    chip: Chip,
}

/// A combination that nobody issues.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum TokenError {
    /// A phone is loaded from a full card only.
    #[error("a phone carries a standard token only, not {0:?}")]
    PhoneKind(Kind),
    /// The PIN is missing, or there is one where there cannot be.
    #[error("a {1:?} token on {0:?} has a PIN that it cannot have, or lacks one")]
    Pin(Carrier, Kind),
    /// The photograph is missing, or there is one where there cannot be.
    #[error("a {1:?} token on {0:?} has a photograph that it cannot have, or lacks one")]
    Photo(Carrier, Kind),
    /// The signature certificate is missing, or there is one where there cannot be.
    #[error("a {1:?} token on {0:?} has a signature certificate that it cannot have, or lacks one")]
    SignatureCertificate(Carrier, Kind),
}

impl TryFrom<Parts> for Token {
    type Error = TokenError;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        let (carrier, kind) = (parts.carrier, parts.kind);
        let phone = carrier != Carrier::Card;
        if phone && kind != Kind::Standard {
            return Err(TokenError::PhoneKind(kind));
        }
        let has_pin = carrier != Carrier::IPhone && kind != Kind::FaceOnly;
        if parts.pin.is_some() != has_pin {
            return Err(TokenError::Pin(carrier, kind));
        }
        let has_photo = !phone && kind != Kind::WithoutPhoto;
        if parts.photo.is_some() != has_photo {
            return Err(TokenError::Photo(carrier, kind));
        }
        // A standard card is the one thing that comes both ways: from 15 years on, with.
        let signature_fits = match (carrier, kind) {
            (Carrier::Card, Kind::Standard) => true,
            (Carrier::Card, _) => !parts.signature_certificate,
            (_, _) => parts.signature_certificate,
        };
        if !signature_fits {
            return Err(TokenError::SignatureCertificate(carrier, kind));
        }
        Ok(Self {
            carrier,
            kind,
            certificate: parts.certificate,
            signature_certificate: parts.signature_certificate,
            pin: parts.pin,
            photo: parts.photo,
            chip: parts.chip,
        })
    }
}

impl Token {
    /// The card of a holder of 15 years or more.
    pub fn card(certificate: Certificate, pin: Pin, photo: Photo) -> Self {
        Self {
            carrier: Carrier::Card,
            kind: Kind::Standard,
            certificate,
            signature_certificate: true,
            pin: Some(pin),
            photo: Some(photo),
            chip: Chip::Working,
        }
    }

    /// The card of a holder from 1 to 14 years: no signature certificate (CERT-033).
    pub fn child_card(certificate: Certificate, pin: Pin, photo: Photo) -> Self {
        Self { signature_certificate: false, ..Self::card(certificate, pin, photo) }
    }

    /// 顔認証マイナンバーカード: no PIN, no signature certificate (CERT-030).
    pub fn face_only(certificate: Certificate, photo: Photo) -> Self {
        Self {
            carrier: Carrier::Card,
            kind: Kind::FaceOnly,
            certificate,
            signature_certificate: false,
            pin: None,
            photo: Some(photo),
            chip: Chip::Working,
        }
    }

    /// A card applied for before the first birthday: no photograph (CERT-032).
    pub fn without_photo(certificate: Certificate, pin: Pin) -> Self {
        Self {
            carrier: Carrier::Card,
            kind: Kind::WithoutPhoto,
            certificate,
            signature_certificate: false,
            pin: Some(pin),
            photo: None,
            chip: Chip::Working,
        }
    }

    /// An Android phone. Its certificate and PIN are its own, not those of the card. That
    /// the phone's PIN allows as many tries as the card's is assumed, not confirmed.
    pub fn android(certificate: Certificate, pin: Pin) -> Self {
        Self { pin: Some(pin), carrier: Carrier::Android, ..Self::iphone(certificate) }
    }

    /// An iPhone. The holder is checked by the phone, so there is no PIN at the reader.
    pub fn iphone(certificate: Certificate) -> Self {
        Self {
            carrier: Carrier::IPhone,
            kind: Kind::Standard,
            certificate,
            signature_certificate: true,
            pin: None,
            photo: None,
            chip: Chip::Working,
        }
    }

    /// The same token with its chip in the given condition.
    #[must_use]
    pub fn with_chip(self, chip: Chip) -> Self {
        Self { chip, ..self }
    }

    /// What carries the chip.
    pub const fn carrier(&self) -> Carrier {
        self.carrier
    }

    /// What was issued.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The user-authentication certificate.
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Whether there is a signature certificate (署名用) too. The reception never uses it
    /// (CERT-001); a terminal can see that it exists.
    pub const fn has_signature_certificate(&self) -> bool {
        self.signature_certificate
    }

    /// The PIN, where one was set.
    pub const fn pin(&self) -> Option<&Pin> {
        self.pin.as_ref()
    }

    /// The PIN with its counter within reach, for the card that compares entries.
    pub(crate) const fn pin_mut(&mut self) -> Option<&mut Pin> {
        self.pin.as_mut()
    }

    /// Puts another certificate in the place of this one.
    pub(crate) fn install(&mut self, certificate: Certificate) {
        self.certificate = certificate;
    }

    /// The photograph, where there is one.
    pub const fn photo(&self) -> Option<&Photo> {
        self.photo.as_ref()
    }

    /// The condition of the chip.
    pub const fn chip(&self) -> Chip {
        self.chip
    }

    /// Whether this is a phone.
    pub fn is_phone(&self) -> bool {
        self.carrier != Carrier::Card
    }
}
