//! Other programs and other threads.
#![expect(clippy::disallowed_methods, reason = "these tests are about threads")]

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pcsc::{Act, Context, Disposition, Error, ReaderState, Scope, Service, ShareMode, State};

use super::{DESK, READ, SELECT, connect, desk, reconnect, send};

const SECOND: Duration = Duration::from_secs(1);

/// Until so many threads wait for ever.
fn until_blocked(service: &Service, threads: usize) {
    while service.blocked() < threads {
        thread::yield_now();
    }
}

#[test]
fn without_a_service_nothing_can_be_established() {
    assert_eq!(Context::establish(Scope::User).err(), Some(Error::NoService));
    drop(desk(None));
    assert_eq!(Context::establish(Scope::User).err(), Some(Error::NoService));
}

#[test]
fn the_service_installed_last_is_the_one() {
    let _outer = Service::new().reader("Outer").install();
    let inner = Service::new().reader("Inner").install();
    let first = |context: &Context| context.list_readers_owned().unwrap().remove(0);
    let context = Context::establish(Scope::User).unwrap();
    assert_eq!(first(&context), c"Inner 00 00".to_owned());
    drop(inner);
    assert_eq!(context.list_readers_owned().err(), Some(Error::NoService));
    assert_eq!(first(&Context::establish(Scope::User).unwrap()), c"Outer 00 00".to_owned());
}

#[test]
fn another_program_holds_the_card_for_itself_and_lets_go() {
    let service = desk(None);
    service.act(Act::other_holds(DESK));
    assert_eq!(connect(&service).err(), Some(Error::SharingViolation));
    service.act(Act::other_lets_go(DESK));
    assert!(connect(&service).is_ok());
}

#[test]
fn another_programs_transaction_is_waited_for() {
    let service = desk(None);
    let card = connect(&service).unwrap();
    service.act(Act::other_holds(DESK));
    service.after(SECOND, Act::other_lets_go(DESK));
    assert_eq!(card.get_attribute_len(pcsc::Attribute::AtrString), Err(Error::SharingViolation));
    let before = service.now();
    assert_eq!(send(&card, &SELECT), Ok(vec![0x90, 0x00]));
    assert!(service.now() - before >= SECOND);
}

#[test]
fn another_program_that_never_lets_go_uses_up_the_patience() {
    let service = desk(None);
    let mut card = connect(&service).unwrap();
    service.act(Act::other_holds(DESK));
    assert_eq!(send(&card, &SELECT), Err(Error::SharingViolation));
    assert_eq!(card.transaction().err(), Some(Error::SharingViolation));
    assert_eq!(reconnect(&mut card), Err(Error::SharingViolation));
    assert_eq!(connect(&service).err(), Some(Error::SharingViolation));
}

#[test]
fn another_program_resets_the_card_by_plan() {
    let service = desk(None);
    let mut card = connect(&service).unwrap();
    send(&card, &SELECT).unwrap();
    service.after(SECOND, Act::other_resets(DESK));
    service.pass(SECOND);
    assert_eq!(send(&card, &READ), Err(Error::ResetCard));
    assert_eq!(reconnect(&mut card), Ok(()));
}

#[test]
fn a_direct_connection_that_resets_the_card_goes_on() {
    let service = desk(None);
    let card = connect(&service).unwrap();
    let context = Context::establish(Scope::User).unwrap();
    let none = pcsc::Protocols::UNDEFINED;
    let mut direct = context.connect(&service.name_of(DESK), ShareMode::Direct, none).unwrap();
    assert_eq!(direct.reconnect(ShareMode::Direct, none, Disposition::ResetCard), Ok(()));
    assert!(direct.status2_owned().is_ok());
    assert_eq!(send(&card, &READ), Err(Error::ResetCard));
}

#[test]
fn an_endless_wait_is_cancelled_by_another_thread() {
    let service = Service::new().reader(DESK).install();
    let context = Context::establish(Scope::User).unwrap();
    let (name, waiter) = (service.name_of(DESK), context.clone());
    let waiting = thread::spawn(move || {
        waiter.get_status_change(None, &mut [ReaderState::new(name, State::EMPTY)])
    });
    until_blocked(&service, 1);
    assert_eq!(context.cancel(), Ok(()));
    assert_eq!(waiting.join().unwrap(), Err(Error::Cancelled));
}

#[test]
fn an_endless_wait_ends_when_another_thread_puts_a_card_in() {
    let service = Service::new().reader(DESK).install();
    let context = Context::establish(Scope::User).unwrap();
    let name = service.name_of(DESK);
    let waiting = thread::spawn(move || {
        context.get_status_change(None, &mut [ReaderState::new(name, State::EMPTY)])
    });
    until_blocked(&service, 1);
    service.insert(DESK, super::TestCard::default());
    assert_eq!(waiting.join().unwrap(), Ok(()));
}

#[test]
fn an_endless_wait_ends_with_the_service() {
    let service = Service::new().reader(DESK).install();
    let context = Context::establish(Scope::User).unwrap();
    let name = service.name_of(DESK);
    let waiting = thread::spawn(move || {
        context.get_status_change(None, &mut [ReaderState::new(name, State::EMPTY)])
    });
    until_blocked(&service, 1);
    drop(service);
    assert_eq!(waiting.join().unwrap(), Err(Error::CommError));
}

#[test]
fn a_thread_waits_for_the_transaction_of_another() {
    let service = desk(None);
    let mut first = connect(&service).unwrap();
    let second = connect(&service).unwrap();
    let (sender, receiver) = mpsc::channel();
    let transaction = first.transaction().unwrap();
    let waiting = thread::spawn(move || {
        sender.send(send(&second, &SELECT)).unwrap();
        second.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error)
    });
    until_blocked(&service, 1);
    assert!(receiver.try_recv().is_err(), "the transaction is open");
    assert_eq!(send(&transaction, &READ), Ok(vec![0x69, 0x86]));
    drop(transaction);
    assert_eq!(receiver.recv().unwrap(), Ok(vec![0x90, 0x00]));
    assert_eq!(waiting.join().unwrap(), Ok(()));
}

#[test]
fn a_thread_that_wants_the_card_for_itself_waits_for_the_others_to_go() {
    let service = desk(None);
    let first = connect(&service).unwrap();
    let mut second = connect(&service).unwrap();
    let waiting = thread::spawn(move || {
        let (all, leave) = (pcsc::Protocols::ANY, Disposition::LeaveCard);
        second.reconnect(ShareMode::Exclusive, all, leave)
    });
    until_blocked(&service, 1);
    drop(first);
    assert_eq!(waiting.join().unwrap(), Ok(()));
}
