//! Commands and answers as people write them: hexadecimal digits with blanks.

use pcsc_sim::chip::Chip;
use pcsc_sim::{Profile, SmartCard};

pub const JPKI: &str = "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01";
pub const SURFACE: &str = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 02";
pub const TEXT: &str = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08";
pub const RESIDENT_REGISTER: &str = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 01";
pub const COMMON: &str = "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 01 00";
pub const CARD_MANAGER: &str = "00 A4 04 0C 07 A0 00 00 01 51 00 00";

/// `1234` to the user-authentication PIN, and `TEST1234` to the signature password.
pub const PIN: &str = "00 20 00 98 04 31 32 33 34";
pub const PASSWORD: &str = "00 20 00 9B 08 54 45 53 54 31 32 33 34";

/// A DigestInfo over a SHA-256 of noughts, signed with the user-authentication key; Le
/// asks for 256 bytes.
pub const SIGN: &str = "80 2A 00 97 33 30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20 \
    00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 \
    00";

/// The card of a profile, as it comes from its sample holder.
pub fn card(profile: &str) -> Chip {
    Chip::of(Profile::named(profile).unwrap())
}

pub fn bytes(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Sends a command; the data and the status word that come back.
pub fn send(card: &mut Chip, command: &str) -> (Vec<u8>, String) {
    let mut answer = card.apdu(&bytes(command));
    let status = answer.split_off(answer.len() - 2);
    (answer, format!("{:02X}{:02X}", status[0], status[1]))
}

/// Sends a command and looks at the status word only.
pub fn status(card: &mut Chip, command: &str) -> String {
    send(card, command).1
}

/// Sends commands one after the other, each with the status word it is answered with.
pub fn talk(card: &mut Chip, conversation: &[(&str, &str)]) {
    for (place, (command, expected)) in conversation.iter().enumerate() {
        assert_eq!(status(card, command), *expected, "command {place}: {command}");
    }
}

/// Sends a command that has to go well, and gives its data.
pub fn good(card: &mut Chip, command: &str) -> Vec<u8> {
    let (data, status) = send(card, command);
    assert_eq!(status, "9000", "{command}");
    data
}
