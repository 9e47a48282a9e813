//! マイナポータル: shows a person the eligibility that is registered (NBR-013), and
//! who has looked at the medical information; consent to home visits is withdrawn here too.
//!
//! It holds a copy of the register of its own, so it can be up while the centre is down.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Jst, SECOND};
use crate::certificate::standing;
use crate::ids::InstitutionCode;
use crate::message::centre::{CentreRequest, Question, Reply};
use crate::message::counter::Paper;
use crate::message::reader::Carrier;
use crate::message::registry::{CertificateStatus, Entry};
use crate::message::view::{Whose, Withdrawal};
use crate::message::{CertificateQuery, Message, PortalAsked, PortalShown, PortalTold, PortalWish};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::Register;
use crate::registry::Registry;
use crate::residents::Residents;
use crate::wire::ExpiryReason;

/// How long a person waits for the centre.
const CENTRE_PATIENCE: i64 = 10 * SECOND;
/// How long a log-in waits for the certifier.
const CERTIFIER_PATIENCE: i64 = 5 * SECOND;

/// The portal.
#[derive(Debug)]
pub struct Portal {
    register: Arc<Register>,
    registry: Registry,
    residents: Arc<Residents>,
    log_ins: BTreeMap<u64, (PartyId, PortalWish)>,
    /// Who waits for an answer of the centre, by the number of the question.
    asked: BTreeMap<u64, PartyId>,
    next_query: u64,
}

impl Portal {
    /// A portal under `register`, whose records were held against `residents` (ELIG-030).
    pub fn new(register: Arc<Register>, residents: Arc<Residents>) -> Self {
        Self {
            register,
            registry: Registry::default(),
            residents,
            log_ins: BTreeMap::new(),
            asked: BTreeMap::new(),
            next_query: 0,
        }
    }

    fn log_in(&mut self, now: Jst, from: PartyId, asked: PortalAsked, out: &mut Outbox) {
        let request = self.next_query;
        self.next_query += 1;
        self.log_ins.insert(request, (from, asked.wish));
        out.send(PartyId::Certifier, CertificateQuery { serial: asked.serial, request });
        out.wake_after(now, CERTIFIER_PATIENCE, "certifier", request);
    }

    /// Whom a certificate lets in.
    fn owner(&self, now: Jst, status: CertificateStatus) -> Option<u16> {
        let CertificateStatus::Issued { owner, expires } = status else { return None };
        let policy = self.register.on(now.date());
        // The grace is for eligibility at a reader only, not for log-ins (CERT-012).
        let good = standing(expires, now.date(), Carrier::Card, &policy).allows_records();
        good.then_some(owner)
    }

    fn logged_in(
        &mut self,
        now: Jst,
        person: PartyId,
        owner: u16,
        wish: PortalWish,
        out: &mut Outbox,
    ) {
        match wish {
            PortalWish::Eligibility => out.send(person, self.eligibility(now, owner)),
            PortalWish::Views => {
                self.ask(now, person, InstitutionCode::default(), Question::Views(owner), out);
            }
            PortalWish::Withdraw(institution) => {
                let withdrawal =
                    Withdrawal { whose: Whose::Owner(owner), by: ExpiryReason::Patient };
                self.ask(now, person, institution, Question::Withdraw(withdrawal), out);
            }
            PortalWish::SignUp | PortalWish::Preset { .. } => {
                out.send(PartyId::Centre, PortalTold { owner, wish });
                out.send(person, PortalShown::Done);
            }
        }
    }

    /// Consents and looks are kept at the centre.
    fn ask(
        &mut self,
        now: Jst,
        person: PartyId,
        institution: InstitutionCode,
        question: Question,
        out: &mut Outbox,
    ) {
        let id = self.next_query;
        self.next_query += 1;
        self.asked.insert(id, person);
        out.send(PartyId::Centre, CentreRequest { id, institution, question });
        out.wake_after(now, CENTRE_PATIENCE, "centre", id);
    }

    fn eligibility(&self, now: Jst, owner: u16) -> PortalShown {
        let policy = self.register.on(now.date());
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
                let Some((person, wish)) = self.log_ins.remove(&answer.request) else { return };
                match self.owner(now, answer.status) {
                    Some(owner) => self.logged_in(now, person, owner, wish, out),
                    None => out.send(person, PortalShown::LoginRefused),
                }
            }
            Input::Message { message: Message::CentreAnswer(answer), .. } => {
                let Some(person) = self.asked.remove(&answer.id) else { return };
                match answer.reply {
                    Reply::Views(views) => out.send(person, PortalShown::Views(views)),
                    Reply::Withdrawn(there) => out.send(person, PortalShown::Withdrawn(there)),
                    _ => out.send(person, PortalShown::Unreachable),
                }
            }
            Input::Message { message: Message::Registration(registration), .. } => {
                self.registry.apply(registration);
            }
            Input::Alarm(Alarm { name: "certifier", key }) => {
                if let Some((person, _)) = self.log_ins.remove(&key) {
                    out.send(person, PortalShown::LoginRefused);
                }
            }
            Input::Alarm(Alarm { name: "centre", key }) => {
                if let Some(person) = self.asked.remove(&key) {
                    out.send(person, PortalShown::Unreachable);
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
            collected: None,
            ratio_percent: None,
            class: crate::wire::CardClass::General,
            limit: None,
            specific_disease: None,
        })));
        portal
    }

    #[test]
    fn a_suspended_record_is_not_shown_until_the_suspensions_are_lifted() {
        let good = CertificateStatus::Issued { owner: 0, expires: date(2028, 4, 12) };
        let shows = |portal: &Portal, day| {
            let now = Jst::start_of(day);
            let shown = portal.owner(now, good).map(|owner| portal.eligibility(now, owner));
            matches!(shown, Some(PortalShown::Eligibility(_)))
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
