//! Medical information in every run: NBR-001, CONS-002, CONS-003, CONS-022.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madoguchi_reference::calendar::Jst;
use madoguchi_reference::message::centre::{ConsentWish, Reply};
use madoguchi_reference::message::{Message, PatientSays, Touch};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::register::{Register, Route};
use madoguchi_reference::wire::{
    CheckUpAnswer, ConfirmationAnswer, ConsentFlag, ConsentTriple, RecordsAnswer, RecordsPerson,
    Reference,
};
use madoguchi_scenario::{FacilityKind, FactKey, Scenario};
use madoguchi_sim::{Trace, What};

use super::Check;

pub(super) fn checks(scenario: &Scenario, trace: &Trace, register: &Register) -> Vec<Check> {
    let replies = replies(trace);
    let mut all = shown(scenario, trace, register, &replies);
    all.extend(answers(scenario, trace, &replies));
    all
}

/// What the centre said to an institution or to the portal, with when and in which step, in the
/// order in which it was said: a line may let answers overtake each other.
fn replies(trace: &Trace) -> Vec<(Jst, usize, &Reply)> {
    let mut given = Vec::new();
    for event in &trace.events {
        if let (
            Some(step),
            What::Arrived {
                from: PartyId::Centre,
                sent,
                message: Message::CentreAnswer(answer),
                ..
            },
        ) = (event.step, &event.what)
        {
            given.push((*sent, usize::from(step), &answer.reply));
        }
    }
    given.sort_by_key(|(sent, ..)| *sent);
    given
}

/// A person as an answer names them.
type Who = (String, Date);

/// NBR-001: medical information reaches an institution only through card, consent and an open
/// window, or under a legal exception. Whatever the centre gives must fall under the right that
/// it confirmed last, at the moment it was given.
fn shown(
    scenario: &Scenario,
    trace: &Trace,
    register: &Register,
    replies: &[(Jst, usize, &Reply)],
) -> Vec<Check> {
    let mut rights: BTreeMap<(Who, Purpose), Right> = BTreeMap::new();
    let mut all = Vec::new();
    for (sent, step, reply) in replies {
        match reply {
            Reply::Confirmation(answer) => {
                let purpose = purpose(scenario, *step);
                let Some((who, mut right)) = right(answer) else { continue };
                let date = right.made.date();
                // An exception is one only where and when the law has it (CONS-040).
                let hospital = scenario.facility.kind == FacilityKind::Hospital;
                let excepted = register.on(date).emergency_viewing(hospital);
                right.given &= purpose != Purpose::Emergency || excepted;
                right.check_ups &= purpose != Purpose::Emergency || excepted;
                // An answer given again from memory is as old as it was the first time.
                let newest =
                    rights.get(&(who.clone(), purpose)).is_none_or(|held| held.made <= right.made);
                if newest {
                    rights.insert((who, purpose), right);
                }
            }
            Reply::Withdrawn(true) => {
                let who = person_of(scenario, trace, *step);
                let held = who.and_then(|who| rights.get_mut(&(who, Purpose::HomeVisit)));
                if let Some(held) = held {
                    (held.given, held.check_ups) = (false, false);
                }
            }
            other => {
                let Some((person, fact)) = information(other) else { continue };
                let who = (person.kana.clone().unwrap_or_default(), person.birth);
                let open = |purpose| {
                    let right = rights.get(&(who.clone(), purpose));
                    right.is_some_and(|right| right.open_at(*sent, fact))
                };
                let seen = if PURPOSES.into_iter().any(open) {
                    "shown with consent"
                } else {
                    "shown without consent"
                };
                all.push(Check::new("NBR-001", *step, fact, "shown with consent", seen));
            }
        }
    }
    all
}

/// What a right to look is for; one does not end the other (IDV-041).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Purpose {
    Outpatient,
    HomeVisit,
    Emergency,
}

const PURPOSES: [Purpose; 3] = [Purpose::Outpatient, Purpose::HomeVisit, Purpose::Emergency];

fn purpose(scenario: &Scenario, step: usize) -> Purpose {
    let visit = scenario.timeline.get(step).and_then(|s| s.visit.as_ref());
    match visit.map(|visit| visit.route) {
        Some(Route::HomeVisit) => Purpose::HomeVisit,
        Some(Route::Emergency) => Purpose::Emergency,
        _ => Purpose::Outpatient,
    }
}

/// Whose medical information a reply gives, and the fact it is.
fn information(reply: &Reply) -> Option<(&RecordsPerson, FactKey)> {
    match reply {
        Reply::Records(answer) => match answer.as_ref() {
            RecordsAnswer::Given(given) => Some((&given.person, FactKey::Records)),
            RecordsAnswer::Refused(_) => None,
        },
        Reply::CheckUps(answer) => match answer.as_ref() {
            CheckUpAnswer::Given(given) => Some((&given.person, FactKey::CheckUps)),
            CheckUpAnswer::Refused(_) => None,
        },
        _ => None,
    }
}

