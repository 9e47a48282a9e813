//! Every fault of a slot, as an exchange feels it.

use super::*;
use crate::smart_card::SmartCard;
use FaultKind as Kind;
use Outcome::{Answered, Failed, Never};

/// Answers READ BINARY with the bytes 1 to 10 and everything else with `9000`; knows how many
/// commands it executed and whether it still remembers a SELECT.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Recorder {
    name: u8,
    executed: u32,
    powered: bool,
    selected: bool,
}

const SELECT: [u8; 7] = [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A];
const READ: [u8; 5] = [0x00, 0xB0, 0x00, 0x00, 0x00];
const OK: [u8; 2] = [0x90, 0x00];
const DATA: [u8; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0x90, 0x00];

impl SmartCard for Recorder {
    fn atr(&self) -> &[u8] {
        match self.name {
            0 => &[0x3B, 0x00],
            _ => &[0x3B, 0x01],
        }
    }

    fn power_on(&mut self) {
        self.powered = true;
    }

    fn power_off(&mut self) {
        (self.powered, self.selected) = (false, false);
    }

    fn reset(&mut self) {
        self.selected = false;
    }

    fn apdu(&mut self, command: &[u8]) -> Vec<u8> {
        assert!(self.powered, "a card without power sees no command");
        self.executed += 1;
        self.selected |= command[1] == SELECT[1];
        if command[1] == READ[1] { DATA.to_vec() } else { OK.to_vec() }
    }
}

fn slot(fault: Fault) -> Slot<Recorder> {
    let mut slot = Slot::new();
    slot.insert(Recorder::default());
    slot.arm(fault);
    slot
}

fn connected(fault: Fault) -> Slot<Recorder> {
    let mut slot = slot(fault);
    assert_eq!(slot.connect().outcome, Answered(vec![0x3B, 0x00]));
    slot
}

fn executed(slot: &Slot<Recorder>) -> u32 {
    slot.card().map_or(0, |card| card.executed)
}

#[test]
fn without_a_connection_there_is_no_exchange() {
    let mut slot = Slot::<Recorder>::new();
    assert_eq!(slot.connect().outcome, Failed(Error::NoSmartcard));
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::InvalidHandle));
}

#[test]
fn every_command_takes_its_time() {
    let mut slot = Slot::new();
    slot.insert(Recorder::default());
    assert_eq!(slot.connect().took_us, 50_000);
    assert_eq!(slot.connect().took_us, 0, "it has power already");
    assert_eq!(slot.transmit(&SELECT).took_us, 10_000);
    assert_eq!(slot.transmit(&READ).took_us, 5_000 + 10 * 100);
    assert_eq!(slot.transmit(&[0x00, 0x20, 0x00, 0x80]).took_us, 20_000);
    assert_eq!(slot.transmit(&[0x80, 0x2A, 0x00, 0x80, 0x00]).took_us, 400_000);
    assert_eq!(slot.reset(), 30_000);
}

#[test]
fn mute_executes_and_never_answers() {
    let mut slot = connected(Fault::at(Kind::Mute, 2));
    assert_eq!(slot.transmit(&SELECT).outcome, Answered(OK.to_vec()));
    let mute = slot.transmit(&READ);
    assert_eq!((mute.outcome, mute.fault), (Never, Some(Kind::Mute)));
    assert_eq!(executed(&slot), 2);
}

#[test]
fn slow_takes_longer_and_answers_right() {
    let mut slot = connected(Fault::at(Kind::Slow { ms: 3_000 }, 1));
    let slow = slot.transmit(&SELECT);
    assert_eq!((slow.outcome, slow.took_us), (Answered(OK.to_vec()), 3_010_000));
    assert_eq!(slot.transmit(&SELECT).took_us, 10_000);
}

#[test]
fn truncated_gives_the_first_half() {
    let mut slot = connected(Fault::at(Kind::Truncated, 1));
    assert_eq!(slot.transmit(&READ).outcome, Answered(vec![1, 2, 3, 4, 5, 6]));
    assert_eq!(slot.transmit(&READ).outcome, Answered(DATA.to_vec()));
}

#[test]
fn empty_and_one_byte_are_successes_without_a_status_word() {
    let mut slot = connected(Fault::always(Kind::Empty).times(1));
    slot.arm(Fault::always(Kind::OneByte));
    assert_eq!(slot.transmit(&READ).outcome, Answered(vec![]));
    assert_eq!(slot.transmit(&READ).outcome, Answered(vec![0x90]));
    assert_eq!(executed(&slot), 2);
}

