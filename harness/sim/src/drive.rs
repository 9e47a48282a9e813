//! Running a plan: what both drivers share, and what a run leaves behind.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use madoguchi_reference::calendar::{DAY, Jst, Micros};
use madoguchi_reference::lang::Bilingual;
use madoguchi_reference::message::Message;
use madoguchi_reference::party::{Alarm, Input, Output, PartyId};
use madoguchi_reference::register::Register;
use madoguchi_scenario::OutageOf;
use serde::{Deserialize, Serialize};

use crate::outages::is_repeated;
use crate::plan::Plan;
use crate::trace::{Loss, Recorder, Trace, What};
use crate::wire::{Fate, Wire};
use crate::world::World;

/// The most events one run may have; a busy clinic day has some fifty thousand.
pub const EVENTS_MAX: u32 = 5_000_000;
/// How long after its last step a run may go on: a claim takes two months to come back.
pub const HORIZON: Micros = 120 * DAY;

/// What moves the parties.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Driver {
    /// One queue, one thread: fast.
    #[default]
    EventLoop,
    /// Each party an asynchronous task under madsim, which chooses who goes first.
    Madsim,
}

impl std::fmt::Display for Driver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::EventLoop => "event-loop",
            Self::Madsim => "madsim",
        })
    }
}

/// What a run leaves behind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Every event, if it was to be kept.
    pub trace: Trace,
    /// BLAKE3 over every event, in hexadecimal.
    pub hash: String,
    /// How many events there were.
    pub events: u32,
    /// How much time passed in the simulation.
    pub simulated: Micros,
}

/// Why a run ended without a result. Never the fault of a product.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RunError {
    /// A named limit was met.
    Limit {
        /// Which.
        name: &'static str,
        /// Its value.
        limit: i64,
    },
    /// A party panicked.
    Panic {
        /// The number of the last event.
        after: u32,
        /// What it said.
        message: String,
    },
    /// The driver is not part of this build.
    NoDriver {
        /// Which.
        driver: Driver,
    },
}

/// In English; [`RunError::text`] has both languages.
impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl RunError {
    /// What stopped the run, for people.
    pub fn text(&self) -> Bilingual {
        match self {
            Self::Limit { name, limit } => Bilingual::new(
                format!("実行が上限 {name}（{limit}）に達したため、止めました"),
                format!("the run met the limit {name} ({limit}); it was stopped"),
            ),
            Self::Panic { after, message } => Bilingual::new(
                format!("参照実装の当事者が事象 {after} の後に異常終了しました: {message}"),
                format!("a party of the reference panicked after event {after}: {message}"),
            ),
            Self::NoDriver { driver } => Bilingual::new(
                format!("このビルドにドライバ {driver} はありません。機能 `madsim` が必要です"),
                format!("this build has no driver {driver}; it needs the feature `madsim`"),
            ),
        }
    }
}

/// Runs `plan` under `register`; `keep` says whether the trace is kept or only hashed.
///
/// # Errors
/// A limit was met, a party panicked, or the driver is not part of this build.
pub fn run(
    plan: &Plan,
    register: &Arc<Register>,
    driver: Driver,
    keep: bool,
) -> Result<Run, RunError> {
    let world = World::new(plan, register);
    match driver {
        Driver::EventLoop => crate::event_loop::run(world, keep),
        #[cfg(feature = "madsim")]
        Driver::Madsim => crate::madsim_driver::run(world, plan.seed, keep),
        #[cfg(not(feature = "madsim"))]
        Driver::Madsim => Err(RunError::NoDriver { driver }),
    }
}

/// Something on its way to a party.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) at: Jst,
    /// Breaks ties: first sent, first delivered.
    pub(crate) order: u64,
    pub(crate) cause: Option<u32>,
    pub(crate) step: Option<u16>,
    pub(crate) what: Coming,
}

#[derive(Debug)]
pub(crate) enum Coming {
    Start(PartyId),
    Message { from: PartyId, to: PartyId, sent: Jst, message: Message },
    Alarm(PartyId, Alarm),
    Power(PartyId, bool),
    Outage(OutageOf, bool),
}

