//! What a patient does at the reader beside choosing a way of being identified: puts the card
//! there, looks into the camera, consents; and the card where the phone fails.

use super::Patient;
use crate::calendar::Jst;
use crate::message::counter::{MishapKind, Shows, VisitOrder};
use crate::message::reader::{Carrier, ConsentScreen, Placed, Sight};
use crate::message::{PatientSays, Touch};
use crate::party::Outbox;
use crate::register::Route;

/// How often a patient puts the card on the reader before choosing another way.
const PLACED_MAX: u8 = 2;

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
        self.place_card(now, out);
        true
    }

    /// Puts the card on the reader as it is held, perhaps in its sleeve.
    pub(super) fn place_card(&mut self, now: Jst, out: &mut Outbox) {
        let Some(visit) = &mut self.visit else { return };
        let Shows::Token { token, .. } = visit.order.shows else { return };
        visit.placed = visit.placed.saturating_add(1);
        let hidden = |what: &MishapKind| (*what == MishapKind::PrintHidden).then_some(());
        let hidden = happens(&mut visit.order, hidden).is_some();
        let code_b = visit.order.code_b.clone().filter(|_| !hidden);
        let placed = Placed { token, code_b };
        let touch = match visit.order.route {
            Route::Emergency => Touch::PlaceCardInEmergency(placed),
            _ => Touch::PlaceCard(placed),
        };
        self.touch(now, touch, out);
    }

    /// The reader could not read the print: the card is turned over or taken out of its sleeve
    /// once, and then another way is chosen.
    pub(super) fn print_not_read(&mut self, now: Jst, out: &mut Outbox) {
        if self.visit.as_ref().is_some_and(|visit| visit.placed < PLACED_MAX) {
            self.place_card(now, out);
        } else {
            self.next_method(now, out);
        }
    }

    /// The reader has lost the card: it is put there again, and everything begins anew. Whose
    /// card it is then, nobody has looked.
    pub(super) fn place_again(&mut self, now: Jst, out: &mut Outbox) {
        let Some(visit) = &mut self.visit else { return };
        visit.looks = 0;
        let method = visit.method.take();
        method.into_iter().for_each(|method| visit.methods.push_front(method));
        visit.typed.take().into_iter().for_each(|pin| visit.pins.push_front(pin));
        let other = happens(&mut visit.order, |what| match what {
            MishapKind::OtherCard { token, code_b } => Some((*token, code_b.clone())),
            _ => None,
        });
        if let Some((token, code_b)) = other {
            visit.order.shows = Shows::Token { token, carrier: Carrier::Card };
            visit.order.code_b = code_b;
        }
        self.place_card(now, out);
    }
}

/// What the camera sees when the patient looks into it.
pub(super) fn sight(order: &mut VisitOrder) -> Sight {
    let strange = order.face.other();
    let seen = if order.looks_alike { order.face } else { strange };
    happens(order, |what| match what {
        MishapKind::Hindered(by) => Some(Sight::Hindered(*by)),
        MishapKind::FaceNotFound => Some(Sight::Face(strange)),
        MishapKind::PrintHidden | MishapKind::OtherCard { .. } => None,
    })
    .unwrap_or(Sight::Face(seen))
}

/// The first mishap of a kind that is still to happen, counted down.
fn happens<T>(order: &mut VisitOrder, kind: impl Fn(&MishapKind) -> Option<T>) -> Option<T> {
    let open = order.mishaps.iter_mut().filter(|mishap| mishap.times != Some(0));
    let (found, mishap) = open.filter_map(|m| Some((kind(&m.what)?, m))).next()?;
    mishap.times = mishap.times.map(|times| times - 1);
    Some(found)
}

/// A phone offers no other way of being identified (IDV-024).
pub(super) fn is_phone(shows: &Shows) -> bool {
    matches!(shows, Shows::Token { carrier: Carrier::Android | Carrier::Iphone, .. })
}
