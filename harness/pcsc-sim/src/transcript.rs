//! A conversation with a card, one line an exchange, for people: what the command is called,
//! its bytes, the answer. Secrets are masked.
//!
//! A command names the file it means only by what was selected before, so the transcript
//! follows the selections that succeeded.

use std::fmt::Write;

use crate::profile::ApplicationKind;
use crate::selection::{
    self, CHANGE_KEY, CHANGE_REFERENCE_DATA, HEADER_BYTES, SECURE_MESSAGING, SELECT, Selection,
    VERIFY, data, short_id,
};

/// Follows one card and puts each exchange into words.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Transcript {
    selection: Selection,
}

impl Transcript {
    /// The card was switched on or off, or reset: nothing is selected any more.
    pub fn start_over(&mut self) {
        self.selection = Selection::default();
    }

    /// One exchange in one line: `VERIFY 0018 · 00200080 04 ******** → 63C2`.
    ///
    /// Passwords are masked by `**` for each byte, in a VERIFY, CHANGE REFERENCE DATA and
    /// CHANGE KEY of any form. Everything else is complete, so the line may be long.
    pub fn line(&mut self, command: &[u8], answer: &[u8]) -> String {
        let name = self.name(command);
        self.selection.follow(command, answer);
        format!("{name} · {} → {}", command_hex(command), answer_hex(answer))
    }

    /// What the command is called, with the file or application it means.
    pub fn name(&self, command: &[u8]) -> String {
        let Some((&[cla, ins, p1, p2], body)) = command.split_first_chunk::<HEADER_BYTES>() else {
            return "no command".to_owned();
        };
        let file = |named: Option<u16>| match named.or(self.selection.file()) {
            Some(file) => format!(" {file:04X}"),
            None => " (no file selected)".to_owned(),
        };
        if cla & SECURE_MESSAGING != 0 {
            return format!("INS {ins:02X} under secure messaging");
        }
        // VERIFY and signature name a file in P2, READ BINARY in P1, READ RECORD beside a mode.
        match (cla, ins) {
            (_, SELECT) => select_name(p1, data(body)),
            (_, VERIFY) if body.is_empty() => format!("VERIFY{}, tries left?", file(short_id(p2))),
            (_, VERIFY) => format!("VERIFY{}", file(short_id(p2))),
            (_, CHANGE_KEY) => format!("CHANGE KEY{}", file(short_id(p2))),
            (_, CHANGE_REFERENCE_DATA) => {
                format!("CHANGE REFERENCE DATA{}", file(short_id(p2)))
            }
            (_, 0xB0) => match short_id(p1) {
                Some(id) => format!("READ BINARY{} at {p2}", file(Some(id))),
                None => {
                    format!("READ BINARY{} at {}", file(None), u16::from_be_bytes([p1, p2]))
                }
            },
            (_, 0xB2) => {
                let id = u16::from(p2 >> 3);
                format!("READ RECORD{} number {p1}", file((id != 0).then_some(id)))
            }
            (_, 0x2A) => format!("COMPUTE DIGITAL SIGNATURE{}", file(short_id(p2))),
            (_, 0x82) => format!("EXTERNAL AUTHENTICATE{}", file(short_id(p2))),
            (_, 0x88) => format!("INTERNAL AUTHENTICATE{}", file(short_id(p2))),
            (_, 0x84) => "GET CHALLENGE".to_owned(),
            (_, 0xCA) => format!("GET DATA {p1:02X}{p2:02X}"),
            (0x80, 0xAE) => "SET SESSION KEY".to_owned(),
            (0x80, 0xA2) => "terminal certificate (SIM-ONLY)".to_owned(),
            (0x80, 0xFC) => "last command mark".to_owned(),
            _ => format!("INS {ins:02X}"),
        }
    }
}

fn select_name(p1: u8, data: &[u8]) -> String {
    match p1 {
        0x04 => match application(data) {
            Some(name) => format!("SELECT {name}"),
            None => format!("SELECT {}", hex(data)),
        },
        0x02 => format!("SELECT EF {}", hex(data)),
        _ => format!("SELECT P1={p1:02X} {}", hex(data)).trim_end().to_owned(),
    }
}

/// What an application is called.
fn application(aid: &[u8]) -> Option<&'static str> {
    Some(match selection::application(aid)?.kind {
        ApplicationKind::Jpki => "JPKI",
        ApplicationKind::Surface => "surface",
        ApplicationKind::Text => "text",
        ApplicationKind::ResidentRegister => "resident register",
        ApplicationKind::Common => "common",
    })
}

/// The command, its header apart, with what may be a secret masked.
fn command_hex(command: &[u8]) -> String {
    let (header, body) = command.split_at(command.len().min(HEADER_BYTES));
    let secret = matches!(header, [_, VERIFY | CHANGE_REFERENCE_DATA | CHANGE_KEY, ..]);
    match body.split_first() {
        None => hex(header),
        // What does not count the bytes after it may itself be a part of the secret.
        Some((&length, rest)) if secret && usize::from(length) == rest.len() => {
            format!("{} {length:02X} {}", hex(header), "**".repeat(rest.len()))
        }
        Some(_) if secret => format!("{} {}", hex(header), "**".repeat(body.len())),
        Some(_) => format!("{} {}", hex(header), hex(body)),
    }
}

