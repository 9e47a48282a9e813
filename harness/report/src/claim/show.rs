//! What is in a claim file, receipt by receipt.

use std::fmt::Write;

use madoguchi_reference::numbers::InsurerParts;
use madoguchi_reference::uke::{
    DayMark, DayMarks, Entry, Examination, Form, Found, Header, MainPayer, Person, Receipt,
    ReceiptKind, ReviewBody, Sex, Total,
};
use serde::Serialize;

use super::columns::{counted, grouped, wrapped};
use super::lines::{coded_line, other_line};
use crate::Lang;

/// What could be read of a claim file, for programs.
#[derive(Debug, Serialize)]
pub struct ClaimShow<'a> {
    schema: &'static str,
    file: &'a str,
    form: Form,
    header: &'a Header,
    receipts: Vec<&'a Receipt>,
    total: Option<&'a Total>,
    /// How many findings checking the file yields.
    findings: usize,
}

impl<'a> ClaimShow<'a> {
    /// What `examination` read of `file`.
    pub fn of(file: &'a str, examination: &'a Examination) -> Self {
        let reading = &examination.reading;
        Self {
            schema: "madoguchi-claim-show/1",
            file,
            form: reading.form,
            header: &reading.header,
            receipts: reading.receipts.iter().map(|found| &found.receipt).collect(),
            total: reading.total.as_ref().map(|(total, _)| total),
            findings: examination.findings.len(),
        }
    }
}

/// The file as text for a terminal. `bytes` are those that were examined.
pub fn claim_show(file: &str, bytes: &[u8], examination: &Examination, lang: Lang) -> String {
    let reading = &examination.reading;
    let mut text = wrapped(&head(file, examination, lang), 0);
    for (found, number) in reading.receipts.iter().zip(1..) {
        text.push('\n');
        text.push_str(&Shown { form: reading.form, found, bytes, lang }.text(number));
    }
    let found = examination.findings.len();
    if found > 0 {
        let said = match lang {
            Lang::Ja => format!("指摘が{found}件あります：madoguchi --lang ja claim check {file}"),
            Lang::En => {
                let found = counted(found, "finding");
                format!("{found}; see madoguchi claim check {file}")
            }
        };
        text.push('\n');
        text.push_str(&wrapped(&said, 0));
    }
    text
}

fn head(file: &str, examination: &Examination, lang: Lang) -> String {
    let reading = &examination.reading;
    let header = &reading.header;
    let (ja, en) = reading.form.names();
    let body = match header.payer {
        ReviewBody::Siif => lang.pick("支払基金", "SIIF"),
        ReviewBody::Kkr => lang.pick("国保連合会", "KKR"),
    };
    let (prefecture, name) = (&header.prefecture, &header.name);
    let institution = format!("{prefecture}-{}-{}", reading.form.code(), header.institution);
    let month = header.claim_month;
    let receipts = reading.receipts.len();
    let sums = reading.total.as_ref().filter(|_| reading.form != Form::VisitingNursing);
    let sums = sums.map(|(total, _)| match lang {
        Lang::Ja => format!("（GO：{}件 {}点）", total.receipts, grouped(total.points)),
        Lang::En => format!(" (GO: {} with {} points)", total.receipts, grouped(total.points)),
    });
    let sums = sums.unwrap_or_default();
    match lang {
        Lang::Ja => format!(
            "{file}：{ja} {month}請求 {body}あて {institution} {name} レセプト{receipts}件{sums}"
        ),
        Lang::En => format!(
            "{file}: {en}, claimed in {month} from {body}, {institution} {name}, {}{sums}",
            counted(receipts, "receipt")
        ),
    }
}

/// One receipt and the file it stands in.
struct Shown<'a> {
    form: Form,
    found: &'a Found,
    bytes: &'a [u8],
    lang: Lang,
}

