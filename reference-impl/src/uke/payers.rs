//! The records every form has: who pays, how that was checked, and on which days.

use jiff::civil::Date;
use serde::Serialize;

use super::Text;
use super::codes::{Confirmation, DayMark};
use super::layout::layout;
use crate::ids::{
    BranchNumber, InsuredNumber, InsuredSymbol, InsurerNumber, PayerNumber, RecipientNumber,
};

/// The days a claim file has room for in each month; those a month lacks stay empty.
pub const DAYS: usize = 31;

/// HO 保険者: the insurer and what is claimed from it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Insurance {
    /// 保険者番号, without the padding of its 8 columns (ELIG-050).
    pub insurer: InsurerNumber,
    /// 記号.
    pub symbol: InsuredSymbol,
    /// 番号.
    pub number: InsuredNumber,
    /// 診療実日数; 処方箋受付回数 of a pharmacy.
    pub days: u8,
    /// 合計点数; the yen of visiting nursing.
    pub points: u32,
    /// 食事療養・生活療養: how many meals; medical and dental inpatients.
    pub meals: Option<u8>,
    /// 食事療養・生活療養 合計金額.
    pub meals_yen: Option<u32>,
    /// 職務上の事由.
    pub duty: Text,
    /// 証明書番号.
    pub certificate: Text,
    /// 負担金額, in yen, where it is written.
    pub charged_yen: Option<u32>,
    /// 減免区分.
    pub exemption: Text,
    /// 減額割合, in percent.
    pub reduced_percent: Option<u8>,
    /// 減額金額.
    pub reduced_yen: Option<u32>,
}

/// KO 公費: a public scheme that pays beside or instead of the insurer.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PublicPayer {
    /// 公費負担者番号: eight digits.
    pub payer: PayerNumber,
    /// 受給者番号: seven digits.
    pub recipient: RecipientNumber,
    /// 任意給付区分.
    pub optional_benefit: Text,
    /// 診療実日数; 処方箋受付回数 of a pharmacy.
    pub days: u8,
    /// 合計点数; the yen of visiting nursing.
    pub points: u32,
    /// 負担金額, in yen, where it is written.
    pub charged_yen: Option<u32>,
    /// 公費給付対象外来一部負担金 (公費給付対象一部負担金), in yen, where it is written.
    pub outpatient_yen: Option<u32>,
    /// 公費給付対象入院一部負担金, in yen; medical.
    pub inpatient_yen: Option<u32>,
    /// 食事療養・生活療養: how many meals; medical and dental inpatients.
    pub meals: Option<u8>,
    /// 食事療養・生活療養 合計金額.
    pub meals_yen: Option<u32>,
}

/// SN 資格確認: how the eligibility was checked, and in results what the check found.
///
/// A first claim leaves everything between `confirmation` and `branch` empty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Check {
    /// 負担者種別: 1 医保, 2 to 5 公費.
    pub payer_kind: u8,
    /// 確認区分.
    pub confirmation: Confirmation,
    /// 保険者番号, if a result names another one.
    pub insurer: Option<InsurerNumber>,
    /// 記号, likewise.
    pub symbol: InsuredSymbol,
    /// 番号, likewise.
    pub number: InsuredNumber,
    /// 枝番 (ELIG-053).
    pub branch: BranchNumber,
    /// 受給者番号, if a result names another one.
    pub recipient: Text,
}

impl Default for Check {
    /// A check of the insurer that says nothing: what was not confirmed.
    fn default() -> Self {
        Self::new(1, Confirmation::Unconfirmed, BranchNumber::default())
    }
}

impl Check {
    /// What a first claim says: how the payer was checked, and the 枝番 where there is one.
    pub fn new(payer_kind: u8, confirmation: Confirmation, branch: BranchNumber) -> Self {
        let (insurer, recipient) = (None, Text::default());
        let (symbol, number) = (InsuredSymbol::default(), InsuredNumber::default());
        Self { payer_kind, confirmation, insurer, symbol, number, branch, recipient }
    }
}

/// JD 受診日等: on which days the patient came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DayMarks {
    /// 負担者種別: 1 医保, 2 to 5 公費.
    pub payer_kind: u8,
    /// One mark for each day, the 1st first.
    pub marks: [DayMark; DAYS],
}

impl Default for DayMarks {
    /// No day of the insurer.
    fn default() -> Self {
        Self { payer_kind: 1, marks: [DayMark::None; DAYS] }
    }
}

impl DayMarks {
    /// Marks for the insurer (負担者種別 1) with the days of `dates` counted; their months
    /// are not looked at.
    pub fn counted_on(dates: &[Date]) -> Self {
        let mut marks = [DayMark::None; DAYS];
        for (mark, day) in marks.iter_mut().zip(1i8..) {
            if dates.iter().any(|date| date.day() == day) {
                *mark = DayMark::Counted;
            }
        }
        Self { payer_kind: 1, marks }
    }

    /// How many days count (実日数).
    pub fn counted(&self) -> usize {
        self.marks.iter().filter(|&&mark| mark == DayMark::Counted).count()
    }
}

/// MF 窓口負担額.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Charge {
    /// 窓口負担額区分: `00` no 高額療養費 in kind, `01` given, `02` given as 多数回, `04` special.
    pub class: Text,
}

layout! {
    /// Item 9 is reserved.
    SN: Check = "SN" "資格確認レコード" "eligibility check" Secondary {
        payer_kind: Number 1 "負担者種別" "kind of payer";
        confirmation: Code 2 "確認区分" "check code";
        insurer: Letters 8 "保険者番号等（資格確認）" "insurer number found";
        symbol: Text 38 "被保険者資格に係る記号（資格確認）" "symbol found";
        number: Text 38 "被保険者資格に係る番号（資格確認）" "number found";
        branch: Letters 2 "枝番" "branch number";
        recipient: Digits 7 "受給者番号" "recipient number found";
        _: Reserved 1 "予備" "reserved";
    }
}

layout! {
    JD: DayMarks = "JD" "受診日等レコード" "days of visits" Secondary {
        payer_kind: Number 1 "負担者種別" "kind of payer";
        marks * 31: Digits 1 "#日の情報" "day #";
    }
}

layout! {
    MF: Charge = "MF" "窓口負担額レコード" "charge at the counter" Secondary {
        class: Code 2 "窓口負担額区分" "class of charge";
        _ * 31: Reserved 9 "予備#" "reserved #";
    }
}
