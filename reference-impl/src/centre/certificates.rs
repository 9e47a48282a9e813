//! What the centre asks the certifier, and what it goes by while the certifier is silent (CERT-018,
//! OUT-030).

use super::{Centre, Link, Waiting};
use crate::calendar::{Jst, SECOND};
use crate::message::centre::{CentreAnswer, Refusal, Reply};
use crate::message::registry::CertificateStatus;
use crate::message::{CertificateAnswer, CertificateChanged, CertificateQuery};
use crate::party::{Outbox, PartyId};

/// How long the centre waits for the certifier before it goes on with what it knows.
const CERTIFIER_PATIENCE: i64 = 3 * SECOND;

impl Centre {
    pub(super) fn ask_certifier(&mut self, now: Jst, waiting: Waiting, out: &mut Outbox) {
        // The question came again while the certifier is still being asked.
        if self.waiting.values().any(|w| w.from == waiting.from && w.id == waiting.id) {
            return;
        }
        let request = self.next_query;
        self.next_query += 1;
        let serial = waiting.serial.clone();
        self.waiting.insert(request, waiting);
        out.send(PartyId::Certifier, CertificateQuery { serial, request });
        out.wake_after(now, CERTIFIER_PATIENCE, "certifier", request);
    }

    pub(super) fn certifier_answered(
        &mut self,
        now: Jst,
        answer: &CertificateAnswer,
        out: &mut Outbox,
    ) {
        let Some(waiting) = self.waiting.remove(&answer.request) else { return };
        let reply = match answer.status {
            CertificateStatus::Issued { owner, expires } => {
                let link = Link { owner, expires };
                self.links.insert(waiting.serial, link);
                self.judge(now, &waiting.institution, link, waiting.carrier)
            }
            // No grace for what was revoked or suspended (CERT-015).
            other => Reply::CertificateRefused(refusal_of(other)),
        };
        out.send(waiting.from, CentreAnswer { id: waiting.id, reply });
    }

    /// What was suspended or revoked is known from now on, also while the certifier is silent
    /// (CERT-018); what was resumed is good again.
    pub(super) fn certificate_changed(&mut self, changed: CertificateChanged) {
        if let CertificateStatus::Issued { .. } = changed.status {
            self.withdrawn.remove(&changed.serial);
        } else {
            self.withdrawn.insert(changed.serial, refusal_of(changed.status));
        }
    }

    /// Certificates already linked go on working while the certifier is down; only a first use
    /// cannot be answered (OUT-030).
    pub(super) fn certifier_silent(&mut self, now: Jst, request: u64, out: &mut Outbox) {
        let Some(waiting) = self.waiting.remove(&request) else { return };
        let withdrawn = self.withdrawn.get(&waiting.serial);
        let reply = match (withdrawn, self.links.get(&waiting.serial)) {
            (Some(refusal), _) => Reply::CertificateRefused(*refusal),
            (None, Some(link)) => self.judge(now, &waiting.institution, *link, waiting.carrier),
            (None, None) => Reply::CannotTell,
        };
        out.send(waiting.from, CentreAnswer { id: waiting.id, reply });
    }
}

fn refusal_of(status: CertificateStatus) -> Refusal {
    match status {
        CertificateStatus::Revoked(reason) => Refusal::Revoked(reason),
        CertificateStatus::Suspended => Refusal::Suspended,
        CertificateStatus::Issued { .. } | CertificateStatus::Unknown => Refusal::Unlinked,
    }
}
