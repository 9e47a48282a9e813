//! What can go wrong, as an author writes it.

use madoguchi_reference::calendar::Jst;
use serde::{Deserialize, Serialize};

/// From and to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Range<T> {
    /// The first.
    pub from: T,
    /// The last.
    pub to: T,
}

/// How fast messages and people are when nothing is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// Latencies and human pace drawn from the seed within ordinary ranges.
    #[default]
    Ordinary,
    /// Everything at once, to stand exactly on a boundary.
    Instant,
}

/// One thing that goes wrong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Something is down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outage: Option<Outage>,
    /// The line between terminal and centre misbehaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LinkFault>,
    /// A party's clock is wrong by this many seconds (negative: behind).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockFault>,
}

/// What is wrong with a clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockFault {
    /// Whose.
    pub of: ClockOf,
    /// By how many seconds it is ahead.
    pub ahead_s: i64,
}

/// Whose clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockOf {
    /// The desk's.
    Desk,
    /// The terminal's.
    Terminal,
    /// The reader's.
    Reader,
}

/// Something is down from a moment until another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// What.
    pub of: OutageOf,
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
}

/// What can be down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutageOf {
    /// The centre.
    Centre,
    /// The line between the institution and the centre.
    Line,
    /// Power at the institution: reader, terminal and the desk's computer.
    Power,
    /// The readers.
    Reader,
    /// The certifier (J-LIS).
    Certifier,
    /// The portal.
    Portal,
}

/// How a line misbehaves from a moment until another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkFault {
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
    /// Messages lost, in percent.
    #[serde(default)]
    pub loss_percent: u8,
    /// Messages delivered twice, in percent.
    #[serde(default)]
    pub duplicate_percent: u8,
    /// Added to every latency, in milliseconds, drawn between 0 and this; messages overtake
    /// each other.
    #[serde(default)]
    pub jitter_ms: u32,
}

/// The fault with its content, for a `match`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultKind<'a> {
    /// See [`Outage`].
    Outage(&'a Outage),
    /// See [`LinkFault`].
    Line(&'a LinkFault),
    /// See [`ClockFault`].
    Clock(&'a ClockFault),
}

impl Fault {
    /// The one thing it says; `None` if it says nothing or more than one.
    pub fn kind(&self) -> Option<FaultKind<'_>> {
        match (&self.outage, &self.line, &self.clock) {
            (Some(outage), None, None) => Some(FaultKind::Outage(outage)),
            (None, Some(line), None) => Some(FaultKind::Line(line)),
            (None, None, Some(clock)) => Some(FaultKind::Clock(clock)),
            _ => None,
        }
    }
}
