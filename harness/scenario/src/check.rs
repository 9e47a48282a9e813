//! What types alone cannot see: names that mean nobody, rules that do not exist or are not in
//! force on the day, steps out of order, numbers without their check digit.

use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::register::{Bilingual, Register};

use crate::check_insurance::{check_filings, check_insurers, check_medical_aid};
use crate::check_subsidies::{check_schemes, check_subsidies};
use crate::check_visit::check_visit;
use crate::claims::check_claims;
use crate::demands::check_expectations;
use crate::jobs::check_jobs;
use crate::limits::{check_crowd, check_days, check_faults, check_months, check_openings};
use crate::people::{Coverage, Person};
use crate::programme::check_programme;
use crate::scenario::{Scenario, Step};
use crate::tokens::{check_passcodes, check_procedure, check_tokens};
use crate::visit::Shown;

/// The most steps one scenario may have, a crowd's visits included.
const STEPS_MAX: usize = 4_000;
/// The most people one scenario may have, a crowd included.
const PEOPLE_MAX: usize = 4_000;

/// Everything wrong with `scenario`, which was read from `text`.
pub fn check(text: &YamlText<'_>, scenario: &Scenario, register: &Register) -> Vec<Diagnostic> {
    // Scenarios are written for the register as it stands, whatever was known of it on some day.
    let register = register.whole();
    let mut wrong = check_frame(text, scenario);
    wrong.extend(check_settings(text, scenario, register));
    wrong.extend(check_facility(text, scenario));
    wrong.extend(check_faults(text, scenario));
    wrong.extend(check_openings(text, scenario));
    wrong.extend(check_crowd(text, scenario));
    for (name, person) in &scenario.people {
        wrong.extend(check_person(text, name, person));
    }
    wrong.extend(check_insurers(text, scenario));
    wrong.extend(check_timeline(text, scenario, register));
    wrong.extend(check_days(text, scenario, register));
    wrong.extend(check_demands(text, scenario));
    wrong
}

/// A scenario that expects nothing can only be judged by invariants; that is meant where the
/// seed or a crowd decides what happens, and forgotten otherwise.
fn check_demands(text: &YamlText<'_>, scenario: &Scenario) -> Option<Diagnostic> {
    let expects = scenario.timeline.iter().any(|step| !step.expect.is_empty());
    if expects || scenario.crowd.is_some() || !scenario.is_closed() || scenario.timeline.is_empty()
    {
        return None;
    }
    let problem = Bilingual::new(
        "期待（expect）が一つもありません",
        "nothing is expected of any step: add `expect`",
    );
    Some(text.point(&[At::Key("timeline")], problem))
}

fn check_frame(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let parts: Vec<&str> = scenario.id.split('/').collect();
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let good = |part: &str| !part.is_empty() && part.bytes().all(letter);
    if parts.len() != 2 || !parts.iter().all(|part| good(part)) {
        let problem = Bilingual::new(
            "id は 章/名前 の形で、英小文字・数字・ハイフンで書きます",
            "an id is written chapter/name, in lower-case letters, digits and hyphens",
        );
        wrong.push(text.point(&[At::Key("scenario")], problem));
    }
    if scenario.timeline.is_empty() && scenario.crowd.is_none() {
        let problem = Bilingual::new(
            "何も起こりません。timeline が空です",
            "nothing happens: the timeline is empty",
        );
        wrong.push(text.point(&[At::Key("timeline")], problem));
    }
    if scenario.timeline.len() > STEPS_MAX || scenario.people.len() > PEOPLE_MAX {
        let problem = Bilingual::new(
            format!("段階は {STEPS_MAX}、人は {PEOPLE_MAX} までです。シナリオを分けてください"),
            format!("more than {STEPS_MAX} steps or {PEOPLE_MAX} people: split the scenario"),
        );
        wrong.push(text.point(&[], problem));
    }
    wrong
}

/// Each setting is tried by itself, so that each mistake is told at its own place.
fn check_settings(
    text: &YamlText<'_>,
    scenario: &Scenario,
    register: &Register,
) -> Vec<Diagnostic> {
    let tried = scenario.settings.iter().filter_map(|(name, value)| {
        let error = register.with(&[(name.clone(), value.clone())].into()).err()?;
        let mut diagnostic = text.point(&[At::Key("settings"), At::Key(name)], error.problem);
        diagnostic.nearest = error.nearest;
        Some(diagnostic)
    });
    tried.collect()
}

fn check_facility(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    if !(1..=47).contains(&scenario.facility.prefecture) {
        let path = [At::Key("facility"), At::Key("prefecture")];
        let problem =
            Bilingual::new("都道府県番号は 1 から 47 までです", "a prefecture code is 1 to 47");
        wrong.push(text.point(&path, problem));
    }
    // Only who need not verify online for a while has no reader on purpose.
    if scenario.facility.readers.is_empty() && scenario.facility.excused.is_none() {
        let path = [At::Key("facility"), At::Key("readers")];
        let problem = Bilingual::new("カードリーダーがありません", "there is no reader");
        wrong.push(text.point(&path, problem));
    }
    wrong.extend(check_passcodes(text, scenario));
    wrong.extend(check_months(text, scenario));
    wrong
}

