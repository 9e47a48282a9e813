//! The face reader: what a patient touches, what it shows, and what it tells the terminal.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::centre::{ConsentWish, Refusal};
pub use crate::certificate::Carrier;
use crate::certificate::Standing;
use crate::ids::CertificateSerial;
use crate::party::PartyId;
use crate::register::Route;

/// How identity is checked (IDV-001).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// 顔認証.
    Face,
    /// 暗証番号.
    Pin,
    /// 目視.
    Visual,
}

/// What a patient does at the reader.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Touch {
    /// Puts a card on the reader.
    PlaceCard(Placed),
    /// Staff put the card of a patient who cannot answer on the reader (救急時医療情報閲覧).
    PlaceCardInEmergency(Placed),
    /// Chooses "smartphone" and the kind of phone, before holding it up (IDV-020 ①②).
    ChoosePhone(Carrier),
    /// Holds the phone to the general-purpose reader (③).
    HoldPhone(u16),
    /// Chooses how to be identified.
    Choose(Method),
    /// Looks into the camera.
    Look(Sight),
    /// Types a PIN.
    Pin(String),
    /// Answers a consent screen.
    Consent(ConsentWish),
    /// Leaves a package screen as it is shown (CONS-012).
    ConsentAsShown,
    /// Agrees to use the card as health card from now on.
    SignUp,
    /// Takes the card away.
    TakeCard,
}

/// A card as it lies on the reader.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Placed {
    /// The card.
    pub token: u16,
    /// 照合番号B as the reader's camera reads it off the print: 14 digits. None where it sees no
    /// print, as with a card in its sleeve or wrong side up (IDV-002).
    pub code_b: Option<String>,
}

/// What the camera of a reader sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// A face.
    Face(FaceTemplate),
    /// Something is in the way of seeing one.
    Hindered(Hindrance),
}

/// What keeps a camera from seeing a face (IDV-002).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hindrance {
    /// The face is too close.
    TooClose,
    /// Light from behind, or from outside.
    BackLight,
    /// Mask, hat or hair over the face.
    Covered,
}

/// What a camera makes of a face. Two pictures of one face make the same; how a real camera
/// comes to that is not modelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct FaceTemplate(pub u64);

impl FaceTemplate {
    /// The template of the face in a picture.
    pub fn of(picture: &[u8]) -> Self {
        let hash = *blake3::hash(picture).as_bytes();
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        Self(u64::from_be_bytes(first))
    }

    /// The template of another face.
    #[must_use]
    pub const fn other(self) -> Self {
        Self(!self.0)
    }
}

/// What a reader shows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// Choose face, PIN or visual.
    ChooseMethod,
    /// Look into the camera.
    LookHere,
    /// The face is not the one on the card; choose again.
    FaceNotMatched,
    /// The camera could not see the face, and why; choose again.
    FaceNotSeen(Hindrance),
    /// The print of the card cannot be read, so that the photograph in the chip cannot be opened:
    /// take it out of its sleeve, face up, or choose another way.
    PrintNotRead,
    /// The card was lost in the middle: put it on the reader again.
    PlaceCardAgain,
    /// Type the PIN; how many attempts are left, if that is known.
    EnterPin {
        /// Attempts left.
        left: Option<u8>,
    },
    /// The PIN is locked or there is none; choose again.
    PinUnusable,
    /// There is no photograph to compare with, so neither face nor visual works (CERT-032);
    /// choose again.
    NoPhotograph,
    /// Show card and face to the staff.
    ShowToStaff,
    /// This device offers no face recognition; choose again.
    NoCamera,
    /// The reader was left in visual mode, where it offers no face recognition; choose again.
    VisualModeOn,
    /// Hold the phone to the general-purpose reader.
    HoldPhone,
    /// The card is not registered for use as health card yet; register it now?
    SignUp,
    /// The certificate runs out soon or has run out: renew it (CERT-006).
    RenewalNotice {
        /// Last day of the certificate.
        expires: Date,
    },
    /// Asks for consent.
    Consent(ConsentScreen),
    /// Finished; take the card.
    Done,
    /// It cannot go on; take the card.
    Failed(ReaderFault),
}

