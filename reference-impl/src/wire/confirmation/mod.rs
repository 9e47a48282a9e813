//! One eligibility request and its answer (`OQSsiquc01`, sections 3.1 and 3.2).

mod answer;
mod person;
mod read;
mod request;
mod ticket;
mod write;

pub use answer::{AnswerBody, AnswerHeader, ConfirmationAnswer, Notice};
pub use person::{
    ConsentMark, ConsentStamp, ConsentTriple, ElderlyRecipient, LimitInfo, PersonResult,
    SpecificDisease,
};
pub use read::{read_answer, read_request};
pub use request::{ConfirmationRequest, SearchInfo};
pub use ticket::MedicalTicket;
pub use write::{write_answer, write_request};

pub(in crate::wire) use read::{notice as read_notice, person as read_person};
pub(in crate::wire) use write::{notice as notice_element, person as person_element};

use super::fields::KeyNames;

/// What the parts of the key are called in this family.
pub(in crate::wire) const KEY: KeyNames = KeyNames {
    insurer: "InsurerNumber",
    symbol: "InsuredCardSymbol",
    number: "InsuredIdentificationNumber",
    branch: "InsuredBranchNumber",
};

#[cfg(test)]
mod generated;
#[cfg(test)]
mod samples;
