//! Numbers that are well formed but mean nothing, or more than a run can hold.

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::diagnostic::{Diagnostic, Step as At, YamlText};
use madoguchi_reference::register::{Bilingual, Register};

use crate::claims::claim_fault_problem;
use crate::faults::{AnswerFault, AnsweredWith, Fault, FaultKind};
use crate::scenario::Scenario;

/// The most patients one crowd may have; more than any clinic sees in a day.
const PATIENTS_MAX: u16 = 2_000;
/// The most a line may delay a message, in milliseconds: an hour.
const JITTER_MS_MAX: u32 = 3_600_000;
/// How often a job that is done may still say that it is in process.
const TIMES_MAX: u16 = 50;
/// The most an answer may be late, in seconds: an hour.
const LATE_S_MAX: u32 = 3_600;
/// The most a clock may be wrong, in seconds: a day.
const CLOCK_S_MAX: i64 = 86_400;

pub(crate) fn check_faults(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let faults = scenario.faults.iter().enumerate();
    let wrong = faults.filter_map(|(index, fault)| {
        let stranger =
            || stranger(scenario, fault).or_else(|| claim_fault_problem(scenario, fault));
        Some((index, fault_problem(fault).or_else(stranger)?))
    });
    wrong
        .map(|(index, problem)| text.point(&[At::Key("faults"), At::Index(index)], problem))
        .collect()
}

fn fault_problem(fault: &Fault) -> Option<Bilingual> {
    match fault.kind() {
        None => Some(Bilingual::new(
            "障害は outage、line、clock、answers、reader、claim、review のどれか一つです",
            "a fault is one of: outage, line, clock, answers, reader, claim, review",
        )),
        Some(FaultKind::Claim(_) | FaultKind::Review(_)) => None,
        Some(FaultKind::Reader(reader)) => {
            let odd = reader.delay_ms.is_some_and(|ms| ms > JITTER_MS_MAX);
            reader.problem().or_else(|| {
                odd.then(|| {
                    Bilingual::new(
                        format!("delay_ms は {JITTER_MS_MAX} までです"),
                        format!("delay_ms is at most {JITTER_MS_MAX}"),
                    )
                })
            })
        }
        Some(FaultKind::Outage(outage)) => ends_first(outage.from, outage.to),
        Some(FaultKind::Line(line)) => {
            let percent = line.loss_percent > 100 || line.duplicate_percent > 100;
            let problem = Bilingual::new(
                format!("割合は100まで、jitter_ms は {JITTER_MS_MAX} までです"),
                format!("a share is at most 100 percent, jitter_ms at most {JITTER_MS_MAX}"),
            );
            let odd = percent || line.jitter_ms > JITTER_MS_MAX;
            ends_first(line.from, line.to).or_else(|| odd.then_some(problem))
        }
        Some(FaultKind::Answers(answers)) => {
            ends_first(answers.from, answers.to).or_else(|| answers_problem(answers))
        }
        Some(FaultKind::Clock(clock)) => {
            let odd = !(-CLOCK_S_MAX..=CLOCK_S_MAX).contains(&clock.ahead_s);
            odd.then(|| {
                Bilingual::new(
                    format!("ahead_s は前後 {CLOCK_S_MAX} 秒（1日）までです"),
                    format!("ahead_s is at most {CLOCK_S_MAX} seconds (a day) either way"),
                )
            })
        }
    }
}

/// A card that takes the place of another belongs to somebody who is there.
fn stranger(scenario: &Scenario, fault: &Fault) -> Option<Bilingual> {
    let with = fault.reader.as_ref()?.with.as_ref()?;
    let has_card = scenario.people.get(with).is_some_and(|person| person.card.is_some());
    (!has_card).then(|| {
        Bilingual::new(
            format!("`{with}` という、カードを持つ人はここにいません"),
            format!("nobody here with a card is called `{with}`"),
        )
    })
}

/// What belongs to one way of answering says nothing in another.
fn answers_problem(answers: &AnswerFault) -> Option<Bilingual> {
    let times = answers.with == AnsweredWith::InProcess;
    let seconds = answers.with == AnsweredWith::Late;
    let good = answers.times.is_some_and(|n| (1..=TIMES_MAX).contains(&n)) == times
        && answers.times.is_some() == times
        && answers.seconds.is_some_and(|n| (1..=LATE_S_MAX).contains(&n)) == seconds
        && answers.seconds.is_some() == seconds;
    (!good).then(|| {
        Bilingual::new(
            format!(
                "in-process には times（1 から {TIMES_MAX}）、late には seconds（1 から {LATE_S_MAX}）を書き、他には書きません"
            ),
            format!(
                "`in-process` has `times` (1 to {TIMES_MAX}), `late` has `seconds` (1 to \
                 {LATE_S_MAX}), and nothing else has them"
            ),
        )
    })
}

