//! The institution as an author writes it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madoguchi_reference::calendar::{Month, read_some_date};
use madoguchi_reference::fee::{CardUse, Standing};
use madoguchi_reference::reader::PhotoAccess;
use madoguchi_reference::register::Hardship;
use madoguchi_reference::uke::ReviewBody;
use madoguchi_reference::wire::{Charset, ElementOrder, Padding, RegistrationForm};
use serde::{Deserialize, Serialize};

use crate::visit::OneOrMore;

/// The institution.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// What kind of institution.
    pub kind: FacilityKind,
    /// Prefecture code, 1 to 47.
    pub prefecture: u8,
    /// Its readers; none where the list is empty.
    #[serde(default = "one_face_reader")]
    pub readers: Vec<ReaderKind>,
    /// Whether it is a 指定医療機関 whose systems have the function for medical aid (医療扶助).
    #[serde(default = "yes")]
    pub medical_aid: bool,
    /// Whether a device for マイナ在宅受付Web stands at the counter (OUT-040).
    #[serde(default)]
    pub remote_device: bool,
    /// Whether it has a page of マイナ在宅受付Web.
    #[serde(default = "yes")]
    pub remote_reception: bool,
    /// The day from which it takes part in the Public Medical Hub (PMH); never, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub pmh: Option<Date>,
    /// Whether it is a site of the pilot with phones (CERT-043).
    #[serde(default)]
    pub pilot: bool,
    /// Why it need not verify online yet (経過措置, IDV-051).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excused: Option<Excuse>,
    /// How much the card was used here, in months whose figures count for something: fees
    /// and programme money (PROG-001). What happens in the scenario is not added.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub months: BTreeMap<Month, CardUse>,
    /// What it fulfils for the add-ons to its fees; nothing, and no add-on, if nothing is said.
    #[serde(default, skip_serializing_if = "fulfils_nothing")]
    pub standing: Standing,
    /// Settings of its systems that the published facts leave open.
    #[serde(default)]
    pub settings: ChairSettings,
}

fn fulfils_nothing(standing: &Standing) -> bool {
    *standing == Standing::default()
}

fn yes() -> bool {
    true
}

fn one_face_reader() -> Vec<ReaderKind> {
    vec![ReaderKind::Face]
}

/// Kinds of institution.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FacilityKind {
    /// 医科診療所.
    Clinic,
    /// 病院.
    Hospital,
    /// 歯科診療所.
    Dental,
    /// 保険薬局.
    Pharmacy,
    /// 施術所 (柔道整復、あん摩マッサージ指圧、はり、きゅう).
    Therapist,
    /// 健診実施機関.
    CheckUpProvider,
    /// 助産所.
    MaternityHome,
    /// A medical institution without the duty to verify online (義務化対象外).
    ExemptClinic,
}

impl FacilityKind {
    /// Whether it has the duty to verify online (オンライン資格確認の義務).
    pub fn is_bound(self) -> bool {
        matches!(self, Self::Clinic | Self::Hospital | Self::Dental | Self::Pharmacy)
    }

    /// 点数表 by which it charges, as its code has it.
    pub fn points_table(self) -> char {
        match self {
            Self::Dental => '3',
            Self::Pharmacy => '4',
            _ => '1',
        }
    }

    /// Whether it has beds.
    pub fn has_beds(self) -> bool {
        matches!(self, Self::Clinic | Self::Hospital)
    }
}

/// A transitional measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excuse {
    /// Why.
    pub reason: Hardship,
    /// The day on which the reason ended: the line was there, the building was ready; none while
    /// it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub ended: Option<Date>,
}

/// Kinds of reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReaderKind {
    /// 顔認証付きカードリーダー.
    Face,
    /// The same, with a 汎用カードリーダー for phones beside it.
    FaceWithPhone,
    /// マイナ資格確認アプリ for eligibility only (資格確認限定型), on a device of its own.
    App,
}

/// How visual mode is switched on (IDV-010, IDV-011).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisualOn {
    /// On the reader, as soon as that is possible.
    #[default]
    Reader,
    /// On the PC for good: the make has no update.
    Pc,
}

/// Settings of an institution's systems.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChairSettings {
    /// Encoding of requests and answers.
    pub charset: Charset,
    /// How a six-digit insurer number fills its eight columns.
    pub insurer_padding: Padding,
    /// Order of the elements in an answer.
    pub element_order: ElementOrder,
    /// Whether the receipt computer refuses an insurer number whose check digit is wrong.
    pub insists_on_check_digits: bool,
    /// The review body from which it claims what has no known insurer (CLM-007); SIIF, if none is
    /// given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_to: Option<ReviewBody>,
    /// Whether a single registration of a reference number stands in a block of its own.
    pub registration_form: RegistrationForm,
    /// Where visual mode is switched on.
    pub visual_switch: VisualOn,
    /// The passcode that was set for it on the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passcode: Option<String>,
    /// The passcode that staff type; the right one, if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed_passcode: Option<String>,
    /// How the reader gets at the photograph in the chip.
    pub photo_access: PhotoAccess,
    /// The groups for which consent is asked at the reader; all of them, if none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent_groups: Option<OneOrMore<ConsentGroup>>,
}

/// A group of consent (CONS-001), or a word for several.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentGroup {
    /// What CONS-032 has set before an institution sets anything.
    Initial,
    /// 手術情報.
    Surgery,
    /// 診療情報.
    Treatment,
    /// 薬剤情報.
    Drugs,
    /// 特定健診等情報.
    CheckUp,
    /// 特定疾病療養受療証.
    SpecificDisease,
}
