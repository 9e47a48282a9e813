//! 資格確認端末 with the link software (連携アプリ): carries the reader's questions to the centre,
//! and files between the desk's folders and the centre.
//!
//! A question that is not answered is asked again under the same number; one that stays
//! unanswered ends as "unreachable", never as "no".

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Jst, SECOND};
use crate::ids::{InstitutionCode, InsuredKey};
use crate::message::centre::{CentreAnswer, CentreRequest, Question, Reply};
use crate::message::file::{Bytes, File, Folder};
use crate::message::view::{ConsentRefusal, Whose, Withdrawal};
use crate::message::{EndOfCare, Message, ReaderReport, TerminalSays};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::wire::{
    AnswerBody, AnswerHeader, ConfirmationAnswer, ExpiryReason, Family, Level, Notice, ReadError,
    RecordsAnswer, Reference, RequestName, Segment, Status, Style, face_name, read_records_request,
    read_request, write_answer, write_records_answer,
};

/// How long the centre may take to answer once.
const CENTRE_PATIENCE: i64 = 7 * SECOND / 2;
/// How often a question is asked in all.
const ATTEMPTS_MAX: u8 = 12;
/// How many messages of remote reception are remembered, to know a double.
const REMOTE_KEPT: usize = 1_000;

/// The official error codes (別紙6-1) are not public; these are the model's own.
const NO_CONNECTION: (&str, &str) = ("SIM-COMM", "オンライン資格確認等システムと通信できません");
const BAD_REQUEST: &str = "SIM-REQUEST";
const UNAVAILABLE: (&str, &str) = ("SIM-UNAVAILABLE", "医療情報を取得できません");
const NO_CONSENT: &str = "SIM-CONSENT";

/// A terminal.
#[derive(Debug)]
pub struct Terminal {
    institution: InstitutionCode,
    desk: PartyId,
    style: Style,
    asked: BTreeMap<u64, Asked>,
    next_request: u64,
    faces: u64,
    /// Messages of remote reception that were taken in.
    remote: BTreeSet<u64>,
}

/// A question under way.
#[derive(Debug)]
struct Asked {
    request: CentreRequest,
    attempts: u8,
    by: Asker,
}

#[derive(Debug)]
enum Asker {
    Reader(PartyId),
    File {
        name: RequestName,
        header: Option<Box<AnswerHeader>>,
    },
    /// Staff at the screen.
    Screen,
}

impl Terminal {
    /// The terminal of `institution`, sharing folders with `desk`.
    pub fn new(institution: InstitutionCode, desk: PartyId, style: Style) -> Self {
        Self {
            institution,
            desk,
            style,
            asked: BTreeMap::new(),
            next_request: 0,
            faces: 0,
            remote: BTreeSet::new(),
        }
    }

    fn ask(&mut self, now: Jst, question: Question, by: Asker, out: &mut Outbox) {
        let id = self.next_request;
        self.next_request += 1;
        let request = CentreRequest { id, institution: self.institution.clone(), question };
        out.send(PartyId::Centre, request.clone());
        out.wake_after(now, CENTRE_PATIENCE, "centre", id);
        self.asked.insert(id, Asked { request, attempts: 1, by });
    }

    fn ask_again(&mut self, now: Jst, id: u64, out: &mut Outbox) {
        let Some(asked) = self.asked.get_mut(&id) else { return };
        if asked.attempts < ATTEMPTS_MAX {
            asked.attempts += 1;
            out.send(PartyId::Centre, asked.request.clone());
            out.wake_after(now, CENTRE_PATIENCE, "centre", id);
            return;
        }
        match self.asked.remove(&id).map(|asked| asked.by) {
            Some(Asker::Reader(reader)) => out.send(reader, TerminalSays::Unreachable),
            Some(Asker::File { name, header }) => {
                let notice = notice(NO_CONNECTION);
                self.answer_file(&name, header_error(now, header, notice), out);
            }
            Some(Asker::Screen) | None => {}
        }
    }

    fn reader_reports(
        &mut self,
        now: Jst,
        reader: PartyId,
        report: ReaderReport,
        out: &mut Outbox,
    ) {
        let question = match report {
            ReaderReport::Identified { serial, carrier, .. } => {
                Question::Certificate { serial, carrier }
            }
            ReaderReport::Consented { serial, carrier, wish, route } => {
                Question::ByCard { serial, carrier, wish, route }
            }
        };
        self.ask(now, question, Asker::Reader(reader), out);
    }

