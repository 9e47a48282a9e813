//! 照会番号: what an institution calls a patient (NBR-080). It is kept for that institution and
//! that qualification only, so it is forgotten with a change of insurance.

use std::collections::BTreeMap;

use super::{Centre, notice};
use crate::calendar::Jst;
use crate::ids::{InstitutionCode, InsuredKey, ReferenceNumber};
use crate::message::registry::Entry;
use crate::wire::{PlainHeader, RegistrationAnswer, RegistrationBody, RegistrationRequest, Status};

/// The official error codes (別紙6-1) are not public; this is the model's own.
const NOT_FOUND: (&str, &str) = ("SIM-PERSON", "該当する資格がないか、複数あります");

/// Numbers by institution, person and qualification.
pub(super) type Numbers = BTreeMap<(InstitutionCode, u16, InsuredKey), ReferenceNumber>;

impl Centre {
    pub(super) fn register_number(
        &mut self,
        now: Jst,
        asked: &RegistrationRequest,
    ) -> RegistrationAnswer {
        let header = PlainHeader {
            file_id: asked.file_id.clone(),
            ..PlainHeader::new(now, asked.institution.clone())
        };
        let body = |status, result, number| {
            let body = Some(RegistrationBody { status, result, number });
            RegistrationAnswer { header: header.clone(), body }
        };
        // There is no birth date in it, so a number without its branch may fit a whole family.
        let Some(entry) = self.registry.entry_with(&asked.key) else {
            return body(Status::Error, Some(notice(NOT_FOUND)), None);
        };
        let key = (asked.institution.clone(), entry.owner, entry.insured.clone());
        self.numbers.insert(key, asked.number.clone());
        body(Status::Normal, None, Some(asked.number.clone()))
    }

    /// What this institution calls the person of a qualification.
    pub(super) fn reference_number(
        &self,
        institution: &InstitutionCode,
        entry: &Entry,
    ) -> Option<ReferenceNumber> {
        let key = (institution.clone(), entry.owner, entry.insured.clone());
        self.numbers.get(&key).cloned()
    }
}
