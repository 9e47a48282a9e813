//! Between a patient and the desk: what is asked for, what is shown, what is charged.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::bill::{Bill, Treatment};
use super::centre::ConsentWish;
use super::page::SpokenConsent;
use super::reader::{Carrier, FaceTemplate, Hindrance, Method, ReaderFault};
use super::statement::{Contact, Statement};
use crate::calendar::Micros;
use crate::ids::{InsuredKey, InsurerNumber};
use crate::register::Route;
use crate::subsidy::SubsidyCertificate;
use crate::wire::{Relation, Sex};

/// What can prove eligibility at the desk, and what else it may ask for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProofKind {
    /// マイナ保険証: the card itself.
    Card,
    /// The phone that carries it.
    Phone,
    /// 健康保険証.
    HealthCard,
    /// 資格確認書.
    EligibilityCertificate,
    /// 資格情報のお知らせ.
    EligibilityNotice,
    /// マイナポータルの資格情報画面.
    PortalScreen,
    /// The same, saved earlier as PDF.
    PortalPdf,
    /// 再照会: at a home visit, the consent that was given once, asked about without the card.
    ReInquiry,
    /// What the institution knows from an earlier visit, confirmed orally.
    KnownData,
    /// 被保険者資格申立書.
    Statement,
    /// What the patient tells about the current insurance.
    Told,
    /// A document with a photograph, for remote reception (IDV-033).
    PhotoId,
    /// The page for disasters and failures, on which staff found the person.
    Search,
}

/// Something shown or said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Proof {
    /// What it is.
    pub kind: ProofKind,
    /// What stands on it; none for a statement or a photo-ID.
    pub paper: Option<Paper>,
}

/// What stands on a paper or screen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Paper {
    /// Insurer and number.
    pub insured: InsuredKey,
    /// 本人 or 家族.
    pub relation: Relation,
    /// First day of the eligibility it shows.
    pub from: Date,
    /// First day without, if the eligibility is shown as lost.
    pub lost: Option<Date>,
    /// Printed last day; none if none is printed.
    pub until: Option<Date>,
    /// The share in percent, where it is printed.
    pub ratio_percent: Option<u8>,
}

/// Who a person is, as it stands on a card.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Person {
    /// Name in kanji.
    pub name: String,
    /// Half-width kana name.
    pub kana: String,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub born: Date,
    /// Address.
    pub address: String,
}

/// What a patient says or does at the desk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PatientSays {
    /// I am here.
    Arrives(Box<Arrival>),
    /// The reader did not work for me.
    ReaderFailed(Trouble),
    /// The reader is done.
    ReaderDone,
    /// Please identify me by looking (目視).
    WantsVisual,
    /// This is what I consent to; please enter it (IDV-011).
    Consents(ConsentWish),
    /// The phone does not work; I put the card on the reader instead (IDV-022).
    TakesCard,
    /// Please compare; whether it is the same person.
    PleaseCompare {
        /// What staff will find.
        same: bool,
    },
    /// Here.
    Shows(Proof),
    /// I have filled this in.
    States(Box<Statement>),
    /// I do not have that.
    HasNot(ProofKind),
}

/// What a patient saw of a reader that did not work.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Nothing: it did not react at all.
    Silent,
    /// This.
    Shown(ReaderFault),
    /// It worked; the patient could not be identified.
    GaveUp,
}

/// How it stands with a patient beyond what is held out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Circumstances {
    /// Whether staff look the patient up in disaster mode (OUT-020).
    pub disaster_mode: bool,
    /// What the patient says to that.
    pub spoken: SpokenConsent,
    /// Whether it is a victim of a disaster without any proof (OUT-022).
    pub victim: bool,
}

/// A patient at the desk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Arrival {
    /// Who.
    pub person: Person,
    /// What is held out first; none if nothing.
    pub shows: Option<Proof>,
    /// First visit to this institution (初診 for the counter).
    pub first: bool,
    /// How the patient comes.
    pub route: Route,
    /// Whether a remote reception was made on the patient's own device.
    pub own_device: bool,
    /// Which of the institution's readers is nearest.
    pub reader: u16,
    /// What will be done.
    pub treatment: Treatment,
    /// Whether the limit may be asked by number (限度額, oral consent; CONS-021).
    pub limit_consent: bool,
    /// How it stands with the patient beyond that.
    pub circumstances: Circumstances,
    /// The share in percent that a person of 70 or over states, where no answer tells (FB-006).
    pub states_percent: Option<u8>,
    /// The insurer number as staff type it at first, where that is not what stands on the paper.
    pub mistyped: Option<InsurerNumber>,
    /// 公費受給者証 on paper, handed over together.
    pub certificates: Vec<SubsidyCertificate>,
}

