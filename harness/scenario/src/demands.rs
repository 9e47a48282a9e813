//! What is wrong with what a step expects: rules that do not exist or are not in force on the
//! day, values a fact never has.

use jiff::civil::Date;
use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText, nearest};
use madoguchi_reference::register::{Bilingual, Register, no_rule};

use crate::expect::{Expectations, FactKey, FactValue};

/// Everything wrong with the expectations of one step, `index`, on its date of service.
pub(crate) fn check_expectations(
    text: &YamlText<'_>,
    index: usize,
    date: Option<Date>,
    expect: &Expectations,
    register: &Register,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for (id, facts) in expect {
        let key = At::KeyItself(id.as_str());
        let at_rule = [At::Key("timeline"), At::Index(index), At::Key("expect"), key];
        let Some(rule) = register.rule(id.as_str()) else {
            let ids: Vec<String> = register.rules().map(|r| r.id.to_string()).collect();
            let mut diagnostic = text.point(&at_rule, no_rule(id.as_str()));
            // The whole list would bury the one that was meant.
            diagnostic.nearest = nearest(id.as_str(), &ids);
            wrong.push(diagnostic);
            continue;
        };
        if let Some(date) = date
            && rule.version_on(date).is_none()
        {
            let problem = Bilingual::new(
                format!("{id} は {date} に有効ではありません"),
                format!("{id} is not in force on {date}"),
            );
            wrong.push(text.point(&at_rule, problem));
        }
        if facts.is_empty() {
            let problem = Bilingual::new(
                format!("{id} がここで求めることが書かれていません"),
                format!("{id} demands nothing here"),
            );
            wrong.push(text.point(&at_rule, problem));
        }
        wrong.extend(facts.iter().filter_map(|fact| check_fact(text, index, id.as_str(), fact)));
    }
    wrong
}

fn check_fact(
    text: &YamlText<'_>,
    index: usize,
    id: &str,
    (key, value): (&FactKey, &FactValue),
) -> Option<Diagnostic> {
    let place = [At::Key("timeline"), At::Index(index), At::Key("expect")];
    let path = [place[0], place[1], place[2], At::Key(id), At::Key(key.word())];
    if *key == FactKey::Share {
        let word = value.words().iter().find(|word| !is_percentage(word))?;
        let problem = Bilingual::new(
            format!("`share` は `30%` のように書きます。`{word}` は割合ではありません"),
            format!("`share` is written like `30%`; `{word}` is no percentage"),
        );
        return Some(text.point(&path, problem));
    }
    let allowed = key.values();
    if allowed.is_empty() {
        return None;
    }
    let word = value.words().iter().find(|word| !allowed.contains(&word.as_str()))?;
    let problem = Bilingual::new(
        format!("`{}` が `{word}` になることはありません", key.word()),
        format!("`{}` is never `{word}`", key.word()),
    );
    Some(text.point(&path, problem).expecting(word, allowed.iter().copied()))
}

fn is_percentage(word: &str) -> bool {
    word.strip_suffix('%').is_some_and(|digits| digits.parse::<u8>().is_ok_and(|p| p <= 100))
}
