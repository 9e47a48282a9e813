//! What a patient shows or writes down when staff ask for it.

use super::{Patient, bare};
use crate::calendar::Jst;
use crate::message::counter::ProofKind;
use crate::message::statement::Statement;
use crate::message::{PatientSays, PortalWish};
use crate::party::Outbox;

/// The share, in percent, that a patient writes down who knows of no other.
const USUAL_PERCENT: u8 = 30;

impl Patient {
    pub(super) fn asked_for(&mut self, now: Jst, kind: ProofKind, out: &mut Outbox) {
        let Some(visit) = &self.visit else { return };
        let order = &visit.order;
        match kind {
            ProofKind::PortalScreen if order.portal => {
                self.open_portal(now, PortalWish::Eligibility, out);
            }
            ProofKind::PortalScreen => {
                // Whatever it was opened for at home, here it would be the screen.
                self.portal_wish = PortalWish::Eligibility;
                self.without_portal(now, out);
            }
            ProofKind::KnownData if order.unchanged => {
                self.say(now, PatientSays::Shows(bare(kind)), out);
            }
            ProofKind::Statement => self.fill_in(now, out),
            ProofKind::PhotoId if order.photo_id => {
                self.say(now, PatientSays::Shows(bare(kind)), out);
            }
            _ => self.show_paper(now, kind, &instead_of(kind), out),
        }
    }

    /// Fills in a statement; the signature may be forgotten the first time (FB-007).
    fn fill_in(&mut self, now: Jst, out: &mut Outbox) {
        let Some(visit) = &mut self.visit else { return };
        let order = &visit.order;
        let again = visit.shown.contains(&ProofKind::Statement);
        visit.shown.push(ProofKind::Statement);
        let statement = Statement {
            insured: true,
            person: self.person.clone(),
            phone: order.contact.phone.clone(),
            insurer: order.contact.insurer.clone(),
            employer: order.contact.employer.clone(),
            percent: order.states_percent.unwrap_or(USUAL_PERCENT),
            reason: "オンライン資格確認ができなかった".to_owned(),
            signed: again || !order.contact.forgets_to_sign,
        };
        self.say(now, PatientSays::States(Box::new(statement)), out);
    }

    /// Shows the paper asked for, or one of the others that can stand in for it.
    pub(super) fn show_paper(
        &mut self,
        now: Jst,
        asked: ProofKind,
        instead: &[ProofKind],
        out: &mut Outbox,
    ) {
        let shown = self.visit.as_ref().map(|v| v.shown.clone()).unwrap_or_default();
        let kinds = std::iter::once(&asked).chain(instead).filter(|kind| !shown.contains(kind));
        let found = kinds.filter_map(|kind| self.paper(*kind)).next();
        if let (Some(proof), Some(visit)) = (&found, &mut self.visit) {
            visit.shown.push(proof.kind);
        }
        let says = found.map_or(PatientSays::HasNot(asked), PatientSays::Shows);
        self.say(now, says, out);
    }
}

/// What a patient shows who does not have the paper asked for. Whoever is asked for a certificate
/// of eligibility shows any paper there is (FB-002, FB-030…032).
fn instead_of(asked: ProofKind) -> Vec<ProofKind> {
    match asked {
        ProofKind::EligibilityCertificate => {
            vec![ProofKind::HealthCard, ProofKind::EligibilityNotice]
        }
        ProofKind::EligibilityNotice => {
            vec![ProofKind::EligibilityCertificate, ProofKind::HealthCard]
        }
        _ => Vec::new(),
    }
}
