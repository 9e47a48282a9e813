//! The desk's side of the folders: writing requests, reading answers, asking again later.

use jiff::civil::Date;

use super::{Desk, Encounter};
use crate::calendar::{HOUR, Jst, MINUTE, Month};
use crate::ids::InsuredKey;
use crate::message::file::{Bytes, File, Folder};
use crate::party::{Outbox, PartyId};
use crate::register::Route;
use crate::wire::{
    CheckUpRequest, ConfirmationAnswer, ConfirmationRequest, Family, RecordsRequest, RequestName,
    SearchInfo, Segment, Status, TreatmentKind, Validity, read_answer, write_check_up_request,
    write_records_request, write_request,
};

/// How long an answer may take before the desk goes on without it.
const ANSWER_PATIENCE: i64 = MINUTE;
/// How long after a visit the desk asks again for a number it could not confirm (OUT-010).
const AGAIN_AFTER: i64 = HOUR;
/// How often it asks again before it leaves the number as it is: until the claims are handed in.
const AGAIN_MAX: u16 = 24 * 40;

/// A request file under way.
#[derive(Debug)]
pub(super) struct Lookup {
    name: RequestName,
    purpose: Purpose,
}

#[derive(Debug)]
enum Purpose {
    /// A paper shown at the desk.
    Paper(PartyId),
    /// Medical information; it goes to the doctor's screen and decides nothing here.
    Records,
    /// A number that could not be confirmed when the patient was here.
    Again { encounter: usize, attempts: u16 },
}

impl Desk {
    /// Asks for eligibility by number, as of the date of service.
    pub(super) fn look_up(
        &mut self,
        now: Jst,
        patient: PartyId,
        date: Date,
        search: SearchInfo,
        out: &mut Outbox,
    ) {
        self.write_confirmation(now, date, search, Purpose::Paper(patient), out);
    }

    pub(super) fn ask_for_records(
        &mut self,
        now: Jst,
        patient: PartyId,
        key: InsuredKey,
        out: &mut Outbox,
    ) {
        if !self.powered {
            return;
        }
        let month = Month::of(now.date());
        let treatment = self.treatment_of(patient);
        let (name, number) = self.next_name(now, Family::Records);
        let request = RecordsRequest {
            institution: self.institution.code.clone(),
            key,
            file_id: Some(name.free.clone()),
            from: month.plus(-self.register.on(now.date()).drug_months()),
            to: month,
            prescriptions: true,
            treatment,
        };
        let bytes = write_records_request(&request, &self.style);
        self.ask(now, (name, number), bytes, Purpose::Records, out);
    }

    /// The kind of care under which a patient's information is asked for.
    fn treatment_of(&self, patient: PartyId) -> TreatmentKind {
        match self.receptions.get(&patient).map(|r| r.arrival.route) {
            Some(Route::HomeVisit) => TreatmentKind::HomeVisit,
            Some(Route::OnlineCare) => TreatmentKind::Online,
            Some(Route::Emergency) => TreatmentKind::Emergency,
            Some(Route::Counter | Route::DriveThrough) | None => TreatmentKind::Outpatient,
        }
    }

    pub(super) fn ask_for_check_ups(
        &mut self,
        now: Jst,
        patient: PartyId,
        key: InsuredKey,
        out: &mut Outbox,
    ) {
        if !self.powered {
            return;
        }
        let (name, number) = self.next_name(now, Family::CheckUps);
        let request = CheckUpRequest {
            institution: self.institution.code.clone(),
            key,
            file_id: Some(name.free.clone()),
            treatment: self.treatment_of(patient),
        };
        let bytes = write_check_up_request(&request, &self.style);
        self.ask(now, (name, number), bytes, Purpose::Records, out);
    }

    /// Arranges to ask again for a number that was taken from a paper.
    pub(super) fn confirm_later(
        &mut self,
        now: Jst,
        encounter: usize,
        key: InsuredKey,
        out: &mut Outbox,
    ) {
        let number = self.next_file;
        self.next_file += 1;
        let name = RequestName { family: Family::Confirmation, free: key.to_string() };
        let purpose = Purpose::Again { encounter, attempts: 0 };
        self.lookups.insert(number, Lookup { name, purpose });
        out.wake_after(now, AGAIN_AFTER, "again", number);
    }

    pub(super) fn look_up_again(&mut self, now: Jst, number: u64, out: &mut Outbox) {
        let Some(lookup) = self.lookups.remove(&number) else { return };
        let Purpose::Again { encounter, attempts } = lookup.purpose else { return };
        let Some(Encounter { date, number: claim, person, confirmed: false, .. }) =
            self.ledger.get(encounter)
        else {
            return;
        };
        let super::ClaimNumber::Current(key) = claim.clone() else { return };
        let (date, birth) = (*date, person.born);
        let purpose = Purpose::Again { encounter, attempts: attempts + 1 };
        if self.powered {
            let search = SearchInfo { key, birth, limit_consent: false, person_id: None };
            self.write_confirmation(now, date, search, purpose, out);
        } else if attempts < AGAIN_MAX {
            self.lookups.insert(number, Lookup { purpose, ..lookup });
            out.wake_after(now, AGAIN_AFTER, "again", number);
        }
    }

