//! The card as a state machine: on the reader or not, and what it has been convinced of.

use serde::{Deserialize, Serialize};

use crate::carrier::Carrier;
use crate::command::{Application, Command, Data, Marker, Proof, Reply, TokenInfo};
use crate::pin::{Pin, Verification};
use crate::signature::SignaturePassword;
use crate::status::StatusWord;
use crate::terminal;
use crate::token::{Certificate, Chip, Token};

/// The longest entry that a short APDU can carry.
const LONGEST_ENTRY: usize = 255;

/// The longest challenge that PKCS#1 v1.5 padding leaves room for under RSA-2048.
const LONGEST_CHALLENGE: usize = 245;

/// A token with its state. It owns everything that a command can change, so a clone of it
/// is a card that has lived through the same things.
///
/// The chip knows nothing of revocation, suspension or expiry: it signs as long as its
/// security conditions hold. Whether the certificate is any good is known to the
/// certification authority alone, and asked there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Card {
    token: Token,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signature_password: Option<SignaturePassword>,
    inserted: bool,
    holder_confirmed: bool,
    security: Security,
}

/// What the chip has been convinced of since power-up. It is lost with the power, and when
/// another application is selected.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct Security {
    selected: Option<Application>,
    pin_verified: bool,
    terminal_authenticated: bool,
}

impl Security {
    fn select(&mut self, application: Application) {
        // Selecting the same application again keeps the status: surveyed cards do.
        if self.selected != Some(application) {
            *self = Self { selected: Some(application), ..Self::default() };
        }
    }
}

impl Card {
    /// A card that is not on a reader yet.
    pub fn new(token: Token) -> Self {
        let (signature_password, security) = (None, Security::default());
        Self { token, signature_password, inserted: false, holder_confirmed: false, security }
    }

    /// The same card with the password of its signature certificate. A card without such a
    /// certificate has none.
    #[must_use]
    pub fn with_signature_password(self, password: SignaturePassword) -> Self {
        let password = Some(password).filter(|_| self.token.has_signature_certificate());
        Self { signature_password: password, ..self }
    }

    /// A municipality, or the phone's own application, puts a new certificate in the place of
    /// the old one. Returns whether the chip took it.
    pub fn install(&mut self, certificate: Certificate) -> bool {
        let works = self.token.chip() == Chip::Working;
        if works {
            self.token.install(certificate);
        }
        works
    }

    /// A municipality sets a new PIN (CERT-022). Returns whether the chip took it: there has to
    /// be a PIN to replace.
    pub fn set_pin(&mut self, pin: Pin) -> bool {
        self.token.chip() == Chip::Working && self.token.pin_mut().map(|old| *old = pin).is_some()
    }

    /// Compares an entry with the signature password; `None` if there is none, or the chip is
    /// silent.
    pub fn verify_signature(&mut self, entry: &str) -> Option<Verification> {
        let password = self.signature_password.as_mut();
        password.filter(|_| self.token.chip() == Chip::Working).map(|p| p.verify(entry))
    }

    /// Puts the card on the reader, or the phone over it. Nothing happens to one that is
    /// already there.
    pub fn insert(&mut self) {
        self.inserted = true;
    }

    /// Takes the card away. It forgets what it was convinced of and keeps the PIN counter.
    pub fn remove(&mut self) {
        self.inserted = false;
        self.holder_confirmed = false;
        self.security = Security::default();
    }

    /// The holder of an iPhone confirms by Face ID or Touch ID, before or while the phone is
    /// over the reader (IDV-020). It holds until the phone is taken away. On anything else
    /// it means nothing.
    pub fn confirm_holder(&mut self) {
        self.holder_confirmed = self.token.carrier() == Carrier::IPhone;
    }

    /// Whether the card is on the reader.
    pub const fn is_inserted(&self) -> bool {
        self.inserted
    }

    /// The token as it is now, with its PIN counter.
    pub const fn token(&self) -> &Token {
        &self.token
    }

    /// Gives the token back, with its PIN counter.
    pub fn into_token(self) -> Token {
        self.token
    }

