//! A receipt held against the register of insured persons as known now: kept, moved, split or
//! returned (CLM-050…055, CLM-010, CLM-038).

use jiff::civil::Date;

use super::reading::{confirmation_written, is_inpatient, points_on, service_dates};
use crate::ids::InsuredKey;
use crate::message::centre::{History, HistoryKey, Period};
use crate::message::claim::{Outcome, ReturnReason};
use crate::register::{Policy, Register};
use crate::uke::{Confirmation, Receipt};
use crate::wire::LossReason;

/// What the check of eligibility says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    pub(super) confirmation: Option<Confirmation>,
    /// Why it goes back, if it does.
    pub(super) reason: Option<ReturnReason>,
    /// Who pays for what; empty where it goes back or is shared.
    pub(super) shares: Vec<Share>,
}

/// What one insurer pays for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Share {
    pub(super) insured: InsuredKey,
    pub(super) days: Vec<Date>,
    pub(super) points: i64,
    /// The patient's share in percent, as this insurer has it.
    pub(super) percent: Option<u8>,
}

impl Verdict {
    /// What stays as it was claimed.
    pub(super) fn unchecked(receipt: &Receipt) -> Self {
        // Public payers alone leave nothing to an insurer.
        let insured = receipt.insured_key();
        let shares = insured.map(|insured| whole(receipt, insured, None)).unwrap_or_default();
        Self { outcome: Outcome::Kept, confirmation: None, reason: None, shares }
    }

    fn returned(reason: ReturnReason, confirmation: Confirmation) -> Self {
        Self {
            outcome: Outcome::Returned,
            confirmation: Some(confirmation),
            reason: Some(reason),
            shares: Vec::new(),
        }
    }
}

fn whole(receipt: &Receipt, insured: InsuredKey, percent: Option<u8>) -> Vec<Share> {
    let (days, points) = (service_dates(receipt), i64::from(receipt.points()));
    vec![Share { insured, days, points, percent }]
}

/// What the clearing house asks the centre about a receipt.
pub(super) fn history_key(receipt: &Receipt, policy: &Policy<'_>) -> HistoryKey {
    let insured = receipt.insured_key().filter(|key| !policy.is_unknown_insurer(&key.insurer));
    HistoryKey { insured, kana: receipt.kana.to_string(), born: receipt.born }
}

/// Judges a receipt by the periods of its person as registered now, under the rules of its month
/// of service (GEN-003).
pub(super) fn judge(receipt: &Receipt, history: &History, register: &Register) -> Verdict {
    let policy = register.on(receipt.month.last());
    let claimed = receipt.insured_key().unwrap_or_default();
    let check = Check { receipt, periods: &history.periods, claimed: &claimed, policy, register };
    if receipt.insurance.is_none() {
        // Public-expense payers alone: there is no insurance to be checked.
        return Verdict::unchecked(receipt);
    }
    if history.periods.is_empty() {
        return check.nobody(history.several);
    }
    let dates = service_dates(receipt);
    if dates.is_empty() { check.without_days() } else { check.by_days(&dates) }
}

struct Check<'a> {
    receipt: &'a Receipt,
    periods: &'a [Period],
    claimed: &'a InsuredKey,
    policy: Policy<'a>,
    register: &'a Register,
}

impl<'a> Check<'a> {
    fn unknown(&self) -> bool {
        self.policy.is_unknown_insurer(&self.claimed.insurer)
    }

    /// Nobody fits, or more than one person does. An unknown receipt is paid all the same
    /// (CLM-009).
    fn nobody(&self, several: bool) -> Verdict {
        if self.unknown() {
            return self.shared();
        }
        let reason = if several { ReturnReason::SeveralPeople } else { ReturnReason::WrongNumber };
        Verdict::returned(reason, Confirmation::Unconfirmed)
    }

    fn shared(&self) -> Verdict {
        let shares = whole(self.receipt, InsuredKey::default(), None);
        Verdict { outcome: Outcome::Shared, confirmation: None, reason: None, shares }
    }

