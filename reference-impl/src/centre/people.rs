//! What people have told the centre of themselves: whether they use the card as health card, and
//! what a package screen starts from; and the answer that needs neither consent nor screens.

use super::{CardAsked, Centre, Consent, Link};
use crate::calendar::Jst;
use crate::certificate::{Standing, standing};
use crate::ids::{CertificateSerial, InstitutionCode};
use crate::message::centre::{ConsentWish, Refusal, Reply};
use crate::message::reader::Carrier;
use crate::message::{PortalTold, PortalWish};
use crate::party::PartyId;
use crate::register::{Policy, Precedence, Route};

impl Centre {
    /// What somebody did in マイナポータル (NBR-013).
    pub(super) fn portal_told(&mut self, now: Jst, told: PortalTold) {
        match told.wish {
            PortalWish::SignUp => {
                self.not_signed_up.remove(&told.owner);
            }
            PortalWish::Preset { institution, consent } => {
                self.presets.insert((institution, told.owner), (now, consent));
            }
            PortalWish::Eligibility | PortalWish::Views | PortalWish::Withdraw(_) => {}
        }
    }

    /// Registers the holder of a certificate at the reader (利用登録).
    pub(super) fn sign_up(
        &mut self,
        now: Jst,
        institution: &InstitutionCode,
        serial: &CertificateSerial,
        carrier: Carrier,
    ) -> Reply {
        let Some(link) = self.links.get(serial).copied() else {
            return Reply::CertificateRefused(Refusal::Unlinked);
        };
        // A phone is registered through the portal only.
        if carrier == Carrier::Card {
            self.not_signed_up.remove(&link.owner);
        }
        self.judge(now, institution, link, carrier)
    }

    /// What a package screen at `institution` starts from: the answers set in advance, or those of
    /// the previous visit to the same institution (CONS-012, CONS-013).
    pub(super) fn defaults(
        &self,
        institution: &InstitutionCode,
        owner: u16,
        policy: &Policy<'_>,
    ) -> Option<ConsentWish> {
        let of = (institution.clone(), owner);
        let preset = self.presets.get(&of).copied();
        let visit = self.answered.get(&of).copied();
        let chosen = match (preset, visit) {
            (Some(preset), Some(visit)) => match policy.default_precedence() {
                Precedence::Later if visit.0 <= preset.0 => preset,
                Precedence::Later | Precedence::Visit => visit,
                Precedence::Portal => preset,
            },
            (preset, visit) => preset.or(visit)?,
        };
        policy.package_defaults().then_some(chosen.1)
    }

    /// Eligibility and nothing else: no consent is registered, and none is void by it (IDV-050).
    pub(super) fn eligibility_only(
        &self,
        now: Jst,
        source: (PartyId, u64),
        institution: InstitutionCode,
        (serial, carrier): (CertificateSerial, Carrier),
    ) -> Reply {
        let Some(link) = self.links.get(&serial).copied() else {
            return Reply::CertificateRefused(Refusal::Unlinked);
        };
        if let Some(refusal) = self.refused_now(now, &serial, link, carrier) {
            return Reply::CertificateRefused(refusal);
        }
        let wish = ConsentWish::default();
        let at = now.to_second();
        let (until, unobtainable, withdrawn) = (None, false, None);
        let consent = Consent { wish, at, until, void: true, unobtainable, withdrawn, source };
        let asked = CardAsked { institution, serial, carrier, wish, route: Route::Counter };
        Reply::Confirmation(Box::new(self.card_answer(now, &asked, link, &consent)))
    }

    /// Why a linked certificate is no longer good when it is asked with.
    pub(super) fn refused_now(
        &self,
        now: Jst,
        serial: &CertificateSerial,
        link: Link,
        carrier: Carrier,
    ) -> Option<Refusal> {
        let policy = self.register.on(now.date());
        let lapsed = standing(link.expires, now.date(), carrier, &policy) == Standing::Lapsed;
        let withdrawn = self.withdrawn.get(serial).copied();
        withdrawn.or_else(|| lapsed.then_some(Refusal::Expired))
    }
}
