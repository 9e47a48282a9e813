//! Every date function over every day from 1900 to 2100: nothing panics, what was written comes
//! back, and what should only ever go one way does.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![expect(clippy::disallowed_methods, reason = "tests read the checkout's own files")]

use std::path::Path;

use jiff::Span;
use jiff::civil::{Date, date};
use madoguchi_reference::calendar::{
    DAY, Jst, Month, add_months, age_reached_on, birthday, compact, date_from_compact, day_after,
    day_before, end_of_month_after,
};
use madoguchi_reference::certificate::{
    Carrier, Standing, card_last_day, certificate_last_day, grace_end, standing,
};
use madoguchi_reference::ids::{InsurerNumber, PayerNumber};
use madoguchi_reference::register::{AppUser, Hardship, PUBLISHED, Policy, Register, Route, load};
use proptest::prelude::*;

const FIRST: Date = date(1900, 1, 1);
const LAST: Date = date(2100, 12, 31);
const CARRIERS: [Carrier; 3] = [Carrier::Card, Carrier::Android, Carrier::Iphone];
const ROUTES: [Route; 5] =
    [Route::Counter, Route::DriveThrough, Route::HomeVisit, Route::OnlineCare, Route::Emergency];
/// Leap days, ends and beginnings of months, years and eras, both ends of the calendar.
const BIRTHS: [Date; 9] = [
    Date::MIN,
    date(1900, 1, 1),
    date(1926, 12, 25),
    date(1952, 2, 29),
    date(1955, 5, 1),
    date(2019, 4, 1),
    date(2019, 4, 2),
    date(2024, 2, 29),
    Date::MAX,
];

fn days() -> impl Iterator<Item = Date> {
    std::iter::successors(Some(FIRST), |day| Some(day_after(*day))).take_while(|day| *day <= LAST)
}

/// Everything a policy can be asked without a person.
fn ask_everything(policy: &Policy<'_>) {
    let insurers = ["06139992", "138016", "67138016", "39130018", "77777777", ""];
    let mut payers = [PayerNumber::from("12130019"), PayerNumber::default()];
    policy.in_force("CERT-010");
    policy.missing_figure();
    policy.halved_note();
    policy.notes_limit_class();
    policy.notes_low_income();
    policy.notes_benefit();
    policy.multiple_charge_code();
    assert!(policy.tariff().is_ok() || policy.missing_figure().is_some());
    policy.alert_months();
    policy.medical_hub();
    policy.asks_everybody_about_subsidies();
    policy.asks_for_subsidies_first();
    policy.grace();
    policy.phone_grace();
    policy.grants_remainder();
    policy.grace_exists_from();
    policy.pin_attempts();
    for (pilot, user) in [
        (false, AppUser::Bound),
        (true, AppUser::Exempt),
        (true, AppUser::Transitional(Hardship::NoLine, Some(LAST))),
        (true, AppUser::Transitional(Hardship::NoLine, Some(Date::MAX))),
    ] {
        policy.phones_accepted(pilot);
        policy.eligibility_app(user);
    }
    for hardship in [Hardship::UnfinishedSystem, Hardship::HomeVisitsOnly, Hardship::Closing] {
        policy.excused(hardship, None);
    }
    policy.phone_alone_is_nothing();
    policy.package_defaults();
    policy.default_precedence();
    policy.leap_birthday();
    policy.iphones_loaded();
    assert!(policy.certificate_birthdays() > 0 && policy.signature_attempts() > 0);
    policy.renewable(Date::MIN);
    policy.renewable(Date::MAX);
    policy.visual_mode_on_reader();
    for route in ROUTES {
        assert!(route.is_remote() || !policy.remote_reception(route));
        policy.photo_id_after(route);
        assert!(!policy.photo_id_after(route) || route.is_remote());
        policy.lists_remote_results(route);
        assert!(policy.look_up_window(route).is_none_or(|window| window >= 0));
    }
    policy.package_consent();
    policy.limit_needs_consent();
    policy.surgery_group();
    policy.asks_everybody_about_diseases();
    policy.initial_consent_groups();
    assert!(!policy.emergency_viewing(false) || policy.emergency_viewing(true));
    policy.disaster_mode();
    policy.system_failure_mode();
    assert!(policy.known_opening("noto").is_none_or(|(first, last)| first <= last));
    policy.victim_key();
    policy.asks_again_without_card();
    assert!(policy.drug_months() >= 0 && policy.check_up_months() >= 0 && policy.bulk_time() >= 0);
    for months in [i32::MIN, -1, 0, 3, i32::MAX] {
        policy.claims_visible(Month::of(LAST).plus(months));
    }
    policy.registration_days();
    policy.counts_working_days();
    policy.sort_payers(&mut payers, |payer| payer);
    policy.refuses_wrong_check_digit();
    policy.suspension();
    policy.matches_new_registrations();
    policy.asks_for_missing_rate();
    policy.medical_aid();
    policy.ticket_days();
    policy.batch_hour();
    for insurer in insurers.map(InsurerNumber::from) {
        policy.provisional_acceptance(&insurer);
        policy.is_unknown_insurer(&insurer);
        policy.review_body(&insurer);
        policy.is_victim_insurer(&insurer);
    }
    policy.issues_health_cards();
    policy.months_until_reissue();
    policy.reissue();
    policy.ladder();
    policy.eligibility_certificates();
    policy.statements();
    policy.unknown_numbers(true);
    policy.unknown_remark();
    policy.lost_remark();
    for (day, hour) in [(1, 0), (5, 8), (10, 23), (31, 12), (i8::MIN, i8::MAX)] {
        policy.submission_open(day, hour);
    }
    for (day, hour) in [(1, 0), (12, 8), (13, 0), (i8::MIN, i8::MAX)] {
        policy.correction_open(day, hour);
    }
    policy.resubmission_on_paper();
    policy.claims_online_only();
    policy.charges_lost_eligibility();
    policy.publics_are_not_moved();
    policy.returns_unequal_share();
    policy.shared_by();
}

