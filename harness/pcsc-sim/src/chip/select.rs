//! SELECT: an application by its identifier or the beginning of it, a file by its own.

use super::apdu::Apdu;
use super::security::Security;
use super::{Answer, Chip};
use crate::profile::{FileId, Remembered};
use crate::status::StatusWord;

/// The longest application identifier, bytes.
const LONGEST_AID: usize = 16;

impl Chip {
    /// No file control information comes back, whether P2 asks for it (`00`) or not (`0C`).
    pub(super) fn select(&mut self, apdu: &Apdu<'_>) -> Answer {
        if !matches!(apdu.p2, 0x00 | 0x0C) {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        match apdu.p1 {
            0x00 => self.select_master_file(apdu),
            0x02 => self.select_file(apdu),
            0x04 => self.select_application(apdu),
            _ => Err(StatusWord::WRONG_PARAMETERS),
        }
    }

    /// The first application whose identifier begins with what was sent. One that is not there
    /// leaves the selection alone.
    fn select_application(&mut self, apdu: &Apdu<'_>) -> Answer {
        if apdu.data.is_empty() || apdu.data.len() > LONGEST_AID {
            return Err(StatusWord::WRONG_LENGTH);
        }
        let applications = self.profile.applications();
        let found = applications.iter().position(|known| known.aid.starts_with(apdu.data));
        if found.is_none() && !self.profile.card_manager().starts_with(apdu.data) {
            return Err(StatusWord::FILE_NOT_FOUND);
        }
        self.selected = found;
        self.file = None;
        self.security = match found {
            // Selecting the same application again does not dependably clear its status.
            Some(place)
                if self.security.of == Some(place)
                    && self.status_life.reselect == Remembered::Keep =>
            {
                std::mem::take(&mut self.security)
            }
            Some(place) => Security::fresh(place),
            None => Security::default(),
        };
        Ok(Vec::new())
    }

    fn select_file(&mut self, apdu: &Apdu<'_>) -> Answer {
        let application = self.application()?;
        let id: [u8; 2] = apdu.data.try_into().map_err(|_| StatusWord::WRONG_LENGTH)?;
        let id = FileId::new(u16::from_be_bytes(id)).ok_or(StatusWord::FILE_NOT_FOUND)?;
        if !application.files.contains_key(&id) {
            return Err(StatusWord::FILE_NOT_FOUND);
        }
        self.file = Some(id);
        Ok(Vec::new())
    }

    /// The master file cannot be selected again. Within an application the card says that it was,
    /// and stays where it is.
    fn select_master_file(&self, apdu: &Apdu<'_>) -> Answer {
        match (apdu.data.is_empty(), self.selected) {
            (false, _) => Err(StatusWord::FILE_NOT_FOUND),
            (true, None) => Err(StatusWord::WRONG_PARAMETERS),
            (true, Some(_)) => Ok(Vec::new()),
        }
    }
}
