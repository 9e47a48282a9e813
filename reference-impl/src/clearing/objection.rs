//! What insurers object to after payment (再審査・過誤): CLM-037, codes 11 to 14 of CLM-054.

use crate::calendar::{Jst, Month};
use crate::message::centre::{History, Question};
use crate::message::claim::{
    ClaimMessage, Ground, Objected, Objection, ObjectionAnswer, Outcome, Part, PaymentKind,
    PaymentLine, ReceiptRef,
};
use crate::party::{Outbox, PartyId};
use crate::uke::Confirmation;

use super::case::{Case, State};
use super::eligibility::{Verdict, history_key, judge};
use super::money::settle;
use super::{About, Clearing, FileKey};

/// An objection that waits for its review.
#[derive(Debug)]
pub(super) struct Heard {
    /// The insurer.
    from: PartyId,
    /// The receipt.
    file: FileKey,
    receipt: ReceiptRef,
    ground: Ground,
    /// The round in whose review it is decided, and out of whose payment it is settled.
    round: u64,
    /// What the register of insured persons says now.
    pub(super) history: Option<History>,
}

/// What an objection comes to.
struct Decision {
    answer: ObjectionAnswer,
    confirmation: Option<Confirmation>,
    line: Option<PaymentLine>,
    parts: Vec<Part>,
}

impl Decision {
    fn rejected(confirmation: Option<Confirmation>) -> Self {
        let answer = ObjectionAnswer::Rejected;
        Self { answer, confirmation, line: None, parts: Vec::new() }
    }
}

impl Clearing {
    pub(super) fn hear(&mut self, now: Jst, from: PartyId, objection: Objection, out: &mut Outbox) {
        let is_it = |case: &Case| {
            let receipt = &case.receipt;
            case.state == State::Paid
                && receipt.month == objection.month
                && receipt.kana == objection.kana
                && receipt.born == objection.born
                && case.result.parts.iter().any(|p| p.insured.insurer == objection.insurer)
        };
        let found = self.files.iter().find_map(|(key, file)| {
            let case = file.cases.iter().find(|case| is_it(case))?;
            let question =
                Question::History(history_key(&case.receipt, &self.register.on(now.date())));
            let receipt = ReceiptRef { file: key.1, number: case.receipt.number };
            Some((*key, receipt, file.digest.to, file.institution.clone(), question))
        });
        let Some((file, receipt, body, institution, question)) = found else {
            return out.send(from, ClaimMessage::Objected(not_paid()));
        };
        // What comes after a month's review waits for the next one.
        let this = Month::of(now.date());
        let over = self.register.on(now.date()).review_ends(this) <= now;
        let month = if over { this.plus(1) } else { this };
        let round = self.round(now, file.0, body, month, out);
        let number = self.number();
        let ground = objection.ground;
        self.heard.insert(number, Heard { from, file, receipt, ground, round, history: None });
        if ground == Ground::Eligibility {
            self.ask(now, About::Objection(number), institution, question, out);
        }
    }

    /// The review of a round is over: the objections that came in time are decided.
    pub(super) fn objections_over(&mut self, round: u64, out: &mut Outbox) {
        let mine = self.heard.iter().filter(|(_, heard)| heard.round == round);
        let numbers: Vec<u64> = mine.map(|(number, _)| *number).collect();
        for number in numbers {
            let Some(heard) = self.heard.remove(&number) else { continue };
            self.asked
                .retain(|_, asked| !matches!(asked.about, About::Objection(n) if n == number));
            let decision = self.decide_objection(&heard);
            let set_off_yen = decision.line.map_or(0, |line| -line.yen);
            if let (Some(line), Some(round)) = (decision.line, self.rounds.get_mut(&round)) {
                round.set_off.push(line);
            }
            out.send(
                heard.from,
                ClaimMessage::Objected(Objected {
                    receipt: Some(heard.receipt),
                    answer: decision.answer,
                    confirmation: decision.confirmation,
                    parts: decision.parts,
                    set_off_yen,
                }),
            );
        }
    }

