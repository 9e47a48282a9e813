//! The register of insured persons, as the centre and the portal each hold it, and the two ways
//! of asking it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::aid::{AidFinding, AidRegistry};
use crate::calendar::Month;
use crate::ids::{InstitutionCode, InsuredKey, InsuredNumber, InsuredSymbol, InsurerNumber};
use crate::message::centre::{History, HistoryKey, Period};
use crate::message::counter::Person;
use crate::message::registry::{AidEntry, Entry, Registration};
use crate::wire::{LossReason, Validity};

/// All records, by person. A record is never deleted, only closed.
#[derive(Debug, Default)]
pub struct Registry {
    people: BTreeMap<u16, Vec<Entry>>,
    aid: AidRegistry,
    by_number: BTreeMap<(InsurerNumber, InsuredSymbol, InsuredNumber), Vec<u16>>,
    /// Losses whose record is not known yet.
    losses: Vec<Loss>,
}

#[derive(Debug)]
struct Loss {
    insured: InsuredKey,
    owner: u16,
    lost: Date,
    reason: LossReason,
    collected: Option<Date>,
}

/// What a question finds: how valid, and the record that says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding<'a> {
    /// 資格有効性 (OQSCD006).
    pub validity: Validity,
    /// The record shown with it.
    pub entry: Option<&'a Entry>,
}

impl<'a> Finding<'a> {
    fn of(validity: Validity, entry: Option<&'a Entry>) -> Self {
        Self { validity, entry }
    }
}

impl Registry {
    /// Takes in a registration. A gain with the same number and first day as a known one
    /// replaces it, and a loss that comes before its gain waits for it, so that neither the
    /// order nor a repetition changes what is known in the end.
    pub fn apply(&mut self, registration: Registration) {
        match registration {
            Registration::Gain(entry) => self.gain(*entry),
            Registration::Loss { insured, owner, lost, reason, collected } => {
                self.losses.push(Loss { insured, owner, lost, reason, collected });
            }
            Registration::Aid(entry) => self.aid.enter(*entry),
            Registration::Ticket(ticket) => self.aid.add_ticket(*ticket),
        }
        self.close_lost();
    }

    fn gain(&mut self, mut entry: Entry) {
        let owners = self.by_number.entry(number_of(&entry.insured)).or_default();
        if !owners.contains(&entry.owner) {
            owners.push(entry.owner);
        }
        let entries = self.people.entry(entry.owner).or_default();
        let same = |e: &Entry| e.insured == entry.insured && e.from == entry.from;
        if let Some(known) = entries.iter().find(|e| same(e)) {
            (entry.lost, entry.loss_reason) = (known.lost, known.loss_reason);
            entry.collected = known.collected;
        }
        entries.retain(|e| e.insured != entry.insured || e.from != entry.from);
        entries.push(entry);
        entries.sort_by_key(|e| e.from);
    }

    /// Closes the records whose loss is known: of the periods with this number, the last one
    /// that began before it.
    fn close_lost(&mut self) {
        let people = &mut self.people;
        self.losses.retain(|loss| {
            let entries = people.get_mut(&loss.owner).into_iter().flatten();
            let mut fitting = entries.filter(|e| e.insured == loss.insured && e.from < loss.lost);
            let Some(entry) = fitting.next_back() else { return true };
            entry.lost = Some(loss.lost);
            entry.loss_reason = Some(loss.reason);
            entry.collected = loss.collected;
            false
        });
    }

