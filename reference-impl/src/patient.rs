//! A patient: does what the plan says, reacts to screens and to staff, shows what there is.

mod at_reader;
mod portal;
mod remote;
mod shows;

use crate::calendar::{Jst, MINUTE};
use crate::message::counter::{Arrival, Person, ProofKind, Shows, Trouble};
use crate::message::reader::{Carrier, Method, ReaderFault};
use crate::message::{
    Application, Counter, Message, Order, PatientSays, PortalWish, Procedure, Proof, Screen, Touch,
    VisitOrder,
};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
pub use portal::LogIn;

/// How long a patient looks at a dead reader before going to the desk.
const READER_PATIENCE: i64 = MINUTE;
/// How often a patient looks into the camera before choosing another way.
const LOOKS_MAX: u8 = 2;

/// A patient.
#[derive(Debug)]
pub struct Patient {
    person: Person,
    /// Certificates whose PIN works, to log in to the portal with.
    log_ins: Vec<LogIn>,
    /// How many of them were tried at this visit.
    log_ins_tried: usize,
    /// What the portal was opened for.
    portal_wish: PortalWish,
    /// What was asked of hotline or municipality last.
    procedure: Option<Procedure>,
    visit: Option<Visit>,
    /// Papers that came by post, the newest of each kind.
    received: Vec<Proof>,
    /// Things to do after the patient's own pace, oldest first.
    later: std::collections::VecDeque<(PartyId, Message)>,
    waits: u64,
}

#[derive(Debug)]
struct Visit {
    order: VisitOrder,
    /// Methods not tried yet.
    methods: std::collections::VecDeque<Method>,
    /// The one being tried.
    method: Option<Method>,
    /// PINs not typed yet.
    pins: std::collections::VecDeque<String>,
    /// The one typed last.
    typed: Option<String>,
    /// How often the patient has put the card on the reader.
    placed: u8,
    /// How often the patient has looked into the camera.
    looks: u8,
    at_reader: bool,
    /// Whether the reader has reacted.
    reacted: bool,
    /// Whether the institution's device is used instead of its reader.
    on_device: bool,
    /// Papers shown at this visit; none is shown twice.
    shown: Vec<ProofKind>,
}

impl Patient {
    /// A patient; `log_ins` are the certificates that may open the portal, in the order they
    /// are tried.
    pub fn new(person: Person, log_ins: Vec<LogIn>) -> Self {
        let later = std::collections::VecDeque::new();
        let (log_ins_tried, portal_wish) = (0, PortalWish::default());
        let (procedure, visit, waits) = (None, None, 0);
        let received = Vec::new();
        Self {
            person,
            log_ins,
            log_ins_tried,
            portal_wish,
            procedure,
            visit,
            received,
            later,
            waits,
        }
    }

    fn desk(&self) -> PartyId {
        PartyId::Desk(self.visit.as_ref().map_or(0, |v| v.order.facility))
    }

    fn reader(&self) -> PartyId {
        PartyId::Reader(self.visit.as_ref().map_or(0, |v| v.order.reader))
    }

    /// Does something at the patient's own pace.
    fn act(&mut self, now: Jst, to: PartyId, message: impl Into<Message>, out: &mut Outbox) {
        let pace = self.visit.as_ref().map_or(0, |v| v.order.pace);
        self.later.push_back((to, message.into()));
        out.wake_after(now, pace, "act", 0);
    }

    /// Does something at the reader and watches the screen.
    fn touch(&mut self, now: Jst, touch: Touch, out: &mut Outbox) {
        self.act(now, self.reader(), touch, out);
        self.watch_reader(now, out);
    }

    fn watch_reader(&mut self, now: Jst, out: &mut Outbox) {
        self.waits += 1;
        out.wake_after(now, READER_PATIENCE, "reader", self.waits);
    }

    fn say(&mut self, now: Jst, says: PatientSays, out: &mut Outbox) {
        self.act(now, self.desk(), says, out);
    }

    fn begin(&mut self, now: Jst, order: VisitOrder, out: &mut Outbox) {
        self.visit = Some(Visit {
            methods: order.methods.iter().copied().collect(),
            method: None,
            pins: order.pins.iter().cloned().collect(),
            typed: None,
            placed: 0,
            looks: 0,
            at_reader: false,
            reacted: false,
            on_device: false,
            shown: Vec::new(),
            order,
        });
        if self.visit.as_ref().is_some_and(|v| v.order.again) {
            self.use_reader(now, out);
        } else if !self.use_remote_reception(now, out) {
            self.arrive(now, out);
        }
    }

