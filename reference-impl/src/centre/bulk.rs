//! Bulk jobs: taken in under a reception number, worked off after a while, fetched as often as
//! somebody asks (ELIG-009, ELIG-081).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::aid::{aid_result, with_aid};
use super::answer::{WRONG_NUMBER, add_consent, add_disease, person_result};
use super::consent::Consent;
use super::{Centre, notice};
use crate::calendar::{Jst, Month};
use crate::ids::{InstitutionCode, ReceptionNumber, has_check_digit};
use crate::message::registry::Entry;
use crate::party::PartyId;
use crate::trouble::{self, TroubleKind};
use crate::wire::{
    BulkContent, BulkDownload, BulkEntry, BulkReceipt, BulkResult, BulkSearch, BulkUnit,
    BulkUpload, ConsentedList, Counts, LimitChange, Notice, PersonResult, PlainHeader, Reception,
    Segment, Status, UnitSearch, Validity,
};

/// How many jobs are kept to be fetched; how long the real system keeps them is not known.
const JOBS_KEPT: usize = 1_000;

/// The official error codes (別紙6-1) are not public; these are the model's own.
const NOBODY: (&str, &str) = ("SIM-EMPTY", "照会する対象がありません");
const NO_JOB: (&str, &str) = ("SIM-RECEPTION", "該当する受付番号がありません");
const FAILED: (&str, &str) = ("SIM-JOB", "一括照会の処理が異常終了しました");
const UNREADABLE: &str = "SIM-REQUEST";

/// The jobs of the centre.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    jobs: BTreeMap<u64, Job>,
    next: u64,
}

/// One job.
#[derive(Debug)]
struct Job {
    number: ReceptionNumber,
    upload: BulkUpload,
    /// Who handed it in, under which number of theirs: a repetition is the same job.
    source: (PartyId, u64),
    at: Jst,
    ready: Jst,
    /// How often it still answers "in process" after it is ready.
    stalls: u16,
    fails: bool,
    /// What was found when it was worked off.
    units: Option<Vec<BulkUnit>>,
}

impl Centre {
    /// Takes a job in, or says why not.
    pub(super) fn bulk_upload(
        &mut self,
        now: Jst,
        source: (PartyId, u64),
        upload: BulkUpload,
    ) -> BulkReceipt {
        let header = PlainHeader {
            file_id: upload.file_id.clone(),
            ..PlainHeader::new(now, upload.institution.clone())
        };
        if matches!(&upload.content, BulkContent::People { people, .. } if people.is_empty()) {
            return BulkReceipt { header: header.failed(notice(NOBODY)), reception: None };
        }
        let known = self.jobs.jobs.values().find(|job| job.source == source);
        let (number, at) = match known {
            Some(job) => (job.number.clone(), job.at),
            None => (self.take_in(now, source, upload), now),
        };
        let at = at.to_second();
        BulkReceipt { header, reception: Some(Reception { number, at }) }
    }

    fn take_in(&mut self, now: Jst, source: (PartyId, u64), upload: BulkUpload) -> ReceptionNumber {
        let jobs = &mut self.jobs;
        jobs.next += 1;
        // The institution, the second, and a running number, as in the published example.
        let (institution, running) = (&upload.institution, jobs.next % 1_000);
        let number = ReceptionNumber(format!("{institution}{}{running:03}", now.compact()));
        let stalls = |kind| match kind {
            TroubleKind::InProcess(times) => Some(times),
            _ => None,
        };
        let fails = |kind| (kind == TroubleKind::JobFails).then_some(());
        let job = Job {
            number: number.clone(),
            source,
            at: now,
            ready: now.plus(self.register.on(now.date()).bulk_time()),
            stalls: trouble::at(&self.troubles, now, stalls).unwrap_or(0),
            fails: trouble::at(&self.troubles, now, fails).is_some(),
            upload,
            units: None,
        };
        jobs.jobs.insert(jobs.next, job);
        while jobs.jobs.len() > JOBS_KEPT {
            jobs.jobs.pop_first();
        }
        number
    }

    /// What has become of a job. It is worked off with what is registered when it is ready.
    pub(super) fn bulk_result(&mut self, now: Jst, asked: &BulkDownload) -> BulkResult {
        let header = PlainHeader {
            file_id: asked.file_id.clone(),
            reception: Some(asked.reception.clone()),
            ..PlainHeader::new(now, asked.institution.clone())
        };
        let none = |header| BulkResult { header, units: Vec::new() };
        let mine = |job: &Job| {
            job.number == asked.reception && job.upload.institution == asked.institution
        };
        let Some(key) = self.jobs.jobs.iter().find(|(_, job)| mine(job)).map(|(key, _)| *key)
        else {
            return none(header.failed(notice(NO_JOB)));
        };
        self.work_off(now);
        let Some(job) = self.jobs.jobs.get_mut(&key) else { return none(header) };
        let date = match &job.upload.content {
            BulkContent::People { date, .. } => *date,
            BulkContent::Consented(_) | BulkContent::Tickets(_) => job.at.date(),
        };
        let file_id = asked.file_id.clone().or_else(|| job.upload.file_id.clone());
        let header = PlainHeader { confirmation_date: Some(date), file_id, ..header };
        let waits = now < job.ready || job.stalls > 0;
        if now >= job.ready {
            job.stalls = job.stalls.saturating_sub(1);
        }
        match &job.units {
            _ if waits => none(PlainHeader { segment: Segment::InProcess, ..header }),
            _ if job.fails => none(header.failed(notice(FAILED))),
            Some(units) => {
                let units = units.clone();
                BulkResult { header: PlainHeader { counts: Some(counts(&units)), ..header }, units }
            }
            None => none(header),
        }
    }

