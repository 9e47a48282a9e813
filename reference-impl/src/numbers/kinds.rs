//! Who pays: the kinds of insurers and of public-expense payers, by 法別番号.

use serde::Serialize;

use crate::coded::coded;
use crate::lang::Bilingual;

/// A coded list whose values have names in both languages.
macro_rules! named {
    (
        $(#[$doc:meta])*
        $list:ident { $($variant:ident = $code:literal, $ja:literal, $en:literal;)+ }
    ) => {
        coded! {
            $(#[$doc])*
            $list { $(#[doc = concat!($ja, ".")] $variant = $code,)+ }
        }

        impl $list {
            /// The name.
            pub fn name(self) -> Bilingual {
                match self {
                    $(Self::$variant => Bilingual::new($ja, $en),)+
                }
            }
        }
    };
}

named! {
    /// An insurance with a 法別番号.
    Insurance {
        HealthInsuranceAssociation = "01", "全国健康保険協会管掌健康保険（協会けんぽ）",
            "Japan Health Insurance Association";
        Seafarers = "02", "船員保険", "Seafarers' Insurance";
        DayLabourers = "03", "日雇特例被保険者（一般療養）", "Day labourers, general care";
        DayLabourersSpecial = "04", "日雇特例被保険者（特別療養費）", "Day labourers, special care";
        Union = "06", "組合管掌健康保険", "Health insurance society";
        SelfDefence = "07", "自衛官等", "Self-Defence Forces";
        NationalMutualAid = "31", "国家公務員共済組合", "National public officers' mutual aid";
        LocalMutualAid = "32", "地方公務員等共済組合", "Local public officers' mutual aid";
        PoliceMutualAid = "33", "警察共済組合", "Police mutual aid";
        SchoolMutualAid = "34", "公立学校共済組合・私立学校教職員共済", "School staff mutual aid";
        LateElderly = "39", "後期高齢者医療", "Late-stage elderly medical care";
        SpecialRetired = "63", "特例退職被保険者（健康保険組合）",
            "Specially retired, health insurance society";
        RetiredNationalHealth = "67", "退職者医療（国民健康保険）",
            "Retired persons in National Health Insurance";
        SpecialRetiredNational = "72", "特例退職組合員（国家公務員共済）",
            "Specially retired, national public officers";
        SpecialRetiredLocal = "73", "特例退職組合員（地方公務員等共済）",
            "Specially retired, local public officers";
        SpecialRetiredPolice = "74", "特例退職組合員（警察共済）", "Specially retired, police";
        SpecialRetiredSchool = "75", "特例退職組合員（学校の共済）", "Specially retired, school staff";
    }
}

named! {
    /// A public-expense scheme (公費) of the state with a 法別番号.
    PublicExpense {
        TuberculosisCare = "10", "感染症法（結核の適正医療）", "Infectious diseases: tuberculosis care";
        TuberculosisHospital = "11", "感染症法（結核の入院）",
            "Infectious diseases: tuberculosis in hospital";
        PublicAssistance = "12", "生活保護法（医療扶助）", "Public assistance: medical aid";
        WarWoundedCare = "13", "戦傷病者特別援護法（療養の給付）", "War wounded: care";
        WarWoundedRehabilitation = "14", "戦傷病者特別援護法（更生医療）",
            "War wounded: rehabilitation";
        Rehabilitation = "15", "障害者総合支援法（更生医療）", "Disability: rehabilitation";
        ChildRehabilitation = "16", "障害者総合支援法（育成医療）",
            "Disability: rehabilitation of children";
        TuberculosisChildren = "17", "児童福祉法（療育の給付）", "Child welfare: long-term care";
        AtomicBombRecognised = "18", "被爆者援護法（認定疾病医療）",
            "Atomic bomb survivors: recognised diseases";
        AtomicBombGeneral = "19", "被爆者援護法（一般疾病医療）",
            "Atomic bomb survivors: general diseases";
        MentalInvoluntary = "20", "精神保健福祉法（措置入院）", "Mental health: involuntary admission";
        MentalOutpatient = "21", "障害者総合支援法（精神通院医療）",
            "Disability: psychiatric outpatient care";
        NarcoticsInvoluntary = "22", "麻薬及び向精神薬取締法（措置入院）",
            "Narcotics control: involuntary admission";
        PrematureInfants = "23", "母子保健法（養育医療）", "Maternal and child health: premature infants";
        DisabilityHospital = "24", "障害者総合支援法（療養介護医療）", "Disability: nursing care";
        ReturneesFromChina = "25", "中国残留邦人等支援法（医療支援）",
            "Returnees from China: medical support";
        InfectiousClassOne = "28", "感染症法（一類・二類感染症等）",
            "Infectious diseases: classes one and two";
        InfectiousNew = "29", "感染症法（新感染症）", "Infectious diseases: new diseases";
        MedicalObservation = "30", "心神喪失者等医療観察法", "Medical observation";
        Hepatitis = "38", "肝炎治療特別促進事業", "Hepatitis treatment";
        SpecificDiseases = "51", "特定疾患治療費・先天性血液凝固因子障害等",
            "Specific diseases and clotting factor disorders";
        ChronicChildren = "52", "児童福祉法（小児慢性特定疾病医療）",
            "Child welfare: specific chronic diseases";
        ChildProtection = "53", "児童福祉法（措置等に係る医療）", "Child welfare: children in care";
        IntractableDiseases = "54", "難病法（特定医療）", "Intractable diseases";
        HepatitisLitigation = "62", "特定Ｂ型肝炎ウイルス感染者給付金等",
            "Hepatitis B litigation benefits";
        Asbestos = "66", "石綿による健康被害の救済", "Asbestos relief";
        DisabledChildren = "79", "児童福祉法（障害児入所医療等）", "Child welfare: disabled children";
    }
}

/// The three groups in which the transitional acceptance of papers began on different days
/// (FB-030…032).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InsuranceGroup {
    /// 被用者保険.
    Employees,
    /// 国民健康保険, the retired (67) included.
    NationalHealth,
    /// 後期高齢者医療.
    LateElderly,
}

impl Insurance {
    /// The group it belongs to.
    pub fn group(self) -> InsuranceGroup {
        match self {
            Self::LateElderly => InsuranceGroup::LateElderly,
            Self::RetiredNationalHealth => InsuranceGroup::NationalHealth,
            _ => InsuranceGroup::Employees,
        }
    }
}

/// The kind of an insurer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InsurerKind {
    /// With a 法別番号.
    ByLaw(Insurance),
    /// 国民健康保険 of a municipality; it has no 法別番号.
    NationalHealth,
    /// 国民健康保険組合, likewise.
    NationalHealthUnion,
}

impl InsurerKind {
    /// The name.
    pub fn name(self) -> Bilingual {
        match self {
            Self::ByLaw(insurance) => insurance.name(),
            Self::NationalHealth => {
                Bilingual::new("国民健康保険（都道府県・市町村）", "National Health Insurance")
            }
            Self::NationalHealthUnion => {
                Bilingual::new("国民健康保険組合", "National Health Insurance society")
            }
        }
    }

    /// The group it belongs to.
    pub fn group(self) -> InsuranceGroup {
        match self {
            Self::ByLaw(insurance) => insurance.group(),
            Self::NationalHealth | Self::NationalHealthUnion => InsuranceGroup::NationalHealth,
        }
    }
}

/// Which public scheme pays.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayerKind {
    /// One of the state.
    State(PublicExpense),
    /// 地単公費: one of a prefecture or municipality, 法別番号 80 to 89.
    Local(u8),
}

impl PayerKind {
    /// The scheme with this 法別番号.
    pub fn from_law(law: &str) -> Option<Self> {
        let local = || law.parse().ok().filter(|n| law.len() == 2 && (80..=89).contains(n));
        PublicExpense::from_code(law).map(Self::State).or_else(|| local().map(Self::Local))
    }

    /// Its 法別番号: two digits.
    pub fn law_number(self) -> String {
        match self {
            Self::State(scheme) => scheme.code().to_owned(),
            Self::Local(number) => number.to_string(),
        }
    }

    /// The name.
    pub fn name(self) -> Bilingual {
        match self {
            Self::State(scheme) => scheme.name(),
            Self::Local(_) => Bilingual::new("地方単独医療費助成", "Local medical subsidy"),
        }
    }
}
