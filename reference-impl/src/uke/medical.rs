//! Medical claims (医科): their records and item tables.
//!
//! TI, TR and TS (organ donors), the records around a file that came back (such as UK, HR, RC)
//! and any other kind are kept as they are ([`super::Entry::Other`]).

use jiff::civil::Date;
use serde::Serialize;

use super::codes::Outcome;
use super::fields::{Quantity, Slots};
use super::layout::{composite, layout};
use super::{DAYS, Header, Insurance, PublicPayer, Receipt, Text, Total};

/// GR 医科点数表算定理由: why a patient of a DPC hospital is claimed by the medical fee table.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Reason {
    /// 医科点数表算定理由.
    pub code: Text,
    /// DPCコード: fourteen letters and digits.
    pub dpc: Text,
}

/// SY 傷病名.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Disease {
    /// 傷病名コード: seven digits, `0000999` for a name without a code.
    pub code: Text,
    /// 診療開始日.
    pub started: Date,
    /// 転帰.
    pub outcome: Outcome,
    /// 修飾語コード: four digits each, joined.
    pub modifiers: Text,
    /// 傷病名称, for a name without a code.
    pub name: Text,
    /// 主傷病.
    pub main: bool,
    /// 補足コメント.
    pub comment: Text,
}

impl Default for Disease {
    /// A disease that goes on, without a code.
    fn default() -> Self {
        let [code, modifiers, name, comment] = Default::default();
        let (started, outcome, main) = (Date::ZERO, Outcome::Continuing, false);
        Self { code, started, outcome, modifiers, name, main, comment }
    }
}

/// SI 診療行為.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Service {
    /// 診療識別: two digits, empty on the further records of one group.
    pub identification: Text,
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 診療行為コード: nine digits.
    pub code: Text,
    /// 数量, where the code asks for one.
    pub quantity: Option<Quantity>,
    /// 点数 for one time; only on the last record of a group.
    pub points: Option<u32>,
    /// 回数 in the month.
    pub count: u16,
    /// Comments on this service; medical only.
    pub comments: Slots<ServiceComment, 3>,
    /// 算定日情報: how often on each day, the 1st first; a zero is written as nothing.
    pub per_day: [u16; DAYS],
}

/// A comment inside a [`Service`], a [`Drug`] or a [`Material`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ServiceComment {
    /// コメントコード: nine digits.
    pub code: Text,
    /// 文字データ.
    pub text: Text,
}

composite!(ServiceComment: code, text);

/// IY 医薬品 of a medical or dental claim.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Drug {
    /// 診療識別: two digits, empty on the further records of one group.
    pub identification: Text,
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 医薬品コード: nine digits.
    pub code: Text,
    /// 使用量.
    pub quantity: Option<Quantity>,
    /// 点数 for one time; only on the last record of a group.
    pub points: Option<u32>,
    /// 回数 in the month.
    pub count: u16,
    /// 医薬品区分; dental only.
    pub class: Text,
    /// Comments on this drug; medical only.
    pub comments: Slots<ServiceComment, 3>,
    /// 算定日情報: how often on each day, the 1st first.
    pub per_day: [u16; DAYS],
}

/// TO 特定器材 of a medical or dental claim.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Material {
    /// 診療識別: two digits, empty on the further records of one group.
    pub identification: Text,
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 特定器材コード: nine digits.
    pub code: Text,
    /// 使用量.
    pub quantity: Option<Quantity>,
    /// 点数 for one time; only on the last record of a group.
    pub points: Option<u32>,
    /// 回数 in the month.
    pub count: u16,
    /// 単位コード: three digits.
    pub unit: Text,
    /// 単価, in yen.
    pub unit_price: Option<Quantity>,
    /// 特定器材加算等, with code and quantity; dental only.
    pub additions: Slots<MaterialAddition, 2>,
    /// 商品名及び規格又はサイズ.
    pub product: Text,
    /// Comments on this material; medical only.
    pub comments: Slots<ServiceComment, 3>,
    /// 算定日情報: how often on each day, the 1st first.
    pub per_day: [u16; DAYS],
}

/// 特定器材加算等.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct MaterialAddition {
    /// 特定器材加算等コード: nine digits.
    pub code: Text,
    /// 特定器材加算等数量データ.
    pub quantity: Option<Quantity>,
}

