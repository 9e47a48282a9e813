//! What staff do to a reader: switch it to visual mode, compare, enter consent (IDV-010, IDV-011);
//! and what they make of a patient who changes from phone to card.

use super::Desk;
use super::reception::Stage;
use crate::calendar::Jst;
use crate::message::counter::{Proof, ProofKind};
use crate::message::{Counter, PcAction, StaffAction};
use crate::party::{Outbox, PartyId};

/// How visual mode is switched on here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VisualSwitch {
    /// On the reader with this passcode, as soon as the rules have it so; before, on the PC.
    Reader {
        /// The passcode that staff type.
        passcode: String,
    },
    /// On the PC for good: the make has no update (IDV-010).
    Pc,
    /// There is nothing to switch: staff hold the device in their hands (IDV-050).
    InHand,
}

impl Default for VisualSwitch {
    fn default() -> Self {
        Self::Reader { passcode: String::new() }
    }
}

impl Desk {
    pub(super) fn switch_to_visual(&mut self, now: Jst, patient: PartyId, out: &mut Outbox) {
        let passcode = match &self.visual {
            VisualSwitch::Reader { passcode } if self.on_the_reader(now) => Some(passcode.clone()),
            _ => None,
        };
        let by_pc = !self.on_the_reader(now);
        self.visual_on.extend(self.reader_of(patient).filter(|_| by_pc));
        self.staff_action(now, patient, StaffAction::SwitchToVisual { passcode }, out);
        out.send(patient, Counter::VisualReady);
    }

    /// The patient is done at the reader. What was switched to visual mode from the PC is switched
    /// back to 自動運転, unless staff forget; on the reader the mode ends by itself.
    pub(super) fn switch_back(&mut self, now: Jst, patient: PartyId, out: &mut Outbox) {
        let Some(reader) = self.reader_of(patient).filter(|r| self.visual_on.contains(r)) else {
            return;
        };
        if !self.forgets_to_switch_back.iter().any(|(from, to)| *from <= now && now < *to) {
            self.visual_on.remove(&reader);
            let action = StaffAction::SwitchToAutomatic;
            out.send(self.terminal, PcAction { reader, action });
        }
    }

    pub(super) fn compared(&mut self, now: Jst, patient: PartyId, same: bool, out: &mut Outbox) {
        self.staff_action(now, patient, StaffAction::Compared { same }, out);
    }

    /// On the reader itself in the new sequence (IDV-011), through the PC in the old (IDV-010).
    pub(super) fn staff_action(
        &self,
        now: Jst,
        patient: PartyId,
        action: StaffAction,
        out: &mut Outbox,
    ) {
        let Some(reader) = self.reader_of(patient) else { return };
        if self.on_the_reader(now) {
            out.send(reader, action);
        } else {
            out.send(self.terminal, PcAction { reader, action });
        }
    }

    fn on_the_reader(&self, now: Jst) -> bool {
        match self.visual {
            VisualSwitch::Reader { .. } => self.register.on(now.date()).visual_mode_on_reader(),
            VisualSwitch::Pc => false,
            VisualSwitch::InHand => true,
        }
    }

    /// The phone does not work, and there is a card after all (IDV-022).
    pub(super) fn takes_card(&mut self, patient: PartyId) {
        let reception = self.receptions.get_mut(&patient);
        if let Some(reception) = reception.filter(|r| r.stage == Stage::Reader) {
            reception.arrival.shows = Some(Proof { kind: ProofKind::Card, paper: None });
        }
    }
}
