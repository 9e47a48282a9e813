//! The card down to the APDU: applications, files, references with counters, signatures.
//!
//! A [`Chip`] is made from a [`Profile`] and a [`Holder`] and answers one command APDU at a time
//! ([`SmartCard::apdu`]). It is pure: the same commands always give the same answers, and what
//! looks random (challenges, the salt of a signature) is derived. It is modelled on public reverse
//! engineering, not on the J-LIS specification; terminal authentication ([`terminal`]) is
//! SIM-ONLY.
//!
//! The chip knows nothing of revocation, suspension or expiry: it signs as long as its security
//! conditions hold. Whether a certificate is any good is known to its authority alone.
//!
//! ```
//! use pcsc_sim::chip::Chip;
//! use pcsc_sim::{Profile, SmartCard};
//!
//! let mut chip = Chip::of(Profile::named("adult").unwrap());
//! let jpki = b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01";
//! assert_eq!(chip.apdu(jpki), [0x90, 0x00]);
//! // The PIN is EF 0018. How many tries are left costs nothing to ask.
//! assert_eq!(chip.apdu(b"\x00\x20\x00\x98"), [0x63, 0xC3]);
//! assert_eq!(chip.apdu(b"\x00\x20\x00\x98\x049999"), [0x63, 0xC2]);
//! assert_eq!(chip.apdu(b"\x00\x20\x00\x98\x041234"), [0x90, 0x00]);
//! ```

mod apdu;
mod data;
mod files;
mod reference;
mod secure_messaging;
mod security;
mod select;
mod sign;
pub mod terminal;
mod verify;

use crate::carrier::Carrier;
use crate::content::{CertificateData, Holder};
use crate::pin::Pin;
use crate::profile::{Application, File, FileId, Profile, Remembered, Secret, StatusLife};
use crate::smart_card::SmartCard;
use crate::status::StatusWord;

use apdu::{Apdu, Command};
use files::Kept;
use reference::Reference;
pub use reference::Secrets;
use security::Security;

/// The data of a good answer, or the word that refuses.
type Answer = Result<Vec<u8>, StatusWord>;

/// A card or phone with everything that a command can change, so a clone of it has lived through
/// the same things.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip {
    profile: &'static Profile,
    holder: Holder,
    references: Vec<Reference>,
    status_life: StatusLife,
    holder_confirmed: bool,
    /// The application, by its place in the profile; nothing in the power-on state.
    selected: Option<usize>,
    file: Option<FileId>,
    security: Security,
    power_ons: u32,
    challenges: u32,
    kept: Kept,
}

impl Chip {
    /// The card of a profile with its fictional holder and their entries, `1234` and `TEST1234`.
    pub fn of(profile: &'static Profile) -> Self {
        Self::new(profile, profile.sample().clone(), profile.secrets().clone())
    }

    /// The card of a profile for this holder. Certificates and files are worked out at the first
    /// read.
    pub fn new(profile: &'static Profile, holder: Holder, secrets: Secrets) -> Self {
        let references = Reference::all(profile, &holder, &secrets);
        Self {
            profile,
            holder,
            references,
            status_life: profile.status_life(),
            holder_confirmed: false,
            selected: None,
            file: None,
            security: Security::default(),
            power_ons: 0,
            challenges: 0,
            kept: Kept::default(),
        }
    }

    /// The same card, but remembering for longer or shorter than its profile says.
    #[must_use]
    pub fn with_status_life(self, status_life: StatusLife) -> Self {
        Self { status_life, ..self }
    }

    /// The holder of an iPhone confirms by Face ID or Touch ID, before or while the phone is over
    /// the reader (IDV-020). It holds until the power goes. On anything else it means nothing.
    pub fn confirm_holder(&mut self) {
        self.holder_confirmed = self.profile.carrier() == Carrier::IPhone;
    }

    /// A municipality, or the phone's own application, puts a new user-authentication certificate
    /// in the place of the old one.
    pub fn install(&mut self, certificate: CertificateData) {
        self.holder.authentication = certificate;
        self.kept.forget();
    }

    /// A municipality sets a new PIN for the user-authentication key (CERT-022). Returns whether
    /// it could: there has to be a PIN to replace.
    pub fn set_pin(&mut self, pin: Pin) -> bool {
        let old = self.references.iter_mut().find(|reference| reference.secret == Secret::Pin);
        old.and_then(|reference| reference.pin.as_mut()).map(|old| *old = pin).is_some()
    }