/// The right to look at somebody's drug information and check-ups, as last confirmed.
struct Right {
    made: Jst,
    given: bool,
    check_ups: bool,
    until: Option<Jst>,
}

impl Right {
    fn open_at(&self, now: Jst, fact: FactKey) -> bool {
        let given = if fact == FactKey::CheckUps { self.check_ups } else { self.given };
        given && self.until.is_none_or(|until| now < until)
    }
}

/// What an answer by card says of the right to look; an answer by number says nothing of it.
fn right(answer: &ConfirmationAnswer) -> Option<(Who, Right)> {
    let body = answer.body.as_ref().filter(|_| answer.header.reference == Reference::Card)?;
    let person = body.people.first()?;
    let opens = |consent: Option<ConsentTriple>| {
        consent.is_some_and(|c| matches!(c.flag, ConsentFlag::Yes | ConsentFlag::Unobtainable))
    };
    let (given, check_ups) = (opens(person.drugs), opens(person.checkup));
    // One window for all groups; those that are not given have none.
    let until = person.drugs.and_then(|c| c.until).or(person.checkup.and_then(|c| c.until));
    let made = answer.header.executed;
    Some(((person.kana.clone()?, person.birth), Right { made, given, check_ups, until }))
}

/// The person a step is about, as they gave their name at the counter.
fn person_of(scenario: &Scenario, trace: &Trace, step: usize) -> Option<Who> {
    let (_, who) = scenario.timeline.get(step)?.who()?;
    let number = scenario.people.keys().position(|name| name == who)?;
    let patient = PartyId::Patient(u16::try_from(number).ok()?);
    trace.events.iter().find_map(|event| match &event.what {
        What::Arrived {
            from,
            message: Message::PatientSays(PatientSays::Arrives(arrival)),
            ..
        } if *from == patient => Some((arrival.person.kana.clone(), arrival.person.born)),
        _ => None,
    })
}

/// CONS-002, CONS-003 and CONS-022, of every answer about eligibility.
fn answers(scenario: &Scenario, trace: &Trace, replies: &[(Jst, usize, &Reply)]) -> Vec<Check> {
    let certificates = scenario.people.values().flat_map(|person| &person.coverage);
    let holders = certificates.filter(|c| c.specific_disease.is_some()).count() > 0;
    let wishes = wishes(trace);
    let mut all = Vec::new();
    for (_, step, reply) in replies {
        let Reply::Confirmation(answer) = reply else { continue };
        let people = answer.body.iter().flat_map(|body| &body.people);
        if answer.header.reference == Reference::Number {
            // Never by number, whatever was consented to.
            let given = people.clone().any(|p| !p.diseases.is_empty() || p.drugs.is_some());
            if holders {
                let seen = if given { "given" } else { "withheld" };
                let fact = FactKey::SpecificDisease;
                all.push(Check::new("CONS-022", *step, fact, "withheld", seen));
            }
            continue;
        }
        let answered = answer.body.as_ref().is_some_and(|body| body.validity.is_some());
        let seen = if answered { "answered" } else { "not answered" };
        all.push(Check::new("CONS-003", *step, FactKey::Eligibility, "answered", seen));
        let Some(wish) = wishes.get(step) else { continue };
        let yes = |triple: &Option<madoguchi_reference::wire::ConsentTriple>| {
            triple.as_ref().is_some_and(|t| t.flag == ConsentFlag::Yes)
        };
        let more = people.clone().any(|p| {
            (yes(&p.drugs) && !wish.drugs)
                || (yes(&p.diagnosis) && !wish.treatment)
                || (yes(&p.operation) && !wish.surgery)
                || (yes(&p.checkup) && !wish.check_up)
                || (!p.diseases.is_empty() && !wish.specific_disease)
        });
        let seen = if more { "more than was consented to" } else { "what was consented to" };
        let must = "what was consented to";
        all.push(Check::new("CONS-002", *step, FactKey::ConsentFlags, must, seen));
    }
    all
}

/// What the person said on the screens of each step, or on the web page.
fn wishes(trace: &Trace) -> BTreeMap<usize, ConsentWish> {
    let mut wishes = BTreeMap::new();
    for event in &trace.events {
        let (Some(step), What::Arrived { message, .. }) = (event.step, &event.what) else {
            continue;
        };
        let wish = match message {
            Message::Touch(Touch::Consent(wish)) => wish,
            Message::Remote(step) => &step.consent,
            _ => continue,
        };
        wishes.insert(usize::from(step), *wish);
    }
    wishes
}
