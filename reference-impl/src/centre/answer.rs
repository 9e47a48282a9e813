//! Building the centre's answers: eligibility with consent and limits.

use super::aid::{aid_result, with_aid};
use super::consent::Consent;
use super::{Centre, Link};
use crate::calendar::Jst;
use crate::fee::AgeClass;
use crate::ids::{CertificateSerial, InstitutionCode, has_check_digit};
use crate::message::centre::ConsentWish;
use crate::message::reader::Carrier;
use crate::message::registry::Entry;
use crate::register::{Policy, Route, SuspensionScope};
use crate::registry::Finding;
use crate::wire::{
    AnswerBody, AnswerHeader, Charset, ConfirmationAnswer, ConfirmationRequest, ConsentFlag,
    ConsentMark, ConsentStamp, ConsentTriple, ElderlyRecipient, LimitInfo, Notice, PersonResult,
    Reference, Segment, SpecificDisease, Status, Validity,
};

/// A question by card, with the consent given.
#[derive(Clone, Debug)]
pub struct CardAsked {
    /// The institution.
    pub institution: InstitutionCode,
    /// The certificate.
    pub serial: CertificateSerial,
    /// What carries it.
    pub carrier: Carrier,
    /// What is consented to.
    pub wish: ConsentWish,
    /// Where.
    pub route: Route,
}

/// Why a number is not looked up at all (ELIG-056). The official codes (別紙6-1) are not public.
pub(super) const WRONG_NUMBER: (&str, &str) =
    ("SIM-NUMBER", "保険者番号の検証番号が正しくありません");

impl Centre {
    pub(super) fn card_answer(
        &self,
        now: Jst,
        asked: &CardAsked,
        link: Link,
        consent: &Consent,
    ) -> ConfirmationAnswer {
        let date = now.date();
        let policy = self.register.on(date);
        let finding = self.unless_suspended(now, self.registry.by_person(link.owner, date));
        let aid = self.registry.aid(link.owner, date, &asked.institution);
        let aid = aid.filter(|_| policy.medical_aid());
        // A lost insurance is of no interest beside a medical aid that holds.
        let insurance =
            finding.entry.filter(|_| aid.is_none() || finding.validity == Validity::Valid);
        let insured = insurance.map(|entry| {
            let limit = !policy.limit_needs_consent() || asked.wish.limit;
            let mut person = person_result(entry, &policy, limit.then_some(now));
            add_consent(&mut person, consent);
            add_disease(&mut person, entry, consent);
            person.reference_number = self.reference_number(&asked.institution, entry);
            person
        });
        let aided = aid.map(|aid| {
            let mut person = aid_result(&aid, finding.validity == Validity::Valid);
            add_consent(&mut person, consent);
            person
        });
        let header = header(now, date, &asked.institution, Reference::Card, None);
        let validity = with_aid(finding.validity, aid.as_ref());
        answer(header, validity, insured.into_iter().chain(aided).collect(), None)
    }

    pub(super) fn number_answer(
        &self,
        now: Jst,
        asked: &ConfirmationRequest,
    ) -> ConfirmationAnswer {
        let date = asked.confirmation_date;
        let policy = self.register.on(date);
        let search = &asked.search;
        let insurer = search.key.insurer.as_str();
        if policy.refuses_wrong_check_digit() && !has_check_digit(insurer) {
            return person_error(now, asked, WRONG_NUMBER);
        }
        let found = self.registry.by_number(&search.key, search.birth, date);
        let finding = self.unless_suspended(now, found);
        let people = finding.entry.map(|entry| {
            // With a number, the limit is given after oral consent (CONS-021); medical
            // information never is (CONS-023).
            let mut person = person_result(entry, &policy, search.limit_consent.then_some(now));
            person.person_id.clone_from(&search.person_id);
            person.reference_number = self.reference_number(&asked.institution, entry);
            person
        });
        let file_id = asked.file_id.clone();
        let header = header(now, date, &asked.institution, Reference::Number, file_id);
        answer(header, finding.validity, people.into_iter().collect(), Some(search.clone()))
    }

    /// What a record does not show because the cross-check found it at odds with the resident
    /// register and the insurer has not put it right yet (ELIG-030, ELIG-033).
    pub(super) fn suspension(&self, now: Jst, entry: &Entry) -> Option<SuspensionScope> {
        let scope = self.register.on(now.date()).suspension()?;
        (!self.residents.agree(entry)).then_some(scope)
    }

    /// Where the suspension takes in eligibility, nothing is found.
    pub(super) fn unless_suspended<'a>(&self, now: Jst, finding: Finding<'a>) -> Finding<'a> {
        let hidden = |entry| self.suspension(now, entry) == Some(SuspensionScope::Everything);
        let suspended = finding.entry.is_some_and(hidden);
        if suspended { Finding { validity: Validity::None, entry: None } } else { finding }
    }
}

