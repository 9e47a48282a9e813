//! Points: groups of lines, who pays them, and what they add up to (CLM-063, CLM-072, CLM-074,
//! CLM-080, CLM-085, CLM-094).

use super::One;
use super::report::{Report, Spot};
use crate::uke::{Comment, DAYS, Entry, Form, Text, payers_of};

/// 診療識別 of a medical claim (CLM-094).
const CATEGORIES: [&str; 27] = [
    "01", "11", "12", "13", "14", "21", "22", "23", "24", "25", "26", "27", "28", "31", "32", "33",
    "39", "40", "50", "54", "60", "70", "80", "90", "92", "97", "99",
];

/// 診療識別 and 負担区分 of a line, where it has them.
fn line(entry: &Entry) -> Option<(&Text, &Text)> {
    Some(match entry {
        Entry::Service(it) => (&it.identification, &it.burden),
        Entry::Drug(it) => (&it.identification, &it.burden),
        Entry::Material(it) => (&it.identification, &it.burden),
        Entry::Treatment(it) => (&it.identification, &it.burden),
        Entry::Comment(Comment { identification, burden, .. }) => (identification, burden),
        _ => return None,
    })
}

/// 回数 and its days, where the record has them.
pub(super) fn per_day(entry: &Entry) -> Option<(u16, &[u16; DAYS])> {
    Some(match entry {
        Entry::Service(it) => (it.count, &it.per_day),
        Entry::Drug(it) => (it.count, &it.per_day),
        Entry::Material(it) => (it.count, &it.per_day),
        Entry::Treatment(it) => (it.count, &it.per_day),
        _ => return None,
    })
}

pub(super) fn check(one: &One<'_>, report: &mut Report<'_>) {
    if !matches!(one.form, Form::Medical | Form::Dental) {
        return;
    }
    let whole = one.all(|entry| line(entry).is_some());
    if whole {
        groups(one, report);
    }
    if one.form == Form::Medical {
        categories(one, report);
    }
    let named = burdens(one, report);
    if let Some(named) = named.filter(|_| whole) {
        sums(one, named, report);
    }
}

/// A line of a group: whether it is a comment, and whether it has points.
struct InGroup {
    spot: Spot,
    comment: bool,
    points: bool,
}

/// CLM-080: a group begins with a treatment category and ends in points.
fn groups(one: &One<'_>, report: &mut Report<'_>) {
    let mut group: Vec<InGroup> = Vec::new();
    let mut begun = false;
    for (entry, spot) in one.entries() {
        let Some((category, _)) = line(entry) else { continue };
        let comment = entry.comment().is_some();
        if !category.is_empty() {
            end_group(&group, report);
            group.clear();
        } else if !begun && !comment {
            let ja = "最初の診療識別がありません。まとまりの最初のレコードに記録します";
            let en = "the first treatment category is missing; a group begins with one";
            report.add("CLM-080", spot.item("診療識別"), ja, en);
        }
        begun |= !category.is_empty() || !comment;
        group.push(InGroup { spot, comment, points: entry.charged().is_some() });
    }
    end_group(&group, report);
}

fn end_group(group: &[InGroup], report: &mut Report<'_>) {
    let mut lines = group.iter().filter(|line| !line.comment).rev();
    let Some(last) = lines.next() else { return };
    let early = lines.rfind(|line| line.points);
    if let Some(early) = early {
        let end = last.spot.line();
        let ja = format!("まとまりの途中に点数があります。点数は最後の{end}行目にだけ記録します");
        let en = format!("points stand inside a group; only its last record, line {end}, has them");
        report.add("CLM-080", early.spot.item("点数"), ja, en);
    } else if !last.points {
        let ja = "まとまりの最後のレコードに点数がありません";
        report.add("CLM-080", last.spot.item("点数"), ja, "a group ends here without points");
    }
}

