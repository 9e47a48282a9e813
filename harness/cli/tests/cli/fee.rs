//! `madoguchi fee`: figures worked out by hand, what is said with them, and what is said of wrong
//! input.

use crate::calls::{call, edited_register, folder, is_japanese, json};

/// The first line of the answer.
fn figure(arguments: &str) -> String {
    let words: Vec<&str> = std::iter::once("fee").chain(arguments.split(' ')).collect();
    let ended = call(&folder(), &words);
    assert_eq!(ended.code, Some(0), "{arguments}: {ended:?}");
    ended.out.lines().next().unwrap().to_owned()
}

fn refused(arguments: &str) -> String {
    let words: Vec<&str> = std::iter::once("fee").chain(arguments.split(' ')).collect();
    let ended = call(&folder(), &words);
    assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{arguments}: {ended:?}");
    ended.err
}

const LUMP_SUM: &str =
    "--poster --leaflet --month 2023-10=300,12,12,280 --month 2024-07=320,52,45,290";

#[test]
fn every_subcommand_gives_the_figure_that_was_worked_out_by_hand() {
    for (arguments, expected) in [
        // 291 points × 10 yen × 30 % = 873.
        ("share --on 2025-01-01 --points 291 --percent 30", "870 yen"),
        // 75 points at 20 % for a child before school = 150.
        ("share --on 2025-01-01 --points 75 --born 2021-05-05", "150 yen"),
        // 80,100 + (1,000,000 − 267,000) × 1 % = 87,430.
        ("limit --on 2026-07-31 --class c --cost 1000000", "87430 yen"),
        // 85,800 + (1,000,000 − 286,000) × 1 % = 92,940.
        ("limit --on 2026-08-01 --class c --cost 1000000", "92940 yen"),
        // 6,000 at 30,000; the month is then 50,000, of which 6,000 + 2,000 are due.
        (
            "counter --on 2025-09-30 --percent 20 --class general-2 30000 20000",
            "6000 + 2000 = 8000 yen",
        ),
        (
            "counter --on 2025-10-01 --percent 20 --class general-2 30000 20000",
            "6000 + 4000 = 10000 yen",
        ),
        ("rates --month 2023-10=300,12,10,280", "2023-10: 4.00 % by count, 3.57 % by receipt"),
        // From 10 to 15 percent: 150 uses × 20 yen.
        (
            "support-money --on 2024-07-22 --period first --month 2023-10=1000,100,90,900 --month 2024-01=1000,150,120,900",
            "3000 yen",
        ),
        // Half of 549,999 yen.
        (
            "reader-subsidy --on 2024-09-02 --free-units 1 --cost 549999 --month 2024-07=3000,500,400,2500",
            "274999 yen",
        ),
        // Three quarters of 171,000 yen are 128,250; the cap is 128,000.
        (
            "subsidy home-consent --on 2024-11-01 --kind pharmacy --device 41000 --software 130000",
            "128000 yen",
        ),
        (
            "subsidy home-consent --on 2024-11-01 --kind chain-pharmacy --device 41000 --software 130000",
            "85000 yen",
        ),
        ("subsidy eligibility-app --on 2024-12-02 --cost 60000", "30750 yen"),
        (
            "subsidy phone-readers --on 2025-09-19 --kind hospital --cost 20000 --cost 10000",
            "12000 yen",
        ),
        (
            "subsidy record-standard --on 2024-10-01 --beds 200 --check-ups --online-verification --e-prescription --cost 20000000",
            "6579000 yen",
        ),
        (
            "subsidy eligibility-app --on 2024-12-02 --cost 60000 --set PROG-037.unit_yen=1000",
            "30000 yen",
        ),
        ("subsidy eligibility-app --on 2025-01-16 --cost 60000", "0 yen (applications-ended)"),
    ] {
        assert_eq!(figure(arguments), expected, "{arguments}");
    }
}

#[test]
fn an_add_on_is_told_with_its_level() {
    // FEE-021: 12 percent by receipt in July, three months before October 2024, is level 2, which
    // wants advice on health as well (FEE-036); without it level 3 is left.
    let facts = "add-ons --on 2024-10-01 --has dx,room-use,consultation --poster card --month 2024-07=900,120,120,1000";
    assert_eq!(figure(facts), "10 points (dx-2 10)");
    assert_eq!(figure(&facts.replace(",consultation", "")), "8 points (dx-3 8)");
    // FEE-036: a poster that asks for the health card only.
    let facts = facts.replace("--poster card", "--poster health-card-only");
    assert_eq!(figure(&facts), "no add-on");
}