    fn file_arrived(&mut self, now: Jst, file: File, out: &mut Outbox) {
        if file.folder != Folder::Req {
            return;
        }
        // Temporary and foreign names are somebody else's business.
        let Some(name) = RequestName::parse(&file.name) else { return };
        let read = match name.family {
            Family::Confirmation => self.confirmation_question(&file.bytes.0),
            Family::Records => self.records_question(&file.bytes.0),
        };
        match read {
            Ok((question, header)) => {
                self.ask(now, question, Asker::File { name, header }, out);
            }
            Err(error) if error.level == Level::File => self.reject_file(&name, file, &error, out),
            Err(error) => {
                let notice = Notice { code: BAD_REQUEST.to_owned(), message: error.to_string() };
                let answer = match error.level {
                    Level::Person => person_error(now, self.header(now), notice),
                    Level::Header | Level::File => {
                        header_error(now, Some(Box::new(self.header(now))), notice)
                    }
                };
                self.answer_file(&name, answer, out);
            }
        }
    }

    fn confirmation_question(&self, bytes: &[u8]) -> Result<FileQuestion, ReadError> {
        let request = read_request(bytes)?;
        self.check_institution(&request.institution)?;
        let header = AnswerHeader {
            confirmation_date: request.confirmation_date,
            institution: request.institution.clone(),
            file_id: request.file_id.clone(),
            ..self.header(Jst::start_of(request.confirmation_date))
        };
        Ok((Question::ByNumber(Box::new(request)), Some(Box::new(header))))
    }

    fn records_question(&self, bytes: &[u8]) -> Result<FileQuestion, ReadError> {
        let request = read_records_request(bytes)?;
        self.check_institution(&request.institution)?;
        Ok((Question::Records(Box::new(request)), None))
    }

    fn check_institution(&self, asked: &InstitutionCode) -> Result<(), ReadError> {
        if *asked == self.institution {
            return Ok(());
        }
        Err(ReadError {
            level: Level::Header,
            element: "MedicalInstitutionCode".to_owned(),
            line: 0,
            column: 0,
            problem: format!("this terminal belongs to {}, not to {asked}", self.institution),
        })
    }

    fn header(&self, now: Jst) -> AnswerHeader {
        AnswerHeader {
            executed: now,
            confirmation_date: now.date(),
            institution: self.institution.clone(),
            file_id: None,
            reference: Reference::Number,
            segment: Segment::Normal,
            error: None,
            charset: self.style.charset,
        }
    }

    /// A file that cannot be processed at all comes back with an `.err` file beside it.
    fn reject_file(&self, name: &RequestName, file: File, error: &ReadError, out: &mut Outbox) {
        let text = error.to_string();
        out.send(self.desk, File { folder: Folder::Res, ..file });
        let err =
            File { folder: Folder::Res, name: name.error_name(), bytes: Bytes(text.into_bytes()) };
        out.send(self.desk, err);
    }

    fn answer_file(&self, name: &RequestName, answer: FileAnswer, out: &mut Outbox) {
        let bytes = match (name.family, answer) {
            (Family::Confirmation, FileAnswer::Confirmation(mut answer)) => {
                answer.header.charset = self.style.charset;
                write_answer(&answer, &self.style)
            }
            (Family::Records, FileAnswer::Records(answer)) => {
                write_records_answer(&answer, &self.style)
            }
            // Errors are made without knowing the family; the records file has its own form.
            (Family::Records, FileAnswer::Confirmation(answer)) => {
                let body = answer.body.and_then(|b| b.result);
                let notice = body.or(answer.header.error).unwrap_or_else(|| notice(NO_CONNECTION));
                write_records_answer(&RecordsAnswer::Refused(notice), &self.style)
            }
            (Family::Confirmation, FileAnswer::Records(_)) => return,
        };
        let file = File { folder: Folder::Res, name: name.answer_name(), bytes: Bytes(bytes) };
        out.send(self.desk, file);
    }

    fn centre_answered(&mut self, now: Jst, answer: CentreAnswer, out: &mut Outbox) {
        if let Reply::RemoteReception(confirmation) = answer.reply {
            // The line may have doubled it.
            if self.remote.insert(answer.id) {
                while self.remote.len() > REMOTE_KEPT {
                    self.remote.pop_first();
                }
                self.write_face(now, *confirmation, out);
            }
            return;
        }
        // An answer nobody waits for any more is a duplicate.
        let Some(asked) = self.asked.remove(&answer.id) else { return };
        match (asked.by, answer.reply) {
            (
                Asker::Reader(reader),
                Reply::CertificateGood { standing, expires, specific_disease },
            ) => {
                let accepted = TerminalSays::Accepted { standing, expires, specific_disease };
                out.send(reader, accepted);
            }
            (Asker::Reader(reader), Reply::CertificateRefused(refusal)) => {
                out.send(reader, TerminalSays::Refused(refusal));
            }
            (Asker::Reader(reader), Reply::CannotTell) => {
                out.send(reader, TerminalSays::Unreachable);
            }
            (Asker::Reader(reader), Reply::Confirmation(confirmation)) => {
                self.write_face(now, *confirmation, out);
                out.send(reader, TerminalSays::Finished);
            }
            (Asker::File { name, .. }, Reply::Confirmation(confirmation)) => {
                self.answer_file(&name, FileAnswer::Confirmation(confirmation), out);
            }
            (Asker::File { name, .. }, Reply::Records(records)) => {
                self.answer_file(&name, FileAnswer::Records(records), out);
            }
            (Asker::File { name, .. }, Reply::RecordsRefused(refusal)) => {
                let refused = Box::new(RecordsAnswer::Refused(no_consent(refusal)));
                self.answer_file(&name, FileAnswer::Records(refused), out);
            }
            (Asker::File { name, .. }, Reply::RecordsUnavailable) => {
                let refused = Box::new(RecordsAnswer::Refused(notice(UNAVAILABLE)));
                self.answer_file(&name, FileAnswer::Records(refused), out);
            }
            (Asker::Screen, Reply::Withdrawn(there)) => {
                out.send(self.desk, EndOfCare::Entered(there));
            }
            _ => {}
        }
    }