    /// Works off every job whose time has come.
    fn work_off(&mut self, now: Jst) {
        let due = |job: &&Job| job.units.is_none() && job.ready <= now;
        let due: Vec<u64> =
            self.jobs.jobs.iter().filter(|(_, j)| due(j)).map(|(key, _)| *key).collect();
        for key in due {
            let units = self.jobs.jobs.get(&key).map(|job| self.units(job));
            if let Some(job) = self.jobs.jobs.get_mut(&key) {
                job.units = units;
            }
        }
    }

    fn units(&self, job: &Job) -> Vec<BulkUnit> {
        let institution = &job.upload.institution;
        match &job.upload.content {
            BulkContent::People { date, people } => {
                let unit = |person| self.person_unit(job.ready, institution, *date, person);
                people.iter().map(unit).collect()
            }
            BulkContent::Consented(list) => self.consented_units(job.ready, institution, list),
            BulkContent::Tickets(month) => self.ticket_units(institution, *month),
        }
    }

    fn person_unit(
        &self,
        now: Jst,
        institution: &InstitutionCode,
        date: Date,
        entry: &BulkEntry,
    ) -> BulkUnit {
        let search = match entry {
            BulkEntry::Person(search) => search,
            // One person who cannot be read is an error of that person only.
            BulkEntry::Unreadable { person_id, error } => {
                let message = error.to_string();
                let notice = Notice { code: UNREADABLE.to_owned(), message };
                let search = person_id.clone().map(UnitSearch::Only);
                return BulkUnit { search, result: Some(notice), ..unit(Status::Error) };
            }
        };
        let policy = self.register.on(date);
        if policy.refuses_wrong_check_digit() && !has_check_digit(search.key.insurer.as_str()) {
            let search = Some(UnitSearch::Person(search.clone()));
            return BulkUnit { search, result: Some(notice(WRONG_NUMBER)), ..unit(Status::Error) };
        }
        let found = self.registry.by_number(&search.key, search.birth, date);
        let finding = self.unless_suspended(now, found);
        let shown = finding.entry.filter(|_| finding.validity != Validity::None);
        let people = shown.map(|entry| {
            let mut person = person_result(entry, &policy, None);
            // In bulk the class itself is not given, only whether it has changed.
            person.limit_consent = None;
            person.limit_changed = Some(changed(entry, search));
            person.person_id.clone_from(&search.person_id);
            person
        });
        let numbers = shown.and_then(|entry| self.reference_number(institution, entry));
        BulkUnit {
            search: Some(UnitSearch::Person(search.clone())),
            validity: Some(finding.validity),
            people: people.into_iter().collect(),
            reference_numbers: numbers.into_iter().collect(),
            ..unit(Status::Normal)
        }
    }

    /// Who has a ticket of medical aid of a month that names this institution.
    fn ticket_units(&self, institution: &InstitutionCode, month: Month) -> Vec<BulkUnit> {
        let day = month.last();
        let unit = |owner: u16| {
            let insured = self.registry.by_person(owner, day).validity == Validity::Valid;
            let aid = self.registry.aid(owner, day, institution)?;
            Some(BulkUnit {
                validity: Some(with_aid(Validity::None, Some(&aid))),
                people: vec![aid_result(&aid, insured)],
                ..unit(Status::Normal)
            })
        };
        self.registry.ticketed(month, institution).into_iter().filter_map(unit).collect()
    }

    /// Who consented to this institution on one of the days, with what is registered of them and
    /// what of the consent is left.
    fn consented_units(
        &self,
        now: Jst,
        institution: &InstitutionCode,
        list: &ConsentedList,
    ) -> Vec<BulkUnit> {
        // Remote reception is done on the day of the examination, so both days are the same one.
        let days = list.from..=list.to;
        let listed = self.listed.iter().filter(|((code, treatment, _), consent)| {
            code == institution && *treatment == list.treatment && days.contains(&consent.at.date())
        });
        let unit = |((_, _, owner), consent): (&(_, _, u16), &Consent)| {
            let (owner, today) = (*owner, now.date());
            let finding = self.unless_suspended(now, self.registry.by_person(owner, today));
            let policy = self.register.on(today);
            let person = |entry: &Entry| -> PersonResult {
                let limit = !policy.limit_needs_consent() || consent.wish.limit;
                let mut person = person_result(entry, &policy, limit.then_some(consent.at));
                let ended = consent.until.is_some_and(|until| until <= now);
                let consent = Consent { void: consent.void || ended, ..*consent };
                add_consent(&mut person, &consent);
                add_disease(&mut person, entry, &consent);
                person.reference_number = self.reference_number(institution, entry);
                person
            };
            let number = finding.entry.and_then(|entry| self.reference_number(institution, entry));
            BulkUnit {
                validity: Some(finding.validity),
                people: finding.entry.map(person).into_iter().collect(),
                reference_numbers: number.into_iter().collect(),
                ..unit(Status::Normal)
            }
        };
        listed.map(unit).collect()
    }
}

fn unit(status: Status) -> BulkUnit {
    BulkUnit {
        search: None,
        status,
        result: None,
        validity: None,
        people: Vec::new(),
        reference_numbers: Vec::new(),
    }
}

/// Whether the limit class is another one than the institution knows; without one it cannot be
/// judged.
fn changed(entry: &Entry, search: &BulkSearch) -> LimitChange {
    match search.known_limit {
        Some(known) if entry.limit == Some(known.class) => LimitChange::Unchanged,
        _ => LimitChange::ChangedOrUnknown,
    }
}

fn counts(units: &[BulkUnit]) -> Counts {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let errors = units.iter().filter(|unit| unit.status == Status::Error).count();
    Counts {
        all: number(units.len()),
        normal: number(units.len() - errors),
        errors: number(errors),
    }
}