    /// Answers one command.
    ///
    /// Where the public facts are silent, the model is this:
    ///
    /// * no PIN set (face-only card, iPhone): the counter reads `63C0` and every entry is
    ///   refused with `6984`, as if blocked from issue;
    /// * a wrong entry takes back what an earlier correct one allowed;
    /// * an entry of more than 255 bytes does not fit a short APDU: `6700`, no try lost;
    /// * an iPhone whose holder has not confirmed gives neither certificate nor signature;
    /// * the photograph is not yet guarded by 照合番号B or a terminal right.
    ///
    /// Reading the photograph selects the surface application, and with that the chip
    /// forgets the PIN and the terminal. A terminal therefore reads it first.
    pub fn command(&mut self, command: Command) -> Reply {
        if !self.inserted {
            return Reply::NoCard;
        }
        if self.token.chip() == Chip::Unreadable {
            return Reply::Silence;
        }
        // Phones have no surface application; a failed SELECT leaves the selection alone.
        let application = match command {
            Command::ReadPhoto => Application::Surface,
            _ => Application::Jpki,
        };
        if !Application::on(self.token.carrier()).contains(&application) {
            return Reply::status_only(StatusWord::FILE_NOT_FOUND);
        }
        self.security.select(application);

        let outcome = match command {
            Command::ReadToken => Ok(Data::Token(self.info())),
            Command::ReadCertificate => self.certificate(),
            Command::AskRetries => Err(self.retries()),
            Command::Verify { entry } => Err(self.verify(&entry)),
            Command::ReadPhoto => self.photo(),
            Command::AuthenticateTerminal => self.authenticate_terminal(),
            Command::Sign { challenge } => self.sign(challenge),
        };
        match outcome {
            Ok(data) => Reply::with(data),
            Err(status) => Reply::status_only(status),
        }
    }

    fn info(&self) -> TokenInfo {
        let signature = if self.token.has_signature_certificate() { 0x8F } else { 0x00 };
        TokenInfo {
            label: self.token.carrier().label().to_owned(),
            certificates: [signature, 0x8F, 0x00],
            applications: Application::on(self.token.carrier()).to_vec(),
        }
    }

    fn certificate(&self) -> Result<Data, StatusWord> {
        let allowed = match self.token.carrier() {
            Carrier::Card => true,
            Carrier::Android => self.security.pin_verified,
            Carrier::IPhone => self.holder_confirmed,
        };
        if !allowed {
            return Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED);
        }
        Ok(Data::Certificate(self.token.certificate().clone()))
    }

    fn retries(&self) -> StatusWord {
        // Never 6984, even when blocked: real clients give up the whole token if the empty
        // VERIFY answers anything but 63Cx.
        StatusWord::retries_left(self.token.pin().map_or(0, |pin| pin.left()))
    }

    fn verify(&mut self, entry: &str) -> StatusWord {
        if entry.is_empty() {
            return self.retries();
        }
        if entry.len() > LONGEST_ENTRY {
            return StatusWord::WRONG_LENGTH;
        }
        let verification =
            self.token.pin_mut().map_or(Verification::Locked, |pin| pin.verify(entry));
        self.security.pin_verified = verification == Verification::Accepted;
        verification.status()
    }

    fn photo(&self) -> Result<Data, StatusWord> {
        self.token.photo().cloned().map(Data::Photo).ok_or(StatusWord::DATA_NOT_FOUND)
    }

    fn authenticate_terminal(&mut self) -> Result<Data, StatusWord> {
        let accepted = terminal::authenticate(&self.token)?;
        self.security.terminal_authenticated = true;
        Ok(Data::SimOnly(accepted))
    }

    fn sign(&self, challenge: String) -> Result<Data, StatusWord> {
        let allowed = self.security.pin_verified
            || self.security.terminal_authenticated
            || self.holder_confirmed;
        if !allowed {
            return Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED);
        }
        if challenge.is_empty() || challenge.len() > LONGEST_CHALLENGE {
            return Err(StatusWord::WRONG_LENGTH);
        }
        let serial = self.token.certificate().serial.clone();
        Ok(Data::Proof(Proof { marker: Marker::Test, serial, challenge }))
    }
}
