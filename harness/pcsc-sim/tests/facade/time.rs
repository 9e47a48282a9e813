//! Time is the simulation's: waits and cards move it, nothing sleeps.

use std::time::Duration;

use pcsc::slot::{Latencies, OtherCard};
use pcsc::{Act, Context, Error, ReaderState, Scope, Service, State};

use super::{DESK, READ, SELECT, connect, desk, send};

const MS: fn(u64) -> Duration = Duration::from_millis;

#[test]
fn a_timeout_takes_its_time_in_the_simulation_only() {
    let service = Service::new().reader(DESK).install();
    let mut states = [ReaderState::new(service.name_of(DESK), State::EMPTY)];
    let context = Context::establish(Scope::User).unwrap();
    let hour = Duration::from_secs(3_600);
    assert_eq!(context.get_status_change(hour, &mut states), Err(Error::Timeout));
    assert_eq!(service.now(), hour);
}

#[test]
fn a_wait_ends_when_the_card_comes() {
    let service = Service::new().reader(DESK).install();
    service.after(MS(1_500), Act::insert(DESK, OtherCard));
    let mut states = [ReaderState::new(service.name_of(DESK), State::EMPTY)];
    let context = Context::establish(Scope::User).unwrap();
    assert_eq!(context.get_status_change(MS(9_000), &mut states), Ok(()));
    assert_eq!((service.now(), states[0].event_count()), (MS(1_500), 1));
}

#[test]
fn a_wait_that_ends_before_the_card_comes_does_not_see_it() {
    let service = Service::new().reader(DESK).install();
    service.after(MS(1_500), Act::insert(DESK, OtherCard));
    let mut states = [ReaderState::new(service.name_of(DESK), State::EMPTY)];
    let context = Context::establish(Scope::User).unwrap();
    assert_eq!(context.get_status_change(MS(1_499), &mut states), Err(Error::Timeout));
    assert_eq!(context.get_status_change(MS(1), &mut states), Ok(()));
}

#[test]
fn connecting_and_commands_take_what_the_card_takes() {
    let service = desk(None);
    let card = connect(&service).unwrap();
    assert_eq!(service.now(), MS(50), "power up");
    send(&card, &SELECT).unwrap();
    assert_eq!(service.now(), MS(60), "SELECT takes ten more");
    send(&card, &READ).unwrap();
    assert_eq!(service.now(), Duration::from_micros(65_400), "five, and 0.1 for each byte");
}

#[test]
fn latencies_are_settings() {
    let service = Service::new().reader(DESK).latencies(Latencies::NONE).install();
    service.insert(DESK, OtherCard);
    send(&connect(&service).unwrap(), &SELECT).unwrap();
    assert_eq!(service.now(), Duration::ZERO);
}

#[test]
fn what_is_planned_happens_while_a_command_runs() {
    let service = desk(None);
    let card = connect(&service).unwrap();
    service.after(MS(5), Act::remove(DESK));
    assert_eq!(send(&card, &SELECT), Ok(vec![]), "SELECT takes ten milliseconds");
    assert_eq!(send(&card, &SELECT), Err(Error::RemovedCard));
    assert!(service.remove(DESK).is_some(), "the card is not lost");
}

#[test]
fn what_is_planned_happens_while_the_program_is_busy() {
    let service = desk(None);
    let card = connect(&service).unwrap();
    service.after(MS(500), Act::remove(DESK));
    service.pass(MS(499));
    assert!(send(&card, &[0x00, 0x00]).is_ok(), "it takes five milliseconds too long");
    assert_eq!(send(&card, &SELECT), Err(Error::RemovedCard));
}

#[test]
fn patience_is_a_setting() {
    let service = Service::new().reader(DESK).patience(MS(200)).install();
    service.insert(DESK, super::TestCard::default());
    service.arm(DESK, pcsc::slot::Fault::always(pcsc::slot::FaultKind::Mute));
    let card = connect(&service).unwrap();
    let before = service.now();
    assert_eq!(send(&card, &SELECT), Err(Error::NotTransacted));
    assert_eq!(service.now() - before, MS(210), "ten for the SELECT itself");
}
