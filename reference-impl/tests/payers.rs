//! Who pays what for a visit with public-expense payers: vectors worked out by hand, and what must
//! hold whatever is paid for (FEE-090, FEE-091, FEE-092, ELIG-055).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::sync::LazyLock;

use jiff::civil::date;
use madoguchi_reference::desk::payers::{Earlier, Insured, Split, split};
use madoguchi_reference::fee::ReceiptCode;
use madoguchi_reference::ids::{PayerNumber, RecipientNumber};
use madoguchi_reference::message::BillLine;
use madoguchi_reference::register::{PUBLISHED, ParameterValue, Register, load};
use madoguchi_reference::subsidy::{SubsidyCertificate, Terms};
use proptest::prelude::*;

/// Read once: the generated cases are many.
static REGISTER: LazyLock<Register> = LazyLock::new(|| load(PUBLISHED).unwrap());

fn certificate(law: &str, terms: Terms) -> SubsidyCertificate {
    SubsidyCertificate {
        payer: PayerNumber(format!("{law}130010")),
        recipient: RecipientNumber::from("1234566"),
        from: date(2025, 4, 1),
        until: None,
        terms,
    }
}

fn share(percent: u8) -> Terms {
    Terms { percent, visit_yen: None, visits: None, month_yen: None }
}

fn share_with_cap(percent: u8, month_yen: i64) -> Terms {
    Terms { month_yen: Some(month_yen), ..share(percent) }
}

fn each_visit(visit_yen: i64) -> Terms {
    Terms { visit_yen: Some(visit_yen), ..share(100) }
}

fn line<T: ToString>(points: i64, under: Option<Vec<T>>) -> BillLine {
    let under = under.map(|laws| laws.iter().map(ToString::to_string).collect());
    let code = ReceiptCode::new(111_000_110);
    BillLine { identification: "11", code, points, under, add_on: None }
}

fn whole(points: i64) -> BillLine {
    line::<String>(points, None)
}

fn insured(percent: u8, leaves_yen: i64) -> Option<Insured> {
    Some(Insured { percent, leaves_yen })
}

/// Insurer, public payers by 法別番号, patient.
fn paid(split: &Split) -> (i64, Vec<(&str, i64)>, i64) {
    let publics = split.publics.iter().map(|share| (share.law(), share.pays_yen)).collect();
    (split.insurer_yen, publics, split.patient_yen)
}

fn visit(
    parts: &[BillLine],
    insured: Option<Insured>,
    certificates: &[SubsidyCertificate],
    earlier: Earlier,
) -> Split {
    let policy = REGISTER.on(date(2025, 6, 10));
    split(parts, insured, certificates, |_| earlier, &policy, policy.tariff().unwrap())
}

fn simple(points: i64, left: Option<Insured>, certificates: &[SubsidyCertificate]) -> Split {
    visit(&[whole(points)], left, certificates, Earlier::default())
}

/// The three examples of the published page: 5,000 points, a cap of 2,500 yen.
#[test]
fn a_scheme_pays_down_to_its_cap() {
    let scheme = [certificate("54", share_with_cap(20, 2_500))];
    let three_tenths = simple(5_000, insured(30, 15_000), &scheme);
    assert_eq!(paid(&three_tenths), (35_000, vec![("54", 12_500)], 2_500));
    let one_tenth = simple(5_000, insured(10, 5_000), &scheme);
    assert_eq!(paid(&one_tenth), (45_000, vec![("54", 2_500)], 2_500));
    // Two tenths with a limit of 8,000: the limit comes before the scheme.
    let limited = simple(5_000, insured(20, 8_000), &scheme);
    assert_eq!(paid(&limited), (42_000, vec![("54", 5_500)], 2_500));
}

#[test]
fn a_local_scheme_takes_over_what_a_scheme_of_the_state_leaves() {
    // 2,910 yen; 30 % is 873, so 870; 20 % is 582, so 580; then 200 for the visit.
    let schemes = [certificate("80", each_visit(200)), certificate("54", share(20))];
    let split = simple(291, insured(30, 870), &schemes);
    assert_eq!(paid(&split), (2_040, vec![("54", 290), ("80", 380)], 200));
    assert_eq!(split.publics[0].leaves_yen, 580);
}

