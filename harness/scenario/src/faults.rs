//! What can go wrong, as an author writes it.

use jiff::civil::date;
use madoguchi_reference::calendar::{Jst, day_after};
use madoguchi_reference::register::Register;
use serde::{Deserialize, Serialize};

use crate::claims::{ClaimFault, ReviewFault};
use crate::reader_faults::ReaderFault;

/// From and to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Range<T> {
    /// The first.
    pub from: T,
    /// The last.
    pub to: T,
}

/// How fast messages and people are when nothing is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// Latencies and human pace drawn from the seed within ordinary ranges.
    #[default]
    Ordinary,
    /// Everything at once, to stand exactly on a boundary.
    Instant,
}

/// One thing that goes wrong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Something is down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outage: Option<Outage>,
    /// The line between terminal and centre misbehaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LinkFault>,
    /// A party's clock is wrong by this many seconds (negative: behind).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockFault>,
    /// Requests are answered otherwise than they should be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnswerFault>,
    /// Something goes wrong at a reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<ReaderFault>,
    /// The receipt computer makes a mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimFault>,
    /// Reviewers find something in a receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewFault>,
}

/// How requests out of the folder are answered from a moment until another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFault {
    /// How.
    pub with: AnsweredWith,
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
    /// How often, for `in-process`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u16>,
    /// How late, for `late`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

/// Ways of answering that a product has to cope with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnsweredWith {
    /// With an `.err` file, by the link software.
    ErrFile,
    /// With an error in the header, by the centre.
    HeaderError,
    /// Late.
    Late,
    /// A bulk job taken in now answers "in process" so many times more.
    InProcess,
    /// A bulk job taken in now ends abnormally.
    Failed,
}

/// What is wrong with a clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockFault {
    /// Whose.
    pub of: ClockOf,
    /// By how many seconds it is ahead.
    pub ahead_s: i64,
}

/// Whose clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockOf {
    /// The desk's.
    Desk,
    /// The terminal's.
    Terminal,
    /// The reader's.
    Reader,
}

/// Something is down from a moment until another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// What.
    pub of: OutageOf,
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
}

/// What can be down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutageOf {
    /// The centre.
    Centre,
    /// The line between the institution and the centre.
    Line,
    /// Power at the institution: reader, terminal and the desk's computer.
    Power,
    /// The readers: not booted, or broken.
    Reader,
    /// The PC of the terminal: not booted.
    Terminal,
    /// The cable between reader and terminal.
    Cable,
    /// The certifier (J-LIS).
    Certifier,
    /// The portal.
    Portal,
    /// The part of the centre that holds medical information; eligibility works (OUT-043).
    MedicalInformation,
}

/// The disaster mode, opened for an area and a period (OUT-020): a known opening, or from and to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Prefecture codes.
    pub prefectures: Vec<u8>,
    /// A known one; the register has its days (OUT-021).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<KnownOpening>,
    /// From.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Jst>,
    /// Until, not including.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Jst>,
}

impl Opening {
    /// When it begins and when it is over; `None` if it says neither or both ways.
    pub fn span(&self, register: &Register) -> Option<Range<Jst>> {
        match (self.known, self.from, self.to) {
            (Some(known), None, None) => {
                let name = match known {
                    KnownOpening::Rain2023 => "rain",
                    KnownOpening::Noto2024 => "noto",
                };
                // The rule is data and has no day of its own; any day has it.
                let (first, last) = register.on(date(2024, 1, 1)).known_opening(name)?;
                Some(Range { from: Jst::start_of(first), to: Jst::start_of(day_after(last)) })
            }
            (None, Some(from), Some(to)) => Some(Range { from, to }),
            _ => None,
        }
    }
}

/// Openings of the disaster mode that are known (OUT-021).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownOpening {
    /// The heavy rain of July 2023.
    #[serde(rename = "rain-2023")]
    Rain2023,
    /// The earthquake of Noto on 1 January 2024.
    #[serde(rename = "noto-2024")]
    Noto2024,
}

/// How a line misbehaves from a moment until another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkFault {
    /// From.
    pub from: Jst,
    /// Until, not including.
    pub to: Jst,
    /// Messages lost, in percent.
    #[serde(default)]
    pub loss_percent: u8,
    /// Messages delivered twice, in percent.
    #[serde(default)]
    pub duplicate_percent: u8,
    /// Added to every latency, in milliseconds, drawn between 0 and this; messages overtake
    /// each other.
    #[serde(default)]
    pub jitter_ms: u32,
}

/// The fault with its content, for a `match`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultKind<'a> {
    /// See [`Outage`].
    Outage(&'a Outage),
    /// See [`LinkFault`].
    Line(&'a LinkFault),
    /// See [`ClockFault`].
    Clock(&'a ClockFault),
    /// See [`AnswerFault`].
    Answers(&'a AnswerFault),
    /// See [`ReaderFault`].
    Reader(&'a ReaderFault),
    /// See [`ClaimFault`].
    Claim(&'a ClaimFault),
    /// See [`ReviewFault`].
    Review(&'a ReviewFault),
}

impl Fault {
    /// The one thing it says; `None` if it says nothing or more than one.
    pub fn kind(&self) -> Option<FaultKind<'_>> {
        let outage = self.outage.as_ref().map(FaultKind::Outage);
        let line = self.line.as_ref().map(FaultKind::Line);
        let clock = self.clock.as_ref().map(FaultKind::Clock);
        let answers = self.answers.as_ref().map(FaultKind::Answers);
        let reader = self.reader.as_ref().map(FaultKind::Reader);
        let claim = self.claim.as_ref().map(FaultKind::Claim);
        let review = self.review.as_ref().map(FaultKind::Review);
        let all = [outage, line, clock, answers, reader, claim, review];
        let mut said = all.into_iter().flatten();
        match (said.next(), said.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        }
    }
}
