//! What can be seen of a step from outside the parties: screens, files, words, claim files.

use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::claim::{ClaimMessage, ReceiptResult};
use madoguchi_reference::message::counter::ProofKind;
use madoguchi_reference::message::file::{File, Folder};
use madoguchi_reference::message::reader::{Carrier, ConsentScreen, Method, ReaderFault};
use madoguchi_reference::message::{
    Counter, Message, PatientSays, ReaderReport, RemoteResult, Screen, TokenReply,
};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::register::Route;
use madoguchi_reference::uke::{self, Receipt};
use madoguchi_reference::wire::{
    ConfirmationAnswer, RecordsAnswer, Segment, Status, Validity, read_answer, read_records_answer,
};
use madoguchi_scenario::{CardKind, FactKey, FactValue, Scenario};
use madoguchi_sim::{Event, Trace, What};

/// The facts of one step.
#[derive(Debug)]
pub struct Facts<'a> {
    scenario: &'a Scenario,
    trace: &'a Trace,
    step: u16,
}

impl<'a> Facts<'a> {
    /// The facts of step `step` of a run of `scenario`.
    pub fn new(scenario: &'a Scenario, trace: &'a Trace, step: usize) -> Self {
        Self { scenario, trace, step: u16::try_from(step).unwrap_or(u16::MAX) }
    }

    /// One fact; an empty list where nothing was seen.
    pub fn get(&self, key: FactKey) -> FactValue {
        match key {
            FactKey::Eligibility => one(self.eligibility()),
            FactKey::Card => one(self.card()),
            FactKey::Records => one(self.records()),
            FactKey::Alert => {
                let shown = self.screens().any(|s| matches!(s, Screen::RenewalNotice { .. }));
                one(if shown { "renew" } else { "none" })
            }
            FactKey::Verified => one(self.verified()),
            FactKey::Limit => one(self.limit()),
            FactKey::ConsentScreens => many(self.consent_screens()),
            FactKey::AskedFor => many(self.asked_for()),
            FactKey::Basis => {
                let bill = self.bill().map(|b| b.basis.map_or("none", proof_word));
                FactValue::Many(bill.into_iter().map(str::to_owned).collect())
            }
            FactKey::Share => maybe(self.bill().map(|b| format!("{}%", b.percent))),
            FactKey::Pay => maybe(self.bill().map(|b| b.yen.to_string())),
            FactKey::Pin => one(self.pin()),
            FactKey::Identity => one(self.identity()),
            FactKey::Later => one(self.later()),
            FactKey::ClaimInsurer => self.receipt_list(|r| insurance(r, |i| i.insurer.to_string())),
            FactKey::ClaimNumber => self.receipt_list(|r| insurance(r, |i| i.number.to_string())),
            FactKey::ClaimKind => self.receipt_list(|r| vec![r.kind.clone()]),
            FactKey::ClaimNotes => self.receipt_list(|r| r.notes.clone()),
            FactKey::ClaimRemark => self.receipt_list(remark),
            FactKey::ClaimReceipts => one(&self.receipts().len().to_string()),
            FactKey::Outcome => self.outcome(),
            FactKey::Confirmation => self.confirmation(),
            FactKey::PaidBy => self.paid_by(),
            FactKey::Answer => one(self.answer()),
        }
    }

    /// Everything that arrived in this step: when, from whom, to whom, what.
    fn arrived(&self) -> impl Iterator<Item = (&'a Event, PartyId, PartyId, &'a Message)> {
        let step = Some(self.step);
        self.trace.events.iter().filter(move |e| e.step == step).filter_map(|e| match &e.what {
            What::Arrived { from, to, message, .. } => Some((e, *from, *to, message)),
            _ => None,
        })
    }

