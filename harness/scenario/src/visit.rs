//! A visit as an author writes it.

use jiff::civil::Date;
use madoguchi_reference::calendar::read_some_date;
use madoguchi_reference::fee::Setting;
use madoguchi_reference::ids::{InstitutionCode, InsurerNumber};
use madoguchi_reference::message::reader::Method;
use madoguchi_reference::register::Route;
use serde::{Deserialize, Serialize};

use crate::subsidies::Part;

/// A visit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Who comes.
    pub who: String,
    /// What is held out first.
    #[serde(default)]
    pub shows: Shown,
    /// How to be identified; several are tried in order.
    #[serde(default = "by_face")]
    pub verify: OneOrMore<Method>,
    /// PINs typed, in order. The right one if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<OneOrMore<String>>,
    /// How many times the camera fails to find the face.
    #[serde(default)]
    pub face_misses: u8,
    /// Whether staff find photograph and face to be one person.
    #[serde(default = "yes")]
    pub looks_alike: bool,
    /// What is consented to.
    #[serde(default)]
    pub consent: Consent,
    /// Answer to the screen for 限度額, where it is asked; and oral consent at the desk.
    #[serde(default = "yes")]
    pub limit_consent: bool,
    /// Whether staff look the patient up in disaster mode (OUT-020).
    #[serde(default)]
    pub disaster_mode: bool,
    /// Whether the patient can be asked aloud.
    #[serde(default = "yes")]
    pub conscious: bool,
    /// Whether it is a victim of a disaster without any proof (OUT-022).
    #[serde(default)]
    pub victim: bool,
    /// Whether the patient forgets to sign a statement at first (FB-007).
    #[serde(default)]
    pub forgets_to_sign: bool,
    /// Answer to the screen for 特定疾病療養受療証; yes if everything is consented to, if not
    /// given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disease_consent: Option<bool>,
    /// What staff type at first as 保険者番号 of the paper, where it is not what stands on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mistyped: Option<InsurerNumber>,
    /// How the patient comes.
    #[serde(default)]
    pub route: Route,
    /// Whose device is used where the route is not the counter.
    #[serde(default)]
    pub device: RemoteDevice,
    /// Whether a document with a photograph is at hand.
    #[serde(default)]
    pub photo_id: bool,
    /// Whether the phone is held up before the reader asks for it.
    #[serde(default)]
    pub phone_too_early: bool,
    /// Whether the PIN is typed on the phone when the reader asks for it.
    #[serde(default)]
    pub pin_on_phone: bool,
    /// Whether the card is put on the reader where the phone does not work.
    #[serde(default)]
    pub card_instead: bool,
    /// Whether a card that is not registered as health card yet is registered at the reader.
    #[serde(default = "yes")]
    pub signs_up: bool,
    /// Who answers the consent screens.
    #[serde(default)]
    pub consent_by: ConsentBy,
    /// First visit to this institution.
    #[serde(default = "yes")]
    pub first: bool,
    /// Whether the patient says that nothing changed since the last visit.
    #[serde(default = "yes")]
    pub unchanged: bool,
    /// Points of the treatment, of a stay all of them; 291 for a first visit to a physician, 75
    /// for another, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    /// Whether it is a visit, or a stay that is charged at discharge or on the last day of a month.
    #[serde(default, skip_serializing_if = "is_outpatient")]
    pub setting: Setting,
    /// The day a stay began; the day it is charged, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read_some_date")]
    pub admitted: Option<Date>,
    /// At a pharmacy: who issued the prescription, by the ten digits of its code; a clinic nearby,
    /// if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prescriber: Option<InstitutionCode>,
    /// What is done, where not all of it falls under the same public schemes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// 法別番号 of the certificates on paper that the patient has along; all of them, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificates: Option<OneOrMore<String>>,
    /// Answer to the screen about public subsidies (PMH): 利用する or 利用しない.
    #[serde(default = "yes")]
    pub subsidy_consent: bool,
    /// Whether the receipt carries day-level data.
    #[serde(default = "yes")]
    pub day_level: bool,
    /// Which of the institution's readers, from 0.
    #[serde(default)]
    pub reader: u16,
}

impl Visit {
    /// An ordinary visit with a card.
    pub fn by(who: &str, method: Method, first: bool) -> Self {
        Self {
            who: who.to_owned(),
            shows: Shown::Card,
            verify: OneOrMore(vec![method]),
            pin: None,
            face_misses: 0,
            looks_alike: true,
            consent: Consent::All,
            limit_consent: true,
            disaster_mode: false,
            conscious: true,
            victim: false,
            forgets_to_sign: false,
            disease_consent: None,
            mistyped: None,
            route: Route::Counter,
            device: RemoteDevice::Facility,
            photo_id: false,
            phone_too_early: false,
            pin_on_phone: false,
            card_instead: false,
            signs_up: true,
            consent_by: ConsentBy::Patient,
            first,
            unchanged: true,
            points: None,
            setting: Setting::Outpatient,
            admitted: None,
            prescriber: None,
            parts: Vec::new(),
            certificates: None,
            subsidy_consent: true,
            day_level: true,
            reader: 0,
        }
    }
}

fn yes() -> bool {
    true
}

fn is_outpatient(setting: &Setting) -> bool {
    *setting == Setting::Outpatient
}

pub(crate) fn by_face() -> OneOrMore<Method> {
    OneOrMore(vec![Method::Face])
}

/// A single value or a list of them, as the author likes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct OneOrMore<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
            type Value = OneOrMore<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("one word or a list of words")
            }

            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
                let word = serde::de::value::StrDeserializer::new(word);
                T::deserialize(word).map(|one| OneOrMore(vec![one]))
            }

            // A bare number such as a PIN without quotes is still the text that was written:
            // the reader of the file has to quote a PIN that starts with zero only for people.
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = list.next_element()? {
                    all.push(one);
                }
                Ok(OneOrMore(all))
            }
        }
        deserializer.deserialize_any(Visitor(std::marker::PhantomData))
    }
}

/// What a patient holds out first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// マイナンバーカード.
    #[default]
    Card,
    /// The phone.
    Phone,
    /// The second handset.
    NewPhone,
    /// 健康保険証.
    HealthCard,
    /// 資格確認書.
    EligibilityCertificate,
    /// 資格情報のお知らせ.
    EligibilityNotice,
    /// Nothing.
    Nothing,
}

/// Consent as an author writes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// To everything.
    #[default]
    All,
    /// To nothing.
    None,
    /// To treatment and drugs only.
    Treatment,
    /// To health check-ups only.
    CheckUp,
    /// To surgery only.
    Surgery,
    /// To what a package screen shows when it opens (CONS-012).
    AsShown,
}

/// Who answers the consent screens.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentBy {
    /// The patient.
    #[default]
    Patient,
    /// Staff, after asking orally (IDV-011).
    Staff,
}

/// Whose device opens マイナ在宅受付Web.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemoteDevice {
    /// The institution's.
    #[default]
    Facility,
    /// The patient's own.
    Own,
}