/// The life of a claim handed in in the month of a day goes forward, wherever the calendar has
/// room for it.
fn ask_about_claims(policy: &Policy<'_>, day: Date) {
    let month = Month::of(day);
    policy.claim_has_lapsed(month);
    policy.holds_for("CLM-074");
    let (from, to) = policy.results_kept(month);
    let life = [
        policy.checked_at(month),
        policy.corrections_end(month),
        policy.review_ends(month),
        from,
        policy.paid_at(month),
        to,
    ];
    let room = month.plus(6) > month.plus(5);
    assert!(!room || life.is_sorted(), "{day}: {life:?}");
}

/// Everything a policy can be asked about a person or a paper, and what always holds.
fn ask_about(policy: &Policy<'_>, day: Date, born: Date) {
    policy.health_card_valid(born);
    policy.signature_certificate(born);
    assert!(policy.card_birthdays(born) > 0);
    policy.halved_limit_note(born);
    policy.certificate_beside_a_card(born);
    for yearly in [false, true] {
        let last = policy.certificate_until(day, yearly);
        assert!(last.is_none_or(|last| day <= last || day == Date::MAX), "{day}: {last:?}");
        let last = policy.health_card_until(day, yearly);
        assert!(last.is_none_or(|last| day <= last || day == Date::MAX), "{day}: {last:?}");
    }
    let insurer = InsurerNumber::from("138016");
    let renewals = policy.renewals(&insurer, day.saturating_sub(Span::new().years(2)));
    assert!(renewals.iter().all(|renewal| *renewal <= day), "{day}: {renewals:?}");
    policy.age_class(born);
    if let Ok(tariff) = policy.tariff() {
        let shares =
            [tariff.share_percent(born, day, &mut ()), tariff.share_percent_unknown(born, day)];
        assert!(shares.iter().all(|share| (10..=30).contains(share)), "{day} {born}: {shares:?}");
    }
}

