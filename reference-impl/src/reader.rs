//! 顔認証付きカードリーダー: identifies a patient by face, PIN or sight, asks for consent, and
//! talks to the chip.
//!
//! Order of the flow (IDV-001): token on the reader, identity, consent, done, token away. The
//! chip is a message away: the reader says what it wants of it and is handed the answer.

mod consent;
mod identity;

use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::{Jst, SECOND};
use crate::certificate::Standing;
use crate::ids::CertificateSerial;
use crate::message::centre::{ConsentGroups, ConsentWish, Refusal};
use crate::message::reader::{Carrier, ConsentScreen, Method, ReaderFault};
use crate::message::{
    Message, ReaderReport, Screen, TerminalSays, TokenCommand, TokenReply, Touch,
};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::{AppUser, Register, Route};

/// How long a chip may be silent before it counts as unreadable.
const CHIP_PATIENCE: i64 = 5 * SECOND;
/// How long the terminal may take, retries included, before the patient is sent to the desk.
const TERMINAL_PATIENCE: i64 = 45 * SECOND;

/// A reader.
#[derive(Debug)]
pub struct Reader {
    register: Arc<Register>,
    terminal: PartyId,
    setup: Setup,
    session: Option<Session>,
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
    /// Who uses it, if it is not a face reader but the app for eligibility only (IDV-050).
    pub app: Option<AppUser>,
}

/// One patient at the reader.
#[derive(Debug)]
struct Session {
    patient: PartyId,
    token: Option<PartyId>,
    carrier: Carrier,
    stage: Stage,
    method: Method,
    pin: Option<String>,
    has_photo: bool,
    serial: CertificateSerial,
    screens: Vec<ConsentScreen>,
    /// What a package screen starts from.
    defaults: Option<ConsentWish>,
    wish: ConsentWish,
    route: Route,
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
    Consenting,
    AwaitingAnswer,
    Ended,
}

impl Reader {
    /// A reader wired to `terminal` and set up like this.
    pub fn new(register: Arc<Register>, terminal: PartyId, setup: Setup) -> Self {
        Self { register, terminal, setup, session: None, waits: 0 }
    }

