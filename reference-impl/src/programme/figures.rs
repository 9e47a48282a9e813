//! The figures of the chapter on programme money, as they stand on one day.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::calendar::Month;
use crate::fee::{FigureError, Figures, InForce, Yen};
use crate::lang::Bilingual;
use crate::register::Register;

/// Every scheme that exists on one day, with its figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schemes {
    pub(super) support: Option<Support>,
    pub(super) lump_sum: Option<LumpSums>,
    pub(super) added_readers: Option<AddedReaders>,
    pub(super) home_consent: Option<HomeConsent>,
    pub(super) eligibility_app: Option<EligibilityApp>,
    pub(super) phone_readers: Option<PhoneReaders>,
    pub(super) record_standard: Option<RecordStandards>,
    /// PROG-037: subsidies are cut off to this many yen.
    pub(super) unit_yen: Yen,
    /// PROG-084: an institution without verifications in October 2023 had a rate of zero.
    pub(super) zero_without_verifications: bool,
}

/// PROG-001, PROG-002.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Support {
    pub(super) base: Month,
    pub(super) first: RangeInclusive<Month>,
    pub(super) second: RangeInclusive<Month>,
    pub(super) steps_percent: [i64; 6],
    pub(super) first_prices_yen: [Yen; 6],
    pub(super) second_prices_yen: [Yen; 6],
    /// The second period gave way to the lump sum.
    pub(super) replaced: bool,
}

/// PROG-010…014, PROG-081…085.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LumpSums {
    pub(super) base: Month,
    pub(super) months: RangeInclusive<Month>,
    pub(super) rates_percent: [i64; 6],
    pub(super) normal: Steps,
    pub(super) hospital: Option<Steps>,
    pub(super) small: Option<Small>,
    /// PROG-011 is in force.
    pub(super) conditions: bool,
    /// PROG-014: the version of June 2024 counts.
    pub(super) of_june: bool,
    /// Its figures, where they exist and count.
    pub(super) revised: Option<Revised>,
    /// PROG-081: the row is decided by the rate by receipt.
    pub(super) by_receipt: bool,
    /// PROG-083: right of the printed maximum nothing is paid.
    pub(super) nothing_right: bool,
}

/// One table of the lump sum: its columns, and the ladder along which each row is shifted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Steps {
    pub(super) columns_persons: [i64; 7],
    pub(super) ladder_yen: [Yen; 7],
}

/// PROG-012.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Small {
    pub(super) receipts_max: i64,
    pub(super) steps: Steps,
    pub(super) normal_from_percent: i64,
    pub(super) middle_percent: i64,
    pub(super) middle_persons: i64,
}

/// PROG-013, PROG-085.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Revised {
    pub(super) last: Month,
    pub(super) maximum_yen: Yen,
    pub(super) hospital_maximum_yen: Yen,
    /// Who reaches April's maximum is paid the new one.
    pub(super) paid_at_maximum: bool,
}

/// PROG-020…022.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct AddedReaders {
    pub(super) months: RangeInclusive<Month>,
    pub(super) uses: [i64; 5],
    /// Units that may be added, by units received free of charge.
    pub(super) units: [[i64; 5]; 3],
    pub(super) hospital_units_max: i64,
    pub(super) clinic_units_max: i64,
    pub(super) rate_permille: i64,
    pub(super) clinic_cap_yen: Yen,
    pub(super) hospital_caps_yen: [Yen; 3],
}

/// PROG-030…033.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct HomeConsent {
    pub(super) hospital: RateAndCap,
    pub(super) chain: RateAndCap,
    pub(super) other: RateAndCap,
    pub(super) device_yen: Yen,
    pub(super) hospital_software_yen: Yen,
    pub(super) other_software_yen: Yen,
    pub(super) last_day: Date,
}

/// A rate in thousandths and the most that is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RateAndCap {
    pub(super) rate_permille: i64,
    pub(super) cap_yen: Yen,
}

/// PROG-034.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct EligibilityApp {
    pub(super) rate_permille: i64,
    pub(super) cost_max_yen: Yen,
    pub(super) last_day: Date,
}

