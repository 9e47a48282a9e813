//! レセプト種別: which kind of receipt a patient's claim is (CLM-070).

use jiff::civil::Date;
use serde::Serialize;

use super::Form;
use crate::coded::coded;
use crate::fee;
use crate::ids::InsurerNumber;
use crate::register::Policy;
use crate::wire::Relation;

/// The most payers a receipt can have: one insurer and four 公費 (CLM-063).
pub const PAYERS_MAX: u8 = 5;

coded! {
    /// The main payer: the second digit of a kind.
    MainPayer {
        /// 医療保険.
        Insurance = "1",
        /// 公費 without an insurer.
        PublicOnly = "2",
        /// 後期高齢者医療.
        LateElderly = "3",
        /// 退職者医療.
        Retired = "4",
    }
}

/// Who the patient is: half of what the last digit tells. The other half is the setting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Person {
    /// 本人; also everybody whose receipt has no insurer.
    Insured,
    /// 未就学者.
    Preschool,
    /// 家族.
    Family,
    /// 高齢受給者 and 後期高齢者, 一般・低所得.
    Elderly,
    /// The same with three tenths to pay (7割 for the insurer).
    ElderlyHighIncome,
}

/// A レセプト種別 taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ReceiptKind {
    /// 点数表.
    pub form: Form,
    /// The main payer.
    pub main: MainPayer,
    /// How many payers: the insurer and every 公費, 1 to 5.
    pub payers: u8,
    /// Who the patient is.
    pub person: Person,
    /// Whether the patient was in hospital.
    pub inpatient: bool,
}

impl ReceiptKind {
    /// Reads the four digits.
    pub fn from_code(code: &str) -> Option<Self> {
        let [form, main, payers, last] = code.as_bytes() else { return None };
        let digit = |byte: &u8| char::from(*byte).to_string();
        let (person, inpatient) = person_and_setting(*last)?;
        let main = MainPayer::from_code(&digit(main))?;
        let payers = payers.checked_sub(b'0').filter(|n| (1..=PAYERS_MAX).contains(n))?;
        Some(Self { form: Form::from_code(&digit(form))?, main, payers, person, inpatient })
    }

    /// The four digits.
    pub fn code(self) -> String {
        let setting = u8::from(!self.inpatient);
        let last = match self.person {
            Person::Insured => 1 + setting,
            Person::Preschool => 3 + setting,
            Person::Family => 5 + setting,
            Person::Elderly => 7 + setting,
            // After 9 comes 0.
            Person::ElderlyHighIncome => (9 + setting) % 10,
        };
        format!("{}{}{}{last}", self.form.code(), self.main.code(), self.payers)
    }
}

fn person_and_setting(last: u8) -> Option<(Person, bool)> {
    let inpatient = matches!(last, b'1' | b'3' | b'5' | b'7' | b'9');
    let person = match last {
        b'1' | b'2' => Person::Insured,
        b'3' | b'4' => Person::Preschool,
        b'5' | b'6' => Person::Family,
        b'7' | b'8' => Person::Elderly,
        b'9' | b'0' => Person::ElderlyHighIncome,
        _ => return None,
    };
    Some((person, inpatient))
}

impl MainPayer {
    /// The main payer of a receipt for `insurer`, or for 公費 alone. Retired persons are claimed
    /// with the insurance: their own digit went out of use with their scheme (法別番号 67).
    pub fn of(insurer: Option<&InsurerNumber>) -> Self {
        match insurer {
            None => Self::PublicOnly,
            Some(insurer) if insurer.is_late_elderly() => Self::LateElderly,
            Some(_) => Self::Insurance,
        }
    }
}

impl Person {
    /// Who a patient of `insurer` is under the rules of `policy`, the last day of the month of
    /// service. `ratio_percent` is the share the patient pays (10, 20 or 30), not the one the
    /// insurer pays.
    pub fn of(
        policy: &Policy<'_>,
        insurer: &InsurerNumber,
        relation: Relation,
        born: Date,
        ratio_percent: u8,
    ) -> Self {
        match (AgeClass::of(policy, insurer, born), relation) {
            (AgeClass::Elderly, _) if ratio_percent >= 30 => Self::ElderlyHighIncome,
            (AgeClass::Elderly, _) => Self::Elderly,
            (AgeClass::Preschool, _) => Self::Preschool,
            (AgeClass::Between, Relation::Insured) => Self::Insured,
            (AgeClass::Between, Relation::Family) => Self::Family,
        }
    }
}