#[test]
fn the_lump_sum_has_two_versions_and_says_what_is_not_published() {
    // Row 3–5 %, column +30.
    assert_eq!(figure(&format!("lump-sum --on 2024-06-20 {LUMP_SUM}")), "50000 yen");
    let june = figure(&format!("lump-sum --on 2024-06-21 {LUMP_SUM}"));
    assert_eq!(june, "not published: from 50000 to 200000 yen");
    let without = LUMP_SUM.replace("--poster ", "");
    let figure = figure(&format!("lump-sum --on 2024-06-20 {without}"));
    assert_eq!(figure, "0 yen (poster-missing)");
}

#[test]
fn an_answer_names_the_rules_and_their_sources_in_both_languages() {
    let words = |lang| format!("--lang {lang} fee share --on 2025-01-01 --points 291 --percent 30");
    let told = |lang| {
        let words = words(lang);
        call(&folder(), &words.split(' ').collect::<Vec<_>>()).out
    };
    let (english, japanese) = (told("en"), told("ja"));
    assert!(english.contains("FEE-056") && english.contains("source: 健康保険法"), "{english}");
    assert!(japanese.starts_with("870 円\n") && is_japanese(&japanese), "{japanese}");
    assert!(japanese.contains("出典: 健康保険法"), "{japanese}");
}

#[test]
fn as_json_the_answer_has_question_reasons_and_sources() {
    let words = format!("fee lump-sum --on 2024-06-20 --format json {LUMP_SUM}");
    let ended = call(&folder(), &words.split(' ').collect::<Vec<_>>());
    let told = json(&ended.out);
    assert_eq!(told["schema"], "madoguchi-fee/1");
    assert_eq!(told["answer"]["granted"], 50_000);
    assert_eq!(told["answer"]["step"], serde_json::json!(["normal", "3%", "+30"]));
    let rules = told["reasons"].as_array().unwrap();
    let named =
        rules.iter().any(|r| r["rule"] == "PROG-010" && r["sources"][0]["document"].is_string());
    assert!(named, "{told}");
}

#[test]
fn an_edited_register_gives_another_figure() {
    let folder = folder();
    let rules = edited_register(
        &folder,
        "programme.yaml",
        "ladder_yen: { value: [0, 0, 0, 30000, 50000,",
        "ladder_yen: { value: [0, 0, 0, 30000, 55000,",
    );
    let words = format!("fee lump-sum --on 2024-06-20 --register {rules} {LUMP_SUM}");
    let ended = call(&folder, &words.split(' ').collect::<Vec<_>>());
    assert!(ended.out.starts_with("55000 yen\n"), "{ended:?}");
}

#[test]
fn a_day_without_a_figure_is_told_with_the_day_from_which_there_is_one() {
    let told = refused("share --on 2022-09-30 --points 291 --percent 30");
    assert!(told.contains("FEE-053") && told.contains("from 2022-10-01"), "{told}");
    let told = figure("subsidy phone-readers --on 2025-08-28 --cost 14000");
    assert_eq!(told, "0 yen (not-open); the register has PROG-035 from 2025-08-29");
}

#[test]
fn wrong_input_is_told_with_what_would_do() {
    for (arguments, says) in [
        ("share --points 291 --percent 30", "write it like --on 2024-06-20"),
        ("share --on 2025-01-01 --points -3 --percent 30", "--points"),
        ("share --on 2025-01-01 --points 291 --percent 101", "0..=100"),
        ("limit --on 2025-01-01 --class f --cost 1", "expected one of `a`"),
        ("rates --month 2023-10=300,12,10", "like 2023-10=300,12,10,280"),
        ("rates --month 2023-13=300,12,10,280", "`2023-13` is not a month"),
        ("rates --month 2023-10=300,400,10,280", "cannot be more than all 300"),
        ("rates --month 2023-10=9,9,9,9 --month 2023-10=9,9,9,9", "given twice"),
        ("rates", "--month is missing"),
        ("reader-subsidy --on 2024-09-02 --free-units 4 --cost 1", "1..=3"),
        ("lump-som --on 2024-06-20", "lump-sum"),
    ] {
        let told = refused(arguments);
        assert!(told.contains(says), "{arguments}: {told}");
    }
}

#[test]
fn the_help_has_examples() {
    let ended = call(&folder(), &["fee", "--help"]);
    assert_eq!(ended.code, Some(0));
    assert!(ended.out.contains("madoguchi fee lump-sum --on 2024-06-20"), "{}", ended.out);
}