#[test]
fn no_question_to_the_policy_of_any_day_panics() {
    let register = load(PUBLISHED).unwrap();
    for day in days().chain([Date::MIN, Date::MAX]) {
        let policy = register.on(day);
        ask_about_claims(&policy, day);
        ask_everything(&policy);
        // Two births on every day; all of them on the last days of the months.
        let all = day_after(day).day() == 1;
        let some = if all { &BIRTHS[..] } else { &BIRTHS[3..5] };
        for born in some {
            ask_about(&policy, day, *born);
        }
    }
}

#[test]
fn no_birth_date_panics() {
    let register = load(PUBLISHED).unwrap();
    for today in [FIRST, date(2024, 12, 2), LAST] {
        let policy = register.on(today);
        for born in days() {
            ask_about(&policy, today, born);
        }
    }
}

/// What is lost once does not come back, but for the one day on which the grace began.
#[test]
fn a_certificate_only_ever_gets_worse() {
    let register = load(PUBLISHED).unwrap();
    let start = date(2024, 12, 2);
    for expires in [date(2024, 2, 29), date(2024, 9, 1), date(2024, 12, 31), date(2027, 11, 30)] {
        for carrier in CARRIERS {
            let mut before = Standing::Full;
            let mut day = date(2023, 1, 1);
            while day < date(2029, 1, 1) {
                let now = standing(expires, day, carrier, &register.on(day));
                assert!(now >= before || day == start, "{expires} {day} {before:?} {now:?}");
                assert_eq!(now.allows_records(), day <= expires, "{expires} {day}");
                before = now;
                day = day_after(day);
            }
            assert_eq!(before, Standing::Lapsed);
        }
    }
}

#[test]
fn no_certificate_panics_on_any_day() {
    let register = load(PUBLISHED).unwrap();
    for day in days().chain([Date::MIN, Date::MAX]) {
        let policy = register.on(day);
        for expires in
            [day, day_after(day), day_before(day), add_months(day, -3), Date::MIN, Date::MAX]
        {
            for carrier in [Carrier::Card, Carrier::Iphone] {
                let standing = standing(expires, day, carrier, &policy);
                let end = grace_end(expires, carrier, &policy);
                let graced = standing == Standing::Grace;
                assert_eq!(graced, expires < day && end.is_some_and(|end| day <= end));
                assert!(!graced || standing.shows_alert());
            }
        }
    }
}

#[test]
fn cards_and_certificates_issued_on_any_day_last_years_and_no_certificate_outlives_its_card() {
    let register = load(PUBLISHED).unwrap();
    for issued in days() {
        let policy = register.on(issued);
        for born in [date(1952, 2, 29), date(1985, 4, 12), issued] {
            let card = card_last_day(issued, born, &policy);
            let certificate = certificate_last_day(issued, born, Some(card), &policy);
            let alone = certificate_last_day(issued, born, None, &policy);
            assert!(issued < certificate && certificate == alone.min(card), "{issued} {born}");
            // A birthday, or the last of February for one that does not exist.
            let moved = (born.month(), born.day()) == (2, 29) && card.day() == 28;
            assert!(moved || (card.month(), card.day()) == (born.month(), born.day()));
        }
        card_last_day(issued, Date::MAX, &policy);
        certificate_last_day(issued, Date::MIN, None, &policy);
    }
    for end in [Date::MIN, Date::MAX] {
        card_last_day(end, end, &register.on(end));
        certificate_last_day(end, end, Some(end), &register.on(end));
    }
}

#[test]
fn every_day_is_written_and_read_back_and_moved_by_months_as_the_rules_say() {
    let mut last_end = Date::MIN;
    for day in days().chain([Date::MIN, Date::MAX]) {
        if (FIRST..=LAST).contains(&day) {
            assert_eq!(date_from_compact(&compact(day)), Some(day));
            assert_eq!(day_before(day_after(day)), day);
            let month = Month::of(day);
            assert_eq!((month.plus(7).plus(-7), month.to_string().parse()), (month, Ok(month)));
            assert!(month.first() <= day && day <= month.last());
            assert_eq!(month.compact(), compact(day)[..6]);
            let end = end_of_month_after(day, 3);
            assert!(day_after(end).day() == 1 && end >= last_end);
            last_end = end;
        }
        for months in [i32::MIN, -1200, -3, -1, 0, 1, 3, 1200, i32::MAX] {
            let moved = add_months(day, months);
            let clamped = moved == Date::MIN || moved == Date::MAX;
            assert!(moved.day() <= day.day() || clamped, "{day} {months}");
            end_of_month_after(day, months);
        }
        for age in [0, 6, 70, 75, i16::MAX, i16::MIN] {
            age_reached_on(day, age);
            birthday(day, age);
        }
        assert_eq!(Jst::start_of(day).date(), day);
    }
}

