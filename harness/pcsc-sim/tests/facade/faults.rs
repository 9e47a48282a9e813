//! Every fault, as a program feels it.

use std::time::Duration;

use pcsc::slot::{Fault, FaultKind, OtherCard};
use pcsc::{Context, Error, ReaderState, Scope, State};
use pcsc_sim::SmartCard;

use super::{DATA, DESK, READ, SELECT, connect, desk, reconnect, second, send};

#[test]
fn the_readme_lists_every_fault_in_both_languages() {
    let readme = include_str!("../../README.md");
    for kind in FaultKind::ALL {
        let json = serde_json::to_string(&kind).unwrap();
        let name = json.trim_matches(['{', '"']).split('"').next().unwrap();
        assert_eq!(readme.matches(&format!("\n| `{name}` | ")).count(), 2, "{name}");
    }
}

#[test]
fn mute_is_waited_for_until_the_service_loses_patience() {
    let (service, card) = second(FaultKind::Mute);
    let before = service.now();
    assert_eq!(send(&card, &READ), Err(Error::NotTransacted));
    assert!(service.now() - before >= Duration::from_secs(60));
}

#[test]
fn mute_ends_when_the_card_is_taken_away() {
    let (service, card) = second(FaultKind::Mute);
    service.after(Duration::from_secs(7), pcsc::Act::remove(DESK));
    let before = service.now();
    assert_eq!(send(&card, &READ), Ok(vec![]));
    assert_eq!(service.now() - before, Duration::from_secs(7));
    assert_eq!(send(&card, &READ), Err(Error::RemovedCard));
}

#[test]
fn slow_answers_right_and_late() {
    let (service, card) = second(FaultKind::Slow { ms: 3_000 });
    let before = service.now();
    assert_eq!(send(&card, &READ), Ok(DATA.to_vec()));
    // READ takes 5 ms and 0.1 ms for each of the four bytes.
    assert_eq!(service.now() - before, Duration::from_micros(3_005_400));
}

#[test]
fn truncated_has_half_of_its_bytes() {
    let (_service, card) = second(FaultKind::Truncated);
    assert_eq!(send(&card, &READ), Ok(vec![1, 2, 3]));
    assert_eq!(send(&card, &READ), Ok(DATA.to_vec()));
}

#[test]
fn empty_is_a_success_of_no_bytes() {
    let (_service, card) = second(FaultKind::Empty);
    assert_eq!(send(&card, &READ), Ok(vec![]));
    assert_eq!(send(&card, &READ), Ok(DATA.to_vec()));
}

#[test]
fn one_byte_is_the_first_of_the_status_word() {
    let (_service, card) = second(FaultKind::OneByte);
    assert_eq!(send(&card, &READ), Ok(vec![0x90]));
}

#[test]
fn wrong_length_tells_the_right_one() {
    let (_service, card) = second(FaultKind::WrongLength);
    assert_eq!(send(&card, &READ), Ok(vec![0x6C, 0x04]));
    assert_eq!(send(&card, &[0x00, 0xB0, 0x00, 0x00, 0x04]), Ok(DATA.to_vec()));
}

#[test]
fn more_data_waits_for_get_response() {
    let (_service, card) = second(FaultKind::MoreData);
    assert_eq!(send(&card, &READ), Ok(vec![0x61, 0x04]));
    assert_eq!(send(&card, &[0x00, 0xC0, 0x00, 0x00, 0x04]), Ok(DATA.to_vec()));
}

#[test]
fn pulled_dies_in_three_steps_and_the_card_can_be_put_back() {
    let (service, mut card) = second(FaultKind::Pulled);
    assert_eq!(send(&card, &READ), Ok(vec![]));
    assert_eq!(send(&card, &READ), Err(Error::NotTransacted));
    service.pass(Duration::from_secs(1));
    assert_eq!(send(&card, &READ), Err(Error::RemovedCard));
    assert_eq!(reconnect(&mut card), Err(Error::NoSmartcard));

    let pulled = service.remove(DESK).unwrap();
    service.insert(DESK, pulled);
    assert_eq!(send(&card, &READ), Err(Error::RemovedCard));
    assert_eq!(reconnect(&mut card), Ok(()));
    assert_eq!(send(&card, &READ), Ok(vec![0x69, 0x86]), "nothing is selected any more");
}

#[test]
fn pulled_and_returned_needs_a_new_connection() {
    let (_service, mut card) = second(FaultKind::PulledAndReturned);
    assert_eq!(send(&card, &READ), Err(Error::RemovedCard));
    assert_eq!(reconnect(&mut card), Ok(()));
    assert_eq!(send(&card, &READ), Ok(vec![0x69, 0x86]));
}

#[test]
fn swapped_is_seen_by_the_answer_to_reset_and_the_count_only() {
    let (service, mut card) = second(FaultKind::Swapped);
    service.next_card(DESK, OtherCard);
    let context = Context::establish(Scope::User).unwrap();
    let mut states = [ReaderState::new(service.name_of(DESK), State::UNAWARE)];
    context.get_status_change(None, &mut states).unwrap();
    assert_eq!((states[0].event_count(), states[0].atr()), (1, super::card::ATR.as_slice()));

    assert_eq!(send(&card, &READ), Err(Error::RemovedCard));
    assert_eq!(reconnect(&mut card), Ok(()));
    assert_eq!(card.status2_owned().unwrap().atr(), OtherCard.atr());
    states[0].sync_current_state();
    context.get_status_change(Duration::ZERO, &mut states).unwrap();
    assert_eq!((states[0].event_count(), states[0].atr()), (3, OtherCard.atr()));
}