    fn decide_objection(&mut self, heard: &Heard) -> Decision {
        let register = std::sync::Arc::clone(&self.register);
        let Some(case) = self.case_mut(heard.file.0, heard.receipt) else {
            return Decision::rejected(None);
        };
        if case.state != State::Paid {
            return Decision::rejected(None);
        }
        match (heard.ground, &heard.history) {
            (Ground::Points(points), _) => {
                let all = case.result.adjusted_points + points;
                let before = case.result.yen();
                let (points_before, month) = (case.result.adjusted_points, case.receipt.month);
                let Some(verdict) = case.verdict.clone() else { return Decision::rejected(None) };
                let most = verdict.shares.iter().map(|share| share.points).sum();
                case.result.adjusted_points = all.clamp(0, most);
                let policy = register.on(month.last());
                let adjusted = case.result.adjusted_points;
                (case.result.parts, case.result.publics) =
                    settle(&case.receipt, &verdict.shares, adjusted, &policy);
                let yen = case.result.yen() - before;
                let line = PaymentLine {
                    receipt: heard.receipt,
                    kind: PaymentKind::Adjusted,
                    points: points_before - adjusted,
                    yen,
                };
                let (answer, parts) = (ObjectionAnswer::Adjusted, case.result.parts.clone());
                Decision { answer, confirmation: None, line: Some(line), parts }
            }
            (Ground::Eligibility, Some(history)) => {
                let verdict = judge(&case.receipt, history, &register);
                eligibility_decided(case, heard.receipt, verdict, &register)
            }
            // No answer is not a "no": it stays as it is.
            (Ground::Eligibility, None) => Decision::rejected(None),
        }
    }
}

/// What an objection to eligibility comes to, by what the register of insured persons says now.
fn eligibility_decided(
    case: &mut Case,
    receipt: ReceiptRef,
    verdict: Verdict,
    register: &crate::register::Register,
) -> Decision {
    let moved = |confirmation, case: &mut Case| {
        let before = case.result.yen();
        let policy = register.on(case.receipt.month.last());
        let adjusted = case.result.adjusted_points;
        (case.result.parts, case.result.publics) =
            settle(&case.receipt, &verdict.shares, adjusted, &policy);
        let parts = case.result.parts.clone();
        let yen = case.result.yen() - before;
        let kind = PaymentKind::Adjusted;
        let line = (yen != 0).then_some(PaymentLine { receipt, kind, points: 0, yen });
        case.verdict = Some(verdict.clone());
        let (answer, confirmation) = (ObjectionAnswer::Moved, Some(confirmation));
        Decision { answer, confirmation, line, parts }
    };
    match verdict.outcome {
        Outcome::Transferred => moved(Confirmation::ReclaimTransferred, case),
        Outcome::Split => moved(Confirmation::ReclaimSplit, case),
        Outcome::Returned => {
            let points = case.result.adjusted_points - i64::from(case.receipt.points());
            let (yen, kind) = (-case.result.yen(), PaymentKind::TakenBack);
            if let Some(reason) = verdict.reason {
                case.give_back(reason);
            }
            case.state = State::TakenBack;
            let answer = ObjectionAnswer::Returned;
            let confirmation = Some(Confirmation::ReclaimUnchanged);
            let line = Some(PaymentLine { receipt, kind, points, yen });
            Decision { answer, confirmation, line, parts: Vec::new() }
        }
        _ if verdict.confirmation == Some(Confirmation::BranchIdentified) => {
            Decision::rejected(Some(Confirmation::ReclaimBranchIdentified))
        }
        _ => Decision::rejected(Some(Confirmation::ReclaimUnchanged)),
    }
}

fn not_paid() -> Objected {
    Objected {
        receipt: None,
        answer: ObjectionAnswer::NotPaid,
        confirmation: None,
        parts: Vec::new(),
        set_off_yen: 0,
    }
}
