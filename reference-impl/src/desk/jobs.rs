//! The desk's side of a bulk job: hand in, ask until it is done, take the result in (ELIG-009).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Desk, PersonKey, key_of};
use crate::calendar::{Jst, MINUTE, Month, day_after, day_before};
use crate::ids::ReceptionNumber;
use crate::message::BulkOrder;
use crate::message::file::File;
use crate::party::{Outbox, PartyId};
use crate::wire::{
    BulkContent, BulkDownload, BulkEntry, BulkKind, BulkResult, BulkSearch, BulkUpload,
    ConsentedList, Family, ListedBy, RequestName, Segment, TreatmentKind, read_bulk_receipt,
    read_bulk_result, write_bulk_download, write_bulk_upload,
};

/// How long the desk waits before it asks for the result, and before it asks again.
const POLL_EVERY: i64 = MINUTE;
/// How often it asks in all.
const POLLS_MAX: u16 = 60;
/// How long an answer may take. A request for a result that stays unanswered is written again.
const ANSWER_PATIENCE: i64 = MINUTE;
/// How often a request for a result may stay unanswered.
const SILENCES_MAX: u16 = 3;

/// A job under way.
#[derive(Debug)]
pub(super) struct Job {
    kind: BulkKind,
    purpose: Purpose,
    /// The request that is under way, and the number of its file.
    name: RequestName,
    file: u64,
    /// Whether its answer is waited for.
    waits: bool,
    reception: Option<ReceptionNumber>,
    polls: u16,
    silences: u16,
}

/// What a job is for.
#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// To confirm numbers the desk has: by the identifier of each in the file.
    Confirm(BTreeMap<String, Row>),
    /// Staff fetch a list.
    List,
    /// A patient who was received away from the reader waits for it.
    Patient(PartyId),
}

/// Whose number is asked for, and the visit it was for.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) person: PersonKey,
    pub(super) encounter: Option<usize>,
}

impl Desk {
    /// Staff want a bulk job.
    pub(super) fn order_bulk(&mut self, now: Jst, order: BulkOrder, out: &mut Outbox) {
        match order {
            BulkOrder::Known { people, date } => {
                let date = date.unwrap_or_else(|| now.date());
                let keys = people.iter().map(|person| (key_of(person), None));
                self.confirm(now, date, keys.collect(), out);
            }
            BulkOrder::Unconfirmed => {
                // One file asks for one day, which is the date of service (GEN-003).
                let mut days: BTreeMap<Date, Vec<(PersonKey, Option<usize>)>> = BTreeMap::new();
                for (index, visit) in self.ledger.iter().enumerate().filter(|(_, v)| !v.confirmed) {
                    let row = (key_of(&visit.person), Some(index));
                    days.entry(visit.date).or_default().push(row);
                }
                for (date, rows) in days {
                    self.confirm(now, date, rows, out);
                }
            }
            BulkOrder::Consented { treatment, from, to } => {
                let list = ConsentedList { treatment, by: ListedBy::Consent, from, to };
                self.start_job(now, BulkContent::Consented(list), Purpose::List, out);
            }
            BulkOrder::Tickets(month) => self.list_tickets(now, month, out),
        }
    }

    fn list_tickets(&mut self, now: Jst, month: Month, out: &mut Outbox) {
        self.start_job(now, BulkContent::Tickets(month), Purpose::List, out);
    }

    /// Asks for the numbers in the charts of these persons; who has none cannot be asked for.
    fn confirm(
        &mut self,
        now: Jst,
        date: Date,
        rows: Vec<(PersonKey, Option<usize>)>,
        out: &mut Outbox,
    ) {
        let mut people = Vec::new();
        let mut asked = BTreeMap::new();
        for (person, encounter) in rows {
            let number = encounter.and_then(|index| self.claim_key(index));
            let chart = self.charts.get(&person).map(|chart| chart.insured.clone());
            let Some(key) = number.or(chart) else { continue };
            let id = format!("{:04}", people.len() + 1);
            people.push(BulkEntry::Person(BulkSearch {
                key,
                birth: person.1,
                limit_consent: None,
                known_limit: None,
                person_id: Some(id.clone()),
            }));
            asked.insert(id, Row { person, encounter });
        }
        if !people.is_empty() {
            let content = BulkContent::People { date, people };
            self.start_job(now, content, Purpose::Confirm(asked), out);
        }
    }

    /// Asks who consented on the day of a visit or the day before: a remote reception may have
    /// been made shortly before midnight.
    pub(super) fn list_for(
        &mut self,
        now: Jst,
        patient: PartyId,
        treatment: TreatmentKind,
        day: Date,
        out: &mut Outbox,
    ) {
        let (from, to) = (day_before(day), day_after(day));
        let list = ConsentedList { treatment, by: ListedBy::Consent, from, to };
        self.start_job(now, BulkContent::Consented(list), Purpose::Patient(patient), out);
    }