#[test]
fn wrong_length_names_the_right_one_and_executes_once() {
    let mut slot = connected(Fault::at(Kind::WrongLength, 2));
    assert_eq!(slot.transmit(&SELECT).outcome, Answered(OK.to_vec()));
    assert_eq!(slot.transmit(&READ).outcome, Answered(vec![0x6C, 10]));
    assert_eq!(slot.transmit(&[0x00, 0xB0, 0, 0, 10]).outcome, Answered(DATA.to_vec()));
    assert_eq!(executed(&slot), 2);
}

#[test]
fn more_data_is_fetched_by_get_response() {
    let mut slot = connected(Fault::at(Kind::MoreData, 1));
    assert_eq!(slot.transmit(&READ).outcome, Answered(vec![0x61, 10]));
    assert_eq!(slot.transmit(&[0x00, 0xC0, 0, 0, 10]).outcome, Answered(DATA.to_vec()));
    assert_eq!(executed(&slot), 1);
}

#[test]
fn what_a_card_always_holds_back_it_gives_when_asked_again() {
    let mut slot = connected(Fault::always(Kind::WrongLength));
    for _ in 0..2 {
        assert_eq!(slot.transmit(&READ).outcome, Answered(vec![0x6C, 10]));
        assert_eq!(slot.transmit(&[0x00, 0xB0, 0, 0, 10]).outcome, Answered(DATA.to_vec()));
    }
    let mut slot = connected(Fault::always(Kind::MoreData));
    for _ in 0..2 {
        assert_eq!(slot.transmit(&READ).outcome, Answered(vec![0x61, 10]));
        assert_eq!(slot.transmit(&[0x00, 0xC0, 0, 0, 10]).outcome, Answered(DATA.to_vec()));
    }
    assert_eq!(executed(&slot), 2);
}

#[test]
fn pulled_is_no_bytes_then_not_transacted_then_removed() {
    let mut slot = connected(Fault::at(Kind::Pulled, 1).times(1));
    assert_eq!(slot.transmit(&SELECT).outcome, Answered(vec![]));
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::NotTransacted));
    slot.elapse(999_999);
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::NotTransacted));
    slot.elapse(1);
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::RemovedCard));
    assert_eq!(slot.connect().outcome, Failed(Error::NoSmartcard));

    let card = slot.take_pulled().unwrap();
    assert_eq!((card.executed, card.powered), (1, false));
    slot.insert(card);
    assert!(slot.connect().outcome.is_ok());
    assert_eq!(slot.transmit(&SELECT).outcome, Answered(OK.to_vec()));
}

#[test]
fn pulled_and_returned_has_forgotten_everything() {
    let mut slot = connected(Fault::at(Kind::PulledAndReturned, 2).times(1));
    slot.transmit(&SELECT);
    assert_eq!(slot.transmit(&READ).outcome, Failed(Error::RemovedCard));
    assert_eq!(slot.transmit(&READ).outcome, Failed(Error::RemovedCard));
    assert_eq!(slot.connect().outcome, Answered(vec![0x3B, 0x00]));
    assert!(!slot.card().unwrap().selected);
    assert_eq!(executed(&slot), 1);
}

#[test]
fn swapped_puts_the_next_card_there() {
    let mut slot = connected(Fault::at(Kind::Swapped, 2).times(1));
    slot.next_card(Recorder { name: 1, ..Recorder::default() });
    slot.transmit(&SELECT);
    assert_eq!(slot.transmit(&READ).outcome, Failed(Error::RemovedCard));
    assert_eq!(slot.connect().outcome, Answered(vec![0x3B, 0x01]));
    assert_eq!(slot.events(), 3, "in, out, in");
}

#[test]
fn reset_by_another_takes_the_selection_until_reconnected() {
    let mut slot = connected(Fault::at(Kind::ResetByAnother, 2).times(1));
    slot.transmit(&SELECT);
    for _ in 0..2 {
        assert_eq!(slot.transmit(&READ).outcome, Failed(Error::ResetCard));
    }
    assert!(slot.connect().outcome.is_ok());
    assert!(!slot.card().unwrap().selected);
    assert_eq!(slot.transmit(&READ).outcome, Answered(DATA.to_vec()));
}

#[test]
fn a_sharing_violation_is_over_when_the_other_lets_go() {
    let mut slot = slot(Fault::always(Kind::SharingViolation).times(1));
    assert_eq!(slot.connect().outcome, Failed(Error::SharingViolation));
    assert!(slot.connect().outcome.is_ok());
    assert!(slot.transmit(&SELECT).outcome.is_ok());
}

