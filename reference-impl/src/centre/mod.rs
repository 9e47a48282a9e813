//! オンライン資格確認等システム: the central register of eligibility, consent and medical
//! information (NBR-010).
//!
//! A consent is registered once: the question that registers it, repeated under the same number,
//! is answered from memory. Every other question is answered afresh, because what was allowed
//! when it was first asked may have been withdrawn since.

mod aid;
mod answer;
mod bulk;
mod certificates;
mod consent;
mod hub;
mod medical;
mod numbers;
mod page;
mod people;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::Jst;
use crate::certificate::{Standing, standing};
use crate::ids::{CertificateSerial, InstitutionCode};
use crate::message::Message;
use crate::message::centre::{CentreAnswer, CentreRequest, ConsentWish, Question, Refusal, Reply};
use crate::message::reader::Carrier;
use crate::message::registry::Medical;
use crate::message::view::View;
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::{Register, Route};
use crate::registry::Registry;
use crate::residents::Residents;
use crate::trouble::{self, Trouble, TroubleKind};
use crate::wire::{Notice, TreatmentKind};
pub use answer::CardAsked;
use bulk::Jobs;
use consent::{Consent, Purpose};
pub use hub::{Hub, HubEntry};
use numbers::Numbers;
use page::Failure;
pub use page::Opening;
use tally::Tally;

/// How many numbers back a question that registered a consent may still be repeated.
const REGISTERED_KEPT: u64 = 1_000;

/// Why every request is refused for a time. The official codes (別紙6-1) are not public.
const OUT_OF_ORDER: (&str, &str) = ("SIM-CENTRE", "現在、要求を処理できません");

/// The centre.
#[derive(Debug)]
pub struct Centre {
    register: Arc<Register>,
    registry: Registry,
    residents: Arc<Residents>,
    links: BTreeMap<CertificateSerial, Link>,
    /// By institution, person and purpose.
    consents: BTreeMap<(InstitutionCode, u16, Purpose), Consent>,
    /// Who has looked at whose information, in order.
    views: Vec<(u16, View)>,
    operations: Operations,
    /// Failures that were reported, by institution (OUT-011).
    failures: BTreeMap<InstitutionCode, Failure>,
    /// Whom the call centre has still to call back.
    call_backs: BTreeMap<u64, InstitutionCode>,
    /// The latest consents of remote reception that institutions can list, by the kind of care.
    listed: BTreeMap<(InstitutionCode, TreatmentKind, u16), Consent>,
    /// Medical information, by person.
    medical: BTreeMap<u16, Medical>,
    /// 医療費助成 (PMH).
    hub: Hub,
    numbers: Numbers,
    jobs: Jobs,
    tally: Tally,
    troubles: Vec<Trouble>,
    /// Answers to the questions that registered a consent, by asker and number.
    registered: BTreeMap<(PartyId, u64), Reply>,
    /// Certificates that the certifier has suspended or revoked, as it said.
    withdrawn: BTreeMap<CertificateSerial, Refusal>,
    /// Who has not registered the card for use as health card.
    not_signed_up: BTreeSet<u16>,
    /// The sites of the pilot with phones (CERT-043).
    pilots: BTreeSet<InstitutionCode>,
    /// Consent set in advance, by institution and person, and when (CONS-012).
    presets: BTreeMap<(InstitutionCode, u16), (Jst, ConsentWish)>,
    /// What was answered at the last visit at which anything could be answered.
    answered: BTreeMap<(InstitutionCode, u16), (Jst, ConsentWish)>,
    waiting: BTreeMap<u64, Waiting>,
    next_query: u64,
}

/// Whose a certificate is, as learnt from the certifier when it was first used.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The person.
    pub owner: u16,
    /// Last day of the certificate.
    pub expires: Date,
}

#[derive(Debug)]
struct Waiting {
    from: PartyId,
    id: u64,
    serial: CertificateSerial,
    carrier: Carrier,
    institution: InstitutionCode,
}

/// What the operator of the centre has set down.
#[derive(Clone, Debug, Default)]
pub struct Operations {
    /// The hospitals among the institutions (CONS-040).
    pub hospitals: BTreeSet<InstitutionCode>,
    /// Who answers the telephone number that an institution has registered.
    pub desks: BTreeMap<InstitutionCode, PartyId>,
    /// When medical information is not to be had, from and until, not including (OUT-043).
    pub records_down: Vec<(Jst, Jst)>,
    /// Where and when the disaster mode is open (OUT-020).
    pub openings: Vec<Opening>,
}

impl Operations {
    fn records_down_at(&self, now: Jst) -> bool {
        self.records_down.iter().any(|(from, to)| *from <= now && now < *to)
    }
}

