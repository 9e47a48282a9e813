//! What is wrong with a claim file, and where.

use std::fmt;

use serde::Serialize;

use super::spec::RecordSpec;
use crate::coded::coded;
use crate::lang::{Bilingual, Lang};

coded! {
    /// The rules of the register on the form of a file, by their ids.
    FormRule {
        /// Encoding, line ends and limits.
        Bytes = "CLM-060",
        /// Dates and months.
        Dates = "CLM-061",
        /// The number of items, and what they hold.
        Items = "CLM-062",
        /// The records of a medical file and their order.
        MedicalOrder = "CLM-063",
        /// The same for other files.
        OtherOrder = "CLM-064",
        /// The columns of an insurer number.
        Columns = "ELIG-050",
    }
}

/// Why bytes are not a claim file, or why a claim file cannot become bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ClaimError {
    /// The rule that is broken.
    pub rule: FormRule,
    /// The record's number in the file, from 1.
    pub line: usize,
    /// The record id (`HO`), empty where the line has none.
    pub record: Box<str>,
    /// The item number as the specification counts, the record id being item 1.
    pub item: Option<usize>,
    /// The item table of the record, where there is one.
    #[serde(skip)]
    pub spec: Option<&'static RecordSpec>,
    /// The byte of the file at fault, from 0: the first one of the item if one is named, or the
    /// very byte where it is a matter of bytes, else the first one of the record.
    pub byte: usize,
    /// What is wrong, as a clause without a full stop.
    pub problem: Bilingual,
}

impl ClaimError {
    /// What the item at fault is called, if one is and its record has a table.
    pub fn name(&self) -> Option<Bilingual> {
        self.spec?.name(self.item?)
    }

    /// The same error as a breach of `rule`.
    pub(super) fn under(self, rule: FormRule) -> Self {
        Self { rule, ..self }
    }

    /// Place and problem as one sentence.
    pub fn text(&self) -> Bilingual {
        Bilingual::new(self.sentence(Lang::Ja), self.sentence(Lang::En))
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { line, record, byte, problem, .. } = self;
        let problem = problem.pick(lang);
        let item = self.item.map(|item| {
            let name = self.name();
            match (lang, name.as_ref().map(|name| name.pick(lang))) {
                (Lang::Ja, Some(name)) => format!("項目{item}「{name}」"),
                (Lang::Ja, None) => format!("項目{item}"),
                (Lang::En, Some(name)) => format!(", item {item} “{name}”"),
                (Lang::En, None) => format!(", item {item}"),
            }
        });
        let item = item.unwrap_or_default();
        match (lang, record.is_empty()) {
            (Lang::Ja, true) => format!("{line}行目{item}（{byte}バイト目）：{problem}。"),
            (Lang::Ja, false) => {
                format!("{line}行目 {record}レコード{item}（{byte}バイト目）：{problem}。")
            }
            (Lang::En, true) => format!("Line {line}{item} (byte {byte}): {problem}."),
            (Lang::En, false) => {
                format!("Line {line}, record {record}{item} (byte {byte}): {problem}.")
            }
        }
    }
}

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for ClaimError {}

/// A problem in Japanese and English, as a clause without a full stop.
pub(super) type Problem = (&'static str, &'static str);

/// Where a record stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct At {
    /// The record's number in the file, from 1.
    pub line: usize,
    /// The byte of the file it starts at.
    pub byte: usize,
    /// Its id, `None` where it has none.
    pub id: Option<[u8; 2]>,
}

impl At {
    /// An error about the whole record, as a breach of CLM-062.
    pub fn error(self, problem: Bilingual) -> ClaimError {
        let id = self.id.unwrap_or_default();
        let record =
            if self.id.is_some() { id.map(char::from).iter().collect() } else { Box::default() };
        let (item, spec, byte) = (None, None, self.byte);
        ClaimError { rule: FormRule::Items, line: self.line, record, item, spec, byte, problem }
    }
}

/// The faults found so far, up to a limit.
#[derive(Debug)]
pub(super) struct Faults {
    list: Vec<ClaimError>,
    limit: usize,
}

impl Faults {
    pub fn up_to(limit: usize) -> Self {
        Self { list: Vec::new(), limit }
    }

    pub fn push(&mut self, fault: ClaimError) {
        if !self.full() {
            self.list.push(fault);
        }
    }

    /// Whether no more are taken: there is no use in reading on.
    pub fn full(&self) -> bool {
        self.list.len() >= self.limit
    }

    pub fn count(&self) -> usize {
        self.list.len()
    }

    pub fn into_list(self) -> Vec<ClaimError> {
        self.list
    }
}
