//! Dental claims (歯科): the records and item tables they do not share with medical ones.
//!
//! Order and lengths follow a public transcription of the specification of June 2026 and were
//! held against sample files of 2019, which have the same numbers of items. UK is kept as it is
//! ([`super::ClaimFile::reception`]), and so is every kind of record not named here.

use jiff::civil::Date;
use serde::Serialize;

use super::codes::Outcome;
use super::fields::{Quantity, Slots};
use super::layout::{composite, layout};
use super::medical::{Comment, Drug, Material, Service};
use super::{DAYS, Header, Insurance, PublicPayer, Receipt, Text};

/// HS 傷病名部位: a disease and the teeth it is about.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ToothDisease {
    /// 診療開始日; inpatients.
    pub started: Option<Date>,
    /// 転帰区分; inpatients.
    pub outcome: Option<Outcome>,
    /// 歯式コード: six characters each, joined, up to 64.
    pub teeth: Text,
    /// 傷病名コード: seven digits, `0000999` for a name without a code.
    pub code: Text,
    /// 修飾語コード: four characters each, joined.
    pub modifiers: Text,
    /// 傷病名称, for a name without a code.
    pub name: Text,
    /// 併存傷病名数: how many diseases the same teeth have.
    pub concurrent: Option<u8>,
    /// 病態移行: `1` before, `2` after.
    pub transition: Text,
    /// 主傷病; inpatients.
    pub main: bool,
    /// コメントコード of the comment: nine digits.
    pub comment_code: Text,
    /// 補足コメント.
    pub comment: Text,
    /// 歯式コード of the comment.
    pub comment_teeth: Text,
}

/// SS 歯科診療行為.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Treatment {
    /// 診療識別: two digits, empty on the further records of one group.
    pub identification: Text,
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 診療行為コード: nine digits.
    pub code: Text,
    /// 診療行為数量データ, up to two.
    pub quantities: Slots<Option<Quantity>, 2>,
    /// 加算, up to 35.
    pub additions: Slots<Addition, 35>,
    /// 点数 for one time; only on the last record of a group.
    pub points: Option<u32>,
    /// 回数 in the month.
    pub count: u16,
    /// 算定日情報: how often on each day, the 1st first.
    pub per_day: [u16; DAYS],
}

/// An addition to a [`Treatment`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Addition {
    /// 加算コード: five letters and digits.
    pub code: Text,
    /// 加算数量データ.
    pub quantity: Option<Quantity>,
}

composite!(Addition: code, quantity);

layout! {
    IR: Header = "IR" "医療機関情報レコード" "institution" Secondary {
        payer: Code 1 "審査支払機関" "review body";
        prefecture: Code 2 "都道府県" "prefecture";
        "3": Code 1 "点数表" "fee table";
        institution: Code 7 "医療機関コード" "institution code";
        _: Reserved 2 "予備" "reserved";
        claim_month: Month 6 "請求年月" "month of claiming";
        phone: Letters 15 "電話番号" "telephone";
        notified: Letters 40 "届出" "standards notified";
    }
}

layout! {
    RE: Receipt = "RE" "レセプト共通レコード" "receipt" Secondary {
        number: Number 6 "レセプト番号" "receipt number";
        kind: Code 4 "レセプト種別" "kind of receipt";
        month: Month 6 "診療年月" "month of service";
        name: Text 40 "氏名" "name";
        sex: Code 1 "男女区分" "sex";
        born: Date 8 "生年月日" "date of birth";
        benefit_percent: Number 3 "給付割合" "benefit in percent";
        admitted: Date 8 "入院年月日" "date of admission";
        started: Date 8 "診療開始日" "start of treatment";
        outcome: Digits 1 "転帰区分" "outcome";
        ward: Letters 8 "病棟区分" "ward";
        reduced: Digits 1 "一部負担金・食事療養費・生活療養費標準負担額区分" "class of reduced share";
        notes: Letters 10 "レセプト特記事項" "special notes";
        _: Reserved 4 "予備" "reserved";
        chart_number: Letters 20 "カルテ番号等" "chart number";
        claim_class: Digits 2 "請求情報１" "claim information 1";
        _: Reserved 2 "予備" "reserved";
        absent: Digits 2 "未来院請求" "claim without a visit";
        search_number: Digits 30 "検索番号" "search number";
        format_month: Digits 5 "予備（記録条件仕様年月情報）" "reserved (month of the specification)";
        claim_info: Text 40 "請求情報２" "claim information 2";
        _: Reserved 2 "予備" "reserved", Reserved 3 "予備" "reserved", Reserved 3 "予備" "reserved";
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
        meals: Number 2 "食事療養・生活療養 回数" "meals";
        meals_yen: Number 8 "食事療養・生活療養 合計金額" "total for meals, in yen";
        duty: Digits 1 "職務上の事由" "reason connected with duty";
        certificate: Digits 3 "証明書番号" "certificate number";
        charged_yen: Number 9 "負担金額（医療保険）" "charge, in yen";
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
        outpatient_yen: Number 6 "公費給付対象一部負担金" "share under the scheme, in yen";
        meals: Number 2 "食事療養・生活療養 回数" "meals";
        meals_yen: Number 8 "食事療養・生活療養 合計金額" "total for meals, in yen";
    }
}

