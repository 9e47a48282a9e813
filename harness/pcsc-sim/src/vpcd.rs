//! The wire protocol of vpcd, the virtual reader driver of the vsmartcard project: bytes in,
//! bytes out. A card behind it appears in a real pcscd. The socket belongs to the caller.
//!
//! Both ways, every message is its length as two bytes, most significant first, and then so
//! many bytes. From the reader, a message of one byte may be a control: `00` power off, `01`
//! power on, `02` reset, `04` asks for the answer to reset, and of these only the last is
//! answered. Every other message is a command APDU and is answered with the card's answer.
//!
//! A reader that asks for the answer to reset and gets one sees a card in the slot; a closed
//! connection is an empty slot.

use thiserror::Error;

use crate::smart_card::SmartCard;

/// Where vpcd waits for the card of its first slot; the second slot has the next port.
pub const PORT: u16 = 35963;

/// Bytes of the length before every message.
const LENGTH_BYTES: usize = 2;

/// One message from the reader.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// `00`: the card's power is taken away. Not answered.
    PowerOff,
    /// `01`: the card gets power. Not answered.
    PowerOn,
    /// `02`: a warm reset. Not answered.
    Reset,
    /// `04`: the answer to reset is wanted.
    Atr,
    /// A command APDU. It may be no APDU at all: what was sent is what the card gets.
    Apdu(Vec<u8>),
    /// A message of no bytes. No reader means anything by it; it is passed over.
    Nothing,
}

impl Request {
    fn from_payload(payload: &[u8]) -> Self {
        match payload {
            [] => Self::Nothing,
            [0x00] => Self::PowerOff,
            [0x01] => Self::PowerOn,
            [0x02] => Self::Reset,
            [0x04] => Self::Atr,
            apdu => Self::Apdu(apdu.to_vec()),
        }
    }

    /// Hands the message to the card and returns what the reader gets for it, if anything.
    pub fn put_to(&self, card: &mut dyn SmartCard) -> Option<Vec<u8>> {
        match self {
            Self::PowerOff => card.power_off(),
            Self::PowerOn => card.power_on(),
            Self::Reset => card.reset(),
            Self::Atr => return Some(card.atr().to_vec()),
            Self::Apdu(apdu) => return Some(card.apdu(apdu)),
            Self::Nothing => {}
        }
        None
    }
}

/// Puts a stream of bytes, which may arrive in any pieces, together to messages.
///
/// Any stream is readable, because every length is a possible one. So the memory held is at
/// most one message of 65,535 bytes and the piece that was just pushed.
#[derive(Clone, Default, Debug)]
pub struct Requests {
    pending: Vec<u8>,
}

impl Requests {
    /// Takes in the next bytes of the stream, in whatever pieces they arrive.
    pub fn push(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// Whether the stream may end here: not in the middle of a message.
    pub fn is_between_messages(&self) -> bool {
        self.pending.is_empty()
    }
}

impl Iterator for Requests {
    type Item = Request;

