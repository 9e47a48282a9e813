//! What a pharmacy writes on its receipts: who prescribed, and for every acceptance of a
//! prescription what was dispensed and charged.

use super::publics::Publics;
use crate::desk::Encounter;
use crate::message::BillLine;
use crate::uke::{CountedFee, Dispensing, Entry, Fee, Management, Prescriber, Prescription};

/// Who prescribed where a visit does not say: an institution nobody has, with its table and its
/// prefecture in front.
const PRESCRIBER: &str = "1319990003";

/// The prescribing institution; a receipt has one (CLM-020).
pub(super) fn prescriber(visit: &Encounter) -> Prescriber {
    let code = visit.prescriber.as_ref().map_or(PRESCRIBER, |code| code.as_str());
    let part = |range: std::ops::Range<usize>| code.get(range).unwrap_or_default().into();
    Prescriber {
        prefecture: part(0..2),
        table: part(2..3),
        institution: part(3..10),
        name: "見本医院".into(),
        doctors: vec!["見本　太郎".into()].into(),
        ..Prescriber::default()
    }
}

/// The prescriptions with their dispensing, then the fees of each acceptance. Which drugs they
/// were is not what this project is about, so all points are those of the fees.
pub(super) fn records(visits: &[&Encounter], publics: &Publics<'_>) -> Vec<Entry> {
    let dispensed = (1..).zip(visits).flat_map(|(nth, visit)| dispensed(nth, visit));
    let managed = (1..).zip(visits).map(|(nth, visit)| managed(nth, visit, publics));
    dispensed.chain(managed).collect()
}

fn dispensed(acceptance: u16, visit: &Encounter) -> [Entry; 2] {
    let prescription = Prescription {
        number: format!("{acceptance:02}").into(),
        dosage_form: "1".into(),
        ..Prescription::default()
    };
    let dispensing = Dispensing {
        doctor: "1".into(),
        prescribed: Some(visit.date),
        dispensed: Some(visit.date),
        acceptance,
        quantity: 1,
        ..Dispensing::default()
    };
    [prescription.into(), dispensing.into()]
}

/// The fees of one acceptance of prescriptions: the base fee and what is added to it.
fn managed(acceptance: u16, visit: &Encounter, publics: &Publics<'_>) -> Entry {
    let mut lines = visit.lines.iter();
    let burden = |line: &BillLine| publics.burden(visit, line).into();
    let points = |line: &BillLine| u32::try_from(line.points).ok();
    let base = lines.next().map(|line| Fee {
        burden: burden(line),
        code: line.code.to_string().into(),
        points: points(line),
    });
    let additions = lines.map(|line| CountedFee {
        burden: burden(line),
        code: line.code.to_string().into(),
        count: Some(1),
        points: points(line),
    });
    Management {
        on: Some(visit.date),
        acceptance,
        base: base.unwrap_or_default(),
        additions: additions.collect(),
        ..Management::default()
    }
    .into()
}
