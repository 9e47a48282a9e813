//! The fast driver: one queue ordered by time, one thread, no scheduler.

use std::collections::BinaryHeap;

use madoguchi_reference::party::Outbox;

use crate::drive::{Engine, Pending, Run, RunError, guarded};
use crate::world::World;

/// Runs a world to its end.
pub(crate) fn run(mut world: World, keep: bool) -> Result<Run, RunError> {
    let orders = std::mem::take(&mut world.orders);
    let last = orders.iter().map(|o| o.at).max().unwrap_or(world.start);
    let ids: Vec<_> = world.parties.keys().copied().collect();
    let clocks = std::mem::take(&mut world.clocks);
    let mut engine = Engine::new(world.wire, world.start, last, keep);
    let mut queue: BinaryHeap<Pending> = engine.opening(&ids, orders).into();
    let mut outbox = Outbox::default();
    let mut following = Vec::new();
    while let Some(pending) = queue.pop() {
        let now = pending.at;
        if let Some(limit) = engine.limit(now) {
            return Err(limit);
        }
        let Some(id) = pending.what.party() else {
            engine.arrive(now, pending);
            continue;
        };
        let Some(party) = world.parties.get_mut(&id) else {
            engine.nobody(now, pending);
            continue;
        };
        let Some((input, cause)) = engine.arrive(now, pending) else { continue };
        let ahead = clocks.get(&id).copied().unwrap_or(0);
        guarded(engine.events(), || party.handle(now.plus(ahead), input, &mut outbox))?;
        engine.follow(now, id, ahead, cause, outbox.drain(), &mut following);
        queue.extend(following.drain(..));
    }
    Ok(engine.finish())
}
