//! Facts about insurers: who is in the last eligibility answer, and how it ended there.

use jiff::civil::Date;
use madoguchi_reference::message::{Message, Proof};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::wire::{InstitutionMatch, PersonResult};

use madoguchi_sim::What;

use super::Facts;
use crate::words::{loss_word, proof_word};

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

    /// Papers that came by post up to the moment of the step and are not past their last day:
    /// the newest of each kind, in the order they came.
    fn papers(&self) -> Vec<&Proof> {
        let Some(step) = self.steps.scenario.timeline.get(self.step) else { return Vec::new() };
        let people = &self.steps.scenario.people;
        let place = step.who().and_then(|(_, who)| people.keys().position(|name| name == who));
        let (Some(at), Some(place)) = (step.at.fixed(), place) else { return Vec::new() };
        let mut held: Vec<&Proof> = Vec::new();
        for event in self.steps.trace.events.iter().filter(|event| event.at <= at) {
            let What::Arrived {
                to: PartyId::Patient(number), message: Message::Posted(proof), ..
            } = &event.what
            else {
                continue;
            };
            if usize::from(*number) == place {
                held.retain(|older| older.kind != proof.kind);
                held.push(proof);
            }
        }
        held.retain(|proof| until(proof).is_none_or(|last| at.date() <= last));
        held
    }

    pub(super) fn holds(&self) -> Vec<&'static str> {
        self.papers().into_iter().map(|proof| proof_word(proof.kind)).collect()
    }

    pub(super) fn holds_until(&self) -> Vec<String> {
        let word = |proof| until(proof).map_or_else(|| "none".to_owned(), |day| day.to_string());
        self.papers().into_iter().map(word).collect()
    }
}

fn until(proof: &Proof) -> Option<Date> {
    proof.paper.as_ref().and_then(|paper| paper.until)
}
