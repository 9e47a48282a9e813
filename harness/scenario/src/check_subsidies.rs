//! What cannot be said of public-expense schemes: numbers that are none, two of one kind at once,
//! certificates that nobody holds.

use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::ids::has_check_digit;
use madoguchi_reference::register::Bilingual;

use crate::people::Person;
use crate::scenario::{Scenario, Step};
use crate::subsidies::{Amounts, Pays, Subsidy};

/// How many public payers a receipt has room for.
const AT_ONCE_MAX: usize = 4;
/// 法別番号 of medical aid, which is written as `medical_aid`.
const MEDICAL_AID: &str = "12";

/// Everything wrong with the schemes of a person.
pub(crate) fn check_subsidies(text: &YamlText<'_>, name: &str, person: &Person) -> Vec<Diagnostic> {
    let all = &person.public;
    let told = all.iter().enumerate().flat_map(|(index, subsidy)| {
        let wrong = [
            payer_problem(subsidy),
            recipient_problem(subsidy),
            period_problem(subsidy),
            amounts_problem(subsidy),
            crowd_problem(subsidy, &all[..index], person.medical_aid.is_some()),
        ];
        wrong.into_iter().flatten().map(move |(key, problem)| {
            let path = [
                At::Key("people"),
                At::Key(name),
                At::Key("public"),
                At::Index(index),
                At::Key(key),
            ];
            text.point(&path, problem)
        })
    });
    told.collect()
}

type Problem = Option<(&'static str, Bilingual)>;

fn payer_problem(subsidy: &Subsidy) -> Problem {
    let number = subsidy.payer.as_str();
    let problem = match subsidy.payer.parts() {
        Ok(_) if subsidy.law() == MEDICAL_AID => Bilingual::new(
            "医療扶助は public ではなく medical_aid に書きます",
            "medical aid is written under `medical_aid`, not `public`",
        ),
        Ok(_) => return None,
        Err(fault) => {
            let fault = fault.text();
            Bilingual::new(
                format!("`{number}` は公費負担者番号ではありません。`{number}`{}", fault.ja),
                format!("`{number}` is no number of a public payer: `{number}` {}", fault.en),
            )
        }
    };
    Some(("payer", problem))
}

fn recipient_problem(subsidy: &Subsidy) -> Problem {
    let recipient = subsidy.recipient.as_str();
    (recipient.len() != 7 || !has_check_digit(recipient)).then(|| {
        let problem = Bilingual::new(
            format!("`{recipient}` は公費受給者番号ではありません。7桁で、最後は検証番号です"),
            format!("`{recipient}` is no recipient number: 7 digits, the last a check digit"),
        );
        ("recipient", problem)
    })
}

fn period_problem(subsidy: &Subsidy) -> Problem {
    subsidy.to.is_some_and(|to| to < subsidy.from).then(|| {
        let problem = Bilingual::new(
            "この受給者証は始まる前に終わっています",
            "this certificate ends before it starts",
        );
        ("to", problem)
    })
}

fn amounts_problem(subsidy: &Subsidy) -> Problem {
    let Pays::Amounts(amounts) = subsidy.pays else { return None };
    let problem = if amounts == Amounts::default() {
        Bilingual::new(
            "pays に額がありません。払わないときは nothing と書きます",
            "`pays` says no amount: write `nothing` where nothing is paid",
        )
    } else if amounts.percent.is_some_and(|percent| percent > 100) {
        Bilingual::new("割合は 0 から 100 までです", "a share is 0 to 100 percent")
    } else if amounts.visits.is_some() && amounts.per_visit.is_none() {
        Bilingual::new(
            "visits は per_visit とともに書きます",
            "`visits` is said with `per_visit` only",
        )
    } else {
        return None;
    };
    Some(("pays", problem))
}

/// A scheme is known by its 法別番号, and a receipt has room for four.
fn crowd_problem(subsidy: &Subsidy, earlier: &[Subsidy], aided: bool) -> Problem {
    let mut beside = earlier.iter().filter(|other| other.overlaps(subsidy));
    let problem = if beside.clone().any(|other| other.law() == subsidy.law()) {
        Bilingual::new(
            "法別番号の同じ公費を同時に二つ持つことはできません",
            "two schemes of the same law number (first two digits) cannot hold at once",
        )
    } else if beside.by_ref().count() + usize::from(aided) >= AT_ONCE_MAX {
        Bilingual::new(
            format!("同時に持てる公費は、医療扶助を含めて {AT_ONCE_MAX} つまでです"),
            format!("at most {AT_ONCE_MAX} schemes hold at once, medical aid included"),
        )
    } else {
        return None;
    };
    Some(("payer", problem))
}

/// Everything wrong with what a visit says of schemes.
pub(crate) fn check_schemes(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    step: &Step,
) -> Vec<Diagnostic> {
    let Some(visit) = &step.visit else { return Vec::new() };
    let Some(person) = scenario.people.get(&visit.who) else { return Vec::new() };
    let at = |key| [At::Key("timeline"), At::Index(index), At::Key("visit"), At::Key(key)];
    let mut wrong = Vec::new();
    let has = |law: &str| person.public.iter().any(|subsidy| subsidy.law() == law);
    let laws: Vec<String> = person.public.iter().map(|s| s.law().to_owned()).collect();
    let stranger = |law: &String, key| {
        let problem = Bilingual::new(
            format!("{} には法別番号 `{law}` の公費がありません", visit.who),
            format!("{} has no scheme of law number `{law}`", visit.who),
        );
        text.point(&at(key), problem).expecting(law, laws.clone())
    };
    let shown = visit.certificates.iter().flat_map(|laws| &laws.0);
    wrong.extend(shown.filter(|law| !has(law)).map(|law| stranger(law, "certificates")));
    let aided = |law: &str| law == MEDICAL_AID && person.medical_aid.is_some();
    let under = visit.parts.iter().flat_map(|part| part.under.iter().flatten());
    wrong.extend(under.filter(|law| !has(law) && !aided(law)).map(|law| stranger(law, "parts")));
    if !visit.parts.is_empty() && visit.points.is_some() {
        let problem = Bilingual::new(
            "points と parts は同時に書けません。点数は parts の合計です",
            "`points` and `parts` exclude each other: the parts add up to the points",
        );
        wrong.push(text.point(&at("points"), problem));
    }
    if visit.parts.iter().any(|part| part.points < 1) {
        let problem = Bilingual::new("部分の点数は 1 以上です", "each part has one point or more");
        wrong.push(text.point(&at("parts"), problem));
    }
    wrong
}
