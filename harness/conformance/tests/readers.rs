//! Nothing that can go wrong at a reader is left without a scenario.

mod common;

use std::collections::BTreeSet;

use madoguchi_scenario::{FaultKind, OutageOf, ReaderFaultKind, Scenario, SlotOf};

fn all() -> Vec<Scenario> {
    common::scenarios(&common::register())
}

#[test]
fn every_fault_of_a_reader_happens_in_a_scenario_that_expects_how_it_goes_on() {
    let mut happens = BTreeSet::new();
    for scenario in all() {
        let expects = scenario.timeline.iter().any(|step| !step.expect.is_empty());
        let kinds = scenario.faults.iter().filter_map(|fault| match fault.kind() {
            Some(FaultKind::Reader(reader)) => Some(reader.what),
            _ => None,
        });
        happens.extend(kinds.filter(|_| expects));
    }
    let missing: Vec<_> =
        ReaderFaultKind::ALL.iter().filter(|kind| !happens.contains(kind)).collect();
    assert!(missing.is_empty(), "no scenario has {missing:?}");
}

#[test]
fn a_reader_a_terminal_and_a_cable_are_out_in_some_scenario() {
    let outages: BTreeSet<_> = all()
        .iter()
        .flat_map(|scenario| scenario.faults.iter().filter_map(|fault| fault.outage))
        .map(|outage| outage.of)
        .collect();
    for of in [OutageOf::Reader, OutageOf::Terminal, OutageOf::Cable] {
        assert!(outages.contains(&of), "{of:?}");
    }
}

#[test]
fn each_slot_fails_while_the_other_works() {
    let slots: BTreeSet<_> = all()
        .iter()
        .flat_map(|scenario| scenario.faults.iter().filter_map(|fault| fault.reader.as_ref()?.slot))
        .collect();
    assert_eq!(slots, BTreeSet::from([SlotOf::Face, SlotOf::General]));
}
