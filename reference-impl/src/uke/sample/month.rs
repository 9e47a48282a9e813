//! A month's file of any form and size.

use jiff::civil::{Date, date};

use super::super::{
    AssignedFee, Care, Charge, Check, ClaimFile, Comment, Condition, Confirmation, Course, DAYS,
    DayMark, DayMarks, Disease, DispensedDrug, Dispensing, Drug, Entry, Fee, Form, Header,
    Insurance, Management, NursedDisease, Order, Orderer, Prescriber, Prescription, PublicPayer,
    Quantity, Receipt, ReviewBody, Service, Sex, ToothDisease, Treatment, VisitPlace,
};
use crate::calendar::Month;
use crate::ids::BranchNumber;

/// The month of service of the files.
fn service_month() -> Month {
    Month::of(date(2025, 5, 1))
}

/// A file of so many receipts, always the same: every seventh is of a 後期高齢者, every fifth has
/// a public payer too.
pub fn month(form: Form, receipts: u32) -> ClaimFile {
    let header = Header {
        prefecture: "13".into(),
        institution: "9990001".into(),
        name: if form == Form::Dental { "" } else { "見本医院" }.into(),
        phone: "03-0000-0000".into(),
        ..Header::blank(ReviewBody::Siif, service_month().plus(1))
    };
    ClaimFile::new(form, header, (1..=receipts).map(|number| receipt(form, number)).collect())
}

/// The days in May on which patient `number` came: one to three, the same day of the week.
fn days(number: u32) -> Vec<Date> {
    let first = i8::try_from(number % 7).unwrap_or_default() + 5;
    (0..=i8::try_from(number % 3).unwrap_or_default())
        .map(|week| date(2025, 5, first + 7 * week))
        .collect()
}

fn receipt(form: Form, number: u32) -> Receipt {
    let days = days(number);
    let elderly = number.is_multiple_of(7);
    let public = number.is_multiple_of(5);
    let (content, points) = content(form, number, &days);
    let count = u8::try_from(days.len()).unwrap_or(u8::MAX);
    let main = if elderly { '3' } else { '1' };
    let person = if elderly { '8' } else { '2' };
    let year = if elderly { 1940 } else { 1980 } + i16::try_from(number % 9).unwrap_or_default();
    let insurance = Insurance {
        insurer: if elderly { "39130018" } else { "06139992" }.into(),
        symbol: if elderly { "" } else { "1234" }.into(),
        number: format!("{:08}", number % 100_000_000).as_str().into(),
        days: count,
        points,
        ..Insurance::default()
    };
    let payer = PublicPayer {
        payer: "54130018".into(),
        recipient: "1234566".into(),
        days: count,
        points,
        ..PublicPayer::default()
    };
    let branch = BranchNumber::from(if elderly { "" } else { "01" });
    let mut entries: Vec<Entry> = vec![Check::new(1, Confirmation::Valid, branch).into()];
    entries
        .extend(public.then(|| Check::new(2, Confirmation::Valid, BranchNumber::default()).into()));
    entries.push(DayMarks::counted_on(&days).into());
    if public {
        let mut marks = DayMarks::counted_on(&days);
        marks.payer_kind = 2;
        entries.push(marks.into());
    }
    entries.push(Charge { class: "00".into() }.into());
    entries.extend(content);
    Receipt {
        kind: format!("{}{main}{}{person}", form.code(), 1 + u8::from(public)).into(),
        name: "見本　花子".into(),
        kana: "ミホンハナコ".into(),
        sex: if number.is_multiple_of(2) { Sex::Male } else { Sex::Female },
        born: date(year, 4, 12),
        chart_number: format!("K{number:06}").into(),
        prescriber: (form == Form::Pharmacy).then(|| Box::new(prescriber())),
        insurance: Some(insurance),
        publics: if public { vec![payer] } else { Vec::new() },
        entries,
        ..Receipt::blank(number, service_month())
    }
}

fn prescriber() -> Prescriber {
    Prescriber {
        prefecture: "13".into(),
        table: "1".into(),
        institution: "9990001".into(),
        name: "見本医院".into(),
        address: "東京都見本区一丁目".into(),
        doctors: vec!["見本　太郎".into()].into(),
        ..Prescriber::default()
    }
}

/// The records of what was done, and the points they make.
fn content(form: Form, number: u32, days: &[Date]) -> (Vec<Entry>, u32) {
    match form {
        Form::Medical => medical(number, days),
        Form::Dental => dental(number, days),
        Form::Pharmacy => pharmacy(number, days),
        Form::VisitingNursing => nursing(days),
    }
}

/// 負担区分: the insurer, and the first public payer where there is one.
fn burden(number: u32) -> &'static str {
    if number.is_multiple_of(5) { "2" } else { "1" }
}

fn per_day(days: &[Date]) -> [u16; DAYS] {
    DayMarks::counted_on(days).marks.map(|mark| u16::from(mark == DayMark::Counted))
}

fn times(days: &[Date]) -> u16 {
    u16::try_from(days.len()).unwrap_or(u16::MAX)
}

