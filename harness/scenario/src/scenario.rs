//! A scenario as its author writes it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use madoguchi_reference::calendar::Jst;
use madoguchi_reference::diagnostic::{Diagnostic, YamlText};
use madoguchi_reference::ids::InsurerNumber;
use madoguchi_reference::message::Folder;
use madoguchi_reference::message::counter::ProofKind;
use madoguchi_reference::message::page::CallAbout;
use madoguchi_reference::message::reader::Method;
use madoguchi_reference::register::{Bilingual, Register, Settings};
use madoguchi_reference::wire::Charset;
use serde::{Deserialize, Serialize};

use crate::claims::{Claim, ClaimsOf, Objects};
use crate::expect::Expectations;
use crate::facility::Facility;
use crate::faults::{Fault, Network, Opening, Range};
use crate::insurers::{Apply, InsurerOffice, Mail};
use crate::jobs::{Bulk, List, RegisterNumber};
use crate::open::Open;
use crate::people::Person;
use crate::procedure::Procedure;
use crate::programme::Programme;
use crate::visit::{Consent, OneOrMore, Visit, by_face};

/// One scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its id, `chapter/name`, which is also its path below `scenarios/`.
    #[serde(rename = "scenario")]
    pub id: String,
    /// What it shows.
    pub title: Bilingual,
    /// Why it is worth having: the mistake it catches.
    pub why: Bilingual,
    /// Other readings of what the published facts leave open, for this scenario only:
    /// `CERT-010.end_policy: same_day`.
    #[serde(default, skip_serializing_if = "Settings::is_empty")]
    pub settings: Settings,
    /// Where it happens.
    pub facility: Facility,
    /// Who takes part, by a name that only the scenario uses.
    #[serde(default)]
    pub people: BTreeMap<String, Person>,
    /// Insurers that send papers in this scenario, by number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub insurers: BTreeMap<InsurerNumber, InsurerOffice>,
    /// A crowd of ordinary patients, drawn from the seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crowd: Option<Crowd>,
    /// How fast messages and people are.
    #[serde(default)]
    pub network: Network,
    /// What goes wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// Where and when the disaster mode is open (OUT-020).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<Opening>,
    /// What happens, in order of time; may be empty where there is a crowd.
    #[serde(default)]
    pub timeline: Vec<Step>,
}

/// A day's patients, drawn from the seed: all insured, all with a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crowd {
    /// How many.
    pub patients: u16,
    /// The first can come at.
    pub from: Jst,
    /// The last comes before.
    pub to: Jst,
}

/// One thing that happens at a time, and what is expected of it. Exactly one kind of step is
/// given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When, in JST.
    pub at: Open<Jst>,
    /// A person visits the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// A patient who was received puts the card on the reader again, to answer anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_again: Option<CardAgain>,
    /// A person opens the portal at home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal: Option<AtPortal>,
    /// Staff telephone the call centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_centre: Option<CallCentre>,
    /// Staff enter the end of home care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_of_care: Option<CareEnds>,
    /// A patient brings or tells something after the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bring: Option<Bring>,
    /// A person has something done about card or phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Procedure>,
    /// Somebody asks the insurer for a paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply: Option<Apply>,
    /// A look at what insurers have sent to somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Mail>,
    /// Staff look up a patient's medical information.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_up: Option<LookUp>,
    /// Staff ask for the eligibility of many patients at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<Bulk>,
    /// Staff fetch a list: who consented, or who has a ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
    /// Staff register what the institution calls a patient.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register_number: Option<RegisterNumber>,
    /// The claims of a month are handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// SIIF decides what a programme pays to the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Programme>,
    /// What the check on reception found is corrected and handed in again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correct: Option<ClaimsOf>,
    /// What came back is claimed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resubmit: Option<ClaimsOf>,
    /// Staff fetch the results of a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<ClaimsOf>,
    /// An insurer objects to what was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<Objects>,
    /// Somebody puts a file into a folder of the terminal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_file: Option<Drop>,
    /// What must be seen, each under the rule that demands it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub expect: Expectations,
}

