//! What to ask a patient for when eligibility is not confirmed (FB-001…011), as pure functions.

use jiff::civil::Date;

use crate::ids::InsuredKey;
use crate::message::counter::{Paper, ProofKind};
use crate::register::Policy;

/// Why eligibility is in doubt.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Doubt {
    /// Nothing could be asked or no answer came. That is not a "no".
    #[default]
    Unknown,
    /// 無効, with the old number shown.
    Invalid(InsuredKey),
    /// 該当資格なし.
    NobodyFound,
    /// The certificate or the paper was not good.
    Refused,
}

/// Where a patient stands on the ladder.
#[derive(Clone, Debug)]
pub struct Ladder<'a> {
    /// The rules of the day.
    pub policy: Policy<'a>,
    /// The date of service.
    pub date: Date,
    /// What was brought: the card, the phone, a paper, or nothing.
    pub brought: Option<ProofKind>,
    /// Why there is doubt.
    pub doubt: &'a Doubt,
    /// What was already shown or asked for.
    pub tried: &'a [ProofKind],
    /// Whether the institution knows the patient.
    pub known: bool,
    /// Whether it is a victim of a disaster.
    pub victim: bool,
}

impl Ladder<'_> {
    /// The next thing to ask for; `None` when the ladder ends.
    pub fn next(&self) -> Option<ProofKind> {
        self.rungs().into_iter().find(|kind| !self.tried.contains(kind))
    }

    fn rungs(&self) -> Vec<ProofKind> {
        let mut rungs = Vec::new();
        let has_token = matches!(self.brought, Some(ProofKind::Card | ProofKind::Phone));
        // A phone with no screen to show on it may count for nothing at all (FB-009).
        let nothing =
            self.brought == Some(ProofKind::Phone) && self.policy.phone_alone_is_nothing();
        match (has_token, self.policy.ladder()) {
            (true, true) => {
                rungs.push(ProofKind::PortalScreen);
                if nothing {
                    rungs.push(ProofKind::EligibilityCertificate);
                }
                // The notice proves something only together with the card (FB-003 b, FB-009).
                if self.brought == Some(ProofKind::Card) {
                    rungs.push(ProofKind::EligibilityNotice);
                }
                if matches!(self.doubt, Doubt::Invalid(_)) {
                    rungs.push(ProofKind::Told);
                }
            }
            (false, true) => rungs.push(ProofKind::EligibilityCertificate),
            (_, false) => rungs.push(ProofKind::HealthCard),
        }
        if self.known {
            rungs.push(ProofKind::KnownData);
        }
        // Only who holds a card or phone is taken at a statement's word (FB-003 d, FB-010).
        // A victim of a disaster is, with nothing at all (OUT-022).
        if has_token && !nothing && self.policy.statements() || self.victim {
            rungs.push(ProofKind::Statement);
        }
        rungs
    }

    /// Whether what stands on a paper can be today's eligibility at all.
    pub fn is_current(&self, kind: ProofKind, paper: &Paper) -> bool {
        if let Doubt::Invalid(old) = self.doubt
            && paper.insured.matches(old)
        {
            return false;
        }
        let lasts = paper.from <= self.date && paper.lost.is_none_or(|lost| self.date < lost);
        let printed = paper.until.unwrap_or(Date::MAX);
        lasts
            && match kind {
                ProofKind::HealthCard => self.policy.health_card_valid(printed),
                // There is no such paper before the health cards ended.
                ProofKind::EligibilityCertificate => {
                    self.policy.eligibility_certificates() && self.date <= printed
                }
                _ => self.date <= printed,
            }
    }

    /// Whether a paper proves eligibility only if a number look-up confirms it: an expired
    /// health card, or the notice alone (FB-030…033).
    pub fn needs_confirmation(&self, kind: ProofKind, paper: &Paper) -> bool {
        let alone = self.brought != Some(ProofKind::Card);
        let weak = match kind {
            ProofKind::EligibilityNotice => alone,
            ProofKind::HealthCard => !self.is_current(kind, paper),
            _ => false,
        };
        weak && self.policy.provisional_acceptance(&paper.insured.insurer)
    }

    /// Whether a kind of paper is any proof in this situation (FB-002, FB-003, FB-009, FB-011).
    pub fn counts(&self, kind: ProofKind) -> bool {
        match kind {
            ProofKind::EligibilityNotice | ProofKind::PortalPdf => {
                self.brought == Some(ProofKind::Card)
            }
            ProofKind::PortalScreen => {
                matches!(self.brought, Some(ProofKind::Card | ProofKind::Phone))
            }
            _ => true,
        }
    }
}
