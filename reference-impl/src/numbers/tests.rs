use proptest::prelude::*;

use super::*;
use crate::ids::has_check_digit;

fn insurer(number: &str) -> InsurerNumber {
    InsurerNumber::from(number)
}

fn payer(number: &str) -> PayerNumber {
    PayerNumber::from(number)
}

/// The vectors of ELIG-052 that belong to insurers, with what they say.
#[test]
fn published_insurer_numbers_come_apart() {
    use Insurance::*;
    let by_law = InsurerKind::ByLaw;
    for (number, kind, prefecture, own, check_digit) in [
        ("01130012", by_law(HealthInsuranceAssociation), 13, "001", 2),
        ("06139992", by_law(Union), 13, "999", 2),
        ("06130017", by_law(Union), 13, "001", 7),
        ("31130016", by_law(NationalMutualAid), 13, "001", 6),
        ("33120015", by_law(PoliceMutualAid), 12, "001", 5),
        ("33130006", by_law(PoliceMutualAid), 13, "000", 6),
        ("39130018", by_law(LateElderly), 13, "001", 8),
        ("67138016", by_law(RetiredNationalHealth), 13, "801", 6),
        ("138016", InsurerKind::NationalHealth, 13, "801", 6),
        ("010017", InsurerKind::NationalHealth, 1, "001", 7),
        // Not published: 1·2 3·1 3·2 0·1 1·2 gives 2+3+6+0+2 = 13, so 7.
        ("133017", InsurerKind::NationalHealthUnion, 13, "301", 7),
    ] {
        let number = insurer(number);
        let parts = number.parts().unwrap();
        assert_eq!((parts.kind, parts.own), (kind, own), "{number}");
        assert_eq!(parts.prefecture.number(), prefecture, "{number}");
        assert_eq!(parts.check_digit, check_digit, "{number}");
    }
}

#[test]
fn published_payer_numbers_come_apart() {
    use PublicExpense::*;
    for (number, kind, prefecture, own) in [
        ("12130019", PayerKind::State(PublicAssistance), 13, "001"),
        ("21130018", PayerKind::State(MentalOutpatient), 13, "001"),
        ("54130018", PayerKind::State(IntractableDiseases), 13, "001"),
        ("81136244", PayerKind::Local(81), 13, "624"),
        ("81137242", PayerKind::Local(81), 13, "724"),
        ("88138243", PayerKind::Local(88), 13, "824"),
        ("88131248", PayerKind::Local(88), 13, "124"),
        ("89131247", PayerKind::Local(89), 13, "124"),
    ] {
        let number = payer(number);
        let parts = number.parts().unwrap();
        assert_eq!((parts.kind, parts.own), (kind, own), "{number}");
        assert_eq!(parts.prefecture.number(), prefecture, "{number}");
    }
}

#[test]
fn what_is_wrong_with_a_number_is_said() {
    let length = NumberFault::Length { expected: &[6, 8] };
    for (number, fault) in [
        ("", length),
        ("1380167", length),
        ("  138016", length),
        ("０６１３９９９２", length),
        ("0613999x", length),
        ("06139993", NumberFault::CheckDigit { due: 2 }),
        // Two neighbours changed places.
        ("06193992", NumberFault::CheckDigit { due: 9 }),
        ("77777777", NumberFault::CheckDigit { due: 9 }),
        ("77777779", NumberFault::Prefecture),
        ("12130019", NumberFault::Law),
        // 48 is no prefecture. 4·2 8·1 0·2 0·1 1·2 gives 8+8+0+0+2 = 18, so 2.
        ("480012", NumberFault::Prefecture),
        ("480017", NumberFault::CheckDigit { due: 2 }),
    ] {
        assert_eq!(insurer(number).parts().unwrap_err(), fault, "{number}");
    }
    assert_eq!(payer("06139992").parts().unwrap_err(), NumberFault::Law);
    assert_eq!(payer("138016").parts().unwrap_err(), NumberFault::Length { expected: &[8] });
    let text = NumberFault::CheckDigit { due: 2 }.text();
    assert!(text.ja.contains('2') && text.en.contains('2'));
}

#[test]
fn a_recipient_number_has_six_digits_and_a_check_digit() {
    // 1·1 2·2 3·1 4·2 5·1 6·2 from the left, sums of digits 1+4+3+8+5+3 = 24, so 6.
    assert_eq!(RecipientNumber::from("1234566").check(), Ok(()));
    let wrong = RecipientNumber::from("1234567").check();
    assert_eq!(wrong, Err(NumberFault::CheckDigit { due: 6 }));
    assert!(RecipientNumber::from("123456").check().is_err());
}

