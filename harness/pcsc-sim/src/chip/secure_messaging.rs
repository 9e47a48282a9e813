//! Secure messaging of the text application (券面事項入力補助AP): a session key under the
//! application's public key, and then VERIFY, SELECT of a file and READ BINARY with their data
//! encrypted. It keeps secret and protects nothing else: there is no checksum.
//!
//! As surveyed on cards: AES-128 in CBC mode. The initial vector is the number of the command in
//! the session, from 1, in 16 bytes, encrypted under the key. What comes back is encrypted under
//! the number of its command. Every command of the session counts, also one that the application
//! refuses; an error of secure messaging itself ends the session.

use aes::Aes128;
use aes::cipher::block_padding::Iso7816;
use aes::cipher::{BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, KeyInit, KeyIvInit};

use super::apdu::{Apdu, Command};
use super::files::exactly;
use super::{Answer, Chip};
use crate::pki::{self, Role};
use crate::profile::SessionKey;
use crate::status::StatusWord;

/// A key of AES-128 and a block of it, bytes.
const BLOCK: usize = 16;

/// What is delivered: an object in an object with 32 bytes, of which AES-128 takes the first 16.
const DELIVERY: [u8; 4] = [0xA0, 0x22, 0x80, 0x20];

/// A session: its key and how many commands it has seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Session {
    key: [u8; BLOCK],
    commands: u32,
}

impl Session {
    /// The session for the key in a delivery that was decrypted.
    fn delivered(message: &[u8]) -> Option<Self> {
        let seed = message.strip_prefix(&DELIVERY).filter(|seed| seed.len() == 2 * BLOCK)?;
        Some(Self { key: *seed.first_chunk()?, commands: 0 })
    }

    fn initial_vector(&self) -> [u8; BLOCK] {
        let mut block = u128::from(self.commands).to_be_bytes().into();
        Aes128::new(&self.key.into()).encrypt_block(&mut block);
        block.into()
    }

    fn decrypt(&self, encrypted: &[u8]) -> Option<Vec<u8>> {
        let cipher = cbc::Decryptor::<Aes128>::new(&self.key.into(), &self.initial_vector().into());
        cipher.decrypt_padded_vec::<Iso7816>(encrypted).ok()
    }

    fn encrypt(&self, plain: &[u8]) -> Vec<u8> {
        let cipher = cbc::Encryptor::<Aes128>::new(&self.key.into(), &self.initial_vector().into());
        cipher.encrypt_padded_vec::<Iso7816>(plain)
    }
}

impl Chip {
    /// SET SESSION KEY: OAEP with SHA-256 under the key of EF 0006. Applications without secure
    /// messaging refuse it in words of their own.
    pub(super) fn set_session_key(&mut self, apdu: &Apdu<'_>) -> Answer {
        match self.application()?.session_key {
            SessionKey::Refused { refused } => return Err(refused),
            SessionKey::Taken { after } if !self.security.is_verified(after) => {
                return Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED);
            }
            SessionKey::Taken { .. } => {}
        }
        if (apdu.p1, apdu.p2) != (0x00, 0x00) {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        let message = pki::key(Role::TextSession).decrypt(apdu.data);
        let session = message.and_then(|message| Session::delivered(&message));
        self.security.session = Some(session.ok_or(StatusWord::WRONG_DATA)?);
        Ok(Vec::new())
    }

    /// Answers a command of a session: takes it out of its object, and puts what is read into one.
    pub(super) fn answer_in_session(&mut self, apdu: &Apdu<'_>) -> Answer {
        let mut session = self.security.session.take().ok_or(StatusWord::NO_SECURE_SESSION)?;
        session.commands = session.commands.wrapping_add(1);
        // Whatever returns before the session is put back has ended it.
        let wrong = StatusWord::SECURE_MESSAGING_OBJECTS_WRONG;
        match apdu.command {
            Command::Verify | Command::Select => {
                let object = cryptogram(apdu.data).ok_or(wrong)?;
                let data = session.decrypt(object).ok_or(wrong)?;
                self.security.session = Some(session);
                self.answer_plain(&Apdu { data: &data, secure: false, ..*apdu })
            }
            Command::ReadBinary => {
                let most = expected_length(apdu.data).ok_or(wrong)?;
                self.security.session = Some(session.clone());
                let plain = Apdu { data: &[], expected: Some(most), secure: false, ..*apdu };
                let read = self.answer_plain(&plain)?;
                exactly(&object(&session.encrypt(&read)), apdu.expected.unwrap_or_default())
            }
            _ => Err(wrong),
        }
    }
}

/// The cryptogram in the one object of a command: `86`, a length, `01`, whole blocks.
fn cryptogram(data: &[u8]) -> Option<&[u8]> {
    let (length, content) = match data {
        [0x86, 0x81, length, content @ ..] => (*length, content),
        [0x86, length @ 0x00..=0x7F, content @ ..] => (*length, content),
        _ => return None,
    };
    let [0x01, cryptogram @ ..] = content else { return None };
    Some(cryptogram).filter(|_| content.len() == usize::from(length))
}

/// The length in the one object of READ BINARY: `96 03 00` and two bytes, of which nought asks for
/// everything.
fn expected_length(data: &[u8]) -> Option<usize> {
    let [0x96, 0x03, 0x00, high, low] = data else { return None };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    Some(if length == 0 { usize::MAX } else { length })
}

/// The object of an answer, its length in the shortest form.
fn object(cryptogram: &[u8]) -> Vec<u8> {
    let length = cryptogram.len() + 1;
    let mut object = vec![0x86];
    match length {
        0x00..=0x7F => object.push(length as u8),
        0x80..=0xFF => object.extend([0x81, length as u8]),
        _ => object.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    object.push(0x01);
    object.extend_from_slice(cryptogram);
    object
}
