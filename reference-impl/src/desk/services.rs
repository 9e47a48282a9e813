//! The services on a bill, with their codes in the masters of services (診療行為マスター,
//! 調剤行為マスター).

use super::Institution;
use crate::fee::Setting;
use crate::message::bill::{BillLine, Treatment, TreatmentPart};

/// 診療識別 and code of 初診料, 再診料 and 急性期一般入院料１ in the medical master.
const FIRST_VISIT: (&str, &str) = ("11", "111000110");
const NEXT_VISIT: (&str, &str) = ("12", "112007410");
const STAY: (&str, &str) = ("90", "190117710");
/// The same of 歯科初診料 and 歯科再診料 in the dental master.
const FIRST_DENTAL_VISIT: (&str, &str) = ("11", "301000110");
const NEXT_DENTAL_VISIT: (&str, &str) = ("12", "301001610");
/// 調剤基本料. A pharmacy's services have no 診療識別. The master could not be consulted, so the
/// number stands for the service and is not the published one.
const DISPENSING: (&str, &str) = ("", "400000000");

/// Blood count (末梢血液一般検査), which stands for whatever else is done where a visit consists of
/// parts.
const FURTHER_SERVICE: (&str, &str) = ("60", "160008010");

/// What a visit or a stay itself costs: one line for all its points, or one for each part.
pub(super) fn services(
    institution: &Institution,
    treatment: &Treatment,
    first: bool,
) -> Vec<BillLine> {
    let (identification, code) = match (institution.code.points_table(), treatment.setting, first) {
        (Some('4'), ..) => DISPENSING,
        (Some('3'), _, true) => FIRST_DENTAL_VISIT,
        (Some('3'), _, false) => NEXT_DENTAL_VISIT,
        (_, Setting::Inpatient, _) => STAY,
        (_, Setting::Outpatient, true) => FIRST_VISIT,
        (_, Setting::Outpatient, false) => NEXT_VISIT,
    };
    let whole = [TreatmentPart { points: treatment.points, under: None }];
    let parts = if treatment.parts.is_empty() { whole.as_slice() } else { &treatment.parts };
    let names = std::iter::once((identification, code)).chain(std::iter::repeat(FURTHER_SERVICE));
    let line = |(part, (identification, code)): (&TreatmentPart, _)| {
        let (points, under) = (part.points, part.under.clone());
        BillLine { identification, code, points, under }
    };
    parts.iter().zip(names).map(line).collect()
}
