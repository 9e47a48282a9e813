//! The simulated smart card service, as a test sets it up and plays on it.

use std::cell::RefCell;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::plan::Act;
use super::world::World;
use crate::slot::{Fault, Latencies};
use crate::smart_card::SmartCard;

thread_local! {
    static OF_THREAD: RefCell<Vec<Arc<Shared>>> = const { RefCell::new(Vec::new()) };
}

static OF_PROCESS: Mutex<Vec<Arc<Shared>>> = Mutex::new(Vec::new());

/// What contexts, cards and the test share.
pub(super) struct Shared {
    world: Mutex<World>,
    changed: Condvar,
}

/// How far a call has come.
pub(super) enum Step<T> {
    Done(T),
    /// It waits for something to happen, at most until this time.
    Wait(Option<Duration>),
}

impl Shared {
    /// The service that a new context belongs to: the thread's, or else the process's.
    pub(super) fn installed() -> Option<Arc<Self>> {
        let of_thread = OF_THREAD.with_borrow(|services| services.last().cloned());
        of_thread.or_else(|| lock(&OF_PROCESS).last().cloned())
    }

    /// Runs a call to its end, moving the time while it waits.
    pub(super) fn call<T>(&self, mut step: impl FnMut(&mut World) -> Step<T>) -> T {
        let mut world = lock(&self.world);
        loop {
            let until = match step(&mut world) {
                Step::Done(result) => {
                    self.leave(world);
                    return result;
                }
                Step::Wait(until) => until,
            };
            // Who looks at the world while this thread blocks sees it as it is now.
            self.changed.notify_all();
            let next = world.next_planned().filter(|next| until.is_none_or(|until| *next <= until));
            match next.or(until) {
                Some(time) => world.advance_to(time),
                None => {
                    world.blocked += 1;
                    world = self.changed.wait(world).unwrap_or_else(PoisonError::into_inner);
                    world.blocked -= 1;
                }
            }
        }
    }

    /// A call that never waits.
    pub(super) fn now<T>(&self, call: impl FnOnce(&mut World) -> T) -> T {
        let mut world = lock(&self.world);
        let result = call(&mut world);
        self.leave(world);
        result
    }

    fn leave(&self, mut world: MutexGuard<'_, World>) {
        let spent = world.spent();
        drop(world);
        self.changed.notify_all();
        // An act may hold the last clone of a context, which calls the service when it goes.
        drop(spent);
    }
}

/// A test that failed in the middle of a call must not make every later call fail too.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A simulated smart card service with its readers.
///
/// Every method that names a reader panics if there is none of that name: it is the test that
/// is wrong then.
pub struct Service {
    shared: Arc<Shared>,
}

impl Default for Service {
    fn default() -> Self {
        Self::new()
    }
}

impl Service {
    /// A running service without readers.
    pub fn new() -> Self {
        let shared = Shared { world: Mutex::new(World::new()), changed: Condvar::new() };
        Self { shared: Arc::new(shared) }
    }

    /// The same service, not started yet.
    #[must_use]
    pub fn stopped(self) -> Self {
        self.act(Act::StopService);
        self
    }

    /// The same service with one reader more. Programs see it as `name 00 00`, where the first
    /// number is the lowest that no other reader has. Sixteen are shown at most.
    #[must_use]
    pub fn reader(self, name: &str) -> Self {
        self.shared.now(|world| world.add_reader(name));
        self
    }

    /// The same service with other latencies in all readers that it has so far.
    #[must_use]
    pub fn latencies(self, latencies: Latencies) -> Self {
        self.shared.now(|world| world.set_latencies(latencies));
        self
    }

    /// How long a call waits for a card that never answers, or for another program that never
    /// lets go, before it fails with `NotTransacted` or `SharingViolation`: one minute unless
    /// said otherwise. A real service waits for ever; a test has to end.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        self.shared.now(|world| world.patience = patience);
        self
    }

    /// Makes this the service of the calling thread: each context established on it, and all
    /// that comes of such contexts on whatever thread, belongs to this service. The guard
    /// takes it away again and stops it.
    pub fn install(self) -> Installed {
        OF_THREAD.with_borrow_mut(|services| services.push(Arc::clone(&self.shared)));
        Installed { service: self, everywhere: false }
    }

    /// Makes this the service of every thread that has none of its own: for programs that
    /// establish contexts on threads they spawn. Tests that use it cannot run side by side.
    pub fn install_everywhere(self) -> Installed {
        lock(&OF_PROCESS).push(Arc::clone(&self.shared));
        Installed { service: self, everywhere: true }
    }

    /// Puts a card into a reader. Gives back the one that lay there.
    pub fn insert(
        &self,
        reader: &str,
        card: impl SmartCard + 'static,
    ) -> Option<Box<dyn SmartCard>> {
        let old = self.remove(reader);
        self.act(Act::insert(reader, card));
        old
    }

    /// Takes the card out of a reader, or gives the one that was pulled or taken out by plan.
    pub fn remove(&self, reader: &str) -> Option<Box<dyn SmartCard>> {
        self.shared.now(|world| world.take_card(reader))
    }

    /// The card that takes the place of the one in the reader when `swapped` strikes.
    pub fn next_card(&self, reader: &str, card: impl SmartCard + 'static) {
        self.shared.now(|world| world.slot_mut(reader).next_card(Box::new(card)));
    }

    /// Adds a fault to a reader's slot.
    pub fn arm(&self, reader: &str, fault: Fault) {
        self.shared.now(|world| world.slot_mut(reader).arm(fault));
    }

    /// Takes all faults from a reader's slot.
    pub fn disarm(&self, reader: &str) {
        self.shared.now(|world| world.slot_mut(reader).disarm());
    }

    /// Something happens now.
    pub fn act(&self, act: Act) {
        self.shared.now(|world| world.happen(act));
    }

    /// Something happens when so much time has passed from now on.
    pub fn after(&self, time: Duration, act: Act) {
        self.shared.now(|world| world.plan(world.now() + time, act));
    }

    /// The simulated time since the service was made.
    pub fn now(&self) -> Duration {
        self.shared.now(|world| world.now())
    }

    /// Lets time pass, as while the program is busy with something else.
    pub fn pass(&self, time: Duration) {
        self.shared.now(|world| world.advance_to(world.now() + time));
    }

    /// How many threads are blocked in calls that wait for ever.
    pub fn blocked(&self) -> usize {
        self.shared.now(|world| world.blocked)
    }

    /// The name by which programs see a reader now.
    pub fn name_of(&self, reader: &str) -> std::ffi::CString {
        self.shared.now(|world| world.shown_name(reader))
    }
}

/// The guard of an installed service; it is the [`Service`] too.
pub struct Installed {
    service: Service,
    everywhere: bool,
}

impl std::ops::Deref for Installed {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        self.service.act(Act::StopService);
        let others = |service: &Arc<Shared>| !Arc::ptr_eq(service, &self.service.shared);
        if self.everywhere {
            lock(&OF_PROCESS).retain(others);
        } else {
            // A guard that was sent to another thread finds nothing here.
            OF_THREAD.with_borrow_mut(|services| services.retain(others));
        }
    }
}
