//! Writing the claims of a month: one receipt per patient, month and insurer (CLM-020), with the
//! number that could be found (CLM-001…003).

use std::collections::BTreeMap;

use super::ledger::ReceiptKey;
use super::{ClaimNumber, Desk, Encounter};
use crate::calendar::{Jst, Month};
use crate::ids::{BranchNumber, InsuredKey, InsuredNumber, InsuredSymbol, InsurerNumber};
use crate::message::claim::ClaimMessage;
use crate::message::file::Bytes;
use crate::party::{Outbox, PartyId};
use crate::register::Policy;
use crate::uke::{
    Check, ClaimFile, Comment, Confirmation, DAYS, DayMarks, Disease, Header, Insurance, Outcome,
    Receipt, ReviewBody, Service, ServiceComment, Sex, Total, receipt_kind, write,
};

/// 初診料 and 再診料 in the master of services; 診療識別 11 and 12.
const FIRST_VISIT: (&str, &str) = ("111000110", "11");
const NEXT_VISIT: (&str, &str) = ("112007410", "12");
/// Free comment (フリーコメント) of the comment master, and 診療識別 for remarks on the whole.
const FREE_COMMENT: (&str, &str) = ("810000001", "01");
/// 負担区分: health insurance alone (CLM-072).
const INSURANCE_ALONE: &str = "1";

impl Desk {
    pub(super) fn hand_in(&mut self, now: Jst, month: Month, out: &mut Outbox) {
        let file = self.claim_file(now, month);
        match write(&file) {
            Ok(bytes) => out.send(PartyId::Clearing, ClaimMessage::HandIn(Bytes(bytes))),
            // A name that the format cannot hold must not cost the month: it is sent with ●,
            // which is accepted (ELIG-035).
            Err(_) => {
                let file = with_bullets(file);
                if let Ok(bytes) = write(&file) {
                    out.send(PartyId::Clearing, ClaimMessage::HandIn(Bytes(bytes)));
                }
            }
        }
    }

    pub(super) fn claims_received(&mut self, month: Month) {
        for encounter in self.ledger.iter_mut().filter(|e| Month::of(e.date) == month) {
            // Whoever had no payer is on no receipt, and can still be claimed when one is found.
            encounter.claimed |= encounter.receipt().is_some();
        }
    }

