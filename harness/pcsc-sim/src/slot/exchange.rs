//! One exchange between slot and card, and what goes wrong on the way back.

use super::answer::{Held, data_len};
use super::{FaultKind, OtherCard, Outcome, Power, Slot, Transmission};
use crate::smart_card::SmartCard;

impl<C: SmartCard> Slot<C> {
    /// Sends one command that nothing keeps from the card, and gives its answer with the time
    /// and the fault that struck on it.
    pub(super) fn exchange(&mut self, command: &[u8]) -> Transmission {
        let (mut answer, fresh) = self.answer(command);
        let mut took_us = self.latencies.of(command, answer.len());
        let slow = |kind| matches!(kind, FaultKind::Slow { .. });
        let slowed = self.faults.on_answer(self.apdus, slow);
        if let Some(FaultKind::Slow { ms }) = slowed {
            took_us += u64::from(ms) * 1_000;
        }
        // What the card was made to hold back it gives in the end.
        let can_hold = fresh && data_len(&answer) > 0;
        let struck = self.faults.on_answer(self.apdus, |kind| match kind {
            FaultKind::Slow { .. } => false,
            FaultKind::WrongLength | FaultKind::MoreData => can_hold,
            _ => true,
        });
        let fault = struck.or(slowed);
        match struck {
            Some(FaultKind::Mute) => {
                return Transmission { outcome: Outcome::Never, took_us, fault };
            }
            Some(kind) => answer = self.spoil(kind, command, answer),
            None => {}
        }
        Transmission { outcome: Outcome::Answered(answer), took_us, fault }
    }

    /// The answer, and whether the command was executed for it now.
    fn answer(&mut self, command: &[u8]) -> (Vec<u8>, bool) {
        if let Some((answer, held)) = self.held.take().and_then(|held| held.asked_by(command)) {
            self.held = held;
            return (answer, false);
        }
        let answer = match (&mut self.card, self.power) {
            (Some(card), Power::On) => card.apdu(command),
            _ => OtherCard.apdu(command),
        };
        (answer, true)
    }

    /// The card leaves; the reader finds out later.
    fn pull(&mut self) {
        self.cut_power();
        self.pulled = self.card.take();
        self.unnoticed_us = Some(self.latencies.notice_us);
        self.elapse(0);
    }

    fn spoil(&mut self, kind: FaultKind, command: &[u8], mut answer: Vec<u8>) -> Vec<u8> {
        let (held, says) = match kind {
            FaultKind::Truncated => {
                answer.truncate(answer.len().div_ceil(2));
                return answer;
            }
            FaultKind::OneByte => {
                return answer[data_len(&answer)..].iter().take(1).copied().collect();
            }
            FaultKind::WrongLength => Held::for_length(command, answer),
            FaultKind::MoreData => Held::for_response(answer),
            FaultKind::Pulled => {
                self.pull();
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        self.held = Some(held);
        says
    }
}