#[test]
fn reset_by_another_takes_what_was_selected() {
    let (_service, mut card) = second(FaultKind::ResetByAnother);
    assert_eq!(send(&card, &READ), Err(Error::ResetCard));
    assert_eq!(send(&card, &READ), Err(Error::ResetCard));
    assert_eq!(reconnect(&mut card), Ok(()));
    assert_eq!(send(&card, &READ), Ok(vec![0x69, 0x86]));
    assert_eq!(send(&card, &SELECT), Ok(vec![0x90, 0x00]));
}

#[test]
fn what_keeps_a_program_from_connecting_has_its_own_error() {
    let table = [
        (FaultKind::SharingViolation, Error::SharingViolation),
        (FaultKind::PowerUpFails, Error::UnpoweredCard),
        (FaultKind::Unresponsive, Error::UnresponsiveCard),
        (FaultKind::BadAtr, Error::ProtoMismatch),
        (FaultKind::ReaderUnplugged, Error::UnknownReader),
        (FaultKind::NoService, Error::NoService),
    ];
    for (kind, error) in table {
        let service = desk(Some(Fault::always(kind).times(2)));
        assert_eq!(connect(&service).err(), Some(error), "{kind:?}");
        assert_eq!(connect(&service).err(), Some(error), "{kind:?}");
        assert!(connect(&service).is_ok(), "{kind:?} was to happen twice");
    }
}

#[test]
fn a_card_that_cannot_be_connected_to_is_seen_all_the_same() {
    let table = [
        (FaultKind::PowerUpFails, State::PRESENT, 13),
        (FaultKind::Unresponsive, State::PRESENT | State::MUTE, 0),
        (FaultKind::BadAtr, State::PRESENT, 4),
    ];
    for (kind, state, atr_bytes) in table {
        let service = desk(Some(Fault::always(kind)));
        let mut states = [ReaderState::new(service.name_of(DESK), State::UNAWARE)];
        Context::establish(Scope::User).unwrap().get_status_change(None, &mut states).unwrap();
        assert_eq!(states[0].event_state(), state | State::CHANGED, "{kind:?}");
        assert_eq!(states[0].atr().len(), atr_bytes, "{kind:?}");
    }
}

#[test]
fn a_card_of_another_kind_has_no_application() {
    let service = desk(Some(Fault::always(FaultKind::NotAMyNumberCard)));
    let card = connect(&service).unwrap();
    assert_eq!(card.status2_owned().unwrap().atr(), OtherCard.atr());
    assert_eq!(send(&card, &SELECT), Ok(vec![0x6A, 0x82]));
    assert_eq!(send(&card, &READ), Ok(vec![0x6D, 0x00]));
}

#[test]
fn an_unplugged_reader_is_unavailable_then_unknown() {
    let (service, mut card) = second(FaultKind::ReaderUnplugged);
    assert_eq!(send(&card, &READ), Err(Error::ReaderUnavailable));
    assert_eq!(reconnect(&mut card), Err(Error::ReaderUnavailable));
    assert_eq!(connect(&service).err(), Some(Error::UnknownReader));
    let context = Context::establish(Scope::User).unwrap();
    assert!(context.list_readers_owned().unwrap().is_empty());
}

#[test]
fn a_renamed_reader_is_found_only_by_listing_again() {
    let (service, card) = second(FaultKind::ReaderRenamed);
    let context = Context::establish(Scope::User).unwrap();
    assert_eq!(send(&card, &READ), Err(Error::ReaderUnavailable));
    assert_eq!(send(&card, &READ), Err(Error::ReaderUnavailable));
    assert_eq!(context.list_readers_owned().unwrap(), [c"Desk Reader 01 00".to_owned()]);
    let (shared, any) = (pcsc::ShareMode::Shared, pcsc::Protocols::ANY);
    let by_old_name = context.connect(c"Desk Reader 00 00", shared, any);
    assert_eq!(by_old_name.err(), Some(Error::UnknownReader));
    assert!(connect(&service).is_ok());
}

#[test]
fn a_restarted_service_wants_a_new_context() {
    let (service, mut card) = second(FaultKind::ServiceRestarted);
    let old = Context::establish(Scope::User).unwrap();
    assert_eq!(send(&card, &READ), Err(Error::NoService));
    assert_eq!(reconnect(&mut card), Err(Error::NoService));
    assert_eq!(old.list_readers_owned().err(), Some(Error::NoService));
    assert_eq!(old.is_valid(), Ok(()), "as a real one says too");
    assert_eq!(send(&connect(&service).unwrap(), &READ), Ok(vec![0x69, 0x86]));
}

#[test]
fn a_stopped_service_is_gone_until_it_is_started() {
    let (service, card) = second(FaultKind::NoService);
    assert_eq!(send(&card, &READ), Err(Error::NoService));
    assert_eq!(connect(&service).err(), Some(Error::NoService));
    service.act(pcsc::Act::StartService);
    assert!(connect(&service).is_ok());
}
