//! Between a terminal and the centre. The real line protocol is not public; these are typed
//! messages that carry what the published files need.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::procedure::RevocationReason;
use super::reader::Carrier;
use super::view::{ConsentRefusal, View, Withdrawal};
use crate::calendar::Month;
use crate::certificate::Standing;
use crate::ids::{CertificateSerial, InstitutionCode, InsuredKey};
use crate::register::Route;
use crate::subsidy::SubsidyCertificate;
use crate::wire::{
    BulkDownload, BulkReceipt, BulkResult, BulkUpload, CheckUpAnswer, CheckUpRequest,
    ConfirmationAnswer, ConfirmationRequest, LossReason, Notice, RecordsAnswer, RecordsRequest,
    RegistrationAnswer, RegistrationRequest,
};

/// A question to the centre. A consent asked for twice under the same `id` is registered once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CentreRequest {
    /// The asker's own number for it.
    pub id: u64,
    /// The institution that asks.
    pub institution: InstitutionCode,
    /// What.
    pub question: Question,
}

/// What can be asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// May this certificate be used for eligibility?
    Certificate {
        /// Which.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
    },
    /// Register a person's card for use as health card (利用登録), at the reader.
    SignUp {
        /// Which certificate.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
    },
    /// Answer eligibility by card and nothing else (資格確認限定型, IDV-050).
    EligibilityOnly {
        /// Which certificate.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
    },
    /// Register consent and answer eligibility, by card.
    ByCard {
        /// Which certificate.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
        /// What was consented to.
        wish: ConsentWish,
        /// Where.
        route: Route,
    },
    /// Eligibility by number (番号による照会).
    ByNumber(Box<ConfirmationRequest>),
    /// Drug and care information.
    Records(Box<RecordsRequest>),
    /// Withdraw a consent to home visits.
    Withdraw(Withdrawal),
    /// Who has looked at the medical information of a person.
    Views(u16),
    /// Health check-ups.
    CheckUps(Box<CheckUpRequest>),
    /// Registration of a reference number (照会番号).
    RegisterNumber(Box<RegistrationRequest>),
    /// A bulk job to be taken in.
    BulkUpload(Box<BulkUpload>),
    /// What has become of a bulk job.
    BulkDownload(BulkDownload),
    /// Which public subsidies a person who agreed to it is entitled to, as the Public Medical Hub
    /// knows (PMH, NBR-040).
    Subsidies(InsuredKey),
    /// How often the institution of the question verified in a month (GEN-010), for the clearing
    /// house.
    Verifications(Month),
    /// The history of one insured person as registered today, for the clearing house.
    History(HistoryKey),
}

impl Question {
    /// Whether it comes out of a file in a folder.
    pub fn is_file(&self) -> bool {
        match self {
            Self::ByNumber(_)
            | Self::Records(_)
            | Self::CheckUps(_)
            | Self::RegisterNumber(_)
            | Self::BulkUpload(_)
            | Self::BulkDownload(_)
            | Self::Subsidies(_) => true,
            Self::Certificate { .. }
            | Self::SignUp { .. }
            | Self::EligibilityOnly { .. }
            | Self::ByCard { .. }
            | Self::Withdraw(_)
            | Self::Views(_)
            | Self::Verifications(_)
            | Self::History(_) => false,
        }
    }
}

/// The verifications of one institution in one month, asked one by one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct VerificationCount {
    /// By card.
    pub by_card: u32,
    /// By card or by number.
    pub all: u32,
    /// Persons who used the card, each once.
    pub holders: u32,
}

/// What the clearing house looks a receipt up by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HistoryKey {
    /// The number on the receipt; none on an unknown receipt.
    pub insured: Option<InsuredKey>,
    /// Kana name.
    pub kana: String,
    /// Birth date.
    pub born: Date,
}

/// What the centre answers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CentreAnswer {
    /// The number of the question.
    pub id: u64,
    /// The answer.
    pub reply: Reply,
}

