//! Two readers at once, and readers that come and go.

use std::time::Duration;

use pcsc::slot::OtherCard;
use pcsc::{
    Act, Context, Error, PNP_NOTIFICATION, Protocols, ReaderState, Scope, Service, ShareMode, State,
};

use super::{READ, SELECT, TestCard, send};

const FACE: &str = "Face Reader";
const GENERAL: &str = "General Reader";
const ZERO: Duration = Duration::ZERO;

fn both() -> pcsc::Installed {
    Service::new().reader(FACE).reader(GENERAL).install()
}

#[test]
fn two_readers_have_two_cards_at_once() {
    let service = both();
    service.insert(FACE, TestCard::default());
    service.insert(GENERAL, OtherCard);
    let context = Context::establish(Scope::User).unwrap();
    let names = context.list_readers_owned().unwrap();
    assert_eq!(names, [c"Face Reader 00 00".to_owned(), c"General Reader 01 00".to_owned()]);

    let connect = |name| context.connect(name, ShareMode::Shared, Protocols::ANY).unwrap();
    let (face, general) = (connect(&names[0]), connect(&names[1]));
    assert_eq!(send(&face, &SELECT), Ok(vec![0x90, 0x00]));
    assert_eq!(send(&general, &SELECT), Ok(vec![0x6A, 0x82]));
    assert_eq!(send(&face, &READ).unwrap().len(), 6);
}

#[test]
fn one_wait_watches_both() {
    let service = both();
    service.after(Duration::from_secs(2), Act::insert(GENERAL, OtherCard));
    let context = Context::establish(Scope::User).unwrap();
    let mut states =
        [FACE, GENERAL].map(|reader| ReaderState::new(service.name_of(reader), State::EMPTY));
    assert_eq!(context.get_status_change(None, &mut states), Ok(()));
    assert_eq!(states[0].event_state(), State::EMPTY);
    assert_eq!(states[1].event_state(), State::PRESENT | State::CHANGED);
}

#[test]
fn a_reader_that_goes_is_told_of_and_comes_back_under_another_name() {
    let service = both();
    let context = Context::establish(Scope::User).unwrap();
    let mut states = [
        ReaderState::new(service.name_of(FACE), State::EMPTY),
        ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE),
    ];
    assert_eq!(context.get_status_change(ZERO, &mut states), Err(Error::Timeout));

    service.after(Duration::from_secs(1), Act::unplug(FACE));
    assert_eq!(context.get_status_change(None, &mut states), Ok(()));
    let gone = State::UNKNOWN | State::UNAVAILABLE | State::CHANGED;
    assert_eq!((states[0].event_state(), states[1].event_state()), (gone, State::CHANGED));
    assert_eq!(context.get_status_change(ZERO, &mut states), Err(Error::UnknownReader));
    assert_eq!(context.list_readers_owned().unwrap(), [c"General Reader 01 00".to_owned()]);

    service.after(Duration::from_secs(1), Act::plug_in(FACE));
    assert_eq!(context.get_status_change(None, &mut states[1..]), Ok(()));
    let names = context.list_readers_owned().unwrap();
    assert_eq!(names, [c"Face Reader 02 00".to_owned(), c"General Reader 01 00".to_owned()]);
}

#[test]
fn a_single_reader_is_back_with_the_next_number() {
    let service = Service::new().reader(FACE).install();
    service.act(Act::unplug(FACE));
    service.act(Act::plug_in(FACE));
    assert_eq!(service.name_of(FACE).as_c_str(), c"Face Reader 01 00");
}

#[test]
fn no_readers_are_an_empty_list_and_no_error() {
    let _service = Service::new().install();
    let context = Context::establish(Scope::User).unwrap();
    assert_eq!(context.list_readers_len(), Ok(0));
    assert_eq!(context.list_readers(&mut []).unwrap().count(), 0);
    assert!(context.list_readers_owned().unwrap().is_empty());
}

#[test]
fn sixteen_readers_are_shown_and_no_more() {
    let names: Vec<String> = (0..17).map(|number| format!("Reader {number}")).collect();
    let service = names.iter().fold(Service::new(), |service, name| service.reader(name)).install();
    let context = Context::establish(Scope::User).unwrap();
    assert_eq!(context.list_readers_owned().unwrap().len(), 16);
    let hidden = context.connect(&service.name_of("Reader 16"), ShareMode::Shared, Protocols::ANY);
    assert_eq!(hidden.err(), Some(Error::UnknownReader));
}

#[test]
fn a_reader_to_ignore_never_ends_a_wait() {
    let service = both();
    service.insert(FACE, OtherCard);
    let context = Context::establish(Scope::User).unwrap();
    let mut states = [
        ReaderState::new(service.name_of(FACE), State::IGNORE),
        ReaderState::new(service.name_of(GENERAL), State::EMPTY),
    ];
    assert_eq!(context.get_status_change(ZERO, &mut states), Err(Error::Timeout));
}
