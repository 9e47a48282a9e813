//! `ResultOfQualificationConfirmation`: one person's qualification (section 3.2).

use jiff::civil::Date;
use serde::Serialize;

use super::ticket::MedicalTicket;
use crate::calendar::Jst;
use crate::ids::{InsuredKey, ReferenceNumber};
use crate::wire::codes::{
    CardClass, CertificateKind, ConsentFlag, Disease, LimitChange, LimitClass, LossReason,
    Relation, Sex,
};

/// One qualification of one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PersonResult {
    /// 被保険者証区分, `InsuredCardClassification` (OQSCD010).
    pub card_class: CardClass,
    /// 保険者番号, 記号, 番号 and 枝番.
    pub key: InsuredKey,
    /// 本人・家族の別, `PersonalFamilyClassification` (OQSCD009).
    pub relation: Option<Relation>,
    /// 被保険者氏名(世帯主氏名), `InsuredName`.
    pub insured_name: Option<String>,
    /// 氏名, `Name`, with a full-width space between its parts.
    pub name: String,
    /// 氏名(その他), `NameOfOther`: a name used beside the registered one.
    pub other_name: Option<String>,
    /// `NameKana` in half-width kana, with a half-width space between its parts.
    pub kana: Option<String>,
    /// `NameOfOtherKana`.
    pub other_kana: Option<String>,
    /// 性別 on the face of the card, `Sex1` (OQSCD007).
    pub sex: Sex,
    /// 性別 on the back of the card, `Sex2` (OQSCD007).
    pub sex_on_back: Option<Sex>,
    /// 生年月日, `Birthdate`.
    pub birth: Date,
    /// `Address` as the insurer has it, which may differ or be missing.
    pub address: Option<String>,
    /// `PostNumber`, with a hyphen.
    pub post: Option<String>,
    /// 資格取得年月日, `QualificationDate`.
    pub qualification_date: Option<Date>,
    /// 資格喪失年月日, `DisqualificationDate`.
    pub disqualification_date: Option<Date>,
    /// 交付年月日, `InsuredCertificateIssuanceDate`.
    pub issued: Option<Date>,
    /// 有効開始年月日, `InsuredCardValidDate`.
    pub valid_from: Option<Date>,
    /// 有効終了年月日, `InsuredCardExpirationDate`.
    pub valid_to: Option<Date>,
    /// 一部負担金割合 in per cent, `InsuredPartialContributionRatio`; only for 後期高齢者.
    pub ratio_percent: Option<u8>,
    /// 未就学区分, `PreschoolClassification` (OQSCD015).
    pub preschool: bool,
    /// 資格喪失事由, `ReasonOfLoss` (OQSCD008).
    pub loss_reason: Option<LossReason>,
    /// 保険者名称, `InsurerName`.
    pub insurer_name: String,
    /// 高齢受給者証, `ElderlyRecipientCertificateInfo`; for ages 70 to 74.
    pub elderly: Option<ElderlyRecipient>,
    /// Consent to giving the limit class (OQSCD001).
    pub limit_consent: Option<ConsentMark>,
    /// 限度額適用認定証関連情報, `LimitApplicationCertificateRelatedInfo`.
    pub limit: Option<LimitInfo>,
    /// 限度額変更有無, `LimitApplicationCertificateChanged` (OQSCD014); in bulk answers, instead
    /// of the class itself.
    pub limit_changed: Option<LimitChange>,
    /// Consent to giving 特定疾病 (OQSCD016).
    pub disease_consent: Option<ConsentStamp>,
    /// 特定疾病療養受療証, `SpecificDiseasesCertificateList`.
    pub diseases: Vec<SpecificDisease>,
    /// 医療券・調剤券, `PublicExpenseResultList`; for medical aid (`A1`) only.
    pub tickets: Vec<MedicalTicket>,
    /// 特定健診, `SpecificHealthCheckupsInfo…`.
    pub checkup: Option<ConsentTriple>,
    /// 薬剤情報, `PharmacistsInfo…`.
    pub drugs: Option<ConsentTriple>,
    /// 診療情報, `DiagnosisInfo…`.
    pub diagnosis: Option<ConsentTriple>,
    /// 手術情報, `OperationInfo…`.
    pub operation: Option<ConsentTriple>,
    /// `ArbitraryIdentifier` of the request.
    pub person_id: Option<String>,
    /// 照会番号 that this institution registered, `ReferenceNumber`.
    pub reference_number: Option<ReferenceNumber>,
}

