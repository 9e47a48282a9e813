//! What stands on one receipt, with the number that could be found (CLM-001…003).

use std::collections::BTreeMap;

use super::dispensed;
use super::frame::framed;
use super::notes::{charge_code, notes};
use super::publics::Publics;
use crate::calendar::Month;
use crate::desk::{ClaimNumber, Encounter};
use crate::fee::Setting;
use crate::ids::{BranchNumber, InsuredKey, InsuredNumber, InsuredSymbol, InsurerNumber};
use crate::message::BillLine;
use crate::register::Policy;
use crate::uke::{
    Charge, Check, Comment, Confirmation, DayMarks, Disease, Entry, Form, Insurance, MainPayer,
    Outcome, Person, Receipt, ReceiptKind, Service, Sex, ToothDisease, Treatment,
};

/// Free comment (フリーコメント) of the comment master, and 診療識別 for remarks on the whole.
const FREE_COMMENT: (&str, &str) = ("810000001", "01");
/// 負担区分: health insurance alone (CLM-072).
const INSURANCE_ALONE: &str = "1";

pub(super) fn receipt(
    form: Form,
    number: u32,
    month: Month,
    visits: &[&Encounter],
    policy: &Policy<'_>,
    strict: bool,
) -> Receipt {
    let first = visits[0];
    let (key, confirmation) = claimed(visits, policy, strict);
    let day_level = visits.iter().all(|v| v.day_level);
    let dates: Vec<_> = visits.iter().flat_map(|v| v.days()).collect();
    let publics = Publics::of(visits, policy);
    let services = services(visits, day_level, &publics);
    let points = services.iter().fold(0u32, |sum, s| {
        sum.saturating_add(s.points.unwrap_or(0).saturating_mul(u32::from(s.count)))
    });
    let sex = if first.person.sex == crate::wire::Sex::Male { Sex::Male } else { Sex::Female };
    let yen: i64 = visits.iter().map(|v| v.left_yen).sum();
    let insured = first.number != ClaimNumber::PublicAlone;
    let days = DayMarks::counted_on(&dates).counted();
    let kind = kind(form, first, insured.then_some(&key.insurer), publics.count(), policy);
    // At first claim only the branch is new information (SN, CLM-054).
    let check = Check::new(1, confirmation, key.branch.clone());
    let marks = DayMarks::counted_on(if day_level { &dates } else { &[] });
    let checks = insured.then(|| check.into()).into_iter().chain(publics.checks());
    let marks = insured.then(|| marks.into()).into_iter().chain(publics.days(day_level));
    let head =
        checks.chain(marks).chain([Charge { class: charge_code(visits, policy).into() }.into()]);
    let receipt = Receipt {
        kind: kind.code().into(),
        name: first.person.name.as_str().into(),
        sex,
        born: first.person.born,
        notes: notes(visits, policy),
        kana: first.person.kana.as_str().into(),
        insurance: insured.then(|| Insurance {
            insurer: key.insurer,
            symbol: key.symbol,
            number: key.number,
            days: u8::try_from(days).unwrap_or(u8::MAX),
            points,
            charged_yen: u32::try_from(yen).ok(),
            ..Insurance::default()
        }),
        publics: publics.records(),
        prescriber: (form == Form::Pharmacy).then(|| Box::new(dispensed::prescriber(first))),
        entries: head.chain(content(form, visits, services, &publics)).collect(),
        ..Receipt::blank(number, month)
    };
    framed(form, receipt, visits, policy)
}

/// レセプト種別, by what holds on the last day of the month (CLM-070).
fn kind(
    form: Form,
    visit: &Encounter,
    insurer: Option<&InsurerNumber>,
    publics: u8,
    policy: &Policy<'_>,
) -> ReceiptKind {
    let Encounter { person, relation, percent, setting, .. } = visit;
    let of = |insurer| Person::of(policy, insurer, *relation, person.born, *percent);
    ReceiptKind {
        form,
        main: MainPayer::of(insurer),
        payers: publics + u8::from(insurer.is_some()),
        person: insurer.map_or(Person::Insured, of),
        inpatient: *setting == Setting::Inpatient,
    }
}

