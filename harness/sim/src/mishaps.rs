//! The faults of readers in a plan, sorted by whom they happen to: the patient at the reader, the
//! chip and the way to it, and staff.

use std::collections::BTreeMap;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::counter::{Mishap, MishapKind};
use madoguchi_reference::message::reader::{Carrier, Hindrance};
use madoguchi_reference::party::PartyId;
use madoguchi_scenario::{
    Chip, FaultKind, Holder, Place, ReaderFault, ReaderFaultKind, ReaderKind, Scenario, SlotOf,
};
use pcsc_sim::slot;

use crate::people::Cast;

/// Every fault of a reader in a scenario.
pub(crate) fn reader_faults(scenario: &Scenario) -> impl Iterator<Item = &ReaderFault> {
    scenario.faults.iter().filter_map(|fault| match fault.kind() {
        Some(FaultKind::Reader(reader)) => Some(reader),
        _ => None,
    })
}

/// What goes wrong for somebody who comes to a reader at `at`.
pub(crate) fn mishaps(
    scenario: &Scenario,
    cast: &BTreeMap<String, Cast<'_>>,
    at: Jst,
) -> Vec<Mishap> {
    let now = reader_faults(scenario).filter(|fault| fault.from <= at && at < fault.to);
    let mishap = |fault: &ReaderFault| {
        let what = mishap_kind(fault, cast)?;
        Some(Mishap { what, times: fault.times })
    };
    now.filter_map(mishap).collect()
}

fn mishap_kind(fault: &ReaderFault, cast: &BTreeMap<String, Cast<'_>>) -> Option<MishapKind> {
    use ReaderFaultKind as K;
    Some(match fault.what {
        K::CardInSleeve | K::WrongSideUp => MishapKind::PrintHidden,
        K::TooClose => MishapKind::Hindered(Hindrance::TooClose),
        K::BackLight => MishapKind::Hindered(Hindrance::BackLight),
        K::FaceCovered => MishapKind::Hindered(Hindrance::Covered),
        K::PhotoTooOld => MishapKind::FaceNotFound,
        K::Swapped => {
            let other = cast.get(fault.with.as_ref()?)?;
            let (token, code_b) = (other.token_number(Holder::Card), other.code_b());
            MishapKind::OtherCard { token, code_b }
        }
        _ => return None,
    })
}

/// When staff forget to switch a reader back from visual mode.
pub(crate) fn left_in_visual_mode(scenario: &Scenario) -> Vec<(Jst, Jst)> {
    let left_on = |fault: &&ReaderFault| fault.what.place() == Place::Staff;
    reader_faults(scenario).filter(left_on).map(|fault| (fault.from, fault.to)).collect()
}

/// What goes wrong with one card or phone and on the way to it, with how often it has.
#[derive(Debug)]
pub(crate) struct DeviceFaults {
    faults: Vec<(ReaderFault, u16)>,
    carrier: Carrier,
    /// Whether it never comes to life.
    pub(crate) broken: bool,
    /// Readers that are no face readers, whose one slot is general.
    apps: Vec<u16>,
}

impl DeviceFaults {
    /// The faults of `scenario` as far as they concern what this is; `owner` is the number of
    /// the person who holds it.
    pub(crate) fn new(scenario: &Scenario, owner: u16, carrier: Carrier, chip: Chip) -> Self {
        let owner = scenario.people.keys().nth(usize::from(owner));
        // A card does not take its own place.
        let other = |fault: &ReaderFault| fault.with.is_none() || fault.with.as_ref() != owner;
        let device = |fault: &&ReaderFault| slot_kind(fault).is_some() && other(fault);
        let faults = reader_faults(scenario).filter(device).map(|fault| (fault.clone(), 0));
        let readers = (0u16..).zip(&scenario.facility.readers);
        let apps = readers.filter(|(_, kind)| **kind == ReaderKind::App);
        let apps = apps.map(|(number, _)| number).collect();
        let broken = chip == Chip::Unreadable;
        Self { faults: faults.collect(), carrier, broken, apps }
    }

    /// The faults that may strike at `at` where `reader` talks to the chip, with how often they
    /// still may.
    pub(crate) fn active(&self, at: Jst, reader: PartyId) -> Vec<slot::Fault> {
        let broken = self.broken.then_some(slot::Fault::always(slot::FaultKind::Unresponsive));
        let PartyId::Reader(number) = reader else { return broken.into_iter().collect() };
        let face = self.carrier == Carrier::Card && !self.apps.contains(&number);
        let slot = if face { SlotOf::Face } else { SlotOf::General };
        let here = |fault: &ReaderFault| {
            fault.from <= at && at < fault.to && fault.slot.is_none_or(|of| of == slot)
        };
        let active =
            self.faults.iter().filter(|(fault, _)| here(fault)).filter_map(|(fault, n)| {
                let left = fault.times.map(|times| u32::from(times.saturating_sub(*n)));
                let at_apdu = fault.at_apdu.map(u32::from);
                let what = slot_kind(fault)?;
                (left != Some(0)).then_some(slot::Fault { what, at_apdu, times: left })
            });
        broken.into_iter().chain(active).collect()
    }

    /// Notes that a fault has struck.
    pub(crate) fn struck(&mut self, at: Jst, what: slot::FaultKind) {
        let now = |fault: &ReaderFault| fault.from <= at && at < fault.to;
        let mut same = self.faults.iter_mut().filter(|(fault, n)| {
            now(fault)
                && slot_kind(fault) == Some(what)
                && fault.times.is_none_or(|times| *n < times)
        });
        if let Some((_, happened)) = same.next() {
            *happened = happened.saturating_add(1);
        }
    }
}

/// The fault of a slot that a fault of a reader is, if it is one of chip or device.
fn slot_kind(fault: &ReaderFault) -> Option<slot::FaultKind> {
    use ReaderFaultKind as K;
    use slot::FaultKind as S;
    Some(match fault.what {
        K::Mute => S::Mute,
        K::Slow => S::Slow { ms: fault.delay_ms.unwrap_or(0) },
        K::Truncated => S::Truncated,
        K::Empty => S::Empty,
        K::OneByte => S::OneByte,
        K::WrongLength => S::WrongLength,
        K::MoreData => S::MoreData,
        // The other card is a party of its own, and the patient puts it there.
        K::Pulled | K::Swapped => S::Pulled,
        K::NotAMyNumberCard => S::NotAMyNumberCard,
        K::ResetByAnother => S::ResetByAnother,
        K::SharingViolation => S::SharingViolation,
        K::PowerUpFails => S::PowerUpFails,
        K::Unresponsive => S::Unresponsive,
        K::BadAtr => S::BadAtr,
        K::ReaderUnplugged => S::ReaderUnplugged,
        K::ReaderRenamed => S::ReaderRenamed,
        K::ServiceRestarted => S::ServiceRestarted,
        K::NoService => S::NoService,
        K::CardInSleeve
        | K::WrongSideUp
        | K::TooClose
        | K::BackLight
        | K::FaceCovered
        | K::PhotoTooOld
        | K::VisualModeLeftOn => return None,
    })
}
