//! The references of a card: what VERIFY compares with, each with a counter of its own.

use crate::content::Holder;
use crate::pin::{Form, Pin};
use crate::profile::{File, FileId, Profile, Secret};
use crate::status::StatusWord;

/// What a card is given to compare entries with. The tries are in the values: they are a matter
/// of whoever issues the card, not of the card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Secrets {
    /// 利用者証明用暗証番号. None on a 顔認証 card and on an iPhone.
    pub pin: Option<Pin>,
    /// 署名用パスワード. None where there is no signature certificate.
    pub signature_password: Option<Pin>,
    /// The PIN of the text, 住基 and common applications. A municipality sets one number for the
    /// three; each counts for itself. None on a 顔認証 card and on phones.
    pub card_pin: Option<Pin>,
    /// How many wrong entries in a row block 照合番号A, 照合番号B and the birth date, 1 to 15.
    pub code_tries: u8,
}

/// One reference: the file of an application that VERIFY names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Reference {
    /// Which application, by its place in the profile.
    pub(super) application: usize,
    pub(super) file: FileId,
    pub(super) secret: Secret,
    /// Nothing where nothing was ever set: such a reference is blocked from issue.
    pub(super) pin: Option<Pin>,
}

impl Reference {
    /// Every reference of the profile, filled with what the holder has.
    pub(super) fn all(profile: &Profile, holder: &Holder, secrets: &Secrets) -> Vec<Self> {
        let mut all = Vec::new();
        for (application, made) in profile.applications().iter().enumerate() {
            for (file, what) in &made.files {
                if let File::Secret { secret, .. } = what {
                    let (file, secret) = (*file, *secret);
                    let pin = compared(secret, holder, secrets);
                    all.push(Self { application, file, secret, pin });
                }
            }
        }
        all
    }

    /// The answer to an empty VERIFY, which costs nothing: always `63Cx`, also when blocked and
    /// also after the right entry. Real clients give up the whole card at any other answer.
    pub(super) fn left(&self) -> StatusWord {
        StatusWord::retries_left(self.pin.as_ref().map_or(0, Pin::left))
    }

    /// Compares an entry and moves the counter.
    pub(super) fn verify(&mut self, entry: &[u8]) -> StatusWord {
        let pin = self.pin.as_mut();
        pin.map_or(StatusWord::REFERENCE_BLOCKED, |pin| pin.verify(entry).status())
    }

    /// Whether the counter is at its end.
    pub(super) fn is_blocked(&self) -> bool {
        self.pin.as_ref().is_none_or(Pin::is_locked)
    }

    /// The form of a new entry, where the holder may change it.
    pub(super) const fn changes_to(&self) -> Option<Form> {
        match self.secret {
            Secret::Pin | Secret::CardPin => Some(Form::FourDigits),
            Secret::SignaturePassword => Some(Form::Password),
            Secret::CodeA | Secret::CodeB | Secret::BirthDate | Secret::None => None,
        }
    }
}

fn compared(secret: Secret, holder: &Holder, secrets: &Secrets) -> Option<Pin> {
    let code = |text: &str| Pin::of(Form::Code, text, secrets.code_tries).ok();
    match secret {
        Secret::Pin => secrets.pin.clone(),
        Secret::SignaturePassword => secrets.signature_password.clone(),
        Secret::CardPin => secrets.card_pin.clone(),
        Secret::CodeA => code(holder.code_a()),
        Secret::CodeB => code(&holder.code_b()),
        Secret::BirthDate => code(&holder.birth_code()),
        Secret::None => None,
    }
}
