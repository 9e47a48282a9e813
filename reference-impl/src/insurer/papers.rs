//! What an insurer sends to the people it insures: 健康保険証 as long as there were any, then
//! 資格確認書 or 資格情報のお知らせ (CERT-050…053, FB-012, FB-040…042).
//!
//! Every decision is a pure function of the register, the person and what J-LIS says of the
//! person's cards; `mail.rs` knows when to decide.

use jiff::civil::Date;

use crate::message::counter::{Paper, Proof, ProofKind};
use crate::message::office::CardStanding;
use crate::message::registry::Entry;
use crate::register::Policy;

/// Whether an insurer replaces a lapsed certificate by a 資格確認書 without being asked
/// (CERT-052).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reissue {
    /// 職権交付.
    ExOfficio,
    /// Only on application.
    OnApplication,
}

/// Why an insurer decides about papers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Occasion {
    /// The person is insured from this day on.
    Gain,
    /// The papers held so far run out: every year for 国民健康保険 and 後期高齢者医療, once for
    /// the health cards of employees.
    Renewal,
    /// J-LIS's list has the person among those whose certificate has lapsed (CERT-051).
    Lapse,
    /// The person asks for it.
    Application(ProofKind),
}

/// The paper that is sent on `date`, the day of `policy`, if one is.
pub(super) fn paper_for(
    entry: &Entry,
    occasion: Occasion,
    date: Date,
    cards: &[CardStanding],
    reissue: Reissue,
    policy: &Policy<'_>,
) -> Option<Proof> {
    // An insurer that issues on application only cannot see when a card runs out (CERT-052).
    let sees_dates = reissue == Reissue::ExOfficio;
    let good = |card: &CardStanding| !sees_dates || date <= card.expires;
    let usable = cards.iter().any(|card| card.owner == entry.owner && good(card));
    let kind = kind_for(entry, occasion, usable, reissue, policy)?;
    let paper = Paper {
        insured: entry.insured.clone(),
        relation: entry.relation,
        from: entry.from,
        lost: None,
        until: printed_until(entry, kind, date, policy),
        ratio_percent: entry.ratio_percent,
    };
    Some(Proof { kind, paper: Some(paper) })
}

fn kind_for(
    entry: &Entry,
    occasion: Occasion,
    usable: bool,
    reissue: Reissue,
    policy: &Policy<'_>,
) -> Option<ProofKind> {
    // Up to the last day of issue everybody gets a health card, whatever else they hold
    // (FB-012).
    if policy.issues_health_cards() {
        return (occasion != Occasion::Lapse).then_some(ProofKind::HealthCard);
    }
    let late_elderly = entry.insured.insurer.is_late_elderly();
    let regardless = late_elderly && policy.certificate_beside_a_card(entry.person.born);
    match occasion {
        Occasion::Gain | Occasion::Renewal if regardless => Some(ProofKind::EligibilityCertificate),
        Occasion::Gain if usable => Some(ProofKind::EligibilityNotice),
        // Whoever uses a card needs no new paper every year.
        Occasion::Renewal if usable => None,
        // A certificate renewed in the meantime needs no paper (CERT-050).
        Occasion::Lapse if usable || reissue == Reissue::OnApplication => None,
        // Who asks for a health card gets what there is instead (FB-012).
        Occasion::Application(ProofKind::HealthCard) if usable && !regardless => {
            Some(ProofKind::EligibilityNotice)
        }
        // On application it is also sent to who has a card, such as persons in need of care
        // (CERT-053).
        Occasion::Gain | Occasion::Renewal | Occasion::Lapse | Occasion::Application(_) => {
            Some(ProofKind::EligibilityCertificate)
        }
    }
}

/// The printed last day. Nothing is printed on a notice, nor on the health card of an employee.
fn printed_until(entry: &Entry, kind: ProofKind, date: Date, policy: &Policy<'_>) -> Option<Date> {
    let insurer = &entry.insured.insurer;
    let yearly = insurer.is_national_health() || insurer.is_late_elderly();
    match kind {
        ProofKind::HealthCard => policy.health_card_until(date, yearly),
        ProofKind::EligibilityCertificate => policy.certificate_until(date, yearly),
        _ => None,
    }
}
