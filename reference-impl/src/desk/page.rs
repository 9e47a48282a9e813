//! What the desk does when the reader or the line has failed: the page for disasters and failures
//! (OUT-011, OUT-020), and the device for マイナ在宅受付Web (OUT-040).

use super::Desk;
use super::ladder::Doubt;
use super::reception::{Stage, chart_of};
use crate::calendar::{Jst, MINUTE};
use crate::message::Counter;
use crate::message::counter::{ProofKind, Trouble};
use crate::message::page::{
    Call, CallAbout, PageMode, PageResult, PageSearch, PageShown, ReportedFault, Said, Searched,
};
use crate::message::reader::ReaderFault;
use crate::party::{Outbox, PartyId};
use crate::register::Route;
use crate::wire::{ConfirmationAnswer, Validity};

/// How long staff look at a page that does not load.
const PAGE_PATIENCE: i64 = MINUTE;

/// What has been reported to the call centre.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Failure {
    /// Nobody has called back yet.
    Reported(ReportedFault),
    /// The function is open.
    Open(ReportedFault),
}

/// A search under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Searching {
    patient: PartyId,
    mode: PageMode,
}

impl Trouble {
    /// The fault of the system that would explain it.
    fn fault(self) -> Option<ReportedFault> {
        match self {
            Self::Silent | Self::Shown(ReaderFault::CardReaderDown) => Some(ReportedFault::Reader),
            Self::Shown(ReaderFault::NoConnection) => Some(ReportedFault::Line),
            Self::Shown(_) | Self::GaveUp => None,
        }
    }
}

impl Desk {
    /// Looks a patient up on the page: by the number on a paper, else as a person.
    pub(super) fn search_page(
        &mut self,
        now: Jst,
        patient: PartyId,
        mode: PageMode,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        reception.stage = Stage::Page;
        reception.page_tried = true;
        let arrival = &reception.arrival;
        let shown = reception.looked_up.as_ref().or(arrival.shows.as_ref());
        let number = shown.and_then(|proof| proof.paper.as_ref()).map(|p| p.insured.clone());
        let whom = match number {
            Some(key) => Searched::Number(key, arrival.person.born),
            None => Searched::Person(Box::new(arrival.person.clone())),
        };
        let id = self.next_file;
        self.next_file += 1;
        let search = PageSearch {
            id,
            institution: self.institution.code.clone(),
            mode,
            whom,
            consent: arrival.circumstances.spoken,
        };
        self.pages.insert(id, Searching { patient, mode });
        out.send(PartyId::Centre, search);
        out.wake_after(now, PAGE_PATIENCE, "page", id);
    }

    pub(super) fn page_shown(&mut self, now: Jst, shown: PageShown, out: &mut Outbox) {
        let Some(Searching { patient, mode }) = self.pages.remove(&shown.id) else { return };
        match shown.result {
            PageResult::Found { answer, .. } => self.found(now, patient, mode, &answer, out),
            PageResult::NotOpen | PageResult::NotFound => self.after_page(now, patient, mode, out),
        }
    }

    pub(super) fn no_page(&mut self, now: Jst, id: u64, out: &mut Outbox) {
        if let Some(Searching { patient, mode }) = self.pages.remove(&id) {
            self.after_page(now, patient, mode, out);
        }
    }

    fn found(
        &mut self,
        now: Jst,
        patient: PartyId,
        mode: PageMode,
        answer: &ConfirmationAnswer,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        let body = answer.body.as_ref();
        let person = body.and_then(|body| body.people.first());
        match (body.and_then(|body| body.validity), person) {
            (Some(Validity::Valid), Some(person)) => {
                let shown = reception.looked_up.as_ref().or(reception.arrival.shows.as_ref());
                let paper = shown.filter(|proof| proof.paper.is_some()).map(|proof| proof.kind);
                let basis = paper.unwrap_or(ProofKind::Search);
                self.charge(now, patient, Some(basis), Some(chart_of(person)), true, out);
            }
            (Some(Validity::Invalid | Validity::InvalidNewer), Some(person)) => {
                reception.doubt = Doubt::Invalid(person.key.clone());
                self.after_page(now, patient, mode, out);
            }
            _ => self.after_page(now, patient, mode, out),
        }
    }

    /// The page was no help: on as without it.
    fn after_page(&mut self, now: Jst, patient: PartyId, mode: PageMode, out: &mut Outbox) {
        let paper = self.receptions.get(&patient).is_some_and(|r| r.looked_up.is_some());
        match mode {
            PageMode::Disaster => self.begin(now, patient, out),
            PageMode::SystemFailure(_) if paper => self.looked_up(now, patient, None, out),
            PageMode::SystemFailure(_) => self.next_rung(now, patient, out),
        }
    }

    /// A reader failed somebody. While the function is open for this very fault staff use it;
    /// otherwise the patient is asked for something else.
    pub(super) fn without_reader(
        &mut self,
        now: Jst,
        patient: PartyId,
        trouble: Trouble,
        out: &mut Outbox,
    ) {
        match trouble.fault() {
            Some(fault) if self.failure == Some(Failure::Open(fault)) => {
                self.search_page(now, patient, PageMode::SystemFailure(fault), out);
            }
            Some(ReportedFault::Reader) if self.device_helps(now, patient) => {
                if let Some(reception) = self.receptions.get_mut(&patient) {
                    reception.device_tried = true;
                }
                out.send(patient, Counter::UseRemote);
            }
            _ => self.next_rung(now, patient, out),
        }
    }

    /// Whether the device for マイナ在宅受付Web can stand in for a broken reader (OUT-040).
    fn device_helps(&self, now: Jst, patient: PartyId) -> bool {
        let tried = self.receptions.get(&patient).is_none_or(|r| r.device_tried);
        let open = self.register.on(now.date()).remote_reception(Route::DriveThrough);
        self.institution.remote_device && self.powered && open && !tried
    }

    /// Whether a number that got no answer is to be looked up on the page instead.
    pub(super) fn page_instead(&self, patient: PartyId) -> bool {
        let tried = self.receptions.get(&patient).is_none_or(|r| r.page_tried);
        !tried && self.failure == Some(Failure::Open(ReportedFault::Line))
    }

    pub(super) fn call_centre(&mut self, about: CallAbout, out: &mut Outbox) {
        let says = match about {
            CallAbout::ReaderFault => Said::Report(ReportedFault::Reader),
            CallAbout::LineFault => Said::Report(ReportedFault::Line),
            CallAbout::EndOfUse => Said::EndOfUse,
        };
        self.failure = match says {
            Said::Report(fault) => Some(Failure::Reported(fault)),
            _ => None,
        };
        self.say_by_telephone(says, out);
    }

    /// The call centre is on the telephone.
    pub(super) fn telephone(&mut self, says: Said, out: &mut Outbox) {
        match (says, self.failure) {
            (Said::CallBack, Some(Failure::Reported(_))) => {
                self.say_by_telephone(Said::Confirm, out);
            }
            (Said::Opened, Some(Failure::Reported(fault))) => {
                self.failure = Some(Failure::Open(fault));
            }
            _ => {}
        }
    }

    fn say_by_telephone(&self, says: Said, out: &mut Outbox) {
        let institution = self.institution.code.clone();
        out.send(PartyId::Centre, Call { institution, says });
    }
}
