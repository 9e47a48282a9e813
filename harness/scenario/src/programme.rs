//! Programme money as an author writes it: what an institution asks for, or is paid without
//! asking, and what it tells of itself.

use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::programme::{
    Application, LumpSum, Period, Recipient, RecordStandard, Scheme,
};
use madoguchi_reference::register::Bilingual;
use serde::{Deserialize, Serialize};

use crate::facility::{Facility, FacilityKind};
use crate::scenario::{Scenario, Step};

/// The most one thing may cost, in yen.
const COST_YEN_MAX: i64 = 1_000_000_000;
/// The most units one institution may buy.
const UNITS_MAX: usize = 100;

/// What is decided at a step; exactly one scheme is given.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// 支援金.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_money: Option<SupportMoney>,
    /// 一時金.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lump_sum: Option<LumpSum>,
    /// 顔認証付きカードリーダーの増設.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_readers: Option<AddedReaders>,
    /// 居宅同意取得型 on a different route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_consent: Option<HomeConsent>,
    /// 資格確認限定型.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility_app: Option<EligibilityApp>,
    /// スマートフォン用の汎用カードリーダー.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_readers: Option<PhoneReaders>,
    /// 電子カルテ情報標準規格準拠対応事業.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_standard: Option<RecordStandard>,
}

/// One of the two periods of the support money.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupportMoney {
    /// Which.
    pub period: Period,
}

/// Readers added to those received free of charge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedReaders {
    /// Units received free of charge, 1 to 3.
    pub free_units: u8,
    /// The cost of each added unit, in yen.
    pub costs_yen: Vec<i64>,
}

/// Reception away from the counter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeConsent {
    /// The mobile device, in yen.
    pub device_yen: i64,
    /// The change of the receipt computer, in yen.
    pub software_yen: i64,
    /// Whether a pharmacy belongs to a large chain.
    #[serde(default)]
    pub large_chain: bool,
}

/// The app for eligibility only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilityApp {
    /// The equipment, in yen.
    pub cost_yen: i64,
}

/// General readers for phones.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneReaders {
    /// The price of each, in yen.
    pub costs_yen: Vec<i64>,
}

impl Programme {
    fn schemes(&self) -> Vec<Scheme> {
        let support = self.support_money.map(|s| Scheme::SupportMoney { period: s.period });
        let lump_sum = self.lump_sum.map(Scheme::LumpSum);
        let added = self.added_readers.as_ref().map(|readers| Scheme::AddedReaders {
            free_units: readers.free_units,
            costs_yen: readers.costs_yen.clone(),
        });
        let home = self.home_consent.map(|home| Scheme::HomeConsent {
            device_yen: home.device_yen,
            software_yen: home.software_yen,
        });
        let app = self.eligibility_app.map(|app| Scheme::EligibilityApp { cost_yen: app.cost_yen });
        let phones = self.phone_readers.as_ref();
        let phones = phones.map(|p| Scheme::PhoneReaders { costs_yen: p.costs_yen.clone() });
        let record = self.record_standard.map(Scheme::RecordStandard);
        [support, lump_sum, added, home, app, phones, record].into_iter().flatten().collect()
    }

    /// What the institution asks for; none where the step names no scheme.
    pub fn application(&self, facility: &Facility) -> Option<Application> {
        let in_chain = self.home_consent.is_some_and(|home| home.large_chain);
        let kind = match facility.kind {
            FacilityKind::Hospital => Recipient::Hospital,
            FacilityKind::Dental => Recipient::Dental,
            FacilityKind::Pharmacy if in_chain => Recipient::ChainPharmacy,
            FacilityKind::Pharmacy => Recipient::Pharmacy,
            FacilityKind::Clinic
            | FacilityKind::Therapist
            | FacilityKind::CheckUpProvider
            | FacilityKind::MaternityHome
            | FacilityKind::ExemptClinic => Recipient::Clinic,
        };
        let months = facility.months.clone();
        self.schemes().pop().map(|scheme| Application { kind, months, scheme })
    }

