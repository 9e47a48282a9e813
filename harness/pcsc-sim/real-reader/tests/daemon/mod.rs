//! A pcscd of our own with one virtual reader, and the card that plays behind it.
//!
//! The driver of vpcd listens on every interface, so all of this belongs into a network
//! namespace of its own; pcscd's socket path is the machine's, so only one may run.

mod card;

use std::ffi::{CStr, CString};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pcsc::{Context, ReaderState, Scope, State};

use crate::table::{Act, Fault, Stage, TestCard};
use card::PlayedCard;

const SOCKET_FOLDER: &str = "/run/pcscd";
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
const READER: &CStr = c"Table Reader 00 00";

/// How long anything outside may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(10);

/// The stage with a real daemon on it.
pub struct Daemon {
    config: PathBuf,
    running: Option<Child>,
    card: Option<PlayedCard>,
    faults: Vec<Fault>,
}

impl Daemon {
    pub fn new() -> Self {
        let config = std::env::temp_dir().join(format!("real-reader-{}", std::process::id()));
        std::fs::create_dir_all(&config).unwrap();
        let port = pcsc_sim::vpcd::PORT;
        let reader = format!(
            "FRIENDLYNAME \"Table Reader\"\nDEVICENAME /dev/null:{port:#X}\n\
             LIBPATH {DRIVER}\nCHANNELID {port:#X}\n"
        );
        std::fs::write(config.join("vpcd"), reader).unwrap();
        Self { config, running: None, card: None, faults: Vec::new() }
    }

    fn wait_for(&self, wanted: State) {
        let context = Context::establish(Scope::User).unwrap();
        let until = Instant::now() + PATIENCE;
        let mut states = [ReaderState::new(READER, State::UNAWARE)];
        while !states[0].event_state().contains(wanted) {
            assert!(Instant::now() < until, "the reader does not see {wanted:?}");
            states[0].sync_current_state();
            let _timeout = context.get_status_change(Duration::from_millis(200), &mut states);
        }
    }
}

impl Stage for Daemon {
    fn reader(&self) -> CString {
        READER.to_owned()
    }

    fn start_service(&mut self) {
        if self.running.is_some() {
            return;
        }
        for file in std::fs::read_dir(SOCKET_FOLDER).into_iter().flatten().flatten() {
            let _gone_already = std::fs::remove_file(file.path());
        }
        let child = Command::new("pcscd")
            .args(["--foreground", "--config"])
            .arg(&self.config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.running = Some(child);
        let until = Instant::now() + PATIENCE;
        while !Context::establish(Scope::User)
            .and_then(|context| context.list_readers_owned())
            .is_ok_and(|readers| readers.iter().any(|name| name.as_c_str() == READER))
        {
            assert!(Instant::now() < until, "pcscd does not start");
            thread::sleep(Duration::from_millis(50));
        }
        if let Some(card) = self.card.take() {
            self.insert(card.take_out());
        }
    }

    fn kill_service(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn arm(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn insert(&mut self, card: TestCard) {
        self.card = Some(PlayedCard::put_in(card, &self.faults));
        self.faults.clear();
        self.wait_for(State::PRESENT);
    }

    fn remove(&mut self) -> Option<TestCard> {
        let card = self.card.take()?.take_out();
        self.wait_for(State::EMPTY);
        Some(card)
    }

    fn soon(&mut self, act: Act) {
        let after = Duration::from_millis(600);
        match act {
            Act::Remove => self.card.iter().for_each(|card| card.take_out_after(after)),
            Act::KillService => {
                let id = self.running.as_ref().map_or(0, Child::id).to_string();
                thread::spawn(move || {
                    thread::sleep(after);
                    let killed = Command::new("kill").args(["-KILL", id.as_str()]).status();
                    assert!(killed.unwrap().success());
                });
            }
            Act::Cancel(context) => {
                thread::spawn(move || {
                    thread::sleep(after);
                    // The daemon may be killed before it says that it has cancelled.
                    let _cancelled = context.cancel();
                });
            }
        }
    }

    fn pass(&mut self, time: Duration) {
        thread::sleep(time);
    }

    fn clock(&self) -> Duration {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn within<T: Send + 'static>(
        &mut self,
        limit: Duration,
        call: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (sender, receiver) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let _nobody_waits = sender.send(call());
        });
        receiver.recv_timeout(limit).ok()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.kill_service();
        let _left_behind = std::fs::remove_dir_all(&self.config);
    }
}
