//! 不詳レセプト: claims whose numbers could not be found (CLM-003, CLM-005, CLM-006).

use super::One;
use super::report::{Report, Spot};
use crate::uke::{Entry, Insurance};

pub(super) fn check(one: &One<'_>, report: &mut Report<'_>) {
    let Some((insurance, ho)) = one.receipt().insurance.as_ref().zip(one.insurance()) else {
        return;
    };
    let (insurer, number) = one.policy.unknown_numbers(false);
    if one.policy.is_unknown_insurer(&insurance.insurer) {
        remark(one, ho, report);
        blanks(one, insurance, ho, report);
    } else if !number.is_empty() && insurance.number.as_str() == number {
        let ja = format!("番号が{number}（不詳）です。保険者番号は{insurer}とします");
        let en = format!("the number is {number}, unknown; the insurer number is then {insurer}");
        report.add("CLM-005", ho.item("保険者番号"), ja, en);
    }
}

/// CLM-003: address and contact stand in the remarks. CLM-006: which begin with a certain word.
fn remark(one: &One<'_>, ho: Spot, report: &mut Report<'_>) {
    if one.lost {
        return;
    }
    let texts = one.receipt().entries.iter().filter_map(|entry| match entry {
        Entry::Comment(comment) => Some(&comment.text),
        Entry::Remark(comment) => Some(&comment.text),
        Entry::Detail(detail) => Some(&detail.text),
        _ => None,
    });
    let texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
    let word = one.policy.unknown_remark();
    if texts.is_empty() {
        let ja = format!(
            "番号が不詳ですが摘要がありません。「{word}」と申立書の住所・連絡先をCO又はSJに記録します"
        );
        let en = format!(
            "the numbers are unknown, but there is no remark: {word}, address and contact of the \
             declaration go into CO or SJ"
        );
        report.add("CLM-003", ho, ja, en);
    } else if !texts.iter().any(|text| text.starts_with(word)) {
        let ja = format!("番号が不詳ですが、「{word}」で始まる摘要がありません");
        let en = format!("the numbers are unknown, but no remark begins with {word}");
        report.add("CLM-006", ho, ja, en);
    }
}

/// CLM-006: the number in its length, symbol and branch blank. A victim of a disaster has a
/// number of its own (OUT-022).
fn blanks(one: &One<'_>, insurance: &Insurance, ho: Spot, report: &mut Report<'_>) {
    let victim = one.policy.is_victim_insurer(&insurance.insurer);
    let (_, number) = one.policy.unknown_numbers(false);
    let is = insurance.number.as_str();
    if !victim && is != number {
        let ja = format!("「{is}」です。不詳の番号は{number}です");
        let en = format!("it is “{is}”; the unknown number is {number}");
        report.add("CLM-006", ho.item("被保険者資格に係る番号"), ja, en);
    }
    if !insurance.symbol.is_empty() {
        let (ja, en) = ("不詳レセプトの記号は空です", "an unknown receipt leaves it empty");
        report.add("CLM-006", ho.item("被保険者資格に係る記号"), ja, en);
    }
    let checks = one.entries().filter_map(|(entry, spot)| Some((entry.check()?, spot)));
    if let Some((_, sn)) = checks.into_iter().find(|(check, _)| !check.branch.is_empty()) {
        let (ja, en) = ("不詳レセプトの枝番は空です", "an unknown receipt leaves it empty");
        report.add("CLM-006", sn.item("枝番"), ja, en);
    }
}
