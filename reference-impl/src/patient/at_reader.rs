//! What a patient does at the reader beside choosing a way of being identified: consent, and the
//! card where the phone fails.

use super::Patient;
use crate::calendar::Jst;
use crate::message::counter::Shows;
use crate::message::reader::{Carrier, ConsentScreen};
use crate::message::{PatientSays, Touch};
use crate::party::Outbox;

impl Patient {
    pub(super) fn consent(&mut self, now: Jst, screen: ConsentScreen, out: &mut Outbox) {
        let Some(visit) = &self.visit else { return };
        let (order, wish) = (&visit.order, visit.order.consent);
        if order.consent_orally {
            self.say(now, PatientSays::Consents(wish), out);
        } else if order.consent_as_shown && screen == ConsentScreen::Package {
            self.touch(now, Touch::ConsentAsShown, out);
        } else {
            self.touch(now, Touch::Consent(wish), out);
        }
    }

    /// Puts the card on the reader where the phone did not work, if there is one (IDV-022).
    pub(super) fn card_instead(&mut self, now: Jst, out: &mut Outbox) -> bool {
        let Some(visit) = self.visit.as_mut().filter(|visit| visit.at_reader) else { return false };
        let Some(token) = visit.order.card_instead.take() else { return false };
        visit.order.shows = Shows::Token { token, carrier: Carrier::Card };
        self.act(now, self.reader(), Touch::TakeCard, out);
        self.say(now, PatientSays::TakesCard, out);
        self.touch(now, Touch::PlaceCard(token), out);
        true
    }
}

/// A phone offers no other way of being identified (IDV-024).
pub(super) fn is_phone(shows: &Shows) -> bool {
    matches!(shows, Shows::Token { carrier: Carrier::Android | Carrier::Iphone, .. })
}
