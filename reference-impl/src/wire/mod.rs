//! The files of the interface: names, character codes, XML, and the messages in them.
//!
//! The official layouts are not public; what is here follows the collected facts, and
//! "section" in these comments means a section of that collection. Where its sources
//! disagree, a [`Style`] decides how a document is written, and reading accepts both.
//!
//! Writing never fails: a character the wanted character code cannot hold is written as
//! `●`, as the insurers' server does (section 6.2). Reading checks everything it returns
//! and says on which of the three error channels a problem has to be reported
//! ([`Level`]). Text is read without blanks around it; an empty element is an absent one,
//! and elements that are not known are passed over.

pub mod charset;
pub mod codes;
pub mod confirmation;
pub mod element;
pub mod error;
mod fields;
pub mod names;
pub mod records;
pub mod style;

pub use charset::{Charset, Unencodable};
pub use codes::{
    CertificateKind, ConsentFlag, Disease, LossReason, PrescriptionForm, Reference, Relation,
    Segment, Sex, Status, TreatmentKind, Validity,
};
pub use confirmation::{
    AnswerBody, AnswerHeader, ConfirmationAnswer, ConfirmationRequest, ConsentMark, ConsentStamp,
    ConsentTriple, ElderlyRecipient, LimitInfo, Notice, PersonResult, SearchInfo, SpecificDisease,
    read_answer, read_request, write_answer, write_request,
};
pub use error::{Level, ReadError};
pub use names::{Family, RequestName, face_name, face_time};
pub use records::{
    DrugLine, Records, RecordsAnswer, RecordsPerson, RecordsRequest, read_records_answer,
    read_records_request, write_records_answer, write_records_request,
};
pub use style::{ElementOrder, Padding, PrescriptionPlace, Style};
