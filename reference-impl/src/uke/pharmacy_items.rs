//! The item tables of pharmacy claims.
//!
//! Two public parsers, one of 2019 and one of June 2026, agree on the order of the items; the
//! later one adds the items of CZ from 外来服薬支援料2 and the length of CZ and KI. The lengths
//! of RE, HO and KO are those of the other forms.

use super::layout::layout;
use super::medical::Comment;
use super::pharmacy::{
    DispensedDrug, DispensedMaterial, Dispensing, Management, Prescription, SplitFees,
};
use super::{Header, Insurance, PublicPayer, Receipt};

layout! {
    YK: Header = "YK" "薬局情報レコード" "pharmacy" Secondary {
        payer: Code 1 "審査支払機関" "review body";
        prefecture: Code 2 "都道府県" "prefecture";
        "4": Code 1 "点数表" "fee table";
        institution: Code 7 "薬局コード" "pharmacy code";
        name: Text 40 "薬局連絡先名称" "name of the pharmacy";
        claim_month: Month 6 "請求年月" "month of claiming";
        "00": Code 2 "マルチボリューム識別情報" "volume";
        phone: Letters 15 "電話番号" "telephone";
    }
}

layout! {
    RE: Receipt = "RE" "レセプト共通レコード" "receipt" Secondary {
        number: Number 6 "レセプト番号" "receipt number";
        kind: Code 4 "レセプト種別" "kind of receipt";
        month: Month 6 "調剤年月" "month of dispensing";
        name: Text 40 "氏名" "name";
        sex: Code 1 "男女区分" "sex";
        born: Date 8 "生年月日" "date of birth";
        benefit_percent: Number 3 "給付割合" "benefit in percent";
        notes: Letters 10 "レセプト特記事項" "special notes";
        prescriber:
            Digits 2 "医療機関都道府県" "prefecture of the prescriber",
            Digits 1 "医療機関点数表" "fee table of the prescriber",
            Digits 7 "医療機関コード" "institution code of the prescriber",
            Text 40 "医療機関名称" "name of the prescriber",
            Text 80 "医療機関所在地" "address of the prescriber";
        + * 20: Text 40 "保険医氏名#" "doctor #";
        +: Letters 20 "麻薬免許番号" "narcotics licence";
        chart_number: Letters 20 "調剤録番号等" "dispensing record number";
        _: Reserved 1 "予備" "reserved";
        search_number: Digits 30 "検索番号" "search number";
        format_month: Digits 5 "予備（記録条件仕様年月情報）" "reserved (month of the specification)";
        claim_info: Text 40 "請求情報" "claim information";
        reduced: Digits 1 "一部負担金区分" "class of reduced share";
        kana: Text 80 "カタカナ（氏名）" "name in kana";
    }
}

layout! {
    HO: Insurance = "HO" "保険者レコード" "insurer" Secondary {
        insurer: Code 8 "保険者番号" "insurer number";
        symbol: Text 38 "被保険者資格に係る記号" "symbol";
        number: Text 38 "被保険者資格に係る番号" "number";
        days: Number 2 "処方箋受付回数" "prescriptions accepted";
        points: Number 8 "合計点数" "total points";
        _: Reserved 5 "予備" "reserved";
        duty: Digits 1 "職務上の事由" "reason connected with duty";
        certificate: Digits 3 "証明書番号" "certificate number";
        charged_yen: Number 8 "一部負担金" "charge, in yen";
        _: Reserved 1 "予備" "reserved";
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
        days: Number 2 "処方箋受付回数" "prescriptions accepted";
        points: Number 8 "合計点数" "total points";
        _: Reserved 5 "予備" "reserved";
        charged_yen: Number 8 "一部負担金額" "charge, in yen";
        _: Reserved 6 "予備" "reserved";
        outpatient_yen: Number 6 "公費給付対象一部負担金" "share under the scheme, in yen";
    }
}

