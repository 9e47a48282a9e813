//! What an institution asks.

use jiff::civil::Date;
use serde::Serialize;

use crate::ids::{InstitutionCode, InsuredKey};

/// 資格確認要求 for one patient (section 3.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ConfirmationRequest {
    /// 資格確認日, `QualificationConfirmationDate`.
    pub confirmation_date: Date,
    /// 医療機関コード, `MedicalInstitutionCode`.
    pub institution: InstitutionCode,
    /// `ArbitraryFileIdentifier`, which the answer repeats.
    pub file_id: Option<String>,
    /// Whom to look for.
    pub search: SearchInfo,
}

/// `QualificationConfirmSearchInfo` (section 3.1); answers repeat it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SearchInfo {
    /// 保険者番号, 記号, 番号 and 枝番.
    pub key: InsuredKey,
    /// 生年月日, `Birthdate`.
    pub birth: Date,
    /// 限度額適用認定証提供同意フラグ (OQSCD001).
    pub limit_consent: bool,
    /// `ArbitraryIdentifier`, which the answer repeats.
    pub person_id: Option<String>,
}
