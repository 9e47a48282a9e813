//! RE: whether the kind of the receipt, the dates and the benefit fit the patient and the payers
//! (CLM-070, CLM-074, CLM-084, CLM-087, CLM-091).

use super::One;
use super::report::{Report, Spot};
use crate::numbers::InsurerKind;
use crate::uke::kind::AgeClass;
use crate::uke::{Form, MainPayer, Person, ReceiptKind};

pub(super) fn check(one: &One<'_>, re: Spot, report: &mut Report<'_>) {
    let receipt = one.receipt();
    let born_later = receipt.born > receipt.month.last();
    if born_later {
        let (born, month) = (receipt.born, receipt.month);
        let ja = format!("{born}です。診療年月{month}より後に生まれた患者はいません");
        let en = format!("it is {born}, after the month of service {month}");
        report.add("CLM-084", re.item("生年月日"), ja, en);
    }
    let Some(kind) = one.kind() else {
        let ja =
            format!("「{}」というレセプト種別はありません。例えば1112と記録します", receipt.kind);
        let en = format!("there is no kind “{}”; one is 1112, for example", receipt.kind);
        report.add("CLM-070", re.item("レセプト種別"), ja, en);
        return;
    };
    if shape(one, kind, re, report) && !born_later {
        age(one, kind, re, report);
        benefit(one, kind, re, report);
    }
    stay(one, kind, re, report);
}

/// CLM-070: the first three digits tell table, main payer and number of payers, and the last one
/// of receipts without insurance, of pharmacies and of nurses has fewer values.
fn shape(one: &One<'_>, kind: ReceiptKind, re: Spot, report: &mut Report<'_>) -> bool {
    let receipt = one.receipt();
    let insurance = receipt.insurance.as_ref();
    let payers = receipt.publics.len() + usize::from(insurance.is_some());
    let main = MainPayer::of(insurance.map(|ho| &ho.insurer));
    // Retired persons had a digit of their own beside that of the insurance.
    let retired = main == MainPayer::Insurance && kind.main == MainPayer::Retired;
    let right = ReceiptKind {
        form: one.form,
        main: if retired || one.lost { kind.main } else { main },
        payers: if one.lost { kind.payers } else { u8::try_from(payers).unwrap_or(u8::MAX) },
        person: if main == MainPayer::PublicOnly { Person::Insured } else { kind.person },
        inpatient: kind.inpatient && matches!(one.form, Form::Medical | Form::Dental),
    };
    if kind == right || payers == 0 {
        return kind == right;
    }
    let (is, due) = (kind.code(), right.code());
    let ja = format!("{is}ですが、点数表、負担者の構成、入外からは{due}となります");
    let en = format!("it is {is}; fee table, payers and setting make {due}");
    report.add("CLM-070", re.item("レセプト種別"), ja, en);
    false
}

/// CLM-074: the person that the last digit tells fits the age in the month of service.
fn age(one: &One<'_>, kind: ReceiptKind, re: Spot, report: &mut Report<'_>) {
    let Some(insurance) = &one.receipt().insurance else { return };
    let class = AgeClass::of(&one.policy, &insurance.insurer, one.receipt().born);
    if class.fits(kind.person) {
        return;
    }
    let (due_ja, due_en) = match class {
        AgeClass::Preschool => ("未就学者", "a preschool child"),
        AgeClass::Between => ("本人又は家族", "an insured person or family"),
        AgeClass::Elderly => ("高齢受給者又は後期高齢者", "an elderly person"),
    };
    let (code, born) = (kind.code(), one.receipt().born);
    let ja = format!("{code}の4桁目が年齢に合いません。{born}生まれの患者は{due_ja}です");
    let en = format!("the last digit of {code} does not fit; born {born} makes {due_en}");
    report.add("CLM-074", re.item("レセプト種別"), ja, en);
}

/// CLM-091: the benefit is what the share leaves.
fn benefit(one: &One<'_>, kind: ReceiptKind, re: Spot, report: &mut Report<'_>) {
    let receipt = one.receipt();
    let (Some(said), Some(insurance)) = (receipt.benefit_percent, &receipt.insurance) else {
        return;
    };
    // A society (国保組合) may pay more than the law asks; the elderly have shares of their own.
    let society =
        insurance.insurer.parts().is_ok_and(|p| p.kind == InsurerKind::NationalHealthUnion);
    let elderly = matches!(kind.person, Person::Elderly | Person::ElderlyHighIncome);
    let Ok(tariff) = one.policy.tariff() else { return };
    let share = tariff.share_percent(receipt.born, receipt.month.last(), &mut ());
    let due = 100u8.saturating_sub(share);
    let right = if elderly || society { (1..=100).contains(&said) } else { said == due };
    if !right {
        let ja = format!("{said}です。この患者の給付割合は{due}です");
        let en = format!("it is {said}; the benefit of this patient is {due}");
        report.add("CLM-091", re.item("給付割合"), ja, en);
    }
}

/// CLM-087: who is in hospital was admitted, and nobody else.
fn stay(one: &One<'_>, kind: ReceiptKind, re: Spot, report: &mut Report<'_>) {
    if !matches!(one.form, Form::Medical | Form::Dental) {
        return;
    }
    let receipt = one.receipt();
    let last = receipt.month.last();
    match (kind.inpatient, receipt.admitted) {
        (true, None) => {
            let ja = "入院のレセプトには入院年月日を記録します";
            report.add("CLM-087", re.item("入院年月日"), ja, "an inpatient receipt gives it");
        }
        (true, Some(admitted)) if admitted > last => {
            let ja = format!("{admitted}です。診療年月の末日{last}以前でなければなりません");
            let en = format!("it is {admitted}; it cannot lie after {last}, when the month ends");
            report.add("CLM-087", re.item("入院年月日"), ja, en);
        }
        (false, Some(_)) => {
            let ja = "入院外のレセプトには入院年月日を記録しません";
            let en = "an outpatient receipt does not give it";
            report.add("CLM-087", re.item("入院年月日"), ja, en);
        }
        _ => {}
    }
    if kind.inpatient {
        return;
    }
    if !receipt.ward.is_empty() {
        let (ja, en) = ("入院外のレセプトには病棟を記録しません", "an outpatient has no ward");
        report.add("CLM-087", re.item("病棟区分"), ja, en);
    }
    let insurance = receipt.insurance.as_ref().filter(|ho| ho.meals.is_some_and(|n| n > 0));
    if let Some((_, ho)) = insurance.zip(one.insurance()) {
        let (ja, en) = ("入院外のレセプトに食事は記録しません", "an outpatient has no meals");
        report.add("CLM-087", ho.item("食事療養・生活療養 回数"), ja, en);
    }
}
