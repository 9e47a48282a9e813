//! The words facts are written in.

use madoguchi_reference::fee::AddOnKind;
use madoguchi_reference::message::centre::Refusal;
use madoguchi_reference::message::claim::Outcome;
use madoguchi_reference::message::counter::ProofKind;
use madoguchi_reference::message::procedure::RevocationReason;
use madoguchi_reference::message::reader::{Carrier, ConsentScreen, Method, ReaderFault, Screen};
use madoguchi_reference::message::{Capped, RemoteResult};
use madoguchi_reference::wire::{LossReason, Validity};

pub(crate) fn validity_word(validity: Validity) -> &'static str {
    match validity {
        Validity::Valid => "valid",
        Validity::ValidUnregistered => "valid-unregistered",
        Validity::Invalid => "invalid",
        Validity::InvalidNewer => "invalid-newer",
        Validity::None => "none",
        Validity::Several => "several",
    }
}

pub(crate) fn loss_word(reason: LossReason) -> &'static str {
    match reason {
        LossReason::Death => "death",
        LossReason::PublicAssistance => "public-assistance",
        LossReason::OtherInsurance => "other-insurance",
        LossReason::Other => "other",
    }
}

pub(crate) fn fault_word(fault: ReaderFault) -> &'static str {
    match fault {
        ReaderFault::Unreadable => "unreadable",
        ReaderFault::NotMyNumberCard => "not-a-my-number-card",
        ReaderFault::CardReaderDown => "reader-down",
        ReaderFault::CertificateRefused
        | ReaderFault::PhoneNotAccepted
        | ReaderFault::AppNotAllowed => "rejected",
        ReaderFault::NoConnection => "no-connection",
        ReaderFault::PhoneTooEarly | ReaderFault::PhonePinLocked => "not-read",
    }
}

pub(crate) fn refusal_word(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Expired => "expired",
        Refusal::Suspended => "suspended",
        Refusal::Revoked(RevocationReason::AffiliationChanged) => "affiliation-changed",
        Refusal::Revoked(RevocationReason::Superseded) => "superseded",
        Refusal::Revoked(RevocationReason::Ceased) => "ceased",
        Refusal::Unlinked => "unlinked",
        Refusal::NotSignedUp => "not-signed-up",
        Refusal::PhoneNotAccepted => "phone-not-accepted",
        Refusal::RouteNotOpen => "route-not-open",
    }
}

pub(crate) fn screen_word(screen: &Screen) -> &'static str {
    match screen {
        Screen::ChooseMethod => "choose-method",
        Screen::LookHere => "look-here",
        Screen::FaceNotMatched => "face-not-matched",
        Screen::FaceNotSeen(_) => "face-not-seen",
        Screen::PrintNotRead => "print-not-read",
        Screen::PlaceCardAgain => "place-card-again",
        Screen::VisualModeOn => "visual-mode-on",
        Screen::EnterPin { .. } => "enter-pin",
        Screen::PinUnusable => "pin-unusable",
        Screen::NoPhotograph => "no-photograph",
        Screen::NoCamera => "no-camera",
        Screen::ShowToStaff => "show-to-staff",
        Screen::HoldPhone => "hold-phone",
        Screen::SignUp => "sign-up",
        Screen::RenewalNotice { .. } => "renewal-notice",
        Screen::Consent(_) => "consent",
        Screen::Done => "done",
        Screen::Failed(_) => "failed",
    }
}

pub(crate) fn remote_word(result: RemoteResult) -> &'static str {
    match result {
        RemoteResult::Registered => "accepted",
        RemoteResult::CertificateRefused | RemoteResult::NotOpen | RemoteResult::NotSignedUp => {
            "rejected"
        }
        RemoteResult::PinRefused | RemoteResult::PinLocked => "not-read",
        RemoteResult::Unreachable => "no-connection",
    }
}

pub(crate) fn proof_word(kind: ProofKind) -> &'static str {
    match kind {
        ProofKind::Card => "card",
        ProofKind::Phone => "phone",
        ProofKind::HealthCard => "health-card",
        ProofKind::EligibilityCertificate => "eligibility-certificate",
        ProofKind::EligibilityNotice => "eligibility-notice",
        ProofKind::PortalScreen => "portal-screen",
        ProofKind::PortalPdf => "portal-pdf",
        ProofKind::ReInquiry => "re-inquiry",
        ProofKind::KnownData => "known-data",
        ProofKind::Statement => "statement",
        ProofKind::Told => "told",
        ProofKind::PhotoId => "photo-id",
        ProofKind::Search => "search",
    }
}

pub(crate) fn add_on_word(kind: AddOnKind) -> &'static str {
    match kind {
        AddOnKind::Information => "information",
        AddOnKind::Dx => "dx",
        AddOnKind::HomeDx => "home-dx",
        AddOnKind::Sharing => "sharing",
        AddOnKind::DetailedStatement => "detailed-statement",
    }
}

pub(crate) fn capped_word(capped: Capped) -> &'static str {
    match capped {
        Capped::No => "no",
        Capped::Limit => "limit",
        Capped::Relief => "relief",
    }
}

pub(crate) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "kept",
        Outcome::Transferred => "transferred",
        Outcome::Split => "split",
        Outcome::Returned => "returned",
        Outcome::Shared => "shared",
        Outcome::Replaced => "replaced",
    }
}

pub(crate) fn consent_word(screen: ConsentScreen) -> &'static str {
    match screen {
        ConsentScreen::Package => "package",
        ConsentScreen::Surgery => "surgery",
        ConsentScreen::TreatmentAndDrugs => "treatment-and-drugs",
        ConsentScreen::CheckUp => "check-up",
        ConsentScreen::Limit => "limit",
        ConsentScreen::SpecificDisease => "specific-disease",
        ConsentScreen::Subsidy => "subsidy",
    }
}

pub(crate) fn method_word(carrier: Carrier, method: Method) -> &'static str {
    match (carrier, method) {
        (Carrier::Android | Carrier::Iphone, _) => "phone",
        (Carrier::Card, Method::Face) => "face",
        (Carrier::Card, Method::Pin) => "pin",
        (Carrier::Card, Method::Visual) => "visual",
    }
}