composite!(MaterialAddition: code, quantity);

/// CO コメント: a remark in the 摘要 column.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Comment {
    /// 診療識別; medical and dental.
    pub identification: Text,
    /// 負担区分 (CLM-072); medical and dental.
    pub burden: Text,
    /// コメントコード: nine digits.
    pub code: Text,
    /// 文字データ.
    pub text: Text,
    /// 歯式コード, six characters each, joined; dental only.
    pub teeth: Text,
}

/// SJ 症状詳記: what the codes cannot say.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Detail {
    /// 症状詳記区分: two digits, empty on the further records of one text.
    pub class: Text,
    /// 症状詳記データ.
    pub text: Text,
}

layout! {
    IR: Header = "IR" "医療機関情報レコード" "institution" Secondary {
        payer: Code 1 "審査支払機関" "review body";
        prefecture: Code 2 "都道府県" "prefecture";
        "1": Code 1 "点数表" "fee table";
        institution: Code 7 "医療機関コード" "institution code";
        _: Reserved 2 "予備" "reserved";
        name: Text 40 "医療機関名称" "name of the institution";
        claim_month: Month 6 "請求年月" "month of claiming";
        "00": Code 2 "マルチボリューム識別情報" "volume";
        phone: Letters 15 "電話番号" "telephone";
    }
}

layout! {
    /// Item 20 is reserved in first claims. The lengths are from memory.
    RE: Receipt = "RE" "レセプト共通レコード" "receipt" Secondary {
        number: Number 6 "レセプト番号" "receipt number";
        kind: Code 4 "レセプト種別" "kind of receipt";
        month: Month 6 "診療年月" "month of service";
        name: Text 40 "氏名" "name";
        sex: Code 1 "男女区分" "sex";
        born: Date 8 "生年月日" "date of birth";
        benefit_percent: Number 3 "給付割合" "benefit in percent";
        admitted: Date 8 "入院年月日" "date of admission";
        ward: Letters 8 "病棟区分" "ward";
        reduced: Digits 1 "一部負担金・食事療養費・生活療養費標準負担額区分" "class of reduced share";
        notes: Letters 10 "レセプト特記事項" "special notes";
        beds: Number 4 "病床数" "beds";
        chart_number: Letters 20 "カルテ番号等" "chart number";
        discount: Digits 2 "割引点数単価" "discounted value of a point";
        _ * 3: Reserved 2 "予備#" "reserved #";
        search_number: Digits 30 "検索番号" "search number";
        format_month: Digits 6 "予備（記録条件仕様年月情報）" "reserved (month of the specification)";
        claim_info: Text 40 "請求情報" "claim information";
        departments * 3:
            Digits 2 "診療科#診療科名" "department #",
            Digits 3 "診療科#人体の部位等" "part of the body of department #",
            Digits 3 "診療科#性別等" "sex of department #",
            Digits 3 "診療科#医学的処置" "procedure of department #",
            Digits 3 "診療科#特定疾病" "disease of department #";
        kana: Text 80 "カタカナ（氏名）" "name in kana";
        state: Digits 60 "患者の状態" "state of the patient";
    }
}

layout! {
    HO: Insurance = "HO" "保険者レコード" "insurer" Secondary {
        insurer: Code 8 "保険者番号" "insurer number";
        symbol: Text 38 "被保険者資格に係る記号" "symbol";
        number: Text 38 "被保険者資格に係る番号" "number";
        days: Number 2 "診療実日数" "days of service";
        points: Number 8 "合計点数" "total points";
        _: Reserved 8 "予備" "reserved";
        meals: Number 2 "食事療養・生活療養 回数" "meals";
        meals_yen: Number 8 "食事療養・生活療養 合計金額" "total for meals, in yen";
        duty: Digits 1 "職務上の事由" "reason connected with duty";
        certificate: Digits 3 "証明書番号" "certificate number";
        charged_yen: Number 8 "負担金額（医療保険）" "charge, in yen";
        exemption: Digits 1 "減免区分" "kind of exemption";
        reduced_percent: Number 3 "減額割合" "reduction in percent";
        reduced_yen: Number 6 "減額金額" "reduction, in yen";
    }
}

