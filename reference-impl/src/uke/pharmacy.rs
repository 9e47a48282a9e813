//! Pharmacy claims (調剤): the records they do not share with the other forms. Their item tables
//! are in [`super::pharmacy_items`].

use jiff::civil::Date;
use serde::Serialize;

use super::Text;
use super::fields::{Quantity, Slots};
use super::items::Items;
use super::layout::{Field, composite};
use super::out::Out;

/// Where the prescriptions came from, as RE of a pharmacy says it. One receipt is for the
/// prescriptions of one institution (CLM-020).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Prescriber {
    /// 都道府県 of the institution: two digits.
    pub prefecture: Text,
    /// 点数表 of the institution: `1` medical, `3` dental.
    pub table: Text,
    /// 医療機関コード: seven digits.
    pub institution: Text,
    /// 医療機関名称.
    pub name: Text,
    /// 医療機関所在地.
    pub address: Text,
    /// 保険医氏名, up to twenty; [`Dispensing::doctor`] is a number in this list.
    pub doctors: Slots<Text, 20>,
    /// 麻薬免許番号.
    pub narcotics_licence: Text,
}

composite!(Prescriber: prefecture, table, institution, name, address, doctors, narcotics_licence);

impl Field for Option<Box<Prescriber>> {
    fn read(items: &mut Items<'_, '_>) -> Self {
        let prescriber = Prescriber::read(items);
        (prescriber != Prescriber::default()).then(|| Box::new(prescriber))
    }

    fn write(&self, out: &mut Out) {
        match self {
            Some(prescriber) => prescriber.write(out),
            None => Prescriber::default().write(out),
        }
    }
}

/// SH 処方基本: drugs that are taken in one way, with their price for one unit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Prescription {
    /// No: two digits.
    pub number: Text,
    /// 剤形コード.
    pub dosage_form: Text,
    /// 用法コード.
    pub usage: Text,
    /// 特別指示.
    pub instruction: Text,
    /// 単位薬剤料, in points.
    pub unit_points: u32,
    /// 単位薬剤料 under the first to fourth 公費, in points.
    pub public_unit_points: Slots<Option<u32>, 4>,
}

/// A fee with what it is counted by: 負担区分, コード, 点数.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Fee {
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// コード: nine digits.
    pub code: Text,
    /// 点数.
    pub points: Option<u32>,
}

composite!(Fee: burden, code, points);

/// A fee that may be counted with another prescription: 薬剤調製料 and 調剤管理料.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct AssignedFee {
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 算定区分.
    pub basis: Text,
    /// 算定先No: two digits.
    pub target: Text,
    /// コード: nine digits.
    pub code: Text,
    /// 点数.
    pub points: Option<u32>,
}

composite!(AssignedFee: burden, basis, target, code, points);

/// A fee that can be counted several times: 負担区分, コード, 回数, 点数.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct CountedFee {
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// コード: nine digits.
    pub code: Text,
    /// 回数.
    pub count: Option<u16>,
    /// 点数.
    pub points: Option<u32>,
}

composite!(CountedFee: burden, code, count, points);

/// CZ 調剤情報: one dispensing of a prescription.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Dispensing {
    /// 医師番号: which of [`Prescriber::doctors`].
    pub doctor: Text,
    /// 処方箋交付年月日 (処方月日).
    pub prescribed: Option<Date>,
    /// 調剤年月日 (調剤月日).
    pub dispensed: Option<Date>,
    /// 処方箋受付回: at which acceptance of a prescription in the month.
    pub acceptance: u16,
    /// 調剤数量: days, times or pieces.
    pub quantity: u16,
    /// 薬剤調製料 (調剤料).
    pub preparation: AssignedFee,
    /// 分割区分.
    pub split: Text,
    /// 前回までの数量.
    pub earlier_quantity: Option<u16>,
    /// 薬剤料, in points.
    pub drug_points: Option<u32>,
    /// 加算料, up to ten.
    pub additions: Slots<Fee, 10>,
    /// 一包化日数.
    pub one_dose_days: Option<u16>,
    /// 分割調剤種類.
    pub split_kind: Text,
    /// 前回までの一包化日数.
    pub earlier_one_dose_days: Option<u16>,
    /// 医師の指示による分割調剤.
    pub ordered_split: OrderedSplit,
    /// 包括管理料等.
    pub bundled: Text,
    /// 他医療機関受診に係る処方箋受付.
    pub elsewhere: Text,
    /// 外来服薬支援料2.
    pub support: Fee,
    /// 調剤管理料.
    pub management: AssignedFee,
    /// 調剤管理料の時間外等加算.
    pub management_addition: Fee,
    /// 薬剤料減算区分.
    pub reduction: Text,
    /// 薬剤料減算, in points: the total, then the first to fourth 公費.
    pub reduction_points: Slots<Option<u32>, 5>,
}

