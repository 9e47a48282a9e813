//! Which papers insurers issue on one date, and until when these are good.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Policy;
use crate::calendar::{birthday, day_after, day_before};
use crate::ids::InsurerNumber;
use crate::insurer::Reissue;

impl Policy<'_> {
    /// FB-012: whether 健康保険証 are still issued.
    pub fn issues_health_cards(&self) -> bool {
        self.last_issue().is_some_and(|last| self.date <= last)
    }

    fn last_issue(&self) -> Option<Date> {
        self.date("FB-012", "issue_last_day")
    }

    /// FB-012: the last day printed on a health card issued on `date`; none is printed but by
    /// 国民健康保険 and 後期高齢者医療 (`yearly`).
    pub fn health_card_until(&self, date: Date, yearly: bool) -> Option<Date> {
        self.renewal_after(date, "FB-012").map(day_before).filter(|_| yearly)
    }

    /// CERT-053: the last day printed on a 資格確認書 issued on `date`; `yearly` for
    /// 国民健康保険 and 後期高齢者医療.
    pub fn certificate_until(&self, date: Date, yearly: bool) -> Option<Date> {
        if yearly {
            return self.renewal_after(date, "CERT-053").map(day_before);
        }
        let years = self.number("CERT-053", "years_max")?;
        Some(day_before(date.saturating_add(years.years())))
    }

    /// The first day after `date` on which yearly papers are renewed, by the rule on the paper.
    fn renewal_after(&self, date: Date, rule: &str) -> Option<Date> {
        let month = i8::try_from(self.number(rule, "renewal_month")?).ok()?;
        let of_year = |year| Date::new(year, month, 1).ok();
        of_year(date.year()).filter(|day| date < *day).or_else(|| of_year(date.year() + 1))
    }

    /// The days up to this date on which an insurer looks whether somebody insured since `since`
    /// needs a new paper: every year for 国民健康保険 and 後期高齢者医療 (FB-012, CERT-053),
    /// otherwise when the health cards lose their force (FB-002).
    pub fn renewals(&self, insurer: &InsurerNumber, since: Date) -> Vec<Date> {
        let Some(last_issue) = self.last_issue() else { return Vec::new() };
        if !insurer.is_national_health() && !insurer.is_late_elderly() {
            let end = self.date("FB-002", "health_card_last_day").map(day_after);
            return end.into_iter().filter(|day| *day <= self.date).collect();
        }
        let next = |day: &Date| {
            self.renewal_after(*day, if *day <= last_issue { "FB-012" } else { "CERT-053" })
        };
        std::iter::successors(next(&since), next).take_while(|day| *day <= self.date).collect()
    }

    /// CERT-051: how many months after the month of expiry the 資格確認書 is sent at the latest;
    /// `None` while none is sent (CERT-050).
    pub fn months_until_reissue(&self) -> Option<i32> {
        let months = self.number("CERT-051", "months_after_expiry")?;
        i32::try_from(months).ok().filter(|_| self.in_force("CERT-050"))
    }

    /// CERT-052: what an insurer does that has not chosen for itself.
    pub fn reissue(&self) -> Reissue {
        match self.text("CERT-052", "reissue") {
            Some("on_application") => Reissue::OnApplication,
            _ => Reissue::ExOfficio,
        }
    }

    /// FB-040…042: whether a person in 後期高齢者医療 gets a 資格確認書 beside a card that works.
    pub fn certificate_beside_a_card(&self, born: Date) -> bool {
        let from_age = self.number("FB-042", "age").and_then(|age| i16::try_from(age).ok());
        self.in_force("FB-040")
            || self.in_force("FB-041")
            || from_age.is_some_and(|age| birthday(born, age) <= self.date)
    }
}
