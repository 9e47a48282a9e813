//! Subsidies that are a part of a cost (PROG-030…037).

use jiff::civil::Date;

use super::figures::RateAndCap;
use super::grant::{Grant, GrantReason};
use super::{Recipient, RecordStandard, Schemes};
use crate::fee::{Reasons, Yen};
use crate::lang::Bilingual;

impl Schemes {
    /// PROG-037: the rate of a cost, at most the cap, cut off to the unit of the setting. `rule`
    /// gives rate and cap.
    pub(super) fn subsidy_yen(
        &self,
        cost_yen: Yen,
        RateAndCap { rate_permille, cap_yen }: RateAndCap,
        rule: &'static str,
        reasons: &mut impl Reasons,
    ) -> Yen {
        let part = i128::from(cost_yen.max(0)) * i128::from(rate_permille.max(0)) / 1_000;
        let part_yen = Yen::try_from(part).unwrap_or(Yen::MAX);
        let yen = part_yen.min(cap_yen);
        let cut_yen = yen - yen % self.unit_yen;
        reasons.because(rule, || {
            let rate = rate_word(rate_permille);
            Bilingual::new(
                format!("費用 {cost_yen} 円 × {rate} = {part_yen} 円、上限 {cap_yen} 円"),
                format!("a cost of {cost_yen} yen × {rate} = {part_yen} yen, at most {cap_yen}"),
            )
        });
        reasons.because("PROG-037", || {
            let unit_yen = self.unit_yen;
            Bilingual::new(
                format!("小さい方を {unit_yen} 円未満で切り捨てて {cut_yen} 円"),
                format!("the smaller one, cut off to {unit_yen} yen: {cut_yen} yen"),
            )
        });
        cut_yen
    }

    /// The rate of as much of a cost as counts.
    fn part_yen(
        &self,
        cost_yen: Yen,
        most_yen: Yen,
        rate_permille: i64,
        rule: &'static str,
        reasons: &mut impl Reasons,
    ) -> Yen {
        if cost_yen > most_yen {
            reasons.because(rule, || {
                Bilingual::new(
                    format!("費用 {cost_yen} 円のうち {most_yen} 円までを数える"),
                    format!("of a cost of {cost_yen} yen, {most_yen} count"),
                )
            });
        }
        let counted_yen = cost_yen.min(most_yen);
        // The cost is capped and with it what is paid, so there is no other cap.
        let rate = RateAndCap { rate_permille, cap_yen: counted_yen };
        self.subsidy_yen(counted_yen, rate, rule, reasons)
    }

    pub(super) fn home_consent(
        &self,
        on: Date,
        kind: Recipient,
        device_yen: Yen,
        software_yen: Yen,
        reasons: &mut impl Reasons,
    ) -> Grant {
        let Some(scheme) = &self.home_consent else { return Grant::nothing(GrantReason::NotOpen) };
        if let Some(ended) = ended(on, scheme.last_day, "PROG-030", reasons) {
            return ended;
        }
        let (rule, rate, software_max) = match kind {
            Recipient::Hospital => ("PROG-030", scheme.hospital, scheme.hospital_software_yen),
            Recipient::ChainPharmacy => ("PROG-031", scheme.chain, scheme.other_software_yen),
            Recipient::Clinic | Recipient::Dental | Recipient::Pharmacy => {
                ("PROG-032", scheme.other, scheme.other_software_yen)
            }
        };
        let counts = |cost_yen: Yen, most_yen: Yen| cost_yen.clamp(0, most_yen.max(0));
        let device = counts(device_yen, scheme.device_yen);
        let software = counts(software_yen, software_max);
        reasons.because("PROG-033", || {
            Bilingual::new(
                format!("費用として数えるのは端末 {device} 円、改修 {software} 円"),
                format!("of the cost, {device} yen count for the device, {software} for software"),
            )
        });
        Grant::paid(self.subsidy_yen(device.saturating_add(software), rate, rule, reasons))
    }

    pub(super) fn eligibility_app(
        &self,
        on: Date,
        cost_yen: Yen,
        reasons: &mut impl Reasons,
    ) -> Grant {
        let Some(scheme) = &self.eligibility_app else {
            return Grant::nothing(GrantReason::NotOpen);
        };
        if let Some(ended) = ended(on, scheme.last_day, "PROG-034", reasons) {
            return ended;
        }
        let (most, rate) = (scheme.cost_max_yen, scheme.rate_permille);
        Grant::paid(self.part_yen(cost_yen, most, rate, "PROG-034", reasons))
    }

    pub(super) fn record_standard(
        &self,
        told: &RecordStandard,
        reasons: &mut impl Reasons,
    ) -> Grant {
        let Some(scheme) = &self.record_standard else {
            return Grant::nothing(GrantReason::NotOpen);
        };
        let beds = i64::from(told.beds);
        let refused = if !(told.online_verification && told.e_prescription) {
            let ja = "オンライン資格確認と電子処方箋の両方が必要である";
            let en = "online verification and electronic prescriptions are both needed";
            Some((GrantReason::ConditionsMissing, Bilingual::new(ja, en)))
        } else if beds < scheme.least_beds {
            let least = scheme.least_beds;
            let ja = format!("病床数 {beds} は {least} に満たない");
            let en = format!("{beds} beds are fewer than {least}");
            Some((GrantReason::TooFewBeds, Bilingual::new(ja, en)))
        } else {
            None
        };
        if let Some((reason, text)) = refused {
            reasons.because("PROG-036", || text);
            return Grant::nothing(reason);
        }
        let size = usize::from(beds < scheme.large_beds);
        let costs_max = if told.check_ups {
            scheme.with_check_ups_costs_yen
        } else {
            scheme.without_check_ups_costs_yen
        };
        Grant::paid(self.part_yen(
            told.cost_yen,
            costs_max[size],
            scheme.rate_permille,
            "PROG-036",
            reasons,
        ))
    }
}

/// Nothing, where applications ended before the day.
fn ended(
    on: Date,
    last_day: Date,
    rule: &'static str,
    reasons: &mut impl Reasons,
) -> Option<Grant> {
    if on <= last_day {
        return None;
    }
    reasons.because(rule, || {
        Bilingual::new(
            format!("申請は {last_day} までで終わった"),
            format!("applications were taken up to {last_day}"),
        )
    });
    Some(Grant::nothing(GrantReason::ApplicationsEnded))
}

/// A rate as it is printed: `1/2`, `3/4`, or in thousandths.
fn rate_word(permille: i64) -> String {
    match permille {
        500 => "1/2".to_owned(),
        750 => "3/4".to_owned(),
        other => format!("{other}/1000"),
    }
}
