//! Statements (被保険者資格申立書): taken, kept, and used for claims without a number (FB-007).

use super::{Desk, Encounter, key_of};
use crate::calendar::Jst;
use crate::message::Counter;
use crate::message::counter::{Proof, ProofKind};
use crate::message::statement::Statement;
use crate::party::{Outbox, PartyId};

impl Desk {
    /// A statement that is not complete goes back to the patient once.
    pub(super) fn stated(
        &mut self,
        now: Jst,
        patient: PartyId,
        statement: Statement,
        out: &mut Outbox,
    ) {
        let key = key_of(&statement.person);
        let complete = statement.is_complete();
        let first = self.statements.insert(key, statement).is_none_or(|before| before.signed);
        if !complete && first {
            return out.send(patient, Counter::Show(ProofKind::Statement));
        }
        let proof = Proof { kind: ProofKind::Statement, paper: None };
        self.shown(now, patient, proof, out);
    }

    /// Address, telephone number and employer for the remarks of an unknown receipt (CLM-003,
    /// CLM-006), full-width as the remarks have it.
    pub(super) fn contact_of(&self, visit: &Encounter) -> String {
        let statement = self.statements.get(&key_of(&visit.person));
        let known = statement.into_iter().flat_map(|s| [Some(&s.phone), s.employer.as_ref()]);
        let parts = std::iter::once(&visit.person.address).chain(known.flatten());
        parts.map(|part| full_width(part)).collect::<Vec<_>>().join("　")
    }
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap_or(c),
        '-' => '－',
        other => other,
    };
    text.chars().map(wide).collect()
}
