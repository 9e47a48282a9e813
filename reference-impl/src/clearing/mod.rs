//! 審査支払機関: takes claims in, checks and reviews them, pays, and hears insurers afterwards
//! (CLM-020…055).
//!
//! One party serves both review bodies, 支払基金 (SIIF) and 国保連合会 (KKR): each has its own
//! counter, rounds and payments here, and only transfers cross between them.

mod asp;
mod case;
mod eligibility;
mod intake;
mod money;
mod objection;
mod reading;
mod review;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::calendar::{Jst, MINUTE, Month};
use crate::ids::InstitutionCode;
use crate::message::centre::{CentreAnswer, CentreRequest, Question, Reply, VerificationCount};
use crate::message::claim::{ClaimMessage, NoResults, PaymentLine, Results, Utilisation};
use crate::message::{Message, Order};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::Register;
use crate::uke::ReviewBody;

use case::{State, Taken};
use objection::Heard;
pub use review::{ReviewEvent, ReviewFinding};

/// How long the centre may take to answer once; it is asked again until the review is over.
const CENTRE_PATIENCE: i64 = 10 * MINUTE;

/// The clearing house.
#[derive(Debug)]
pub struct Clearing {
    register: Arc<Register>,
    /// Institutions that may claim on paper (CLM-027).
    paper: BTreeSet<InstitutionCode>,
    /// What the review finds, by the plan.
    review: Vec<ReviewEvent>,
    /// By desk and the desk's number of the file.
    files: BTreeMap<FileKey, Taken>,
    rounds: BTreeMap<u64, Round>,
    /// Objections of insurers that wait for their review.
    heard: BTreeMap<u64, Heard>,
    asked: BTreeMap<u64, Asked>,
    next: u64,
}

/// A desk and its own number of a file.
type FileKey = (PartyId, u64);

/// What one desk handed in at one body in one month.
#[derive(Debug)]
struct Round {
    from: PartyId,
    body: ReviewBody,
    month: Month,
    /// Whether eligibility was checked, so that what comes later is checked at once.
    checked: bool,
    /// What objections take from its payment.
    set_off: Vec<PaymentLine>,
    /// Verifications by month of service, as the centre counted them.
    verified: BTreeMap<Month, VerificationCount>,
}

#[derive(Debug)]
struct Asked {
    about: About,
    request: CentreRequest,
}

/// What a question to the centre is about.
#[derive(Clone, Copy, Debug)]
enum About {
    /// A receipt, by its place in a file.
    Receipt(FileKey, usize),
    /// The use of the card in a month of service, for a round.
    Use(u64, Month),
    /// An objection.
    Objection(u64),
}

impl Clearing {
    /// A clearing house with nothing on its desk.
    pub fn new(register: Arc<Register>) -> Self {
        Self {
            register,
            paper: BTreeSet::new(),
            review: Vec::new(),
            files: BTreeMap::new(),
            rounds: BTreeMap::new(),
            heard: BTreeMap::new(),
            asked: BTreeMap::new(),
            next: 0,
        }
    }

    /// The same clearing house, which lets these institutions claim on paper (CLM-027).
    #[must_use]
    pub fn exempting(self, paper: BTreeSet<InstitutionCode>) -> Self {
        Self { paper, ..self }
    }

