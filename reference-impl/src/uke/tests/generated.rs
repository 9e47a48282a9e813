//! Files generated from the item tables: every form, every record, every item.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

/// A source of choices.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    fn one_of<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[usize::try_from(self.roll(values.len() as u64)).unwrap()]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.roll(10) as u8)).collect()
    }

    fn up_to(&mut self, longest: usize) -> usize {
        usize::try_from(self.roll(longest as u64 + 1)).unwrap()
    }
}

const INSURERS: [&str; 3] = ["06139992", "39130018", "  138016"];

/// A valid text for an item; items that are a code of a list are known by their English name.
fn item(form: Form, id: &str, item: &Item, dice: &mut Dice) -> String {
    let known = match (id, item.en) {
        (_, "review body") => dice.one_of(&["1", "2"]),
        (_, "fee table") => form.code(),
        ("GO", "volume") => "99",
        (_, "volume") => "00",
        (_, "sex") => dice.one_of(&["1", "2"]),
        (_, "outcome") => dice.one_of(&["1", "2", "3", "4"]),
        (_, "main disease") => dice.one_of(&["", "01"]),
        (_, "check code") => dice.one_of(&["01", "02", "05", "09", "14"]),
        (_, "insurer number") => dice.one_of(&INSURERS),
        (_, "insurer number found") => dice.one_of(&["", INSURERS[0], INSURERS[2]]),
        (_, "special notes") => dice.one_of(&["", "26", "0216", "0102030405"]),
        (_, "benefit in percent" | "reduction in percent") => dice.one_of(&["0", "70", "100"]),
        ("JD", "day #") => dice.one_of(&["", "1", "2", "9"]),
        (_, "day #") => dice.one_of(&["", "", "1", "12", "999"]),
        _ => return any_of(item.kind, item.longest, dice),
    };
    known.to_owned()
}

fn any_of(kind: Kind, longest: usize, dice: &mut Dice) -> String {
    match kind {
        Kind::Reserved => String::new(),
        Kind::Code => dice.digits(longest),
        Kind::Digits => {
            let count = dice.up_to(longest);
            dice.digits(count)
        }
        Kind::Letters => {
            let count = dice.up_to(longest);
            (0..count).map(|_| dice.one_of(&["0", "7", "A", "Z", "-", "/"])).collect()
        }
        Kind::Number => {
            let count = dice.up_to(longest - 1);
            format!("{}{}", 1 + dice.roll(9), dice.digits(count))
        }
        Kind::Decimal => dice.one_of(&["0", "1", "1.5", "0.25", "12.50"]).to_owned(),
        // Second bytes that are a backslash or a bar are among these.
        Kind::Text => {
            let count = dice.up_to(longest / 2);
            (0..count)
                .map(|_| dice.one_of(&["見", "本", "表", "ソ", "能", "　", "・", "ー"]))
                .collect()
        }
        Kind::Month => dice.one_of(&["202505", "199912", "000101"]).to_owned(),
        Kind::Date => dice.one_of(&["20250531", "20240229", "19000101"]).to_owned(),
    }
}

fn record(form: Form, id: &str, seed: u64) -> String {
    let mut dice = Dice(seed);
    let Some(spec) = form.spec(id) else {
        return format!("{id},見本,{}", dice.digits(3));
    };
    let items = spec.each().map(|(_, it)| format!(",{}", item(form, id, &it, &mut dice)));
    format!("{id}{}", items.collect::<String>())
}

/// The records that can follow the payers of a receipt.
fn entry_ids(form: Form) -> Vec<&'static str> {
    let own: &[&str] = match form {
        Form::Medical => &["GR", "SY", "SI", "IY", "TO", "CO", "SJ"],
        Form::Dental => &["HS", "SS", "SI", "IY", "TO", "CO", "SJ"],
        Form::Pharmacy => &["SH", "CZ", "IY", "TO", "CO", "TK", "KI", "ST"],
        Form::VisitingNursing => &["IH", "HJ", "JS", "SY", "RJ", "CO", "TZ", "KA"],
    };
    [&["SN", "JD", "MF"], own, &["ZZ"]].concat()
}