#[test]
fn medical_aid_pays_after_every_other_scheme_of_the_state() {
    // 10 % of 2,910 is 291, so 290, which medical aid takes over.
    let schemes = [certificate("12", Terms::NOTHING), certificate("21", share(10))];
    let split = simple(291, insured(30, 870), &schemes);
    assert_eq!(paid(&split), (2_040, vec![("21", 580), ("12", 290)], 0));
}

#[test]
fn medical_aid_alone_pays_everything_above_the_amount_of_the_ticket() {
    let split = simple(291, None, &[certificate("12", Terms::up_to(2_000))]);
    assert_eq!(paid(&split), (0, vec![("12", 910)], 2_000));
    // An amount in yen is not rounded, and never more than the cost.
    let split = simple(291, None, &[certificate("12", Terms::up_to(1_234))]);
    assert_eq!(split.patient_yen, 1_234);
    assert_eq!(simple(75, None, &[certificate("12", Terms::up_to(2_000))]).patient_yen, 750);
}

#[test]
fn the_order_of_payment_decides_who_pays_and_not_the_order_of_the_papers() {
    // 21 leaves 290, less than 54 would, so that 54 has nothing to do; the other way round both
    // would pay 290.
    let schemes = [certificate("54", share(20)), certificate("21", share(10))];
    let split = simple(291, insured(30, 870), &schemes);
    assert_eq!(paid(&split), (2_040, vec![("21", 580), ("54", 0)], 290));
}

#[test]
fn what_a_scheme_does_not_cover_is_paid_without_it() {
    // 216 of 291 points fall under 54. The other 75 are 225 yen, so 230; the covered ones have
    // the rest of 870: 640. 20 % of 2,160 is 432, so 430.
    let parts = [line(216, Some(vec!["54"])), line(75, Some(Vec::<String>::new()))];
    let scheme = [certificate("54", share(20))];
    let split = visit(&parts, insured(30, 870), &scheme, Earlier::default());
    assert_eq!(paid(&split), (2_040, vec![("54", 210)], 660));
    assert_eq!(split.publics[0].points, 216);
}

#[test]
fn a_scheme_under_which_nothing_falls_is_no_payer() {
    let parts = [line(291, Some(vec!["80"]))];
    let schemes = [certificate("54", share(20)), certificate("80", Terms::NOTHING)];
    let split = visit(&parts, insured(30, 870), &schemes, Earlier::default());
    assert_eq!(paid(&split), (2_040, vec![("80", 870)], 0));
    assert_eq!(split.portions[0].payers, [0]);
}

#[test]
fn a_cap_is_reached_in_a_later_visit() {
    let scheme = [certificate("54", share_with_cap(20, 2_500))];
    let earlier = Earlier { left_yen: 2_300, visits: 4 };
    let split = visit(&[whole(291)], insured(30, 870), &scheme, earlier);
    assert_eq!(paid(&split), (2_040, vec![("54", 670)], 200));
    let earlier = Earlier { left_yen: 2_500, visits: 5 };
    let split = visit(&[whole(291)], insured(30, 870), &scheme, earlier);
    assert_eq!(split.patient_yen, 0);
}

#[test]
fn a_fixed_amount_is_paid_for_so_many_visits_of_a_month() {
    let terms = Terms { visits: Some(2), ..each_visit(500) };
    let scheme = [certificate("81", terms)];
    let nth = |visits| {
        let earlier = Earlier { left_yen: i64::from(visits) * 500, visits };
        visit(&[whole(291)], insured(20, 580), &scheme, earlier).patient_yen
    };
    assert_eq!([nth(0), nth(1), nth(2)], [500, 500, 0]);
}

#[test]
fn a_share_of_a_certificate_can_be_rounded_to_one_yen() {
    let settings = [("FEE-091.rounding".to_owned(), ParameterValue::Text("one_yen".into()))].into();
    let exact = REGISTER.with(&settings).unwrap();
    let scheme = [certificate("54", share(20))];
    let of = |register: &Register| {
        let policy = register.on(date(2025, 6, 10));
        let none = |_: &SubsidyCertificate| Earlier::default();
        let tariff = policy.tariff().unwrap();
        split(&[whole(291)], insured(30, 870), &scheme, none, &policy, tariff).patient_yen
    };
    assert_eq!((of(&REGISTER), of(&exact)), (580, 582));
}

