//! What holds for every institution, and the check values of the published tables.

use std::sync::OnceLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::fee::Reason;
use crate::register::{PUBLISHED, Register, load};

const APRIL: Date = date(2024, 5, 31);
const JUNE: Date = date(2024, 9, 30);

fn schemes(on: Date) -> &'static Schemes {
    static REGISTER: OnceLock<Register> = OnceLock::new();
    let register = REGISTER.get_or_init(|| load(PUBLISHED).unwrap());
    register.tariffs().on(on).unwrap().schemes()
}

fn month(written: &str) -> Month {
    written.parse().unwrap()
}

/// October 2023 with this many verifications by card of 1,000 and 100 persons, and one month with
/// more persons.
fn two_months(by_card: u32, other: &str, more: u32, receipts: u32) -> BTreeMap<Month, CardUse> {
    let base = CardUse { verifications: 1_000, by_card, holders: 100, receipts };
    let best = CardUse { verifications: 1_000, by_card: 1_000, holders: 100 + more, receipts };
    BTreeMap::from([(month("2023-10"), base), (month(other), best)])
}

fn lump_sum(kind: Recipient, months: BTreeMap<Month, CardUse>) -> Application {
    let told = LumpSum { poster: true, leaflet: true, normal_table: false };
    Application { kind, months, scheme: Scheme::LumpSum(told) }
}

fn yen(grant: &Grant) -> Yen {
    match grant.granted {
        Granted::Yen(yen) => yen,
        Granted::NotPublished { .. } => panic!("not published"),
    }
}

#[test]
fn the_check_values_of_the_tables_come_out_and_name_their_rules() {
    // A clinic at 4 % with 33 persons more: row 3–5 %, column +30.
    let clinic = lump_sum(Recipient::Clinic, two_months(40, "2024-07", 33, 2_000));
    let mut reasons: Vec<Reason> = Vec::new();
    let grant = schemes(APRIL).grant(APRIL, &clinic, &mut reasons);
    assert_eq!((yen(&grant), grant.step), (50_000, ["normal", "3%", "+30"].map(Into::into).into()));
    let rules: Vec<&str> = reasons.iter().map(|reason| reason.rule.as_str()).collect();
    assert_eq!(rules, ["PROG-011", "PROG-081", "PROG-010", "PROG-010", "PROG-014"]);
    // A hospital at 2 % with 449 more stays below the last column.
    let hospital = lump_sum(Recipient::Hospital, two_months(20, "2024-06", 449, 9_000));
    assert_eq!(yen(&schemes(APRIL).grant(APRIL, &hospital, &mut ())), 150_000);
}

#[test]
fn what_the_version_of_june_pays_below_the_maximum_is_not_made_up() {
    let clinic = lump_sum(Recipient::Clinic, two_months(40, "2024-07", 33, 2_000));
    let grant = schemes(JUNE).grant(JUNE, &clinic, &mut ());
    let between = Granted::NotPublished { least_yen: 50_000, most_yen: 200_000 };
    assert_eq!((grant.granted, grant.reason), (between, GrantReason::NotPublished));
}

fn kind() -> impl Strategy<Value = Recipient> {
    use Recipient::{ChainPharmacy, Clinic, Dental, Hospital, Pharmacy};
    prop_oneof![Just(Clinic), Just(Dental), Just(Hospital), Just(Pharmacy), Just(ChainPharmacy)]
}

proptest! {
    #[test]
    fn more_persons_or_a_higher_rate_never_bring_less_and_never_more_than_the_maximum(
        kind in kind(),
        by_card in 0u32..1_000,
        more in 0u32..600,
        receipts in 0u32..400,
    ) {
        let of = |by_card, more| {
            let months = two_months(by_card, "2024-05", more, receipts);
            yen(&schemes(APRIL).grant(APRIL, &lump_sum(kind, months), &mut ()))
        };
        let granted = of(by_card, more);
        let most = if kind.is_hospital() { 200_000 } else { 100_000 };
        prop_assert!(granted <= most);
        // A small institution that crosses into the normal table does not lose by it either,
        // but for a hospital, whose steps are wider.
        if !kind.is_hospital() {
            prop_assert!(of(by_card, more + 1) >= granted);
            prop_assert!(of(by_card + 1, more) >= granted);
        }
    }

    #[test]
    fn support_money_is_a_unit_price_for_every_use_and_grows_with_them(
        base in 0u32..=1_000,
        uses in 0u32..1_000,
    ) {
        let of = |uses| {
            let october = CardUse { verifications: 1_000, by_card: base, holders: 1, receipts: 1 };
            let march = CardUse { by_card: uses, ..october };
            let months = BTreeMap::from([(month("2023-10"), october), (month("2024-03"), march)]);
            let scheme = Scheme::SupportMoney { period: Period::First };
            let application = Application { kind: Recipient::Clinic, months, scheme };
            yen(&schemes(APRIL).grant(APRIL, &application, &mut ()))
        };
        let granted = of(uses);
        prop_assert!(granted <= 120 * Yen::from(uses));
        prop_assert_eq!(granted % 20, 0);
        prop_assert!(of(uses + 1) >= granted);
        // Five points of a thousand verifications are fifty uses.
        prop_assert_eq!(granted > 0, uses >= base + 50);
    }

    #[test]
    fn a_subsidy_grows_with_the_cost_up_to_its_cap(cost_yen in -10i64..20_000_000, kind in kind()) {
        let on = date(2024, 12, 1);
        let schemes = schemes(on);
        let all = |cost_yen: Yen| {
            [
                Scheme::HomeConsent { device_yen: cost_yen, software_yen: cost_yen },
                Scheme::EligibilityApp { cost_yen },
                Scheme::RecordStandard(RecordStandard {
                    beds: 200, check_ups: true, online_verification: true, e_prescription: true, cost_yen,
                }),
            ]
        };
        let caps = [411_000, 30_750, 6_579_000];
        for ((scheme, more), cap) in all(cost_yen).into_iter().zip(all(cost_yen + 1)).zip(caps) {
            let of = |scheme| {
                let application = Application { kind, months: BTreeMap::new(), scheme };
                yen(&schemes.grant(on, &application, &mut ()))
            };
            let (granted, next) = (of(scheme), of(more));
            prop_assert!((0..=cap).contains(&granted));
            prop_assert!(granted <= next && next <= granted + 2);
        }
    }
}