impl Shown<'_> {
    fn text(&self, number: usize) -> String {
        let receipt = &self.found.receipt;
        let lang = self.lang;
        let line = self.found.places.first().map_or(0, |place| place.line);
        let mut text = match lang {
            Lang::Ja => format!("== レセプト{number}（{line}行目） {}\n", receipt.month),
            Lang::En => format!("== Receipt {number} (line {line})  {}\n", receipt.month),
        };
        let kind = kind_name(&receipt.kind, lang);
        text.push_str(&wrapped(&format!("{} {kind}", receipt.kind), 3));
        let faulty = self.found.places.first().filter(|place| place.faulty);
        text.push_str(&match faulty {
            Some(place) => other_line(self.form, "RE", self.bytes, Some(place.byte), lang),
            None => wrapped(&self.patient(), 3),
        });
        text.push_str(&self.payers());
        for (index, entry) in receipt.entries.iter().enumerate() {
            let place = self.found.entry_place(index);
            text.push_str(&match place.filter(|place| place.faulty) {
                // What was read of it cannot be relied on, so it is shown as it stands.
                Some(place) => {
                    other_line(self.form, entry.id(), self.bytes, Some(place.byte), lang)
                }
                None => self.entry(entry, place.map(|place| place.byte)),
            });
        }
        text
    }

    fn patient(&self) -> String {
        let (receipt, lang) = (&self.found.receipt, self.lang);
        let sex = match receipt.sex {
            Sex::Male => lang.pick("男", "male"),
            Sex::Female => lang.pick("女", "female"),
        };
        let born = lang.pick("生年月日", "born");
        let mut text = format!("{} {}  {sex}  {born} {}", receipt.name, receipt.kana, receipt.born);
        let mut add = |ja: &str, en: &str, value: &str| {
            if !value.is_empty() {
                let _ = write!(text, "  {} {value}", lang.pick(ja, en));
            }
        };
        add(
            "給付割合",
            "benefit",
            &receipt.benefit_percent.map_or(String::new(), |n| format!("{n}%")),
        );
        add("入院", "admitted", &receipt.admitted.map_or(String::new(), |day| day.to_string()));
        add("特記", "notes", &receipt.notes.join(" "));
        add("カルテ", "chart", &receipt.chart_number);
        if let Some(by) = &receipt.prescriber {
            add("処方", "prescribed by", &by.name);
        }
        text
    }

    fn payers(&self) -> String {
        let (receipt, lang) = (&self.found.receipt, self.lang);
        let mut text = String::new();
        if let Some(ho) = &receipt.insurance {
            let name = ho.insurer.parts().map(|InsurerParts { kind, .. }| kind.name());
            let name = name.map(|name| name.pick(lang).to_owned()).unwrap_or_default();
            let branch = receipt.check().map_or("", |check| check.branch.as_str());
            let branch = if branch.is_empty() { String::new() } else { format!(" ({branch})") };
            let insured = format!("{}・{}{branch}", ho.symbol, ho.number);
            let head = format!("HO {} {insured}  {name}", ho.insurer);
            text.push_str(&wrapped(&head, 3));
            text.push_str(&self.sums(ho.days, ho.points, ho.charged_yen));
        }
        for (ko, number) in receipt.publics.iter().zip(1..) {
            let name = ko.payer.parts().map(|parts| parts.kind.name());
            let name = name.map(|name| name.pick(lang).to_owned()).unwrap_or_default();
            let head = format!("KO{number} {} {}  {name}", ko.payer, ko.recipient);
            text.push_str(&wrapped(&head, 3));
            text.push_str(&self.sums(ko.days, ko.points, ko.charged_yen));
        }
        text
    }

    /// Days, points and money of one payer.
    fn sums(&self, days: u8, points: u32, charged: Option<u32>) -> String {
        let lang = self.lang;
        let counted = match self.form {
            Form::Pharmacy => lang.pick("受付", "prescriptions"),
            _ => lang.pick("日数", "days"),
        };
        let unit = match self.form {
            Form::VisitingNursing => lang.pick("円", "yen"),
            _ => lang.pick("点", "points"),
        };
        let points = grouped(u64::from(points));
        let mut text = format!("{counted} {days}  {points} {unit}");
        if let Some(yen) = charged {
            let yen = grouped(u64::from(yen));
            let _ = match lang {
                Lang::Ja => write!(text, "  負担金額 {yen} 円"),
                Lang::En => write!(text, "  charged {yen} yen"),
            };
        }
        wrapped(&text, 6)
    }

    fn entry(&self, entry: &Entry, byte: Option<usize>) -> String {
        match entry {
            Entry::Days(days) => self.days(days),
            entry => coded_line(entry, self.lang)
                .unwrap_or_else(|| other_line(self.form, entry.id(), self.bytes, byte, self.lang)),
        }
    }

    /// The days of a month in a line under their numbers: `#` counted, `o` a visit that does not
    /// count, `x` one that does not match.
    fn days(&self, days: &DayMarks) -> String {
        let last = usize::from(self.found.receipt.month.last().day().unsigned_abs());
        let kind = days.payer_kind;
        let marks: String = (days.marks.iter().zip(1..))
            .filter(|(mark, day)| *day <= last || **mark != DayMark::None)
            .map(|(mark, _)| match mark {
                DayMark::None => '.',
                DayMark::Counted => '#',
                DayMark::NotCounted => 'o',
                DayMark::Mismatch => 'x',
            })
            .collect();
        let said = match self.lang {
            Lang::Ja => format!("計上{}日（#計上 o計上しない x不一致）", days.counted()),
            Lang::En => format!("{} counted (# counted, o not, x mismatch)", days.counted()),
        };
        format!("   JD{kind} 1   5    10   15   20   25   30\n       {marks}  {said}\n")
    }
}

/// What the four digits of a kind say.
fn kind_name(code: &str, lang: Lang) -> String {
    let Some(kind) = ReceiptKind::from_code(code) else { return String::new() };
    let (ja, en) = kind.form.names();
    let main = match kind.main {
        MainPayer::Insurance => lang.pick("医療保険", "insurance"),
        MainPayer::PublicOnly => lang.pick("公費", "public payers"),
        MainPayer::LateElderly => lang.pick("後期高齢者", "late-stage elderly"),
        MainPayer::Retired => lang.pick("退職者", "retired"),
    };
    let publics = kind.payers - u8::from(kind.main != MainPayer::PublicOnly);
    let publics = match (publics, lang) {
        (0, _) => String::new(),
        (n, Lang::Ja) => format!("・公費{n}種"),
        (n, Lang::En) => format!(" · {n} public"),
    };
    let person = match kind.person {
        Person::Insured => lang.pick("本人", "insured person"),
        Person::Preschool => lang.pick("未就学者", "preschool child"),
        Person::Family => lang.pick("家族", "family"),
        Person::Elderly => lang.pick("高齢一般・低所得", "elderly"),
        Person::ElderlyHighIncome => lang.pick("高齢7割", "elderly, 30%"),
    };
    let setting = match kind.inpatient {
        true => lang.pick("入院", "inpatient"),
        false => lang.pick("入院外", "outpatient"),
    };
    match lang {
        Lang::Ja => format!("（{ja}・{main}{publics}・{person}・{setting}）"),
        Lang::En => format!("({en} · {main}{publics} · {person} · {setting})"),
    }
}
