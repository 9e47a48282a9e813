//! Insurers and the intermediate server (医療保険者等向け中間サーバー) they register through.
//!
//! The beginning and the end of an insurance are two registrations, each with its own lag
//! (ELIG-020, ELIG-025); what is registered becomes visible after a batch (ELIG-080).

mod mail;
mod papers;

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::calendar::{DAY, HOUR, Jst, Month};
use crate::message::registry::AidTicket;
use crate::message::{ClaimMessage, Message, OfficeAsked, OfficeSays, Order, Registration};
use crate::party::{Alarm, Input, Outbox, Party, PartyId};
use crate::register::{Policy, Register};
use crate::residents::Residents;
use crate::wire::TicketKind;

use mail::Mail;
pub use papers::Reissue;

/// When an insurer registers something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    /// Before it takes effect.
    InTime,
    /// On the last day allowed, counted from the event (ELIG-020).
    Latest {
        /// The day of the event.
        event: Date,
    },
    /// At a time.
    At(Jst),
    /// On the first of the days on which the tickets of a month are loaded (ELIG-061).
    TicketDay(Month),
    /// On the last of them.
    LastTicketDay(Month),
}

/// An insurer with what it is going to register.
#[derive(Debug)]
pub struct Insurer {
    register: Arc<Register>,
    filings: Vec<(Due, Registration)>,
    /// Its post room, if it sends papers in this run.
    mail: Option<Mail>,
}

impl Insurer {
    /// An insurer that will register `filings`.
    pub fn new(register: Arc<Register>, filings: Vec<(Due, Registration)>) -> Self {
        Self { register, filings, mail: None }
    }

    fn due_at(&self, due: Due) -> Option<Jst> {
        match due {
            Due::InTime => None,
            Due::At(at) => Some(at),
            Due::TicketDay(month) => Some(self.in_month(month, |(first, _)| first)),
            Due::LastTicketDay(month) => Some(self.in_month(month, |(_, last)| last)),
            Due::Latest { event } => {
                let policy = self.register.on(event);
                Some(Jst::start_of(last_day_allowed(event, &policy)).plus(10 * HOUR))
            }
        }
    }
}

impl Insurer {
    fn in_month(&self, month: Month, day: impl Fn((i8, i8)) -> i8) -> Jst {
        let day = day(self.register.on(month.first()).ticket_days());
        let date = month.first().with().day(day).build().unwrap_or(month.last());
        Jst::start_of(date).plus(10 * HOUR)
    }

    /// A welfare office on the telephone: whether the person is entitled on the day, and what
    /// the ticket for the institution says or will say (ELIG-061).
    fn says(&self, asked: &OfficeAsked) -> OfficeSays {
        let registrations = || self.filings.iter().map(|(_, registration)| registration);
        let entry = registrations().find_map(|registration| {
            match registration {
                Registration::Aid(entry) => Some(entry),
                _ => None,
            }
            .filter(|e| e.recipient == asked.recipient && e.covers(asked.date))
        });
        let is_it = |ticket: &AidTicket| {
            entry.is_some_and(|entry| entry.owner == ticket.owner)
                && ticket.month == Month::of(asked.date)
                && ticket.institution == asked.institution
                && ticket.kind == TicketKind::Medical
        };
        let ticket = registrations().find_map(|registration| match registration {
            Registration::Ticket(ticket) if is_it(ticket) => Some(ticket),
            _ => None,
        });
        OfficeSays {
            patient: asked.patient,
            entitled: entry.is_some(),
            self_pay_yen: ticket.map_or(0, |ticket| i64::from(ticket.self_pay_yen)),
        }
    }
}

/// The last day on which a registration is in time: the employer's days and then the
/// insurer's, counted from the event as day 0 (ELIG-020, ELIG-021).
pub fn last_day_allowed(event: Date, policy: &Policy<'_>) -> Date {
    let (employer, insurer) = policy.registration_days();
    let mut date = event.saturating_add((employer + insurer).days());
    if policy.counts_working_days() {
        // Public holidays are not known here; a weekend moves to the Monday.
        while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            date = crate::calendar::day_after(date);
        }
    }
    date
}

impl Party for Insurer {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Start => {
                self.begin_mail(out);
                for (key, (due, registration)) in (0..).zip(&self.filings) {
                    match self.due_at(*due) {
                        Some(at) if now < at => out.wake(at, "register", key),
                        // Long registered when the run begins: the batches are history.
                        _ => {
                            out.send(PartyId::Centre, registration.clone());
                            out.send(PartyId::Portal, registration.clone());
                        }
                    }
                }
            }
            Input::Message { from, message: Message::OfficeAsked(asked) } => {
                out.send(from, self.says(&asked));
            }
            Input::Message { message: Message::CardsTold(told), .. } => {
                self.cards_told(now, &told, out);
            }
            Input::Message { from, message: Message::Application(application) } => {
                self.applied(now, from, application.kind, out);
            }
            Input::Message { message: Message::Order(Order::Object(objection)), .. } => {
                out.send(PartyId::Clearing, ClaimMessage::Objection(objection));
            }
            Input::Alarm(Alarm { name: "post", key }) => self.post_due(key, out),
            Input::Alarm(Alarm { name: "register", key }) => {
                let index = usize::try_from(key).unwrap_or(usize::MAX);
                if let Some((_, registration)) = self.filings.get(index) {
                    out.send(PartyId::Intermediate, registration.clone());
                }
            }
            _ => {}
        }
    }
}

/// The intermediate server: holds registrations against the resident register, collects them
/// and passes them on in a batch.
#[derive(Debug)]
pub struct Intermediate {
    register: Arc<Register>,
    residents: Arc<Residents>,
    /// What waits for its morning.
    batch: Vec<(Jst, Registration)>,
}

impl Intermediate {
    /// An intermediate server with nothing waiting, which asks J-LIS for `residents`.
    pub fn new(register: Arc<Register>, residents: Arc<Residents>) -> Self {
        Self { register, residents, batch: Vec::new() }
    }

    /// Whether a registration has to wait until the insurer has confirmed it, which it does by
    /// registering it again as it should be (ELIG-032, NBR-011).
    fn holds_back(&self, now: Jst, registration: &Registration) -> bool {
        let matched = self.register.on(now.date()).matches_new_registrations();
        matches!(registration, Registration::Gain(entry)
            if matched && !self.residents.agree(entry))
    }

    fn pass_on(registration: &Registration, out: &mut Outbox) {
        out.send(PartyId::Centre, registration.clone());
        out.send(PartyId::Portal, registration.clone());
    }
}

impl Party for Intermediate {
    fn handle(&mut self, now: Jst, input: Input, out: &mut Outbox) {
        match input {
            Input::Message { message: Message::Registration(registration), .. } => {
                if self.holds_back(now, &registration) {
                    return;
                }
                match self.register.on(now.date()).batch_hour() {
                    None => Self::pass_on(&registration, out),
                    Some(hour) => {
                        let tomorrow = Jst::start_of(now.date()).plus(DAY);
                        let due = tomorrow.plus(hour.saturating_mul(HOUR));
                        self.batch.push((due, registration));
                        out.wake(due, "batch", 0);
                    }
                }
            }
            Input::Alarm(Alarm { name: "batch", .. }) => {
                let (due, later) =
                    std::mem::take(&mut self.batch).into_iter().partition(|(due, _)| *due <= now);
                self.batch = later;
                let due: Vec<(Jst, Registration)> = due;
                for (_, registration) in due {
                    Self::pass_on(&registration, out);
                }
            }
            _ => {}
        }
    }
}
