//! Medical information: what is held of whom, how far back it goes, and who may see it.

use super::consent::Group;
use super::{Centre, notice};
use crate::calendar::{Jst, Month, add_months};
use crate::ids::{InstitutionCode, InsuredKey};
use crate::message::centre::Reply;
use crate::message::registry::Entry;
use crate::message::view::ConsentRefusal;
use crate::wire::{
    CheckUpAnswer, CheckUpRequest, CheckUps, Notice, Records, RecordsAnswer, RecordsMonth,
    RecordsPerson, RecordsRequest, RecordsSource, TreatmentKind,
};

/// Why medical information is refused. The official code table (別紙6-1) is not public; these
/// codes are the model's own.
const SUSPENDED: (&str, &str) = ("SIM-SUSPENDED", "確認中のため閲覧を停止しています");
const NOT_FOUND: (&str, &str) = ("SIM-PERSON", "該当する資格がありません");

impl Centre {
    pub(super) fn records_answer(&mut self, now: Jst, asked: &RecordsRequest) -> Reply {
        let (institution, kind) = (&asked.institution, asked.treatment);
        let entry = match self.look(now, institution, &asked.key, kind, |wish| wish.drugs) {
            Ok(entry) => entry,
            Err(Refused::Consent(refusal)) => return Reply::RecordsRefused(refusal),
            Err(Refused::Down) => return Reply::RecordsUnavailable,
            Err(Refused::Other(notice)) => {
                return Reply::Records(Box::new(RecordsAnswer::Refused(notice)));
            }
        };
        let mut records = self.records(now, &entry);
        records.months.retain(|month| {
            (asked.from..=asked.to).contains(&month.month)
                && (asked.prescriptions || month.source == RecordsSource::Claims)
        });
        Reply::Records(Box::new(RecordsAnswer::Given(records)))
    }

    /// Everything of a person that can be seen now, as far back as it goes (CONS-030).
    pub(super) fn records(&self, now: Jst, entry: &Entry) -> Records {
        let policy = self.register.on(now.date());
        let oldest = Month::of(now.date()).plus(-policy.drug_months());
        let visible = |month: &&RecordsMonth| {
            let registered =
                month.source != RecordsSource::Claims || policy.claims_visible(month.month);
            oldest <= month.month && registered
        };
        let held = self.medical.get(&entry.owner).map(|m| m.months.as_slice());
        let months = held.unwrap_or_default().iter().filter(visible).cloned();
        Records {
            person: person(entry),
            // Nothing comes of people who are not in the flow of receipts (CONS-031).
            months: months.filter(|_| !entry.insured.insurer.has_no_records()).collect(),
        }
    }

    pub(super) fn check_up_answer(&mut self, now: Jst, asked: &CheckUpRequest) -> Reply {
        let (institution, kind) = (&asked.institution, asked.treatment);
        let entry = match self.look(now, institution, &asked.key, kind, |wish| wish.check_up) {
            Ok(entry) => entry,
            Err(Refused::Consent(refusal)) => return Reply::RecordsRefused(refusal),
            Err(Refused::Down) => return Reply::RecordsUnavailable,
            Err(Refused::Other(notice)) => {
                return Reply::CheckUps(Box::new(CheckUpAnswer::Refused(notice)));
            }
        };
        let today = now.date();
        let oldest = add_months(today, -self.register.on(today).check_up_months());
        let held = self.medical.get(&entry.owner).map(|m| m.check_ups.as_slice());
        let visible = held.unwrap_or_default().iter().filter(|c| oldest <= c.date);
        let check_ups = visible.filter(|c| c.date <= today).cloned().collect();
        let given = CheckUps { person: person(&entry), check_ups };
        Reply::CheckUps(Box::new(CheckUpAnswer::Given(given)))
    }

    /// Whose information is asked for, if the institution may see it now; the look is logged.
    fn look(
        &mut self,
        now: Jst,
        institution: &InstitutionCode,
        key: &InsuredKey,
        kind: TreatmentKind,
        group: Group,
    ) -> Result<Entry, Refused> {
        let entry = self.registry.record_with(key);
        let entry = entry.ok_or_else(|| Refused::Other(notice(NOT_FOUND)))?;
        if self.suspension(now, &entry).is_some() {
            return Err(Refused::Other(notice(SUSPENDED)));
        }
        let right = self.right_to_look(now, institution, entry.owner, kind, group);
        let right = right.map_err(Refused::Consent)?;
        // Whoever may look finds nothing for the time being; that is not a "no" (OUT-043).
        if self.operations.records_down_at(now) {
            return Err(Refused::Down);
        }
        self.log(now, entry.owner, institution.clone(), right);
        Ok(entry)
    }
}

/// Why there is nothing to see.
enum Refused {
    /// There is no consent to it.
    Consent(ConsentRefusal),
    /// Nobody sees anything for the time being.
    Down,
    /// Something else.
    Other(Notice),
}

fn person(entry: &Entry) -> RecordsPerson {
    RecordsPerson {
        name: entry.person.name.clone(),
        kana: Some(entry.person.kana.clone()),
        birth: entry.person.born,
        sex: entry.person.sex,
    }
}
