//! How much a 利用者証明用電子証明書 is good for on a day (CERT-002, 006, 008, 010…016).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{day_after, end_of_month_after};
use crate::register::{EndPolicy, Grace, LeapBirthday, Policy};

/// What carries the certificate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// The plastic card.
    Card,
    /// An Android phone: its PIN is typed on the face reader.
    Android,
    /// An iPhone: unlocked on the phone, no PIN at the reader.
    Iphone,
}

/// What an unrevoked certificate is good for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Eligibility and, with consent, medical information.
    Full,
    /// The same; it runs out within the alert window (CERT-006).
    FullWithAlert,
    /// Eligibility only (CERT-010, CERT-012).
    Grace,
    /// Nothing (CERT-008, CERT-013).
    Lapsed,
}

impl Standing {
    /// Whether a reader shows the renewal alert: before expiry and throughout the grace.
    pub fn shows_alert(self) -> bool {
        matches!(self, Self::FullWithAlert | Self::Grace)
    }

    /// Whether medical information may be shown.
    pub fn allows_records(self) -> bool {
        matches!(self, Self::Full | Self::FullWithAlert)
    }
}

/// What a certificate whose last day is `expires` is good for on `today`, the date of `policy`.
pub fn standing(expires: Date, today: Date, carrier: Carrier, policy: &Policy<'_>) -> Standing {
    if today <= expires {
        return match policy.alert_months() {
            // At exactly three months the alert shows (CERT-007).
            Some(months) if policy.months_away(expires, -months) <= today => {
                Standing::FullWithAlert
            }
            _ => Standing::Full,
        };
    }
    match grace_end(expires, carrier, policy) {
        Some(end) if today <= end => Standing::Grace,
        _ => Standing::Lapsed,
    }
}

/// The last day on which an expired certificate still answers eligibility; `None` if it never
/// does under the rules of the policy's date.
pub fn grace_end(expires: Date, carrier: Carrier, policy: &Policy<'_>) -> Option<Date> {
    let Grace { months, end } = match carrier {
        Carrier::Card => policy.grace()?,
        Carrier::Android | Carrier::Iphone => policy.phone_grace()?,
    };
    // A certificate whose first day of expiry lies before the grace existed had a gap (CERT-014).
    let had_gap = policy.grace_exists_from().is_some_and(|from| day_after(expires) < from);
    if had_gap && !policy.grants_remainder() {
        return None;
    }
    Some(match end {
        EndPolicy::MonthEnd => end_of_month_after(expires, months),
        EndPolicy::SameDay => policy.months_away(expires, months),
    })
}

/// The last day of a card that somebody born on `born` applied for on the date of `policy` and
/// that was issued on `issued` (CERT-003).
pub fn card_last_day(issued: Date, born: Date, policy: &Policy<'_>) -> Date {
    birthday_after(issued, born, policy.card_birthdays(born), policy.leap_birthday())
}

/// The last day of a certificate issued on `issued`, the date of `policy`, on a card whose last
/// day is `card` where that is known (CERT-002).
pub fn certificate_last_day(
    issued: Date,
    born: Date,
    card: Option<Date>,
    policy: &Policy<'_>,
) -> Date {
    let count = policy.certificate_birthdays();
    let last = birthday_after(issued, born, count, policy.leap_birthday());
    card.map_or(last, |card| last.min(card))
}

/// The `count`-th birthday after `issued`; a birthday on the day of issue does not count.
fn birthday_after(issued: Date, born: Date, count: i16, leap: LeapBirthday) -> Date {
    let in_year = |year: i16| match Date::new(year, born.month(), born.day()) {
        Ok(birthday) => birthday,
        // Only 29 February is missing from a year.
        Err(_) => {
            let february = Date::new(year, 2, 28).unwrap_or(Date::MAX);
            match leap {
                LeapBirthday::February28 => february,
                LeapBirthday::March1 => day_after(february),
            }
        }
    };
    let first = i16::from(in_year(issued.year()) <= issued);
    in_year(issued.year().saturating_add(first).saturating_add(count.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_fifth_birthday_after_the_day_of_issue() {
        let fifth = |issued, born| birthday_after(issued, born, 5, LeapBirthday::February28);
        // On the day before a birthday that birthday is the first, on the birthday it is not.
        assert_eq!(fifth(date(2020, 4, 11), date(1985, 4, 12)), date(2024, 4, 12));
        assert_eq!(fifth(date(2020, 4, 12), date(1985, 4, 12)), date(2025, 4, 12));
        assert_eq!(fifth(date(2020, 4, 13), date(1985, 4, 12)), date(2025, 4, 12));
    }

    #[test]
    fn a_leap_day_birthday_in_a_common_year() {
        let fifth = |issued, leap| birthday_after(issued, date(2000, 2, 29), 5, leap);
        let (february, march) = (LeapBirthday::February28, LeapBirthday::March1);
        assert_eq!(fifth(date(2020, 6, 1), february), date(2025, 2, 28));
        assert_eq!(fifth(date(2020, 6, 1), march), date(2025, 3, 1));
        // A leap year has the day itself, whichever way the others are counted.
        assert_eq!(fifth(date(2019, 6, 1), february), date(2024, 2, 29));
        // Issued on 28 February of a common year: on that day the birthday has come, or not yet.
        assert_eq!(fifth(date(2021, 2, 28), february), date(2026, 2, 28));
        assert_eq!(fifth(date(2021, 2, 28), march), date(2025, 3, 1));
    }
}
