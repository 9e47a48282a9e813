//! How long cards and certificates last, and who may have which: what the certifier and the
//! counters of the municipality read from the register.

use jiff::Span;
use jiff::civil::Date;

use super::Policy;
use crate::calendar::{add_months, birthday};

/// On which day a person born on 29 February has a birthday in a common year, as far as cards
/// and certificates are concerned (GEN-007).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeapBirthday {
    /// On 28 February.
    February28,
    /// On 1 March.
    March1,
}

impl Policy<'_> {
    /// CERT-002: on which birthday after its issue a certificate ends.
    pub fn certificate_birthdays(&self) -> i16 {
        self.birthdays("CERT-002", "birthdays")
    }

    /// CERT-003: on which birthday after its issue a card ends that is applied for on the date
    /// of the policy by somebody born on `born`.
    pub fn card_birthdays(&self, born: Date) -> i16 {
        let adult = birthday(born, self.birthdays("CERT-003", "adult_age")) <= self.date;
        self.birthdays("CERT-003", if adult { "adult_birthdays" } else { "minor_birthdays" })
    }

    /// GEN-007: the birthday of a card in a common year, for who was born on 29 February.
    pub fn leap_birthday(&self) -> LeapBirthday {
        match self.text("GEN-007", "card_birthday") {
            Some("march_1") => LeapBirthday::March1,
            _ => LeapBirthday::February28,
        }
    }

    /// GEN-004: the day so many months away from `date`, where no rule speaks of month ends.
    pub fn months_away(&self, date: Date, months: i32) -> Date {
        let clamped = add_months(date, months);
        let missing = date.day() - clamped.day();
        if self.text("GEN-004", "missing_day") == Some("carried_over") {
            clamped.saturating_add(Span::new().days(missing))
        } else {
            clamped
        }
    }

    /// CERT-005: whether a certificate whose last day is `expires` may be renewed: from the day
    /// after the day so many months before.
    pub fn renewable(&self, expires: Date) -> bool {
        let months = self.months("CERT-005", "renewal_months").unwrap_or_default();
        self.months_away(expires, -months) < self.date
    }

    /// CERT-033: whether a card gets a signature certificate (署名用) beside the one for
    /// authentication.
    pub fn signature_certificate(&self, born: Date) -> bool {
        birthday(born, self.birthdays("CERT-033", "signature_age")) <= self.date
    }

    /// CERT-022: consecutive wrong entries until the signature password is locked.
    pub fn signature_attempts(&self) -> u8 {
        self.percent("CERT-022", "signature_attempts").unwrap_or_default()
    }

    /// CERT-040: whether an iPhone can be loaded yet.
    pub fn iphones_loaded(&self) -> bool {
        self.date("CERT-040", "iphone_from").is_some_and(|from| from <= self.date)
    }

    fn birthdays(&self, rule: &str, name: &str) -> i16 {
        self.number(rule, name).and_then(|n| i16::try_from(n).ok()).unwrap_or_default()
    }
}
