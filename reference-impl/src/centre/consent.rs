//! The consents the centre holds, and what may be looked at under them (CONS-002, CONS-004,
//! CONS-014, CONS-041, CONS-051).

use super::Centre;
use crate::calendar::{Jst, MINUTE};
use crate::ids::InstitutionCode;
use crate::message::centre::{ConsentWish, Reply};
use crate::message::view::{ConsentRefusal, View, ViewRight, Whose, Withdrawal};
use crate::party::PartyId;
use crate::register::Route;
use crate::wire::{ConsentFlag, ExpiryReason, TreatmentKind};

/// How long one look lasts: what is fetched within it is fetched for the same one.
const ONE_LOOK: i64 = MINUTE;

/// What a consent is for; each has a window of its own, and one does not end the other (IDV-041).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Purpose {
    /// 外来等, online care included.
    Outpatient,
    /// 訪問診療等.
    HomeVisit,
    /// 救急.
    Emergency,
}

impl Purpose {
    pub(super) fn of(route: Route) -> Self {
        match route {
            Route::HomeVisit => Self::HomeVisit,
            Route::Emergency => Self::Emergency,
            Route::Counter | Route::DriveThrough | Route::OnlineCare => Self::Outpatient,
        }
    }
}

/// Consent of one person to one institution (CONS-002).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Consent {
    pub(super) wish: ConsentWish,
    /// To the second, as the interface writes it.
    pub(super) at: Jst,
    /// First moment at which looking up is no longer allowed; none until withdrawn.
    pub(super) until: Option<Jst>,
    /// A grace answer voids whatever was ticked (CERT-012, CONS-070).
    pub(super) void: bool,
    /// Nobody could be asked: an emergency (CONS-041).
    pub(super) unobtainable: bool,
    /// Who withdrew it, if somebody did.
    pub(super) withdrawn: Option<ExpiryReason>,
    /// Who asked, and the number of the question.
    pub(super) source: (PartyId, u64),
}

impl Consent {
    /// 同意区分 of one group (CONS-004).
    pub(super) fn flag(&self, given: bool) -> ConsentFlag {
        match given {
            false => ConsentFlag::No,
            true if self.void || self.withdrawn.is_some() => ConsentFlag::Expired,
            true if self.unobtainable => ConsentFlag::Unobtainable,
            true => ConsentFlag::Yes,
        }
    }

    /// Whether information of a group may be looked at. The window is half open:
    /// `at <= t < until` (IDV-040).
    pub(super) fn opens(&self, now: Jst, group: Group) -> bool {
        let usable = !self.void && self.withdrawn.is_none() && group(&self.wish);
        usable && self.at <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Which group of information is meant, as part of a wish.
pub(super) type Group = fn(&ConsentWish) -> bool;

impl Centre {
    /// Under which right `institution` may look at a group of information of `owner` now.
    pub(super) fn right_to_look(
        &self,
        now: Jst,
        institution: &InstitutionCode,
        owner: u16,
        kind: TreatmentKind,
        group: Group,
    ) -> Result<ViewRight, ConsentRefusal> {
        let held = |purpose| self.consents.get(&(institution.clone(), owner, purpose));
        // What was read in an emergency serves no other purpose, and the other way round.
        let ordinary = [held(Purpose::HomeVisit), held(Purpose::Outpatient)];
        let (asked, others, right) = if kind == TreatmentKind::Emergency {
            ([held(Purpose::Emergency), None], ordinary, ViewRight::Emergency)
        } else {
            (ordinary, [held(Purpose::Emergency), None], ViewRight::Consent)
        };
        let open = |consents: &[Option<&Consent>]| {
            consents.iter().flatten().any(|consent| consent.opens(now, group))
        };
        if open(&asked) {
            return Ok(right);
        }
        let last = asked.into_iter().flatten().max_by_key(|consent| consent.at);
        Err(match last.filter(|consent| group(&consent.wish)) {
            Some(consent) => ConsentRefusal {
                flag: ConsentFlag::Expired,
                reason: Some(consent.withdrawn.unwrap_or(ExpiryReason::CareForm)),
            },
            None if last.is_none() && open(&others) => ConsentRefusal {
                flag: ConsentFlag::Expired,
                reason: Some(ExpiryReason::PurposeChanged),
            },
            None => ConsentRefusal { flag: ConsentFlag::No, reason: None },
        })
    }

    /// Every look is kept, for the person to see (CONS-040). Drugs and check-ups opened together
    /// are one look.
    pub(super) fn log(
        &mut self,
        at: Jst,
        owner: u16,
        institution: InstitutionCode,
        right: ViewRight,
    ) {
        let same = |(whose, view): &(u16, View)| {
            *whose == owner
                && view.institution == institution
                && view.right == right
                && at.since(view.at) < ONE_LOOK
        };
        if !self.views.iter().any(same) {
            self.views.push((owner, View { at, institution, right }));
        }
    }

    pub(super) fn views(&self, owner: u16) -> Reply {
        let of_owner = self.views.iter().filter(|(whose, _)| *whose == owner);
        Reply::Views(of_owner.map(|(_, view)| view.clone()).collect())
    }

    /// Ends the consent to home visits (CONS-051); it stays known as withdrawn.
    pub(super) fn withdraw(&mut self, institution: InstitutionCode, asked: &Withdrawal) -> Reply {
        let owner = match &asked.whose {
            Whose::Owner(owner) => Some(*owner),
            Whose::Number(key) => {
                let aided = || self.registry.aid_with(key).map(|aid| aid.owner);
                self.registry.entry_with(key).map(|entry| entry.owner).or_else(aided)
            }
        };
        if let Some(owner) = owner {
            self.listed.remove(&(institution.clone(), TreatmentKind::HomeVisit, owner));
        }
        let consent = owner
            .and_then(|owner| self.consents.get_mut(&(institution, owner, Purpose::HomeVisit)))
            .filter(|consent| consent.withdrawn.is_none());
        let Some(consent) = consent else { return Reply::Withdrawn(false) };
        consent.withdrawn = Some(asked.by);
        Reply::Withdrawn(true)
    }
}