    fn screens(&self) -> impl Iterator<Item = &'a Screen> {
        self.arrived().filter_map(|(_, _, _, message)| match message {
            Message::Screen(screen) => Some(screen),
            _ => None,
        })
    }

    /// The moment of the charge, which ends what happens at the counter.
    fn charged_at(&self) -> Option<u32> {
        self.arrived().find_map(|(event, _, _, message)| {
            matches!(message, Message::Counter(Counter::Charge(_))).then_some(event.seq)
        })
    }

    fn bill(&self) -> Option<&'a madoguchi_reference::message::counter::Bill> {
        self.arrived().find_map(|(_, _, _, message)| match message {
            Message::Counter(Counter::Charge(bill)) => Some(bill),
            _ => None,
        })
    }

    /// Files that appeared for the desk.
    fn files(&self) -> impl Iterator<Item = (&'a Event, &'a File)> {
        self.arrived().filter_map(|(event, _, to, message)| match (to, message) {
            (PartyId::Desk(_), Message::File(file)) => Some((event, file)),
            _ => None,
        })
    }

    /// Eligibility answers that the desk had when it charged.
    fn answers(&self) -> Vec<ConfirmationAnswer> {
        let charged = self.charged_at().unwrap_or(u32::MAX);
        let files = self.files().filter(|(event, _)| event.seq < charged);
        files.filter_map(|(_, file)| confirmation(file)).collect()
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
        let asked = self.arrived().any(|(event, from, _, message)| {
            event.seq < charged
                && matches!((from, message), (PartyId::Desk(_), Message::File(f))
                    if f.folder == Folder::Req && f.name.starts_with("OQSsiquc"))
        });
        if no_connection || asked { "unknown" } else { "not-asked" }
    }

    fn card(&self) -> &'static str {
        for (_, _, _, message) in self.arrived() {
            match message {
                Message::Screen(Screen::Done) => return "accepted",
                Message::Screen(Screen::Failed(fault)) => return fault_word(*fault),
                Message::RemoteResult(result) => return remote_word(*result),
                _ => {}
            }
        }
        "not-read"
    }

    fn records(&self) -> &'static str {
        let given = self.files().any(|(_, file)| {
            file.folder == Folder::Res
                && file.name.starts_with("YZKsiquc")
                && matches!(read_records_answer(&file.bytes.0), Ok(RecordsAnswer::Given(_)))
        });
        if given { "shown" } else { "withheld" }
    }

    fn verified(&self) -> &'static str {
        self.arrived()
            .filter_map(|(_, _, _, message)| match message {
                Message::ReaderReport(ReaderReport::Identified { carrier, method, .. }) => {
                    Some(match (carrier, method) {
                        (Carrier::Android | Carrier::Iphone, _) => "phone",
                        (Carrier::Card, Method::Face) => "face",
                        (Carrier::Card, Method::Pin) => "pin",
                        (Carrier::Card, Method::Visual) => "visual",
                    })
                }
                Message::RemoteResult(RemoteResult::Registered) => Some("remote"),
                _ => None,
            })
            .last()
            .unwrap_or("none")
    }

    fn limit(&self) -> &'static str {
        let answers = self.answers();
        let body = answers.last().and_then(|a| a.body.as_ref());
        let given = body.is_some_and(|b| b.people.iter().any(|p| p.limit.is_some()));
        if given { "given" } else { "withheld" }
    }

    fn consent_screens(&self) -> Vec<&'static str> {
        let screens = self.screens().filter_map(|screen| match screen {
            Screen::Consent(screen) => Some(match screen {
                ConsentScreen::Package => "package",
                ConsentScreen::Surgery => "surgery",
                ConsentScreen::TreatmentAndDrugs => "treatment-and-drugs",
                ConsentScreen::CheckUp => "check-up",
                ConsentScreen::Limit => "limit",
            }),
            _ => None,
        });
        screens.collect()
    }

    fn asked_for(&self) -> Vec<&'static str> {
        let asked = self.arrived().filter_map(|(_, _, _, message)| match message {
            Message::Counter(Counter::Show(kind)) => Some(proof_word(*kind)),
            _ => None,
        });
        asked.collect()
    }

    fn pin(&self) -> &'static str {
        let last = self
            .arrived()
            .filter_map(|(_, _, _, message)| match message {
                Message::TokenReply(reply) => Some(reply),
                _ => None,
            })
            .filter_map(|reply| match reply {
                TokenReply::PinAccepted => Some("accepted"),
                TokenReply::PinWrong { .. } => Some("wrong"),
                TokenReply::PinUnusable if self.has_no_pin() => Some("unusable"),
                TokenReply::PinUnusable => Some("locked"),
                _ => None,
            });
        last.last().unwrap_or("not-asked")
    }

    fn has_no_pin(&self) -> bool {
        let step = self.scenario.timeline.get(usize::from(self.step));
        let person = step.and_then(|s| s.who()).and_then(|(_, w)| self.scenario.people.get(w));
        let card = person.and_then(|p| p.card.as_ref());
        card.is_some_and(|c| c.kind == CardKind::FaceOnly)
    }

    fn identity(&self) -> &'static str {
        let remote = self.arrived().any(|(_, _, _, message)| {
            matches!(message, Message::PatientSays(PatientSays::Arrives(a))
                if a.route != Route::Counter)
        });
        let basis = self.bill().and_then(|b| b.basis);
        let by_token = matches!(basis, Some(ProofKind::Card | ProofKind::Phone));
        if remote && by_token { "complete" } else { "incomplete" }
    }

    fn later(&self) -> &'static str {
        let Some(charged) = self.charged_at() else { return "not-identified" };
        let after = self.files().filter(|(event, _)| event.seq > charged);
        let valid = |answer: ConfirmationAnswer| {
            answer.body.is_some_and(|b| b.validity == Some(Validity::Valid))
        };
        let identified = after.filter_map(|(_, file)| confirmation(file)).any(valid);
        if identified { "identified" } else { "not-identified" }
    }

    /// The kana name of the person a claim step is about, as it was said at the counter.
    fn kana(&self) -> Option<&'a str> {
        let step = self.scenario.timeline.get(usize::from(self.step))?;
        let who = step.claim.as_ref()?.who.as_ref()?;
        let position = self.scenario.people.keys().position(|name| name == who)?;
        let patient = PartyId::Patient(u16::try_from(position).ok()?);
        self.trace.events.iter().find_map(|event| match &event.what {
            What::Arrived {
                from,
                message: Message::PatientSays(PatientSays::Arrives(arrival)),
                ..
            } if *from == patient => Some(arrival.person.kana.as_str()),
            _ => None,
        })
    }

    /// Receipts handed in for the person.
    fn receipts(&self) -> Vec<Receipt> {
        let kana = self.kana();
        let file = self.arrived().find_map(|(_, _, _, message)| match message {
            Message::Claim(ClaimMessage::HandIn(bytes)) => uke::read(&bytes.0).ok(),
            _ => None,
        });
        let receipts = file.map(|f| f.receipts).unwrap_or_default();
        receipts.into_iter().filter(|r| kana.is_none_or(|k| k == r.kana)).collect()
    }

    fn receipt_list(&self, part: impl Fn(&Receipt) -> Vec<String>) -> FactValue {
        FactValue::Many(self.receipts().iter().flat_map(part).collect())
    }

    /// What became of the person's receipts.
    fn results(&self) -> Vec<&'a ReceiptResult> {
        let kana = self.kana();
        let results = self.arrived().filter_map(|(_, _, _, message)| match message {
            Message::Claim(ClaimMessage::Results { receipts, .. }) => Some(receipts),
            _ => None,
        });
        results.flatten().filter(|r| kana.is_none_or(|k| k == r.kana)).collect()
    }

    fn outcome(&self) -> FactValue {
        let refused = self.arrived().any(|(_, _, _, message)| {
            matches!(message, Message::Claim(ClaimMessage::Refused { .. }))
        });
        if refused {
            return one("refused");
        }
        use madoguchi_reference::message::claim::Outcome;
        let word = |r: &&ReceiptResult| match r.outcome {
            Outcome::Kept => "kept",
            Outcome::Transferred => "transferred",
            Outcome::Split => "split",
            Outcome::Returned => "returned",
            Outcome::Shared => "shared",
        };
        many(self.results().iter().map(word).collect())
    }

    fn confirmation(&self) -> FactValue {
        let codes = self.results().into_iter().filter_map(|r| r.outcome.confirmation_code());
        many(codes.collect())
    }

    fn paid_by(&self) -> FactValue {
        let mut parts: Vec<_> = self.results().iter().flat_map(|r| &r.parts).collect();
        parts.sort_by_key(|part| part.days.first().copied());
        FactValue::Many(parts.iter().map(|part| part.insured.insurer.to_string()).collect())
    }

    fn answer(&self) -> &'static str {
        let mut word = "none";
        for (_, file) in self.files() {
            if file.name.ends_with(".err") {
                return "err-file";
            }
            if let Some(answer) = confirmation(file) {
                word = match (answer.header.segment, answer.body) {
                    (Segment::Normal, Some(body)) if body.status == Status::Error => "person-error",
                    (Segment::Normal, _) => "normal",
                    _ => "header-error",
                };
            }
        }
        word
    }
}

