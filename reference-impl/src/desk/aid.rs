//! Patients on medical aid (医療扶助): what an answer says of the month's ticket, and the call to
//! the welfare office where it says too little (ELIG-060, ELIG-061).

use super::reception::Stage;
use super::{Chart, Desk};
use crate::calendar::{Jst, MINUTE};
use crate::ids::{InsuredKey, PayerNumber, RecipientNumber};
use crate::message::counter::ProofKind;
use crate::message::{OfficeAsked, OfficeSays};
use crate::party::{Outbox, PartyId};
use crate::subsidy::{SubsidyCertificate, Terms};
use crate::wire::{AnswerBody, CardClass, InstitutionMatch, PersonResult, TicketKind};

/// How long the desk stays on the telephone.
const OFFICE_PATIENCE: i64 = 5 * MINUTE;

/// What an answer says of a patient's medical aid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Aid {
    /// 公費負担者番号 and 公費受給者番号.
    pub(super) key: InsuredKey,
    /// What the patient pays in the month, in yen, if there is a ticket for this institution.
    pub(super) self_pay_yen: Option<i64>,
    /// The insurance beside it, if there is one.
    pub(super) insurance: Option<Chart>,
}

/// The medical aid in an answer, if the desk's computer can handle it.
pub(super) fn aid_of(body: &AnswerBody) -> Option<Aid> {
    let person = body.people.iter().find(|person| person.card_class == CardClass::MedicalAid)?;
    let here = person.tickets.iter().find(|ticket| {
        // The flag decides, not the mere presence of a ticket (OQSCD026).
        ticket.kind == TicketKind::Medical && ticket.institution_match == InstitutionMatch::Same
    });
    let self_pay_yen = here.map(|ticket| i64::from(ticket.self_pay.unwrap_or(0)));
    Some(Aid { key: person.key.clone(), self_pay_yen, insurance: None })
}

/// The insurance in an answer.
pub(super) fn insurance_of(body: &AnswerBody) -> Option<&PersonResult> {
    body.people.iter().find(|person| person.card_class != CardClass::MedicalAid)
}

impl Desk {
    /// A patient is on medical aid: charge what the ticket says, or ask the office whether there
    /// is going to be one.
    pub(super) fn aid_answered(&mut self, now: Jst, patient: PartyId, aid: Aid, out: &mut Outbox) {
        match aid.self_pay_yen {
            Some(self_pay) => self.charge_aid(now, patient, aid, self_pay, true, out),
            None => self.call_office(now, patient, aid, out),
        }
    }

    fn call_office(&mut self, now: Jst, patient: PartyId, aid: Aid, out: &mut Outbox) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        let Some(office) = self.offices.get(&aid.key.insurer) else {
            // Nobody to call: entitled is entitled.
            return self.charge_aid(now, patient, aid, 0, false, out);
        };
        let asked = OfficeAsked {
            patient,
            recipient: aid.key.number.clone(),
            institution: self.institution.code.clone(),
            date: reception.date,
        };
        out.send(*office, asked);
        if let PartyId::Patient(number) = patient {
            out.wake_after(now, OFFICE_PATIENCE, "office", u64::from(number));
        }
        reception.stage = Stage::Office;
        reception.aid = Some(aid);
    }

    /// The office has answered, or nobody there has (`None`). That is not a "no": the centre said
    /// that the patient is entitled.
    pub(super) fn office_answered(
        &mut self,
        now: Jst,
        patient: PartyId,
        says: Option<OfficeSays>,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        if reception.stage != Stage::Office {
            return;
        }
        let Some(aid) = reception.aid.take() else { return };
        match says {
            Some(OfficeSays { entitled: false, .. }) => self.next_rung(now, patient, out),
            Some(says) => {
                self.charge_aid(now, patient, aid, says.self_pay_yen, true, out);
            }
            None => self.charge_aid(now, patient, aid, 0, false, out),
        }
    }

    pub(super) fn no_office(&mut self, now: Jst, key: u64, out: &mut Outbox) {
        let patient = PartyId::Patient(u16::try_from(key).unwrap_or(u16::MAX));
        self.office_answered(now, patient, None, out);
    }

    /// The patient pays the amount of the ticket, once a month, and never more than is left to
    /// pay; the rest is the welfare office's. An insurance beside it comes first.
    fn charge_aid(
        &mut self,
        now: Jst,
        patient: PartyId,
        aid: Aid,
        self_pay_yen: i64,
        confirmed: bool,
        out: &mut Outbox,
    ) {
        let Some(reception) = self.receptions.get_mut(&patient) else { return };
        reception.aided = Some(SubsidyCertificate {
            payer: PayerNumber(aid.key.insurer.0),
            recipient: RecipientNumber(aid.key.number.0),
            from: reception.date,
            until: None,
            terms: Terms::up_to(self_pay_yen),
        });
        let shown = reception.arrival.shows.as_ref().map(|proof| proof.kind);
        let basis = shown.or(Some(ProofKind::Card));
        self.charge(now, patient, basis, aid.insurance, confirmed, out);
    }
}