/// A dispensing in parts that the doctor ordered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct OrderedSplit {
    /// コード: nine digits.
    pub code: Text,
    /// 分割区分.
    pub class: Text,
    /// 分割対象調剤数量.
    pub quantity: Option<u16>,
    /// 分割対象一包化日数.
    pub one_dose_days: Option<u16>,
}

composite!(OrderedSplit: code, class, quantity, one_dose_days);

/// IY 医薬品 of a pharmacy.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct DispensedDrug {
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 医薬品コード: nine digits.
    pub code: Text,
    /// 使用量.
    pub quantity: Option<Quantity>,
    /// 混合区分コード.
    pub mixture: Text,
    /// 混合区分 枝.
    pub mixture_branch: Text,
    /// 配合不適区分.
    pub incompatible: Text,
    /// 1回用量.
    pub single_dose: Option<Quantity>,
}

/// TO 特定器材 of a pharmacy.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct DispensedMaterial {
    /// 負担区分 (CLM-072).
    pub burden: Text,
    /// 特定器材コード: nine digits.
    pub code: Text,
    /// 使用量.
    pub quantity: Option<Quantity>,
    /// 単位コード.
    pub unit: Text,
    /// 単価, in yen.
    pub unit_price: Option<Quantity>,
    /// 特定器材名称.
    pub name: Text,
}

/// KI 基本料・薬学管理料: the fees of one acceptance of prescriptions.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Management {
    /// 算定日.
    pub on: Option<Date>,
    /// 処方箋受付回.
    pub acceptance: u16,
    /// 調剤基本料.
    pub base: Fee,
    /// 薬学管理料, up to twelve.
    pub fees: Slots<CountedFee, 12>,
    /// 摘要薬学管理料, up to three.
    pub noted_fees: Slots<CountedFee, 3>,
    /// 前回調剤年月日.
    pub earlier: Option<Date>,
    /// 前回調剤数量.
    pub earlier_quantity: Option<u16>,
    /// 調剤基本料の加算, up to ten: 医療DX推進体制整備加算 is one of them.
    pub additions: Slots<CountedFee, 10>,
    /// 包括管理料等.
    pub bundled: Text,
    /// 他医療機関受診に係る処方箋受付.
    pub elsewhere: Text,
    /// 医師の指示による分割調剤: codes for 調剤基本料, 薬学管理料 and 摘要薬学管理料.
    pub ordered_splits: Slots<Text, 3>,
}

/// ST 分割技術料: the fees of a dispensing in parts that the doctor ordered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct SplitFees {
    /// 医師番号.
    pub doctor: Text,
    /// 処方月日.
    pub prescribed: Option<Date>,
    /// 調剤月日.
    pub dispensed: Option<Date>,
    /// 処方箋受付回.
    pub acceptance: u16,
    /// 分割指示回数.
    pub parts: Option<u16>,
    /// 分割対象点数 and 分割後点数: of the insurance, then of the first to fourth 公費.
    pub points: Slots<SplitPoints, 5>,
}

/// Points before and after the division by the number of parts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct SplitPoints {
    /// 分割対象点数.
    pub whole: Option<u32>,
    /// 分割後点数.
    pub part: Option<u32>,
}

composite!(SplitPoints: whole, part);