fn check_person(text: &YamlText<'_>, name: &str, person: &Person) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for (index, coverage) in person.coverage.iter().enumerate() {
        wrong.extend(check_coverage(text, name, index, coverage));
    }
    let aid = person.medical_aid.iter();
    wrong.extend(aid.flat_map(|aid| check_medical_aid(text, name, aid)));
    wrong.extend(check_subsidies(text, name, person));
    wrong.extend(check_tokens(text, name, person));
    wrong.extend(check_papers(text, name, person));
    wrong
}

fn check_coverage(
    text: &YamlText<'_>,
    name: &str,
    index: usize,
    coverage: &Coverage,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let at = |key| {
        let period = [At::Key("people"), At::Key(name), At::Key("coverage"), At::Index(index)];
        [period[0], period[1], period[2], period[3], At::Key(key)]
    };
    let insurer = coverage.insurer.as_str();
    if let Err(fault) = coverage.insurer.parts() {
        let fault = fault.text();
        let problem = Bilingual::new(
            format!("`{insurer}` は保険者番号ではありません。`{insurer}`{}", fault.ja),
            format!("`{insurer}` is no insurer number: `{insurer}` {}", fault.en),
        );
        wrong.push(text.point(&at("insurer"), problem));
    }
    if coverage.to.is_some_and(|to| to < coverage.from) {
        let problem = Bilingual::new(
            "この期間は始まる前に終わっています",
            "this period ends before it starts",
        );
        wrong.push(text.point(&at("to"), problem));
    }
    wrong.extend(check_filings(text, name, index, &coverage.registered));
    wrong
}

fn check_papers(text: &YamlText<'_>, name: &str, person: &Person) -> Vec<Diagnostic> {
    let papers = &person.papers;
    let all = [
        ("health-card", papers.health_card),
        ("eligibility-certificate", papers.eligibility_certificate),
        ("eligibility-notice", papers.eligibility_notice),
        ("portal-pdf", papers.portal_pdf),
    ];
    let periods = person.coverage.len();
    let odd = all.into_iter().filter(|(_, printed)| {
        printed.and_then(|p| p.coverage).is_some_and(|index| index >= periods)
    });
    odd.map(|(paper, _)| {
        let path = [At::Key("people"), At::Key(name), At::Key("papers"), At::Key(paper)];
        let problem = Bilingual::new(
            "この人にない資格の期間が書類に記されています",
            "a paper shows a period that this person does not have",
        );
        text.point(&path, problem)
    })
    .collect()
}

fn check_timeline(
    text: &YamlText<'_>,
    scenario: &Scenario,
    register: &Register,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let mut before = None;
    for (index, step) in scenario.timeline.iter().enumerate() {
        if before.is_some_and(|before| step.at.earliest() < before) {
            let path = [At::Key("timeline"), At::Index(index), At::Key("at")];
            let problem = Bilingual::new(
                "前の段階より早い時刻です",
                "this is earlier than the step before it",
            );
            wrong.push(text.point(&path, problem));
        }
        before = Some(step.at.latest());
        wrong.extend(check_step(text, scenario, index, step));
        wrong.extend(check_schemes(text, scenario, index, step));
        let date = step.at.fixed().map(|at| at.date());
        wrong.extend(check_expectations(text, index, date, &step.expect, register));
    }
    wrong
}

fn check_step(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    step: &Step,
) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let kinds = step.kinds();
    if kinds != 1 {
        let all = "visit, card_again, portal, call_centre, end_of_care, bring, procedure, apply, \
                   mail, look_up, bulk, list, register_number, claim, correct, resubmit, \
                   results, objection, programme, drop_file";
        let problem = Bilingual::new(
            format!("一つの段階ではちょうど一つのことをします（{all}）。ここでは {kinds} 個です"),
            format!("a step does exactly one thing ({all}); this one does {kinds}"),
        );
        wrong.push(text.point(&[At::Key("timeline"), At::Index(index)], problem));
    }
    if let Some((kind, who)) = step.who() {
        wrong.extend(check_who(text, scenario, index, kind, who));
    }
    if let Some(procedure) = &step.procedure {
        wrong.extend(check_procedure(text, scenario, index, procedure));
    }
    wrong.extend(check_visit(text, scenario, index, step));
    wrong.extend(check_jobs(text, scenario, index, step));
    wrong.extend(check_programme(text, scenario, index, step));
    wrong.extend(check_claims(text, scenario, index, step));
    wrong
}

