//! What types alone cannot see: names that mean nobody, rules that do not exist or are not in
//! force on the day, steps out of order, numbers without their check digit.

use jiff::civil::Date;
use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText, nearest};
use madoguchi_reference::ids::has_check_digit;
use madoguchi_reference::register::Register;

use crate::expect::{Expectations, FactKey};
use crate::people::Person;
use crate::scenario::{Scenario, Shown, Step};

/// The most steps one scenario may have.
const STEPS_MAX: usize = 1_000;
/// The most people one scenario may have.
const PEOPLE_MAX: usize = 1_000;

/// Everything wrong with `scenario`, which was read from `text`.
pub fn check(text: &YamlText<'_>, scenario: &Scenario, register: &Register) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let parts: Vec<&str> = scenario.id.split('/').collect();
    let good = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic());
    if parts.len() != 2 || !parts.iter().all(|part| good(part)) {
        wrong.push(text.point(&[At::Key("scenario")], "an id is written chapter/name"));
    }
    if scenario.timeline.is_empty() {
        wrong.push(text.point(&[At::Key("timeline")], "nothing happens: the timeline is empty"));
    }
    if scenario.timeline.len() > STEPS_MAX || scenario.people.len() > PEOPLE_MAX {
        wrong.push(text.point(&[], "more than 1000 steps or people: split the scenario"));
    }
    if !(1..=47).contains(&scenario.facility.prefecture) {
        let path = [At::Key("facility"), At::Key("prefecture")];
        wrong.push(text.point(&path, "a prefecture code is 1 to 47"));
    }
    if scenario.facility.readers.is_empty() {
        let path = [At::Key("facility"), At::Key("readers")];
        wrong.push(text.point(&path, "there is no reader"));
    }
    for (index, fault) in scenario.faults.iter().enumerate() {
        if fault.kind().is_none() {
            let path = [At::Key("faults"), At::Index(index)];
            wrong.push(text.point(&path, "a fault is one of: outage, line, clock"));
        }
    }
    for (name, person) in &scenario.people {
        wrong.extend(check_person(text, name, person));
    }
    wrong.extend(check_timeline(text, scenario, register));
    wrong
}

fn check_person(text: &YamlText<'_>, name: &str, person: &Person) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let at = |step| [At::Key("people"), At::Key(name), step];
    for (index, coverage) in person.coverage.iter().enumerate() {
        let path = [At::Key("people"), At::Key(name), At::Key("coverage"), At::Index(index)];
        let insurer = coverage.insurer.as_str();
        if !matches!(insurer.len(), 6 | 8) || !has_check_digit(insurer) {
            let [a, b, c, d] = path;
            let problem =
                format!("`{insurer}` is no insurer number: 8 or 6 digits, the last a check digit");
            wrong.push(text.point(&[a, b, c, d, At::Key("insurer")], problem));
        }
        if coverage.to.is_some_and(|to| to < coverage.from) {
            wrong.push(text.point(&path, "this period ends before it starts"));
        }
    }
    let pins = person.card.iter().map(|c| &c.pin).chain(person.phone.iter().map(|p| &p.pin));
    for pin in pins {
        if pin.len() != 4 || !pin.bytes().all(|b| b.is_ascii_digit()) {
            wrong.push(text.point(&at(At::Key("card")), "a PIN is four digits, in quotes"));
        }
    }
    let papers = &person.papers;
    for printed in [
        papers.health_card,
        papers.eligibility_certificate,
        papers.eligibility_notice,
        papers.portal_pdf,
    ]
    .into_iter()
    .flatten()
    {
        if printed.coverage.is_some_and(|index| index >= person.coverage.len()) {
            let problem = "a paper shows a period that this person does not have";
            wrong.push(text.point(&at(At::Key("papers")), problem));
        }
    }
    wrong
}

