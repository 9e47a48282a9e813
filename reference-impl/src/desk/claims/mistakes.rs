//! Mistakes of a receipt computer: what can be wrong in a claim file, made on purpose, so that
//! whoever checks the file can be seen to find it. Each is made in the bytes, because most of
//! them are what no writer of ours would write.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Month;
use crate::lang::Bilingual;
use crate::wire::Charset;
use crate::wire::charset::encode;

/// A mistake in the file of a month of service, on somebody's receipt where it is about one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MistakeIn {
    /// What.
    pub what: ClaimMistake,
    /// The month of service.
    pub month: Month,
    /// Kana name and birth date of the patient whose receipt it is; the first receipt, if none
    /// is named.
    pub of: Option<(String, Date)>,
}

macro_rules! mistakes {
    ($($name:ident = $word:literal : $ja:literal, $en:literal;)*) => {
        /// What can be wrong in a claim file.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        pub enum ClaimMistake {
            $(#[doc = $en] #[serde(rename = $word)] $name),*
        }

        impl ClaimMistake {
            /// All of them, in the order in which they are listed for authors.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As written in a scenario.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// What it does, for authors.
            pub fn effect(self) -> Bilingual {
                match self { $(Self::$name => Bilingual::new($ja, $en)),* }
            }
        }
    };
}

mistakes! {
    WrongCheckDigit = "wrong-check-digit":
        "保険者番号の検証番号が違う。", "The last digit of the insurer number is another one.";
    WrongNumber = "wrong-number":
        "番号の最後の桁が違う。", "The last digit of the insured number (番号) is another one.";
    WrongSymbol = "wrong-symbol":
        "記号に余分な「9」が付く。", "The symbol (記号) has a 9 too many.";
    NoBranch = "no-branch":
        "枝番がない。", "The branch number (枝番) is missing.";
    NoSn = "no-sn":
        "資格確認レコード（SN）がない。", "The SN record is missing.";
    NoPayer = "no-payer":
        "保険者レコード（HO）がない。", "The HO record is missing.";
    NoPublicPayer = "no-public-payer":
        "レセプト種別は公費の併用を示すが、公費レコード（KO）がない。",
        "The kind of the receipt counts a public-expense payer, but there is no KO record.";
    WrongKind = "wrong-kind":
        "レセプト種別の患者の区分が違う。", "The kind of the receipt is that of another age.";
    WrongPoints = "wrong-points":
        "合計点数が10点多い。", "The total of the receipt is 10 points too high, in HO and in GO.";
    WrongDays = "wrong-days":
        "診療実日数が1日多い。", "HO counts one day more than there were.";
    MonthToCome = "month-to-come":
        "診療年月が請求年月と同じである。", "The month of service is the month of claiming.";
    WrongReceiptNumber = "wrong-receipt-number":
        "レセプト番号が1つ飛ぶ。", "The number of the receipt skips one.";
    DuplicateReceipt = "duplicate-receipt":
        "同じレセプトがもう1件ある。", "The same receipt stands in the file a second time.";
    WrongTotal = "wrong-total":
        "診療報酬請求書（GO）の件数が1件多い。", "GO counts one receipt too many.";
    LastMonthsFile = "last-months-file":
        "請求年月が前の月である。", "The month of claiming is the one before.";
    OtherBody = "other-body":
        "医療機関情報（IR）の審査支払機関が逆である。", "IR names the other review body.";
    OneBodyForAll = "one-body-for-all":
        "すべてのレセプトを支払基金のファイルに入れる。",
        "All receipts go into the file for SIIF, whoever insures.";
    Truncated = "truncated":
        "ファイルが途中で切れる。", "The file ends in the middle of a record.";
    NotShiftJis = "not-shift-jis":
        "医療機関名が UTF-8 で書かれる。", "The name of the institution is written in UTF-8.";
    BareLineFeeds = "bare-line-feeds":
        "レコードの終わりに CR がない。", "Records end in LF without CR.";
    WrongOrder = "wrong-order":
        "受診日等レコード（JD）が資格確認レコード（SN）の前にある。", "JD stands before SN.";
    NulBytes = "nul-bytes":
        "患者の氏名に NUL の文字がある。", "There is a NUL byte in the name of the patient.";
}

