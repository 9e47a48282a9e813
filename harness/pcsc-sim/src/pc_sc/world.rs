//! The readers behind the service, its clock, and what is planned.

use std::collections::BTreeMap;
use std::ffi::CString;
use std::time::Duration;

use super::connected::Handle;
use super::flags::Protocols;
use super::kinds::{Disposition, Protocol, ShareMode};
use super::plan::Act;
use crate::slot::{FaultKind, Latencies, Slot};
use crate::smart_card::SmartCard;

/// pcsc-lite shows no more readers than these.
const READERS_MAX: usize = 16;

/// How long calls wait for what never comes, unless the test says otherwise.
const PATIENCE: Duration = Duration::from_secs(60);

/// The context of all other programs.
pub(super) const OTHERS: u64 = 0;

pub(super) struct World {
    now: Duration,
    pub(super) patience: Duration,
    pub(super) running: bool,
    pub(super) readers: Vec<Reader>,
    /// Changes whenever a reader comes or goes.
    pub(super) reader_changes: u32,
    planned: BTreeMap<(Duration, u64), Act>,
    spent: Vec<Act>,
    pub(super) contexts: BTreeMap<u64, Client>,
    pub(super) handles: BTreeMap<u64, Handle>,
    last_id: u64,
    /// Threads that wait for other threads.
    pub(super) blocked: usize,
}

/// A context, as the service sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Client {
    /// The service that it was established with is gone.
    pub(super) dead: bool,
    /// It waits for readers to change.
    pub(super) waiting: bool,
    pub(super) cancelled: bool,
}

/// A reader of one slot.
pub(super) struct Reader {
    name: String,
    /// The first number behind the name.
    number: u8,
    pub(super) slot: Slot,
    /// A card that was taken out by plan.
    taken: Option<Box<dyn SmartCard>>,
    /// The handle that has a transaction with the card.
    pub(super) transaction: Option<u64>,
    /// The protocol that was agreed with the card of this many events.
    protocol: Option<(u32, Protocol)>,
    /// The handle of the other program.
    other: Option<u64>,
    seen_unplugs: u32,
}

impl Reader {
    pub(super) fn shown_name(&self) -> CString {
        CString::new(format!("{} {:02X} 00", self.name, self.number)).unwrap_or_default()
    }

    pub(super) fn protocol(&self) -> Option<Protocol> {
        self.protocol.filter(|(events, _)| *events == self.slot.events()).map(|(_, p)| p)
    }

    pub(super) fn agree_on(&mut self, protocol: Option<Protocol>) {
        self.protocol = protocol.map(|protocol| (self.slot.events(), protocol));
    }
}

impl World {
    pub(super) const fn new() -> Self {
        Self {
            now: Duration::ZERO,
            patience: PATIENCE,
            running: true,
            readers: Vec::new(),
            reader_changes: 0,
            planned: BTreeMap::new(),
            spent: Vec::new(),
            contexts: BTreeMap::new(),
            handles: BTreeMap::new(),
            last_id: OTHERS,
            blocked: 0,
        }
    }

    pub(super) const fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    pub(super) const fn now(&self) -> Duration {
        self.now
    }

    /// Moves the clock, and does on the way what was planned.
    pub(super) fn advance_to(&mut self, time: Duration) {
        while let Some(next) = self.next_planned().filter(|next| *next <= time) {
            self.elapse_to(next);
            if let Some((_, act)) = self.planned.pop_first() {
                self.happen(act);
            }
        }
        self.elapse_to(time);
    }

    fn elapse_to(&mut self, time: Duration) {
        let passed = time.saturating_sub(self.now);
        self.now += passed;
        let us = u64::try_from(passed.as_micros()).unwrap_or(u64::MAX);
        self.readers.iter_mut().for_each(|reader| reader.slot.elapse(us));
    }

    pub(super) fn next_planned(&self) -> Option<Duration> {
        self.planned.first_key_value().map(|((time, _), _)| *time)
    }

    pub(super) fn plan(&mut self, time: Duration, act: Act) {
        let id = self.new_id();
        self.planned.insert((time, id), act);
    }

