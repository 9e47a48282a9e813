//! What a reader wants of the chip, what comes back, and what it does where nothing does.

use super::{Photo, PhotoAccess, Reader, Stage};
use crate::calendar::{Jst, SECOND};
use crate::message::reader::{Carrier, FaceTemplate, ReaderFault};
use crate::message::{ReaderReport, Screen, TokenReply};
use crate::party::{Outbox, PartyId};
use crate::token::{Heard, Line, Outcome, PhotoKey, Wish, challenge};

/// How long a chip may be silent before it counts as unreadable.
const CHIP_PATIENCE: i64 = 5 * SECOND;
/// How long a reader waits before it tries again where the way to the chip is blocked.
const BLOCKED_WAIT: i64 = SECOND / 2;
/// How often it does.
const BLOCKED_MAX: u8 = 10;
/// How often a chip may be lost in one session: once, and then it is put there again.
const LOSSES_MAX: u8 = 2;

impl Reader {
    /// Begins to talk to what was put on the reader or held to it.
    pub(super) fn connect(&mut self, now: Jst, token: PartyId, out: &mut Outbox) {
        let credential = self.credential.clone();
        let Some(session) = &mut self.session else { return };
        let mut line = Line::new(token, credential);
        if let Some(before) = session.line.take() {
            line = line.after(&before);
            before.close(out);
        }
        session.line = Some(line);
        self.wish(now, Stage::Connecting, Wish::Identify, out);
    }

    /// Wants something of the chip and waits for it in `stage`.
    pub(super) fn wish(&mut self, now: Jst, stage: Stage, wish: Wish, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        let Some(line) = &mut session.line else { return };
        (session.stage, session.heard) = (stage, now);
        self.waits += 1;
        line.say(wish, out);
        out.wake_after(now, CHIP_PATIENCE, "chip", self.waits);
    }

    pub(super) fn chip_answered(
        &mut self,
        now: Jst,
        from: PartyId,
        reply: TokenReply,
        out: &mut Outbox,
    ) {
        let Some(session) = &mut self.session else { return };
        session.heard = now;
        // What was taken away may still have been answering.
        let Some(line) = session.line.as_mut().filter(|line| line.token() == from) else { return };
        let Some(heard) = line.heard(reply, out) else { return };
        // Whatever was waited for has come; its alarm is late from now on.
        self.waits += 1;
        match heard {
            Heard::Outcome(outcome) => self.came_to(now, outcome, out),
            Heard::Gone | Heard::Unreadable => self.chip_lost(out),
            Heard::Blocked => {
                session.blocked += 1;
                if session.blocked > BLOCKED_MAX {
                    self.fail(ReaderFault::CardReaderDown, out);
                } else {
                    out.wake_after(now, BLOCKED_WAIT, "blocked", self.waits);
                }
            }
        }
    }

    /// The way to the chip was blocked; perhaps it is free now.
    pub(super) fn try_again(&mut self, now: Jst, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        session.heard = now;
        self.waits += 1;
        if let Some(line) = &mut session.line {
            line.again(out);
            out.wake_after(now, CHIP_PATIENCE, "chip", self.waits);
        }
    }

    /// The alarm for the chip has rung: it was too early if something was heard meanwhile.
    pub(super) fn chip_silent(&mut self, now: Jst, out: &mut Outbox) {
        let Some(session) = &self.session else { return };
        let patient_until = session.heard.plus(CHIP_PATIENCE);
        if now < patient_until {
            out.wake(patient_until, "chip", self.waits);
        } else {
            self.chip_lost(out);
        }
    }

    /// Nothing more is to be had of the chip as it lies there. Once more may help; what was known
    /// of it is void, because it may be another one.
    fn chip_lost(&mut self, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        if session.stage == Stage::Ended {
            return;
        }
        session.losses += 1;
        if session.losses >= LOSSES_MAX {
            return self.fail(ReaderFault::Unreadable, out);
        }
        self.waits += 1;
        if session.carrier == Carrier::Card {
            self.show(Stage::PlacingAgain, Screen::PlaceCardAgain, out);
        } else {
            self.show(Stage::HoldingPhone, Screen::HoldPhone, out);
        }
    }

    fn came_to(&mut self, now: Jst, outcome: Outcome, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        match (session.stage, outcome) {
            (Stage::Connecting, Outcome::Identified { carrier, .. }) => {
                session.carrier = carrier;
                self.identified(now, out);
            }
            (Stage::Connecting, Outcome::Foreign) => self.fail(ReaderFault::NotMyNumberCard, out),
            (Stage::ReadingPhoto, Outcome::Photo(photo)) => {
                session.photo =
                    photo.map_or(Photo::None, |photo| Photo::Of(FaceTemplate::of(&photo)));
                self.choose_again(Screen::ChooseMethod, out);
            }
            // The camera has misread the print.
            (Stage::ReadingPhoto, Outcome::Refused(_) | Outcome::Unusable) => {
                self.choose_again(Screen::PrintNotRead, out);
            }
            (Stage::CheckingPin, Outcome::Wrong { left }) => {
                self.show(Stage::TypingPin, Screen::EnterPin { left: Some(left) }, out);
            }
            // A phone has nothing else to be identified by (IDV-024).
            (Stage::CheckingPin, Outcome::Unusable) if session.carrier != Carrier::Card => {
                self.fail(ReaderFault::PhonePinLocked, out);
            }
            (Stage::CheckingPin, Outcome::Unusable) => self.choose_again(Screen::PinUnusable, out),
            (Stage::CheckingPin, Outcome::Accepted) | (Stage::Trusting, Outcome::Trusted) => {
                self.wish(now, Stage::ReadingCertificate, Wish::ReadCertificate, out);
            }
            (Stage::ReadingCertificate, Outcome::Certificate(serial)) => {
                session.serial = serial;
                let digest = challenge(&session.serial, now);
                self.wish(now, Stage::Signing, Wish::Sign(digest), out);
            }
            (Stage::Signing, Outcome::Signed(_)) => {
                let (serial, carrier) = (session.serial.clone(), session.carrier);
                let method = session.method;
                let report = ReaderReport::Identified { serial, carrier, method };
                self.report(now, Stage::AwaitingVerdict, report, out);
            }
            (Stage::Ended, _) => {}
            (_, _) => self.fail(ReaderFault::Unreadable, out),
        }
    }

    fn identified(&mut self, now: Jst, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        let key = match self.setup.photo_access {
            PhotoAccess::Print => session.code_b.clone().map(PhotoKey::CodeB),
            PhotoAccess::TerminalRight => Some(PhotoKey::Terminal),
        };
        match (session.pin.clone(), session.carrier, key) {
            (Some(pin), ..) => self.wish(now, Stage::CheckingPin, Wish::VerifyPin(pin), out),
            (None, Carrier::Card, Some(key)) => {
                self.wish(now, Stage::ReadingPhoto, Wish::ReadPhoto(key), out);
            }
            // Without a camera there is no face to be refused.
            (None, Carrier::Card, None) if self.setup.app.is_some() => {
                self.choose_again(Screen::ChooseMethod, out);
            }
            (None, Carrier::Card, None) => self.choose_again(Screen::PrintNotRead, out),
            (None, ..) => self.wish(now, Stage::ReadingCertificate, Wish::ReadCertificate, out),
        }
    }
}