impl MistakeIn {
    pub(super) fn is(&self, what: ClaimMistake, month: Month) -> bool {
        self.what == what && self.month == month
    }

    /// The bytes of a claim file with the mistake in them.
    pub(super) fn make(&self, bytes: Vec<u8>) -> Vec<u8> {
        use ClaimMistake as M;
        match self.what {
            M::Truncated => bytes[..bytes.len().saturating_sub(6)].to_vec(),
            M::BareLineFeeds => bytes.into_iter().filter(|byte| *byte != b'\r').collect(),
            // What goes into which file was decided before.
            M::OneBodyForAll => bytes,
            _ => {
                let mut records = Records::of(&bytes);
                self.change(&mut records);
                records.bytes()
            }
        }
    }

    fn change(&self, records: &mut Records) {
        use ClaimMistake as M;
        let mine = records.receipt(self.of.as_ref());
        match self.what {
            M::OtherBody => records.item(0, 2, |item| {
                *item = if item == b"1" { b"2".to_vec() } else { b"1".to_vec() };
            }),
            M::LastMonthsFile => {
                let month = self.month.compact().into_bytes();
                records.item(0, 8, |item| *item = month);
            }
            // Three bytes: the last of them leads a character that the comma cannot end.
            M::NotShiftJis => records.item(0, 7, |item| *item = "見".as_bytes().to_vec()),
            M::WrongTotal => records.add("GO", 2, 1),
            _ => {
                let Some(mine) = mine else { return };
                self.change_receipt(records, mine);
            }
        }
    }

    fn change_receipt(&self, records: &mut Records, mine: std::ops::Range<usize>) {
        use ClaimMistake as M;
        let find = |records: &Records, id: &str| records.find(mine.clone(), id);
        let (re, ho) = (mine.start, find(records, "HO"));
        let (sn, jd) = (find(records, "SN"), find(records, "JD"));
        match self.what {
            M::WrongCheckDigit => records.item_of(ho, 2, |item| next_digit(item)),
            M::WrongNumber => records.item_of(ho, 4, |item| next_digit(item)),
            M::WrongSymbol => records.item_of(ho, 3, |item| item.push(b'9')),
            M::NoBranch => records.item_of(sn, 7, Vec::clear),
            M::NoSn => records.remove(sn),
            M::NoPayer => records.remove(ho),
            M::NoPublicPayer => records.item(re, 3, |kind| {
                if let Some(payers) = kind.get_mut(2) {
                    *payers += 1;
                }
            }),
            M::WrongKind => records.item(re, 3, |kind| {
                if let Some(person) = kind.last_mut() {
                    *person = if *person == b'8' { b'2' } else { b'8' };
                }
            }),
            M::WrongPoints => {
                records.item_of(ho, 6, |item| add(item, 10));
                records.add("GO", 3, 10);
            }
            M::WrongDays => records.item_of(ho, 5, |item| add(item, 1)),
            M::MonthToCome => {
                let month = records.get(0, 8);
                records.item(re, 4, |item| *item = month);
            }
            M::WrongReceiptNumber => records.item(re, 2, |item| add(item, 1)),
            M::DuplicateReceipt => records.repeat(mine),
            M::WrongOrder => records.swap(sn, jd),
            M::NulBytes => records.item(re, 5, |item| item.push(0)),
            _ => {}
        }
    }
}

/// The last digit becomes the next one.
fn next_digit(item: &mut [u8]) {
    if let Some(last) = item.last_mut().filter(|byte| byte.is_ascii_digit()) {
        *last = if *last == b'9' { b'0' } else { *last + 1 };
    }
}

/// A number becomes so much larger.
fn add(item: &mut Vec<u8>, more: u64) {
    let number = std::str::from_utf8(item).ok().and_then(|text| text.parse::<u64>().ok());
    *item = (number.unwrap_or(0) + more).to_string().into_bytes();
}

