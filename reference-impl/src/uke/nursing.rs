//! Visiting nursing claims (訪問看護): the records and item tables they do not share with the
//! other forms.
//!
//! Order and lengths follow public programs written after the specification of June 2024. No
//! transcription says what TJ 情報提供, TZ 特記事項 and KS 専門の研修 hold, so these are kept as
//! they are; the programs have GO without any item, once behind the header and once last.

use jiff::civil::Date;
use serde::Serialize;

use super::fields::{Quantity, Slots};
use super::layout::{composite, layout};
use super::medical::Comment;
use super::{Header, Insurance, PublicPayer, Receipt, Text, Total};

/// IH 医療機関・保険医情報: the doctor in charge.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Orderer {
    /// 医療機関都道府県: two digits.
    pub prefecture: Text,
    /// 医療機関点数表.
    pub table: Text,
    /// 医療機関コード: seven digits.
    pub institution: Text,
    /// 主治医の属する医療機関等の名称.
    pub name: Text,
    /// 主治医の氏名.
    pub doctor: Text,
    /// 主治医への直近報告年月日.
    pub reported: Option<Date>,
}

/// HJ 訪問看護指示: an order of the doctor and how long it holds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Order {
    /// 指示区分: two digits.
    pub kind: Text,
    /// 指示期間 自.
    pub from: Option<Date>,
    /// 指示期間 至.
    pub to: Option<Date>,
}

/// JS 心身の状態.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Condition {
    /// 心身の状態.
    pub text: Text,
    /// 基準告示第2の1に規定する疾病等の有無: two-digit codes, joined.
    pub listed: Text,
    /// 該当する疾病等: three-digit codes, joined.
    pub diseases: Text,
    /// GAF尺度により判定した値.
    pub gaf: Text,
    /// GAF尺度により判定した年月日.
    pub gaf_on: Option<Date>,
}

/// SY 傷病名 of visiting nursing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct NursedDisease {
    /// 傷病名コード: seven digits, `0000999` for a name without a code.
    pub code: Text,
    /// 修飾語コード: four digits each, joined.
    pub modifiers: Text,
    /// 傷病名称, for a name without a code.
    pub name: Text,
    /// 補足コメント.
    pub comment: Text,
}

/// RJ 利用者情報: where the person was visited, and how the visits ended.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Course {
    /// 訪問開始年月日.
    pub started: Option<Date>,
    /// 訪問した場所1.
    pub place: VisitPlace,
    /// 訪問した場所2 and 3, with the day from which.
    pub later_places: Slots<LaterPlace, 2>,
    /// 訪問終了年月日.
    pub ended: Option<Date>,
    /// 訪問終了時刻: `HHMM`.
    pub ended_at: Text,
    /// 訪問終了状況コード.
    pub end: Text,
    /// 訪問終了状況文字データ.
    pub end_text: Text,
    /// 死亡年月日.
    pub died: Option<Date>,
    /// 死亡時刻: `HHMM`.
    pub died_at: Text,
    /// 死亡場所.
    pub died_in: VisitPlace,
    /// 利用者情報コード: two digits each, joined.
    pub information: Text,
    /// 他の訪問看護ステーション, up to two.
    pub other_stations: Slots<OtherStation, 2>,
}

/// A place by its code, with words for `99`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct VisitPlace {
    /// 場所コード: two digits.
    pub code: Text,
    /// 文字データ.
    pub text: Text,
}

composite!(VisitPlace: code, text);

/// A place to which the visits moved.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct LaterPlace {
    /// 訪問場所変更年月日.
    pub from: Option<Date>,
    /// 場所.
    pub place: VisitPlace,
}

composite!(LaterPlace: from, place);

/// Another station that visits the same person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct OtherStation {
    /// 都道府県.
    pub prefecture: Text,
    /// 点数表.
    pub table: Text,
    /// ステーションコード.
    pub code: Text,
    /// 所在地.
    pub address: Text,
    /// 名称.
    pub name: Text,
}

composite!(OtherStation: prefecture, table, code, address, name);

/// KA 訪問看護療養費: one fee on one day.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Care {
    /// 算定年月日.
    pub on: Option<Date>,
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 訪問看護療養費コード: nine digits.
    pub code: Text,
    /// 数量データ.
    pub quantity: Option<Quantity>,
    /// 金額, in yen.
    pub yen: u32,
    /// 職種等: two-digit codes, joined.
    pub staff: Text,
    /// 同日訪問回数: `01` to `03`.
    pub visit: Text,
    /// 指示区分, where it is another one than that of HJ.
    pub order_kind: Text,
}

layout! {
    HM: Header = "HM" "訪問看護ステーション情報レコード" "station" Secondary {
        payer: Code 1 "審査支払機関" "review body";
        prefecture: Code 2 "都道府県" "prefecture";
        "6": Code 1 "点数表" "fee table";
        institution: Code 7 "訪問看護ステーションコード" "station code";
        name: Text 40 "訪問看護ステーション名称" "name of the station";
        claim_month: Month 6 "請求年月" "month of claiming";
        phone: Letters 15 "電話番号" "telephone";
    }
}

layout! {
    RE: Receipt = "RE" "レセプト共通レコード" "receipt" Secondary {
        number: Number 6 "レセプト番号" "receipt number";
        kind: Code 4 "レセプト種別" "kind of receipt";
        month: Month 6 "指定訪問看護年月" "month of the visits";
        name: Text 40 "氏名" "name";
        kana: Text 80 "カタカナ（氏名）" "name in kana";
        sex: Code 1 "男女区分" "sex";
        born: Date 8 "生年月日" "date of birth";
        _ * 2: Reserved 8 "予備#" "reserved #";
        benefit_percent: Number 3 "給付割合" "benefit in percent";
        notes: Letters 10 "レセプト特記" "special notes";
        reduced: Digits 1 "一部負担金区分" "class of reduced share";
        chart_number: Letters 20 "訪問看護記録番号等" "nursing record number";
        search_number: Digits 30 "検索番号" "search number";
    }
}