    /// The same clearing house, whose reviewers will find this.
    #[must_use]
    pub fn reviewing(self, review: Vec<ReviewEvent>) -> Self {
        Self { review, ..self }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The round of a desk, a body and the month of `now`, which begins with the first thing
    /// that belongs to it.
    fn round(
        &mut self,
        now: Jst,
        from: PartyId,
        body: ReviewBody,
        month: Month,
        out: &mut Outbox,
    ) -> u64 {
        let mut known = self.rounds.iter();
        let is_it = |round: &Round| (round.from, round.body, round.month) == (from, body, month);
        if let Some((number, _)) = known.find(|(_, round)| is_it(round)) {
            return *number;
        }
        let number = self.number();
        let policy = self.register.on(now.date());
        out.wake(policy.checked_at(month), "check", number);
        out.wake(policy.corrections_end(month), "correction", number);
        out.wake(policy.review_ends(month), "review", number);
        out.wake(policy.paid_at(month), "pay", number);
        let (set_off, verified) = (Vec::new(), BTreeMap::new());
        let round = Round { from, body, month, checked: false, set_off, verified };
        self.rounds.insert(number, round);
        number
    }

    fn ask(
        &mut self,
        now: Jst,
        about: About,
        institution: InstitutionCode,
        question: Question,
        out: &mut Outbox,
    ) {
        let id = self.number();
        let request = CentreRequest { id, institution, question };
        out.send(PartyId::Centre, request.clone());
        out.wake_after(now, CENTRE_PATIENCE, "centre", id);
        self.asked.insert(id, Asked { about, request });
    }

    fn ask_again(&self, now: Jst, id: u64, out: &mut Outbox) {
        if let Some(asked) = self.asked.get(&id) {
            out.send(PartyId::Centre, asked.request.clone());
            out.wake_after(now, CENTRE_PATIENCE, "centre", id);
        }
    }

    fn centre_answered(&mut self, answer: CentreAnswer) {
        let Some(asked) = self.asked.remove(&answer.id) else { return };
        match (answer.reply, asked.about) {
            (Reply::Verifications(count), About::Use(round, month)) => {
                if let Some(round) = self.rounds.get_mut(&round) {
                    round.verified.insert(month, count);
                }
            }
            (Reply::History(history), About::Receipt(file, index)) => {
                let case = self.files.get_mut(&file).and_then(|file| file.cases.get_mut(index));
                if let Some(case) = case.filter(|case| case.state == State::Received) {
                    let verdict = eligibility::judge(&case.receipt, &history, &self.register);
                    case.checked(verdict);
                }
            }
            (Reply::History(history), About::Objection(number)) => {
                if let Some(heard) = self.heard.get_mut(&number) {
                    heard.history = Some(history);
                }
            }
            _ => {}
        }
    }

    /// CLM-023: results can be fetched from the fifth of the next month on, for three months.
    fn fetch(&self, now: Jst, from: PartyId, id: u64, out: &mut Outbox) {
        let none = |why| ClaimMessage::NoResults { id, why };
        let Some(file) = self.files.get(&(from, id)) else {
            return out.send(from, none(NoResults::Unknown));
        };
        let Some(round) = self.rounds.get(&file.round) else {
            return out.send(from, none(NoResults::Unknown));
        };
        let (first, gone) = self.register.on(now.date()).results_kept(round.month);
        let answer = if now < first {
            none(NoResults::NotYet)
        } else if gone <= now {
            none(NoResults::Gone)
        } else {
            let receipts = file.cases.iter().map(|case| case.result.clone()).collect();
            let utilisation = file.month().and_then(|month| self.utilisation(round, month));
            ClaimMessage::Results(Results { id, receipts, utilisation })
        };
        out.send(from, answer);
    }

    /// How much the card was used in a month of service, over both bodies (GEN-010).
    fn utilisation(&self, round: &Round, month: Month) -> Option<Utilisation> {
        let count = round.verified.get(&month)?;
        let files = self.files.iter().filter(|((from, _), _)| *from == round.from);
        let cases = files.flat_map(|(_, file)| &file.cases);
        let of_month =
            |case: &&case::Case| case.receipt.month == month && case.state != State::Replaced;
        let receipts = u32::try_from(cases.filter(of_month).count()).unwrap_or(u32::MAX);
        Some(Utilisation::of(*count, receipts))
    }
}

impl Party for Clearing {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::Claim(claim) } => match claim {
                ClaimMessage::HandIn(hand_in) => self.take_in(now, from, hand_in, out),
                ClaimMessage::Fetch { id } => self.fetch(now, from, id, out),
                ClaimMessage::Objection(objection) => self.hear(now, from, objection, out),
                _ => {}
            },
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
            Input::Alarm(Alarm { name, key }) => match name {
                "check" => self.check(now, key, out),
                "correction" => self.corrections_over(key),
                "review" => self.review_over(key, out),
                "pay" => self.pay(key, out),
                "centre" => self.ask_again(now, key, out),
                _ => {}
            },
            _ => {}
        }
    }
}