    fn arrive(&mut self, now: Jst, out: &mut Outbox) {
        let Some(visit) = &self.visit else { return };
        let order = &visit.order;
        let shows = match order.shows {
            Shows::Token { carrier: Carrier::Card, .. } => Some(bare(ProofKind::Card)),
            Shows::Token { .. } => Some(bare(ProofKind::Phone)),
            Shows::Paper(kind) => self.paper(kind),
            Shows::Nothing => None,
        };
        let arrival = Arrival {
            person: self.person.clone(),
            shows,
            first: order.first,
            route: order.route,
            own_device: order.own_device,
            reader: order.reader,
            treatment: order.treatment.clone(),
            limit_consent: order.consent.limit,
            circumstances: order.circumstances,
            states_percent: order.states_percent,
            mistyped: order.mistyped.clone(),
            certificates: order.certificates.clone(),
        };
        let kind = arrival.shows.as_ref().map(|p| p.kind);
        if let Some(visit) = &mut self.visit {
            visit.shown.extend(kind);
        }
        self.say(now, PatientSays::Arrives(Box::new(arrival)), out);
    }

    fn paper(&self, kind: ProofKind) -> Option<Proof> {
        let papers = self.visit.as_ref().map(|v| v.order.papers.as_slice()).unwrap_or_default();
        papers.iter().chain(&self.received).find(|p| p.kind == kind).cloned()
    }

    fn use_reader(&mut self, now: Jst, out: &mut Outbox) {
        let Some(visit) = &mut self.visit else { return };
        visit.at_reader = true;
        let Shows::Token { token, carrier } = visit.order.shows else { return };
        let touch = match carrier {
            Carrier::Card => return self.place_card(now, out),
            _ if visit.order.phone_too_early => Touch::HoldPhone(token),
            phone => Touch::ChoosePhone(phone),
        };
        self.touch(now, touch, out);
    }

    fn screen(&mut self, now: Jst, screen: Screen, out: &mut Outbox) {
        // Any screen is a sign of life; the next one is waited for afresh, also where this one
        // asks for nothing.
        self.watch_reader(now, out);
        if matches!(screen, Screen::PinUnusable | Screen::Failed(ReaderFault::PhonePinLocked)) {
            self.forget_locked_token();
        }
        let Some(visit) = &mut self.visit else { return };
        visit.reacted = true;
        match screen {
            Screen::ChooseMethod
            | Screen::FaceNotMatched
            | Screen::FaceNotSeen(_)
            | Screen::PinUnusable
            | Screen::NoCamera
            | Screen::VisualModeOn
            | Screen::NoPhotograph => {
                // A camera that did not find the face is tried once more before another way
                // is taken (IDV-002).
                let again = matches!(screen, Screen::FaceNotMatched | Screen::FaceNotSeen(_))
                    && visit.method == Some(Method::Face)
                    && visit.looks < LOOKS_MAX;
                if again {
                    self.touch(now, Touch::Choose(Method::Face), out);
                } else {
                    self.next_method(now, out);
                }
            }
            Screen::LookHere => {
                visit.looks += 1;
                let sight = at_reader::sight(&mut visit.order);
                self.touch(now, Touch::Look(sight), out);
            }
            Screen::EnterPin { .. } if visit.order.pin_on_phone => {
                // Typed where it does no good; then the phone is held up (IDV-020).
                if let Shows::Token { token, .. } = visit.order.shows {
                    self.touch(now, Touch::HoldPhone(token), out);
                }
            }
            Screen::EnterPin { .. } => match visit.pins.pop_front() {
                Some(pin) => {
                    visit.typed = Some(pin.clone());
                    self.touch(now, Touch::Pin(pin), out);
                }
                // The patient knows no other PIN and goes back to choose another way.
                None if at_reader::is_phone(&visit.order.shows) => self.give_up(now, out),
                None => self.next_method(now, out),
            },
            Screen::PrintNotRead => self.print_not_read(now, out),
            Screen::PlaceCardAgain => self.place_again(now, out),
            Screen::ShowToStaff => self.say(now, PatientSays::WantsVisual, out),
            Screen::HoldPhone => {
                if let Shows::Token { token, .. } = visit.order.shows {
                    self.touch(now, Touch::HoldPhone(token), out);
                }
            }
            Screen::Consent(screen) => self.consent(now, screen, out),
            Screen::SignUp if visit.order.signs_up => self.touch(now, Touch::SignUp, out),
            Screen::SignUp => self.give_up(now, out),
            Screen::RenewalNotice { .. } => {}
            Screen::Done => self.leave_reader(now, PatientSays::ReaderDone, out),
            Screen::Failed(fault) => self.leave_failed(now, Trouble::Shown(fault), out),
        }
    }

