//! Subsidies for readers: adding face readers where the card is used much (PROG-020…022), and
//! general readers for phones (PROG-035).

use super::figures::RateAndCap;
use super::grant::{Grant, GrantReason};
use super::{Application, Recipient, Schemes};
use crate::fee::{Reasons, Yen};
use crate::lang::Bilingual;

impl Schemes {
    pub(super) fn added_readers(
        &self,
        free_units: u8,
        costs_yen: &[Yen],
        application: &Application,
        reasons: &mut impl Reasons,
    ) -> Grant {
        let Some(scheme) = &self.added_readers else { return Grant::nothing(GrantReason::NotOpen) };
        let months = application.months.range(scheme.months.clone());
        let Some((month, best)) = months.rev().max_by_key(|(_, month)| month.by_card) else {
            return Grant::nothing(GrantReason::NoMonths);
        };
        let uses = i64::from(best.by_card);
        reasons.because("PROG-021", || {
            let (first, last) = (scheme.months.start(), scheme.months.end());
            Bilingual::new(
                format!("{first} から {last} までで最も多い {month} は {uses} 件"),
                format!("of {first} to {last} the best month is {month}, with {uses} uses"),
            )
        });
        let reached = scheme.uses.iter().enumerate().take_while(|(_, least)| **least <= uses);
        let Some((column, least)) = reached.last() else {
            reasons.because("PROG-020", || {
                let least = scheme.uses[0];
                Bilingual::new(
                    format!("{least} 件に満たない"),
                    format!("that is below {least} uses"),
                )
            });
            return Grant::nothing(GrantReason::TooFewUses);
        };
        let row = usize::from(free_units).checked_sub(1).and_then(|row| scheme.units.get(row));
        let by_table = row.map_or(0, |row| row[column]);
        let most = if application.kind.is_hospital() {
            scheme.hospital_units_max
        } else {
            scheme.clinic_units_max
        };
        let units = usize::try_from(by_table.min(most)).unwrap_or(0);
        let step = [format!("{free_units} free"), format!("{least}"), format!("{units} more")];
        reasons.because("PROG-020", || {
            Bilingual::new(
                format!(
                    "無償の {free_units} 台と {least} 件以上の欄で {by_table} 台、この機関では {most} 台まで"
                ),
                format!(
                    "{free_units} units free of charge and {least} uses or more: {by_table} may \
                     be added, by this kind of institution at most {most}"
                ),
            )
        });
        if units == 0 {
            return Grant::nothing(GrantReason::NoUnits).at(step);
        }
        let bought = &costs_yen[..units.min(costs_yen.len())];
        let caps: &[Yen] = if application.kind.is_hospital() {
            &scheme.hospital_caps_yen
        } else {
            std::slice::from_ref(&scheme.clinic_cap_yen)
        };
        let Some(cap_yen) = bought.len().checked_sub(1).and_then(|last| caps.get(last)) else {
            return Grant::nothing(GrantReason::NothingBought).at(step);
        };
        let half = RateAndCap { rate_permille: scheme.rate_permille, cap_yen: *cap_yen };
        let yen = self.subsidy_yen(total(bought), half, "PROG-022", reasons);
        Grant::paid(yen).at(step).for_units(bought.len())
    }

    pub(super) fn phone_readers(
        &self,
        kind: Recipient,
        costs_yen: &[Yen],
        reasons: &mut impl Reasons,
    ) -> Grant {
        let Some(scheme) = &self.phone_readers else { return Grant::nothing(GrantReason::NotOpen) };
        let most =
            if kind.is_hospital() { scheme.hospital_units_max } else { scheme.clinic_units_max };
        let units = usize::try_from(most).unwrap_or(0).min(costs_yen.len());
        if units == 0 {
            return Grant::nothing(GrantReason::NothingBought);
        }
        let each = |cost: &Yen| self.subsidy_yen(*cost, scheme.each, "PROG-035", reasons);
        let yen = costs_yen[..units].iter().map(each).fold(0, Yen::saturating_add);
        reasons.because("PROG-035", || {
            Bilingual::new(
                format!("{units} 台分（この機関では {most} 台まで）で {yen} 円"),
                format!("for {units} units, of at most {most} here: {yen} yen"),
            )
        });
        Grant::paid(yen).for_units(units)
    }
}

fn total(costs_yen: &[Yen]) -> Yen {
    costs_yen.iter().fold(0, |sum, cost| sum.saturating_add((*cost).max(0)))
}
