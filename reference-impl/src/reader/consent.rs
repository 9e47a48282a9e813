//! Which consent screens a reader shows, and what their answers add up to (CONS-001, CONS-010,
//! CONS-011, CONS-024, CONS-032, CONS-060), as pure functions.
//!
//! Screens are kept in reverse, so that the next one is the last.

use crate::message::centre::{ConsentGroups, ConsentWish};
use crate::message::reader::ConsentScreen;
use crate::register::Policy;

/// The screens for a person at the reader, last first; `specific_disease` says whether to ask
/// about a 特定疾病療養受療証, and `subsidies` whether about certificates of public schemes.
pub(super) fn screens(
    policy: &Policy<'_>,
    offered: ConsentGroups,
    specific_disease: bool,
    subsidies: bool,
) -> Vec<ConsentScreen> {
    let individual = individual(existing(policy, offered));
    let mut screens = if policy.package_consent() && !individual.is_empty() {
        vec![ConsentScreen::Package]
    } else {
        individual
    };
    if policy.limit_needs_consent() {
        screens.insert(0, ConsentScreen::Limit);
    }
    if specific_disease && offered.specific_disease {
        screens.insert(0, ConsentScreen::SpecificDisease);
    }
    if subsidies {
        let first = policy.asks_for_subsidies_first();
        let place = if first { screens.len() } else { 0 };
        screens.insert(place, ConsentScreen::Subsidy);
    }
    screens
}

/// The groups on offer that exist already: surgery is younger than the others (CONS-001).
fn existing(policy: &Policy<'_>, offered: ConsentGroups) -> ConsentGroups {
    ConsentGroups { surgery: offered.surgery && policy.surgery_group(), ..offered }
}

/// The screens of CONS-010 for the groups on offer, last first.
fn individual(offered: ConsentGroups) -> Vec<ConsentScreen> {
    let all = [
        (offered.check_up, ConsentScreen::CheckUp),
        (offered.treatment || offered.drugs, ConsentScreen::TreatmentAndDrugs),
        (offered.surgery, ConsentScreen::Surgery),
    ];
    all.into_iter().filter(|(on, _)| *on).map(|(_, screen)| screen).collect()
}

/// Takes the answer to the screen that is shown into `given`.
pub(super) fn answer(
    screens: &mut Vec<ConsentScreen>,
    given: &mut ConsentWish,
    wish: ConsentWish,
    (policy, offered): (&Policy<'_>, ConsentGroups),
) {
    let offered = existing(policy, offered);
    let wish = wish.within(offered);
    match screens.pop() {
        Some(ConsentScreen::Package) => {
            let all = ConsentWish::ALL.within(offered);
            let medical = |w: ConsentWish| [w.surgery, w.treatment, w.drugs, w.check_up];
            if medical(wish) == medical(all) || medical(wish) == [false; 4] {
                *given = beside(*given, wish);
            } else {
                // Whoever wants to choose gets the screens one by one (CONS-011).
                screens.extend(individual(offered));
            }
        }
        Some(ConsentScreen::Surgery) => given.surgery = wish.surgery,
        Some(ConsentScreen::TreatmentAndDrugs) => {
            (given.treatment, given.drugs) = (wish.treatment, wish.drugs);
        }
        Some(ConsentScreen::CheckUp) => given.check_up = wish.check_up,
        Some(ConsentScreen::Limit) => given.limit = wish.limit,
        Some(ConsentScreen::SpecificDisease) => given.specific_disease = wish.specific_disease,
        Some(ConsentScreen::Subsidy) => given.subsidy = wish.subsidy,
        None => {}
    }
}

/// Takes a package screen that was left as it is shown, with `shown` ticked, into `given`
/// (CONS-012). Any other screen starts from nothing.
pub(super) fn leave(
    screens: &mut Vec<ConsentScreen>,
    given: &mut ConsentWish,
    shown: ConsentWish,
    offered: ConsentGroups,
) {
    if screens.pop() == Some(ConsentScreen::Package) {
        *given = beside(*given, shown.within(offered));
    }
}

/// The answers of a package screen beside those of the screens that ask for something else.
fn beside(given: ConsentWish, package: ConsentWish) -> ConsentWish {
    let ConsentWish { limit, specific_disease, subsidy, .. } = given;
    ConsentWish { limit, specific_disease, subsidy, ..package }
}
