//! People as an author writes them.

use jiff::civil::Date;
use madoguchi_reference::calendar::{Month, read_date, read_dates, read_some_date};
use madoguchi_reference::ids::{
    BranchNumber, InsuredKey, InsuredNumber, InsuredSymbol, InsurerNumber,
};
use madoguchi_reference::wire::{CardClass, Disease, LimitClass, LossReason, Relation, Sex};
use serde::{Deserialize, Serialize};

use crate::charged_before::ChargedBefore;
use crate::filings::Filings;
use crate::medical_aid::MedicalAid;
use crate::open::Open;
use crate::subsidies::Subsidy;

/// A person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Birth date.
    pub born: Open<Date>,
    /// Sex.
    #[serde(default = "female")]
    pub sex: Sex,
    /// Name; a fictional one is given if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Insurance, oldest first; empty for a person without.
    #[serde(default)]
    pub coverage: Vec<Coverage>,
    /// 生活保護の医療扶助.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medical_aid: Option<MedicalAid>,
    /// 公費: entitlements to public-expense schemes, medical aid apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public: Vec<Subsidy>,
    /// マイナンバーカード, if the person has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// A phone, with or without the certificate on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// A second handset, for who changes phones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_phone: Option<Phone>,
    /// Papers and screens the person can show.
    #[serde(default)]
    pub papers: Papers,
    /// Employer, as the person would write it on a statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// Months in which drugs stand on claims; one a few months ago, if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drugs: Option<Vec<Month>>,
    /// Days of health check-ups (特定健診).
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "read_dates")]
    pub check_ups: Vec<Date>,
    /// What this institution charged the person before the scenario, as far as it still counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charged_before: Option<ChargedBefore>,
    /// Whether the person can reach マイナポータル on a phone at the counter.
    #[serde(default)]
    pub portal: bool,
    /// Whether the card is registered for use as health card (利用登録).
    #[serde(default = "seen")]
    pub signed_up: bool,
}

impl Person {
    /// Every certificate, with the field that holds it.
    pub fn certificates(&self) -> impl Iterator<Item = (&'static str, &Certificate)> {
        let card = self.card.iter().map(|card| ("card", &card.certificate));
        let phone = self.phone.iter().map(|phone| ("phone", phone));
        let new_phone = self.new_phone.iter().map(|phone| ("new_phone", phone));
        let loaded = phone.chain(new_phone);
        card.chain(loaded.filter_map(|(holder, p)| Some((holder, p.certificate.as_ref()?))))
    }

    /// The same, to close what is open.
    pub fn certificates_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut Certificate)> {
        let card = self.card.iter_mut().map(|card| ("card", &mut card.certificate));
        let phone = self.phone.iter_mut().map(|phone| ("phone", phone));
        let new_phone = self.new_phone.iter_mut().map(|phone| ("new_phone", phone));
        let loaded = phone.chain(new_phone);
        card.chain(loaded.filter_map(|(holder, p)| Some((holder, p.certificate.as_mut()?))))
    }
}

fn female() -> Sex {
    Sex::Female
}

/// A name in both writings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Kanji, with a full-width space.
    pub kanji: String,
    /// Half-width kana, with a half-width space.
    pub kana: String,
}

/// One period of insurance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// 保険者番号, 8 or 6 digits with check digit.
    pub insurer: InsurerNumber,
    /// 記号.
    #[serde(default)]
    pub symbol: InsuredSymbol,
    /// 番号.
    pub number: InsuredNumber,
    /// 枝番.
    #[serde(default)]
    pub branch: BranchNumber,
    /// First day.
    #[serde(deserialize_with = "read_date")]
    pub from: Date,
    /// Last day; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub to: Option<Date>,
    /// 本人 or 家族.
    #[serde(default = "insured")]
    pub relation: Relation,
    /// The share in percent, where the insurer states one (70 and over).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<u8>,
    /// 限度額の区分, such as `A03` (OQSCD012).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitClass>,
    /// 被保険者証区分 (OQSCD010).
    #[serde(default = "general", skip_serializing_if = "is_general")]
    pub class: CardClass,
    /// The disease of a 特定疾病療養受療証, if the insurer has issued one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specific_disease: Option<Disease>,
    /// Why it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loss_reason: Option<LossReason>,
    /// The day on which the insurer took the proof back (証の回収).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected: Option<Date>,
    /// When beginning and end reach the intermediate server.
    #[serde(default)]
    pub registered: Filings,
}

