//! A claim file and its receipts.

use jiff::civil::Date;
use serde::Serialize;

use super::codes::{Outcome, ReviewBody, Sex};
use super::fields::Slots;
use super::pharmacy::Prescriber;
use super::{
    Check, Comment, DayMarks, Disease, Entry, Form, Insurance, PublicPayer, Record, Service, Text,
};
use crate::calendar::Month;
use crate::ids::{InstitutionCode, InsuredKey};

/// A claim file: what one institution sends to one review body in one month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ClaimFile {
    /// By which fee table it claims.
    pub form: Form,
    /// UK 受付情報, where the review body has put it before the header; it is kept as it is.
    pub reception: Option<Record>,
    /// IR, YK or HM: the first record of the institution.
    pub header: Header,
    /// The receipts (レセプト) in the order of the file.
    pub receipts: Vec<Receipt>,
    /// GO.
    pub total: Total,
    /// Whether GO follows the header and not the receipts: for visiting nursing alone, where
    /// both are found (CLM-064).
    pub total_first: bool,
    /// Whether the byte 1Ah ends the file (CLM-060).
    pub eof_mark: bool,
}

impl ClaimFile {
    /// A file of the receipts, with the sums over them.
    pub fn new(form: Form, header: Header, receipts: Vec<Receipt>) -> Self {
        let total = Total::of(form, &receipts);
        let (reception, total_first, eof_mark) = (None, false, false);
        Self { form, reception, header, receipts, total, total_first, eof_mark }
    }

    /// The institution code with prefecture and kind, as the eligibility system has it.
    pub fn institution_code(&self) -> InstitutionCode {
        let Header { prefecture, institution, .. } = &self.header;
        InstitutionCode(format!("{prefecture}{}{institution}", self.form.code()))
    }
}

/// IR 医療機関情報, YK 薬局情報 or HM 訪問看護ステーション情報: who claims, from whom, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Header {
    /// 審査支払機関.
    pub payer: ReviewBody,
    /// 都道府県: two digits.
    pub prefecture: Text,
    /// 医療機関コード: seven digits.
    pub institution: Text,
    /// 医療機関名; a dental file does not hold it.
    pub name: Text,
    /// 請求年月: the month in which the file is sent.
    pub claim_month: Month,
    /// 電話番号.
    pub phone: Text,
    /// 届出: codes of the standards the institution is notified for, two letters or digits each;
    /// dental only.
    pub notified: Text,
}

impl Header {
    /// A header with the payer and month given and everything else empty.
    pub fn blank(payer: ReviewBody, claim_month: Month) -> Self {
        let [prefecture, institution, name, phone, notified] = Default::default();
        Self { payer, prefecture, institution, name, claim_month, phone, notified }
    }
}

/// GO 診療報酬請求書: the sums of the file. For visiting nursing it holds no sums and both are 0.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Total {
    /// 総件数: how many receipts.
    pub receipts: u32,
    /// 総合計点数, in points.
    pub points: u64,
}

impl Total {
    /// The sums over the receipts of a file of this form.
    pub fn of(form: Form, receipts: &[Receipt]) -> Self {
        if form == Form::VisitingNursing {
            return Self::default();
        }
        let points = receipts.iter().map(|receipt| u64::from(receipt.points())).sum();
        Self { receipts: u32::try_from(receipts.len()).unwrap_or(u32::MAX), points }
    }
}

