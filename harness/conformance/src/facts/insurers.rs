//! Facts about insurers: who is in the last eligibility answer, and how it ended there.

use madoguchi_reference::message::Message;
use madoguchi_reference::wire::{InstitutionMatch, PersonResult};

use super::Facts;
use crate::words::loss_word;

impl Facts<'_> {
    /// The qualifications in the last eligibility answer.
    pub(super) fn people(&self) -> Vec<PersonResult> {
        let body = self.answers().pop().and_then(|answer| answer.body);
        body.map(|body| body.people).unwrap_or_default()
    }

    pub(super) fn insurers(&self) -> Vec<String> {
        self.people().iter().map(|person| person.key.insurer.to_string()).collect()
    }

    pub(super) fn loss_reason(&self) -> &'static str {
        let reason = self.people().iter().find_map(|person| person.loss_reason);
        reason.map_or("none", loss_word)
    }

    /// The ticket of medical aid in the last answer.
    pub(super) fn ticket(&self) -> &'static str {
        let people = self.people();
        let mut tickets = people.iter().flat_map(|person| &person.tickets).peekable();
        if tickets.peek().is_none() {
            return "none";
        }
        let here = tickets.any(|ticket| ticket.institution_match == InstitutionMatch::Same);
        if here { "here" } else { "elsewhere" }
    }

    /// Whom the desk telephoned.
    pub(super) fn telephoned(&self) -> Vec<&'static str> {
        let calls = self.messages().filter(|m| matches!(m, Message::OfficeAsked(_)));
        calls.map(|_| "welfare-office").collect()
    }
}
