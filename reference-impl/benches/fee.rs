//! How long the money of one visit takes: its add-ons, its share and the limit of the month; and
//! reading all figures of the register once.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use madoguchi_reference::calendar::Month;
use madoguchi_reference::fee::{
    AddOnKind, CardUse, CardUsed, Care, Charge, Charged, Limit, LimitClass, MonthSoFar, Months,
    Poster, Setting, Standing, Tariffs, VisitFacts, VisitKind,
};
use madoguchi_reference::register::{PUBLISHED, load};

/// A clinic that has notified everything, with two years of counts.
fn clinic() -> (Standing, Months) {
    let standing = Standing {
        information: true,
        dx: true,
        sharing: true,
        room_use: true,
        poster: Poster::Card,
        e_prescription: true,
        consultation: true,
        ..Standing::default()
    };
    let first = Month::of(date(2024, 1, 1));
    let used = CardUse { verifications: 900, by_card: 500, holders: 450, receipts: 880 };
    let months = (0..24).map(|n| (first.plus(n), used)).collect();
    (standing, months)
}

fn one_visit(criterion: &mut Criterion) {
    let register = load(PUBLISHED).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let tariffs = Tariffs::of(&register).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let (standing, months) = clinic();
    let day = date(2025, 9, 17);
    let charged = [
        Charged { kind: AddOnKind::Information, visit: VisitKind::Repeat, date: date(2025, 6, 2) },
        Charged { kind: AddOnKind::Dx, visit: VisitKind::First, date: date(2025, 3, 3) },
    ];
    let facts =
        VisitFacts { date: day, care: Care::Medical, visit: VisitKind::First, card: CardUsed::Yes };
    let so_far = MonthSoFar { cost_yen: 80_000, paid_yen: 11_000 };
    let limit = Some(Limit::of(LimitClass::General2));
    criterion.bench_function("money-of-one-visit", |bencher| {
        bencher.iter(|| {
            let tariff = tariffs.on(black_box(day)).unwrap_or_else(|missing| panic!("{missing}"));
            let facts = black_box(&facts);
            let add_ons = tariff.add_ons(facts, &standing, &months, &charged, &mut ());
            let cost_yen = tariff.cost_yen(black_box(291) + add_ons.points());
            let charge = Charge { cost_yen, percent: 20, setting: Setting::Outpatient, limit };
            tariff.at_counter(black_box(&so_far), &charge, &mut ())
        });
    });
    criterion.bench_function("share-by-age", |bencher| {
        let tariff = tariffs.on(day).unwrap_or_else(|missing| panic!("{missing}"));
        bencher.iter(|| tariff.share_percent(black_box(date(1952, 2, 29)), day, &mut ()));
    });
    criterion.bench_function("tariffs-of-a-register", |bencher| {
        bencher.iter(|| Tariffs::of(black_box(&register)));
    });
}

criterion_group!(benches, one_visit);
criterion_main!(benches);
