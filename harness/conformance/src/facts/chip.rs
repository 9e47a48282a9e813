//! Facts about the chip, read off the command APDUs that went to it and the responses.

use std::collections::BTreeMap;

use madoguchi_reference::message::{Message, Screen, TokenCommand, TokenReply, Touch};
use madoguchi_reference::party::PartyId;
use pcsc_sim::profile::ApplicationKind;
use pcsc_sim::selection::Selection;

use super::Facts;

const VERIFY: u8 = 0x20;
/// The file of the 4-digit PIN in the JPKI application.
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

/// A token as its commands are followed, and the command whose response is awaited.
#[derive(Default)]
struct Followed<'a> {
    selection: Selection,
    sent: Option<&'a [u8]>,
}

impl Followed<'_> {
    /// Takes the response to the command sent last.
    fn answered(&mut self, response: &[u8]) -> Option<Verified> {
        let sent = self.sent.take()?;
        self.selection.follow(sent, response);
        let status = u16::from_be_bytes(*response.last_chunk::<2>()?);
        let &[_, VERIFY, _, p2, ref body @ ..] = sent else { return None };
        let jpki = self.selection.application() == Some(ApplicationKind::Jpki);
        let is_pin = jpki && self.selection.file_by_p2(p2) == Some(PIN);
        // Behind the length; without one there is no entry.
        is_pin.then_some(Verified { entry: body.len() > 1, status })
    }
}

impl Facts<'_> {
    /// Every VERIFY of the PIN in this step that was answered, in order.
    fn verified_pins(&self) -> Vec<Verified> {
        let mut tokens: BTreeMap<PartyId, Followed<'_>> = BTreeMap::new();
        let mut all = Vec::new();
        for arrival in self.arrived() {
            match arrival.message {
                Message::TokenCommand(TokenCommand::PowerOn) => {
                    tokens.insert(arrival.to, Followed::default());
                }
                Message::TokenCommand(TokenCommand::Transmit(command)) => {
                    tokens.entry(arrival.to).or_default().sent = Some(&command.0);
                }
                Message::TokenReply(TokenReply::Response(response)) => {
                    let followed = tokens.get_mut(&arrival.from);
                    all.extend(followed.and_then(|f| f.answered(&response.0)));
                }
                _ => {}
            }
        }
        all
    }

    /// How many PINs were typed in this step, at a reader or on a page.
    fn typed(&self) -> usize {
        let typed = |message: &&Message| {
            matches!(message, Message::Touch(Touch::Pin(_)) | Message::Remote(_))
        };
        self.messages().filter(typed).count()
    }

    /// The PIN after its last entry. A counter at its end says the same to somebody who wants
    /// to type.
    pub(super) fn pin(&self) -> &'static str {
        let typed = self.typed() > 0;
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
        let wrong = |verified: &Verified| verified.entry && verified.left().is_some();
        (self.typed(), self.verified_pins().into_iter().filter(wrong).count())
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
