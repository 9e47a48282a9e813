//! The line to one token: power, wishes, and what is done where the conversation is interrupted.
//!
//! An interruption is not an answer. The conversation is begun anew, the token has to be the
//! same one, and what had been allowed is asked for again; an entry is made again only if the
//! counter shows that the token never compared it.

use std::sync::Arc;

use super::dialogue::{Dialogue, Next};
use super::wish::{Credential, Outcome, Wish};
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

    /// The line to a token that is back where `before` led. If it is the same one, an entry whose
    /// answer was lost is not made again unless the counter shows that it was never compared.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        let lost_at = before.entry_lost_at().filter(|_| before.token == self.token);
        Self { lost_at, ..self }
    }

    /// What the counter was before an entry whose answer has not come.
    fn entry_lost_at(&self) -> Option<u8> {
        let open = self.wish.is_some();
        self.dialogue.left_before().filter(|_| open).or(self.lost_at)
    }

    /// Which token.
    pub fn token(&self) -> PartyId {
        self.token
    }

    /// Says what is wanted. A wish that is still open is dropped.
    pub fn say(&mut self, wish: Wish, out: &mut Outbox) {
        let next = self.powered.then(|| self.dialogue.begin(&wish, self.lost_at));
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
        self.lost_at = self.entry_lost_at();
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
            self.settle(&repeated);
            return if fine { self.go_on(out) } else { Some(Heard::Unreadable) };
        }
        let wish = self.wish.take();
        wish.iter().for_each(|wish| self.settle(wish));
        if matches!(outcome, Outcome::Accepted | Outcome::Trusted) {
            self.allowed = wish;
        }
        Some(Heard::Outcome(outcome))
    }

    /// Only an entry that was answered settles what became of one that was not.
    fn settle(&mut self, answered: &Wish) {
        if matches!(answered, Wish::VerifyPin(_) | Wish::VerifySignature(_)) {
            self.lost_at = None;
        }
    }

    fn send(&mut self, command: Vec<u8>, out: &mut Outbox) {
        out.send(self.token, TokenCommand::Transmit(Hex(command)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;
    use crate::party::Output;

    const PHONE: PartyId = PartyId::Token(7);

    /// What was sent to the token since the last look.
    fn sent(out: &mut Outbox) -> Vec<TokenCommand> {
        let commands = out.drain().filter_map(|output| match output {
            Output::Send { message: Message::TokenCommand(command), .. } => Some(command),
            _ => None,
        });
        commands.collect()
    }

    fn response(status: u16) -> TokenReply {
        TokenReply::Response(Hex(status.to_be_bytes().to_vec()))
    }

    /// A line that has made an entry, the counter being `left` before, and has heard nothing but
    /// that the token is gone.
    fn lost_in_the_entry(token: PartyId, left: u16) -> Line {
        let (mut line, mut out) = (Line::new(token, None), Outbox::default());
        line.say(Wish::VerifyPin("1111".to_owned()), &mut out);
        line.heard(TokenReply::Powered(Hex(Vec::new())), &mut out);
        // SELECT the application, SELECT the PIN, ask for the counter; then the entry is out.
        for status in [0x9000, 0x9000, 0x63C0 + left] {
            assert_eq!(line.heard(response(status), &mut out), None);
        }
        let entry = TokenCommand::Transmit(Hex(super::super::apdu::verify(b"1111")));
        assert_eq!(sent(&mut out).last(), Some(&entry));
        assert_eq!(line.heard(TokenReply::Response(Hex(Vec::new())), &mut out), None);
        let gone = line.heard(TokenReply::Failed(CardFailure::Removed), &mut out);
        assert_eq!(gone, Some(Heard::Gone));
        line
    }

    /// Says the same entry on `line` and answers until the counter, which is `left`, has been
    /// read; what is heard, and whether the entry went out.
    fn entry_again(mut line: Line, left: u16) -> (Option<Heard>, bool) {
        let mut out = Outbox::default();
        line.say(Wish::VerifyPin("1111".to_owned()), &mut out);
        line.heard(TokenReply::Powered(Hex(Vec::new())), &mut out);
        let statuses = [0x9000, 0x9000, 0x63C0 + left];
        let heard = statuses.map(|status| line.heard(response(status), &mut out));
        let entry = TokenCommand::Transmit(Hex(super::super::apdu::verify(b"1111")));
        (heard.into_iter().flatten().next(), sent(&mut out).contains(&entry))
    }

    #[test]
    fn a_token_that_is_back_is_not_sent_an_entry_that_it_has_counted() {
        let before = lost_in_the_entry(PHONE, 2);
        let wrong = Heard::Outcome(Outcome::Wrong { left: 1 });
        assert_eq!(entry_again(Line::new(PHONE, None).after(&before), 1), (Some(wrong), false));
    }

    #[test]
    fn a_token_that_is_back_is_sent_an_entry_that_it_never_compared() {
        let before = lost_in_the_entry(PHONE, 2);
        assert_eq!(entry_again(Line::new(PHONE, None).after(&before), 2), (None, true));
    }

    #[test]
    fn another_token_knows_nothing_of_the_lost_entry() {
        let before = lost_in_the_entry(PHONE, 3);
        let other = Line::new(PartyId::Token(8), None).after(&before);
        assert_eq!(entry_again(other, 1), (None, true));
    }

    #[test]
    fn an_entry_that_was_answered_is_nothing_to_remember() {
        let (mut before, mut out) = (Line::new(PHONE, None), Outbox::default());
        before.say(Wish::VerifyPin("1111".to_owned()), &mut out);
        before.heard(TokenReply::Powered(Hex(Vec::new())), &mut out);
        for status in [0x9000, 0x9000, 0x63C3, 0x63C2] {
            before.heard(response(status), &mut out);
        }
        assert_eq!(entry_again(Line::new(PHONE, None).after(&before), 2), (None, true));
    }
}