/// One receipt: one patient, one month, one insurer (CLM-020). What RE says comes first; fields
/// that the RE of a form has no place for stay empty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Receipt {
    /// レセプト番号, from 1.
    pub number: u32,
    /// レセプト種別: four digits (CLM-070).
    pub kind: Text,
    /// 診療年月 (調剤年月, 指定訪問看護年月).
    pub month: Month,
    /// 氏名.
    pub name: Text,
    /// 男女区分.
    pub sex: Sex,
    /// 生年月日.
    pub born: Date,
    /// 給付割合: the percentage the insurer pays, where it is written.
    pub benefit_percent: Option<u8>,
    /// 入院年月日: the day of admission; medical and dental inpatients.
    pub admitted: Option<Date>,
    /// 診療開始日; dental outpatients.
    pub started: Option<Date>,
    /// 転帰区分; dental outpatients.
    pub outcome: Option<Outcome>,
    /// 病棟区分: two-digit codes, joined; medical and dental inpatients.
    pub ward: Text,
    /// 一部負担金・食事療養費・生活療養費標準負担額区分: 1 低Ⅱ, 2 低Ⅱ長期, 3 低Ⅰ, 4 老福.
    pub reduced: Text,
    /// 特記事項: two-digit codes, up to five (CLM-071).
    pub notes: Vec<Text>,
    /// 病床数; medical.
    pub beds: Option<u16>,
    /// カルテ番号 (調剤録番号, 訪問看護記録番号).
    pub chart_number: Text,
    /// 割引点数単価; medical.
    pub discount: Text,
    /// 請求情報１; dental.
    pub claim_class: Text,
    /// 未来院請求: `01`; dental.
    pub absent: Text,
    /// 検索番号 of a receipt that came back.
    pub search_number: Text,
    /// 記録条件仕様年月情報, in files that came back; reserved in first claims.
    pub format_month: Text,
    /// 請求情報 (請求情報２).
    pub claim_info: Text,
    /// 診療科, up to three; medical.
    pub departments: Slots<Department, 3>,
    /// カナ氏名.
    pub kana: Text,
    /// 患者の状態: three-digit codes, joined; medical and dental.
    pub state: Text,
    /// Who prescribed; pharmacy.
    pub prescriber: Option<Box<Prescriber>>,
    /// HO; without it the receipt is for 公費 only.
    pub insurance: Option<Insurance>,
    /// KO, up to four.
    pub publics: Vec<PublicPayer>,
    /// Every further record, in the order of the file.
    pub entries: Vec<Entry>,
}

/// 診療科 of a medical receipt, as four codes beside the name's.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Department {
    /// 診療科名.
    pub name: Text,
    /// 人体の部位等.
    pub part: Text,
    /// 性別等.
    pub sex: Text,
    /// 医学的処置.
    pub procedure: Text,
    /// 特定疾病.
    pub disease: Text,
}

super::layout::composite!(Department: name, part, sex, procedure, disease);

impl Receipt {
    /// A receipt with the number and month given and everything else empty.
    pub fn blank(number: u32, month: Month) -> Self {
        let [kind, name, ward, reduced, chart_number, discount, claim_class] = Default::default();
        let [absent, search_number, format_month, claim_info, kana, state] = Default::default();
        Self {
            number,
            kind,
            month,
            name,
            sex: Sex::Male,
            born: Date::ZERO,
            benefit_percent: None,
            admitted: None,
            started: None,
            outcome: None,
            ward,
            reduced,
            notes: Vec::new(),
            beds: None,
            chart_number,
            discount,
            claim_class,
            absent,
            search_number,
            format_month,
            claim_info,
            departments: Slots::default(),
            kana,
            state,
            prescriber: None,
            insurance: None,
            publics: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// SN of the insurer; of the first payer, if there is none of the insurer.
    pub fn check(&self) -> Option<&Check> {
        let checks = || self.entries.iter().filter_map(Entry::check);
        checks().find(|check| check.payer_kind == 1).or_else(|| checks().next())
    }

    /// JD of the insurer; of the first payer, if there is none of the insurer.
    pub fn days(&self) -> Option<&DayMarks> {
        let days = || self.entries.iter().filter_map(Entry::days);
        days().find(|days| days.payer_kind == 1).or_else(|| days().next())
    }

    /// SI, in the order of the file.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.entries.iter().filter_map(Entry::service)
    }

    /// SY, in the order of the file.
    pub fn diseases(&self) -> impl Iterator<Item = &Disease> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Disease(disease) => Some(disease),
            _ => None,
        })
    }

    /// CO, in the order of the file.
    pub fn comments(&self) -> impl Iterator<Item = &Comment> {
        self.entries.iter().filter_map(Entry::comment)
    }

    /// The insured person claimed for, with the 枝番 of the SN record.
    pub fn insured_key(&self) -> Option<InsuredKey> {
        let insurance = self.insurance.as_ref()?;
        Some(InsuredKey {
            insurer: insurance.insurer.clone(),
            symbol: insurance.symbol.clone(),
            number: insurance.number.clone(),
            branch: self.check().map(|check| check.branch.clone()).unwrap_or_default(),
        })
    }

    /// The points the receipt adds to the file's total (for visiting nursing the yen): those of
    /// the insurance, else those of the first 公費.
    pub fn points(&self) -> u32 {
        let publics = || self.publics.first().map(|public| public.points);
        self.insurance.as_ref().map(|ho| ho.points).or_else(publics).unwrap_or(0)
    }
}
