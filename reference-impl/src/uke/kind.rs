//! レセプト種別: which kind of receipt a patient's claim is (CLM-070).

use jiff::civil::{Date, date};

use crate::calendar::{Month, age_reached_on};
use crate::ids::InsurerNumber;
use crate::wire::Relation;

/// The kind of a medical outpatient receipt without 公費. `ratio_percent` is the share the
/// patient pays (10, 20 or 30), not the one the insurer pays.
pub fn receipt_kind(
    insurer: &InsurerNumber,
    relation: Relation,
    born: Date,
    month: Month,
    ratio_percent: u8,
) -> String {
    let elderly = if ratio_percent >= 30 { '0' } else { '8' };
    if insurer.is_late_elderly() {
        return format!("131{elderly}");
    }
    let person = match (AgeClass::of(born, month), relation) {
        (AgeClass::Elderly, _) => elderly,
        (AgeClass::Preschool, _) => '4',
        (AgeClass::Between, Relation::Insured) => '2',
        (AgeClass::Between, Relation::Family) => '6',
    };
    format!("111{person}")
}

/// The ages the last digit of the kind tells apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AgeClass {
    /// Up to the 31 March after the sixth year (ELIG-043).
    Preschool,
    /// School age up to the month in which 70 is reached.
    Between,
    /// From the month after the one in which 70 is reached (ELIG-042).
    Elderly,
}

impl AgeClass {
    /// The class of a person born on `born` in `month`. Both limits lie between two
    /// months, so the class holds for the whole month.
    pub fn of(born: Date, month: Month) -> Self {
        if month > Month::of(age_reached_on(born, 70)) {
            Self::Elderly
        } else if month.last() <= preschool_end(born) {
            Self::Preschool
        } else {
            Self::Between
        }
    }

    /// The last digits an outpatient kind can have for this class.
    pub fn person_digits(self) -> &'static [char] {
        match self {
            Self::Preschool => &['4'],
            Self::Between => &['2', '6'],
            Self::Elderly => &['8', '0'],
        }
    }
}

/// The first 31 March on or after the day on which the age of 6 is reached (ELIG-043).
fn preschool_end(born: Date) -> Date {
    let six = age_reached_on(born, 6);
    let this_year = date(six.year(), 3, 31);
    // Saturates in the year 9999, far beyond any birth date.
    if six <= this_year { this_year } else { this_year.saturating_add(jiff::Span::new().years(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(insurer: &str, relation: Relation, born: Date, month: &str, ratio: u8) -> String {
        receipt_kind(&insurer.into(), relation, born, month.parse().unwrap(), ratio)
    }

    const UNION: &str = "06139992";
    const LATE_ELDERLY: &str = "39130018";
    use Relation::{Family, Insured};

    #[test]
    fn an_adult_is_told_by_the_relation_alone() {
        let born = date(1980, 1, 15);
        assert_eq!(kind(UNION, Insured, born, "2025-05", 30), "1112");
        assert_eq!(kind(UNION, Family, born, "2025-05", 30), "1116");
        assert_eq!(kind("138016", Insured, born, "2025-05", 30), "1112");
    }

    #[test]
    fn a_child_born_on_1_april_starts_school_a_year_before_one_born_on_2_april() {
        let (first, second) = (date(2019, 4, 1), date(2019, 4, 2));
        assert_eq!(kind(UNION, Family, first, "2025-03", 20), "1114");
        assert_eq!(kind(UNION, Family, first, "2025-04", 30), "1116");
        assert_eq!(kind(UNION, Family, second, "2025-04", 20), "1114");
        assert_eq!(kind(UNION, Family, second, "2026-03", 20), "1114");
        assert_eq!(kind(UNION, Family, second, "2026-04", 30), "1116");
    }

    #[test]
    fn seventy_counts_from_the_month_after_the_birthday() {
        let born = date(1955, 5, 15);
        assert_eq!(kind(UNION, Insured, born, "2025-05", 30), "1112");
        assert_eq!(kind(UNION, Insured, born, "2025-06", 20), "1118");
        assert_eq!(kind(UNION, Family, born, "2025-06", 30), "1110");
    }

    #[test]
    fn seventy_counts_at_once_for_a_birthday_on_the_first() {
        let born = date(1955, 5, 1);
        assert_eq!(kind(UNION, Insured, born, "2025-04", 30), "1112");
        assert_eq!(kind(UNION, Insured, born, "2025-05", 20), "1118");
    }

    #[test]
    fn the_late_elderly_are_told_by_the_insurer_at_any_age() {
        for born in [date(1945, 1, 1), date(1958, 1, 1)] {
            assert_eq!(kind(LATE_ELDERLY, Insured, born, "2025-05", 10), "1318");
            assert_eq!(kind(LATE_ELDERLY, Insured, born, "2025-05", 20), "1318");
            assert_eq!(kind(LATE_ELDERLY, Insured, born, "2025-05", 30), "1310");
        }
    }

    #[test]
    fn no_birth_date_panics() {
        for born in [Date::MIN, Date::MAX, date(2000, 2, 29)] {
            assert_eq!(kind(UNION, Insured, born, "2025-05", 30).len(), 4);
        }
    }
}
