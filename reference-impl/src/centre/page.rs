//! The page for disasters and failures, and the call centre that opens it (OUT-011, OUT-020).

use super::Centre;
use super::answer::{answer, header, person_result};
use crate::calendar::{Jst, MINUTE};
use crate::ids::InstitutionCode;
use crate::message::page::{
    Call, PageMode, PageResult, PageSearch, PageShown, ReportedFault, Said, Searched, SpokenConsent,
};
use crate::message::view::ViewRight;
use crate::party::{Outbox, PartyId};
use crate::wire::{Reference, Validity};

/// How long the call centre takes to call back. Not published; the model's own.
const CALL_BACK_AFTER: i64 = 10 * MINUTE;

/// The disaster mode, opened for an area and a period (OUT-020).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    /// Prefecture codes.
    pub prefectures: Vec<u8>,
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
}

impl Opening {
    fn takes_in(&self, institution: &InstitutionCode, now: Jst) -> bool {
        let prefecture = institution.as_str().get(..2).and_then(|code| code.parse().ok());
        let here = prefecture.is_some_and(|prefecture| self.prefectures.contains(&prefecture));
        here && self.from <= now && now < self.to
    }
}

/// A failure that an institution has reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Failure {
    fault: ReportedFault,
    /// Whether the institution was called back and said that it was its own report.
    open: bool,
}

impl Centre {
    pub(super) fn search(
        &mut self,
        now: Jst,
        from: PartyId,
        search: &PageSearch,
        out: &mut Outbox,
    ) {
        let result = self.page_result(now, search);
        out.send(from, PageShown { id: search.id, result });
    }

    fn page_open(&self, now: Jst, search: &PageSearch) -> bool {
        let policy = self.register.on(now.date());
        match search.mode {
            PageMode::Disaster => {
                let mut openings = self.operations.openings.iter();
                policy.disaster_mode() && openings.any(|o| o.takes_in(&search.institution, now))
            }
            PageMode::SystemFailure(fault) => {
                let failure = self.failures.get(&search.institution);
                policy.system_failure_mode() && failure == Some(&Failure { fault, open: true })
            }
        }
    }

    fn page_result(&mut self, now: Jst, search: &PageSearch) -> PageResult {
        if !self.page_open(now, search) {
            return PageResult::NotOpen;
        }
        let date = now.date();
        let finding = match &search.whom {
            Searched::Number(key, born) => self.registry.by_number(key, *born, date),
            Searched::Person(person) => self.registry.by_identity(person, date),
        };
        let finding = self.unless_suspended(now, finding);
        let Some(entry) = finding.entry.filter(|_| finding.validity != Validity::None).cloned()
        else {
            return PageResult::NotFound;
        };
        // Whoever may look at medical information may see the limit as well (CONS-021).
        let right = right(search);
        let policy = self.register.on(date);
        let person = person_result(&entry, &policy, right.map(|_| now));
        let header = header(now, date, &search.institution, Reference::Number, None);
        let answer = Box::new(answer(header, finding.validity, vec![person], None));
        let right = right.filter(|_| {
            let down = self.operations.records_down_at(now);
            !down && self.suspension(now, &entry).is_none()
        });
        let records = right.map(|right| {
            self.log(now, entry.owner, search.institution.clone(), right);
            Box::new(self.records(now, &entry))
        });
        PageResult::Found { answer, records }
    }

    pub(super) fn telephone(&mut self, now: Jst, from: PartyId, call: Call, out: &mut Outbox) {
        let Call { institution, says } = call;
        // Anybody can call and give a name; what counts is said on the registered number.
        let registered = self.operations.desks.get(&institution) == Some(&from);
        match says {
            Said::Report(fault) => {
                let number = self.next_query;
                self.next_query += 1;
                self.failures.insert(institution.clone(), Failure { fault, open: false });
                self.call_backs.insert(number, institution);
                out.wake_after(now, CALL_BACK_AFTER, "call-back", number);
            }
            Said::Confirm if registered => {
                let Some(failure) = self.failures.get_mut(&institution) else { return };
                failure.open = true;
                out.send(from, Call { institution, says: Said::Opened });
            }
            Said::EndOfUse if registered => {
                self.failures.remove(&institution);
                out.send(from, Call { institution, says: Said::Closed });
            }
            _ => {}
        }
    }

    pub(super) fn call_back(&mut self, number: u64, out: &mut Outbox) {
        let Some(institution) = self.call_backs.remove(&number) else { return };
        if let Some(desk) = self.operations.desks.get(&institution) {
            out.send(*desk, Call { institution, says: Said::CallBack });
        }
    }
}

/// Under which right the medical information of whoever is searched may be shown.
fn right(search: &PageSearch) -> Option<ViewRight> {
    match (search.mode, search.consent) {
        (PageMode::Disaster, SpokenConsent::Given) => Some(ViewRight::Disaster),
        (PageMode::Disaster, SpokenConsent::Unobtainable) => {
            Some(ViewRight::DisasterWithoutConsent)
        }
        (PageMode::SystemFailure(_), SpokenConsent::Given) => Some(ViewRight::SystemFailure),
        // The exception for whoever cannot answer is that of a disaster.
        (PageMode::SystemFailure(_), SpokenConsent::Unobtainable) | (_, SpokenConsent::Refused) => {
            None
        }
    }
}
