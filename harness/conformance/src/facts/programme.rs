//! Facts about programme money: what the institution was told that it gets.

use madoguchi_reference::message::Message;
use madoguchi_reference::programme::Grant;

use super::Facts;

impl<'a> Facts<'a> {
    /// What was decided in this step.
    pub(super) fn grant(&self) -> Option<&'a Grant> {
        self.messages().find_map(|message| match message {
            Message::Granted(grant) => Some(grant),
            _ => None,
        })
    }

    /// Where in the published table that stands.
    pub(super) fn grant_step(&self) -> Vec<String> {
        self.grant().map(|grant| grant.step.clone()).unwrap_or_default()
    }

    /// For how many units of equipment it is.
    pub(super) fn granted_units(&self) -> Option<String> {
        self.grant()?.units.map(|units| units.to_string())
    }
}