    /// Who insures a day: the insurer on the receipt as long as it does, else the newest one
    /// (CLM-010, CLM-051).
    fn payer(&self, date: Date) -> Option<&'a Period> {
        let own = self.periods.iter().find(|p| p.insured.matches(self.claimed) && p.covers(date));
        own.or_else(|| self.periods.iter().rev().find(|p| p.covers(date)))
    }

    fn by_days(&self, dates: &[Date]) -> Verdict {
        let payers: Option<Vec<&Period>> = dates.iter().map(|date| self.payer(*date)).collect();
        let Some(payers) = payers else { return self.uninsured(dates) };
        let shares = self.shares(dates, &payers);
        match shares.as_slice() {
            [one] if one.insured.matches(self.claimed) => self.kept(shares),
            [_] => self.moved(Outcome::Transferred, shares),
            _ if is_inpatient(self.receipt) => {
                Verdict::returned(ReturnReason::Inpatient, Confirmation::Lost)
            }
            _ if self.policy.returns_unequal_share() && unequal(&shares) => {
                Verdict::returned(ReturnReason::UnequalShare, Confirmation::Lost)
            }
            _ => self.moved(Outcome::Split, shares),
        }
    }

    fn shares(&self, dates: &[Date], payers: &[&Period]) -> Vec<Share> {
        let mut shares: Vec<Share> = Vec::new();
        for (date, payer) in dates.iter().zip(payers) {
            let points = points_on(self.receipt, *date);
            match shares.iter_mut().find(|share| share.insured == payer.insured) {
                Some(share) => {
                    share.days.push(*date);
                    share.points += points;
                }
                None => shares.push(Share {
                    insured: payer.insured.clone(),
                    days: vec![*date],
                    points,
                    percent: self.percent(payer, *date),
                }),
            }
        }
        // Points that no day claims, such as those of a month, stay with the first insurer.
        let rest = i64::from(self.receipt.points()) - shares.iter().map(|s| s.points).sum::<i64>();
        if let Some(first) = shares.first_mut() {
            first.points += rest;
        }
        shares
    }

    /// The share that an insurer asks: what it registered, else what follows from the age.
    fn percent(&self, payer: &Period, date: Date) -> Option<u8> {
        let by_age = || {
            let tariff = self.register.tariffs().on(date).ok()?;
            Some(tariff.share_percent(self.receipt.born, date, &mut ()))
        };
        payer.ratio_percent.or_else(by_age)
    }

    fn kept(&self, shares: Vec<Share>) -> Verdict {
        let written = confirmation_written(self.receipt);
        let branch = shares.first().is_some_and(|share| !share.insured.branch.is_empty());
        let confirmation = if self.claimed.branch.is_empty() && branch {
            Confirmation::BranchIdentified
        } else if written == Some(Confirmation::Valid) {
            Confirmation::Valid
        } else {
            Confirmation::NoChange
        };
        let confirmation = Some(confirmation);
        Verdict { outcome: Outcome::Kept, confirmation, reason: None, shares }
    }

    fn moved(&self, outcome: Outcome, shares: Vec<Share>) -> Verdict {
        let publics = !self.receipt.publics.is_empty();
        if publics && self.policy.publics_are_not_moved() && !self.unknown() {
            return Verdict::returned(ReturnReason::PublicPayer, Confirmation::Lost);
        }
        let confirmation = Some(match outcome {
            Outcome::Split => Confirmation::Split,
            _ => Confirmation::Transferred,
        });
        Verdict { outcome, confirmation, reason: None, shares }
    }

    /// Nobody insures one of the days: no successor (CLM-055).
    fn uninsured(&self, dates: &[Date]) -> Verdict {
        if self.unknown() {
            return self.shared();
        }
        let uninsured = dates.iter().find(|date| self.payer(**date).is_none());
        self.lost(uninsured.copied())
    }

    fn lost(&self, date: Option<Date>) -> Verdict {
        let mut own = self.periods.iter().rev().filter(|p| p.insured.matches(self.claimed));
        let period = own.next();
        let collected = period.and_then(|p| p.collected);
        let confirmation = if period.is_some_and(|p| p.loss_reason == Some(LossReason::Death)) {
            Confirmation::Death
        } else if collected.zip(date).is_some_and(|(collected, date)| collected < date) {
            Confirmation::AfterCollection
        } else {
            Confirmation::Lost
        };
        if self.policy.charges_lost_eligibility() {
            let percent = period.zip(date).and_then(|(period, date)| self.percent(period, date));
            let shares = whole(self.receipt, self.claimed.clone(), percent);
            let confirmation = Some(confirmation);
            return Verdict { outcome: Outcome::Kept, confirmation, reason: None, shares };
        }
        Verdict::returned(ReturnReason::NoSuccessor, confirmation)
    }

    /// Without day-level data a receipt can be judged only if one insurer is in question for the
    /// whole month; anything else goes back (CLM-052).
    fn without_days(&self) -> Verdict {
        let (first, last) = (self.receipt.month.first(), self.receipt.month.last());
        let in_month = |p: &&Period| p.from <= last && p.lost.is_none_or(|lost| first < lost);
        let mut candidates = self.periods.iter().filter(in_month);
        match (candidates.next(), candidates.next()) {
            (Some(only), None) => {
                let percent = self.percent(only, first);
                let shares = whole(self.receipt, only.insured.clone(), percent);
                if only.insured.matches(self.claimed) {
                    self.kept(shares)
                } else {
                    self.moved(Outcome::Transferred, shares)
                }
            }
            (Some(_), Some(_)) => Verdict::returned(ReturnReason::NoDayData, Confirmation::Lost),
            (None, _) if self.unknown() => self.shared(),
            (None, _) => self.lost(None),
        }
    }
}

/// Whether the insurers of a receipt ask different shares, each on its own days (CLM-053).
fn unequal(shares: &[Share]) -> bool {
    shares.windows(2).any(|pair| pair[0].percent != pair[1].percent)
}
