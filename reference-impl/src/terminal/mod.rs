//! 資格確認端末 with the link software (連携アプリ): carries the reader's questions to the centre,
//! and files between the desk's folders and the centre.
//!
//! A question that is not answered is asked again under the same number; one that stays
//! unanswered ends as "unreachable", never as "no".

mod files;

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Jst, SECOND};
use crate::ids::{InstitutionCode, InsuredKey};
use crate::message::centre::{CentreAnswer, CentreRequest, Question, Reply};
use crate::message::file::{Bytes, File, Folder};
use crate::message::view::{ConsentRefusal, Whose, Withdrawal};
use crate::message::{EndOfCare, Message, ReaderReport, Subsidies, TerminalSays};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::trouble::{self, Trouble, TroubleKind};
use crate::wire::{
    ConfirmationAnswer, Echo, ExpiryReason, Level, Notice, RequestName, Style, face_name,
    read_echo, write_answer,
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
/// What stands in an `.err` file while the link software is out of order.
const OUT_OF_ORDER: &str = "連携アプリケーションが要求を処理できません";

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
    /// Answers that appear late.
    held: BTreeMap<u64, File>,
    troubles: Vec<Trouble>,
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
        echo: Echo,
    },
    /// Staff at the screen.
    Screen,
    /// The desk, about public subsidies of this person.
    Subsidies(InsuredKey),
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
            held: BTreeMap::new(),
            troubles: Vec::new(),
        }
    }

    /// Gives the terminal what will be wrong with it.
    #[must_use]
    pub fn in_trouble(mut self, troubles: Vec<Trouble>) -> Self {
        self.troubles = troubles;
        self
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
            Some(Asker::File { name, echo }) => {
                self.fail(now, &name, Level::Header, &echo, notice(NO_CONNECTION), out);
            }
            // No answer is not a "no": the desk waits no longer and asks for the paper.
            Some(Asker::Screen | Asker::Subsidies(_)) | None => {}
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
            ReaderReport::SignUp { serial, carrier } => Question::SignUp { serial, carrier },
            ReaderReport::EligibilityOnly { serial, carrier } => {
                Question::EligibilityOnly { serial, carrier }
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
        let broken = |kind| (kind == TroubleKind::ErrFile).then_some(());
        if trouble::at(&self.troubles, now, broken).is_some() {
            return self.reject_file(&name, file, OUT_OF_ORDER, out);
        }
        let echo = read_echo(&file.bytes.0);
        match files::question(name.family, &file.bytes.0, &self.institution) {
            Ok(question) => self.ask(now, question, Asker::File { name, echo }, out),
            Err(error) if error.level == Level::File => {
                self.reject_file(&name, file, &error.to_string(), out);
            }
            Err(error) => {
                let notice = Notice { code: BAD_REQUEST.to_owned(), message: error.to_string() };
                self.fail(now, &name, error.level, &echo, notice, out);
            }
        }
    }

    /// Answers a request that could not be answered.
    fn fail(
        &mut self,
        now: Jst,
        name: &RequestName,
        level: Level,
        echo: &Echo,
        error: Notice,
        out: &mut Outbox,
    ) {
        let at = (now, &self.institution);
        let reply = files::failure(name.family, level, at, echo, error);
        self.answer_file(now, name, &reply, out);
    }

    /// A file that cannot be processed at all comes back with an `.err` file beside it.
    fn reject_file(&self, name: &RequestName, file: File, problem: &str, out: &mut Outbox) {
        out.send(self.desk, File { folder: Folder::Res, ..file });
        let bytes = Bytes(problem.as_bytes().to_vec());
        let err = File { folder: Folder::Res, name: name.error_name(), bytes };
        out.send(self.desk, err);
    }

    fn answer_file(&mut self, now: Jst, name: &RequestName, reply: &Reply, out: &mut Outbox) {
        let Some(bytes) = files::answer(name.family, reply, &self.style) else { return };
        let file = File { folder: Folder::Res, name: name.answer_name(), bytes: Bytes(bytes) };
        let late = |kind| match kind {
            TroubleKind::Late(delay) => Some(delay),
            _ => None,
        };
        match trouble::at(&self.troubles, now, late) {
            Some(delay) => {
                let number = self.next_request;
                self.next_request += 1;
                self.held.insert(number, file);
                out.wake_after(now, delay, "held", number);
            }
            None => out.send(self.desk, file),
        }
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
                Reply::CertificateGood { standing, expires, specific_disease, subsidies, defaults },
            ) => {
                let accepted = TerminalSays::Accepted {
                    standing,
                    expires,
                    specific_disease,
                    subsidies,
                    defaults,
                };
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
            (Asker::Reader(reader), Reply::Failed(_)) => {
                out.send(reader, TerminalSays::Unreachable);
            }
            (Asker::File { name, echo }, Reply::Failed(error)) => {
                self.fail(now, &name, Level::Header, &echo, error, out);
            }
            (Asker::File { name, echo }, Reply::RecordsRefused(refusal)) => {
                self.fail(now, &name, Level::Person, &echo, no_consent(refusal), out);
            }
            (Asker::File { name, echo }, Reply::RecordsUnavailable) => {
                self.fail(now, &name, Level::Person, &echo, notice(UNAVAILABLE), out);
            }
            (Asker::Screen, Reply::Withdrawn(there)) => {
                out.send(self.desk, EndOfCare::Entered(there));
            }
            (Asker::Subsidies(insured), Reply::Subsidies(certificates)) => {
                out.send(self.desk, Subsidies::Told { insured, certificates });
            }
            (Asker::File { name, .. }, reply) => self.answer_file(now, &name, &reply, out),
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
            Input::Message { message: Message::Subsidies(Subsidies::Ask { insured }), .. } => {
                let question = Question::Subsidies(insured.clone());
                self.ask(now, question, Asker::Subsidies(insured), out);
            }
            Input::Message { message: Message::CentreAnswer(answer), .. } => {
                self.centre_answered(now, answer, out);
            }
            Input::Alarm(Alarm { name: "centre", key }) => self.ask_again(now, key, out),
            Input::Alarm(Alarm { name: "held", key }) => {
                if let Some(file) = self.held.remove(&key) {
                    out.send(self.desk, file);
                }
            }
            // A cold start forgets what was under way; its numbers are not used again.
            Input::PowerLost | Input::PowerBack => {
                self.asked.clear();
                self.held.clear();
            }
            _ => {}
        }
    }
}
