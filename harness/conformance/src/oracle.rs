//! A second way to the same answer: what a card must do on a day, worked out from the text of
//! CERT-002, CERT-010 and CERT-013 with year and month numbers only, sharing no code with the
//! reference. It judges scenarios whose dates the seed chose.

use jiff::civil::Date;
use madoguchi_reference::register::{ParameterValue, Register};
use madoguchi_scenario::{Card, CertificateState, Holder, Procedure, ProcedureKind, Scenario};

/// Whether a reader must take a card on `today`; `None` where the rules of the day do not say
/// (a setting other than the published one).
pub(crate) fn card_is_good(card: &Card, today: Date, register: &Register) -> Option<bool> {
    if card.certificate.state != CertificateState::Active {
        return Some(false);
    }
    let expires = card.certificate.last_day()?;
    if number(today) <= number(expires) {
        return Some(true);
    }
    let grace = register.rule("CERT-010")?;
    let Some(version) = grace.version_on(today) else { return Some(false) };
    let begins = version.from.map_or(0, number);
    let value = |name: &str| version.parameters.get(name).map(|p| &p.value);
    let months = match value("grace_months")? {
        ParameterValue::Number(months) => i32::try_from(*months).ok()?,
        ParameterValue::Numbers(_) | ParameterValue::Text(_) => return None,
    };
    if value("end_policy")? != &ParameterValue::Text("month_end".to_owned()) {
        return None;
    }
    // A certificate with a gap before the grace began is a matter of CERT-014, a setting.
    if number(expires) + 1 < begins && !same_or_next_day(expires, version.from) {
        return None;
    }
    // "Three months counted from the last day of the month of expiry": good as long as the
    // month of today is at most that many months after it.
    let index = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month());
    Some(index(today) - index(expires) <= months)
}

/// `YYYYMMDD` as a number, which orders like the date.
fn number(date: Date) -> i32 {
    i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day())
}

fn same_or_next_day(expires: Date, begins: Option<Date>) -> bool {
    begins.is_some_and(|begins| expires.tomorrow().is_ok_and(|next| next >= begins))
}

/// The card as it is before step `index`, after whatever was done about it; `None` where that
/// depends on more than this second way works out, such as a renewal.
pub(crate) fn card_before(scenario: &Scenario, who: &str, index: usize) -> Option<Card> {
    let mut card = scenario.people.get(who)?.card.clone()?;
    let steps = scenario.timeline.iter().take(index);
    let mine = |p: &&Procedure| p.who == who && p.holder() == Holder::Card;
    for procedure in steps.filter_map(|step| step.procedure.as_ref()).filter(mine) {
        let state = &mut card.certificate.state;
        match (procedure.what, *state) {
            (ProcedureKind::Suspend, CertificateState::Active) => {
                *state = CertificateState::Suspended;
            }
            (ProcedureKind::Resume, CertificateState::Suspended) => {
                *state = CertificateState::Active;
            }
            (ProcedureKind::Revoke, _) => *state = CertificateState::Revoked,
            (ProcedureKind::Renew, _) => return None,
            _ => {}
        }
    }
    Some(card)
}