layout! {
    HS: ToothDisease = "HS" "傷病名部位レコード" "disease of teeth" Secondary {
        started: Date 8 "診療開始日" "start of treatment";
        outcome: Digits 1 "転帰区分" "outcome";
        teeth: Letters 384 "歯式コード（傷病名）" "teeth";
        code: Code 7 "傷病名コード" "disease code";
        modifiers: Letters 80 "修飾語コード" "modifier codes";
        name: Text 40 "傷病名称" "name of the disease";
        concurrent: Number 1 "併存傷病名数" "number of diseases";
        transition: Digits 1 "病態移行" "change of the disease";
        main: Digits 2 "主傷病" "main disease";
        comment_code: Digits 9 "コメントコード" "comment code";
        comment: Text 100 "補足コメント" "comment";
        comment_teeth: Letters 384 "歯式コード（補足コメント）" "teeth of the comment";
    }
}

layout! {
    SS: Treatment = "SS" "歯科診療行為レコード" "dental treatment" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the treatment";
        code: Code 9 "診療行為コード" "treatment code";
        quantities * 2: Decimal 8 "診療行為数量データ#" "quantity #";
        additions * 35:
            Letters 5 "加算コード#" "addition code #",
            Decimal 8 "加算数量データ#" "addition quantity #";
        points: Number 7 "点数" "points";
        count: Number 3 "回数" "count";
        per_day * 31: Number 3 "#日の情報" "day #";
    }
}

layout! {
    SI: Service = "SI" "医科診療行為レコード" "service" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the service";
        code: Code 9 "診療行為コード" "service code";
        quantity: Decimal 8 "数量データ" "quantity";
        points: Number 7 "点数" "points";
        count: Number 3 "回数" "count";
        per_day * 31: Number 3 "#日の情報" "day #";
    }
}

layout! {
    IY: Drug = "IY" "医薬品レコード" "drug" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the drug";
        code: Code 9 "医薬品コード" "drug code";
        quantity: Decimal 11 "使用量" "quantity";
        points: Number 7 "点数" "points";
        count: Number 3 "回数" "count";
        class: Letters 1 "医薬品区分" "kind of drug";
        per_day * 31: Number 3 "#日の情報" "day #";
    }
}

layout! {
    TO: Material = "TO" "特定器材レコード" "material" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the material";
        code: Code 9 "特定器材コード" "material code";
        quantity: Decimal 9 "使用量" "quantity";
        unit: Digits 3 "単位コード" "unit";
        unit_price: Decimal 11 "単価" "unit price, in yen";
        additions * 2:
            Digits 9 "特定器材加算等コード#" "addition code #",
            Decimal 9 "特定器材加算等数量データ#" "addition quantity #";
        product: Text 300 "商品名及び規格又はサイズ" "product with its size";
        points: Number 7 "点数" "points";
        count: Number 3 "回数" "count";
        per_day * 31: Number 3 "#日の情報" "day #";
    }
}

layout! {
    CO: Comment = "CO" "コメントレコード" "comment" Secondary {
        identification: Digits 2 "診療識別" "service group";
        burden: Letters 1 "負担区分" "payers of the comment";
        code: Code 9 "コメントコード" "comment code";
        text: Text 400 "文字データ" "text";
        teeth: Letters 384 "歯式コード（コメント）" "teeth";
        _ * 5: Reserved 7 "予備#" "reserved #";
    }
}
