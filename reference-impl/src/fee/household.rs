//! 世帯合算: what a household gets back when the shares of a month add up (FEE-063).

use serde::{Deserialize, Serialize};

use super::Yen;
use super::limit::{Limit, LimitClass, Setting, first_month};
use super::read::{FigureError, Figures};
use super::reason::Reasons;
use super::tariff::Tariff;
use crate::lang::Bilingual;

/// The receipts of a household in one month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Household {
    /// The class of the household; where it holds people of 70 and over only, their class.
    pub class: LimitClass,
    /// The class of those of 70 and over.
    #[serde(default)]
    pub elderly_class: Option<LimitClass>,
    /// As in [`Limit`].
    #[serde(default = "first_month")]
    pub nth_month: u8,
    /// What was paid.
    pub receipts: Vec<HouseholdReceipt>,
}

/// What somebody paid on one receipt: one facility, outpatient or inpatient, medical or dental.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdReceipt {
    /// A number for the person, so that their outpatient receipts are added up.
    #[serde(default)]
    pub person: u16,
    /// Whether the person is 70 or over.
    #[serde(default)]
    pub elderly: bool,
    /// Outpatient or inpatient.
    #[serde(default)]
    pub setting: Setting,
    /// Whether it is the month of the person's 75th birthday.
    #[serde(default)]
    pub halved: bool,
    /// The cost, in yen.
    pub cost_yen: Yen,
    /// The share paid, in yen.
    pub paid_yen: Yen,
}

/// FEE-063: below which share a receipt of somebody under 70 does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Counted {
    from_yen: Yen,
    from_halved_yen: Yen,
}

impl Counted {
    pub(super) fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("FEE-063") else { return Ok(None) };
        Ok(Some(Self {
            from_yen: rule.number("counted_from_yen")?,
            from_halved_yen: rule.number("counted_from_halved_yen")?,
        }))
    }

    fn counts(&self, receipt: &HouseholdReceipt) -> bool {
        let from = if receipt.halved { self.from_halved_yen } else { self.from_yen };
        receipt.elderly || from <= receipt.paid_yen
    }
}

impl Tariff {
    /// FEE-063: what the household gets back, in yen. First the outpatient shares of each person
    /// of 70 and over are held against the limit of one person, then all their shares against
    /// the limit of their household, then what is left with the counted shares of the younger
    /// ones against the limit of the whole household.
    pub fn household_refund_yen(
        &self,
        household: &Household,
        reasons: &mut impl Reasons,
    ) -> Option<Yen> {
        let counted = self.counted.as_ref()?;
        let elderly = household.elderly_class.unwrap_or(household.class);
        let left_of_elderly = self.elderly_left_yen(household, elderly);
        let receipts = household.receipts.iter().filter(|r| counted.counts(r));
        let (cost, paid) = sums(receipts.clone());
        let young: Yen = receipts.filter(|r| !r.elderly).map(|r| r.paid_yen).sum();
        let limit = self.household_limit_yen(limit_of(household, household.class), cost);
        let left = left_of_elderly.saturating_add(young).min(limit);
        let refund = paid.saturating_sub(left);
        reasons.because("FEE-063", || {
            Bilingual::new(
                format!("合算の対象は{paid}円、世帯の限度額は{limit}円。負担として残るのは{left}円で、{refund}円を払い戻す"),
                format!("shares that count: {paid} yen; limit of the household: {limit} yen; {left} yen remain to be borne and {refund} yen are paid back"),
            )
        });
        Some(refund)
    }

    /// What those of 70 and over bear after the limits of their own.
    fn elderly_left_yen(&self, household: &Household, class: LimitClass) -> Yen {
        let elderly = || household.receipts.iter().filter(|r| r.elderly);
        let limit = limit_of(household, class);
        let mut people: Vec<u16> = elderly().map(|r| r.person).collect();
        people.sort_unstable();
        people.dedup();
        let left = people.into_iter().map(|person| {
            let own = elderly().filter(move |r| r.person == person);
            let outpatient = own.clone().filter(|r| r.setting == Setting::Outpatient);
            let limit = Limit { halved: own.clone().any(|r| r.halved), ..limit };
            let (cost, paid) = sums(outpatient);
            let cap = self.limit_yen(limit, Setting::Outpatient, cost, &mut ());
            let inpatient: Yen =
                own.filter(|r| r.setting == Setting::Inpatient).map(|r| r.paid_yen).sum();
            paid.min(cap.unwrap_or(Yen::MAX)).saturating_add(inpatient)
        });
        let left: Yen = left.sum();
        left.min(self.household_limit_yen(limit, sums(elderly()).0))
    }
}

fn limit_of(household: &Household, class: LimitClass) -> Limit {
    Limit { nth_month: household.nth_month, ..Limit::of(class) }
}

fn sums<'a>(receipts: impl Iterator<Item = &'a HouseholdReceipt>) -> (Yen, Yen) {
    receipts.fold((0, 0), |(cost, paid), r| {
        (cost.saturating_add(r.cost_yen), paid.saturating_add(r.paid_yen))
    })
}
