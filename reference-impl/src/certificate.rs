//! How much a 利用者証明用電子証明書 is good for on a day (CERT-002, 006, 008, 010…016).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{add_months, day_after, end_of_month_after};
use crate::register::{EndPolicy, Grace, Policy};

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
            Some(months) if add_months(expires, -months) <= today => Standing::FullWithAlert,
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
        EndPolicy::SameDay => add_months(expires, months),
    })
}
