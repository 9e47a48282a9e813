//! The scenario language.
//!
//! A scenario is a YAML file that an official can read: who takes part, what happens when, and
//! under which rule something is expected. [`Scenario::read`] turns it into types, or into
//! diagnostics that point at line and column; [`close`] draws whatever the author left open.

mod charged_before;
mod check;
mod check_insurance;
mod check_subsidies;
mod check_visit;
mod claims;
mod demands;
mod expect;
mod facility;
mod faults;
mod filings;
mod insurers;
mod jobs;
mod limits;
mod medical_aid;
mod moved;
mod open;
mod people;
mod procedure;
mod programme;
mod reader_faults;
mod scenario;
mod subsidies;
mod tokens;
mod visit;

pub use charged_before::ChargedBefore;
pub use check::check;
pub use claims::{Claim, ClaimFault, ClaimsOf, Objects, ReviewFault};
pub use expect::{Expectations, FactKey, FactValue};
pub use facility::{
    ChairSettings, ConsentGroup, Excuse, Facility, FacilityKind, ReaderKind, VisualOn,
};
pub use faults::{
    AnswerFault, AnsweredWith, ClockFault, ClockOf, Fault, FaultKind, KnownOpening, LinkFault,
    Network, Opening, Outage, OutageOf, Range,
};
pub use filings::{Filing, Filings, Mistaken, RateMistake};
pub use insurers::{AppliedFor, Apply, InsurerOffice, Mail, ReissuePolicy};
pub use jobs::{Bulk, List, ListOf, RegisterNumber};
pub use medical_aid::{Loading, MedicalAid, Named, Ticket, TicketFor};
pub use open::{Open, Streams, close};
pub use people::{
    Card, CardKind, Certificate, CertificateState, Chip, Coverage, Name, Papers, Person, Phone,
    PhoneKind, Printed,
};
pub use procedure::{Holder, Procedure, ProcedureKind};
pub use programme::Programme;
pub use reader_faults::{Place, ReaderFault, ReaderFaultKind, SlotOf};
pub use scenario::{
    AtPortal, Bring, CallCentre, CardAgain, CareEnds, Crowd, Drop, LookUp, PortalDoing, Scenario,
    Step, Telling, WantedBy, Where,
};
pub use subsidies::{Amounts, Part, Pays, Subsidy};
pub use visit::{Consent, ConsentBy, OneOrMore, RemoteDevice, Shown, Visit};
