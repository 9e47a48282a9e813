//! 自治体・医療機関等をつなぐ情報連携システム (Public Medical Hub, PMH): certificates of public
//! schemes that municipalities and prefectures share with institutions (ELIG-070, NBR-040).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Centre;
use super::consent::Purpose;
use crate::calendar::Jst;
use crate::ids::{InstitutionCode, InsuredKey};
use crate::message::centre::Reply;
use crate::subsidy::SubsidyCertificate;

/// What the hub holds.
#[derive(Clone, Debug, Default)]
pub struct Hub {
    /// Certificates, by person.
    pub certificates: BTreeMap<u16, Vec<HubEntry>>,
    /// The institutions that take part, and from which day.
    pub institutions: BTreeMap<InstitutionCode, Date>,
}

/// One certificate in the hub.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HubEntry {
    /// The certificate.
    pub certificate: SubsidyCertificate,
    /// The day from which its payer takes part.
    pub joined: Date,
}

impl Hub {
    fn serves(&self, institution: &InstitutionCode, date: Date) -> bool {
        self.institutions.get(institution).is_some_and(|joined| *joined <= date)
    }

    /// The certificates of a person that hold on `date`, of payers that take part then.
    fn on(&self, owner: u16, date: Date) -> impl Iterator<Item = &SubsidyCertificate> {
        let entries = self.certificates.get(&owner).into_iter().flatten();
        let known = entries.filter(move |e| e.joined <= date && e.certificate.covers(date));
        known.map(|entry| &entry.certificate)
    }
}

impl Centre {
    /// The same centre, with a hub.
    #[must_use]
    pub fn with_hub(self, hub: Hub) -> Self {
        Self { hub, ..self }
    }

    /// Whether a person at the reader of an institution is asked about subsidies (CONS-060).
    pub(super) fn asks_about_subsidies(
        &self,
        now: Jst,
        institution: &InstitutionCode,
        owner: u16,
    ) -> bool {
        let date = now.date();
        let policy = self.register.on(date);
        policy.medical_hub()
            && self.hub.serves(institution, date)
            && (policy.asks_everybody_about_subsidies()
                || self.hub.on(owner, date).next().is_some())
    }

    /// What the hub knows of a person who agreed to its use. Everything else has the same empty
    /// answer.
    pub(super) fn subsidies(
        &self,
        now: Jst,
        institution: &InstitutionCode,
        insured: &InsuredKey,
    ) -> Reply {
        let date = now.date();
        let aided = || self.registry.aid_with(insured).map(|aid| aid.owner);
        let owner = self.registry.entry_with(insured).map(|entry| entry.owner).or_else(aided);
        let agreed = owner.filter(|owner| {
            let key = (institution.clone(), *owner, Purpose::Outpatient);
            self.consents.get(&key).is_some_and(|consent| consent.opens(now, |w| w.subsidy))
        });
        let open = self.register.on(date).medical_hub() && self.hub.serves(institution, date);
        let known = agreed.filter(|_| open).map(|owner| self.hub.on(owner, date));
        Reply::Subsidies(known.into_iter().flatten().cloned().collect())
    }
}