/// PROG-035.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PhoneReaders {
    pub(super) each: RateAndCap,
    pub(super) clinic_units_max: i64,
    pub(super) hospital_units_max: i64,
}

/// PROG-036: the most that counts of a cost; of two figures the first is for large hospitals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct RecordStandards {
    pub(super) rate_permille: i64,
    pub(super) large_beds: i64,
    pub(super) least_beds: i64,
    pub(super) with_check_ups_costs_yen: [Yen; 2],
    pub(super) without_check_ups_costs_yen: [Yen; 2],
}

impl Schemes {
    /// The schemes of `register` on the day `on`.
    ///
    /// # Errors
    /// The first figure that is missing in a rule in force, or of the wrong form.
    pub fn on(register: &Register, on: Date) -> Result<Self, FigureError> {
        Self::read(&Figures::new(register, on))
    }

    pub(crate) fn read(figures: &Figures<'_>) -> Result<Self, FigureError> {
        let arithmetic = figures.rule("PROG-037");
        let empty_base = figures.rule("PROG-084");
        Ok(Self {
            support: Support::read(figures)?,
            lump_sum: LumpSums::read(figures)?,
            added_readers: AddedReaders::read(figures)?,
            home_consent: HomeConsent::read(figures)?,
            eligibility_app: EligibilityApp::read(figures)?,
            phone_readers: PhoneReaders::read(figures)?,
            record_standard: RecordStandards::read(figures)?,
            unit_yen: arithmetic.map_or(Ok(1), |rule| rule.number("unit_yen"))?.max(1),
            zero_without_verifications: empty_base
                .map_or(Ok("zero"), |rule| rule.text("without_verifications"))?
                == "zero",
        })
    }
}

impl Support {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("PROG-001") else { return Ok(None) };
        let replaced = figures.rule("PROG-002").map(|rule| rule.text("second_period"));
        Ok(Some(Self {
            base: month(&rule, "base_month")?,
            first: months(&rule, "first_period")?,
            second: months(&rule, "second_period")?,
            steps_percent: rule.list("steps_percent")?,
            first_prices_yen: rule.list("first_prices_yen")?,
            second_prices_yen: rule.list("second_prices_yen")?,
            replaced: replaced.transpose()? == Some("replaced"),
        }))
    }
}

impl LumpSums {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("PROG-010") else { return Ok(None) };
        let chosen = |id, name| figures.rule(id).map(|rule| rule.text(name)).transpose();
        let hospital = figures.rule("PROG-082").map(|rule| Steps::read(&rule)).transpose()?;
        let of_june = chosen("PROG-014", "ichijikin_version")? == Some("2024-06");
        Ok(Some(Self {
            base: month(&rule, "base_month")?,
            months: months(&rule, "months")?,
            rates_percent: rule.list("rates_percent")?,
            normal: Steps::read(&rule)?,
            hospital,
            small: Small::read(figures)?,
            conditions: figures.rule("PROG-011").is_some(),
            of_june,
            revised: Revised::read(figures)?.filter(|_| of_june),
            by_receipt: chosen("PROG-081", "rate")? == Some("receipt"),
            nothing_right: chosen("PROG-083", "blank")? == Some("nothing"),
        }))
    }
}

impl Steps {
    fn read(rule: &InForce<'_>) -> Result<Self, FigureError> {
        Ok(Self {
            columns_persons: rule.list("columns_persons")?,
            ladder_yen: rule.list("ladder_yen")?,
        })
    }
}

impl Small {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("PROG-012") else { return Ok(None) };
        Ok(Some(Self {
            receipts_max: rule.number("receipts_max")?,
            steps: Steps::read(&rule)?,
            normal_from_percent: rule.number("normal_from_percent")?,
            middle_percent: rule.number("middle_percent")?,
            middle_persons: rule.number("middle_persons")?,
        }))
    }
}

