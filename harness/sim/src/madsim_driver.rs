//! The second driver: every party a task on a node of its own under madsim, which decides who
//! goes first. The wire is ours; madsim gives the clock, the scheduler and the killing.
//!
//! This is the only file that knows madsim.

#![expect(
    clippy::disallowed_methods,
    reason = "madsim's clock is the simulated one, under the name of the real one"
)]

#[cfg(not(madsim))]
compile_error!(
    "the feature `madsim` needs `--cfg madsim`, which .cargo/config.toml sets; a RUSTFLAGS \
     variable in the environment replaces that setting, so add the flag there or unset it"
);

use std::collections::{BTreeMap, BinaryHeap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use madoguchi_reference::calendar::{Jst, Micros};
use madoguchi_reference::party::{Input, Outbox, Output, Party, PartyId};
use madsim::runtime::{Handle, NodeHandle, Runtime};
use madsim::time::{Instant, sleep, sleep_until};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::drive::{Cause, Engine, Pending, Run, RunError, guarded};
use crate::world::World;

/// Runs a world to its end. The seed decides the interleaving.
pub(crate) fn run(world: World, seed: u64, keep: bool) -> Result<Run, RunError> {
    let runtime = Runtime::with_seed_and_config(seed, madsim::Config::default());
    let after = Arc::new(Mutex::new(0));
    let seen = Arc::clone(&after);
    let outcome = guarded(0, || runtime.block_on(play(world, keep, seen)));
    outcome.unwrap_or_else(|error| {
        let after = *after.lock().unwrap_or_else(PoisonError::into_inner);
        Err(match error {
            RunError::Panic { message, .. } => RunError::Panic { after, message },
            other => other,
        })
    })
}

/// What a party tells the wire after each input: it is done, and wants this.
struct Handled {
    party: PartyId,
    at: Jst,
    cause: Cause,
    outputs: Vec<Output>,
}

type Mail = (Input, Cause);

async fn play(mut world: World, keep: bool, after: Arc<Mutex<u32>>) -> Result<Run, RunError> {
    let orders = std::mem::take(&mut world.orders);
    let last = orders.iter().map(|o| o.at).max().unwrap_or(world.start);
    let ids: Vec<_> = world.parties.keys().copied().collect();
    let clocks = std::mem::take(&mut world.clocks);
    let clock = Clock { origin: Instant::now(), start: world.start };
    let (done, handled) = unbounded_channel();
    let mut nodes = Vec::new();
    let mut mailboxes = BTreeMap::new();
    for (id, party) in world.parties {
        let (mailbox, mail) = unbounded_channel();
        let node = Handle::current().create_node().name(id.to_string()).build();
        let ahead = clocks.get(&id).copied().unwrap_or(0);
        node.spawn(live(id, party, clock, ahead, mail, done.clone()));
        mailboxes.insert(id, mailbox);
        nodes.push(node);
    }
    let mut engine = Engine::new(world.wire, world.start, last, keep);
    let queue = engine.opening(&ids, orders).into();
    let wire = WireTask { engine, queue, clock, clocks, mailboxes, handled, busy: 0, after };
    let outcome = wire.run().await;
    drain(&nodes).await;
    outcome
}

/// Ends a run without leaving anything behind: tasks own handles to the runtime that owns them,
/// so whatever still lives would keep it alive.
async fn drain(nodes: &[NodeHandle]) {
    let handle = Handle::current();
    for node in nodes {
        handle.kill(node.id());
    }
    sleep(Duration::from_millis(1)).await;
}

/// The simulated clock, counted from the start of the plan.
#[derive(Clone, Copy)]
struct Clock {
    origin: Instant,
    start: Jst,
}

impl Clock {
    fn now(self) -> Jst {
        let elapsed = Instant::now().duration_since(self.origin).as_micros();
        self.start.plus(Micros::try_from(elapsed).unwrap_or(Micros::MAX))
    }

    fn instant(self, at: Jst) -> Instant {
        let micros = u64::try_from(at.since(self.start)).unwrap_or(0);
        self.origin + Duration::from_micros(micros)
    }
}

/// A party's life: one input, its outputs, the next input.
async fn live(
    id: PartyId,
    mut party: Box<dyn Party>,
    clock: Clock,
    ahead: Micros,
    mut mail: UnboundedReceiver<Mail>,
    done: UnboundedSender<Handled>,
) {
    let mut outbox = Outbox::default();
    while let Some((input, cause)) = mail.recv().await {
        let at = clock.now();
        party.handle(at.plus(ahead), input, &mut outbox);
        let outputs = outbox.drain().collect();
        if done.send(Handled { party: id, at, cause, outputs }).is_err() {
            return;
        }
    }
}

/// The wire as a task: keeps what is on its way, delivers what is due, and ends when nothing is
/// on its way and nobody is busy.
struct WireTask {
    engine: Engine,
    queue: BinaryHeap<Pending>,
    clock: Clock,
    clocks: BTreeMap<PartyId, Micros>,
    mailboxes: BTreeMap<PartyId, UnboundedSender<Mail>>,
    handled: UnboundedReceiver<Handled>,
    busy: usize,
    after: Arc<Mutex<u32>>,
}

impl WireTask {
    async fn run(mut self) -> Result<Run, RunError> {
        while !self.queue.is_empty() || self.busy > 0 {
            let due = self.queue.peek().map(|p| p.at);
            tokio::select! {
                biased;
                Some(handled) = self.handled.recv() => self.follow(handled),
                () = until(self.clock, due) => self.deliver()?,
            }
        }
        Ok(self.engine.finish())
    }

    fn follow(&mut self, handled: Handled) {
        self.busy -= 1;
        let Handled { party, at, cause, outputs } = handled;
        let ahead = self.clocks.get(&party).copied().unwrap_or(0);
        let mut following = Vec::new();
        self.engine.follow(at, party, ahead, cause, outputs.into_iter(), &mut following);
        self.queue.extend(following);
    }

    fn deliver(&mut self) -> Result<(), RunError> {
        let now = self.clock.now();
        while let Some(pending) = self.queue.pop() {
            if pending.at > now {
                self.queue.push(pending);
                return Ok(());
            }
            if let Some(limit) = self.engine.limit(now) {
                return Err(limit);
            }
            *self.after.lock().unwrap_or_else(PoisonError::into_inner) = self.engine.events();
            let Some(id) = pending.what.party() else {
                self.engine.arrive(now, pending);
                continue;
            };
            let Some(mailbox) = self.mailboxes.get(&id) else {
                self.engine.nobody(now, pending);
                continue;
            };
            if let Some(mail) = self.engine.arrive(now, pending)
                && mailbox.send(mail).is_ok()
            {
                self.busy += 1;
            }
        }
        Ok(())
    }
}

/// Waits until `due`; for ever if nothing is due, because then somebody is busy.
async fn until(clock: Clock, due: Option<Jst>) {
    match due {
        Some(at) if at <= clock.now() => {}
        Some(at) => sleep_until(clock.instant(at)).await,
        None => std::future::pending().await,
    }
}
