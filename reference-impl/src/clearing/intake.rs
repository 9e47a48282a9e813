//! Hand-in: what is refused, what is held for correction, what is taken in, once (CLM-021…034).

use crate::calendar::{Jst, Month};
use crate::lang::Bilingual;
use crate::message::claim::{
    CheckFinding, ClaimMessage, HandIn, Medium, ReceiptRef, Reception, Refusal, Replaces,
    ReturnReason,
};
use crate::party::{Outbox, PartyId};
use crate::uke::{ClaimError, ClaimFile, read, read_all};

use super::Clearing;
use super::asp::{Found, examine};
use super::case::{Case, Digest, State, Taken};

impl Clearing {
    pub(super) fn take_in(&mut self, now: Jst, from: PartyId, hand_in: HandIn, out: &mut Outbox) {
        let id = hand_in.id;
        let digest = Digest {
            to: hand_in.to,
            medium: hand_in.medium,
            replaces: hand_in.replaces.clone(),
            bytes: blake3::hash(&hand_in.file.0),
        };
        // A file handed in twice is one claim, whenever the second time is (CLM-032).
        let mine = self.files.range((from, 0)..=(from, u64::MAX));
        if let Some((_, known)) = mine.into_iter().find(|(_, known)| known.digest == digest) {
            let reception = Reception { id, again: true, ..known.reception.clone() };
            return out.send(from, ClaimMessage::Received(reception));
        }
        match self.read(now, from, &hand_in) {
            Ok((file, found)) => self.accept(now, from, (hand_in, digest), file, found, out),
            Err(refusal) => out.send(from, ClaimMessage::Refused { id, refusal }),
        }
    }

    /// The file, if it may be taken in. Nothing is changed.
    fn read(
        &self,
        now: Jst,
        from: PartyId,
        hand_in: &HandIn,
    ) -> Result<(ClaimFile, Found), Refusal> {
        let policy = self.register.on(now.date());
        let at = now.datetime();
        let open = match hand_in.replaces {
            Replaces::Held(_) => policy.correction_open(at.day(), at.hour()),
            Replaces::Nothing | Replaces::Returned(_) => {
                policy.submission_open(at.day(), at.hour())
            }
        };
        if !open {
            return Err(Refusal::Closed);
        }
        let known = self.files.contains_key(&(from, hand_in.id));
        if known {
            // Another file under a number that was given already cannot be told from it later.
            let problem = Bilingual::new(
                format!("ファイルの番号{}は使用済みです", hand_in.id),
                format!("the number {} of the file was used before", hand_in.id),
            );
            return Err(Refusal::Broken(vec![problem]));
        }
        let file = readable(&hand_in.file.0)?;
        if file.header.payer != hand_in.to {
            return Err(Refusal::WrongBody);
        }
        if file.header.claim_month != Month::of(now.date()) {
            return Err(Refusal::WrongMonth);
        }
        let exempt = self.paper.contains(&file.institution_code());
        let online_only = match hand_in.replaces {
            Replaces::Returned(_) => !policy.resubmission_on_paper(),
            _ => policy.claims_online_only(),
        };
        if hand_in.medium == Medium::Paper && online_only && !exempt {
            return Err(Refusal::Paper);
        }
        let (wanted, refs) = match &hand_in.replaces {
            Replaces::Nothing => (State::Received, [].as_slice()),
            Replaces::Held(refs) => (State::Held, refs.as_slice()),
            Replaces::Returned(refs) => (State::Returned, refs.as_slice()),
        };
        let there = |receipt: &ReceiptRef| {
            self.case(from, *receipt).is_some_and(|case| {
                case.state == wanted
                    || (wanted == State::Returned && case.state == State::TakenBack)
            })
        };
        if !refs.iter().all(there) {
            return Err(Refusal::NothingToReplace);
        }
        let found = examine(&hand_in.file.0, &file, hand_in.to, (&self.register, &policy));
        if !found.file.is_empty() {
            return Err(Refusal::Broken(found.file));
        }
        Ok((file, found))
    }

    fn accept(
        &mut self,
        now: Jst,
        from: PartyId,
        (hand_in, digest): (HandIn, Digest),
        file: ClaimFile,
        found: Found,
        out: &mut Outbox,
    ) {
        if let Replaces::Held(refs) | Replaces::Returned(refs) = &hand_in.replaces {
            for receipt in refs {
                if let Some(case) = self.case_mut(from, *receipt) {
                    case.replace();
                }
            }
        }
        let round = self.round(now, from, hand_in.to, Month::of(now.date()), out);
        let institution = file.institution_code();
        let of = |number: u32| -> Vec<CheckFinding> {
            found.receipts.iter().filter(|finding| finding.number == number).cloned().collect()
        };
        let mut cases: Vec<Case> = Vec::new();
        for receipt in file.receipts {
            let findings = of(receipt.number);
            let lapsed = self.register.on(now.date()).claim_has_lapsed(receipt.month);
            let mut case = Case::new(receipt, findings);
            if lapsed {
                case.give_back(ReturnReason::Lapsed);
            } else if self.is_claimed(from, &case) || cases.iter().any(|c| same(c, &case)) {
                case.give_back(ReturnReason::Duplicate);
            }
            cases.push(case);
        }
        let reception = Reception {
            id: hand_in.id,
            receipts: cases.len(),
            findings: found.receipts,
            again: false,
        };
        out.send(from, ClaimMessage::Received(reception.clone()));
        self.files
            .insert((from, hand_in.id), Taken { digest, round, institution, reception, cases });
        if self.rounds.get(&round).is_some_and(|round| round.checked) {
            self.check_file(now, (from, hand_in.id), out);
        }
    }

    /// Whether the same receipt was taken in before and still counts (CLM-040).
    fn is_claimed(&self, from: PartyId, case: &Case) -> bool {
        let mine = self.files.range((from, 0)..=(from, u64::MAX));
        mine.flat_map(|(_, file)| &file.cases).any(|known| same(known, case))
    }

    pub(super) fn case(&self, from: PartyId, receipt: ReceiptRef) -> Option<&Case> {
        let file = self.files.get(&(from, receipt.file))?;
        file.cases.iter().find(|case| case.receipt.number == receipt.number)
    }

    pub(super) fn case_mut(&mut self, from: PartyId, receipt: ReceiptRef) -> Option<&mut Case> {
        let file = self.files.get_mut(&(from, receipt.file))?;
        file.cases.iter_mut().find(|case| case.receipt.number == receipt.number)
    }

    /// The twelfth is over: what is still held goes back (CLM-031).
    pub(super) fn corrections_over(&mut self, round: u64) {
        let files = self.files.values_mut().filter(|file| file.round == round);
        for case in files.flat_map(|file| &mut file.cases) {
            if case.state == State::Held {
                let reason = super::asp::return_reason(&case.receipt, &case.findings);
                case.give_back(reason);
            }
        }
    }
}

/// The file, or everything that is wrong with its form, with the place of each fault.
fn readable(bytes: &[u8]) -> Result<ClaimFile, Refusal> {
    read(bytes).map_err(|first| {
        let faults = read_all(bytes).faults;
        let faults = if faults.is_empty() { vec![first] } else { faults };
        Refusal::Broken(faults.iter().map(ClaimError::text).collect())
    })
}

fn same(known: &Case, case: &Case) -> bool {
    known.is_live() && known.identity() == case.identity()
}
