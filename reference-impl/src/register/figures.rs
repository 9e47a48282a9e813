//! What is charged and claimed on one date of service: shares, ages, and the texts and days of a
//! claim.

use jiff::civil::Date;

use super::Policy;
use crate::calendar::{Month, age_reached_on, birthday};
use crate::ids::InsurerNumber;

/// The rules without whose parameters a figure would silently be zero: ages, shares, the price
/// of a point, tries of the PIN, days of the review.
const FIGURES: [&str; 11] = [
    "GEN-008", "CERT-020", "ELIG-040", "ELIG-042", "ELIG-043", "FB-006", "FEE-050", "FEE-051",
    "FEE-052", "FEE-053", "CLM-023",
];

impl<'a> Policy<'a> {
    /// The first rule of which a figure is needed and that has no version on this date, so that
    /// nothing sensible can be charged.
    pub fn missing_figure(&self) -> Option<&'static str> {
        FIGURES.into_iter().find(|rule| !self.in_force(rule))
    }

    /// FB-006: the share in percent where the rate is not known.
    pub fn share_when_unknown(&self, born: Date) -> u8 {
        let name =
            if self.is_preschool(born) { "preschool_share_percent" } else { "share_percent" };
        self.percent("FB-006", name).unwrap_or_default()
    }

    /// FEE-050…053: the share in percent of a person whose answer names no rate of its own.
    pub fn share_by_age(&self, born: Date) -> u8 {
        let rule = if self.is_late_elderly(born) {
            "FEE-053"
        } else if self.is_elderly_recipient(born) {
            "FEE-052"
        } else if self.is_preschool(born) {
            "FEE-050"
        } else {
            "FEE-051"
        };
        self.percent(rule, "share_percent").unwrap_or_default()
    }

    /// FEE-056: money is rounded to this many yen, half up.
    pub fn rounding_yen(&self) -> i64 {
        self.number("FEE-056", "unit_yen").unwrap_or(1).max(1)
    }

    /// FEE-091: a share that a certificate of a public scheme names is rounded to this many yen,
    /// half up.
    pub fn public_share_rounding_yen(&self) -> i64 {
        match self.text("FEE-091", "rounding") {
            Some("one_yen") => 1,
            _ => self.rounding_yen(),
        }
    }

    /// ELIG-043: whether a person is before school age.
    pub fn is_preschool(&self, born: Date) -> bool {
        let reached = age_reached_on(born, self.age("ELIG-043"));
        let march = |year| Date::new(year, 3, 31).unwrap_or(Date::MAX);
        let ends = Some(march(reached.year())).filter(|end| reached <= *end);
        self.date <= ends.unwrap_or_else(|| march(reached.year().saturating_add(1)))
    }

    /// ELIG-042: whether the rules for 70 to 74 (高齢受給者) apply: from the first of the month
    /// after the one in which the age is reached.
    pub fn is_elderly_recipient(&self, born: Date) -> bool {
        let reached = age_reached_on(born, self.age("ELIG-042"));
        let starts = Month::of(reached).plus(1).first();
        starts <= self.date && !self.is_late_elderly(born)
    }

    /// ELIG-040: whether the 75th birthday has come.
    pub fn is_late_elderly(&self, born: Date) -> bool {
        birthday(born, self.age("ELIG-040")) <= self.date
    }

    /// ELIG-041: the note for the month of the 75th birthday, in which limits are halved; none
    /// for a birthday on the first.
    pub fn halved_limit_note(&self, born: Date) -> Option<&'a str> {
        let turns = birthday(born, self.age("ELIG-040"));
        let halved = turns.first_of_month() == self.date.first_of_month() && turns.day() != 1;
        halved.then(|| self.text("ELIG-041", "halved_note")).flatten()
    }

    fn age(&self, rule: &str) -> i16 {
        self.number(rule, "age").and_then(|n| i16::try_from(n).ok()).unwrap_or_default()
    }

    /// CLM-005, CLM-006: insurer number and insured number of an unknown receipt (不詳レセプト),
    /// for a receipt computer that is `strict` about check digits or is not.
    pub fn unknown_numbers(&self, strict: bool) -> (&'a str, &'a str) {
        let name = if strict { "check_digit_number" } else { "insurer_number" };
        let insurer = self.text("CLM-005", name).unwrap_or_default();
        (insurer, self.text("CLM-006", "insured_number").unwrap_or_default())
    }

    /// CLM-005, OUT-022: the insurer numbers that mean "unknown".
    pub fn is_unknown_insurer(&self, insurer: &InsurerNumber) -> bool {
        let numbers = [
            ("CLM-005", "insurer_number"),
            ("CLM-005", "check_digit_number"),
            ("OUT-022", "insurer_number"),
        ];
        numbers.iter().any(|(rule, name)| self.text(rule, name) == Some(insurer.as_str()))
    }

    /// CLM-003: how the remarks of an unknown receipt begin.
    pub fn unknown_remark(&self) -> &'a str {
        self.text("CLM-003", "remark").unwrap_or_default()
    }

    /// CLM-008: what the remarks of a claim with lost eligibility say.
    pub fn lost_remark(&self) -> &'a str {
        self.text("CLM-008", "remark").unwrap_or_default()
    }

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

    /// CLM-023: the day of the month on which receipts are checked, and the day of the next
    /// month on which results can be fetched.
    pub fn review_days(&self) -> (i8, i8) {
        let day = |name| {
            let number = self.number("CLM-023", name).unwrap_or(1);
            i8::try_from(number).unwrap_or(1).clamp(1, 28)
        };
        (day("check_day"), day("result_day"))
    }

    /// CLM-053: whether a receipt whose two insurers ask different shares is returned instead
    /// of split.
    pub fn returns_unequal_share(&self) -> bool {
        self.text("CLM-053", "unequal_share") == Some("return")
    }
}
