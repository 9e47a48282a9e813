//! What is claimed on one date of service, and the way to what is charged.

use jiff::civil::Date;

use super::Policy;
use crate::fee::{AgeClass, Ages, Figures, NoFigure, Tariff};
use crate::ids::InsurerNumber;

/// The rules beside those of the tariff without whose parameters a figure would silently be zero:
/// tries of the PIN, days of the review.
const FIGURES: [&str; 2] = ["CERT-020", "CLM-023"];

impl<'a> Policy<'a> {
    /// The first rule of which a figure is needed and that has no version on this date, so that
    /// nothing sensible can be charged.
    pub fn missing_figure(&self) -> Option<&'static str> {
        let missing = || FIGURES.into_iter().find(|rule| !self.in_force(rule));
        self.tariff().err().map(|missing| missing.rule).or_else(missing)
    }

    /// What is charged on this date.
    ///
    /// # Errors
    /// Nothing can be: a share or an age is not in force.
    pub fn tariff(&self) -> Result<&'a Tariff, NoFigure> {
        self.register.tariffs().on(self.date)
    }

    /// ELIG-040…043: whose rules apply to a person.
    pub fn age_class(&self, born: Date) -> AgeClass {
        let ages = Ages::read(&Figures::new(self.register, self.date));
        // A register without ages is one under which nothing can be charged.
        ages.map_or(AgeClass::Standard, |ages| ages.class(born, self.date))
    }

    /// FEE-095: whether the class of the limit stands among the notes of a receipt.
    pub fn notes_limit_class(&self) -> bool {
        self.in_force("FEE-095")
    }

    /// FEE-097: whether a stay with the limit of a low income says which.
    pub fn notes_low_income(&self) -> bool {
        self.in_force("FEE-097")
    }

    /// FEE-098: whether a receipt of national health insurance names the insurer's share.
    pub fn notes_benefit(&self) -> bool {
        self.in_force("FEE-098")
    }

    /// FEE-096: 窓口負担額区分 of a receipt with the limit of 多数回該当.
    pub fn multiple_charge_code(&self) -> &'a str {
        self.text("FEE-096", "multiple_code").unwrap_or_default()
    }

    /// ELIG-041: the note for halved limits, whoever has them.
    pub fn halved_note(&self) -> Option<&'a str> {
        self.text("ELIG-041", "halved_note")
    }

    /// ELIG-041: the note for the month of the 75th birthday, in which limits are halved; none
    /// for a birthday on the first.
    pub fn halved_limit_note(&self, born: Date) -> Option<&'a str> {
        let ages = Ages::read(&Figures::new(self.register, self.date));
        let halved = ages.is_ok_and(|ages| ages.halves_limits(born, self.date));
        halved.then(|| self.halved_note()).flatten()
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

    /// OUT-022: whether the insurer number is that of a victim whose numbers are unknown.
    pub fn is_victim_insurer(&self, insurer: &InsurerNumber) -> bool {
        self.text("OUT-022", "insurer_number") == Some(insurer.as_str())
    }

    /// CLM-003: how the remarks of an unknown receipt begin.
    pub fn unknown_remark(&self) -> &'a str {
        self.text("CLM-003", "remark").unwrap_or_default()
    }

    /// CLM-008: what the remarks of a claim with lost eligibility say.
    pub fn lost_remark(&self) -> &'a str {
        self.text("CLM-008", "remark").unwrap_or_default()
    }
}
