//! Facts about files: how a request was answered, bulk jobs, lists, reference numbers, check-ups.

use jiff::civil::Date;
use madoguchi_reference::message::Message;
use madoguchi_reference::message::counter::Person;
use madoguchi_reference::message::file::{File, Folder};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::wire::{
    AnswerBody, AnswerHeader, BulkResult, BulkUnit, CheckUpAnswer, ConfirmationAnswer, Family,
    Reference, Segment, Status, Validity, read_answer, read_bulk_receipt, read_bulk_result,
    read_check_up_answer, read_registration_answer,
};
use madoguchi_sim::{What, identity};

use super::{Facts, confirmation};
use crate::words::validity_word;

impl Facts<'_> {
    /// How the terminal answered: the last answer counts.
    pub(super) fn answer(&self) -> &'static str {
        let mut word = "none";
        for (_, file) in self.files() {
            if file.name.ends_with(".err") {
                return "err-file";
            }
            word = answer_word(file).unwrap_or(word);
        }
        word
    }

    /// The person a visit is about, as on their card.
    fn patient(&self) -> Option<Person> {
        let step = self.steps.scenario.timeline.get(self.step)?;
        identity(self.steps.scenario, &step.visit.as_ref()?.who)
    }

    /// What a list says of the patient of a visit, in the form of a single answer by card.
    pub(super) fn listed_answer(&self, file: &File) -> Option<ConfirmationAnswer> {
        let patient = self.patient()?;
        let result = bulk_result(file).filter(|r| r.header.segment == Segment::Normal)?;
        let unit = result.units.iter().find(|unit| is_of(unit, &patient))?.clone();
        let header = result.header;
        Some(ConfirmationAnswer {
            header: AnswerHeader {
                executed: header.executed,
                confirmation_date: header.confirmation_date.unwrap_or(header.executed.date()),
                institution: header.institution,
                file_id: header.file_id,
                reference: Reference::Card,
                segment: header.segment,
                error: header.error,
                charset: header.charset,
            },
            body: Some(AnswerBody {
                status: unit.status,
                result: unit.result,
                validity: unit.validity,
                prescription: None,
                search: None,
                people: unit.people,
            }),
        })
    }

    /// Whether a bulk confirmation that came later found the patient of a visit.
    pub(super) fn confirmed_in_bulk(&self) -> bool {
        let (Some(patient), Some(charged)) = (self.patient(), self.charged_at()) else {
            return false;
        };
        let later = self.steps.trace.events.iter().filter(|event| event.seq > charged);
        let files = later.filter_map(|event| match &event.what {
            What::Arrived { to: PartyId::Desk(_), message: Message::File(file), .. } => Some(file),
            _ => None,
        });
        let valid = |unit: &BulkUnit| {
            unit.search.is_some() && unit.validity == Some(Validity::Valid) && is_of(unit, &patient)
        };
        files.filter_map(bulk_result).any(|result| result.units.iter().any(valid))
    }

    /// How the last answer reached the desk.
    pub(super) fn answered_by(&self) -> &'static str {
        let charged = self.charged_at().unwrap_or(u32::MAX);
        let files = self.files().filter(|(seq, _)| *seq < charged);
        let by = files.filter_map(|(_, file)| match file.folder {
            Folder::Face => Some("reader"),
            _ if confirmation(file).is_some() => Some("number"),
            _ => self.listed_answer(file).map(|_| "list"),
        });
        by.last().unwrap_or("none")
    }

    /// How a bulk job ended.
    pub(super) fn job(&self) -> &'static str {
        let asked = self.arrived().any(|arrival| match (arrival.to, arrival.message) {
            (PartyId::Terminal(_), Message::File(file)) => file.name.starts_with("OQSmu"),
            _ => false,
        });
        let words = self.files().filter_map(|(_, file)| match Family::of_answer(&file.name) {
            Some(Family::BulkUpload(_)) => read_bulk_receipt(&file.bytes.0).ok().map(|receipt| {
                // Whoever has a reception number and nothing else is still being worked for.
                if receipt.reception.is_some() { "in-process" } else { "refused" }
            }),
            Some(Family::BulkDownload(_)) => {
                bulk_result(file).map(|result| match result.header.segment {
                    Segment::Normal => "done",
                    Segment::InProcess => "in-process",
                    Segment::Abnormal => "failed",
                })
            }
            _ => file.name.ends_with(".err").then_some("refused"),
        });
        words.last().unwrap_or(if asked { "not-answered" } else { "none" })
    }

    /// How often the result of a job was asked for.
    pub(super) fn polls(&self) -> String {
        let polls = self.arrived().filter(|arrival| match (arrival.to, arrival.message) {
            (PartyId::Terminal(_), Message::File(file)) => {
                file.name.starts_with("OQSmu") && file.name.contains("02req_")
            }
            _ => false,
        });
        polls.count().to_string()
    }

    fn units(&self) -> Vec<BulkUnit> {
        let results = self.files().filter_map(|(_, file)| bulk_result(file));
        results.flat_map(|result| result.units).collect()
    }

    /// What a job says of each person.
    pub(super) fn job_people(&self) -> Vec<&'static str> {
        let word = |unit: &BulkUnit| match (unit.status, unit.validity) {
            (Status::Normal, Some(Validity::ValidUnregistered)) => "valid-unregistered",
            (Status::Normal, Some(validity)) => validity_word(validity),
            _ => "error",
        };
        self.units().iter().map(word).collect()
    }

    /// Who is in the result of a job, by the names of the scenario.
    pub(super) fn listed(&self) -> Vec<String> {
        let scenario = self.steps.scenario;
        let name = |unit: &BulkUnit| {
            let mut names = scenario.people.keys();
            let found = names
                .find(|name| identity(scenario, name).is_some_and(|person| is_of(unit, &person)));
            found.map_or_else(|| "nobody".to_owned(), Clone::clone)
        };
        self.units().iter().map(name).collect()
    }

    /// 照会番号 in the last answer, single or in bulk.
    pub(super) fn reference_number(&self) -> String {
        let single = self.answered(|person| person.reference_number.clone());
        let units = self.units();
        let bulk = || units.last().and_then(|unit| unit.reference_numbers.first().cloned());
        let number = if single.is_some() { single.flatten() } else { bulk() };
        number.map_or_else(|| "none".to_owned(), |number| number.to_string())
    }

    /// Whether check-ups reached the desk.
    pub(super) fn check_ups(&self) -> &'static str {
        match self.check_up_dates() {
            Some(dates) if dates.is_empty() => "empty",
            Some(_) => "shown",
            None => "withheld",
        }
    }

    /// Days of the check-ups that reached the desk; none if nothing did.
    pub(super) fn check_up_dates(&self) -> Option<Vec<Date>> {
        let given = self.files().filter_map(|(_, file)| {
            let is_answer = Family::of_answer(&file.name) == Some(Family::CheckUps);
            match read_check_up_answer(&file.bytes.0) {
                Ok(CheckUpAnswer::Given(given)) if is_answer => Some(given),
                _ => None,
            }
        });
        given.last().map(|given| given.check_ups.iter().map(|check_up| check_up.date).collect())
    }
}