impl PersonResult {
    /// A qualification with only what every answer has, on an ordinary card (`01`).
    pub fn new(
        key: InsuredKey,
        insurer_name: impl Into<String>,
        name: impl Into<String>,
        sex: Sex,
        birth: Date,
    ) -> Self {
        Self {
            card_class: CardClass::General,
            key,
            relation: None,
            insured_name: None,
            name: name.into(),
            other_name: None,
            kana: None,
            other_kana: None,
            sex,
            sex_on_back: None,
            birth,
            address: None,
            post: None,
            qualification_date: None,
            disqualification_date: None,
            issued: None,
            valid_from: None,
            valid_to: None,
            ratio_percent: None,
            preschool: false,
            loss_reason: None,
            insurer_name: insurer_name.into(),
            elderly: None,
            limit_consent: None,
            limit: None,
            limit_changed: None,
            disease_consent: None,
            diseases: Vec::new(),
            tickets: Vec::new(),
            checkup: None,
            drugs: None,
            diagnosis: None,
            operation: None,
            person_id: None,
            reference_number: None,
        }
    }
}

/// 高齢受給者証 (section 3.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ElderlyRecipient {
    /// `ElderlyRecipientCertificateDate`.
    pub issued: Option<Date>,
    /// `ElderlyRecipientValidStartDate`.
    pub from: Option<Date>,
    /// `ElderlyRecipientValidEndDate`.
    pub to: Option<Date>,
    /// `ElderlyRecipientContributionRatio` in per cent.
    pub ratio_percent: u8,
}

/// A consent that is given or not (OQSCD001), and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ConsentMark {
    /// `…ConsFlg`.
    pub given: bool,
    /// `…ConsTime`.
    pub at: Option<Jst>,
}

/// A consent (OQSCD016) and when it was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ConsentStamp {
    /// `…ConsFlg`.
    pub flag: ConsentFlag,
    /// `…ConsTime`.
    pub at: Option<Jst>,
}

/// A consent to view medical information (OQSCD016), when it was given and until when the
/// information can be had: 24 hours for outpatient care (section 6.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct ConsentTriple {
    /// `…ConsFlg`.
    pub flag: ConsentFlag,
    /// `…ConsTime`.
    pub at: Option<Jst>,
    /// `…AvailableTime`.
    pub until: Option<Jst>,
}

/// 限度額適用認定証関連情報 (section 3.2); its dates lack the common prefix here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LimitInfo {
    /// `LimitApplicationCertificateClassification` (OQSCD011).
    pub certificate: Option<CertificateKind>,
    /// 適用区分, `LimitApplicationCertificateClassificationFlag` (OQSCD012).
    pub class: LimitClass,
    /// `…Date`.
    pub issued: Option<Date>,
    /// `…ValidStartDate`.
    pub from: Option<Date>,
    /// `…ValidEndDate`.
    pub to: Option<Date>,
    /// `…LongTermDate`: from when more than 90 hospital days reduce the meal fee.
    pub long_term: Option<Date>,
}

/// 特定疾病療養受療証 (section 3.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SpecificDisease {
    /// `SpecificDiseasesDiseaseCategory` (OQSCD013).
    pub disease: Disease,
    /// `SpecificDiseasesCertificateDate`.
    pub issued: Option<Date>,
    /// `SpecificDiseasesValidStartDate`.
    pub from: Option<Date>,
    /// `SpecificDiseasesValidEndDate`.
    pub to: Option<Date>,
    /// `SpecificDiseasesSelfPay` in yen per month.
    pub self_pay: Option<u32>,
}