/// An eligibility answer, if the file is one.
pub(crate) fn confirmation(file: &File) -> Option<ConfirmationAnswer> {
    let is_answer = file.folder != Folder::Req && file.name.starts_with("OQSsiquc01res");
    is_answer.then(|| read_answer(&file.bytes.0).ok()).flatten()
}

/// The person a file for the desk is about, and until when drug information may be looked up.
pub(crate) fn look_up_right(file: &File) -> Option<(String, Option<Jst>)> {
    let answer = confirmation(file)?;
    let person = answer.body?.people.into_iter().next()?;
    let drugs = person.drugs?;
    let open = drugs.flag == madoguchi_reference::wire::ConsentFlag::Yes;
    open.then_some((person.kana?, drugs.until))
}

fn one(word: &str) -> FactValue {
    FactValue::One(word.to_owned())
}

fn many(words: Vec<&'static str>) -> FactValue {
    FactValue::Many(words.into_iter().map(str::to_owned).collect())
}

fn maybe(word: Option<String>) -> FactValue {
    FactValue::Many(word.into_iter().collect())
}

fn insurance(receipt: &Receipt, part: impl Fn(&uke::Insurance) -> String) -> Vec<String> {
    receipt.insurance.iter().map(part).collect()
}

/// How the remarks begin: their first word.
fn remark(receipt: &Receipt) -> Vec<String> {
    let first = |c: &uke::Comment| c.text.split(['　', ' ']).next().unwrap_or_default().to_owned();
    receipt.comments.iter().map(first).collect()
}

