//! From the public schemes of a scenario to certificates: on paper, and in the hub.

use std::collections::BTreeMap;

use madoguchi_reference::centre::{Hub, HubEntry};
use madoguchi_reference::subsidy::SubsidyCertificate;
use madoguchi_scenario::{Facility, Person, Subsidy, Visit};

use crate::institution::code_of;
use crate::people::Cast;

/// The certificates on paper that a patient has along.
pub(crate) fn brought_along(visit: &Visit, person: &Person) -> Vec<SubsidyCertificate> {
    let along = |subsidy: &&Subsidy| {
        let named = visit.certificates.as_ref();
        named.is_none_or(|laws| laws.0.iter().any(|law| law == subsidy.law()))
    };
    person.public.iter().filter(along).map(Subsidy::certificate).collect()
}

/// What the Public Medical Hub holds.
pub(crate) fn hub<'a>(facility: &Facility, people: impl Iterator<Item = &'a Cast<'a>>) -> Hub {
    let entries = |person: &Person| {
        let joined = person.public.iter().filter_map(|subsidy| {
            let certificate = subsidy.certificate();
            Some(HubEntry { certificate, joined: subsidy.pmh? })
        });
        joined.collect::<Vec<_>>()
    };
    let certificates = people.map(|cast| (cast.number, entries(cast.person))).collect();
    let joined = facility.pmh.map(|from| (code_of(facility), from));
    let institutions: BTreeMap<_, _> = joined.into_iter().collect();
    Hub { certificates, institutions }
}