fn medical(number: u32, days: &[Date]) -> (Vec<Entry>, u32) {
    let service = |identification: &str, code: &str, points, days: &[Date]| -> Entry {
        Service {
            identification: identification.into(),
            burden: burden(number).into(),
            code: code.into(),
            points: Some(points),
            count: times(days),
            per_day: per_day(days),
            ..Service::default()
        }
        .into()
    };
    let drug = |code: &str, points, quantity: &str| -> Entry {
        Drug {
            identification: if points > 0 { "21" } else { "" }.into(),
            burden: burden(number).into(),
            code: code.into(),
            quantity: Quantity::parse(quantity),
            points: (points > 0).then_some(points),
            count: times(days),
            per_day: per_day(days),
            ..Drug::default()
        }
        .into()
    };
    let disease = |code: &str, main| -> Entry {
        let name = if code == "0000999" { "見本病" } else { "" };
        Disease {
            code: code.into(),
            started: days[0],
            name: name.into(),
            main,
            ..Disease::default()
        }
        .into()
    };
    let comment = Comment {
        identification: "21".into(),
        burden: burden(number).into(),
        code: "810000001".into(),
        text: "見本のコメント".into(),
        ..Comment::default()
    };
    let mut entries = vec![disease("8830052", true), disease("0000999", false)];
    entries.push(service("11", "111000110", 291, &days[..1]));
    entries.extend((days.len() > 1).then(|| service("12", "112007410", 75, &days[1..])));
    entries.extend([drug("620000001", 12, "3"), comment.into(), drug("620000002", 5, "1.5")]);
    entries.push(service("60", "160008010", 21, days));
    let count = u32::from(times(days));
    (entries, 291 + 75 * (count - 1) + (12 + 5 + 21) * count)
}

fn dental(number: u32, days: &[Date]) -> (Vec<Entry>, u32) {
    let teeth = ToothDisease {
        teeth: "101600101700".into(),
        code: "5220063".into(),
        ..ToothDisease::default()
    };
    let treatment = |identification: &str, code: &str, points, days: &[Date]| -> Entry {
        Treatment {
            identification: identification.into(),
            burden: burden(number).into(),
            code: code.into(),
            points: Some(points),
            count: times(days),
            per_day: per_day(days),
            ..Treatment::default()
        }
        .into()
    };
    let entries = vec![
        teeth.into(),
        treatment("11", "301000110", 267, &days[..1]),
        treatment("31", "305004310", 402, days),
    ];
    (entries, 267 + 402 * u32::from(times(days)))
}

fn pharmacy(number: u32, days: &[Date]) -> (Vec<Entry>, u32) {
    let burden = burden(number);
    let mut entries: Vec<Entry> = Vec::new();
    for (acceptance, day) in (1..).zip(days) {
        let prescription = Prescription {
            number: format!("{acceptance:02}").into(),
            dosage_form: "1".into(),
            usage: "013".into(),
            unit_points: 6,
            ..Prescription::default()
        };
        let fee = |code: &str, points| AssignedFee {
            burden: burden.into(),
            basis: "1".into(),
            target: "00".into(),
            code: code.into(),
            points: Some(points),
        };
        let dispensing = Dispensing {
            doctor: "1".into(),
            prescribed: Some(*day),
            dispensed: Some(*day),
            acceptance,
            quantity: 14,
            preparation: fee("420000001", 24),
            drug_points: Some(84),
            management: fee("440000001", 28),
            ..Dispensing::default()
        };
        let drug = DispensedDrug {
            burden: burden.into(),
            code: "620000001".into(),
            quantity: Quantity::parse("3"),
            ..DispensedDrug::default()
        };
        entries.extend([prescription.into(), dispensing.into(), drug.into()]);
    }
    for (acceptance, day) in (1..).zip(days) {
        let base = Fee { burden: burden.into(), code: "410000001".into(), points: Some(45) };
        let on = Some(*day);
        entries.push(Management { on, acceptance, base, ..Management::default() }.into());
    }
    (entries, (24 + 84 + 28 + 45) * u32::from(times(days)))
}

fn nursing(days: &[Date]) -> (Vec<Entry>, u32) {
    let orderer = Orderer {
        prefecture: "13".into(),
        table: "1".into(),
        institution: "9990001".into(),
        name: "見本医院".into(),
        doctor: "見本　太郎".into(),
        reported: Some(days[0]),
    };
    let (from, to) = (Some(date(2025, 5, 1)), Some(date(2025, 10, 31)));
    let order = Order { kind: "01".into(), from, to };
    let condition =
        Condition { text: "見本の状態".into(), listed: "03".into(), ..Condition::default() };
    let disease = NursedDisease { code: "8830052".into(), ..NursedDisease::default() };
    let place = VisitPlace { code: "01".into(), text: "".into() };
    let course = Course { started: Some(days[0]), place, ..Course::default() };
    let mut entries: Vec<Entry> =
        vec![orderer.into(), order.into(), condition.into(), disease.into(), course.into()];
    for day in days {
        let care = Care {
            on: Some(*day),
            burden: "1".into(),
            code: "510000110".into(),
            yen: 5550,
            staff: "01".into(),
            ..Care::default()
        };
        entries.push(care.into());
    }
    (entries, 5550 * u32::from(times(days)))
}
