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

pub mod bulk;
pub mod charset;
pub mod checkups;
pub mod codes;
pub mod confirmation;
pub mod element;
pub mod error;
mod fields;
pub mod header;
pub mod names;
pub mod records;
pub mod registration;
mod single;
pub mod style;

pub use bulk::{
    BulkContent, BulkDownload, BulkEntry, BulkKind, BulkReceipt, BulkResult, BulkSearch, BulkUnit,
    BulkUpload, ConsentedList, KnownLimit, ListedBy, Reception, UnitSearch, read_bulk_download,
    read_bulk_receipt, read_bulk_result, read_bulk_upload, write_bulk_download, write_bulk_receipt,
    write_bulk_result, write_bulk_upload,
};
pub use charset::{Charset, Unencodable};
pub use checkups::{
    CheckUp, CheckUpAnswer, CheckUpItem, CheckUpRequest, CheckUps, read_check_up_answer,
    read_check_up_request, write_check_up_answer, write_check_up_request,
};
pub use codes::{
    CardClass, CareSetting, CertificateKind, ConsentFlag, Disease, ExpiryReason, InstitutionMatch,
    LimitChange, LimitClass, LossReason, PrescriptionForm, Reference, Relation, Segment, Sex,
    Status, TicketKind, TicketUse, TreatmentKind, Validity, YesNo,
};
pub use confirmation::{
    AnswerBody, AnswerHeader, ConfirmationAnswer, ConfirmationRequest, ConsentMark, ConsentStamp,
    ConsentTriple, ElderlyRecipient, LimitInfo, MedicalTicket, Notice, PersonResult, SearchInfo,
    SpecificDisease, read_answer, read_request, write_answer, write_request,
};
pub use error::{Level, ReadError};
pub use header::{Counts, Echo, PlainHeader, read_echo};
pub use names::{Family, RequestName, face_name, face_time};
pub use records::{
    CareLine, DrugLine, Records, RecordsAnswer, RecordsDay, RecordsMonth, RecordsPerson,
    RecordsRequest, RecordsSource, read_records_answer, read_records_request, write_records_answer,
    write_records_request,
};
pub use registration::{
    RegistrationAnswer, RegistrationBody, RegistrationForm, RegistrationRequest,
    read_registration_answer, read_registration_request, write_registration_answer,
    write_registration_request,
};
pub use style::{ElementOrder, Padding, PrescriptionPlace, Style};