    /// Staff enter the end of home care.
    fn end_of_care(&mut self, now: Jst, insured: InsuredKey, by: ExpiryReason, out: &mut Outbox) {
        let withdrawal = Withdrawal { whose: Whose::Number(insured), by };
        self.ask(now, Question::Withdraw(withdrawal), Asker::Screen, out);
    }

    fn write_face(&mut self, now: Jst, mut answer: ConfirmationAnswer, out: &mut Outbox) {
        self.faces += 1;
        answer.header.charset = self.style.charset;
        let file = File {
            folder: Folder::Face,
            name: face_name(&self.institution, self.faces, now),
            bytes: Bytes(write_answer(&answer, &self.style)),
        };
        out.send(self.desk, file);
    }
}

type FileQuestion = (Question, Option<Box<AnswerHeader>>);

enum FileAnswer {
    Confirmation(Box<ConfirmationAnswer>),
    Records(Box<RecordsAnswer>),
}

fn notice((code, message): (&str, &str)) -> Notice {
    Notice { code: code.to_owned(), message: message.to_owned() }
}

/// What the records file says where there is no consent, or none any more.
fn no_consent(refusal: ConsentRefusal) -> Notice {
    let text = match refusal.reason {
        None => "閲覧同意がありません",
        Some(ExpiryReason::CareForm) => "閲覧同意の期限が切れています",
        Some(ExpiryReason::Institution) => "閲覧同意は医療機関が取り消しました",
        Some(ExpiryReason::Patient) => "閲覧同意は患者が取り消しました",
        Some(ExpiryReason::PurposeChanged) => "閲覧同意は別の利用目的のものです",
    };
    notice((NO_CONSENT, text))
}

fn header_error(now: Jst, header: Option<Box<AnswerHeader>>, error: Notice) -> FileAnswer {
    let header = header.map_or_else(
        || AnswerHeader {
            executed: now,
            confirmation_date: now.date(),
            institution: InstitutionCode::default(),
            file_id: None,
            reference: Reference::Number,
            segment: Segment::Abnormal,
            error: None,
            charset: crate::wire::Charset::Utf8,
        },
        |header| *header,
    );
    let header =
        AnswerHeader { executed: now, segment: Segment::Abnormal, error: Some(error), ..header };
    FileAnswer::Confirmation(Box::new(ConfirmationAnswer { header, body: None }))
}

fn person_error(now: Jst, header: AnswerHeader, result: Notice) -> FileAnswer {
    let body = AnswerBody {
        status: Status::Error,
        result: Some(result),
        validity: None,
        prescription: None,
        search: None,
        people: Vec::new(),
    };
    let header = AnswerHeader { executed: now, ..header };
    FileAnswer::Confirmation(Box::new(ConfirmationAnswer { header, body: Some(body) }))
}

impl Party for Terminal {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::ReaderReport(report) } => {
                self.reader_reports(now, from, report, out);
            }
            Input::Message { message: Message::PcAction(pc), .. } => out.send(pc.reader, pc.action),
            Input::Message { message: Message::File(file), .. } => {
                self.file_arrived(now, file, out);
            }
            Input::Message {
                message: Message::EndOfCare(EndOfCare::Enter { insured, by }),
                ..
            } => {
                self.end_of_care(now, insured, by, out);
            }
            Input::Message { message: Message::CentreAnswer(answer), .. } => {
                self.centre_answered(now, answer, out);
            }
            Input::Alarm(Alarm { name: "centre", key }) => self.ask_again(now, key, out),
            // A cold start forgets what was under way; its numbers are not used again.
            Input::PowerLost | Input::PowerBack => self.asked.clear(),
            _ => {}
        }
    }
}
