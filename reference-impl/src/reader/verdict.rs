//! What a reader does with the word of the terminal: the renewal notice, registration on the spot,
//! the consent screens one after the other, and the end.

use jiff::civil::Date;

use super::{Reader, Stage, consent};
use crate::calendar::Jst;
use crate::certificate::Standing;
use crate::message::centre::{ConsentWish, Refusal};
use crate::message::reader::{Carrier, ReaderFault};
use crate::message::{ReaderReport, Screen, TerminalSays};
use crate::party::Outbox;
use crate::register::Route;

impl Reader {
    pub(super) fn terminal_says(&mut self, now: Jst, says: TerminalSays, out: &mut Outbox) {
        match (self.stage(), says) {
            (
                Some(Stage::AwaitingVerdict),
                TerminalSays::Accepted { standing, expires, specific_disease, subsidies, defaults },
            ) => {
                if let Some(session) = &mut self.session {
                    session.defaults = defaults;
                }
                self.accepted(now, standing, expires, (specific_disease, subsidies), out);
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
        (specific_disease, subsidies): (bool, bool),
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
            consent::screens(&policy, self.setup.offered, specific_disease, subsidies)
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
            // Nobody chooses subsidies for somebody else.
            let unasked = ConsentWish { subsidy: false, ..ConsentWish::ALL };
            let wish = if route == Route::Emergency { unasked } else { session.wish };
            let report = ReaderReport::Consented { serial, carrier, wish, route };
            self.report(now, Stage::AwaitingAnswer, report, out);
        }
    }

    pub(super) fn consent_answered(&mut self, now: Jst, wish: ConsentWish, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        let policy = self.register.on(now.date());
        let rules = (&policy, self.setup.offered);
        consent::answer(&mut session.screens, &mut session.wish, wish, rules);
        self.next_consent_screen(now, out);
    }

    pub(super) fn consent_left(&mut self, now: Jst, out: &mut Outbox) {
        let Some(session) = &mut self.session else { return };
        let shown = session.defaults.unwrap_or_default();
        consent::leave(&mut session.screens, &mut session.wish, shown, self.setup.offered);
        self.next_consent_screen(now, out);
    }

    pub(super) fn holds_card(&self) -> bool {
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
