//! What somebody's age means for the share and the limits (ELIG-040…043).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::read::{Figures, Unread};
use crate::calendar::{Month, age_reached_on, birthday};

/// Whose rules apply to a person on one day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeClass {
    /// 未就学: before school (ELIG-043).
    Preschool,
    /// From school age to 69.
    Standard,
    /// 高齢受給者: 70 to 74 (ELIG-042).
    ElderlyRecipient,
    /// 後期高齢者: 75 and over (ELIG-040).
    LateElderly,
}

impl AgeClass {
    /// Whether the rules for people of 70 and over apply.
    pub fn is_elderly(self) -> bool {
        matches!(self, Self::ElderlyRecipient | Self::LateElderly)
    }
}

/// The ages at which rules change, in years.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ages {
    school: i16,
    recipient: i16,
    late: i16,
}

impl Ages {
    pub(crate) fn read(figures: &Figures<'_>) -> Result<Self, Unread> {
        let age = |rule| Ok::<_, Unread>(figures.need(rule)?.small("age")?);
        Ok(Self { school: age("ELIG-043")?, recipient: age("ELIG-042")?, late: age("ELIG-040")? })
    }

    pub(crate) fn class(&self, born: Date, on: Date) -> AgeClass {
        if self.is_late_elderly(born, on) {
            AgeClass::LateElderly
        } else if self.is_recipient(born, on) {
            AgeClass::ElderlyRecipient
        } else if self.is_preschool(born, on) {
            AgeClass::Preschool
        } else {
            AgeClass::Standard
        }
    }

    /// ELIG-040: whether the 75th birthday has come.
    fn is_late_elderly(&self, born: Date, on: Date) -> bool {
        birthday(born, self.late) <= on
    }

    /// ELIG-042: from the first of the month after the one in which the age is reached.
    fn is_recipient(&self, born: Date, on: Date) -> bool {
        Month::of(age_reached_on(born, self.recipient)).plus(1).first() <= on
    }

    /// ELIG-043: up to the first 31 March on or after the day on which the age is reached.
    fn is_preschool(&self, born: Date, on: Date) -> bool {
        let reached = age_reached_on(born, self.school);
        let march = |year| Date::new(year, 3, 31).unwrap_or(Date::MAX);
        let ends = Some(march(reached.year())).filter(|end| reached <= *end);
        on <= ends.unwrap_or_else(|| march(reached.year().saturating_add(1)))
    }

    /// ELIG-041: whether `on` lies in the month of the 75th birthday; not for a birthday on the
    /// first.
    pub(crate) fn halves_limits(&self, born: Date, on: Date) -> bool {
        let turns = birthday(born, self.late);
        turns.first_of_month() == on.first_of_month() && turns.day() != 1
    }
}
