//! 住民基本台帳: who a person is according to the resident register. What insurers register is
//! held against it (ELIG-030, ELIG-032).

use std::collections::BTreeMap;

use crate::message::counter::Person;
use crate::message::registry::Entry;

/// The resident register, by the person an individual number stands for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Residents(BTreeMap<u16, Person>);

impl Residents {
    /// A resident register of these people.
    pub fn new(people: BTreeMap<u16, Person>) -> Self {
        Self(people)
    }

    /// Whether a record agrees with it in birth date, sex and kana name. Somebody the register
    /// does not hold agrees with nothing.
    ///
    /// The name in kanji is not compared: insurers' systems cannot hold every character
    /// (ELIG-035), and that is no sign of another person.
    pub fn agree(&self, entry: &Entry) -> bool {
        let registered = &entry.person;
        self.0.get(&entry.owner).is_some_and(|resident| {
            resident.born == registered.born
                && resident.sex == registered.sex
                && resident.kana == registered.kana
        })
    }
}
