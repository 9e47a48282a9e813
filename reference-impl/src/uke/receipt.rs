//! What the records of a claim file mean.

use jiff::civil::Date;
use serde::Serialize;

use super::Record;
use super::codes::{Confirmation, DayMark, Outcome, ReviewBody, Sex};
use crate::calendar::Month;
use crate::ids::{
    BranchNumber, InstitutionCode, InsuredKey, InsuredNumber, InsuredSymbol, InsurerNumber,
    PayerNumber, RecipientNumber,
};

/// The days a claim file has room for in each month; those a month lacks stay empty.
pub const DAYS: usize = 31;

/// A claim file: what one institution sends to one review body in one month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ClaimFile {
    /// IR, the first record.
    pub header: Header,
    /// The receipts (レセプト) in the order of the file.
    pub receipts: Vec<Receipt>,
    /// GO, the last record.
    pub total: Total,
    /// Whether the byte 1Ah ends the file (CLM-060).
    pub eof_mark: bool,
}

/// IR 医療機関情報: who claims, from whom, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Header {
    /// 審査支払機関.
    pub payer: ReviewBody,
    /// 都道府県: two digits.
    pub prefecture: String,
    /// 点数表: `1` for 医科.
    pub table: String,
    /// 医療機関コード: seven digits.
    pub institution: String,
    /// 医療機関名.
    pub name: String,
    /// 請求年月: the month in which the file is sent.
    pub claim_month: Month,
    /// 電話番号.
    pub phone: String,
}

impl Header {
    /// The institution code with prefecture and kind, as the eligibility system has it.
    pub fn institution_code(&self) -> InstitutionCode {
        InstitutionCode(format!("{}{}{}", self.prefecture, self.table, self.institution))
    }
}

/// GO 診療報酬請求書: the sums of the file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Total {
    /// 総件数: how many receipts.
    pub receipts: u32,
    /// 総合計点数, in points.
    pub points: u64,
}

/// One receipt: one patient, one month, one insurer (CLM-020).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Receipt {
    /// レセプト番号, from 1 (RE).
    pub number: u32,
    /// レセプト種別: four digits (CLM-070).
    pub kind: String,
    /// 診療年月.
    pub month: Month,
    /// 氏名.
    pub name: String,
    /// 男女区分.
    pub sex: Sex,
    /// 生年月日.
    pub born: Date,
    /// 給付割合: the percentage the insurer pays, where it is written.
    pub benefit_percent: Option<u8>,
    /// 特記事項: two-digit codes (CLM-071).
    pub notes: Vec<String>,
    /// カルテ番号.
    pub chart_number: String,
    /// カナ氏名.
    pub kana: String,
    /// HO; without it the receipt is for 公費 only.
    pub insurance: Option<Insurance>,
    /// KO, up to four.
    pub publics: Vec<PublicPayer>,
    /// SN, the first one; those of further payers are among `other`.
    pub check: Option<Check>,
    /// JD, the first one; those of further payers are among `other`.
    pub days: DayMarks,
    /// MF 窓口負担額区分: `00` no 高額療養費 in kind, `01` given.
    pub charge: String,
    /// SY.
    pub diseases: Vec<Disease>,
    /// SI.
    pub services: Vec<Service>,
    /// CO.
    pub comments: Vec<Comment>,
    /// Records without a type of their own: first any further SN, then JD, then GR, then
    /// all others (IY, TO, SJ …), each in the order of the file.
    pub other: Vec<Record>,
}

impl Receipt {
    /// The insured person claimed for, with the 枝番 of the SN record.
    pub fn insured_key(&self) -> Option<InsuredKey> {
        let insurance = self.insurance.as_ref()?;
        Some(InsuredKey {
            insurer: insurance.insurer.clone(),
            symbol: insurance.symbol.clone(),
            number: insurance.number.clone(),
            branch: self.check.as_ref().map(|check| check.branch.clone()).unwrap_or_default(),
        })
    }

    /// The points the receipt adds to the file's total: those of the insurance, else those
    /// of the first 公費.
    pub fn points(&self) -> u32 {
        let publics = || self.publics.first().map(|public| public.points);
        self.insurance.as_ref().map(|ho| ho.points).or_else(publics).unwrap_or(0)
    }
}

/// HO 保険者: the insurer and what is claimed from it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Insurance {
    /// 保険者番号, without the padding of its 8 columns (ELIG-050).
    pub insurer: InsurerNumber,
    /// 記号.
    pub symbol: InsuredSymbol,
    /// 番号.
    pub number: InsuredNumber,
    /// 診療実日数.
    pub days: u8,
    /// 合計点数.
    pub points: u32,
    /// 負担金額, in yen, where it is written.
    pub charged_yen: Option<u32>,
}

/// KO 公費: a public scheme that pays beside or instead of the insurer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PublicPayer {
    /// 公費負担者番号: eight digits.
    pub payer: PayerNumber,
    /// 受給者番号: seven digits.
    pub recipient: RecipientNumber,
    /// 診療実日数.
    pub days: u8,
    /// 合計点数.
    pub points: u32,
    /// 負担金額, in yen, where it is written.
    pub charged_yen: Option<u32>,
    /// 公費給付対象外来一部負担金, in yen, where it is written.
    pub outpatient_yen: Option<u32>,
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
    pub insurer: InsurerNumber,
    /// 記号, likewise.
    pub symbol: InsuredSymbol,
    /// 番号, likewise.
    pub number: InsuredNumber,
    /// 枝番 (ELIG-053).
    pub branch: BranchNumber,
    /// 受給者番号, if a result names another one.
    pub recipient: String,
}

/// JD 受診日等: on which days the patient came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DayMarks {
    /// 負担者種別: 1 医保, 2 to 5 公費.
    pub payer_kind: u8,
    /// One mark for each day, the 1st first.
    pub marks: [DayMark; DAYS],
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

/// SY 傷病名.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Disease {
    /// 傷病名コード: seven digits, `0000999` for a name without a code.
    pub code: String,
    /// 診療開始日.
    pub started: Date,
    /// 転帰.
    pub outcome: Outcome,
    /// 修飾語コード: four digits each, joined.
    pub modifiers: String,
    /// 傷病名称, for a name without a code.
    pub name: String,
    /// 主傷病.
    pub main: bool,
    /// 補足コメント.
    pub comment: String,
}

/// SI 診療行為.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Service {
    /// 診療識別: two digits, empty on the further records of one group.
    pub identification: String,
    /// 負担区分 (CLM-072).
    pub burden: String,
    /// 診療行為コード: nine digits.
    pub code: String,
    /// 数量, where the code asks for one.
    pub quantity: Option<u32>,
    /// 点数 for one time; only on the last record of a group.
    pub points: Option<u32>,
    /// 回数 in the month.
    pub count: u16,
    /// Comments on this service.
    pub comments: [ServiceComment; 3],
    /// 算定日情報: how often on each day, the 1st first; a zero is written as nothing.
    pub per_day: [u16; DAYS],
}

/// A comment inside a [`Service`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ServiceComment {
    /// コメントコード: nine digits.
    pub code: String,
    /// 文字データ.
    pub text: String,
}

/// CO コメント: a remark in the 摘要 column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Comment {
    /// 診療識別.
    pub identification: String,
    /// 負担区分 (CLM-072).
    pub burden: String,
    /// コメントコード: nine digits.
    pub code: String,
    /// 文字データ.
    pub text: String,
}
