//! Answers that a card gives in another form than asked for: `6Cxx` and `61xx`.

/// An answer that the card has worked out and not given yet. The command is executed once,
/// whatever form its answer takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Held {
    /// After `6Cxx`: given for the same command with the right Le.
    ForLength { command: Vec<u8>, answer: Vec<u8> },
    /// After `61xx`: given piece by piece on GET RESPONSE.
    ForResponse { answer: Vec<u8> },
}

const MORE_DATA: u8 = 0x61;
const WRONG_LENGTH: u8 = 0x6C;

impl Held {
    /// Keeps the answer of a command; the second part is what the card says instead.
    pub(super) fn for_length(command: &[u8], answer: Vec<u8>) -> (Self, Vec<u8>) {
        let says = vec![WRONG_LENGTH, length_byte(data_len(&answer))];
        let command = with_le(command, length_byte(data_len(&answer)));
        (Self::ForLength { command, answer }, says)
    }

    /// As [`for_length`](Self::for_length), for GET RESPONSE.
    pub(super) fn for_response(answer: Vec<u8>) -> (Self, Vec<u8>) {
        let says = vec![MORE_DATA, length_byte(data_len(&answer))];
        (Self::ForResponse { answer }, says)
    }

    /// The answer to a command that asks for what is held, and what is still held afterwards.
    /// Any other command gives nothing, and the held answer is lost.
    pub(super) fn asked_by(self, command: &[u8]) -> Option<(Vec<u8>, Option<Self>)> {
        match self {
            Self::ForLength { command: awaited, answer } => {
                (awaited == command).then_some((answer, None))
            }
            Self::ForResponse { answer } => match command {
                [_, 0xC0, 0, 0, le] => Some(give(answer, usize::from(*le))),
                _ => None,
            },
        }
    }
}

fn give(mut answer: Vec<u8>, le: usize) -> (Vec<u8>, Option<Held>) {
    let wanted = if le == 0 { 256 } else { le };
    if wanted >= data_len(&answer) {
        return (answer, None);
    }
    let rest = answer.split_off(wanted);
    let (held, says) = Held::for_response(rest);
    answer.extend(says);
    (answer, Some(held))
}

/// How many bytes stand before the status word.
pub(super) fn data_len(answer: &[u8]) -> usize {
    answer.len().saturating_sub(2)
}

/// A length as one byte of Le or status word: 256 and more is `00`.
fn length_byte(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(0)
}

/// The same short command with another Le. What comes in may be malformed; then Le is added.
fn with_le(command: &[u8], le: u8) -> Vec<u8> {
    let has_le = match command.len() {
        0..=4 => false,
        5 => true,
        length => length == 6 + usize::from(command[4]),
    };
    let kept = if has_le { command.len() - 1 } else { command.len() };
    let mut changed = command[..kept].to_vec();
    changed.push(le);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_without_the_right_length_is_repeated_with_it() {
        let answer = vec![1, 2, 3, 0x90, 0x00];
        let (held, says) = Held::for_length(&[0x00, 0xB0, 0, 0, 0], answer.clone());
        assert_eq!(says, [0x6C, 3]);
        assert_eq!(held.clone().asked_by(&[0x00, 0xB0, 0, 0, 4]), None);
        assert_eq!(held.asked_by(&[0x00, 0xB0, 0, 0, 3]), Some((answer, None)));
    }

    #[test]
    fn le_stands_behind_the_data_of_a_signature() {
        assert_eq!(
            with_le(&[0x80, 0x2A, 0, 0x80, 2, 7, 8, 0], 5),
            [0x80, 0x2A, 0, 0x80, 2, 7, 8, 5]
        );
        assert_eq!(with_le(&[0x80, 0x2A, 0, 0x80, 2, 7, 8], 5), [0x80, 0x2A, 0, 0x80, 2, 7, 8, 5]);
    }

    #[test]
    fn a_response_is_fetched_in_pieces() {
        let (held, says) = Held::for_response(vec![1, 2, 3, 0x90, 0x00]);
        assert_eq!(says, [0x61, 3]);
        let (first, held) = held.asked_by(&[0x00, 0xC0, 0, 0, 2]).unwrap();
        assert_eq!(first, [1, 2, 0x61, 1]);
        let (last, held) = held.unwrap().asked_by(&[0x00, 0xC0, 0, 0, 1]).unwrap();
        assert_eq!((last, held), (vec![3, 0x90, 0x00], None));
    }

    #[test]
    fn two_hundred_and_fifty_six_bytes_are_announced_as_none() {
        let (_, says) = Held::for_response(vec![0; 258]);
        assert_eq!(says, [0x61, 0x00]);
    }
}
