//! From the procedures of a plan, and what is done in the portal, to what people are told.

use madoguchi_reference::ids::InstitutionCode;
use madoguchi_reference::message::reader::{Carrier, Method};
use madoguchi_reference::message::{self, Order, PortalWish, ProcedureAsked};
use madoguchi_scenario::{
    AtPortal, Facility, Holder, PortalDoing, Procedure, ProcedureKind, Scenario, Visit, Where,
};

use crate::institution::code_of;
use crate::orders::wish;
use crate::people::Cast;
use crate::tokens::carrier;

/// What a person is told to have done.
pub(crate) fn order(procedure: &Procedure, cast: &Cast<'_>) -> Order {
    let what = match procedure.what {
        ProcedureKind::Suspend => message::Procedure::Suspend,
        ProcedureKind::Resume => message::Procedure::Resume,
        ProcedureKind::Revoke => message::Procedure::Revoke(procedure.reason.unwrap_or_default()),
        ProcedureKind::Renew => message::Procedure::Renew,
        ProcedureKind::ResetPin => {
            let same = cast.person.card.as_ref().map(|c| c.pin.clone()).unwrap_or_default();
            message::Procedure::ResetPin(procedure.pin.clone().unwrap_or(same))
        }
        ProcedureKind::Load => load(procedure, cast),
    };
    let token = cast.token_number(procedure.holder());
    Order::Procedure(ProcedureAsked { token, born: cast.identity.born, what })
}

fn load(procedure: &Procedure, cast: &Cast<'_>) -> message::Procedure {
    let card = cast.person.card.as_ref();
    let right = card.map(|c| c.signature_password.clone()).unwrap_or_default();
    let phone = cast.phone(procedure.holder()).map(|phone| carrier(phone.kind));
    message::Procedure::LoadPhone {
        card: cast.token_number(Holder::Card),
        password: procedure.password.clone().unwrap_or(right),
        carrier: phone.unwrap_or(Carrier::Card),
    }
}

/// What a person is told to do in マイナポータル.
pub(crate) fn portal_wish(portal: &AtPortal, facility: &Facility) -> PortalWish {
    match portal.does {
        PortalDoing::SeeViews => PortalWish::Views,
        PortalDoing::WithdrawConsent => PortalWish::Withdraw(code_of(facility)),
        PortalDoing::SignUp => PortalWish::SignUp,
        PortalDoing::PresetConsent => {
            let institution = match portal.institution.unwrap_or_default() {
                Where::Here => code_of(facility),
                Where::Elsewhere => InstitutionCode(format!("{:02}19990002", facility.prefecture)),
            };
            let consent = portal.consent.unwrap_or_default();
            let visit = Visit { consent, ..Visit::by(&portal.who, Method::Face, false) };
            PortalWish::Preset { institution, consent: wish(&visit) }
        }
    }
}

/// The PIN of the card at a step: the last one set before it.
pub(crate) fn card_pin(
    scenario: &Scenario,
    index: usize,
    who: &str,
    cast: &Cast<'_>,
) -> Option<String> {
    let before = scenario.timeline.iter().take(index).rev();
    let procedures = before.filter_map(|step| step.procedure.as_ref());
    let set = |p: &Procedure| (p.who == who).then(|| p.pin.clone()).flatten();
    let own = || cast.person.card.as_ref().map(|card| card.pin.clone());
    procedures.filter_map(set).next().or_else(own)
}