    fn needs_months(&self) -> bool {
        self.support_money.is_some() || self.lump_sum.is_some() || self.added_readers.is_some()
    }

    /// Amounts, each with the scheme and the field that hold it.
    fn amounts_yen(&self) -> Vec<(&'static str, &'static str, i64)> {
        let each = |scheme, costs: &[i64]| {
            costs.iter().map(|cost| (scheme, "costs_yen", *cost)).collect::<Vec<_>>()
        };
        let mut all = Vec::new();
        if let Some(readers) = &self.added_readers {
            all.extend(each("added_readers", &readers.costs_yen));
        }
        if let Some(readers) = &self.phone_readers {
            all.extend(each("phone_readers", &readers.costs_yen));
        }
        if let Some(home) = &self.home_consent {
            all.push(("home_consent", "device_yen", home.device_yen));
            all.push(("home_consent", "software_yen", home.software_yen));
        }
        if let Some(app) = &self.eligibility_app {
            all.push(("eligibility_app", "cost_yen", app.cost_yen));
        }
        if let Some(record) = &self.record_standard {
            all.push(("record_standard", "cost_yen", record.cost_yen));
        }
        all
    }
}

/// What is wrong with a step about programme money.
pub(crate) fn check_programme(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    step: &Step,
) -> Vec<Diagnostic> {
    let Some(programme) = &step.programme else { return Vec::new() };
    let at = [At::Key("timeline"), At::Index(index), At::Key("programme")];
    let within = |scheme, field| [at[0], at[1], at[2], At::Key(scheme), At::Key(field)];
    let mut wrong = Vec::new();
    let schemes = programme.schemes().len();
    if schemes != 1 {
        let all = "support_money, lump_sum, added_readers, home_consent, eligibility_app, \
                   phone_readers, record_standard";
        let problem = Bilingual::new(
            format!("制度はちょうど一つ書きます（{all}）。ここでは {schemes} 個です"),
            format!("exactly one scheme is named ({all}); here are {schemes}"),
        );
        wrong.push(text.point(&at, problem));
    }
    if programme.needs_months() && scenario.facility.months.is_empty() {
        let problem = Bilingual::new(
            "この制度は月ごとの利用状況で決まります。facility に months を書いてください",
            "this scheme is decided by the use of the card month by month: write `months` in \
             `facility`",
        );
        wrong.push(text.point(&at, problem));
    }
    if let Some(readers) = &programme.added_readers
        && !(1..=3).contains(&readers.free_units)
    {
        let problem = Bilingual::new(
            "無償で提供を受けた台数は 1 から 3 までです",
            "1 to 3 units are received free of charge",
        );
        wrong.push(text.point(&within("added_readers", "free_units"), problem));
    }
    let in_chain = programme.home_consent.is_some_and(|home| home.large_chain);
    if in_chain && scenario.facility.kind != FacilityKind::Pharmacy {
        let problem = Bilingual::new(
            "大型チェーンに属するのは薬局（kind: pharmacy）だけです",
            "only a pharmacy (`kind: pharmacy`) belongs to a large chain",
        );
        wrong.push(text.point(&within("home_consent", "large_chain"), problem));
    }
    let amounts = programme.amounts_yen();
    for (scheme, field, yen) in &amounts {
        if !(0..=COST_YEN_MAX).contains(yen) || amounts.len() > UNITS_MAX {
            let problem = Bilingual::new(
                format!("費用は 0 円から {COST_YEN_MAX} 円まで、{UNITS_MAX} 台までです"),
                format!("a cost is 0 to {COST_YEN_MAX} yen, for at most {UNITS_MAX} units"),
            );
            wrong.push(text.point(&within(scheme, field), problem));
            break;
        }
    }
    wrong
}
