//! マイナポータル: shows a person the eligibility that is registered (NBR-013).
//!
//! It holds a copy of the register of its own, so it can be up while the centre is down.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Jst, SECOND};
use crate::certificate::standing;
use crate::message::counter::Paper;
use crate::message::reader::Carrier;
use crate::message::registry::CertificateStatus;
use crate::message::{CertificateQuery, Message, PortalAsked, PortalShown};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::Register;
use crate::registry::Registry;

/// How long a log-in waits for the certifier.
const CERTIFIER_PATIENCE: i64 = 5 * SECOND;

/// The portal.
#[derive(Debug)]
pub struct Portal {
    register: Arc<Register>,
    registry: Registry,
    log_ins: BTreeMap<u64, PartyId>,
    next_query: u64,
}

impl Portal {
    /// A portal under `register`.
    pub fn new(register: Arc<Register>) -> Self {
        Self { register, registry: Registry::default(), log_ins: BTreeMap::new(), next_query: 0 }
    }

    fn log_in(&mut self, now: Jst, from: PartyId, asked: PortalAsked, out: &mut Outbox) {
        let request = self.next_query;
        self.next_query += 1;
        self.log_ins.insert(request, from);
        out.send(PartyId::Certifier, CertificateQuery { serial: asked.serial, request });
        out.wake_after(now, CERTIFIER_PATIENCE, "certifier", request);
    }

    fn shown(&self, now: Jst, status: CertificateStatus) -> PortalShown {
        let CertificateStatus::Issued { owner, expires } = status else {
            return PortalShown::LoginRefused;
        };
        let policy = self.register.on(now.date());
        // The grace is for eligibility at a reader only, not for log-ins (CERT-012).
        if !standing(expires, now.date(), Carrier::Card, &policy).allows_records() {
            return PortalShown::LoginRefused;
        }
        match self.registry.by_person(owner, now.date()).entry {
            None => PortalShown::Nothing,
            Some(entry) => PortalShown::Eligibility(Paper {
                insured: entry.insured.clone(),
                relation: entry.relation,
                from: entry.from,
                lost: entry.lost,
                until: None,
                ratio_percent: entry.ratio_percent,
            }),
        }
    }
}

impl Party for Portal {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::PortalAsked(asked) } => {
                self.log_in(now, from, asked, out);
            }
            Input::Message { message: Message::CertificateAnswer(answer), .. } => {
                if let Some(patient) = self.log_ins.remove(&answer.request) {
                    out.send(patient, self.shown(now, answer.status));
                }
            }
            Input::Message { message: Message::Registration(registration), .. } => {
                self.registry.apply(registration);
            }
            Input::Alarm(Alarm { name: "certifier", key }) => {
                if let Some(patient) = self.log_ins.remove(&key) {
                    out.send(patient, PortalShown::LoginRefused);
                }
            }
            _ => {}
        }
    }
}
