//! 審査支払機関: takes claims in, checks each receipt against the register of insured persons as
//! known on the day of the check, and keeps, transfers, splits or returns it (CLM-050…054).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::{HOUR, Jst, MINUTE, Month};
use crate::ids::InsuredKey;
use crate::lang::Bilingual;
use crate::message::centre::{
    CentreAnswer, CentreRequest, HistoryKey, Period, Question, Reply, VerificationCount,
};
use crate::message::claim::{ClaimMessage, Outcome, Part, ReceiptResult, Utilisation};
use crate::message::file::Bytes;
use crate::message::{Message, Order};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::{Policy, Register};
use crate::uke::{ClaimError, ClaimFile, DayMark, Receipt, read};

/// How long the centre may take to answer once; it is asked again until the results are due.
const CENTRE_PATIENCE: i64 = 10 * MINUTE;

/// The clearing house.
#[derive(Debug)]
pub struct Clearing {
    register: Arc<Register>,
    batches: BTreeMap<u64, Batch>,
    asked: BTreeMap<u64, Asked>,
    next: u64,
}

/// A claim file taken in.
#[derive(Debug)]
struct Batch {
    from: PartyId,
    file: ClaimFile,
    month: Month,
    results: Vec<Option<ReceiptResult>>,
    verified: Option<VerificationCount>,
}

#[derive(Debug)]
struct Asked {
    batch: u64,
    /// The receipt it is about; none for the whole batch.
    receipt: Option<usize>,
    request: CentreRequest,
}

impl Clearing {
    /// A clearing house with nothing on its desk.
    pub fn new(register: Arc<Register>) -> Self {
        Self { register, batches: BTreeMap::new(), asked: BTreeMap::new(), next: 0 }
    }

    fn take_in(&mut self, now: Jst, from: PartyId, bytes: &Bytes, out: &mut Outbox) {
        let date = now.date();
        let policy = self.register.on(date);
        if !policy.submission_open(date.day(), now.datetime().hour()) {
            let reason = format!("受付時間外です / the counter is closed at {now} (CLM-021)");
            out.send(from, ClaimMessage::Refused { reason });
            return;
        }
        let file = match read(&bytes.0) {
            Ok(file) => file,
            Err(error) => {
                out.send(from, ClaimMessage::Refused { reason: both(&error) });
                return;
            }
        };
        // A file handed in twice is the same claim, not a second one.
        let same = |b: &Batch| b.from == from && b.file == file;
        if self.batches.values().any(same) {
            out.send(from, ClaimMessage::AlreadyReceived);
            return;
        }
        let number = self.next;
        self.next += 1;
        let claim_month = Month::of(date);
        let (check_day, result_day) = policy.review_days();
        out.wake(on_day(claim_month, check_day).plus(9 * HOUR), "check", number);
        out.wake(on_day(claim_month.plus(1), result_day).plus(8 * HOUR), "results", number);
        let month = file.receipts.first().map_or(claim_month.plus(-1), |r| r.month);
        out.send(from, ClaimMessage::Received { month, receipts: file.receipts.len() });
        let results = vec![None; file.receipts.len()];
        self.batches.insert(number, Batch { from, file, month, results, verified: None });
    }

    fn check(&mut self, now: Jst, number: u64, out: &mut Outbox) {
        let Some(batch) = self.batches.get(&number) else { return };
        let policy = self.register.on(now.date());
        let histories = batch
            .file
            .receipts
            .iter()
            .enumerate()
            .map(|(receipt, r)| (Some(receipt), Question::History(history_key(r, &policy))));
        let count = (None, Question::Verifications(batch.month));
        let institution = batch.file.institution_code();
        let questions: Vec<_> = histories.chain([count]).collect();
        for (receipt, question) in questions {
            let id = self.next;
            self.next += 1;
            let institution = institution.clone();
            let request = CentreRequest { id, institution, question };
            out.send(PartyId::Centre, request.clone());
            out.wake_after(now, CENTRE_PATIENCE, "centre", id);
            self.asked.insert(id, Asked { batch: number, receipt, request });
        }
    }

