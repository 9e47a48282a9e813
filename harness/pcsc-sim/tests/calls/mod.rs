//! The public surface of `pcsc` 2.9.0, used once and whole: one source that has to compile against
//! the real crate and against this one under its name.

#![allow(clippy::type_complexity, reason = "whole signatures are what is compared")]

mod numbers;

use std::ffi::{CStr, CString};
use std::fmt::Debug;
use std::hash::Hash;
use std::ops::Deref;
use std::time::Duration;

use pcsc::ffi::DWORD;
use pcsc::{
    Attribute, AttributeClass, Card, CardStatus, CardStatusOwned, Context, Disposition, Error,
    Protocol, Protocols, ReaderNames, ReaderState, Scope, ShareMode, State, Status, Transaction,
};

/// Compiles only for what can be sent and shared between threads, as both are in the real crate.
fn is_shared<T: Send + Sync>() {}

fn is_plain<T: Copy + Eq + Hash + Debug + Send + Sync>() {}

fn is_ordered<T: Ord>() {}

fn is_cloned<T: Clone + Debug>() {}

#[test]
fn types_can_do_what_the_real_ones_can() {
    is_shared::<Context>();
    is_shared::<Card>();
    is_shared::<ReaderState>();
    is_shared::<Transaction<'static>>();
    is_plain::<Error>();
    is_plain::<ShareMode>();
    is_plain::<Protocol>();
    is_plain::<Disposition>();
    is_plain::<Scope>();
    is_plain::<Attribute>();
    is_plain::<AttributeClass>();
    is_plain::<State>();
    is_plain::<Status>();
    is_plain::<Protocols>();
    is_ordered::<State>();
    is_ordered::<Status>();
    is_ordered::<Protocols>();
    is_cloned::<ReaderNames<'static>>();
    is_cloned::<CardStatus<'static, 'static>>();
    is_cloned::<CardStatusOwned>();
    let _: fn(&Context) -> Context = Clone::clone;
    let _: fn(Error) -> Box<dyn std::error::Error + Send + Sync> = |error| Box::new(error);
    let _: for<'a> fn(&'a Transaction<'static>) -> &'a Card = Deref::deref;
    assert!(!Error::NoService.to_string().is_empty());
}

#[test]
fn a_context_has_the_calls_of_the_real_one() {
    let _: fn(Scope) -> Result<Context, Error> = Context::establish;
    let _: fn(Context) -> Result<(), (Context, Error)> = Context::release;
    let _: fn(&Context) -> Result<(), Error> = Context::is_valid;
    let _: fn(&Context) -> Result<(), Error> = Context::cancel;
    let _: for<'b> fn(&Context, &'b mut [u8]) -> Result<ReaderNames<'b>, Error> =
        Context::list_readers;
    let _: fn(&Context) -> Result<usize, Error> = Context::list_readers_len;
    let _: fn(&Context) -> Result<Vec<CString>, Error> = Context::list_readers_owned;
    let _: fn(&Context, &CStr, ShareMode, Protocols) -> Result<Card, Error> = Context::connect;
    let _: fn(&Context, Duration, &mut [ReaderState]) -> Result<(), Error> =
        Context::get_status_change;
    let _: fn(&Context, Option<Duration>, &mut [ReaderState]) -> Result<(), Error> =
        Context::get_status_change;
}

#[test]
fn a_card_has_the_calls_of_the_real_one() {
    let _: for<'c> fn(&'c mut Card) -> Result<Transaction<'c>, Error> = Card::transaction;
    let _: for<'c> fn(&'c mut Card) -> Result<Transaction<'c>, (&'c mut Card, Error)> =
        Card::transaction2;
    let _: fn(&mut Card, ShareMode, Protocols, Disposition) -> Result<(), Error> = Card::reconnect;
    let _: fn(Card, Disposition) -> Result<(), (Card, Error)> = Card::disconnect;
    #[allow(deprecated, reason = "programs may still call it")]
    let _: fn(&Card) -> Result<(Status, Protocol), Error> = Card::status;
    let _: for<'n, 'a> fn(&Card, &'n mut [u8], &'a mut [u8]) -> Result<CardStatus<'n, 'a>, Error> =
        Card::status2;
    let _: fn(&Card) -> Result<(usize, usize), Error> = Card::status2_len;
    let _: fn(&Card) -> Result<CardStatusOwned, Error> = Card::status2_owned;
}

#[test]
fn a_card_exchanges_as_the_real_one_does() {
    let _: for<'b> fn(&Card, Attribute, &'b mut [u8]) -> Result<&'b [u8], Error> =
        Card::get_attribute;
    let _: fn(&Card, Attribute) -> Result<usize, Error> = Card::get_attribute_len;
    let _: fn(&Card, Attribute) -> Result<Vec<u8>, Error> = Card::get_attribute_owned;
    let _: fn(&Card, Attribute, &[u8]) -> Result<(), Error> = Card::set_attribute;
    let _: for<'b> fn(&Card, &[u8], &'b mut [u8]) -> Result<&'b [u8], Error> = Card::transmit;
    let _: for<'b> fn(&Card, &[u8], &'b mut [u8]) -> Result<&'b [u8], (Error, usize)> =
        Card::transmit2;
    let _: for<'b> fn(&Card, DWORD, &[u8], &'b mut [u8]) -> Result<&'b [u8], Error> = Card::control;
}

