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
    card: pcsc_sim::Card,
    carrier: Carrier,
}

impl Device {
    pub(crate) fn new(token: pcsc_sim::Token, carrier: Carrier) -> Self {
        Self { card: pcsc_sim::Card::new(token), carrier }
    }

    fn answer(&mut self, command: TokenCommand) -> Option<TokenReply> {
        let command = match command {
            TokenCommand::Connect => {
                self.card.insert();
                // An iPhone is unlocked by its holder before it is held up.
                self.card.confirm_holder();
                Command::ReadToken
            }
            TokenCommand::Disconnect => {
                self.card.remove();
                return None;
            }
            TokenCommand::ReadCertificate => Command::ReadCertificate,
            TokenCommand::Verify(entry) => return Some(self.verify(entry)),
            TokenCommand::ReadPhoto => Command::ReadPhoto,
            TokenCommand::AuthenticateTerminal => Command::AuthenticateTerminal,
            TokenCommand::Sign => Command::Sign { challenge: "TEST".to_owned() },
        };
        let photo = matches!(command, Command::ReadPhoto);
        let reply = self.card.command(command);
        Some(self.translate(reply, photo))
    }

    fn verify(&mut self, entry: String) -> TokenReply {
        match self.card.command(Command::Verify { entry }) {
            Reply::NoCard | Reply::Silence => TokenReply::Silent,
            Reply::Answer { status, .. } if status.is_ok() => TokenReply::PinAccepted,
            // 63C0 is the entry that locks, 6984 every one after it.
            Reply::Answer { status, .. } => match status.retries() {
                Some(left) if left > 0 => TokenReply::PinWrong { left },
                _ => TokenReply::PinUnusable,
            },
        }
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

impl Party for Device {
    fn handle(&mut self, _now: Jst, input: Input, out: &mut Outbox) {
        if let Input::Message { from, message: Message::TokenCommand(command) } = input
            && let Some(reply) = self.answer(command)
        {
            out.send(from, reply);
        }
    }
}