/// A function that is added to these files belongs into the loops above.
#[test]
fn no_date_function_is_forgotten_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let here = std::fs::read_to_string(root.join("tests/dates.rs")).unwrap();
    let mut forgotten = Vec::new();
    for file in [
        "register/policy.rs",
        "register/figures.rs",
        "register/claims.rs",
        "register/issuing.rs",
        "calendar.rs",
        "certificate.rs",
    ] {
        let source = std::fs::read_to_string(root.join("src").join(file)).unwrap();
        for (at, call) in source.match_indices("pub fn ") {
            let name = &source[at + call.len()..];
            let name = &name[..name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap()];
            let said = ["read_date", "read_dates", "read_some_date", "no_date"].contains(&name);
            if !said && !here.contains(&format!("{name}(")) {
                forgotten.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(forgotten.is_empty(), "not called in tests/dates.rs: {forgotten:?}");
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i32..73_414).prop_map(|days| Jst::start_of(FIRST).plus(i64::from(days) * DAY).date())
}

fn register() -> &'static Register {
    static REGISTER: std::sync::OnceLock<Register> = std::sync::OnceLock::new();
    REGISTER.get_or_init(|| load(PUBLISHED).unwrap())
}

proptest! {
    #[test]
    fn moving_by_months_is_monotone_and_comes_back_but_for_the_clamp(a in any_day(), b in any_day(), months in -600i32..600) {
        let (first, second) = (a.min(b), a.max(b));
        prop_assert!(add_months(first, months) <= add_months(second, months));
        prop_assert!(end_of_month_after(first, months) <= end_of_month_after(second, months));
        let back = add_months(add_months(a, months), -months);
        prop_assert!(back <= a && back.last_of_month() == a.last_of_month());
        prop_assert!(back == a || a.day() > 28);
    }

    #[test]
    fn ages_come_in_the_order_of_births_and_of_years(a in any_day(), b in any_day(), age in 0i16..120) {
        let (older, younger) = (a.min(b), a.max(b));
        prop_assert!(age_reached_on(older, age) <= age_reached_on(younger, age));
        prop_assert!(age_reached_on(a, age) < age_reached_on(a, age + 1));
        prop_assert_eq!(day_after(age_reached_on(a, age)), birthday(a, age));
        // Only a birthday that does not exist is moved, to the first of March.
        let there = birthday(a, age);
        let moved = a.month() == 2 && a.day() == 29 && (there.month(), there.day()) == (3, 1);
        prop_assert!(moved || (there.month(), there.day()) == (a.month(), a.day()));
    }

    #[test]
    fn times_keep_to_their_day(day in any_day(), second in 0i64..86_400) {
        let at = Jst::start_of(day).plus(second * 1_000_000);
        prop_assert_eq!(at.date(), day);
        prop_assert_eq!(Jst::from_compact(&at.compact()), Some(at));
        prop_assert_eq!(Jst::from_datetime(at.datetime()), at);
        prop_assert_eq!(at.plus(999_999).to_second(), at);
        prop_assert_eq!(at.since(Jst::start_of(day)), second * 1_000_000);
        prop_assert_eq!(Jst::from_micros(at.as_micros()), at);
    }

    #[test]
    fn whoever_is_old_stays_old(born in any_day(), a in any_day(), b in any_day()) {
        let (before, after) = (register().on(a.min(b)), register().on(a.max(b)));
        prop_assert!(before.age_class(born) <= after.age_class(born));
    }
}