#[test]
fn an_institution_has_seven_digits_on_claims_and_ten_in_the_interface() {
    let ten = InstitutionCode::from("1319990003");
    let parts = ten.parts().unwrap();
    assert_eq!(parts.prefecture.map(Prefecture::number), Some(13));
    assert_eq!((parts.table, parts.own), (Some("1"), "9990003"));
    // 9·1 9·2 9·1 0 0 0 from the left, sums of digits 9+9+9 = 27, so 3.
    assert!(parts.has_check_digit());
    let seven = InstitutionCode::from("9990001");
    assert_eq!(seven.parts().unwrap().own, "9990001");
    assert!(!seven.parts().unwrap().has_check_digit());
    assert_eq!(InstitutionCode::from("4819990003").parts(), Err(NumberFault::Prefecture));
    assert!(InstitutionCode::from("131999000").parts().is_err());
}

#[test]
fn groups_follow_the_kind() {
    for (number, group) in [
        ("06139992", InsuranceGroup::Employees),
        ("63130017", InsuranceGroup::Employees),
        ("138016", InsuranceGroup::NationalHealth),
        ("67138016", InsuranceGroup::NationalHealth),
        ("39130018", InsuranceGroup::LateElderly),
    ] {
        assert_eq!(insurer(number).group(), group, "{number}");
        if let Ok(parts) = insurer(number).parts() {
            assert_eq!(parts.kind.group(), group, "{number}");
        }
    }
}

#[test]
fn every_kind_has_a_name_of_its_own_in_both_languages() {
    let mut names: Vec<Bilingual> = Insurance::ALL.iter().map(|kind| kind.name()).collect();
    names.extend(PublicExpense::ALL.iter().map(|kind| kind.name()));
    names.extend([InsurerKind::NationalHealth, InsurerKind::NationalHealthUnion].map(|k| k.name()));
    names.push(PayerKind::Local(80).name());
    let total = names.len();
    for of in [|name: &Bilingual| name.ja.clone(), |name: &Bilingual| name.en.clone()] {
        let different: std::collections::BTreeSet<String> = names.iter().map(of).collect();
        assert_eq!(different.len(), total);
    }
}

proptest! {
    #[test]
    fn a_number_is_its_parts_put_together(law in prop::sample::select(Insurance::ALL), prefecture in 1u8..=47, own in 0u16..1000) {
        let body = format!("{}{prefecture:02}{own:03}", law.code());
        let check = check_digit(body.as_bytes()).unwrap();
        let number = InsurerNumber(format!("{body}{check}"));
        let parts = number.parts().unwrap();
        prop_assert_eq!(parts.kind, InsurerKind::ByLaw(law));
        let again = format!("{}{}{}{}", law.code(), parts.prefecture.code(), parts.own, parts.check_digit);
        prop_assert_eq!(again, number.to_string());
        prop_assert_eq!(InsurerNumber::from_columns(&number.padded(' ')), number);
    }

    #[test]
    fn six_digits_survive_both_paddings(prefecture in 1u8..=47, own in 0u16..1000) {
        let body = format!("{prefecture:02}{own:03}");
        let number = InsurerNumber(format!("{body}{}", check_digit(body.as_bytes()).unwrap()));
        let union = number.parts().unwrap().kind == InsurerKind::NationalHealthUnion;
        prop_assert_eq!(union, (300..400).contains(&own));
        for pad in [' ', '0'] {
            let columns = number.padded(pad);
            prop_assert_eq!(columns.len(), 8);
            prop_assert_eq!(InsurerNumber::from_columns(&columns), number.clone());
        }
    }

    #[test]
    fn one_wrong_digit_is_always_found(body in "[0-9]{5,7}", at in 0usize..8, by in 1u8..10) {
        let mut digits = format!("{body}{}", check_digit(body.as_bytes()).unwrap()).into_bytes();
        let at = at % digits.len();
        digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
        prop_assert!(!has_check_digit(&String::from_utf8(digits).unwrap()));
    }

    #[test]
    fn neighbours_that_change_places_are_found_but_for_09_and_90(body in "[0-9]{5,7}", at in 0usize..6) {
        let mut digits = format!("{body}{}", check_digit(body.as_bytes()).unwrap()).into_bytes();
        let at = at % (digits.len() - 1);
        let pair = [digits[at], digits[at + 1]];
        digits.swap(at, at + 1);
        let blind = pair[0] == pair[1] || pair == *b"09" || pair == *b"90";
        prop_assert_eq!(has_check_digit(&String::from_utf8(digits).unwrap()), blind);
    }

    #[test]
    fn no_text_panics(text in ".{0,12}|[0-9]{0,12}") {
        let _ = InsurerNumber(text.clone()).parts().map_err(|fault| fault.text());
        let _ = InsurerNumber(text.clone()).group();
        let _ = PayerNumber(text.clone()).parts();
        let _ = RecipientNumber(text.clone()).check();
        let _ = InstitutionCode(text).parts();
    }
}