/// The answer, its status word apart.
fn answer_hex(answer: &[u8]) -> String {
    match answer.split_last_chunk::<2>() {
        Some(([], word)) => hex(word),
        Some((data, word)) => format!("{} {}", hex(data), hex(word)),
        None => format!("no status word: {}", hex(answer)).trim_end().to_owned(),
    }
}

/// Bytes in capital hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: [u8; 2] = [0x90, 0x00];
    const SELECT_JPKI: [u8; 15] =
        [0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];

    #[test]
    fn a_pin_is_named_by_the_file_selected_before_it_and_masked() {
        let mut transcript = Transcript::default();
        let mut line = |command: &[u8], answer: &[u8]| transcript.line(command, answer);
        assert_eq!(line(&SELECT_JPKI, &OK), "SELECT JPKI · 00A4040C 0AD392F000260100000001 → 9000");
        assert_eq!(
            line(&[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x18], &OK),
            "SELECT EF 0018 · 00A4020C 020018 → 9000"
        );
        assert_eq!(
            line(&[0x00, 0x20, 0x00, 0x80], &[0x63, 0xC3]),
            "VERIFY 0018, tries left? · 00200080 → 63C3"
        );
        assert_eq!(
            line(b"\x00\x20\x00\x80\x041234", &[0x63, 0xC2]),
            "VERIFY 0018 · 00200080 04 ******** → 63C2"
        );
    }

    #[test]
    fn no_form_of_a_password_is_shown() {
        let mut transcript = Transcript::default();
        for command in [
            &b"\x00\x20\x00\x98\x041234"[..],
            b"\x00\x24\x01\x80\x041234",
            b"\x80\x32\x00\x80\x041234",
            b"\x0C\x20\x00\x80\x00\x00\x041234",
            // A length that is wrong.
            b"\x00\x20\x00\x80\x091234",
            // No length at all.
            b"\x00\x20\x00\x801234",
        ] {
            let line = transcript.line(command, &[0x67, 0x00]);
            // "1234" in hexadecimal digits.
            assert!(!line.contains("31323334") && !line.contains("31 "), "{line}");
            assert!(line.contains("********"), "{line}");
        }
    }

    #[test]
    fn a_refused_selection_changes_no_file_and_an_application_forgets_it() {
        let mut transcript = Transcript::default();
        let read = [0x00, 0xB0, 0x01, 0x00, 0x00];
        transcript.line(&[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A], &OK);
        transcript.line(&[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x99], &[0x6A, 0x82]);
        // P1 P2 = 0100 is byte 256.
        assert_eq!(transcript.name(&read), "READ BINARY 000A at 256");
        transcript.line(&SELECT_JPKI, &OK);
        assert_eq!(transcript.name(&read), "READ BINARY (no file selected) at 256");
    }

    #[test]
    fn a_short_id_names_the_file_and_selects_it() {
        let mut transcript = Transcript::default();
        // 80 + 0A in P1: file 000A, and the offset is P2 alone.
        let line = transcript.line(&[0x00, 0xB0, 0x8A, 0x07, 0x02], &[0xAB, 0xCD, 0x90, 0x00]);
        assert_eq!(line, "READ BINARY 000A at 7 · 00B08A07 02 → ABCD 9000");
        assert_eq!(transcript.name(&[0x00, 0xB0, 0x00, 0x00, 0x00]), "READ BINARY 000A at 0");
        // Record 1 of file 0001: P2 is the id times eight, plus 4.
        assert_eq!(transcript.name(&[0x00, 0xB2, 0x01, 0x0C, 0x00]), "READ RECORD 0001 number 1");
        assert_eq!(
            transcript.name(&[0x80, 0x2A, 0x00, 0x97, 0x00]),
            "COMPUTE DIGITAL SIGNATURE 0017"
        );
        transcript.start_over();
        assert_eq!(
            transcript.name(&[0x80, 0x2A, 0x00, 0x80, 0x00]),
            "COMPUTE DIGITAL SIGNATURE (no file selected)"
        );
    }

    #[test]
    fn what_is_encrypted_is_not_guessed_at() {
        let mut transcript = Transcript::default();
        transcript.line(&[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A], &OK);
        let select = [0x08, 0xA4, 0x02, 0x0C, 0x03, 0x86, 0x01, 0x01];
        assert_eq!(transcript.name(&select), "INS A4 under secure messaging");
        transcript.line(&select, &OK);
        let read = transcript.name(&[0x00, 0xB0, 0x00, 0x00, 0x00]);
        assert_eq!(read, "READ BINARY (no file selected) at 0");
    }

    #[test]
    fn what_is_no_command_and_what_is_no_answer_are_said_to_be_none() {
        let mut transcript = Transcript::default();
        assert_eq!(transcript.line(&[0x03], &[0x67, 0x00]), "no command · 03 → 6700");
        assert_eq!(
            transcript.line(&[0x00, 0x84, 0x00, 0x00, 0x08], &[0x90]),
            "GET CHALLENGE · 00840000 08 → no status word: 90"
        );
        assert_eq!(transcript.name(&[0x00, 0xCB, 0x3F, 0xFF]), "INS CB");
    }
}
