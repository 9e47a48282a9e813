//! Whether items are as long as the item tables say (CLM-097).

use super::report::Report;
use crate::lang::Bilingual;
use crate::uke::{Item, Kind, Line, Lines, RecordSpec};

/// The rule on lengths.
pub(super) const RULE: &str = "CLM-097";

/// Looks at every item of every record that has an item table and as many items as that says.
pub(super) fn check(bytes: &[u8], report: &mut Report<'_>) {
    for line in Lines::of(bytes).0.flatten() {
        let id = line.id().unwrap_or_default();
        let Some(spec) = std::str::from_utf8(&id).ok().and_then(|id| report.form().spec(id)) else {
            continue;
        };
        items(&line, spec, report);
        if report.is_full() {
            break;
        }
    }
}

fn items(line: &Line<'_>, spec: &'static RecordSpec, report: &mut Report<'_>) {
    let mut items = line.bytes.split(|&byte| byte == b',').skip(1);
    for (number, item) in spec.each() {
        // A record with too few items is a fault of its form.
        let Some(text) = items.next() else { return };
        if let Some(problem) = problem(text, item) {
            let place = (line.number, line.offset);
            report.add_item(RULE, place, (spec.id, number), problem);
        }
    }
}

fn problem(text: &[u8], item: Item) -> Option<Bilingual> {
    let (found, longest) = (text.len(), item.longest);
    match item.kind {
        _ if found == 0 => None,
        Kind::Code if found != longest => Some(Bilingual::new(
            format!("{found}バイトです。{longest}桁のコードを記録します"),
            format!("it has {found} bytes; a code of {longest} stands here"),
        )),
        Kind::Digits if !text.iter().all(u8::is_ascii_digit) => Some(Bilingual::new(
            "数字でない文字があります。数字だけを記録します",
            "it holds more than digits; only digits stand here",
        )),
        Kind::Digits | Kind::Letters | Kind::Text if found > longest => Some(Bilingual::new(
            format!("{found}バイトです。{longest}バイトまでです"),
            format!("it has {found} bytes; {longest} are the most"),
        )),
        _ => None,
    }
}