    /// Chooses the next way of being identified, if one is left.
    fn next_method(&mut self, now: Jst, out: &mut Outbox) {
        let Some(visit) = &mut self.visit else { return };
        visit.method = visit.methods.pop_front();
        match visit.method {
            Some(method) => self.touch(now, Touch::Choose(method), out),
            None => self.give_up(now, out),
        }
    }

    fn give_up(&mut self, now: Jst, out: &mut Outbox) {
        self.leave_failed(now, Trouble::GaveUp, out);
    }

    fn leave_failed(&mut self, now: Jst, trouble: Trouble, out: &mut Outbox) {
        if self.card_instead(now, out) {
            return;
        }
        self.leave_reader(now, PatientSays::ReaderFailed(trouble), out);
    }

    fn leave_reader(&mut self, now: Jst, says: PatientSays, out: &mut Outbox) {
        let Some(visit) = &mut self.visit else { return };
        if !std::mem::take(&mut visit.at_reader) {
            return;
        }
        self.waits += 1;
        let again = visit.order.again;
        self.act(now, self.reader(), Touch::TakeCard, out);
        if !again {
            self.say(now, says, out);
        }
    }
}

fn bare(kind: ProofKind) -> Proof {
    Proof { kind, paper: None }
}

impl Party for Patient {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { message: Message::Order(Order::Visit(order)), .. } => {
                self.begin(now, *order, out);
            }
            Input::Message { message: Message::Order(Order::Portal(wish)), .. } => {
                self.open_portal(now, wish, out);
            }
            Input::Message { message: Message::Order(Order::Bring(proofs)), .. } => {
                for proof in proofs {
                    self.say(now, PatientSays::Shows(proof), out);
                }
            }
            Input::Message { message: Message::Order(Order::Procedure(asked)), .. } => {
                self.procedure = Some(asked.what.clone());
                out.send(PartyId::Certifier, asked);
            }
            Input::Message { message: Message::ProcedureResult(result), .. } => {
                self.procedure_ended(result);
            }
            Input::Message { message: Message::Order(Order::Apply { insurer, kind }), .. } => {
                out.send(insurer, Application { kind });
            }
            Input::Message { message: Message::Posted(proof), .. } => {
                self.received.retain(|held| held.kind != proof.kind);
                self.received.push(proof);
            }
            Input::Message { message: Message::Screen(screen), .. } => {
                self.screen(now, screen, out);
            }
            Input::Message { message: Message::Counter(counter), .. } => match counter {
                Counter::UseReader => self.use_reader(now, out),
                Counter::UseRemote => self.use_device(now, out),
                Counter::VisualReady => {
                    let same = self.visit.as_ref().is_some_and(|v| v.order.looks_alike);
                    self.say(now, PatientSays::PleaseCompare { same }, out);
                    self.watch_reader(now, out);
                }
                Counter::Show(kind) => self.asked_for(now, kind, out),
                Counter::Charge(_) => {}
            },
            Input::Message { message: Message::PortalShown(shown), .. } => {
                self.portal_shown(now, shown, out);
            }
            Input::Message { message: Message::RemoteResult(result), .. } => {
                self.remote_ended(now, result, out);
            }
            Input::Alarm(Alarm { name: "act", .. }) => {
                if let Some((to, message)) = self.later.pop_front() {
                    out.send(to, message);
                }
            }
            Input::Alarm(Alarm { name: "reader", key }) if key == self.waits => {
                let reacted = self.visit.as_ref().is_some_and(|v| v.reacted);
                let trouble = if reacted { Trouble::GaveUp } else { Trouble::Silent };
                self.leave_failed(now, trouble, out);
            }
            Input::Alarm(Alarm { name: "portal", key }) if key == self.waits => {
                self.without_portal(now, out);
            }
            _ => {}
        }
    }
}