    fn touch(&mut self, now: Jst, patient: PartyId, touch: Touch, out: &mut Outbox) {
        match touch {
            Touch::PlaceCard(token) => {
                self.card_placed(now, patient, PartyId::Token(token), Route::Counter, out);
            }
            Touch::PlaceCardInEmergency(token) => {
                self.card_placed(now, patient, PartyId::Token(token), Route::Emergency, out);
            }
            Touch::ChoosePhone(carrier) => self.phone_chosen(now, patient, carrier, out),
            Touch::HoldPhone(token) => {
                // A phone held up before the reader has asked for it is not read (IDV-021).
                if self.stage() == Some(Stage::HoldingPhone) {
                    self.connect(now, PartyId::Token(token), out);
                } else {
                    self.begin(patient, Carrier::Iphone, Stage::Ended);
                    self.fail(ReaderFault::PhoneTooEarly, out);
                }
            }
            Touch::Choose(method)
                if matches!(self.stage(), Some(Stage::Choosing | Stage::TypingPin))
                    && self.holds_card() =>
            {
                self.method_chosen(method, out);
            }
            Touch::Look { matches } if self.stage() == Some(Stage::Looking) => {
                if matches {
                    self.trust_terminal(now, out);
                } else {
                    self.choose_again(Screen::FaceNotMatched, out);
                }
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
            Touch::TakeCard => {
                if let Some(token) = self.session.take().and_then(|s| s.token) {
                    out.send(token, TokenCommand::Disconnect);
                }
            }
            // A touch that fits no question on the screen does nothing.
            _ => {}
        }
    }

    fn stage(&self) -> Option<Stage> {
        self.session.as_ref().map(|s| s.stage)
    }

    fn begin(&mut self, patient: PartyId, carrier: Carrier, stage: Stage) {
        // Alarms of whoever was here before are late from now on.
        self.waits += 1;
        self.session = Some(Session {
            patient,
            token: None,
            carrier,
            stage,
            method: Method::Face,
            pin: None,
            has_photo: false,
            serial: CertificateSerial::default(),
            screens: Vec::new(),
            defaults: None,
            wish: ConsentWish::default(),
            route: Route::Counter,
        });
    }

    fn connect(&mut self, now: Jst, token: PartyId, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        session.token = Some(token);
        self.say(now, Stage::Connecting, TokenCommand::Connect, out);
    }

    /// Says something to the chip and waits for the answer in `stage`.
    fn say(&mut self, now: Jst, stage: Stage, command: TokenCommand, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        let Some(token) = session.token else { return };
        session.stage = stage;
        self.waits += 1;
        out.send(token, command);
        out.wake_after(now, CHIP_PATIENCE, "chip", self.waits);
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

    fn chip_answered(&mut self, now: Jst, reply: TokenReply, out: &mut Outbox) {
        // Whatever was waited for has come; its alarm is late from now on.
        self.waits += 1;
        let Some(session) = &mut self.session else { return };
        match (session.stage, reply) {
            (Stage::Connecting, TokenReply::Connected(carrier)) => {
                session.carrier = carrier;
                match session.pin.take() {
                    Some(pin) => self.say(now, Stage::CheckingPin, TokenCommand::Verify(pin), out),
                    None if carrier == Carrier::Card => {
                        self.say(now, Stage::ReadingPhoto, TokenCommand::ReadPhoto, out);
                    }
                    None => self.read_certificate(now, out),
                }
            }
            (Stage::ReadingPhoto, TokenReply::Photo(has_photo)) => {
                session.has_photo = has_photo;
                self.show(Stage::Choosing, Screen::ChooseMethod, out);
            }
            (Stage::CheckingPin, TokenReply::PinWrong { left }) => {
                self.show(Stage::TypingPin, Screen::EnterPin { left: Some(left) }, out);
            }
            // A phone has nothing else to be identified by (IDV-024).
            (Stage::CheckingPin, TokenReply::PinUnusable) if session.carrier != Carrier::Card => {
                self.fail(ReaderFault::PhonePinLocked, out);
            }
            (Stage::CheckingPin, TokenReply::PinUnusable) => {
                self.choose_again(Screen::PinUnusable, out);
            }
            (Stage::CheckingPin, TokenReply::PinAccepted)
            | (Stage::Trusting, TokenReply::TerminalTrusted) => self.read_certificate(now, out),
            (Stage::ReadingCertificate, TokenReply::Certificate { serial, .. }) => {
                session.serial = serial;
                self.say(now, Stage::Signing, TokenCommand::Sign, out);
            }
            (Stage::Signing, TokenReply::Signed) => {
                let (serial, carrier) = (session.serial.clone(), session.carrier);
                let method = session.method;
                let report = ReaderReport::Identified { serial, carrier, method };
                self.report(now, Stage::AwaitingVerdict, report, out);
            }
            (Stage::Ended, _) => {}
            (_, _) => self.fail(ReaderFault::Unreadable, out),
        }
    }

    fn read_certificate(&mut self, now: Jst, out: &mut Outbox) {
        self.say(now, Stage::ReadingCertificate, TokenCommand::ReadCertificate, out);
    }

    fn terminal_says(&mut self, now: Jst, says: TerminalSays, out: &mut Outbox) {
        match (self.stage(), says) {
            (
                Some(Stage::AwaitingVerdict),
                TerminalSays::Accepted { standing, expires, specific_disease, defaults },
            ) => {
                if let Some(session) = &mut self.session {
                    session.defaults = defaults;
                }
                self.accepted(now, standing, expires, specific_disease, out);
            }
            // A card can be registered on the spot; a phone cannot, and the app has no such step.
            (Some(Stage::AwaitingVerdict), TerminalSays::Refused(Refusal::NotSignedUp))
                if self.can_sign_up() =>
            {
                self.waits += 1;
                self.show(Stage::SigningUp, Screen::SignUp, out);
            }
            (Some(Stage::AwaitingAnswer), TerminalSays::Finished) => {
                self.waits += 1;
                self.show(Stage::Ended, Screen::Done, out);
            }
            (Some(Stage::AwaitingVerdict | Stage::AwaitingAnswer), TerminalSays::Refused(_)) => {
                self.fail(ReaderFault::CertificateRefused, out);
            }
            (Some(Stage::AwaitingVerdict | Stage::AwaitingAnswer), TerminalSays::Unreachable) => {
                self.fail(ReaderFault::NoConnection, out);
            }
            // A late or doubled answer belongs to nothing that is waited for.
            _ => {}
        }
    }

    fn accepted(
        &mut self,
        now: Jst,
        standing: Standing,
        expires: Date,
        specific_disease: bool,
        out: &mut Outbox,
    ) {
        self.waits += 1;
        if standing.shows_alert()
            && let Some(session) = &self.session
        {
            out.send(session.patient, Screen::RenewalNotice { expires });
        }
        if self.setup.app.is_some() {
            return self.ask_eligibility_only(now, out);
        }
        let Some(session) = &self.session else { return };
        // In grace nothing can be consented to (CONS-070), and in an emergency nobody is asked.
        let asks = standing.allows_records() && session.route != Route::Emergency;
        let screens = if asks {
            let policy = self.register.on(now.date());
            consent::screens(&policy, self.setup.offered, specific_disease)
        } else {
            Vec::new()
        };
        if let Some(session) = &mut self.session {
            session.screens = screens;
        }
        self.next_consent_screen(now, out);
    }

    /// Screens are kept in reverse, so that the next one is the last.
    fn next_consent_screen(&mut self, now: Jst, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        if let Some(screen) = session.screens.last().copied() {
            self.show(Stage::Consenting, Screen::Consent(screen), out);
        } else {
            let (serial, carrier) = (session.serial.clone(), session.carrier);
            let route = session.route;
            let wish = if route == Route::Emergency { ConsentWish::ALL } else { session.wish };
            let report = ReaderReport::Consented { serial, carrier, wish, route };
            self.report(now, Stage::AwaitingAnswer, report, out);
        }
    }

    fn consent_answered(&mut self, now: Jst, wish: ConsentWish, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        let policy = self.register.on(now.date());
        let rules = (&policy, self.setup.offered);
        consent::answer(&mut session.screens, &mut session.wish, wish, rules);
        self.next_consent_screen(now, out);
    }

    fn consent_left(&mut self, now: Jst, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        let shown = session.defaults.unwrap_or_default();
        consent::leave(&mut session.screens, &mut session.wish, shown, self.setup.offered);
        self.next_consent_screen(now, out);
    }

    fn holds_card(&self) -> bool {
        self.session.as_ref().is_some_and(|s| s.carrier == Carrier::Card)
    }

    fn can_sign_up(&self) -> bool {
        self.holds_card() && self.setup.app.is_none()
    }

    fn ask_eligibility_only(&mut self, now: Jst, out: &mut Outbox) {
        let Some(session) = &self.session else { return };
        let (serial, carrier) = (session.serial.clone(), session.carrier);
        let report = ReaderReport::EligibilityOnly { serial, carrier };
        self.report(now, Stage::AwaitingAnswer, report, out);
    }
}

impl Party for Reader {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::Touch(touch) } => {
                self.touch(now, from, touch, out);
            }
            Input::Message { message: Message::TokenReply(reply), .. } => {
                self.chip_answered(now, reply, out);
            }
            Input::Message { message: Message::TerminalSays(says), .. } => {
                self.terminal_says(now, says, out);
            }
            Input::Message { message: Message::StaffAction(action), .. } => {
                self.staff(now, action, out);
            }
            Input::Alarm(Alarm { name: "chip", key }) if key == self.waits => {
                self.fail(ReaderFault::Unreadable, out);
            }
            Input::Alarm(Alarm { name: "terminal", key }) if key == self.waits => {
                self.fail(ReaderFault::NoConnection, out);
            }
            Input::PowerLost | Input::PowerBack => self.session = None,
            _ => {}
        }
    }
}
