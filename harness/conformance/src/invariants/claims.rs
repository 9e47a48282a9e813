//! Conservation: nothing that was charged gets lost or doubled on its way to the money, and points
//! and yen add up between the counter, the claim files, the results and the payments.
//!
//! It begins with the claims of a month: visits that nobody ever handed in decide nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_reference::calendar::{Jst, Month};
use madoguchi_reference::message::claim::{Outcome, PaymentKind, ReceiptRef, ReceiptResult};
use madoguchi_reference::message::counter::{Arrival, ProofKind};
use madoguchi_reference::message::{Counter, Message, PatientSays};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::register::Register;
use madoguchi_reference::uke::Receipt;
use madoguchi_scenario::FactKey;
use madoguchi_sim::{Trace, What};

use super::Check;
use crate::claim_life::{ClaimLife, FileLife, State};
use crate::facts::Steps;

pub(super) fn checks(trace: &Trace, steps: &Steps<'_>, register: &Register) -> Vec<Check> {
    let life = &steps.claims;
    if life.files.is_empty() {
        return Vec::new();
    }
    let run = Run { life, register, ended: trace.events.last().map(|e| e.at) };
    let mut all = run.come_back();
    all.extend(run.visits(&charged(trace)));
    all.extend(run.terminal());
    all.extend(run.parts());
    all.extend(run.money());
    all
}

/// A visit that was charged.
struct Visit {
    kana: String,
    born: Date,
    date: Date,
    /// The days of the month that it covers: one, or those of a stay.
    days: Vec<Date>,
    points: i64,
    yen: i64,
}

/// Every visit that a claim follows from: where eligibility rests on something.
fn charged(trace: &Trace) -> Vec<Visit> {
    let mut here: BTreeMap<PartyId, (&Arrival, Jst)> = BTreeMap::new();
    let mut visits = Vec::new();
    for event in &trace.events {
        let What::Arrived { from, to, message, .. } = &event.what else { continue };
        match message {
            Message::PatientSays(PatientSays::Arrives(arrival)) => {
                here.insert(*from, (arrival.as_ref(), event.at));
            }
            Message::Counter(Counter::Charge(bill)) => {
                let Some((arrival, at)) = here.get(to) else { continue };
                if bill.basis.is_none_or(|basis: ProofKind| basis == ProofKind::PhotoId) {
                    continue;
                }
                visits.push(Visit {
                    kana: arrival.person.kana.clone(),
                    born: arrival.person.born,
                    date: at.date(),
                    days: days_of(arrival, at.date()),
                    points: bill.lines.iter().map(|line| line.points).sum(),
                    yen: bill.yen,
                });
            }
            _ => {}
        }
    }
    visits
}

/// The days that are charged on a date: that day, or those of a stay since it began or since the
/// first of the month.
fn days_of(arrival: &Arrival, date: Date) -> Vec<Date> {
    let from = arrival.treatment.admitted.unwrap_or(date).max(date.first_of_month());
    from.series(1.day()).take_while(|day| *day <= date).collect()
}

struct Run<'a> {
    life: &'a ClaimLife<'a>,
    register: &'a Register,
    ended: Option<Jst>,
}

/// A patient and a month of service.
type PatientMonth = (String, Date, Month);

impl<'a> Run<'a> {
    fn taken(&self) -> impl Iterator<Item = (u64, &'a FileLife<'a>)> {
        let files = self.life.files.iter().map(|(id, file)| (*id, file));
        files.filter(|(_, file)| file.reception.is_some())
    }

    /// CLM-050: every receipt that was taken in comes back, each under its own name.
    fn come_back(&self) -> Vec<Check> {
        let mut all = Vec::new();
        for (_, file) in self.taken() {
            let must = sorted(file.receipts.iter().map(|r| r.kana.to_string()).collect());
            let seen = file
                .results
                .map(|results| sorted(results.receipts.iter().map(|r| r.kana.clone()).collect()));
            let seen_or_none = seen.clone().unwrap_or_default();
            let fact = FactKey::ClaimReceipts;
            let check = Check::new("CLM-050", file.step, fact, &must, &seen_or_none);
            all.push(Check { unfinished: seen.is_none(), ..check });
        }
        all
    }