    fn ask_again(&self, now: Jst, id: u64, out: &mut Outbox) {
        if let Some(asked) = self.asked.get(&id) {
            out.send(PartyId::Centre, asked.request.clone());
            out.wake_after(now, CENTRE_PATIENCE, "centre", id);
        }
    }

    fn centre_answered(&mut self, answer: CentreAnswer) {
        let Some(asked) = self.asked.remove(&answer.id) else { return };
        let Some(batch) = self.batches.get_mut(&asked.batch) else { return };
        match (answer.reply, asked.receipt) {
            (Reply::Verifications(count), None) => batch.verified = Some(count),
            (Reply::History(periods), Some(index)) => {
                let Some(receipt) = batch.file.receipts.get(index) else { return };
                batch.results[index] = Some(decide(receipt, &periods, &self.register));
            }
            _ => {}
        }
    }

    fn report(&mut self, number: u64, out: &mut Outbox) {
        let Some(batch) = self.batches.remove(&number) else { return };
        self.asked.retain(|_, asked| asked.batch != number);
        let all = u32::try_from(batch.file.receipts.len()).unwrap_or(u32::MAX);
        let utilisation = batch.verified.map(|count| Utilisation::of(count, all));
        let receipts = batch.file.receipts.iter().zip(batch.results);
        let receipts = receipts.map(|(r, known)| known.unwrap_or_else(|| unchecked(r))).collect();
        out.send(batch.from, ClaimMessage::Results { month: batch.month, receipts, utilisation });
    }
}

/// What cannot be checked stays as it was claimed: no answer is not a "no".
fn unchecked(receipt: &Receipt) -> ReceiptResult {
    let insured = receipt.insured_key().unwrap_or_default();
    let (days, points) = (service_dates(receipt), i64::from(receipt.points()));
    result(receipt, Outcome::Kept, vec![Part { insured, days, points }])
}

fn on_day(month: Month, day: i8) -> Jst {
    let date = month.first().with().day(day).build().unwrap_or(month.last());
    Jst::start_of(date)
}

fn history_key(receipt: &Receipt, policy: &Policy<'_>) -> HistoryKey {
    let insured = receipt.insured_key().filter(|key| !policy.is_unknown_insurer(&key.insurer));
    HistoryKey { insured, kana: receipt.kana.to_string(), born: receipt.born }
}

fn result(receipt: &Receipt, outcome: Outcome, parts: Vec<Part>) -> ReceiptResult {
    ReceiptResult { number: receipt.number, kana: receipt.kana.to_string(), outcome, parts }
}

/// What becomes of a receipt, given the periods of its person as registered now. The rules are
/// those of the month of service (GEN-003).
fn decide(receipt: &Receipt, periods: &[Period], register: &Register) -> ReceiptResult {
    if receipt.insurance.is_none() {
        // Public payers alone: there is no insurance to be checked.
        return unchecked(receipt);
    }
    let policy = register.on(receipt.month.last());
    let claimed = receipt.insured_key().unwrap_or_default();
    // An unknown receipt is paid all the same (CLM-009); a wrong number goes back.
    let unknown = policy.is_unknown_insurer(&claimed.insurer);
    let nobody = if unknown { Outcome::Shared } else { Outcome::Returned };
    if periods.is_empty() {
        return result(receipt, nobody, Vec::new());
    }
    let dates = service_dates(receipt);
    if dates.is_empty() {
        return decide_without_days(receipt, periods, &claimed, nobody);
    }
    let payer = |date: Date| {
        let own = periods.iter().find(|p| p.insured.matches(&claimed) && p.covers(date));
        own.or_else(|| periods.iter().rev().find(|p| p.covers(date)))
    };
    let payers: Option<Vec<&Period>> = dates.iter().map(|date| payer(*date)).collect();
    // Nobody insures one of the days: no successor (CLM-055).
    let Some(payers) = payers else { return result(receipt, nobody, Vec::new()) };
    let parts = parts(receipt, &dates, &payers);
    let own = |part: &Part| part.insured.matches(&claimed);
    let outcome = match parts.as_slice() {
        [one] if own(one) => Outcome::Kept,
        [_] => Outcome::Transferred,
        _ if policy.returns_unequal_share() && unequal(receipt, &dates, &payers, register) => {
            return result(receipt, Outcome::Returned, Vec::new());
        }
        _ => Outcome::Split,
    };
    result(receipt, outcome, parts)
}

