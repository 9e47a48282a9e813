//! HO, KO, SN and MF: the payers' numbers and their order, and how eligibility was checked
//! (CLM-074, CLM-086, CLM-092, CLM-095, ELIG-050…055).

use super::One;
use super::report::{Report, Spot};
use crate::numbers::NumberFault;
use crate::uke::{Entry, Form, Insurance, PublicPayer};

pub(super) fn check(one: &One<'_>, report: &mut Report<'_>) {
    let receipt = one.receipt();
    if let Some((insurance, ho)) = receipt.insurance.as_ref().zip(one.insurance()) {
        insurer(one, insurance, ho, report);
        insured(one, insurance, ho, report);
        charge(
            one,
            insurance.charged_yen,
            insurance.points,
            ho.item("負担金額（医療保険）"),
            report,
        );
    }
    for (index, public) in receipt.publics.iter().enumerate() {
        let Some(ko) = one.public(index) else { continue };
        numbers(public, ko, report);
        charge(one, public.charged_yen, public.points, ko.item("負担金額（公費）"), report);
    }
    order(one, report);
    kinds(one, report);
    confirmation(one, report);
    charge_class(one, report);
}

/// ELIG-050, ELIG-051. CLM-005: the unknown insurer is the one number that need not end in its
/// check digit.
fn insurer(one: &One<'_>, insurance: &Insurance, ho: Spot, report: &mut Report<'_>) {
    if one.policy.is_unknown_insurer(&insurance.insurer) {
        return;
    }
    if let Err(fault) = insurance.insurer.parts() {
        number(insurance.insurer.as_str(), fault, ho.item("保険者番号"), report);
    }
}

fn numbers(public: &PublicPayer, ko: Spot, report: &mut Report<'_>) {
    if let Err(fault) = public.payer.parts() {
        number(public.payer.as_str(), fault, ko.item("公費負担者番号"), report);
    }
    if let Err(fault) = public.recipient.check() {
        number(public.recipient.as_str(), fault, ko.item("公費受給者番号"), report);
    }
}

fn number(number: &str, fault: NumberFault, spot: Spot, report: &mut Report<'_>) {
    let rule = match fault {
        NumberFault::CheckDigit { .. } => "ELIG-051",
        NumberFault::Length { .. } | NumberFault::Law | NumberFault::Prefecture => "ELIG-050",
    };
    let text = fault.text();
    let (ja, en) = (format!("{number}{}", text.ja), format!("{number} {}", text.en));
    report.add(rule, spot, ja, en);
}