pub(super) fn header(
    now: Jst,
    date: jiff::civil::Date,
    institution: &InstitutionCode,
    reference: Reference,
    file_id: Option<String>,
) -> AnswerHeader {
    AnswerHeader {
        executed: now,
        confirmation_date: date,
        institution: institution.clone(),
        file_id,
        reference,
        segment: Segment::Normal,
        error: None,
        charset: Charset::Utf8,
    }
}

pub(super) fn answer(
    header: AnswerHeader,
    validity: Validity,
    people: Vec<PersonResult>,
    search: Option<crate::wire::SearchInfo>,
) -> ConfirmationAnswer {
    let body = AnswerBody {
        status: Status::Normal,
        result: None,
        validity: Some(validity),
        prescription: None,
        search,
        people: if validity == Validity::None { Vec::new() } else { people },
    };
    ConfirmationAnswer { header, body: Some(body) }
}

/// The error for the person asked about (処理結果状況 2); the request as a whole is in order.
fn person_error(
    now: Jst,
    asked: &ConfirmationRequest,
    (code, message): (&str, &str),
) -> ConfirmationAnswer {
    let date = asked.confirmation_date;
    let body = AnswerBody {
        status: Status::Error,
        result: Some(Notice { code: code.to_owned(), message: message.to_owned() }),
        validity: None,
        prescription: None,
        search: Some(asked.search.clone()),
        people: Vec::new(),
    };
    let file_id = asked.file_id.clone();
    let header = header(now, date, &asked.institution, Reference::Number, file_id);
    ConfirmationAnswer { header, body: Some(body) }
}

pub(super) fn person_result(
    entry: &Entry,
    policy: &Policy<'_>,
    limit_at: Option<Jst>,
) -> PersonResult {
    let person = &entry.person;
    let mut result = PersonResult::new(
        entry.insured.clone(),
        entry.insurer_name.clone(),
        person.name.clone(),
        person.sex,
        person.born,
    );
    result.card_class = entry.class;
    result.relation = Some(entry.relation);
    result.kana = Some(person.kana.clone());
    result.address = Some(person.address.clone());
    result.qualification_date = Some(entry.from);
    result.disqualification_date = entry.lost;
    result.loss_reason = entry.loss_reason;
    result.valid_from = Some(entry.from);
    let age = policy.age_class(person.born);
    result.preschool = age == AgeClass::Preschool;
    if entry.insured.insurer.is_late_elderly() {
        result.ratio_percent = entry.ratio_percent;
    } else if let Some(ratio_percent) =
        entry.ratio_percent.filter(|_| age == AgeClass::ElderlyRecipient)
    {
        let (issued, from, to) = (None, Some(entry.from), None);
        result.elderly = Some(ElderlyRecipient { issued, from, to, ratio_percent });
    }
    result.limit_consent = Some(ConsentMark { given: limit_at.is_some(), at: limit_at });
    result.limit = entry.limit.filter(|_| limit_at.is_some()).map(|class| LimitInfo {
        certificate: None,
        class,
        issued: None,
        from: Some(entry.from),
        to: None,
        long_term: None,
    });
    result
}

/// 特定疾病療養受療証: by card, with consent (CONS-022).
pub(super) fn add_disease(person: &mut PersonResult, entry: &Entry, consent: &Consent) {
    // Nobody but the person can open it: an emergency does not.
    let asked = consent.wish.specific_disease && !consent.unobtainable;
    let flag = consent.flag(asked);
    let open = flag == ConsentFlag::Yes;
    if entry.specific_disease.is_some() || asked {
        person.disease_consent = Some(ConsentStamp { flag, at: open.then_some(consent.at) });
    }
    person.diseases = entry
        .specific_disease
        .filter(|_| open)
        .map(|disease| SpecificDisease {
            disease,
            issued: None,
            from: Some(entry.from),
            to: None,
            self_pay: None,
        })
        .into_iter()
        .collect();
}

pub(super) fn add_consent(person: &mut PersonResult, consent: &Consent) {
    let triple = |given: bool| {
        let flag = consent.flag(given);
        let open = matches!(flag, ConsentFlag::Yes | ConsentFlag::Unobtainable);
        let until = consent.until.filter(|_| open);
        Some(ConsentTriple { flag, at: open.then_some(consent.at), until })
    };
    person.checkup = triple(consent.wish.check_up);
    person.drugs = triple(consent.wish.drugs);
    person.diagnosis = triple(consent.wish.treatment);
    person.operation = triple(consent.wish.surgery);
}