fn check_who(
    text: &YamlText<'_>,
    scenario: &Scenario,
    index: usize,
    kind: &str,
    who: &str,
) -> Vec<Diagnostic> {
    let at = |key| [At::Key("timeline"), At::Index(index), At::Key(kind), At::Key(key)];
    let Some(person) = scenario.people.get(who) else {
        let names: Vec<String> = scenario.people.keys().cloned().collect();
        let problem = Bilingual::new(
            format!("`{who}` という人はここにいません"),
            format!("nobody here is called `{who}`"),
        );
        return vec![text.point(&at("who"), problem).expecting(who, names)];
    };
    let visit = scenario.timeline.get(index).and_then(|s| s.visit.as_ref());
    // What an insurer sends in the course of the scenario can be shown as well.
    let by_post = person.coverage.iter().any(|c| scenario.insurers.contains_key(&c.insurer));
    let missing = visit.and_then(|visit| missing(visit.shows, person));
    let Some(missing) = missing.filter(|missing| !(by_post && is_sent(missing))) else {
        return Vec::new();
    };
    let problem = Bilingual::new(
        format!("{who} は提示する {missing} を持っていません"),
        format!("{who} has no {missing} to show"),
    );
    vec![text.point(&at("shows"), problem)]
}

/// Whether it is a paper that insurers send.
fn is_sent(word: &str) -> bool {
    matches!(word, "health-card" | "eligibility-certificate" | "eligibility-notice")
}

/// What is to be shown, if the person does not have it.
fn missing(shows: Shown, person: &Person) -> Option<&'static str> {
    let papers = &person.papers;
    let (word, there) = match shows {
        Shown::Card => ("card", person.card.is_some()),
        Shown::Phone => ("phone", person.phone.is_some()),
        Shown::NewPhone => ("new-phone", person.new_phone.is_some()),
        Shown::HealthCard => ("health-card", papers.health_card.is_some()),
        Shown::EligibilityCertificate => {
            ("eligibility-certificate", papers.eligibility_certificate.is_some())
        }
        Shown::EligibilityNotice => ("eligibility-notice", papers.eligibility_notice.is_some()),
        Shown::Nothing => return None,
    };
    (!there).then_some(word)
}

impl Step {
    fn kinds(&self) -> usize {
        [
            self.visit.is_some(),
            self.card_again.is_some(),
            self.portal.is_some(),
            self.call_centre.is_some(),
            self.end_of_care.is_some(),
            self.bring.is_some(),
            self.procedure.is_some(),
            self.apply.is_some(),
            self.mail.is_some(),
            self.look_up.is_some(),
            self.bulk.is_some(),
            self.list.is_some(),
            self.register_number.is_some(),
            self.claim.is_some(),
            self.programme.is_some(),
            self.correct.is_some(),
            self.resubmit.is_some(),
            self.results.is_some(),
            self.objection.is_some(),
            self.drop_file.is_some(),
        ]
        .into_iter()
        .filter(|given| *given)
        .count()
    }

    /// The kind of a step about claims, and whose receipts are meant, if somebody is named.
    pub fn about_claims(&self) -> Option<(&'static str, Option<&str>)> {
        let claim = self.claim.as_ref().map(|c| ("claim", c.who.as_deref()));
        let correct = self.correct.as_ref().map(|c| ("correct", c.who.as_deref()));
        let resubmit = self.resubmit.as_ref().map(|r| ("resubmit", r.who.as_deref()));
        let results = self.results.as_ref().map(|r| ("results", r.who.as_deref()));
        let objection = self.objection.as_ref().map(|o| ("objection", Some(o.who.as_str())));
        claim.or(correct).or(resubmit).or(results).or(objection)
    }

    /// The kind of step and the person it is about, if it is about one.
    pub fn who(&self) -> Option<(&'static str, &str)> {
        let visit = self.visit.as_ref().map(|v| ("visit", v.who.as_str()));
        let again = self.card_again.as_ref().map(|c| ("card_again", c.who.as_str()));
        let portal = self.portal.as_ref().map(|p| ("portal", p.who.as_str()));
        let care = self.end_of_care.as_ref().map(|c| ("end_of_care", c.who.as_str()));
        let bring = self.bring.as_ref().map(|b| ("bring", b.who.as_str()));
        let procedure = self.procedure.as_ref().map(|p| ("procedure", p.who.as_str()));
        let apply = self.apply.as_ref().map(|a| ("apply", a.who.as_str()));
        let mail = self.mail.as_ref().map(|m| ("mail", m.who.as_str()));
        let look_up = self.look_up.as_ref().map(|l| ("look_up", l.who.as_str()));
        let number = self.register_number.as_ref().map(|r| ("register_number", r.who.as_str()));
        let claim = self.about_claims().and_then(|(kind, who)| Some((kind, who?)));
        let acted = visit.or(again).or(portal).or(care).or(bring).or(procedure);
        acted.or(apply).or(mail).or(look_up).or(number).or(claim)
    }
}
