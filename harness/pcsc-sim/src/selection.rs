//! What is selected on a card, followed from outside by the commands that succeeded.

use crate::profile::{Application, ApplicationKind, Profile};

pub(crate) const SELECT: u8 = 0xA4;
pub(crate) const VERIFY: u8 = 0x20;
pub(crate) const CHANGE_REFERENCE_DATA: u8 = 0x24;
pub(crate) const CHANGE_KEY: u8 = 0x32;
/// The bits of CLA that say that the data are encrypted or authenticated.
pub(crate) const SECURE_MESSAGING: u8 = 0x0C;
/// CLA, INS, P1, P2.
pub(crate) const HEADER_BYTES: usize = 4;

/// The application and the file that are current, as far as the commands told it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Selection {
    application: Option<ApplicationKind>,
    file: Option<u16>,
}

impl Selection {
    /// The application, if it is one that some profile has.
    pub const fn application(&self) -> Option<ApplicationKind> {
        self.application
    }

    /// The file by its id.
    pub const fn file(&self) -> Option<u16> {
        self.file
    }

    /// The file that P2 of VERIFY and the like means: named by its short identifier, or current.
    pub fn file_by_p2(&self, p2: u8) -> Option<u16> {
        short_id(p2).or(self.file)
    }

    /// Remembers what a command that succeeded has selected.
    pub fn follow(&mut self, command: &[u8], answer: &[u8]) {
        if !answer.ends_with(&[0x90, 0x00]) {
            return;
        }
        let Some((&[cla, ins, p1, p2], body)) = command.split_first_chunk::<HEADER_BYTES>() else {
            return;
        };
        if cla & SECURE_MESSAGING != 0 && ins == SELECT {
            // Which one, only the card knows.
            *self = Self::default();
            return;
        }
        let named = match (ins, p1) {
            (SELECT, 0x02) => data(body).first_chunk::<2>().map(|id| u16::from_be_bytes(*id)),
            (SELECT, 0x04) => {
                let application = application(data(body)).map(|known| known.kind);
                *self = Self { application, file: None };
                None
            }
            (SELECT, _) => {
                self.file = None;
                None
            }
            (0xB0, _) => short_id(p1),
            (0xB2, _) => Some(u16::from(p2 >> 3)).filter(|id| *id != 0),
            (VERIFY | CHANGE_REFERENCE_DATA | CHANGE_KEY | 0x2A, _) => short_id(p2),
            _ => None,
        };
        self.file = named.or(self.file);
    }
}

/// A file named by the low five bits of a byte whose high bit is set; none if they are zero.
pub(crate) fn short_id(byte: u8) -> Option<u16> {
    let id = u16::from(byte & 0x1F);
    (byte & 0x80 != 0 && id != 0).then_some(id)
}

/// The data of a short command: after Lc, so many bytes, or what there is of them.
pub(crate) fn data(body: &[u8]) -> &[u8] {
    match body.split_first() {
        Some((&length, data)) => &data[..data.len().min(usize::from(length))],
        None => &[],
    }
}

/// The application that any profile has under this identifier.
pub(crate) fn application(aid: &[u8]) -> Option<&'static Application> {
    Profile::all().flat_map(Profile::applications).find(|application| application.aid == aid)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: [u8; 2] = [0x90, 0x00];
    const SELECT_JPKI: &[u8] = b"\x00\xA4\x04\x0C\x0A\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01";

    #[test]
    fn a_short_identifier_names_a_file_and_an_application_forgets_it() {
        let mut selection = Selection::default();
        selection.follow(SELECT_JPKI, &OK);
        assert_eq!(selection.application(), Some(ApplicationKind::Jpki));
        assert_eq!((selection.file(), selection.file_by_p2(0x80)), (None, None));
        assert_eq!(selection.file_by_p2(0x98), Some(0x0018));
        selection.follow(b"\x00\x20\x00\x98\x041234", &OK);
        assert_eq!((selection.file(), selection.file_by_p2(0x80)), (Some(0x0018), Some(0x0018)));
        selection.follow(SELECT_JPKI, &OK);
        assert_eq!(selection.file(), None);
    }

    #[test]
    fn what_was_refused_has_selected_nothing_and_what_is_unknown_is_no_application() {
        let mut selection = Selection::default();
        selection.follow(SELECT_JPKI, &[0x6A, 0x82]);
        assert_eq!(selection, Selection::default());
        selection.follow(SELECT_JPKI, &OK);
        selection.follow(b"\x00\xA4\x04\x00\x02\x3F\x00", &OK);
        assert_eq!(selection, Selection::default());
    }
}