impl Centre {
    /// A centre under `register` that already knows whose the certificates in `links` are, and
    /// whose records were held against `residents` (ELIG-030).
    pub fn new(
        register: Arc<Register>,
        links: BTreeMap<CertificateSerial, Link>,
        residents: Arc<Residents>,
        operations: Operations,
    ) -> Self {
        Self {
            register,
            registry: Registry::default(),
            residents,
            links,
            consents: BTreeMap::new(),
            views: Vec::new(),
            operations,
            failures: BTreeMap::new(),
            call_backs: BTreeMap::new(),
            listed: BTreeMap::new(),
            medical: BTreeMap::new(),
            hub: Hub::default(),
            numbers: Numbers::new(),
            jobs: Jobs::default(),
            tally: Tally::default(),
            troubles: Vec::new(),
            registered: BTreeMap::new(),
            withdrawn: BTreeMap::new(),
            not_signed_up: BTreeSet::new(),
            pilots: BTreeSet::new(),
            presets: BTreeMap::new(),
            answered: BTreeMap::new(),
            waiting: BTreeMap::new(),
            next_query: 0,
        }
    }

    /// Gives the centre the medical information of persons, and what will be wrong with it.
    #[must_use]
    pub fn holding(mut self, medical: BTreeMap<u16, Medical>, troubles: Vec<Trouble>) -> Self {
        (self.medical, self.troubles) = (medical, troubles);
        self
    }

    /// The same centre, to which these people have not registered their cards.
    #[must_use]
    pub fn without_sign_up(self, not_signed_up: BTreeSet<u16>) -> Self {
        Self { not_signed_up, ..self }
    }

    /// The same centre, which takes phones from these institutions during the pilot.
    #[must_use]
    pub fn with_pilots(self, pilots: BTreeSet<InstitutionCode>) -> Self {
        Self { pilots, ..self }
    }

    fn ask(&mut self, now: Jst, from: PartyId, request: CentreRequest, out: &mut Outbox) {
        let id = request.id;
        let refuses = |kind| (kind == TroubleKind::HeaderError).then_some(());
        let refused = trouble::at(&self.troubles, now, refuses).is_some();
        let reply = match request.question {
            // What comes out of a folder has a header to say it in.
            _ if refused && request.question.is_file() => Reply::Failed(notice(OUT_OF_ORDER)),
            Question::Certificate { serial, carrier } => {
                let institution = request.institution;
                let waiting = Waiting { from, id, serial, carrier, institution };
                self.ask_certifier(now, waiting, out);
                return;
            }
            Question::SignUp { serial, carrier } => {
                self.sign_up(now, &request.institution, &serial, carrier)
            }
            Question::EligibilityOnly { serial, carrier } => {
                self.eligibility_only(now, (from, id), request.institution, (serial, carrier))
            }
            Question::ByCard { serial, carrier, wish, route } => {
                let institution = request.institution;
                let asked = CardAsked { institution, serial, carrier, wish, route };
                self.by_card_once(now, (from, id), asked)
            }
            Question::Verifications(month) => {
                Reply::Verifications(self.tally.of(&request.institution, month))
            }
            Question::ByNumber(asked) => {
                self.tally.by_number(&request.institution, now.date());
                Reply::Confirmation(Box::new(self.number_answer(now, &asked)))
            }
            Question::Records(asked) => self.records_answer(now, &asked),
            Question::CheckUps(asked) => self.check_up_answer(now, &asked),
            Question::RegisterNumber(asked) => {
                Reply::Registered(Box::new(self.register_number(now, &asked)))
            }
            Question::BulkUpload(upload) => {
                Reply::BulkReceipt(Box::new(self.bulk_upload(now, (from, id), *upload)))
            }
            Question::BulkDownload(asked) => {
                Reply::BulkResult(Box::new(self.bulk_result(now, &asked)))
            }
            Question::Withdraw(asked) => self.withdraw(request.institution, &asked),
            Question::Views(owner) => self.views(owner),
            Question::Subsidies(insured) => self.subsidies(now, &request.institution, &insured),
            Question::History(key) => Reply::History(self.registry.history(&key)),
        };
        out.send(from, CentreAnswer { id, reply });
    }

    fn by_card_once(&mut self, now: Jst, source: (PartyId, u64), asked: CardAsked) -> Reply {
        if let Some(known) = self.registered.get(&source) {
            return known.clone();
        }
        let reply = self.by_card(now, source, asked);
        self.registered.insert(source, reply.clone());
        // Nobody asks again after so many other questions.
        let (from, id) = source;
        let kept = id.saturating_sub(REGISTERED_KEPT);
        let old: Vec<_> =
            self.registered.range((from, 0)..(from, kept)).map(|(source, _)| *source).collect();
        for source in old {
            self.registered.remove(&source);
        }
        reply
    }

