//! What can be seen of a step from outside the parties: screens, files, words, claim files.

mod chip;
mod claims;
mod insurers;
mod jobs;
mod medical;
mod money;
mod page;
mod payers;
mod programme;
mod statement;
mod tokens;

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::fee::AddOnKind;
use madoguchi_reference::ids::RuleId;
use madoguchi_reference::message::centre::{Refusal, Reply};
use madoguchi_reference::message::counter::ProofKind;
use madoguchi_reference::message::file::{File, Folder};
use madoguchi_reference::message::reader::ReaderFault;
use madoguchi_reference::message::{
    Bill, Counter, Message, PatientSays, ReaderReport, RemoteResult, Screen,
};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::register::Register;
use madoguchi_reference::wire::{ConfirmationAnswer, Segment, Status, Validity, read_answer};
use madoguchi_scenario::{CardKind, FactKey, FactValue, Scenario};
use madoguchi_sim::{Trace, What};

use claims::{benefit, charge, claimed_class, insurance, notes, prescriber, reduced, remark};
use payers::{burdens, public};

use crate::claim_life::ClaimLife;
use crate::words::{
    add_on_word, capped_word, fault_word, method_word, proof_word, remote_word, screen_word,
    validity_word,
};

/// A trace sorted by the steps its events go back to.
#[derive(Debug)]
pub struct Steps<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    register: &'a Register,
    arrivals: Vec<Vec<Arrival<'a>>>,
    /// What is seen of claims over the whole run.
    pub(crate) claims: ClaimLife<'a>,
}

/// A message that arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival<'a> {
    seq: u32,
    sent: Jst,
    pub(crate) from: PartyId,
    pub(crate) to: PartyId,
    pub(crate) message: &'a Message,
}

impl<'a> Steps<'a> {
    /// Sorts the trace of a run of `scenario` under `register`.
    pub fn new(scenario: &'a Scenario, trace: &'a Trace, register: &'a Register) -> Self {
        let mut arrivals = vec![Vec::new(); scenario.timeline.len()];
        for event in &trace.events {
            let of_step = event.step.and_then(|step| arrivals.get_mut(usize::from(step)));
            if let (Some(list), What::Arrived { from, to, sent, message }) = (of_step, &event.what)
            {
                let (seq, sent) = (event.seq, *sent);
                list.push(Arrival { seq, sent, from: *from, to: *to, message });
            }
        }
        Self { scenario, trace, register, arrivals, claims: ClaimLife::of(trace) }
    }

    /// The facts of one step, counted from 0.
    pub fn facts(&self, step: usize) -> Facts<'_> {
        Facts { steps: self, step }
    }
}

/// The facts of one step.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    steps: &'a Steps<'a>,
    step: usize,
}

impl<'a> Facts<'a> {
    /// One fact as far as `rule` is about it: a claim file is judged by the rule alone under
    /// which it is expected to be right.
    pub fn under(&self, rule: &RuleId, key: FactKey) -> FactValue {
        match key {
            FactKey::ClaimFile => one(self.claim_file_word(Some(rule.as_str()))),
            key => self.get(key),
        }
    }

