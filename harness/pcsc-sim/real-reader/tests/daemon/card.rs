//! The program that plays the card: the client of vpcd.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pcsc_sim::slot::{Latencies, Outcome, Sight, Slot};
use pcsc_sim::vpcd::{self, Request, Requests};

use crate::table::{Fault, FaultKind, TestCard};

/// A card that is connected to vpcd. Its faults are those of a [`Slot`], played over the wire.
pub struct PlayedCard {
    stream: TcpStream,
    player: JoinHandle<TestCard>,
}

impl PlayedCard {
    pub fn put_in(card: TestCard, faults: &[Fault]) -> Self {
        let stream = connected();
        let mut slot = Slot::new().with_latencies(Latencies::NONE);
        slot.insert(card);
        faults.iter().for_each(|fault| slot.arm(*fault));
        let wire = stream.try_clone().unwrap();
        let player = thread::spawn(move || play(wire, slot));
        Self { stream, player }
    }

    pub fn take_out(self) -> TestCard {
        let _closed_already = self.stream.shutdown(Shutdown::Both);
        self.player.join().unwrap()
    }

    pub fn take_out_after(&self, time: Duration) {
        let stream = self.stream.try_clone().unwrap();
        thread::spawn(move || {
            thread::sleep(time);
            let _closed_already = stream.shutdown(Shutdown::Both);
        });
    }
}

fn connected() -> TcpStream {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match TcpStream::connect(("127.0.0.1", vpcd::PORT)) {
            Ok(stream) => {
                stream.set_nodelay(true).unwrap();
                return stream;
            }
            Err(error) => assert!(Instant::now() < until, "vpcd does not listen: {error}"),
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn play(mut wire: TcpStream, mut slot: Slot<TestCard>) -> TestCard {
    let mut requests = Requests::default();
    let mut buffer = [0; 4096];
    'connected: while let Ok(length @ 1..) = wire.read(&mut buffer) {
        requests.push(&buffer[..length]);
        for request in &mut requests {
            match answer(&mut slot, request) {
                Reaction::Say(bytes) => wire.write_all(&vpcd::message(&bytes).unwrap()).unwrap(),
                Reaction::Nothing => {}
                Reaction::Leave => break 'connected,
            }
        }
    }
    let _closed_already = wire.shutdown(Shutdown::Both);
    slot.remove().or_else(|| slot.take_pulled()).unwrap()
}

enum Reaction {
    Say(Vec<u8>),
    Nothing,
    Leave,
}

fn answer(slot: &mut Slot<TestCard>, request: Request) -> Reaction {
    match request {
        Request::PowerOff => slot.power_off(),
        Request::PowerOn => drop(slot.connect()),
        // pcscd also wakes a card without power by a reset.
        Request::Reset => {
            slot.reset();
            slot.connect();
        }
        Request::Nothing => {}
        Request::Atr => {
            return Reaction::Say(match slot.sight() {
                Sight::Card(atr) => atr,
                Sight::Mute | Sight::Empty => Vec::new(),
            });
        }
        Request::Apdu(apdu) => {
            let transmission = slot.transmit(&apdu);
            thread::sleep(Duration::from_micros(transmission.took_us));
            return match (transmission.outcome, transmission.fault) {
                (_, Some(FaultKind::Pulled)) => Reaction::Leave,
                (Outcome::Answered(bytes), _) => Reaction::Say(bytes),
                // A frame without bytes is what the driver waits on for ever.
                (Outcome::Never | Outcome::Failed(_), _) => Reaction::Say(Vec::new()),
            };
        }
    }
    Reaction::Nothing
}