    /// CLM-020: of every month that was claimed, each visit stands on exactly one receipt that
    /// counts, with its points.
    fn visits(&self, visits: &[Visit]) -> Vec<Check> {
        let mut of: BTreeMap<PatientMonth, Vec<&Visit>> = BTreeMap::new();
        for visit in visits {
            let key = (visit.kana.clone(), visit.born, Month::of(visit.date));
            of.entry(key).or_default().push(visit);
        }
        let claimed: BTreeMap<Month, usize> = self
            .taken()
            .flat_map(|(_, file)| file.receipts.iter().map(move |r| (r.month, file.step)))
            .collect();
        let mut all = Vec::new();
        for (key, visits) in &of {
            // Only what could have been claimed by then, and was not refused as a whole.
            let Some(step) = claimed.get(&key.2).copied() else { continue };
            if self.is_left_out(key) {
                continue;
            }
            all.extend(self.one_patient(key, visits, step));
        }
        all
    }

    /// Whether a patient's receipts were refused and never handed in again.
    fn is_left_out(&self, key: &PatientMonth) -> bool {
        self.life.files.values().any(|file| {
            file.reception.is_none()
                && (file.receipts.is_empty() || file.receipts.iter().any(|r| is_of(r, key)))
        })
    }

    fn one_patient(&self, key: &PatientMonth, visits: &[&Visit], step: usize) -> Vec<Check> {
        let receipts: Vec<(ReceiptRef, &Receipt, State)> = self
            .taken()
            .flat_map(|(id, file)| {
                file.receipts
                    .iter()
                    .map(move |receipt| (ReceiptRef { file: id, number: receipt.number }, receipt))
            })
            .filter(|(_, receipt)| is_of(receipt, key))
            .map(|(name, receipt)| (name, receipt, self.life.state(name)))
            .collect();
        let counts = |state: State| !matches!(state, State::Corrected | State::Resubmitted);
        // A duplicate that came back never was a claim of its own.
        let duplicate = |name: ReceiptRef| {
            let reason = self.life.result(name).and_then(|result| result.reason);
            reason == Some(madoguchi_reference::message::claim::ReturnReason::Duplicate)
        };
        let live: Vec<&(ReceiptRef, &Receipt, State)> = receipts
            .iter()
            .filter(|(name, _, state)| counts(*state) && !duplicate(*name))
            .collect();
        let days: BTreeSet<Date> = visits.iter().flat_map(|visit| visit.days.clone()).collect();
        let mut all = Vec::new();
        if live.iter().all(|(_, r, _)| !counted(r).is_empty()) {
            let mut on: Vec<i8> = live.iter().flat_map(|(_, r, _)| counted(r)).collect();
            on.sort_unstable();
            let must: Vec<i8> = days.iter().map(|date| date.day()).collect();
            let text = |days: &[i8]| {
                let days: Vec<String> = days.iter().map(ToString::to_string).collect();
                format!("visits on {}", days.join(", "))
            };
            let fact = FactKey::ClaimReceipts;
            all.push(Check::new("CLM-020", step, fact, &text(&must), &text(&on)));
        }
        if live.iter().all(|(_, _, state)| matches!(state, State::Decided | State::Paid)) {
            let points = |of: i64| format!("{of} points");
            let charged: i64 = visits.iter().map(|visit| visit.points).sum();
            let claimed: i64 = live.iter().map(|(_, r, _)| i64::from(r.points())).sum();
            let (fact, must) = (FactKey::PartPoints, points(charged));
            all.push(Check::new("CLM-020", step, fact, &must, &points(claimed)));
            let written: Option<i64> = live.iter().map(|(_, r, _)| self.borne(r)).sum();
            if let Some(written) = written {
                let yen: i64 = visits.iter().map(|visit| visit.yen).sum();
                let (must, seen) = (format!("{yen} yen"), format!("{written} yen"));
                all.push(Check::new("CLM-035", step, FactKey::Pay, &must, &seen));
            }
        }
        all
    }

    /// CLM-024: every receipt ends in a state from which nothing more comes; where the run ends
    /// before the day of the money, nothing is decided.
    fn terminal(&self) -> Vec<Check> {
        let mut all = Vec::new();
        for (id, file) in self.taken() {
            let due =
                file.taken_at.map(|at| self.register.on(at.date()).paid_at(Month::of(at.date())));
            for receipt in &file.receipts {
                let state = self.life.state(ReceiptRef { file: id, number: receipt.number });
                let ends = if state.is_terminal() { "an end" } else { state.word() };
                let fact = FactKey::ClaimState;
                let check = Check::new("CLM-024", file.step, fact, "an end", ends);
                let early = self.ended.zip(due).is_none_or(|(ended, due)| ended < due);
                all.push(Check { unfinished: early && ends != "an end", ..check });
            }
        }
        all
    }