    /// One fact; an empty list where nothing was seen.
    pub fn get(&self, key: FactKey) -> FactValue {
        match key {
            FactKey::Eligibility => one(self.eligibility()),
            FactKey::Card => one(self.card()),
            FactKey::Refused => one(self.refused()),
            FactKey::Screens => many(self.screens().map(screen_word).collect()),
            FactKey::VisualSwitch => one(self.visual_switch()),
            FactKey::ConsentBy => one(self.consent_by()),
            FactKey::Duty => one(self.duty()),
            FactKey::Procedure => one(self.procedure()),
            FactKey::Records => one(self.records()),
            FactKey::Alert => {
                let shown = self.screens().any(|s| matches!(s, Screen::RenewalNotice { .. }));
                one(if shown { "renew" } else { "none" })
            }
            FactKey::Verified => one(self.verified()),
            FactKey::Limit => one(self.limit()),
            FactKey::Insurer => FactValue::Many(self.insurers()),
            FactKey::LossReason => one(self.loss_reason()),
            FactKey::Holds => many(self.holds()),
            FactKey::HoldsUntil => FactValue::Many(self.holds_until()),
            FactKey::Ticket => one(self.ticket()),
            FactKey::Telephoned => many(self.telephoned()),
            FactKey::ConsentScreens => many(self.consent_screens()),
            FactKey::ConsentFlags => FactValue::Many(self.consent_flags()),
            FactKey::Refusal => maybe(self.refusal().map(str::to_owned)),
            FactKey::Statement => many(self.statement()),
            FactKey::ClaimContact => many(self.claim_contact()),
            FactKey::Page => one(self.page()),
            FactKey::ViewLog => many(self.view_log()),
            FactKey::Withdrawn => maybe(self.withdrawn().map(str::to_owned)),
            FactKey::SpecificDisease => one(self.specific_disease()),
            FactKey::AskedFor => many(self.asked_for()),
            FactKey::Basis => {
                let bill = self.bill().map(|b| b.basis.map_or("none", proof_word));
                FactValue::Many(bill.into_iter().map(str::to_owned).collect())
            }
            FactKey::Share => maybe(self.bill().map(|b| format!("{}%", b.percent))),
            FactKey::Pay => maybe(self.bill().map(|b| b.yen.to_string())),
            FactKey::Points => maybe(self.bill().map(|b| b.points().to_string())),
            FactKey::Payers => FactValue::Many(self.payers()),
            FactKey::InsurerPays => maybe(self.insurer_pays()),
            FactKey::PublicPays => list(self.public_pays()),
            FactKey::Hub => FactValue::Many(self.hub()),
            FactKey::AddOns => many(self.add_ons().map(|(kind, _)| add_on_word(kind)).collect()),
            FactKey::AddOnPoints => list(self.add_ons().map(|(_, points)| points).collect()),
            FactKey::Capped => FactValue::Many(
                self.bill().map(|b| capped_word(b.capped).to_owned()).into_iter().collect(),
            ),
            FactKey::Pin => one(self.pin()),
            FactKey::PinLeft => one(&self.pin_left()),
            FactKey::PoweredOn => one(&self.powered_on()),
            FactKey::Identity => one(self.identity()),
            FactKey::Later => one(self.later()),
            FactKey::ClaimInsurer => self.receipt_list(|r| insurance(r, |i| i.insurer.to_string())),
            FactKey::ClaimNumber => self.receipt_list(|r| insurance(r, |i| i.number.to_string())),
            FactKey::ClaimKind => self.receipt_list(|r| vec![r.kind.to_string()]),
            FactKey::ClaimNotes => self.receipt_list(|r| notes(r).1),
            FactKey::ClaimLimitClass => self.receipt_list(|r| vec![claimed_class(r)]),
            FactKey::ClaimCharge => self.receipt_list(|r| charge(r).into_iter().collect()),
            FactKey::ClaimYen => {
                self.receipt_list(|r| insurance(r, |i| i.charged_yen.unwrap_or(0).to_string()))
            }
            FactKey::ClaimDays => self.receipt_list(|r| insurance(r, |i| i.days.to_string())),
            FactKey::ClaimBenefit => self.receipt_list(|r| vec![benefit(r)]),
            FactKey::ClaimReduced => self.receipt_list(|r| vec![reduced(r)]),
            FactKey::ClaimPrescriber => self.receipt_list(|r| prescriber(r).into_iter().collect()),
            FactKey::ClaimServices => {
                self.receipt_list(|r| r.services().map(|s| s.code.to_string()).collect())
            }
            FactKey::ClaimPublic => self.receipt_list(|r| public(r, |p| p.payer.to_string())),
            FactKey::ClaimRecipient => {
                self.receipt_list(|r| public(r, |p| p.recipient.to_string()))
            }
            FactKey::ClaimPublicYen => {
                self.receipt_list(|r| public(r, |p| p.charged_yen.unwrap_or(0).to_string()))
            }
            FactKey::ClaimPublicPoints => {
                self.receipt_list(|r| public(r, |p| p.points.to_string()))
            }
            FactKey::ClaimBurden => self.receipt_list(burdens),
            FactKey::ClaimRemark => self.receipt_list(remark),
            FactKey::ClaimReceipts => one(&self.receipts().len().to_string()),
            FactKey::ClaimFile => one(self.claim_file_word(None)),
            FactKey::RateByCount => maybe(self.utilisation(|u| u.by_count_permille)),
            FactKey::RateByReceipt => maybe(self.utilisation(|u| u.by_receipt_permille)),
            FactKey::ResultDay => maybe(self.result_day()),
            FactKey::Outcome => self.outcome(),
            FactKey::Confirmation => self.confirmation(),
            FactKey::PaidBy => self.paid_by(),
            FactKey::HandIn => many(self.hand_in_words()),
            FactKey::ClaimBody => many(self.claim_bodies()),
            FactKey::Asp => FactValue::Many(self.asp()),
            FactKey::ClaimState => many(self.claim_states()),
            FactKey::ReturnReason => many(self.return_reasons()),
            FactKey::Adjusted => list(self.adjusted()),
            FactKey::PartPoints => list(self.parts().iter().map(|part| part.points).collect()),
            FactKey::PartYen => list(self.part_yen()),
            FactKey::PaidYen => list(self.paid_yen()),
            FactKey::PaidOn => FactValue::Many(self.paid_on()),
            FactKey::SetOffYen => list(self.set_off_yen()),
            FactKey::SetOffOn => FactValue::Many(self.set_off_on()),
            FactKey::PaymentYen => list(self.payment_yen()),
            FactKey::Results => one(self.results_word()),
            FactKey::Objection => one(self.objection()),
            FactKey::Answer => one(self.answer()),
            FactKey::CheckUps => one(self.check_ups()),
            FactKey::CheckUpDates => list(self.check_up_dates().unwrap_or_default()),
            FactKey::DrugMonths => list(self.drug_months()),
            FactKey::CertificateClass => one(self.certificate_class()),
            FactKey::LimitClass => one(self.limit_class()),
            FactKey::Preschool => one(self.preschool()),
            FactKey::ReferenceNumber => one(&self.reference_number()),
            FactKey::AnsweredBy => one(self.answered_by()),
            FactKey::Job => one(self.job()),
            FactKey::Polls => one(&self.polls()),
            FactKey::JobPeople => many(self.job_people()),
            FactKey::Listed => FactValue::Many(self.listed()),
            FactKey::Granted => maybe(self.grant().map(|g| g.granted.to_string())),
            FactKey::GrantReason => maybe(self.grant().map(|g| g.reason.word().to_owned())),
            FactKey::GrantStep => FactValue::Many(self.grant_step()),
            FactKey::GrantedUnits => maybe(self.granted_units()),
        }
    }

