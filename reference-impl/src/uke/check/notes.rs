//! 特記事項 (CLM-071, CLM-088, ELIG-041).

use super::One;
use super::report::{Report, Spot};
use crate::numbers::InsuranceGroup;

/// The most notes a receipt has room for.
const NOTES_MAX: usize = 5;

pub(super) fn check(one: &One<'_>, re: Spot, report: &mut Report<'_>) {
    let notes = &one.receipt().notes;
    let spot = re.item("レセプト特記事項");
    if notes.len() > NOTES_MAX {
        let count = notes.len();
        let ja = format!("{count}個あります。{NOTES_MAX}個までです");
        let en = format!("there are {count}; {NOTES_MAX} are the most");
        report.add("CLM-088", spot, ja, en);
    }
    let mut seen: Vec<&str> = Vec::new();
    for note in notes {
        if seen.contains(&note.as_str()) {
            let ja = format!("{note}が二度あります。一度だけ記録します");
            report.add("CLM-088", spot, ja, format!("{note} is there twice; once is enough"));
            break;
        }
        seen.push(note);
    }
    classes(one, &seen, spot, report);
    halved(one, &seen, spot, report);
}

/// Whether the note tells the income class of the cost limit.
fn tells_class(note: &str) -> bool {
    matches!(note, "17" | "18" | "19" | "22")
        || ("26"..="35").contains(&note)
        || late_elderly_class(note)
}

/// 区カ, 区キ, 多カ and 多キ, which only the late-stage elderly scheme has.
fn late_elderly_class(note: &str) -> bool {
    ("41"..="44").contains(&note)
}

/// CLM-088: one class of the cost limit, and one that the scheme has.
fn classes(one: &One<'_>, notes: &[&str], spot: Spot, report: &mut Report<'_>) {
    let classes: Vec<&str> = notes.iter().copied().filter(|note| tells_class(note)).collect();
    if classes.len() > 1 {
        let all = classes.join(", ");
        let ja = format!("限度額の所得区分が複数あります（{all}）。一つだけ記録します");
        let en = format!("there is more than one class of the cost limit ({all}); it takes one");
        report.add("CLM-088", spot, ja, en);
        return;
    }
    let Some(insurance) = &one.receipt().insurance else { return };
    let foreign = classes.iter().find(|note| late_elderly_class(note));
    if let Some(note) = foreign.filter(|_| !insurance.insurer.is_late_elderly()) {
        let ja = format!("{note}は後期高齢者医療だけの区分です。保険者に合う区分を記録します");
        let en = format!("{note} is a class of the late-stage elderly scheme alone");
        report.add("CLM-088", spot, ja, en);
    }
}

/// ELIG-041: halved limits belong to the month of the 75th birthday. Family members who move to
/// National Health Insurance with the person have them too, whatever their own age.
fn halved(one: &One<'_>, notes: &[&str], spot: Spot, report: &mut Report<'_>) {
    let receipt = one.receipt();
    let Some(insurance) = &receipt.insurance else { return };
    let family = insurance.insurer.group() == InsuranceGroup::NationalHealth;
    let halved = one.policy.halved_note();
    let own_month = one.policy.halved_limit_note(receipt.born).is_some();
    if let Some(note) = halved.filter(|note| notes.contains(note) && !family && !own_month) {
        let (born, month) = (receipt.born, receipt.month);
        let ja = format!(
            "{note}（高半）は75歳の誕生日のある月だけです。{born}生まれの{month}には記録しません"
        );
        let en = format!(
            "{note} (halved limit) belongs to the month of the 75th birthday, which {month} is \
             not for a person born {born}"
        );
        report.add("ELIG-041", spot, ja, en);
    }
}
