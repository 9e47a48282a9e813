//! Facts about cards and phones: why they were refused, and what was done about them.

use madoguchi_reference::message::centre::Reply;
use madoguchi_reference::message::{Message, PortalShown, ProcedureResult, StaffAction, Touch};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::register::Hardship;
use madoguchi_scenario::ReaderKind;

use super::Facts;
use crate::words::refusal_word;

impl Facts<'_> {
    /// Why the centre refused a certificate, the last time it did.
    pub(super) fn refused(&self) -> &'static str {
        let refusals = self.messages().filter_map(|message| match message {
            Message::CentreAnswer(answer) => match answer.reply {
                Reply::CertificateRefused(refusal) => Some(refusal_word(refusal)),
                _ => None,
            },
            _ => None,
        });
        refusals.last().unwrap_or("none")
    }

    /// What came of something done about card or phone.
    pub(super) fn procedure(&self) -> &'static str {
        let results = self.messages().filter_map(|message| match message {
            Message::ProcedureResult(ProcedureResult::Done { .. }) => Some("done"),
            Message::ProcedureResult(ProcedureResult::Refused(_))
            | Message::PortalShown(PortalShown::LoginRefused) => Some("refused"),
            Message::PortalShown(PortalShown::Done) => Some("done"),
            _ => None,
        });
        results.last().unwrap_or("unanswered")
    }

    /// Where staff switched the reader to visual mode, the last time they did.
    pub(super) fn visual_switch(&self) -> &'static str {
        let is_switch = |action: &StaffAction| matches!(action, StaffAction::SwitchToVisual { .. });
        let switches = self.arrived().filter_map(|a| match (a.from, a.message) {
            (PartyId::Desk(_), Message::StaffAction(action)) if is_switch(action) => Some("reader"),
            (_, Message::PcAction(pc)) if is_switch(&pc.action) => Some("pc"),
            _ => None,
        });
        switches.last().unwrap_or("none")
    }

    /// Who answered the consent screens last.
    pub(super) fn consent_by(&self) -> &'static str {
        let answers = self.messages().filter_map(|message| match message {
            Message::Touch(Touch::Consent(_) | Touch::ConsentAsShown) => Some("patient"),
            Message::StaffAction(StaffAction::Consent(_)) => Some("staff"),
            _ => None,
        });
        answers.last().unwrap_or("none")
    }

    /// Whether the institution meets its duty to verify online on the day of the step: with a
    /// face reader, where it visits homes only with remote reception, or excused for a while.
    pub(super) fn duty(&self) -> &'static str {
        let facility = &self.steps.scenario.facility;
        let Some(date) = self.steps.scenario.date_of(self.step) else { return "breached" };
        let policy = self.steps.register.on(date);
        let reader = facility.readers.iter().any(|kind| *kind != ReaderKind::App);
        let excuse = facility.excused;
        let homes = excuse.is_some_and(|e| e.reason == Hardship::HomeVisitsOnly);
        match excuse {
            _ if !facility.kind.is_bound() => "exempt",
            _ if reader || (homes && facility.remote_reception) => "met",
            Some(excuse) if policy.excused(excuse.reason, excuse.ended) => "excused",
            _ => "breached",
        }
    }
}
