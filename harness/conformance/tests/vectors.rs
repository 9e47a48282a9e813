//! The worked examples of the chapters on money, and what holds for every amount.

mod common;

use std::collections::BTreeSet;

use madoguchi_conformance::vectors;

#[test]
fn every_worked_example_comes_out_as_by_hand_and_says_why() {
    let register = common::register();
    let all = vectors().unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    assert!(all.len() >= 250, "only {} worked examples", all.len());
    let mut wrong = Vec::new();
    for vector in &all {
        for rule in &vector.rule {
            assert!(register.rule(rule.as_str()).is_some(), "{rule} is not in the register");
        }
        let why = vector.why.as_ref().unwrap_or_else(|| panic!("{vector:?} does not say why"));
        assert!(!why.ja.is_empty() && !why.en.is_empty(), "{vector:?}");
        let (said, reasons) = vector.said(&register).unwrap();
        if !vector.holds(&said) {
            wrong.push(format!("{vector:?}\n  said {said:?}"));
        }
        for reason in reasons {
            let known = register.rule(&reason.rule).is_some();
            assert!(known && !reason.says.ja.is_empty(), "{reason:?}");
        }
    }
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn no_question_is_asked_twice() {
    let mut seen = BTreeSet::new();
    for vector in vectors().unwrap() {
        let key = format!("{} {:?} {:?}", vector.on, vector.settings, vector.ask);
        assert!(seen.insert(key.clone()), "asked twice: {key}");
    }
}
