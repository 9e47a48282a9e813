//! The code lists of the interface (業務コード, section 4) as enums.

use super::fields::Value;
use crate::coded::coded;

macro_rules! code_list {
    (
        $(#[$doc:meta])*
        $name:ident: $list:literal { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+ }
    ) => {
        coded! {
            $(#[$doc])*
            #[doc = concat!(" (", $list, ").")]
            $name {
                $(#[doc = concat!("`", $code, "`:")] $(#[$variant_doc])* $variant = $code,)+
            }
        }

        impl Value for $name {
            const EXPECTED: &'static str = concat!("a code of ", $list);

            fn from_text(text: &str) -> Option<Self> {
                Self::from_code(text)
            }

            fn to_text(&self) -> String {
                self.code().to_owned()
            }
        }
    };
}

code_list! {
    /// 照会区分: what the eligibility was asked with
    Reference: "OQSCD002" {
        /// the My Number card.
        Card = "1",
        /// the data of an insured card.
        Number = "2",
    }
}
code_list! {
    /// 処理結果区分: how the request as a whole ended
    Segment: "OQSCD003" {
        /// normal end.
        Normal = "1",
        /// still in process.
        InProcess = "2",
        /// abnormal end.
        Abnormal = "9",
    }
}
code_list! {
    /// 処理結果状況: how it went for one person or document
    Status: "OQSCD004" {
        /// normal.
        Normal = "1",
        /// error.
        Error = "2",
    }
}
code_list! {
    /// 資格有効性: what was found on the confirmation date
    Validity: "OQSCD006" {
        /// valid.
        Valid = "1",
        /// no longer, or not yet, valid.
        Invalid = "2",
        /// invalid, and a newer qualification exists.
        InvalidNewer = "3",
        /// nobody was found.
        None = "4",
        /// several match; for health insurance only.
        Several = "5",
        /// valid, unregistered; for medical aid only.
        ValidUnregistered = "6",
    }
}
code_list! {
    /// 性別
    Sex: "OQSCD007" {
        /// male.
        Male = "1",
        /// female.
        Female = "2",
        /// not set.
        Unset = "3",
    }
}
code_list! {
    /// 資格喪失事由: why a qualification ended
    LossReason: "OQSCD008" {
        /// death.
        Death = "01",
        /// 生活保護.
        PublicAssistance = "02",
        /// another insurance.
        OtherInsurance = "03",
        /// anything else.
        Other = "99",
    }
}
code_list! {
    /// 本人・家族の別
    Relation: "OQSCD009" {
        /// the insured person.
        Insured = "1",
        /// family of the insured person.
        Family = "2",
    }
}
code_list! {
    /// 被保険者証区分: what kind of certificate a qualification stands on
    CardClass: "OQSCD010" {
        /// 一般.
        General = "01",
        /// 退職.
        Retired = "02",
        /// 短期証（一般）.
        ShortTerm = "03",
        /// 短期証（退職）.
        ShortTermRetired = "04",
        /// 資格証明書, now 特別療養費支給対象者.
        SpecialMedicalExpense = "05",
        /// 特例退職.
        SpecialRetired = "06",
        /// 自衛官.
        SelfDefence = "07",
        /// 医療扶助.
        MedicalAid = "A1",
    }
}
code_list! {
    /// 適用区分 of 限度額; scenarios write the codes themselves
    LimitClass: "OQSCD012" {
        /// 区分ア, under 70.
        #[serde(rename = "A01")]
        A01 = "A01",
        /// 区分イ, under 70.
        #[serde(rename = "A02")]
        A02 = "A02",
        /// 区分ウ, under 70.
        #[serde(rename = "A03")]
        A03 = "A03",
        /// 区分エ, under 70.
        #[serde(rename = "A04")]
        A04 = "A04",
        /// 区分オ, under 70.
        #[serde(rename = "A05")]
        A05 = "A05",
        /// 区分オ（境）, under 70.
        #[serde(rename = "A06")]
        A06 = "A06",
        /// 現役並みⅢ.
        #[serde(rename = "B01")]
        B01 = "B01",
        /// 現役並みⅡ.
        #[serde(rename = "B02")]
        B02 = "B02",
        /// 現役並みⅠ.
        #[serde(rename = "B03")]
        B03 = "B03",
        /// 一般.
        #[serde(rename = "B04")]
        B04 = "B04",
        /// 低所得Ⅱ.
        #[serde(rename = "B05")]
        B05 = "B05",
        /// 低所得Ⅰ.
        #[serde(rename = "B06")]
        B06 = "B06",
        /// 低所得Ⅰ（老福）.
        #[serde(rename = "B07")]
        B07 = "B07",
        /// 低所得Ⅰ（境）.
        #[serde(rename = "B08")]
        B08 = "B08",
        /// 一般Ⅱ, from 2022-10-01.
        #[serde(rename = "B09")]
        B09 = "B09",
        /// 一般Ⅰ, from 2022-10-01.
        #[serde(rename = "B10")]
        B10 = "B10",
    }
}
code_list! {
    /// 限度額変更有無, in bulk answers: whether the class differs from the one sent along
    LimitChange: "OQSCD014" {
        /// the same.
        Unchanged = "0",
        /// another one, or it cannot be judged.
        ChangedOrUnknown = "1",
    }
}
code_list! {
    /// 限度額適用認定証区分: which certificate the limit class stands on
    CertificateKind: "OQSCD011" {
        /// 限度額適用認定証.
        Limit = "01",
        /// 限度額適用・標準負担額減額認定証.
        LimitAndMeals = "02",
        /// 標準負担額減額認定証.
        Meals = "03",
    }
}
code_list! {
    /// 特定疾病
    Disease: "OQSCD013" {
        /// chronic renal failure on dialysis.
        RenalFailure = "1",
        /// a congenital disorder of a clotting factor.
        ClottingDisorder = "2",
        /// HIV from blood products.
        Hiv = "3",
    }
}
code_list! {
    /// 同意区分: whether the patient lets the institution view something
    ConsentFlag: "OQSCD016" {
        /// no consent.
        No = "0",
        /// consent.
        Yes = "1",
        /// consent that has expired.
        Expired = "2",
        /// consent is hard to obtain.
        Unobtainable = "3",
    }
}
code_list! {
    /// 同意失効理由: why a consent is no longer good
    ExpiryReason: "OQSCD031" {
        /// it ended by itself, as the form of care has it.
        CareForm = "0",
        /// the institution withdrew it.
        Institution = "1",
        /// the patient withdrew it.
        Patient = "2",
        /// it was given for another purpose.
        PurposeChanged = "3",
    }
}
code_list! {
    /// 処方箋発行形態: the form of prescription the patient chose
    PrescriptionForm: "OQSCD017" {
        /// electronic.
        Electronic = "1",
        /// paper.
        Paper = "2",
    }
}
code_list! {
    /// 医療券・調剤券: what a ticket of medical aid is for
    TicketKind: "OQSCD018" {
        /// 医療券.
        Medical = "01",
        /// 調剤券.
        Dispensing = "02",
    }
}
code_list! {
    /// 診療別: which care a ticket is for
    CareSetting: "OQSCD019" {
        /// inpatient.
        Inpatient = "01",
        /// outpatient.
        Outpatient = "02",
        /// dental.
        Dental = "03",
        /// dispensing.
        Dispensing = "04",
        /// home nursing.
        HomeNursing = "05",
    }
}
code_list! {
    /// 単独・併用: whether medical aid stands alone
    TicketUse: "OQSCD020" {
        /// alone.
        Alone = "01",
        /// beside an insurance.
        Combined = "02",
    }
}
code_list! {
    /// 有無 of social insurance, infection law, 後期高齢者 and prefectural expense on a ticket
    YesNo: "OQSCD021, 023, 024, 025" {
        /// yes.
        Yes = "01",
        /// no.
        No = "02",
    }
}
code_list! {
    /// 指定医療機関の一致: whether the institution that asks is the one a ticket names
    InstitutionMatch: "OQSCD026" {
        /// the same.
        Same = "0",
        /// another.
        Different = "1",
    }
}
code_list! {
    /// 診療区分 (`MedicalTreatmentFlag`): under which kind of care data is viewed
    TreatmentKind: "OQSCD028" {
        /// outpatient.
        Outpatient = "1",
        /// home visit and the like.
        HomeVisit = "2",
        /// online care and the like.
        Online = "3",
        /// emergency.
        Emergency = "4",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back<T: Value + PartialEq + std::fmt::Debug + Copy>(values: &[T]) {
        for value in values {
            assert_eq!(T::from_text(&value.to_text()), Some(*value));
        }
        assert_eq!(T::from_text("x"), None);
        assert_eq!(T::from_text(""), None);
    }

    #[test]
    fn every_code_reads_back() {
        read_back(Reference::ALL);
        read_back(Segment::ALL);
        read_back(Status::ALL);
        read_back(Validity::ALL);
        read_back(Sex::ALL);
        read_back(LossReason::ALL);
        read_back(Relation::ALL);
        read_back(CardClass::ALL);
        read_back(LimitClass::ALL);
        read_back(LimitChange::ALL);
        read_back(CertificateKind::ALL);
        read_back(Disease::ALL);
        read_back(ConsentFlag::ALL);
        read_back(ExpiryReason::ALL);
        read_back(PrescriptionForm::ALL);
        read_back(TreatmentKind::ALL);
        read_back(TicketKind::ALL);
        read_back(CareSetting::ALL);
        read_back(TicketUse::ALL);
        read_back(YesNo::ALL);
        read_back(InstitutionMatch::ALL);
    }

    #[test]
    fn codes_keep_their_leading_zeros() {
        assert_eq!(LossReason::OtherInsurance.code(), "03");
        assert_eq!(LossReason::from_code("3"), None);
    }
}
