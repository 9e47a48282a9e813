//! Programs written against `pcsc`, in the simulation: every fault, time, readers, threads.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

extern crate pcsc_sim as pcsc;

#[path = "../table/card.rs"]
mod card;
mod faults;
mod other_programs;
mod readers;
mod time;

use pcsc::slot::{Fault, FaultKind};
use pcsc::{Card, Context, Error, Installed, Protocols, Scope, Service, ShareMode};

use card::TestCard;

const DESK: &str = "Desk Reader";
const SELECT: [u8; 7] = [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A];
const READ: [u8; 5] = [0x00, 0xB0, 0x00, 0x00, 0x00];
const DATA: [u8; 6] = [1, 2, 3, 4, 0x90, 0x00];

/// One reader with a card in it, and this fault.
fn desk(fault: Option<Fault>) -> Installed {
    let service = Service::new().reader(DESK);
    service.insert(DESK, TestCard::default());
    fault.into_iter().for_each(|fault| service.arm(DESK, fault));
    service.install()
}

fn connect(service: &Service) -> Result<Card, Error> {
    let context = Context::establish(Scope::User)?;
    context.connect(&service.name_of(DESK), ShareMode::Shared, Protocols::ANY)
}

fn send(card: &Card, command: &[u8]) -> Result<Vec<u8>, Error> {
    card.transmit(command, &mut [0; pcsc::MAX_BUFFER_SIZE]).map(<[u8]>::to_vec)
}

fn reconnect(card: &mut Card) -> Result<(), Error> {
    card.reconnect(ShareMode::Shared, Protocols::ANY, pcsc::Disposition::LeaveCard)
}

/// A program that has selected a file; the fault strikes at its second command, once.
fn second(kind: FaultKind) -> (Installed, Card) {
    let service = desk(Some(Fault::at(kind, 2).times(1)));
    let card = connect(&service).unwrap();
    assert_eq!(send(&card, &SELECT), Ok(vec![0x90, 0x00]));
    (service, card)
}
