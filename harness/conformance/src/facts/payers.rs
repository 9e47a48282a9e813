//! Facts about who pays: at the counter, in the hub's answer, and on the receipts.

use madoguchi_reference::message::{Message, Payer, Subsidies};
use madoguchi_reference::party::PartyId;
use madoguchi_reference::uke;

use super::Facts;

impl Facts<'_> {
    /// Who pays besides the patient, in order.
    pub(super) fn payers(&self) -> Vec<String> {
        let payers = self.bill().map(|bill| bill.payers.as_slice()).unwrap_or_default();
        let number = |payer: &Payer| match payer {
            Payer::Insurer(Some(number)) => number.to_string(),
            Payer::Insurer(None) => "unknown".to_owned(),
            Payer::Public(number) => number.to_string(),
        };
        payers.iter().map(|paying| number(&paying.payer)).collect()
    }

    /// What the insurer pays, if there is one.
    pub(super) fn insurer_pays(&self) -> Option<String> {
        let mut payers = self.bill()?.payers.iter();
        let insurer = payers.find(|paying| matches!(paying.payer, Payer::Insurer(_)))?;
        Some(insurer.yen.to_string())
    }

    /// What the public payers pay, in order.
    pub(super) fn public_pays(&self) -> Vec<i64> {
        let payers = self.bill().map(|bill| bill.payers.as_slice()).unwrap_or_default();
        let public = payers.iter().filter(|paying| matches!(paying.payer, Payer::Public(_)));
        public.map(|paying| paying.yen).collect()
    }

    /// What the desk was told by the hub, the last time.
    pub(super) fn hub(&self) -> Vec<String> {
        let told = self.arrived().filter_map(|arrival| match (arrival.to, arrival.message) {
            (PartyId::Desk(_), Message::Subsidies(Subsidies::Told { certificates, .. })) => {
                Some(certificates)
            }
            _ => None,
        });
        match told.last().map(Vec::as_slice) {
            None => vec!["not-asked".to_owned()],
            Some([]) => vec!["none".to_owned()],
            Some(known) => known.iter().map(|c| c.payer.to_string()).collect(),
        }
    }
}

pub(super) fn public(
    receipt: &uke::Receipt,
    part: impl Fn(&uke::PublicPayer) -> String,
) -> Vec<String> {
    receipt.publics.iter().map(part).collect()
}

pub(super) fn burdens(receipt: &uke::Receipt) -> Vec<String> {
    receipt.services().map(|service| service.burden.to_string()).collect()
}
