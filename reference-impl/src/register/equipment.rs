//! What an institution may use to confirm eligibility, and when: phones, the app for eligibility
//! only (資格確認限定型), and the transitional measures of the duty to verify online.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Policy;
use crate::calendar::add_months;

/// Why an institution need not verify online for a while (経過措置, IDV-051).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hardship {
    /// (1) A contract with a vendor by February 2023, but the system is not finished.
    UnfinishedSystem,
    /// (2) No optical line is available.
    NoLine,
    /// (3) Home visits only.
    HomeVisitsOnly,
    /// (4) Rebuilding, or temporary premises.
    Rebuilding,
    /// (5) About to close or to suspend business.
    Closing,
    /// (6) Another special difficulty.
    Other,
}

/// Who uses the app for eligibility only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AppUser {
    /// An institution without the duty to verify online: 施術所, 健診実施機関, 助産所 and others.
    Exempt,
    /// One with the duty and a transitional measure, which ended on the day given, if it did.
    Transitional(Hardship, Option<Date>),
    /// One with the duty.
    Bound,
}

/// Which answers a package screen starts from where there are two (CONS-013).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Precedence {
    /// Those registered later.
    Later,
    /// Those set in advance in マイナポータル.
    Portal,
    /// Those of the previous visit.
    Visit,
}

impl Policy<'_> {
    /// CERT-043: whether a phone may be used at the reader; `pilot` for a site of the pilot.
    pub fn phones_accepted(&self, pilot: bool) -> bool {
        let day = |name| self.date("CERT-043", name);
        let since = |name| day(name).is_some_and(|first| first <= self.date);
        let until = |name| day(name).is_some_and(|last| self.date <= last);
        let first_pilot = until("pilot_last_day");
        let second_pilot = since("second_pilot_from") && until("second_pilot_last_day");
        let open = since("open_from");
        self.in_force("CERT-043") && (open || (pilot && (first_pilot || second_pilot)))
    }

    /// FB-009: whether a patient with nothing but a phone, and no screen to show on it, is
    /// treated like one who has nothing at all.
    pub fn phone_alone_is_nothing(&self) -> bool {
        self.text("FB-009", "without_screen") == Some("as_nothing")
    }

    /// IDV-050: whether the app for eligibility only may be used.
    pub fn eligibility_app(&self, user: AppUser) -> bool {
        let allowed = match user {
            AppUser::Exempt => true,
            AppUser::Transitional(hardship, ended) => {
                let named =
                    matches!(hardship, Hardship::NoLine | Hardship::Rebuilding | Hardship::Other);
                named && self.excused(hardship, ended)
            }
            AppUser::Bound => false,
        };
        self.in_force("IDV-050") && allowed
    }

    /// IDV-051: whether an institution with this hardship, which ended on `ended` if it did, need
    /// not verify online yet.
    pub fn excused(&self, hardship: Hardship, ended: Option<Date>) -> bool {
        let at_latest = |name| {
            let last = self.date("IDV-051", name);
            [last, ended].into_iter().flatten().min()
        };
        let last = match hardship {
            Hardship::UnfinishedSystem => at_latest("system_last_day"),
            Hardship::NoLine => ended.map(|line| {
                add_months(line, self.months("IDV-051", "line_months").unwrap_or_default())
            }),
            Hardship::HomeVisitsOnly => at_latest("home_visits_last_day"),
            Hardship::Closing => at_latest("closing_last_day"),
            Hardship::Rebuilding | Hardship::Other => ended,
        };
        self.in_force("IDV-051") && last.is_none_or(|last| self.date <= last)
    }

    /// CONS-012: whether a package screen starts from answers given before.
    pub fn package_defaults(&self) -> bool {
        self.in_force("CONS-012")
    }

    /// CONS-013: which of two earlier answers it starts from.
    pub fn default_precedence(&self) -> Precedence {
        match self.text("CONS-013", "precedence") {
            Some("portal") => Precedence::Portal,
            Some("visit") => Precedence::Visit,
            _ => Precedence::Later,
        }
    }
}
