//! How a reader finds out who stands before it: card or phone, face, PIN, sight (IDV-001…024).

use super::{Photo, Reader, Stage};
use crate::calendar::Jst;
use crate::message::reader::{Carrier, Method, Placed, ReaderFault, Sight};
use crate::message::{Screen, StaffAction};
use crate::party::{Outbox, PartyId};
use crate::register::Route;
use crate::token::Wish;

impl Reader {
    pub(super) fn card_placed(
        &mut self,
        now: Jst,
        patient: PartyId,
        placed: Placed,
        route: Route,
        out: &mut Outbox,
    ) {
        self.begin(now, patient, Carrier::Card, out);
        if let Some(session) = &mut self.session {
            session.route = route;
            session.code_b = placed.code_b;
        }
        let policy = self.register.on(now.date());
        if self.setup.app.is_some_and(|user| !policy.eligibility_app(user)) {
            self.fail(ReaderFault::AppNotAllowed, out);
        } else {
            self.connect(now, PartyId::Token(placed.token), out);
        }
    }

    pub(super) fn phone_chosen(
        &mut self,
        now: Jst,
        patient: PartyId,
        carrier: Carrier,
        out: &mut Outbox,
    ) {
        self.begin(now, patient, carrier, out);
        let policy = self.register.on(now.date());
        let accepted = self.setup.takes_phones && policy.phones_accepted(self.setup.pilot);
        match carrier {
            _ if !accepted => self.fail(ReaderFault::PhoneNotAccepted, out),
            // The PIN of an Android phone is typed here, not on the phone (IDV-020 ②).
            Carrier::Android => self.show(Stage::TypingPin, Screen::EnterPin { left: None }, out),
            Carrier::Iphone | Carrier::Card => {
                self.show(Stage::HoldingPhone, Screen::HoldPhone, out);
            }
        }
    }

    pub(super) fn method_chosen(&mut self, method: Method, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        session.method = method;
        match method {
            Method::Face if self.visual_mode => self.choose_again(Screen::VisualModeOn, out),
            Method::Face if self.setup.app.is_some() => self.choose_again(Screen::NoCamera, out),
            Method::Face | Method::Visual if session.photo == Photo::None => {
                self.choose_again(Screen::NoPhotograph, out);
            }
            // Staff compare with the print in their hands; the camera needs the chip's.
            Method::Face if session.photo == Photo::Unknown => {
                self.choose_again(Screen::PrintNotRead, out);
            }
            Method::Face => self.show(Stage::Looking, Screen::LookHere, out),
            Method::Pin => self.show(Stage::TypingPin, Screen::EnterPin { left: None }, out),
            Method::Visual => self.show(Stage::BeforeStaff, Screen::ShowToStaff, out),
        }
    }

    /// The camera has seen something.
    pub(super) fn looked(&mut self, now: Jst, sight: Sight, out: &mut Outbox) {
        let photo = self.session.as_ref().map_or(Photo::Unknown, |session| session.photo);
        match sight {
            Sight::Face(face) if photo == Photo::Of(face) => self.trust_terminal(now, out),
            Sight::Face(_) => self.choose_again(Screen::FaceNotMatched, out),
            Sight::Hindered(by) => self.choose_again(Screen::FaceNotSeen(by), out),
        }
    }

    pub(super) fn pin_typed(&mut self, now: Jst, pin: String, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        if session.carrier == Carrier::Card {
            self.wish(now, Stage::CheckingPin, Wish::VerifyPin(pin), out);
        } else {
            session.pin = Some(pin);
            self.show(Stage::HoldingPhone, Screen::HoldPhone, out);
        }
    }

    /// Lets the terminal use the key without a PIN, after face or sight (特定機関認証).
    pub(super) fn trust_terminal(&mut self, now: Jst, out: &mut Outbox) {
        self.wish(now, Stage::Trusting, Wish::AuthenticateTerminal, out);
    }

    /// What staff do, by hand or from the PC.
    pub(super) fn staff(&mut self, now: Jst, action: StaffAction, out: &mut Outbox) {
        match (self.stage(), action) {
            (_, StaffAction::SwitchToAutomatic) => self.visual_mode = false,
            (Some(Stage::BeforeStaff), StaffAction::SwitchToVisual { passcode }) => {
                self.visual_mode = passcode.is_none() && self.setup.app.is_none();
                // Logged in on the PC, or the app in one's own hands: no passcode is asked.
                let asked = passcode.filter(|_| self.setup.app.is_none());
                if asked.is_none_or(|passcode| passcode == self.setup.passcode) {
                    self.set_stage(Stage::Comparing);
                } else {
                    self.choose_again(Screen::ChooseMethod, out);
                }
            }
            (Some(Stage::Comparing), StaffAction::Compared { same: true }) => {
                self.trust_terminal(now, out);
            }
            (Some(Stage::Comparing), StaffAction::Compared { same: false }) => {
                self.choose_again(Screen::FaceNotMatched, out);
            }
            (Some(Stage::Consenting), StaffAction::Consent(wish))
                if self.staff_may_consent(now) =>
            {
                self.consent_answered(now, wish, out);
            }
            _ => {}
        }
    }

    /// Staff enter consent for the patient in the new sequence of the visual check only (IDV-011).
    fn staff_may_consent(&self, now: Jst) -> bool {
        let visual = self.session.as_ref().is_some_and(|s| s.method == Method::Visual);
        visual && self.register.on(now.date()).visual_mode_on_reader()
    }

    fn set_stage(&mut self, stage: Stage) {
        if let Some(session) = &mut self.session {
            session.stage = stage;
        }
    }
}
