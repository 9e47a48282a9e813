//! What a well-formed claim file can still get wrong (CLM-063, CLM-070, CLM-074).

use serde::Serialize;

use super::kind::AgeClass;
use super::{ClaimFile, DayMarks, Entry, Header, Insurance, Receipt, ReceiptKind};
use crate::ids::has_check_digit;
use crate::numbers::NumberFault;
use crate::register::{Policy, Register};

/// One fault of a claim file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// The rule the file breaks.
    pub rule: &'static str,
    /// The number, from 1, of the record at fault in the file as [`super::write()`] writes it.
    pub record: usize,
    /// What is wrong, in English.
    pub message: String,
    /// The same in Japanese.
    pub message_ja: String,
}

/// Every fault of the file, receipt by receipt, by the rules of the last day of its month. Each check reports a receipt at most once, so
/// that one slip is not reported again for every line it touches.
pub fn check(register: &Register, file: &ClaimFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut line = 2;
    for (receipt, number) in file.receipts.iter().zip(1..) {
        let policy = register.on(receipt.month.last());
        let one = OneReceipt { receipt, header: &file.header, policy, number, line };
        findings.extend(one.findings());
        line += receipt.ids().count();
    }
    findings.extend(total(file, line));
    findings
}

fn total(file: &ClaimFile, record: usize) -> Option<Finding> {
    let receipts = file.receipts.len();
    let points: u64 = file.receipts.iter().map(|receipt| u64::from(receipt.points())).sum();
    let said = &file.total;
    let right = u32::try_from(receipts) == Ok(said.receipts) && points == said.points;
    (!right).then(|| Finding {
        rule: "CLM-074",
        record,
        message: format!(
            "GO says {} receipts and {} points, the receipts add up to {receipts} and {points}",
            said.receipts, said.points
        ),
        message_ja: format!(
            "GOの総件数{}・総合計点数{}が、レセプトの合計{receipts}件・{points}点と一致しません",
            said.receipts, said.points
        ),
    })
}

/// A receipt and what is needed to say where it is wrong.
struct OneReceipt<'a> {
    receipt: &'a Receipt,
    header: &'a Header,
    policy: Policy<'a>,
    /// The number it should have.
    number: u32,
    /// The line of its RE record.
    line: usize,
}

