//! What can go wrong between a card and whoever speaks to it, each with a name.

use serde::{Deserialize, Serialize};

/// One thing that goes wrong in a slot: what, when, how often.
///
/// ```
/// use pcsc_sim::slot::{Fault, FaultKind};
///
/// let fault = Fault::at(FaultKind::Slow { ms: 3_000 }, 4).times(1);
/// let text = r#"{"what":{"slow":{"ms":3000}},"at_apdu":4,"times":1}"#;
/// assert_eq!(serde_json::to_string(&fault)?, text);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub what: FaultKind,
    /// At which command APDU, counted from 1 since the card was last given power or reset.
    /// `None`: at every one; a kind that [strikes at the connection](FaultKind::at_connection)
    /// then strikes at every attempt to connect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_apdu: Option<u32>,
    /// How often it happens before it stops. `None`: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

impl Fault {
    /// It happens at every APDU, or at every attempt to connect.
    pub const fn always(what: FaultKind) -> Self {
        Self { what, at_apdu: None, times: None }
    }

    /// It happens at the `apdu`th command since power or reset, the first being 1.
    pub const fn at(what: FaultKind, apdu: u32) -> Self {
        Self { what, at_apdu: Some(apdu), times: None }
    }

    /// The same fault, which stops after it has happened `times` times.
    #[must_use]
    pub const fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }
}

/// The kinds of fault. The errors in their descriptions are those of PC/SC; "connecting" is
/// connecting and reconnecting alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FaultKind {
    /// The card executes the command and never answers. The exchange has no end: PC/SC knows
    /// no time limit for it.
    Mute,
    /// The card answers correctly, `ms` milliseconds later than it would.
    Slow {
        /// How much later, in milliseconds.
        ms: u32,
    },
    /// The card executes the command; the first half of the answer arrives, rounded up, and
    /// so no status word, or bytes that only look like one.
    Truncated,
    /// The card executes the command; the exchange succeeds with an answer of no bytes.
    Empty,
    /// The card executes the command; only the first byte of the status word arrives.
    OneByte,
    /// The card asks for another Le: `6Cxx` with the right length, `6C00` for 256. The same
    /// command with that Le then gets the answer. Passes over commands whose answer has no
    /// data, and over that repetition.
    WrongLength,
    /// The card announces the answer: `61xx`, and gives it on GET RESPONSE (`00 C0 00 00 Le`).
    /// Passes over commands whose answer has no data.
    MoreData,
    /// The card is taken away while it answers. The exchange succeeds with no bytes (so it was
    /// measured with pcsc-lite); until the reader notices, [`Latencies::notice_us`] later,
    /// exchanges fail with `NotTransacted`, then with `RemovedCard`; connecting fails with
    /// `NoSmartcard` until a card is put in.
    ///
    /// [`Latencies::notice_us`]: super::Latencies::notice_us
    Pulled,
    /// The card was taken away and put back before this command, which does not reach it and
    /// fails with `RemovedCard`, as does every later one until the program connects again. The
    /// card lost its power and forgot what was selected and verified.
    PulledAndReturned,
    /// As `pulled-and-returned`, but it is the card given by [`Slot::next_card`] that lies
    /// there now. A program that just connects again talks to somebody else's card. Without a
    /// next card the slot is empty afterwards. A second time swaps the two back.
    ///
    /// [`Slot::next_card`]: super::Slot::next_card
    Swapped,
    /// Another program reset the card before this command, which does not reach it and fails
    /// with `ResetCard`, as does every later one until the program reconnects.
    ResetByAnother,
    /// Another program holds the card for itself: connecting fails with `SharingViolation`. The
    /// APDU number plays no part: nobody can take a card for itself while others use it, and
    /// during another's transaction calls wait.
    SharingViolation,
    /// The card takes no power: connecting fails with `UnpoweredCard`.
    PowerUpFails,
    /// The card does not answer the reset: connecting fails with `UnresponsiveCard`, the
    /// reader reports it present and mute.
    Unresponsive,
    /// The answer to reset is four bytes `FF`: connecting fails with `ProtoMismatch`, the
    /// reader reports a card.
    BadAtr,
    /// What lies there is some other card: an answer to reset of its own, `6A82` to every
    /// SELECT, `6D00` to everything else. The My Number card in the slot sees nothing of it.
    /// Decided when the card is given power; the APDU number plays no part.
    NotAMyNumberCard,
    /// The reader's cable comes off: exchanges fail with `ReaderUnavailable`, connecting with
    /// `UnknownReader`, until it is plugged in again. Without an APDU number it is off when a
    /// program wants to connect, `times` attempts long.
    ReaderUnplugged,
    /// The cable comes off and is put back, and the reader has another number in its name
    /// ("… 01 00"): exchanges over the old connection fail with `ReaderUnavailable`, one
    /// attempt to connect (by the old name) with `UnknownReader`; connecting by the new name
    /// works.
    ReaderRenamed,
    /// The smart card service is restarted before this command: it and all others over the
    /// old connection fail with `NoService`; connecting afresh works, with a card that has
    /// lost its power.
    ServiceRestarted,
    /// The smart card service stops before the given APDU: everything fails with `NoService`
    /// until it is started. Without an APDU number it is not there when a program wants to
    /// reach it or to connect, `times` attempts long.
    NoService,
}

