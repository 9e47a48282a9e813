//! Certificates of public schemes at the desk: what the patient hands over on paper, and what the
//! Public Medical Hub tells once the card is read (ELIG-070, CONS-060).

use super::Desk;
use super::accepted::Entitlement;
use super::payers::PublicShare;
use super::reception::{Reception, Stage};
use crate::calendar::{Jst, MINUTE};
use crate::ids::InsuredKey;
use crate::message::Subsidies;
use crate::party::{Outbox, PartyId};
use crate::subsidy::SubsidyCertificate;

/// How long the hub may take; after that the paper decides.
const HUB_PATIENCE: i64 = MINUTE;

impl Reception {
    /// The certificates that count on the day: those on paper, and those the hub told of.
    pub(super) fn certificates(&self) -> Vec<SubsidyCertificate> {
        let mut all: Vec<SubsidyCertificate> = Vec::new();
        let known = self.arrival.certificates.iter().chain(&self.told);
        for certificate in known.filter(|certificate| certificate.covers(self.date)) {
            let same = |c: &SubsidyCertificate| {
                (&c.payer, &c.recipient) == (&certificate.payer, &certificate.recipient)
            };
            if !all.iter().any(same) {
                all.push(certificate.clone());
            }
        }
        all.extend(self.aided.clone());
        all
    }

    /// Whether an answer told of a certificate: the hub, or the centre of medical aid, which
    /// `aid_confirmed` says.
    pub(super) fn was_told_of(&self, share: &PublicShare, aid_confirmed: bool) -> bool {
        let is_it =
            |c: &SubsidyCertificate| (&c.payer, &c.recipient) == (&share.payer, &share.recipient);
        self.told.iter().any(is_it) || (aid_confirmed && self.aided.as_ref().is_some_and(is_it))
    }
}

impl Desk {
    /// Whether the hub is asked about a patient: the institution takes part, and a reader of its
    /// own has asked for the choice.
    pub(super) fn uses_hub(&self, patient: PartyId) -> bool {
        self.receptions.get(&patient).is_some_and(|reception| {
            let policy = self.register.on(reception.date);
            let joined = self.institution.hub_from.is_some_and(|from| from <= reception.date);
            joined && policy.medical_hub() && !reception.arrival.route.is_remote()
        })
    }

    /// Asks the hub before the patient is charged.
    pub(super) fn ask_hub(
        &mut self,
        now: Jst,
        patient: PartyId,
        entitlement: Entitlement,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        let insured = entitlement.key().clone();
        reception.stage = Stage::Hub;
        reception.entitlement = Some(entitlement);
        out.send(self.terminal, Subsidies::Ask { insured });
        if let PartyId::Patient(number) = patient {
            out.wake_after(now, HUB_PATIENCE, "hub", u64::from(number));
        }
    }

    /// The hub has answered. No certificate can mean that there is none, that the patient refused,
    /// or that the payer takes no part: only the paper tells.
    pub(super) fn hub_told(
        &mut self,
        now: Jst,
        insured: &InsuredKey,
        certificates: Vec<SubsidyCertificate>,
        out: &mut Outbox,
    ) {
        let waits = |r: &Reception| {
            r.stage == Stage::Hub && r.entitlement.as_ref().is_some_and(|e| e.key() == insured)
        };
        let mut waiting = self.receptions.iter_mut().filter(|(_, r)| waits(r));
        let Some((&patient, reception)) = waiting.next() else { return };
        reception.told = certificates;
        self.served(now, patient, out);
    }

    /// The hub did not answer in time.
    pub(super) fn no_hub(&mut self, now: Jst, key: u64, out: &mut Outbox) {
        let patient = PartyId::Patient(u16::try_from(key).unwrap_or(u16::MAX));
        if self.receptions.get(&patient).is_some_and(|r| r.stage == Stage::Hub) {
            self.served(now, patient, out);
        }
    }

    fn served(&mut self, now: Jst, patient: PartyId, out: &mut Outbox) {
        let reception = self.receptions.get_mut(&patient);
        if let Some(entitlement) = reception.and_then(|r| r.entitlement.take()) {
            self.serve(now, patient, entitlement, out);
        }
    }
}