fn validity_word(validity: Validity) -> &'static str {
    match validity {
        Validity::Valid | Validity::ValidUnregistered => "valid",
        Validity::Invalid => "invalid",
        Validity::InvalidNewer => "invalid-newer",
        Validity::None => "none",
        Validity::Several => "several",
    }
}

fn fault_word(fault: ReaderFault) -> &'static str {
    match fault {
        ReaderFault::Unreadable => "unreadable",
        ReaderFault::CertificateRefused | ReaderFault::PhoneNotAccepted => "rejected",
        ReaderFault::NoConnection => "no-connection",
        ReaderFault::PhoneTooEarly | ReaderFault::NotIdentified => "not-read",
    }
}

fn remote_word(result: RemoteResult) -> &'static str {
    match result {
        RemoteResult::Registered => "accepted",
        RemoteResult::CertificateRefused | RemoteResult::NotOpen => "rejected",
        RemoteResult::PinRefused => "not-read",
        RemoteResult::Unreachable => "no-connection",
    }
}

fn proof_word(kind: ProofKind) -> &'static str {
    match kind {
        ProofKind::Card => "card",
        ProofKind::Phone => "phone",
        ProofKind::HealthCard => "health-card",
        ProofKind::EligibilityCertificate => "eligibility-certificate",
        ProofKind::EligibilityNotice => "eligibility-notice",
        ProofKind::PortalScreen => "portal-screen",
        ProofKind::PortalPdf => "portal-pdf",
        ProofKind::KnownData => "known-data",
        ProofKind::Statement => "statement",
        ProofKind::Told => "told",
        ProofKind::PhotoId => "photo-id",
    }
}