/// What the desk says to a patient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counter {
    /// Please use the reader.
    UseReader,
    /// The reader is broken; please use マイナ在宅受付Web on our device instead (OUT-040).
    UseRemote,
    /// The reader is in visual mode; put the card on it.
    VisualReady,
    /// Please show …
    Show(ProofKind),
    /// That is …
    Charge(Bill),
}

/// What the plan wants a patient to do in one visit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct VisitOrder {
    /// The institution.
    pub facility: u16,
    /// Which of its readers.
    pub reader: u16,
    /// What is held out first.
    pub shows: Shows,
    /// Ways of being identified, in the order they are tried.
    pub methods: Vec<Method>,
    /// PINs typed, in order.
    pub pins: Vec<String>,
    /// 照合番号B as it is printed on the person's card.
    pub code_b: Option<String>,
    /// What a camera makes of the person's face.
    pub face: FaceTemplate,
    /// What goes wrong at the reader.
    pub mishaps: Vec<Mishap>,
    /// Whether staff find that photograph and face are one person.
    pub looks_alike: bool,
    /// What is consented to.
    pub consent: ConsentWish,
    /// How the patient comes.
    pub route: Route,
    /// For remote reception: whether the patient's own device is used.
    pub own_device: bool,
    /// Whether a photo-ID is at hand.
    pub photo_id: bool,
    /// Whether the phone is held up before the reader asks for it.
    pub phone_too_early: bool,
    /// Whether the PIN is typed on the phone, when the reader asks for it (IDV-020).
    pub pin_on_phone: bool,
    /// The card that is put on the reader where the phone fails (IDV-022).
    pub card_instead: Option<u16>,
    /// Whether a card not registered yet is registered when the reader offers it.
    pub signs_up: bool,
    /// Whether a package screen is left as it is shown (CONS-012).
    pub consent_as_shown: bool,
    /// Whether the consent screens are answered orally and entered by staff (IDV-011).
    pub consent_orally: bool,
    /// Whether it is only to answer the consent screens once more (CONS-014): the patient was
    /// received before and goes to the reader alone.
    pub again: bool,
    /// First visit.
    pub first: bool,
    /// What will be done.
    pub treatment: Treatment,
    /// What else can be shown.
    pub papers: Vec<Proof>,
    /// Whether the patient can reach the portal.
    pub portal: bool,
    /// Whether nothing changed in the insurance since the last visit, as the patient says.
    pub unchanged: bool,
    /// How it stands with the patient beyond that.
    pub circumstances: Circumstances,
    /// What the patient would write on a statement.
    pub contact: Contact,
    /// The share in percent that the patient would state.
    pub states_percent: Option<u8>,
    /// The insurer number as staff will type it at first.
    pub mistyped: Option<InsurerNumber>,
    /// 公費受給者証 on paper that the patient has along.
    pub certificates: Vec<SubsidyCertificate>,
    /// How long the patient takes for each step.
    pub pace: Micros,
}

/// Something that goes wrong between a person and a reader.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Mishap {
    /// What.
    pub what: MishapKind,
    /// How often; every time, if not given.
    pub times: Option<u16>,
}

/// What can go wrong between a person and a reader (IDV-002).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MishapKind {
    /// The print of the card cannot be seen: it is in its sleeve, or wrong side up.
    PrintHidden,
    /// The camera is hindered.
    Hindered(Hindrance),
    /// The camera takes the face for another one, as with a photograph much older than the face.
    FaceNotFound,
    /// When the card is to be put on the reader again, it is another one.
    OtherCard {
        /// Which.
        token: u16,
        /// What is printed on it.
        code_b: Option<String>,
    },
}

/// What a patient holds out first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    /// A token, to the reader.
    Token {
        /// Which.
        token: u16,
        /// What it is.
        carrier: Carrier,
    },
    /// A paper, to the staff.
    Paper(ProofKind),
    /// Nothing.
    Nothing,
}
