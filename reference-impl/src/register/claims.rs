//! The life of a claim: when it is handed in, checked, decided and paid.

use jiff::civil::{Date, Weekday};

use super::Policy;
use crate::calendar::{HOUR, Jst, Month, add_months, day_before};
use crate::ids::InsurerNumber;
use crate::numbers::InsuranceGroup;
use crate::uke::ReviewBody;

/// What unknown receipts that nobody is found for are shared by (CLM-009).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SharedBy {
    /// By the receipts that insurers pay in the same month.
    Receipts,
    /// By the points of these receipts.
    Points,
}

impl Policy<'_> {
    /// CLM-021: whether claims may be handed in at this day of the month and hour.
    pub fn submission_open(&self, day: i8, hour: i8) -> bool {
        let number = |name| self.number("CLM-021", name).unwrap_or_default();
        let day = i64::from(day);
        // On the first days the counter closes in the evening.
        let early = day <= number("early_last_day");
        let last_hour = number(if early { "early_last_hour" } else { "late_last_hour" });
        (number("first_day")..=number("last_day")).contains(&day)
            && (number("first_hour")..last_hour).contains(&i64::from(hour))
    }

    /// CLM-022, CLM-030: whether corrections are taken at this day of the month and hour.
    pub fn correction_open(&self, day: i8, hour: i8) -> bool {
        let last = self.number("CLM-021", "last_day").unwrap_or_default();
        if i64::from(day) <= last {
            return self.submission_open(day, hour);
        }
        let hours = |name| self.number("CLM-030", name).unwrap_or_default();
        i64::from(day) <= self.number("CLM-022", "last_day").unwrap_or_default()
            && (hours("first_hour")..hours("last_hour")).contains(&i64::from(hour))
    }

    /// CLM-022: the end of the last day on which what is handed in in `month` can be corrected.
    pub fn corrections_end(&self, month: Month) -> Jst {
        day_of(month, self.day("CLM-022", "last_day")).plus(24 * HOUR)
    }

    /// CLM-023: when the receipts handed in in `month` are held against the register of insured
    /// persons.
    pub fn checked_at(&self, month: Month) -> Jst {
        day_of(month, self.day("CLM-023", "check_day")).plus(9 * HOUR)
    }

    /// CLM-023: when the review of what was handed in in `month` is over.
    pub fn review_ends(&self, month: Month) -> Jst {
        day_of(month, self.day("CLM-023", "review_last_day")).plus(24 * HOUR)
    }

    /// CLM-023: from when to when, not including, the results of a claim month can be fetched.
    pub fn results_kept(&self, month: Month) -> (Jst, Jst) {
        let first = day_of(month.plus(1), self.day("CLM-023", "result_day")).plus(8 * HOUR);
        let months = self.months("CLM-023", "kept_months").unwrap_or_default();
        (first, Jst::start_of(add_months(first.date(), months)))
    }

    /// CLM-024: when the claims of a claim month are paid: in the morning of the payment day of
    /// the next month, or of the last day before it on which banks are open.
    pub fn paid_at(&self, month: Month) -> Jst {
        let holidays = self.text("CLM-024", "bank_holidays").unwrap_or_default();
        let closed = |date: Date| {
            let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            weekend
                || holidays.split(' ').any(|day| day.parse::<Date>().is_ok_and(|day| day == date))
        };
        let mut at = day_of(month.plus(1), self.day("CLM-024", "payment_day"));
        while closed(at.date()) {
            at = Jst::start_of(day_before(at.date()));
        }
        at.plus(9 * HOUR)
    }

    /// CLM-025: whether what came back may be claimed again on paper.
    pub fn resubmission_on_paper(&self) -> bool {
        !self.in_force("CLM-025")
    }

    /// CLM-026: whether the right to claim a month of service has lapsed on this date.
    pub fn claim_has_lapsed(&self, service: Month) -> bool {
        let years = self.number("CLM-026", "years").and_then(|n| i32::try_from(n).ok());
        years.is_some_and(|years| add_months(service.plus(1).first(), 12 * years) <= self.date)
    }

    /// CLM-027: whether only institutions that are exempt claim on paper.
    pub fn claims_online_only(&self) -> bool {
        self.in_force("CLM-027")
    }

    /// CLM-038: whether the insurer on a receipt is charged where its eligibility was lost and
    /// nobody else insures the day.
    pub fn charges_lost_eligibility(&self) -> bool {
        self.text("CLM-038", "no_successor") == Some("charge")
    }

    /// CLM-051: whether receipts with a public-expense payer are left out of transfer and split.
    pub fn publics_are_not_moved(&self) -> bool {
        self.in_force("CLM-051")
    }

    /// CLM-053: whether a receipt whose two insurers ask different shares is returned instead
    /// of split.
    pub fn returns_unequal_share(&self) -> bool {
        self.text("CLM-053", "unequal_share") == Some("return")
    }

    /// CLM-009: what the receipts that nobody is found for are shared by.
    pub fn shared_by(&self) -> SharedBy {
        match self.text("CLM-009", "shared_by") {
            Some("points") => SharedBy::Points,
            _ => SharedBy::Receipts,
        }
    }

    /// CLM-031: whether the check on reception holds a receipt for breaking `rule`.
    pub fn holds_for(&self, rule: &str) -> bool {
        self.text("CLM-031", "holds") != Some("published") || self.binds(rule)
    }

    /// CLM-033: the review body that a receipt for this insurer belongs to; none for a number
    /// that stands for "unknown" (CLM-007).
    pub fn review_body(&self, insurer: &InsurerNumber) -> Option<ReviewBody> {
        if self.is_unknown_insurer(insurer) {
            return None;
        }
        Some(match insurer.group() {
            InsuranceGroup::Employees => ReviewBody::Siif,
            InsuranceGroup::NationalHealth | InsuranceGroup::LateElderly => ReviewBody::Kkr,
        })
    }

    /// A day of a month: no month lacks one of the first 28.
    fn day(&self, rule: &str, name: &str) -> i8 {
        let number = self.number(rule, name).unwrap_or(1);
        i8::try_from(number).unwrap_or(1).clamp(1, 28)
    }
}

fn day_of(month: Month, day: i8) -> Jst {
    Jst::start_of(month.first().with().day(day).build().unwrap_or(month.last()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::calendar::Month;
    use crate::register::{PUBLISHED, load};

    #[test]
    fn money_comes_on_the_last_banking_day_up_to_the_twenty_first() {
        let register = load(PUBLISHED).unwrap();
        // Claim month, and the day by the calendar of that year.
        let table = [
            // A Thursday.
            (date(2025, 7, 1), date(2025, 8, 21)),
            // A Saturday and a Sunday.
            (date(2025, 5, 1), date(2025, 6, 20)),
            (date(2025, 8, 1), date(2025, 9, 19)),
            // 海の日 on a Monday: over the weekend to the Friday.
            (date(2025, 6, 1), date(2025, 7, 18)),
            // 春分の日 on the Tuesday itself.
            (date(2023, 2, 1), date(2023, 3, 20)),
            // A Saturday after 春分の日.
            (date(2026, 2, 1), date(2026, 3, 19)),
            // 敬老の日 on a Monday.
            (date(2026, 8, 1), date(2026, 9, 18)),
        ];
        for (month, day) in table {
            let paid = register.on(month).paid_at(Month::of(month)).date();
            assert_eq!(paid, day, "claimed in {month}");
        }
    }
}
