//! The services on a bill, with their codes in the masters of services (診療行為マスター,
//! 調剤行為マスター).

use crate::fee::{Care, ReceiptCode, Setting};
use crate::message::bill::{BillLine, Treatment, TreatmentPart};

/// 診療識別 and code of a service.
type Service = (&'static str, ReceiptCode);

/// 初診料, 再診料 and 急性期一般入院料１ of the medical master, 診療識別 11, 12 and 90.
const FIRST_VISIT: Service = ("11", ReceiptCode::new(111_000_110));
const NEXT_VISIT: Service = ("12", ReceiptCode::new(112_007_410));
const STAY: Service = ("90", ReceiptCode::new(190_117_710));
/// 歯科初診料 and 歯科再診料 of the dental master.
const FIRST_DENTAL_VISIT: Service = ("11", ReceiptCode::new(301_000_110));
const NEXT_DENTAL_VISIT: Service = ("12", ReceiptCode::new(301_001_610));
/// 調剤基本料. A pharmacy's services have no 診療識別. The master could not be consulted, so the
/// number stands for the service and is not the published one.
const DISPENSING: Service = ("", ReceiptCode::new(400_000_000));
/// Blood count (末梢血液一般検査), which stands for whatever else is done where a visit consists of
/// parts.
const FURTHER_SERVICE: Service = ("60", ReceiptCode::new(160_008_010));

/// What a visit or a stay itself costs: one line for all its points, or one for each part.
pub(super) fn services(care: Care, treatment: &Treatment, first: bool) -> Vec<BillLine> {
    let own = match (care, treatment.setting, first) {
        (Care::Pharmacy, ..) => DISPENSING,
        (Care::Dental, _, true) => FIRST_DENTAL_VISIT,
        (Care::Dental, _, false) => NEXT_DENTAL_VISIT,
        (Care::Medical | Care::Nursing, Setting::Inpatient, _) => STAY,
        (Care::Medical | Care::Nursing, Setting::Outpatient, true) => FIRST_VISIT,
        (Care::Medical | Care::Nursing, Setting::Outpatient, false) => NEXT_VISIT,
    };
    let whole = [TreatmentPart { points: treatment.points, under: None }];
    let parts = if treatment.parts.is_empty() { whole.as_slice() } else { &treatment.parts };
    let names = std::iter::once(own).chain(std::iter::repeat(FURTHER_SERVICE));
    let line = |(part, (identification, code)): (&TreatmentPart, _)| {
        let (points, under) = (part.points, part.under.clone());
        BillLine { identification, code, points, under, add_on: None }
    };
    parts.iter().zip(names).map(line).collect()
}
