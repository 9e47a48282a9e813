//! What an institution charged somebody before the scenario, as an author writes it.

use madoguchi_reference::calendar::Month;
use madoguchi_reference::fee::Charged;
use serde::{Deserialize, Serialize};

/// What an institution charged somebody before the scenario, as far as it still counts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChargedBefore {
    /// Months in which the limit was reached (高額療養費), for FEE-062.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub benefit_months: Vec<Month>,
    /// Add-ons (FEE-008, FEE-038).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add_ons: Vec<Charged>,
}
