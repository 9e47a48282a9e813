//! What the reference reads from the register, typed, as it stands on one date of service.
//!
//! With `figures.rs` this is the only place where behaviour names rules and parameters, so an
//! edited register changes what the reference does and nothing else has to be changed with it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ParameterValue, Register, Rule};
use crate::calendar::{HOUR, MINUTE, Micros, Month};
use crate::ids::{InsurerNumber, PayerNumber};
use crate::message::centre::ConsentGroups;
use crate::numbers::{InsuranceGroup, PayerKind};

/// The register on one date of service.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    pub(super) register: &'a Register,
    pub(super) date: Date,
}

/// The grace period of CERT-010.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grace {
    /// Its length in months.
    pub months: i32,
    /// Where it ends.
    pub end: EndPolicy,
}

/// Two readings of "three months after expiry" (CERT-010, CERT-011).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EndPolicy {
    /// On the last day of a month, counted from the month of expiry.
    MonthEnd,
    /// On the same day of the month.
    SameDay,
}

/// What cannot be seen while a record is suspended from viewing (閲覧停止, ELIG-033).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SuspensionScope {
    /// Medical information and the portal; eligibility is answered.
    MedicalInformation,
    /// Eligibility as well.
    Everything,
}

/// Where identity is checked and consent is given (IDV-030, IDV-031).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// 窓口: the reader at the reception counter.
    #[default]
    Counter,
    /// 通常とは異なる動線, such as a drive-through.
    DriveThrough,
    /// 訪問診療等.
    HomeVisit,
    /// オンライン診療.
    OnlineCare,
    /// 救急: a patient who cannot answer; staff read the card (CONS-040).
    Emergency,
}

impl Route {
    /// Whether identity and consent are taken away from the reader.
    pub fn is_remote(self) -> bool {
        matches!(self, Self::DriveThrough | Self::HomeVisit | Self::OnlineCare)
    }
}

impl<'a> Policy<'a> {
    pub(super) fn new(register: &'a Register, date: Date) -> Self {
        Self { register, date }
    }

    /// Whether a rule is in force.
    pub fn in_force(&self, rule: &str) -> bool {
        self.register.rule(rule).is_some_and(|r| r.version_on(self.date).is_some())
    }

    /// Whether a rule binds anybody: it is published.
    pub(super) fn binds(&self, rule: &str) -> bool {
        self.register.rule(rule).is_some_and(Rule::binds)
    }

