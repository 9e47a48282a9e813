//! Check of eligibility, review, and payment (CLM-023, CLM-024, CLM-035, CLM-036, CLM-009).

use jiff::civil::Date;

use crate::calendar::{Jst, Month};
use crate::ids::InsuredKey;
use crate::message::Payment;
use crate::message::centre::Question;
use crate::message::claim::{Outcome, PaymentKind, PaymentLine, ReceiptRef, ReturnReason};
use crate::party::Outbox;
use crate::register::SharedBy;

use super::case::{Case, State};
use super::eligibility::history_key;
use super::money::share_among;
use super::{About, Clearing, FileKey};

/// What reviewers find in a receipt, by the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReviewEvent {
    /// Kana name of the patient.
    pub kana: String,
    /// Birth date.
    pub born: Date,
    /// The month of service.
    pub month: Month,
    /// What they find.
    pub finding: ReviewFinding,
}

/// What reviewers can find.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReviewFinding {
    /// So many points are not accepted (査定).
    Points(i64),
    /// The institution has to look at it again (返戻). It happens once.
    Return,
}

impl Clearing {
    /// Every receipt of a round is held against the register of insured persons.
    pub(super) fn check(&mut self, now: Jst, round: u64, out: &mut Outbox) {
        let Some(known) = self.rounds.get_mut(&round) else { return };
        known.checked = true;
        let files = self.files.iter().filter(|(_, file)| file.round == round);
        let keys: Vec<FileKey> = files.map(|(key, _)| *key).collect();
        for key in keys {
            self.check_file(now, key, out);
        }
    }

    pub(super) fn check_file(&mut self, now: Jst, key: FileKey, out: &mut Outbox) {
        let Some(file) = self.files.get(&key) else { return };
        let policy = self.register.on(now.date());
        let institution = file.institution.clone();
        let cases = file.cases.iter().enumerate();
        let received = cases.filter(|(_, case)| case.state == State::Received);
        let mut questions: Vec<(About, Question)> = received
            .map(|(index, case)| {
                let question = Question::History(history_key(&case.receipt, &policy));
                (About::Receipt(key, index), question)
            })
            .collect();
        let known = self.rounds.get(&file.round);
        if let Some(month) = file
            .month()
            .filter(|month| known.is_some_and(|round| !round.verified.contains_key(month)))
        {
            questions.push((About::Use(file.round, month), Question::Verifications(month)));
        }
        for (about, question) in questions {
            self.ask(now, about, institution.clone(), question, out);
        }
    }

    /// The review is over: everything that was taken in is decided.
    pub(super) fn review_over(&mut self, round: u64, out: &mut Outbox) {
        self.asked.retain(|_, asked| match asked.about {
            About::Receipt(file, _) => self.files.get(&file).is_none_or(|f| f.round != round),
            About::Use(of, _) => of != round,
            About::Objection(_) => true,
        });
        for file in self.files.values_mut().filter(|file| file.round == round) {
            for case in &mut file.cases {
                if !matches!(case.state, State::Received | State::Checked) {
                    continue;
                }
                match found(&mut self.review, case) {
                    Some(ReviewFinding::Return) => case.give_back(ReturnReason::Review),
                    Some(ReviewFinding::Points(points)) => case.decide(points, &self.register),
                    None => case.decide(0, &self.register),
                }
            }
        }
        self.share_out(round);
        self.objections_over(round, out);
    }

    /// CLM-009: receipts that nobody was found for are shared among the insurers that pay in the
    /// same round.
    fn share_out(&mut self, round: u64) {
        let Some(month) = self.rounds.get(&round).map(|round| round.month) else { return };
        let by = self.register.on(month.last()).shared_by();
        let mut weights: Vec<(InsuredKey, i64)> = Vec::new();
        let decided =
            |case: &&Case| case.state == State::Decided && case.result.outcome != Outcome::Shared;
        let files = || self.files.values().filter(|file| file.round == round);
        for part in files().flat_map(|f| &f.cases).filter(decided).flat_map(|c| &c.result.parts) {
            let weight = match by {
                SharedBy::Receipts => 1,
                SharedBy::Points => part.points,
            };
            let insurer = &part.insured.insurer;
            match weights.iter_mut().find(|(known, _)| known.insurer == *insurer) {
                Some((_, sum)) => *sum += weight,
                None => {
                    let insured = InsuredKey { insurer: insurer.clone(), ..<_>::default() };
                    weights.push((insured, weight));
                }
            }
        }
        let files = self.files.values_mut().filter(|file| file.round == round);
        for case in files.flat_map(|file| &mut file.cases) {
            let result = &mut case.result;
            if case.state == State::Decided && result.outcome == Outcome::Shared {
                let whole = std::mem::take(&mut result.parts);
                let shared = whole.iter().flat_map(|part| share_among(part, weights.clone()));
                result.parts = shared.collect();
            }
        }
    }

    /// CLM-024: what was decided is paid, less what objections take back.
    pub(super) fn pay(&mut self, number: u64, out: &mut Outbox) {
        let Some(round) = self.rounds.get_mut(&number) else { return };
        let mut lines = Vec::new();
        for ((_, id), file) in self.files.iter_mut().filter(|(_, file)| file.round == number) {
            for case in file.cases.iter_mut().filter(|case| case.state == State::Decided) {
                case.state = State::Paid;
                lines.push(PaymentLine {
                    receipt: ReceiptRef { file: *id, number: case.receipt.number },
                    kind: PaymentKind::Paid,
                    points: i64::from(case.receipt.points()) - case.result.adjusted_points,
                    yen: case.result.yen(),
                });
            }
        }
        lines.append(&mut round.set_off);
        if lines.is_empty() {
            return;
        }
        let yen = lines.iter().map(|line| line.yen).sum();
        let (body, month) = (round.body, round.month);
        out.send(round.from, Payment { body, month, lines, yen });
    }
}

/// What reviewers find in this receipt. A return happens once: what comes again is corrected.
fn found(events: &mut Vec<ReviewEvent>, case: &Case) -> Option<ReviewFinding> {
    let receipt = &case.receipt;
    let is_it = |event: &ReviewEvent| {
        event.kana == receipt.kana && event.born == receipt.born && event.month == receipt.month
    };
    let position = events.iter().position(is_it)?;
    Some(events.remove(position).finding)
}
