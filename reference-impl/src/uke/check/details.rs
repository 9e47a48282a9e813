//! Diseases, codes and comments (CLM-083, CLM-089, CLM-090).

use jiff::civil::Date;

use super::One;
use super::report::{Report, Spot};
use crate::uke::{Comment, DayMark, Entry, Form, ServiceComment, Text};

/// A disease that has no code of its own.
const UNCODED: &str = "0000999";
/// フリーコメント.
const FREE_COMMENT: &str = "810000001";

pub(super) fn check(one: &One<'_>, report: &mut Report<'_>) {
    starts(one, report);
    for (entry, spot) in one.entries() {
        match entry {
            Entry::Disease(it) => {
                disease((&it.code, &it.modifiers, &it.name), "傷病名称", spot, report);
            }
            Entry::ToothDisease(it) => {
                disease((&it.code, &it.modifiers, &it.name), "傷病名称", spot, report);
            }
            Entry::NursedDisease(it) => {
                disease((&it.code, &it.modifiers, &it.name), "傷病名称", spot, report);
            }
            Entry::Comment(Comment { code, text, .. }) => {
                comment((code, text), (spot, 0), report);
            }
            Entry::Remark(remark) => comment((&remark.code, &remark.text), (spot, 0), report),
            entry => coded(one, entry, spot, report),
        }
    }
}

/// CLM-090: the first digit of a code, and the comments of the line.
fn coded(one: &One<'_>, entry: &Entry, spot: Spot, report: &mut Report<'_>) {
    let service = if one.form == Form::Dental { "13" } else { "1" };
    let none: &[ServiceComment] = &[];
    let (code, item, first, comments) = match entry {
        Entry::Service(it) => (&it.code, "診療行為コード", service, &*it.comments),
        Entry::Treatment(it) => (&it.code, "診療行為コード", "3", none),
        Entry::Drug(it) => (&it.code, "医薬品コード", "6", &*it.comments),
        Entry::DispensedDrug(it) => (&it.code, "医薬品コード", "6", none),
        Entry::Material(it) => (&it.code, "特定器材コード", "7", &*it.comments),
        Entry::DispensedMaterial(it) => (&it.code, "特定器材コード", "7", none),
        _ => return,
    };
    if !is_code(code, first) {
        let ja = format!("「{code}」です。{}で始まる数字9桁のコードです", either(first, "又は"));
        let en = format!(
            "it is “{code}”; nine digits beginning with {} stand here",
            either(first, " or ")
        );
        report.add("CLM-090", spot.item(item), ja, en);
    }
    for (it, number) in comments.iter().zip(1..) {
        if it != &ServiceComment::default() {
            comment((&it.code, &it.text), (spot, number), report);
        }
    }
}

fn either(digits: &str, or: &str) -> String {
    digits.chars().map(String::from).collect::<Vec<_>>().join(or)
}

/// Whether it is a code of nine digits of which the first is one of `first`.
fn is_code(code: &str, first: &str) -> bool {
    code.len() == 9
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && code.starts_with(|digit| first.contains(digit))
}

/// CLM-089: a comment's code, and text where it takes one. `number` is that of a comment inside
/// another record, 0 for a record of its own.
fn comment((code, text): (&Text, &Text), (spot, number): (Spot, usize), report: &mut Report<'_>) {
    let (at_code, at_text) = match number {
        0 => (spot.item("コメントコード"), spot.item("文字データ")),
        number => (spot.nth("コメントコード#", number), spot.nth("文字データ#", number)),
    };
    if !is_code(code, "8") {
        let ja = format!("「{code}」です。コメントコードは8で始まる数字9桁です");
        let en = format!("it is “{code}”; a comment code has nine digits and begins with 8");
        report.add("CLM-089", at_code, ja, en);
    } else if text.is_empty() && (code == FREE_COMMENT || code.starts_with("83")) {
        let ja = format!("{code}には文字データが要ります");
        report.add("CLM-089", at_text, ja, format!("{code} takes text"));
    } else if !text.is_empty() && code.starts_with("82") {
        let ja = format!("{code}には文字データを付けません");
        report.add("CLM-089", at_text, ja, format!("{code} takes no text"));
    }
}

/// CLM-090: seven digits, modifiers of four, and a name where there is no code.
fn disease(
    (code, modifiers, name): (&Text, &Text, &Text),
    name_item: &'static str,
    spot: Spot,
    report: &mut Report<'_>,
) {
    if code.len() != 7 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        let ja = format!("「{code}」です。傷病名コードは数字7桁です");
        let en = format!("it is “{code}”; a disease code has seven digits");
        report.add("CLM-090", spot.item("傷病名コード"), ja, en);
    } else if code == UNCODED && name.is_empty() {
        let ja = "コードのない傷病名（0000999）には名称が要ります";
        report.add("CLM-090", spot.item(name_item), ja, "a disease without a code gives its name");
    }
    if modifiers.chars().count() % 4 != 0 {
        let ja = format!("「{modifiers}」です。修飾語コードは4桁ずつです");
        let en = format!("it is “{modifiers}”; modifiers have four digits each");
        report.add("CLM-090", spot.item("修飾語コード"), ja, en);
    }
}

/// CLM-083: diseases start in the patient's life, not after the month, and one has started by the
/// first day of service.
fn starts(one: &One<'_>, report: &mut Report<'_>) {
    if one.patient().is_none() {
        return;
    }
    let receipt = one.receipt();
    let (born, last) = (receipt.born, receipt.month.last());
    let mut earliest: Option<(Date, Spot)> = None;
    let mut wrong = false;
    for (entry, spot) in one.entries() {
        let Entry::Disease(disease) = entry else { continue };
        let (started, spot) = (disease.started, spot.item("診療開始日"));
        if earliest.is_none_or(|(date, _)| started < date) {
            earliest = Some((started, spot));
        }
        // A birth date after the month is a fault of its own.
        if started < born && born <= last {
            wrong = true;
            let ja = format!("{started}です。生年月日{born}より前です");
            let en = format!("it is {started}, before the birth on {born}");
            report.add("CLM-083", spot, ja, en);
        } else if started > last {
            wrong = true;
            let ja = format!("{started}です。診療年月の末日{last}より後です");
            let en = format!("it is {started}, after the month of service ends on {last}");
            report.add("CLM-083", spot, ja, en);
        }
    }
    let of_these = |entry: &Entry| matches!(entry, Entry::Disease(_) | Entry::Days(_));
    let whole = one.all(of_these);
    let Some((started, spot)) = earliest.filter(|_| !wrong && whole) else { return };
    if let Some(first) = first_visit(one).filter(|first| started > *first) {
        let ja =
            format!("最初の診療日{first}までに始まった傷病名がありません（最も早いのは{started}）");
        let en =
            format!("no disease has started by the first visit on {first}; the first is {started}");
        report.add("CLM-083", spot, ja, en);
    }
}

/// The first day that a JD marks.
fn first_visit(one: &One<'_>) -> Option<Date> {
    let receipt = one.receipt();
    let first =
        |days: &crate::uke::DayMarks| days.marks.iter().position(|mark| *mark != DayMark::None);
    let day = receipt.entries.iter().filter_map(|entry| first(entry.days()?)).min()?;
    let day = i8::try_from(day + 1).ok()?;
    let month = receipt.month.first();
    Date::new(month.year(), month.month(), day).ok()
}
