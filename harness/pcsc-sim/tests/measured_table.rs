//! The table of PC/SC behaviour against the simulated service. The same rows run against a real
//! daemon: see `real-reader/`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

extern crate pcsc_sim as pcsc;

mod table;

use std::ffi::CString;
use std::time::Duration;

use pcsc::{Installed, Service};
use table::{Act, Fault, Stage, TestCard};

const READER: &str = "Table Reader";

/// The stage with a simulated service on it.
struct Simulated {
    service: Installed,
}

impl Simulated {
    fn new() -> Self {
        Self { service: Service::new().reader(READER).stopped().install() }
    }
}

impl Stage for Simulated {
    fn reader(&self) -> CString {
        self.service.name_of(READER)
    }

    fn start_service(&mut self) {
        self.service.act(pcsc::Act::StartService);
    }

    fn kill_service(&mut self) {
        self.service.act(pcsc::Act::StopService);
    }

    fn arm(&mut self, fault: Fault) {
        self.service.arm(READER, fault);
    }

    fn insert(&mut self, card: TestCard) {
        self.service.insert(READER, card);
    }

    fn remove(&mut self) -> Option<TestCard> {
        self.service.remove(READER).map(|_| TestCard::default())
    }

    fn soon(&mut self, act: Act) {
        let act = match act {
            Act::Remove => pcsc::Act::remove(READER),
            Act::KillService => pcsc::Act::StopService,
            Act::Cancel(context) => pcsc::Act::Cancel(context),
        };
        self.service.after(Duration::from_millis(600), act);
    }

    fn pass(&mut self, time: Duration) {
        self.service.pass(time);
    }

    fn clock(&self) -> Duration {
        self.service.now()
    }

    fn within<T: Send + 'static>(
        &mut self,
        limit: Duration,
        call: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let before = self.service.now();
        let result = call();
        Some(result).filter(|_| self.service.now() - before <= limit)
    }
}

#[test]
fn the_simulated_service_behaves_as_the_real_one_was_measured_to() {
    let differences = table::differences(Simulated::new, &[]);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
