//! Waiting for readers to change.

use std::time::Duration;

use super::error::Error;
use super::flags::State;
use super::kinds::ShareMode;
use super::reader_state::ReaderState;
use super::service::Step;
use super::world::{Reader, World};
use crate::slot::Sight;

/// One call that waits for readers to change.
pub(super) struct Watch {
    context: u64,
    until: Option<Duration>,
    /// The count of readers' comings and goings when the call began.
    reader_changes: u32,
    begun: bool,
}

impl Watch {
    pub(super) fn new(world: &World, context: u64, timeout: Option<Duration>) -> Self {
        let until = timeout.map(|timeout| world.now() + timeout);
        Self { context, until, reader_changes: world.reader_changes, begun: false }
    }

    /// Looks once.
    pub(super) fn look(
        &mut self,
        world: &mut World,
        states: &mut [ReaderState],
    ) -> Step<Result<(), Error>> {
        let step = self.step(world, states);
        if let Some(client) = world.contexts.get_mut(&self.context) {
            client.waiting = matches!(step, Step::Wait(_));
            client.cancelled &= client.waiting;
        }
        step
    }

    fn step(&mut self, world: &World, states: &mut [ReaderState]) -> Step<Result<(), Error>> {
        let client = world.contexts.get(&self.context).copied().unwrap_or_default();
        if client.dead {
            let broken_off = if self.begun { Error::CommError } else { Error::NoService };
            return Step::Done(Err(broken_off));
        }
        if client.cancelled {
            return Step::Done(Err(Error::Cancelled));
        }
        if states.iter().all(|state| state.current_state().contains(State::IGNORE)) {
            states.iter_mut().for_each(|state| state.tell(State::UNAWARE, 0, Vec::new()));
            return Step::Done(Ok(()));
        }
        if !std::mem::replace(&mut self.begun, true) && !states.iter().all(|s| is_known(world, s)) {
            return Step::Done(Err(Error::UnknownReader));
        }
        for state in states.iter_mut() {
            self.tell(world, state);
        }
        if states.iter().any(|state| state.event_state().contains(State::CHANGED)) {
            Step::Done(Ok(()))
        } else if self.until.is_some_and(|until| world.now() >= until) {
            Step::Done(Err(Error::Timeout))
        } else {
            Step::Wait(self.until)
        }
    }

    fn tell(&self, world: &World, state: &mut ReaderState) {
        if state.current_state().contains(State::IGNORE) {
            state.tell(State::UNAWARE, 0, Vec::new());
        } else if is_notification(state) {
            let changed = self.reader_changes != world.reader_changes;
            let event = if changed { State::CHANGED } else { State::UNAWARE };
            state.tell(event, 0, Vec::new());
        } else if let Some((place, reader)) = place_of(world, state) {
            tell_of(world, place, reader, state);
        } else {
            let known = state.current_state().contains(State::UNKNOWN);
            let news = if known { State::UNAWARE } else { State::CHANGED };
            state.tell(State::UNKNOWN | State::UNAVAILABLE | news, 0, Vec::new());
        }
    }
}

fn tell_of(world: &World, place: usize, reader: &Reader, state: &mut ReaderState) {
    let (mut event, atr) = match reader.slot.sight() {
        Sight::Empty => (State::EMPTY, Vec::new()),
        Sight::Card(atr) => (State::PRESENT, atr),
        Sight::Mute => (State::PRESENT | State::MUTE, Vec::new()),
    };
    let mut shares = world.handles.values().filter(|h| h.reader == place && !h.dead);
    if event.contains(State::PRESENT)
        && let Some(handle) = shares.next()
    {
        let exclusive = handle.share == ShareMode::Exclusive;
        event |= if exclusive { State::EXCLUSIVE } else { State::INUSE };
    }
    // The counter has sixteen bits, and wraps.
    let count = reader.slot.events() as u16;
    if is_news(state, event, count) {
        event |= State::CHANGED;
    }
    state.tell(event, count, atr);
}

/// Whether this differs from what the program knows. That a card has come into use is no news,
/// that it is no longer used in the way known is.
fn is_news(state: &ReaderState, event: State, count: u16) -> bool {
    let known = state.current_state();
    let presence = State::EMPTY | State::PRESENT | State::MUTE;
    let known_use = known & (State::INUSE | State::EXCLUSIVE);
    let recounted = state.known_count() != 0 && state.known_count() != count;
    known == State::UNAWARE
        || (known & presence) != (event & presence)
        || !event.contains(known_use)
        || recounted
}

fn is_notification(state: &ReaderState) -> bool {
    state.name() == super::PNP_NOTIFICATION()
}

fn is_known(world: &World, state: &ReaderState) -> bool {
    state.current_state().contains(State::IGNORE)
        || is_notification(state)
        || place_of(world, state).is_some()
}

fn place_of<'a>(world: &'a World, state: &ReaderState) -> Option<(usize, &'a Reader)> {
    world.shown().find(|(_, reader)| reader.shown_name().as_c_str() == state.name())
}