/// The number on the receipt, and whether all its visits were confirmed with it; `strict` where
/// every insurer number needs its check digit.
fn claimed(visits: &[&Encounter], policy: &Policy<'_>, strict: bool) -> (InsuredKey, Confirmation) {
    let keys = visits.iter().filter_map(|visit| match &visit.number {
        ClaimNumber::Current(key) | ClaimNumber::Lost(key) | ClaimNumber::Victim(key) => Some(key),
        ClaimNumber::Unknown | ClaimNumber::SelfPaid | ClaimNumber::PublicAlone => None,
    });
    // The branch may have been learnt at one of the visits only.
    let key = keys.max_by_key(|key| !key.branch.is_empty()).cloned();
    let current = |v: &&&Encounter| v.confirmed && matches!(v.number, ClaimNumber::Current(_));
    let confirmed = visits.iter().filter(current).count() == visits.len();
    let mark = if confirmed { Confirmation::Valid } else { Confirmation::Unconfirmed };
    let (insurer, number) = policy.unknown_numbers(strict);
    let unknown = || InsuredKey {
        insurer: InsurerNumber::from(insurer),
        symbol: InsuredSymbol::default(),
        number: InsuredNumber::from(number),
        branch: BranchNumber::default(),
    };
    (key.unwrap_or_else(unknown), mark)
}

/// One line for each service and number of points, with its count for each day.
fn services(visits: &[&Encounter], day_level: bool, publics: &Publics<'_>) -> Vec<Service> {
    let mut lines: BTreeMap<_, Service> = BTreeMap::new();
    for (visit, bill) in visits.iter().flat_map(|v| v.lines.iter().map(move |line| (v, line))) {
        let burden = publics.burden(visit, bill);
        let BillLine { identification, code, points, .. } = *bill;
        let line = lines.entry((identification, code, points, burden)).or_insert_with(|| Service {
            identification: identification.into(),
            burden: burden.into(),
            code: code.to_string().into(),
            points: u32::try_from(points).ok(),
            ..Service::default()
        });
        line.count += 1;
        let day = usize::from(visit.date.day().unsigned_abs()) - 1;
        if day_level {
            line.per_day[day] += 1;
        }
    }
    lines.into_values().collect()
}

/// What was done and why, in the records of the form.
fn content(
    form: Form,
    visits: &[&Encounter],
    services: Vec<Service>,
    publics: &Publics<'_>,
) -> Vec<Entry> {
    let disease = disease(visits[0]);
    match form {
        Form::Medical | Form::VisitingNursing => {
            let services = services.into_iter().map(Entry::from);
            std::iter::once(disease.into()).chain(services).collect()
        }
        Form::Dental => {
            let Disease { code, name, .. } = disease;
            let teeth = ToothDisease { code, name, ..ToothDisease::default() };
            let treatment = |it: Service| Treatment {
                identification: it.identification,
                burden: it.burden,
                code: it.code,
                points: it.points,
                count: it.count,
                per_day: it.per_day,
                ..Treatment::default()
            };
            let treatments = services.into_iter().map(|it| treatment(it).into());
            std::iter::once(teeth.into()).chain(treatments).collect()
        }
        Form::Pharmacy => dispensed::records(visits, publics),
    }
}

/// The diagnosis is not what this project is about: everybody has the same, not coded.
fn disease(visit: &Encounter) -> Disease {
    Disease {
        code: "0000999".into(),
        started: visit.admitted.unwrap_or(visit.date),
        outcome: Outcome::Continuing,
        name: "見本病".into(),
        main: true,
        ..Disease::default()
    }
}

/// A remark in the record that the form has for it.
pub(super) fn placed(form: Form, remark: Comment) -> Entry {
    if form != Form::Pharmacy {
        return remark.into();
    }
    let Comment { code, text, .. } = remark;
    Entry::Remark(Box::new(Comment { code, text, ..Comment::default() }))
}

pub(super) fn remark(visits: &[&Encounter], contact: &str, policy: &Policy<'_>) -> Option<Comment> {
    let lost = |v: &&&Encounter| matches!(v.number, ClaimNumber::Lost(_));
    let text = if matches!(visits[0].number, ClaimNumber::Unknown | ClaimNumber::Victim(_)) {
        format!("{}　{contact}", policy.unknown_remark())
    } else if visits.iter().any(|v| lost(&v)) {
        policy.lost_remark().to_owned()
    } else {
        return None;
    };
    let (code, identification) = FREE_COMMENT;
    Some(Comment {
        identification: identification.into(),
        burden: INSURANCE_ALONE.into(),
        code: code.into(),
        text: text.into(),
        ..Comment::default()
    })
}