    /// The next whole message; `None` until more bytes arrive.
    fn next(&mut self) -> Option<Request> {
        let (length, rest) = self.pending.split_first_chunk::<LENGTH_BYTES>()?;
        let payload = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
        let request = Request::from_payload(payload);
        let taken = LENGTH_BYTES + payload.len();
        self.pending.drain(..taken);
        Some(request)
    }
}

/// A message longer than its length can say.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("a message of vpcd has at most 65,535 bytes, not {0}")]
pub struct TooLong(usize);

/// A message to the reader: its length, then `payload`.
///
/// # Errors
///
/// More than 65,535 bytes do not fit.
pub fn message(payload: &[u8]) -> Result<Vec<u8>, TooLong> {
    let length = u16::try_from(payload.len()).map_err(|_| TooLong(payload.len()))?;
    Ok([length.to_be_bytes().as_slice(), payload].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers every APDU with the APDU and `9000`, and counts what else is done to it.
    #[derive(Default, Debug)]
    struct Echo {
        done: Vec<&'static str>,
    }

    impl SmartCard for Echo {
        fn atr(&self) -> &[u8] {
            &[0x3B, 0x80, 0x01, 0x81]
        }
        fn power_on(&mut self) {
            self.done.push("on");
        }
        fn power_off(&mut self) {
            self.done.push("off");
        }
        fn reset(&mut self) {
            self.done.push("reset");
        }
        fn apdu(&mut self, command: &[u8]) -> Vec<u8> {
            self.done.push("apdu");
            [command, &[0x90, 0x00]].concat()
        }
    }

    const SELECT_MF: [u8; 4] = [0x00, 0xA4, 0x00, 0x00];

    fn read(bytes: &[u8]) -> (Vec<Request>, bool) {
        let mut requests = Requests::default();
        requests.push(bytes);
        (requests.by_ref().collect(), requests.is_between_messages())
    }

    #[test]
    fn the_four_controls_and_an_apdu_are_told_apart() {
        let stream = [
            0, 1, 0x00, // power off
            0, 1, 0x01, // power on
            0, 1, 0x02, // reset
            0, 1, 0x04, // answer to reset
            0, 4, 0x00, 0xA4, 0x00, 0x00, // an APDU
        ];
        let expected = vec![
            Request::PowerOff,
            Request::PowerOn,
            Request::Reset,
            Request::Atr,
            Request::Apdu(SELECT_MF.to_vec()),
        ];
        assert_eq!(read(&stream), (expected, true));
    }

    #[test]
    fn every_other_message_is_an_apdu_even_of_one_byte() {
        assert_eq!(read(&[0, 1, 0x03]), (vec![Request::Apdu(vec![0x03])], true));
        assert_eq!(read(&[0, 2, 0x00, 0x00]), (vec![Request::Apdu(vec![0, 0])], true));
    }

    #[test]
    fn a_message_of_no_bytes_is_passed_over_and_the_next_one_is_read() {
        let (requests, whole) = read(&[0, 0, 0, 1, 0x04]);
        assert_eq!((requests, whole), (vec![Request::Nothing, Request::Atr], true));
        assert_eq!(Request::Nothing.put_to(&mut Echo::default()), None);
    }

    #[test]
    fn a_stream_cut_anywhere_gives_the_same_messages() {
        let stream = [0, 1, 0x01, 0, 4, 0x00, 0xA4, 0x00, 0x00, 0, 0, 0, 1, 0x04];
        let (expected, _) = read(&stream);
        assert_eq!(expected.len(), 4);
        for cut in 0..stream.len() {
            let mut requests = Requests::default();
            requests.push(&stream[..cut]);
            let mut told: Vec<Request> = requests.by_ref().collect();
            requests.push(&stream[cut..]);
            told.extend(requests.by_ref());
            assert_eq!((told, requests.is_between_messages()), (expected.clone(), true), "{cut}");
        }
    }

    #[test]
    fn half_a_message_is_none_yet_and_the_stream_must_not_end_there() {
        for half in [&[0][..], &[0, 4], &[0, 4, 0x00, 0xA4, 0x00], &[0xFF, 0xFF, 0x00]] {
            assert_eq!(read(half), (vec![], false), "{half:?}");
        }
        assert_eq!(read(&[]), (vec![], true));
    }

    #[test]
    fn the_longest_message_is_read_whole() {
        let mut stream = vec![0xFF, 0xFF];
        stream.extend([0x5A; 65_535]);
        assert_eq!(read(&stream), (vec![Request::Apdu(vec![0x5A; 65_535])], true));
    }

    #[test]
    fn only_the_answer_to_reset_and_apdus_are_answered() {
        let mut card = Echo::default();
        let mut put = |request: Request| request.put_to(&mut card);
        assert_eq!(put(Request::PowerOn), None);
        assert_eq!(put(Request::Atr), Some(vec![0x3B, 0x80, 0x01, 0x81]));
        let apdu = Request::Apdu(SELECT_MF.to_vec());
        assert_eq!(put(apdu), Some(vec![0x00, 0xA4, 0x00, 0x00, 0x90, 0x00]));
        assert_eq!(put(Request::Reset), None);
        assert_eq!(put(Request::PowerOff), None);
        assert_eq!(card.done, ["on", "apdu", "reset", "off"]);
    }

    #[test]
    fn an_answer_carries_its_length_in_two_bytes() {
        assert_eq!(message(&[0x90, 0x00]), Ok(vec![0, 2, 0x90, 0x00]));
        assert_eq!(message(&[]), Ok(vec![0, 0]));
        // 258 = 0102: a whole READ BINARY with its status word.
        assert_eq!(message(&[7; 258]).map(|m| m[..3].to_vec()), Ok(vec![1, 2, 7]));
        assert_eq!(message(&[0; 65_536]), Err(TooLong(65_536)));
    }
}
