//! マイナポータル: shows a person the eligibility that is registered (NBR-013).
//!
//! It holds a copy of the register of its own, so it can be up while the centre is down.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Jst, SECOND};
use crate::certificate::standing;
use crate::message::counter::Paper;
use crate::message::reader::Carrier;
use crate::message::registry::{CertificateStatus, Entry};
use crate::message::{CertificateQuery, Message, PortalAsked, PortalShown};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::Register;
use crate::registry::Registry;
use crate::residents::Residents;

/// How long a log-in waits for the certifier.
const CERTIFIER_PATIENCE: i64 = 5 * SECOND;

/// The portal.
#[derive(Debug)]
pub struct Portal {
    register: Arc<Register>,
    registry: Registry,
    residents: Arc<Residents>,
    log_ins: BTreeMap<u64, PartyId>,
    next_query: u64,
}

impl Portal {
    /// A portal under `register`, whose records were held against `residents` (ELIG-030).
    pub fn new(register: Arc<Register>, residents: Arc<Residents>) -> Self {
        let registry = Registry::default();
        Self { register, registry, residents, log_ins: BTreeMap::new(), next_query: 0 }
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
        // The portal shows nothing of a record that is suspended, whatever the scope (ELIG-033).
        let shows = |entry: &&Entry| policy.suspension().is_none() || self.residents.agree(entry);
        match self.registry.by_person(owner, now.date()).entry.filter(shows) {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::ids::InsuredKey;
    use crate::message::Registration;
    use crate::message::counter::Person;
    use crate::register::{PUBLISHED, load};
    use crate::wire::{Relation, Sex};

    fn person(sex: Sex) -> Person {
        let (name, kana) = ("見本　花子".to_owned(), "ﾐﾎﾝ ﾊﾅｺ".to_owned());
        Person { name, kana, sex, born: date(1985, 4, 12), address: String::new() }
    }

    fn portal(registered: Sex) -> Portal {
        let residents = Residents::new(BTreeMap::from([(0, person(Sex::Female))]));
        let mut portal = Portal::new(Arc::new(load(PUBLISHED).unwrap()), Arc::new(residents));
        portal.registry.apply(Registration::Gain(Box::new(Entry {
            owner: 0,
            insured: InsuredKey::default(),
            person: person(registered),
            relation: Relation::Insured,
            insurer_name: String::new(),
            from: date(2019, 4, 1),
            lost: None,
            loss_reason: None,
            ratio_percent: None,
            limit: None,
            specific_disease: None,
        })));
        portal
    }

    #[test]
    fn a_suspended_record_is_not_shown_until_the_suspensions_are_lifted() {
        let good = CertificateStatus::Issued { owner: 0, expires: date(2028, 4, 12) };
        let shows = |portal: &Portal, day| {
            matches!(portal.shown(Jst::start_of(day), good), PortalShown::Eligibility(_))
        };
        let (right, wrong) = (portal(Sex::Female), portal(Sex::Male));
        for (day, suspended) in [
            (date(2023, 10, 31), false),
            (date(2023, 11, 1), true),
            (date(2024, 4, 30), true),
            (date(2024, 5, 1), false),
        ] {
            assert!(shows(&right, day), "{day}");
            assert_eq!(shows(&wrong, day), !suspended, "{day}");
        }
    }
}
