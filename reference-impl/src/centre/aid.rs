//! Medical aid (医療扶助) in an answer: the person with class `A1`, the month's ticket, and the
//! validity that goes with it (ELIG-003, ELIG-060, ELIG-061).

use crate::aid::AidFinding;
use crate::ids::{BranchNumber, InsuredKey, InsuredSymbol};
use crate::message::registry::AidTicket;
use crate::wire::{
    CardClass, CareSetting, InstitutionMatch, MedicalTicket, PersonResult, TicketUse, Validity,
    YesNo,
};

/// The validity of an answer in which an insurance was found to be `insurance`. Beside a valid
/// insurance a missing ticket does not make the whole unregistered; the ticket itself is seen to
/// be missing.
pub(super) fn with_aid(insurance: Validity, aid: Option<&AidFinding<'_>>) -> Validity {
    match (insurance, aid) {
        (Validity::Valid, _) => Validity::Valid,
        (_, Some(AidFinding { ticket: Some(_), .. })) => Validity::Valid,
        (_, Some(AidFinding { ticket: None, .. })) => Validity::ValidUnregistered,
        (insurance, None) => insurance,
    }
}

/// `ResultOfQualificationConfirmation` of a person on medical aid; `combined` says whether it
/// stands beside an insurance.
pub(super) fn aid_result(aid: &AidFinding<'_>, combined: bool) -> PersonResult {
    let entry = aid.entry;
    let key = InsuredKey {
        insurer: entry.payer.clone(),
        symbol: InsuredSymbol::default(),
        number: entry.recipient.clone(),
        branch: BranchNumber::default(),
    };
    let person = &entry.person;
    let mut result =
        PersonResult::new(key, entry.office.clone(), person.name.clone(), person.sex, person.born);
    result.card_class = CardClass::MedicalAid;
    result.kana = Some(person.kana.clone());
    result.address = Some(person.address.clone());
    result.qualification_date = Some(entry.from);
    result.disqualification_date = entry.lost;
    result.tickets.extend(aid.ticket.map(|(ticket, fits)| shown(ticket, fits, combined)));
    result
}

fn shown(ticket: &AidTicket, fits: InstitutionMatch, combined: bool) -> MedicalTicket {
    let alone = if combined { TicketUse::Combined } else { TicketUse::Alone };
    let insured = if combined { YesNo::Yes } else { YesNo::No };
    MedicalTicket {
        to: Some(ticket.month.last()),
        institution: Some(ticket.institution.clone()),
        care: Some(CareSetting::Outpatient),
        self_pay: Some(ticket.self_pay_yen),
        use_with: Some(alone),
        social_insurance: Some(insured),
        ..MedicalTicket::new(ticket.kind, ticket.month, ticket.month.first(), fits)
    }
}
