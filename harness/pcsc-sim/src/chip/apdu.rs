//! A command APDU: its header, which command it is, and its body in short or extended form.

use crate::status::StatusWord;

/// A command with its parameters, as far as it can be read without asking the card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Apdu<'a> {
    pub(super) command: Command,
    pub(super) p1: u8,
    pub(super) p2: u8,
    /// The command data; empty if there are none.
    pub(super) data: &'a [u8],
    /// How many bytes may come back, if any are asked for: 1 to 256, extended to 65,536.
    pub(super) expected: Option<usize>,
    /// Whether the data are for secure messaging.
    pub(super) secure: bool,
}

/// The commands that the card knows, in whatever application.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Command {
    Select,
    ReadBinary,
    ReadRecord,
    Verify,
    ChangeReferenceData,
    ChangeKey,
    ComputeSignature,
    InternalAuthenticate,
    ExternalAuthenticate,
    GetChallenge,
    GetData,
    SetSessionKey,
    TerminalCertificate,
    LastCommandMark,
}

impl Command {
    /// The command of a class without channel and secure messaging, `00` or `80`.
    fn of(class: u8, instruction: u8) -> Option<Self> {
        Some(match (class, instruction) {
            (0x00, 0xA4) => Self::Select,
            (0x00, 0xB0) => Self::ReadBinary,
            (0x00, 0xB2) => Self::ReadRecord,
            (0x00, 0x20) => Self::Verify,
            (0x00, 0x24) => Self::ChangeReferenceData,
            (0x80, 0x32) => Self::ChangeKey,
            (0x80, 0x2A) => Self::ComputeSignature,
            (0x00, 0x88) => Self::InternalAuthenticate,
            (0x00, 0x82) => Self::ExternalAuthenticate,
            (0x00, 0x84) => Self::GetChallenge,
            (0x00, 0xCA) => Self::GetData,
            (0x80, 0xAE) => Self::SetSessionKey,
            (0x80, 0xA2) => Self::TerminalCertificate,
            (0x80, 0xFC) => Self::LastCommandMark,
            _ => return None,
        })
    }

    /// Cards take short commands, but for secure messaging. The certificate of a terminal and an
    /// encrypted session key are longer than that, and so are some data objects of the power-on
    /// state.
    const fn may_be_extended(self) -> bool {
        matches!(self, Self::TerminalCertificate | Self::SetSessionKey | Self::GetData)
    }
}

impl<'a> Apdu<'a> {
    /// Reads a command, header before body, so that what is not known at all is told before
    /// what is too long.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, StatusWord> {
        let [class, instruction, p1, p2, body @ ..] = bytes else {
            return Err(StatusWord::WRONG_LENGTH);
        };
        let (class, secure) = plain_class(*class)?;
        let command =
            Command::of(class, *instruction).ok_or(StatusWord::INSTRUCTION_NOT_SUPPORTED)?;
        let body = Body::read(body).ok_or(StatusWord::WRONG_LENGTH)?;
        if body.extended && !(command.may_be_extended() || secure) {
            return Err(StatusWord::CONDITIONS_NOT_SATISFIED);
        }
        Ok(Self { command, p1: *p1, p2: *p2, data: body.data, expected: body.expected, secure })
    }
}

/// The class, if it is `00` or `80` on the first channel, and whether secure messaging is added to
/// it (`08`).
///
/// With the header authenticated (`0C`) it lacks the objects for that, because no key for them is
/// ever set. ISO's other class bytes are no classes of this card.
fn plain_class(class: u8) -> Result<(u8, bool), StatusWord> {
    const CHANNEL: u8 = 0x03;
    const SECURE_MESSAGING: u8 = 0x0C;
    if class & !(0x80 | SECURE_MESSAGING | CHANNEL) != 0 {
        return Err(StatusWord::CLASS_NOT_SUPPORTED);
    }
    if class & CHANNEL != 0 {
        return Err(StatusWord::CHANNEL_NOT_SUPPORTED);
    }
    match class & SECURE_MESSAGING {
        0x00 => Ok((class, false)),
        0x04 => Err(StatusWord::SECURE_MESSAGING_NOT_SUPPORTED),
        0x08 => Ok((class & 0x80, true)),
        _ => Err(StatusWord::SECURE_MESSAGING_OBJECTS_MISSING),
    }
}

/// What follows the header: the four cases of ISO 7816-4, short and extended.
struct Body<'a> {
    data: &'a [u8],
    expected: Option<usize>,
    extended: bool,
}

impl<'a> Body<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        const NONE: &[u8] = &[];
        let (data, expected, extended) = match bytes {
            [] => (NONE, None, false),
            [length] => (NONE, Some(upto(usize::from(*length), 0x100)), false),
            [0, high, low] => (NONE, Some(upto(both(*high, *low), 0x1_0000)), true),
            [0, high, low, rest @ ..] if (*high, *low) != (0, 0) => {
                let (data, rest) = rest.split_at_checked(both(*high, *low))?;
                let expected = match rest {
                    [] => None,
                    [high, low] => Some(upto(both(*high, *low), 0x1_0000)),
                    _ => return None,
                };
                (data, expected, true)
            }
            [length, rest @ ..] if *length != 0 => {
                let (data, rest) = rest.split_at_checked(usize::from(*length))?;
                let expected = match rest {
                    [] => None,
                    [length] => Some(upto(usize::from(*length), 0x100)),
                    _ => return None,
                };
                (data, expected, false)
            }
            _ => return None,
        };
        Some(Self { data, expected, extended })
    }
}

const fn both(high: u8, low: u8) -> usize {
    (high as usize) << 8 | low as usize
}

/// Nought means as many as the form can say.
const fn upto(length: usize, most: usize) -> usize {
    if length == 0 { most } else { length }
}
