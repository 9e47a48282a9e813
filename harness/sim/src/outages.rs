//! Who is down when.

use std::collections::BTreeSet;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::Message;
use madoguchi_reference::party::PartyId;
use madoguchi_scenario::{Fault, FaultKind, LinkFault, Outage, OutageOf, ReaderKind};

/// The outages and line faults of a plan.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outages {
    outages: Vec<Outage>,
    lines: Vec<LinkFault>,
    /// Readers that are no face readers but an app on a device of its own.
    apps: BTreeSet<PartyId>,
}

impl Outages {
    pub(crate) fn new(faults: &[Fault], readers: &[ReaderKind]) -> Self {
        let apps = (0u16..).zip(readers).filter(|(_, kind)| **kind == ReaderKind::App);
        let apps = apps.map(|(number, _)| PartyId::Reader(number)).collect();
        let mut all = Self { apps, ..Self::default() };
        for fault in faults {
            match fault.kind() {
                Some(FaultKind::Outage(outage)) => all.outages.push(*outage),
                Some(FaultKind::Line(line)) => all.lines.push(*line),
                Some(
                    FaultKind::Clock(_)
                    | FaultKind::Answers(_)
                    | FaultKind::Reader(_)
                    | FaultKind::Claim(_)
                    | FaultKind::Review(_),
                )
                | None => {}
            }
        }
        all
    }

    pub(crate) fn all(&self) -> &[Outage] {
        &self.outages
    }

    /// Until when `of` is down at `at`, if it is.
    pub(crate) fn down(&self, of: OutageOf, at: Jst) -> Option<Jst> {
        let now = self.outages.iter().filter(|o| o.of == of && o.from <= at && at < o.to);
        now.map(|o| o.to).max()
    }

    /// Whether an outage of the readers leaves a party alone: an app runs elsewhere.
    fn spares(&self, of: OutageOf, party: PartyId) -> bool {
        of == OutageOf::Reader && self.apps.contains(&party)
    }

    /// Whether an outage switches off the machine of a party.
    pub(crate) fn switches_off(&self, of: OutageOf, party: PartyId) -> bool {
        switches_off(of, party) && !self.spares(of, party)
    }

    /// Whether some outage keeps the machine of `party` off at `at`.
    pub(crate) fn off(&self, party: PartyId, at: Jst) -> bool {
        let now = |o: &&Outage| o.from <= at && at < o.to;
        self.outages.iter().filter(now).any(|o| self.switches_off(o.of, party))
    }

    /// What keeps a message between two parties from arriving at `at`, and until when.
    pub(crate) fn between(&self, from: PartyId, to: PartyId, at: Jst) -> Option<(OutageOf, Jst)> {
        let is_line = is_line(from, to);
        [from, to]
            .into_iter()
            .flat_map(|party| what_stops(party).iter().map(move |of| (party, *of)))
            .filter(|(party, of)| !self.spares(*of, *party))
            .map(|(_, of)| of)
            .chain(is_line.then_some(OutageOf::Line))
            .chain(is_cable(from, to).then_some(OutageOf::Cable))
            .find_map(|of| self.down(of, at).map(|until| (of, until)))
    }

    /// How the line misbehaves at `at`.
    pub(crate) fn line(&self, at: Jst) -> Option<&LinkFault> {
        self.lines.iter().find(|l| l.from <= at && at < l.to)
    }
}

/// Whether a message between the two crosses the institution's line, which carries eligibility
/// and claims (オンライン請求ネットワーク).
pub(crate) fn is_line(from: PartyId, to: PartyId) -> bool {
    let one = |inside, outside| {
        matches!(
            (inside, outside),
            (PartyId::Terminal(_), PartyId::Centre | PartyId::RemoteReception)
                | (PartyId::Desk(_), PartyId::Clearing)
        )
    };
    one(from, to) || one(to, from)
}

/// Whether a message is repeated until it is taken in: registrations, and money, which comes
/// through the bank.
pub(crate) fn is_repeated(message: &Message) -> bool {
    matches!(message, Message::Registration(_) | Message::Payment(_) | Message::Granted(_))
}

/// Whether a message between the two crosses the cable of a reader.
fn is_cable(from: PartyId, to: PartyId) -> bool {
    let one = |a, b| matches!((a, b), (PartyId::Reader(_), PartyId::Terminal(_)));
    one(from, to) || one(to, from)
}

fn what_stops(party: PartyId) -> &'static [OutageOf] {
    match party {
        PartyId::Centre => &[OutageOf::Centre],
        PartyId::Certifier => &[OutageOf::Certifier],
        PartyId::Portal => &[OutageOf::Portal],
        PartyId::Reader(_) => &[OutageOf::Reader, OutageOf::Power],
        PartyId::Terminal(_) => &[OutageOf::Terminal, OutageOf::Power],
        // At the desk people go on by hand.
        _ => &[],
    }
}

/// The parties whose machine an outage switches off.
fn switches_off(of: OutageOf, party: PartyId) -> bool {
    match of {
        OutageOf::Power => {
            matches!(party, PartyId::Reader(_) | PartyId::Terminal(_) | PartyId::Desk(_))
        }
        OutageOf::Reader => matches!(party, PartyId::Reader(_)),
        OutageOf::Terminal => matches!(party, PartyId::Terminal(_)),
        OutageOf::Centre
        | OutageOf::Line
        | OutageOf::Cable
        | OutageOf::Certifier
        | OutageOf::Portal
        | OutageOf::MedicalInformation => false,
    }
}