    fn value(&self, rule: &str, name: &str) -> Option<&'a ParameterValue> {
        let version = self.register.rule(rule)?.version_on(self.date)?;
        version.parameters.get(name).map(|p| &p.value)
    }

    pub(super) fn number(&self, rule: &str, name: &str) -> Option<i64> {
        match self.value(rule, name)? {
            ParameterValue::Number(number) => Some(*number),
            ParameterValue::Numbers(_) | ParameterValue::Text(_) => None,
        }
    }

    /// A row of numbers; empty where there is none.
    #[allow(dead_code, reason = "tables of the chapters on money")]
    pub(super) fn numbers(&self, rule: &str, name: &str) -> &'a [i64] {
        match self.value(rule, name) {
            Some(ParameterValue::Numbers(numbers)) => numbers,
            _ => &[],
        }
    }

    pub(super) fn text(&self, rule: &str, name: &str) -> Option<&'a str> {
        match self.value(rule, name)? {
            ParameterValue::Text(text) => Some(text),
            ParameterValue::Number(_) | ParameterValue::Numbers(_) => None,
        }
    }

    pub(super) fn date(&self, rule: &str, name: &str) -> Option<Date> {
        self.text(rule, name)?.parse().ok()
    }

    pub(super) fn months(&self, rule: &str, name: &str) -> Option<i32> {
        i32::try_from(self.number(rule, name)?).ok()
    }

    pub(super) fn percent(&self, rule: &str, name: &str) -> Option<u8> {
        u8::try_from(self.number(rule, name)?).ok()
    }

    /// CERT-006: how many months before expiry the renewal alert starts.
    pub fn alert_months(&self) -> Option<i32> {
        self.months("CERT-006", "alert_months")
    }

    /// CERT-010: the grace period of a certificate on a card, if there is one.
    pub fn grace(&self) -> Option<Grace> {
        let end = match self.text("CERT-010", "end_policy")? {
            "same_day" => EndPolicy::SameDay,
            _ => EndPolicy::MonthEnd,
        };
        Some(Grace { months: self.months("CERT-010", "grace_months")?, end })
    }

    /// CERT-016: the grace period of a certificate on a phone.
    pub fn phone_grace(&self) -> Option<Grace> {
        let months = self.months("CERT-016", "phone_grace_months")?;
        (months > 0).then_some(Grace { months, end: EndPolicy::MonthEnd })
    }

    /// CERT-014: whether a certificate that expired before the grace existed gets what would
    /// be left of it.
    pub fn grants_remainder(&self) -> bool {
        self.text("CERT-014", "expired_before_start") == Some("remainder")
    }

    /// The day CERT-010 came into force.
    pub fn grace_exists_from(&self) -> Option<Date> {
        self.register.rule("CERT-010")?.versions.first()?.from
    }

    /// CERT-020: consecutive wrong PINs until the PIN is locked.
    pub fn pin_attempts(&self) -> u8 {
        self.percent("CERT-020", "pin_attempts").unwrap_or_default()
    }

    /// IDV-011: whether visual mode is switched on the reader itself instead of the PC.
    pub fn visual_mode_on_reader(&self) -> bool {
        self.in_force("IDV-011")
    }

    /// IDV-030: whether identity and consent may be taken on this route, away from the reader.
    pub fn remote_reception(&self, route: Route) -> bool {
        let from = match route {
            Route::Counter | Route::Emergency => return false,
            Route::DriveThrough => self.date("IDV-030", "different_route_from"),
            Route::HomeVisit => self.date("IDV-030", "home_visit_from"),
            Route::OnlineCare => self.date("IDV-030", "online_from"),
        };
        from.is_some_and(|from| from <= self.date)
    }

    /// IDV-033: whether consent on the patient's own device wants a look at a photo-ID at the
    /// counter.
    pub fn photo_id_after(&self, route: Route) -> bool {
        route == Route::DriveThrough && self.in_force("IDV-033")
    }

    /// IDV-040, IDV-041, IDV-042: how long medical information may be looked up after consent;
    /// `None` while it is open until withdrawn.
    pub fn look_up_window(&self, route: Route) -> Option<Micros> {
        let hours = match route {
            Route::Counter => self.number("IDV-042", "window_hours"),
            Route::Emergency => self.number("CONS-042", "window_hours"),
            // Open until consent is withdrawn.
            Route::HomeVisit if self.in_force("IDV-041") => return None,
            Route::HomeVisit => self.number("IDV-042", "window_hours"),
            // Before IDV-040 there was no window of its own for these routes.
            Route::DriveThrough | Route::OnlineCare => self
                .number("IDV-040", "window_hours")
                .or_else(|| self.number("IDV-042", "window_hours")),
        };
        Some(hours.unwrap_or_default().saturating_mul(HOUR))
    }

    /// IDV-041: whether an institution asks again at a home visit without the card.
    pub fn asks_again_without_card(&self) -> bool {
        self.in_force("IDV-041")
    }

    /// CONS-011: whether one screen may cover all medical information.
    pub fn package_consent(&self) -> bool {
        self.in_force("CONS-011")
    }

    /// CONS-020: whether 限度額 is only given after consent on a screen of its own.
    pub fn limit_needs_consent(&self) -> bool {
        !self.in_force("CONS-020")
    }

    /// CONS-040: whether an institution may look at medical information in an emergency
    /// (救急時医療情報閲覧).
    pub fn emergency_viewing(&self, hospital: bool) -> bool {
        hospital && self.in_force("CONS-040")
            || self.text("CONS-040", "institutions") == Some("hospitals_and_clinics")
    }

    /// CONS-001: whether there is a group for surgery yet.
    pub fn surgery_group(&self) -> bool {
        self.date("CONS-001", "surgery_from").is_some_and(|from| from <= self.date)
    }

    /// CONS-024: whether the screen for 特定疾病療養受療証 is shown to everybody, and not only to
    /// whom one was issued.
    pub fn asks_everybody_about_diseases(&self) -> bool {
        self.text("CONS-024", "shown_to") == Some("everybody")
    }

    /// CONS-032: the groups for which consent is asked before an institution sets anything.
    pub fn initial_consent_groups(&self) -> ConsentGroups {
        let on = |name| self.text("CONS-032", name) == Some("on");
        ConsentGroups {
            surgery: on("initial_surgery"),
            treatment: on("initial_treatment"),
            drugs: on("initial_drugs"),
            check_up: on("initial_check_up"),
            specific_disease: true,
        }
    }

    /// CONS-030: how many months drug information goes back.
    pub fn drug_months(&self) -> i32 {
        self.months("CONS-030", "drug_months").unwrap_or_default()
    }

    /// CONS-030: how many months check-ups go back.
    pub fn check_up_months(&self) -> i32 {
        self.months("CONS-030", "check_up_months").unwrap_or_default()
    }

    /// CONS-033: whether what stands on the claims of a month can be seen by now.
    pub fn claims_visible(&self, month: Month) -> bool {
        let months = self.months("CONS-033", "visible_after_months").unwrap_or_default();
        let day = self.number("CONS-033", "visible_day").unwrap_or(1).max(1);
        let first = month.plus(months).first();
        first.saturating_add((day - 1).days()) <= self.date
    }

    /// ELIG-081: how long a bulk job takes.
    pub fn bulk_time(&self) -> Micros {
        self.number("ELIG-081", "bulk_minutes").unwrap_or_default().saturating_mul(MINUTE)
    }

    /// IDV-035: whether an institution fetches the result of a remote reception with its list of
    /// consented persons, instead of having it put into a folder.
    pub fn lists_remote_results(&self, route: Route) -> bool {
        matches!(route, Route::HomeVisit | Route::OnlineCare)
            && self.text("IDV-035", "result_by") == Some("list")
    }

    /// ELIG-020: the days an employer and an insurer have, counted from the event.
    pub fn registration_days(&self) -> (i64, i64) {
        let days = |name| self.number("ELIG-020", name).unwrap_or_default();
        (days("employer_days"), days("insurer_days"))
    }

    /// ELIG-021: whether a last day that is no working day moves to the next one.
    pub fn counts_working_days(&self) -> bool {
        self.text("ELIG-021", "day_kind") == Some("working")
    }

    /// ELIG-030, ELIG-033: what a record that disagrees with the resident register does not
    /// show on this date; `None` while no record is suspended.
    pub fn suspension(&self) -> Option<SuspensionScope> {
        self.in_force("ELIG-030").then(|| match self.text("ELIG-033", "scope") {
            Some("everything") => SuspensionScope::Everything,
            _ => SuspensionScope::MedicalInformation,
        })
    }

    /// ELIG-032: whether a new registration is held against the resident register before it is
    /// taken in.
    pub fn matches_new_registrations(&self) -> bool {
        self.in_force("ELIG-032")
    }

    /// ELIG-036: whether the desk asks for another proof of the share where a valid answer
    /// should name one and does not.
    pub fn asks_for_missing_rate(&self) -> bool {
        self.in_force("ELIG-036")
    }

    /// ELIG-055: puts public-expense payers into the order in which they pay. Local schemes come
    /// last, and what is no public-expense payer after them; equals keep their order.
    pub fn sort_payers<T>(&self, payers: &mut [T], number: impl Fn(&T) -> &PayerNumber) {
        let order = self.text("ELIG-055", "order").unwrap_or_default();
        let order: Vec<&str> = order.split(' ').collect();
        payers.sort_by_key(|payer| {
            let law = number(payer).as_str().get(..2).unwrap_or_default();
            let of_state = order.iter().position(|listed| *listed == law);
            let is_local = PayerKind::from_law(law).is_some();
            of_state.unwrap_or(if is_local { order.len() } else { order.len() + 1 })
        });
    }

    /// ELIG-056: whether a look-up with a wrong check digit is refused instead of finding nobody.
    pub fn refuses_wrong_check_digit(&self) -> bool {
        self.text("ELIG-056", "wrong_check_digit") != Some("none")
    }

    /// ELIG-060: whether medical aid (医療扶助) is answered online.
    pub fn medical_aid(&self) -> bool {
        self.in_force("ELIG-060")
    }

    /// ELIG-061: the first and the last of the days of a month on which its tickets are loaded.
    pub fn ticket_days(&self) -> (i8, i8) {
        let day = |name| {
            let number = self.number("ELIG-061", name).unwrap_or(1);
            i8::try_from(number).unwrap_or(1).clamp(1, 28)
        };
        (day("first_day"), day("last_day"))
    }

    /// ELIG-070: whether entitlements to public subsidies can be asked of the Public Medical Hub.
    pub fn medical_hub(&self) -> bool {
        self.in_force("ELIG-070")
    }

    /// CONS-060: whether everybody is asked about subsidies, or only who has one in the hub.
    pub fn asks_everybody_about_subsidies(&self) -> bool {
        self.text("CONS-060", "asked_of") == Some("everybody")
    }

    /// CONS-060: whether the screen about subsidies comes before the other ones.
    pub fn asks_for_subsidies_first(&self) -> bool {
        self.text("CONS-060", "screen") == Some("first")
    }

    /// ELIG-080: the hour of the morning at which registrations become visible; `None` if
    /// they are visible at once.
    pub fn batch_hour(&self) -> Option<i64> {
        let batched = self.text("ELIG-080", "visible") == Some("next_morning");
        batched.then(|| self.number("ELIG-080", "batch_hour").unwrap_or_default())
    }

    /// FB-002: whether a 健康保険証 printed to `until` still proves eligibility by itself.
    pub fn health_card_valid(&self, until: Date) -> bool {
        // Before FB-002 there was no general last day, only the printed one.
        let last = self.date("FB-002", "health_card_last_day").unwrap_or(Date::MAX);
        self.date <= until && self.date <= last
    }

    /// FB-030…033: whether an expired health card or a notice alone is accepted when the
    /// number look-up confirms it.
    pub fn provisional_acceptance(&self, insurer: &InsurerNumber) -> bool {
        let group = match insurer.group() {
            InsuranceGroup::NationalHealth => "FB-030",
            InsuranceGroup::LateElderly => "FB-031",
            InsuranceGroup::Employees => "FB-032",
        };
        self.in_force(group) && self.in_force("FB-033")
    }

    /// FB-003: whether the ladder for cards that could not be read is in force.
    pub fn ladder(&self) -> bool {
        self.in_force("FB-003")
    }

    /// FB-002: whether there are certificates of eligibility (資格確認書) yet.
    pub fn eligibility_certificates(&self) -> bool {
        self.in_force("FB-002")
    }

    /// FB-007: whether a statement (被保険者資格申立書) is taken from who holds a card.
    pub fn statements(&self) -> bool {
        self.in_force("FB-007")
    }
}
