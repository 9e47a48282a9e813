//! What the parties say to each other, edge by edge.
//!
//! Where the real interface is public, the message *is* the file of that interface
//! ([`file::File`], [`claim::ClaimMessage`]); where it is not, it is a typed message of our own.

pub mod bill;
pub mod centre;
pub mod claim;
pub mod counter;
pub mod file;
pub mod office;
pub mod page;
pub mod procedure;
pub mod reader;
pub mod registry;
pub mod statement;
pub mod token;
pub mod view;

use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::Month;
use crate::ids::{CertificateSerial, InstitutionCode, ReferenceNumber};
use crate::party::PartyId;
use crate::programme::{self, Grant};
use crate::wire::TreatmentKind;
pub use bill::{Bill, BillLine, Capped, Payer, Paying, Treatment, TreatmentPart};
pub use centre::{CentreAnswer, CentreRequest};
pub use claim::{ClaimMessage, Payment};
pub use counter::{Counter, Paper, PatientSays, Person, Proof, VisitOrder};
pub use file::{File, Folder};
pub use office::{Application, CardsAsked, CardsTold, OfficeAsked, OfficeSays};
pub use page::{Call, PageSearch, PageShown};
pub use procedure::{Procedure, ProcedureAsked, ProcedureResult};
pub use reader::{PcAction, ReaderReport, Screen, StaffAction, TerminalSays, Touch};
pub use registry::{CertificateChanged, CertificateStatus, Registration};
pub use token::{TokenCommand, TokenReply};
pub use view::{EndOfCare, Subsidies};

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident($body:ty)),* $(,)?) => {
        /// Everything that travels between two parties.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Message { $($(#[$doc])* $name($body)),* }

        $(impl From<$body> for Message {
            fn from(body: $body) -> Self { Self::$name(body) }
        })*
    };
}

messages! {
    /// Stage to a person: what the plan wants.
    Order(Order),
    /// Patient to reader.
    Touch(Touch),
    /// Reader to patient.
    Screen(Screen),
    /// Reader (or a device for remote reception) to what is held to it.
    TokenCommand(TokenCommand),
    /// And its answer.
    TokenReply(TokenReply),
    /// Reader to terminal.
    ReaderReport(ReaderReport),
    /// Terminal to reader.
    TerminalSays(TerminalSays),
    /// Desk to reader, by hand.
    StaffAction(StaffAction),
    /// Desk to terminal: staff work a reader from the PC.
    PcAction(PcAction),
    /// Terminal, remote reception or clearing house to centre.
    CentreRequest(CentreRequest),
    /// Centre to whoever asked; remote reception to terminal.
    CentreAnswer(CentreAnswer),
    /// Between desk and terminal, through the shared folders.
    File(File),
    /// Desk to patient.
    Counter(Counter),
    /// Patient to desk.
    PatientSays(PatientSays),
    /// Patient to remote reception.
    Remote(RemoteStep),
    /// Remote reception to patient.
    RemoteResult(RemoteResult),
    /// Patient to portal.
    PortalAsked(PortalAsked),
    /// Portal to patient.
    PortalShown(PortalShown),
    /// Portal to centre.
    PortalTold(PortalTold),
    /// Centre or portal to certifier.
    CertificateQuery(CertificateQuery),
    /// Certifier to centre or portal.
    CertificateAnswer(CertificateAnswer),
    /// Certifier to centre: a certificate was suspended, resumed or revoked.
    CertificateChanged(CertificateChanged),
    /// Patient to certifier: by hotline, at the municipality, or on the phone.
    ProcedureAsked(ProcedureAsked),
    /// And what came of it.
    ProcedureResult(ProcedureResult),
    /// Insurer to intermediate server, and on to centre and portal.
    Registration(Registration),
    /// Desk to a welfare office, by telephone.
    OfficeAsked(OfficeAsked),
    /// And its answer.
    OfficeSays(OfficeSays),
    /// Insurer to certifier.
    CardsAsked(CardsAsked),
    /// And its answer.
    CardsTold(CardsTold),
    /// Patient to insurer.
    Application(Application),
    /// Insurer to patient, by post.
    Posted(Proof),
    /// Desk to clearing house and back; insurer to clearing house and back.
    Claim(ClaimMessage),
    /// SIIF, which is one of the clearing houses, to the desk: what a programme pays.
    Granted(Grant),
    /// Clearing house to desk: money, through the bank.
    Payment(Payment),
    /// Desk to centre, in a browser: somebody is looked up in a disaster or failure.
    PageSearch(PageSearch),
    /// And what it shows.
    PageShown(PageShown),
    /// Desk and call centre, by telephone.
    Call(Call),
    /// Between desk and terminal: the end of home care.
    EndOfCare(EndOfCare),
    /// Between desk and terminal: public subsidies.
    Subsidies(Subsidies),
}

