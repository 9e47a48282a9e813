//! A patient at マイナ在宅受付Web: away from the counter, or on the device that stands in for a
//! broken reader.

use super::Patient;
use crate::calendar::Jst;
use crate::message::counter::{Shows, Trouble};
use crate::message::{PatientSays, RemoteResult, RemoteStep};
use crate::party::{Outbox, PartyId};
use crate::register::Route;

impl Patient {
    /// Away from the counter, identity and consent come first and the desk after (IDV-032).
    /// Returns whether there is anything to do there: a token, and a PIN not tried yet.
    pub(super) fn use_remote_reception(&mut self, now: Jst, out: &mut Outbox) -> bool {
        let Some(visit) = &mut self.visit else { return false };
        let Shows::Token { token, .. } = visit.order.shows else { return false };
        // At the counter it is one of the other routes (IDV-031).
        let route = if visit.on_device { Route::DriveThrough } else { visit.order.route };
        if !route.is_remote() {
            return false;
        }
        let Some(pin) = visit.pins.pop_front() else { return false };
        let step = RemoteStep {
            facility: visit.order.facility,
            token,
            pin,
            consent: visit.order.consent,
            route,
        };
        self.act(now, PartyId::RemoteReception, step, out);
        true
    }

    /// Uses the institution's device in place of its broken reader.
    pub(super) fn use_device(&mut self, now: Jst, out: &mut Outbox) {
        if let Some(visit) = &mut self.visit {
            visit.on_device = true;
        }
        if !self.use_remote_reception(now, out) {
            self.say(now, PatientSays::ReaderFailed(Trouble::GaveUp), out);
        }
    }

    /// The page has said how it ended.
    pub(super) fn remote_ended(&mut self, now: Jst, result: RemoteResult, out: &mut Outbox) {
        if result == RemoteResult::PinLocked {
            self.forget_locked_token();
        }
        let again = result == RemoteResult::PinRefused;
        if again && self.use_remote_reception(now, out) {
            return;
        }
        if self.visit.as_ref().is_some_and(|v| v.on_device) {
            let registered = result == RemoteResult::Registered;
            let failed = PatientSays::ReaderFailed(Trouble::GaveUp);
            let says = if registered { PatientSays::ReaderDone } else { failed };
            return self.say(now, says, out);
        }
        // The desk sees a registered result; anything else it learns from the patient.
        self.arrive(now, out);
        if result != RemoteResult::Registered {
            self.say(now, PatientSays::ReaderFailed(Trouble::GaveUp), out);
        }
    }
}