    /// The answer for a person known by certificate (照会区分 1). One certificate is one person,
    /// so it never finds several (ELIG-004).
    pub fn by_person(&self, owner: u16, date: Date) -> Finding<'_> {
        let entries = self.entries(owner);
        // Where a loss was never registered two records can overlap; the newer one counts.
        if let Some(valid) = entries.iter().rev().find(|e| covers(e, date)) {
            return Finding::of(Validity::Valid, Some(valid));
        }
        match entries.iter().rev().find(|e| e.from <= date) {
            Some(old) => Finding::of(Validity::Invalid, Some(old)),
            None => Finding::of(Validity::None, None),
        }
    }

    /// Everybody who has a ticket of medical aid of a month that names this institution.
    pub fn ticketed(&self, month: Month, institution: &InstitutionCode) -> Vec<u16> {
        self.aid.ticketed(month, institution)
    }

    /// The medical aid of a person, as `institution` sees it (ELIG-060).
    pub fn aid(&self, owner: u16, date: Date, at: &InstitutionCode) -> Option<AidFinding<'_>> {
        self.aid.on(owner, date, at)
    }

    /// The answer for a number and a birth date (照会区分 2).
    pub fn by_number(&self, key: &InsuredKey, born: Date, date: Date) -> Finding<'_> {
        let owners = self.owners(key, Some(born));
        let [owner] = owners[..] else {
            let none = owners.is_empty();
            return Finding::of(if none { Validity::None } else { Validity::Several }, None);
        };
        // One number may have several periods: the one of the day, else the last that began.
        let periods = || self.entries(owner).iter().rev().filter(|e| e.insured.matches(key));
        let begun = || periods().find(|e| e.from <= date);
        let asked = periods().find(|e| covers(e, date)).or_else(begun);
        match asked {
            Some(entry) if covers(entry, date) => Finding::of(Validity::Valid, asked),
            // The old number was asked and a newer eligibility exists (ELIG-003).
            Some(_) if self.by_person(owner, date).validity == Validity::Valid => {
                Finding::of(Validity::InvalidNewer, asked)
            }
            Some(_) => Finding::of(Validity::Invalid, asked),
            None => Finding::of(Validity::None, None),
        }
    }

    /// The answer for a person known by name, birth date, sex and address (OUT-020); kana and
    /// kanji are both names.
    pub fn by_identity(&self, person: &Person, date: Date) -> Finding<'_> {
        let is_it = |entry: &Entry| {
            let known = &entry.person;
            (known.name == person.name || known.kana == person.kana)
                && (known.born, known.sex) == (person.born, person.sex)
                && known.address == person.address
        };
        let mut found = self.people.iter().filter(|(_, entries)| entries.iter().any(is_it));
        match (found.next(), found.next()) {
            (Some((owner, _)), None) => self.by_person(*owner, date),
            (Some(_), Some(_)) => Finding::of(Validity::Several, None),
            (None, _) => Finding::of(Validity::None, None),
        }
    }

    /// The record with this number, if it belongs to one person only.
    pub fn entry_with(&self, key: &InsuredKey) -> Option<&Entry> {
        match self.owners(key, None)[..] {
            [owner] => self.entries(owner).iter().rev().find(|e| e.insured.matches(key)),
            _ => None,
        }
    }

    /// The same, or that of a person who has nothing but medical aid (ELIG-060).
    pub fn record_with(&self, key: &InsuredKey) -> Option<Entry> {
        let aided = || self.aid.with(key).map(AidEntry::record);
        self.entry_with(key).cloned().or_else(aided)
    }

    /// The person on medical aid with these numbers.
    pub fn aid_with(&self, key: &InsuredKey) -> Option<&AidEntry> {
        self.aid.with(key)
    }

    /// All periods of the person a receipt belongs to, as registered now: by number, else by
    /// kana name and birth date (CLM-009). Empty if nobody or more than one person fits.
    pub fn history(&self, key: &HistoryKey) -> History {
        let owners: Vec<u16> = match &key.insured {
            Some(insured) => self.owners(insured, Some(key.born)),
            None => {
                let is_it = |e: &Entry| e.person.kana == key.kana && e.person.born == key.born;
                let found = self.people.iter().filter(|(_, entries)| entries.iter().any(is_it));
                found.map(|(owner, _)| *owner).collect()
            }
        };
        let [owner] = owners[..] else {
            return History { periods: Vec::new(), several: owners.len() > 1 };
        };
        let period = |e: &Entry| Period {
            insured: e.insured.clone(),
            from: e.from,
            lost: e.lost,
            loss_reason: e.loss_reason,
            collected: e.collected,
            ratio_percent: e.ratio_percent,
        };
        let periods = self.entries(owner).iter().map(period).collect();
        History { periods, several: false }
    }

    fn entries(&self, owner: u16) -> &[Entry] {
        self.people.get(&owner).map(Vec::as_slice).unwrap_or_default()
    }

    fn owners(&self, key: &InsuredKey, born: Option<Date>) -> Vec<u16> {
        let owners = self.by_number.get(&number_of(key)).map(Vec::as_slice).unwrap_or_default();
        let fits = |owner: &&u16| {
            self.entries(**owner)
                .iter()
                .any(|e| e.insured.matches(key) && born.is_none_or(|born| e.person.born == born))
        };
        owners.iter().filter(fits).copied().collect()
    }
}

fn covers(entry: &Entry, date: Date) -> bool {
    entry.from <= date && entry.lost.is_none_or(|lost| date < lost)
}

fn number_of(key: &InsuredKey) -> (InsurerNumber, InsuredSymbol, InsuredNumber) {
    (key.insurer.clone(), key.symbol.clone(), key.number.clone())
}
