//! The desk: reception and receipt computer (受付・レセコン). It talks to the terminal in the
//! files of the real interface, to patients in words, and to the clearing house in claim files.

mod accepted;
mod add_ons;
mod aid;
mod cap;
mod charge;
mod claims;
mod jobs;
mod ladder;
mod ledger;
mod lookup;
mod page;
mod papers;
pub mod payers;
mod rate;
mod reception;
mod remote;
mod services;
mod statement;
mod subsidies;
mod visual;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::civil::Date;

use crate::calendar::Jst;
use crate::fee::{Months, Standing};
use crate::ids::{InstitutionCode, InsurerNumber};
use crate::message::counter::{Person, ProofKind};
use crate::message::statement::Statement;
use crate::message::{EndOfCare, Message, Order, PatientSays, StaffAction, Subsidies};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::Register;
use crate::uke::Form;
use crate::wire::Style;
use claims::Claims;
pub use claims::{ClaimMistake, ClaimState, MistakeIn};
use jobs::Job;
pub use ladder::{Doubt, Ladder};
pub use ledger::{Chart, ClaimNumber, Encounter, History};
use lookup::Lookup;
use page::{Failure, Searching};
use reception::Reception;
pub use visual::VisualSwitch;

/// The institution a desk belongs to.
#[derive(Clone, Debug, Default)]
pub struct Institution {
    /// 10 digits.
    pub code: InstitutionCode,
    /// Its name.
    pub name: String,
    /// Prefecture code.
    pub prefecture: u8,
    /// Its telephone number.
    pub phone: String,
    /// Whether a device for マイナ在宅受付Web stands at the counter (居宅同意取得型).
    pub remote_device: bool,
    /// Whether its receipt computer refuses an insurer number whose check digit is wrong, even
    /// 77777777 (CLM-005).
    pub insists_on_check_digits: bool,
    /// How much the card was used here, month by month; what is not known is not in it.
    pub months: Months,
    /// What it fulfils for the add-ons to its fees.
    pub standing: Standing,
    /// The day from which it takes part in the Public Medical Hub (PMH).
    pub hub_from: Option<Date>,
}

impl Institution {
    /// By which fee table it charges and claims.
    pub fn form(&self) -> Form {
        let table = self.code.points_table().and_then(|table| Form::from_code(&table.to_string()));
        table.unwrap_or(Form::Medical)
    }
}

/// Who a patient is to the receipt computer: the kana name, which never holds a ● (ELIG-035),
/// and the birth date.
pub(crate) type PersonKey = (String, Date);

/// The desk.
#[derive(Debug)]
pub struct Desk {
    register: Arc<Register>,
    institution: Institution,
    terminal: PartyId,
    readers: Vec<PartyId>,
    visual: VisualSwitch,
    /// Readers that were switched to visual mode from the PC and not switched back.
    visual_on: BTreeSet<PartyId>,
    /// When staff forget to switch them back.
    forgets_to_switch_back: Vec<(Jst, Jst)>,
    style: Style,
    /// Whether the receipt computer has the function for medical aid (ELIG-060).
    handles_aid: bool,
    /// The telephone numbers of welfare offices.
    offices: BTreeMap<InsurerNumber, PartyId>,
    powered: bool,
    charts: BTreeMap<PersonKey, Chart>,
    histories: BTreeMap<PersonKey, History>,
    patients: BTreeMap<PartyId, Person>,
    receptions: BTreeMap<PartyId, Reception>,
    /// Who is at each reader, and who waits for it.
    at_reader: BTreeMap<PartyId, PartyId>,
    queue: BTreeMap<PartyId, VecDeque<PartyId>>,
    /// Results of the reader that fit nobody who is here yet.
    unclaimed: Vec<(Jst, crate::wire::ConfirmationAnswer)>,
    lookups: BTreeMap<u64, Lookup>,
    /// Searches on the page for disasters and failures.
    pages: BTreeMap<u64, Searching>,
    /// What has been reported to the call centre.
    failure: Option<Failure>,
    /// Statements that are kept, the last of each person (FB-007).
    statements: BTreeMap<PersonKey, Statement>,
    jobs: Vec<Job>,
    /// On which day who consented to home visits, as a list or an answer said.
    home: BTreeMap<PersonKey, Date>,
    next_file: u64,
    ledger: Vec<Encounter>,
    claims: Claims,
}