layout! {
    SH: Prescription = "SH" "処方基本レコード" "prescription" Secondary {
        number: Code 2 "処方No" "prescription number";
        dosage_form: Code 1 "剤形コード" "dosage form";
        usage: Digits 3 "用法コード" "usage";
        instruction: Text 80 "特別指示" "special instruction";
        unit_points: Number 7 "単位薬剤料" "price of one unit, in points";
        public_unit_points * 4: Number 7 "第#公費単位薬剤料" "price of one unit under scheme #";
    }
}

layout! {
    CZ: Dispensing = "CZ" "調剤情報レコード" "dispensing" Secondary {
        doctor: Digits 2 "医師番号" "number of the doctor";
        prescribed: Date 8 "処方箋交付年月日" "date of the prescription";
        dispensed: Date 8 "調剤年月日" "date of dispensing";
        acceptance: Number 2 "処方箋受付回" "acceptance of the prescription";
        quantity: Number 3 "調剤数量" "quantity dispensed";
        preparation:
            Letters 1 "薬剤調製料 負担区分" "preparation: payers",
            Digits 1 "薬剤調製料 算定区分" "preparation: basis",
            Digits 2 "薬剤調製料 算定先No" "preparation: counted with",
            Digits 9 "薬剤調製料 コード" "preparation: code",
            Number 4 "薬剤調製料 点数" "preparation: points";
        split: Digits 1 "分割区分" "part";
        earlier_quantity: Number 3 "前回までの数量" "quantity dispensed earlier";
        drug_points: Number 7 "薬剤料 点数" "drugs: points";
        _: Reserved 7 "予備" "reserved";
        additions * 10:
            Letters 1 "加算料# 負担区分" "addition #: payers",
            Digits 9 "加算料# コード" "addition #: code",
            Number 4 "加算料# 点数" "addition #: points";
        one_dose_days: Number 3 "一包化日数" "days packed in single doses";
        split_kind: Digits 1 "分割調剤種類" "kind of dispensing in parts";
        earlier_one_dose_days: Number 3 "前回までの一包化日数" "days packed earlier";
        ordered_split:
            Digits 9 "医師の指示による分割調剤 コード" "parts ordered: code",
            Digits 2 "医師の指示による分割調剤 分割区分" "parts ordered: part",
            Number 3 "医師の指示による分割調剤 分割対象調剤数量" "parts ordered: quantity",
            Number 3 "医師の指示による分割調剤 分割対象一包化日数" "parts ordered: days packed";
        bundled: Digits 2 "包括管理料等" "bundled fee";
        elsewhere: Digits 2 "他医療機関受診に係る処方箋受付" "visit to another institution";
        support:
            Letters 1 "外来服薬支援料２ 負担区分" "support 2: payers",
            Digits 9 "外来服薬支援料２ コード" "support 2: code",
            Number 4 "外来服薬支援料２ 点数" "support 2: points";
        management:
            Letters 1 "調剤管理料 負担区分" "management: payers",
            Digits 1 "調剤管理料 算定区分" "management: basis",
            Digits 2 "調剤管理料 算定先No" "management: counted with",
            Digits 9 "調剤管理料 コード" "management: code",
            Number 4 "調剤管理料 点数" "management: points";
        management_addition:
            Letters 1 "調剤管理料時間外等加算 負担区分" "management out of hours: payers",
            Digits 9 "調剤管理料時間外等加算 コード" "management out of hours: code",
            Number 4 "調剤管理料時間外等加算 点数" "management out of hours: points";
        reduction: Digits 2 "薬剤料減算 減算区分" "reduction of drugs: class";
        reduction_points: Number 7 "薬剤料減算 合計点数" "reduction of drugs: points";
        + * 4: Number 7 "薬剤料減算 第#公費点数" "reduction of drugs: points under scheme #";
    }
}

layout! {
    IY: DispensedDrug = "IY" "医薬品レコード" "drug" Secondary {
        burden: Letters 1 "負担区分" "payers of the drug";
        code: Code 9 "医薬品コード" "drug code";
        quantity: Decimal 11 "使用量" "quantity";
        _ * 2: Reserved 7 "予備#" "reserved #";
        mixture: Digits 1 "混合区分コード" "mixture";
        mixture_branch: Digits 1 "混合区分 枝" "branch of the mixture";
        incompatible: Digits 1 "配合不適区分" "incompatible group";
        single_dose: Decimal 11 "１回用量" "single dose";
    }
}

