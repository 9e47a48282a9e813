//! The fictional person whose card a profile shows.

use serde::Deserialize;

use super::{Application, File, Secret};
use crate::chip::Secrets;
use crate::content::{self, Holder};
use crate::pin::{Form, Pin, PinError};

/// A holder and what they type.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sample {
    holder: Holder,
    /// Whether there is a photograph. It is the one of the test content: pictures are not written
    /// in profiles.
    photo: bool,
    #[serde(default)]
    pin: Option<Typed>,
    #[serde(default)]
    signature_password: Option<Typed>,
    #[serde(default)]
    card_pin: Option<Typed>,
}

/// An entry, and how often a wrong one was made before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    is: String,
    #[serde(default)]
    wrong_entries: u8,
}

impl Sample {
    /// The holder, and what they type with the tries that the applications give.
    pub(super) fn made(self, applications: &[Application]) -> Result<(Holder, Secrets), PinError> {
        let set = |typed: Option<Typed>, secret, form| {
            let made = |typed: Typed| {
                let pin = Pin::of(form, &typed.is, tries(applications, secret))?;
                Ok(pin.after_wrong_entries(typed.wrong_entries))
            };
            typed.map(made).transpose()
        };
        let secrets = Secrets {
            pin: set(self.pin, Secret::Pin, Form::FourDigits)?,
            signature_password: set(
                self.signature_password,
                Secret::SignaturePassword,
                Form::Password,
            )?,
            card_pin: set(self.card_pin, Secret::CardPin, Form::FourDigits)?,
            code_tries: tries(applications, Secret::CodeB),
        };
        let photo = self.photo.then(content::test_photo);
        Ok((Holder { photo, ..self.holder }, secrets))
    }
}

/// How many wrong entries block references of a kind; 0 if the card has none.
fn tries(applications: &[Application], of: Secret) -> u8 {
    let files = applications.iter().flat_map(|application| application.files.values());
    let mut tries = files.filter_map(|file| match file {
        File::Secret { secret, tries } if *secret == of => Some(*tries),
        _ => None,
    });
    tries.next().unwrap_or_default()
}
