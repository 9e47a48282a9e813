//! The page for authors says what the language is: where a list is made from code, the page has the
//! same list, in both halves.

use madoguchi_reference::desk::ClaimMistake;
use madoguchi_scenario::{FactKey, ReaderFaultKind};

const PAGE: &str = include_str!("../../../scenarios/README.md");
const JAPANESE_BEGINS: &str = "\n# シナリオの書き方（日本語）\n";

/// The English half and the Japanese half.
fn halves() -> (&'static str, &'static str) {
    PAGE.split_once(JAPANESE_BEGINS).expect("the page has two halves")
}

/// The rows of the table under `head`.
fn rows<'a>(half: &'a str, head: &str) -> Vec<&'a str> {
    let table = half.lines().skip_while(|line| *line != head).skip(2);
    table.take_while(|line| line.starts_with('|')).collect()
}

#[test]
fn both_halves_list_every_fault_of_a_reader_with_its_place_and_effect() {
    let (english, japanese) = halves();
    let row = |word: &str, place: &str, effect: &str| format!("| `{word}` | {place} | {effect} |");
    let all = || ReaderFaultKind::ALL.iter();
    let in_english: Vec<String> =
        all().map(|k| row(k.word(), &k.place().name().en, &k.effect().en)).collect();
    let in_japanese: Vec<String> =
        all().map(|k| row(k.word(), &k.place().name().ja, &k.effect().ja)).collect();
    assert_eq!(rows(english, "| name | where | effect |"), in_english);
    assert_eq!(rows(japanese, "| 名前 | 起こるところ | 影響 |"), in_japanese);
}

#[test]
fn both_halves_list_every_mistake_of_a_receipt_computer() {
    let (english, japanese) = halves();
    let row = |word: &str, effect: &str| format!("| `{word}` | {effect} |");
    let all = || ClaimMistake::ALL.iter();
    let in_english: Vec<String> = all().map(|k| row(k.word(), &k.effect().en)).collect();
    let in_japanese: Vec<String> = all().map(|k| row(k.word(), &k.effect().ja)).collect();
    assert_eq!(rows(english, "| name | mistake |"), in_english);
    assert_eq!(rows(japanese, "| 名前 | 誤り |"), in_japanese);
}

#[test]
fn both_halves_name_every_fact_and_every_value_that_it_can_have() {
    let (english, japanese) = halves();
    for (half, head) in
        [(english, "| fact | values | what it is |"), (japanese, "| 事実 | 値 | 内容 |")]
    {
        let table = rows(half, head);
        for fact in FactKey::ALL {
            let name = format!("`{}`", fact.word());
            // Several facts may share a row; their names stand in its first column.
            let names = |row: &&&str| row.split(" | ").next().is_some_and(|c| c.contains(&name));
            let row = table.iter().find(names).unwrap_or_else(|| panic!("{head}: no {name}"));
            // A flag of consent is written as its group and its ending, and the codes of a class
            // are those of its published list.
            let named = |value: &str| {
                let parts = value.rsplit_once('-').filter(|_| *fact == FactKey::ConsentFlags);
                let has = |word: &str| row.contains(&format!("`{word}`"));
                has(value)
                    || parts.is_some_and(|(group, end)| has(group) && has(&format!("-{end}")))
            };
            let words = fact.values().iter().filter(|v| v.starts_with(|c: char| c.is_lowercase()));
            let missing: Vec<&&str> = words.filter(|value| !named(value)).collect();
            assert!(missing.is_empty(), "{head}: {name} lacks {missing:?}");
        }
    }
}
