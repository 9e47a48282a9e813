//! Facts about the page for disasters and failures.

use madoguchi_reference::message::Message;
use madoguchi_reference::message::page::{PageResult, Said};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::wire::{ConfirmationAnswer, Records};

use super::Facts;

impl<'a> Facts<'a> {
    /// What the page showed the desk, each time.
    fn pages(&self) -> impl Iterator<Item = (u32, &'a PageResult)> + use<'a> {
        self.arrived().filter_map(|arrival| match (arrival.to, arrival.message) {
            (PartyId::Desk(_), Message::PageShown(shown)) => Some((arrival.seq, &shown.result)),
            _ => None,
        })
    }

    /// Eligibility on the page.
    pub(super) fn page_answers(&self) -> impl Iterator<Item = (u32, &'a ConfirmationAnswer)> {
        self.pages().filter_map(|(seq, result)| match result {
            PageResult::Found { answer, .. } => Some((seq, answer.as_ref())),
            PageResult::NotOpen | PageResult::NotFound => None,
        })
    }

    /// Medical information on the page.
    pub(super) fn page_records(&self) -> Option<&'a Records> {
        let shown = self.pages().filter_map(|(_, result)| match result {
            PageResult::Found { records, .. } => records.as_deref(),
            PageResult::NotOpen | PageResult::NotFound => None,
        });
        shown.last()
    }

    pub(super) fn page(&self) -> &'static str {
        let shown = self.pages().map(|(seq, result)| {
            let word = match result {
                PageResult::NotOpen => "not-open",
                PageResult::NotFound => "not-found",
                PageResult::Found { .. } => "found",
            };
            (seq, word)
        });
        let said = self.arrived().filter_map(|arrival| match (arrival.to, arrival.message) {
            (PartyId::Desk(_), Message::Call(call)) => match call.says {
                Said::Opened => Some((arrival.seq, "opened")),
                Said::Closed => Some((arrival.seq, "closed")),
                _ => None,
            },
            _ => None,
        });
        let last = shown.chain(said).max_by_key(|(seq, _)| *seq);
        let searched = || self.messages().any(|m| matches!(m, Message::PageSearch(_)));
        match last {
            Some((_, word)) => word,
            None if searched() => "no-answer",
            None => "not-used",
        }
    }
}
