//! What a welfare office registers for a person on medical aid.

use madoguchi_reference::calendar::day_after;
use madoguchi_reference::ids::InstitutionCode;
use madoguchi_reference::insurer::Due;
use madoguchi_reference::message::Registration;
use madoguchi_reference::message::registry::{AidEntry, AidTicket};
use madoguchi_reference::wire::TicketKind;
use madoguchi_scenario::{Loading, MedicalAid, Named, Ticket, TicketFor};

use crate::people::{Cast, due};

/// The code of the institution that a ticket for somewhere else names.
const ELSEWHERE: &str = "9919999992";

/// The person and the tickets, each with the time it is registered at.
pub(crate) fn aid_filings(
    cast: &Cast<'_>,
    institution: &InstitutionCode,
) -> Vec<(Due, Registration)> {
    let Some(aid) = &cast.person.medical_aid else { return Vec::new() };
    let entry = AidEntry {
        owner: cast.number,
        payer: aid.payer.clone(),
        recipient: aid.recipient.clone(),
        person: cast.identity.clone(),
        office: "見本福祉事務所".to_owned(),
        from: aid.from,
        lost: aid.to.map(day_after),
        linked_from: aid.linked_from,
    };
    let person = due(aid.registered, aid.from).map(|due| (due, Registration::Aid(Box::new(entry))));
    let tickets = aid.tickets.iter().filter_map(|ticket| {
        let due = match ticket.registered {
            Loading::Usual => Due::TicketDay(ticket.month),
            Loading::Latest => Due::LastTicketDay(ticket.month),
            Loading::At(at) => Due::At(at),
            Loading::Never => return None,
        };
        let filed = filed(cast.number, aid, ticket, institution);
        Some((due, Registration::Ticket(Box::new(filed))))
    });
    person.into_iter().chain(tickets).collect()
}

fn filed(owner: u16, aid: &MedicalAid, ticket: &Ticket, here: &InstitutionCode) -> AidTicket {
    AidTicket {
        owner,
        payer: aid.payer.clone(),
        kind: match ticket.kind {
            TicketFor::Medical => TicketKind::Medical,
            TicketFor::Dispensing => TicketKind::Dispensing,
        },
        month: ticket.month,
        institution: match ticket.institution {
            Named::Here => here.clone(),
            Named::Elsewhere => InstitutionCode::from(ELSEWHERE),
        },
        self_pay_yen: ticket.self_pay,
    }
}
