//! What is expected: facts, under the rule that demands them.

use std::collections::BTreeMap;

use madoguchi_reference::ids::RuleId;
use serde::{Deserialize, Serialize};

/// Facts by the rule that demands them.
pub type Expectations = BTreeMap<RuleId, BTreeMap<FactKey, FactValue>>;

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $word:literal : [$($value:literal),* $(,)?]),* $(,)?) => {
        /// What can be seen of a step from outside the parties.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum FactKey { $($(#[$doc])* $name),* }

        impl FactKey {
            /// Everything that can be seen.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As written in a scenario.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// The values it can have; empty if they are free, such as a number.
            pub fn values(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($value),*]),* }
            }
        }
    };
}

facts! {
    /// What the last eligibility answer said; `unknown` if one was asked for and none came.
    Eligibility = "eligibility": ["valid", "valid-unregistered", "invalid", "invalid-newer", "none", "several", "unknown", "error", "not-asked"],
    /// What became of the token at the reader or the remote reception.
    Card = "card": ["accepted", "rejected", "unreadable", "not-a-my-number-card", "reader-down", "no-connection", "not-read"],
    /// Why the centre refused the certificate.
    Refused = "refused": ["expired", "suspended", "affiliation-changed", "superseded", "ceased", "unlinked", "not-signed-up", "phone-not-accepted", "route-not-open", "none"],
    /// Screens of the reader, in order; the consent screens have a fact of their own.
    Screens = "screens": ["choose-method", "look-here", "face-not-matched", "face-not-seen", "print-not-read", "place-card-again", "visual-mode-on", "enter-pin", "pin-unusable", "no-photograph", "no-camera", "show-to-staff", "hold-phone", "sign-up", "renewal-notice", "consent", "done", "failed"],
    /// Where staff switched a reader to visual mode.
    VisualSwitch = "visual-switch": ["pc", "reader", "none"],
    /// Who answered the consent screens.
    ConsentBy = "consent-by": ["patient", "staff", "none"],
    /// Whether the institution meets its duty to verify online on this day.
    Duty = "duty": ["met", "excused", "exempt", "breached"],
    /// What came of something done about card or phone.
    Procedure = "procedure": ["done", "refused", "unanswered"],
    /// Medical information: shown to the desk, shown to be empty, or not shown.
    Records = "records": ["shown", "empty", "withheld"],
    /// The renewal alert on the reader.
    Alert = "alert": ["renew", "none"],
    /// How identity was established.
    Verified = "verified": ["face", "pin", "visual", "phone", "remote", "none"],
    /// 限度額 in the answer.
    Limit = "limit": ["given", "withheld"],
    /// Screens asking for consent, in order: package, surgery, treatment-and-drugs, check-up, limit,
    /// specific-disease, subsidy.
    ConsentScreens = "consent-screens": ["package", "surgery", "treatment-and-drugs", "check-up", "limit", "specific-disease", "subsidy"],
    /// 公費負担者番号 of the certificates the Public Medical Hub told the desk; `none` if it told
    /// of none, `not-asked` if it was not asked.
    Hub = "hub": [],
    /// 同意区分 of the groups in the last answer, in the order surgery, treatment, drugs, check-up,
    /// specific-disease; the last only where it was asked or a certificate is registered.
    ConsentFlags = "consent-flags": [
        "surgery-none", "surgery-given", "surgery-expired", "surgery-unobtainable",
        "treatment-none", "treatment-given", "treatment-expired", "treatment-unobtainable",
        "drugs-none", "drugs-given", "drugs-expired", "drugs-unobtainable",
        "check-up-none", "check-up-given", "check-up-expired", "check-up-unobtainable",
        "specific-disease-none", "specific-disease-given", "specific-disease-expired", "specific-disease-unobtainable",
    ],
    /// Why medical information was refused, the last time: what is wrong with the consent, or that
    /// it is not to be had now.
    Refusal = "refusal": ["not-given", "expired", "withdrawn-by-institution", "withdrawn-by-patient", "other-purpose", "unavailable"],
    /// What the portal shows of looks at the medical information, oldest first.
    ViewLog = "view-log": ["consent", "emergency", "disaster", "disaster-without-consent", "system-failure"],
    /// Whether there was a consent to home visits to withdraw.
    Withdrawn = "withdrawn": ["yes", "no"],
    /// What the page for disasters and failures showed last, or what the call centre said of it.
    Page = "page": ["found", "not-found", "not-open", "no-answer", "not-used", "opened", "closed"],
    /// What stands on the last statement (被保険者資格申立書), in the order of its lines.
    Statement = "statement": ["insured", "name", "born", "sex", "address", "phone", "insurer", "employer", "share", "reason", "signature"],
    /// What the remarks of the receipts name to find the person by.
    ClaimContact = "claim-contact": ["address", "phone", "employer"],
    /// 特定疾病療養受療証 in the last answer.
    SpecificDisease = "specific-disease": ["given", "withheld"],
    /// Insurer numbers of the qualifications in the last eligibility answer.
    Insurer = "insurer": [],
    /// Papers received from insurers by then and not past their printed last day, in the order
    /// they came.
    Holds = "holds": ["health-card", "eligibility-certificate", "eligibility-notice"],
    /// The printed last days of these papers, `none` where none is printed.
    HoldsUntil = "holds-until": [],
    /// The ticket of medical aid in the last answer: for this institution, for another, or none.
    Ticket = "ticket": ["here", "elsewhere", "none"],
    /// Whom the desk telephoned, in order.
    Telephoned = "telephoned": ["welfare-office"],
    /// Why the qualification in the last answer ended (資格喪失事由).
    LossReason = "loss-reason": ["death", "public-assistance", "other-insurance", "other", "none"],
    /// What the desk asked the patient to show, in order.
    AskedFor = "asked-for": ["health-card", "eligibility-certificate", "eligibility-notice", "portal-screen", "portal-pdf", "known-data", "statement", "told", "photo-id"],
    /// What eligibility rested on when the patient was charged.
    Basis = "basis": ["card", "phone", "health-card", "eligibility-certificate", "eligibility-notice", "portal-screen", "portal-pdf", "re-inquiry", "known-data", "statement", "told", "search", "none"],
    /// The share, such as `30%`.
    Share = "share": [],
    /// What was charged, in yen.
    Pay = "pay": [],
    /// What was charged, in points: visit or stay with everything added to it.
    Points = "points": [],
    /// Who pays for the visit besides the patient, in order: insurer number (`unknown` where none
    /// is known) and 公費負担者番号.
    Payers = "payers": [],
    /// What the insurer pays of it, in yen.
    InsurerPays = "insurer-pays": [],
    /// What the public payers pay of it, in yen, in order.
    PublicPays = "public-pays": [],
    /// The add-ons (加算) that were charged, in the order of the bill: 医療情報取得加算 (and what it
    /// was called before), 医療DX推進体制整備加算, 在宅医療DX情報活用加算,
    /// 電子的診療情報連携体制整備加算.
    AddOns = "add-ons": ["information", "dx", "home-dx", "sharing"],
    /// Their points, in the same order.
    AddOnPoints = "add-on-points": [],
    /// What made the charge less than the share: the limit of the month (高額療養費), the relief
    /// measure (配慮措置), or nothing.
    Capped = "capped": ["limit", "relief", "no"],
    /// The PIN after its last entry.
    Pin = "pin": ["accepted", "wrong", "locked", "unusable", "not-asked"],
    /// What the chip last said of how many entries of the PIN are left; `none` if it did not.
    PinLeft = "pin-left": [],
    /// How often card or phone was given power: 1 if nothing interrupted the conversation.
    PoweredOn = "powered-on": [],
    /// Whether identity was completed at a remote reception.
    Identity = "identity": ["complete", "incomplete"],
    /// What became of an eligibility question asked again after an outage.
    Later = "later": ["identified", "not-identified"],
    /// Insurer numbers on the receipts, in order.
    ClaimInsurer = "claim-insurer": [],
    /// Insured numbers (番号) on the receipts, in order.
    ClaimNumber = "claim-number": [],
    /// 公費負担者番号 on the receipts (KO), in order.
    ClaimPublic = "claim-public": [],
    /// 公費受給者番号 on the receipts, likewise.
    ClaimRecipient = "claim-recipient": [],
    /// What the patient is left to pay after each public payer on the receipts, in yen.
    ClaimPublicYen = "claim-public-yen": [],
    /// Points that fall under each public payer on the receipts.
    ClaimPublicPoints = "claim-public-points": [],
    /// 負担区分 of the services on the receipts, in order.
    ClaimBurden = "claim-burden": [],
    /// 特記事項 on the receipts.
    ClaimNotes = "claim-notes": [],
    /// The code of the limit's class among the 特記事項 of the receipts (区ア to 多キ).
    ClaimLimitClass = "claim-limit-class": ["26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "41", "42", "43", "44", "none"],
    /// 窓口負担額区分 of the receipts (MF).
    ClaimCharge = "claim-charge": ["00", "01", "02"],
    /// 負担金額 of the insurance on the receipts (HO), in yen.
    ClaimYen = "claim-yen": [],
    /// 診療実日数 on the receipts (HO).
    ClaimDays = "claim-days": [],
    /// 給付割合 on the receipts (RE), in percent.
    ClaimBenefit = "claim-benefit": [],
    /// 一部負担金等の区分 on the receipts (RE).
    ClaimReduced = "claim-reduced": ["1", "2", "3", "4", "none"],
    /// Who prescribed, on the receipts of a pharmacy: ten digits.
    ClaimPrescriber = "claim-prescriber": [],
    /// Codes of the services on the receipts, in order.
    ClaimServices = "claim-services": [],
    /// How the remarks begin.
    ClaimRemark = "claim-remark": [],
    /// レセプト種別 of the receipts, in order.
    ClaimKind = "claim-kind": [],
    /// How many receipts there are for the person.
    ClaimReceipts = "claim-receipts": [],
    /// What became of the receipts, in order.
    Outcome = "outcome": ["kept", "transferred", "split", "returned", "shared", "replaced", "refused"],
    /// 確認区分 after review, or after an insurer's objection.
    Confirmation = "confirmation": ["01", "02", "03", "04", "05", "06", "07", "08", "09", "11", "12", "13", "14"],
    /// How the files handed in were answered, in order.
    HandIn = "hand-in": ["received", "held", "received-before", "closed", "broken", "wrong-body", "wrong-month", "paper", "nothing-to-replace", "unanswered"],
    /// The review bodies the files went to, in order.
    ClaimBody = "claim-body": ["siif", "kkr"],
    /// The rules that the check on reception found broken, in order.
    Asp = "asp": [],
    /// Where the receipts stand at the end of the run, in order.
    ClaimState = "claim-state": ["unanswered", "refused", "held", "received", "corrected", "returned", "resubmitted", "decided", "paid", "taken-back"],
    /// Why receipts came back, in order.
    ReturnReason = "return-reason": ["wrong-number", "several-people", "no-successor", "no-day-data", "unequal-share", "inpatient", "public-payer", "duplicate", "check-digit", "missing-public-payer", "content", "review", "lapsed"],
    /// Points taken off at review, receipt by receipt.
    Adjusted = "adjusted": [],
    /// Points that each part of the receipts is paid for, in order of the days.
    PartPoints = "part-points": [],
    /// Yen that each part pays, in the same order, and public-expense payers after them.
    PartYen = "part-yen": [],
    /// Yen paid for the receipts, receipt by receipt.
    PaidYen = "paid-yen": [],
    /// The days on which they were paid.
    PaidOn = "paid-on": [],
    /// Yen taken back for the receipts later.
    SetOffYen = "set-off-yen": [],
    /// The days on which they were taken back.
    SetOffOn = "set-off-on": [],
    /// The sums of the payments in which the receipts were paid.
    PaymentYen = "payment-yen": [],
    /// What came of fetching results, the last time.
    Results = "results": ["fetched", "not-yet", "gone", "none"],
    /// What came of an insurer's objection.
    Objection = "objection": ["not-paid", "rejected", "moved", "adjusted", "returned", "none"],
    /// Who finally pays, as insurer numbers in order of the days.
    PaidBy = "paid-by": [],
    /// Whether the claim file handed in can be read and agrees with itself.
    ClaimFile = "claim-file": ["well-formed", "broken", "none"],
    /// The day on which the results of the review came, such as `2025-08-05`.
    ResultDay = "result-day": [],
    /// Health check-ups (特定健診): shown to the desk, shown to be empty, or not shown.
    CheckUps = "check-ups": ["shown", "empty", "withheld"],
    /// Days of the check-ups shown, in order.
    CheckUpDates = "check-up-dates": [],
    /// Months of the drugs shown, in order.
    DrugMonths = "drug-months": [],
    /// 被保険者証区分 in the last answer.
    CertificateClass = "certificate-class": ["01", "02", "03", "04", "05", "06", "07", "A1", "none"],
    /// 限度額の適用区分 in the last answer.
    LimitClass = "limit-class": ["A01", "A02", "A03", "A04", "A05", "A06", "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "none"],
    /// 未就学区分 in the last answer.
    Preschool = "preschool": ["flagged", "not-flagged"],
    /// 照会番号 in the last answer; `none` if there is none.
    ReferenceNumber = "reference-number": [],
    /// How the last answer reached the desk.
    AnsweredBy = "answered-by": ["reader", "list", "number", "none"],
    /// How a bulk job ended.
    Job = "job": ["done", "failed", "refused", "in-process", "not-answered", "none"],
    /// How often its result was asked for.
    Polls = "polls": [],
    /// What it says of each person, in the order of the file.
    JobPeople = "job-people": ["valid", "invalid", "invalid-newer", "none", "several", "valid-unregistered", "error"],
    /// Who is in its result, in the order of the file.
    Listed = "listed": [],
    /// How much the card was used in the month, by verifications, such as `66.7%` (GEN-010).
    RateByCount = "rate-by-count": [],
    /// The same by persons and receipts.
    RateByReceipt = "rate-by-receipt": [],
    /// What a programme pays to the institution, in yen, or `not-published`.
    Granted = "granted": [],
    /// Why it pays this, and not more or less.
    GrantReason = "grant-reason": [
        "paid", "below-steps", "replaced", "poster-missing", "leaflet-missing", "no-base-month",
        "no-months", "not-published", "too-few-uses", "no-units", "nothing-bought",
        "applications-ended", "not-open", "conditions-missing", "too-few-beds",
    ],
    /// Where in the published table it stands: table or period, where the row begins, where the
    /// column begins.
    GrantStep = "grant-step": [],
    /// How many units of equipment are paid for.
    GrantedUnits = "granted-units": [],
    /// How the terminal answered a file: an answer, an error in the header or for the person, or
    /// an `.err` file.
    Answer = "answer": ["normal", "in-process", "header-error", "person-error", "err-file", "none"],
}

/// A word, or several in order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(untagged)]
pub enum FactValue {
    /// One.
    One(String),
    /// Several, in order; an empty list means "nothing".
    Many(Vec<String>),
}

impl FactValue {
    /// As a list.
    pub fn words(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Many(words) => words,
        }
    }

    /// Whether both say the same; one word is the same as a list of it.
    pub fn same(&self, other: &Self) -> bool {
        self.words() == other.words()
    }
}

impl std::fmt::Display for FactValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(word) => f.write_str(word),
            Self::Many(words) if words.len() == 1 => f.write_str(&words[0]),
            Self::Many(words) => write!(f, "[{}]", words.join(", ")),
        }
    }
}

impl<'de> Deserialize<'de> for FactValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = FactValue;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a word or a list of words")
            }

            fn visit_str<E>(self, word: &str) -> Result<FactValue, E> {
                Ok(FactValue::One(word.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<FactValue, E> {
                Ok(FactValue::One(number.to_string()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<FactValue, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = list.next_element::<FactValue>()? {
                    words.extend_from_slice(word.words());
                }
                Ok(FactValue::Many(words))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
