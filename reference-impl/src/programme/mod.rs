//! Money that programmes pay to institutions (rules.md section 8): support money for a rising use
//! of the card (支援金), the lump sum of the campaign months (一時金), and subsidies for equipment
//! (補助金). SIIF decides and pays.
//!
//! [`Schemes`] holds every figure of the register as it stands on one day; [`Schemes::grant`] says
//! what an [`Application`] gets, and why, rule by rule. What is not published is answered so and
//! never made up.

mod figures;
mod grant;
mod lump_sum;
mod readers;
mod subsidy;
mod support;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Month;
use crate::fee::{CardUse, Reasons, Yen};
pub use figures::Schemes;
pub use grant::{Grant, GrantReason, Granted};

/// An institution and what it asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// What kind of institution it is.
    pub kind: Recipient,
    /// How much the card was used there. Months are taken as they are given, even if they lie
    /// after the day: an institution may ask what it would get.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub months: BTreeMap<Month, CardUse>,
    /// Under which scheme.
    pub scheme: Scheme,
}

/// Kinds of institution that schemes tell apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// 診療所, medical.
    #[default]
    Clinic,
    /// 歯科診療所.
    Dental,
    /// 病院.
    Hospital,
    /// 薬局.
    Pharmacy,
    /// 大型チェーン薬局.
    ChainPharmacy,
}

/// A scheme, with what only the institution can tell of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Scheme {
    /// 支援金 (PROG-001, PROG-002).
    SupportMoney {
        /// For which period.
        period: Period,
    },
    /// 一時金 (PROG-010…014).
    LumpSum(LumpSum),
    /// 顔認証付きカードリーダーの増設 (PROG-020…022).
    AddedReaders {
        /// Units received free of charge.
        free_units: u8,
        /// The cost of each added unit with its PC and work, in yen.
        costs_yen: Vec<Yen>,
    },
    /// 居宅同意取得型 on a different route (PROG-030…033).
    HomeConsent {
        /// The mobile device, in yen.
        device_yen: Yen,
        /// The change of the receipt computer, in yen.
        software_yen: Yen,
    },
    /// 資格確認限定型 (PROG-034).
    EligibilityApp {
        /// The equipment, in yen.
        cost_yen: Yen,
    },
    /// スマートフォン用の汎用カードリーダー (PROG-035).
    PhoneReaders {
        /// The price of each unit with its cable and hub, in yen.
        costs_yen: Vec<Yen>,
    },
    /// 電子カルテ情報標準規格準拠対応事業 (PROG-036).
    RecordStandard(RecordStandard),
}

/// The two periods of the support money.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// January to May 2024.
    First,
    /// June to November 2024, as first planned.
    Second,
}

/// What an institution tells for the lump sum (PROG-011, PROG-012).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LumpSum {
    /// The common poster is up at the counter.
    pub poster: bool,
    /// Patients are spoken to and handed the leaflet.
    pub leaflet: bool,
    /// A small institution at the top of its table chooses the normal one.
    #[serde(default)]
    pub normal_table: bool,
}

/// What a hospital tells for the standard of electronic records (PROG-036).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordStandard {
    /// Beds.
    pub beds: u32,
    /// It has a check-up department (健診部門), so that three kinds of document are exchanged.
    pub check_ups: bool,
    /// Online verification is in use.
    pub online_verification: bool,
    /// Electronic prescriptions are in use, or announced.
    pub e_prescription: bool,
    /// The cost, in yen.
    pub cost_yen: Yen,
}

impl Recipient {
    /// Whether it is a hospital, which has figures of its own under most schemes.
    pub fn is_hospital(self) -> bool {
        self == Self::Hospital
    }
}

impl Schemes {
    /// What `application` gets when it is decided on the day `on`, and why.
    pub fn grant(&self, on: Date, application: &Application, reasons: &mut impl Reasons) -> Grant {
        match &application.scheme {
            Scheme::SupportMoney { period } => self.support_money(*period, application, reasons),
            Scheme::LumpSum(told) => self.lump_sum(*told, application, reasons),
            Scheme::AddedReaders { free_units, costs_yen } => {
                self.added_readers(*free_units, costs_yen, application, reasons)
            }
            Scheme::HomeConsent { device_yen, software_yen } => {
                self.home_consent(on, application.kind, *device_yen, *software_yen, reasons)
            }
            Scheme::EligibilityApp { cost_yen } => self.eligibility_app(on, *cost_yen, reasons),
            Scheme::PhoneReaders { costs_yen } => {
                self.phone_readers(application.kind, costs_yen, reasons)
            }
            Scheme::RecordStandard(told) => self.record_standard(told, reasons),
        }
    }
}