impl Desk {
    /// A desk that shares folders with `terminal` and sends patients to `readers`.
    pub fn new(
        register: Arc<Register>,
        institution: Institution,
        terminal: PartyId,
        readers: Vec<PartyId>,
        style: Style,
    ) -> Self {
        Self {
            register,
            institution,
            terminal,
            readers,
            visual: VisualSwitch::default(),
            visual_on: BTreeSet::new(),
            forgets_to_switch_back: Vec::new(),
            style,
            handles_aid: false,
            offices: BTreeMap::new(),
            powered: true,
            charts: BTreeMap::new(),
            histories: BTreeMap::new(),
            patients: BTreeMap::new(),
            receptions: BTreeMap::new(),
            at_reader: BTreeMap::new(),
            queue: BTreeMap::new(),
            unclaimed: Vec::new(),
            lookups: BTreeMap::new(),
            pages: BTreeMap::new(),
            failure: None,
            statements: BTreeMap::new(),
            jobs: Vec::new(),
            home: BTreeMap::new(),
            next_file: 0,
            ledger: Vec::new(),
            claims: Claims::default(),
        }
    }

    /// Equips the desk for medical aid, with the telephone numbers of welfare offices by
    /// 公費負担者番号.
    #[must_use]
    pub fn with_medical_aid(mut self, offices: BTreeMap<InsurerNumber, PartyId>) -> Self {
        self.handles_aid = true;
        self.offices = offices;
        self
    }

    /// The same desk, where visual mode is switched on in this way.
    #[must_use]
    pub fn with_visual_switch(self, visual: VisualSwitch) -> Self {
        Self { visual, ..self }
    }

    /// The same desk, whose staff forget to switch a reader back to 自動運転 in these times, each
    /// until, not including.
    #[must_use]
    pub fn forgetting_to_switch_back(self, times: Vec<(Jst, Jst)>) -> Self {
        Self { forgets_to_switch_back: times, ..self }
    }

    /// Gives the desk what it knows of a patient from visits before the run.
    pub fn remember(&mut self, person: &Person, chart: Chart) {
        self.charts.insert(key_of(person), chart);
    }

    /// Gives the desk what it charged a patient before the run.
    pub fn recall(&mut self, person: &Person, history: History) {
        self.histories.insert(key_of(person), history);
    }

    fn patient_says(&mut self, now: Jst, patient: PartyId, says: PatientSays, out: &mut Outbox) {
        match says {
            PatientSays::Arrives(arrival) => self.receive(now, patient, *arrival, out),
            PatientSays::ReaderDone => {
                self.switch_back(now, patient, out);
                self.reader_done(now, patient, None, out);
            }
            PatientSays::ReaderFailed(trouble) => {
                self.switch_back(now, patient, out);
                self.reader_done(now, patient, Some(trouble), out);
            }
            PatientSays::WantsVisual => self.switch_to_visual(now, patient, out),
            PatientSays::PleaseCompare { same } => self.compared(now, patient, same, out),
            PatientSays::Consents(wish) => {
                self.staff_action(now, patient, StaffAction::Consent(wish), out);
            }
            PatientSays::TakesCard => self.takes_card(patient),
            PatientSays::Shows(proof) => self.shown(now, patient, proof, out),
            PatientSays::States(statement) => self.stated(now, patient, *statement, out),
            PatientSays::HasNot(kind) => self.has_not(now, patient, kind, out),
        }
    }