#[test]
fn a_transaction_ends_and_reconnects_as_the_real_one_does() {
    type End<'t> = fn(Transaction<'t>, Disposition) -> Result<(), (Transaction<'t>, Error)>;
    let _: End<'_> = Transaction::end;
    type Reconnect =
        fn(&mut Transaction<'static>, ShareMode, Protocols, Disposition) -> Result<(), Error>;
    let _: Reconnect = Transaction::reconnect;
}

#[test]
fn a_reader_state_remembers_what_it_was_made_with() {
    let mut state = ReaderState::new(c"Desk Reader 00 00", State::EMPTY);
    let _: fn(CString, State) -> ReaderState = ReaderState::new;
    let _: fn(Box<CStr>, State) -> ReaderState = ReaderState::new;
    let name: &CStr = state.name();
    assert_eq!(name, c"Desk Reader 00 00");
    let (atr, count): (&[u8], u32) = (state.atr(), state.event_count());
    assert_eq!((atr.len(), count), (0, 0));
    assert_eq!(state.current_state(), State::EMPTY);
    assert_eq!(state.event_state(), State::UNAWARE);
    state.sync_current_state();
    assert_eq!(state.current_state(), State::UNAWARE);
}

#[test]
fn what_is_told_of_a_card_is_read_as_from_the_real_one() {
    let _: fn(&CardStatus<'static, 'static>) -> ReaderNames<'static> = CardStatus::reader_names;
    let _: fn(&CardStatus<'static, 'static>) -> Status = CardStatus::status;
    let _: fn(&CardStatus<'static, 'static>) -> Option<Protocol> = CardStatus::protocol2;
    let _: fn(&CardStatus<'static, 'static>) -> Protocol = CardStatus::protocol;
    let _: fn(&CardStatus<'static, 'static>) -> &'static [u8] = CardStatus::atr;
    let _: fn(&CardStatusOwned) -> &[CString] = CardStatusOwned::reader_names;
    let _: fn(&CardStatusOwned) -> Status = CardStatusOwned::status;
    let _: fn(&CardStatusOwned) -> Option<Protocol> = CardStatusOwned::protocol2;
    let _: fn(&CardStatusOwned) -> Protocol = CardStatusOwned::protocol;
    let _: fn(&CardStatusOwned) -> &[u8] = CardStatusOwned::atr;
    let _: fn(&mut ReaderNames<'static>) -> Option<&'static CStr> = Iterator::next;
}

#[test]
fn flags_are_put_together_and_taken_apart_as_in_the_real_crate() {
    let both = State::PRESENT | State::INUSE;
    let bits: DWORD = both.bits();
    assert_eq!(bits, 0x0120);
    assert_eq!(State::from_bits(bits), Some(both));
    assert_eq!(State::from_bits_truncate(0xFFFF_0020), State::PRESENT);
    assert_eq!(State::from_bits_retain(bits), both);
    assert!(both.contains(State::PRESENT) && both.intersects(State::INUSE) && !both.is_empty());
    assert_eq!(both & State::INUSE, State::INUSE);
    assert_eq!(both - State::INUSE, State::PRESENT);
    assert_eq!(both ^ State::INUSE, State::PRESENT);
    assert_eq!(both.iter_names().map(|(name, _)| name).collect::<Vec<_>>(), ["PRESENT", "INUSE"]);
    assert_eq!(format!("{both:?}"), "State(PRESENT | INUSE)");
    assert_eq!(Protocols::T0 | Protocols::T1, Protocols::ANY);
    assert!(!Status::all().is_empty());
}

#[test]
fn constants_are_those_of_the_real_crate() {
    const CODE: DWORD = pcsc::ctl_code(3400);
    if cfg!(not(target_os = "windows")) {
        assert_eq!(CODE, 0x4200_0D48);
    }
    let notification: &'static CStr = pcsc::PNP_NOTIFICATION();
    assert_eq!(notification.to_bytes(), br"\\?PnP?\Notification");
    let sizes: [usize; 3] =
        [pcsc::MAX_ATR_SIZE, pcsc::MAX_BUFFER_SIZE, pcsc::MAX_BUFFER_SIZE_EXTENDED];
    assert_eq!(sizes, [33, 264, 65_548]);
    assert_eq!(
        [pcsc::ffi::MAX_ATR_SIZE, pcsc::ffi::MAX_BUFFER_SIZE, pcsc::ffi::MAX_BUFFER_SIZE_EXTENDED],
        sizes
    );
    let (zero, infinite): (pcsc::ffi::LONG, pcsc::ffi::ULONG) = (0, pcsc::ffi::INFINITE);
    assert_eq!((zero, infinite), (0, 0xFFFF_FFFF));
}
