//! How often institutions verified, by month: what the utilisation rates are counted from
//! (GEN-010).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::calendar::Month;
use crate::ids::InstitutionCode;
use crate::message::centre::VerificationCount;

/// The verifications of every institution, one by one; inquiries in bulk are no verifications of
/// a patient at the counter and are not counted.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(InstitutionCode, Month), Counted>);

#[derive(Debug, Default)]
struct Counted {
    by_card: u32,
    by_number: u32,
    /// Who used the card, each once.
    holders: BTreeSet<u16>,
}

impl Tally {
    fn counted(&mut self, institution: &InstitutionCode, date: Date) -> &mut Counted {
        self.0.entry((institution.clone(), Month::of(date))).or_default()
    }

    pub(super) fn by_card(&mut self, institution: &InstitutionCode, date: Date, owner: u16) {
        let counted = self.counted(institution, date);
        counted.by_card += 1;
        counted.holders.insert(owner);
    }

    pub(super) fn by_number(&mut self, institution: &InstitutionCode, date: Date) {
        self.counted(institution, date).by_number += 1;
    }

    pub(super) fn of(&self, institution: &InstitutionCode, month: Month) -> VerificationCount {
        let Some(counted) = self.0.get(&(institution.clone(), month)) else {
            return VerificationCount::default();
        };
        VerificationCount {
            by_card: counted.by_card,
            all: counted.by_card.saturating_add(counted.by_number),
            holders: u32::try_from(counted.holders.len()).unwrap_or(u32::MAX),
        }
    }
}