    fn order(&mut self, now: Jst, order: Order, out: &mut Outbox) {
        match order {
            Order::LookUp(number) => {
                let patient = PartyId::Patient(number);
                let person = self.patients.get(&patient).map(key_of);
                let chart = person.and_then(|key| self.charts.get(&key).cloned());
                if let Some(chart) = chart {
                    self.ask_for_records(now, patient, chart.insured.clone(), out);
                    self.ask_for_check_ups(now, patient, chart.insured, out);
                }
            }
            Order::CallCentre(about) => self.call_centre(about, out),
            Order::Bulk(order) => self.order_bulk(now, order, out),
            Order::RegisterNumber { person, number } => {
                self.register_number(now, &person, number, out);
            }
            Order::Claims(order) => self.order_claims(now, order, out),
            Order::EndOfCare(number, by) => {
                let person = self.patients.get(&PartyId::Patient(number)).map(key_of);
                let chart = person.and_then(|key| self.charts.get(&key));
                if let Some(insured) = chart.map(|chart| chart.insured.clone()) {
                    out.send(self.terminal, EndOfCare::Enter { insured, by });
                }
            }
            Order::Apply { .. }
            | Order::Programme { .. }
            | Order::Visit(_)
            | Order::Bring(_)
            | Order::Procedure(_)
            | Order::Portal(_)
            | Order::Object(_) => {}
        }
    }
}

pub(crate) fn key_of(person: &Person) -> PersonKey {
    (person.kana.clone(), person.born)
}

/// Proofs that show a number the patient has now.
pub(crate) fn shows_a_number(kind: ProofKind) -> bool {
    !matches!(
        kind,
        ProofKind::Card
            | ProofKind::Phone
            | ProofKind::ReInquiry
            | ProofKind::KnownData
            | ProofKind::Statement
            | ProofKind::PhotoId
            | ProofKind::Search
    )
}

impl Party for Desk {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { from, message: Message::PatientSays(says) } => {
                self.patient_says(now, from, says, out);
            }
            Input::Message { message: Message::File(file), .. } => {
                self.file_appeared(now, file, out);
            }
            Input::Message { message: Message::Order(order), .. } => self.order(now, order, out),
            Input::Message { message: Message::Claim(says), .. } => {
                self.clearing_says(now, says, out);
            }
            Input::Message { message: Message::Payment(payment), .. } => self.paid(&payment),
            Input::Alarm(Alarm { name: "claim", key }) => self.claim_unanswered(now, key, out),
            Input::Alarm(Alarm { name: "claims", key }) => self.claims_tried_again(now, key, out),
            Input::Alarm(Alarm { name: "results", key }) => self.fetch_results(now, key, out),
            Input::Message { message: Message::PageShown(shown), .. } => {
                self.page_shown(now, shown, out);
            }
            Input::Message { message: Message::Call(call), .. } => self.telephone(call.says, out),
            Input::Alarm(Alarm { name: "page", key }) => self.no_page(now, key, out),
            Input::Alarm(Alarm { name: "answer", key }) => self.no_answer(now, key, out),
            Input::Alarm(Alarm { name: "job", key }) => self.job_silent(now, key, out),
            Input::Alarm(Alarm { name: "poll", key }) => self.poll(now, key, out),
            Input::Alarm(Alarm { name: "again", key }) => self.look_up_again(now, key, out),
            Input::Alarm(Alarm { name: "nameless", .. }) => self.nameless_result(now, out),
            Input::Message { message: Message::OfficeSays(says), .. } => {
                self.office_answered(now, says.patient, Some(says), out);
            }
            Input::Message {
                message: Message::Subsidies(Subsidies::Told { insured, certificates }),
                ..
            } => self.hub_told(now, &insured, certificates, out),
            Input::Alarm(Alarm { name: "hub", key }) => self.no_hub(now, key, out),
            Input::Alarm(Alarm { name: "office", key }) => self.no_office(now, key, out),
            Input::Alarm(Alarm { name: "face", key }) => self.no_face_file(now, key, out),
            // People go on by hand; only the computer is gone.
            Input::PowerLost => self.power_lost(now, out),
            Input::PowerBack => self.powered = true,
            _ => {}
        }
    }
}
