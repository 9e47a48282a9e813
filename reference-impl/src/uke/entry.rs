//! The records of a receipt after its payers, each as what it is.

use serde::Serialize;

use super::dental::{self, ToothDisease, Treatment};
use super::items::Items;
use super::medical::{self, Comment, Detail, Disease, Drug, Material, Reason, Service};
use super::nursing::{self, Care, Condition, Course, NursedDisease, Order, Orderer};
use super::out::Out;
use super::payers::{self, Charge, Check, DayMarks};
use super::pharmacy::{
    DispensedDrug, DispensedMaterial, Dispensing, Management, Prescription, SplitFees,
};
use super::pharmacy_items as pharmacy;
use super::spec::RecordSpec;
use super::{Form, Receipt, Text};

/// A record of any kind: its id and its items as text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Record {
    /// レコード識別情報: two capital letters.
    pub id: String,
    /// The items after the id, so that `fields[0]` is item 2 of the specification.
    pub fields: Vec<String>,
}

impl Record {
    pub(super) fn write(&self, out: &mut Out) {
        out.begin_raw(&self.id);
        self.fields.iter().for_each(|field| out.text(field));
        out.end();
    }
}

/// Lists the kinds of entries: for each the type it holds, its id, and its item table in every
/// form of file that has it.
macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident($type:ty) = $id:literal { $($form:ident: $layout:expr),+ })+) => {
        /// A record of a receipt after its payers. The order of the file is kept.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize)]
        pub enum Entry {
            $($(#[$doc])* $name($type),)+
            /// Any other record, as it stands in the file.
            Other(Record),
        }

        impl Entry {
            /// The record id.
            pub fn id(&self) -> &str {
                match self {
                    $(Self::$name(_) => $id,)+
                    Self::Other(record) => &record.id,
                }
            }

            /// The item table of the entries with this id in a file of this form; `None` where
            /// they are kept as they are.
            pub(super) fn spec(form: Form, id: [u8; 2]) -> Option<&'static RecordSpec> {
                match (form, id.as_slice()) {
                    $($((Form::$form, tag) if tag == $id.as_bytes() => Some(&$layout.spec),)+)+
                    _ => None,
                }
            }

            /// Reads a record that has an item table.
            pub(super) fn read(form: Form, id: [u8; 2], items: Items<'_, '_>) -> Option<Self> {
                match (form, id.as_slice()) {
                    $($((Form::$form, tag) if tag == $id.as_bytes() => {
                        let mut value = Default::default();
                        $layout.read_into(items, &mut value);
                        Some(Self::$name(value.into()))
                    })+)+
                    _ => None,
                }
            }

            /// Writes it; whether a file of this form has room for it.
            pub(super) fn write(&self, form: Form, out: &mut Out) -> bool {
                match (self, form) {
                    $($((Self::$name(value), Form::$form) => $layout.write(value, out),)+)+
                    (Self::Other(record), _) => record.write(out),
                    _ => return false,
                }
                true
            }
        }

        $(impl From<$type> for Entry {
            fn from(value: $type) -> Self {
                Self::$name(value)
            }
        })+
    };
}