#[test]
fn a_card_that_does_not_come_to_life_cannot_be_connected_to() {
    let table = [
        (Kind::PowerUpFails, Error::UnpoweredCard, Sight::Card(vec![0x3B, 0x00])),
        (Kind::Unresponsive, Error::UnresponsiveCard, Sight::Mute),
        (Kind::BadAtr, Error::ProtoMismatch, Sight::Card(vec![0xFF; 4])),
    ];
    for (kind, error, sight) in table {
        let mut slot = slot(Fault::always(kind).times(1));
        assert_eq!(slot.sight(), sight);
        assert_eq!(slot.connect().outcome, Failed(error));
        assert!(slot.connect().outcome.is_ok(), "{kind:?} was to happen once");
    }
}

#[test]
fn a_foreign_card_knows_no_application() {
    let mut slot = slot(Fault::always(Kind::NotAMyNumberCard));
    assert_eq!(slot.sight(), Sight::Card(OtherCard.atr().to_vec()));
    assert_eq!(slot.connect().outcome, Answered(OtherCard.atr().to_vec()));
    assert_eq!(slot.transmit(&SELECT).outcome, Answered(vec![0x6A, 0x82]));
    assert_eq!(slot.transmit(&READ).outcome, Answered(vec![0x6D, 0x00]));
    assert_eq!(executed(&slot), 0);
}

#[test]
fn an_unplugged_reader_is_gone_until_it_is_plugged_in() {
    let mut slot = connected(Fault::at(Kind::ReaderUnplugged, 1).times(1));
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::ReaderUnavailable));
    assert_eq!(slot.connect().outcome, Failed(Error::UnknownReader));
    slot.plug_in();
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::ReaderUnavailable));
    assert!(slot.connect().outcome.is_ok());
    assert!(slot.transmit(&SELECT).outcome.is_ok());
}

#[test]
fn a_renamed_reader_is_there_again_at_once() {
    let mut slot = connected(Fault::at(Kind::ReaderRenamed, 1).times(1));
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::ReaderUnavailable));
    assert_eq!((slot.unplugs(), slot.is_plugged_in()), (1, true));
    assert!(slot.connect().outcome.is_ok());
}

#[test]
fn a_restarted_service_knows_no_old_connections() {
    let mut slot = connected(Fault::at(Kind::ServiceRestarted, 2).times(1));
    slot.transmit(&SELECT);
    for _ in 0..2 {
        assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::NoService));
    }
    assert!(slot.connect().outcome.is_ok());
    assert!(!slot.card().unwrap().selected);
}

#[test]
fn without_a_service_nothing_works_until_it_is_started() {
    let mut slot = connected(Fault::at(Kind::NoService, 1).times(1));
    assert_eq!(slot.transmit(&SELECT).outcome, Failed(Error::NoService));
    assert_eq!(slot.connect().outcome, Failed(Error::NoService));
    slot.start_service();
    assert!(slot.connect().outcome.is_ok());
}

#[test]
fn the_line_faults_without_an_apdu_meet_whoever_connects() {
    let table = [
        (Kind::ReaderUnplugged, Error::UnknownReader),
        (Kind::ReaderRenamed, Error::UnknownReader),
        (Kind::ServiceRestarted, Error::NoService),
        (Kind::NoService, Error::NoService),
    ];
    for (kind, error) in table {
        let mut slot = slot(Fault::always(kind).times(2));
        assert_eq!(slot.connect().outcome, Failed(error));
        assert_eq!(slot.connect().outcome, Failed(error));
        assert!(slot.connect().outcome.is_ok(), "{kind:?} was to happen twice");
    }
}

#[test]
fn two_programs_learn_of_a_reset_each_on_its_own() {
    let mut slot = Slot::new();
    slot.insert(Recorder::default());
    let (mut ours, mut theirs) = (slot.open(), slot.open());
    assert!(slot.connect_as(&mut ours).outcome.is_ok());
    assert!(slot.connect_as(&mut theirs).outcome.is_ok());
    slot.reset_as(&mut theirs);
    assert_eq!(slot.check(&theirs), Ok(()));
    assert_eq!(slot.transmit_as(&ours, &SELECT).outcome, Failed(Error::ResetCard));
}

#[test]
fn the_names_of_the_faults_are_their_names_in_files() {
    let names: Vec<String> = FaultKind::ALL
        .iter()
        .map(|kind| match serde_json::to_value(kind).unwrap() {
            serde_json::Value::String(name) => name,
            object => object.as_object().unwrap().keys().next().unwrap().clone(),
        })
        .collect();
    assert_eq!(
        names.join(" "),
        "mute slow truncated empty one-byte wrong-length more-data pulled pulled-and-returned \
         swapped reset-by-another sharing-violation power-up-fails unresponsive bad-atr \
         not-a-my-number-card reader-unplugged reader-renamed service-restarted no-service"
    );
}