layout! {
    HO: Insurance = "HO" "保険者レコード" "insurer" Secondary {
        insurer: Code 8 "保険者番号" "insurer number";
        symbol: Text 38 "被保険者資格に係る記号" "symbol";
        number: Text 38 "被保険者資格に係る番号" "number";
        days: Number 2 "実日数" "days of visits";
        points: Number 8 "合計金額" "total, in yen";
        duty: Digits 1 "職務上の事由" "reason connected with duty";
        certificate: Digits 3 "証明書番号" "certificate number";
        charged_yen: Number 8 "一部負担金額" "charge, in yen";
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
        days: Number 2 "実日数" "days of visits";
        points: Number 8 "合計金額" "total, in yen";
        charged_yen: Number 8 "一部負担金額" "charge, in yen";
        outpatient_yen: Number 6 "公費給付対象一部負担金" "share under the scheme, in yen";
    }
}

layout! {
    IH: Orderer = "IH" "医療機関・保険医情報レコード" "doctor in charge" Secondary {
        prefecture: Code 2 "医療機関都道府県" "prefecture";
        table: Code 1 "医療機関点数表" "fee table";
        institution: Code 7 "医療機関コード" "institution code";
        name: Text 40 "主治医の属する医療機関等の名称" "institution of the doctor";
        doctor: Text 40 "主治医の氏名" "name of the doctor";
        reported: Date 8 "主治医への直近報告年月日" "date of the last report";
    }
}

layout! {
    HJ: Order = "HJ" "訪問看護指示レコード" "order" Secondary {
        kind: Code 2 "指示区分" "kind of order";
        from: Date 8 "指示期間（自）" "holds from";
        to: Date 8 "指示期間（至）" "holds to";
    }
}

layout! {
    JS: Condition = "JS" "心身の状態レコード" "condition" Secondary {
        text: Text 2400 "心身の状態" "condition of body and mind";
        listed: Digits 10 "基準告示第２の１に規定する疾病等の有無" "listed diseases: whether";
        diseases: Digits 300 "該当する疾病等" "listed diseases: which";
        gaf: Digits 2 "GAF尺度により判定した値" "value of the GAF scale";
        gaf_on: Date 8 "GAF尺度により判定した年月日" "date of the GAF value";
    }
}

layout! {
    SY: NursedDisease = "SY" "傷病名レコード" "disease" Secondary {
        code: Code 7 "傷病名コード" "disease code";
        modifiers: Letters 80 "修飾語コード" "modifier codes";
        name: Text 40 "傷病名称" "name of the disease";
        comment: Text 40 "補足コメント" "comment";
    }
}

layout! {
    RJ: Course = "RJ" "利用者情報レコード" "person visited" Secondary {
        started: Date 8 "訪問開始年月日" "first visit";
        place:
            Digits 2 "訪問した場所１コード" "place 1: code",
            Text 130 "訪問した場所１文字データ" "place 1: text";
        later_places:
            Date 8 "訪問した場所２訪問場所変更年月日" "place 2: from",
            Digits 2 "訪問した場所２コード" "place 2: code",
            Text 130 "訪問した場所２文字データ" "place 2: text",
            Date 8 "訪問した場所３訪問場所変更年月日" "place 3: from",
            Digits 2 "訪問した場所３コード" "place 3: code",
            Text 130 "訪問した場所３文字データ" "place 3: text";
        ended: Date 8 "訪問終了年月日" "last visit";
        ended_at: Digits 4 "訪問終了時刻" "time of the last visit";
        end: Digits 2 "訪問終了状況コード" "how the visits ended";
        end_text: Text 20 "訪問終了状況文字データ" "how the visits ended, in words";
        died: Date 8 "死亡年月日" "date of death";
        died_at: Digits 4 "死亡時刻" "time of death";
        died_in:
            Digits 2 "死亡場所コード" "place of death: code",
            Text 130 "死亡場所文字データ" "place of death: text";
        information: Digits 20 "利用者情報コード" "information on the person";
        other_stations * 2:
            Digits 2 "他の訪問看護ステーション#都道府県" "other station #: prefecture",
            Digits 1 "他の訪問看護ステーション#点数表" "other station #: fee table",
            Digits 7 "他の訪問看護ステーション#コード" "other station #: code",
            Text 80 "他の訪問看護ステーション#所在地" "other station #: address",
            Text 40 "他の訪問看護ステーション#名称" "other station #: name";
    }
}

layout! {
    CO: Comment = "CO" "コメントレコード" "comment" Secondary {
        code: Code 9 "コメントコード" "comment code";
        text: Text 400 "文字データ" "text";
        _: Reserved 9 "予備" "reserved";
    }
}

layout! {
    KA: Care = "KA" "訪問看護療養費レコード" "nursing fee" Secondary {
        on: Date 8 "算定年月日" "date of the fee";
        burden: Letters 1 "負担区分" "payers of the fee";
        code: Code 9 "訪問看護療養費コード" "fee code";
        quantity: Decimal 8 "数量データ" "quantity";
        yen: Number 6 "金額" "yen";
        staff: Digits 20 "職種等" "staff";
        visit: Digits 2 "同日訪問回数" "visit of the day";
        order_kind: Digits 2 "指示区分" "kind of order";
    }
}

layout! {
    /// Whether it holds sums is not known.
    GO: Total = "GO" "訪問看護療養費請求書レコード" "end of the claims" Memory {
        _ * 0: Reserved 0 "予備" "reserved";
    }
}
