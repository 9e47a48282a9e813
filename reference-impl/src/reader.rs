//! 顔認証付きカードリーダー: identifies a patient by face, PIN or sight, asks for consent, and
//! talks to the chip.
//!
//! Order of the flow (IDV-001): token on the reader, identity, consent, done, token away. The
//! chip is a message away: the reader says what it wants of it and is handed the answer.

mod chip;
mod consent;
mod identity;
mod verdict;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::calendar::{Jst, SECOND};
use crate::ids::CertificateSerial;
use crate::message::centre::{ConsentGroups, ConsentWish};
use crate::message::reader::{Carrier, ConsentScreen, FaceTemplate, Method, ReaderFault};
use crate::message::{Message, ReaderReport, Screen, Touch};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::{AppUser, Register, Route};
use crate::token::{Credential, Line};

/// How long the terminal may take, retries included, before the patient is sent to the desk.
const TERMINAL_PATIENCE: i64 = 45 * SECOND;

/// A reader.
#[derive(Debug)]
pub struct Reader {
    register: Arc<Register>,
    terminal: PartyId,
    setup: Setup,
    /// What it shows to a card after face or sight (特定機関認証); nothing without one.
    credential: Option<Arc<Credential>>,
    session: Option<Session>,
    /// Switched to visual mode from the PC, and not back to 自動運転.
    visual_mode: bool,
    /// Counts what is waited for, so that a late alarm is known as late.
    waits: u64,
}

/// How a reader is set up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setup {
    /// Whether a general-purpose reader for phones stands beside it.
    pub takes_phones: bool,
    /// Whether the institution is a site of the pilot with phones (CERT-043).
    pub pilot: bool,
    /// The groups for which consent is asked here.
    pub offered: ConsentGroups,
    /// The passcode that switches it to visual mode (IDV-011).
    pub passcode: String,
    /// How it gets at the photograph in the chip.
    pub photo_access: PhotoAccess,
    /// Who uses it, if it is not a face reader but the app for eligibility only (IDV-050).
    pub app: Option<AppUser>,
}

/// How a reader gets at the photograph in the chip. Which is real is not public (RDR-004).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhotoAccess {
    /// With 照合番号B, which its camera reads off the print.
    #[default]
    Print,
    /// By a right of its own, whatever the print looks like. **SIM-ONLY.**
    TerminalRight,
}

/// One patient at the reader.
#[derive(Debug)]
struct Session {
    patient: PartyId,
    line: Option<Line>,
    /// When the chip was last heard, and how often the way to it was found blocked.
    heard: Jst,
    blocked: u8,
    /// How often nothing more was to be had of the chip in this session.
    losses: u8,
    carrier: Carrier,
    stage: Stage,
    method: Method,
    pin: Option<String>,
    /// 照合番号B, if the camera could read the print.
    code_b: Option<String>,
    photo: Photo,
    serial: CertificateSerial,
    screens: Vec<ConsentScreen>,
    /// What a package screen starts from.
    defaults: Option<ConsentWish>,
    wish: ConsentWish,
    route: Route,
}

/// What is known of the photograph in the chip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Photo {
    /// It could not be opened.
    Unknown,
    /// There is none.
    None,
    /// The face in it.
    Of(FaceTemplate),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Connecting,
    ReadingPhoto,
    Choosing,
    Looking,
    TypingPin,
    CheckingPin,
    /// Waiting for staff to switch to visual mode.
    BeforeStaff,
    /// In visual mode, waiting for what staff see.
    Comparing,
    Trusting,
    ReadingCertificate,
    Signing,
    AwaitingVerdict,
    SigningUp,
    HoldingPhone,
    /// The card was lost in the middle and is to be put there again.
    PlacingAgain,
    Consenting,
    AwaitingAnswer,
    Ended,
}

impl Reader {
    /// A reader wired to `terminal` and set up like this.
    pub fn new(register: Arc<Register>, terminal: PartyId, setup: Setup) -> Self {
        Self {
            register,
            terminal,
            setup,
            credential: None,
            session: None,
            visual_mode: false,
            waits: 0,
        }
    }

    /// The same with what it shows to a card after face or sight. **SIM-ONLY.**
    #[must_use]
    pub fn with_credential(self, credential: Arc<Credential>) -> Self {
        Self { credential: Some(credential), ..self }
    }

