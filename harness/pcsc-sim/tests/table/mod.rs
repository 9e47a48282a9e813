//! What a program sees of PC/SC in the situations that matter at a reader, as one source that
//! is compiled twice: against this crate under the name `pcsc`, and against the real crate
//! `pcsc`, with a real daemon behind it.

mod card;
mod connecting;
mod exchanging;
mod service;
mod waiting;

use std::ffi::CString;
use std::time::Duration;

pub use card::{ATR, TestCard};
pub use pcsc_sim::slot::{Fault, FaultKind};

/// Where the rows are played: all that happens outside of the program's own calls.
pub trait Stage {
    /// The name of the reader.
    fn reader(&self) -> CString;
    /// Starts the smart card service; a card in the reader stays there.
    fn start_service(&mut self);
    /// Kills the smart card service.
    fn kill_service(&mut self);
    /// A fault for the next card that is put in.
    fn arm(&mut self, fault: Fault);
    /// Puts a card in and waits until the reader has seen it.
    fn insert(&mut self, card: TestCard);
    /// Takes the card out and waits until the reader has seen it.
    fn remove(&mut self) -> Option<TestCard>;
    /// Does this about half a second from now, while the program is in a call.
    fn soon(&mut self, act: Act);
    /// Lets time pass.
    fn pass(&mut self, time: Duration);
    /// What the clock shows.
    fn clock(&self) -> Duration;
    /// The result of a call, or nothing if it takes longer than this.
    fn within<T: Send + 'static>(
        &mut self,
        limit: Duration,
        call: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T>;
}

/// What can happen while a program waits.
pub enum Act {
    /// The card is pulled.
    Remove,
    /// The service is killed.
    KillService,
    /// The program cancels from another thread.
    Cancel(pcsc::Context),
}

/// One situation: what the program sees in it, line by line.
pub struct Row<S> {
    /// What happens.
    pub situation: &'static str,
    /// Plays it.
    pub seen: fn(&mut S) -> Vec<String>,
    /// What a program sees, as measured with pcsc-lite 1.9.9, vpcd 3.3 and pcsc 2.9.0.
    pub expected: &'static [&'static str],
}

/// A row in which one of the two sides differs, and why that is right.
pub struct Exception {
    /// The row.
    pub situation: &'static str,
    /// What is seen there instead.
    pub seen: &'static [&'static str],
    /// Why.
    pub why: &'static str,
}

/// All rows.
pub fn rows<S: Stage>() -> Vec<Row<S>> {
    [waiting::rows(), connecting::rows(), exchanging::rows(), service::rows()]
        .into_iter()
        .flatten()
        .collect()
}

/// Plays every row on a stage of its own and gives what differs, in words.
pub fn differences<S: Stage>(new: impl Fn() -> S, exceptions: &[Exception]) -> Vec<String> {
    let mut differences = Vec::new();
    for row in rows::<S>() {
        let exception = exceptions.iter().find(|e| e.situation == row.situation);
        let expected = exception.map_or(row.expected, |exception| exception.seen);
        let mut stage = new();
        stage.start_service();
        let seen = (row.seen)(&mut stage);
        if seen != expected {
            let why = exception.map_or("", |exception| exception.why);
            differences.push(format!(
                "{} {why}\n  expected {expected:#?}\n  seen {seen:#?}",
                row.situation
            ));
        }
    }
    differences
}

const SELECT: [u8; 7] = [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A];
const READ: [u8; 5] = [0x00, 0xB0, 0x00, 0x00, 0x00];

fn context() -> pcsc::Context {
    pcsc::Context::establish(pcsc::Scope::User).unwrap()
}

/// Connected in the way most programs connect.
fn shared(context: &pcsc::Context, reader: &CString) -> Result<pcsc::Card, pcsc::Error> {
    context.connect(reader, pcsc::ShareMode::Shared, pcsc::Protocols::ANY)
}

/// The answer to a command, in hexadecimal digits, or the error.
fn sent(card: &pcsc::Card, command: &[u8]) -> String {
    let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
    match card.transmit(command, &mut buffer) {
        Ok(answer) => format!("Ok {}", hex(answer)),
        Err(error) => format!("{error:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// A result without what it holds.
fn told<T>(result: Result<T, pcsc::Error>) -> String {
    match result {
        Ok(_) => "Ok".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
