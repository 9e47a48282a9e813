//! File names (section 1.2): `<system><si|mu><function><NN><req|res>_<free part>.xml`.

use serde::{Deserialize, Serialize};

use super::bulk::BulkKind;
use crate::calendar::Jst;
use crate::ids::InstitutionCode;

const EXTENSION: &str = ".xml";
const FACE_PREFIX: &str = "OQSsiquc01res_face_";

/// The message families that are simulated (section 2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// `OQSsiquc01`: eligibility of one patient (OQS-IF-001 and 002).
    Confirmation,
    /// `YZKsiquc01`: drug and care information of one patient (YZK-IF-001 and 002).
    Records,
    /// `TKKsiquc01`: health check-ups of one patient.
    CheckUps,
    /// `OQSsiimm01`: registration of a reference number (OQS-IF-003 and 004).
    ReferenceNumber,
    /// `OQSmu…01`: a bulk job is handed in.
    BulkUpload(BulkKind),
    /// `OQSmu…02`: the result of a bulk job is asked for.
    BulkDownload(BulkKind),
}

impl Family {
    /// Every family.
    pub const ALL: &'static [Self] = &[
        Self::Confirmation,
        Self::Records,
        Self::CheckUps,
        Self::ReferenceNumber,
        Self::BulkUpload(BulkKind::Confirmation),
        Self::BulkUpload(BulkKind::HomeVisit),
        Self::BulkUpload(BulkKind::OnlineCare),
        Self::BulkUpload(BulkKind::Tickets),
        Self::BulkDownload(BulkKind::Confirmation),
        Self::BulkDownload(BulkKind::HomeVisit),
        Self::BulkDownload(BulkKind::OnlineCare),
        Self::BulkDownload(BulkKind::Tickets),
    ];

    /// System, mode, function and step, as file names begin.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Confirmation => "OQSsiquc01",
            Self::Records => "YZKsiquc01",
            Self::CheckUps => "TKKsiquc01",
            Self::ReferenceNumber => "OQSsiimm01",
            Self::BulkUpload(BulkKind::Confirmation) => "OQSmuquc01",
            Self::BulkUpload(BulkKind::HomeVisit) => "OQSmuhvq01",
            Self::BulkUpload(BulkKind::OnlineCare) => "OQSmuonq01",
            Self::BulkUpload(BulkKind::Tickets) => "OQSmutic01",
            Self::BulkDownload(BulkKind::Confirmation) => "OQSmuquc02",
            Self::BulkDownload(BulkKind::HomeVisit) => "OQSmuhvq02",
            Self::BulkDownload(BulkKind::OnlineCare) => "OQSmuonq02",
            Self::BulkDownload(BulkKind::Tickets) => "OQSmutic02",
        }
    }

    /// The family of an answer, if a file has the name of one.
    pub fn of_answer(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|family| {
            name.strip_prefix(family.prefix()).is_some_and(|rest| rest.starts_with("res_"))
        })
    }
}

/// The name of a request file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct RequestName {
    /// The message family.
    pub family: Family,
    /// The part the institution chose; answers repeat it.
    pub free: String,
}

impl RequestName {
    /// Reads a file name; `None` for everything the terminal leaves alone: temporary
    /// names, other extensions, other families, and paths instead of names.
    pub fn parse(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(EXTENSION)?;
        let (family, free) = Family::ALL.iter().find_map(|family| {
            let free = stem.strip_prefix(family.prefix())?.strip_prefix("req_")?;
            Some((*family, free))
        })?;
        let is_name = !free.is_empty() && !free.contains(['/', '\\', ':']);
        is_name.then(|| Self { family, free: free.to_owned() })
    }

    /// The name of the request file itself. A refused request is put back under this name
    /// beside its error file (section 1.5).
    pub fn file_name(&self) -> String {
        self.with("req", EXTENSION)
    }

    /// The name of the answer: `res` instead of `req`.
    pub fn answer_name(&self) -> String {
        self.with("res", EXTENSION)
    }

    /// The name of the error file, which keeps `req` (section 1.5).
    pub fn error_name(&self) -> String {
        self.with("req", ".err")
    }

    fn with(&self, direction: &str, extension: &str) -> String {
        format!("{}{direction}_{}{extension}", self.family.prefix(), self.free)
    }
}

/// The name of a result pushed by the card reader. The 30-character id is the institution
/// code and 20 hexadecimal characters, here a `sequence` instead of something random.
pub fn face_name(institution: &InstitutionCode, sequence: u64, at: Jst) -> String {
    format!("{FACE_PREFIX}{institution}{sequence:020x}_{}{EXTENSION}", at.compact())
}

/// When a face result was written: the 14 digits at the end of its name, as consumers read
/// it. `None` for every other file.
pub fn face_time(name: &str) -> Option<Jst> {
    let stem = name.strip_prefix(FACE_PREFIX)?.strip_suffix(EXTENSION)?;
    Jst::from_compact(stem.rsplit_once('_')?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_named_like_its_request_with_res_for_req() {
        let name = RequestName::parse("OQSsiquc01req_202611200001.xml").unwrap();
        assert_eq!(name.family, Family::Confirmation);
        assert_eq!(name.file_name(), "OQSsiquc01req_202611200001.xml");
        assert_eq!(name.answer_name(), "OQSsiquc01res_202611200001.xml");
        assert_eq!(name.error_name(), "OQSsiquc01req_202611200001.err");
        let records = RequestName::parse("YZKsiquc01req_022611200915_1.xml").unwrap();
        assert_eq!(records.answer_name(), "YZKsiquc01res_022611200915_1.xml");
    }

    #[test]
    fn the_two_steps_of_a_bulk_job_are_two_families() {
        for family in Family::ALL {
            let name = RequestName { family: *family, free: "1".to_owned() };
            assert_eq!(RequestName::parse(&name.file_name()).as_ref(), Some(&name));
            assert_eq!(Family::of_answer(&name.answer_name()), Some(*family));
            assert_eq!(Family::of_answer(&name.file_name()), None);
        }
        let download = RequestName::parse("OQSmuhvq02req_202611200007.xml").unwrap();
        assert_eq!(download.family, Family::BulkDownload(BulkKind::HomeVisit));
        assert_eq!(download.answer_name(), "OQSmuhvq02res_202611200007.xml");
    }

    #[test]
    fn a_free_part_that_repeats_req_is_left_as_it_is() {
        let name = RequestName::parse("OQSsiquc01req_req_1.xml").unwrap();
        assert_eq!(name.answer_name(), "OQSsiquc01res_req_1.xml");
    }

    #[test]
    fn names_that_are_no_requests_are_left_alone() {
        for name in [
            "OQSsiquc01req_1.xml.tmp",
            "OQSsiquc01req_1.tmp",
            "~OQSsiquc01req_1.xml",
            "OQSsiquc01res_1.xml",
            "OQSmuquc03req_1.xml",
            "OQSmuquc01req_1.zip",
            "OQSsiquc01req_.xml",
            "OQSsiquc01req_../1.xml",
            "desktop.ini",
            "",
        ] {
            assert_eq!(RequestName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_face_name_carries_a_thirty_character_id_and_the_time() {
        let at = Jst::from_compact("20261120091500").unwrap();
        let name = face_name(&InstitutionCode::from("1319990001"), 0xabc, at);
        assert_eq!(name, "OQSsiquc01res_face_131999000100000000000000000abc_20261120091500.xml");
        assert_eq!(face_time(&name), Some(at));
        assert_eq!(face_time("OQSsiquc01res_20261120091500.xml"), None);
    }
}
