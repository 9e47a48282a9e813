//! One thing wanted of a token, as the commands that it takes: the next one out, its response in.

use std::collections::VecDeque;
use std::sync::Arc;

use super::apdu::{self, Application, Response, file};
use super::face;
use super::wish::{Credential, Outcome, PhotoKey, Wish};
use super::x509;
use crate::certificate::Carrier;

/// The longest thing that is read from a token, in bytes; a file that claims more is garbled.
const FILE_MAX: usize = 16 * 1024;
/// How many bytes one READ BINARY asks for.
const CHUNK: usize = 256;
/// EF 0006 is a serialised CK_TOKEN_INFO of this many bytes.
const TOKEN_INFO: usize = 160;

/// What follows from a response.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Next {
    /// This is to be sent.
    Send(Vec<u8>),
    /// The wish has come to its end.
    Done(Outcome),
}

/// A conversation with one token since it was given power.
#[derive(Debug)]
pub(super) struct Dialogue {
    credential: Option<Arc<Credential>>,
    selected: Option<Application>,
    /// What is still to be sent for the wish; the first has been sent.
    steps: VecDeque<Step>,
    /// The command that was sent last.
    sent: Vec<u8>,
    /// Whether the token itself asked for that command.
    asked_for: bool,
    /// What has been read.
    buffer: Vec<u8>,
    /// What came of a chain of `61xx`.
    announced: Vec<u8>,
    challenge: Vec<u8>,
    /// What the counter was before the entry that was made last.
    left: Option<u8>,
    /// What the counter was before an entry whose answer was lost.
    lost_at: Option<u8>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Step {
    Application(Application),
    File(u16),
    /// Reads the current file: so many bytes, or as many as its own header says.
    Read(Extent),
    Counter,
    Entry(Vec<u8>),
    /// 照合番号B: opens the face of the card.
    CodeB(Vec<u8>),
    ShowCertificate,
    Challenge,
    Prove,
    Sign([u8; 32]),
    Finish(Finish),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Extent {
    Bytes(usize),
    /// BER-TLV: tag and length first.
    Header,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Finish {
    TokenInfo,
    Certificate,
    Photo,
}

impl Wish {
    fn steps(&self) -> Vec<Step> {
        use Step as S;
        let jpki = S::Application(Application::Jpki);
        let entry =
            |of, text: &str| vec![S::File(of), S::Counter, S::Entry(text.as_bytes().to_vec())];
        let mut steps = match self {
            Self::ReadPhoto(key) => {
                let surface = S::Application(Application::Surface);
                let open = match key {
                    PhotoKey::CodeB(code) => {
                        vec![S::File(file::CODE_B), S::CodeB(code.as_bytes().to_vec())]
                    }
                    PhotoKey::Terminal => vec![S::ShowCertificate, S::Challenge, S::Prove],
                };
                let face = S::File(file::CARD_FACE);
                let read = [face, S::Read(Extent::Header), S::Finish(Finish::Photo)];
                return [surface].into_iter().chain(open).chain(read).collect();
            }
            Self::Identify => vec![
                S::File(file::TOKEN_INFO),
                S::Read(Extent::Bytes(TOKEN_INFO)),
                S::Finish(Finish::TokenInfo),
            ],
            Self::ReadCertificate => vec![
                S::File(file::AUTHENTICATION_CERTIFICATE),
                S::Read(Extent::Header),
                S::Finish(Finish::Certificate),
            ],
            Self::VerifyPin(pin) => entry(file::PIN, pin),
            Self::VerifySignature(password) => entry(file::SIGNATURE_PASSWORD, password),
            Self::AuthenticateTerminal => vec![S::ShowCertificate, S::Challenge, S::Prove],
            Self::Sign(digest) => vec![S::File(file::AUTHENTICATION_KEY), S::Sign(*digest)],
        };
        steps.insert(0, jpki);
        steps
    }
}

impl Dialogue {
    /// A conversation that begins; `credential` is the terminal's, where it has one.
    pub(super) fn new(credential: Option<Arc<Credential>>) -> Self {
        Self {
            credential,
            selected: None,
            steps: VecDeque::new(),
            sent: Vec::new(),
            asked_for: false,
            buffer: Vec::new(),
            announced: Vec::new(),
            challenge: Vec::new(),
            left: None,
            lost_at: None,
        }
    }

    /// What the counter was before the entry that was made last, if one was made.
    pub(super) fn left_before(&self) -> Option<u8> {
        self.left
    }

    /// Begins with a wish. Where an entry was made before and its answer was lost, `lost_at` is
    /// what the counter was then: if it has fallen since, that entry was compared, and wrong, and
    /// is not made again.
    pub(super) fn begin(&mut self, wish: &Wish, lost_at: Option<u8>) -> Next {
        self.steps = wish.steps().into();
        self.buffer.clear();
        self.left = None;
        self.lost_at = lost_at;
        self.next()
    }

    /// Takes the response to what was sent last.
    pub(super) fn answered(&mut self, bytes: &[u8]) -> Next {
        let Some(response) = Response::read(bytes) else { return Next::Done(Outcome::Garbled) };
        // Readers are free to hand over a response in pieces, or to want another Le.
        match response.status.to_be_bytes() {
            [0x6C, length] => {
                return self.send_instead(apdu::with_length(self.sent.clone(), length));
            }
            [0x61, length] if response.data.is_empty() => {
                return self.send_instead(apdu::get_response(length));
            }
            [0x61, length] => {
                self.announced.extend_from_slice(response.data);
                return self.send(apdu::get_response(length));
            }
            _ => {}
        }
        let announced = std::mem::take(&mut self.announced);
        let data = [&announced[..], response.data].concat();
        // Bytes in front of anything but 9000 are the middle of an answer that was torn, and its
        // last two only look like a status word.
        if response.status != 0x9000 && !data.is_empty() {
            return Next::Done(Outcome::Garbled);
        }
        let response = Response { data: &data, ..response };
        let Some(step) = self.steps.pop_front() else { return Next::Done(Outcome::Garbled) };
        match self.take(step, response) {
            Some(outcome) => Next::Done(outcome),
            None => self.next(),
        }
    }

    /// What a response means for its step; nothing if the next step follows.
    fn take(&mut self, step: Step, response: Response<'_>) -> Option<Outcome> {
        match (step, response.status) {
            (Step::Counter, _) => match response.entries_left() {
                Some(0) => Some(Outcome::Unusable),
                Some(left) if self.lost_at.is_some_and(|before| left < before) => {
                    Some(Outcome::Wrong { left })
                }
                Some(left) => {
                    self.left = Some(left);
                    None
                }
                None => Some(Outcome::Refused(response.status)),
            },
            (Step::Entry(_), 0x9000) => Some(Outcome::Accepted),
            // 63C0 is the entry that locks, 6984 every one after it.
            (Step::Entry(_), status) => Some(match response.entries_left() {
                Some(left) if left > 0 => Outcome::Wrong { left },
                _ if matches!(status, 0x63C0 | 0x6984) => Outcome::Unusable,
                _ => Outcome::Refused(status),
            }),
            (Step::Application(application), 0x9000) => {
                self.selected = Some(application);
                None
            }
            (Step::Application(Application::Jpki), 0x6A82) => Some(Outcome::Foreign),
            // A phone has no face to show, and some cards do not.
            (Step::Application(Application::Surface), 0x6A82) => Some(Outcome::Photo(None)),
            (Step::Read(extent), 0x9000) => self.take_data(extent, response.data),
            (Step::Challenge, 0x9000) => {
                self.challenge = response.data.to_vec();
                None
            }
            (Step::Sign(_), 0x9000) => Some(Outcome::Signed(response.data.to_vec())),
            (_, 0x9000) => None,
            (_, status) => Some(Outcome::Refused(status)),
        }
    }

    fn take_data(&mut self, extent: Extent, data: &[u8]) -> Option<Outcome> {
        self.buffer.extend_from_slice(data);
        let wanted = match extent {
            Extent::Bytes(wanted) => wanted,
            Extent::Header => match face::length(&self.buffer) {
                Some(wanted) => wanted,
                None => return Some(Outcome::Garbled),
            },
        };
        if data.is_empty() || wanted > FILE_MAX {
            return Some(Outcome::Garbled);
        }
        if self.buffer.len() < wanted {
            self.steps.push_front(Step::Read(Extent::Bytes(wanted)));
        } else {
            self.buffer.truncate(wanted);
        }
        None
    }

    fn next(&mut self) -> Next {
        let command = loop {
            let Some(step) = self.steps.front() else { return Next::Done(Outcome::Trusted) };
            break match step {
                Step::Application(application) if self.selected == Some(*application) => {
                    self.steps.pop_front();
                    continue;
                }
                Step::Application(application) => apdu::select_application(*application),
                Step::File(id) => apdu::select_file(*id),
                Step::Read(extent) => self.read(*extent),
                Step::Counter => apdu::ask_counter(),
                Step::Entry(entry) | Step::CodeB(entry) => apdu::verify(entry),
                Step::ShowCertificate => match &self.credential {
                    Some(credential) => apdu::show_certificate(&credential.certificate),
                    None => return Next::Done(Outcome::Refused(0x6985)),
                },
                Step::Challenge => apdu::get_challenge(),
                Step::Prove => match &self.credential {
                    Some(credential) => apdu::prove(&(credential.prove)(&self.challenge)),
                    None => return Next::Done(Outcome::Refused(0x6985)),
                },
                Step::Sign(digest) => apdu::sign(digest),
                Step::Finish(finish) => return Next::Done(self.finish(*finish)),
            };
        };
        self.send(command)
    }

    fn read(&self, extent: Extent) -> Vec<u8> {
        let missing = match extent {
            Extent::Bytes(wanted) => wanted.saturating_sub(self.buffer.len()),
            Extent::Header => CHUNK,
        };
        let number = |bytes: usize| u16::try_from(bytes).unwrap_or(u16::MAX);
        apdu::read_binary(number(self.buffer.len()), number(missing.min(CHUNK)))
    }

    fn send(&mut self, command: Vec<u8>) -> Next {
        self.sent.clone_from(&command);
        self.asked_for = false;
        Next::Send(command)
    }

    /// Sends what the token asks for instead. A token that asks again for what it was just sent
    /// would do so for ever.
    fn send_instead(&mut self, command: Vec<u8>) -> Next {
        if self.asked_for && command == self.sent {
            return Next::Done(Outcome::Garbled);
        }
        let next = self.send(command);
        self.asked_for = true;
        next
    }

    fn finish(&self, finish: Finish) -> Outcome {
        match finish {
            Finish::TokenInfo => identified(&self.buffer).unwrap_or(Outcome::Garbled),
            Finish::Certificate => {
                x509::serial(&self.buffer).map_or(Outcome::Garbled, Outcome::Certificate)
            }
            Finish::Photo => face::photo(&self.buffer).map_or(Outcome::Garbled, Outcome::Photo),
        }
    }
}

/// Reads EF 0006: the label begins it, the serial number stands after label, manufacturer and
/// model.
fn identified(info: &[u8]) -> Option<Outcome> {
    let carrier = match info.get(..15)? {
        b"JPKIAPICCTOKEN2" => Carrier::Card,
        b"JPKIAPGPSETOKEN" => Carrier::Android,
        b"JPKIAPIOSTOKEN " | b"JPKIAPIOSTOKEN\0" => Carrier::Iphone,
        _ => return Some(Outcome::Foreign),
    };
    let token = info.get(80..96)?.try_into().ok()?;
    Some(Outcome::Identified { carrier, token })
}
