//! The ledger: every visit that was charged, and what of it is known for the claim.

use jiff::ToSpan;
use jiff::civil::Date;

use super::payers::PublicShare;
use super::reception::chart_of_paper;
use super::{ClaimState, Desk, PersonKey, key_of, shows_a_number};
use crate::calendar::Month;
use crate::fee::{Charged, Limit, Setting};
use crate::ids::{InstitutionCode, InsuredKey, InsuredNumber, InsuredSymbol, InsurerNumber};
use crate::message::counter::{Person, Proof};
use crate::message::{BillLine, Capped};
use crate::party::PartyId;
use crate::register::Policy;
use crate::uke::ReviewBody;
use crate::wire::{LimitClass, Relation};

/// What the institution knows of a patient from earlier visits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// Insurer and number.
    pub insured: InsuredKey,
    /// Since when it is valid, where that was said.
    pub since: Option<Date>,
    /// 本人 or 家族.
    pub relation: Relation,
    /// The share in percent, if it was registered.
    pub ratio_percent: Option<u8>,
    /// 限度額の区分, if an answer named it.
    pub limit: Option<LimitClass>,
}

/// What the institution charged a patient before the run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct History {
    /// Months in which the limit was reached (高額療養費).
    pub benefit_months: Vec<Month>,
    /// Add-ons.
    pub add_ons: Vec<Charged>,
}

/// Which number a visit will be claimed with (CLM-001…003).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ClaimNumber {
    /// ① the current one.
    Current(InsuredKey),
    /// ② a past one, with lost eligibility.
    Lost(InsuredKey),
    /// ③ none is known.
    Unknown,
    /// None is known of a victim of a disaster; the number that stands for it (OUT-022).
    Victim(InsuredKey),
    /// The patient paid everything; there is no claim.
    SelfPaid,
    /// There is no insurance: public payers pay alone, as for somebody on medical aid.
    PublicAlone,
}

/// A visit that has been charged, as far as the claim needs it.
#[derive(Clone, Debug)]
pub struct Encounter {
    /// Date of service.
    pub date: Date,
    /// Who.
    pub person: Person,
    /// With which number.
    pub number: ClaimNumber,
    /// 本人 or 家族.
    pub relation: Relation,
    /// What was charged, service by service.
    pub lines: Vec<BillLine>,
    /// A visit or a stay.
    pub setting: Setting,
    /// 入院年月日 of a stay.
    pub admitted: Option<Date>,
    /// At a pharmacy, who issued the prescription.
    pub prescriber: Option<InstitutionCode>,
    /// Whether the claim carries day-level data.
    pub day_level: bool,
    /// Share in percent.
    pub percent: u8,
    /// What the insurance left, in yen: the share, or less where it is capped.
    pub left_yen: i64,
    /// The limit of the month, where the class is known.
    pub limit: Option<Limit>,
    /// Why less than the share was left, if so.
    pub capped: Capped,
    /// The public payers in the order in which they pay.
    pub publics: Vec<PublicShare>,
    /// Yen charged.
    pub yen: i64,
    /// Whether it was a first visit.
    pub first: bool,
    /// Whether the number was confirmed by an answer.
    pub confirmed: bool,
    /// Where its claim stands.
    pub claim: ClaimState,
}

impl ClaimNumber {
    /// The insurer it is claimed from, if one is known.
    pub(super) fn insurer(&self) -> Option<&InsurerNumber> {
        match self {
            Self::Current(key) | Self::Lost(key) => Some(&key.insurer),
            Self::Unknown | Self::Victim(_) | Self::SelfPaid | Self::PublicAlone => None,
        }
    }
}

impl Encounter {
    /// All points together.
    pub fn points(&self) -> i64 {
        self.lines.iter().map(|line| line.points).sum()
    }

    /// The days it takes up in its month: one, or every day of a stay.
    pub(super) fn days(&self) -> impl Iterator<Item = Date> {
        let first = self.admitted.unwrap_or(self.date).max(self.date.first_of_month());
        first.series(1.day()).take_while(|day| *day <= self.date)
    }

    /// The receipt it belongs on; none where there is no claim.
    pub(super) fn receipt(&self) -> Option<ReceiptKey> {
        Some(ReceiptKey {
            person: key_of(&self.person),
            payer: payer(&self.number)?,
            month: Month::of(self.date),
            setting: self.setting,
            prescriber: self.prescriber.clone(),
        })
    }
}

/// What one receipt is about: one patient, one insurer, one month, visits or stays, and at a
/// pharmacy the prescriptions of one institution (CLM-020). What a patient pays is capped by the
/// same measure (FEE-064).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct ReceiptKey {
    person: PersonKey,
    payer: Payer,
    month: Month,
    setting: Setting,
    prescriber: Option<InstitutionCode>,
}

impl ReceiptKey {
    /// The review body from which it is claimed, where what has no known insurer goes to
    /// `unknown_to` (CLM-033, CLM-007). Public payers alone are SIIF's.
    pub(super) fn review_body(&self, unknown_to: ReviewBody, policy: &Policy<'_>) -> ReviewBody {
        match &self.payer {
            Payer::Insurer(insurer, ..) => policy.review_body(insurer).unwrap_or(unknown_to),
            Payer::Unknown => unknown_to,
            Payer::PublicAlone => ReviewBody::Siif,
        }
    }
}

/// Who a receipt goes to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Payer {
    /// An insurer, with symbol and number, whatever the branch.
    Insurer(InsurerNumber, InsuredSymbol, InsuredNumber),
    /// Nobody known.
    Unknown,
    /// Public payers without an insurance.
    PublicAlone,
}

fn payer(number: &ClaimNumber) -> Option<Payer> {
    match number {
        ClaimNumber::Current(key) | ClaimNumber::Lost(key) | ClaimNumber::Victim(key) => {
            Some(Payer::Insurer(key.insurer.clone(), key.symbol.clone(), key.number.clone()))
        }
        ClaimNumber::Unknown => Some(Payer::Unknown),
        ClaimNumber::PublicAlone => Some(Payer::PublicAlone),
        ClaimNumber::SelfPaid => None,
    }
}

impl Desk {
    /// What a patient tells or brings after the visit improves the number of the claim.
    pub(super) fn told_later(&mut self, patient: PartyId, proof: &Proof) {
        let Some(paper) = proof.paper.as_ref().filter(|_| shows_a_number(proof.kind)) else {
            return;
        };
        let Some(key) = self.patients.get(&patient).map(key_of) else { return };
        self.settle(&key, chart_of_paper(paper));
    }

    /// A number that has become known also serves earlier visits that had none, as far as it
    /// was valid then (CLM-001).
    pub(super) fn settle(&mut self, key: &PersonKey, chart: Chart) {
        for encounter in self.ledger.iter_mut().filter(|e| key_of(&e.person) == *key) {
            let unsettled = matches!(
                encounter.number,
                ClaimNumber::Unknown | ClaimNumber::Victim(_) | ClaimNumber::Lost(_)
            );
            let lost = matches!(&encounter.number, ClaimNumber::Lost(old)
                if old.matches(&chart.insured));
            if unsettled && !lost && chart.since.is_none_or(|since| since <= encounter.date) {
                encounter.number = ClaimNumber::Current(chart.insured.clone());
                encounter.relation = chart.relation;
            }
        }
        self.charts.insert(key.clone(), chart);
    }
}
