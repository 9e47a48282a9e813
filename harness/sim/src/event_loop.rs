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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use madoguchi_reference::calendar::Jst;
    use madoguchi_reference::diagnostic::YamlText;
    use madoguchi_reference::party::{Input, Party, PartyId};
    use madoguchi_reference::register::{PUBLISHED, load};
    use madoguchi_scenario::Scenario;

    use super::*;
    use crate::plan::Plan;

    const VISIT: &str = "
scenario: visit/test
title: { ja: 試験, en: test }
why: { ja: 試験, en: test }
facility: { kind: clinic, prefecture: 13 }
people:
  hanako:
    born: 1985-04-12
    coverage: [{ insurer: '06139992', number: '1', from: 2019-04-01 }]
    card: { certificate: { expires: 2028-04-12 } }
timeline:
  - at: 2025-01-20T10:00
    visit: { who: hanako }
    expect: { FB-001: { basis: card } }
";

    fn world() -> World {
        let register = Arc::new(load(PUBLISHED).unwrap());
        let text = YamlText::new("test.yaml", VISIT);
        let scenario = Scenario::read(&text, &register).unwrap();
        World::new(&Plan::new(scenario, 1, &register), &register)
    }

    struct Panics;

    impl Party for Panics {
        fn handle(&mut self, _now: Jst, input: Input, _out: &mut Outbox) {
            assert!(input == Input::Start, "planted");
        }
    }

    #[test]
    fn a_panic_in_a_party_is_an_error_of_the_harness_on_both_drivers() {
        let mut first = world();
        first.parties.insert(PartyId::Centre, Box::new(Panics));
        let error = run(first, false).unwrap_err();
        assert!(matches!(&error, RunError::Panic { message, .. } if message == "planted"));
        #[cfg(feature = "madsim")]
        {
            let mut second = world();
            second.parties.insert(PartyId::Centre, Box::new(Panics));
            let error = crate::madsim_driver::run(second, 1, false).unwrap_err();
            assert!(matches!(&error, RunError::Panic { message, .. } if message == "planted"));
        }
    }

    /// Wakes itself for ever, after `0` microseconds.
    struct Restless(i64);

    impl Party for Restless {
        fn handle(&mut self, now: Jst, _input: Input, out: &mut Outbox) {
            out.wake_after(now, self.0, "again", 0);
        }
    }

    #[test]
    fn a_run_that_would_never_end_meets_a_named_limit() {
        for (step, name) in [(0, "EVENTS_MAX"), (madoguchi_reference::calendar::DAY, "HORIZON")] {
            let mut world = world();
            world.parties.insert(PartyId::Portal, Box::new(Restless(step)));
            let error = run(world, false).unwrap_err();
            assert!(matches!(error, RunError::Limit { name: met, .. } if met == name), "{error}");
        }
    }

    #[test]
    fn a_message_to_nobody_is_lost_and_stops_nothing() {
        let mut world = world();
        world.parties.remove(&PartyId::Certifier);
        let run = run(world, true).unwrap();
        let lost = run.trace.events.iter().any(|event| {
            matches!(event.what, crate::trace::What::Lost { why: crate::trace::Loss::Nobody, .. })
        });
        assert!(lost);
    }
}
