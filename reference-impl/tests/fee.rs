//! What holds for every amount, class and day: money never grows out of nothing, no limit is
//! exceeded, and no question makes the library panic.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use madoguchi_reference::calendar::Month;
use madoguchi_reference::fee::{
    AddOnKind, CardUse, CardUsed, Care, Charge, Charged, Limit, LimitClass, MonthSoFar, Months,
    Poster, Setting, Standing, Tariff, VisitFacts, VisitKind, Yen,
};
use madoguchi_reference::register::{PUBLISHED, Register, load};
use proptest::prelude::*;
use proptest::sample::select;

static REGISTER: LazyLock<Register> = LazyLock::new(|| load(PUBLISHED).unwrap());
/// The most a month can cost here, in yen: a million million.
const COST_YEN_MAX: Yen = 1_000_000_000_000;

fn tariff(day: Date) -> &'static Tariff {
    REGISTER.tariffs().on(day).unwrap()
}

/// Days of every period: around each change of a figure, and in between.
fn any_day() -> impl Strategy<Value = Date> {
    (0i64..1_900).prop_map(|n| date(2022, 10, 1).saturating_add(jiff::Span::new().days(n)))
}

fn any_limit() -> impl Strategy<Value = Limit> {
    (select(LimitClass::ALL.to_vec()), any::<bool>(), 1u8..13)
        .prop_map(|(class, halved, nth_month)| Limit { class, halved, nth_month })
}

fn any_setting() -> impl Strategy<Value = Setting> {
    select(vec![Setting::Outpatient, Setting::Inpatient])
}

fn costs() -> impl Strategy<Value = Vec<Yen>> {
    proptest::collection::vec((1i64..200_000).prop_map(|points| points * 10), 1..12)
}

/// What is paid at each visit of a month.
fn paid(tariff: &Tariff, charge: Charge, costs: &[Yen]) -> Vec<Yen> {
    let mut so_far = MonthSoFar::default();
    let pay = |cost_yen: &Yen| {
        let now = tariff.at_counter(&so_far, &Charge { cost_yen: *cost_yen, ..charge }, &mut ());
        so_far = so_far.and(*cost_yen, now);
        now
    };
    costs.iter().map(pay).collect()
}