    fn write_confirmation(
        &mut self,
        now: Jst,
        date: Date,
        search: SearchInfo,
        purpose: Purpose,
        out: &mut Outbox,
    ) {
        let (name, number) = self.next_name(now, Family::Confirmation);
        let request = ConfirmationRequest {
            confirmation_date: date,
            institution: self.institution.code.clone(),
            file_id: Some(name.free.clone()),
            search,
        };
        let bytes = write_request(&request, &self.style);
        self.ask(now, (name, number), bytes, purpose, out);
    }

    /// Puts a request into the folder and waits for its answer.
    fn ask(
        &mut self,
        now: Jst,
        (name, number): (RequestName, u64),
        bytes: Vec<u8>,
        purpose: Purpose,
        out: &mut Outbox,
    ) {
        self.put(&name, bytes, out);
        self.lookups.insert(number, Lookup { name, purpose });
        out.wake_after(now, ANSWER_PATIENCE, "answer", number);
    }

    /// A name that was never used before: the day and a running number.
    pub(super) fn next_name(&mut self, now: Jst, family: Family) -> (RequestName, u64) {
        let number = self.next_file;
        self.next_file += 1;
        let free = format!("{}{number:04}", crate::calendar::compact(now.date()));
        (RequestName { family, free }, number)
    }

    pub(super) fn put(&self, name: &RequestName, bytes: Vec<u8>, out: &mut Outbox) {
        let file = File { folder: Folder::Req, name: name.file_name(), bytes: Bytes(bytes) };
        out.send(self.terminal, file);
    }

    pub(super) fn file_appeared(&mut self, now: Jst, file: File, out: &mut Outbox) {
        match file.folder {
            Folder::Face => {
                // A result that is not what the interface says belongs to nobody; the patient
                // at the reader is helped when its time runs out.
                if let Ok(answer) = read_answer(&file.bytes.0) {
                    self.face_result(now, answer, out);
                }
            }
            Folder::Res => {
                if !self.job_answered(now, &file, out) {
                    self.answer_appeared(now, &file, out);
                }
            }
            Folder::Req => {}
        }
    }

    fn answer_appeared(&mut self, now: Jst, file: &File, out: &mut Outbox) {
        let is_mine =
            |l: &Lookup| file.name == l.name.answer_name() || file.name == l.name.error_name();
        let Some(number) = self.lookups.iter().find(|(_, l)| is_mine(l)).map(|(n, _)| *n) else {
            return;
        };
        let Some(lookup) = self.lookups.remove(&number) else { return };
        let answer = read_answer(&file.bytes.0).ok();
        let slip = answer.as_ref().is_some_and(may_be_a_slip);
        let answer = answer.filter(answers);
        match lookup.purpose {
            Purpose::Records => {}
            Purpose::Paper(patient) if slip && self.types_again(now, patient, out) => {}
            Purpose::Paper(patient) => self.looked_up(now, patient, answer.as_ref(), out),
            Purpose::Again { .. } => self.answered_again(now, lookup, answer.as_ref(), out),
        }
    }

    fn answered_again(
        &mut self,
        now: Jst,
        lookup: Lookup,
        answer: Option<&ConfirmationAnswer>,
        out: &mut Outbox,
    ) {
        let Purpose::Again { encounter, attempts } = lookup.purpose else { return };
        let validity = answer.and_then(|a| a.body.as_ref()).and_then(|b| b.validity);
        match validity {
            Some(Validity::Valid) => {
                if let Some(encounter) = self.ledger.get_mut(encounter) {
                    encounter.confirmed = true;
                }
            }
            // The answer is there, and it is no: the number stays as it was shown.
            Some(_) => {}
            None if attempts < AGAIN_MAX => {
                let number = self.next_file;
                self.next_file += 1;
                self.lookups.insert(number, lookup);
                out.wake_after(now, AGAIN_AFTER, "again", number);
            }
            None => {}
        }
    }

    pub(super) fn no_answer(&mut self, now: Jst, number: u64, out: &mut Outbox) {
        let Some(lookup) = self.lookups.remove(&number) else { return };
        match lookup.purpose {
            Purpose::Records => {}
            Purpose::Paper(patient) => self.looked_up(now, patient, None, out),
            Purpose::Again { .. } => self.answered_again(now, lookup, None, out),
        }
    }
}

/// Whether the question may have been typed wrongly: it was refused for this person, or nobody
/// was found.
fn may_be_a_slip(answer: &ConfirmationAnswer) -> bool {
    let body = answer.body.as_ref().filter(|_| answer.header.segment == Segment::Normal);
    body.is_some_and(|b| b.status == Status::Error || b.validity == Some(Validity::None))
}

/// Whether a file is an answer at all: an error in the header or for the person is none.
fn answers(answer: &ConfirmationAnswer) -> bool {
    answer.header.segment == Segment::Normal
        && answer.body.as_ref().is_some_and(|b| b.status == Status::Normal)
}
