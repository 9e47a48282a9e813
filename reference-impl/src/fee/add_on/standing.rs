//! 施設基準: what an institution has notified and fulfils.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Month;
use crate::fee::CardUse;

/// How much the card was used at an institution, month by month.
pub type Months = BTreeMap<Month, CardUse>;

/// What an institution has notified to the authority, and what it does for it. One that has
/// notified nothing charges no add-on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Standing {
    /// 医療情報取得加算 is charged: eligibility is checked online, and a notice says so.
    pub information: bool,
    /// 医療DX推進体制整備加算 is notified.
    pub dx: bool,
    /// 在宅医療DX情報活用加算 is notified.
    pub home_dx: bool,
    /// 電子的診療情報連携体制整備加算 is notified.
    pub sharing: bool,
    /// What was fetched can be used in the consulting room.
    pub room_use: bool,
    /// What the poster at the counter asks for.
    pub poster: Poster,
    /// Electronic prescriptions are issued, or taken at a pharmacy.
    pub e_prescription: bool,
    /// 電子カルテ情報共有サービス is in use.
    pub chart_sharing: bool,
    /// Patients are advised on their health with what the portal shows (健康管理に係る相談).
    pub consultation: bool,
    /// For an institution that charges 小児科外来診療料: its visits of the year before.
    pub children: Option<Children>,
}

/// What the poster at the counter asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Poster {
    /// There is none.
    #[default]
    None,
    /// The My Number card as the health card.
    Card,
    /// The health card (保険証) only.
    HealthCardOnly,
}

/// Visits of the year before (FEE-037).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Children {
    /// By children under six.
    pub visits: u32,
    /// By everybody.
    pub of: u32,
}

impl Children {
    pub(super) fn reach_percent(self, percent: i64) -> bool {
        let (visits, of) = (i64::from(self.visits), i64::from(self.of));
        of > 0 && visits.saturating_mul(100) >= percent.saturating_mul(of)
    }
}
