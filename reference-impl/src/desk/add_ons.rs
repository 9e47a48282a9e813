//! Everything a visit is charged for: the visit itself and the add-ons (加算) that this
//! institution may charge, by what happened at the reader and what was charged before
//! (FEE-001…043).

use super::reception::Reception;
use super::services::services;
use super::{Desk, PersonKey, key_of};
use crate::calendar::Month;
use crate::fee::{
    AddOnKind, CardUsed, Care, Charged, Setting, Standing, Tariff, VisitFacts, VisitKind,
};
use crate::message::BillLine;
use crate::message::counter::{Arrival, ProofKind};
use crate::register::Route;
use crate::wire::{AnswerBody, ConsentFlag, PersonResult};

/// 診療識別 of what is done at home.
const AT_HOME: &str = "14";

impl Desk {
    /// The lines of a bill: the visit or stay, then its add-ons.
    pub(super) fn lines(
        &self,
        reception: &Reception,
        basis: Option<ProofKind>,
        tariff: &Tariff,
    ) -> Vec<BillLine> {
        let arrival = &reception.arrival;
        let care = self.care();
        let mut lines = services(care, &arrival.treatment, arrival.first);
        let Some(visit) = visit_kind(care, arrival, reception.date) else { return lines };
        let standing = &self.institution.standing;
        if *standing == Standing::default() {
            return lines;
        }
        let by_card =
            matches!(basis, Some(ProofKind::Card | ProofKind::Phone | ProofKind::ReInquiry));
        let card = if by_card { reception.card } else { CardUsed::No };
        let facts = VisitFacts { date: reception.date, care, visit, card };
        let charged = self.charged(&key_of(&arrival.person));
        let add_ons = tariff.add_ons(&facts, standing, &self.institution.months, &charged, &mut ());
        let beside = lines.first().map(|line| line.identification).unwrap_or_default();
        // What a visit falls under, its add-ons fall under as well.
        let under = lines.first().and_then(|line| line.under.clone());
        lines.extend(add_ons.iter().map(|add_on| BillLine {
            identification: if add_on.kind == AddOnKind::HomeDx { AT_HOME } else { beside },
            code: add_on.code,
            points: add_on.points,
            under: under.clone(),
            add_on: Some((add_on.kind, visit)),
        }));
        lines
    }

    /// Whose fees this institution charges.
    pub(super) fn care(&self) -> Care {
        match self.institution.code.points_table() {
            Some('3') => Care::Dental,
            Some('4') => Care::Pharmacy,
            Some('6') => Care::Nursing,
            _ => Care::Medical,
        }
    }

    /// The add-ons that a patient was charged here so far.
    fn charged(&self, person: &PersonKey) -> Vec<Charged> {
        let before = self.histories.get(person).map(|history| history.add_ons.as_slice());
        let own = self.ledger.iter().filter(|e| key_of(&e.person) == *person);
        let own = own.flat_map(|e| {
            let date = e.date;
            e.lines.iter().filter_map(move |line| {
                line.add_on.map(|(kind, visit)| Charged { kind, visit, date })
            })
        });
        before.unwrap_or_default().iter().copied().chain(own).collect()
    }
}

/// What kind of visit it is to the fee; none for the part of a stay in a later month, which has
/// no add-ons of its own.
fn visit_kind(care: Care, arrival: &Arrival, date: jiff::civil::Date) -> Option<VisitKind> {
    let treatment = &arrival.treatment;
    Some(match (treatment.setting, arrival.route, arrival.first) {
        _ if care == Care::Pharmacy => VisitKind::Dispensing,
        (Setting::Inpatient, ..) => {
            let admitted = Month::of(treatment.admitted.unwrap_or(date));
            return (admitted == Month::of(date)).then_some(VisitKind::Admission);
        }
        (Setting::Outpatient, Route::HomeVisit, _) => VisitKind::Home,
        (Setting::Outpatient, _, true) => VisitKind::First,
        (Setting::Outpatient, _, false) => VisitKind::Repeat,
    })
}

/// How the card was used, as its answer says: what of the medical information may be looked at.
/// What becomes of the look itself is not known yet when the patient pays.
pub(super) fn card_used(body: &AnswerBody) -> CardUsed {
    let groups =
        |person: &PersonResult| [person.operation, person.diagnosis, person.drugs, person.checkup];
    let flags = || body.people.iter().flat_map(groups).flatten().map(|consent| consent.flag);
    if flags().any(|flag| matches!(flag, ConsentFlag::Yes | ConsentFlag::Unobtainable)) {
        CardUsed::Yes
    } else if flags().any(|flag| flag == ConsentFlag::No) {
        CardUsed::Refused
    } else {
        CardUsed::NotFetched
    }
}