impl OneReceipt<'_> {
    fn findings(&self) -> impl Iterator<Item = Finding> {
        let insurance = self.receipt.insurance.as_ref();
        let of_receipt = [
            self.numbering(),
            self.month(),
            self.kind_shape(),
            self.kind_age(),
            self.payers(),
            self.public_numbers(),
        ];
        let of_insurance = insurance.into_iter().flat_map(|insurance| {
            [self.check_digit(insurance), self.points(insurance), self.days(insurance)]
        });
        of_receipt.into_iter().chain(of_insurance).chain([self.confirmation()]).flatten()
    }

    /// A finding at the first record with the id `at`, or at RE if there is none.
    fn finding(&self, rule: &'static str, at: &str, en: String, ja: String) -> Option<Finding> {
        let place = self.receipt.ids().position(|id| id == at).unwrap_or(0);
        Some(Finding { rule, record: self.line + place, message: en, message_ja: ja })
    }

    fn numbering(&self) -> Option<Finding> {
        let (found, due) = (self.receipt.number, self.number);
        if found == due {
            return None;
        }
        let en = format!("receipt number {found} stands where {due} is due");
        self.finding("CLM-074", "RE", en, format!("レセプト番号が{due}ではなく{found}です"))
    }

    fn month(&self) -> Option<Finding> {
        let (service, claim) = (self.receipt.month, self.header.claim_month);
        if service < claim {
            return None;
        }
        let en = format!("the service month {service} is not before the claim month {claim}");
        let ja = format!("診療年月{service}が請求年月{claim}より前ではありません");
        self.finding("CLM-074", "RE", en, ja)
    }

    /// The shape of the kind: medical, the main payer, how many payers, outpatient.
    fn kind_shape(&self) -> Option<Finding> {
        let kind = &self.receipt.kind;
        let payers = self.receipt.publics.len() + usize::from(self.receipt.insurance.is_some());
        let right = match kind.as_bytes() {
            [b'1', main, count, b'0' | b'2' | b'4' | b'6' | b'8'] => {
                self.main_payers().contains(main) && usize::from(count.wrapping_sub(b'0')) == payers
            }
            _ => false,
        };
        if right {
            return None;
        }
        let en = format!("the kind {kind} is not that of an outpatient receipt of these payers");
        let ja = format!("レセプト種別{kind}が保険者・公費の構成または外来と合いません");
        self.finding("CLM-070", "RE", en, ja)
    }

    /// The second digits that fit the payers.
    fn main_payers(&self) -> &'static [u8] {
        match &self.receipt.insurance {
            None => b"2",
            Some(insurance) if insurance.insurer.is_late_elderly() => b"3",
            Some(_) => b"14",
        }
    }

    /// The last digit of the kind by the age in the service month; receipts for 公費 only do
    /// not tell ages apart.
    fn kind_age(&self) -> Option<Finding> {
        let insurance = self.receipt.insurance.as_ref()?;
        let class = AgeClass::of(&self.policy, &insurance.insurer, self.receipt.born);
        let kind = &self.receipt.kind;
        // A kind that is none is told by its shape.
        if ReceiptKind::from_code(kind).is_none_or(|kind| class.fits(kind.person)) {
            return None;
        }
        let en = format!("the last digit of the kind {kind} does not fit the patient's age");
        let ja = format!("レセプト種別{kind}の末尾が患者の年齢と合いません");
        self.finding("CLM-074", "RE", en, ja)
    }

    fn payers(&self) -> Option<Finding> {
        let publics = self.receipt.publics.len();
        if publics <= 4 && (publics > 0 || self.receipt.insurance.is_some()) {
            return None;
        }
        let en = format!("{publics} KO records; 4 are the most, and one HO or KO the least");
        let ja = format!("KOが{publics}件です（最大4件、HOまたはKOが1件以上必要）");
        self.finding("CLM-063", "KO", en, ja)
    }

    fn public_numbers(&self) -> Option<Finding> {
        let wrong = |number: &str, fault: NumberFault| (number.to_owned(), fault.text());
        let (number, fault) = self.receipt.publics.iter().find_map(|public| {
            let payer = public.payer.parts().err().map(|f| wrong(public.payer.as_str(), f));
            let recipient = || public.recipient.check().err();
            payer.or_else(|| recipient().map(|f| wrong(public.recipient.as_str(), f)))
        })?;
        let en = format!("the number {number} in KO {}", fault.en);
        self.finding("ELIG-051", "KO", en, format!("KOの番号{number}{}", fault.ja))
    }

    fn check_digit(&self, insurance: &Insurance) -> Option<Finding> {
        let insurer = insurance.insurer.as_str();
        // CLM-005: the unknown insurer is the one number that need not have one.
        if self.policy.is_unknown_insurer(&insurance.insurer) || has_check_digit(insurer) {
            return None;
        }
        let en = format!("the insurer number {insurer} does not end in its check digit");
        self.finding(
            "ELIG-051",
            "HO",
            en,
            format!("保険者番号{insurer}の検証番号が正しくありません"),
        )
    }

    fn points(&self, insurance: &Insurance) -> Option<Finding> {
        let sum: u64 = self.receipt.entries.iter().filter_map(insured_points).sum();
        let said = insurance.points;
        if sum == u64::from(said) {
            return None;
        }
        let en = format!("HO says {said} points, the services add up to {sum}");
        self.finding(
            "CLM-074",
            "HO",
            en,
            format!("HOの合計点数{said}が診療行為の合計{sum}と一致しません"),
        )
    }

    fn days(&self, insurance: &Insurance) -> Option<Finding> {
        let (said, counted) =
            (usize::from(insurance.days), self.receipt.days().map_or(0, DayMarks::counted));
        if said == counted {
            return None;
        }
        let en = format!("HO says {said} days, JD counts {counted}");
        self.finding(
            "CLM-074",
            "HO",
            en,
            format!("HOの実日数{said}がJDの計上日数{counted}と一致しません"),
        )
    }

    fn confirmation(&self) -> Option<Finding> {
        if self.receipt.insurance.is_none() || self.receipt.check().is_some() {
            return None;
        }
        let en = "the receipt has an HO record but no SN record".to_owned();
        self.finding("CLM-074", "HO", en, "HOがあるのにSNがありません".to_owned())
    }
}

