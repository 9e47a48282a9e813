//! The shape every party of the pipeline has, and who they are.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::{Jst, Micros};
use crate::message::Message;

/// A state machine: one input in, what it wants done out. It owns no clock: `now` is the
/// time on its own clock, which may differ from its neighbour's.
pub trait Party: Send {
    /// Takes one input and says what is to be sent and when to be woken.
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox);
}

/// Who takes part. The number tells several of a kind apart; facilities, their terminals and
/// their desks share one number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyId {
    /// The plan itself, which tells people what to do.
    Stage,
    /// 患者.
    Patient(u16),
    /// What a patient holds to a reader: a card or a phone.
    Token(u16),
    /// 顔認証付きカードリーダー.
    Reader(u16),
    /// 資格確認端末 with the link software (連携アプリ).
    Terminal(u16),
    /// Reception and receipt computer (受付・レセコン).
    Desk(u16),
    /// マイナ在宅受付Web: identity and consent away from the reader.
    RemoteReception,
    /// オンライン資格確認等システム.
    Centre,
    /// J-LIS (公的個人認証).
    Certifier,
    /// 保険者.
    Insurer(u16),
    /// 医療保険者等向け中間サーバー.
    Intermediate,
    /// マイナポータル.
    Portal,
    /// 審査支払機関.
    Clearing,
}

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stage => f.write_str("stage"),
            Self::Patient(n) => write!(f, "patient-{n}"),
            Self::Token(n) => write!(f, "token-{n}"),
            Self::Reader(n) => write!(f, "reader-{n}"),
            Self::Terminal(n) => write!(f, "terminal-{n}"),
            Self::Desk(n) => write!(f, "desk-{n}"),
            Self::RemoteReception => f.write_str("remote-reception"),
            Self::Centre => f.write_str("centre"),
            Self::Certifier => f.write_str("certifier"),
            Self::Insurer(n) => write!(f, "insurer-{n}"),
            Self::Intermediate => f.write_str("intermediate"),
            Self::Portal => f.write_str("portal"),
            Self::Clearing => f.write_str("clearing"),
        }
    }
}

/// What happens to a party.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// The run begins.
    Start,
    /// Something arrived.
    Message {
        /// From whom.
        from: PartyId,
        /// What.
        message: Message,
    },
    /// A time asked for with [`Outbox::wake`] has come.
    Alarm(Alarm),
    /// The power is gone; a machine hears nothing until it is back, people go on by hand.
    PowerLost,
    /// The power is back, and with it the machine, as after a cold start.
    PowerBack,
}

/// A reminder a party set itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Alarm {
    /// What for.
    pub name: &'static str,
    /// Which one, where a party has several of a kind.
    pub key: u64,
}

/// What a party wants done, in order.
#[derive(Debug, Default)]
pub struct Outbox {
    outputs: Vec<Output>,
}

/// One thing a party wants done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// Send a message.
    Send {
        /// To whom.
        to: PartyId,
        /// What.
        message: Message,
    },
    /// Ring an alarm at a time on the party's own clock.
    Wake {
        /// When.
        at: Jst,
        /// Which.
        alarm: Alarm,
    },
}

impl Outbox {
    /// Sends `message` to `to`.
    pub fn send(&mut self, to: PartyId, message: impl Into<Message>) {
        self.outputs.push(Output::Send { to, message: message.into() });
    }

    /// Rings `name`/`key` at `at`.
    pub fn wake(&mut self, at: Jst, name: &'static str, key: u64) {
        self.outputs.push(Output::Wake { at, alarm: Alarm { name, key } });
    }

    /// Rings `name`/`key` after `delay` from `now`.
    pub fn wake_after(&mut self, now: Jst, delay: Micros, name: &'static str, key: u64) {
        self.wake(now.plus(delay), name, key);
    }

    /// Hands over everything wanted so far, keeping the memory for the next input.
    pub fn drain(&mut self) -> std::vec::Drain<'_, Output> {
        self.outputs.drain(..)
    }

    /// Whether nothing is wanted.
    pub fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }
}
