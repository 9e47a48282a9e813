//! The item tables: which items a record has, in the order and with the names of the published
//! record specifications (記録条件仕様). Reading, writing, checking, showing a file and the
//! messages about it all use them.

use crate::lang::Bilingual;
use crate::register::Certainty;

/// What an item holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A code of fixed length; leading zeros count.
    Code,
    /// Digits up to a length; leading zeros count.
    Digits,
    /// Latin letters and digits up to a length (英数).
    Letters,
    /// A whole number without padding (CLM-062).
    Number,
    /// A number that may have a decimal point.
    Decimal,
    /// Text: full width, or Latin letters and digits, but not both in one item.
    Text,
    /// `YYYYMM` (CLM-061).
    Month,
    /// `YYYYMMDD` (CLM-061).
    Date,
    /// 予備: nothing is written here.
    Reserved,
}

/// One item of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item {
    /// What it holds.
    pub kind: Kind,
    /// Its longest length in bytes of Shift_JIS; the only one for [`Kind::Code`].
    pub longest: usize,
    /// The Japanese name; `#` stands for the number of the repetition.
    pub ja: &'static str,
    /// The English name, likewise.
    pub en: &'static str,
}

impl Item {
    /// The names, `repetition` counting from 1.
    fn named(&self, repetition: usize) -> Bilingual {
        let number = repetition.to_string();
        Bilingual::new(self.ja.replace('#', &number), self.en.replace('#', &number))
    }
}

/// Items that stand in a row one or more times, such as a code with its text three times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// How often.
    pub times: usize,
    /// The items of one repetition.
    pub items: &'static [Item],
}

/// The item table of one kind of record in one form of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordSpec {
    /// レコード識別情報, which is item 1.
    pub id: &'static str,
    /// The Japanese name, such as `保険者レコード`.
    pub ja: &'static str,
    /// The English name, such as `insurer`.
    pub en: &'static str,
    /// How well the table is founded: [`Certainty::Secondary`] where the order of the items was
    /// compared with public transcriptions of the specification, [`Certainty::Memory`] where it
    /// was not. The lengths are those of the transcription where it gives any.
    pub certainty: Certainty,
    /// The items after the id.
    pub rows: &'static [Row],
    /// How many items there are with the id.
    pub items: usize,
}

impl RecordSpec {
    /// Item `number` and its name in this place; `None` for the id and beyond the last one.
    pub fn item(&self, number: usize) -> Option<(Item, Bilingual)> {
        let mut left = number.checked_sub(2)?;
        for row in self.rows {
            let count = row.items.len() * row.times;
            if left < count {
                let item = row.items.get(left % row.items.len())?;
                return Some((*item, item.named(left / row.items.len() + 1)));
            }
            left -= count;
        }
        None
    }

    /// What item `number` is called.
    pub fn name(&self, number: usize) -> Option<Bilingual> {
        self.item(number).map(|(_, name)| name)
    }

    /// Every item after the id with its number, item by item and without any allocation.
    pub fn each(&self) -> impl Iterator<Item = (usize, Item)> {
        let repeated = |row: &Row| std::iter::repeat_n(row.items, row.times).flatten().copied();
        (2..).zip(self.rows.iter().flat_map(repeated))
    }
}

/// How many items `rows` make together with the record id.
pub(super) const fn count(rows: &[Row]) -> usize {
    let (mut sum, mut at) = (1, 0);
    while at < rows.len() {
        sum += rows[at].items.len() * rows[at].times;
        at += 1;
    }
    sum
}