fn check_timeline(
    text: &YamlText<'_>,
    scenario: &Scenario,
    register: &Register,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let mut before = None;
    for (index, step) in scenario.timeline.iter().enumerate() {
        let point = |step: At<'_>, problem: String| {
            text.point(&[At::Key("timeline"), At::Index(index), step], problem)
        };
        if before.is_some_and(|before| step.at.earliest() < before) {
            let problem = "this is earlier than the step before it".to_owned();
            wrong.push(point(At::Key("at"), problem));
        }
        before = Some(step.at.latest());
        let kinds = step.kinds();
        if kinds != 1 {
            let problem = format!(
                "a step does exactly one thing (visit, bring, look_up, claim, drop_file); this \
                 one does {kinds}"
            );
            wrong.push(text.point(&[At::Key("timeline"), At::Index(index)], problem));
        }
        if let Some((kind, who)) = step.who() {
            wrong.extend(check_who(text, scenario, index, kind, who));
        }
        if let Some(visit) = &step.visit
            && usize::from(visit.reader) >= scenario.facility.readers.len()
        {
            let path = [At::Key("timeline"), At::Index(index), At::Key("visit"), At::Key("reader")];
            wrong.push(text.point(&path, "the institution has no such reader"));
        }
        let date = step.at.fixed().map(|at| at.date());
        wrong.extend(check_expectations(text, index, date, &step.expect, register));
    }
    wrong
}

fn check_who(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    kind: &str,
    who: &str,
) -> Vec<Diagnostic> {
    let step = [At::Key("timeline"), At::Index(index), At::Key(kind)];
    let path = [step[0], step[1], step[2], At::Key("who")];
    let Some(person) = scenario.people.get(who) else {
        let names: Vec<String> = scenario.people.keys().cloned().collect();
        let problem = format!("nobody here is called `{who}`");
        return vec![text.point(&path, problem).expecting(who, names)];
    };
    let Some(visit) = scenario.timeline.get(index).and_then(|s| s.visit.as_ref()) else {
        return Vec::new();
    };
    let missing = match visit.shows {
        Shown::Card if person.card.is_none() => "card",
        Shown::Phone if person.phone.is_none() => "phone",
        Shown::HealthCard if person.papers.health_card.is_none() => "health-card",
        Shown::EligibilityCertificate if person.papers.eligibility_certificate.is_none() => {
            "eligibility-certificate"
        }
        Shown::EligibilityNotice if person.papers.eligibility_notice.is_none() => {
            "eligibility-notice"
        }
        _ => return Vec::new(),
    };
    let path = [step[0], step[1], step[2], At::Key("shows")];
    vec![text.point(&path, format!("{who} has no {missing} to show"))]
}

fn check_expectations(
    text: &YamlText<'_>,
    index: usize,
    date: Option<Date>,
    expect: &Expectations,
    register: &Register,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let base = [At::Key("timeline"), At::Index(index), At::Key("expect")];
    for (id, facts) in expect {
        let at_rule = [base[0], base[1], base[2], At::KeyItself(id.as_str())];
        let Some(rule) = register.rule(id.as_str()) else {
            let ids: Vec<String> = register.rules().map(|r| r.id.to_string()).collect();
            let mut diagnostic = text.point(&at_rule, format!("the register has no rule {id}"));
            diagnostic.nearest = nearest(id.as_str(), &ids);
            wrong.push(diagnostic);
            continue;
        };
        if let Some(date) = date
            && rule.version_on(date).is_none()
        {
            wrong.push(text.point(&at_rule, format!("{id} is not in force on {date}")));
        }
        if facts.is_empty() {
            wrong.push(text.point(&at_rule, format!("{id} demands nothing here")));
        }
        for (key, value) in facts {
            let allowed = FactKey::values(*key);
            let odd = value.words().iter().find(|w| !allowed.contains(&w.as_str()));
            if let Some(word) = odd.filter(|_| !allowed.is_empty()) {
                let path = [base[0], base[1], base[2], At::Key(id.as_str()), At::Key(key.word())];
                let problem = format!("`{}` is never `{word}`", key.word());
                let words = allowed.iter().copied();
                wrong.push(text.point(&path, problem).expecting(word, words));
            }
        }
    }
    wrong
}

impl Step {
    fn kinds(&self) -> usize {
        [
            self.visit.is_some(),
            self.bring.is_some(),
            self.look_up.is_some(),
            self.claim.is_some(),
            self.drop_file.is_some(),
        ]
        .into_iter()
        .filter(|given| *given)
        .count()
    }

    /// The kind of step and the person it is about, if it is about one.
    pub fn who(&self) -> Option<(&'static str, &str)> {
        let visit = self.visit.as_ref().map(|v| ("visit", v.who.as_str()));
        let bring = self.bring.as_ref().map(|b| ("bring", b.who.as_str()));
        let look_up = self.look_up.as_ref().map(|l| ("look_up", l.who.as_str()));
        let claim = self.claim.as_ref().and_then(|c| Some(("claim", c.who.as_deref()?)));
        visit.or(bring).or(look_up).or(claim)
    }
}
