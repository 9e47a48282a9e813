//! What a patient pays at this counter for a visit or a stay: the share, up to the limit of the
//! month and what the relief measure leaves, as far as one facility's own receipt reaches them
//! (FEE-056, FEE-060…073).

use super::{Chart, Desk, Encounter, key_of};
use crate::calendar::Month;
use crate::fee::{Charge, Limit, LimitClass, MonthSoFar, Setting, Tariff};
use crate::message::bill::Capped;

/// What the insurance leaves to the patient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Due {
    /// In yen.
    pub(super) yen: i64,
    /// The limit of the month; none where nobody knows the class.
    pub(super) limit: Option<Limit>,
    /// What made it less than the share.
    pub(super) capped: Capped,
}

impl Desk {
    /// What the insurance of `chart` leaves of a visit that is not in the ledger yet. Without a
    /// chart nobody knows a class, and there is no limit.
    pub(super) fn due(&self, visit: &Encounter, chart: Option<&Chart>, tariff: &Tariff) -> Due {
        let limit = chart.and_then(|chart| self.limit(visit, chart, tariff));
        let so_far = self.month_so_far(visit, tariff);
        let cost_yen = tariff.cost_yen(visit.points());
        let charge = Charge { cost_yen, percent: visit.percent, setting: visit.setting, limit };
        let yen = tariff.at_counter(&so_far, &charge, &mut ());
        let share = tariff.at_counter(&so_far, &Charge { limit: None, ..charge }, &mut ());
        let month = so_far.and(cost_yen, yen);
        let most =
            limit.and_then(|limit| tariff.limit_yen(limit, visit.setting, month.cost_yen, &mut ()));
        let capped = match most {
            _ if yen >= share => Capped::No,
            Some(most) if month.paid_yen >= most => Capped::Limit,
            _ => Capped::Relief,
        };
        Due { yen, limit, capped }
    }

    /// What the same receipt has come to before (FEE-064).
    fn month_so_far(&self, visit: &Encounter, tariff: &Tariff) -> MonthSoFar {
        let Some(receipt) = visit.receipt() else { return MonthSoFar::default() };
        // Most of the ledger is about others, and its keys need not be made.
        let own = |e: &&Encounter| {
            e.person.born == visit.person.born && e.person.kana == visit.person.kana
        };
        let earlier = self.ledger.iter().filter(own);
        let earlier = earlier.filter(|e| e.receipt().as_ref() == Some(&receipt));
        earlier.fold(MonthSoFar::default(), |so_far, e| {
            so_far.and(tariff.cost_yen(e.points()), e.left_yen)
        })
    }

    /// The limit of the month: of the class in the answer, if it is one for that age, and from 70
    /// on of the class that goes with the share.
    fn limit(&self, visit: &Encounter, chart: &Chart, tariff: &Tariff) -> Option<Limit> {
        let (born, date) = (visit.person.born, visit.date);
        let late = chart.insured.insurer.is_late_elderly();
        let elderly = late || tariff.age_class(born, date).is_elderly();
        let given = chart.limit.map(LimitClass::from).filter(|c| c.is_elderly() == elderly);
        let by_share = elderly.then(|| LimitClass::of_elderly_share(visit.percent, late));
        let class = given.or(by_share)?;
        // Who was in the late-stage scheme before the birthday changes nothing with it.
        let joined_before = late && chart.since.is_some_and(|since| since < date.first_of_month());
        let halved = tariff.halves_limits(born, date) && !joined_before;
        let nth_month = tariff.nth_month(Month::of(date), &self.benefit_months(visit));
        Some(Limit { class, halved, nth_month })
    }

    /// Other months in which the limit was reached here, as far as they count (FEE-062).
    fn benefit_months(&self, visit: &Encounter) -> Vec<Month> {
        let person = key_of(&visit.person);
        let counts = |e: &&Encounter| {
            e.capped == Capped::Limit
                && key_of(&e.person) == person
                && e.number.insurer() == visit.number.insurer()
                && !is_outpatient_limit(e)
        };
        let here = self.ledger.iter().filter(counts).map(|e| Month::of(e.date));
        let before = self.histories.get(&person).map(|h| h.benefit_months.as_slice());
        let mut months: Vec<Month> =
            here.chain(before.unwrap_or_default().iter().copied()).collect();
        months.sort_unstable();
        months.dedup();
        months
    }
}

/// 外来特例: the limit on one elderly person's outpatient care is not the limit of the household,
/// and a month in which it is reached does not count.
fn is_outpatient_limit(visit: &Encounter) -> bool {
    let own_row = |limit: Limit| {
        use LimitClass::{General, General1, General2, Low1, Low2};
        matches!(limit.class, General | General1 | General2 | Low1 | Low2)
    };
    visit.setting == Setting::Outpatient && visit.limit.is_some_and(own_row)
}