    /// Everything that arrived in this step.
    pub(crate) fn arrived(&self) -> impl Iterator<Item = Arrival<'a>> + use<'a> {
        let list: &'a [Arrival<'a>] =
            self.steps.arrivals.get(self.step).map(Vec::as_slice).unwrap_or_default();
        list.iter().copied()
    }

    /// Every message that arrived in this step.
    fn messages(&self) -> impl Iterator<Item = &'a Message> + use<'a> {
        self.arrived().map(|arrival| arrival.message)
    }

    fn screens(&self) -> impl Iterator<Item = &'a Screen> {
        self.messages().filter_map(|message| match message {
            Message::Screen(screen) => Some(screen),
            _ => None,
        })
    }

    /// The moment of the charge, which ends what happens at the counter.
    fn charged_at(&self) -> Option<u32> {
        let charge = |a: &Arrival<'_>| matches!(a.message, Message::Counter(Counter::Charge(_)));
        self.arrived().find(charge).map(|a| a.seq)
    }

    /// What was charged, each time.
    pub(crate) fn bills(&self) -> impl Iterator<Item = &'a Bill> + use<'a> {
        self.messages().filter_map(|message| match message {
            Message::Counter(Counter::Charge(bill)) => Some(bill),
            _ => None,
        })
    }

    fn bill(&self) -> Option<&'a Bill> {
        self.bills().next()
    }

    /// The add-ons that were charged, with their points.
    fn add_ons(&self) -> impl Iterator<Item = (AddOnKind, i64)> + use<'a> {
        let lines = self.bill().into_iter().flat_map(|bill| &bill.lines);
        lines.filter_map(|line| Some((line.add_on?.0, line.points)))
    }

    /// When the centre judged a certificate whose state the certifier had told it, and whether
    /// it took it.
    pub(crate) fn certificate_judged(&self) -> Option<(Jst, bool)> {
        let told = self.arrived().any(|a| (a.from, a.to) == (PartyId::Certifier, PartyId::Centre));
        let judged = self.arrived().find_map(|a| match a.message {
            Message::CentreAnswer(answer) => match answer.reply {
                Reply::CertificateGood { .. } => Some((a.sent, true)),
                // What is not registered as health card says nothing of the certificate.
                Reply::CertificateRefused(Refusal::NotSignedUp) => None,
                Reply::CertificateRefused(_) => Some((a.sent, false)),
                _ => None,
            },
            _ => None,
        });
        judged.filter(|_| told)
    }

    /// Files that appeared for the desk.
    fn files(&self) -> impl Iterator<Item = (u32, &'a File)> + use<'a> {
        self.arrived().filter_map(|arrival| match (arrival.to, arrival.message) {
            (PartyId::Desk(_), Message::File(file)) => Some((arrival.seq, file)),
            _ => None,
        })
    }

    /// Eligibility answers that the desk had when it charged, in files and on the page.
    fn answers(&self) -> Vec<ConfirmationAnswer> {
        let charged = self.charged_at().unwrap_or(u32::MAX);
        let one = |file| confirmation(file).or_else(|| self.listed_answer(file));
        let files = self.files().filter_map(|(seq, file)| Some((seq, one(file)?)));
        let pages = self.page_answers().map(|(seq, answer)| (seq, answer.clone()));
        let mut all: Vec<_> = files.chain(pages).filter(|(seq, _)| *seq < charged).collect();
        all.sort_by_key(|(seq, _)| *seq);
        all.into_iter().map(|(_, answer)| answer).collect()
    }

    fn eligibility(&self) -> &'static str {
        if let Some(answer) = self.answers().last() {
            return match (answer.header.segment, &answer.body) {
                (Segment::Normal, Some(body)) if body.status == Status::Error => "error",
                (Segment::Normal, Some(body)) => body.validity.map_or("error", validity_word),
                // The question as a whole failed: no answer, which is not a "no".
                _ => "unknown",
            };
        }
        let no_connection = self.screens().any(|s| *s == Screen::Failed(ReaderFault::NoConnection));
        let charged = self.charged_at().unwrap_or(u32::MAX);
        let asked = self.arrived().any(|arrival| {
            arrival.seq < charged
                && matches!((arrival.from, arrival.message), (PartyId::Desk(_), Message::File(f))
                    if f.folder == Folder::Req
                        && (f.name.starts_with("OQSsiquc") || f.name.starts_with("OQSmu")))
        });
        if no_connection || asked { "unknown" } else { "not-asked" }
    }

    /// How it ended for the token: a PIN typed again, or a second try, has the last word.
    fn card(&self) -> &'static str {
        let ends = self.messages().filter_map(|message| match message {
            Message::Screen(Screen::Done) => Some("accepted"),
            Message::Screen(Screen::Failed(fault)) => Some(fault_word(*fault)),
            Message::RemoteResult(result) => Some(remote_word(*result)),
            _ => None,
        });
        ends.last().unwrap_or("not-read")
    }

    fn verified(&self) -> &'static str {
        self.messages()
            .filter_map(|message| match message {
                Message::ReaderReport(ReaderReport::Identified { carrier, method, .. }) => {
                    Some(method_word(*carrier, *method))
                }
                Message::RemoteResult(RemoteResult::Registered) => Some("remote"),
                _ => None,
            })
            .last()
            .unwrap_or("none")
    }

    fn asked_for(&self) -> Vec<&'static str> {
        let asked = self.messages().filter_map(|message| match message {
            Message::Counter(Counter::Show(kind)) => Some(proof_word(*kind)),
            _ => None,
        });
        asked.collect()
    }

    fn has_no_pin(&self) -> bool {
        let step = self.steps.scenario.timeline.get(self.step);
        let person =
            step.and_then(|s| s.who()).and_then(|(_, w)| self.steps.scenario.people.get(w));
        let card = person.and_then(|p| p.card.as_ref());
        card.is_some_and(|c| c.kind == CardKind::FaceOnly)
    }

    fn identity(&self) -> &'static str {
        let remote = self.messages().any(|message| {
            matches!(message, Message::PatientSays(PatientSays::Arrives(a))
                if a.route.is_remote())
        });
        let basis = self.bill().and_then(|b| b.basis);
        let by_token = matches!(basis, Some(ProofKind::Card | ProofKind::Phone));
        if remote && by_token { "complete" } else { "incomplete" }
    }

    fn later(&self) -> &'static str {
        let Some(charged) = self.charged_at() else { return "not-identified" };
        let after = self.files().filter(|(seq, _)| *seq > charged);
        let valid = |answer: ConfirmationAnswer| {
            answer.body.is_some_and(|b| b.validity == Some(Validity::Valid))
        };
        let identified = after.filter_map(|(_, file)| confirmation(file)).any(valid);
        let identified = identified || self.confirmed_in_bulk();
        if identified { "identified" } else { "not-identified" }
    }
}

/// An eligibility answer, if the file is one.
pub(crate) fn confirmation(file: &File) -> Option<ConfirmationAnswer> {
    let is_answer = file.folder != Folder::Req && file.name.starts_with("OQSsiquc01res");
    is_answer.then(|| read_answer(&file.bytes.0).ok()).flatten()
}

fn one(word: &str) -> FactValue {
    FactValue::One(word.to_owned())
}

fn many(words: Vec<&'static str>) -> FactValue {
    FactValue::Many(words.into_iter().map(str::to_owned).collect())
}

fn list<T: ToString>(values: Vec<T>) -> FactValue {
    FactValue::Many(values.iter().map(ToString::to_string).collect())
}

fn maybe(word: Option<String>) -> FactValue {
    FactValue::Many(word.into_iter().collect())
}