impl Coming {
    /// Whom it concerns; an outage as such concerns nobody.
    pub(crate) fn party(&self) -> Option<PartyId> {
        match self {
            Self::Start(id) | Self::Alarm(id, _) | Self::Power(id, _) => Some(*id),
            Self::Message { to, .. } => Some(*to),
            Self::Outage(..) => None,
        }
    }
}

impl PartialEq for Pending {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.order) == (other.at, other.order)
    }
}

impl Eq for Pending {}

impl PartialOrd for Pending {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pending {
    // The earliest is the greatest, because a heap gives the greatest first.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

/// What happened last, for the outputs that follow from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cause {
    pub(crate) event: u32,
    pub(crate) step: Option<u16>,
}

/// What both drivers share: the wire, the clocks and the record.
pub(crate) struct Engine {
    wire: Wire,
    recorder: Recorder,
    next_order: u64,
    start: Jst,
    end: Jst,
    now: Jst,
    /// The step each patient is in.
    steps: BTreeMap<PartyId, u16>,
}

impl Engine {
    pub(crate) fn new(wire: Wire, start: Jst, last_order: Jst, keep: bool) -> Self {
        let end = last_order.plus(HORIZON);
        let (recorder, steps) = (Recorder::new(keep), BTreeMap::new());
        Self { wire, recorder, next_order: 0, start, end, now: start, steps }
    }

    fn pending(&mut self, at: Jst, cause: Option<Cause>, what: Coming) -> Pending {
        let order = self.next_order;
        self.next_order += 1;
        let (event, step) = (cause.map(|c| c.event), cause.and_then(|c| c.step));
        Pending { at, order, cause: event, step, what }
    }

    /// What is on its way before anything has happened: starts, outages, orders.
    pub(crate) fn opening(
        &mut self,
        parties: &[PartyId],
        orders: Vec<crate::orders::Dispatch>,
    ) -> Vec<Pending> {
        let mut all = Vec::new();
        for party in parties {
            all.push(self.pending(self.start, None, Coming::Start(*party)));
        }
        let outages = self.wire.outages().all().to_vec();
        for outage in outages {
            for (at, begun) in [(outage.from, true), (outage.to, false)] {
                // An outage that outlasts the run needs no end.
                if at > self.end {
                    continue;
                }
                all.push(self.pending(at, None, Coming::Outage(outage.of, begun)));
                for party in parties {
                    if !self.wire.outages().switches_off(outage.of, *party) {
                        continue;
                    }
                    // Where two outages overlap, only the last end brings the power back.
                    if begun || !self.wire.outages().off(*party, at) {
                        all.push(self.pending(at, None, Coming::Power(*party, !begun)));
                    }
                }
            }
        }
        for order in orders {
            let (from, to, sent) = (PartyId::Stage, order.to, order.at);
            let message = Coming::Message { from, to, sent, message: order.message };
            let mut pending = self.pending(order.at, None, message);
            pending.step = Some(order.step);
            all.push(pending);
        }
        all
    }

    /// Takes an arrival down. Returns what the party is to handle, or nothing if it is lost on
    /// arrival or concerns nobody.
    pub(crate) fn arrive(&mut self, now: Jst, pending: Pending) -> Option<(Input, Cause)> {
        self.now = now;
        let Pending { cause, step, what, .. } = pending;
        let (what, input) = match what {
            Coming::Start(of) => (What::Started { of }, Some(Input::Start)),
            Coming::Alarm(of, alarm) => (What::Rang { of, alarm }, Some(Input::Alarm(alarm))),
            Coming::Power(of, on) => {
                let input = if on { Input::PowerBack } else { Input::PowerLost };
                (What::Power { of, on }, Some(input))
            }
            Coming::Outage(of, begun) => (What::Outage { of, begun }, None),
            Coming::Message { from, to, sent, message } => {
                if let (PartyId::Stage, Some(step)) = (from, step) {
                    self.steps.insert(to, step);
                }
                // It was under way when its receiver went down.
                let down = self.wire.outages().between(from, to, now);
                let lost = down.filter(|_| !is_repeated(&message));
                match lost {
                    Some((of, _)) => (What::Lost { from, to, why: Loss::Down(of), message }, None),
                    None => (What::Arrived { from, to, sent, message }, None),
                }
            }
        };
        let event = self.recorder.take(now, cause, step, &what);
        let input = match what {
            What::Arrived { from, message, .. } => Some(Input::Message { from, message }),
            _ => input,
        };
        input.map(|input| (input, Cause { event, step }))
    }