/// ELIG-053: a number, and a branch of two digits; eight digits and no branch for the late-stage
/// elderly.
fn insured(one: &One<'_>, insurance: &Insurance, ho: Spot, report: &mut Report<'_>) {
    if one.policy.is_unknown_insurer(&insurance.insurer) {
        return;
    }
    let late = insurance.insurer.is_late_elderly();
    let number = insurance.number.as_str();
    let spot = ho.item("被保険者資格に係る番号");
    if number.is_empty() {
        let ja = "番号がありません。記号は空でもよく、番号は要ります";
        report.add("ELIG-053", spot, ja, "it is empty; the symbol may be, the number may not");
    } else if late && !is_digits(number, 8) {
        let ja = format!("{number}です。後期高齢者医療の番号は数字8桁です");
        let en = format!("it is {number}; in the late-stage elderly scheme it has eight digits");
        report.add("ELIG-053", spot, ja, en);
    }
    let checks = one.entries().filter_map(|(entry, spot)| Some((entry.check()?, spot)));
    for (check, sn) in checks.filter(|(check, _)| check.payer_kind == 1) {
        let branch = check.branch.as_str();
        let spot = sn.item("枝番");
        if late && !branch.is_empty() {
            let ja = format!("{branch}です。後期高齢者医療に枝番はありません");
            let en = format!("it is {branch}; the late-stage elderly scheme has no branch number");
            report.add("ELIG-053", spot, ja, en);
        } else if !branch.is_empty() && !is_digits(branch, 2) {
            let ja = format!("{branch}です。枝番は数字2桁です");
            report.add("ELIG-053", spot, ja, format!("it is {branch}; it has two digits"));
        }
    }
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// CLM-092: nobody pays more than everything cost.
fn charge(one: &One<'_>, yen: Option<u32>, points: u32, spot: Spot, report: &mut Report<'_>) {
    let Ok(tariff) = one.policy.tariff() else { return };
    let cost = match one.form {
        // A nursing claim has its sums in yen.
        Form::VisitingNursing => i64::from(points),
        Form::Medical | Form::Dental | Form::Pharmacy => tariff.cost_yen(i64::from(points)),
    };
    if let Some(yen) = yen.filter(|yen| i64::from(*yen) > cost) {
        let ja = format!("{yen}円です。費用の総額{cost}円を超えません");
        let en = format!("it is {yen} yen; it cannot exceed the total cost, {cost} yen");
        report.add("CLM-092", spot, ja, en);
    }
}

/// ELIG-055: public payers stand in the order in which they pay.
fn order(one: &One<'_>, report: &mut Report<'_>) {
    let publics = &one.receipt().publics;
    let mut sorted: Vec<&PublicPayer> = publics.iter().collect();
    one.policy.sort_payers(&mut sorted, |public| &public.payer);
    let wrong = publics.iter().zip(&sorted).position(|(is, due)| is.payer != due.payer);
    let Some(index) = wrong else { return };
    let (Some(due), Some(ko)) = (sorted.get(index), one.public(index)) else { return };
    let ja = format!("第{}公費は{}です（公費の適用順）", index + 1, due.payer);
    let en = format!("the payer in place {} is {}, by the order of payment", index + 1, due.payer);
    report.add("ELIG-055", ko.item("公費負担者番号"), ja, en);
}

/// CLM-086: SN and JD name payers of the receipt, each once.
fn kinds(one: &One<'_>, report: &mut Report<'_>) {
    if one.lost {
        return;
    }
    let receipt = one.receipt();
    let publics = u8::try_from(receipt.publics.len()).unwrap_or(u8::MAX);
    let there = |kind: u8| match kind {
        1 => receipt.insurance.is_some(),
        kind => (2..=publics.saturating_add(1)).contains(&kind),
    };
    let mut seen: Vec<(&str, u8)> = Vec::new();
    for (entry, spot) in one.entries() {
        let kind = match entry {
            Entry::Check(check) => check.payer_kind,
            Entry::Days(days) => days.payer_kind,
            _ => continue,
        };
        let spot = spot.item("負担者種別");
        if !there(kind) {
            let ja = format!("{kind}が示す負担者はこのレセプトにありません（1がHO、2から5がKO）");
            let en = format!("{kind} names no payer of this receipt (1 is HO, 2 to 5 are KO)");
            report.add("CLM-086", spot, ja, en);
        } else if seen.contains(&(entry.id(), kind)) {
            let (id, ja_kind) = (entry.id(), kind);
            let ja = format!("負担者種別{ja_kind}の{id}が二つあります。負担者ごとに1件です");
            let en = format!("there is a second {id} of payer {kind}; each payer has one");
            report.add("CLM-086", spot, ja, en);
        }
        seen.push((entry.id(), kind));
    }
}

/// CLM-074: HO is accompanied by SN.
fn confirmation(one: &One<'_>, report: &mut Report<'_>) {
    let Some(ho) = one.insurance().filter(|_| !one.lost) else { return };
    let checks = |entry: &Entry| entry.check().is_some();
    if !one.receipt().entries.iter().any(checks) {
        let ja = "HOがあるのにSNがありません。医療保険のSNを1件記録します";
        report.add("CLM-074", ho, ja, "there is an HO but no SN; the insurance has one");
    }
}

/// CLM-095.
fn charge_class(one: &One<'_>, report: &mut Report<'_>) {
    for (entry, spot) in one.entries() {
        let Entry::Charge(charge) = entry else { continue };
        if !["00", "01", "02", "04"].contains(&charge.class.as_str()) {
            let ja = format!("「{}」という区分はありません。00、01、02、04です", charge.class);
            let en = format!("there is no class “{}”; they are 00, 01, 02 and 04", charge.class);
            report.add("CLM-095", spot.item("窓口負担額区分"), ja, en);
        }
    }
}