proptest! {
    #[test]
    fn who_costs_more_never_pays_less(
        day in any_day(), limit in any_limit(), setting in any_setting(),
        a in 0..COST_YEN_MAX, b in 0..COST_YEN_MAX, percent in 0u8..=100,
    ) {
        let tariff = tariff(day);
        let (less, more) = (a.min(b), a.max(b));
        let limit_yen = |cost| tariff.limit_yen(limit, setting, cost, &mut ()).unwrap();
        prop_assert!(0 < limit_yen(less) && limit_yen(less) <= limit_yen(more));
        let share = |cost| tariff.share_of_yen(cost, percent, &mut ());
        prop_assert!(0 <= share(less) && share(less) <= share(more));
        // Rounding moves a share by five yen at most, and 10 yen are its unit.
        let exact = more * i64::from(percent);
        prop_assert!((share(more) * 100 - exact).abs() <= 500 && share(more) % 10 == 0);
        let charge = |cost_yen| Charge { cost_yen, percent, setting, limit: Some(limit) };
        let pays = |cost| tariff.at_counter(&MonthSoFar::default(), &charge(cost), &mut ());
        prop_assert!(pays(less) <= pays(more));
    }

    #[test]
    fn a_month_is_paid_up_to_its_limit_and_never_above(
        day in any_day(), limit in any_limit(), setting in any_setting(), costs in costs(),
        percent in select(vec![10u8, 20, 30]),
    ) {
        let tariff = tariff(day);
        let charge = Charge { cost_yen: 0, percent, setting, limit: Some(limit) };
        let paid = paid(tariff, charge, &costs);
        prop_assert!(paid.iter().all(|yen| *yen >= 0));
        let (total, cost): (Yen, Yen) = (paid.iter().sum(), costs.iter().sum());
        let cap = tariff.limit_yen(limit, setting, cost, &mut ()).unwrap();
        let shares: Yen = match setting {
            Setting::Outpatient => {
                costs.iter().map(|cost| tariff.share_of_yen(*cost, percent, &mut ())).sum()
            }
            Setting::Inpatient => tariff.share_of_yen(cost, percent, &mut ()),
        };
        prop_assert!(total <= cap && total <= shares);
        // But for the relief measure the month comes to one of the two, and a rounded share may
        // leave five yen of the last visit.
        let relieved = limit.class == LimitClass::General2 && percent == 20
            && setting == Setting::Outpatient && day < date(2025, 10, 1);
        prop_assert!(relieved || (total - cap.min(shares)).abs() <= 5 * costs.len() as Yen);
    }

    #[test]
    fn relief_never_costs_more_than_the_plain_share_and_is_over_in_october_2025(
        costs in costs(), halved in any::<bool>(), day in any_day(),
    ) {
        let limit = Limit { halved, ..Limit::of(LimitClass::General2) };
        let plain = Limit { class: LimitClass::General, ..limit };
        let charge = |limit| Charge {
            cost_yen: 0, percent: 20, setting: Setting::Outpatient, limit: Some(limit),
        };
        let tariff = tariff(day);
        let relieved: Yen = paid(tariff, charge(limit), &costs).iter().sum();
        let full: Yen = paid(tariff, charge(plain), &costs).iter().sum();
        if day < date(2025, 10, 1) {
            // What 10 percent would be, and 3,000 yen (1,500 in the birthday month) more.
            let most = costs.iter().sum::<Yen>() / 10 + if halved { 1_500 } else { 3_000 };
            let plain_below = 5 * costs.len() as Yen;
            prop_assert!(relieved <= full && relieved <= most + plain_below);
        } else {
            prop_assert_eq!(relieved, full);
        }
    }

    #[test]
    fn a_birthday_month_costs_about_half(
        day in any_day(), class in select(LimitClass::ALL.to_vec()), setting in any_setting(),
        nth_month in 1u8..13, cost in 0i64..100_000_000,
    ) {
        let tariff = tariff(day);
        let of = |halved, cost| {
            tariff.limit_yen(Limit { class, halved, nth_month }, setting, cost, &mut ()).unwrap()
        };
        // Base amount and threshold are halved, so half the cost has half the limit.
        prop_assert!((of(true, cost) * 2 - of(false, cost * 2)).abs() <= 1);
    }

    #[test]
    fn repeated_months_are_never_dearer(
        day in any_day(), class in select(LimitClass::ALL.to_vec()), setting in any_setting(),
        halved in any::<bool>(), cost in 0..COST_YEN_MAX,
    ) {
        let tariff = tariff(day);
        let of = |nth_month| {
            tariff.limit_yen(Limit { class, halved, nth_month }, setting, cost, &mut ()).unwrap()
        };
        prop_assert!(of(4) <= of(1) && of(3) == of(1) && of(12) == of(4));
    }

    #[test]
    fn no_amount_however_large_overflows(
        day in any_day(), limit in any_limit(), setting in any_setting(),
        cost in select(vec![0, 1, COST_YEN_MAX, i64::MAX / 2, i64::MAX]), percent in any::<u8>(),
    ) {
        let tariff = tariff(day);
        let so_far = MonthSoFar { cost_yen: cost, paid_yen: cost };
        let charge = Charge { cost_yen: cost, percent, setting, limit: Some(limit) };
        prop_assert!(tariff.at_counter(&so_far, &charge, &mut ()) >= 0);
        tariff.planned_limit_yen(Some(cost), limit.nth_month, cost, &mut ());
        tariff.year_limit_yen(limit.class, setting, Some(cost), &mut ());
        tariff.share_yen(cost, percent);
    }

    #[test]
    fn a_higher_rate_never_lowers_an_add_on(
        day in any_day(), care in select(vec![Care::Medical, Care::Dental, Care::Pharmacy]),
        holders in 0u32..1_000, more in 0u32..1_000, e_prescription in any::<bool>(),
        chart_sharing in any::<bool>(), consultation in any::<bool>(),
    ) {
        let standing = Standing {
            information: true, dx: true, sharing: true, room_use: true, poster: Poster::Card,
            e_prescription, chart_sharing, consultation, ..Standing::default()
        };
        let facts = VisitFacts { date: day, care, visit: VisitKind::First, card: CardUsed::No };
        let points = |holders: u32| {
            let used = CardUse { holders, receipts: 1_000, ..CardUse::default() };
            let months: Months = [(Month::of(day).plus(-3), used)].into();
            tariff(day).add_ons(&facts, &standing, &months, &[], &mut ()).points()
        };
        let (low, high) = (holders.min(more), holders.max(more));
        prop_assert!(points(low) <= points(high));
        // An institution that has notified nothing charges nothing.
        let none = Standing { information: false, dx: false, sharing: false, ..standing };
        let bare = tariff(day).add_ons(&facts, &none, &Months::new(), &[], &mut ());
        prop_assert_eq!(bare.iter().count(), 0);
    }

    #[test]
    fn what_was_charged_this_month_is_not_charged_again(
        day in any_day(), earlier in 0i8..28, care in select(vec![Care::Medical, Care::Dental]),
    ) {
        let standing = Standing {
            information: true, dx: true, sharing: true, room_use: true, poster: Poster::Card,
            ..Standing::default()
        };
        let facts = VisitFacts { date: day, care, visit: VisitKind::First, card: CardUsed::Yes };
        let used = CardUse { holders: 900, receipts: 1_000, verifications: 1_000, by_card: 900 };
        let months: Months = (2..6).map(|n| (Month::of(day).plus(-n), used)).collect();
        let once = tariff(day).add_ons(&facts, &standing, &months, &[], &mut ());
        prop_assert!(once.iter().count() > 0);
        let on = day.first_of_month().with().day(1 + earlier.min(day.day() - 1)).build().unwrap();
        let charged: Vec<Charged> = once
            .iter()
            .map(|add_on| Charged { kind: add_on.kind, visit: facts.visit, date: on })
            .collect();
        let again = tariff(day).add_ons(&facts, &standing, &months, &charged, &mut ());
        prop_assert_eq!(again.iter().count(), 0);
    }
}