    /// Turns what a party wants into what is on its way. `ahead` is how far its clock is ahead.
    pub(crate) fn follow(
        &mut self,
        now: Jst,
        party: PartyId,
        ahead: Micros,
        cause: Cause,
        outputs: impl Iterator<Item = Output>,
        all: &mut Vec<Pending>,
    ) {
        for output in outputs {
            match output {
                Output::Wake { at, alarm } => {
                    // What rings in the past rings now.
                    let at = at.plus(-ahead).max(now);
                    // What is planned from the start for after the end is none of this run's.
                    if now == self.start && at > self.end {
                        continue;
                    }
                    all.push(self.pending(at, Some(cause), Coming::Alarm(party, alarm)));
                }
                Output::Send { to, message } => self.send(now, party, to, message, cause, all),
            }
        }
    }

    fn send(
        &mut self,
        now: Jst,
        from: PartyId,
        to: PartyId,
        message: Message,
        cause: Cause,
        all: &mut Vec<Pending>,
    ) {
        // Who is next at the reader is called by what somebody else did; from there on it is the
        // step of the one who is called.
        let own = matches!(to, PartyId::Patient(_)).then(|| self.steps.get(&to).copied()).flatten();
        let cause = Cause { step: own.or(cause.step), ..cause };
        match self.wire.send(now, from, to, &message) {
            Fate::Lost(why) => {
                let what = What::Lost { from, to, why, message };
                self.recorder.take(now, Some(cause.event), cause.step, &what);
            }
            // A registration held up until after the end is none of this run's.
            Fate::Arrives(at, _)
                if at > self.end && matches!(message, Message::Registration(_)) => {}
            Fate::Arrives(at, again) => {
                if let Some(again) = again {
                    let twin = message.clone();
                    let coming = Coming::Message { from, to, sent: now, message: twin };
                    all.push(self.pending(again, Some(cause), coming));
                }
                let coming = Coming::Message { from, to, sent: now, message };
                all.push(self.pending(at, Some(cause), coming));
            }
        }
    }

    /// A message to somebody who does not exist is lost, not an accident.
    pub(crate) fn nobody(&mut self, now: Jst, pending: Pending) {
        let Pending { cause, step, what, .. } = pending;
        if let Coming::Message { from, to, message, .. } = what {
            let what = What::Lost { from, to, why: Loss::Nobody, message };
            self.recorder.take(now, cause, step, &what);
        }
    }

    /// Whether the run has met one of its limits.
    pub(crate) fn limit(&self, at: Jst) -> Option<RunError> {
        if self.recorder.events() >= EVENTS_MAX {
            return Some(RunError::Limit { name: "EVENTS_MAX", limit: i64::from(EVENTS_MAX) });
        }
        (at > self.end).then_some(RunError::Limit { name: "HORIZON", limit: HORIZON / DAY })
    }

    pub(crate) fn events(&self) -> u32 {
        self.recorder.events()
    }

    pub(crate) fn finish(self) -> Run {
        let (events, simulated) = (self.recorder.events(), self.now.since(self.start));
        let (trace, hash) = self.recorder.finish();
        Run { trace, hash, events, simulated }
    }
}

/// Calls `f` and turns a panic in it into a harness error.
pub(crate) fn guarded<T>(after: u32, f: impl FnOnce() -> T) -> Result<T, RunError> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let message = text.or_else(|| payload.downcast_ref::<String>().cloned());
        RunError::Panic { after, message: message.unwrap_or_else(|| "no message".to_owned()) }
    })
}
