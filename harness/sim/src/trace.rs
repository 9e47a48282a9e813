//! Traces: one typed event for each thing that happened, in order, and the hash over them.

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::Message;
use madoguchi_reference::party::{Alarm, PartyId};
use madoguchi_scenario::OutageOf;
use serde::Serialize;

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Event {
    /// Its number, from 0.
    pub seq: u32,
    /// When, in simulated time that no party's clock has to agree with.
    pub at: Jst,
    /// The event that led to it.
    pub cause: Option<u32>,
    /// The step of the timeline it goes back to.
    pub step: Option<u16>,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A message arrived.
    Arrived {
        /// From whom.
        from: PartyId,
        /// To whom.
        to: PartyId,
        /// When it was sent.
        sent: Jst,
        /// What.
        message: Message,
    },
    /// A message was lost.
    Lost {
        /// From whom.
        from: PartyId,
        /// To whom.
        to: PartyId,
        /// Why.
        why: Loss,
        /// What.
        message: Message,
    },
    /// An alarm rang.
    Rang {
        /// Whose.
        of: PartyId,
        /// Which.
        alarm: Alarm,
    },
    /// The power of a party went or came back.
    Power {
        /// Whose.
        of: PartyId,
        /// Whether it is there now.
        on: bool,
    },
    /// An outage began or ended.
    Outage {
        /// Of what.
        of: OutageOf,
        /// Whether it has begun.
        begun: bool,
    },
    /// The run began for a party.
    Started {
        /// For whom.
        of: PartyId,
    },
}

/// Why a message was lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Somebody was down.
    Down(OutageOf),
    /// The line lost it.
    Line,
    /// There is no such party.
    Nobody,
}

/// The events of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Trace {
    /// In the order they happened.
    pub events: Vec<Event>,
}

impl Trace {
    /// One JSON object for each event, a line each.
    ///
    /// # Errors
    /// None that these types can cause; JSON writing is fallible in general.
    pub fn to_json_lines(&self) -> Result<String, serde_json::Error> {
        let mut lines = String::new();
        for event in &self.events {
            lines.push_str(&serde_json::to_string(event)?);
            lines.push('\n');
        }
        Ok(lines)
    }
}

/// Takes events down: always into the hash, and into a trace if somebody wants to read it.
#[derive(Debug)]
pub(crate) struct Recorder {
    hasher: blake3::Hasher,
    buffer: Vec<u8>,
    next: u32,
    trace: Option<Trace>,
}

impl Recorder {
    pub(crate) fn new(keep: bool) -> Self {
        let trace = keep.then(Trace::default);
        Self { hasher: blake3::Hasher::new(), buffer: Vec::new(), next: 0, trace }
    }

    /// Takes one event down and returns its number.
    pub(crate) fn take(
        &mut self,
        at: Jst,
        cause: Option<u32>,
        step: Option<u16>,
        what: &What,
    ) -> u32 {
        let seq = self.next;
        self.next += 1;
        self.buffer.clear();
        let buffer = std::mem::take(&mut self.buffer);
        self.buffer = match postcard::to_extend(&(seq, at, cause, step, what), buffer) {
            Ok(buffer) => buffer,
            // Writing to memory does not fail; if a type ever refused, its event would still
            // be in the hash.
            Err(_) => format!("{seq} {at:?} {cause:?} {step:?} {what:?}").into_bytes(),
        };
        self.hasher.update(&self.buffer);
        if let Some(trace) = &mut self.trace {
            trace.events.push(Event { seq, at, cause, step, what: what.clone() });
        }
        seq
    }

    pub(crate) fn events(&self) -> u32 {
        self.next
    }

    /// The trace and the hash over all events.
    pub(crate) fn finish(self) -> (Trace, String) {
        let mut hasher = self.hasher;
        hasher.update(&self.next.to_le_bytes());
        (self.trace.unwrap_or_default(), hasher.finalize().to_hex().to_string())
    }
}