entries! {
    /// SN 資格確認.
    Check(Check) = "SN" {
        Medical: payers::SN, Dental: payers::SN, Pharmacy: payers::SN, VisitingNursing: payers::SN
    }
    /// JD 受診日等.
    Days(DayMarks) = "JD" {
        Medical: payers::JD, Dental: payers::JD, Pharmacy: payers::JD, VisitingNursing: payers::JD
    }
    /// MF 窓口負担額.
    Charge(Charge) = "MF" {
        Medical: payers::MF, Dental: payers::MF, Pharmacy: payers::MF, VisitingNursing: payers::MF
    }
    /// GR 医科点数表算定理由.
    Reason(Reason) = "GR" { Medical: medical::GR }
    /// SY 傷病名.
    Disease(Disease) = "SY" { Medical: medical::SY }
    /// SI 診療行為.
    Service(Service) = "SI" { Medical: medical::SI, Dental: dental::SI }
    /// IY 医薬品.
    Drug(Drug) = "IY" { Medical: medical::IY, Dental: dental::IY }
    /// TO 特定器材.
    Material(Box<Material>) = "TO" { Medical: medical::TO, Dental: dental::TO }
    /// CO コメント.
    Comment(Comment) = "CO" {
        Medical: medical::CO, Dental: dental::CO, Pharmacy: pharmacy::CO, VisitingNursing: nursing::CO
    }
    /// SJ 症状詳記.
    Detail(Detail) = "SJ" { Medical: medical::SJ, Dental: medical::SJ }
    /// HS 傷病名部位; dental.
    ToothDisease(Box<ToothDisease>) = "HS" { Dental: dental::HS }
    /// SS 歯科診療行為.
    Treatment(Box<Treatment>) = "SS" { Dental: dental::SS }
    /// SH 処方基本; pharmacy.
    Prescription(Prescription) = "SH" { Pharmacy: pharmacy::SH }
    /// CZ 調剤情報; pharmacy.
    Dispensing(Box<Dispensing>) = "CZ" { Pharmacy: pharmacy::CZ }
    /// IY 医薬品 of a pharmacy.
    DispensedDrug(DispensedDrug) = "IY" { Pharmacy: pharmacy::IY }
    /// TO 特定器材 of a pharmacy.
    DispensedMaterial(DispensedMaterial) = "TO" { Pharmacy: pharmacy::TO }
    /// TK 摘要欄; pharmacy.
    Remark(Box<Comment>) = "TK" { Pharmacy: pharmacy::TK }
    /// KI 基本料・薬学管理料; pharmacy.
    Management(Box<Management>) = "KI" { Pharmacy: pharmacy::KI }
    /// ST 分割技術料; pharmacy.
    SplitFees(Box<SplitFees>) = "ST" { Pharmacy: pharmacy::ST }
    /// IH 医療機関・保険医情報; visiting nursing.
    Orderer(Orderer) = "IH" { VisitingNursing: nursing::IH }
    /// HJ 訪問看護指示; visiting nursing.
    Order(Order) = "HJ" { VisitingNursing: nursing::HJ }
    /// JS 心身の状態; visiting nursing.
    Condition(Condition) = "JS" { VisitingNursing: nursing::JS }
    /// SY 傷病名 of visiting nursing.
    NursedDisease(NursedDisease) = "SY" { VisitingNursing: nursing::SY }
    /// RJ 利用者情報; visiting nursing.
    Course(Box<Course>) = "RJ" { VisitingNursing: nursing::RJ }
    /// KA 訪問看護療養費; visiting nursing.
    Care(Care) = "KA" { VisitingNursing: nursing::KA }
}

macro_rules! from_unboxed {
    ($($name:ident)+) => {
        $(impl From<$name> for Entry {
            fn from(value: $name) -> Self {
                Self::$name(Box::new(value))
            }
        })+
    };
}

from_unboxed!(Material ToothDisease Treatment Dispensing Management SplitFees Course);

impl Entry {
    /// The SN record it is, if it is one.
    pub fn check(&self) -> Option<&Check> {
        if let Self::Check(check) = self { Some(check) } else { None }
    }

    /// The JD record it is, if it is one.
    pub fn days(&self) -> Option<&DayMarks> {
        if let Self::Days(days) = self { Some(days) } else { None }
    }

    /// The SI record it is, if it is one.
    pub fn service(&self) -> Option<&Service> {
        if let Self::Service(service) = self { Some(service) } else { None }
    }

    /// The CO record it is, if it is one.
    pub fn comment(&self) -> Option<&Comment> {
        if let Self::Comment(comment) = self { Some(comment) } else { None }
    }

    /// 負担区分, 点数 and 回数 of a medical or dental line that has points of its own.
    pub fn charged(&self) -> Option<(&Text, u32, u16)> {
        let (burden, points, count) = match self {
            Self::Service(it) => (&it.burden, it.points, it.count),
            Self::Drug(it) => (&it.burden, it.points, it.count),
            Self::Material(it) => (&it.burden, it.points, it.count),
            Self::Treatment(it) => (&it.burden, it.points, it.count),
            _ => return None,
        };
        points.map(|points| (burden, points, count))
    }
}

impl Receipt {
    /// The ids of its records in the order of the file.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let insurance = self.insurance.iter().map(|_| "HO");
        let publics = self.publics.iter().map(|_| "KO");
        let entries = self.entries.iter().map(Entry::id);
        std::iter::once("RE").chain(insurance).chain(publics).chain(entries)
    }
}
