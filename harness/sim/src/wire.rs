//! The wire: how long a message takes, and whether it arrives at all.
//!
//! Each link draws from a stream of its own, so that a message more on one link changes nothing
//! on another. A link keeps the order of its messages; only a line fault lets them overtake.

use std::collections::BTreeMap;

use madoguchi_reference::calendar::{Jst, Micros};
use madoguchi_reference::message::Message;
use madoguchi_reference::party::PartyId;
use madoguchi_scenario::Streams;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use crate::outages::{Outages, is_line, is_repeated};
use crate::plan::{Links, Span};
use crate::trace::Loss;

/// What becomes of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fate {
    /// It arrives, and perhaps a second time.
    Arrives(Jst, Option<Jst>),
    /// It does not.
    Lost(Loss),
}

/// All links of a world.
#[derive(Debug)]
pub(crate) struct Wire {
    links: Links,
    outages: Outages,
    streams: Streams,
    drawn: BTreeMap<(PartyId, PartyId), Link>,
}

/// One direction between two parties.
#[derive(Debug)]
struct Link {
    stream: ChaCha8Rng,
    /// When its latest message arrives.
    latest: Jst,
}

impl Wire {
    pub(crate) fn new(links: Links, outages: Outages, streams: Streams) -> Self {
        Self { links, outages, streams, drawn: BTreeMap::new() }
    }

    pub(crate) fn outages(&self) -> &Outages {
        &self.outages
    }

    /// What becomes of a message sent at `at`.
    pub(crate) fn send(&mut self, at: Jst, from: PartyId, to: PartyId, message: &Message) -> Fate {
        if let Some((of, until)) = self.outages.between(from, to, at) {
            return if is_repeated(message) {
                Fate::Arrives(until, None)
            } else {
                Fate::Lost(Loss::Down(of))
            };
        }
        let span = self.span(from, to);
        let streams = self.streams;
        let Link { stream, latest } = self.drawn.entry((from, to)).or_insert_with(|| Link {
            stream: streams.stream(&format!("link/{from}/{to}")),
            latest: at,
        });
        let arrives = at.plus(within(stream, span)).max(*latest);
        *latest = arrives;
        let crosses = is_line(from, to) && !is_repeated(message);
        let Some(fault) = self.outages.line(at).filter(|_| crosses) else {
            return Fate::Arrives(arrives, None);
        };
        // The same number of draws whatever their outcome, so that one message's fate does not
        // shift the next one's.
        let [loss, twice, late, later] = std::array::from_fn(|_| stream.next_u32());
        let jitter = |draw: u32| Micros::from(draw % fault.jitter_ms.max(1)) * 1_000;
        if loss % 100 < u32::from(fault.loss_percent) {
            return Fate::Lost(Loss::Line);
        }
        let again =
            (twice % 100 < u32::from(fault.duplicate_percent)).then(|| arrives.plus(jitter(later)));
        Fate::Arrives(arrives.plus(jitter(late)), again)
    }

    fn span(&self, from: PartyId, to: PartyId) -> Span {
        use PartyId as P;
        match (from, to) {
            (P::Token(_), _) | (_, P::Token(_)) => self.links.chip,
            (P::Reader(_), P::Terminal(_)) | (P::Terminal(_), P::Reader(_)) => self.links.cable,
            (P::Desk(_), P::Terminal(_)) | (P::Terminal(_), P::Desk(_)) => self.links.folder,
            _ if is_line(from, to) => self.links.line,
            (P::Patient(_), P::Portal | P::RemoteReception)
            | (P::Portal | P::RemoteReception, P::Patient(_)) => self.links.mobile,
            // People see and hear at once; how long they take is their own pace.
            (P::Patient(_) | P::Stage, _) | (_, P::Patient(_)) => Span { min_us: 0, max_us: 0 },
            (P::Desk(_), P::Reader(_)) => Span { min_us: 0, max_us: 0 },
            _ => self.links.backbone,
        }
    }
}

fn within(stream: &mut ChaCha8Rng, span: Span) -> Micros {
    let width = span.max_us.saturating_sub(span.min_us).saturating_add(1);
    Micros::from(span.min_us) + Micros::from(stream.next_u32() % width)
}
