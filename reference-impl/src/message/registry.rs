//! What insurers register and what the certifier knows.

use jiff::civil::Date;
use serde::Serialize;

use super::counter::Person;
use super::procedure::RevocationReason;
use crate::calendar::Month;
use crate::ids::{CertificateSerial, InstitutionCode, InsuredKey, InsuredNumber, InsurerNumber};
use crate::wire::{
    CardClass, CheckUp, Disease, LimitClass, LossReason, RecordsMonth, Relation, TicketKind,
};

/// A change of the register of insured persons, on its way through the intermediate server.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registration {
    /// A person is insured from a day on.
    Gain(Box<Entry>),
    /// A person is no longer insured.
    Loss {
        /// Whose record.
        insured: InsuredKey,
        /// The person it belongs to.
        owner: u16,
        /// 資格喪失年月日: the first day without.
        lost: Date,
        /// Why.
        reason: LossReason,
        /// The day on which the insurer took the proof back (証の回収), if it did.
        collected: Option<Date>,
    },
    /// A person is on medical aid (医療扶助) from a day on.
    Aid(Box<AidEntry>),
    /// A ticket of a person on medical aid.
    Ticket(Box<AidTicket>),
}

impl Registration {
    /// Who registers it: an insurer, or a welfare office by its 公費負担者番号.
    pub fn insurer(&self) -> &InsurerNumber {
        match self {
            Self::Gain(entry) => &entry.insured.insurer,
            Self::Loss { insured, .. } => &insured.insurer,
            Self::Aid(entry) => &entry.payer,
            Self::Ticket(ticket) => &ticket.payer,
        }
    }
}

/// A person on medical aid, as the welfare office has them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AidEntry {
    /// The person, as linked by the individual number.
    pub owner: u16,
    /// 公費負担者番号.
    pub payer: InsurerNumber,
    /// 公費受給者番号.
    pub recipient: InsuredNumber,
    /// Name, birth date and so on.
    pub person: Person,
    /// Name of the welfare office (福祉事務所).
    pub office: String,
    /// First day.
    pub from: Date,
    /// First day without; none while it lasts.
    pub lost: Option<Date>,
    /// The day from which the municipality takes part in online verification (ELIG-062); none
    /// if it does from the start.
    pub linked_from: Option<Date>,
}

impl AidEntry {
    /// As a record of an insured person, for what asks no more than who it is.
    pub fn record(&self) -> Entry {
        Entry {
            owner: self.owner,
            insured: InsuredKey {
                insurer: self.payer.clone(),
                number: self.recipient.clone(),
                ..InsuredKey::default()
            },
            person: self.person.clone(),
            relation: Relation::Insured,
            insurer_name: self.office.clone(),
            from: self.from,
            lost: self.lost,
            loss_reason: None,
            collected: None,
            ratio_percent: None,
            class: CardClass::MedicalAid,
            limit: None,
            specific_disease: None,
        }
    }

    /// Whether `date` lies in it.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.lost.is_none_or(|lost| date < lost)
    }
}

/// A ticket of one month (医療券・調剤券) for one institution.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AidTicket {
    /// Whose.
    pub owner: u16,
    /// 公費負担者番号 of the office that issues it.
    pub payer: InsurerNumber,
    /// 医療券 or 調剤券.
    pub kind: TicketKind,
    /// 診療年月.
    pub month: Month,
    /// The institution it names.
    pub institution: InstitutionCode,
    /// 本人支払額 for the month, in yen.
    pub self_pay_yen: u32,
}

/// One record of an insured person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entry {
    /// The person, as linked by the individual number.
    pub owner: u16,
    /// Insurer and number.
    pub insured: InsuredKey,
    /// Name, birth date and so on as the insurer has them.
    pub person: Person,
    /// 本人 or 家族.
    pub relation: Relation,
    /// Name of the insurer.
    pub insurer_name: String,
    /// 資格取得年月日.
    pub from: Date,
    /// 資格喪失年月日, once registered.
    pub lost: Option<Date>,
    /// Why it was lost.
    pub loss_reason: Option<LossReason>,
    /// The day on which the insurer took the proof back (証の回収), if it did.
    pub collected: Option<Date>,
    /// The share in percent, if registered (70 and over).
    pub ratio_percent: Option<u8>,
    /// 被保険者証区分 (ELIG-006).
    pub class: CardClass,
    /// 限度額の区分 (ELIG-007), if any.
    pub limit: Option<LimitClass>,
    /// The disease of a 特定疾病療養受療証, if there is one.
    pub specific_disease: Option<Disease>,
}

/// What the centre holds of one person beside eligibility.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Medical {
    /// Drugs and care, month by month.
    pub months: Vec<RecordsMonth>,
    /// Health check-ups.
    pub check_ups: Vec<CheckUp>,
}

/// What the certifier knows of a certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateStatus {
    /// Issued, belonging to this person, last day as given; it may lie in the past.
    Issued {
        /// The person.
        owner: u16,
        /// Last day.
        expires: Date,
    },
    /// 失効, and why.
    Revoked(RevocationReason),
    /// 一時停止.
    Suspended,
    /// Never issued.
    Unknown,
}

/// The certifier tells the centre that a certificate is suspended, resumed or revoked, so that
/// the next question finds it so, whether or not the certifier can be reached then (CERT-018).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CertificateChanged {
    /// Which.
    pub serial: CertificateSerial,
    /// What it is now.
    pub status: CertificateStatus,
}