fn ends_first(from: Jst, to: Jst) -> Option<Bilingual> {
    (to <= from).then(|| {
        Bilingual::new(
            format!("{from} に始まる前に、{to} に終わっています"),
            format!("this ends at {to}, before it starts at {from}"),
        )
    })
}

pub(crate) fn check_openings(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for (index, opening) in scenario.openings.iter().enumerate() {
        let path = [At::Key("openings"), At::Index(index)];
        let known = opening.known.is_some();
        let period = opening.from.zip(opening.to);
        let part = opening.from.is_some() || opening.to.is_some();
        if known == period.is_some() || (known && part) {
            let problem = Bilingual::new(
                "known か、from と to の両方のどちらか一方を書きます",
                "an opening has either `known`, or both `from` and `to`",
            );
            wrong.push(text.point(&path, problem));
        }
        let ends_first = period.and_then(|(from, to)| ends_first(from, to));
        wrong.extend(ends_first.map(|problem| text.point(&path, problem)));
        let prefecture = |code: &u8| (1..=47).contains(code);
        if opening.prefectures.is_empty() || !opening.prefectures.iter().all(prefecture) {
            let path = [At::Key("openings"), At::Index(index), At::Key("prefectures")];
            let problem = Bilingual::new(
                "都道府県番号は 1 から 47 までで、一つ以上書きます",
                "prefecture codes are 1 to 47, and there is at least one",
            );
            wrong.push(text.point(&path, problem));
        }
    }
    wrong
}

pub(crate) fn check_crowd(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let Some(crowd) = &scenario.crowd else { return Vec::new() };
    let size = (!(1..=PATIENTS_MAX).contains(&crowd.patients)).then(|| {
        Bilingual::new(
            format!("患者は 1 人から {PATIENTS_MAX} 人までです"),
            format!("a crowd has 1 to {PATIENTS_MAX} patients"),
        )
    });
    let problems = size.into_iter().chain(ends_first(crowd.from, crowd.to));
    problems.map(|problem| text.point(&[At::Key("crowd")], problem)).collect()
}

/// That the register has the figures of every day on which something happens.
pub(crate) fn check_days(
    text: &YamlText<'_>,
    scenario: &Scenario,
    register: &Register,
) -> Option<Diagnostic> {
    let steps = scenario.timeline.iter().enumerate().flat_map(|(index, step)| {
        let path = vec![At::Key("timeline"), At::Index(index), At::Key("at")];
        [(path.clone(), step.at.earliest()), (path, step.at.latest())]
    });
    let crowd = scenario.crowd.iter().flat_map(|crowd| {
        let path = |key| vec![At::Key("crowd"), At::Key(key)];
        [(path("from"), crowd.from), (path("to"), crowd.to)]
    });
    let (path, day, rule) = steps.chain(crowd).find_map(|(path, at)| {
        let rule = register.on(at.date()).missing_figure()?;
        Some((path, at.date(), rule))
    })?;
    let problem = Bilingual::new(
        format!(
            "{day} に有効な {rule} が規則台帳にないため、この日を扱えません。有効期間は \
             `madoguchi rules show {rule}` で確かめてください"
        ),
        format!(
            "the register has no {rule} in force on {day}, and nothing can be charged without \
             it; `madoguchi rules show {rule}` tells from when it is in force"
        ),
    );
    Some(text.point(&path, problem))
}

/// That the figures of a month fit each other: a part is not larger than the whole.
pub(crate) fn check_months(text: &YamlText<'_>, scenario: &Scenario) -> Vec<Diagnostic> {
    let wrong = scenario.facility.months.iter().filter_map(|(month, figures)| {
        let (key, problem) = if figures.by_card > figures.verifications {
            let (part, whole) = (figures.by_card, figures.verifications);
            let problem = Bilingual::new(
                format!("カードによる確認 {part} 件は、すべての確認 {whole} 件を超えません"),
                format!("{part} verifications by card are more than all {whole} verifications"),
            );
            ("by_card", problem)
        } else if figures.holders > figures.by_card {
            let (people, uses) = (figures.holders, figures.by_card);
            let problem = Bilingual::new(
                format!("カードを使った {people} 人は、カードによる確認 {uses} 件を超えません"),
                format!("{people} persons cannot have used the card {uses} times"),
            );
            ("holders", problem)
        } else {
            return None;
        };
        let month = month.to_string();
        let path = [At::Key("facility"), At::Key("months"), At::Key(&month), At::Key(key)];
        Some(text.point(&path, problem))
    });
    wrong.collect()
}