    fn touch(&mut self, now: Jst, patient: PartyId, touch: Touch, out: &mut Outbox) {
        match touch {
            Touch::PlaceCard(placed) => {
                self.card_placed(now, patient, placed, Route::Counter, out);
            }
            Touch::PlaceCardInEmergency(placed) => {
                self.card_placed(now, patient, placed, Route::Emergency, out);
            }
            Touch::ChoosePhone(carrier) => self.phone_chosen(now, patient, carrier, out),
            Touch::HoldPhone(token) => {
                // A phone held up before the reader has asked for it is not read (IDV-021).
                if self.stage() == Some(Stage::HoldingPhone) {
                    self.connect(now, PartyId::Token(token), out);
                } else {
                    self.begin(now, patient, Carrier::Iphone, out);
                    self.fail(ReaderFault::PhoneTooEarly, out);
                }
            }
            Touch::Choose(method)
                if matches!(self.stage(), Some(Stage::Choosing | Stage::TypingPin))
                    && self.holds_card() =>
            {
                self.method_chosen(method, out);
            }
            Touch::Look(sight) if self.stage() == Some(Stage::Looking) => {
                self.looked(now, sight, out);
            }
            Touch::Pin(pin) if self.stage() == Some(Stage::TypingPin) => {
                self.pin_typed(now, pin, out);
            }
            Touch::Consent(wish) if self.stage() == Some(Stage::Consenting) => {
                self.consent_answered(now, wish, out);
            }
            Touch::ConsentAsShown if self.stage() == Some(Stage::Consenting) => {
                self.consent_left(now, out);
            }
            Touch::SignUp if self.stage() == Some(Stage::SigningUp) => {
                let Some(session) = &self.session else { return };
                let (serial, carrier) = (session.serial.clone(), session.carrier);
                let report = ReaderReport::SignUp { serial, carrier };
                self.report(now, Stage::AwaitingVerdict, report, out);
            }
            Touch::TakeCard => self.end_session(out),
            // A touch that fits no question on the screen does nothing.
            _ => {}
        }
    }

    fn stage(&self) -> Option<Stage> {
        self.session.as_ref().map(|s| s.stage)
    }

    fn begin(&mut self, now: Jst, patient: PartyId, carrier: Carrier, out: &mut Outbox) {
        let before = self.session.as_ref().filter(|s| s.patient == patient);
        let losses = before.filter(|_| carrier == Carrier::Card).map_or(0, |s| s.losses);
        self.end_session(out);
        // Alarms of whoever was here before are late from now on.
        self.waits += 1;
        self.session = Some(Session {
            patient,
            line: None,
            heard: now,
            blocked: 0,
            losses,
            carrier,
            stage: Stage::Ended,
            method: Method::Face,
            pin: None,
            code_b: None,
            photo: Photo::Unknown,
            serial: CertificateSerial::default(),
            screens: Vec::new(),
            defaults: None,
            wish: ConsentWish::default(),
            route: Route::Counter,
        });
    }

    /// Ends the session: what the chip has allowed must not outlive the patient's visit.
    fn end_session(&mut self, out: &mut Outbox) {
        if let Some(line) = self.session.take().and_then(|session| session.line) {
            line.close(out);
        }
    }

    fn report(&mut self, now: Jst, stage: Stage, report: ReaderReport, out: &mut Outbox) {
        if let Some(session) = &mut self.session {
            session.stage = stage;
        }
        self.waits += 1;
        out.send(self.terminal, report);
        out.wake_after(now, TERMINAL_PATIENCE, "terminal", self.waits);
    }

    fn show(&mut self, stage: Stage, screen: Screen, out: &mut Outbox) {
        if let Some(session) = &mut self.session {
            session.stage = stage;
            out.send(session.patient, screen);
        }
    }

    fn choose_again(&mut self, screen: Screen, out: &mut Outbox) {
        self.show(Stage::Choosing, screen, out);
    }

    fn fail(&mut self, fault: ReaderFault, out: &mut Outbox) {
        self.waits += 1;
        self.show(Stage::Ended, Screen::Failed(fault), out);
    }
}

impl Party for Reader {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::Touch(touch) } => {
                self.touch(now, from, touch, out);
            }
            Input::Message { from, message: Message::TokenReply(reply) } => {
                self.chip_answered(now, from, reply, out);
            }
            Input::Message { message: Message::TerminalSays(says), .. } => {
                self.terminal_says(now, says, out);
            }
            Input::Message { message: Message::StaffAction(action), .. } => {
                self.staff(now, action, out);
            }
            Input::Alarm(Alarm { name: "chip", key }) if key == self.waits => {
                self.chip_silent(now, out);
            }
            Input::Alarm(Alarm { name: "blocked", key }) if key == self.waits => {
                self.try_again(now, out);
            }
            Input::Alarm(Alarm { name: "terminal", key }) if key == self.waits => {
                self.fail(ReaderFault::NoConnection, out);
            }
            Input::PowerLost | Input::PowerBack => (self.session, self.visual_mode) = (None, false),
            _ => {}
        }
    }
}