/// CLM-094: known categories. CLM-063: in their order, comments aside.
fn categories(one: &One<'_>, report: &mut Report<'_>) {
    let mut highest = "";
    for (entry, spot) in one.entries() {
        let Some((category, _)) = line(entry).filter(|(category, _)| !category.is_empty()) else {
            continue;
        };
        let spot = spot.item("診療識別");
        if !CATEGORIES.contains(&category.as_str()) {
            let ja = format!("「{category}」という診療識別はありません");
            let en = format!("there is no treatment category “{category}”");
            report.add("CLM-094", spot, ja, en);
        } else if one.kind().is_some_and(|kind| !kind.inpatient)
            && matches!(category.as_str(), "90" | "92" | "97")
        {
            let ja = format!("{category}は入院の診療識別です。入院外のレセプトには記録しません");
            let en = format!("{category} is a category of inpatients; this is an outpatient");
            report.add("CLM-087", spot, ja, en);
        } else if entry.comment().is_some() {
        } else if category.as_str() < highest {
            let ja = format!("{category}が{highest}の後にあります。診療識別の順に並べます");
            let en = format!("{category} stands behind {highest}; they go in ascending order");
            report.add("CLM-063", spot, ja, en);
        } else {
            highest = category;
        }
    }
}

/// CLM-072, CLM-085: codes that exist and name payers of the receipt. All payers that are named
/// by lines with points; none where a code is wrong.
fn burdens(one: &One<'_>, report: &mut Report<'_>) -> Option<u8> {
    let receipt = one.receipt();
    let publics = receipt.publics.len().min(4);
    let there = u8::from(receipt.insurance.is_some()) | ((((1u16 << publics) - 1) << 1) as u8);
    let mut named = Some(0);
    let mut foreign = false;
    for (entry, spot) in one.entries() {
        let Some((_, burden)) = line(entry) else { continue };
        let spot = spot.item("負担区分");
        let Some(payers) = payers_of(burden) else {
            let ja = format!("「{burden}」という負担区分はありません。例えば医療保険だけなら1です");
            let en = format!("there is no payer code “{burden}”; insurance alone is 1");
            report.add("CLM-072", spot, ja, en);
            named = None;
            continue;
        };
        if payers & !there != 0 && !one.lost {
            // One payer that is missing would be told at every line.
            if !foreign {
                let ja = format!(
                    "負担区分{burden}が示す負担者の一部が、このレセプトのHO・KOにありません"
                );
                let en = format!("{burden} names a payer that is not among HO and KO here");
                report.add("CLM-085", spot, ja, en);
            }
            foreign = true;
        }
        named = named.map(|named| named | payers);
    }
    named.filter(|_| !foreign)
}

/// CLM-074, CLM-075: the points of a payer are those of its lines. CLM-085: it has some.
fn sums(one: &One<'_>, named: u8, report: &mut Report<'_>) {
    let receipt = one.receipt();
    let insurance = receipt.insurance.as_ref().zip(one.insurance());
    let insurance = insurance.map(|(ho, spot)| ("CLM-074", 1, ho.points, spot)).into_iter();
    let publics = receipt.publics.iter().enumerate().take(4);
    let publics = publics.filter_map(|(index, ko)| {
        one.public(index).map(|spot| ("CLM-075", 2u8 << index, ko.points, spot))
    });
    for (rule, bit, said, spot) in insurance.chain(publics) {
        if named != 0 && named & bit == 0 {
            let ja = "この負担者を示す負担区分の記録がありません";
            report.add("CLM-085", spot, ja, "no line names this payer in its payer code");
            continue;
        }
        let of = |entry: &Entry| {
            let (burden, points, count) = entry.charged()?;
            let payers = payers_of(burden)?;
            (payers & bit != 0).then(|| u64::from(points) * u64::from(count))
        };
        let sum: u64 = receipt.entries.iter().filter_map(of).sum();
        if sum != u64::from(said) {
            let ja = format!("{said}点です。この負担者に係る明細の合計は{sum}点です");
            let en = format!("it is {said}; the lines of this payer add up to {sum}");
            report.add(rule, spot.item("合計点数"), ja, en);
        }
    }
}