prop_compose! {
    fn terms()(
        percent in 0u8..=100,
        visit_yen in proptest::option::of(0i64..2_000),
        visits in proptest::option::of(0u16..4),
        month_yen in proptest::option::of(0i64..20_000),
    ) -> Terms {
        Terms { percent, visit_yen, visits, month_yen }
    }
}

fn certificates() -> impl Strategy<Value = Vec<SubsidyCertificate>> {
    let laws = proptest::sample::subsequence(vec!["10", "12", "21", "52", "54", "80", "89"], 0..6);
    let some = laws.prop_flat_map(|laws| {
        let terms = proptest::collection::vec(terms(), laws.len());
        terms.prop_map(move |terms| {
            laws.iter().zip(terms).map(|(law, terms)| certificate(law, terms)).collect::<Vec<_>>()
        })
    });
    some.prop_shuffle()
}

fn parts() -> impl Strategy<Value = Vec<BillLine>> {
    let laws = proptest::sample::subsequence(vec!["10", "12", "21", "52", "54", "80"], 0..4);
    let under = proptest::option::of(
        laws.prop_map(|laws| laws.into_iter().map(str::to_owned).collect::<Vec<_>>()),
    );
    let part = (1i64..3_000, under).prop_map(|(points, under)| line(points, under));
    proptest::collection::vec(part, 1..4)
}

proptest! {
    #[test]
    fn what_all_payers_pay_is_what_the_visit_costs(
        parts in parts(),
        certificates in certificates(),
        percent in proptest::option::of(proptest::sample::select(vec![10u8, 20, 30])),
        limit in proptest::option::of(0i64..30_000),
        left_yen in 0i64..20_000,
        visits in 0u16..5,
    ) {
        let policy = REGISTER.on(date(2025, 6, 10));
        let tariff = policy.tariff().unwrap();
        let points: i64 = parts.iter().map(|part| part.points).sum();
        let insured = percent.map(|percent| {
            let share = tariff.share_yen(points, percent);
            Insured { percent, leaves_yen: limit.map_or(share, |limit| limit.min(share)) }
        });
        let earlier = Earlier { left_yen, visits };
        let split = split(&parts, insured, &certificates, |_| earlier, &policy, tariff);
        let public: i64 = split.publics.iter().map(|share| share.pays_yen).sum();
        prop_assert_eq!(split.insurer_yen + public + split.patient_yen, points * 10);
        prop_assert_eq!(split.left_by_insurer_yen, public + split.patient_yen);
        prop_assert!(split.insurer_yen >= 0 && split.patient_yen >= 0);
        for share in &split.publics {
            prop_assert!(share.pays_yen >= 0 && share.leaves_yen >= 0);
            let own = certificates.iter().find(|c| c.payer == share.payer).unwrap();
            let left = own.terms.month_yen.map(|cap| (cap - left_yen).max(0));
            prop_assert!(left.is_none_or(|left| share.leaves_yen <= left));
            prop_assert!(own.terms.visit_yen.is_none_or(|yen| share.leaves_yen <= yen));
        }
        let order: Vec<PayerNumber> = split.publics.iter().map(|s| s.payer.clone()).collect();
        let mut sorted = order.clone();
        policy.sort_payers(&mut sorted, |payer| payer);
        prop_assert_eq!(order, sorted);
        let portions: i64 = split.portions.iter().map(|portion| portion.points).sum();
        prop_assert_eq!(portions, points);
    }

    #[test]
    fn a_further_certificate_never_makes_the_patient_pay_more(
        certificates in certificates(),
        points in 1i64..5_000,
    ) {
        let policy = REGISTER.on(date(2025, 6, 10));
        let tariff = policy.tariff().unwrap();
        let leaves_yen = tariff.share_yen(points, 30);
        let mut before = leaves_yen;
        for known in 1..=certificates.len().min(4) {
            let split = simple(points, insured(30, leaves_yen), &certificates[..known]);
            prop_assert!(split.patient_yen <= before);
            before = split.patient_yen;
        }
    }
}