fn general() -> CardClass {
    CardClass::General
}

fn is_general(class: &CardClass) -> bool {
    *class == CardClass::General
}

fn insured() -> Relation {
    Relation::Insured
}

impl Coverage {
    /// Insurer and number.
    pub fn key(&self) -> InsuredKey {
        InsuredKey {
            insurer: self.insurer.clone(),
            symbol: self.symbol.clone(),
            number: self.number.clone(),
            branch: self.branch.clone(),
        }
    }

    /// Whether `date` lies in it.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// A card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The day it was issued; with it the last day of the card is known (CERT-003).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub issued: Option<Date>,
    /// The day it was applied for; the day of issue, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub applied: Option<Date>,
    /// Its 利用者証明用電子証明書.
    pub certificate: Certificate,
    /// Kind of card.
    #[serde(default)]
    pub kind: CardKind,
    /// Its PIN.
    #[serde(default = "pin")]
    pub pin: String,
    /// Wrong entries before the scenario begins.
    #[serde(default)]
    pub wrong_pins: u8,
    /// 署名用パスワード, for a holder who has a signature certificate.
    #[serde(default = "signature_password")]
    pub signature_password: String,
    /// Whether the chip can be read.
    #[serde(default)]
    pub chip: Chip,
}

fn signature_password() -> String {
    "TEST1234".to_owned()
}

fn pin() -> String {
    "1234".to_owned()
}

/// A certificate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Last day. Either this or the day of issue is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Open<Date>>,
    /// The day it was issued, from which the register counts the last day (CERT-002). A plan
    /// has the last day instead.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub issued: Option<Date>,
    /// What the certifier says of it.
    #[serde(default)]
    pub state: CertificateState,
    /// Whether the centre has seen it before; the first use of a new serial needs the certifier.
    #[serde(default = "seen")]
    pub seen: bool,
}

fn seen() -> bool {
    true
}

impl Certificate {
    /// Its last day, if it is known already: not before the register counted it from the day of
    /// issue, and not while it is open.
    pub fn last_day(&self) -> Option<Date> {
        self.expires.and_then(|expires| expires.fixed())
    }
}

/// What the certifier says, apart from expiry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateState {
    /// Neither revoked nor suspended.
    #[default]
    Active,
    /// 一時停止.
    Suspended,
    /// 失効.
    Revoked,
}

/// Kinds of card.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardKind {
    /// An adult's.
    #[default]
    Standard,
    /// 顔認証マイナンバーカード: no PIN.
    FaceOnly,
    /// Under one year: no photograph.
    WithoutPhoto,
}

/// Whether a chip can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chip {
    /// It can.
    #[default]
    Working,
    /// It cannot.
    Unreadable,
}

/// A phone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// Kind of phone.
    pub kind: PhoneKind,
    /// The certificate on it; none before it is loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// Its PIN.
    #[serde(default = "pin")]
    pub pin: String,
    /// Wrong entries before the scenario begins.
    #[serde(default)]
    pub wrong_pins: u8,
    /// Whether it can be read.
    #[serde(default)]
    pub chip: Chip,
}

/// Kinds of phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneKind {
    /// PIN on the reader.
    Android,
    /// Unlocked on the phone.
    Iphone,
}

/// Papers and saved screens.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Papers {
    /// 健康保険証.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_card: Option<Printed>,
    /// 資格確認書.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligibility_certificate: Option<Printed>,
    /// 資格情報のお知らせ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligibility_notice: Option<Printed>,
    /// マイナポータルの画面を保存したPDF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portal_pdf: Option<Printed>,
}

/// What is printed on a paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Printed {
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub until: Option<Date>,
    /// Which of the person's periods it shows, from 0; the one of the day it is shown, if not
    /// given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<usize>,
}