impl Revised {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("PROG-013") else { return Ok(None) };
        let at_maximum =
            figures.rule("PROG-085").map(|rule| rule.text("at_maximum")).transpose()?;
        Ok(Some(Self {
            last: month(&rule, "last_month")?,
            maximum_yen: rule.number("maximum_yen")?,
            hospital_maximum_yen: rule.number("hospital_maximum_yen")?,
            paid_at_maximum: at_maximum == Some("new_maximum"),
        }))
    }
}

impl AddedReaders {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let rules = [figures.rule("PROG-020"), figures.rule("PROG-021"), figures.rule("PROG-022")];
        let [Some(rule), Some(judged), Some(caps)] = rules else { return Ok(None) };
        Ok(Some(Self {
            months: month(&judged, "first_month")?..=month(&judged, "last_month")?,
            uses: rule.list("uses")?,
            units: [
                rule.list("units_with_one")?,
                rule.list("units_with_two")?,
                rule.list("units_with_three")?,
            ],
            hospital_units_max: rule.number("hospital_units_max")?,
            clinic_units_max: rule.number("clinic_units_max")?,
            rate_permille: rule.number("rate_permille")?,
            clinic_cap_yen: caps.number("clinic_cap_yen")?,
            hospital_caps_yen: caps.list("hospital_caps_yen")?,
        }))
    }
}

impl HomeConsent {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let rules = ["PROG-030", "PROG-031", "PROG-032", "PROG-033"].map(|id| figures.rule(id));
        let [Some(hospital), Some(chain), Some(other), Some(parts)] = rules else {
            return Ok(None);
        };
        Ok(Some(Self {
            hospital: RateAndCap::read(&hospital)?,
            chain: RateAndCap::read(&chain)?,
            other: RateAndCap::read(&other)?,
            device_yen: parts.number("device_yen")?,
            hospital_software_yen: parts.number("hospital_software_yen")?,
            other_software_yen: parts.number("other_software_yen")?,
            last_day: hospital.date("applications_last_day")?,
        }))
    }
}

impl RateAndCap {
    fn read(rule: &InForce<'_>) -> Result<Self, FigureError> {
        Ok(Self { rate_permille: rule.number("rate_permille")?, cap_yen: rule.number("cap_yen")? })
    }
}

impl EligibilityApp {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("PROG-034") else { return Ok(None) };
        Ok(Some(Self {
            rate_permille: rule.number("rate_permille")?,
            cost_max_yen: rule.number("cost_max_yen")?,
            last_day: rule.date("applications_last_day")?,
        }))
    }
}

impl PhoneReaders {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("PROG-035") else { return Ok(None) };
        Ok(Some(Self {
            each: RateAndCap::read(&rule)?,
            clinic_units_max: rule.number("clinic_units_max")?,
            hospital_units_max: rule.number("hospital_units_max")?,
        }))
    }
}

impl RecordStandards {
    fn read(figures: &Figures<'_>) -> Result<Option<Self>, FigureError> {
        let Some(rule) = figures.rule("PROG-036") else { return Ok(None) };
        Ok(Some(Self {
            rate_permille: rule.number("rate_permille")?,
            large_beds: rule.number("large_beds")?,
            least_beds: rule.number("least_beds")?,
            with_check_ups_costs_yen: rule.list("with_check_ups_costs_yen")?,
            without_check_ups_costs_yen: rule.list("without_check_ups_costs_yen")?,
        }))
    }
}

fn month(rule: &InForce<'_>, name: &'static str) -> Result<Month, FigureError> {
    let written = rule.text(name)?;
    written.parse().map_err(|_| {
        rule.wrong(name, Bilingual::new("2024-05 のような月", "a month such as 2024-05"))
    })
}

/// Two months with a space between: the first and the last.
fn months(rule: &InForce<'_>, name: &'static str) -> Result<RangeInclusive<Month>, FigureError> {
    let pair = rule.text(name)?.split_once(' ');
    let range = pair.and_then(|(first, last)| Some(first.parse().ok()?..=last.parse().ok()?));
    range.ok_or_else(|| {
        let wanted = Bilingual::new(
            "2024-05 2024-07 のような最初と最後の月",
            "a first and a last month such as 2024-05 2024-07",
        );
        rule.wrong(name, wanted)
    })
}