    /// CLM-050, CLM-035: the parts of a receipt and what was taken off make up its points, and
    /// with what the patient bears its price.
    fn parts(&self) -> Vec<Check> {
        let mut all = Vec::new();
        for (id, file) in self.taken() {
            for receipt in &file.receipts {
                let name = ReceiptRef { file: id, number: receipt.number };
                let Some(result) = self.life.result(name) else { continue };
                if matches!(result.outcome, Outcome::Returned | Outcome::Replaced) {
                    continue;
                }
                all.extend(self.one_result(file.step, receipt, result));
            }
        }
        all
    }

    fn one_result(&self, step: usize, receipt: &Receipt, result: &ReceiptResult) -> Vec<Check> {
        let points = |of: i64| format!("{of} points");
        let parts: i64 = result.parts.iter().map(|part| part.points).sum();
        let claimed = receipt.insurance.as_ref().map_or(0, |insurance| i64::from(insurance.points));
        let (must, seen) = (points(claimed), points(parts + result.adjusted_points));
        let mut all = vec![Check::new("CLM-050", step, FactKey::PartPoints, &must, &seen)];
        if let Some(borne) = self.borne(receipt).filter(|_| result.adjusted_points == 0) {
            let price = self.price(receipt);
            let yen = |of: i64| format!("{of} yen");
            let must = yen(price);
            let seen = yen(result.yen() + borne);
            all.push(Check::new("CLM-035", step, FactKey::PartYen, &must, &seen));
        }
        all
    }

    /// What a receipt costs, in yen.
    fn price(&self, receipt: &Receipt) -> i64 {
        let tariff = self.register.on(receipt.month.last()).tariff();
        tariff.map_or(0, |tariff| tariff.cost_yen(i64::from(receipt.points())))
    }

    /// What the receipt says the patient bears: what the insurance leaves, less what public
    /// payers take over of it. Nothing, where it does not say.
    fn borne(&self, receipt: &Receipt) -> Option<i64> {
        let left = match &receipt.insurance {
            Some(insurance) => i64::from(insurance.charged_yen?),
            None => self.price(receipt),
        };
        let yen = |written: Option<u32>| i64::from(written.unwrap_or(0));
        let publics = receipt.publics.iter().map(|public| {
            yen(public.outpatient_yen) + yen(public.inpatient_yen) - yen(public.charged_yen)
        });
        Some(left - publics.sum::<i64>())
    }

    /// CLM-035: every receipt that was decided is paid once, with the yen of its parts, and the
    /// lines of a payment make up its sum.
    fn money(&self) -> Vec<Check> {
        let mut all = Vec::new();
        let yen = |of: i64| format!("{of} yen");
        for (id, file) in self.taken() {
            for receipt in &file.receipts {
                let name = ReceiptRef { file: id, number: receipt.number };
                let lines = self.life.lines(name);
                let paid: Vec<i64> = lines
                    .filter(|(_, line)| line.kind == PaymentKind::Paid)
                    .map(|(_, line)| line.yen)
                    .collect();
                let Some(result) = self.life.result(name) else { continue };
                let decided = !matches!(result.outcome, Outcome::Returned | Outcome::Replaced);
                let must = if decided { yen(result.yen()) } else { "nothing".to_owned() };
                let seen = match paid.as_slice() {
                    [] => "nothing".to_owned(),
                    all => all.iter().map(|of| yen(*of)).collect::<Vec<_>>().join(" and "),
                };
                // Whether it is paid at all in time is another question.
                if !(decided && paid.is_empty()) {
                    let fact = FactKey::PaidYen;
                    all.push(Check::new("CLM-035", file.step, fact, &must, &seen));
                }
            }
        }
        for (_, payment) in &self.life.payments {
            let sum: i64 = payment.lines.iter().map(|line| line.yen).sum();
            let first =
                payment.lines.first().and_then(|line| self.life.files.get(&line.receipt.file));
            let step = first.map_or(0, |file| file.step);
            let fact = FactKey::PaymentYen;
            all.push(Check::new("CLM-035", step, fact, &yen(sum), &yen(payment.yen)));
        }
        all
    }
}

fn is_of(receipt: &Receipt, (kana, born, month): &PatientMonth) -> bool {
    &*receipt.kana == kana.as_str() && (&receipt.born, &receipt.month) == (born, month)
}

/// The days of the month on which a receipt counts the patient.
fn counted(receipt: &Receipt) -> Vec<i8> {
    use madoguchi_reference::uke::DayMark;
    let marks = receipt.days().into_iter().flat_map(|days| days.marks).zip(1i8..);
    marks.filter(|(mark, _)| *mark == DayMark::Counted).map(|(_, day)| day).collect()
}

fn sorted(mut names: Vec<String>) -> String {
    names.sort();
    names.join(", ")
}