    fn claim_file(&self, now: Jst, month: Month) -> ClaimFile {
        let mut groups: BTreeMap<ReceiptKey, Vec<&Encounter>> = BTreeMap::new();
        // What was taken in once is not claimed again.
        let due = |e: &&Encounter| Month::of(e.date) == month && !e.claimed;
        for encounter in self.ledger.iter().filter(due) {
            if let Some(receipt) = encounter.receipt() {
                groups.entry(receipt).or_default().push(encounter);
            }
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort_by_key(|visits| visits.first().map(|e| e.date));
        let policy = self.register.on(month.last());
        let strict = self.institution.insists_on_check_digits;
        let receipts: Vec<Receipt> = (1..)
            .zip(&groups)
            .map(|(number, visits)| {
                let contact = self.contact_of(visits[0]);
                let comments = remark(visits, &contact, &policy).into_iter().collect();
                Receipt { comments, ..receipt(number, month, visits, &policy, strict) }
            })
            .collect();
        let points = receipts.iter().map(|r| u64::from(r.points())).sum();
        let count = u32::try_from(receipts.len()).unwrap_or(u32::MAX);
        ClaimFile {
            header: Header {
                payer: ReviewBody::Siif,
                prefecture: format!("{:02}", self.institution.prefecture),
                table: self.institution.code.points_table().into_iter().collect(),
                institution: self.institution.code.as_str().get(3..).unwrap_or_default().to_owned(),
                name: self.institution.name.clone(),
                claim_month: Month::of(now.date()),
                phone: self.institution.phone.clone(),
            },
            receipts,
            total: Total { receipts: count, points },
            eof_mark: false,
        }
    }
}

fn receipt(
    number: u32,
    month: Month,
    visits: &[&Encounter],
    policy: &Policy<'_>,
    strict: bool,
) -> Receipt {
    let first = visits[0];
    let (key, confirmation) = claimed(visits, policy, strict);
    let day_level = visits.iter().all(|v| v.day_level);
    let dates: Vec<_> = visits.iter().map(|v| v.date).collect();
    let services = services(visits, day_level);
    let points = services.iter().fold(0u32, |sum, s| {
        sum.saturating_add(s.points.unwrap_or(0).saturating_mul(u32::from(s.count)))
    });
    let sex = if first.person.sex == crate::wire::Sex::Male { Sex::Male } else { Sex::Female };
    let yen: i64 = visits.iter().map(|v| v.yen).sum();
    let days = DayMarks::counted_on(&dates).counted();
    Receipt {
        number,
        kind: receipt_kind(policy, &key.insurer, first.relation, first.person.born, first.percent),
        month,
        name: first.person.name.clone(),
        sex,
        born: first.person.born,
        benefit_percent: None,
        notes: policy.halved_limit_note(first.person.born).map(str::to_owned).into_iter().collect(),
        chart_number: String::new(),
        kana: first.person.kana.clone(),
        insurance: Some(Insurance {
            insurer: key.insurer.clone(),
            symbol: key.symbol.clone(),
            number: key.number.clone(),
            days: u8::try_from(days).unwrap_or(u8::MAX),
            points,
            charged_yen: u32::try_from(yen).ok(),
        }),
        publics: Vec::new(),
        check: Some(Check {
            payer_kind: 1,
            confirmation,
            // At first claim only the branch is new information (SN, CLM-054).
            insurer: InsurerNumber::default(),
            symbol: InsuredSymbol::default(),
            number: InsuredNumber::default(),
            branch: key.branch.clone(),
            recipient: String::new(),
        }),
        days: DayMarks::counted_on(if day_level { &dates } else { &[] }),
        charge: "00".to_owned(),
        diseases: vec![disease(first)],
        services,
        comments: Vec::new(),
        other: Vec::new(),
    }
}

/// The number on the receipt, and whether all its visits were confirmed with it; `strict` where
/// every insurer number needs its check digit.
fn claimed(visits: &[&Encounter], policy: &Policy<'_>, strict: bool) -> (InsuredKey, Confirmation) {
    let keys = visits.iter().filter_map(|visit| match &visit.number {
        ClaimNumber::Current(key) | ClaimNumber::Lost(key) | ClaimNumber::Victim(key) => Some(key),
        ClaimNumber::Unknown | ClaimNumber::SelfPaid | ClaimNumber::MedicalAid(_) => None,
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
fn services(visits: &[&Encounter], day_level: bool) -> Vec<Service> {
    let mut lines: BTreeMap<(bool, i64), Service> = BTreeMap::new();
    for visit in visits {
        let (code, identification) = if visit.first { FIRST_VISIT } else { NEXT_VISIT };
        let line = lines.entry((!visit.first, visit.points())).or_insert_with(|| Service {
            identification: identification.to_owned(),
            burden: INSURANCE_ALONE.to_owned(),
            code: code.to_owned(),
            quantity: None,
            points: u32::try_from(visit.points()).ok(),
            count: 0,
            comments: std::array::from_fn(|_| ServiceComment::default()),
            per_day: [0; DAYS],
        });
        line.count += 1;
        let day = usize::from(visit.date.day().unsigned_abs()) - 1;
        if day_level {
            line.per_day[day] += 1;
        }
    }
    lines.into_values().collect()
}

/// The diagnosis is not what this project is about: everybody has the same, not coded.
fn disease(visit: &Encounter) -> Disease {
    Disease {
        code: "0000999".to_owned(),
        started: visit.date,
        outcome: Outcome::Continuing,
        modifiers: String::new(),
        name: "見本病".to_owned(),
        main: true,
        comment: String::new(),
    }
}

fn remark(visits: &[&Encounter], contact: &str, policy: &Policy<'_>) -> Option<Comment> {
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
        identification: identification.to_owned(),
        burden: INSURANCE_ALONE.to_owned(),
        code: code.to_owned(),
        text,
    })
}

fn with_bullets(mut file: ClaimFile) -> ClaimFile {
    let held = |c: char| crate::wire::Charset::ShiftJis.holds(c);
    let clean = |text: &mut String| {
        *text =
            text.chars().map(|c| if held(c) { c } else { crate::wire::charset::BULLET }).collect();
    };
    clean(&mut file.header.name);
    for receipt in &mut file.receipts {
        clean(&mut receipt.name);
        clean(&mut receipt.kana);
        for comment in &mut receipt.comments {
            clean(&mut comment.text);
        }
    }
    file
}
