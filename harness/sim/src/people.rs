//! From the people of a scenario to the people of the world: names, records, tokens, papers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madoguchi_reference::calendar::day_after;
use madoguchi_reference::ids::{InstitutionCode, InsurerNumber};
use madoguchi_reference::insurer::Due;
use madoguchi_reference::message::Registration;
use madoguchi_reference::message::counter::{self, Paper, Proof, ProofKind};
use madoguchi_reference::message::registry::Entry;
use madoguchi_reference::numbers::{Insurance, InsurerKind};
use madoguchi_reference::wire::{LossReason, Sex};
use madoguchi_scenario::{Coverage, Filing, Mistaken, Person, Printed, RateMistake};

use crate::aid::aid_filings;

/// A person of the plan with the number that stands for them.
#[derive(Clone, Debug)]
pub(crate) struct Cast<'a> {
    pub(crate) number: u16,
    pub(crate) person: &'a Person,
    pub(crate) identity: counter::Person,
}

const FAMILY_NAMES: [(&str, &str); 10] = [
    ("見本", "ﾐﾎﾝ"),
    ("架空", "ｶｸｳ"),
    ("例示", "ﾚｲｼﾞ"),
    ("試験", "ｼｹﾝ"),
    ("仮名", "ｶﾒｲ"),
    ("模擬", "ﾓｷﾞ"),
    ("検証", "ｹﾝｼｮｳ"),
    ("雛形", "ﾋﾅｶﾞﾀ"),
    ("標本", "ﾋｮｳﾎﾝ"),
    ("範例", "ﾊﾝﾚｲ"),
];
const WOMEN: [(&str, &str); 5] =
    [("花子", "ﾊﾅｺ"), ("良子", "ﾖｼｺ"), ("幸子", "ｻﾁｺ"), ("春香", "ﾊﾙｶ"), ("美咲", "ﾐｻｷ")];
const MEN: [(&str, &str); 5] =
    [("太郎", "ﾀﾛｳ"), ("次郎", "ｼﾞﾛｳ"), ("一郎", "ｲﾁﾛｳ"), ("健二", "ｹﾝｼﾞ"), ("三郎", "ｻﾌﾞﾛｳ")];
/// Given to the fifty-first person and on, so that nobody shares a name.
const SUFFIXES: [(&str, &str); 10] = [
    ("〇", "ﾚｲ"),
    ("一", "ｲﾁ"),
    ("二", "ﾆ"),
    ("三", "ｻﾝ"),
    ("四", "ﾖﾝ"),
    ("五", "ｺﾞ"),
    ("六", "ﾛｸ"),
    ("七", "ﾅﾅ"),
    ("八", "ﾊﾁ"),
    ("九", "ｷｭｳ"),
];

/// Who a person of a scenario is: what stands on their card.
pub fn identity(scenario: &madoguchi_scenario::Scenario, who: &str) -> Option<counter::Person> {
    let mut people = (0u16..).zip(&scenario.people);
    let (number, (_, person)) = people.find(|(_, (name, _))| *name == who)?;
    Some(Cast::new(number, person).identity)
}

impl<'a> Cast<'a> {
    pub(crate) fn new(number: u16, person: &'a Person) -> Self {
        let index = usize::from(number);
        let (mut name, mut kana) = person
            .name
            .as_ref()
            .map(|n| (n.kanji.clone(), n.kana.clone()))
            .unwrap_or_else(|| fictional(index, person.sex));
        if person.name.is_none() {
            let mut rest = index / 50;
            while rest > 0 {
                let (kanji, half) = SUFFIXES[rest % 10];
                name.push_str(kanji);
                kana.push_str(half);
                rest /= 10;
            }
        }
        let identity = counter::Person {
            name,
            kana,
            sex: person.sex,
            born: person.born.earliest(),
            address: format!("東京都見本区例町{}－{}", number / 100 + 1, number % 100 + 1),
        };
        Self { number, person, identity }
    }

    /// The share the person would state: the one the insurer has registered.
    pub(crate) fn stated_percent(&self, date: Date) -> Option<u8> {
        self.coverage_on(date).and_then(|c| c.ratio)
    }

    /// What insurers and welfare offices will register for this person, who is going to
    /// `institution`.
    pub(crate) fn filings(&self, institution: &InstitutionCode) -> Vec<(Due, Registration)> {
        let mut filings = aid_filings(self, institution);
        for coverage in &self.person.coverage {
            let right = self.entry(coverage);
            let filed = &coverage.registered;
            let first =
                filed.mistaken.as_ref().map_or_else(|| right.clone(), |m| mistake(&right, m));
            if let Some(due) = due(filed.gain, coverage.from) {
                filings.push((due, Registration::Gain(Box::new(first))));
            }
            if let Some(at) = filed.corrected {
                filings.push((Due::At(at), Registration::Gain(Box::new(right))));
            }
            let lost = coverage.to.map(day_after);
            if let Some((lost, due)) =
                lost.and_then(|lost| Some((lost, due(coverage.registered.loss, lost)?)))
            {
                let reason = coverage.loss_reason.unwrap_or(LossReason::OtherInsurance);
                let (insured, owner) = (coverage.key(), self.number);
                let collected = coverage.collected;
                let loss = Registration::Loss { insured, owner, lost, reason, collected };
                filings.push((due, loss));
            }
        }
        filings
    }

