//! Public payers on a receipt: KO in the order of payment, SN and JD of each, and 負担区分 of every
//! service (CLM-070, CLM-072, CLM-075).

use jiff::civil::Date;

use super::super::Encounter;
use super::super::ledger::ClaimNumber;
use super::super::payers::{PUBLIC_PAYERS_MAX, PublicShare};
use crate::fee::Setting;
use crate::ids::BranchNumber;
use crate::message::BillLine;
use crate::register::Policy;
use crate::uke::{Check, Confirmation, DayMarks, Entry, PublicPayer, burden_of};

/// The public payers of the visits on one receipt, in the order in which they pay.
pub(super) struct Publics<'a> {
    payers: Vec<OnReceipt<'a>>,
}

/// One of them.
struct OnReceipt<'a> {
    share: &'a PublicShare,
    setting: Setting,
    days: Vec<Date>,
    points: i64,
    found_yen: i64,
    leaves_yen: i64,
    confirmed: bool,
}

impl<'a> Publics<'a> {
    pub(super) fn of(visits: &[&'a Encounter], policy: &Policy<'_>) -> Self {
        let mut payers: Vec<OnReceipt<'_>> = Vec::new();
        let shares = visits.iter().flat_map(|visit| visit.publics.iter().map(|s| (*visit, s)));
        for (visit, share) in shares {
            let place = payers.iter().position(|payer| is_same(payer.share, share));
            let place = place.unwrap_or_else(|| {
                payers.push(OnReceipt::new(share, visit.setting));
                payers.len() - 1
            });
            payers[place].add(visit, share);
        }
        policy.sort_payers(&mut payers, |payer| &payer.share.payer);
        payers.truncate(PUBLIC_PAYERS_MAX);
        Self { payers }
    }

    pub(super) fn count(&self) -> u8 {
        u8::try_from(self.payers.len()).unwrap_or(u8::MAX)
    }

    /// KO.
    pub(super) fn records(&self) -> Vec<PublicPayer> {
        self.payers.iter().map(OnReceipt::record).collect()
    }

    /// SN: a certificate that an answer told of is confirmed, one on paper is not.
    pub(super) fn checks(&self) -> impl Iterator<Item = Entry> {
        (2..).zip(&self.payers).map(|(kind, payer)| {
            let known = payer.confirmed;
            let mark = if known { Confirmation::Valid } else { Confirmation::Unconfirmed };
            Check::new(kind, mark, BranchNumber::default()).into()
        })
    }

    /// JD.
    pub(super) fn days(&self, day_level: bool) -> impl Iterator<Item = Entry> {
        (2..).zip(&self.payers).map(move |(payer_kind, payer)| {
            let days = if day_level { payer.days.as_slice() } else { &[] };
            DayMarks { payer_kind, ..DayMarks::counted_on(days) }.into()
        })
    }

    /// 負担区分 of a service of a visit.
    pub(super) fn burden(&self, visit: &Encounter, line: &BillLine) -> &'static str {
        let insured = u8::from(visit.number != ClaimNumber::PublicAlone);
        let mut bits = insured;
        for (place, payer) in self.payers.iter().enumerate() {
            let pays = visit.publics.iter().any(|share| is_same(share, payer.share));
            if pays && line.is_under(payer.share.law()) {
                bits |= 2 << place;
            }
        }
        burden_of(bits).unwrap_or_default()
    }
}

impl<'a> OnReceipt<'a> {
    fn new(share: &'a PublicShare, setting: Setting) -> Self {
        let (days, points, found_yen, leaves_yen) = (Vec::new(), 0, 0, 0);
        Self { share, setting, days, points, found_yen, leaves_yen, confirmed: true }
    }

    fn add(&mut self, visit: &Encounter, share: &PublicShare) {
        self.days.extend(visit.days());
        self.points += share.points;
        self.found_yen += share.pays_yen + share.leaves_yen;
        self.leaves_yen += share.leaves_yen;
        self.confirmed &= share.confirmed;
    }

    fn record(&self) -> PublicPayer {
        let found = u32::try_from(self.found_yen).ok();
        let (outpatient_yen, inpatient_yen) = match self.setting {
            Setting::Outpatient => (found, None),
            Setting::Inpatient => (None, found),
        };
        PublicPayer {
            payer: self.share.payer.clone(),
            recipient: self.share.recipient.clone(),
            days: u8::try_from(DayMarks::counted_on(&self.days).counted()).unwrap_or(u8::MAX),
            points: u32::try_from(self.points).unwrap_or(u32::MAX),
            charged_yen: u32::try_from(self.leaves_yen).ok(),
            outpatient_yen,
            inpatient_yen,
            ..PublicPayer::default()
        }
    }
}

fn is_same(one: &PublicShare, other: &PublicShare) -> bool {
    (&one.payer, &one.recipient) == (&other.payer, &other.recipient)
}
