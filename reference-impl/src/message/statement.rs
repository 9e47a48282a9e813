//! 被保険者資格申立書: what a patient writes down whose eligibility nothing else shows (FB-007).

use serde::Serialize;

use super::counter::Person;

/// The statement, as filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Statement {
    /// 「保険に加入している」 is ticked.
    pub insured: bool,
    /// Name, birth date, sex and address.
    pub person: Person,
    /// How to be reached.
    pub phone: String,
    /// Name of the insurer, if known.
    pub insurer: Option<String>,
    /// Employer, if there is one.
    pub employer: Option<String>,
    /// The share in percent.
    pub percent: u8,
    /// Why eligibility could not be confirmed.
    pub reason: String,
    /// Whether it is signed.
    pub signed: bool,
}

impl Statement {
    /// Whether nothing is missing that has to be there.
    pub fn is_complete(&self) -> bool {
        let written = [&self.person.name, &self.person.address, &self.phone, &self.reason];
        self.insured && self.signed && written.iter().all(|text| !text.is_empty())
    }
}

/// How a patient can be reached, and what else only the patient knows.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Contact {
    /// Telephone number.
    pub phone: String,
    /// Name of the insurer, if the patient knows it.
    pub insurer: Option<String>,
    /// Employer.
    pub employer: Option<String>,
    /// Whether the signature is forgotten at first.
    pub forgets_to_sign: bool,
}
