//! What a patient holds to a reader: a card or phone of `pcsc-sim` behind the parties' messages.
//! The reference says what it wants of the chip and is handed the answer; only this file knows
//! what is at the other end.

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::ids::CertificateSerial;
use madoguchi_reference::message::reader::Carrier;
use madoguchi_reference::message::{Message, TokenCommand, TokenReply};
use madoguchi_reference::party::{Input, Outbox, Party};
use pcsc_sim::{Command, Data, Reply, StatusWord};

/// A token.
#[derive(Debug)]
pub(crate) struct Device {
    /// None for a phone that was not loaded yet.
    card: Option<pcsc_sim::Card>,
    carrier: Carrier,
    /// The PIN that the holder chooses for an Android phone when it is loaded.
    pin: Option<pcsc_sim::Pin>,
}

impl Device {
    /// A card.
    pub(crate) fn card(card: pcsc_sim::Card) -> Self {
        Self { card: Some(card), carrier: Carrier::Card, pin: None }
    }

    /// A phone, loaded or not; `pin` is the one its holder chooses when it is loaded.
    pub(crate) fn phone(
        token: Option<pcsc_sim::Token>,
        carrier: Carrier,
        pin: Option<pcsc_sim::Pin>,
    ) -> Self {
        Self { card: token.map(pcsc_sim::Card::new), carrier, pin }
    }

    fn answer(&mut self, command: TokenCommand) -> Option<TokenReply> {
        if let TokenCommand::Install { serial, expires } = command {
            let certificate = pcsc_sim::Certificate { serial: serial.0, expires };
            return Some(written(self.install(certificate)));
        }
        if self.card.is_none() {
            return (command != TokenCommand::Disconnect).then_some(TokenReply::Silent);
        }
        self.answer_as_card(command)
    }

    /// Loading an empty phone makes a token of it, and a phone that is loaded again has its PIN
    /// set again.
    fn install(&mut self, certificate: pcsc_sim::Certificate) -> bool {
        let Some(card) = &mut self.card else {
            let token = match (self.carrier, self.pin.clone()) {
                (Carrier::Android, Some(pin)) => pcsc_sim::Token::android(certificate, pin),
                (Carrier::Iphone, _) => pcsc_sim::Token::iphone(certificate),
                (Carrier::Android | Carrier::Card, _) => return false,
            };
            self.card = Some(pcsc_sim::Card::new(token));
            return true;
        };
        card.install(certificate) && self.pin.clone().is_none_or(|pin| card.set_pin(pin))
    }

    fn answer_as_card(&mut self, command: TokenCommand) -> Option<TokenReply> {
        let card = self.card.as_mut()?;
        let command = match command {
            TokenCommand::Connect => {
                card.insert();
                // An iPhone is unlocked by its holder before it is held up.
                card.confirm_holder();
                Command::ReadToken
            }
            TokenCommand::Disconnect => {
                card.remove();
                return None;
            }
            TokenCommand::ReadCertificate => Command::ReadCertificate,
            TokenCommand::Verify(entry) => return Some(verify(card, entry)),
            TokenCommand::SetPin(digits) => {
                let pin = card.token().pin().map(|old| (old.limit(), digits));
                let pin = pin.and_then(|(limit, d)| pcsc_sim::Pin::with_tries(&d, limit).ok());
                return Some(written(pin.is_some_and(|pin| card.set_pin(pin))));
            }
            TokenCommand::VerifySignature(entry) => {
                return Some(match card.verify_signature(&entry) {
                    Some(pcsc_sim::Verification::Accepted) => TokenReply::PinAccepted,
                    Some(pcsc_sim::Verification::Wrong { left }) if left > 0 => {
                        TokenReply::PinWrong { left }
                    }
                    Some(_) | None => TokenReply::PinUnusable,
                });
            }
            // Taken care of before.
            TokenCommand::Install { .. } => return None,
            TokenCommand::ReadPhoto => Command::ReadPhoto,
            TokenCommand::AuthenticateTerminal => Command::AuthenticateTerminal,
            TokenCommand::Sign => Command::Sign { challenge: "TEST".to_owned() },
        };
        let photo = matches!(command, Command::ReadPhoto);
        let reply = card.command(command);
        Some(self.translate(reply, photo))
    }

    fn translate(&self, reply: Reply, photo: bool) -> TokenReply {
        let (status, data) = match reply {
            Reply::NoCard | Reply::Silence => return TokenReply::Silent,
            Reply::Answer { status, data } => (status, data),
        };
        match data {
            Some(Data::Token(_)) => TokenReply::Connected(self.carrier),
            Some(Data::Certificate(certificate)) => TokenReply::Certificate {
                serial: CertificateSerial(certificate.serial),
                expires: certificate.expires,
            },
            Some(Data::Photo(_)) => TokenReply::Photo(true),
            Some(Data::SimOnly(_)) => TokenReply::TerminalTrusted,
            Some(Data::Proof(_)) => TokenReply::Signed,
            None if photo && status == StatusWord::DATA_NOT_FOUND => TokenReply::Photo(false),
            None => TokenReply::Refused(status.value()),
        }
    }
}

fn written(done: bool) -> TokenReply {
    if done { TokenReply::Written } else { TokenReply::Silent }
}

fn verify(card: &mut pcsc_sim::Card, entry: String) -> TokenReply {
    match card.command(Command::Verify { entry }) {
        Reply::NoCard | Reply::Silence => TokenReply::Silent,
        Reply::Answer { status, .. } if status.is_ok() => TokenReply::PinAccepted,
        // 63C0 is the entry that locks, 6984 every one after it.
        Reply::Answer { status, .. } => match status.retries() {
            Some(left) if left > 0 => TokenReply::PinWrong { left },
            _ => TokenReply::PinUnusable,
        },
    }
}

impl Party for Device {
    fn handle(&mut self, _now: Jst, input: Input, out: &mut Outbox) {
        if let Input::Message { from, message: Message::TokenCommand(command) } = input
            && let Some(reply) = self.answer(command)
        {
            out.send(from, reply);
        }
    }
}