    fn judge(
        &self,
        now: Jst,
        institution: &InstitutionCode,
        link: Link,
        carrier: Carrier,
    ) -> Reply {
        let expires = link.expires;
        let policy = self.register.on(now.date());
        let pilot = self.pilots.contains(institution);
        if carrier != Carrier::Card && !policy.phones_accepted(pilot) {
            return Reply::CertificateRefused(Refusal::PhoneNotAccepted);
        }
        match standing(expires, now.date(), carrier, &policy) {
            Standing::Lapsed => Reply::CertificateRefused(Refusal::Expired),
            _ if self.not_signed_up.contains(&link.owner) => {
                Reply::CertificateRefused(Refusal::NotSignedUp)
            }
            standing => {
                let entry = self.registry.by_person(link.owner, now.date()).entry;
                let holds = entry.is_some_and(|e| e.specific_disease.is_some());
                let specific_disease = holds || policy.asks_everybody_about_diseases();
                let subsidies = self.asks_about_subsidies(now, institution, link.owner);
                let defaults = self.defaults(institution, link.owner, &policy);
                Reply::CertificateGood { standing, expires, specific_disease, subsidies, defaults }
            }
        }
    }

    fn by_card(&mut self, now: Jst, source: (PartyId, u64), asked: CardAsked) -> Reply {
        let Some(link) = self.links.get(&asked.serial).copied() else {
            return Reply::CertificateRefused(Refusal::Unlinked);
        };
        let policy = self.register.on(now.date());
        if asked.route.is_remote() && !policy.remote_reception(asked.route) {
            return Reply::CertificateRefused(Refusal::RouteNotOpen);
        }
        if let Some(refusal) = self.refused_now(now, &asked.serial, link, asked.carrier) {
            return Reply::CertificateRefused(refusal);
        }
        let standing = standing(link.expires, now.date(), asked.carrier, &policy);
        let at = now.to_second();
        let emergency = asked.route == Route::Emergency;
        let hospital = self.operations.hospitals.contains(&asked.institution);
        let refused = emergency && !policy.emergency_viewing(hospital);
        let consent = Consent {
            // Without the right to it, an emergency opens nothing; eligibility is answered.
            wish: if refused { ConsentWish::default() } else { asked.wish },
            at,
            until: policy.look_up_window(asked.route).map(|window| at.plus(window)),
            void: !standing.allows_records(),
            unobtainable: emergency,
            withdrawn: None,
            source,
        };
        self.tally.by_card(&asked.institution, now.date(), link.owner);
        let purpose = (asked.institution.clone(), link.owner, Purpose::of(asked.route));
        // Putting the card on the reader again replaces the earlier answers (CONS-014); an
        // older question that was held up on the line does not.
        let held_up = self
            .consents
            .get(&purpose)
            .is_some_and(|held| held.source.0 == source.0 && held.source.1 > source.1);
        if !held_up {
            if let Some(treatment) = listed_as(asked.route) {
                let (institution, owner, _) = purpose.clone();
                self.listed.insert((institution, treatment, owner), consent);
            }
            if !consent.void && !emergency {
                let (institution, owner) = (asked.institution.clone(), link.owner);
                self.answered.insert((institution, owner), (at, asked.wish));
            }
            self.consents.insert(purpose, consent);
        }
        Reply::Confirmation(Box::new(self.card_answer(now, &asked, link, &consent)))
    }
}

/// The kind of care under which a consent is listed; none where it was given at the counter or
/// on another way to it.
fn listed_as(route: Route) -> Option<TreatmentKind> {
    match route {
        Route::HomeVisit => Some(TreatmentKind::HomeVisit),
        Route::OnlineCare => Some(TreatmentKind::Online),
        Route::Counter | Route::DriveThrough | Route::Emergency => None,
    }
}

fn notice((code, message): (&str, &str)) -> Notice {
    Notice { code: code.to_owned(), message: message.to_owned() }
}

impl Party for Centre {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::CentreRequest(request) } => {
                self.ask(now, from, request, out);
            }
            Input::Message { message: Message::CertificateAnswer(answer), .. } => {
                self.certifier_answered(now, &answer, out);
            }
            Input::Message { message: Message::CertificateChanged(changed), .. } => {
                self.certificate_changed(changed);
            }
            Input::Message { message: Message::PortalTold(told), .. } => {
                self.portal_told(now, told);
            }
            Input::Message { message: Message::Registration(registration), .. } => {
                self.registry.apply(registration);
            }
            Input::Message { from, message: Message::PageSearch(search) } => {
                self.search(now, from, &search, out);
            }
            Input::Message { from, message: Message::Call(call) } => {
                self.telephone(now, from, call, out);
            }
            Input::Alarm(Alarm { name: "call-back", key }) => self.call_back(key, out),
            Input::Alarm(Alarm { name: "certifier", key }) => {
                self.certifier_silent(now, key, out);
            }
            _ => {}
        }
    }
}
