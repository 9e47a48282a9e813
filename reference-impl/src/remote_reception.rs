//! マイナ在宅受付Web: identity and consent away from the reader (居宅同意取得型, IDV-030…034).
//!
//! Consent first, then PIN and token on the institution's or the patient's own device; the
//! institution then fetches it with its list of consented persons (IDV-035). For a patient who
//! comes by another route how it reaches the folders is not published; there the terminal writes
//! it like a result of the reader.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Jst, SECOND};
use crate::ids::{CertificateSerial, InstitutionCode};
use crate::message::centre::{
    CentreAnswer, CentreRequest, ConsentGroups, Question, Refusal, Reply,
};
use crate::message::reader::Carrier;
use crate::message::{Message, RemoteResult, RemoteStep, TokenReply};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::Register;
use crate::token::{Heard, Line, Outcome, Wish, challenge};

/// How long the page waits for the chip and for the centre together.
const PATIENCE: i64 = 20 * SECOND;
/// The page.
#[derive(Debug)]
pub struct RemoteReception {
    register: Arc<Register>,
    institutions: BTreeMap<u16, (InstitutionCode, ConsentGroups)>,
    sessions: BTreeMap<PartyId, Session>,
    next_request: u64,
}

#[derive(Debug)]
struct Session {
    step: RemoteStep,
    line: Line,
    serial: CertificateSerial,
    carrier: Carrier,
    /// The number of the question to the centre that is under way.
    request: Option<u64>,
    opened: Jst,
}

impl RemoteReception {
    /// The page for these institutions, each with the groups for which it asks consent.
    pub fn new(
        register: Arc<Register>,
        institutions: BTreeMap<u16, (InstitutionCode, ConsentGroups)>,
    ) -> Self {
        Self { register, institutions, sessions: BTreeMap::new(), next_request: 0 }
    }

    fn open(&mut self, now: Jst, patient: PartyId, step: RemoteStep, out: &mut Outbox) {
        let has_page = self.institutions.contains_key(&step.facility);
        if !has_page || !self.register.on(now.date()).remote_reception(step.route) {
            out.send(patient, RemoteResult::NotOpen);
            return;
        }
        let PartyId::Patient(number) = patient else { return };
        let mut line = Line::new(PartyId::Token(step.token), None);
        line.say(Wish::Identify, out);
        out.wake_after(now, PATIENCE, "session", u64::from(number));
        let (serial, request) = (CertificateSerial::default(), None);
        let carrier = Carrier::Card;
        let session = Session { step, line, serial, carrier, request, opened: now };
        self.sessions.insert(patient, session);
    }

    fn chip_answered(&mut self, now: Jst, token: PartyId, reply: TokenReply, out: &mut Outbox) {
        let found = self.sessions.iter_mut().find(|(_, s)| s.line.token() == token);
        let Some((&patient, session)) = found else { return };
        match session.line.heard(reply, out) {
            None => {}
            Some(Heard::Outcome(outcome)) => self.came_to(now, patient, outcome, out),
            Some(Heard::Gone | Heard::Blocked | Heard::Unreadable) => {
                self.end(patient, RemoteResult::Unreachable, out);
            }
        }
    }

    fn came_to(&mut self, now: Jst, patient: PartyId, outcome: Outcome, out: &mut Outbox) {
        let Some(session) = self.sessions.get_mut(&patient) else { return };
        match outcome {
            Outcome::Identified { carrier, .. } => {
                session.carrier = carrier;
                session.line.say(Wish::VerifyPin(session.step.pin.clone()), out);
            }
            Outcome::Accepted => session.line.say(Wish::ReadCertificate, out),
            Outcome::Certificate(serial) => {
                let digest = challenge(&serial, now);
                session.serial = serial;
                session.line.say(Wish::Sign(digest), out);
            }
            Outcome::Signed(_) => {
                let (serial, carrier) = (session.serial.clone(), session.carrier);
                self.ask(patient, Question::Certificate { serial, carrier }, out);
            }
            // Face and sight are not offered here: without a PIN it ends (IDV-034).
            Outcome::Wrong { .. } => self.end(patient, RemoteResult::PinRefused, out),
            Outcome::Unusable => self.end(patient, RemoteResult::PinLocked, out),
            _ => self.end(patient, RemoteResult::Unreachable, out),
        }
    }

    fn ask(&mut self, patient: PartyId, question: Question, out: &mut Outbox) {
        let Some(session) = self.sessions.get_mut(&patient) else { return };
        let institution =
            self.institutions.get(&session.step.facility).map(|(code, _)| code.clone());
        let id = self.next_request;
        self.next_request += 1;
        session.request = Some(id);
        let institution = institution.unwrap_or_default();
        out.send(PartyId::Centre, CentreRequest { id, institution, question });
    }

    fn centre_answered(&mut self, now: Jst, answer: CentreAnswer, out: &mut Outbox) {
        let found = self.sessions.iter().find(|(_, s)| s.request == Some(answer.id));
        let Some((&patient, session)) = found else { return };
        match answer.reply {
            Reply::CertificateGood { specific_disease, .. } => {
                let (serial, carrier) = (session.serial.clone(), session.carrier);
                let offered =
                    self.institutions.get(&session.step.facility).map(|(_, groups)| *groups);
                let mut wish = session.step.consent.within(offered.unwrap_or(ConsentGroups::ALL));
                wish.specific_disease &= specific_disease;
                // Whether this page asks about public subsidies is not published; here it does not.
                wish.subsidy = false;
                let route = session.step.route;
                self.ask(patient, Question::ByCard { serial, carrier, wish, route }, out);
            }
            Reply::CertificateRefused(Refusal::RouteNotOpen) => {
                self.end(patient, RemoteResult::NotOpen, out);
            }
            Reply::CertificateRefused(Refusal::NotSignedUp) => {
                self.end(patient, RemoteResult::NotSignedUp, out);
            }
            Reply::CertificateRefused(_) => {
                self.end(patient, RemoteResult::CertificateRefused, out);
            }
            Reply::Confirmation(confirmation) => {
                // What the institution lists, it fetches itself (IDV-035).
                if !self.register.on(now.date()).lists_remote_results(session.step.route) {
                    let terminal = PartyId::Terminal(session.step.facility);
                    let reply = Reply::RemoteReception(confirmation);
                    out.send(terminal, CentreAnswer { id: answer.id, reply });
                }
                self.end(patient, RemoteResult::Registered, out);
            }
            Reply::CannotTell => self.end(patient, RemoteResult::Unreachable, out),
            _ => {}
        }
    }

    fn end(&mut self, patient: PartyId, result: RemoteResult, out: &mut Outbox) {
        if let Some(session) = self.sessions.remove(&patient) {
            session.line.close(out);
            out.send(patient, result);
        }
    }
}

impl Party for RemoteReception {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::Remote(step) } => {
                self.open(now, from, step, out);
            }
            Input::Message { from, message: Message::TokenReply(reply) } => {
                self.chip_answered(now, from, reply, out);
            }
            Input::Message { message: Message::CentreAnswer(answer), .. } => {
                self.centre_answered(now, answer, out);
            }
            Input::Alarm(Alarm { name: "session", key }) => {
                let patient = PartyId::Patient(u16::try_from(key).unwrap_or(u16::MAX));
                let stale = |s: &Session| now.since(s.opened) >= PATIENCE;
                if self.sessions.get(&patient).is_some_and(stale) {
                    self.end(patient, RemoteResult::Unreachable, out);
                }
            }
            _ => {}
        }
    }
}