layout! {
    TO: DispensedMaterial = "TO" "特定器材レコード" "material" Secondary {
        burden: Letters 1 "負担区分" "payers of the material";
        code: Code 9 "特定器材コード" "material code";
        quantity: Decimal 9 "使用量" "quantity";
        unit: Digits 3 "単位コード" "unit";
        unit_price: Decimal 11 "単価" "unit price, in yen";
        name: Text 40 "特定器材名称" "name of the material";
    }
}

layout! {
    CO: Comment = "CO" "コメントレコード" "comment" Secondary {
        code: Code 9 "コメントコード" "comment code";
        text: Text 400 "文字データ" "text";
    }
}

layout! {
    TK: Comment = "TK" "摘要欄レコード" "remark" Secondary {
        code: Code 9 "コメントコード" "comment code";
        text: Text 400 "文字データ" "text";
    }
}

layout! {
    KI: Management = "KI" "基本料・薬学管理料レコード" "basic and management fees" Secondary {
        on: Date 8 "算定日" "day of the fees";
        acceptance: Number 2 "処方箋受付回" "acceptance of the prescription";
        base:
            Letters 1 "調剤基本料 負担区分" "basic fee: payers",
            Digits 9 "調剤基本料 コード" "basic fee: code",
            Number 4 "調剤基本料 点数" "basic fee: points";
        _: Reserved 4 "予備" "reserved";
        fees * 12:
            Letters 1 "薬学管理料# 負担区分" "management fee #: payers",
            Digits 9 "薬学管理料# コード" "management fee #: code",
            Number 3 "薬学管理料# 回数" "management fee #: count",
            Number 4 "薬学管理料# 点数" "management fee #: points";
        noted_fees * 3:
            Letters 1 "摘要薬学管理料# 負担区分" "noted fee #: payers",
            Digits 9 "摘要薬学管理料# コード" "noted fee #: code",
            Number 3 "摘要薬学管理料# 回数" "noted fee #: count",
            Number 4 "摘要薬学管理料# 点数" "noted fee #: points";
        earlier: Date 8 "前回調剤年月日" "date of the last dispensing";
        earlier_quantity: Number 3 "前回調剤数量" "quantity of the last dispensing";
        additions * 10:
            Letters 1 "調剤基本料加算# 負担区分" "addition #: payers",
            Digits 9 "調剤基本料加算# コード" "addition #: code",
            Number 3 "調剤基本料加算# 回数" "addition #: count",
            Number 4 "調剤基本料加算# 点数" "addition #: points";
        bundled: Digits 2 "包括管理料等" "bundled fee";
        elsewhere: Digits 2 "他医療機関受診に係る処方箋受付" "visit to another institution";
        ordered_splits:
            Digits 9 "医師の指示による分割調剤 調剤基本料コード" "parts ordered: basic fee",
            Digits 9 "医師の指示による分割調剤 薬学管理料コード" "parts ordered: management fee",
            Digits 9 "医師の指示による分割調剤 摘要薬学管理料コード" "parts ordered: noted fee";
    }
}

layout! {
    ST: SplitFees = "ST" "分割技術料レコード" "fees of dispensing in parts" Secondary {
        doctor: Digits 2 "医師番号" "number of the doctor";
        prescribed: Date 8 "処方月日" "date of the prescription";
        dispensed: Date 8 "調剤月日" "date of dispensing";
        acceptance: Number 2 "処方箋受付回" "acceptance of the prescription";
        parts: Number 2 "分割指示回数" "parts ordered";
        points:
            Number 8 "保険 分割対象点数" "insurance: whole points",
            Number 8 "保険 分割後点数" "insurance: points of the part";
        + * 4:
            Number 8 "第#公費 分割対象点数" "scheme #: whole points",
            Number 8 "第#公費 分割後点数" "scheme #: points of the part";
    }
}
