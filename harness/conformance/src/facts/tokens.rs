//! Facts about cards and phones: why they were refused, and what was done about them.

use madoguchi_reference::message::centre::Reply;
use madoguchi_reference::message::{Message, ProcedureResult};

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
            Message::ProcedureResult(ProcedureResult::Refused(_)) => Some("refused"),
            _ => None,
        });
        results.last().unwrap_or("unanswered")
    }
}
