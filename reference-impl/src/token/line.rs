//! The line to one token: power, wishes, and what is done where the conversation is interrupted.
//!
//! An interruption is not an answer. The conversation is begun anew, the token has to be the
//! same one, and what had been allowed is asked for again; an entry is made again only if the
//! counter shows that the token never compared it.

use std::sync::Arc;

use super::dialogue::{Credential, Dialogue, Next, Outcome, Wish};
use crate::message::token::{CardFailure, Hex, TokenCommand, TokenReply};
use crate::party::{Outbox, PartyId};

/// How often a conversation is begun anew before the token counts as unreadable.
const RESTARTS_MAX: u8 = 2;

/// What a party hears of a wish.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// It came to this.
    Outcome(Outcome),
    /// The token is gone, or another one is in its place: whatever was known is void.
    Gone,
    /// The way to the token is blocked for the moment; [`Line::again`] tries once more.
    Blocked,
    /// It answers too badly to be used, or not at all.
    Unreadable,
}

/// A line to a token.
#[derive(Debug)]
pub struct Line {
    token: PartyId,
    credential: Option<Arc<Credential>>,
    dialogue: Dialogue,
    powered: bool,
    /// What is wanted.
    wish: Option<Wish>,
    /// What is being said before it: to know the token again, to be allowed again.
    before: Vec<Wish>,
    /// What the token has allowed since it was powered.
    allowed: Option<Wish>,
    /// The serial number of the token.
    known: Option<[u8; 16]>,
    /// What the counter was before an entry whose answer was lost.
    lost_at: Option<u8>,
    restarts: u8,
}

impl Line {
    /// A line to `token`; `credential` is the terminal's, where it has one.
    pub fn new(token: PartyId, credential: Option<Arc<Credential>>) -> Self {
        Self {
            token,
            dialogue: Dialogue::new(credential.clone()),
            credential,
            powered: false,
            wish: None,
            before: Vec::new(),
            allowed: None,
            known: None,
            lost_at: None,
            restarts: 0,
        }
    }

    /// Which token.
    pub fn token(&self) -> PartyId {
        self.token
    }

    /// Says what is wanted. A wish that is still open is dropped.
    pub fn say(&mut self, wish: Wish, out: &mut Outbox) {
        let next = self.powered.then(|| self.dialogue.begin(&wish, None));
        self.wish = Some(wish);
        match next {
            None => out.send(self.token, TokenCommand::PowerOn),
            Some(Next::Send(command)) => self.send(command, out),
            // Only a wish without commands would end here.
            Some(Next::Done(_)) => {}
        }
    }

    /// Tries once more where the way was blocked.
    pub fn again(&mut self, out: &mut Outbox) {
        self.restart(out);
    }

    /// Switches the token off.
    pub fn close(self, out: &mut Outbox) {
        out.send(self.token, TokenCommand::PowerOff);
    }

    /// Takes what came back; nothing while there is more to say.
    pub fn heard(&mut self, reply: TokenReply, out: &mut Outbox) -> Option<Heard> {
        match reply {
            TokenReply::Powered(_) => {
                self.powered = true;
                self.dialogue = Dialogue::new(self.credential.clone());
                self.go_on(out)
            }
            TokenReply::Response(bytes) => match self.dialogue.answered(&bytes.0) {
                Next::Send(command) => {
                    self.send(command, out);
                    None
                }
                Next::Done(Outcome::Garbled) => self.interrupted(out),
                Next::Done(outcome) => self.done(outcome, out),
            },
            TokenReply::Failed(failure) => self.failed(failure, out),
            TokenReply::Written | TokenReply::NotWritten => None,
        }
    }

    fn failed(&mut self, failure: CardFailure, out: &mut Outbox) -> Option<Heard> {
        match failure {
            CardFailure::Removed => {
                self.powered = false;
                Some(Heard::Gone)
            }
            CardFailure::Busy | CardFailure::Unavailable => {
                self.powered = false;
                Some(Heard::Blocked)
            }
            CardFailure::Interrupted => self.interrupted(out),
            CardFailure::Unresponsive => Some(Heard::Unreadable),
        }
    }

    fn interrupted(&mut self, out: &mut Outbox) -> Option<Heard> {
        if self.restarts == RESTARTS_MAX {
            return Some(Heard::Unreadable);
        }
        self.restarts += 1;
        self.restart(out);
        None
    }

    /// Begins the conversation anew, before the open wish is said again.
    fn restart(&mut self, out: &mut Outbox) {
        self.lost_at = self.dialogue.left_before().or(self.lost_at);
        self.powered = false;
        let identify = self.known.map(|_| Wish::Identify);
        // Kept in reverse: the next one is the last.
        self.before = self.allowed.iter().cloned().chain(identify).collect();
        out.send(self.token, TokenCommand::PowerOn);
    }

    /// Says what comes next: what has to be repeated, then what is wanted.
    fn go_on(&mut self, out: &mut Outbox) -> Option<Heard> {
        let wish = self.before.last().or(self.wish.as_ref())?;
        if let Next::Send(command) = self.dialogue.begin(wish, self.lost_at) {
            self.send(command, out);
        }
        None
    }

    fn done(&mut self, outcome: Outcome, out: &mut Outbox) -> Option<Heard> {
        if let Outcome::Identified { token, .. } = outcome {
            // Another token in the same place is nobody's yet.
            if self.known.replace(token).is_some_and(|known| known != token) {
                return Some(Heard::Gone);
            }
        }
        if let Some(repeated) = self.before.pop() {
            let fine = match repeated {
                Wish::Identify => matches!(outcome, Outcome::Identified { .. }),
                _ => matches!(outcome, Outcome::Accepted | Outcome::Trusted),
            };
            return if fine { self.go_on(out) } else { Some(Heard::Unreadable) };
        }
        let wish = self.wish.take();
        if matches!(outcome, Outcome::Accepted | Outcome::Trusted) {
            self.allowed = wish;
        }
        self.lost_at = None;
        Some(Heard::Outcome(outcome))
    }

    fn send(&mut self, command: Vec<u8>, out: &mut Outbox) {
        out.send(self.token, TokenCommand::Transmit(Hex(command)));
    }
}
