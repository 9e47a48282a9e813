//! Facts about statements (被保険者資格申立書) and what claims make of them.

use madoguchi_reference::message::statement::Statement;
use madoguchi_reference::message::{Message, PatientSays};
use madoguchi_reference::party::PartyId;
use madoguchi_sim::What;

use super::Facts;

impl Facts<'_> {
    /// The lines that are filled in on the last statement.
    pub(super) fn statement(&self) -> Vec<&'static str> {
        let given = self.messages().filter_map(|message| match message {
            Message::PatientSays(PatientSays::States(statement)) => Some(statement.as_ref()),
            _ => None,
        });
        given.last().map(lines).unwrap_or_default()
    }

    /// What of a person's statement stands in the remarks of the receipts.
    pub(super) fn claim_contact(&self) -> Vec<&'static str> {
        let receipts = self.receipts();
        let remarks: Vec<String> =
            receipts.iter().flat_map(|r| r.comments()).map(|c| narrow(&c.text)).collect();
        let Some(statement) = self.statement_on_file() else { return Vec::new() };
        let named = |part: &str| {
            !part.is_empty() && remarks.iter().any(|remark| remark.contains(&narrow(part)))
        };
        let parts = [
            ("address", Some(statement.person.address.as_str())),
            ("phone", Some(statement.phone.as_str())),
            ("employer", statement.employer.as_deref()),
        ];
        parts
            .into_iter()
            .filter(|(_, part)| part.is_some_and(named))
            .map(|(word, _)| word)
            .collect()
    }

    /// The last statement of the person a claim step is about.
    fn statement_on_file(&self) -> Option<&Statement> {
        let scenario = self.steps.scenario;
        let (_, who) = scenario.timeline.get(self.step)?.about_claims()?;
        let who = who?;
        let number = scenario.people.keys().position(|name| name == who)?;
        let patient = PartyId::Patient(u16::try_from(number).ok()?);
        self.steps.trace.events.iter().rev().find_map(|event| match &event.what {
            What::Arrived {
                from,
                message: Message::PatientSays(PatientSays::States(statement)),
                ..
            } if *from == patient => Some(statement.as_ref()),
            _ => None,
        })
    }
}

fn lines(statement: &Statement) -> Vec<&'static str> {
    let person = &statement.person;
    let all = [
        ("insured", statement.insured),
        ("name", !person.name.is_empty()),
        ("born", true),
        ("sex", true),
        ("address", !person.address.is_empty()),
        ("phone", !statement.phone.is_empty()),
        ("insurer", statement.insurer.is_some()),
        ("employer", statement.employer.is_some()),
        ("share", statement.percent > 0),
        ("reason", !statement.reason.is_empty()),
        ("signature", statement.signed),
    ];
    all.into_iter().filter(|(_, there)| *there).map(|(line, _)| line).collect()
}

/// Digits and hyphens as a telephone number has them, whatever their width.
fn narrow(text: &str) -> String {
    let one = |c: char| match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        '－' => '-',
        other => other,
    };
    text.chars().map(one).collect()
}
