//! Facts about the chip, read off the command APDUs that went to it and the responses.

use std::collections::BTreeMap;

use madoguchi_reference::message::{Message, Screen, TokenCommand, TokenReply, Touch};
use madoguchi_reference::party::PartyId;

use super::Facts;

/// The JPKI application, and its file of the 4-digit PIN.
const JPKI: &[u8] = &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
const PIN: u16 = 0x0018;

/// One VERIFY of the 4-digit PIN.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Verified {
    /// Whether it carried an entry; without one it asks for the counter.
    entry: bool,
    status: u16,
}

impl Verified {
    /// The `x` of a `63Cx`.
    fn left(self) -> Option<u16> {
        (self.status & 0xFFF0 == 0x63C0).then_some(self.status & 0x000F)
    }
}

/// What is known of a token's selection, and the command whose response is awaited.
#[derive(Default)]
struct Selection<'a> {
    jpki: bool,
    file: Option<u16>,
    sent: Option<&'a [u8]>,
}

impl Selection<'_> {
    /// Takes the response to the command sent last.
    fn answered(&mut self, response: &[u8]) -> Option<Verified> {
        let sent = self.sent.take()?;
        let status = u16::from_be_bytes(*response.last_chunk::<2>()?);
        let [_, instruction, p1, p2, rest @ ..] = sent else { return None };
        let data = rest.get(1..).unwrap_or_default();
        match (*instruction, *p1) {
            (0xA4, 0x04) if status == 0x9000 => {
                (self.jpki, self.file) = (data.starts_with(JPKI), None);
            }
            (0xA4, 0x02) if status == 0x9000 => {
                self.file = data.first_chunk::<2>().map(|id| u16::from_be_bytes(*id));
            }
            (0x20, _) => {
                // 80 is the current file, anything above names a file by its short identifier.
                let file = if *p2 == 0x80 { self.file } else { Some(u16::from(p2 & 0x1F)) };
                let is_pin = self.jpki && file == Some(PIN);
                return is_pin.then_some(Verified { entry: !data.is_empty(), status });
            }
            _ => {}
        }
        None
    }
}

impl Facts<'_> {
    /// Every VERIFY of the PIN in this step that was answered, in order.
    fn verified_pins(&self) -> Vec<Verified> {
        let mut tokens: BTreeMap<PartyId, Selection<'_>> = BTreeMap::new();
        let mut all = Vec::new();
        for arrival in self.arrived() {
            match arrival.message {
                Message::TokenCommand(TokenCommand::PowerOn) => {
                    tokens.insert(arrival.to, Selection::default());
                }
                Message::TokenCommand(TokenCommand::Transmit(command)) => {
                    tokens.entry(arrival.to).or_default().sent = Some(&command.0);
                }
                Message::TokenReply(TokenReply::Response(response)) => {
                    let selection = tokens.get_mut(&arrival.from);
                    all.extend(selection.and_then(|s| s.answered(&response.0)));
                }
                _ => {}
            }
        }
        all
    }

    /// The PIN after its last entry. A counter at its end says the same to somebody who wants
    /// to type.
    pub(super) fn pin(&self) -> &'static str {
        let typed = self
            .messages()
            .any(|message| matches!(message, Message::Touch(Touch::Pin(_)) | Message::Remote(_)));
        let blocked = if self.has_no_pin() { "unusable" } else { "locked" };
        let mut last = self.verified_pins().into_iter().filter_map(|verified| {
            match (verified.status, verified.left()) {
                (0x9000, _) if verified.entry => Some("accepted"),
                (_, Some(0)) if verified.entry || typed => Some(blocked),
                (_, Some(_)) if verified.entry => Some("wrong"),
                (0x6984, _) => Some(blocked),
                _ => None,
            }
        });
        last.next_back().unwrap_or_else(|| {
            // The answer to the entry was lost, and the counter told the reader.
            let told = self.screens().any(|s| matches!(s, Screen::EnterPin { left: Some(_) }));
            if told { "wrong" } else { "not-asked" }
        })
    }

    /// How many PINs were typed in this step, at a reader or on a page, and how many entries the
    /// chips took and found wrong.
    pub(crate) fn typed_and_counted(&self) -> (usize, usize) {
        let typed = self.messages().filter(|message| {
            matches!(message, Message::Touch(Touch::Pin(_)) | Message::Remote(_))
        });
        let wrong = |verified: &Verified| verified.entry && verified.left().is_some();
        (typed.count(), self.verified_pins().into_iter().filter(wrong).count())
    }

    /// What the chip last said of how many entries of the PIN are left.
    pub(super) fn pin_left(&self) -> String {
        let left = self.verified_pins().into_iter().filter_map(Verified::left).next_back();
        left.map_or_else(|| "none".to_owned(), |left| left.to_string())
    }

    /// How often card or phone was given power by a reader.
    pub(super) fn powered_on(&self) -> String {
        let powered = self.arrived().filter(|arrival| {
            let reader = matches!(arrival.to, PartyId::Reader(_));
            let powered = matches!(arrival.message, Message::TokenReply(TokenReply::Powered(_)));
            reader && powered
        });
        powered.count().to_string()
    }
}
