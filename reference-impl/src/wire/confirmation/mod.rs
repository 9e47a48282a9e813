//! One eligibility request and its answer (`OQSsiquc01`, sections 3.1 and 3.2).

mod answer;
mod person;
mod read;
mod request;
mod write;

pub use answer::{AnswerBody, AnswerHeader, ConfirmationAnswer, Notice};
pub use person::{
    ConsentMark, ConsentStamp, ConsentTriple, ElderlyRecipient, LimitInfo, PersonResult,
    SpecificDisease,
};
pub use read::{read_answer, read_request};
pub use request::{ConfirmationRequest, SearchInfo};
pub use write::{write_answer, write_request};

use super::fields::KeyNames;

/// What the parts of the key are called in this family.
const KEY: KeyNames = KeyNames {
    insurer: "InsurerNumber",
    symbol: "InsuredCardSymbol",
    number: "InsuredIdentificationNumber",
    branch: "InsuredBranchNumber",
};

#[cfg(test)]
mod generated;
#[cfg(test)]
mod samples;