/// The kind of a medical outpatient receipt without 公費; see [`Person::of`].
pub fn receipt_kind(
    policy: &Policy<'_>,
    insurer: &InsurerNumber,
    relation: Relation,
    born: Date,
    ratio_percent: u8,
) -> String {
    let kind = ReceiptKind {
        form: Form::Medical,
        main: MainPayer::of(Some(insurer)),
        payers: 1,
        person: Person::of(policy, insurer, relation, born, ratio_percent),
        inpatient: false,
    };
    kind.code()
}

/// The ages the last digit of the kind tells apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum AgeClass {
    /// Before school (ELIG-043).
    Preschool,
    /// From school age to the month in which 高齢受給者 begin.
    Between,
    /// 高齢受給者 (ELIG-042) and older.
    Elderly,
}

impl AgeClass {
    /// The class of a person of `insurer` on the day of `policy`. 後期高齢者 are elderly at any
    /// age. Both limits lie between two months, so the class of the last day of a month holds
    /// for all of it.
    pub fn of(policy: &Policy<'_>, insurer: &InsurerNumber, born: Date) -> Self {
        match policy.age_class(born) {
            _ if insurer.is_late_elderly() => Self::Elderly,
            fee::AgeClass::ElderlyRecipient | fee::AgeClass::LateElderly => Self::Elderly,
            fee::AgeClass::Preschool => Self::Preschool,
            fee::AgeClass::Standard => Self::Between,
        }
    }

    /// Whether a receipt of a person of this class can tell that it is one of `person`.
    pub fn fits(self, person: Person) -> bool {
        match self {
            Self::Preschool => person == Person::Preschool,
            Self::Between => matches!(person, Person::Insured | Person::Family),
            Self::Elderly => matches!(person, Person::Elderly | Person::ElderlyHighIncome),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::Month;
    use crate::register::{PUBLISHED, Register, load};

    fn register() -> Register {
        load(PUBLISHED).unwrap()
    }

    fn kind(insurer: &str, relation: Relation, born: Date, month: &str, ratio: u8) -> String {
        let month: Month = month.parse().unwrap();
        receipt_kind(&register().on(month.last()), &insurer.into(), relation, born, ratio)
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
    fn the_last_weeks_before_the_75th_birthday_are_still_those_of_an_elderly_recipient() {
        assert_eq!(kind(UNION, Insured, date(1950, 5, 15), "2025-05", 20), "1118");
    }

    #[test]
    fn the_age_of_the_elderly_is_the_registers() {
        let edited = register().edited("ELIG-042", |rule| {
            for version in &mut rule.versions {
                let age = version.parameters.get_mut("age").unwrap();
                age.value = crate::register::ParameterValue::Number(72);
            }
        });
        let policy = edited.on(date(2025, 6, 30));
        let born = date(1955, 5, 15);
        assert_eq!(receipt_kind(&policy, &UNION.into(), Insured, born, 30), "1112");
    }

    #[test]
    fn every_kind_reads_back_and_no_other_four_digits_do() {
        let mut kinds = 0;
        for number in 0..10_000 {
            let code = format!("{number:04}");
            if let Some(kind) = ReceiptKind::from_code(&code) {
                assert_eq!(kind.code(), code);
                kinds += 1;
            }
        }
        // Four fee tables, four main payers, one to five payers, ten last digits.
        assert_eq!(kinds, 4 * 4 * 5 * 10);
        assert_eq!(ReceiptKind::from_code("111"), None);
        assert_eq!(ReceiptKind::from_code("２1 "), None);
    }

    #[test]
    fn no_birth_date_panics() {
        for born in [Date::MIN, Date::MAX, date(2000, 2, 29)] {
            assert_eq!(kind(UNION, Insured, born, "2025-05", 30).len(), 4);
        }
    }
}