fn receipts(form: Form) -> impl Strategy<Value = Vec<String>> {
    let ids = entry_ids(form);
    let entry = (select(ids), any::<u64>());
    (any::<u64>(), any::<Option<u64>>(), vec(any::<u64>(), 0..3), vec(entry, 0..8)).prop_map(
        move |(patient, insurance, publics, mut entries)| {
            entries.sort_by_key(|(id, _)| form.rank(id.as_bytes().try_into().unwrap()));
            let publics = publics.into_iter().map(|seed| ("KO", seed));
            let payers = insurance.into_iter().map(|seed| ("HO", seed)).chain(publics);
            let all = std::iter::once(("RE", patient)).chain(payers).chain(entries);
            all.map(|(id, seed)| record(form, id, seed)).collect()
        },
    )
}

/// A valid file as its lines.
fn files() -> impl Strategy<Value = (Form, Vec<String>)> {
    select(Form::ALL).prop_flat_map(|form| {
        (any::<[u64; 2]>(), vec(receipts(form), 0..3)).prop_map(
            move |([header, total], receipts)| {
                let header = record(form, form.header_id(), header);
                let total = record(form, "GO", total);
                let lines = std::iter::once(header).chain(receipts.concat()).chain([total]);
                (form, lines.collect())
            },
        )
    })
}

fn bytes_of(lines: &[String]) -> Vec<u8> {
    sample::encode(&lines.iter().map(|line| format!("{line}\r\n")).collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_generated_file_reads_and_writes_to_the_same_bytes((form, lines) in files(), mark: bool) {
        let mut bytes = bytes_of(&lines);
        bytes.extend(mark.then_some(0x1A));
        let file = read(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(file.form, form);
        prop_assert_eq!(write(&file).unwrap(), bytes.clone());
        let reading = read_all(&bytes);
        prop_assert_eq!(&reading.faults, &[]);
        // Each record is found where it stands.
        let places = reading.receipts.iter().flat_map(|found| &found.places);
        let around = [reading.header_place.unwrap(), reading.total.unwrap().1];
        let mut found: Vec<_> = places.chain(&around).map(|place| (place.line, place.byte)).collect();
        found.sort_unstable();
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', &bytes).map(|at| at + 1));
        let expected: Vec<_> = (1..).zip(starts).take(lines.len()).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn an_item_that_is_no_text_is_named_by_line_item_and_byte(
        (form, lines) in files(), line: Index, item: Index,
    ) {
        let mut wrong = lines.clone();
        let line = line.index(lines.len());
        let count = lines[line].split(',').count();
        prop_assume!(count > 1);
        let item = 1 + item.index(count - 1);
        let start = lines[line].split(',').take(item).map(|it| sample::encode(it).len() + 1).sum::<usize>();
        let items: Vec<_> = lines[line].split(',').collect();
        wrong[line] = [&items[..item], &["\u{1}"], &items[item + 1..]].concat().join(",");
        let mut bytes = bytes_of(&wrong);
        let byte = bytes_of(&lines[..line]).len() + start;
        // No Shift_JIS character begins so.
        bytes[byte] = 0xFF;
        let error = read(&bytes).unwrap_err();
        prop_assert_eq!((error.line, error.item, error.byte), (line + 1, Some(item + 1), byte), "{}", error);
        let spec = form.spec(&error.record);
        prop_assert_eq!(error.name(), spec.and_then(|spec| spec.name(item + 1)));
        let reading = read_all(&bytes);
        prop_assert_eq!(&reading.faults[..1], &[error]);
        prop_assert_eq!(reading.faults.len(), 1);
        prop_assert!(!reading.cut);
    }

    #[test]
    fn what_is_read_after_any_change_writes_back_to_the_same_bytes(
        (_, lines) in files(), changes in vec((any::<Index>(), any::<u8>()), 0..3),
        emptied in vec((any::<Index>(), any::<Index>()), 0..3),
    ) {
        let mut lines = lines;
        for (line, item) in emptied {
            let line = line.index(lines.len());
            let mut items: Vec<_> = lines[line].split(',').collect();
            let item = item.index(items.len());
            if item > 0 {
                items[item] = "";
            }
            lines[line] = items.join(",");
        }
        let mut bytes = bytes_of(&lines);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let reading = read_all(&bytes);
        match read(&bytes) {
            Ok(file) => {
                prop_assert_eq!(&reading.faults, &[]);
                prop_assert_eq!(write(&file).unwrap(), bytes);
            }
            Err(error) => prop_assert_eq!(reading.faults.first(), Some(&error)),
        }
    }
}
