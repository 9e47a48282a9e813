//! Who pays what for one visit: the insurer first, then each public-expense payer in the order of
//! ELIG-055 takes over what the patient would pay, down to what its certificate leaves (FEE-090).

use crate::fee::Tariff;
use crate::ids::{PayerNumber, RecipientNumber};
use crate::message::BillLine;
use crate::register::Policy;
use crate::subsidy::{SubsidyCertificate, Terms};

/// How many public payers one receipt has room for (KO).
pub const PUBLIC_PAYERS_MAX: usize = 4;

/// What the insurance does for a visit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Insured {
    /// The patient's share in percent.
    pub percent: u8,
    /// What it leaves to the patient of the whole visit, in yen: the rounded share, or less where
    /// a limit is reached (the limit comes before the public payers).
    pub leaves_yen: i64,
}

/// What came under a certificate earlier in the same month, at this institution.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Earlier {
    /// What the scheme left to the patient, in yen, whoever paid it then.
    pub left_yen: i64,
    /// Visits with something to pay.
    pub visits: u16,
}

/// What one public payer does for a visit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicShare {
    /// 公費負担者番号.
    pub payer: PayerNumber,
    /// 公費受給者番号.
    pub recipient: RecipientNumber,
    /// Points that fall under it.
    pub points: i64,
    /// What it pays, in yen.
    pub pays_yen: i64,
    /// What it leaves of these points to the next payer or to the patient, in yen.
    pub leaves_yen: i64,
    /// Whether an answer told of it, of the centre or of the Public Medical Hub.
    pub confirmed: bool,
}

impl PublicShare {
    /// 法別番号.
    pub fn law(&self) -> &str {
        self.payer.as_str().get(..2).unwrap_or_default()
    }
}

/// Points that the same payers pay for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Portion {
    /// Points.
    pub points: i64,
    /// Which of the public payers pay for them, by their place in the order of payment.
    pub payers: Vec<usize>,
}

/// Who pays what for one visit. What all of them pay is what the visit costs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Split {
    /// What the insurer pays, in yen.
    pub insurer_yen: i64,
    /// What the insurance leaves, in yen; the whole cost without one.
    pub left_by_insurer_yen: i64,
    /// The public payers in the order in which they pay.
    pub publics: Vec<PublicShare>,
    /// What the patient pays, in yen.
    pub patient_yen: i64,
    /// The points by who pays for them.
    pub portions: Vec<Portion>,
}

/// Shares out the cost of a visit, `lines`, among the insurance, if there is one, the schemes whose
/// `certificates` count, and the patient. `earlier` says what came under a certificate earlier in
/// the month.
pub fn split(
    lines: &[BillLine],
    insured: Option<Insured>,
    certificates: &[SubsidyCertificate],
    earlier: impl Fn(&SubsidyCertificate) -> Earlier,
    policy: &Policy<'_>,
    tariff: &Tariff,
) -> Split {
    let mut certificates: Vec<_> = certificates.iter().collect();
    policy.sort_payers(&mut certificates, |certificate| &certificate.payer);
    // A certificate under which nothing falls has no place in the order.
    certificates.retain(|c| lines.iter().any(|line| line.points > 0 && line.is_under(c.law())));
    certificates.truncate(PUBLIC_PAYERS_MAX);
    let portions = portions(lines, &certificates);
    let points: i64 = portions.iter().map(|portion| portion.points).sum();
    let cost = tariff.cost_yen(points);
    let left = insured.map_or(cost, |insured| insured.leaves_yen.clamp(0, cost));
    let mut due = due_by_portion(&portions, insured.map_or(100, |i| i.percent), left, tariff);
    let mut publics = Vec::new();
    for (place, certificate) in certificates.into_iter().enumerate() {
        let own = |(portion, _): &(&Portion, &mut i64)| portion.payers.contains(&place);
        let mut own: Vec<_> = portions.iter().zip(&mut due).filter(own).collect();
        let points: i64 = own.iter().map(|(portion, _)| portion.points).sum();
        let found: i64 = own.iter().map(|(_, due)| **due).sum();
        let leaves_yen = leaves(&certificate.terms, points, found, earlier(certificate), tariff);
        let mut pays = found - leaves_yen;
        for (_, due) in &mut own {
            let taken = pays.min(**due);
            **due -= taken;
            pays -= taken;
        }
        publics.push(PublicShare {
            payer: certificate.payer.clone(),
            recipient: certificate.recipient.clone(),
            points,
            pays_yen: found - leaves_yen,
            leaves_yen,
            confirmed: false,
        });
    }
    Split {
        insurer_yen: cost - left,
        left_by_insurer_yen: left,
        publics,
        patient_yen: due.iter().sum(),
        portions,
    }
}

/// What a certificate leaves of the `found` yen that its `points` would cost the patient without
/// it. A share in percent is rounded like any other; amounts in yen are not (FEE-056).
fn leaves(terms: &Terms, points: i64, found: i64, earlier: Earlier, tariff: &Tariff) -> i64 {
    let by_share = (terms.percent < 100).then(|| tariff.public_share_yen(points, terms.percent));
    let free = terms.visits.is_some_and(|visits| earlier.visits >= visits);
    let by_visit = if free { Some(0) } else { terms.visit_yen };
    let by_month = terms.month_yen.map(|month| (month - earlier.left_yen).max(0));
    let least = [by_share, by_visit, by_month].into_iter().flatten().min();
    least.map_or(found, |least| least.clamp(0, found))
}

/// The points by who pays for them, in the order of the visit.
fn portions(lines: &[BillLine], certificates: &[&SubsidyCertificate]) -> Vec<Portion> {
    let mut portions: Vec<Portion> = Vec::new();
    for line in lines {
        let under = certificates.iter().enumerate().filter(|(_, c)| line.is_under(c.law()));
        let payers: Vec<usize> = under.map(|(place, _)| place).collect();
        match portions.iter_mut().find(|portion| portion.payers == payers) {
            Some(portion) => portion.points += line.points,
            None => portions.push(Portion { points: line.points, payers }),
        }
    }
    portions
}

/// What the insurance leaves of each portion: the share of each is rounded by itself, what falls
/// under no scheme first, and the last one has the rest, so that all of them together are what
/// the insurance leaves of the visit.
fn due_by_portion(portions: &[Portion], percent: u8, left: i64, tariff: &Tariff) -> Vec<i64> {
    let mut order: Vec<usize> = (0..portions.len()).collect();
    order.sort_by_key(|index| !portions[*index].payers.is_empty());
    let mut due = vec![0; portions.len()];
    let mut rest = left;
    for index in &order {
        let own = tariff.share_yen(portions[*index].points, percent).min(rest);
        due[*index] = own;
        rest -= own;
    }
    if let Some(last) = order.last() {
        due[*last] += rest;
    }
    due
}
