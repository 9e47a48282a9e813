//! READ BINARY and READ RECORD, and the bytes that files are made of.

use std::sync::Arc;

use super::apdu::Apdu;
use super::{Answer, Chip};
use crate::profile::{Content, File, FileId};
use crate::status::StatusWord;
use crate::{content, pki};

/// What follows the content of a file up to its size.
const FILLER: u8 = 0xFF;

/// The files that were read so far, with their bytes: certificates and signed files are worked out
/// when somebody wants them, and then once.
///
/// They follow from the holder. So two cards are equal whatever was read from them.
#[derive(Clone, Default)]
pub(super) struct Kept(Vec<(usize, FileId, Arc<[u8]>)>);

impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Kept {}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({} files)", self.0.len())
    }
}

impl Kept {
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }

    fn find(&self, application: usize, file: FileId) -> Option<Arc<[u8]>> {
        let mut kept = self.0.iter();
        let (.., bytes) = kept.find(|(of, id, _)| (*of, *id) == (application, file))?;
        Some(Arc::clone(bytes))
    }
}

impl Chip {
    /// P1 and P2 are an offset into the current file, or `80` with a short identifier and an
    /// offset of one byte. The card gives what is left if more is asked for.
    pub(super) fn read_binary(&mut self, apdu: &Apdu<'_>) -> Answer {
        let (short, offset) = match apdu.p1 {
            p1 if p1 & 0x80 == 0 => (0, usize::from(p1) << 8 | usize::from(apdu.p2)),
            p1 if p1 & 0x60 == 0 => (p1 & 0x1F, usize::from(apdu.p2)),
            _ => return Err(StatusWord::WRONG_PARAMETERS),
        };
        let most = apdu.expected.filter(|_| apdu.data.is_empty());
        let most = most.ok_or(StatusWord::WRONG_LENGTH)?;
        let (id, file) = self.file_by_short_id(short)?;
        let File::Transparent { content, size, read } = file else {
            return Err(StatusWord::FILE_STRUCTURE);
        };
        self.allow(read)?;
        let bytes = self.bytes(id, *content, *size);
        let left = bytes.get(offset..).filter(|left| !left.is_empty());
        let left = left.ok_or(StatusWord::WRONG_OFFSET)?;
        Ok(answered(&left[..left.len().min(most)]))
    }

    /// P1 is the number of the record, P2 `04` for the current file or with a short identifier in
    /// its first five bits. Several records at once (`05`) are not provided.
    pub(super) fn read_record(&mut self, apdu: &Apdu<'_>) -> Answer {
        match apdu.p2 & 0x07 {
            0x04 => {}
            0x05 => return Err(StatusWord::FUNCTION_NOT_SUPPORTED),
            _ => return Err(StatusWord::WRONG_PARAMETERS),
        }
        let most = apdu.expected.filter(|_| apdu.data.is_empty());
        let most = most.ok_or(StatusWord::WRONG_LENGTH)?;
        let (id, file) = self.file_by_short_id(apdu.p2 >> 3)?;
        let File::Records { records } = file else {
            return Err(StatusWord::FILE_STRUCTURE);
        };
        if apdu.p1 != 1 {
            return Err(StatusWord::RECORD_NOT_FOUND);
        }
        let record = self.bytes(id, *records, 0);
        exactly(&record, most)
    }

    /// The bytes of a file of the selected application, worked out at their first use.
    fn bytes(&mut self, id: FileId, content: Content, size: usize) -> Arc<[u8]> {
        let application = self.selected.unwrap_or_default();
        self.kept.find(application, id).unwrap_or_else(|| {
            let mut bytes = self.written(content);
            let size = bytes.len().max(size);
            bytes.resize(size, FILLER);
            let bytes: Arc<[u8]> = bytes.into();
            self.kept.0.push((application, id, Arc::clone(&bytes)));
            bytes
        })
    }

    fn written(&self, content: Content) -> Vec<u8> {
        let holder = &self.holder;
        match content {
            Content::SignatureCertificate => pki::issue_signature(holder).unwrap_or_default(),
            Content::SignatureCa => pki::signature_ca().to_vec(),
            Content::AuthenticationCertificate => pki::issue_authentication(holder),
            Content::AuthenticationCa => pki::authentication_ca().to_vec(),
            Content::TokenInfo => {
                content::token_info(self.profile.carrier(), &holder.card_number()).to_vec()
            }
            Content::CertificatesPresent => content::certificates_present(holder).to_vec(),
            Content::AgeRecord => content::age_record(holder),
            Content::CardFace => content::card_face(holder),
            Content::SurfaceBasicInfo => content::surface_basic_info(holder),
            Content::SurfaceCertificate => content::surface_certificate(holder),
            Content::NumberImage => content::number_image(),
            Content::Number => content::number(holder),
            Content::Attributes => content::attributes(holder),
            Content::Integrity => content::integrity(holder),
            Content::TextCertificate => content::text_certificate(holder),
            Content::TextBasicInfo => content::text_basic_info(),
            Content::SessionPublicKey => content::session_public_key(),
            Content::SignedPublicKey => content::signed_public_key(),
            Content::CommonRecord => content::common_record(holder),
            Content::KeyReferenceRecord => content::key_reference_record(),
            Content::Unknown => vec![FILLER; 16],
        }
    }
}

/// The data of an answer, with room for the status word.
pub(super) fn answered(data: &[u8]) -> Vec<u8> {
    let mut answer = Vec::with_capacity(data.len() + 2);
    answer.extend_from_slice(data);
    answer
}

/// All of it or nothing: `6Cxx` says how much there is.
pub(super) fn exactly(data: &[u8], most: usize) -> Answer {
    match u8::try_from(data.len()) {
        Ok(length) if data.len() > most => Err(StatusWord::exact_length(length)),
        _ if data.len() > most => Err(StatusWord::WRONG_LENGTH),
        _ => Ok(answered(data)),
    }
}