impl Step {
    /// A step at which nothing happens yet.
    pub fn at(at: Jst) -> Self {
        Self {
            at: Open::Fixed(at),
            visit: None,
            card_again: None,
            portal: None,
            call_centre: None,
            end_of_care: None,
            bring: None,
            procedure: None,
            apply: None,
            mail: None,
            look_up: None,
            bulk: None,
            list: None,
            register_number: None,
            claim: None,
            programme: None,
            correct: None,
            resubmit: None,
            results: None,
            objection: None,
            drop_file: None,
            expect: Expectations::new(),
        }
    }
}

/// A card put on the reader again, after the visit was finished (CONS-014).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardAgain {
    /// Whose.
    pub who: String,
    /// How to be identified; several are tried in order.
    #[serde(default = "by_face")]
    pub verify: OneOrMore<Method>,
    /// What is consented to now.
    #[serde(default)]
    pub consent: Consent,
}

/// A call to the call centre (OUT-011).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallCentre {
    /// What about.
    pub about: CallAbout,
}

/// Something done in the portal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtPortal {
    /// Who.
    pub who: String,
    /// What.
    pub does: PortalDoing,
    /// What is consented to in advance; everything, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// For which institution that holds; for the one of the scenario, if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<Where>,
}

/// An institution.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// The one of the scenario.
    #[default]
    Here,
    /// Another one.
    Elsewhere,
}

/// What can be done in the portal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortalDoing {
    /// See who has looked at the medical information.
    SeeViews,
    /// Withdraw the consent to home visits of the institution.
    WithdrawConsent,
    /// 利用登録: use the card as health card.
    SignUp,
    /// Set consent in advance (CONS-012).
    PresetConsent,
}

/// The end of home care, entered by staff (CONS-051).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareEnds {
    /// Whose.
    pub who: String,
    /// Who wants it.
    #[serde(default)]
    pub wanted_by: WantedBy,
}

/// Who wants a consent to be withdrawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WantedBy {
    /// The institution: care has ended.
    #[default]
    Institution,
    /// The patient, who says so at a visit.
    Patient,
}

/// Something brought or told later.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bring {
    /// By whom.
    pub who: String,
    /// What.
    pub what: Telling,
}

/// What can be brought or told later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Telling {
    /// The current number, by telephone.
    CurrentNumber,
    /// The 資格情報のお知らせ.
    EligibilityNotice,
    /// The 資格確認書.
    EligibilityCertificate,
}

impl Telling {
    /// The kind of proof it is at the desk.
    pub fn proof(self) -> ProofKind {
        match self {
            Self::CurrentNumber => ProofKind::Told,
            Self::EligibilityNotice => ProofKind::EligibilityNotice,
            Self::EligibilityCertificate => ProofKind::EligibilityCertificate,
        }
    }
}

/// A look at medical information.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookUp {
    /// Whose.
    pub who: String,
}

/// A file put into a folder.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drop {
    /// Into which.
    pub folder: Folder,
    /// Under which name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// How the text becomes bytes.
    #[serde(default)]
    pub charset: Charset,
}

impl Scenario {
    /// Reads and checks a scenario against the register.
    ///
    /// # Errors
    /// Everything found wrong, each with its place.
    pub fn read(text: &YamlText<'_>, register: &Register) -> Result<Self, Vec<Diagnostic>> {
        let scenario: Self = text.read().map_err(|error| vec![error])?;
        let wrong = crate::check::check(text, &scenario, register);
        if wrong.is_empty() { Ok(scenario) } else { Err(wrong) }
    }

    /// The first and the last moment of the timeline, with open times at their earliest and
    /// latest.
    pub fn span(&self) -> Option<Range<Jst>> {
        let from = self.timeline.iter().map(|s| s.at.earliest()).min()?;
        let to = self.timeline.iter().map(|s| s.at.latest()).max()?;
        Some(Range { from, to })
    }

    /// The date of service of a step, if it is not left open.
    pub fn date_of(&self, step: usize) -> Option<Date> {
        self.timeline.get(step).and_then(|s| s.at.fixed()).map(|at| at.date())
    }
}