/// The consent screens (CONS-001, CONS-010, CONS-011).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentScreen {
    /// 包括同意: one screen for all medical information.
    Package,
    /// 手術情報.
    Surgery,
    /// 診療・薬剤情報.
    TreatmentAndDrugs,
    /// 特定健診等情報.
    CheckUp,
    /// 限度額適用認定証.
    Limit,
    /// 特定疾病療養受療証.
    SpecificDisease,
    /// 医療費助成: whether certificates of public schemes are used (PMH, CONS-060).
    Subsidy,
}

/// Why a reader gives up. Only 001, 002 and 006 are numbers known from public texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReaderFault {
    /// 001: the card cannot be recognised.
    Unreadable,
    /// 002: it is not a My Number card.
    NotMyNumberCard,
    /// The reader for cards and phones, or its service, is not there, or another program has it.
    CardReaderDown,
    /// 006: the certificate is expired, revoked or suspended.
    CertificateRefused,
    /// Phones are not accepted here or not yet (CERT-043).
    PhoneNotAccepted,
    /// This institution may not use the app for eligibility only, or not any more (IDV-050).
    AppNotAllowed,
    /// The PIN of an Android phone is locked.
    PhonePinLocked,
    /// The phone was held up before the reader had asked for it (IDV-021).
    PhoneTooEarly,
    /// The terminal or the centre did not answer.
    NoConnection,
}

/// What a reader tells its terminal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReaderReport {
    /// Somebody was identified; may this certificate be used?
    Identified {
        /// Which certificate.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
        /// How.
        method: Method,
    },
    /// The person wants to use the card as health card from now on.
    SignUp {
        /// Which certificate.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
    },
    /// Nothing but eligibility is wanted (IDV-050).
    EligibilityOnly {
        /// Which certificate.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
    },
    /// The consent screens are answered.
    Consented {
        /// Which certificate.
        serial: CertificateSerial,
        /// On what.
        carrier: Carrier,
        /// What was answered.
        wish: ConsentWish,
        /// At the counter, or in an emergency.
        route: Route,
    },
}

/// What a terminal tells its reader.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TerminalSays {
    /// The certificate is good; go on to consent.
    Accepted {
        /// How good.
        standing: Standing,
        /// Its last day.
        expires: Date,
        /// Whether to ask about a 特定疾病療養受療証 (CONS-024).
        specific_disease: bool,
        /// Whether to ask about public subsidies (CONS-060).
        subsidies: bool,
        /// What a package screen starts from (CONS-012).
        defaults: Option<ConsentWish>,
    },
    /// It is not.
    Refused(Refusal),
    /// Eligibility is answered and on its way to the desk.
    Finished,
    /// The centre did not answer in time. That is not a "no".
    Unreachable,
}

/// What staff do to a reader by hand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffAction {
    /// Switch a reader to visual mode: on the PC, logged in to the system (old, IDV-010), or on
    /// the reader with the passcode of the institution (new, IDV-011).
    SwitchToVisual {
        /// The passcode typed on the reader; none on the PC.
        passcode: Option<String>,
    },
    /// Switch a reader from visual mode back to 自動運転, from the PC.
    SwitchToAutomatic,
    /// Answer the consent screen for the patient, after asking orally (IDV-011).
    Consent(ConsentWish),
    /// 目視で本人確認完了, or not.
    Compared {
        /// Whether photograph and face are the same person.
        same: bool,
    },
}

/// What staff do to a reader from the PC (IDV-010).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PcAction {
    /// To which reader.
    pub reader: PartyId,
    /// What.
    pub action: StaffAction,
}
