//! GET DATA, GET CHALLENGE, and the mark of the last command.

use sha2::{Digest, Sha256};

use super::apdu::Apdu;
use super::files::exactly;
use super::{Answer, Chip};
use crate::carrier::Carrier;
use crate::content;
use crate::status::StatusWord;

/// The answer to reset at the contacts, the one data object that applications have too.
const CONTACT_ATR: u16 = 0x5F51;

impl Chip {
    /// P1 and P2 are the tag. Objects of more than 256 bytes want an extended Le and are refused
    /// with `6700` otherwise.
    pub(super) fn get_data(&self, apdu: &Apdu<'_>) -> Answer {
        let tag = u16::from_be_bytes([apdu.p1, apdu.p2]);
        let most = apdu.expected.filter(|_| apdu.data.is_empty());
        let most = most.ok_or(StatusWord::WRONG_LENGTH)?;
        let object = match tag {
            // The direct convention (3B) goes without saying.
            CONTACT_ATR => self.profile.contact_atr().get(1..).map(<[u8]>::to_vec),
            _ if self.selected.is_some() => None,
            _ if self.profile.card_manager().is_empty() => None,
            _ => content::get_data(tag, &self.holder),
        };
        exactly(&object.ok_or(StatusWord::DATA_NOT_FOUND)?, most)
    }

    /// One to 256 bytes. They are derived from the card's number, from how often it had power, and
    /// from how often it was asked since: never twice the same, and the same in every run.
    pub(super) fn get_challenge(&mut self, apdu: &Apdu<'_>) -> Answer {
        if (apdu.p1, apdu.p2) != (0x00, 0x00) {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        let length = apdu.expected.filter(|_| apdu.data.is_empty());
        let length = length.ok_or(StatusWord::WRONG_LENGTH)?;
        let seed = Sha256::new()
            .chain_update(self.holder.card_number())
            .chain_update(self.power_ons.to_be_bytes())
            .chain_update(self.challenges.to_be_bytes());
        self.challenges = self.challenges.wrapping_add(1);
        let blocks = (0_u8..).map(|block| seed.clone().chain_update([block]).finalize());
        let mut challenge = Vec::with_capacity(length + 2);
        challenge.extend(blocks.flatten().take(length));
        self.security.terminal.challenged(&challenge);
        Ok(challenge)
    }

    /// `80 FC 00 00`: a terminal tells an iPhone that it has finished. Cards answer `6700`; what
    /// an Android phone answers is not known, and is taken to be the same.
    pub(super) fn last_command_mark(&self, apdu: &Apdu<'_>) -> Answer {
        if self.profile.carrier() != Carrier::IPhone {
            return Err(StatusWord::WRONG_LENGTH);
        }
        match (apdu.p1, apdu.p2) {
            (0x00, 0x00) => Ok(Vec::new()),
            _ => Err(StatusWord::WRONG_PARAMETERS),
        }
    }
}