layout! {
    KO: PublicPayer = "KO" "公費レコード" "public payer" Secondary {
        payer: Code 8 "公費負担者番号" "payer number";
        recipient: Digits 7 "公費受給者番号" "recipient number";
        optional_benefit: Digits 1 "任意給付区分" "optional benefit";
        days: Number 2 "診療実日数" "days of service";
        points: Number 8 "合計点数" "total points";
        charged_yen: Number 8 "負担金額（公費）" "charge, in yen";
        outpatient_yen: Number 6 "公費給付対象外来一部負担金" "outpatient share, in yen";
        inpatient_yen: Number 6 "公費給付対象入院一部負担金" "inpatient share, in yen";
        _: Reserved 7 "予備" "reserved";
        meals: Number 2 "食事療養・生活療養 回数" "meals";
        meals_yen: Number 8 "食事療養・生活療養 合計金額" "total for meals, in yen";
    }
}

layout! {
    /// The lengths are from memory.
    GR: Reason = "GR" "医科点数表算定理由レコード" "reason for the medical fee table" Memory {
        code: Digits 2 "医科点数表算定理由" "reason";
        dpc: Letters 14 "DPCコード" "DPC code";
    }
}

layout! {
    SY: Disease = "SY" "傷病名レコード" "disease" Secondary {
        code: Code 7 "傷病名コード" "disease code";
        started: Date 8 "診療開始日" "start of treatment";
        outcome: Code 1 "転帰区分" "outcome";
        modifiers: Letters 80 "修飾語コード" "modifier codes";
        name: Text 40 "傷病名称" "name of the disease";
        main: Code 2 "主傷病" "main disease";
        comment: Text 40 "補足コメント" "comment";
    }
}

layout! {
    /// The length of the comments is from memory.
    SI: Service = "SI" "診療行為レコード" "service" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the service";
        code: Code 9 "診療行為コード" "service code";
        quantity: Decimal 8 "数量データ" "quantity";
        points: Number 7 "点数" "points";
        count: Number 3 "回数" "count";
        comments * 3:
            Digits 9 "コメントコード#" "comment code #",
            Text 100 "文字データ#" "comment text #";
        per_day * 31: Number 3 "#日の情報" "day #";
    }
}

layout! {
    /// The length of the comments is from memory.
    IY: Drug = "IY" "医薬品レコード" "drug" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the drug";
        code: Code 9 "医薬品コード" "drug code";
        quantity: Decimal 11 "使用量" "quantity";
        points: Number 7 "点数" "points";
        count: Number 3 "回数" "count";
        comments * 3:
            Digits 9 "コメントコード#" "comment code #",
            Text 100 "文字データ#" "comment text #";
        per_day * 31: Number 3 "#日の情報" "day #";
    }
}

layout! {
    /// The length of the comments is from memory.
    TO: Material = "TO" "特定器材レコード" "material" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the material";
        code: Code 9 "特定器材コード" "material code";
        quantity: Decimal 9 "使用量" "quantity";
        points: Number 7 "点数" "points";
        count: Number 3 "回数" "count";
        unit: Digits 3 "単位コード" "unit";
        unit_price: Decimal 11 "単価" "unit price, in yen";
        _: Reserved 9 "予備" "reserved";
        product: Text 300 "商品名及び規格又はサイズ" "product with its size";
        comments * 3:
            Digits 9 "コメントコード#" "comment code #",
            Text 100 "文字データ#" "comment text #";
        per_day * 31: Number 3 "#日の情報" "day #";
    }
}

layout! {
    CO: Comment = "CO" "コメントレコード" "comment" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the comment";
        code: Code 9 "コメントコード" "comment code";
        text: Text 400 "文字データ" "text";
    }
}

layout! {
    SJ: Detail = "SJ" "症状詳記レコード" "detail of the symptoms" Secondary {
        class: Digits 2 "症状詳記区分" "kind of detail";
        text: Text 2400 "症状詳記データ" "text";
    }
}

layout! {
    GO: Total = "GO" "診療報酬請求書レコード" "sums" Secondary {
        receipts: Number 6 "総件数" "number of receipts";
        points: Number 10 "総合計点数" "total points";
        "99": Code 2 "マルチボリューム識別情報" "volume";
    }
}