#[test]
fn the_relief_measure_meets_the_published_formula_at_every_ten_yen() {
    // min(18,000, 6,000 + (x − 30,000) × 10 %) from 30,000 yen on, 20 percent below; two ways to
    // the same figure.
    let tariff = tariff(date(2025, 9, 30));
    for cost_yen in (0..200_000).step_by(10) {
        let limit = Some(Limit::of(LimitClass::General2));
        let charge = Charge { cost_yen, percent: 20, setting: Setting::Outpatient, limit };
        let plain = (cost_yen * 20 + 500) / 1_000 * 10;
        let formula = if cost_yen < 30_000 {
            plain
        } else {
            plain.min(6_000 + (cost_yen - 30_000) / 10).min(18_000)
        };
        assert_eq!(
            tariff.at_counter(&MonthSoFar::default(), &charge, &mut ()),
            formula,
            "{cost_yen}"
        );
    }
}

#[test]
fn a_day_without_shares_is_an_error_that_names_the_rule() {
    let missing = REGISTER.tariffs().on(date(2022, 9, 30)).unwrap_err();
    assert_eq!((missing.rule, missing.on), ("FEE-053", date(2022, 9, 30)));
    assert!(missing.to_string().contains("no FEE-053 in force on 2022-09-30"));
    assert!(REGISTER.tariffs().on(date(2022, 10, 1)).is_ok());
}

#[test]
fn a_register_whose_figures_cannot_be_read_charges_nothing_at_all() {
    let broken = REGISTER.edited("FEE-080", |rule| rule.versions[0].parameters.clear());
    assert_eq!(broken.tariffs().on(date(2025, 1, 1)).unwrap_err().rule, "FEE-080");
    // The edit is in the copy only.
    assert!(REGISTER.tariffs().on(date(2025, 1, 1)).is_ok());
}

#[test]
fn every_code_of_the_interface_has_a_class() {
    use madoguchi_reference::wire::LimitClass as Code;
    for code in Code::ALL {
        let class = LimitClass::from(*code);
        assert_eq!(class.is_elderly(), code.code().starts_with('B'), "{code:?}");
    }
    assert_eq!(AddOnKind::Dx.word(), "dx");
}
