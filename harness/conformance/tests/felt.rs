//! A parameter whose change nobody notices is not tested: every one of the register is edited
//! here, and a worked example or a scenario that cites its rule has to come out differently.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod common;

use std::sync::Arc;

use jiff::Span;
use jiff::civil::Date;
use madoguchi_conformance::{Vector, seen, vectors};
use madoguchi_reference::register::{Parameter, ParameterValue, Register, Rule};
use madoguchi_scenario::Scenario;
use madoguchi_sim::Plan;

/// Other values a parameter might have been given, the nearest first; of a row of numbers, for each
/// of them by itself.
fn others(parameter: &Parameter) -> Vec<Vec<ParameterValue>> {
    match &parameter.value {
        ParameterValue::Number(number) => {
            vec![near(*number).into_iter().map(ParameterValue::Number).collect()]
        }
        ParameterValue::Numbers(row) => {
            let with = |place: usize, number| {
                let mut other = row.clone();
                other[place] = number;
                ParameterValue::Numbers(other)
            };
            let places = row.iter().enumerate();
            places
                .map(|(place, number)| near(*number).into_iter().map(|n| with(place, n)).collect())
                .collect()
        }
        ParameterValue::Text(word) if !parameter.one_of.is_empty() => {
            let rest = parameter.one_of.iter().filter(|other| *other != word);
            vec![rest.cloned().map(ParameterValue::Text).collect()]
        }
        ParameterValue::Text(text) => vec![other_texts(text)],
    }
}

fn near(number: i64) -> Vec<i64> {
    [1, -1, 10, -10].map(|by| number + by).into_iter().filter(|n| *n >= 0).collect()
}

fn other_texts(text: &str) -> Vec<ParameterValue> {
    match text.parse::<Date>() {
        Ok(day) => {
            let near = [1, -1, 31, -31].map(|by| day.saturating_add(Span::new().days(by)));
            near.into_iter().map(|day| ParameterValue::Text(day.to_string())).collect()
        }
        // A code of digits stays one.
        Err(_) if text.bytes().all(|b| b.is_ascii_digit()) => {
            let last = if text.ends_with('1') { '2' } else { '1' };
            let rest: String = text.chars().take(text.chars().count() - 1).collect();
            vec![ParameterValue::Text(format!("{rest}{last}"))]
        }
        Err(_) => vec![ParameterValue::Text(format!("別{text}"))],
    }
}

fn set(
    register: &Register,
    rule: &str,
    version: usize,
    name: &str,
    to: &ParameterValue,
) -> Register {
    register.edited(rule, |rule| {
        let parameter = rule.versions[version].parameters.get_mut(name).unwrap();
        parameter.value = to.clone();
    })
}

/// Whether a scenario comes out differently, in anything that can be seen of it.
fn notices(scenario: &Scenario, register: &Arc<Register>, edited: &Arc<Register>) -> bool {
    // What a scenario chooses for itself, an edited register cannot change.
    let outcome = |register: &Arc<Register>| {
        let plan = Plan::new(scenario.clone(), 1, register);
        seen(&plan, register)
    };
    outcome(register).unwrap() != outcome(edited).unwrap_or_default()
}

/// Whether a worked example is answered differently.
fn answers_differ(vector: &Vector, register: &Register, edited: &Register) -> bool {
    let said = |register| vector.said(register).map(|(said, _)| said);
    said(register) != said(edited)
}

fn cites(scenario: &Scenario, rule: &Rule) -> bool {
    scenario.timeline.iter().any(|step| step.expect.contains_key(&rule.id))
}

#[test]
fn every_parameter_of_the_register_is_felt_by_an_example_or_a_scenario_that_cites_its_rule() {
    let register = common::register();
    let scenarios = common::scenarios(&register);
    let examples = vectors().unwrap();
    let (mut edits, mut unfelt) = (0, Vec::new());
    for rule in register.rules() {
        let worked: Vec<&Vector> = examples.iter().filter(|v| v.rule.contains(&rule.id)).collect();
        // What no scenario can show, none can feel; the register says why.
        if rule.not_tested.is_some() && worked.is_empty() {
            continue;
        }
        let citing: Vec<&Scenario> = scenarios.iter().filter(|s| cites(s, rule)).collect();
        for (index, version) in rule.versions.iter().enumerate() {
            for (name, parameter) in &version.parameters {
                edits += 1;
                let felt = |values: &Vec<ParameterValue>| {
                    values.iter().any(|value| {
                        let edited = Arc::new(set(&register, rule.id.as_str(), index, name, value));
                        // Examples first: they cost a thousandth of a scenario.
                        worked.iter().any(|vector| answers_differ(vector, &register, &edited))
                            || citing.iter().any(|s| notices(s, &register, &edited))
                    })
                };
                let all = others(parameter);
                for place in (0..all.len()).filter(|place| !felt(&all[*place])) {
                    let id = &rule.id;
                    unfelt.push(format!("{id}.{name} (version {index}, number {place})"));
                }
            }
        }
    }
    assert!(edits > 40, "only {edits} parameters");
    assert!(unfelt.is_empty(), "felt by nothing that cites the rule: {unfelt:#?}");
}