/// Without day-level data a receipt can be judged only if one insurer is in question for the
/// whole month; anything else goes back (CLM-052).
fn decide_without_days(
    receipt: &Receipt,
    periods: &[Period],
    claimed: &InsuredKey,
    nobody: Outcome,
) -> ReceiptResult {
    let (first, last) = (receipt.month.first(), receipt.month.last());
    let in_month = |p: &&Period| p.from <= last && p.lost.is_none_or(|lost| first < lost);
    let mut candidates = periods.iter().filter(in_month);
    let outcome = match (candidates.next(), candidates.next()) {
        (Some(only), None) if only.insured.matches(claimed) => Ok((only, Outcome::Kept)),
        (Some(only), None) => Ok((only, Outcome::Transferred)),
        (Some(_), Some(_)) => Err(Outcome::Returned),
        (None, _) => Err(nobody),
    };
    match outcome {
        Ok((payer, outcome)) => {
            let points = i64::from(receipt.points());
            let part = Part { insured: payer.insured.clone(), days: Vec::new(), points };
            result(receipt, outcome, vec![part])
        }
        Err(outcome) => result(receipt, outcome, Vec::new()),
    }
}

fn service_dates(receipt: &Receipt) -> Vec<Date> {
    let marks = receipt.days().into_iter().flat_map(|days| days.marks).zip(1i8..);
    let counted = marks.filter(|(mark, _)| *mark == DayMark::Counted);
    counted.filter_map(|(_, day)| receipt.month.first().with().day(day).build().ok()).collect()
}

fn parts(receipt: &Receipt, dates: &[Date], payers: &[&Period]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (date, payer) in dates.iter().zip(payers) {
        let day = usize::from(date.day().unsigned_abs()) - 1;
        let points: i64 = receipt
            .services()
            .map(|s| i64::from(s.points.unwrap_or(0)) * i64::from(s.per_day[day]))
            .sum();
        let known = parts.iter_mut().find(|p| p.insured == payer.insured);
        match known {
            Some(part) => {
                part.days.push(*date);
                part.points += points;
            }
            None => parts.push(Part { insured: payer.insured.clone(), days: vec![*date], points }),
        }
    }
    parts
}

/// Whether the insurers of a receipt ask different shares, each on its own days (CLM-053).
fn unequal(receipt: &Receipt, dates: &[Date], payers: &[&Period], register: &Register) -> bool {
    let share = |(date, payer): (&Date, &&Period)| {
        payer.ratio_percent.or_else(|| {
            let tariff = register.tariffs().on(*date).ok()?;
            Some(tariff.share_percent(receipt.born, *date, &mut ()))
        })
    };
    let mut shares = dates.iter().zip(payers).map(share);
    let first = shares.next();
    shares.any(|share| Some(share) != first)
}

/// What is wrong with a file, in both languages.
fn both(error: &ClaimError) -> String {
    let Bilingual { ja, en } = error.text();
    format!("{ja} / {en}")
}

impl Party for Clearing {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::Claim(ClaimMessage::HandIn(bytes)) } => {
                self.take_in(now, from, &bytes, out);
            }
            Input::Message { message: Message::CentreAnswer(answer), .. } => {
                self.centre_answered(answer);
            }
            Input::Message {
                message: Message::Order(Order::Programme { institution, application }),
                ..
            } => {
                if let Ok(tariff) = self.register.tariffs().on(now.date()) {
                    let grant = tariff.schemes().grant(now.date(), &application, &mut ());
                    out.send(institution, grant);
                }
            }
            Input::Alarm(Alarm { name: "check", key }) => self.check(now, key, out),
            Input::Alarm(Alarm { name: "centre", key }) => self.ask_again(now, key, out),
            Input::Alarm(Alarm { name: "results", key }) => self.report(key, out),
            _ => {}
        }
    }
}