/// The bytes of a claim file as records of items. No comma and no line end is part of a character
/// of Shift_JIS, so that bytes can be split at them.
struct Records(Vec<Vec<Vec<u8>>>);

impl Records {
    fn of(bytes: &[u8]) -> Self {
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let items = |line: &[u8]| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            line.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect()
        };
        Self(lines.map(items).collect())
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|record| [record.join(&b','), b"\r\n".to_vec()].concat()).collect()
    }

    fn is(&self, record: usize, id: &str) -> bool {
        self.0.get(record).and_then(|items| items.first()).is_some_and(|item| item == id.as_bytes())
    }

    /// The records of somebody's receipt, from its RE on; of the first one, if nobody is named.
    fn receipt(&self, of: Option<&(String, Date)>) -> Option<std::ops::Range<usize>> {
        let kana = of.map(|(kana, _)| encode(kana, Charset::ShiftJis).unwrap_or_default());
        let born = of.map(|(_, born)| crate::calendar::compact(*born).into_bytes());
        let is_it = |record: &usize| {
            self.is(*record, "RE")
                && kana.as_ref().is_none_or(|kana| self.get(*record, 37) == *kana)
                && born.as_ref().is_none_or(|born| self.get(*record, 7) == *born)
        };
        let start = (0..self.0.len()).find(is_it)?;
        let ends = |record: &usize| self.is(*record, "RE") || self.is(*record, "GO");
        let end = (start + 1..self.0.len()).find(ends).unwrap_or(self.0.len());
        Some(start..end)
    }

    fn find(&self, within: std::ops::Range<usize>, id: &str) -> Option<usize> {
        within.into_iter().find(|record| self.is(*record, id))
    }

    /// An item, counted from 1 as the specification does.
    fn get(&self, record: usize, item: usize) -> Vec<u8> {
        self.0.get(record).and_then(|items| items.get(item - 1)).cloned().unwrap_or_default()
    }

    fn item(&mut self, record: usize, item: usize, change: impl FnOnce(&mut Vec<u8>)) {
        if let Some(item) = self.0.get_mut(record).and_then(|items| items.get_mut(item - 1)) {
            change(item);
        }
    }

    fn item_of(&mut self, record: Option<usize>, item: usize, change: impl FnOnce(&mut Vec<u8>)) {
        if let Some(record) = record {
            self.item(record, item, change);
        }
    }

    /// Adds to an item of the last record with this id.
    fn add(&mut self, id: &str, item: usize, more: u64) {
        let record = (0..self.0.len()).rev().find(|record| self.is(*record, id));
        self.item_of(record, item, |item| add(item, more));
    }

    fn remove(&mut self, record: Option<usize>) {
        if let Some(record) = record {
            self.0.remove(record);
        }
    }

    fn swap(&mut self, one: Option<usize>, other: Option<usize>) {
        if let (Some(one), Some(other)) = (one, other) {
            self.0.swap(one, other);
        }
    }

    /// The receipt once more, as the last of the file, with the totals that follow.
    fn repeat(&mut self, receipt: std::ops::Range<usize>) {
        let copy: Vec<_> = self.0.get(receipt).map(<[_]>::to_vec).unwrap_or_default();
        let points = copy.iter().find(|items| items.first().is_some_and(|id| id == b"HO"));
        let points = points.and_then(|items| items.get(5)).cloned().unwrap_or_default();
        let points = std::str::from_utf8(&points).ok().and_then(|text| text.parse().ok());
        let count = (0..self.0.len()).filter(|record| self.is(*record, "RE")).count();
        let end = (0..self.0.len()).rev().find(|record| self.is(*record, "GO"));
        let Some(end) = end else { return };
        self.0.splice(end..end, copy);
        self.item(end, 2, |item| *item = (count + 1).to_string().into_bytes());
        self.add("GO", 2, 1);
        self.add("GO", 3, points.unwrap_or(0));
    }
}
