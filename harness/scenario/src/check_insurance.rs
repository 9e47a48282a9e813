//! What insurers and welfare offices cannot do: put right what is not wrong, pay under a number
//! that is none.

use std::collections::BTreeSet;

use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::ids::has_check_digit;
use madoguchi_reference::register::Bilingual;

use crate::filings::{Filings, Mistaken};
use crate::medical_aid::MedicalAid;
use crate::scenario::Scenario;

/// What is put right must have been wrong, and what is wrong must be named.
pub(crate) fn check_filings(
    text: &YamlText<'_>,
    name: &str,
    index: usize,
    filings: &Filings,
) -> Option<Diagnostic> {
    let (key, problem) = match (&filings.mistaken, filings.corrected) {
        (None, Some(_)) => (
            "corrected",
            Bilingual::new(
                "正すべき誤り（mistaken）が書かれていません",
                "there is no mistake to be put right: add `mistaken`",
            ),
        ),
        (Some(mistaken), _) if *mistaken == Mistaken::default() => (
            "mistaken",
            Bilingual::new(
                "何が誤って登録されるのかが書かれていません",
                "nothing is registered wrongly here",
            ),
        ),
        _ => return None,
    };
    let period = [At::Key("people"), At::Key(name), At::Key("coverage"), At::Index(index)];
    let [a, b, c, d] = period;
    Some(text.point(&[a, b, c, d, At::Key("registered"), At::Key(key)], problem))
}

/// The numbers of medical aid carry check digits (ELIG-051), and it ends after it begins.
pub(crate) fn check_medical_aid(
    text: &YamlText<'_>,
    name: &str,
    aid: &MedicalAid,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let at = |key| [At::Key("people"), At::Key(name), At::Key("medical_aid"), At::Key(key)];
    let payer = aid.payer.as_str();
    if payer.len() != 8 || !payer.starts_with("12") || !has_check_digit(payer) {
        let problem = Bilingual::new(
            format!(
                "`{payer}` は医療扶助の公費負担者番号ではありません。12で始まる8桁で、最後は検証番号です"
            ),
            format!(
                "`{payer}` is no payer number of medical aid: 8 digits that begin with 12, the last a check digit"
            ),
        );
        wrong.push(text.point(&at("payer"), problem));
    }
    let recipient = aid.recipient.as_str();
    if recipient.len() != 7 || !has_check_digit(recipient) {
        let problem = Bilingual::new(
            format!("`{recipient}` は公費受給者番号ではありません。7桁で、最後は検証番号です"),
            format!("`{recipient}` is no recipient number: 7 digits, the last a check digit"),
        );
        wrong.push(text.point(&at("recipient"), problem));
    }
    if aid.to.is_some_and(|to| to < aid.from) {
        let problem = Bilingual::new(
            "この医療扶助は始まる前に終わっています",
            "this medical aid ends before it starts",
        );
        wrong.push(text.point(&at("to"), problem));
    }
    wrong
}

/// Papers come from insurers of somebody here, and are looked at or asked for where there are any.
pub(crate) fn check_insurers(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let periods = || scenario.people.values().flat_map(|person| &person.coverage);
    let nobody = scenario.insurers.keys().filter(|n| !periods().any(|c| c.insurer == **n));
    let strangers = nobody.map(|number| {
        let path = [At::Key("insurers"), At::KeyItself(number.as_str())];
        let numbers: BTreeSet<String> = periods().map(|c| c.insurer.to_string()).collect();
        let problem = Bilingual::new(
            format!("`{number}` の保険者に加入している人がここにいません"),
            format!("nobody here is insured with `{number}`"),
        );
        text.point(&path, problem).expecting(number.as_str(), numbers)
    });
    let silent = scenario.timeline.iter().enumerate().filter_map(|(index, step)| {
        let mail = step.mail.as_ref().map(|mail| ("mail", &mail.who));
        let (kind, who) = mail.or(step.apply.as_ref().map(|apply| ("apply", &apply.who)))?;
        let coverage = &scenario.people.get(who)?.coverage;
        let sends = coverage.iter().any(|c| scenario.insurers.contains_key(&c.insurer));
        let path = [At::Key("timeline"), At::Index(index), At::Key(kind), At::Key("who")];
        let problem = Bilingual::new(
            format!("{who} に書類を送る保険者がいません。insurers に書いてください"),
            format!("no insurer sends papers to {who}: name one under `insurers`"),
        );
        (!sends).then(|| text.point(&path, problem))
    });
    strangers.chain(silent).collect()
}