    /// Acts that have happened, for the caller to drop when the world is unlocked.
    pub(super) fn spent(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.spent)
    }

    pub(super) fn happen(&mut self, act: Act) {
        match act {
            Act::Insert { reader, card } => {
                let taken = self.take_from_slot(&reader);
                let reader = self.named(&reader);
                reader.taken = taken.or(reader.taken.take());
                reader.slot.insert(card);
            }
            Act::Remove { reader } => {
                let taken = self.take_from_slot(&reader);
                let reader = self.named(&reader);
                reader.taken = taken.or(reader.taken.take());
            }
            Act::Unplug { reader } => self.slot_mut(&reader).unplug(),
            Act::PlugIn { reader } => self.slot_mut(&reader).plug_in(),
            Act::OtherHolds { reader } => self.other_holds(&reader),
            Act::OtherLetsGo { reader } => self.other_lets_go(&reader),
            Act::OtherResets { reader } => self.slot_mut(&reader).reset_for_all(),
            Act::StopService => self.stop(),
            Act::StartService => self.start(),
            Act::Cancel(context) => {
                self.cancel(context.id());
                self.spent.push(Act::Cancel(context));
            }
        }
        self.number_readers();
    }

    pub(super) fn cancel(&mut self, context: u64) {
        if let Some(client) = self.contexts.get_mut(&context).filter(|client| client.waiting) {
            client.cancelled = true;
        }
    }

    fn stop(&mut self) {
        self.running = false;
        self.contexts.values_mut().for_each(|client| client.dead = true);
        for reader in &mut self.readers {
            reader.slot.stop_service();
            (reader.transaction, reader.other) = (None, None);
        }
        // What other programs had open is gone; the program's own handles find out by calling.
        self.handles.retain(|_, handle| handle.context != OTHERS);
        for handle in self.handles.values_mut() {
            handle.dead = true;
        }
    }

    fn start(&mut self) {
        self.running = true;
        self.readers.iter_mut().for_each(|reader| reader.slot.start_service());
    }

    /// What a fault of one slot means for the service and the names of readers.
    pub(super) fn settle(&mut self, fault: Option<FaultKind>) {
        match fault {
            Some(FaultKind::ServiceRestarted) => {
                self.stop();
                self.start();
            }
            Some(FaultKind::NoService) => self.stop(),
            _ => {}
        }
        self.number_readers();
    }

    /// Gives readers that were unplugged another number when they are back.
    fn number_readers(&mut self) {
        for index in 0..self.readers.len() {
            let reader = &self.readers[index];
            let unplugs = reader.slot.unplugs();
            if reader.seen_unplugs == unplugs {
                continue;
            }
            if !reader.slot.is_plugged_in() {
                self.reader_changes += 1;
                continue;
            }
            let old = reader.number;
            let free = self.free_number(Some(old));
            let reader = &mut self.readers[index];
            (reader.number, reader.seen_unplugs) = (free, unplugs);
            self.reader_changes += 1;
        }
    }

    fn free_number(&self, but: Option<u8>) -> u8 {
        let taken = |number| self.readers.iter().any(|reader| reader.number == number);
        (0..u8::MAX).find(|number| Some(*number) != but && !taken(*number)).unwrap_or(u8::MAX)
    }

    pub(super) fn add_reader(&mut self, name: &str) {
        let number = self.free_number(None);
        let mut slot = Slot::new();
        if !self.running {
            slot.stop_service();
        }
        self.readers.push(Reader {
            name: name.to_owned(),
            number,
            slot,
            taken: None,
            transaction: None,
            protocol: None,
            other: None,
            seen_unplugs: 0,
        });
        self.reader_changes += 1;
    }

    pub(super) fn set_latencies(&mut self, latencies: Latencies) {
        self.readers.iter_mut().for_each(|reader| reader.slot.set_latencies(latencies));
    }

    /// The readers that programs see, with their places in the list.
    pub(super) fn shown(&self) -> impl Iterator<Item = (usize, &Reader)> {
        let plugged = self.readers.iter().enumerate().filter(|(_, r)| r.slot.is_plugged_in());
        plugged.take(READERS_MAX)
    }

    pub(super) fn shown_name(&mut self, reader: &str) -> CString {
        self.named(reader).shown_name()
    }

    pub(super) fn slot_mut(&mut self, reader: &str) -> &mut Slot {
        &mut self.named(reader).slot
    }

    pub(super) fn take_card(&mut self, reader: &str) -> Option<Box<dyn SmartCard>> {
        self.take_from_slot(reader).or_else(|| self.named(reader).taken.take())
    }

    fn take_from_slot(&mut self, reader: &str) -> Option<Box<dyn SmartCard>> {
        let slot = self.slot_mut(reader);
        let pulled = slot.take_pulled();
        slot.remove().or(pulled)
    }

    fn named(&mut self, name: &str) -> &mut Reader {
        let index = self.place_of(name);
        &mut self.readers[index]
    }

    /// # Panics
    ///
    /// If the test names a reader that it has not made.
    fn place_of(&self, name: &str) -> usize {
        let place = self.readers.iter().position(|reader| reader.name == name);
        place.unwrap_or_else(|| panic!("the simulated service has no reader {name:?}"))
    }

    fn other_holds(&mut self, name: &str) {
        let reader = self.place_of(name);
        let alone = !self.handles.values().any(|handle| handle.reader == reader);
        let share = if alone { ShareMode::Exclusive } else { ShareMode::Shared };
        if let Ok(handle) = self.open(OTHERS, reader, share, Protocols::ANY) {
            self.readers[reader].other = Some(handle);
            if !alone {
                self.readers[reader].transaction.get_or_insert(handle);
            }
        }
    }

    fn other_lets_go(&mut self, name: &str) {
        let reader = self.place_of(name);
        if let Some(handle) = self.readers[reader].other.take() {
            self.close(handle, Disposition::LeaveCard);
        }
    }

    /// Whether this handle is one of another program, which no thread of ours can make let go.
    pub(super) fn is_of_others(&self, handle: u64) -> bool {
        self.handles.get(&handle).is_none_or(|handle| handle.context == OTHERS)
    }
}