/// The answer to a [`Question`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// The certificate may be used.
    CertificateGood {
        /// For how much.
        standing: Standing,
        /// Its last day.
        expires: Date,
        /// Whether its person is to be asked about a 特定疾病療養受療証 (CONS-024).
        specific_disease: bool,
        /// Whether its person is to be asked about public subsidies (PMH, CONS-060).
        subsidies: bool,
        /// What a package screen starts from, if the centre has earlier answers (CONS-012).
        defaults: Option<ConsentWish>,
    },
    /// It may not.
    CertificateRefused(Refusal),
    /// The certifier is silent and the certificate was never seen before (OUT-030). That is not
    /// a "no".
    CannotTell,
    /// Eligibility.
    Confirmation(Box<ConfirmationAnswer>),
    /// A remote reception was registered for this institution. It answers no question of its
    /// terminal: the number counts the page's own messages.
    RemoteReception(Box<ConfirmationAnswer>),
    /// Drug and care information.
    Records(Box<RecordsAnswer>),
    /// None, because the part that holds it is down; eligibility is not.
    RecordsUnavailable,
    /// None, because there is no consent to it.
    RecordsRefused(ConsentRefusal),
    /// Whether there was a consent to withdraw.
    Withdrawn(bool),
    /// Looks at the medical information of the person, oldest first.
    Views(Vec<View>),
    /// Health check-ups.
    CheckUps(Box<CheckUpAnswer>),
    /// What became of a reference number.
    Registered(Box<RegistrationAnswer>),
    /// A bulk job was taken in, or not.
    BulkReceipt(Box<BulkReceipt>),
    /// What has become of a bulk job.
    BulkResult(Box<BulkResult>),
    /// Certificates of public schemes; none where there are none, where the patient refused, or
    /// where the payer takes no part: the answer does not tell these apart (CONS-060).
    Subsidies(Vec<SubsidyCertificate>),
    /// The request failed as a whole.
    Failed(Notice),
    /// How often an institution verified in a month.
    Verifications(VerificationCount),
    /// What is registered of the person a receipt names.
    History(History),
}

/// Why a certificate may not be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Expired and past any grace (CERT-013).
    Expired,
    /// 失効, and why.
    Revoked(RevocationReason),
    /// 一時停止.
    Suspended,
    /// Nobody knows whose it is.
    Unlinked,
    /// The person has not registered the card for use as health card.
    NotSignedUp,
    /// Phones are not accepted (CERT-043).
    PhoneNotAccepted,
    /// This route is not open (IDV-030).
    RouteNotOpen,
}

/// What is registered of the person a receipt names.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct History {
    /// Periods of insurance, oldest first; none where nobody fits, or more than one.
    pub periods: Vec<Period>,
    /// Whether more than one person fits.
    pub several: bool,
}

/// One period of insurance, as registered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Period {
    /// Insurer and number.
    pub insured: InsuredKey,
    /// 資格取得年月日.
    pub from: Date,
    /// 資格喪失年月日: the first day without; none while it lasts.
    pub lost: Option<Date>,
    /// Why it was lost.
    pub loss_reason: Option<LossReason>,
    /// The day on which the insurer took the proof back (証の回収), where it registered one.
    pub collected: Option<Date>,
    /// The share in percent, if the insurer registered one.
    pub ratio_percent: Option<u8>,
}

impl Period {
    /// Whether `date` lies in it.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.lost.is_none_or(|lost| date < lost)
    }
}

/// What a patient lets the institution see (CONS-001).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ConsentWish {
    /// 手術情報 (SHJ).
    pub surgery: bool,
    /// 診療情報 (SRJ).
    pub treatment: bool,
    /// 薬剤情報 (YZK), asked on one screen with 診療情報.
    pub drugs: bool,
    /// 特定健診等情報 (TKK).
    pub check_up: bool,
    /// 特定疾病療養受療証 (TSR).
    pub specific_disease: bool,
    /// 限度額, where it is asked.
    pub limit: bool,
    /// 医療費助成 (PMH), where it is asked: 利用する or 利用しない.
    pub subsidy: bool,
}

impl ConsentWish {
    /// Everything.
    pub const ALL: Self = Self {
        surgery: true,
        treatment: true,
        drugs: true,
        check_up: true,
        specific_disease: true,
        limit: true,
        subsidy: true,
    };

    /// The same without the groups that an institution does not offer.
    #[must_use]
    pub fn within(self, offered: ConsentGroups) -> Self {
        Self {
            surgery: self.surgery && offered.surgery,
            treatment: self.treatment && offered.treatment,
            drugs: self.drugs && offered.drugs,
            check_up: self.check_up && offered.check_up,
            specific_disease: self.specific_disease && offered.specific_disease,
            limit: self.limit,
            subsidy: self.subsidy,
        }
    }
}

/// The groups for which an institution asks consent at all (環境設定, OQSCD036 and OQSCD037;
/// CONS-032). What is switched off is not asked, and its flag stays 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConsentGroups {
    /// 手術情報 (SHJ).
    pub surgery: bool,
    /// 診療情報 (SRJ).
    pub treatment: bool,
    /// 薬剤情報 (YZK).
    pub drugs: bool,
    /// 特定健診等情報 (TKK).
    pub check_up: bool,
    /// 特定疾病療養受療証 (TSR).
    pub specific_disease: bool,
}

impl ConsentGroups {
    /// Every group.
    pub const ALL: Self = Self {
        surgery: true,
        treatment: true,
        drugs: true,
        check_up: true,
        specific_disease: true,
    };
}
