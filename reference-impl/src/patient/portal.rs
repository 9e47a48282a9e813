//! What opens マイナポータル for a patient and what for, and what procedures at the municipality change about it.

use super::Patient;
use crate::calendar::Jst;
use crate::ids::CertificateSerial;
use crate::message::counter::{ProofKind, Shows};
use crate::message::reader::Carrier;
use crate::message::{
    PatientSays, PortalAsked, PortalShown, PortalWish, Procedure, ProcedureResult, Proof,
};
use crate::party::{Outbox, PartyId};

/// A certificate that opens the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogIn {
    /// The certificate.
    pub serial: CertificateSerial,
    /// What carries it.
    pub carrier: Carrier,
}

impl Patient {
    /// What a procedure changed about the certificates that open the portal.
    pub(super) fn procedure_ended(&mut self, result: ProcedureResult) {
        let (Some(asked), ProcedureResult::Done { serial, carrier }) =
            (self.procedure.take(), result)
        else {
            return;
        };
        let known = self.log_ins.iter_mut().find(|log_in| log_in.carrier == carrier);
        match (asked, known) {
            (Procedure::Renew | Procedure::LoadPhone { .. }, Some(known)) => known.serial = serial,
            // The phone is tried first, like one that was loaded before.
            (Procedure::LoadPhone { .. }, None) => {
                self.log_ins.insert(0, LogIn { serial, carrier });
            }
            // With a new PIN a card that was locked opens the portal again.
            (Procedure::ResetPin(_), None) => self.log_ins.push(LogIn { serial, carrier }),
            _ => {}
        }
    }

    /// The PIN of the token in hand is locked, so it opens the portal no more (CERT-031).
    pub(super) fn forget_locked_token(&mut self) {
        let shown = self.visit.as_ref().map(|v| v.order.shows);
        if let Some(Shows::Token { carrier, .. }) = shown {
            self.log_ins.retain(|log_in| log_in.carrier != carrier);
        }
    }

    pub(super) fn open_portal(&mut self, now: Jst, wish: PortalWish, out: &mut Outbox) {
        (self.log_ins_tried, self.portal_wish) = (0, wish);
        self.log_in(now, out);
    }

    /// Tries the next certificate at the portal.
    pub(super) fn log_in(&mut self, now: Jst, out: &mut Outbox) {
        let Some(log_in) = self.log_ins.get(self.log_ins_tried) else {
            return self.without_portal(now, out);
        };
        let (serial, wish) = (log_in.serial.clone(), self.portal_wish.clone());
        self.log_ins_tried += 1;
        self.act(now, PartyId::Portal, PortalAsked { serial, wish }, out);
        self.waits += 1;
        out.wake_after(now, super::READER_PATIENCE, "portal", self.waits);
    }

    /// No screen: a saved PDF, or a paper that proves it by itself (FB-004).
    pub(super) fn without_portal(&mut self, now: Jst, out: &mut Outbox) {
        // At home nobody waits for another paper.
        if self.portal_wish != PortalWish::Eligibility {
            return;
        }
        let instead =
            [ProofKind::PortalPdf, ProofKind::EligibilityCertificate, ProofKind::HealthCard];
        self.show_paper(now, ProofKind::PortalScreen, &instead, out);
    }

    pub(super) fn portal_shown(&mut self, now: Jst, shown: PortalShown, out: &mut Outbox) {
        self.waits += 1;
        match shown {
            PortalShown::Eligibility(paper) => {
                let proof = Proof { kind: ProofKind::PortalScreen, paper: Some(paper) };
                self.say(now, PatientSays::Shows(proof), out);
            }
            PortalShown::LoginRefused => self.log_in(now, out),
            PortalShown::Nothing | PortalShown::Unreachable => self.without_portal(now, out),
            PortalShown::Views(_) | PortalShown::Withdrawn(_) | PortalShown::Done => {}
        }
    }
}
