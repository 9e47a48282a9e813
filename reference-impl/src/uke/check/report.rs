//! Collects what was found.

use std::collections::BTreeSet;

use memchr::{memchr, memchr_iter};
use serde::Serialize;

use super::{MAX_FINDINGS, lengths};
use crate::lang::Bilingual;
use crate::uke::{Form, Found, Place, Reading};

/// One fault of a claim file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// The rule the file breaks.
    pub rule: &'static str,
    /// Which receipt of the file it is in, counted from 1; none for what stands around them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<u32>,
    /// The record's number in the file, from 1.
    pub line: usize,
    /// The record id, empty where the line has none.
    pub record: String,
    /// The item, the record id being item 1; none if the fault is that of the whole record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    /// What the item is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
    /// The byte of the file at which the item or the record starts, from 0.
    pub byte: usize,
    /// What is wrong and what would be right, as a clause without a full stop.
    pub text: Bilingual,
}

/// What an item of the medical form is called in the others.
const ELSEWHERE: [(&str, &[&str]); 6] = [
    ("医療機関コード", &["薬局コード", "訪問看護ステーションコード"]),
    ("診療年月", &["調剤年月", "指定訪問看護年月"]),
    ("レセプト特記事項", &["レセプト特記"]),
    ("診療実日数", &["実日数"]),
    ("負担金額（医療保険）", &["一部負担金", "一部負担金額"]),
    ("負担金額（公費）", &["一部負担金額"]),
];

/// Where something is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Spot {
    id: [u8; 2],
    place: Option<Place>,
    item: Option<(&'static str, usize)>,
}

impl Spot {
    /// The record with this id at this place.
    pub fn of(id: &str, place: Option<Place>) -> Self {
        let id = id.as_bytes().try_into().unwrap_or_default();
        Self { id, place, item: None }
    }

    /// The record, if there is one and nothing in it is at fault.
    pub fn reliable(self) -> Option<Self> {
        self.place.is_some_and(|place| !place.faulty).then_some(self)
    }

    /// Its item with this Japanese name in the item tables, or the name that another form has for
    /// it.
    #[must_use]
    pub fn item(self, ja: &'static str) -> Self {
        self.nth(ja, 1)
    }

    /// The same for an item that is repeated: `#` in the name stands for `number`.
    #[must_use]
    pub fn nth(self, ja: &'static str, number: usize) -> Self {
        Self { item: Some((ja, number)), ..self }
    }

    /// The record's number in the file.
    pub fn line(self) -> usize {
        self.place.map_or(1, |place| place.line)
    }
}

/// The findings so far.
pub(super) struct Report<'a> {
    bytes: &'a [u8],
    form: Form,
    findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    pub fn of(bytes: &'a [u8], form: Form) -> Self {
        Self { bytes, form, findings: Vec::new() }
    }

    /// The form of the file.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Whether no more is taken.
    pub fn is_full(&self) -> bool {
        self.findings.len() >= MAX_FINDINGS
    }

    /// Notes that `spot` breaks `rule`.
    pub fn add(
        &mut self,
        rule: &'static str,
        spot: Spot,
        ja: impl Into<String>,
        en: impl Into<String>,
    ) {
        if self.is_full() {
            return;
        }
        let record: String = spot.id.iter().copied().map(char::from).collect();
        let start = spot.place.map_or(0, |place| place.byte);
        let item = spot.item.and_then(|(name, number)| self.number_of(&record, name, number));
        debug_assert_eq!(spot.item.is_some(), item.is_some(), "{record} {:?}", spot.item);
        let (item, name) = item.unzip();
        self.findings.push(Finding {
            rule,
            receipt: None,
            line: spot.line(),
            byte: item.map_or(start, |item| item_byte(self.bytes, start, item)),
            record,
            item,
            name,
            text: Bilingual::new(ja, en),
        });
    }

    /// Notes that item `item` of the record at `start` breaks `rule`.
    pub fn add_item(
        &mut self,
        rule: &'static str,
        (line, start): (usize, usize),
        (record, item): (&str, usize),
        text: Bilingual,
    ) {
        if self.is_full() {
            return;
        }
        let name = self.form.spec(record).and_then(|spec| spec.name(item));
        let byte = item_byte(self.bytes, start, item);
        let (record, receipt, item) = (record.to_owned(), None, Some(item));
        self.findings.push(Finding { rule, receipt, line, record, item, name, byte, text });
    }

    fn number_of(&self, record: &str, ja: &str, number: usize) -> Option<(usize, Bilingual)> {
        let here = ja.replace('#', &number.to_string());
        let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == ja);
        let others = elsewhere.map_or(&[][..], |(_, others)| *others);
        let is = |name: &Bilingual| name.ja == here || others.contains(&name.ja.as_str());
        let spec = self.form.spec(record)?;
        (2..=spec.items).find_map(|item| Some((item, spec.name(item).filter(is)?)))
    }

    /// Everything found, with the faults of the form, in the order of the file.
    pub fn into_findings(mut self, reading: &Reading) -> Vec<Finding> {
        self.findings.extend(reading.faults.iter().map(|fault| Finding {
            rule: fault.rule.code(),
            receipt: None,
            line: fault.line,
            record: fault.record.to_string(),
            item: fault.item,
            name: fault.name(),
            byte: fault.byte,
            text: fault.problem.clone(),
        }));
        // Of an item that is wrong anyway, the length is the same fault once more.
        let wrong: BTreeSet<_> = (self.findings.iter())
            .filter(|finding| finding.rule != lengths::RULE)
            .map(|finding| (finding.line, finding.item))
            .collect();
        let told =
            |it: &Finding| wrong.contains(&(it.line, it.item)) || wrong.contains(&(it.line, None));
        self.findings.retain(|finding| finding.rule != lengths::RULE || !told(finding));
        for finding in &mut self.findings {
            finding.receipt = receipt_at(reading, finding.line);
        }
        self.findings
            .sort_by_key(|finding| (finding.line, finding.item, finding.byte, finding.rule));
        self.findings
    }
}

/// Which receipt the line is in; none for what stands around the receipts.
fn receipt_at(reading: &Reading, line: usize) -> Option<u32> {
    let starts = |found: &Found| found.places.first().is_some_and(|place| place.line <= line);
    let number = reading.receipts.partition_point(starts);
    let total = reading.total.as_ref().map(|(_, place)| place.line);
    let behind = !reading.total_first && total.is_some_and(|total| line >= total);
    if behind { None } else { u32::try_from(number).ok().filter(|number| *number > 0) }
}

/// The byte at which item `item` of the record at `start` begins.
fn item_byte(bytes: &[u8], start: usize, item: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let record = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
    let comma = item.checked_sub(2).and_then(|before| memchr_iter(b',', record).nth(before));
    start + comma.map_or(0, |comma| comma + 1)
}
