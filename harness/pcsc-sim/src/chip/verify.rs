//! VERIFY and the two commands that change what it compares with.

use super::apdu::{Apdu, Command};
use super::reference::Reference;
use super::{Answer, Chip};
use crate::pin::LONGEST_ENTRY;
use crate::profile::{Change, File, FileId};
use crate::status::StatusWord;

impl Chip {
    /// With an entry: compares, and moves the counter. Without: how many are left.
    ///
    /// The card compares bytes. An entry of 16 bytes or fewer that could never be a PIN is simply
    /// wrong and costs a try; a longer one is no entry at all. A wrong entry takes back what an
    /// earlier correct one allowed.
    pub(super) fn verify(&mut self, apdu: &Apdu<'_>) -> Answer {
        if apdu.p1 != 0x00 {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        let (id, file) = self.file_by_p2(apdu.p2)?;
        let reference = self.reference(id, file)?;
        if apdu.data.is_empty() {
            return Err(reference.left());
        }
        if apdu.data.len() > LONGEST_ENTRY {
            return Err(StatusWord::WRONG_LENGTH);
        }
        let status = reference.verify(apdu.data);
        self.security.set_verified(id, status.is_ok());
        if status.is_ok() { Ok(Vec::new()) } else { Err(status) }
    }

    /// CHANGE REFERENCE DATA (`00 24`, P1 `01`) or CHANGE KEY (`80 32`, P1 `00`), whichever the
    /// application has; a new entry alone, after the old one was verified. It fills the counter.
    ///
    /// Which word refuses the wrong one of the two, and a reference that nobody can change, is not
    /// known: `6985` is assumed.
    pub(super) fn change(&mut self, apdu: &Apdu<'_>) -> Answer {
        let (change, p1) = match apdu.command {
            Command::ChangeKey => (Change::Key, 0x00),
            _ => (Change::ReferenceData, 0x01),
        };
        if apdu.p1 != p1 {
            return Err(StatusWord::WRONG_PARAMETERS);
        }
        let (id, file) = self.file_by_p2(apdu.p2)?;
        let known = self.application()?.change == change;
        let verified = self.security.is_verified(id);
        let reference = self.reference(id, file)?;
        let form = reference.changes_to().filter(|_| known);
        let form = form.ok_or(StatusWord::CONDITIONS_NOT_SATISFIED)?;
        if reference.is_blocked() {
            return Err(StatusWord::REFERENCE_BLOCKED);
        }
        if !verified {
            return Err(StatusWord::SECURITY_STATUS_NOT_SATISFIED);
        }
        if apdu.data.is_empty() || apdu.data.len() > LONGEST_ENTRY {
            return Err(StatusWord::WRONG_LENGTH);
        }
        let fits = std::str::from_utf8(apdu.data).ok().filter(|_| form.fits(apdu.data));
        let entry = fits.ok_or(StatusWord::WRONG_DATA)?;
        if let Some(pin) = &mut reference.pin {
            pin.change(entry);
        }
        Ok(Vec::new())
    }

    /// The reference in a file of the selected application.
    fn reference(&mut self, id: FileId, file: &File) -> Result<&mut Reference, StatusWord> {
        if !matches!(file, File::Secret { .. }) {
            return Err(StatusWord::FILE_STRUCTURE);
        }
        let selected = self.selected;
        let mut references = self.references.iter_mut();
        let found =
            references.find(|known| Some(known.application) == selected && known.file == id);
        found.ok_or(StatusWord::NO_CURRENT_FILE)
    }
}