    fn start_job(&mut self, now: Jst, content: BulkContent, purpose: Purpose, out: &mut Outbox) {
        let kind = content.kind();
        let (name, file) = self.next_name(now, Family::BulkUpload(kind));
        let upload = BulkUpload {
            institution: self.institution.code.clone(),
            file_id: Some(name.free.clone()),
            content,
        };
        let job = Job {
            kind,
            purpose,
            name: name.clone(),
            file,
            waits: true,
            reception: None,
            polls: 0,
            silences: 0,
        };
        if !self.powered {
            return self.job_ended(now, job, None, out);
        }
        self.put(&name, write_bulk_upload(&upload, &self.style), out);
        out.wake_after(now, ANSWER_PATIENCE, "job", file);
        self.jobs.push(job);
    }

    /// Takes a file of a job in; whether it was one.
    pub(super) fn job_answered(&mut self, now: Jst, file: &File, out: &mut Outbox) -> bool {
        let is_mine =
            |j: &Job| file.name == j.name.answer_name() || file.name == j.name.error_name();
        let Some(position) = self.jobs.iter().position(is_mine) else { return false };
        let mut job = self.jobs.remove(position);
        job.waits = false;
        match job.name.family {
            Family::BulkUpload(_) => self.handed_in(now, job, file, out),
            _ => self.result_came(now, job, file, out),
        }
        true
    }

    fn handed_in(&mut self, now: Jst, mut job: Job, file: &File, out: &mut Outbox) {
        let receipt = read_bulk_receipt(&file.bytes.0).ok();
        let taken = receipt.filter(|r| r.header.segment == Segment::Normal);
        match taken.and_then(|r| r.reception) {
            Some(reception) => {
                job.reception = Some(reception.number);
                self.poll_later(now, job, out);
            }
            None => self.job_ended(now, job, None, out),
        }
    }

    fn result_came(&mut self, now: Jst, job: Job, file: &File, out: &mut Outbox) {
        let result = read_bulk_result(&file.bytes.0).ok();
        match result.as_ref().map(|r| r.header.segment) {
            Some(Segment::Normal) => self.job_ended(now, job, result.as_ref(), out),
            Some(Segment::InProcess) if job.polls < POLLS_MAX => self.poll_later(now, job, out),
            _ => self.job_ended(now, job, None, out),
        }
    }

    fn poll_later(&mut self, now: Jst, job: Job, out: &mut Outbox) {
        out.wake_after(now, POLL_EVERY, "poll", job.file);
        self.jobs.push(job);
    }

    /// Asks for the result, each time in a new file with a new name.
    pub(super) fn poll(&mut self, now: Jst, file: u64, out: &mut Outbox) {
        let Some(position) = self.jobs.iter().position(|job| job.file == file) else { return };
        let mut job = self.jobs.remove(position);
        let Some(reception) = job.reception.clone().filter(|_| self.powered) else {
            return self.job_ended(now, job, None, out);
        };
        (job.name, job.file) = self.next_name(now, Family::BulkDownload(job.kind));
        job.polls += 1;
        job.waits = true;
        let download = BulkDownload {
            institution: self.institution.code.clone(),
            file_id: Some(job.name.free.clone()),
            reception,
        };
        self.put(&job.name, write_bulk_download(&download, &self.style), out);
        out.wake_after(now, ANSWER_PATIENCE, "job", job.file);
        self.jobs.push(job);
    }

    /// An answer did not come. A job is not handed in twice, but its result is asked for again.
    pub(super) fn job_silent(&mut self, now: Jst, file: u64, out: &mut Outbox) {
        let mine = |job: &Job| job.file == file && job.waits;
        let Some(position) = self.jobs.iter().position(mine) else { return };
        let mut job = self.jobs.remove(position);
        (job.silences, job.waits) = (job.silences + 1, false);
        if job.reception.is_some() && job.silences < SILENCES_MAX {
            self.poll_later(now, job, out);
        } else {
            self.job_ended(now, job, None, out);
        }
    }

    fn job_ended(&mut self, now: Jst, job: Job, result: Option<&BulkResult>, out: &mut Outbox) {
        match job.purpose {
            Purpose::Confirm(rows) => {
                for unit in result.iter().flat_map(|result| &result.units) {
                    self.row_answered(&rows, unit);
                }
            }
            Purpose::List => {
                for unit in result.iter().flat_map(|result| &result.units) {
                    self.listed(job.kind, unit);
                }
            }
            Purpose::Patient(patient) => {
                for unit in result.iter().flat_map(|result| &result.units) {
                    self.listed(job.kind, unit);
                }
                self.list_came(now, patient, result, out);
            }
        }
    }
}
