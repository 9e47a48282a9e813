//! The parameters of the register that behaviour reads.

/// A parameter that behaviour reads; the loader insists on it in every version of the rule.
pub(super) struct ReadParameter {
    pub(super) rule: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: ParameterKind,
}

#[derive(Clone, Copy)]
pub(super) enum ParameterKind {
    Number,
    Text,
    Date,
}

const fn read(rule: &'static str, name: &'static str, kind: ParameterKind) -> ReadParameter {
    ReadParameter { rule, name, kind }
}

use ParameterKind::{Date as OfDate, Number, Text};

pub(super) const READ_PARAMETERS: &[ReadParameter] = &[
    read("GEN-008", "yen_per_point", Number),
    read("GEN-007", "card_birthday", Text),
    read("CERT-002", "birthdays", Number),
    read("CERT-003", "adult_age", Number),
    read("CERT-003", "adult_birthdays", Number),
    read("CERT-003", "minor_birthdays", Number),
    read("CERT-005", "renewal_months", Number),
    read("CERT-006", "alert_months", Number),
    read("CERT-010", "grace_months", Number),
    read("CERT-010", "end_policy", Text),
    read("CERT-014", "expired_before_start", Text),
    read("CERT-016", "phone_grace_months", Number),
    read("CERT-020", "pin_attempts", Number),
    read("CERT-022", "signature_attempts", Number),
    read("CERT-033", "signature_age", Number),
    read("CERT-040", "iphone_from", OfDate),
    read("IDV-030", "home_visit_from", OfDate),
    read("IDV-030", "online_from", OfDate),
    read("IDV-030", "different_route_from", OfDate),
    read("IDV-040", "window_hours", Number),
    read("IDV-042", "window_hours", Number),
    read("ELIG-020", "employer_days", Number),
    read("ELIG-020", "insurer_days", Number),
    read("ELIG-021", "day_kind", Text),
    read("ELIG-033", "scope", Text),
    read("ELIG-040", "age", Number),
    read("ELIG-041", "halved_note", Text),
    read("ELIG-042", "age", Number),
    read("ELIG-043", "age", Number),
    read("ELIG-055", "order", Text),
    read("ELIG-056", "wrong_check_digit", Text),
    read("ELIG-061", "first_day", Number),
    read("ELIG-061", "last_day", Number),
    read("ELIG-080", "visible", Text),
    read("ELIG-080", "batch_hour", Number),
    read("FB-002", "health_card_last_day", OfDate),
    read("FB-006", "share_percent", Number),
    read("FB-006", "preschool_share_percent", Number),
    read("CONS-024", "shown_to", Text),
    read("CONS-030", "drug_months", Number),
    read("CONS-032", "initial_surgery", Text),
    read("CONS-032", "initial_treatment", Text),
    read("CONS-032", "initial_drugs", Text),
    read("CONS-032", "initial_check_up", Text),
    read("CONS-040", "institutions", Text),
    read("CONS-042", "window_hours", Number),
    read("CLM-003", "remark", Text),
    read("CLM-005", "insurer_number", Text),
    read("CLM-005", "check_digit_number", Text),
    read("CLM-006", "insured_number", Text),
    read("CLM-008", "remark", Text),
    read("CLM-021", "first_day", Number),
    read("CLM-021", "early_last_day", Number),
    read("CLM-021", "last_day", Number),
    read("CLM-021", "first_hour", Number),
    read("CLM-021", "early_last_hour", Number),
    read("CLM-021", "late_last_hour", Number),
    read("CLM-023", "result_day", Number),
    read("CLM-023", "check_day", Number),
    read("CLM-053", "unequal_share", Text),
    read("FEE-050", "share_percent", Number),
    read("FEE-051", "share_percent", Number),
    read("FEE-052", "share_percent", Number),
    read("FEE-053", "share_percent", Number),
    read("FEE-056", "unit_yen", Number),
];