    /// What kind of card it is.
    pub const fn profile(&self) -> &'static Profile {
        self.profile
    }

    /// Whose card it is, with the certificates as they are now.
    pub const fn holder(&self) -> &Holder {
        &self.holder
    }

    /// The PIN of the user-authentication key with its counter, where there is one.
    pub fn pin(&self) -> Option<&Pin> {
        self.references.iter().find(|reference| reference.secret == Secret::Pin)?.pin.as_ref()
    }

    /// Every retry counter: application identifier, file and tries left. 0 is blocked.
    pub fn counters(&self) -> impl Iterator<Item = (&'static [u8], FileId, u8)> {
        self.references.iter().map(|reference| {
            let aid = &self.profile.applications()[reference.application].aid;
            (&aid[..], reference.file, reference.pin.as_ref().map_or(0, Pin::left))
        })
    }

    /// What is selected: the application and the file in it; nothing in the power-on state.
    pub fn selected(&self) -> Option<(&'static Application, Option<FileId>)> {
        self.application().ok().map(|application| (application, self.file))
    }

    fn answer(&mut self, command: &[u8]) -> Answer {
        let apdu = Apdu::read(command)?;
        if apdu.secure { self.answer_in_session(&apdu) } else { self.answer_plain(&apdu) }
    }

    fn answer_plain(&mut self, apdu: &Apdu<'_>) -> Answer {
        match apdu.command {
            Command::Select => self.select(apdu),
            Command::ReadBinary => self.read_binary(apdu),
            Command::ReadRecord => self.read_record(apdu),
            Command::Verify => self.verify(apdu),
            Command::ChangeReferenceData | Command::ChangeKey => self.change(apdu),
            Command::ComputeSignature => self.compute_signature(apdu),
            Command::InternalAuthenticate => self.internal_authenticate(apdu),
            Command::ExternalAuthenticate => self.external_authenticate(apdu),
            Command::GetChallenge => self.get_challenge(apdu),
            Command::GetData => self.get_data(apdu),
            Command::SetSessionKey => self.set_session_key(apdu),
            Command::TerminalCertificate => self.terminal_certificate(apdu),
            Command::LastCommandMark => self.last_command_mark(apdu),
        }
    }

    /// The application that is selected.
    fn application(&self) -> Result<&'static Application, StatusWord> {
        let selected = self.selected.and_then(|place| self.profile.applications().get(place));
        selected.ok_or(StatusWord::NO_CURRENT_FILE)
    }

    /// The file that is current.
    fn current_file(&self) -> Result<(FileId, &'static File), StatusWord> {
        let application = self.application()?;
        let id = self.file.ok_or(StatusWord::NO_CURRENT_FILE)?;
        application.files.get(&id).map(|file| (id, file)).ok_or(StatusWord::NO_CURRENT_FILE)
    }

    /// The file with a short identifier, which becomes current; the current one for 0.
    fn file_by_short_id(&mut self, short: u8) -> Result<(FileId, &'static File), StatusWord> {
        if short == 0 {
            return self.current_file();
        }
        let application = self.application()?;
        let id = FileId::new(u16::from(short)).ok_or(StatusWord::WRONG_PARAMETERS)?;
        let file = application.files.get(&id).ok_or(StatusWord::FILE_NOT_FOUND)?;
        self.file = Some(id);
        Ok((id, file))
    }

    /// The file that P2 of VERIFY and the like names: `80` the current one, or `80` with a short
    /// identifier.
    fn file_by_p2(&mut self, p2: u8) -> Result<(FileId, &'static File), StatusWord> {
        if p2 & 0xE0 != 0x80 {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        self.file_by_short_id(p2 & 0x1F)
    }

    fn lose_selection(&mut self) {
        self.selected = None;
        self.file = None;
    }
}

impl SmartCard for Chip {
    fn atr(&self) -> &[u8] {
        self.profile.atr()
    }

    fn power_on(&mut self) {
        self.lose_selection();
        self.security = Security::default();
        self.power_ons = self.power_ons.wrapping_add(1);
        self.challenges = 0;
    }

    fn power_off(&mut self) {
        self.lose_selection();
        self.security = Security::default();
        self.holder_confirmed = false;
    }

    fn reset(&mut self) {
        self.lose_selection();
        if self.status_life.warm_reset == Remembered::Clear {
            self.security = Security::default();
        }
    }

    fn apdu(&mut self, command: &[u8]) -> Vec<u8> {
        let (mut answer, status) = match self.answer(command) {
            Ok(data) => (data, StatusWord::OK),
            Err(status) => (Vec::new(), status),
        };
        answer.extend_from_slice(&status.to_bytes());
        answer
    }
}