impl FaultKind {
    /// One of each, in the order of the documentation.
    pub const ALL: [Self; 20] = [
        Self::Mute,
        Self::Slow { ms: 3_000 },
        Self::Truncated,
        Self::Empty,
        Self::OneByte,
        Self::WrongLength,
        Self::MoreData,
        Self::Pulled,
        Self::PulledAndReturned,
        Self::Swapped,
        Self::ResetByAnother,
        Self::SharingViolation,
        Self::PowerUpFails,
        Self::Unresponsive,
        Self::BadAtr,
        Self::NotAMyNumberCard,
        Self::ReaderUnplugged,
        Self::ReaderRenamed,
        Self::ServiceRestarted,
        Self::NoService,
    ];

    /// Whether it strikes when a program connects. Those of reader and service do so only if
    /// they have no APDU number, the others whatever their number is.
    pub const fn at_connection(self) -> bool {
        self.is_of_power() || self.is_of_line() || matches!(self, Self::SharingViolation)
    }

    /// The card does not come to life.
    const fn is_of_power(self) -> bool {
        matches!(self, Self::PowerUpFails | Self::Unresponsive | Self::BadAtr)
    }

    /// Reader and service stand between card and program.
    const fn is_of_line(self) -> bool {
        matches!(
            self,
            Self::ReaderUnplugged | Self::ReaderRenamed | Self::ServiceRestarted | Self::NoService
        )
    }

    /// Happens before the card sees the command, which then does not reach it.
    const fn is_before_command(self) -> bool {
        self.is_of_line()
            || matches!(self, Self::PulledAndReturned | Self::Swapped | Self::ResetByAnother)
    }

    /// Happens to the answer of a card that has executed the command.
    const fn is_on_answer(self) -> bool {
        !self.is_before_command() && !self.is_of_power() && !matches!(self, Self::NotAMyNumberCard)
    }
}

/// A fault with how often it has happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Armed {
    fault: Fault,
    happened: u32,
}

impl Armed {
    fn is_left(&self) -> bool {
        self.fault.times.is_none_or(|times| self.happened < times)
    }
}

/// The faults of a slot, in the order in which they were given. Of several that could strike
/// at one moment the first does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Faults(Vec<Armed>);

impl Faults {
    pub(super) fn arm(&mut self, fault: Fault) {
        self.0.push(Armed { fault, happened: 0 });
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What strikes at an attempt to connect.
    pub(super) fn at_connection(&mut self) -> Option<FaultKind> {
        self.strike(|fault| {
            fault.what.at_connection() && !(fault.what.is_of_line() && fault.at_apdu.is_some())
        })
    }

    /// Whether no service is there for a program that wants to reach it.
    pub(super) fn at_service(&mut self) -> bool {
        let due = |f: &Fault| f.what == FaultKind::NoService && f.at_apdu.is_none();
        self.strike(due).is_some()
    }

    /// What would meet a card that is given power now.
    pub(super) fn at_next_power(&self) -> Option<FaultKind> {
        let of_power = |kind: FaultKind| kind.is_of_power() || kind == FaultKind::NotAMyNumberCard;
        self.0
            .iter()
            .find(|armed| armed.is_left() && of_power(armed.fault.what))
            .map(|a| a.fault.what)
    }

    /// What keeps the `apdu`th command from the card.
    pub(super) fn before_command(&mut self, apdu: u32) -> Option<FaultKind> {
        self.strike(|fault| {
            fault.what.is_before_command()
                && match fault.at_apdu {
                    Some(at) => at == apdu,
                    None => !fault.what.is_of_line(),
                }
        })
    }

    /// What happens to the answer of the `apdu`th command. `applies` tells whether a kind can
    /// happen to this answer.
    pub(super) fn on_answer(
        &mut self,
        apdu: u32,
        applies: impl Fn(FaultKind) -> bool,
    ) -> Option<FaultKind> {
        self.strike(|fault| {
            fault.what.is_on_answer()
                && fault.at_apdu.is_none_or(|at| at == apdu)
                && applies(fault.what)
        })
    }

    /// Whether another card lies in the place of the one in the slot. Counts the times by
    /// connections.
    pub(super) fn other_card(&mut self) -> bool {
        self.strike(|fault| fault.what == FaultKind::NotAMyNumberCard).is_some()
    }

    fn strike(&mut self, due: impl Fn(&Fault) -> bool) -> Option<FaultKind> {
        let armed = self.0.iter_mut().find(|armed| armed.is_left() && due(&armed.fault))?;
        armed.happened += 1;
        Some(armed.fault.what)
    }
}