/// Points times count of a line with points, unless it is charged to 公費 alone (負担区分 5, 6
/// and 7 of CLM-072).
fn insured_points(entry: &Entry) -> Option<u64> {
    let (burden, points, count) = entry.charged()?;
    let insured = !["5", "6", "7"].contains(&burden.as_str());
    insured.then(|| u64::from(points) * u64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{PUBLISHED, load};
    use crate::uke::{DayMark, Service, sample};

    /// The findings after `fault` was planted in the valid file, as rule and record.
    fn after(fault: impl FnOnce(&mut ClaimFile)) -> Vec<(&'static str, usize)> {
        let mut file = sample::file();
        fault(&mut file);
        let register = load(PUBLISHED).unwrap();
        let found = check(&register, &file);
        assert!(found.iter().all(|f| !f.message.is_empty() && !f.message_ja.is_empty()));
        found.iter().map(|finding| (finding.rule, finding.record)).collect()
    }

    fn insurance(file: &mut ClaimFile) -> &mut Insurance {
        file.receipts[0].insurance.as_mut().unwrap()
    }

    fn service(receipt: &mut Receipt) -> &mut Service {
        let mut services = receipt.entries.iter_mut().filter_map(|entry| match entry {
            Entry::Service(service) => Some(service),
            _ => None,
        });
        services.next().unwrap()
    }

    #[test]
    fn nothing_is_found_in_the_valid_file() {
        assert_eq!(after(|_| ()), []);
    }

    #[test]
    fn each_planted_fault_is_found_where_it_is() {
        let second = 2 + sample::file().receipts[0].ids().count();
        let last = second + sample::file().receipts[1].ids().count();
        assert_eq!(after(|f| f.receipts[1].number = 3), [("CLM-074", second)]);
        assert_eq!(after(|f| f.receipts[0].month = f.header.claim_month), [("CLM-074", 2)]);
        assert_eq!(after(|f| f.receipts[0].kind = "1122".into()), [("CLM-070", 2)]);
        assert_eq!(after(|f| f.receipts[0].kind = "3112".into()), [("CLM-070", 2)]);
        assert_eq!(after(|f| f.receipts[0].kind = "1312".into()), [("CLM-070", 2)]);
        assert_eq!(after(|f| f.receipts[0].kind = "1114".into()), [("CLM-074", 2)]);
        assert_eq!(after(|f| insurance(f).insurer = "06139991".into()), [("ELIG-051", 3)]);
        assert_eq!(after(|f| insurance(f).days = 3), [("CLM-074", 3)]);
        let first_day = |f: &mut ClaimFile| {
            let Entry::Days(days) = &mut f.receipts[0].entries[1] else { panic!("JD") };
            days.marks[0] = DayMark::Counted;
        };
        assert_eq!(after(first_day), [("CLM-074", 3)]);
        assert_eq!(after(|f| service(&mut f.receipts[0]).count = 2), [("CLM-074", 3)]);
        assert_eq!(after(|f| drop(f.receipts[0].entries.remove(0))), [("CLM-074", 3)]);
        assert_eq!(after(|f| f.total.receipts = 1), [("CLM-074", last)]);
        assert_eq!(after(|f| f.total.points += 1), [("CLM-074", last)]);
    }

    #[test]
    fn a_receipt_needs_a_payer_and_has_at_most_four_public_ones() {
        let found = after(|f| f.receipts[0].insurance = None);
        assert!(found.contains(&("CLM-063", 2)), "{found:?}");
        let found = after(|f| {
            let public = f.receipts[1].publics[0].clone();
            f.receipts[1].publics = vec![public; 5];
        });
        assert!(found.iter().any(|(rule, _)| *rule == "CLM-063"), "{found:?}");
    }

    #[test]
    fn numbers_of_public_payers_and_recipients_are_checked_too() {
        let second = 2 + sample::file().receipts[0].ids().count();
        let at_payer = [("ELIG-051", second + 2)];
        let payer =
            |number: &'static str| after(move |f| f.receipts[1].publics[0].payer = number.into());
        assert_eq!(payer("54130017"), at_payer);
        // A good number, but of an insurer.
        assert_eq!(payer("06139992"), at_payer);
        assert_eq!(payer("12130019"), []);
        let recipient = |f: &mut ClaimFile| f.receipts[1].publics[0].recipient = "1234567".into();
        assert_eq!(after(recipient), at_payer);
    }

    #[test]
    fn the_unknown_insurer_needs_no_check_digit() {
        assert_eq!(after(|f| insurance(f).insurer = "77777777".into()), []);
        assert_eq!(after(|f| insurance(f).insurer = "77777779".into()), []);
    }

    #[test]
    fn a_service_of_public_payers_alone_adds_nothing_to_the_insurer() {
        let found = after(|f| {
            let mut service = service(&mut f.receipts[1]).clone();
            service.burden = "5".into();
            f.receipts[1].entries.push(service.into());
        });
        assert_eq!(found, []);
    }
}