/// What the plan wants a person to do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Patient: go to the institution.
    Visit(Box<VisitOrder>),
    /// Patient: bring or tell something afterwards.
    Bring(Vec<Proof>),
    /// Patient: call the hotline, or go to the municipality.
    Procedure(ProcedureAsked),
    /// Patient: ask the insurer for a paper.
    Apply {
        /// Which insurer.
        insurer: PartyId,
        /// 健康保険証 or 資格確認書.
        kind: counter::ProofKind,
    },
    /// Staff: look at a patient's medical information.
    LookUp(u16),
    /// Staff: do something about the claims of a month of service.
    Claims(ClaimOrder),
    /// Insurer: object to what was paid for somebody.
    Object(claim::Objection),
    /// Staff: withdraw a patient's consent to home visits, on whose behalf.
    EndOfCare(u16, crate::wire::ExpiryReason),
    /// Staff: telephone the call centre.
    CallCentre(page::CallAbout),
    /// Person: do something in the portal, at home.
    Portal(PortalWish),
    /// Staff: ask about many patients at once.
    Bulk(BulkOrder),
    /// SIIF: decide what a programme pays to an institution.
    Programme {
        /// The desk that is told.
        institution: PartyId,
        /// The institution, and under which scheme.
        application: Box<programme::Application>,
    },
    /// Staff: register what the institution calls a patient.
    RegisterNumber {
        /// Who.
        person: Person,
        /// What the institution calls them.
        number: ReferenceNumber,
    },
}

/// What staff do about the claims of a month of service.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ClaimOrder {
    /// The month of service.
    pub month: Month,
    /// What.
    pub act: ClaimAct,
    /// On which way.
    pub medium: claim::Medium,
}

/// What staff can do about claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimAct {
    /// Hand in what is due.
    HandIn,
    /// Hand in once more what was handed in last, as it was.
    Again,
    /// Correct what the check found errors in.
    Correct,
    /// Claim again what came back.
    Resubmit,
    /// Fetch the results.
    Fetch,
}

/// What staff ask about many patients at once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulkOrder {
    /// Are these patients, whom the institution knows, insured on a day (today if none is given)?
    Known {
        /// Who.
        people: Vec<Person>,
        /// When.
        date: Option<Date>,
    },
    /// What of the numbers that could not be confirmed at a visit?
    Unconfirmed,
    /// Who consented from a day until another?
    Consented {
        /// To what kind of care.
        treatment: TreatmentKind,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// Who has a ticket of medical aid in a month?
    Tickets(Month),
}

/// A patient at マイナ在宅受付Web: consent first, then PIN and token (IDV-032, CONS-050).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RemoteStep {
    /// The institution whose address was opened.
    pub facility: u16,
    /// The token held to the device.
    pub token: u16,
    /// The PIN typed.
    pub pin: String,
    /// What is consented to.
    pub consent: centre::ConsentWish,
    /// Which use of remote reception it is.
    pub route: crate::register::Route,
}

/// How remote reception ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemoteResult {
    /// Consent is registered; the institution has been told.
    Registered,
    /// The PIN was wrong.
    PinRefused,
    /// The PIN is locked, or the token has none.
    PinLocked,
    /// The certificate is not good for it.
    CertificateRefused,
    /// This use is not open yet, or the institution has no such page.
    NotOpen,
    /// The card is not registered for use as health card, which this page cannot change.
    NotSignedUp,
    /// Something did not answer.
    Unreachable,
}

/// A person logs in to マイナポータル.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PortalAsked {
    /// The certificate used to log in.
    pub serial: CertificateSerial,
    /// What for.
    pub wish: PortalWish,
}

/// What a person wants of the portal.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortalWish {
    /// The eligibility screen.
    #[default]
    Eligibility,
    /// Who has looked at the medical information.
    Views,
    /// To withdraw the consent to home visits of this institution.
    Withdraw(InstitutionCode),
    /// 利用登録: to use the card as health card.
    SignUp,
    /// Consent to one institution, set in advance (CONS-012).
    Preset {
        /// The institution.
        institution: InstitutionCode,
        /// What is consented to.
        consent: centre::ConsentWish,
    },
}

/// What somebody did in マイナポータル that the centre keeps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PortalTold {
    /// The person.
    pub owner: u16,
    /// What.
    pub wish: PortalWish,
}

/// What the portal shows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortalShown {
    /// The eligibility screen, as registered.
    Eligibility(Paper),
    /// Nothing is registered, or viewing is suspended (ELIG-033).
    Nothing,
    /// What was wanted is done.
    Done,
    /// The log-in failed.
    LoginRefused,
    /// Who has looked at the medical information, oldest first.
    Views(Vec<view::View>),
    /// Whether there was a consent to withdraw.
    Withdrawn(bool),
    /// The centre did not answer.
    Unreachable,
}

/// Is this certificate good?
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CertificateQuery {
    /// Which.
    pub serial: CertificateSerial,
    /// The asker's own number for the question.
    pub request: u64,
}

/// What the certifier knows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CertificateAnswer {
    /// The number of the question.
    pub request: u64,
    /// What it says.
    pub status: CertificateStatus,
}