fn bulk_result(file: &File) -> Option<BulkResult> {
    let is_result = matches!(Family::of_answer(&file.name), Some(Family::BulkDownload(_)));
    is_result.then(|| read_bulk_result(&file.bytes.0).ok()).flatten()
}

fn is_of(unit: &BulkUnit, person: &Person) -> bool {
    let mut found = unit.people.iter();
    found.any(|p| p.kana.as_deref() == Some(&person.kana) && p.birth == person.born)
}

/// What kind of answer a file is; none if it is not one whose header says so.
fn answer_word(file: &File) -> Option<&'static str> {
    let bytes = &file.bytes.0;
    let (segment, status) = match Family::of_answer(&file.name)? {
        Family::Confirmation => {
            let answer = read_answer(bytes).ok()?;
            (answer.header.segment, answer.body.map(|body| body.status))
        }
        Family::ReferenceNumber => {
            let answer = read_registration_answer(bytes).ok()?;
            (answer.header.segment, answer.body.map(|body| body.status))
        }
        Family::BulkUpload(_) => (read_bulk_receipt(bytes).ok()?.header.segment, None),
        Family::BulkDownload(_) => {
            let header = read_bulk_result(bytes).ok()?.header;
            let errors = header.counts.is_some_and(|counts| counts.errors > 0);
            (header.segment, errors.then_some(Status::Error))
        }
        Family::Records | Family::CheckUps => return None,
    };
    Some(match (segment, status) {
        (Segment::InProcess, _) => "in-process",
        (Segment::Abnormal, _) => "header-error",
        (Segment::Normal, Some(Status::Error)) => "person-error",
        (Segment::Normal, _) => "normal",
    })
}