    fn entry(&self, coverage: &Coverage) -> Entry {
        Entry {
            owner: self.number,
            insured: coverage.key(),
            person: self.identity.clone(),
            relation: coverage.relation,
            insurer_name: insurer_name(&coverage.insurer),
            from: coverage.from,
            lost: None,
            loss_reason: None,
            collected: None,
            ratio_percent: coverage.ratio,
            class: coverage.class,
            limit: coverage.limit,
            specific_disease: coverage.specific_disease,
        }
    }

    /// The person as the resident register has them.
    pub(crate) fn resident(&self) -> counter::Person {
        self.identity.clone()
    }

    /// Everything the person can show on `date`.
    pub(crate) fn papers(&self, date: Date) -> Vec<Proof> {
        let papers = &self.person.papers;
        let all: BTreeMap<ProofKind, Option<Printed>> = BTreeMap::from([
            (ProofKind::HealthCard, papers.health_card),
            (ProofKind::EligibilityCertificate, papers.eligibility_certificate),
            (ProofKind::EligibilityNotice, papers.eligibility_notice),
            (ProofKind::PortalPdf, papers.portal_pdf),
        ]);
        all.into_iter()
            .filter_map(|(kind, printed)| Some((kind, printed?)))
            .map(|(kind, printed)| Proof { kind, paper: self.paper(printed, date) })
            .collect()
    }

    /// The paper that shows the period `printed` names, or the one of `date`.
    pub(crate) fn paper(&self, printed: Printed, date: Date) -> Option<Paper> {
        let coverage = match printed.coverage {
            Some(index) => self.person.coverage.get(index),
            None => self.coverage_on(date),
        }?;
        Some(Paper {
            insured: coverage.key(),
            relation: coverage.relation,
            from: coverage.from,
            lost: None,
            until: printed.until,
            ratio_percent: coverage.ratio,
        })
    }

    pub(crate) fn coverage_on(&self, date: Date) -> Option<&'a Coverage> {
        let all = &self.person.coverage;
        let begun = || all.iter().rev().find(|c| c.from <= date);
        all.iter().rev().find(|c| c.covers(date)).or_else(begun).or_else(|| all.first())
    }

    /// The name of the insurer, as the person knows it.
    pub(crate) fn insurer_known(&self, date: Date) -> Option<String> {
        self.coverage_on(date).map(|coverage| insurer_name(&coverage.insurer))
    }

    /// The last period that began before `date`.
    pub(crate) fn coverage_before(&self, date: Date) -> Option<&'a Coverage> {
        self.person.coverage.iter().rev().find(|c| c.from < date)
    }
}

fn fictional(index: usize, sex: Sex) -> (String, String) {
    let (family, family_kana) = FAMILY_NAMES[index % 10];
    let given = if sex == Sex::Male { MEN } else { WOMEN };
    let (given, given_kana) = given[index / 10 % 5];
    (format!("{family}　{given}"), format!("{family_kana} {given_kana}"))
}

/// The record with what the insurer gets wrong.
fn mistake(right: &Entry, mistaken: &Mistaken) -> Entry {
    let mut entry = right.clone();
    let person = &mut entry.person;
    person.born = mistaken.born.unwrap_or(person.born);
    person.sex = mistaken.sex.unwrap_or(person.sex);
    if let Some(kana) = &mistaken.kana {
        person.kana.clone_from(kana);
    }
    if mistaken.rate == Some(RateMistake::Missing) {
        (entry.ratio_percent, entry.limit) = (None, None);
    }
    entry
}

pub(crate) fn due(filing: Filing, event: Date) -> Option<Due> {
    match filing {
        Filing::InTime => Some(Due::InTime),
        Filing::Latest => Some(Due::Latest { event }),
        Filing::At(at) => Some(Due::At(at)),
        Filing::Never => None,
    }
}

fn insurer_name(number: &InsurerNumber) -> String {
    let kind = number.parts().map(|parts| parts.kind);
    let name = match kind {
        Ok(InsurerKind::NationalHealth) => "見本市国民健康保険",
        Ok(InsurerKind::NationalHealthUnion) => "見本国民健康保険組合",
        Ok(InsurerKind::ByLaw(Insurance::HealthInsuranceAssociation)) => "見本健康保険協会",
        Ok(InsurerKind::ByLaw(
            Insurance::NationalMutualAid
            | Insurance::LocalMutualAid
            | Insurance::PoliceMutualAid
            | Insurance::SchoolMutualAid,
        )) => "見本共済組合",
        Ok(InsurerKind::ByLaw(Insurance::LateElderly)) => "見本県後期高齢者医療広域連合",
        _ => "見本健康保険組合",
    };
    name.to_owned()
}
