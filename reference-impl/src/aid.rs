//! 医療扶助: persons on public assistance and their monthly tickets (医療券・調剤券), as welfare
//! offices register them (ELIG-060, ELIG-061).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::Month;
use crate::ids::{InstitutionCode, InsuredKey};
use crate::message::registry::{AidEntry, AidTicket};
use crate::wire::{InstitutionMatch, TicketKind};

/// All persons on medical aid, by person, and the tickets issued for them.
#[derive(Debug, Default)]
pub struct AidRegistry {
    people: BTreeMap<u16, Vec<AidEntry>>,
    tickets: BTreeMap<u16, Vec<AidTicket>>,
}

/// What is registered of a person on one day, as one institution sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AidFinding<'a> {
    /// The person's medical aid.
    pub entry: &'a AidEntry,
    /// The ticket of the month; none while it is not registered yet.
    pub ticket: Option<(&'a AidTicket, InstitutionMatch)>,
}

impl AidRegistry {
    /// Takes in a person; a repetition with the same number and first day replaces the former.
    pub fn enter(&mut self, entry: AidEntry) {
        let entries = self.people.entry(entry.owner).or_default();
        entries.retain(|e| {
            (&e.payer, &e.recipient, e.from) != (&entry.payer, &entry.recipient, entry.from)
        });
        entries.push(entry);
        entries.sort_by_key(|e| e.from);
    }

    /// Takes in a ticket.
    pub fn add_ticket(&mut self, ticket: AidTicket) {
        let tickets = self.tickets.entry(ticket.owner).or_default();
        if !tickets.contains(&ticket) {
            tickets.push(ticket);
        }
    }

    /// Everybody who has a ticket of a month that names this institution, in order.
    pub fn ticketed(&self, month: Month, institution: &InstitutionCode) -> Vec<u16> {
        let here = |t: &AidTicket| {
            t.month == month && t.kind == TicketKind::Medical && t.institution == *institution
        };
        let found = self.tickets.iter().filter(|(_, tickets)| tickets.iter().any(here));
        found.map(|(owner, _)| *owner).collect()
    }

    /// The person with these numbers, as last registered.
    pub fn with(&self, key: &InsuredKey) -> Option<&AidEntry> {
        let is_it = |e: &&AidEntry| e.payer == key.insurer && e.recipient == key.number;
        self.people.values().flatten().rev().find(is_it)
    }

    /// The medical aid of a person on `date` for `institution`. A ticket that names another
    /// institution is shown only where there is none that names this one.
    pub fn on(
        &self,
        owner: u16,
        date: Date,
        institution: &InstitutionCode,
    ) -> Option<AidFinding<'_>> {
        let mut entries = self.people.get(&owner)?.iter().rev();
        let entry =
            entries.find(|e| e.covers(date) && e.linked_from.is_none_or(|day| day <= date))?;
        // A 調剤券 is for pharmacies.
        let of_month = |t: &&AidTicket| t.month == Month::of(date) && t.kind == TicketKind::Medical;
        let tickets = || self.tickets.get(&owner).into_iter().flatten().filter(of_month);
        let here = tickets().find(|t| t.institution == *institution);
        let ticket = here
            .map(|t| (t, InstitutionMatch::Same))
            .or_else(|| tickets().next().map(|t| (t, InstitutionMatch::Different)));
        Some(AidFinding { entry, ticket })
    }
}
