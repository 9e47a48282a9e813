//! What a patient holds to a reader: a card or phone of `pcsc-sim` in the slot of that reader,
//! behind the parties' messages. The reference sends bytes and is handed the answer; only this
//! file knows what is at the other end.

use jiff::civil::Date;
use madoguchi_reference::calendar::Jst;
use madoguchi_reference::ids::CertificateSerial;
use madoguchi_reference::message::token::{CardFailure, Hex};
use madoguchi_reference::message::{Message, TokenCommand, TokenReply};
use madoguchi_reference::party::{Alarm, Input, Outbox, Party, PartyId};
use pcsc_sim::Error;
use pcsc_sim::chip::Chip;
use pcsc_sim::pin::Pin;
use pcsc_sim::slot::{self, Latencies, Outcome, Slot, Transmission};

use crate::mishaps::DeviceFaults;
use crate::tokens::{Blank, certificate};

/// A token.
#[derive(Debug)]
pub(crate) struct Device {
    /// Empty for a phone that was not loaded yet. The wire has its own latencies.
    slot: Slot<Chip>,
    faults: DeviceFaults,
    /// What becomes a token when it is loaded, for a phone.
    blank: Option<Blank>,
    /// An answer that comes late, and to whom.
    late: Option<(PartyId, TokenReply)>,
    /// Counts late answers, so that an alarm for one that was given up is known.
    delays: u64,
}

impl Device {
    /// A card, or a phone that is loaded or can be.
    pub(crate) fn new(chip: Option<Chip>, blank: Option<Blank>, faults: DeviceFaults) -> Self {
        let mut slot = Slot::new().with_latencies(Latencies::NONE);
        if let Some(chip) = chip {
            slot.insert(chip);
        }
        Self { slot, faults, blank, late: None, delays: 0 }
    }

    fn power_on(&mut self) -> Transmission {
        let transmission = self.slot.connect();
        if let (true, Some(chip)) = (transmission.outcome.is_ok(), self.slot.card_mut()) {
            // An iPhone is unlocked by its holder before it is held up.
            chip.confirm_holder();
        }
        transmission
    }

    /// The reader gives the token up. What was pulled lies there again when it is put there next.
    fn power_off(&mut self) {
        self.late = None;
        self.slot.power_off();
        if let Some(chip) = self.slot.take_pulled() {
            self.slot.insert(chip);
        }
    }

    /// Loading an empty phone makes a token of it, and a phone that is loaded again has its PIN
    /// set again.
    fn install(&mut self, serial: &CertificateSerial, today: Date, expires: Date) -> bool {
        let Some(data) = certificate(&serial.0, today, expires) else { return false };
        let Some(chip) = self.slot.card_mut() else {
            let Some(blank) = &self.blank else { return false };
            let chip = blank.load(data);
            return self.slot.insert(chip).is_none();
        };
        chip.install(data);
        let pin = self.blank.as_ref().and_then(|blank| blank.pin.clone());
        pin.is_none_or(|pin| chip.set_pin(pin))
    }

    fn set_pin(&mut self, digits: &str) -> bool {
        let Some(chip) = self.slot.card_mut() else { return false };
        let limit = chip.pin().map(Pin::limit);
        let pin = limit.and_then(|limit| Pin::with_tries(digits, limit).ok());
        pin.is_some_and(|pin| chip.set_pin(pin))
    }

    /// Arms what may go wrong now, and ends what is over.
    fn arm(&mut self, now: Jst, reader: PartyId) {
        let active = self.faults.active(now, reader);
        let over = |what| !active.iter().any(|fault| fault.what == what);
        if over(slot::FaultKind::ReaderUnplugged) {
            self.slot.plug_in();
        }
        if over(slot::FaultKind::NoService) {
            self.slot.start_service();
        }
        self.slot.disarm();
        active.into_iter().for_each(|fault| self.slot.arm(fault));
    }

    fn answer(
        &mut self,
        now: Jst,
        to: PartyId,
        transmission: Transmission,
        reply: impl Fn(Hex) -> TokenReply,
        out: &mut Outbox,
    ) {
        if let Some(struck) = transmission.fault {
            self.faults.struck(now, struck);
        }
        let reply = match transmission.outcome {
            Outcome::Answered(bytes) => reply(Hex(bytes)),
            Outcome::Failed(error) => TokenReply::Failed(failure(error)),
            Outcome::Never => return,
        };
        if transmission.took_us == 0 {
            out.send(to, reply);
        } else {
            self.delays += 1;
            self.late = Some((to, reply));
            let late_us = i64::try_from(transmission.took_us).unwrap_or(i64::MAX);
            out.wake_after(now, late_us, "answer", self.delays);
        }
    }

    fn command(&mut self, now: Jst, from: PartyId, command: TokenCommand, out: &mut Outbox) {
        self.arm(now, from);
        let written = match command {
            TokenCommand::PowerOn => {
                let transmission = self.power_on();
                return self.answer(now, from, transmission, TokenReply::Powered, out);
            }
            TokenCommand::Transmit(bytes) => {
                let transmission = self.slot.transmit(&bytes.0);
                return self.answer(now, from, transmission, TokenReply::Response, out);
            }
            TokenCommand::PowerOff => return self.power_off(),
            TokenCommand::Install { .. } | TokenCommand::SetPin(_) if self.faults.broken => false,
            TokenCommand::Install { serial, expires } => self.install(&serial, now.date(), expires),
            TokenCommand::SetPin(digits) => self.set_pin(&digits),
        };
        out.send(from, if written { TokenReply::Written } else { TokenReply::NotWritten });
    }
}

/// What an error of PC/SC means to whoever wanted something of the card.
fn failure(error: Error) -> CardFailure {
    match error {
        Error::RemovedCard | Error::NoSmartcard => CardFailure::Removed,
        Error::ResetCard | Error::NotTransacted | Error::CommError | Error::InvalidHandle => {
            CardFailure::Interrupted
        }
        Error::SharingViolation => CardFailure::Busy,
        Error::UnknownReader
        | Error::ReaderUnavailable
        | Error::NoReadersAvailable
        | Error::NoService
        | Error::ServiceStopped => CardFailure::Unavailable,
        _ => CardFailure::Unresponsive,
    }
}

impl Party for Device {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::TokenCommand(command) } => {
                self.command(now, from, command, out);
            }
            Input::Alarm(Alarm { name: "answer", key }) if key == self.delays => {
                if let Some((to, reply)) = self.late.take() {
                    out.send(to, reply);
                }
            }
            _ => {}
        }
    }
}
