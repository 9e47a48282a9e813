//! What the same things are called in the three lists of an answer.

use super::RecordsSource;

/// The names of one list; none where the list does not have the thing.
pub(super) struct Names {
    /// The block around the months, if there is one.
    pub(super) outer: Option<&'static str>,
    pub(super) month_block: &'static str,
    pub(super) origin: &'static str,
    pub(super) institution: &'static str,
    pub(super) institution_name: &'static str,
    pub(super) prescriber: &'static str,
    pub(super) prescriber_name: &'static str,
    pub(super) prescribed_at: &'static str,
    pub(super) month: &'static str,
    pub(super) in_out: Option<&'static str>,
    pub(super) class: Option<&'static str>,
    pub(super) days: &'static str,
    pub(super) day: &'static str,
    pub(super) date: &'static str,
    pub(super) prescribed: Option<&'static str>,
    pub(super) drugs: &'static str,
    pub(super) drug: &'static str,
    pub(super) line: LineNames,
}

/// The names inside a drug.
pub(super) struct LineNames {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) ingredient: &'static str,
    pub(super) quantity: &'static str,
    pub(super) unit: &'static str,
    pub(super) usage: &'static str,
    pub(super) instruction: &'static str,
    pub(super) times: &'static str,
    pub(super) class: &'static str,
}

const CLAIMS: Names = Names {
    outer: None,
    month_block: "MeTrMonthInf",
    origin: "DiOrg",
    institution: "MeTrDiHCd",
    institution_name: "MeTrDiHNm",
    prescriber: "PrlsHCd",
    prescriber_name: "PrlsHNm",
    prescribed_at: "PrIsOrg",
    month: "MeTrMonth",
    in_out: Some("InOut"),
    class: None,
    days: "DiDateInfs",
    day: "DiDateInf",
    date: "DiDate",
    prescribed: Some("PrDate"),
    drugs: "DrugInfs",
    drug: "DrugInf",
    line: LineNames {
        code: "DrugC",
        name: "DrugN",
        ingredient: "IngreN",
        quantity: "Qua1",
        unit: "Unit",
        usage: "UsageN",
        instruction: "SpInst",
        times: "Times",
        class: "MeTrIdCl",
    },
};

const DISPENSING: Names = Names {
    outer: Some("CzDiInf"),
    month_block: "CzDiMonthInf",
    origin: "CzDiOrg",
    institution: "CzMeTrDiHCd",
    institution_name: "CzMeTrDiHNm",
    prescriber: "CzPrlsHCd",
    prescriber_name: "CzPrlsHNm",
    prescribed_at: "CzPrIsOrg",
    month: "CzDiMonth",
    in_out: None,
    class: Some("CzPrCl"),
    days: "CzDiDateInfs",
    day: "CzDiDateInf",
    date: "CzDiDate",
    prescribed: Some("CzPrDate"),
    drugs: "CzDrugInfs",
    drug: "CzDrugInf",
    line: LineNames {
        code: "CzDrugC",
        name: "CzDrugN",
        ingredient: "CzIngreN",
        quantity: "CzQua1",
        unit: "CzUnit",
        usage: "CzUsageN",
        instruction: "CzSpInst",
        times: "CzTimes",
        class: "CzUsageCl",
    },
};

const PRESCRIBING: Names = Names {
    outer: Some("ShPrInf"),
    month_block: "ShPrMonthInf",
    origin: "ShPrOrg",
    institution: "ShMeTrDiHCd",
    institution_name: "ShMeTrDiHNm",
    prescriber: "ShPrHCd",
    prescriber_name: "ShPrHNm",
    prescribed_at: "ShPrIsOrg",
    month: "ShPrMonth",
    in_out: None,
    class: Some("ShPrCl"),
    days: "ShPrDateInfs",
    day: "ShPrDateInf",
    date: "ShPrDate",
    prescribed: None,
    drugs: "ShDrugInfs",
    drug: "ShDrugInf",
    line: LineNames {
        code: "ShDrugC",
        name: "ShDrugN",
        ingredient: "ShIngreN",
        quantity: "ShQua1",
        unit: "ShUnit",
        usage: "ShUsageN",
        instruction: "ShSpInst",
        times: "ShTimes",
        class: "ShUsageCl",
    },
};

/// The names of a source's list.
pub(super) const fn names(source: RecordsSource) -> &'static Names {
    match source {
        RecordsSource::Claims => &CLAIMS,
        RecordsSource::Dispensing => &DISPENSING,
        RecordsSource::Prescribing => &PRESCRIBING,
    }
}
