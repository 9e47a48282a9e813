//! The records of a receipt behind the payers, one or more lines each.

use madoguchi_reference::uke::{DAYS, Entry, Form, Line, Outcome};

use super::columns::{grouped, padded, right, wrapped};
use crate::Lang;

/// A record that has a place in the table of services, diseases or remarks.
pub(super) fn coded_line(entry: &Entry, lang: Lang) -> Option<String> {
    Some(match entry {
        Entry::Disease(it) => {
            let outcome = match it.outcome {
                Outcome::Continuing => lang.pick("継続", "continuing"),
                Outcome::Cured => lang.pick("治癒", "cured"),
                Outcome::Death => lang.pick("死亡", "death"),
                Outcome::Stopped => lang.pick("中止", "stopped"),
            };
            let main = if it.main { lang.pick("主傷病", "main") } else { "" };
            let from = lang.pick("から", "");
            let text = format!(
                "SY  {} {} {} {}{from} {outcome} {main} {}",
                it.code, it.modifiers, it.name, it.started, it.comment
            );
            wrapped(&squeezed(&text), 3)
        }
        Entry::Service(it) => {
            let charged = charged(it.points, it.count);
            Table {
                id: "SI",
                category: &it.identification,
                burden: &it.burden,
                code: &it.code,
                charged,
            }
            .line(&it.per_day, lang)
        }
        Entry::Drug(it) => {
            let charged = charged(it.points, it.count);
            Table {
                id: "IY",
                category: &it.identification,
                burden: &it.burden,
                code: &it.code,
                charged,
            }
            .line(&it.per_day, lang)
        }
        Entry::Material(it) => {
            let charged = charged(it.points, it.count);
            Table {
                id: "TO",
                category: &it.identification,
                burden: &it.burden,
                code: &it.code,
                charged,
            }
            .line(&it.per_day, lang)
        }
        Entry::Treatment(it) => {
            let charged = charged(it.points, it.count);
            Table {
                id: "SS",
                category: &it.identification,
                burden: &it.burden,
                code: &it.code,
                charged,
            }
            .line(&it.per_day, lang)
        }
        Entry::Comment(it) if !it.burden.is_empty() => {
            let head = format!("CO  {} {} {}  ", padded(&it.identification, 2), it.burden, it.code);
            wrapped(&format!("{head}{}", it.text), 3)
        }
        _ => return None,
    })
}

/// Points, count and their product, or the count alone.
fn charged(points: Option<u32>, count: u16) -> String {
    let product = |points: u32| u64::from(points) * u64::from(count);
    match points {
        Some(points) => format!(
            "{} × {} = {}",
            right(&grouped(u64::from(points)), 7),
            padded(&count.to_string(), 2),
            right(&grouped(product(points)), 8)
        ),
        None => format!("{} × {count}", right("", 7)),
    }
}

/// A line of the table of services.
struct Table<'a> {
    id: &'static str,
    category: &'a str,
    burden: &'a str,
    code: &'a str,
    charged: String,
}

impl Table<'_> {
    fn line(&self, per_day: &[u16; DAYS], lang: Lang) -> String {
        let days = (1..).zip(per_day).filter(|(_, times)| **times > 0);
        let days: Vec<String> = days
            .map(|(day, times)| match times {
                1 => format!("{day}"),
                times => format!("{day}×{times}"),
            })
            .collect();
        let days = match days.is_empty() {
            true => String::new(),
            false => format!("  {} {}", lang.pick("算定日", "on"), days.join(" ")),
        };
        let Self { id, category, burden, code, charged } = self;
        let text = format!("   {id}  {} {burden} {code}{charged}", padded(category, 2));
        if days.len() + text.len() <= super::columns::COLUMNS {
            return format!("{text}{days}\n");
        }
        format!("{}\n{}", text.trim_end(), wrapped(days.trim(), 12))
    }
}

/// Any other record: its name, and every item that is not empty with its own.
pub(super) fn other_line(
    form: Form,
    id: &str,
    bytes: &[u8],
    byte: Option<usize>,
    lang: Lang,
) -> String {
    let spec = form.spec(id);
    let title = spec.map_or("", |spec| lang.pick(spec.ja, spec.en));
    let rest = byte.and_then(|byte| bytes.get(byte..)).unwrap_or_default();
    let end = rest.iter().position(|&byte| byte == b'\r' || byte == b'\n').unwrap_or(rest.len());
    let line = Line { number: 1, offset: 0, bytes: rest.get(..end).unwrap_or_default() };
    let mut text = format!("{id}  {title}");
    for (item, number) in line.items().zip(2..) {
        let Some(item) = item.filter(|item| !item.is_empty()) else { continue };
        let name = spec.and_then(|spec| spec.name(number));
        let name = name.map_or_else(|| number.to_string(), |name| name.pick(lang).to_owned());
        text.push_str(&format!("  {name}: {item}"));
    }
    wrapped(&text, 3)
}

/// Without spaces in a row, which empty items leave behind.
fn squeezed(text: &str) -> String {
    let (head, rest) = text.split_at(4);
    format!(
        "{head}{}",
        rest.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    )
}
